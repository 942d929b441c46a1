"""Segments are asked for and checked in one place, whoever makes the book."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from book_fakes import RATE, FakeTranslator, FakeVoice

from kosorong.book.keys import noise_seed, speech_key, translation_key
from kosorong.book.making import SpeechRequest, speak_one, translate_all
from kosorong.errors import BundleError
from kosorong.ports import SPELLINGS, Dial, Speech, Translation, WordTime


class Says(FakeVoice):
    """A voice that says what it was given, and remembers what it was asked."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self.speech = speech
        self.asked: dict[str, Any] = {}

    def speak(self, text: str, **asked: Any) -> Speech:
        self.asked = {"text": text, **asked}
        return self.speech


def sound(*words: WordTime, samples: Sequence[float] = (0.1,) * RATE, rate: int = RATE) -> Speech:
    return Speech(np.array(samples, np.float32), rate, words, ("h: not read",))


@pytest.mark.parametrize(
    "wrong",
    [sound(rate=16_000), sound(samples=(0.1, float("nan"))), sound(samples=(float("inf"), 0.0))],
    ids=["rate", "nan", "infinity"],
)
def test_samples_of_another_rate_and_no_numbers_are_refused_by_name(wrong: Speech) -> None:
    with pytest.raises(BundleError, match="another rate, or no numbers") as error:
        speak_one(Says(wrong), SpeechRequest("ᄇᆞ름이 불엄수다."))
    assert "tone" in error.value.where
    assert "ᄇᆞ름이" in error.value.where
    assert error.value.permanent


def test_word_times_are_made_fit_for_the_sound() -> None:
    late = sound(WordTime("ᄇᆞ름이", -0.2, 0.6), WordTime("불엄수다.", 0.4, 7.0))
    made = speak_one(Says(late), SpeechRequest("ᄇᆞ름이 불엄수다."))
    assert [(word.start, word.end) for word in made.words] == [(0.0, 0.6), (0.6, 1.0)]
    assert made.warnings == ("h: not read",)


def test_words_that_are_not_timed_one_by_one_are_warned_of() -> None:
    made = speak_one(Says(sound(WordTime("ᄇᆞ름이", 0.0, 0.6))), SpeechRequest("ᄇᆞ름이 불엄수다."))
    assert made.words == ()
    assert made.warnings[-1] == "the words of this segment are not timed one by one"


def test_what_nothing_is_heard_of_is_carried_without_a_time_for_its_words() -> None:
    made = speak_one(Says(sound(samples=())), SpeechRequest("ᄇᆞ름이 불엄수다."))
    assert (len(made.samples), made.words, made.warnings) == (0, (), ("h: not read",))


@pytest.mark.parametrize("spoken", ["", "바람이 불엄수다."])
def test_a_request_is_asked_and_kept_by_all_it_depends_on(spoken: str) -> None:
    voice = Says(sound())
    request = SpeechRequest("ᄇᆞ름이 불엄수다.", 1.5, spoken)
    speak_one(voice, request)
    assert voice.asked == {
        "text": request.text,
        "spoken": spoken or None,
        "speed": 1.5,
        "seed": noise_seed(request.text, "voice-1", 1.5, spoken),
    }
    assert request.key(voice) == speech_key(request.text, "voice-1", 1.5, spoken)


def test_what_is_said_instead_is_part_of_key_and_seed() -> None:
    for of in (speech_key, noise_seed):
        assert len({of("가", "v", 1.0), of("가", "v", 1.0, "나"), of("가", "v", 1.0, "다")}) == 3


def test_spelling_and_strength_count_towards_jeju_only() -> None:
    dials = [Dial(spelling=name, strength=n) for name in SPELLINGS for n in (0.0, 1.0)]
    back = [Dial("jje", "ko", dial.spelling, dial.strength) for dial in dials]
    assert len({translation_key("가", dial, "t") for dial in dials}) == 4
    assert len({translation_key("가", dial, "t") for dial in back}) == 1


@pytest.mark.parametrize("returned", [0, 1, 3])
def test_a_translator_that_returns_another_number_is_named(returned: int) -> None:
    class Wrong(FakeTranslator):
        def translate(self, texts: Sequence[str], **asked: Any) -> list[Translation]:
            return [Translation("가")] * returned

    with pytest.raises(BundleError, match=rf"returned {returned} texts for 2") as error:
        translate_all(Wrong(), {"a": "눈이 왔다.", "b": "비가 왔다."}, Dial(), 6)
    assert error.value.where == "segment 7"


def test_a_translation_that_came_back_empty_leaves_the_original() -> None:
    class Empty(FakeTranslator):
        def translate(self, texts: Sequence[str], **asked: Any) -> list[Translation]:
            return [Translation(" ", provenance="nmt", warnings=("doubt",)) for _ in texts]

    made = translate_all(Empty(), {"a": "눈이 왔다."}, Dial(), 0)["a"]
    assert (made.text, made.confidence, made.provenance) == ("눈이 왔다.", 0.0, "copy")
    assert made.warnings == ("doubt", "came back empty from the translator and was left as it is")


def test_nothing_to_translate_asks_nobody() -> None:
    translator = FakeTranslator()
    assert translate_all(translator, {}, Dial(), 0) == {}
    assert translator.calls == []
