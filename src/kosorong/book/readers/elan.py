"""Reads transcripts of ELAN (.eaf, EAF 2 and 3): the utterances with their times."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.draft import Draft, language_tag, title_from_name
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes
from kosorong.book.readers.markup import parse_xml
from kosorong.book.readers.office import Close, OfficeSink
from kosorong.book.readers.transcript import (
    Label,
    Tier,
    leave_tiers,
    tier_of,
    turns_of,
    utterances,
    write_turns,
)
from kosorong.errors import InputError

_PAUSE = 3.0  # seconds; a new paragraph begins behind it
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
    said, others = utterances(_by_use(sink.tiers()), path.name)
    write_turns(draft, turns_of(said, _PAUSE))
    leave_tiers(draft, others)
    name = title or title_from_name(path.stem)
    return draft.finish(name, author, language_tag(language))


def _by_use(tiers: list[Tier]) -> list[Tier]:
    """Return tiers without those that only number utterances, so that their children count."""
    numbers = {
        tier.name
        for tier in tiers
        if any(one.parent == tier.name for one in tiers)
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
        text: Its value.
        begin: Identifier of a time, "" where another annotation tells it.
        end: Likewise.
        refers: Identifier of the annotation that tells its time.
        after: Identifier of the annotation that it follows under the same one.
    """

    text: str = ""
    begin: str = ""
    end: str = ""
    refers: str = ""
    after: str = ""


@dataclass(slots=True)
class _RawTier:
    """A tier as it is written."""

    name: str
    speaker: str
    parent: str
    kind: str
    notes: list[str] = field(default_factory=list)


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
                attributes.get(one, "") for one in ("parent_ref", "linguistic_type_ref")
            )
            self._tiers.append(_RawTier(name, speaker, parent, kind))
        elif tag in {"alignable_annotation", "ref_annotation"} and self._tiers:
            identifier = attributes.get("annotation_id") or f"#{len(self._notes)}"
            self._note = self._notes.setdefault(identifier, _Note())
            self._tiers[-1].notes.append(identifier)
            self._note.begin = attributes.get("time_slot_ref1", "")
            self._note.end = attributes.get("time_slot_ref2", "")
            self._note.refers = attributes.get("annotation_ref", "")
            self._note.after = attributes.get("previous_annotation", "")
        elif tag == "annotation_value":
            return self._value()
        return None

    def _time(self, attributes: Mapping[str, str]) -> None:
        identifier, value = attributes.get("time_slot_id", ""), attributes.get("time_value", "")
        self._order.append(identifier)
        if value.isdecimal() and len(value) < 12:
            self._times[identifier] = int(value) / 1000

    def _value(self) -> Close:
        unhear, note = self.hear(), self._note
        self.flow.begin_box()

        def close() -> None:
            unhear()
            note.text = self.flow.taken()

        return close

    def tiers(self) -> list[Tier]:
        """Return the tiers with the times of their annotations, the outermost first."""
        self._fill_times()
        made = [
            tier_of(raw.name, self._labels(raw), raw.speaker, raw.parent, raw.kind)
            for raw in self._tiers
        ]
        return sorted(made, key=lambda tier: bool(tier.parent))

    def _fill_times(self) -> None:
        """Give times without a value theirs: evenly between those that have one."""
        known = [i for i, name in enumerate(self._order) if name in self._times]
        for left, right in itertools.pairwise(known):
            begin, end = self._times[self._order[left]], self._times[self._order[right]]
            for i in range(left + 1, right):
                share = (i - left) / (right - left)
                self._times[self._order[i]] = begin + (end - begin) * share

    def _labels(self, raw: _RawTier) -> list[Label]:
        labels: list[Label] = []
        under: dict[str, list[str]] = {}
        for identifier in raw.notes:
            note = self._notes[identifier]
            if note.refers:
                under.setdefault(note.refers, []).append(identifier)
            elif note.begin in self._times and note.end in self._times:
                begin, end = self._times[note.begin], self._times[note.end]
                labels.append(Label(begin, end, note.text))
        for parent, children in under.items():
            labels += self._divided(parent, children)
        return labels

    def _divided(self, parent: str, children: list[str]) -> list[Label]:
        """Return annotations under another one: one shares its time, several divide it."""
        span = self._span(parent)
        if span is None:
            return []
        begin, step = span[0], (span[1] - span[0]) / len(children)
        return [
            Label(begin + i * step, begin + (i + 1) * step, self._notes[name].text)
            for i, name in enumerate(children)
        ]

    def _span(self, identifier: str) -> tuple[float, float] | None:
        for _ in range(_DEEPEST):
            note = self._notes.get(identifier)
            if note is None:
                return None
            if not note.refers:
                break
            identifier = note.refers
        else:
            return None
        if note.begin not in self._times or note.end not in self._times:
            return None
        return self._times[note.begin], self._times[note.end]
