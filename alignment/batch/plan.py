"""What is wanted and what is there already in; what is left to do, and what results were made from, out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from alignment import files, pipeline, run, weights
from alignment.activities import ACTIVITIES
from alignment.batch import remote
from alignment.batch.inputs import Video
from alignment.batch.store import Store
from alignment.batch.tasks import Earlier, Report, Task, own_version

_SCHEMA: Final = "alignment-batch/1"


@dataclass(frozen=True)
class Wanted:
    """What is wanted of every video; a manifest's row may say otherwise. `activity` is "" where every row names its own."""

    activity: str = ""
    settings: pipeline.Settings = field(default_factory=pipeline.Settings)
    options: run.Options = field(default_factory=lambda: run.Options(overlay=False, workers=1))
    landmarks_only: bool = False

    def named(self, activity: str) -> "Wanted":
        """The same, of this activity."""
        return replace(self, activity=activity)

    def of(self, video: Video) -> "Wanted":
        """What is wanted of this video."""
        row, settings, options = video.row, self.settings, self.options
        if row.wishes is not None:
            given = {name: value for name, value in asdict(row.wishes).items() if value is not None}
            options = replace(options, mirrored=given.pop("mirrored", options.mirrored))
            settings = replace(settings, **given)
        return replace(self, activity=row.activity or self.activity, settings=settings, options=options)

    @property
    def landmarks(self) -> dict[str, Any]:
        """Everything that landmarks depend on, but for the video itself."""
        settings, options = self.settings, self.options
        return {
            "version": own_version(),
            "model": options.variant,
            "model_sha256": weights.MODELS[options.variant].sha256,
            "quality": options.quality,
            "max_fps": ACTIVITIES[self.activity].max_fps if self.activity else None,
            "start_s": settings.start_s,
            "end_s": settings.end_s,
            "person": settings.person,
            "mirrored": options.mirrored,
            "rate_hz": options.rate_hz,
        }

    @property
    def assessment(self) -> dict[str, Any]:
        """What a result depends on besides its landmarks."""
        return {
            "activity": self.activity,
            "camera_roll_deg": self.settings.camera_roll_deg,
            "limits_sha256": self.settings.limits.sha256,
        }

    @property
    def overlay(self) -> str | None:
        """Which overlay is wanted, None for none."""
        return ("blurred" if self.options.blur_faces else "faces") if self.options.overlay else None

    @property
    def sha256(self) -> str:
        """One hash of all of it."""
        everything = {
            "landmarks": self.landmarks,
            "assessment": self.assessment,
            "overlay": self.overlay,
            "report": self.options.report,
        }
        return hashlib.sha256(json.dumps(everything, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True)
class Origin:
    """What the files of a result folder were made from: the content of its batch.json.

    `signature` changes with the video's file without its being read. `assessment` is None where only landmarks were found.
    `report` says whether reports were wanted.
    """

    video: str
    sha256: str
    signature: str
    landmarks: Mapping[str, Any]
    assessment: Mapping[str, Any] | None
    overlay: str | None
    report: bool = False

    def to_json(self) -> bytes:
        """The file's content."""
        return (json.dumps({"schema": _SCHEMA, **asdict(self)}, indent=1, ensure_ascii=False) + "\n").encode()

    @staticmethod
    def from_json(content: bytes | None) -> "Origin | None":
        """The file's content; None where there is none of this schema."""
        try:
            found = json.loads(content or b"")
            return Origin(**found) if found.pop("schema") == _SCHEMA else None
        except (ValueError, KeyError, TypeError, AttributeError):
            return None


@dataclass(frozen=True)
class Job:
    """One video, what is wanted of it, and how far earlier runs came."""

    video: Video
    wanted: Wanted
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
        track = store.read(self.video.place, files.TRACK) if self.landmarks_stand else None
        if self.origin is not None and track is not None:
            earlier = Earlier(track, self.origin.sha256, self.unchanged, self.results_stand)
        return Task(
            key=self.video.place,
            name=self.video.name,
            where=self.video.where,
            activity=self.wanted.activity,
            settings=self.wanted.settings,
            options=self.wanted.options,
            landmarks_only=self.wanted.landmarks_only,
            earlier=earlier,
        )

    def made_from(self, report: Report) -> Origin:
        """What the files of a report were made from."""
        return Origin(
            video=self.video.name,
            sha256=report.sha256,
            signature=self.signature,
            landmarks=self.wanted.landmarks,
            assessment=self.wanted.assessment if files.RESULT in report.files else None,
            overlay=self.wanted.overlay if files.OVERLAY in report.files else None,
            report=self.wanted.options.report and files.RESULT in report.files,
        )


def job(video: Video, wanted: Wanted, store: Store) -> Job:
    """Find out what is left to do for one video. Reads its batch.json and no film."""
    wanted = wanted.of(video)
    video = replace(video, place=_place(video, store))
    signature = signature_of(video.where)
    origin = Origin.from_json(store.read(video.place, files.ORIGIN))
    landmarks_stand = (
        origin is not None and origin.landmarks == wanted.landmarks and store.has(video.place, files.TRACK)
    )
    return Job(
        video=video,
        wanted=wanted,
        signature=signature,
        origin=origin,
        landmarks_stand=landmarks_stand,
        results_stand=landmarks_stand and origin is not None and _results_stand(origin, video, wanted, store),
        unchanged=origin is not None and bool(signature) and origin.signature == signature,
    )


def _results_stand(origin: Origin, video: Video, wanted: Wanted, store: Store) -> bool:
    if wanted.landmarks_only:
        return True
    if origin.assessment != wanted.assessment or wanted.overlay not in (None, origin.overlay):
        return False
    # A report is tried once: numbers stand without it.
    if wanted.options.report and not origin.report:
        return False
    drawn = {files.OVERLAY} if wanted.overlay else set()
    return all(store.has(video.place, name) for name in {files.RESULT, files.CYCLES, files.FRAMES} | drawn)


def _place(video: Video, store: Store) -> str:
    """The video's folder, or one beside it where a result lies that no batch made, which may be another film's."""
    taken = store.has(video.place, files.RESULT) and not store.has(video.place, files.ORIGIN)
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
