"""A part of a corpus as a corpus of its own: some speakers, or so many minutes of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.errors import CorpusError
from kosorong.training.corpora.importers import PHONES
from kosorong.training.corpora.manifest import (
    MANIFEST,
    Utterance,
    read_layout,
    read_manifest,
    write_layout,
    write_manifest,
)
from kosorong.training.corpora.phones import read_phones, write_phones
from kosorong.training.corpora.phrases import bring


def take_part(
    source: Path,
    dest: Path,
    *,
    only: Collection[str] = (),
    without: Collection[str] = (),
    minutes: float | None = None,
) -> list[Utterance]:
    """Write a corpus of some of another's utterances; held-out ones stay held out.

    Args:
        source: An imported corpus; left as it is.
        dest: Another folder; made if missing.
        only: Speakers to take; all where empty.
        without: Speakers to leave out.
        minutes: Most of each speaker's recordings that teach, in the manifest's order. Phrases cut
            from a recording go with it and do not count; nor do held-out utterances.

    Returns:
        The new manifest's rows.

    Raises:
        CorpusError: `source` has no manifest, lacks a speaker that is named, nothing is left, or
            both folders are the same.
        StorageError: The disk is full, or the folder cannot be written.
    """
    if source.resolve() == dest.resolve():
        raise CorpusError("a part cannot replace its own corpus.", cure="Name another folder.")
    rows = read_manifest(source)
    known = {row.speaker for row in rows}
    if unknown := sorted({*only, *without} - known):
        raise CorpusError(
            f"there is no speaker {', '.join(unknown)}.",
            where=str(source / MANIFEST),
            cure=f"There are: {', '.join(sorted(known))}.",
        )
    wanted = (set(only) or known) - set(without)
    own = [row for row in rows if row.speaker in wanted]
    own = own if minutes is None else list(_within(own, 60.0 * minutes))
    if not own:
        raise CorpusError("nothing is left.", cure="Name fewer speakers to leave out.")
    with storage(dest):
        dest.mkdir(parents=True, exist_ok=True)
        (dest / MANIFEST).unlink(missing_ok=True)
    for row in own:
        bring(source / row.audio, dest / row.audio)
    phones = read_phones(source / PHONES)
    (dest / PHONES).unlink(missing_ok=True)
    if phones:
        ids = {row.id for row in own}
        write_phones(dest / PHONES, {name: some for name, some in phones.items() if name in ids})
    write_layout(dest, read_layout(source))
    write_manifest(dest, own)
    return own


def _within(rows: list[Utterance], seconds: float) -> Iterator[Utterance]:
    """Yield held-out rows, and of each speaker's recordings those that fit, with their phrases."""
    texts = {row.id: (row.speaker, row.text) for row in rows}
    taken: dict[str, float] = {}
    kept: set[str] = set()
    for row in rows:
        recording = row.id.rpartition("-")[0]
        speaker, text = texts.get(recording, ("", ""))
        # Others number their recordings so, too: a phrase is a part of what its recording says.
        is_phrase = speaker == row.speaker and row.text.rstrip(",") in text
        if row.split != "train" or (is_phrase and recording in kept):
            yield row
        elif not is_phrase:
            taken[row.speaker] = taken.get(row.speaker, 0.0) + row.seconds
            if taken[row.speaker] <= seconds:
                kept.add(row.id)
                yield row
