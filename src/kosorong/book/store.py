"""Finished work of a book, on disk: a SQLite database and an audio file for each segment.

Everything is kept under the hash of what it depends on, so that a run that was killed goes on
where it was, and a change redoes exactly what it touches. An audio file is whole before its row
is written, and a row is written in one transaction: at any moment the folder holds only finished
work.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.aac import Packets, dump, load
from kosorong.audio.encode import encode_audio
from kosorong.audio.files import TEMPORARY, replacing, storage, write_bytes
from kosorong.audio.mark import Mark
from kosorong.audio.wav import decode_audio, to_int16
from kosorong.book.lock import take_lock
from kosorong.book.records import DoubtCount, Finished, Planned, WarningCount
from kosorong.book.store_tables import DATABASE, TABLES
from kosorong.errors import InputError, StorageError
from kosorong.ports import Translation, WordTime

Float = NDArray[np.float32]

_PAGE = 128


class Store:
    """The work folder of one book, held by one process at a time.

    Args:
        folder: Made where it is missing.

    Raises:
        StorageError: Another process makes this book, or the folder cannot be written.

    >>> import tempfile
    >>> with Store(Path(tempfile.mkdtemp()) / "work") as store:
    ...     store.save_translations([("k", Translation("고라"))])
    ...     store.translation("k")
    '고라'
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with storage(folder):
            (folder / "audio").mkdir(parents=True, exist_ok=True)
            (folder / "chapters").mkdir(exist_ok=True)
        self._lock = take_lock(folder)
        try:
            self._clean()
            self._db = self._open()
        except BaseException:
            os.close(self._lock)
            raise

    def _open(self) -> sqlite3.Connection:
        with self._guard():
            db = sqlite3.connect(self.folder / DATABASE, isolation_level=None)
            try:
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                db.executescript(TABLES)
            except BaseException:
                db.close()
                raise
            return db

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._db.close()
        os.close(self._lock)

    def _clean(self) -> None:
        """Remove the temporary files of a run that was killed."""
        with storage(self.folder):
            for place in (self.folder / "chapters", *(self.folder / "audio").iterdir()):
                for path in place.glob(f".*{TEMPORARY}*"):
                    path.unlink()

    @contextmanager
    def _guard(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise StorageError(
                f"the work database cannot be used ({error}).",
                where=str(self.folder),
                cure="Free some space there and run the same command again: finished work is kept.",
            ) from error
        except sqlite3.DatabaseError as error:
            raise StorageError(
                f"the work database is damaged ({error}).",
                where=str(self.folder),
                cure="Remove this folder and run the same command again.",
            ) from error

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._guard():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    # The plan

    def lay(self, planned: Iterable[Planned]) -> None:
        """Replace the plan; finished work stays, found again by its keys."""
        rows = (astuple(segment) for segment in planned)
        with self._transaction() as db:
            db.execute("DELETE FROM plan")
            db.executemany("INSERT INTO plan VALUES(?,?,?,?,?,?,?,?)", rows)

    def planned(self, batch: int = _PAGE) -> Iterator[list[Planned]]:
        """Yield the plan in order, `batch` segments at a time, always cut at the same places."""
        start = 0
        while True:
            with self._guard():
                rows = self._db.execute(
                    "SELECT * FROM plan WHERE position >= ? AND position < ? ORDER BY position",
                    (start, start + batch),
                ).fetchall()
            if not rows:
                return
            yield [_planned(row) for row in rows]
            start += batch

    def settle(self, keys: Iterable[tuple[int, str]]) -> None:
        """Write the speech keys of segments (position, key) whose texts are known now."""
        with self._transaction() as db:
            changed = ((key, position, key) for position, key in keys)
            db.executemany("UPDATE plan SET speech = ? WHERE position = ? AND speech <> ?", changed)

    # Translations

    def translation(self, key: str) -> str | None:
        """Return a translated text, None where it is not made yet."""
        with self._guard():
            row = self._db.execute("SELECT text FROM translation WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row[0])

    def save_translations(self, translations: Iterable[tuple[str, Translation]]) -> None:
        """Keep translations under their keys with their doubts, all of them or none."""
        translations = list(translations)
        doubts = [
            (key, json.dumps([astuple(doubt) for doubt in translation.doubts], ensure_ascii=False))
            for key, translation in translations
        ]
        rows = [
            (
                key,
                translation.text,
                json.dumps([[link.source, link.target, link.weight] for link in translation.links]),
                translation.confidence,
                translation.provenance,
                json.dumps(translation.warnings, ensure_ascii=False),
            )
            for key, translation in translations
        ]
        with self._transaction() as db:
            db.executemany("INSERT OR REPLACE INTO translation VALUES(?,?,?,?,?,?)", rows)
            db.executemany("INSERT OR REPLACE INTO doubt VALUES(?,?)", doubts)

    # Speech

    def _place(self, key: str, ending: str) -> Path:
        # Asked for thousands of times: text is put together quicker than paths.
        return Path(f"{self.folder}/audio/{key[:2]}/{key}.{ending}")

    def has_speech(self, key: str) -> bool:
        """Say whether a segment is spoken and its audio lies there whole."""
        with self._guard():
            row = self._db.execute("SELECT bytes FROM speech WHERE key = ?", (key,)).fetchone()
        if row is None:
            return False
        try:
            return bool(row[0] == 0 or self._place(key, "flac").stat().st_size == row[0])
        except OSError:
            return False

    def save_speech(
        self,
        key: str,
        audio: bytes,
        samples: int,
        words: Iterable[WordTime],
        warnings: Iterable[str],
        lufs: float | None = None,
    ) -> None:
        """Keep one spoken segment: first its audio file, then its row; old packets of it go.

        Args:
            key: What it depends on.
            audio: A FLAC file, empty where there is nothing to hear.
            samples: Length in samples.
            words: Word times, seconds.
            warnings: What the voice said.
            lufs: Its loudness, where that was measured.
        """
        if audio:
            path = self._place(key, "flac")
            with storage(path.parent):
                path.parent.mkdir(exist_ok=True)
            write_bytes(path, audio)
        with storage(self.folder):
            self._place(key, "aac").unlink(missing_ok=True)
        times = json.dumps([[w.text, w.start, w.end] for w in words], ensure_ascii=False)
        notes = json.dumps(list(warnings), ensure_ascii=False)
        with self._transaction() as db:
            row = (key, samples, len(audio), times, notes)
            db.execute("INSERT OR REPLACE INTO speech VALUES(?,?,?,?,?)", row)
            if lufs is not None:
                _write_loudness(db, key, lufs)

    def audio(self, finished: Finished) -> Float:
        """Return the samples (T_wav,) of a spoken segment.

        Raises:
            StorageError: The audio file is gone or damaged; the next run makes it again.
        """
        if not finished.samples:
            return np.zeros(0, np.float32)
        key = finished.planned.speech
        path = self._place(key, "flac")
        try:
            samples, _ = decode_audio(path.read_bytes(), where=str(path))
        except (OSError, InputError):
            samples = np.zeros(0, np.float32)
        if len(samples) != finished.samples:
            with self._transaction() as db:
                db.execute("DELETE FROM speech WHERE key = ?", (key,))
            raise StorageError(
                "the audio of a segment is damaged.",
                where=str(path),
                cure="Run the same command again: this segment is made anew.",
            )
        return samples

    def finished(self, chapter: int, *, timed: bool = True) -> Iterator[Finished]:
        """Yield a chapter's segments in order with what was made of them.

        Args:
            chapter: Its index.
            timed: Whether the times of words are wanted.
        """
        query = """
            SELECT plan.*, coalesce(translation.text, ''), speech.samples, speech.words
            FROM plan JOIN speech ON speech.key = plan.speech
            LEFT JOIN translation ON translation.key = plan.translation
            WHERE chapter = ? AND position > ? ORDER BY position LIMIT ?"""
        last = -1
        while True:
            with self._guard():
                rows = self._db.execute(query, (chapter, last, _PAGE)).fetchall()
            if not rows:
                return
            for row in rows:
                planned = _planned(row[:8])
                words = json.loads(row[10]) if timed else ()
                yield Finished(planned, row[8], row[9], tuple(WordTime(*word) for word in words))
            last = rows[-1][0]

    def warning_counts(self) -> Iterator[WarningCount]:
        """Yield the warnings of translator and voice, each once, most frequent first."""
        query = """
            SELECT value, count(*) AS n, min(position) FROM (
              SELECT position, value FROM plan
                JOIN translation ON translation.key = plan.translation,
                json_each(translation.warnings)
              UNION ALL
              SELECT position, value FROM plan
                JOIN speech ON speech.key = plan.speech, json_each(speech.warnings))
            GROUP BY value ORDER BY n DESC, 3"""
        with self._guard():
            for row in self._db.execute(query):
                yield WarningCount(*row)

    def doubt_counts(self, most: int) -> Iterator[DoubtCount]:
        """Yield the words that the translator doubted, each once, most frequent first."""
        query = """
            SELECT json_extract(value, '$[1]'), json_extract(value, '$[2]'), count(*) AS n,
              min(position)
            FROM plan JOIN doubt ON doubt.key = plan.translation, json_each(doubt.doubts)
            GROUP BY 1, 2 ORDER BY n DESC, 4 LIMIT ?"""
        with self._guard():
            for row in self._db.execute(query, (most,)):
                yield DoubtCount(*row)

    # Takes made ready for files

    def packets(self, speech: str, key: str, *, trusted: bool = False) -> Packets | None:
        """Return a segment's take as packets; None where it is to be encoded.

        Args:
            speech: Key of its speech.
            key: Of how it was levelled and encoded.
            trusted: Whether its sum was looked at before.
        """
        try:
            return load(self._place(speech, "aac").read_bytes(), key, trusted=trusted)
        except OSError:
            return None

    def save_packets(self, speech: str, key: str, packets: Packets) -> None:
        """Keep a take as packets. What a crash spoils is told by its sum, and encoded again."""
        path = self._place(speech, "aac")
        with storage(path.parent):
            path.parent.mkdir(exist_ok=True)
        with replacing(path, durable=False) as part:
            part.write_bytes(dump(packets, key))

    def forget_old_packets(self) -> None:
        """Remove packets of takes that no segment has any more; sound that costs more is kept."""
        with self._guard():
            kept = {row[0] for row in self._db.execute("SELECT DISTINCT speech FROM plan")}
        with storage(self.folder):
            for path in (self.folder / "audio").glob("*/*.aac"):
                if path.stem not in kept:
                    path.unlink(missing_ok=True)

    def loudness(self, key: str) -> float | None:
        """Return a take's loudness in LUFS, None where it is not measured yet."""
        with self._guard():
            row = self._db.execute("SELECT lufs FROM loudness WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        return float("-inf") if row[0] is None else float(row[0])

    def save_loudness(self, key: str, lufs: float) -> None:
        """Keep a take's loudness, LUFS; -inf for silence."""
        with self._transaction() as db:
            _write_loudness(db, key, lufs)

    # Exports

    def export(self, name: str) -> tuple[str, list[str]]:
        """Return the key under which a format was last written, and its files' names."""
        with self._guard():
            row = self._db.execute(
                "SELECT key, paths FROM export WHERE format = ?", (name,)
            ).fetchone()
        return ("", []) if row is None else (str(row[0]), list(json.loads(row[1])))

    def save_export(self, name: str, key: str, paths: Iterable[str]) -> None:
        """Remember that a format was written whole."""
        with self._transaction() as db:
            row = (name, key, json.dumps(list(paths), ensure_ascii=False))
            db.execute("INSERT OR REPLACE INTO export VALUES(?,?,?)", row)


def flac(samples: Float, sample_rate: int, mark: Mark) -> bytes:
    """Return the audio file that the store keeps of a segment; nothing for no samples."""
    return encode_audio(samples, sample_rate, ".flac", mark.tags()) if len(samples) else b""


def as_kept(samples: Float) -> Float:
    """Return samples (T_wav,) as reading their FLAC gives them: rounded to 16 bits.

    >>> as_kept(np.array([0.5, -1.0], np.float32)).tolist()
    [0.5, -0.999969482421875]
    """
    return np.asarray(to_int16(samples) / np.float32(32768.0), np.float32)


def _write_loudness(db: sqlite3.Connection, key: str, lufs: float) -> None:
    stored = lufs if np.isfinite(lufs) else None
    db.execute("INSERT OR REPLACE INTO loudness VALUES(?,?)", (key, stored))


def _planned(row: Sequence[Any]) -> Planned:
    position, chapter, paragraph, kind, ends_paragraph, *texts = row
    return Planned(position, chapter, paragraph, kind, bool(ends_paragraph), *texts)
