"""What was found, in plain sentences or in clinical terms: a finding, or a row of a summary, in; words out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from alignment.core.measures import MEASURES
from alignment.core.result import Finding, SummarySide, Verdict
from alignment.texts import is_known, say
from alignment.views.wording.cycles import cycles_noun
from alignment.views.wording.measures import measure_name
from alignment.views.wording.numbers import amount, number_word, rough_amount, short_amount, signed_amount, with_error
from alignment.views.wording.reasons import reason_text

#: Sentences about the hips that nothing judges.
_HIPS: Final = ("hips_level", "hips_tip", "hips_rock")
#: A finding without a number, which is told together with the others that have none for the same reason.
_NO_NUMBER: Final = ("unknown", "too_unsure")


@dataclass(frozen=True)
class Told:
    """One sentence behind the mark of its verdict."""

    verdict: Verdict | None
    text: str


def told_findings(findings: Sequence[Finding], *, clinical: bool = False) -> list[Told]:
    """A sentence for each finding, in their order; those that cannot be told in one for each reason, last.

    That there are too few repetitions is not said here but once for all, by `few_text`.
    """
    unknown: dict[str, list[Finding]] = {}
    told = []
    for one in findings:
        if one.code in _NO_NUMBER and one.measure is not None:
            unknown.setdefault(str(one.values["reason"]), []).append(one)
        else:
            told.append(Told(one.verdict, _sentence(one, clinical=clinical)))
    return told + [Told(Verdict.UNKNOWN, _unknown_text(alike, clinical=clinical)) for alike in unknown.values()]


def finding_text(finding: Finding, *, clinical: bool = False) -> str:
    """The sentence for a finding by itself."""
    if finding.code in _NO_NUMBER and finding.measure is not None:
        return _unknown_text([finding], clinical=clinical)
    few = few_text([finding])
    return f"{_sentence(finding, clinical=clinical)} {few}" if few else _sentence(finding, clinical=clinical)


def few_text(findings: Sequence[Finding]) -> str:
    """That there are too few repetitions to be firm: "Only three steps a leg: …"; empty where there are enough."""
    few = [one for one in findings if one.code == "provisional"]
    if not few:
        return ""
    counts = sorted({int(one.values["n"]) for one in few})  # type: ignore[arg-type]
    needed = max(int(one.values["needed"] or 0) for one in few)  # type: ignore[arg-type]
    legs = {one.side for one in few} & {"left", "right"} if few[0].values.get("a_leg") else set()
    where = say(f"few_{legs.pop()}" if len(legs) == 1 else "few_each" if legs else "few_both").message
    noun = cycles_noun(few[0].values.get("activity"), few[0].values["kind"], counts[-1])  # type: ignore[arg-type]
    some = say("few_or").message.join(map(number_word, counts))
    # Where some of the repetitions have no number.
    totals = {int(one.values["total"]) for one in few}  # type: ignore[arg-type]
    total = totals.pop() if len(totals) == 1 else 0
    if len(counts) == 1 and counts[0] < total:
        noun = cycles_noun(few[0].values.get("activity"), few[0].values["kind"], total)  # type: ignore[arg-type]
        firm = any(one.measure is not None and one.code not in (*_NO_NUMBER, "provisional") for one in findings)
        code = "few_measured_of" if firm else "few_measured"
    else:
        code = "few_one" if counts == [1] else "few_many"
    what = ", ".join(dict.fromkeys(whose(one.measure, one.side) for one in few if one.measure is not None))
    told = {"what": what, "some": some, "total": number_word(total), "cycles": noun, "needed": number_word(needed)}
    return say(code, where=where, **told).message


def _sentence(finding: Finding, *, clinical: bool) -> str:
    values: Mapping[str, Any] = finding.values
    if "text" in values:
        return str(values["text"])
    # The mean over both legs' turns is about 0 and says nothing.
    if finding.code in _HIPS:
        plain = not clinical or finding.code == "hips_rock"
        told = _hips_text(finding.code, values) if plain else _clinical_text(replace(finding, verdict=None), "")
        return f"{told} {_apart_text(values, clinical=clinical)}".rstrip()
    if finding.measure is None:
        return say(f"finding_{finding.code}", reason=reason_text(values.get("reason"))).message
    # What is provisional is said like everything else: how few there are is a sentence of its own.
    code = str(finding.verdict) if finding.code == "provisional" else finding.code
    other = _other_leg_text(finding, clinical=clinical)
    if clinical:
        return f"{_clinical_text(finding, code)} {other}".rstrip()
    told = say(
        f"finding_{code}_one" if values["n"] == 1 and is_known(f"finding_{code}_one") else f"finding_{code}",
        head=head_text(finding.measure, finding.side, values, finding.verdict),
        whose=whose(finding.measure, finding.side),
        share=_share(finding, values),
        n=values["n"],
        needed=values["needed"] or 0,
        cycles=cycles_noun(values.get("activity"), values["kind"], values["n"]),
    ).message
    return f"{told} {other}".rstrip()


def _apart_text(values: Mapping[str, Any], *, clinical: bool) -> str:
    """That the hips drop more on one leg than is usual; empty where they do not."""
    if "apart_deg" not in values:
        return ""
    noun = cycles_noun(values.get("activity"), values["kind"], values["apart_total"])
    return say(
        "clinical_hips_apart" if clinical else "hips_apart",
        value=f"{values['apart_deg']:.0f}",
        leg=say(f"side_{values['apart_leg']}").message,
        verdict=say(f"verdict_{values['apart_verdict']}").message,
        share=_share_text(values["apart_n"], values["apart_total"], noun, of_each=True),
    ).message


def _other_leg_text(finding: Finding, *, clinical: bool) -> str:
    """What a sentence about the hips on one leg says of the other; empty where that leg was not filmed."""
    values: Mapping[str, Any] = finding.values
    if "other_mean" not in values or finding.measure is None:
        return ""
    return say(
        "clinical_hips_other_leg" if clinical else "hips_other_leg",
        leg=say(f"side_{values['other_side']}").message,
        fact=fact(finding.measure, values["other_side"], values["other_mean"], values["unit"]),
        mean=amount(values["other_mean"], values["unit"]),
        verdict=say(f"verdict_{values['other_verdict']}").message,
    ).message


def _hips_text(code: str, values: Mapping[str, Any]) -> str:
    """Level, or which hip is how much lower or higher, and when: the left one drops 6° in step 3 on the right leg."""
    measured, beyond, within = values["measured"], values["beyond"], f"{values['within_deg']:.0f}"

    def share(n: int) -> str:
        return _share_text(n, measured, cycles_noun(values.get("activity"), values["kind"], measured))

    if code == "hips_level":
        return say("finding_hips_level", within=within, share=share(measured)).message
    if code == "hips_rock":
        if values["rocks_deg"] <= values["within_deg"]:
            return say("finding_hips_rock_little", within=within).message
        ways = {
            f"{leg}_way": say(f"hips_{'down' if values[f'{leg}_down'] >= 0 else 'up'}").message
            for leg in ("left", "right")
        }
        sizes = {f"{leg}_deg": f"{abs(values[f'{leg}_down']):.0f}" for leg in ("left", "right")}
        return say("finding_hips_rock", value=f"{values['rocks_deg']:.0f}", **ways, **sizes).message
    worst, leg = values["worst"], values["leg"]
    if leg is None:
        hip, way = "left" if worst > 0 else "right", "lower"
    else:
        # It is the free side that drops or is drawn up.
        hip, way = "right" if leg == "left" else "left", "drops" if worst > 0 else "rises"
    nth = _nth(values) if leg is None else say("hips_on_leg", nth=_nth(values), leg=say(f"side_{leg}").message).message
    others = measured - beyond
    more = ""
    if beyond > 1:
        more = say("hips_beyond", share=share(beyond)).message
    elif others:
        more = say("hips_others", within=within).message
    hip_name = say(f"side_{hip}").message
    return say(f"finding_hips_{way}", hip=hip_name, value=f"{abs(worst):.0f}", nth=nth, more=more).message


def _clinical_text(finding: Finding, code: str) -> str:
    """The mean with its standard error, the worst repetition, and the verdict with its share."""
    values: Mapping[str, Any] = finding.values
    unit, worst, number = values["unit"], values.get("worst"), values.get("worst_number")
    nth = _nth(values) if worst is not None and number is not None and values["n"] > 1 else ""
    return say(
        "clinical_finding" if finding.verdict is not None else "clinical_finding_shown",
        what=clinical_name(finding.measure or "", finding.side),
        mean=with_error(values["mean"], values["standard_error"], unit),
        n=values["n"],
        worst=say(
            "clinical_worst", worst=(signed_amount if unit in ("deg", "pct") else amount)(worst, unit), nth=nth
        ).message
        if nth
        else "",
        verdict=""
        if finding.verdict is None
        else say("verdict_within" if code == "on_one_line" else f"clinical_verdict_{code}").message,
        share=_share(finding, values),
    ).message


def _unknown_text(alike: Sequence[Finding], *, clinical: bool) -> str:
    """What cannot be told for one reason."""
    names = dict.fromkeys(
        clinical_name(one.measure or "", one.side) if clinical else whose(one.measure or "", one.side) for one in alike
    )
    first, *others = names
    listed = ", ".join([first, *(other[:1].lower() + other[1:] if not clinical else other for other in others)])
    reason = str(alike[0].values["reason"])
    code = "finding_too_unsure" if reason == "too_unsure" else "finding_unknown"
    return say(code, whose=listed, reason=reason_text(reason)).message


def clinical_name(measure: str, side: SummarySide) -> str:
    """What a measure is called in clinical terms, with the side that is meant."""
    name = measure_name(measure, clinical=True)
    name = name[:1].upper() + name[1:]
    return name if side == "body" else f"{name}, {say(f'side_{side}').message}"


def whose(measure: str, side: SummarySide) -> str:
    """Of what a sentence about this row speaks: "Left knee"; the measure's own words where the catalogue has them."""
    code = f"subject_{measure}_{side}"
    return say(code if is_known(code) else f"whose_{side}").message


def head_text(measure: str, side: SummarySide, values: Mapping[str, Any], verdict: Verdict | None) -> str:
    """What a row says, without its verdict: "Left knee: about 1 cm inwards on average, but 6 cm in squat 2"."""
    # What the verdict speaks of is the worst one.
    judged = values.get("worst") if verdict in (Verdict.EDGE, Verdict.OUTSIDE) else None
    number = values["mean"] if judged is None else judged
    code = f"whole_{measure}_{_direction(measure, side, number, values['unit'])}"
    if is_known(code):
        return say(code).message
    return say("told", whose=whose(measure, side), told=measured_text(measure, side, values)).message


def measured_text(measure: str, side: SummarySide, values: Mapping[str, Any]) -> str:
    """What the repetitions come to, and the worst of them: "about 1 cm inwards on average, but 8 cm in squat 2"."""
    leg_m, unit = values.get("leg_m"), values["unit"]
    mean = fact(measure, side, values["mean"], unit, leg_m)
    if values["n"] == 1:
        return mean
    worst, number = values.get("worst"), values.get("worst_number")
    if worst is None or number is None:
        return say("told_mean", fact=mean).message
    farthest = fact(measure, side, worst, unit, leg_m)
    if farthest == mean:
        return say("told_alike", fact=mean).message
    neutral = _neutral(measure, side)
    code = "told_worst_differs" if values.get("differ") else "told_worst"
    if (worst > neutral) != (values["mean"] > neutral):
        code = "told_worst_differs" if values.get("differ") else "told_worst_other"
    elif abs(worst - neutral) < abs(values["mean"] - neutral):
        # The average is on the side that is not judged, and the farthest towards the other is no news.
        return say("told_mean", fact=mean).message
    elif unit in ("deg", "pct", "share"):
        # The same direction need not be said twice.
        size = max(worst, 1 - worst) if unit == "share" else abs(worst)
        farthest = short_amount(size, unit, leg_m)
    return say(code, fact=mean, worst=farthest, nth=_nth(values)).message


def _nth(values: Mapping[str, Any]) -> str:
    """Which repetition was the worst: "squat 2", and of several films in which."""
    codes = (f"nth_{values.get('activity')}", f"nth_{values['kind']}")
    nth = say(next(code for code in codes if is_known(code)), number=values["worst_number"]).message
    film = values.get("worst_film")
    return nth if film is None else say("occasion_nth", nth=nth, film=film).message


def _share(finding: Finding, values: Mapping[str, Any]) -> str:
    """Of how many repetitions the verdict speaks: "1 of 4 squats"; how many were measured where none has one of its own."""
    sharing = values.get("sharing")
    shared, total = (values["n"], values["total"]) if sharing is None else (sharing, values["n"])
    noun = cycles_noun(values.get("activity"), values["kind"], total)
    return _share_text(shared, total, noun, of_each=finding.side == "difference")


def _share_text(shared: int, total: int, noun: str, *, of_each: bool = False) -> str:
    """So many of all; `of_each` leg."""
    how_many = "some" if shared < total or total < 2 else "both" if total == 2 else "all"
    return say(
        f"share_difference_{how_many}" if of_each else f"share_{how_many}", n=shared, total=total, cycles=noun
    ).message


def _neutral(measure: str, side: SummarySide) -> float:
    return 0.0 if side == "difference" else MEASURES[measure].neutral


def _direction(measure: str, side: SummarySide, value: float | None, unit: str) -> str:
    """More than the neutral value, less, or what rounds to none."""
    away = (value or 0.0) - _neutral(measure, side)
    return "none" if rough_amount(abs(away), unit) == rough_amount(0.0, unit) else "more" if away > 0 else "less"


def fact(measure: str, side: SummarySide, mean: float | None, unit: str, leg_m: float | None = None) -> str:
    """A number in words: the catalogue's phrase for this measure, kind of row and direction, or the nearest to it.

    The direction is that from the measure's neutral value; with `leg_m`, a share of a leg is told in centimetres.
    """
    value = rough_amount(abs(mean or 0.0), unit, leg_m)
    direction = _direction(measure, side, mean, unit)
    stance = side in ("left", "right") and not MEASURES[measure].sided
    kind = "_difference" if side == "difference" else "_stance" if stance else ""
    codes = (f"fact_{measure}{kind}_{direction}", f"fact_{measure}{kind}", f"fact{kind}_{direction}", "fact")
    code = next(code for code in codes if is_known(code))
    return say(
        code,
        measure=say(f"measure_{measure}").message,
        value=value,
        signed=amount(mean, unit),
        percent=round(100 * (mean or 0.0)),
        other_percent=round(100 * (1 - (mean or 0.0))),
    ).message
