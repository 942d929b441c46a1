"""Reads transcripts of ELAN (.eaf, EAF 2 and 3): the utterances with their times."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.draft import Draft
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes
from kosorong.book.readers.markup import parse_xml
from kosorong.book.readers.office import Close, OfficeSink
from kosorong.book.readers.transcript import Label, Tier, read_tiers, tier_of
from kosorong.errors import InputError

_DEEPEST = 20  # annotations that explain one another


def read_elan(path: Path, *, title: str = "", author: str = "", language: str = "") -> Manuscript:
    """Read a transcript of ELAN.

    Args:
        path: The file.
        title: Of the book; the file's name where empty.
        author: Of the book.
        language: `ko` or `jje`; Korean where not given.

    Raises:
        InputError: It is damaged, hostile, too large, no transcript, or has no text.
    """
    draft = Draft(path.name)
    sink = _Elan(path.name)
    parse_xml(read_bytes(path, MAX_TEXT_BYTES), path.name, sink)
    sink.close()
    if not sink.is_elan:
        raise InputError(
            "The file is no transcript of ELAN.",
            where=path.name,
            cure="Open it in ELAN and save it anew.",
            reason="damaged",
        )
    return read_tiers(draft, _by_use(sink.tiers()), path, title, author, language)


def _by_use(tiers: list[Tier]) -> list[Tier]:
    """Return tiers without those that only number utterances, so that their children count."""
    numbers = {
        tier.name
        for tier in tiers
        if any(other.parent == tier.name for other in tiers)
        and all(_is_name(label.text) for label in tier.labels)
    }
    return sorted(tiers, key=lambda tier: tier.name in numbers)


def _is_name(text: str) -> bool:
    """Tell whether a text names an utterance rather than writing it down."""
    return len(text.split()) == 1 and any(map(str.isdigit, text))


@dataclass(slots=True)
class _Note:
    """An annotation as it is written.

    Attributes:
        name: Its identifier.
        text: Its value.
        begin: Identifier of a time, "" where another annotation tells it.
        end: Likewise.
        refers: Identifier of the annotation that tells its time.
        after: Identifier of the annotation that it follows under the same one.
        place: How many of its tier stand before it under the same one.
        shares: How many of its tier share the time of the same one.
    """

    name: str = ""
    text: str = ""
    begin: str = ""
    end: str = ""
    refers: str = ""
    after: str = ""
    place: int = 0
    shares: int = 1


@dataclass(slots=True)
class _RawTier:
    """A tier as it is written."""

    name: str
    speaker: str
    parent: str
    kind: str
    notes: list[_Note] = field(default_factory=list)


class _Elan(OfficeSink):
    """Walks through a transcript.

    Attributes:
        is_elan: The outermost element is ELAN's.
    """

    def __init__(self, where: str) -> None:
        super().__init__(where)
        self.is_elan = False
        self._times: dict[str, float] = {}
        self._order: list[str] = []
        self._notes: dict[str, _Note] = {}
        self._tiers: list[_RawTier] = []
        self._note = _Note()

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag == "annotation_document":
            self.is_elan = True
        elif tag == "time_slot":
            self._time(attributes)
        elif tag == "tier":
            name, speaker = attributes.get("tier_id", ""), attributes.get("participant", "")
            parent, kind = (
                attributes.get(attribute, "") for attribute in ("parent_ref", "linguistic_type_ref")
            )
            self._tiers.append(_RawTier(name, speaker, parent, kind))
        elif tag in {"alignable_annotation", "ref_annotation"} and self._tiers:
            self._annotation(attributes)
        elif tag == "annotation_value":
            return self._value()
        return None

    def _annotation(self, attributes: Mapping[str, str]) -> None:
        self._note = _Note(
            attributes.get("annotation_id", ""),
            begin=attributes.get("time_slot_ref1", ""),
            end=attributes.get("time_slot_ref2", ""),
            refers=attributes.get("annotation_ref", ""),
            after=attributes.get("previous_annotation", ""),
        )
        self._notes.setdefault(self._note.name, self._note)
        self._tiers[-1].notes.append(self._note)

    def _time(self, attributes: Mapping[str, str]) -> None:
        identifier, value = attributes.get("time_slot_id", ""), attributes.get("time_value", "")
        self._order.append(identifier)
        if value.isdecimal() and len(value) < 12:
            self._times[identifier] = int(value) / 1000

    def _value(self) -> Close:
        note = self._note

        def keep(text: str) -> None:
            note.text = text

        return self.take(keep)

    def tiers(self) -> list[Tier]:
        """Return the tiers with the times of their annotations, the outermost first."""
        self._fill_times()
        for raw in self._tiers:
            _share_times(raw.notes)
        tiers = [
            tier_of(raw.name, self._labels(raw), raw.speaker, raw.parent, raw.kind)
            for raw in self._tiers
        ]
        return sorted(tiers, key=lambda tier: bool(tier.parent))

    def _fill_times(self) -> None:
        """Give times without a value theirs: evenly between those that have one.

        Those of annotations that follow one another lie between the ends of their line, others
        between the times that are written around them.
        """
        for raw in self._tiers:
            for line in _lines(raw.notes, self._times):
                self._spread(line)
        known = [i for i, name in enumerate(self._order) if name in self._times]
        for left, right in itertools.pairwise(known):
            self._spread(self._order[left : right + 1])

    def _spread(self, line: Sequence[str]) -> None:
        """Spread the times of a line evenly between its first and its last."""
        begin, end = self._times[line[0]], self._times[line[-1]]
        for i, name in enumerate(line[1:-1], 1):
            self._times[name] = begin + (end - begin) * i / (len(line) - 1)

    def _labels(self, raw: _RawTier) -> list[Label]:
        """Return the annotations of a tier; those whose time nothing tells last no time."""
        spans = (self._span(note) or (0.0, 0.0) for note in raw.notes)
        return [Label(*span, note.text) for span, note in zip(spans, raw.notes, strict=True)]

    def _span(self, note: _Note) -> tuple[float, float] | None:
        """Return when an annotation begins and ends: its share of the one that it refers to."""
        line: list[_Note] = []
        while note.refers:
            line.append(note)
            above = self._notes.get(note.refers)
            if above is None or len(line) > _DEEPEST:
                return None
            note = above
        if note.begin not in self._times or note.end not in self._times:
            return None
        begin, end = self._times[note.begin], self._times[note.end]
        for inner in reversed(line):
            step = (end - begin) / inner.shares
            begin += inner.place * step
            end = begin + step
        return begin, end


def _lines(notes: Sequence[_Note], times: Mapping[str, float]) -> Iterator[list[str]]:
    """Yield lines of times that annotations lead along, known at both ends and nowhere between."""
    follows = {note.begin: note.end for note in notes if note.begin and note.end}
    seen: set[str] = set()
    for begin in [slot for slot in follows if slot in times]:
        line = [begin]
        while (after := follows.get(line[-1], "")) and after not in times and after not in seen:
            seen.add(after)
            line.append(after)
        if len(line) > 1 and after in times:
            yield [*line, after]


def _share_times(notes: Sequence[_Note]) -> None:
    """Tell annotations that divide the same one which share of its time is theirs."""
    under: dict[str, list[_Note]] = {}
    for note in notes:
        if note.refers:
            under.setdefault(note.refers, []).append(note)
    for children in under.values():
        for place, note in enumerate(_in_line(children)):
            note.place, note.shares = place, len(children)


def _in_line(notes: Sequence[_Note]) -> list[_Note]:
    """Return annotations of one parent, each behind the one that it says it follows.

    Those that follow none of them stand as they are written, with those behind them.
    """
    names = {note.name for note in notes}
    behind: dict[str, list[_Note]] = {}
    for note in notes:
        behind.setdefault(note.after if note.after in names else "", []).append(note)
    line: list[_Note] = []
    waiting = behind.pop("", [])[::-1]
    while waiting:
        line.append(waiting.pop())
        waiting += behind.pop(line[-1].name, [])[::-1]
    return line + [note for rest in behind.values() for note in rest]
