"""Importing the package says nothing: words are made when somebody reads them, in the language that is asked for then."""

import subprocess
import sys

from tests.browser import ROOT

#: The command line's own help is read by whoever imports it.
SCRIPT = """
import importlib, pkgutil
import alignment, alignment.texts

def refuse(code, **values):
    raise AssertionError(f"{code} is said while a module is imported")

alignment.texts.say = refuse
for name in ("core", "pose", "sources", "outputs", "views", "batch", "live", "pages"):
    package = importlib.import_module(f"alignment.{name}")
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)
"""


def test_no_module_says_anything_when_it_is_imported():
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
