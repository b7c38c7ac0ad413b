"""Results as somebody saved them: a result of the stick figure in, its folder and .zip out, with a film of grey pictures."""

import zipfile
from pathlib import Path

import numpy as np

from alignment import outputs
from alignment.core.result import Result
from alignment.core.track import Track
from tests import films
from tests.results import write_result


def folder_of(folder: Path, result: Result, track: Track, *, film: bool = True) -> Path:
    """The result's folder, with a film of as many pictures as were analyzed."""
    folder.mkdir()
    write_result(folder, result, track)
    if film:
        images = (np.full((96, 64, 3), 60 + k % 120, np.uint8) for k in range(result.source.analyzed_frames))
        films.write(folder / outputs.OVERLAY, images)
    return folder


def zip_of(folder: Path) -> Path:
    """The folder as the app offers it: all files in one .zip, inside a folder of its name."""
    path = folder.with_suffix(".zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, f"{folder.name}/{file.name}")
    return path
