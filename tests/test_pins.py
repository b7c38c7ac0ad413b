"""What is installed is pinned with the hashes of its files, under the licences that the page says."""

import base64
import hashlib
import re
import tomllib
from importlib.metadata import FileHash
from pathlib import Path
from types import SimpleNamespace

import av
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools import audit, licences, pins

ROOT = Path(__file__).parent.parent


def test_the_licences_are_those_that_the_installed_packages_say_and_every_pinned_one_is_there():
    assert licences.table() in licences.PAGE.read_text(encoding="utf-8")
    libraries = {path.name.partition("-")[0] for path in (Path(av.__file__).parent.parent / "av.libs").iterdir()}
    page = licences.PAGE.read_text(encoding="utf-8")
    assert [name for name in ("libx264", "libx265") if name in libraries] == [
        name for name in ("libx264", "libx265") if f"| {name.removeprefix('lib')}" in page
    ]


def test_every_pinned_file_has_a_hash_and_the_program_needs_nothing_that_is_not_pinned():
    pinned = {}
    for path in (pins.PROGRAM, pins.CHECKS):
        for block in re.split(r"\n(?=\S)", path.read_text(encoding="utf-8")):
            if not block.startswith("#"):
                assert block.count("--hash=sha256:") >= 1, block
        pinned |= pins.versions(path)
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for one in [*wanted["dependencies"], *wanted["optional-dependencies"]["dev"]]:
        asked = Requirement(one)
        if asked.name != "alignment":
            assert asked.specifier.contains(pinned[canonicalize_name(asked.name)]), one


def test_a_file_that_is_not_the_one_that_came_with_its_package_is_named(tmp_path):
    (tmp_path / "a.py").write_text("changed")
    (tmp_path / "b.py").write_text("")

    class File:
        """What a package says of one of its files."""

        def __init__(self, name, content):
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            self.name, self.hash = name, FileHash(f"sha256={digest}")

        def __str__(self):
            return self.name

        def locate(self):
            return tmp_path / self.name

    package = SimpleNamespace(name="one", files=[File("a.py", b"as it came"), File("b.py", b"")])
    assert list(audit.changed_files(package)) == ["one: a.py has been changed"]
