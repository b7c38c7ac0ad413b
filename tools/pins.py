"""The exact versions of all packages with the hashes of their files, for every system: pyproject.toml in, two files out.

    make pins

`constraints.txt` holds what the program needs and what builds it, `constraints-dev.txt` what only checks and tests need
besides. Versions that stand there stay unless pyproject.toml no longer allows them; take a line out to have the newest.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM, CHECKS = ROOT / "constraints.txt", ROOT / "constraints-dev.txt"
OLDEST = "3.11"
#: For a test alone, without what it needs for other things (some 70 packages to read other programs' files).
ALONE = "movement==0.15.0"
#: What `pip install --no-build-isolation --editable .` builds with.
BUILD = "hatchling\neditables\n"
HEADS = {
    PROGRAM: """\
# The exact versions that everything here is tested with, on Linux with Python 3.11 and 3.13, and the hashes of their files
# for every system and Python. Use: pip install --require-hashes --no-deps --requirement constraints.txt
#                              pip install --no-deps --no-build-isolation .
# Made by `make pins`.
""",
    CHECKS: """\
# What only checks and tests need besides constraints.txt. Made by `make pins`.
""",
}


def pinned(options: list[str], more: str, project: str = "pyproject.toml") -> dict[str, str]:
    """Each package's lines by its name: version, where it is needed, hashes."""
    older = [option for path in (PROGRAM, CHECKS) if path.exists() for option in ("--constraint", versions_of(path))]
    usual = ["--universal", "--python-version", OLDEST, "--generate-hashes", "--no-header", "--no-annotate"]
    command = ["uv", "pip", "compile", "--quiet", *([project] if project else []), "-", *options, *older, *usual]
    told = subprocess.run(command, input=more, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return {re.split("[=;]", block)[0].strip(): block for block in re.split(r"\n(?=\S)", told.strip()) if block}


def versions_of(path: Path) -> str:
    """A file beside it with the versions alone, which is all that shall be kept."""
    kept = ROOT / "out" / path.name
    kept.parent.mkdir(exist_ok=True)
    kept.write_text("".join(f"{name}=={version}\n" for name, version in versions(path).items()))
    return str(kept)


def versions(path: Path) -> dict[str, str]:
    """The version of each package in a file of pins."""
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", path.read_text(encoding="utf-8"), re.MULTILINE))


def write(path: Path, packages: dict[str, str]) -> None:
    """One file of pins."""
    path.write_text(HEADS[path] + "".join(f"{packages[name]}\n" for name in sorted(packages)))


def main() -> None:
    """Write both files."""
    program = pinned([], BUILD)
    everything = pinned(["--extra", "dev"], BUILD) | pinned(["--no-deps"], ALONE, project="")
    write(PROGRAM, program)
    write(CHECKS, {name: lines for name, lines in everything.items() if name not in program})
    print(f"{len(program)} packages for the program, {len(everything) - len(program)} more for checks and tests")


if __name__ == "__main__":
    sys.exit(main())
