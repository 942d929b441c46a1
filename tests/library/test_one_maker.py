"""A book is made of the same segments by the command line and by a worker of the library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from library_fakes import RATE, FakeParts, FakeTranslator, FakeVoice

from kosorong.book.manuscript import Chapter, Manuscript, Paragraph
from kosorong.book.options import BookOptions
from kosorong.book.produce import produce
from kosorong.book.store import Store
from kosorong.errors import BundleError
from kosorong.ports import Speech, Translation
from kosorong_library.library.models import Segment, State
from kosorong_library.studio import inference
from kosorong_library.studio.inference import SegmentModels
from kosorong_library.studio.models import Take

TEXT = "눈이 왔다. 바람도 불었다. 눈이 왔다."


def at_the_command_line(parts: SegmentModels, out: Path) -> list[dict[str, Any]]:
    """Make the book in a folder; return its warnings."""
    book = Manuscript("책", "", "ko", (Chapter("", 1, (Paragraph(TEXT),)),))
    options = BookOptions(("vtt",), slug="book")
    made = produce(book, translator=parts.translator, voice=parts.voice, out=out, options=options)
    warnings: list[dict[str, Any]] = made.report["segment_warnings"]
    return warnings


@pytest.fixture
def by_a_worker(api: Any, work: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make the book in the library; return its segments."""

    def make(parts: SegmentModels) -> list[Segment]:
        monkeypatch.setattr(inference, "open_models", lambda voice: parts)
        api.post("/api/books/", {"title": "책", "text": TEXT})
        work()
        return list(Segment.objects.order_by("position"))

    return make


class Odd(FakeVoice):
    """A voice whose speech is changed by the test."""

    def __init__(self, change: Callable[[Speech], Speech]) -> None:
        super().__init__()
        self.change = change

    def speak(self, text: str, **asked: Any) -> Speech:
        return self.change(super().speak(text, **asked))


def no_numbers(speech: Speech) -> Speech:
    return replace(speech, samples=np.full_like(speech.samples, np.nan))


def another_rate(speech: Speech) -> Speech:
    return replace(speech, sample_rate=RATE // 2)


@pytest.mark.parametrize("change", [no_numbers, another_rate])
def test_a_broken_voice_is_refused_in_the_same_words(
    by_a_worker: Any, tmp_path: Path, change: Callable[[Speech], Speech]
) -> None:
    parts = SegmentModels(FakeTranslator(), Odd(change))
    with pytest.raises(BundleError) as refused:
        at_the_command_line(parts, tmp_path / "out")
    first = by_a_worker(parts)[0]
    assert (first.state, first.problem) == (State.FAILED, str(refused.value))
    assert not Take.objects.exists()


def test_a_translator_that_returns_too_little_is_refused_in_the_same_words(
    by_a_worker: Any, tmp_path: Path
) -> None:
    class Short(FakeTranslator):
        def translate(self, texts: Sequence[str], **asked: Any) -> list[Translation]:
            return []

    parts = SegmentModels(Short(), FakeVoice())
    with pytest.raises(BundleError) as refused:
        at_the_command_line(parts, tmp_path / "out")
    first = by_a_worker(parts)[0]
    assert first.state == State.FAILED
    # The worker looks at the first sentence of a book alone, the command line at sixteen.
    assert first.problem == str(refused.value).replace("for 2", "for 1")


def test_empty_translations_and_untimed_words_are_warned_of_in_the_same_words(
    by_a_worker: Any, tmp_path: Path
) -> None:
    class Empty(FakeTranslator):
        def translate(self, texts: Sequence[str], **asked: Any) -> list[Translation]:
            return [Translation("") for _ in texts]

    parts = SegmentModels(Empty(), Odd(lambda speech: replace(speech, words=())))
    told = {one["message"] for one in at_the_command_line(parts, tmp_path / "out")}
    segments = by_a_worker(parts)
    assert [one.target_text for one in segments] == [one.source_text for one in segments]
    assert {*segments[0].warnings, *segments[0].take.warnings} == told
    assert len(told) == 2


def test_the_same_takes_are_made_each_once(by_a_worker: Any, tmp_path: Path) -> None:
    here, there = FakeTranslator(), FakeTranslator()
    at_the_command_line(SegmentModels(here, FakeVoice()), tmp_path / "out")
    segments = by_a_worker(SegmentModels(there, FakeVoice()))
    with Store(tmp_path / "out" / ".book.kosorong") as store:
        kept = list(store.finished(0))
    assert [one.take.key for one in segments] == [one.planned.speech for one in kept]
    assert [one.take.samples for one in segments] == [one.samples for one in kept]
    words = [[[w.text, w.start, w.end] for w in one.words] for one in kept]
    assert [one.take.words for one in segments] == words
    assert Take.objects.count() == 2
    assert sorted(chain(*there.calls)) == sorted(chain(*here.calls))


def test_a_sentence_that_stands_twice_in_a_batch_is_translated_once(
    api: Any, work: Callable[[], int], parts: FakeParts
) -> None:
    api.post("/api/books/", {"title": "책", "text": "비가 왔다. " + TEXT})
    work()
    assert parts.translator.calls == [["비가 왔다."], ["눈이 왔다.", "바람도 불었다."]]
