"""The catalogue: every code that the package can meet has a text, and no text says what must not be said."""

import ast
import re
from importlib.resources import files
from itertools import chain
from string import Formatter

import pytest

from alignment.core.activities import ACTIVITIES
from alignment.core.assessment import shipped_limits_text
from alignment.core.measures import MEASURES, NEEDS_MARKS
from alignment.core.result import Verdict
from alignment.core.skeleton import SIDES
from alignment.errors import InputError, phrase
from alignment.texts import ENGLISH, LANGUAGES, Text, is_known, say, speaking, text_of
from alignment.views.wording import finding_text, reason_words
from tests.analyses import MOVEMENTS, analyzed, filmed, motion
from tests.setups import setup_of
from tests.synthetic import Camera, wearing

#: Results observe and describe; they grade nobody and name no illness.
FORBIDDEN = re.compile(
    r"\b(ab)?normal(ly)?\b|\bpoor|\brisk|\bdamages?\b|\bdiagnos|\bpatholog|\bdeformit|\binjur", re.IGNORECASE
)
#: Words that no finding and no reason may use; the catalogue has them only where files or commands are concerned.
NEVER_OF_PEOPLE = re.compile(
    r"\b(wrong|correct|incorrect|bad|pain|patient|disease|weak|valgus|varus|healthy)\b", re.IGNORECASE
)
SOURCES = sorted(path for path in files("alignment").rglob("*.py") if path.parent.name != "texts")


def all_texts():
    return [(code, part) for code, text in ENGLISH.items() for part in (text.message, text.remedy) if part]


def test_nothing_forbidden_is_said_anywhere():
    said = [*all_texts(), ("limits", shipped_limits_text())]
    assert len(said) > 300
    assert [(code, text) for code, text in said if FORBIDDEN.search(text)] == []


def test_findings_and_reasons_grade_nobody():
    prefixes = ("finding_", "fact", "quality_", "verdict_", "measure_", "overlay_")
    said = [(code, text) for code, text in all_texts() if code.startswith(prefixes)]
    assert len(said) > 100
    assert [(code, text) for code, text in said if NEVER_OF_PEOPLE.search(text)] == []


def test_verdicts_use_the_agreed_words():
    words = {str(verdict): say(f"verdict_{verdict}").message for verdict in Verdict}
    assert words == {
        "within": "inside the usual range",
        "edge": "near its edge",
        "outside": "outside the usual range",
        "unknown": "cannot tell",
    }


@pytest.mark.parametrize("prefix", ["quality_", "finding_"])
def test_sentences_begin_large_and_end_with_a_full_stop(prefix):
    sentences = [(code, text) for code, text in ENGLISH.items() if code.startswith(prefix)]
    assert sentences
    for code, text in sentences:
        assert re.match(r"[A-Z{].*\.$", text.message, re.DOTALL), code
        assert not text.remedy or re.match(r"[A-Z{].*[.}]$", text.remedy, re.DOTALL), code


@pytest.mark.parametrize("prefix", ["reason_", "fact_", "measure_", "why_", "fault_", "limits_"])
def test_phrases_begin_small_and_end_without_a_stop(prefix):
    phrases = [(code, text.message) for code, text in ENGLISH.items() if code.startswith(prefix)]
    assert phrases
    assert [code for code, text in phrases if not re.match(r"[a-z0-9{].*[^.!]$", text) and "UTF-8" not in text] == []


def test_every_quality_text_has_a_way_out():
    missing = [code for code, text in ENGLISH.items() if code.startswith("quality_") and not text.remedy]
    # That of what else is missing comes with its reason.
    assert missing == ["quality_lost"]
    lost = set(chain.from_iterable(doubt_and_gate_codes()))
    assert [code for code in sorted(lost) if not ENGLISH[f"reason_{code}"].remedy] == []


def test_no_two_blocks_share_a_code():
    assert len(ENGLISH.maps) >= 5
    assert sum(len(block) for block in ENGLISH.maps) == len(ENGLISH)


def test_a_text_fills_its_gaps_and_asks_for_all_of_them():
    assert str(say("missing_file", path="a b.mp4")) == "There is no file a b.mp4. Check the spelling and the folder."
    assert str(Text("Alone.")) == "Alone."
    with pytest.raises(KeyError):
        say("missing_file")
    with pytest.raises(KeyError):
        say("no such code")
    assert is_known("missing_file")
    assert not is_known("no such code")


def test_gaps_have_names():
    gaps = [(code, gap) for code, text in all_texts() for _, gap, _, _ in Formatter().parse(text) if gap is not None]
    assert gaps
    assert [(code, gap) for code, gap in gaps if not gap.isidentifier()] == []


# --- what the package asks for -------------------------------------------------------------------------------------


def calls(*names: str):
    """Every call of these functions in the package: its module, line and first argument."""
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
                if called in names:
                    yield f"{path.name}:{node.lineno}", node.args[0]


def pattern(argument: ast.expr) -> list[re.Pattern[str]]:
    """What a code that is written there can look like; nothing where it comes from elsewhere."""
    if isinstance(argument, ast.Constant):
        return [re.compile(re.escape(str(argument.value)))]
    if isinstance(argument, ast.IfExp):
        return pattern(argument.body) + pattern(argument.orelse)
    if isinstance(argument, ast.JoinedStr):
        parts = [re.escape(part.value) if isinstance(part, ast.Constant) else ".+" for part in argument.values]
        return [re.compile("".join(parts))]
    return []


def doubt_and_gate_codes():
    """Codes of what keeps a value from being given: by measure's conditions, by what is not known, by activity."""
    from alignment.core.uncertainty import LANDMARKS
    from alignment.core.viewpoint import perturbations, reconstruct

    setup = setup_of(filmed("squat"))
    yield {gate.reason for measure in MEASURES.values() for gate in measure.gates}
    yield {*perturbations(setup), LANDMARKS}
    body = reconstruct(wearing(filmed("squat"), motion("squat")), setup)
    yield {code for one in MEASURES.values() if one.mark_errors for code in one.mark_errors(body)}
    yield {NEEDS_MARKS}
    yield {"not_seen", "side_view", "camera_yaw"}


def test_every_code_written_in_the_package_is_in_the_catalogue():
    unknown, seen = [], 0
    for where, argument in calls("say", "phrase", "InputError", "known", "WeightsError", "_FetchError"):
        for code in pattern(argument):
            seen += 1
            if not any(code.fullmatch(entry) for entry in ENGLISH):
                unknown.append((where, code.pattern))
    assert seen > 100
    assert unknown == []


def test_every_text_is_said_somewhere():
    nodes = [node for path in SOURCES for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]
    written = {node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    families = [pattern(node)[0] for node in nodes if isinstance(node, ast.JoinedStr)]
    families = [family for family in families if re.match(r"[a-z]+_", family.pattern)]
    # Endings that are put behind a code that is handed on.
    whole = {code: re.sub(r"_(\d+|between|from|server|help)$", "", code) for code in ENGLISH}
    unsaid = [code for code in ENGLISH if not {code, whole[code]} & written]
    assert [code for code in unsaid if not any(family.fullmatch(code) for family in families)] == []


def test_every_error_of_the_user_has_a_remedy():
    codes = {argument.value for _, argument in calls("InputError") if isinstance(argument, ast.Constant)}
    assert len(codes) > 15
    assert [code for code in sorted(codes) if not ENGLISH[code].remedy] == []


def test_every_reason_for_a_missing_value_is_in_the_catalogue():
    assert [code for code in set(chain.from_iterable(doubt_and_gate_codes())) if not is_known(f"reason_{code}")] == []


def test_every_rejection_of_a_cycle_is_in_the_catalogue():
    codes = set()
    for path in (path for path in SOURCES if path.parent.name == "cycles"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            # A check is a code and whether it is true; others are keywords of their own.
            if isinstance(node, ast.Tuple) and len(node.elts) == 2 and isinstance(node.elts[0], ast.Constant):
                value = node.elts[0].value
                if isinstance(value, str) and not isinstance(node.elts[1], ast.Constant):
                    codes.add(value)
            if isinstance(node, ast.keyword) and node.arg == "rejected" and isinstance(node.value, ast.Constant):
                codes.add(node.value.value)
    codes -= {None}
    assert {"cut_off", "too_shallow", "feet_moved", "not_seen"} <= codes
    assert [code for code in sorted(codes) if not is_known(f"reason_{code}")] == []


def test_every_measure_side_and_activity_has_words():
    for measure in MEASURES:
        for family in ("measure", "meaning", "report_short", "report_sign"):
            assert is_known(f"{family}_{measure}"), (family, measure)
    for side in (*SIDES, "body", "difference"):
        assert is_known(f"whose_{side}")
        assert is_known(f"side_{side}")
    for activity in ACTIVITIES:
        assert is_known(f"activity_{activity}"), activity
        assert ENGLISH[f"activity_{activity}_how"].message.endswith("."), activity


def test_a_name_without_words_is_told_by_itself():
    assert say("activity_wall_sit") == Text("Wall sit")
    assert say("activity_wall_sit_how") == Text("")
    assert say("activity_{odd}") == Text("Odd")
    assert say("reason_![x](https:a.b)") == Text("x https a b")  # no Markdown comes of it
    assert say("measure_stride_width") == Text("stride width")
    assert say("reason_out_of_step") == Text("out of step")
    assert not is_known("activity_wall_sit")


def test_what_another_language_lacks_is_said_in_english(monkeypatch):
    monkeypatch.setitem(LANGUAGES, "de", {"measure_knee_flexion": Text("Kniebeugung")})
    with speaking("de"):
        assert say("measure_knee_flexion").message == "Kniebeugung"
        assert say("measure_trunk_lean") == ENGLISH["measure_trunk_lean"]
        assert str(phrase("measure_knee_flexion")) == "Kniebeugung"
    assert say("measure_knee_flexion") == ENGLISH["measure_knee_flexion"]
    with pytest.raises(KeyError), speaking("xx"):
        pass


@pytest.mark.parametrize(
    ("name", "camera"),
    [*((name, None) for name in MOVEMENTS), ("squat", Camera(yaw_deg=25.0)), ("squat", Camera("left"))],
)
def test_every_code_in_a_result_is_in_the_catalogue(name, camera):
    result = analyzed(name, camera)
    values = [value for cycle in result.cycles for value in cycle.values]
    reasons = {one.reason for one in (*values, *result.summary)} | {cycle.rejected for cycle in result.cycles}
    curves = {str(code) for curve in result.curves.by_measure.values() for code in (*curve.reason, *curve.doubt)}
    assert [code for code in (reasons | curves) - {None, ""} if not is_known(f"reason_{code}")] == []
    for reason in result.quality.reasons:
        assert (
            is_known(f"quality_{reason.code}")
            or is_known(f"quality_pelvis_{reason.code}")
            or is_known(f"reason_{reason.code}")
        )
        assert reason_words(reason).message
        assert reason_words(reason).remedy
    for finding in result.findings:
        assert re.fullmatch(r"[A-Z].*\.", finding_text(finding)), finding.code


def test_an_input_error_carries_code_message_and_remedy():
    fault = InputError("empty_file", path="a.mp4")
    assert fault.code == "empty_file"
    assert text_of(fault).message == "a.mp4 is empty (0 bytes)."
    assert str(fault) == "a.mp4 is empty (0 bytes). Copy the video once more from the phone or camera."
