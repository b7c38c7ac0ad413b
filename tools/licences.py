"""The licences of the packages that the program is installed with, as they say: a table in docs/licences.md.

    python -m tools.licences     # writes it anew

A package that this system does not need is left as it stands there.
"""

import re
import sys
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

from tools.pins import PROGRAM, versions

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "licences.md"
BEGIN, END = "<!-- packages: tools/licences.py writes this table -->\n", "<!-- end -->"
HEAD = "| package | version | licence |\n|---|---|---|\n"
#: What packages that name no SPDX expression call their licence, and its expression.
SPDX = {
    "Apache Software License": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache License": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
}


def licence_of(name: str) -> str | None:
    """What an installed package says of its licence; None where it is not installed."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None
    classifiers = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier", []) if one.startswith("License")]
    said = about.get("License-Expression") or next(iter(classifiers), None) or about.get("License", "")
    return SPDX.get(said, said) or "?"


def table() -> str:
    """The rows of all packages, those of other systems as they stand on the page."""
    standing = dict(re.findall(r"^\| ([\w.-]+) \| \S+ \| (.+) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE))
    rows = [(name, version, licence_of(name) or standing.get(name, "?")) for name, version in versions(PROGRAM).items()]
    return HEAD + "".join(f"| {name} | {version} | {licence} |\n" for name, version, licence in rows)


def main() -> None:
    """Write the table."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    PAGE.write_text(before + BEGIN + table() + END + rest.partition(END)[2], encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
