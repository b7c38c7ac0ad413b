"""Records as the first version of the tables kept them: what stands in `data/records_0001.sqlite`, and how it was made.

    python -m tests.first_records     # from the folder above; makes the file anew, with the same content

It is not made anew for a later version, since it stands for what people have. `copy_to` brings its rows to a PostgreSQL.
"""

import hashlib
import re
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import MetaData, create_engine, insert, select

from alignment.outputs import track_parquet
from alignment.records.database import Database, sqlite_connection
from alignment.records.location import find_location
from alignment.records.migrations import migrate
from alignment.records.private_files import prepare_file
from tests.results import make_result, make_track

FILE = Path(__file__).parent / "data" / "records_0001.sqlite"
REVISION = "0001"
TRACK = make_track(frames=12, seed=7)
_MADE = make_result(TRACK, curves=False)
#: Its settings are those that a result of that time told.
RESULT = replace(
    _MADE,
    software=replace(
        _MADE.software, settings={**_MADE.software.settings, **dict.fromkeys(("start_s", "end_s", "person"))}
    ),
)
#: The result as schema 1 wrote it.
RESULT_TEXT = (
    re.sub(r', "sha256": "[0-9a-f]{64}"}$', "}", RESULT.to_json(indent=None))
    .replace("alignment-result/2", "alignment-result/1")
    .replace(', "pitch_deg": null, "pitch_se_deg": null}', "}")
    .replace('"distance_leg_lengths": ', '"pitch_deg": null, "distance_leg_lengths": ')
    .replace('"corrected": ', '"vfov_deg": null, "corrected": ')
    .replace(', "own_error": null, "verdict": null}', "}")
    .replace(', "recognised": null, "pelvis": null}', "}")
    .replace(', "engine": null, "joints": "model", "joints_sha256": null}', "}")
    .replace(
        ', "lowest": null, "highest": null, "worst": null, "worst_cycle": null, "inside": null, "near": null,'
        ' "outside": null, "differ": null, "provisional": false}',
        "}",
    )
)
VIDEO = bytes(range(256)) * 90
FRAMES = ((0, 1.75, b"\xff\xd8 first", False), (1, 3.2, b"\xff\xd8 second", True))
ENTERED = datetime(2026, 5, 4, 8, 30, 0, 250)
SUBJECTS = (("a" * 32, "Äpfel-01", "äpfel-01"), ("b" * 32, "李雷", "李雷"))
#: Key, subject, and what is written down.
SESSIONS = (
    ("1" * 32, "a" * 32, (date(2026, 3, 2), "shoes", "left", 21.5, "first visit\nstairs", 5, 6, None, 4)),
    ("2" * 32, "a" * 32, (date(2026, 5, 4), "barefoot", "", None, "", None, None, None, None)),
    ("3" * 32, "b" * 32, (date(2026, 4, 1), "", "both", 18.0, "", 0, 1, 0, 0)),
)
ANALYSES = (("d" * 32, "1" * 32), ("e" * 32, "3" * 32))


def rows():
    """Every table's rows, each as a mapping, in the order in which they can be written."""
    columns = ("date", "footwear", "complaint_side", "step_height_cm", "notes")
    columns += ("pain_before", "pain_during", "pain_hour_after", "pain_next_morning")
    yield (
        "subjects",
        [{"key": k, "code": c, "code_folded": f, "created": ENTERED, "version": 1} for k, c, f in SUBJECTS],
    )
    yield (
        "sessions",
        [
            {
                "key": key,
                "subject_key": whose,
                "entered": ENTERED,
                "version": 3,
                **dict(zip(columns, facts, strict=True)),
            }
            for key, whose, facts in SESSIONS
        ],
    )
    yield (
        "analyses",
        [{"key": k, "session_key": s, "added": ENTERED, "result": RESULT_TEXT, "version": 1} for k, s in ANALYSES],
    )
    files = [(f"{number:032x}", ANALYSES[number][0], "track", track_parquet(TRACK), 0, {}) for number in range(2)]
    files += [
        (f"{9 + at:032x}", ANALYSES[0][0], "frame", jpeg, at, {"cycle": cycle, "time_s": time_s, "drawn": drawn})
        for at, (cycle, time_s, jpeg, drawn) in enumerate(FRAMES)
    ]
    files.append((f"{99:032x}", ANALYSES[0][0], "video", VIDEO, 0, {}))
    empty = {"cycle": None, "time_s": None, "drawn": None}
    yield (
        "files",
        [
            {
                **{"key": key, "analysis_key": whose, "kind": kind, "position": position, **empty, **about},
                **{"size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()},
            }
            for key, whose, kind, content, position, about in files
        ],
    )
    # The film in two pieces.
    yield (
        "chunks",
        [
            {"file_key": key, "number": number, "data": piece}
            for key, _, _, content, _, _ in files
            for number, piece in enumerate((content[:20_000], content[20_000:]))
            if piece
        ],
    )


def write(connection):
    """Make the first tables in an empty database, and put the rows into them."""
    migrate(connection, REVISION)
    tables = MetaData()
    tables.reflect(connection)
    for name, content in rows():
        connection.execute(insert(tables.tables[name]), content)


def copy_to(url):
    """The file's rows in the first tables of an empty PostgreSQL."""
    source = create_engine("sqlite://", creator=lambda: sqlite_connection(FILE))
    database = Database(find_location(url))
    here = MetaData()
    try:
        with source.connect() as connection:
            here.reflect(connection)

            def work(there):
                migrate(there, REVISION)
                tables = MetaData()
                tables.reflect(there)
                for table in here.sorted_tables:
                    if table.name in dict(rows()):
                        found = [dict(row) for row in connection.execute(select(table)).mappings()]
                        there.execute(insert(tables.tables[table.name]), found)

            database.write(work)
    finally:
        database.close()
        source.dispose()


def main():
    """Make the file anew."""
    FILE.unlink(missing_ok=True)
    where = find_location(f"sqlite:///{FILE}")
    prepare_file(where)
    database = Database(where)
    database.write(write)
    database.close()
    with closing(sqlite_connection(FILE)) as connection:
        connection.execute("VACUUM").close()


if __name__ == "__main__":
    main()
