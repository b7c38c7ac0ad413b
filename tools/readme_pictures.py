"""Makes the README's three pictures in docs/: the film that ends in its finding, how to film, marks worn. FILM OVERLAY.

They were made with

    alignment analyze samples/squat_front.mp4 --activity squat --out out
    python tools/readme_pictures.py samples/squat_front.mp4 out/squat_front/overlay.mp4

The film plays on the left and its overlay beside it, through the second squat. The last picture is held where the squat is
deepest, with what `alignment` says of this film in `FINDING`; mend these lines where its findings change. The others are
the Learn page's drawings, on a light ground so that they can be read on a dark page too.
"""

import sys
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

import av
import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from alignment.texts import say

ROOT = Path(__file__).parent.parent
DOCS, DRAWINGS = ROOT / "docs", ROOT / "alignment" / "pages" / "assets"

#: The second squat of the sample, from standing to its deepest point and back, then the deepest point again.
START_S, END_S, DEEPEST_S = 3.7, 6.6, 5.2
PICTURES_A_SECOND, STILL_MS = 10, 4500
#: Each half in pixels, and the part of the sample's 720 x 1280 picture that it shows.
HALF, CROP = (236, 404), (slice(30, 1244), slice(6, 714))
GAP = 8

FINDING = (
    (26, "#9aa3b2", ("Four squats:",)),
    (24, "#ffffff", ("your knees come", "closer together", "than your feet.")),
    (17, "#9aa3b2", ("Left knee: on the line", "from hip to toe on", "average, but inwards", "in squat 2.")),
    (17, "#9aa3b2", ("Left or right:", "too uncertain", "in this film.")),
)


def pictures(film: str) -> Iterator[tuple[float, np.ndarray]]:
    """Time and cropped, reduced RGB picture of each frame up to the end of the squat."""
    with av.open(film) as file:
        for frame in file.decode(video=0):
            if frame.time > END_S:
                return
            image = frame.to_ndarray(format="rgb24")[CROP]
            yield frame.time, cv2.resize(image, HALF, interpolation=cv2.INTER_AREA)


def beside(left: np.ndarray, right: np.ndarray) -> Image.Image:
    """Two halves with a gap between."""
    gap = np.full((HALF[1], GAP, 3), 22, np.uint8)
    return Image.fromarray(np.hstack([left, gap, right]))


def card() -> np.ndarray:
    """The finding in words, as large as a half."""
    image = Image.new("RGB", HALF, "#16181d")
    draw, y = ImageDraw.Draw(image), 26
    for size, colour, lines in FINDING:
        font = ImageFont.load_default(size)
        for line in lines:
            draw.text((18, y), line, colour, font)
            y += round(size * 1.3)
        y += 16
    return np.asarray(image)


def moving_picture(film: str, overlay: str) -> None:
    """Write docs/film-to-finding.webp."""
    shown: list[Image.Image] = []
    last = None
    for (time_s, plain), (_, lined) in zip(pictures(film), pictures(overlay), strict=False):
        if time_s >= START_S + len(shown) / PICTURES_A_SECOND:
            shown.append(beside(plain, lined))
        if last is None and time_s >= DEEPEST_S:
            last = beside(lined, card())
    assert last is not None, f"{film} ends before {DEEPEST_S} s"
    durations = [1000 // PICTURES_A_SECOND] * len(shown) + [STILL_MS]
    shown[0].save(
        DOCS / "film-to-finding.webp",
        save_all=True,
        append_images=[*shown[1:], last],
        duration=durations,
        loop=0,
        quality=70,
        method=6,
    )


def in_a_row(path: Path, drawings: Sequence[tuple[str, str]]) -> None:
    """Write drawings of the Learn page beside each other, each with its words."""
    width = 20 + 325 * len(drawings)
    parts = [f'<rect width="{width}" height="270" rx="12" fill="#fbfbfd"/>']
    for number, (name, words) in enumerate(drawings):
        drawing = (DRAWINGS / f"learn_{name}.svg").read_text(encoding="utf-8")
        x = 10 + 325 * number
        parts.append(drawing.replace("<svg ", f'<svg x="{x}" y="10" width="320" height="210" ', 1))
        parts.append(
            f'<text x="{x + 160}" y="248" text-anchor="middle" font-family="sans-serif" font-size="14.5">'
            f"{escape(words)}</text>"
        )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 270">{"".join(parts)}</svg>\n'
    path.write_text(svg, encoding="utf-8")


def how_to_film() -> None:
    """Write docs/how-to-film.svg and docs/marks-worn.svg."""
    steps = [(name, say(f"learn_film_{name}").message) for name in ("hip_height", "distance", "whole_body", "stand")]
    in_a_row(DOCS / "how-to-film.svg", [(name, f"{n}. {words}") for n, (name, words) in enumerate(steps, start=1)])
    worn = [(f"marks_{place}", say(f"learn_hips_{place}").message) for place in ("front", "behind")]
    in_a_row(DOCS / "marks-worn.svg", worn)


if __name__ == "__main__":
    moving_picture(*sys.argv[1:])
    how_to_film()
