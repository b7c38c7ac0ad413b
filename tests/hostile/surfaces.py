"""The surfaces: each makes one hostile input of a seed in a folder of its own, and says the command that is given it.

Whatever a function leaves in the folder, but below `out`, is the person's: the campaign holds every byte of it.
"""

import csv
import io
import json
import os
import random
import shutil
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from alignment.request import ANALYZE, OPTIONS, Option

#: Numbers that nobody means.
NUMBERS = (
    "nan",
    "inf",
    "-inf",
    "-1",
    "0",
    "1e308",
    "-1e308",
    "1e-320",
    "99999999999999999999",
    "0x10",
    "１",
    "",
    " ",
    "--",
    "1,5",
)
#: Words that somebody may have as a name or a note.
WORDS = (
    "",
    " ",
    ".",
    "..",
    "a" * 255,
    "a" * 300,
    "[red]x[/red]",
    "![x](https://a.invalid/x.png)",
    "<script>",
    "%s%n{0}{path}",
    "a\nb",
    "a\tb\r",
    "\x1b[31mred",
    "\u202ereversed",
    "\0",
    "éü李🦵",
    "\udcff",
    "CON",
    "-rf",
    "--help",
    "~",
    "$HOME",
    "'; DROP TABLE subjects; --",
    "=1+1",
)
#: Values that one option or another takes.
SOUND = (
    "1",
    "2",
    "0.3",
    "0.9",
    "30",
    "120",
    "1.7",
    "lite",
    "heavy",
    "standard",
    "best",
    "front",
    "behind",
    "red",
    "-3",
)
QUICK = ("--no-overlay", "--no-report")


@dataclass
class Call:
    """A command and what surrounds it: words in the environment, and streams that are "closed", "full" or "unread"."""

    arguments: list[str]
    environment: dict[str, str | None] = field(default_factory=dict)
    streams: dict[int, str] = field(default_factory=dict)


Surface = Callable[[random.Random, Path, Path], Call]


def changed(content: bytes, dice: random.Random) -> bytes:
    """The content damaged as a disk, a cable or somebody would."""
    data = bytearray(content)
    dice.choice(DAMAGES)(data, dice.randrange(max(1, len(data))), dice.choice((1, 2, 4, 16, 256)), dice)
    return bytes(data)


def _flip(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    for _ in range(length if data else 0):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def _cut(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    del data[at:]


def _noise(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    data[at : at + length] = dice.randbytes(length)


def _blank(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    data[at : at + length] = dice.choice((b"\0", b"\xff", b"\x7f", b"\x80")) * length


def _take_out(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    del data[at : at + length]


def _repeat(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    data[at:at] = data[at : at + 256] * dice.choice((1, 3))


def _other(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    data[:] = dice.randbytes(dice.choice((0, 1, 16, 5000)))


def _size(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    """Such as many formats keep in four bytes of a header."""
    spot = dice.randrange(max(1, min(len(data), 600)))
    size = dice.choice((0, 1, 0x7FFFFFFF, 0xFFFFFFFF, 0x80000000))
    data[spot : spot + 4] = size.to_bytes(4, dice.choice(("big", "little")))


def _begin_twice(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    data[:0] = data[: max(1, at // 2)]


def _behead(data: bytearray, at: int, length: int, dice: random.Random) -> None:
    del data[:length]


DAMAGES = (_flip, _cut, _noise, _blank, _take_out, _repeat, _other, _size, _begin_twice, _behead)


def films(dice: random.Random, base: Path, folder: Path) -> Call:
    """A film that is damaged, made up, or no film at all."""
    source = dice.choice(sorted((base / "films").iterdir()))
    path = folder / f"film{dice.choice((source.suffix, '.mp4', '', '.MOV'))}"
    path.write_bytes(dice.choice(_no_films(dice)) if dice.random() < 0.15 else changed(source.read_bytes(), dice))
    if dice.random() < 0.2:
        return Call(["check", path.name])
    activity = ["--activity", "squat"] if dice.random() < 0.9 else []
    return Call(["analyze", path.name, *activity, *QUICK, *(["--start", "0.2"] if dice.random() < 0.1 else [])])


def _no_films(dice: random.Random) -> list[bytes]:
    return [
        b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n/etc/passwd\n",
        b"ffconcat version 1.0\nfile /etc/passwd\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\n",
        b"%PDF-1.7\n",
        b"PK\x03\x04" + dice.randbytes(200),
        b"GIF89a" + dice.randbytes(200),
        b"\x1aE\xdf\xa3" + dice.randbytes(300),
        b"RIFF\xff\xff\xff\xffAVI " + dice.randbytes(300),
        b"\0\0\0\x18ftypmp42" + dice.randbytes(300),
        b"YUV4MPEG2 W60000 H60000 F30:1\nFRAME\n",
        b"",
        b"\0" * 100_000,
    ]


def pictures(dice: random.Random, base: Path, folder: Path) -> Call:
    """A folder of pictures, some of them damaged or no pictures, with odd names."""
    place = folder / "pictures"
    place.mkdir()
    for source in dice.sample(sorted((base / "pictures").iterdir()), dice.randrange(1, 6)):
        content = source.read_bytes()
        (place / source.name).write_bytes(changed(content, dice) if dice.random() < 0.5 else content)
    if dice.random() < 0.3:
        (place / dice.choice(("notes.txt", ".hidden.jpg", "a%d.jpg", "éü.JPG", "x" * 200 + ".png"))).write_bytes(b"x")
    if dice.random() < 0.1:
        (place / "folder.jpg").mkdir()
    if dice.random() < 0.1:
        os.mkfifo(place / "pipe.jpg")
    if dice.random() < 0.1:
        (place / "loop.jpg").symlink_to("loop.jpg")
    fps = ["--fps", dice.choice(("30", "0.1", *NUMBERS))] if dice.random() < 0.8 else []
    return Call(["analyze", "pictures", "--activity", "squat", *fps, *QUICK])


def tracks(dice: random.Random, base: Path, folder: Path) -> Call:
    """A track that is damaged, or that no film gives, under a right checksum or none."""
    path = folder / "track.parquet"
    content = (base / "track.parquet").read_bytes()
    path.write_bytes(changed(content, dice) if dice.random() < 0.5 else _made_up(content, dice))
    activity = ["--activity", dice.choice(("squat", "cycling", "stairs", "walking"))] if dice.random() < 0.8 else []
    return Call(["analyze", path.name, *activity, *QUICK])


def _made_up(content: bytes, dice: random.Random) -> bytes:
    """A track with other numbers, columns, types or facts."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    from alignment.outputs.intact import intact_parquet

    table = pq.read_table(io.BytesIO(content))
    about = {name.decode(): value.decode() for name, value in table.schema.metadata.items() if name != b"sha256"}
    name = dice.choice(table.column_names)
    column = table.column(name).combine_chunks()
    way = dice.randrange(7)
    odd = dice.choice((np.nan, np.inf, -np.inf, 1e308, -1.0, 0.0, 1e-320))
    if way == 0:
        table = table.drop_columns([name])
    elif way == 1:
        table = table.set_column(table.column_names.index(name), name, pa.array(["x"] * table.num_rows))
    elif way == 2:
        flat = column.flatten() if pa.types.is_list(column.type) else column
        values = flat.to_numpy(zero_copy_only=False).astype(float)
        values[dice.randrange(max(1, len(values))) :: dice.choice((1, 7, 10**6))] = odd
        made = pa.array(values)
        new = pa.ListArray.from_arrays(column.offsets, made) if pa.types.is_list(column.type) else made
        table = table.set_column(table.column_names.index(name), name, new)
    elif way == 3:
        table = table.slice(0, dice.choice((0, 1, 2, 5)))
    elif way == 4:
        facts = json.loads(about["about"])
        part = dice.choice(("source", "model"))
        facts[part][dice.choice(sorted(facts[part]))] = dice.choice(
            (None, -1, 0, 1e308, "x" * 1000, [], {}, True, *WORDS)
        )
        about["about"] = json.dumps(facts)
    elif way == 5:
        facts = json.loads(about["about"])
        facts[dice.choice(sorted(facts))] = dice.choice((None, 0, "x", [], {}, [[1]]))
        about["about"] = json.dumps(facts)
    else:
        about[dice.choice(("schema", "about"))] = dice.choice(("", "{", "[" * 5000, "null", "1e999"))
    table = table.replace_schema_metadata(about)
    if dice.random() < 0.5:
        return intact_parquet(table)
    out = io.BytesIO()
    pq.write_table(table, out)
    return out.getvalue()


def results(dice: random.Random, base: Path, folder: Path) -> Call:
    """A folder of results in which something is damaged or made up; a report of it, or a way into the records."""
    place = folder / "saved"
    shutil.copytree(base / "saved", place)
    path = dice.choice(sorted(place.iterdir()))
    if path.suffix == ".json" and dice.random() < 0.7:
        path.write_bytes(_made_up_result(path.read_text(), dice))
    else:
        path.write_bytes(changed(path.read_bytes(), dice))
    if dice.random() < 0.15:
        dice.choice(sorted(place.iterdir())).unlink()
    if dice.random() < 0.6:
        return Call(["report", "saved", "--out", "out/report.pdf", *(["--plain"] if dice.random() < 0.3 else [])])
    about = ["--subject", "P07", "--new", "--date", "2026-03-02", "--notes", dice.choice(WORDS[4:]).replace("\0", "")]
    return Call(["records", "add", "saved", *about], _own_records(folder))


def _made_up_result(text: str, dice: random.Random) -> bytes:
    content = json.loads(text)
    if dice.random() < 0.7:
        content.pop("sha256", None)
    holder, key = dice.choice(list(_places(content)))
    odd = (
        None,
        -1,
        10**400 if dice.random() < 0.1 else 10**18,
        1e308,
        "",
        "x" * 1_000_000,
        "word " * 50_000,
        [],
        {},
        True,
    )
    holder[key] = dice.choice((*odd, *WORDS[:-1]))
    try:
        return json.dumps(content, ensure_ascii=dice.random() < 0.5).encode(errors="surrogateescape")
    except ValueError:  # Python writes no number so long
        return text.replace("0", "9" * 5000, 1).encode()


def _places(content: object) -> Iterable[tuple]:
    pairs = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for key, value in pairs:
        yield content, key
        yield from _places(value)


def _own_records(folder: Path) -> dict[str, str | None]:
    return {"ALIGNMENT_DATABASE_URL": f"sqlite:///{folder / 'out' / 'records.sqlite'}"}


def manifests(dice: random.Random, base: Path, folder: Path) -> Call:
    """A manifest of a batch with odd columns, cells, encodings or line ends."""
    shutil.copy(base / "films" / "a.mp4", folder / "a.mp4")
    names = [
        "path",
        "subject",
        "session",
        "activity",
        "start_s",
        "end_s",
        "person",
        "mirrored",
        "camera_roll_deg",
        "side",
    ]
    names = dice.sample(names, dice.randrange(1, len(names)))
    if dice.random() < 0.8 and "path" not in names:
        names.insert(0, "path")
    if dice.random() < 0.2:
        names.append(dice.choice((*names, "", "é", "video", "quality", "x" * 5000)))
    cells = {
        "path": ("a.mp4", "missing.mp4", *WORDS),
        "activity": ("squat", "tango", ""),
        "mirrored": ("yes", "no", "perhaps"),
    }
    out = io.StringIO()
    writer = csv.writer(out, delimiter=dice.choice(",;,,\t"), lineterminator=dice.choice(("\n", "\r\n", "\r")))
    writer.writerow(names)
    for _ in range(dice.choice((0, 1, 1, 2, 3))):
        writer.writerow([dice.choice((*cells.get(name, NUMBERS + WORDS[:6]),)) for name in names])
    content = out.getvalue().encode(dice.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "latin-1")), "replace")
    (folder / "study.csv").write_bytes(changed(content, dice) if dice.random() < 0.4 else content)
    # All but a few name films that are not there: what is asked here is what a manifest says.
    if dice.random() < 0.9:
        (folder / "a.mp4").unlink()
    return Call(
        [
            "batch",
            "study.csv",
            "--out",
            "out",
            *(["--activity", "squat"] if dice.random() < 0.7 else []),
            "--workers",
            "1",
        ]
    )


def limits(dice: random.Random, base: Path, folder: Path) -> Call:
    """A table of limits that somebody changed."""
    shutil.copy(base / "track.parquet", folder / "track.parquet")
    content = (base / "limits.csv").read_bytes()
    if dice.random() < 0.5:
        rows = [line.split(",") for line in content.decode().splitlines()]
        for _ in range(dice.choice((1, 1, 4))):
            row = dice.choice(rows)
            row[dice.randrange(len(row))] = dice.choice((*NUMBERS, *WORDS[:-1]))
        content = "\n".join(",".join(row) for row in rows).encode("utf-8", "replace")
    (folder / "limits.csv").write_bytes(changed(content, dice) if dice.random() < 0.6 else content)
    return Call(["analyze", "track.parquet", "--activity", "squat", "--limits", "limits.csv", *QUICK])


def archives(dice: random.Random, base: Path, folder: Path) -> Call:
    """An archive of records that is damaged, or whose content is another one."""
    path = folder / "archive.zip"
    content = (base / "archive.zip").read_bytes()
    path.write_bytes(changed(content, dice) if dice.random() < 0.5 else _repacked(content, dice))
    more = dice.choice(([], ["--as", dice.choice(WORDS[4:]).replace("\0", "")]))
    return Call(["records", "import", path.name, *more], _own_records(folder))


def _repacked(content: bytes, dice: random.Random) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        hit = dice.choice(old.namelist())
        for name in old.namelist():
            data = old.read(name)
            if name == hit and name.endswith(".json") and dice.random() < 0.7:
                data = _made_up_result(data.decode(), dice)
            elif name == hit:
                data = changed(data, dice)
            new.writestr(name if name != hit or dice.random() < 0.8 else f"../{name}", data)
        if dice.random() < 0.1:
            new.writestr("bomb", b"\0" * 30_000_000)
    return out.getvalue()


def options(dice: random.Random, base: Path, folder: Path) -> Call:
    """A sound film or track with options that nobody means."""
    film = dice.random() < 0.3
    name = "a.mp4" if film else "track.parquet"
    shutil.copy(base / "films" / name if film else base / name, folder / name)
    flags = [
        one
        for one in OPTIONS.values()
        if one.flag and ANALYZE in one.commands and one.name not in ("engine", "workers")
    ]
    arguments = ["analyze", name, "--activity", dice.choice(("squat",) * 8 + ("tango", "")), *QUICK]
    for one in dice.sample(flags, dice.randrange(1, 4)):
        arguments += _chosen(one, dice)
    if dice.random() < 0.2:
        arguments += [
            dice.choice(("--json", "--out", "--limits")),
            _argument(dice.choice((*WORDS, "/dev/null", "/", "a.mp4"))),
        ]
    if dice.random() < 0.1:
        arguments[0] = dice.choice(("check", "report", "records", "validate", "tags", "models", "analyse"))
    return Call(arguments)


def _chosen(one: Option, dice: random.Random) -> list[str]:
    """An option as the command takes it, mostly with a value that it could have; or as nobody means it."""
    flag = one.flag.replace("--", "--no-", 1) if one.kind == "flag" and one.default else one.flag
    if dice.random() < 0.05:
        return [f"{flag}x"]
    if dice.random() < 0.25:
        return [flag, _argument(dice.choice((*NUMBERS, *WORDS, *SOUND)))]
    if one.kind == "flag":
        return [flag]
    if one.choices is not None:
        return [flag, dice.choice(sorted(one.choices()))]
    low, high = one.low or 0.0, min(one.high or 100.0, 100.0)
    value = dice.choice((low, high, dice.uniform(low, high)))
    return [flag, str(round(value)) if one.kind == "whole" else f"{value:.3f}"]


def _argument(word: str) -> str:
    """No system hands a program a zero byte."""
    return word.replace("\0", "0")


def environments(dice: random.Random, base: Path, folder: Path) -> Call:
    """A sound track where something around the program is missing, odd or closed."""
    shutil.copy(base / "track.parquet", folder / "track.parquet")
    odd = {
        "LANG": ("C", "xx_YY.UTF-8", None),
        "LC_ALL": ("C", "POSIX", "tr_TR.UTF-8"),
        "HOME": (None, "/nonexistent", "/dev/null", ""),
        "TMPDIR": ("/nonexistent", "/dev/null", "", None),
        "XDG_DATA_HOME": ("/dev/null/x", "relative", ""),
        "XDG_CACHE_HOME": ("/dev/null/x", "relative"),
        "XDG_CONFIG_HOME": ("/dev/null/x", "/proc"),
        "COLUMNS": ("0", "-1", "1", "x", "100000"),
        "TERM": ("dumb", "", None, "xterm-256color"),
        "NO_COLOR": ("1",),
        "PYTHONWARNINGS": ("error", "default"),
        "PYTHONIOENCODING": ("ascii", "utf-16", "latin-1"),
        "ALIGNMENT_DATABASE_URL": (
            "sqlite:////dev/null/x",
            "nothing",
            "mysql://x",
            "sqlite://",
            "postgresql://127.0.0.1:1/x",
        ),
        "TZ": ("Nowhere/Land", ""),
        "OMP_NUM_THREADS": ("0", "x", "-3"),
    }
    environment = {name: dice.choice(odd[name]) for name in dice.sample(sorted(odd), dice.randrange(1, 4))}
    streams = {number: dice.choice(("closed", "full", "unread")) for number in range(3) if dice.random() < 0.2}
    commands = (
        ["analyze", "track.parquet", "--activity", "squat", *QUICK],
        ["analyze", "track.parquet", "--activity", "squat", *QUICK, "--json", "-"],
        ["records", "list"],
        ["records", "show", "P07"],
        ["models", "list"],
        ["limits"],
        ["activities"],
        ["--version"],
        ["check", "track.parquet"],
    )
    return Call(list(dice.choice(commands)), environment, streams)


def paths(dice: random.Random, base: Path, folder: Path) -> Call:
    """A sound track under an odd name, an odd thing in its place, or results to an odd place."""
    name = _argument(dice.choice(WORDS))
    video, more = dice.choice((_named_oddly, _no_track, _no_track, _elsewhere, _to_odd_place, _to_odd_json))(
        dice, base / "track.parquet", folder, name
    )
    return Call(["analyze", "--activity", "squat", *QUICK, *map(_argument, more), "--", _argument(video)])


def _named_oddly(dice: random.Random, track: Path, folder: Path, name: str) -> tuple[str, list[str]]:
    place = folder / name.replace("/", "_").replace("..", "y")[:200]
    place.mkdir(exist_ok=True)
    shutil.copy(track, place / track.name)
    return str(place / track.name), []


def _no_track(dice: random.Random, track: Path, folder: Path, name: str) -> tuple[str, list[str]]:
    path = folder / track.name
    way = dice.randrange(4)
    if way == 0:
        os.mkfifo(path)
    elif way == 1:
        path.symlink_to(dice.choice((path.name, "/dev/zero", "/dev/stdin", "missing", "..")))
    elif way == 2:
        path.mkdir()
    else:
        shutil.copy(track, path)
        path.chmod(0)
    return path.name, []


def _elsewhere(dice: random.Random, track: Path, folder: Path, name: str) -> tuple[str, list[str]]:
    return dice.choice(("/dev/zero", "/dev/null", "/proc/self/mem", "/proc/kmsg", "/", name)), []


def _to_odd_place(dice: random.Random, track: Path, folder: Path, name: str) -> tuple[str, list[str]]:
    shutil.copy(track, folder / track.name)
    (folder / "file").write_text("mine")
    closed = folder / "closed"
    closed.mkdir()
    (closed / "mine.txt").write_text("mine")
    closed.chmod(dice.choice((0o500, 0o000)))
    places = ("file", "file/deeper", "/dev/null", "/proc/x", "/dev/full", "closed", "closed/deeper", name, name)
    return track.name, ["--out", dice.choice(places)]


def _to_odd_json(dice: random.Random, track: Path, folder: Path, name: str) -> tuple[str, list[str]]:
    shutil.copy(track, folder / track.name)
    (folder / "link.json").symlink_to("/dev/null")
    return track.name, [
        "--json",
        dice.choice(("link.json", "/dev/full", "/dev/null", "missing/x.json", "out", name, ".")),
    ]


def replaced(dice: random.Random, base: Path, folder: Path) -> Call:
    """A folder of results with things of the person in it, which is replaced, or cannot be."""
    shutil.copy(base / "track.parquet", folder / "track.parquet")
    place = folder / "out" / folder.name
    place.mkdir(parents=True)
    for name in dice.sample(("notes.txt", "mine/notes.txt", "notes é.txt", ".notes", "deep/er/notes.txt"), 3):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(name)
    left = folder / "out" / f".{folder.name}.12345678.{dice.choice(('ready', 'old', 'partial'))}"
    if dice.random() < 0.5:
        left.mkdir()
        (left / "result.json").write_text("{}")
        if left.suffix != ".partial":
            (left / "notes.txt").write_text("notes.txt")
    if dice.random() < 0.5:
        (place / "result.json").write_text(dice.choice(("{}", "", '{"source": {"sha256": null}}', "[1]")))
    if dice.random() < 0.2:
        (place / "cycles.csv").mkdir()
    return Call(["analyze", "track.parquet", "--activity", "squat", *QUICK])


#: Every surface, and how many inputs of the whole campaign are for it.
SURFACES: dict[str, tuple[Surface, int]] = {
    "films": (films, 400),
    "pictures": (pictures, 150),
    "tracks": (tracks, 300),
    "results": (results, 200),
    "manifests": (manifests, 120),
    "limits": (limits, 120),
    "archives": (archives, 150),
    "options": (options, 200),
    "environments": (environments, 80),
    "paths": (paths, 150),
    "replaced": (replaced, 50),
}
