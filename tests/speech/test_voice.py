from __future__ import annotations

import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import speech_fixtures

from kosorong.book.keys import noise_seed, speech_key
from kosorong.errors import UsageError
from kosorong.ports import Speech, Voice
from kosorong.speech.voice import Engine, OnnxVoice
from kosorong.text.tables import TEXT, tables_digest
from kosorong.training.export.parity import SHIPPED_DB

toy_voice_folder = speech_fixtures.toy_voice_folder
toy_voice = speech_fixtures.toy_voice
float_voice_folder = speech_fixtures.float_voice_folder


SENTENCE = "바당에 강 보난, 물결이 3번 쳤수다!"


def _check(speech: Speech, text: str) -> None:
    """What holds of every spoken segment."""
    assert speech.samples.dtype == np.float32
    assert speech.samples.ndim == 1
    assert np.isfinite(speech.samples).all()
    assert np.abs(speech.samples).max() <= 1.0
    assert [word.text for word in speech.words] == text.split()
    times = [t for word in speech.words for t in (word.start, word.end)]
    assert all(a <= b for a, b in pairwise([0.0, *times, len(speech.samples) / 22_050]))


def test_is_a_voice(toy_voice: OnnxVoice) -> None:
    voice: Voice = toy_voice
    assert (voice.name, voice.sample_rate) == ("toy", 22_050)
    assert voice.credit.startswith("Toy voice")


def test_words_are_timed_where_they_sound(toy_voice: OnnxVoice) -> None:
    speech = toy_voice.speak(SENTENCE)
    _check(speech, SENTENCE)
    assert speech.warnings == ()
    assert all(word.end - word.start > 0.1 for word in speech.words)
    seconds = len(speech.samples) / 22_050
    assert speech.words[0].start < 0.3
    assert seconds - speech.words[-1].end < 0.4


def test_the_seed_decides_to_the_last_sample(toy_voice: OnnxVoice) -> None:
    first, again, other = (toy_voice.speak(SENTENCE, seed=seed) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first.samples, again.samples)
    assert first.words == again.words
    assert not np.array_equal(first.samples[:1000], other.samples[:1000])
    _check(toy_voice.speak("가", seed=-(2**70)), "가")


def test_threads_get_what_one_would(toy_voice: OnnxVoice) -> None:
    texts = ["가자", SENTENCE, "어디 감수과?", "비가 왐저."] * 3
    alone = [toy_voice.speak(text, seed=1).samples for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: toy_voice.speak(text, seed=1).samples, texts))
    for one, other in zip(alone, together, strict=True):
        np.testing.assert_array_equal(one, other)


def test_speed_changes_length(toy_voice: OnnxVoice) -> None:
    lengths = [len(toy_voice.speak(SENTENCE, speed=s).samples) for s in (0.5, 1.0, 2.0)]
    assert lengths[0] > 1.6 * lengths[1] > 2.2 * lengths[2]
    with pytest.raises(UsageError, match=r"9\.0"):
        toy_voice.speak("가", speed=9.0)
    with pytest.raises(UsageError, match="nan"):
        toy_voice.speak("가", speed=float("nan"))


def test_a_respelling_is_said_and_the_written_words_are_timed(toy_voice: OnnxVoice) -> None:
    speech = toy_voice.speak("CPU 좋다", spoken="중앙 처리 장치 좋다")
    _check(speech, "CPU 좋다")
    assert len(speech.samples) > len(toy_voice.speak("CPU 좋다", spoken="가 좋다").samples)


@pytest.mark.parametrize("text", ["가", "ᄒᆞᆫ", "예?", "1", "가 ★ — 나", "…가…", "\x00가\ud800"])
def test_small_and_odd_texts_are_said(toy_voice: OnnxVoice, text: str) -> None:
    speech = toy_voice.speak(text)
    _check(speech, text)
    assert np.abs(speech.samples).max() > 0.01


@pytest.mark.parametrize("text", ["", "  ", "😀😂 🎉", "—", "ภาษา"])
def test_nothing_to_say_is_a_short_silence_with_a_warning(toy_voice: OnnxVoice, text: str) -> None:
    speech = toy_voice.speak(text)
    _check(speech, text)
    assert 0 < len(speech.samples) < 22_050
    assert not speech.samples.any()
    assert "nothing to say" in speech.warnings[-1]


def test_what_is_not_read_is_named_once_with_its_count(toy_voice: OnnxVoice) -> None:
    warnings = toy_voice.speak("가 😀 나 😀 다").warnings
    assert len(warnings) == 1
    assert "😀" in warnings[0]
    assert "2 times" in warnings[0]


@pytest.mark.slow
def test_twenty_thousand_letters_without_a_stop_are_all_said(toy_voice: OnnxVoice) -> None:
    started = time.process_time()
    text = "가나다라 " * 4_000 + "가" * 4_000
    speech = toy_voice.speak(text, speed=4.0)
    _check(speech, text)
    assert all(word.end > word.start for word in speech.words)
    assert time.process_time() - started < 30


def test_a_loud_model_does_not_clip(
    toy_voice_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = Engine.open(toy_voice_folder)
    quiet = engine.vocoder.stream
    monkeypatch.setattr(
        engine.vocoder, "stream", lambda *a, **k: (part * 50 for part in quiet(*a, **k))
    )
    speech = OnnxVoice(engine).speak(SENTENCE)
    assert 0.9 < np.abs(speech.samples).max() <= 0.971


def test_a_mended_table_of_words_changes_the_fingerprint_and_no_noise(
    toy_voice: OnnxVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = toy_voice.fingerprint
    assert before.endswith(f"+{tables_digest(TEXT)}")
    monkeypatch.setattr("kosorong.speech.voice.tables_digest", lambda _: "mended")
    after = toy_voice.fingerprint
    assert after != before
    assert speech_key("가", after, 1.0) != speech_key("가", before, 1.0)
    assert noise_seed("가", after, 1.0) == noise_seed("가", before, 1.0)
    assert noise_seed("가", after, 1.0, "나") != noise_seed("가", after, 1.0)


def test_voices_of_a_bundle_share_its_models_and_differ(toy_voice: OnnxVoice) -> None:
    other = OnnxVoice(toy_voice.engine, "toy2")
    assert other.name == "toy2"
    assert other.speaker.gender == "male"
    assert other.fingerprint != toy_voice.fingerprint
    assert not np.array_equal(other.speak("가나").samples, toy_voice.speak("가나").samples)
    with pytest.raises(UsageError, match="'nobody'") as raised:
        OnnxVoice(toy_voice.engine, "nobody")
    assert "toy, toy2" in raised.value.cure


def test_speaking_loads_nothing_heavy(toy_voice_folder: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from kosorong.speech.catalogue import open_voice;"
        f"open_voice(Path({str(toy_voice_folder)!r})).speak('가');"
        "print(sorted({'torch', 'numba', 'scipy', 'onnx', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


LONG_SENTENCE = "바당에 강 보난 물결이 하영 쳔 배덜이 다 들어오곡 사름덜도 집더레 갔수다."


def _joined(voice: OnnxVoice, text: str) -> Speech:
    parts = list(voice.stream(text))
    assert [part.last for part in parts] == [False] * (len(parts) - 1) + [True]
    assert not any(part.warnings for part in parts[1:])
    assert not any(part.words for part in parts[:-1])
    samples = np.concatenate([part.samples for part in parts])
    assert {part.length for part in parts} <= {0, len(samples)}
    return Speech(samples, voice.sample_rate, parts[-1].words, parts[0].warnings)


def test_a_float_stream_equals_the_whole(float_voice_folder: Path) -> None:
    voice = OnnxVoice(Engine.open(float_voice_folder))
    for text in (LONG_SENTENCE, "가", "😀", "ᄆᆞᆷ 😀 가.", f"{LONG_SENTENCE} " * 8):
        streamed, whole = _joined(voice, text), voice.speak(text)
        np.testing.assert_allclose(streamed.samples, whole.samples, atol=1e-6)
        assert (streamed.words, streamed.warnings) == (whole.words, whole.warnings)


def test_an_int8_stream_is_the_whole_but_for_its_own_quantisation(toy_voice: OnnxVoice) -> None:
    streamed, whole = _joined(toy_voice, LONG_SENTENCE), toy_voice.speak(LONG_SENTENCE)
    assert streamed.words == whole.words
    error = np.square(streamed.samples - whole.samples).mean() / np.square(whole.samples).mean()
    assert error < 10 ** (-SHIPPED_DB / 10)


def test_a_stream_begins_before_the_sentence_is_made(toy_voice: OnnxVoice) -> None:
    parts = toy_voice.stream(LONG_SENTENCE)
    first = next(parts)
    assert 0.2 < len(first.samples) / 22_050 < 0.5
    assert first.length > 8 * len(first.samples)


def test_a_stream_refuses_a_speed_at_once(toy_voice: OnnxVoice) -> None:
    with pytest.raises(UsageError, match=r"9\.0"):
        toy_voice.stream("가", speed=9.0)
