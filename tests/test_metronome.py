"""The metronome's sound: a click at every beat, and none lost or late where it begins anew."""

import io
import wave

import numpy as np
import pytest

from alignment.views.metronome import LENGTH_S, RATE_HZ, beat


@pytest.mark.parametrize("per_min", [177.0, 184.8])
def test_every_beat_has_its_click_also_where_the_sound_begins_anew(per_min):
    with wave.open(io.BytesIO(beat(per_min))) as file:
        assert (file.getnchannels(), file.getframerate()) == (1, RATE_HZ)
        sound = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert len(sound) >= LENGTH_S * RATE_HZ
    twice = np.abs(np.concatenate([sound, sound]).astype(int))
    loud = np.flatnonzero(twice > 0.3 * twice.max())
    begins_s = loud[np.diff(loud, prepend=-RATE_HZ) > 0.1 * RATE_HZ] / RATE_HZ
    assert np.diff(begins_s) == pytest.approx(60 / per_min, abs=0.002)
    assert len(begins_s) == round(len(twice) / RATE_HZ * per_min / 60)


def test_no_pace_has_no_beat():
    with pytest.raises(ValueError, match="no pace"):
        beat(0.0)
