"""The engines there are, by name, and how one is made ready with a model's file."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.util import find_spec
from typing import Final

from alignment.core.settings import MODEL, READ, Reading
from alignment.errors import InputError
from alignment.pose import model_files
from alignment.pose.engine import OpenEngine, PoseEngine, VideoEngine
from alignment.pose.joints import reads_maps_of


def published_file(model: str, progress: model_files.Progress | None) -> model_files.ModelFile:
    """The file of a published model, fetched where it is missing. InputError where that fails."""
    path = model_files.require(model, progress=progress)
    return model_files.ModelFile(model, path, model_files.MODELS[model].sha256)


@dataclass(frozen=True)
class Engine:
    """A library that can look: how to open it with the file of a model, for single pictures and, if it can, for films.

    `open_reading` opens what reads the legs' joints anew besides, with a model for which that can be done. `file` gives the
    file of a model by its name.
    """

    name: str
    open: Callable[[model_files.ModelFile], PoseEngine]
    open_video: Callable[[model_files.ModelFile], VideoEngine] | None = None
    file: Callable[[str, model_files.Progress | None], model_files.ModelFile] = published_file
    open_reading: Callable[[model_files.ModelFile], PoseEngine] | None = None

    def opened_by(self, file: model_files.ModelFile, joints: Reading) -> OpenEngine:
        """What opens it for single pictures, with that reading of the joints if it can be had with this model."""
        if joints == READ and self.open_reading is not None and reads_maps_of(file.sha256):
            return partial(self.open_reading, file)
        return partial(self.open, file)


ENGINES: Final[dict[str, Engine]] = {}


def register(engine: Engine) -> Engine:
    """Add an engine under its name. ValueError if that name is taken."""
    if engine.name in ENGINES:
        raise ValueError(f"there are two engines named {engine.name}")
    ENGINES[engine.name] = engine
    return engine


def engine_named(name: str) -> Engine:
    """The engine of this name. InputError where there is none."""
    if name not in ENGINES:
        raise InputError("unknown_engine", name=name, known=", ".join(ENGINES))
    return ENGINES[name]


def ready_engine(
    name: str, model: str, joints: Reading = MODEL, progress: model_files.Progress | None = None
) -> OpenEngine:
    """What opens this engine with this model, whose file is fetched where it is missing. InputError where that fails."""
    engine = engine_named(name)
    return engine.opened_by(engine.file(model, progress), joints)


def _mediapipe_engine(file: model_files.ModelFile) -> PoseEngine:
    from alignment.pose import mediapipe

    return mediapipe.ImageEngine(file)


def _mediapipe_video_engine(file: model_files.ModelFile) -> VideoEngine:
    from alignment.pose import mediapipe

    return mediapipe.FilmEngine(file)


def _openvino_engine(file: model_files.ModelFile) -> PoseEngine:
    from alignment.pose import openvino

    return openvino.OpenVinoEngine(file)


def _openvino_reading_engine(file: model_files.ModelFile) -> PoseEngine:
    from alignment.pose import openvino

    return openvino.OpenVinoReadingEngine(file)


def _openvino_video_engine(file: model_files.ModelFile) -> VideoEngine:
    from alignment.pose import openvino

    return openvino.OpenVinoFilmEngine(file)


if find_spec("openvino"):
    register(Engine("openvino", _openvino_engine, _openvino_video_engine, open_reading=_openvino_reading_engine))
register(Engine("mediapipe", _mediapipe_engine, _mediapipe_video_engine))
