"""Runs a notebook's cells in plain Python and puts what they show into it: `python -m tools.notebook docs/python.ipynb`.

A notebook's last expression is shown as Jupyter shows it, as far as text, HTML and charts go; Jupyter itself is not needed.
"""

import ast
import base64
import contextlib
import io
import json
import os
import sys
from pathlib import Path
from typing import Any


def run(notebook: dict[str, Any]) -> dict[str, Any]:
    """The same notebook with what its code cells show now, run in their order. What a cell raises ends it."""
    namespace: dict[str, Any] = {"__name__": "notebook"}
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            count += 1
            cell["execution_count"] = count
            cell["outputs"] = _outputs("".join(cell["source"]), namespace, count)
    return notebook


def _outputs(source: str, namespace: dict[str, Any], count: int) -> list[dict[str, Any]]:
    body = ast.parse(source).body
    last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(ast.Module(body, []), "<cell>", "exec"), namespace)
        shown = None if last is None else eval(compile(last, "<cell>", "eval"), namespace)
    outputs: list[dict[str, Any]] = []
    if said.getvalue():
        outputs.append({"output_type": "stream", "name": "stdout", "text": said.getvalue().splitlines(keepends=True)})
    if shown is not None:
        data = _shown(shown)
        outputs.append({"output_type": "execute_result", "execution_count": count, "metadata": {}, "data": data})
    return outputs


def _shown(what: object) -> dict[str, Any]:
    if hasattr(what, "to_dict") and type(what).__module__.startswith("altair"):
        import vl_convert

        picture = vl_convert.vegalite_to_png(what.to_dict(), scale=1.0)
        return {"image/png": base64.b64encode(picture).decode(), "text/plain": ["<chart>"]}
    data: dict[str, Any] = {"text/plain": str(what).splitlines(keepends=True)}
    if hasattr(what, "_repr_html_"):
        data["text/html"] = what._repr_html_().splitlines(keepends=True)
    return data


def main() -> None:
    """Run the notebook that is named, in its own folder, and write it back."""
    path = Path(sys.argv[1]).absolute()
    os.chdir(path.parent)
    made = run(json.loads(path.read_text(encoding="utf-8")))
    path.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
