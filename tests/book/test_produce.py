"""A book is made once: what is finished stays, what changed is redone, nothing else."""

import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from book_fakes import (
    RATE,
    CountingProgress,
    FakeTranslator,
    FakeVoice,
    long_manuscript,
    make,
    manuscript,
)

from kosorong.audio.aac import Packets, silence
from kosorong.audio.loudness import loudness_of
from kosorong.audio.wav import read_audio
from kosorong.book.manuscript import Chapter, Manuscript, Paragraph
from kosorong.book.options import BookOptions
from kosorong.book.produce import produce
from kosorong.book.report import write_report
from kosorong.book.sound import Level
from kosorong.book.store import Store
from kosorong.book.writers import packets
from kosorong.errors import BundleError, InputError, StorageError, UsageError
from kosorong.ports import Speech, Translation

FAKES = Path(__file__).with_name("book_fakes.py")


def rows(
    folder: Path, query: str
) -> list[
    tuple[int, int, int, str, int, str, str, str]
    | tuple[str, int, int, str, str]
    | tuple[str, str, str, float, str, str]
]:
    with closing(sqlite3.connect(next(folder.glob("*.sqlite3")))) as db:
        return db.execute(query).fetchall()


def work(
    out: Path, slug: str = "book"
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]], list[tuple[Any, ...]], dict[str, str]]:
    """Everything a work folder says of its segments: texts, words, audio bytes."""
    folder = out / f".{slug}.kosorong"
    plan = rows(folder, "SELECT * FROM plan ORDER BY position")
    translations = rows(folder, "SELECT * FROM translation ORDER BY key")
    speech = rows(folder, "SELECT * FROM speech ORDER BY key")
    audio = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (folder / "audio").rglob("*.flac")
    }
    return plan, translations, speech, audio


def exports(out: Path) -> dict[str, Any]:
    """Bytes of every file that left the house; of the EPUB all but its date."""
    found: dict[str, Any] = {}
    for path in sorted(out.rglob("*")):
        if ".kosorong" in str(path.relative_to(out)) or path.is_dir():
            continue
        if path.suffix == ".epub":
            with zipfile.ZipFile(path) as file:
                names = [name for name in file.namelist() if not name.endswith(".opf")]
                found[path.name] = [(name, file.read(name)) for name in names]
        else:
            found[str(path.relative_to(out))] = path.read_bytes()
    return found


def test_a_korean_book_is_read_in_jeju_with_korean_beside(tmp_path: Path) -> None:
    voice = FakeVoice()
    book = make(tmp_path, voice=voice, slug="book")
    assert sorted(book.paths) == ["epub", "m4b"]
    assert all(path.exists() for path in book.paths.values())
    assert "ᄒᆞ바람도 ᄒᆞ불었다." in voice.read
    assert book.chapters == 2
    assert book.report["read_in"] == "jje"


def test_a_jeju_book_is_read_as_it_is(tmp_path: Path) -> None:
    voice, translator = FakeVoice(), FakeTranslator()
    book = make(tmp_path, manuscript("jje"), translator, voice, slug="book", strength=0.5)
    assert "바람도 불었다." in voice.read
    assert translator.calls
    assert book.report["read_in"] == "jje"


def test_without_a_translator_the_original_is_read(tmp_path: Path) -> None:
    voice = FakeVoice()
    book = produce(
        manuscript(), translator=None, voice=voice, out=tmp_path, options=BookOptions(slug="book")
    )
    assert "바람도 불었다." in voice.read
    assert book.report["read_in"] == "ko"
    assert book.paths["epub"].exists()


def encoded(out: Path) -> dict[str, str]:
    """Hashes of the packets that are kept of takes, by name."""
    files = (out / ".book.kosorong" / "audio").rglob("*.aac")
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_second_run_makes_nothing(tmp_path: Path) -> None:
    make(tmp_path, slug="book")
    before = exports(tmp_path)
    voice, translator, progress = FakeVoice(), FakeTranslator(), CountingProgress()
    make(tmp_path, None, translator, voice, progress, slug="book")
    assert voice.read == []
    assert translator.calls == []
    assert (progress.before, progress.advanced) == (progress.total, 0)
    assert exports(tmp_path) == before


def test_progress_counts_every_segment_once(tmp_path: Path) -> None:
    progress = CountingProgress()
    book = make(tmp_path, progress=progress, slug="book")
    assert progress.before == 0
    assert progress.advanced == progress.total == book.segments == 18


def changed(book: Manuscript, chapter: int, paragraph: int, text: str) -> Manuscript:
    chapters = list(book.chapters)
    paragraphs = list(chapters[chapter].paragraphs)
    paragraphs[paragraph] = Paragraph(text)
    old = chapters[chapter]
    chapters[chapter] = Chapter(old.title, old.level, tuple(paragraphs), old.notes)
    return Manuscript(book.title, book.author, book.language, tuple(chapters))


def test_a_changed_sentence_redoes_itself_only(tmp_path: Path) -> None:
    make(tmp_path, slug="book")
    voice, translator = FakeVoice(), FakeTranslator()
    book = changed(manuscript(), 1, 3, "돌담 위에 새가 앉았다. 새가 노래했다.")
    make(tmp_path, book, translator, voice, slug="book")
    assert translator.calls == [["새가 노래했다."]]
    assert voice.read == ["ᄒᆞ새가 ᄒᆞ노래했다."]


@pytest.mark.parametrize(
    ("options", "translated", "spoken"),
    [
        ({"speed": 1.5}, False, True),
        # The fake says the same for every strength: the text did not change, so no speech.
        ({"strength": 0.5}, True, False),
        ({"spelling": "modern"}, True, False),
        ({"title": "새 제목"}, False, False),
        ({"loudness": -23.0}, False, False),
    ],
)
def test_a_setting_redoes_what_depends_on_it(
    tmp_path: Path, options: dict[str, Any], translated: bool, spoken: bool
) -> None:
    make(tmp_path, slug="book", formats=("vtt",))
    voice, translator = FakeVoice(), FakeTranslator()
    make(tmp_path, None, translator, voice, slug="book", formats=("vtt",), **options)
    assert bool(translator.calls) == translated
    assert bool(voice.read) == spoken


def test_another_voice_speaks_anew_and_translates_nothing(tmp_path: Path) -> None:
    make(tmp_path, slug="book", formats=("vtt",))
    voice, translator = FakeVoice("voice-2"), FakeTranslator()
    make(tmp_path, None, translator, voice, slug="book", formats=("vtt",))
    assert translator.calls == []
    assert len(voice.read) == len(set(voice.read)) > 0


def test_many_jobs_make_the_same_book(tmp_path: Path) -> None:
    one, many = tmp_path / "one", tmp_path / "many"
    make(one, slug="book", formats=("mp3", "vtt"))
    make(many, slug="book", formats=("mp3", "vtt"), jobs=4, voice=FakeVoice(sleep=0.002))
    assert work(one) == work(many)
    assert exports(one) == exports(many)


def test_a_voice_that_fails_keeps_what_was_finished(tmp_path: Path) -> None:
    class Failing(FakeVoice):
        def speak(self, text: str, **settings: Any) -> Speech:
            if "새는" in text:
                raise BundleError("broken")
            return super().speak(text, **settings)

    for jobs in (1, 3):
        with pytest.raises(BundleError, match="broken"):
            make(tmp_path, voice=Failing(), slug="book", jobs=jobs)
    voice = FakeVoice()
    make(tmp_path, voice=voice, slug="book")
    assert "ᄒᆞ바람도 ᄒᆞ불었다." not in voice.read
    assert any("새는" in text for text in voice.read)


def test_a_damaged_voice_is_named(tmp_path: Path) -> None:
    class Broken(FakeVoice):
        def speak(self, text: str, **settings: Any) -> Speech:
            return Speech(np.full(100, np.nan, np.float32), RATE)

    with pytest.raises(BundleError, match="no numbers"):
        make(tmp_path, voice=Broken(), slug="book")


def test_a_translator_that_returns_too_little_is_named(tmp_path: Path) -> None:
    class Short(FakeTranslator):
        def translate(self, texts: Sequence[str], **settings: Any) -> list[Translation]:
            return super().translate(texts[1:], **settings)

    with pytest.raises(BundleError, match="translator returned"):
        make(tmp_path, translator=Short(), slug="book")


def test_an_empty_translation_keeps_the_original(tmp_path: Path) -> None:
    class Empty(FakeTranslator):
        def translate(self, texts: Sequence[str], **settings: Any) -> list[Translation]:
            return [Translation("") for _ in texts]

    voice = FakeVoice()
    book = make(tmp_path, translator=Empty(), voice=voice, slug="book")
    assert "바람도 불었다." in voice.read
    assert "came back empty" in book.report["segment_warnings"][0]["message"]


def test_silent_and_untimed_segments_are_carried(tmp_path: Path) -> None:
    class Odd(FakeVoice):
        def speak(self, text: str, **settings: Any) -> Speech:
            speech = super().speak(text, **settings)
            if "바람도" in text:
                return Speech(np.zeros(0, np.float32), RATE, (), ("nothing to say",))
            if "새는" in text:
                return Speech(speech.samples, RATE, speech.words[:1])
            return speech

    book = make(tmp_path, voice=Odd(), slug="book", formats=("m4b", "epub", "mp3", "vtt"))
    said = {one["message"] for one in book.report["segment_warnings"]}
    assert "nothing to say" in said
    assert any("not timed" in message for message in said)


def test_nothing_to_read_is_an_error_and_leaves_no_folder(tmp_path: Path) -> None:
    empty = Manuscript("빈 책", "", "ko", (Chapter("", 1, (Paragraph("***", "break"),)),))
    with pytest.raises(InputError, match="nothing to read"):
        make(tmp_path / "out", empty)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "options",
    [
        {"formats": ("pdf",)},
        {"formats": ()},
        {"spelling": "old"},
        {"strength": 1.5},
        {"speed": float("nan")},
        {"jobs": 0},
        {"slug": "../elsewhere"},
        {"language": "en"},
    ],
)
def test_impossible_options_are_refused_with_the_cure(options: dict[str, Any]) -> None:
    with pytest.raises(UsageError) as caught:
        BookOptions(**options)
    assert caught.value.cure


def test_an_unknown_language_is_read_as_korean_with_a_warning(tmp_path: Path) -> None:
    book = make(tmp_path, manuscript("en-US"), slug="book")
    assert any("en-US" in warning for warning in book.warnings)


def test_a_second_process_is_refused(tmp_path: Path) -> None:
    program = [sys.executable, str(FAKES), str(tmp_path), "0.05"]
    with subprocess.Popen(program) as first:
        lock = tmp_path / ".book.kosorong" / "lock"
        wait_until(lambda: lock.exists() and lock.read_text(), first)
        with pytest.raises(StorageError, match=f"process {first.pid}|\\({first.pid}\\)") as caught:
            make(tmp_path, slug="book")
        assert "Wait" in caught.value.cure
        first.kill()


def test_a_damaged_audio_file_is_made_again(tmp_path: Path) -> None:
    make(tmp_path, slug="book", formats=("vtt",))
    audio = sorted((tmp_path / ".book.kosorong" / "audio").rglob("*.flac"))
    audio[0].write_bytes(b"x" * audio[0].stat().st_size)
    audio[1].unlink()
    with pytest.raises(StorageError, match="damaged"):
        make(tmp_path, slug="book", formats=("m4b",), speed=1.0)
    voice = FakeVoice()
    make(tmp_path, voice=voice, slug="book", formats=("m4b",))
    assert len(voice.read) == 1
    whole = tmp_path / "whole"
    make(whole, slug="book", formats=("m4b",))
    assert work(whole) == work(tmp_path)


def test_a_full_disk_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole, full = tmp_path / "whole", tmp_path / "full"
    make(whole, slug="book")
    really, calls = os.fsync, 0

    def fsync(handle: int) -> None:
        nonlocal calls
        calls += 1
        if calls > 20:
            raise OSError(28, "No space left on device")
        really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(StorageError, match="full") as caught:
        make(full, slug="book")
    assert not caught.value.permanent
    monkeypatch.undo()
    voice = FakeVoice()
    make(full, voice=voice, slug="book")
    assert len(voice.read) < len(work(full)[3])
    assert work(full) == work(whole)
    assert exports(full) == exports(whole)


def test_a_failing_export_leaves_the_earlier_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(tmp_path, slug="book", formats=("m4b",)).paths["m4b"]
    before = path.read_bytes()

    def full(*_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kosorong.book.writers.m4b.silence", full)
    with pytest.raises(StorageError, match="full"):
        make(tmp_path, slug="book", formats=("m4b",), title="다른 제목")
    assert path.read_bytes() == before
    assert not list(tmp_path.glob(".*part*"))


def test_the_report_is_plain_json(tmp_path: Path) -> None:
    book = make(tmp_path, slug="book")
    write_report(tmp_path / "report.json", book.report)
    read = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert read["segments"] == 18
    assert read["skipped"][0] == {
        "where": "story.txt:3",
        "text": "漢",
        "reason": "letter without a sound",
    }
    assert read["fingerprints"] == {"voice": "voice-1", "translator": "translator-1"}
    assert read["run"]["real_time_factor"] > 0
    assert read["seconds"] == pytest.approx(book.seconds, abs=0.001)


@pytest.mark.parametrize("name", ["mp3", "m4b"])
def test_a_book_has_the_loudness_asked_for(tmp_path: Path, name: str) -> None:
    path = make(tmp_path, slug="book", formats=(name,), loudness=-23.0).paths[name]
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        samples, rate = read_audio(file)
        assert loudness_of(samples, rate) == pytest.approx(-23.0, abs=1.0)
        assert np.abs(samples).max() <= 10 ** (-1 / 20)


def test_a_book_with_a_changed_sentence_is_the_book_made_anew(tmp_path: Path) -> None:
    again, anew = tmp_path / "again", tmp_path / "anew"
    book = changed(manuscript(), 1, 3, "돌담 위에 새가 앉았다. 새가 오래 노래했다.")
    make(again, slug="book")
    before = encoded(again)
    make(again, book, slug="book")
    make(anew, book, slug="book")
    assert exports(again) == exports(anew)
    assert len(set(encoded(again).items()) - set(before.items())) == 1


def test_nothing_is_decoded_for_files_of_fresh_speech(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kosorong.book.store.decode_audio", None)
    make(tmp_path, slug="book")
    make(tmp_path, slug="book", title="다른 제목")


@pytest.mark.parametrize("damage", [b"", b"x" * 200, None])
def test_damaged_packets_are_encoded_again(tmp_path: Path, damage: bytes | None) -> None:
    made = make(tmp_path, slug="book")
    whole, files = encoded(tmp_path), sorted((tmp_path / ".book.kosorong").rglob("*.aac"))
    before = exports(tmp_path)
    for path in files[:2]:
        path.write_bytes(path.read_bytes()[:-1] if damage is None else damage)
    for path in made.paths.values():
        path.unlink()
    make(tmp_path, slug="book")
    assert exports(tmp_path) == before
    assert encoded(tmp_path) == whole


def test_packets_of_another_length_are_never_copied(tmp_path: Path) -> None:
    made = make(tmp_path, slug="book")
    whole, before = encoded(tmp_path), exports(tmp_path)
    level = Level(FakeVoice.sample_rate, BookOptions().loudness)
    with Store(tmp_path / ".book.kosorong") as store:
        for path in list((tmp_path / ".book.kosorong").rglob("*.aac"))[:2]:
            key = level.take_key(store.loudness(path.stem))
            store.save_packets(path.stem, key, silence(1, level.sample_rate))
    for path in made.paths.values():
        path.unlink()
    make(tmp_path, slug="book")
    assert exports(tmp_path) == before
    assert encoded(tmp_path) == whole


def test_no_file_is_written_whose_head_fits_other_packets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = packets.Edition.packets

    def one_more(*args: Any, **more: Any) -> Iterator[Packets]:
        yield from really(*args, **more)
        yield silence(1, FakeVoice.sample_rate)

    monkeypatch.setattr(packets.Edition, "packets", one_more)
    for name in ("m4b", "epub"):
        with pytest.raises(StorageError, match="changed while"):
            make(tmp_path, slug="book", formats=(name,))
    assert not list(tmp_path.glob("book.*"))


def test_packets_of_sentences_that_are_gone_go_with_them(tmp_path: Path) -> None:
    make(tmp_path, slug="book")
    before = encoded(tmp_path)
    make(tmp_path, manuscript(chapters=1), slug="book")
    after = encoded(tmp_path)
    assert len(after) < len(before)
    with Store(tmp_path / ".book.kosorong") as store:
        planned = {one.speech for batch in store.planned() for one in batch}
    assert {name.removesuffix(".aac") for name in after} == planned


def test_each_take_is_read_once_for_an_epub(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, slug="book", formats=("mp3",))
    asked, really = [], Store.packets

    def counted(store: Store, speech: str, key: str, **more: Any) -> Packets | None:
        asked.append(speech)
        return really(store, speech, key, **more)

    monkeypatch.setattr(Store, "packets", counted)
    book = make(tmp_path, slug="book", formats=("epub",))
    assert len(asked) == book.segments


def test_a_book_read_faster_pauses_as_much_less(tmp_path: Path) -> None:
    slow, fast = (make(tmp_path / str(speed), slug="book", speed=speed) for speed in (1.0, 2.0))
    # The fake keeps no silence around its speech, of which a pause is reckoned to have 0.18 s.
    wanted = slow.seconds / 2 - 0.09 * slow.segments
    assert fast.seconds == pytest.approx(wanted, rel=0.04)


def test_a_book_is_made_anew_where_sound_is_coded_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, slug="book")
    before = (tmp_path / "book.m4b").stat().st_mtime_ns
    monkeypatch.setattr("kosorong.book.sound.CODING", 99)
    make(tmp_path, slug="book")
    assert (tmp_path / "book.m4b").stat().st_mtime_ns != before


def test_the_voice_and_the_packing_run_side_by_side(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken, packed = threading.Event(), []
    really = Level.packets

    class Second(FakeVoice):
        def speak(self, text: str, **settings: Any) -> Speech:
            if len(self.read) == 1:
                spoken.set()
            return super().speak(text, **settings)

    def encoded_later(*args: Any) -> Packets:
        packed.append(spoken.wait(10))
        return really(*args)

    monkeypatch.setattr(Level, "packets", encoded_later)
    make(tmp_path, voice=Second(), slug="book")
    assert all(packed)


def wait_until(
    condition: Callable[[], object], process: subprocess.Popen[bytes], seconds: float = 60.0
) -> None:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end or process.poll() is not None:
            return
        time.sleep(0.001)


@pytest.mark.slow
def test_killed_at_ten_moments_equals_the_unbroken_run(tmp_path: Path) -> None:
    whole, killed = tmp_path / "whole", tmp_path / "killed"
    subprocess.run([sys.executable, str(FAKES), str(whole)], check=True)
    folder = killed / ".book.kosorong"

    def spoken(count: int) -> Callable[[], bool]:
        return lambda: len(list(folder.glob("audio/*/*.flac"))) >= count

    everything = len(list((whole / ".book.kosorong").glob("audio/*/*.flac")))
    moments = [
        (folder / "lock").exists,
        *(spoken(everything * share // 6) for share in range(1, 6)),
        lambda: list(folder.glob("chapters/*.mp3")) or (killed / "book.m4b").exists(),
        (killed / "book.m4b").exists,
        (killed / "book.epub").exists,
        lambda: list(killed.glob("book-mp3/*.mp3")),
    ]
    kills = 0
    for number, moment in enumerate(moments):
        program = [sys.executable, str(FAKES), str(killed), "0.002"]
        with subprocess.Popen(program) as process:
            wait_until(moment, process)
            time.sleep(0.0007 * number)
            kills += process.poll() is None
            process.send_signal(signal.SIGKILL)
    assert kills >= 8
    subprocess.run([sys.executable, str(FAKES), str(killed)], check=True)
    assert work(killed) == work(whole)
    assert exports(killed) == exports(whole)
    assert not list(killed.rglob("*.part*"))


PEAK = """
import resource, sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from book_fakes import FakeVoice, long_manuscript, make
make(Path(sys.argv[2]), long_manuscript(int(sys.argv[3])), formats=("m4b", "epub"), speed=4)
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.slow
def test_memory_does_not_grow_with_the_book(tmp_path: Path) -> None:
    def peak(segments: int) -> float:
        done = subprocess.run(
            [sys.executable, "-c", PEAK, FAKES.parent, tmp_path / str(segments), str(segments)],
            check=True,
            capture_output=True,
            text=True,
        )
        return int(done.stdout) / 1024

    small, large = peak(10), peak(300)
    assert large - small < 15


def test_a_book_without_headings_has_one_named_chapter(tmp_path: Path) -> None:
    book = make(tmp_path, long_manuscript(10))
    assert book.title == "긴 책"
    assert [part["title"] for part in book.report["parts"]] == ["긴 책"]
    assert book.paths["m4b"].name == "긴-책.m4b"
