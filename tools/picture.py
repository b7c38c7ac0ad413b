"""Takes one picture out of a film: FILM SECOND PNG [WIDTH].

The README's picture is made with it:

    alignment analyze samples/squat_front.mp4 --activity squat --out out
    python tools/picture.py out/squat_front/overlay.mp4 8.2 docs/overlay.png 480
"""

import sys

import av
import cv2


def main(film: str, second: str, png: str, width: str = "0") -> int:
    """Write the first picture at or after that second, reduced to the width if one is given."""
    with av.open(film) as file:
        for frame in file.decode(video=0):
            if frame.time >= float(second):
                image = frame.to_ndarray(format="bgr24")
                if int(width):
                    size = int(width), round(image.shape[0] * int(width) / image.shape[1])
                    image = cv2.resize(image, size, interpolation=cv2.INTER_AREA)
                return 0 if cv2.imwrite(png, image, [cv2.IMWRITE_PNG_COMPRESSION, 9]) else 1
    print(f"{film} ends before {second} s.")
    return 2


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
