"""The clients against a server in a process of its own."""

from __future__ import annotations

import threading
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kosorong.audio.wav import to_int16
from kosorong.book.manuscript import Manuscript
from kosorong.book.options import BookOptions
from kosorong.book.produce import produce
from kosorong.book.readers import read_manuscript
from kosorong.client.http import Patience, Server
from kosorong.client.models import RemoteAligner, RemoteTranslator, RemoteVoice
from kosorong.errors import InputError, ServiceError, UsageError
from kosorong.markup.document import translate_document
from kosorong.ports import Translator, Voice
from kosorong.serving.models import Models
from kosorong.terms import parse_terms
from toy_serving import TOKEN, running_server


@pytest.fixture(scope="module")
def server(server_address: str) -> Server:
    return Server(server_address, TOKEN)


def test_translations_are_those_of_the_model_in_the_process(server: Server, models: Models) -> None:
    remote: Translator = RemoteTranslator(server)
    texts = ["어서 갑니다.", "", *(f"{n}번 있습니다." for n in range(80))]
    assert remote.translate(texts) == models.translator.translate(texts)
    options: dict[str, Any] = {"source": "jje", "target": "ko"}
    back = ["ᄒᆞᆫ저 있수다."]
    assert remote.translate(back, **options) == models.translator.translate(back, **options)
    assert remote.translate([]) == []
    assert remote.fingerprint == models.translator.fingerprint


def test_pages_are_translated_as_in_the_process(server: Server, models: Models) -> None:
    pages = ["<p>어서 <b>있습니다.</b></p>", "<code>어서</code>를 있습니다", "<hr>"]
    made = RemoteTranslator(server).translate(pages, markup="html")
    local = models.translator.translate
    assert made == [translate_document(page, "html", local).translation() for page in pages]
    assert made[0].text == "<p>ᄒᆞᆫ저 <b>있수다.</b></p>"
    with pytest.raises(InputError, match=r"format: .*pdf.*markdown"):
        RemoteTranslator(server).translate(pages, markup="pdf")


def test_terms_are_kept_to_as_in_the_process(server: Server, models: Models) -> None:
    terms = parse_terms("한라산\t할락산\n철수\n")
    remote = RemoteTranslator(server).with_terms(terms)
    local = models.translator.with_terms(terms)
    texts = ["철수가 한라산에 갑니다.", "어서 갑니다."]
    assert remote.translate(texts) == local.translate(texts)
    assert "할락산" in remote.translate(texts)[0].text
    assert remote.fingerprint == local.fingerprint
    assert remote.fingerprint != RemoteTranslator(server).fingerprint


def test_speech_is_that_of_the_voice_in_the_process(server: Server, models: Models) -> None:
    remote: Voice = RemoteVoice(server, "toy2")
    local = models.voice("toy2")
    for name in ("name", "fingerprint", "sample_rate", "credit"):
        assert getattr(remote, name) == getattr(local, name)
    text = "바당에 A 감수다 🐚"
    options: dict[str, Any] = {"speed": 1.5, "seed": 2**63 - 1}
    made, known = remote.speak(text, **options), local.speak(text, **options)
    assert np.abs(made.samples - known.samples).max() < 1e-4
    assert made.warnings == known.warnings
    assert [word.text for word in made.words] == text.split()
    for one, other in zip(made.words, known.words, strict=True):
        assert (one.start, one.end) == pytest.approx((other.start, other.end), abs=0.001)
    assert len(remote.speak("A", spoken="에이 에이 에이").samples) > len(remote.speak("A").samples)


def test_words_of_a_recording_are_timed_as_by_the_aligner_in_the_process(
    server: Server, models: Models
) -> None:
    noise: Any = np.random.default_rng(1).normal(0, 0.1, 44_100).astype(np.float32)
    text = "바당에 감수다."
    there = RemoteAligner(server).align(noise, 22_050, text)
    here = models.aligner.align((to_int16(noise) / np.float32(32768.0)).astype(np.float32), text)
    assert [word.text for word in there.words] == text.split()
    for ours, theirs in zip(there.words, here.words, strict=True):
        assert abs(ours.start - theirs.start) < 0.002
        assert abs(ours.end - theirs.end) < 0.002
    for samples in (0, 100, 2_000):
        with pytest.raises(InputError, match="too short"):
            RemoteAligner(server).align(noise[:samples], 22_050, text)


def test_the_default_voice_is_the_servers(server: Server) -> None:
    assert RemoteVoice(server).name == "toy"


def test_an_unknown_voice_lists_the_valid_ones(server: Server) -> None:
    with pytest.raises(UsageError, match="toy, toy2"):
        RemoteVoice(server, "nobody").speak("가")


def test_what_the_server_cannot_take_is_said_with_its_cure(server: Server) -> None:
    with pytest.raises(InputError, match=r"source: .*en.*ko, jje"):
        RemoteTranslator(server).translate(["가"], source="en")
    with pytest.raises(InputError, match="2000"):
        RemoteVoice(server).speak("가" * 2001)


def test_without_the_token_nothing_is_given_and_trying_again_does_not_help(
    server_address: str,
) -> None:
    stranger = Server(server_address)
    with pytest.raises(ServiceError, match="token") as raised:
        RemoteTranslator(stranger).translate(["가"])
    assert raised.value.permanent
    assert stranger.healthy()


def test_a_book_made_over_http_is_the_book_made_in_the_process(
    server: Server, models: Models, tmp_path: Path
) -> None:
    source = tmp_path / "book.txt"
    source.write_text("어서 갑니다. 집이 있습니다.\n\n비가 왔습니다.\n", encoding="utf-8")
    manuscript: Manuscript = read_manuscript(source, language="ko")
    options = BookOptions(formats=("vtt",))
    there = produce(
        manuscript,
        translator=RemoteTranslator(server),
        voice=RemoteVoice(server),
        out=tmp_path / "there",
        options=options,
    )
    here = produce(
        manuscript,
        translator=models.translator,
        voice=models.voice(),
        out=tmp_path / "here",
        options=options,
    )
    assert there.seconds == here.seconds
    (one,), (other,) = (sorted(book.paths["vtt"].glob("*.vtt")) for book in (there, here))
    assert one.read_text(encoding="utf-8") == other.read_text(encoding="utf-8")


def test_lines_come_while_others_are_being_made(server: Server) -> None:
    segments = [{"id": n, "text": "바당에 감수다. " * 9} for n in range(12)]
    started = time.monotonic()
    rows = server.post_lines("/synthesize", {"segments": segments})
    next(rows)
    first = time.monotonic() - started
    # A short request gets through between the segments of the long one.
    RemoteVoice(server).speak("가")
    assert len(list(rows)) == 11
    assert first < (time.monotonic() - started) / 2


def test_requests_beyond_the_queue_are_told_to_come_back(
    toy_bundles_folder: Path,
) -> None:
    with running_server(toy_bundles_folder, KOSORONG_INFERENCE_QUEUE="1") as address:
        server = Server(address, patience=Patience(tries=1))
        segments = [{"id": n, "text": "바당에 감수다. " * 9} for n in range(20)]
        rows: Any = server.post_lines("/synthesize", {"segments": segments})
        next(rows)
        with pytest.raises(ServiceError, match="at work or waiting") as raised:
            RemoteVoice(server).speak("가")
        assert not raised.value.permanent
        assert server.healthy()
        # A caller that goes away makes room, with the work undone.
        rows.close()
        end = time.monotonic() + 20
        while True:
            try:
                RemoteVoice(server).speak("가")
                break
            except ServiceError:
                assert time.monotonic() < end
                time.sleep(0.05)


def test_many_callers_at_once_all_get_their_own(server: Server) -> None:
    made: dict[int, int] = {}

    def speak(n: int) -> None:
        made[n] = len(RemoteVoice(server).speak("감" * n, seed=1).samples)

    threads = [threading.Thread(target=speak, args=(n,)) for n in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    lengths = [made[n] for n in range(1, 9)]
    assert lengths == sorted(lengths)
    assert len(to_int16(RemoteVoice(server).speak("감" * 3, seed=1).samples)) == made[3]
