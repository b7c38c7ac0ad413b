"""The documentation's tables against what the program does: each is made anew here and must stand there word for word."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from alignment.core.assessment import shipped_limits
from alignment.core.measures import ANYWHERE, MEASURES
from alignment.core.result import column
from alignment.core.skeleton import LANDMARKS
from alignment.outputs import cycles_csv, frames_parquet
from alignment.pose.calibration import calibration_of
from alignment.texts import ENGLISH
from tests.analyses import analyzed

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"


SIGNS = {"deg": "°", "pct": "% of leg length", "per_min": "steps/min"}


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
                ENGLISH[f"meaning_{one.name}"].message,
                "all sides" if one.views == ANYWHERE else ", ".join(one.views),
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
        [f"{model}, {joints}", one.activity, one.measure, one.side, str(one.n), f"{one.sem:g}", f"{one.mdc:.3g}"]
        for model, joints in (("heavy", "read"), ("heavy", "model"), ("lite", "model"))
        for one in calibration_of(model).of(joints).repeatability
    ]
    return table(["model, joints", "activity", "measure", "side", "n", "sem", "mdc"], rows)


def columns():
    """A row per kind of column in frames.parquet."""
    rows = [["`time_s`", "s", ENGLISH["column_time"].message]]
    for one in MEASURES.values():
        names = [column(one.name, one.unit, side) for side in one.whose]
        rows.append([", ".join(f"`{name}`" for name in names), one.unit, ENGLISH[f"meaning_{one.name}"].message])
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
    taken = [one for one in MEASURES.values() if one.taken_in("squat")]
    named = {column(one.name, one.unit, side) for one in taken for side in one.whose}
    wanted = {"time_s"} | named | {f"{name}_se" for name in named}
    wanted |= {f"{name}_{part}" for name in LANDMARKS for part in ("x_px", "y_px", "visibility")}
    assert set(found) == wanted
    head = cycles_csv(result).splitlines()[0].split(",")
    first = ["index", "kind", "side", "start_s", "end_s", "time_s", "moment"]
    measured = [
        name
        for one in taken
        for name in (column(one.name, one.unit), f"{column(one.name, one.unit)}_se", f"{one.name}_verdict")
    ]
    assert head == [*first, *measured, "rejected"]


def test_every_code_of_quality_is_explained():
    text = (DOCS / "assessment.md").read_text(encoding="utf-8")
    # Three are variants of the words for one code, and one stands for all other reasons.
    variants = {"camera_yaw_corrected", "pelvis_raised_thigh", "pelvis_hip_line", "lost"}
    codes = {code[8:] for code in ENGLISH if code.startswith("quality_")} - variants
    assert len(codes) > 15
    assert [code for code in sorted(codes) if f"`{code}`" not in text] == []


PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md"))]


def anchors(page):
    """The fragment of each heading, as GitHub makes it."""
    heads = [line.lstrip("#").strip() for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page):
    targets = re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8"))
    inside = [target.partition("#") for target in targets if "://" not in target]
    assert inside
    assert [name for name, _, _ in inside if not (page.parent / name).exists()] == []
    pages = [(page.parent / name if name else page, anchor) for name, _, anchor in inside if anchor]
    assert [(to.name, anchor) for to, anchor in pages if anchor not in anchors(to)] == []


def python_in(page):
    """The Python examples of a page."""
    return re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("page", [page for page in PAGES if python_in(page)], ids=lambda page: page.name)
def test_what_is_shown_as_python_is_python(page):
    for example in python_in(page):
        compile(example, page.name, "exec")


def test_the_readmes_python_is_two_lines():
    (example,) = python_in(ROOT / "README.md")
    assert example.split("\n\n") == ["import alignment", 'alignment.analyze("squat.mp4", "squat")\n']


def test_the_readme_begins_with_the_question_the_picture_the_doors_and_the_start():
    """The order that a newcomer needs, and no more than two screens of it before the details."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    order = [
        "Do your knees drift inwards",
        "docs/film-to-finding.webp",
        "A sore knee?",
        "A physio?",
        "500 videos?",
        "pip install . && alignment app",
        "make app",
        "From the phone to the computer",
        "docs/how-to-film.svg",
        "| It can tell | It cannot tell |",
        "no medical device",
        "See a doctor",
        "docs/accuracy.md",
    ]
    places = [text.find(part) for part in order]
    assert -1 not in places
    assert places == sorted(places)
    assert len(text.splitlines()) < 100


def test_the_readmes_moving_picture_is_small():
    path = DOCS / "film-to-finding.webp"
    assert path.stat().st_size < 1_500_000
    with Image.open(path) as picture:
        assert picture.width <= 480
        assert picture.n_frames > 20


def test_the_signs_that_send_to_a_doctor_are_those_of_the_app():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    signs = [ENGLISH[f"learn_doctor_{number}"].message for number in range(1, 7)]
    for word in (
        "hot, red",
        "swollen",
        "fever",
        "fall",
        "swelling within two hours",
        "locked",
        "bear your weight",
        "at rest or at night",
    ):
        assert any(word in sign for sign in signs), word
        assert word in text, word


def test_every_line_on_privacy_names_tests_that_are_there():
    lines = (DOCS / "privacy.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| ") and not line.startswith("| what ")]
    assert len(rows) > 10
    for row in rows:
        named = re.findall(r"`(?:tests/)?(\w+\.py)`", row.rsplit(" | ", 1)[1])
        assert named, row
        assert all((ROOT / "tests" / name).is_file() for name in named), row
