"""Work that stands for the model's in tests of batches: a "video" is a text file that says what is to become of it."""

import hashlib
import os
import time
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from alignment import files
from alignment.batch.tasks import Report, Step, failure_of
from alignment.files.tables import track_of_parquet, track_parquet
from alignment.result import Quality
from alignment.texts import InputError
from tests.results import make_result, make_track


def write(folder: Path, **says: str) -> Path:
    """A folder of such videos."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in says.items():
        (folder / f"{name}.mp4").write_text(text)
    return folder


def obey(task, scratch, watch):
    """Do what the video says: fine, blank (nothing measured), bad, fault, slow S, die, hang, unassessable."""
    watch(Step.READ, None)
    try:
        order, _, amount = Path(task.where).read_text().partition(" ")
    except FileNotFoundError as fault:
        return Report(failure=failure_of(Step.READ, InputError("missing_file", path=task.name)), sha256=str(fault)[:0])
    sha256 = hashlib.sha256(Path(task.where).read_bytes()).hexdigest()
    earlier = task.earlier
    reused = earlier is not None and earlier.sha256 == sha256
    if reused and earlier.finished:
        return Report(files={files.TRACK: earlier.track}, sha256=sha256, same=True, reused=True)
    if reused:
        track = track_of_parquet(earlier.track, task.name)
    else:
        watch(Step.LANDMARKS, 0.5)
        if order == "die":
            os.kill(os.getpid(), 9)
        if order == "hang":
            time.sleep(600)
        if order == "slow":
            time.sleep(float(amount))
        if order == "bad":
            return Report(failure=failure_of(Step.LANDMARKS, InputError("no_frames", path=task.name)), sha256=sha256)
        if order == "fault":
            return Report(failure=failure_of(Step.LANDMARKS, ZeroDivisionError("by nought")), sha256=sha256)
        made = make_track(7, seed=int(sha256[:6], 16), sha256=sha256)
        track = replace(made, source=replace(made.source, name=Path(task.where).name))
    found = {files.TRACK: track_parquet(track)}
    if task.landmarks_only:
        return Report(found, sha256, reused=reused)
    if order == "unassessable":
        return Report(found, sha256, failure_of(Step.ASSESS, ValueError("no way")), reused=reused)
    result = replace(
        make_result(track, measured=order != "blank"), quality=Quality("usable" if order == "slow" else "good")
    )
    with TemporaryDirectory(dir=scratch) as folder:
        files.write_result(Path(folder), result, track)
        left = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
    return Report(left, sha256, reused=reused, seconds=0.25)
