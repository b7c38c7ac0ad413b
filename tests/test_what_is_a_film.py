"""What is no film is refused by what stands at its beginning: nothing else is opened for it, and none of it takes long."""

import os
import struct
import time
from types import SimpleNamespace

import av
import cv2
import pytest

from alignment import files, sources
from alignment.errors import InputError
from alignment.sources import film
from tests import films, keeping

#: A playlist of each kind that libav reads, with the film that it leads to.
PLAYLISTS = {
    "a.m3u8": "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nother.mp4\n",
    "a.ffconcat": "ffconcat version 1.0\nfile other.mp4\n",
    "a.sdp": "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 9 RTP/AVP 96\na=rtpmap:96 H264/90000\n",
    "a.mpd": '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period/></MPD>\n',
    "a.ism": '<SmoothStreamingMedia MajorVersion="2"/>\n',
    "a.txt": "Dear diary, no knees today.\n" * 40,
}


def refusal(path):
    begun_s = time.monotonic()
    with pytest.raises(InputError) as refused:
        sources.open(path)
    assert time.monotonic() - begun_s < 2
    return refused.value.code


@pytest.mark.parametrize("name", PLAYLISTS)
@pytest.mark.parametrize("suffix", ["", ".mp4"])
def test_a_playlist_is_no_film_and_leads_nowhere(tmp_path, name, suffix):
    films.numbered(tmp_path / "other.mp4", 5)
    path = tmp_path / f"{name}{suffix}"
    path.write_text(PLAYLISTS[name])
    assert refusal(path) == "not_a_video"


def test_what_leads_to_other_files_or_never_ends_is_not_among_the_formats():
    never = {
        "hls",
        "concat",
        "dash",
        "image2",
        "image2pipe",
        "sdp",
        "rtsp",
        "rtp",
        "lavfi",
        "tty",
        "imf",
        "vobsub",
        "ffmetadata",
    }
    assert not never & {*film.FORMATS, *film.OTHERS}


def test_numbers_in_a_name_gather_no_pictures(tmp_path):
    for number in range(3):
        films.numbered(tmp_path / "x.mp4", 1).rename(tmp_path / f"a{number}.mp4")
    assert refusal(tmp_path / "a%d.mp4") == "missing_file"


def test_a_pipe_is_never_opened(tmp_path):
    path = tmp_path / "a.mp4"
    os.mkfifo(path)
    assert refusal(path) == "not_a_video"
    for read in (files.read_content, files.sha256_of, lambda one: files.read_text(one, "bad_limits")):
        with pytest.raises(InputError) as refused:
            read(path)
        assert refused.value.code == "unreadable_file"


def test_a_picture_larger_than_any_camera_s_is_refused_before_it_is_decoded(tmp_path, monkeypatch):
    path = films.numbered(tmp_path / "a.mkv", 2)
    monkeypatch.setattr(film, "MOST_PIXELS", 128 * 96 - 1)
    monkeypatch.setattr(film, "_pictures", lambda _: pytest.fail("a picture was decoded"))
    assert refusal(path) == "too_many_pixels"


def test_a_decoder_that_finds_larger_pictures_than_the_header_said_refuses_them(tmp_path, monkeypatch):
    path = films.numbered(tmp_path / "a.mkv", 2)
    monkeypatch.setattr(film, "MOST_PIXELS", 128 * 96 - 1)
    modest = SimpleNamespace(codec_context=SimpleNamespace(width=2, height=2, options={}))
    film._check_size(modest, path)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = modest.codec_context.options
        assert [film._pictures(packet) for packet in container.demux(stream) if packet.size] == [None, None]


def test_the_search_for_a_first_picture_has_an_end(tmp_path, monkeypatch):
    path = films.numbered(tmp_path / "a.mkv", 200)
    asked = []
    monkeypatch.setattr(film, "_pictures", lambda packet: asked.append(packet))
    monkeypatch.setattr(film, "FIRST_BYTES", 2_000)
    assert refusal(path) == "no_frames"
    assert len(asked) < 150


def test_a_large_file_is_looked_at_before_it_is_hashed(tmp_path, monkeypatch):
    path = tmp_path / "a.mp4"
    with path.open("wb") as file:
        file.truncate(30 << 30)
    monkeypatch.setattr(sources, "sha256_of", lambda _: pytest.fail("it was read"))
    assert refusal(path) == "not_a_video"


#: In a program of its own, since OpenCV is told when it is loaded.
PROMISING = """
import resource, sys
from alignment import sources
from alignment.errors import InputError

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    sources.open(sys.argv[1])
except InputError as fault:
    print(fault.code, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000)
"""


def test_a_picture_that_promises_more_pixels_than_any_camera_takes_is_not_unpacked(tmp_path):
    picture = bytearray(cv2.imencode(".jpg", films.marked())[1].tobytes())
    at = picture.index(b"\xff\xc0") + 5
    picture[at : at + 4] = struct.pack(">2H", 14_000, 14_000)
    (tmp_path / "a.jpg").write_bytes(picture)
    assert keeping.run(PROMISING, tmp_path).split() == ["no_frames", "True"]
