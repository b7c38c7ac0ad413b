"""Reports measured as they are printed: their pages, what stands on them and where, whatever is in them."""

import datetime
import re
from contextlib import closing
from dataclasses import replace
from functools import cache
from itertools import combinations

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from alignment import outputs
from alignment.cli import main
from alignment.core.measures import MEASURES
from alignment.core.result import Quality, Reason, Verdict
from alignment.errors import InputError
from alignment.outputs.report import report_of_folder
from alignment.pose.calibration import calibration_of
from alignment.request import Request
from alignment.texts import ENGLISH, is_known, say
from alignment.views.report import About, Before, Picture, curves, full, glyphs, numbers, plain, report, words
from alignment.views.stills import Stills
from alignment.views.wording import few_text, told_findings
from tests.analyses import MOVEMENTS, analyzed, filmed, result_of, unseen
from tests.results import make_result, make_track, summary, write_result
from tests.synthetic import Camera, film, stairs, wearing

DAY = datetime.date(2026, 5, 3)
KINDS = {"full": 2, "plain": 1}
#: A4 in points, and the least white at its edges.
WIDTH, HEIGHT, EDGE = 595.3, 841.9, 20.0
LONG = About(
    "Q" * 150,
    DAY,
    "shoes " * 60,
    "both",
    17.5,
    ("Walks 20 minutes a day without any trouble. " * 8 + "\n") * 5 + "z" * 300,
    "Dr. " + "Wolfeschlegelsteinhausenbergerdorff " * 6,
)


def jpeg(width=200, height=320, seed=0):
    noise = np.random.default_rng(seed).integers(0, 255, (height // 8, width // 8, 3), dtype=np.uint8)
    picture = cv2.resize(noise, (width, height), interpolation=cv2.INTER_CUBIC)
    return bytes(cv2.imencode(".jpg", picture)[1])


PICTURES = (
    Picture(jpeg(seed=1), "Repetition 2", "Best. Knee beside the line: 0.4 ± 1.0 %, at 2.0 s."),
    Picture(jpeg(seed=2), "Repetition 1", "Worst. Knee beside the line: 3.1 ± 1.0 %, at 1.0 s."),
)


def read(pdf):
    """The text of each page, and the boxes of its words as left, bottom, right, top in points."""
    pages = []
    with closing(pdfium.PdfDocument(pdf)) as document:
        for page in document:
            assert page.get_size() == pytest.approx((WIDTH, HEIGHT), abs=1)
            text = page.get_textpage()
            boxes = [text.get_rect(at) for at in range(text.count_rects())]
            pages.append((text.get_text_range().replace("\r\n", "\n"), boxes))
    return pages


def flat(pdf):
    """Everything that can be read, on one line. A long word that was broken is whole again."""
    return " ".join(" ".join(text for text, _ in read(pdf)).replace("\u200b", "").split())


def checked(result, kind, **given):
    """The report, after a look at what every report must keep to."""
    pdf = report(result, kind=kind, **given)
    pages = read(pdf)
    assert 1 <= len(pages) <= KINDS[kind]
    for text, boxes in pages:
        assert say("report_footer" if kind == "full" else "report_plain_footer").message in " ".join(text.split())
        assert "\ufffd" not in text
        assert [box for box in boxes if not _inside(box)] == []
        assert [pair for pair in combinations(boxes, 2) if _over(*pair) > 0.3] == []
    return pdf


def _inside(box):
    left, bottom, right, top = box
    return EDGE <= left <= right <= WIDTH - EDGE and EDGE <= bottom <= top <= HEIGHT - EDGE


def _over(one, other):
    """The part of the smaller box that lies under the other."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high / smaller if min(wide, high) > 0.5 else 0.0


@cache
def straight():
    return analyzed("squat")


# --- every movement --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", MOVEMENTS)
def test_every_movement_has_its_pages(name, kind):
    result = analyzed(name)
    text = flat(checked(result, kind, pictures=PICTURES, about=About("S-17", DAY)))
    assert words.activity_title(result) in text
    assert "S-17" in text
    assert "3 May 2026" in text
    assert few_text(result.findings) in text
    for told in told_findings(result.findings):
        if kind == "full":
            assert told.text in text


def test_every_number_of_the_summary_stands_in_the_table():
    result = analyzed("squat")
    text = flat(report(result))
    for row in result.summary:
        assert words.measure_title(row.measure) in text
        if row.mean is not None:
            shown = f"{words.bare(row.mean, row.unit)} ± {words.bare(row.standard_error, row.unit)}"
            assert shown in text
            assert f"{words.bare(row.interval_low, row.unit)} to {words.bare(row.interval_high, row.unit)}" in text
            assert words.verdict_words(row) in text or say("report_verdict_too_unsure").message in text


@pytest.mark.parametrize("kind", KINDS)
def test_the_pictures_key_names_no_line_that_is_not_drawn(kind):
    front = analyzed("squat")
    aside = replace(front, viewpoint=replace(front.viewpoint, facing="left"))
    assert ["Dashed" in flat(checked(one, kind, pictures=PICTURES)) for one in (front, aside)] == [True, False]


def test_it_says_which_film_program_and_model():
    result = make_result(make_track())
    text = flat(report(result))
    for part in (
        "Übung 1.mp4",
        "SHA-256 abababababab…",
        "Alignment 0.1.0, MediaPipe 0.10.33",
        "heavy (SHA-256 cdcdcdcdcdcd…)",
    ):
        assert part in text
    assert say("report_limits_own").message in text
    assert f"Page 1 of {len(read(report(result)))}" in text


def test_subject_and_date_can_be_written_in_by_hand():
    table = full.full(straight(), None, (), About(), None, None, full.ROOMS[0])["fields"]
    assert [(one.name, one.value) for one in table] == [("Subject", ""), ("Date", "")]


# --- nothing measured, nothing kept ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_refused_film_gives_a_page_with_the_way_out(kind):
    result = result_of(unseen(filmed("squat")))
    assert not result.measured
    pdf = checked(result, kind, about=About("S-17", DAY))
    text = flat(pdf)
    assert len(read(pdf)) == 1
    assert say("report_refused").message in text
    assert "nobody was found in it" in text
    assert "Film one person, whole body from head to toes, in good light." in text
    assert "Stand still for a second, then squat at least three times" in text


def test_without_curves_it_says_so_and_gives_the_numbers():
    result = replace(straight(), curves=None)
    text = flat(report(result))
    assert say("report_no_course").message in text
    assert say("report_no_pictures").message in text
    assert say("report_curves").message not in text
    assert say("report_curves").message in flat(report(result, straight().curves.course))


def test_what_cannot_be_told_says_why_in_place_of_a_number():
    text = flat(report(analyzed("squat", Camera("left"))))
    assert "cannot tell: the camera looks from the side" in text
    assert not re.search(r"\bnan\b|None|null", text)


def test_a_picture_that_cannot_be_read_is_left_out():
    broken = Picture(b"\xff\xd8 no picture", "Broken"), Picture(b"", "Empty"), Picture(b"GIF89a", "Other"), PICTURES[0]
    text = flat(checked(straight(), "full", pictures=broken))
    assert "Broken" not in text
    assert "Repetition 2" in text


@pytest.mark.parametrize(("width", "height"), [(640, 360), (360, 640), (64, 1200), (1200, 64)])
def test_pictures_of_any_shape_stay_on_the_page(width, height):
    pictures = [Picture(jpeg(width, height, seed), "Repetition", "Worst.") for seed in (1, 2)]
    for kind in KINDS:
        pdf = checked(straight(), kind, pictures=pictures)
        with closing(pdfium.PdfDocument(pdf)) as document:
            boxes = [one.get_bounds() for page in document for one in page.get_objects(max_depth=8) if one.type == 3]
        assert len(boxes) == (2 if kind == "full" else 1)
        assert [box for box in boxes if not _inside(box)] == []


# --- whatever is typed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_long_texts_are_wrapped_and_cut(kind):
    source = replace(straight().source, name="a_very_long_name_of_a_film_" * 12 + ".mp4")
    result = replace(straight(), source=source)
    text = flat(checked(result, kind, pictures=PICTURES, about=LONG))
    assert "Q" * 39 + "…" in text.replace(" ", "")
    assert "Q" * 40 not in text.replace(" ", "")


def test_letters_of_many_scripts_are_shown_or_counted():
    typed = "Jürgen Größer Ωμέγα Привет שלום"
    text = flat(checked(straight(), "full", about=About(typed, notes="Übung für Ärger, naïve façade, Łódź, Ő")))
    for part in ("Jürgen Größer Ωμέγα Привет", "Übung für Ärger, naïve façade, Łódź, Ő"):
        assert part in text
    assert "no font here can show" not in text


def test_fonts_of_the_machine_are_used_for_what_the_own_one_lacks():
    if glyphs.printable(["漢字"])[0]["漢字"] != "漢字":
        pytest.skip("no font here has Chinese letters; `make system` brings one")
    text = flat(checked(straight(), "full", about=About("漢字", notes="膝が内側に入る。Ärger")))
    assert "漢字" in text
    assert "膝が内側に入る。Ärger" in text


def test_a_box_over_another_is_noticed():
    assert _over((0.0, 0.0, 10.0, 10.0), (5.0, 0.0, 15.0, 10.0)) == 0.5
    assert _over((0.0, 0.0, 10.0, 10.0), (10.0, 0.0, 15.0, 10.0)) == 0.0


def test_what_no_font_has_becomes_a_notice(monkeypatch):
    # A machine without any font of its own.
    monkeypatch.setattr(glyphs, "all_fonts", glyphs.embedded_fonts)
    monkeypatch.setattr(glyphs, "_known", {})
    text = flat(checked(straight(), "full", about=About("漢字", notes="膝 and 😀 and à la carte\n日本 語 end")))
    assert "[2 characters that no font here can show]" in text
    notice = "[one character that no font here can show]"
    assert f"{notice} and {notice} and à la carte" in text
    assert "[3 characters that no font here can show] end" in text


@pytest.mark.parametrize("nasty", ["\ue000", "\U000e0fff", "\ud800", "\x00\x07", "\u202egnp.exe", "e" + "\u0301" * 50])
def test_what_is_no_letter_does_no_harm(nasty):
    text = flat(checked(straight(), "full", about=About(f"A{nasty}B", DAY, notes=nasty)))
    assert re.search(r"A.*B", text)


@pytest.mark.parametrize(
    "markup",
    [
        '#import "x": *',
        "*bold* _it_ `raw`",
        "$x^2$ <label> @ref",
        "\\ // gone",
        "/* gone */ [a] {b}",
        "#panic()",
        '"\\u{41}"',
    ],
)
def test_markup_is_shown_as_it_was_typed(markup):
    text = flat(report(straight(), about=About("S-1", notes=markup, operator=markup, footwear=markup)))
    assert text.count(markup) == 3


def test_a_notice_counts_letters_as_people_do():
    family, flag, thumb = "👨‍👩‍👧", "🇩🇪", "👍🏽"
    assert list(glyphs.clusters(f"a{family}{flag}{thumb}é")) == ["a", family, flag, thumb, "é"]
    assert glyphs.clean_text("abc  d\n\ne", 10) == "abc d e"
    assert glyphs.clean_text("abc\ndef", 10, lines=True) == "abc\ndef"
    assert glyphs.clean_text("abcdef", 4) == "abc…"


# --- how it is said --------------------------------------------------------------------------------------------------


def test_no_remedy_on_paper_names_an_option():
    said = {
        code: words.remedy(code.removeprefix("quality_"), text.remedy)
        for code, text in ENGLISH.items()
        if code.startswith("quality_")
    }
    assert said
    assert [code for code, text in said.items() if "--" in text] == []
    reasons = [
        words.remedy(code.removeprefix("reason_"), text.remedy)
        for code, text in ENGLISH.items()
        if code.startswith("reason_")
    ]
    assert [text for text in reasons if "--" in text] == []
    assert [
        code
        for code, text in ENGLISH.items()
        if code.startswith("report_") and "--" in text.message and "help" not in code
    ] == []


def test_what_lies_inside_comes_first_on_the_page_for_the_person():
    parts = plain.plain(analyzed("squat"), (), About(), None, plain.ROOMS[0])["parts"]
    order = [say(f"report_plain_{name}").message for name in ("within", "edge", "outside")]
    assert [part.heading for part in parts] == [name for name in order if name in [part.heading for part in parts]]
    assert len(parts) > 1


def test_hips_that_marks_told_are_one_sentence_on_either_page():
    motion, back = stairs(steps=6, height=0.965), Camera("back")
    marked = result_of(wearing(film(motion, back), motion, back, before=-0.12), "stairs")
    page, person = flat(report(marked)), flat(report(marked, kind="plain"))
    for text in (page, person):
        assert "Hips: level within" in text
        assert "left leg against right: the pelvis" not in text
    assert "told from two coloured dots worn on the pelvis" in page
    # Neither where left and right differ by more than is usual: that is the end of it.
    leaning = replace(motion, obliquity_deg=np.where((motion.time_s > 1.5) & (motion.time_s < 5.0), 6.0, 0.0))
    marked = result_of(wearing(film(leaning, back), leaning, back, before=-0.12), "stairs")
    for kind in ({}, {"kind": "plain"}):
        text = flat(report(marked, **kind))
        assert len(re.findall(r"Hips[:,]", text)) == 1
        assert "more on the right leg than on the other" in text
    without = flat(report(analyzed("stairs")))
    assert "takes two marks worn on the pelvis" in without
    assert "takes two marks worn on the pelvis" not in page


def test_the_source_of_a_limit_is_spelled_out_and_numbered_once():
    table = numbers.table(analyzed("squat"))
    assert len(set(table.sources)) == len(table.sources) > 1
    assert not any(re.match(r"as \w+", source) for source in table.sources)
    knee = table.groups[0]
    assert [line.side for line in knee.lines] == ["Left", "Right", "Left − right"]
    assert knee.lines[0].usual == "≤ 5 (≤ 8)"
    assert (knee.lines[0].source, knee.lines[1].source, knee.lines[1].usual) == (1, None, "")


def test_a_scale_shows_where_a_number_lies():
    limit = replace(straight().summary[0].limit, low_outside=None, low=None, high=3.5, high_outside=5.2)
    row = replace(summary("knee_over_toe", "left", "pct", 0.0, limit=limit, verdict=Verdict.WITHIN))
    scale = numbers.table(replace(straight(), summary=(row,))).groups[0].lines[0].scale
    assert scale.value == 0.5
    assert scale.usual[0] == scale.edge[0] == 0.0
    assert 0.5 < scale.usual[1] < scale.edge[1] < 1.0
    assert scale.interval[0] < 0.5 < scale.interval[1]
    far = numbers.table(replace(straight(), summary=(replace(row, mean=40.0),))).groups[0].lines[0].scale
    assert far.value > 1


def test_lines_without_a_number_for_one_reason_are_one():
    rows = tuple(summary("fppa", side, "deg", None, reason="no_cycles") for side in ("left", "right"))
    (group,) = numbers.table(replace(straight(), summary=rows)).groups
    assert [(line.side, line.cannot) for line in group.lines] == [
        ("Left, right", "cannot tell: no complete repetition was found")
    ]


def test_charts_lie_between_their_bounds_and_break_where_nothing_is_known():
    result = analyzed("squat")
    made = curves.charts(result, result.curves.course)
    assert len(made) >= 5
    for chart in made:
        assert 2 <= len(chart.ticks) <= 6
        for trace in chart.traces:
            places = [place for path in (*trace.faint, *trace.sure, *trace.area) for place in path]
            assert places
            assert all(0.0 <= place <= 1.0 for place in places)
    whole = result.curves.by_measure["fppa", "left"]
    broken = replace(whole, value=whole.value.copy())
    broken.value[120:126] = np.nan
    gaps = curves.charts(result, replace(result.curves.course, by_measure={("fppa", "left"): broken}))
    assert [chart.title for chart in gaps] == [say("report_short_fppa").message]


# --- since last time -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_change_is_told_against_what_can_be_detected(kind):
    now = analyzed("squat")
    rows = tuple(replace(row, mean=row.mean + 30.0) if row.measure == "knee_flexion" else row for row in now.summary)
    before = Before(replace(now, summary=rows, curves=None), calibration_of, datetime.date(2026, 3, 22))
    text = flat(checked(now, kind, pictures=PICTURES, about=LONG, before=before))
    if kind == "full":
        assert "Change since 22 March 2026" in text
        assert f"2 of {len(rows)} numbers really changed" in text
        assert "−30.0°" in text
    else:
        assert re.search(r"Left knee: bent about \d+° then, bent about \d+° now\. That is a real change", text)


def test_films_made_differently_are_named():
    now = analyzed("squat")
    before = Before(analyzed("squat", Camera(yaw_deg=20.0)), calibration_of)
    assert "aside the first time" in flat(report(now, before=before))


def test_another_movement_is_refused():
    with pytest.raises(InputError, match="same movement"):
        report(straight(), before=Before(analyzed("stairs"), calibration_of))


def test_the_fullest_report_has_two_pages():
    reasons = tuple(
        Reason(f"r{at}", {"text": f"Sentence {at}: " + "long " * 30, "remedy": "Do this, " + "then that, " * 12})
        for at in range(15)
    )
    now = replace(analyzed("squat"), quality=Quality("usable", reasons))
    before = Before(analyzed("squat", Camera(yaw_deg=20.0)), calibration_of, DAY)
    for kind, pages in KINDS.items():
        assert len(read(checked(now, kind, pictures=PICTURES, about=LONG, before=before))) == pages


# --- the file --------------------------------------------------------------------------------------------------------


def test_the_same_gives_the_same_bytes():
    about = About("S-1", DAY)
    for kind in KINDS:
        assert report(straight(), about=about, kind=kind) == report(straight(), about=about, kind=kind)
    assert report(straight(), about=about) != report(straight(), about=About("S-2", DAY))


def test_the_file_describes_itself():
    pdf = report(straight(), about=About("S-17", DAY), pictures=PICTURES)
    with closing(pdfium.PdfDocument(pdf)) as document:
        about = document.get_metadata_dict()
        assert document.is_tagged()
    assert about["Title"] == "Alignment report: Squat, S-17, 3 May 2026"
    assert about["CreationDate"].startswith("D:20260503")
    assert b"/Lang(en)" in pdf or b"/Lang (en)" in pdf
    assert b"pdfaid" in pdf


def test_a_promise_that_cannot_be_kept_costs_no_report(monkeypatch):
    import typst

    compiled = typst.compile

    def strict(*given, pdf_standards, **rest):
        if pdf_standards:
            raise typst.TypstError("a letter is missing", "")
        return compiled(*given, pdf_standards=pdf_standards, **rest)

    monkeypatch.setattr(typst, "compile", strict)
    assert len(read(report(straight()))) == 2


def test_numbers_need_no_font_of_the_machine():
    _, fonts = glyphs.printable([text.message for text in ENGLISH.values()])
    assert fonts is glyphs.embedded_fonts()


# --- key frames ------------------------------------------------------------------------------------------------------


def test_a_key_frame_is_the_person_with_room_around():
    result = analyzed("squat")
    track = result.curves.track
    stills = Stills(result, track)
    assert len(stills.positions) == 2
    for position in stills.positions:
        painted = np.zeros((track.source.height + 90, track.source.width, 3), np.uint8)
        painted[: track.source.height] = 120
        stills.offer(position, painted)
        stills.offer(position + 1, painted)
    pictures = stills.pictures
    assert [picture.caption.split(".")[0] for picture in pictures] == ["Best", "Worst"]
    for picture, position in zip(pictures, stills.positions, strict=True):
        image = cv2.imdecode(np.frombuffer(picture.image, np.uint8), cv2.IMREAD_COLOR)
        assert image.min() > 100  # nothing of the strip below the film's own picture
        seen = track.pixels[position]
        tall = np.nanmax(seen[:, 1]) - np.nanmin(seen[:, 1])
        assert image.shape[0] <= 760
        assert image.shape[1] / image.shape[0] < 1.2
        assert track.source.width > tall * 0.5


def test_without_a_number_there_is_no_key_frame():
    result = make_result(make_track(), cycles=(), measured=False)
    assert Stills(result, make_track()).positions == ()


# --- in a folder -----------------------------------------------------------------------------------------------------


def test_an_analysis_leaves_both(tmp_path):
    sink = outputs.MemorySink()
    analysis = outputs.Analysis(straight(), filmed("squat"), Request("squat"), key_frames=PICTURES)
    with sink.receiving(""):
        for name in ("report", "report_plain"):
            outputs.OUTPUTS[name].write(analysis, sink)
    assert sorted(sink.files) == [outputs.REPORT, outputs.REPORT_PLAIN]
    assert flat(sink.files[outputs.REPORT]) == flat(report(straight(), pictures=PICTURES))
    assert len(read(sink.files[outputs.REPORT_PLAIN])) == 1


def test_a_saved_folder_gives_the_same_page_as_the_result(tmp_path):
    result, track = analyzed("squat"), filmed("squat")
    write_result(tmp_path, result, track)
    about = About("S-1", DAY)
    text = flat(report_of_folder(tmp_path, about=about))
    assert text == flat(report(result, about=about))
    (tmp_path / outputs.FRAMES).unlink()
    assert say("report_no_course").message in flat(report_of_folder(tmp_path, about=about))
    (tmp_path / outputs.RESULT).unlink()
    with pytest.raises(InputError, match=r"result\.json"):
        report_of_folder(tmp_path, about=about)


# --- from the command line -------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "out" / "squat"
    place.mkdir(parents=True)
    write_result(place, analyzed("squat"), filmed("squat"))
    return place


def test_the_command_prints_what_it_is_told(folder, capsys):
    told = ["--subject", "Größe 7", "--date", "2026-05-03", "--footwear", "barefoot", "--side", "left"]
    told += ["--step-height-cm", "18", "--notes", "Two lines.", "--operator", "Ö. Meier"]
    assert main(["report", str(folder), *told]) == 0
    assert str(folder / outputs.REPORT) in capsys.readouterr().out
    text = flat((folder / outputs.REPORT).read_bytes())
    for part in ("Größe 7", "3 May 2026", "barefoot", "left side", "18 cm", "Two lines.", "Ö. Meier"):
        assert part in text
    assert not (folder / outputs.REPORT_PLAIN).exists()
    assert main(["report", str(folder), "--plain"]) == 0
    assert len(read((folder / outputs.REPORT_PLAIN).read_bytes())) == 1


def test_the_command_holds_it_against_an_earlier_result(folder, capfdbinary):
    given = ["--before", str(folder), "--before-date", "2026-03-22", "--out", "-"]
    assert main(["report", str(folder), *given]) == 0
    text = flat(capfdbinary.readouterr().out)
    assert "Change since 22 March 2026" in text
    assert "No real change in any of the" in text
    assert not (folder / outputs.REPORT).exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["report", "nothing/here"], "There is no file nothing/here/result.json."),
        (["report", "{folder}", "--out", "no/such/folder.pdf"], "The report cannot be written to no/such/folder.pdf"),
        (["report", "{folder}", "--before", "elsewhere"], "There is no file elsewhere/result.json."),
        (["report", "{folder}", "--date", "3.5.2026"], "3.5.2026 is no date"),
    ],
)
def test_what_the_command_cannot_do_it_says(folder, capsys, given, said):
    assert main([part.format(folder=folder) for part in given]) == 2
    assert said in capsys.readouterr().err


def test_every_measure_has_a_short_name_for_small_charts():
    names = [words.short_name(name) for name in MEASURES]
    assert len(set(names)) == len(names)
    assert max(map(len, names)) <= 27
    assert [name for name in MEASURES if not is_known(f"report_sign_{name}")] == []
