"""The notebook of the documentation runs as it stands, and shows the tables that it was last shown with."""

import json

from tests.conftest import ROOT
from tools import notebook


def test_the_notebook_runs_and_its_tables_are_still_headed_as_they_stand(monkeypatch):
    monkeypatch.chdir(ROOT / "docs")
    kept = json.loads((ROOT / "docs" / "python.ipynb").read_text(encoding="utf-8"))
    again = notebook.run(json.loads(json.dumps(kept)))
    assert heads(again) == heads(kept), "Run: python -m tools.notebook docs/python.ipynb"
    assert [cell["source"] for cell in again["cells"] if cell["cell_type"] == "code" and not cell["outputs"]] == []


def heads(of):
    """The columns of each table that is shown."""
    shown = [output.get("data", {}) for cell in of["cells"] for output in cell.get("outputs", ())]
    return [data["text/plain"][0] for data in shown if "dataframe" in "".join(data.get("text/html", ()))]
