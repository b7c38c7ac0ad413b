"""The documentation's tables against what the program does: each is made anew here and must stand there word for word."""

import io
from pathlib import Path

import pytest

from alignment.assessment import shipped_limits, shipped_repeatability
from alignment.files.tables import cycles_csv, frames_parquet
from alignment.measures import FRONTAL, MEASURES
from alignment.result import column
from alignment.skeleton import LANDMARKS
from alignment.texts import ENGLISH
from tests.analyses import analyzed

DOCS = Path(__file__).parent.parent / "docs"
SIGNS = {"deg": "°", "pct": "% of leg length"}


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def measures():
    """A row per measure: where it stands in the files, what it means, and what it needs."""
    rows = []
    for one in MEASURES.values():
        rows.append(
            [
                f"`{one.name}`",
                SIGNS.get(one.unit, one.unit),
                "each leg" if one.sided else "body",
                one.meaning,
                "front, back" if one.views == FRONTAL else "all sides",
                f"{one.useful_se:g}",
                one.reference,
            ]
        )
    return table(["name", "unit", "whose", "meaning and sign", "seen from", "cannot be told above", "source"], rows)


def limits():
    """A row per row of the shipped table of limits."""

    def told(bound):
        return "" if bound is None else f"{bound:g}"

    rows = [
        [one.activity, one.measure, one.side]
        + [told(bound) for bound in (one.low_outside, one.low, one.high, one.high_outside)]
        + [f"{one.sem:g}", str(one.min_cycles), one.source]
        for one in shipped_limits().rows
    ]
    names = ["activity", "measure", "side", "low outside", "low", "high", "high outside", "sem", "min cycles", "source"]
    return table(names, rows)


def repeatability():
    """A row per row of the shipped table of what one movement filmed twice differs by."""
    rows = [
        [one.model, one.activity, one.measure, one.side, str(one.n), f"{one.sem:g}", f"{one.mdc:.3g}"]
        for one in shipped_repeatability()
    ]
    return table(["model", "activity", "measure", "side", "n", "sem", "mdc"], rows)


def columns():
    """A row per kind of column in frames.parquet."""
    rows = [["`time_s`", "s", ENGLISH["column_time"].message]]
    for one in MEASURES.values():
        names = [column(one.name, one.unit, side) for side in one.whose]
        rows.append([", ".join(f"`{name}`" for name in names), one.unit, one.meaning])
    rows.append(["`<column>_se`", "as the column", "standard error of that column"])
    for part, unit in (("x", "px"), ("y", "px"), ("visibility", "share")):
        name = f"`<landmark>_{part}_px`" if unit == "px" else f"`<landmark>_{part}`"
        rows.append([name, unit, ENGLISH[f"column_{part}"].message.replace("{landmark}", "the landmark")])
    return table(["column", "unit", "meaning"], rows)


@pytest.mark.parametrize(
    ("page", "name", "wanted"),
    [
        ("results.md", "measures", measures),
        ("results.md", "columns", columns),
        ("assessment.md", "limits", limits),
        ("assessment.md", "repeatability", repeatability),
    ],
)
def test_a_table_in_the_docs_says_what_the_program_does(page, name, wanted):
    text = (DOCS / page).read_text(encoding="utf-8")
    found = text.split(f"<!-- {name}: ")[1].split("-->\n", 1)[1].split("\n<!-- end -->")[0]
    assert found == wanted(), f"Put this into docs/{page}:\n\n{wanted()}\n"


def test_the_tables_columns_are_those_of_the_files():
    import pyarrow.parquet as pq

    result = analyzed("squat")
    found = pq.read_table(io.BytesIO(frames_parquet(result.curves, "squat.mp4"))).column_names
    named = {column(one.name, one.unit, side) for one in MEASURES.values() for side in one.whose}
    wanted = {"time_s"} | named | {f"{name}_se" for name in named}
    wanted |= {f"{name}_{part}" for name in LANDMARKS for part in ("x_px", "y_px", "visibility")}
    assert set(found) == wanted
    head = cycles_csv(result).splitlines()[0].split(",")
    first = ["index", "kind", "side", "start_s", "end_s", "time_s", "moment"]
    measured = [
        name for one in MEASURES.values() for name in (column(one.name, one.unit), f"{column(one.name, one.unit)}_se")
    ]
    assert head == [*first, *measured, "rejected"]


def test_every_code_of_quality_is_explained():
    text = (DOCS / "assessment.md").read_text(encoding="utf-8")
    # Three are variants of the words for one code, and one stands for all other reasons.
    variants = {"camera_yaw_corrected", "pelvis_raised_thigh", "pelvis_hip_line", "lost"}
    codes = {code[8:] for code in ENGLISH if code.startswith("quality_")} - variants
    assert len(codes) > 15
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []


def test_links_between_the_pages_lead_somewhere():
    for page in (DOCS / "results.md", DOCS / "assessment.md"):
        targets = [part.split(")")[0] for part in page.read_text(encoding="utf-8").split("](")[1:]]
        assert targets
        assert [target for target in targets if not (page.parent / target).exists()] == []
