"""Makes the sounds of a list, and again only those that changed."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kosorong.audio.encode import write_audio
from kosorong.audio.files import storage, write_bytes
from kosorong.audio.mark import Heard, Mark, mark_of
from kosorong.audio.wav import read_audio
from kosorong.ports import NoProgress, Progress, Translation, Voice
from kosorong.wordlist.rows import Row

MANIFEST = "manifest.tsv"
_HEAD = ("id", "file", "jeju", "korean", "made_by", "voice", "village", "licence", "key")
_MACHINE, _PERSON = "machine", "person"
# The voice is seeded, so that the same words always sound the same.
_SEED = 0

Translate = Callable[[list[str]], list[Translation]]


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a list.

    Attributes:
        manifest: The table that lists the sounds.
        made: Ids of the sounds that were made this time.
        warnings: What was not read as written.
    """

    manifest: Path
    made: tuple[str, ...]
    warnings: tuple[str, ...]


def make_sounds(
    rows: Sequence[Row],
    out: Path,
    *,
    voice: Voice,
    translate: Translate | None = None,
    form: str = "mp3",
    speed: float = 1.0,
    progress: Progress | None = None,
) -> Made:
    """Make a sound for each row and write the manifest.

    A person's take goes before the voice. A sound whose row, voice and speed are those of the last
    time stays as it is; sounds of rows that are gone are taken away.

    Args:
        rows: Of `read_rows`.
        out: Folder, made where it is missing.
        voice: Says what nobody has said.
        translate: Into Jeju, for rows that have Korean only.
        form: Ending of the files.
        speed: 1.0 is the voice's own pace.
        progress: Told of every row.

    Raises:
        InputError: A person's take cannot be read.
        StorageError: The disk is full, or the place cannot be written.
    """
    progress = progress or NoProgress()
    known = _known(out)
    with storage(out):
        out.mkdir(parents=True, exist_ok=True)
    table: list[tuple[str, ...]] = []
    made: list[str] = []
    warnings: list[str] = []
    progress.start(len(rows), unit="word")
    try:
        for row in _translated(rows, translate):
            name, key = f"{row.id}.{form}", _key(row, voice, form, speed)
            if known.get(name) != key or not (out / name).is_file():
                warnings += _write(row, out / name, voice, speed)
                made.append(row.id)
            table.append(_line(row, name, voice, key))
            progress.advance()
    finally:
        progress.close()
    _write_manifest(out / MANIFEST, table)
    for gone in known.keys() - {line[1] for line in table}:
        (out / gone).unlink(missing_ok=True)
    return Made(out / MANIFEST, tuple(made), tuple(dict.fromkeys(warnings)))


def _translated(rows: Sequence[Row], translate: Translate | None) -> Iterator[Row]:
    texts = list(dict.fromkeys(row.korean for row in rows if not row.jeju))
    translations = translate(texts) if translate and texts else []
    jeju = {text: done.text for text, done in zip(texts, translations, strict=True)}
    for row in rows:
        yield row if row.jeju else replace(row, jeju=jeju[row.korean])


def _key(row: Row, voice: Voice, form: str, speed: float) -> str:
    """Return a hash of all that a sound is made of."""
    take = hashlib.sha256(row.sound.read_bytes()).hexdigest() if row.sound else voice.fingerprint
    about = (row.jeju, take, form, speed, row.speaker, row.licence)
    return hashlib.sha256("\0".join(map(str, about)).encode()).hexdigest()[:16]


def _write(row: Row, path: Path, voice: Voice, speed: float) -> tuple[str, ...]:
    if row.sound is not None:
        samples, rate = read_audio(row.sound)
        person = Heard(row.speaker or row.sound.stem, row.licence, synthetic=False)
        write_audio(path, samples, rate, {"title": row.jeju, **Mark.of([person]).tags()})
        return ()
    speech = voice.speak(row.jeju, speed=speed, seed=_SEED)
    tags = {"title": row.jeju, **mark_of(voice).tags()}
    write_audio(path, speech.samples, speech.sample_rate, tags)
    return speech.warnings


def _line(row: Row, name: str, voice: Voice, key: str) -> tuple[str, ...]:
    if row.sound is not None:
        by = (_PERSON, row.speaker, row.village, row.licence)
    else:
        by = (_MACHINE, voice.name, "", voice.credit)
    return (row.id, name, row.jeju, row.korean, *by, key)


def _write_manifest(path: Path, table: Sequence[tuple[str, ...]]) -> None:
    text = io.StringIO()
    lines = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE)
    lines.writerow(_HEAD)
    lines.writerows([" ".join(cell.split()) for cell in line] for line in table)
    write_bytes(path, text.getvalue().encode())


def _known(out: Path) -> dict[str, str]:
    """Return file and key of every sound of the last time; none where nothing can be told."""
    try:
        text = (out / MANIFEST).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return {}
    lines = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    rows = [line for line in lines if line.get("file") and line.get("key")]
    # What lies elsewhere is none of ours, whoever wrote it there.
    return {line["file"]: line["key"] for line in rows if Path(line["file"]).name == line["file"]}
