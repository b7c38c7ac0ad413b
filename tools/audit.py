"""Whether what is installed is what is pinned, and whole, under the licences of docs/licences.md, and without known holes.

    make audit

`pip-audit` tells of known holes, where it is installed and the package index answers. Exit code 1 where anything is amiss.
"""

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from tools import licences, pins


def pinned() -> dict[str, str]:
    """The version of each package that is pinned."""
    found: dict[str, str] = {}
    for path in (pins.PROGRAM, pins.CHECKS):
        found |= pins.versions(path)
    return found


def differing() -> Iterator[str]:
    """What is installed in another version than the pinned one, or with other files than came with it."""
    for name, version in pinned().items():
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # another system needs it
        if found.version != version:
            yield f"{name} is {found.version} and not {version}"
        yield from changed_files(found)


def changed_files(of: Distribution) -> Iterator[str]:
    """The files of a package whose content is not what came with it."""
    for file in of.files or ():
        path = file.locate()
        if file.hash is None or file.hash.mode != "sha256" or not path.is_file():
            continue
        digest = base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).rstrip(b"=").decode()
        if digest != file.hash.value:
            yield f"{of.name}: {file} has been changed"


def licences_differ() -> Iterator[str]:
    """Whether the page says other licences than the packages do."""
    if licences.table() not in licences.PAGE.read_text(encoding="utf-8"):
        yield "docs/licences.md is not up to date: python -m tools.licences"


def holes(program: str) -> Iterator[str]:
    """The known holes of the pinned versions; says how many packages the index told nothing of."""
    options = ["--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
    files = [part for path in (pins.PROGRAM, pins.CHECKS) for part in ("--requirement", str(path))]
    done = subprocess.run([program, *options, *files], capture_output=True, text=True, check=False)
    if not done.stdout.startswith("{"):
        print(f"nothing is known of holes: {(done.stderr.strip().splitlines() or ['no answer'])[-1]}")
        return
    told = json.loads(done.stdout)["dependencies"]
    asked = [one for one in told if "vulns" in one]
    print(f"asked for known holes: {len(asked)} packages; no answer: {len(told) - len(asked)}")
    for one in asked:
        for hole in one["vulns"]:
            yield f"{one['name']} {one['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions']) or 'none'}"


def main(program: str | None = None) -> int:
    """Say all that is amiss."""
    amiss = [*differing(), *licences_differ(), *(holes(program) if program else ())]
    print(f"{len(pinned())} packages are pinned; amiss: {len(amiss)}")
    for one in amiss:
        print(one)
    return int(bool(amiss))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
