"""What is sound, and what the hostile inputs are made of: films, pictures, a track, a folder of results, an archive."""

from datetime import date
from pathlib import Path

import cv2

from alignment import outputs, records
from alignment.core.assessment import shipped_limits_text
from alignment.records import NewAnalysis, SessionFacts
from tests import films, synthetic
from tests.results import make_result, make_track, write_result

PICTURES = 14
FILMS = {"a.mp4": "libx264", "a.mov": "libx264", "a.mkv": "libx264", "a.avi": "mpeg4", "a.webm": "libvpx-vp9"}


def make(folder: Path) -> None:
    """Everything, each in the folder that its surface looks in."""
    (folder / "films").mkdir(parents=True)
    for name, codec in FILMS.items():
        films.numbered(folder / "films" / name, PICTURES, codec)
    (folder / "pictures").mkdir()
    for number in range(4):
        for ending in ("jpg", "png"):
            content = cv2.imencode(f".{ending}", films.marked(number))[1].tobytes()
            (folder / "pictures" / f"{number}.{ending}").write_bytes(content)
    track = synthetic.film(synthetic.squat(reps=1))
    (folder / "track.parquet").write_bytes(outputs.track_parquet(track))
    saved = folder / "saved"
    saved.mkdir()
    small = make_track()
    result = make_result(small)
    write_result(saved, result, small)
    (folder / "limits.csv").write_text(shipped_limits_text(), encoding="utf-8")
    kept = records.open(f"sqlite:///{folder / 'records.sqlite'}")
    subject = kept.add_subject("P07", "")
    session = kept.add_session(subject.key, SessionFacts(date(2026, 3, 2)), "")
    kept.add_analysis(session.key, NewAnalysis(result, (saved / outputs.TRACK).read_bytes()))
    records.export(kept, folder / "archive.zip")
    kept.close()
