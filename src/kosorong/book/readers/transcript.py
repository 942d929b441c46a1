"""What transcripts of recordings share: which tiers hold what is said, and turns of speakers."""

from __future__ import annotations

import bisect
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kosorong.book.manuscript import Manuscript, Take
from kosorong.book.readers.draft import Draft, language_tag, title_from_name
from kosorong.errors import InputError
from kosorong.ports import JEJU, KOREAN, WordTime
from kosorong.text.langid import language_of

LONGEST_TURN = 8
"""Most utterances of a paragraph."""

_SILENCE = re.compile(
    r"[<\[({]?\s*(?:sil(?:ence)?|sp|spn|pau(?:se)?|p:|bn|noise|xx+|unk|usb|ns|lg|sl)\s*[>\])}]?"
    r"|[\W_]*",
    re.IGNORECASE,
)
_SOUNDS = re.compile(
    r"(?:.*[\s_\-:./])?(?:phones?|phonemes?|phons?|segments?|segs?|syll\w*|mau|kan|sampa|ipa|pitch"
    r"|tones?|tobi|음소|음절)(?:[\s_\-:./].*)?",
    re.IGNORECASE,
)
_JEJU_NAME = re.compile(r".*(?:제주|방언|사투리|jeju|jje|dialect).*", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"(?:.*[\s_\-:./@(])?(?:표준\s?[어말]?|한국어|한국말|영어|일본어|번역문?|풀이|뜻풀이|뜻|대역|해석|주석"
    r"|standard\w*|std|korean|kor|ko|english|eng|en|transl\w*|gloss\w*|gl|free|ft|meaning)"
    r"(?:[\s_\-:./@)].*|\d*)",
    re.IGNORECASE,
)
_LONGEST_NAME = 200  # characters of a tier's name that are looked at
_LATEST = 1e9  # seconds that are written as a time
_SAMPLE = 200  # labels by which the language of a tier is told
_PAUSE = 3.0  # seconds; a new paragraph begins behind it
_WORD_GAP, _LONGEST_OF_WORDS = 0.3, 12.0  # seconds
_FEW_WORDS = 1.5  # a label; tiers of fewer hold words, not utterances
_MUCH = 0.4  # of the most words that a label has on average; one of fewer marks something
_SAME = 0.05  # seconds between two borders that are the same


@dataclass(frozen=True, slots=True)
class Left:
    """What a transcript holds and nobody reads.

    Attributes:
        line: Where it stands.
        text: What it is.
        reason: Why it is not read.
    """

    line: object
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """What somebody says at a stretch.

    Attributes:
        begin: Seconds.
        end: Seconds.
        text: On one line.
        speaker: "" where it is not told.
        words: Seconds from `begin`; none where they are not timed.
    """

    begin: float
    end: float
    text: str
    speaker: str = ""
    words: tuple[WordTime, ...] = ()

    def until(self, end: float, text: str) -> Utterance:
        """Return the utterance gone on with; its words are timed no more."""
        whole = f"{self.text} {text}".strip()
        return replace(self, end=max(end, self.end), text=whole, words=())


@dataclass(frozen=True, slots=True)
class Label:
    """A stretch of a tier.

    Attributes:
        begin: Seconds.
        end: Seconds; not later than `begin` for a point, or where no time is told.
        text: On one line.
    """

    begin: float
    end: float
    text: str

    @property
    def is_said(self) -> bool:
        """True where something is heard: it lasts, and does not mark silence."""
        lasts = -math.inf < self.begin < self.end < math.inf
        return lasts and not says_nothing(self.text)


@dataclass(frozen=True, slots=True)
class Tier:
    """A tier of a transcript.

    Attributes:
        name: As written.
        labels: In the order of time, those that say something.
        speaker: "" where it is not told.
        parent: Name of the tier that it divides or explains, "" for none.
        kind: What the transcriber calls tiers of its kind, "" where there are no kinds.
        silent: Its other labels: points, silence, those without a time.
    """

    name: str
    labels: tuple[Label, ...]
    speaker: str = ""
    parent: str = ""
    kind: str = ""
    silent: tuple[Label, ...] = ()

    @property
    def words(self) -> float:
        """White-space words of a label, on average."""
        return sum(len(label.text.split()) for label in self.labels) / max(1, len(self.labels))


def tier_of(
    name: str, labels: Sequence[Label], speaker: str = "", parent: str = "", kind: str = ""
) -> Tier:
    """Return a tier of labels, those that say something apart from those that do not."""
    ordered = sorted(labels, key=lambda label: (label.begin, label.end))
    cleaned = [replace(label, text=" ".join(label.text.split())) for label in ordered]
    spoken = tuple(label for label in cleaned if label.is_said)
    silent = tuple(label for label in cleaned if not label.is_said)
    return Tier(name, spoken, speaker, parent, kind, silent)


def says_nothing(text: str) -> bool:
    """Tell whether a label marks silence.

    >>> says_nothing("<sil>"), says_nothing("예.")
    (True, False)
    """
    return bool(_SILENCE.fullmatch(text.strip()))


def utterances(tiers: Sequence[Tier], where: str) -> tuple[list[Utterance], list[Tier]]:
    """Return what is said, by all speakers in the order of time, and the tiers that are not.

    Args:
        tiers: All tiers, the first first.
        where: Name of the file, for messages.

    Raises:
        InputError: No tier says anything.
    """
    filled = [tier for tier in tiers if tier.labels]
    candidates = [
        tier for tier in filled if not _SOUNDS.fullmatch(tier.name[:_LONGEST_NAME])
    ] or filled
    if not candidates:
        raise InputError(
            "No tier of the transcript has a text.",
            where=where,
            cure="Write down what is said in a tier of intervals.",
            reason="no_words",
        )
    most = max(tier.words for tier in candidates)
    if most < _FEW_WORDS:
        named = [tier for tier in candidates if not _EXPLAINS.fullmatch(tier.name[:_LONGEST_NAME])]
        main = [_longest(named or candidates)]
        spoken = [utterance for tier in main for utterance in _of_words(tier)]
    else:
        main = _spoken(candidates, most)
        rest = [_Sorted(tier) for tier in _without(filled, main)]
        spoken = [_timed(label, tier.speaker, rest) for tier in main for label in tier.labels]
    spoken.sort(key=lambda utterance: (utterance.begin, utterance.end))
    return spoken, _without(filled, main)


def _without(tiers: Sequence[Tier], main: Sequence[Tier]) -> list[Tier]:
    """Return the other tiers, one that is written twice among them."""
    spoken = set(map(id, main))
    return [tier for tier in tiers if id(tier) not in spoken]


def _spoken(candidates: Sequence[Tier], most: float) -> list[Tier]:
    """Return the tiers of utterances: one for each speaker, no translations of another."""
    main: list[Tier] = []
    begins, ends = _Borders(), _Borders()
    for tier in sorted(
        candidates, key=lambda candidate: (candidate.words < _MUCH * most, _farness(candidate))
    ):
        same_kind = bool(tier.kind) and any(tier.kind == chosen.kind for chosen in main)
        enough = tier.words >= _MUCH * most or (same_kind and not tier.parent)
        under = bool(tier.parent) and any(
            tier.parent in {chosen.name, chosen.parent} for chosen in main
        )
        if enough and not under and not _is_beside(tier, begins, ends):
            main.append(tier)
            begins.add(label.begin for label in tier.labels)
            ends.add(label.end for label in tier.labels)
    return main


def _farness(tier: Tier) -> float:
    """Return how far a tier is from what was said: Jeju first, then Korean, translations last."""
    explains = bool(_EXPLAINS.fullmatch(tier.name[:_LONGEST_NAME]))
    if _JEJU_NAME.fullmatch(tier.name[:_LONGEST_NAME]) and not explains:
        return 0.0
    languages = Counter(filter(None, (language_of(label.text) for label in tier.labels[:_SAMPLE])))
    jeju = languages[JEJU] / max(1, languages.total())
    is_foreign = languages[JEJU] + languages[KOREAN] <= languages.total() / 2
    return 1 + 4 * explains + 2 * is_foreign - round(jeju, 1)


def _is_beside(tier: Tier, begins: _Borders, ends: _Borders) -> bool:
    """Tell whether a tier explains or divides others: its labels begin or end with theirs.

    Where a label begins as another one ends, somebody answers.
    """
    inside = sum(begins.have(label.begin) or ends.have(label.end) for label in tier.labels)
    return inside > 0.5 * len(tier.labels)


class _Borders:
    """Times, of which any near one is found at once: the least and the most of each span."""

    def __init__(self) -> None:
        self._spans: dict[int, tuple[float, float]] = {}

    def add(self, times: Iterable[float]) -> None:
        """Take times in."""
        for at in times:
            span = int(at // _SAME)
            least, most = self._spans.get(span, (at, at))
            self._spans[span] = min(least, at), max(most, at)

    def have(self, at: float) -> bool:
        """Tell whether one of the times is the same."""
        span = int(at // _SAME)
        before, after = self._spans.get(span - 1), self._spans.get(span + 1)
        return (
            span in self._spans
            or (before is not None and before[1] >= at - _SAME)
            or (after is not None and after[0] <= at + _SAME)
        )


def _longest(candidates: Sequence[Tier]) -> Tier:
    """Return the tier with the longest labels: of words, sounds and syllables, the words."""

    def length(tier: Tier) -> float:
        return sum(len(label.text) for label in tier.labels) / len(tier.labels)

    return max(candidates, key=length)


def _of_words(tier: Tier) -> Iterator[Utterance]:
    """Yield utterances of a tier of words: they end where nobody speaks."""
    group: list[Label] = []
    for label in tier.labels:
        gap = group and label.begin - group[-1].end >= _WORD_GAP
        if gap or (group and label.end - group[0].begin > _LONGEST_OF_WORDS):
            yield _utterance(group, tier.speaker)
            group = []
        group.append(label)
    if group:
        yield _utterance(group, tier.speaker)


def _utterance(group: Sequence[Label], speaker: str) -> Utterance:
    begin = group[0].begin
    words = tuple(
        WordTime(word, label.begin - begin, label.end - begin)
        for label in group
        for word in label.text.split()
    )
    text = " ".join(label.text for label in group)
    return Utterance(begin, group[-1].end, text, speaker, words)


def _timed(label: Label, speaker: str, others: Sequence[_Sorted]) -> Utterance:
    """Return a label as an utterance, its words timed where another tier times them."""
    written = label.text.split()
    wanted = [_bare(word) for word in written]
    for other in others:
        inside = other.between(label.begin - _SAME, label.end + _SAME, len(written))
        if [_bare(label.text) for label in inside] == wanted:
            words = tuple(
                WordTime(word, max(0.0, timed.begin - label.begin), timed.end - label.begin)
                for word, timed in zip(written, inside, strict=True)
            )
            return Utterance(label.begin, label.end, label.text, speaker, words)
    return Utterance(label.begin, label.end, label.text, speaker)


class _Sorted:
    """Finds the labels of a tier by their times."""

    def __init__(self, tier: Tier) -> None:
        self._labels = tier.labels
        self._begins = [label.begin for label in tier.labels]

    def between(self, begin: float, end: float, count: int) -> Sequence[Label]:
        """Return the labels that begin and end between two times, none if they are not `count`."""
        first = bisect.bisect_left(self._begins, begin)
        labels = self._labels[first : first + count + 1]
        inside = [label for label in labels if label.end <= end]
        return inside if len(inside) == count else []


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold()


def turns_of(utterances: Sequence[Utterance], pause: float) -> list[list[Utterance]]:
    """Return utterances as turns: one speaker, no pause of so many seconds between."""
    turns: list[list[Utterance]] = []
    for utterance in utterances:
        last = turns[-1][-1] if turns else None
        same = (
            last is not None
            and last.speaker == utterance.speaker
            and utterance.begin - last.end < pause
        )
        if same and len(turns[-1]) < LONGEST_TURN:
            turns[-1].append(utterance)
        else:
            turns.append([utterance])
    return turns


def write_turns(draft: Draft, turns: Sequence[Sequence[Utterance]]) -> None:
    """Write turns into a draft, a paragraph each."""
    for turn in turns:
        takes = [
            Take(utterance.text, utterance.begin, utterance.end, utterance.words)
            for utterance in turn
        ]
        draft.add_takes(clock(turn[0].begin), takes)


def read_tiers(
    draft: Draft, tiers: Sequence[Tier], path: Path, title: str, author: str, language: str
) -> Manuscript:
    """Make the manuscript of a transcript: turns of its speakers, everything else listed.

    Args:
        draft: An empty one.
        tiers: All tiers, the first first.
        path: The file.
        title: Of the book; the file's name where empty.
        author: Of the book.
        language: `ko` or `jje`; Korean where not given.

    Raises:
        InputError: No tier says anything.
    """
    spoken, others = utterances(tiers, path.name)
    write_turns(draft, turns_of(spoken, _PAUSE))
    unread = {id(tier) for tier in others}
    for tier in tiers:
        for label in (*(tier.labels if id(tier) in unread else ()), *tier.silent):
            draft.skip(f"{tier.name} {clock(label.begin)}", label.text, "annotation")
    return draft.finish(title or title_from_name(path.stem), author, language_tag(language))


def clock(seconds: float) -> str:
    """Return a time as people write it.

    >>> clock(3723.5)
    '01:02:03'
    """
    whole = int(min(max(seconds, 0.0), _LATEST))
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
