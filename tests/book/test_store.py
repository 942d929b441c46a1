"""The work folder holds finished work only, whatever happened before."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

import kosorong.book.store
from kosorong.audio.aac import silence
from kosorong.audio.mark import Mark
from kosorong.book.records import DoubtCount, Finished, Planned, WarningCount
from kosorong.book.store import Store, flac
from kosorong.errors import StorageError
from kosorong.ports import Doubt, Link, Translation, WordTime

RATE = 22_050
SOUND = (0.3 * np.sin(0.1 * np.arange(3000))).astype(np.float32)


def planned(
    position: int, text: str = "가 나", speech: str = "", translation: str = "t"
) -> Planned:
    return Planned(position, 0, 0, "body", True, text, translation, speech)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "work") as opened:
        yield opened


def keep(store: Store, key: str = "ab" * 32, warnings: Sequence[str] = ()) -> str:
    words = [WordTime("가", 0.0, 0.1), WordTime("나", 0.05, 0.1)]
    store.save_speech(key, flac(SOUND, RATE, Mark(())), len(SOUND), words, warnings)
    return key


def test_the_plan_comes_back_in_batches_cut_at_the_same_places(store: Store) -> None:
    store.lay(planned(n) for n in range(40))
    assert [len(batch) for batch in store.planned(16)] == [16, 16, 8]
    assert [one.position for batch in store.planned(16) for one in batch] == list(range(40))


def test_a_new_plan_replaces_the_old_and_keeps_the_work(store: Store) -> None:
    key = keep(store)
    store.lay([planned(0), planned(1)])
    store.lay([planned(0, "다")])
    assert [[one.text for one in batch] for batch in store.planned()] == [["다"]]
    assert store.has_speech(key)


def test_a_plan_that_fails_leaves_the_old_one(store: Store) -> None:
    store.lay([planned(0)])

    def failing() -> Iterator[Planned]:
        yield planned(0, "다른 글")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.lay(failing())
    assert next(store.planned())[0].text == "가 나"


def test_a_finished_chapter_has_text_length_and_words(store: Store) -> None:
    key = keep(store)
    store.lay([planned(0)])
    store.save_translations([("t", Translation("ᄒᆞ가 ᄒᆞ나", (Link(0, 0, 1.0),)))])
    store.settle([(0, key)])
    (one,) = store.finished(0)
    assert isinstance(one, Finished)
    assert (one.other, one.samples) == ("ᄒᆞ가 ᄒᆞ나", len(SOUND))
    assert one.words[1] == WordTime("나", 0.05, 0.1)
    assert np.abs(store.audio(one) - SOUND).max() < 1e-4


def test_links_are_kept_for_later(store: Store) -> None:
    store.save_translations([("t", Translation("가", (Link(0, 1, 0.5),)))])
    with closing(sqlite3.connect(next(store.folder.glob("*.sqlite3")))) as db:
        assert db.execute("SELECT links FROM translation").fetchone() == ("[[0, 1, 0.5]]",)


@pytest.mark.parametrize("damage", ["remove", "cut"])
def test_speech_without_its_audio_is_not_finished(store: Store, damage: str) -> None:
    key = keep(store)
    path = next(store.folder.rglob("*.flac"))
    if damage == "remove":
        path.unlink()
    else:
        path.write_bytes(path.read_bytes()[:-1])
    assert not store.has_speech(key)


def test_a_segment_with_nothing_to_hear_needs_no_file(store: Store) -> None:
    store.save_speech("k", flac(SOUND[:0], RATE, Mark(())), 0, [], [])
    assert store.has_speech("k")
    assert not list(store.folder.rglob("*.flac"))
    assert len(store.audio(Finished(planned(0, speech="k"), "", 0, ()))) == 0


def test_warnings_are_counted_with_their_first_place(store: Store) -> None:
    key = keep(store, warnings=["漢"])
    store.lay([planned(0, translation=""), planned(1), planned(2)])
    store.save_translations([("t", Translation("가", warnings=("rules", "漢")))])
    store.settle([(1, key), (2, key)])
    assert list(store.warning_counts()) == [WarningCount("漢", 4, 1), WarningCount("rules", 2, 1)]


def test_doubted_words_are_counted_with_their_first_place(store: Store) -> None:
    store.lay([planned(0, translation=""), planned(1), planned(2)])
    doubts = (Doubt(0, "가", "stands"), Doubt(1, "나", "unknown_word"), Doubt(2, "가", "stands"))
    store.save_translations([("t", Translation("가 나 가", doubts=doubts))])
    assert list(store.doubt_counts(5)) == [
        DoubtCount("가", "stands", 4, 1),
        DoubtCount("나", "unknown_word", 2, 1),
    ]
    assert len(list(store.doubt_counts(1))) == 1


def test_a_silent_chapter_has_a_loudness(store: Store) -> None:
    assert store.loudness("k") is None
    store.save_loudness("k", float("-inf"))
    assert store.loudness("k") == float("-inf")


def test_two_stores_cannot_hold_one_folder(store: Store) -> None:
    with pytest.raises(StorageError, match="another process"):
        Store(store.folder)


def test_the_folder_is_free_again_after_closing(tmp_path: Path) -> None:
    for _ in range(2):
        with Store(tmp_path / "work"):
            pass


def test_what_a_kill_left_is_cleared_away(tmp_path: Path) -> None:
    with Store(tmp_path / "work") as store:
        key = keep(store)
    left = [tmp_path / "work/audio/ab/.x.1.part.flac", tmp_path / "work/chapters/.y.1.part.mp3"]
    for path in left:
        path.write_bytes(b"half")
    with Store(tmp_path / "work") as store:
        assert store.has_speech(key)
    assert not any(path.exists() for path in left)


def test_a_damaged_database_is_named_with_the_cure(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    with Store(folder):
        pass
    database = next(folder.glob("*.sqlite3"))
    database.write_bytes(b"this is no database at all" * 100)
    with pytest.raises(StorageError, match="Remove this folder"):
        Store(folder)
    # The lock is not left behind.
    database.unlink()
    with Store(folder):
        pass


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError, match="file"):
        Store(tmp_path / "file" / "work")


def test_speech_that_is_kept_anew_takes_its_old_packets_with_it(store: Store) -> None:
    key = keep(store)
    store.save_packets(key, "level", silence(3, RATE))
    assert store.packets(key, "level") == silence(3, RATE)
    keep(store)
    assert store.packets(key, "level") is None


def test_no_statement_numbers_its_places() -> None:
    """Python 3.12 warns of `?1` bound to a sequence, and 3.14 refuses it."""
    source = Path(kosorong.book.store.__file__).read_text(encoding="utf-8")
    assert re.findall(r"[^(\\]\?\d", source) == []
