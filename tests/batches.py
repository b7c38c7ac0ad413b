"""Work that stands for the model's in tests of batches: a "video" is a text file that says what is to become of it."""

import hashlib
import os
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from alignment import outputs
from alignment.batch.tasks import TaskResult, failure_of
from alignment.errors import InputError
from alignment.outputs import track_of_parquet, track_parquet
from alignment.workflow import Stage
from tests.results import make_result, make_track, write_result


def write(folder: Path, **says: str) -> Path:
    """A folder of such videos."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in says.items():
        (folder / f"{name}.mp4").write_text(text)
    return folder


def obey(task, scratch, watch):
    """Do what the video says: fine, blank (nothing measured), bad, fault, slow S, die, hang, unassessable."""
    stage = Stage.READ
    watch(stage, None)
    try:
        text = Path(task.where).read_text()
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        earlier = task.earlier
        reused = earlier is not None and earlier.sha256 == sha256
        if reused and earlier.finished:
            return TaskResult(sha256=sha256, same=True, reused=True)
        stage = Stage.LANDMARKS
        track = track_of_parquet(earlier.track, task.name) if reused else found(task, text, sha256, watch)
    except (OSError, InputError, ZeroDivisionError) as fault:
        return TaskResult(failure=failure_of(stage, fault))
    return assessed(
        task, text, track, TaskResult({outputs.TRACK: track_parquet(track)}, sha256, reused=reused), scratch
    )


def found(task, text, sha256, watch):
    """The video's landmarks, if it says that it has any."""
    watch(Stage.LANDMARKS, 0.5)
    order, _, amount = text.partition(" ")
    if order == "die":
        os.kill(os.getpid(), 9)
    if order in ("hang", "slow"):
        time.sleep(float(amount or 600))
    if order == "bad":
        raise InputError("no_frames", path=task.name)
    if order == "fault":
        raise ZeroDivisionError("by nought")
    made = make_track(7, seed=int(sha256[:6], 16), sha256=sha256)
    return replace(made, source=replace(made.source, name=Path(task.where).name))


def assessed(task, text, track, report, scratch):
    """The report with the files of a result, if one is wanted and the video allows it."""
    if task.request.landmarks_only:
        return report
    if text.startswith("unassessable"):
        return replace(report, failure=failure_of(Stage.ASSESS, ValueError("no way")))
    result = make_result(track, measured=not text.startswith("blank"))
    settings = {**result.software.settings, "limits_sha256": task.request.limits.sha256}
    result = replace(result, software=replace(result.software, settings=settings))
    with TemporaryDirectory(dir=scratch) as folder:
        write_result(Path(folder), result, track)
        return replace(report, files={path.name: path.read_bytes() for path in Path(folder).iterdir()}, seconds=0.25)
