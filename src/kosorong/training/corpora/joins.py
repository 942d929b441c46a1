"""Several corpora as one: people of many collections teach one model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.errors import CorpusError
from kosorong.training.corpora.importers import PHONES, safe_name
from kosorong.training.corpora.manifest import (
    MANIFEST,
    Utterance,
    keep_texts_apart,
    read_layout,
    read_manifest,
    write_layout,
    write_manifest,
)
from kosorong.training.corpora.phones import read_phones, write_phones
from kosorong.training.corpora.phrases import bring
from kosorong.training.corpora.rows import Phone


@dataclass(frozen=True, slots=True)
class Joined:
    """What joining gave.

    Attributes:
        utterances: Rows of the new manifest, in the order of the corpora.
        renamed: One line for each speaker who got another name.
        moved: How many utterances changed their split, for another corpus holds their text out.
    """

    utterances: tuple[Utterance, ...]
    renamed: tuple[str, ...]
    moved: int


def join(sources: Sequence[Path], dest: Path) -> Joined:
    """Write a corpus of all utterances of others; held-out ones stay held out.

    A speaker's name that stands in several corpora is several people: each gets the name of the
    corpus's folder before it. So do all ids of the corpora that share one.

    Args:
        sources: Imported corpora; left as they are.
        dest: Another folder; made if missing.

    Raises:
        CorpusError: There are fewer than two, one stands twice or has no manifest, a sound file is
            missing, or `dest` is one of them.
        StorageError: The disk is full, or the folder cannot be written.
    """
    places = [source.resolve() for source in sources]
    _refuse(places, dest.resolve())
    labels = _labels(places)
    corpora = [read_manifest(source) for source in sources]
    speakers = _apart([{row.speaker for row in rows} for rows in corpora], labels)
    ids = _apart([{row.id for row in rows} for rows in corpora], labels, whole=True)
    with storage(dest):
        dest.mkdir(parents=True, exist_ok=True)
        (dest / MANIFEST).unlink(missing_ok=True)
    joined: list[Utterance] = []
    phones: dict[str, list[Phone]] = {}
    for n, (source, rows) in enumerate(zip(sources, corpora, strict=True)):
        for row in rows:
            audio = f"audio/{labels[n]}/{row.audio.removeprefix('audio/')}"
            bring(source / row.audio, dest / audio)
            joined.append(
                replace(row, id=ids[n][row.id], speaker=speakers[n][row.speaker], audio=audio)
            )
        times = read_phones(source / PHONES)
        phones |= {ids[n][name]: some for name, some in times.items() if name in ids[n]}
    (dest / PHONES).unlink(missing_ok=True)
    if phones:
        write_phones(dest / PHONES, phones)
    kinds = {kind for corpus in sources for kind in (read_layout(corpus) or "unknown").split("+")}
    write_layout(dest, "+".join(sorted(kinds)))
    apart = keep_texts_apart(joined)
    write_manifest(dest, apart)
    moved = sum(new.split != old.split for new, old in zip(apart, joined, strict=True))
    return Joined(tuple(apart), tuple(_told(labels, speakers)), moved)


def _refuse(places: Sequence[Path], dest: Path) -> None:
    if len(places) < 2:
        raise CorpusError("one corpus is nothing to join.", cure="Name two or more, then DEST.")
    twice = [place for place, times in Counter(places).items() if times > 1]
    if twice:
        raise CorpusError("the corpus stands twice.", where=str(twice[0]), cure="Name it once.")
    if dest in places:
        raise CorpusError(
            "a corpus cannot be joined into its own folder.",
            where=str(dest),
            cure="Name another folder, the last one of the command.",
        )


def _labels(places: Sequence[Path]) -> list[str]:
    """Return a name for each corpus that no other has: its folder's, numbered where needed."""
    labels: list[str] = []
    for place in places:
        name = safe_name(place.name) or "corpus"
        taken = {label.casefold() for label in labels}
        numbered = chain([name], (f"{name}-{n}" for n in count(2)))
        labels.append(next(label for label in numbered if label.casefold() not in taken))
    return labels


def _apart(
    names: Sequence[Set[str]], labels: Sequence[str], *, whole: bool = False
) -> list[dict[str, str]]:
    """Return the new name of each name, for each corpus.

    Args:
        names: Of each corpus.
        labels: What is put before those that stand in several corpora.
        whole: Put it before all names of such a corpus: phrases keep to their recordings' ids.
    """
    shared = {name for name, corpora in Counter(chain(*names)).items() if corpora > 1}
    new = [
        {
            name: f"{label}-{name}" if name in shared or (whole and shared & some) else name
            for name in some
        }
        for label, some in zip(labels, names, strict=True)
    ]
    twice = [
        name for name, times in Counter(chain(*(n.values() for n in new))).items() if times > 1
    ]
    if twice:
        raise CorpusError(
            f"two corpora have the name {min(twice)}.",
            cure="Give one of their folders another name.",
        )
    return new


def _told(labels: Sequence[str], speakers: Sequence[Mapping[str, str]]) -> list[str]:
    return [
        f"{label}: {old} is {new}"
        for label, names in zip(labels, speakers, strict=True)
        for old, new in sorted(names.items())
        if old != new
    ]
