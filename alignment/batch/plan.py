"""What is wanted and what is there already in; what is left to do, and what results were made from, out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from alignment import extensions, outputs
from alignment.batch import remote
from alignment.batch.inputs import Video
from alignment.batch.store import Store
from alignment.batch.tasks import Earlier, Task, TaskResult
from alignment.pose import model_files
from alignment.request import Request, activity_named
from alignment.version import version_of

_SCHEMA: Final = "alignment-batch/2"


def landmarks_rest_on(request: Request) -> dict[str, Any]:
    """Everything that landmarks depend on, but for the video itself, as batch.json tells it."""
    return {
        "version": version_of(),
        "model_sha256": model_files.MODELS[request.model].sha256,
        "max_fps": activity_named(request.activity).max_fps if request.activity else None,
        **request.values("reading", "landmarks"),
    }


def numbers_rest_on(request: Request) -> dict[str, Any]:
    """What a result depends on besides its landmarks, as batch.json tells it."""
    return {"activity": request.activity, **request.values("numbers")}


def wanted_files(request: Request) -> dict[str, Any]:
    """Which files are wanted, and how they are to be, as batch.json tells it."""
    return {"outputs": [one.name for one in outputs.wanted_outputs(request)], "blur_faces": request.blur_faces}


@dataclass(frozen=True)
class Origin:
    """What the files of a result folder were made from: the content of its batch.json.

    `signature` changes with the video's file without its being read. `numbers` is None where only landmarks were found.
    """

    video: str
    sha256: str
    signature: str
    landmarks: Mapping[str, Any]
    numbers: Mapping[str, Any] | None
    #: What was wanted, and the names of the files that there are.
    wanted: Mapping[str, Any]
    files: tuple[str, ...] = ()

    def to_json(self) -> bytes:
        """The file's content."""
        return (json.dumps({"schema": _SCHEMA, **asdict(self)}, indent=1, ensure_ascii=False) + "\n").encode()

    @staticmethod
    def from_json(content: bytes | None) -> "Origin | None":
        """The file's content; None where there is none of this schema."""
        try:
            found = json.loads(content or b"")
            return Origin(**{**found, "files": tuple(found["files"])}) if found.pop("schema") == _SCHEMA else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


@dataclass(frozen=True)
class VideoPlan:
    """One video, what is wanted of it, and how far earlier runs came."""

    video: Video
    request: Request
    signature: str
    origin: Origin | None
    #: Whether the landmarks there are those wanted, whether the results are, and whether the video is known not to have
    #: changed since.
    landmarks_stand: bool
    results_stand: bool
    unchanged: bool

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.unchanged and self.landmarks_stand and self.results_stand

    def task(self, store: Store) -> Task:
        """What to send to a worker, with the landmarks found earlier."""
        earlier = None
        track = store.read(self.video.place, outputs.TRACK) if self.landmarks_stand else None
        if self.origin is not None and track is not None:
            earlier = Earlier(track, self.origin.sha256, self.unchanged, self.results_stand)
        # There is a process for every core.
        request = replace(self.request, workers=1)
        return Task(self.video.place, self.video.name, self.video.where, request, earlier, extensions.loaded_modules())

    def made_from(self, done: TaskResult) -> Origin:
        """What the files of a finished task were made from."""
        return Origin(
            video=self.video.name,
            sha256=done.sha256,
            signature=self.signature,
            landmarks=landmarks_rest_on(self.request),
            numbers=numbers_rest_on(self.request) if outputs.RESULT in done.files else None,
            wanted=wanted_files(self.request),
            files=tuple(sorted(done.files)),
        )


def plan_video(video: Video, request: Request, store: Store) -> VideoPlan:
    """Find out what is left to do for one video. Reads its batch.json and no film."""
    chosen = {name: value for name, value in video.row.choices.items() if value is not None}
    request = replace(request.choosing(chosen), activity=video.row.activity or request.activity)
    video = replace(video, place=_place(video, store))
    signature = signature_of(video.where)
    origin = Origin.from_json(store.read(video.place, outputs.ORIGIN))
    landmarks_stand = (
        origin is not None and origin.landmarks == landmarks_rest_on(request) and store.has(video.place, outputs.TRACK)
    )
    return VideoPlan(
        video=video,
        request=request,
        signature=signature,
        origin=origin,
        landmarks_stand=landmarks_stand,
        results_stand=landmarks_stand and origin is not None and _results_stand(origin, video, request, store),
        unchanged=origin is not None and bool(signature) and origin.signature == signature,
    )


def _results_stand(origin: Origin, video: Video, request: Request, store: Store) -> bool:
    if request.landmarks_only:
        return True
    if origin.numbers != numbers_rest_on(request):
        return False
    wanted = wanted_files(request)
    # What could not be made was tried once: numbers stand without it.
    if not set(wanted["outputs"]) <= set(origin.wanted["outputs"]):
        return False
    if request.overlay and origin.wanted["blur_faces"] != wanted["blur_faces"]:
        return False
    named = {one.filename for one in outputs.wanted_outputs(request)}
    return all(store.has(video.place, name) for name in named.intersection(origin.files))


def _place(video: Video, store: Store) -> str:
    """The video's folder, or one beside it where a result lies that no batch made, which may be another film's."""
    taken = store.has(video.place, outputs.RESULT) and not store.has(video.place, outputs.ORIGIN)
    mark = hashlib.sha256(video.where.encode("utf-8", "replace")).hexdigest()[:6]
    return f"{video.place}-{mark}" if taken else video.place


def signature_of(where: str) -> str:
    """What changes with a video's content, without reading it; empty where that cannot be known."""
    if remote.is_url(where):
        return remote.signature(where)
    try:
        known = Path(where).stat()
    except (OSError, ValueError):
        return ""
    if not Path(where).is_file():  # a folder of pictures is read again
        return ""
    # The time of the last change of the file's entry cannot be set back, unlike that of its content.
    return f"file:{known.st_size}:{known.st_mtime_ns}:{known.st_ctime_ns}:{known.st_ino}"
