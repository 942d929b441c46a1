from __future__ import annotations

import numpy as np
import pytest

from kosorong.book.sound import faded
from kosorong.serving.admission import Admission
from kosorong.serving.breath_groups import breath_groups
from kosorong.serving.models import Models
from kosorong.serving.streaming import stream_speech

SENTENCE = "바당에 강 보난 물결이 하영 쳔 배덜이 다 들어왔수다."


def test_a_streamed_sentence_is_that_of_the_voice_faded(models: Models) -> None:
    voice = models.voice("toy")
    sounds = list(stream_speech(voice, breath_groups(SENTENCE), Admission(1, 1)))
    whole = np.concatenate([sound.samples for sound in sounds])
    plain = np.concatenate([stretch.samples for stretch in voice.stream(SENTENCE)])
    np.testing.assert_allclose(whole, faded(plain, voice.sample_rate), atol=1e-7)
    assert len(sounds) > 2
    assert sounds[0].length == len(whole)
    assert sounds[-1].words == voice.speak(SENTENCE).words


def test_words_of_later_sentences_stand_where_they_sound(models: Models) -> None:
    voice = models.voice("toy")
    text = f"{SENTENCE} {SENTENCE}"
    sounds = list(stream_speech(voice, breath_groups(text), Admission(1, 1), speed=2.0))
    words = [word for sound in sounds for word in sound.words]
    seconds = sum(len(sound.samples) for sound in sounds) / voice.sample_rate
    assert [word.text for word in words] == text.split()
    half = len(words) // 2
    shift = words[half].start - words[0].start
    assert shift == pytest.approx(words[-1].end - words[half - 1].end)
    assert words[-1].end < seconds
    assert {sound.length for sound in sounds} == {0}


def test_each_stretch_waits_for_its_turn(models: Models) -> None:
    admission = Admission(1, 1)
    sounds = stream_speech(models.voice("toy"), breath_groups(SENTENCE), admission)
    next(sounds)
    # Between two stretches nobody holds the turn: this would wait for ever.
    with admission.turn():
        pass
    assert len(list(sounds)) >= 2
