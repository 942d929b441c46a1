"""What corrections of speakers say of words: rows for the lexicon, and what these change.

A corrected sentence is laid beside what the rules make of it. Where one word differs, the Korean
word is taken apart by its grammar, its ending is taken off the corrected form, and what is left is
what the word is in Jeju. A correction of an ending is no matter of the lexicon, and is told.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from kosorong.text.letters.hangul import bare_word, nfc, nfd
from kosorong.translation.corrections import SentenceCorrection
from kosorong.translation.cues import Around, chosen_sense
from kosorong.translation.grammar import Entry, entries, joined, tails_of
from kosorong.translation.inflection import bases, stem_guesses
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.lexicon import Lexicon, Sense
from kosorong.translation.rules import RuleTranslator
from kosorong.translation.tables import RuleTable
from kosorong.translation.transducer import Analysis

_LIKELY = 2
"""Weight of a row that a correction alone speaks for."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What a correction says of a word.

    Attributes:
        row: The sense it is about; of a word that the lexicon lacks, a new one without evidence.
        form: The Jeju form, a verb with 다.
        correction: Which says so.
    """

    row: Sense
    form: str
    correction: SentenceCorrection


@dataclass(frozen=True, slots=True)
class Unlearnt:
    """A corrected word that no row is made of.

    Attributes:
        correction: Which.
        words: What stood there and what was written instead.
        why: With the cure.
    """

    correction: SentenceCorrection
    words: str
    why: str

    def __str__(self) -> str:
        """Return it as one line with file and line."""
        return f"{self.correction.where}: {self.words}: {self.why}"


def lessons_of(
    correction: SentenceCorrection, rules: RuleTranslator, words: Lexicon
) -> Iterator[Lesson | Unlearnt]:
    """Yield what a correction says of each word that it changed.

    Args:
        correction: A sentence and what it should be.
        rules: Towards Jeju.
        words: The lexicon.
    """
    if correction.spelling != "araea":
        yield Unlearnt(
            correction, correction.jeju, "the lexicon is written with ㆍ. Write it so, in araea."
        )
        return
    korean = correction.korean.split()
    for place, was, now in _swapped(correction, rules):
        swap = f"{was} → {now}"
        if place is None:
            yield Unlearnt(
                correction, swap, "which word it is about cannot be told. Correct one word each."
            )
            continue
        yield _lesson(correction, rules, words, (korean, place), now) or Unlearnt(
            correction, swap, "no word but its ending is other. Endings: docs/how-to/mend-words.md."
        )


def _swapped(
    correction: SentenceCorrection, rules: RuleTranslator
) -> Iterator[tuple[int | None, str, str]]:
    """Yield the place of each changed Korean word, what stood for it, and what stands now."""
    machine: list[str] = []
    places: list[int | None] = []
    for change in rules.changes(correction.korean):
        own = [bare_word(word) for word in change.text.split()]
        alone = len(own) == 1 and change.source[1] - change.source[0] == 1
        machine += own
        places += [change.source[0] if alone else None] * len(own)
    written = [bare_word(word) for word in correction.jeju.split()]
    matcher = SequenceMatcher(None, machine, written, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "replace" and b - a == d - c:
            yield from zip(places[a:b], machine[a:b], written[c:d], strict=True)
        elif kind != "equal":
            yield None, " ".join(machine[a:b]), " ".join(written[c:d])


def _lesson(
    correction: SentenceCorrection,
    rules: RuleTranslator,
    words: Lexicon,
    at: tuple[Sequence[str], int],
    now: str,
) -> Lesson | None:
    analysis = rules.read_in(*at)
    if analysis is None:
        return _new_noun(bare_word(at[0][at[1]]), now, correction)
    stem, pos = nfc(analysis.lexeme.source), analysis.lexeme.pos
    senses = words.senses(stem, pos)
    known = [target for sense in senses for target in sense.targets]
    form = _stem_of(now, analysis, known)
    if not form or form == nfc(analysis.lexeme.target):
        return None
    ending = "다" if pos in "va" else ""
    if senses:
        row = senses[chosen_sense([sense.near for sense in senses], Around(*at, stem))]
    else:
        row = _new_row(f"{stem}{ending}", pos, f"{nfc(analysis.lexeme.target)}{ending}")
    return Lesson(row, f"{form}{ending}", correction)


def _new_noun(was: str, now: str, correction: SentenceCorrection) -> Lesson | None:
    """Return what a word that no grammar reads is: a noun, without the particle of both sides."""
    ways = [
        (-len(tail), nfc(nfd(was).removesuffix(tail)), nfc(stem))
        for entry in entries()
        if entry.kind == "particle"
        for form in entry.korean
        for _, tail in tails_of(form)
        if nfd(was).endswith(tail) and len(tail) < len(nfd(was))
        for stem in _stems(nfd(now), entry, "n")
    ]
    _, korean, jeju = min(ways, default=(0, was, now))
    return Lesson(_new_row(korean, "n", ""), jeju, correction) if korean != jeju else None


def _new_row(korean: str, pos: str, was: str) -> Sense:
    return Sense(korean, pos, "", "", was or korean, (), "", "", _LIKELY, (), "")


def _stem_of(now: str, analysis: Analysis, known: Sequence[str]) -> str:
    """Return what a corrected form has before the ending of its Korean word, a known form first."""
    if analysis.entry is None:
        return now
    stems = [*map(nfc, _stems(nfd(now), analysis.entry, analysis.lexeme.pos))]
    return next((stem for stem in stems if stem in known), stems[0] if stems else "")


def _stems(now: str, entry: Entry, pos: str) -> list[str]:
    by_tail: list[tuple[int, str]] = []
    for form in entry.jeju:
        if form.pos not in ("", pos):
            continue
        for slot, tail in tails_of(form):
            head = now.removesuffix(tail)
            if not head or (tail and head == now):
                continue
            guesses = (head,) if slot == "B" else stem_guesses(head, slot, jeju=True)
            for stem in guesses:
                forms = {"B": (stem,)} if slot == "B" else bases(stem, jeju=True)
                if joined(stem, forms, form) == now:
                    by_tail.append((-len(tail), stem))
    return [stem for _, stem in sorted(by_tail)]


def rows_of(lessons: Iterable[Lesson]) -> list[Sense]:
    """Return the rows that lessons mend or add, one a sense; no form of a row is lost.

    The form that most speakers wrote becomes the commonest. One that is known to be said somewhere
    stands beside the commonest and is taken for that region, unless the word was Korean so far.
    """
    by_row: defaultdict[tuple[str, str, str], list[Lesson]] = defaultdict(list)
    for lesson in lessons:
        by_row[lesson.row.key].append(lesson)
    return [_mended(group) for group in by_row.values()]


def _mended(lessons: Sequence[Lesson]) -> Sense:
    row = lessons[0].row
    votes: Counter[str] = Counter()
    for lesson in lessons:
        votes[lesson.form] += 1 + lesson.correction.votes
    korean = row.jeju == row.korean
    usual = [x.form for x in lessons if korean or not x.correction.region]
    first = max(usual, key=lambda form: votes[form], default=row.jeju)
    regions = {(x.form, x.correction.region): None for x in lessons if x.correction.region}
    places = dict.fromkeys((*row.places, *regions, *_moved(row, first)))
    beside = dict.fromkeys((row.jeju, *row.variants, *votes))
    return replace(
        row,
        jeju=first,
        variants=tuple(form for form in beside if form not in (first, row.korean)),
        region=", ".join(place for form, place in places if form == first),
        places=tuple(pair for pair in places if pair[0] != first),
        weight=max(row.weight, _LIKELY),
        evidence=_evidence(row, lessons),
    )


def _moved(row: Sense, first: str) -> Iterator[tuple[str, str]]:
    """Yield where the form is said that was the commonest."""
    if row.region:
        yield from ((row.jeju, place.strip()) for place in row.region.split(","))


def _evidence(row: Sense, lessons: Sequence[Lesson]) -> tuple[str, ...]:
    old = tuple(name for name in row.evidence if name not in ("none", "rule"))
    return tuple(dict.fromkeys((*old, *(x.correction.evidence for x in lessons))))


def with_rows(table: RuleTable, words: Lexicon, rows: Iterable[Sense]) -> RuleTable:
    """Return the rules towards Jeju as they are once the lexicon has other rows.

    Args:
        table: The rules as they were learnt.
        words: The lexicon with the rows.
        rows: Those of them that are new.
    """
    keys = {(row.stem, row.pos) for row in rows}
    lexemes: list[Lexeme] = []
    priors: dict[tuple[str, str], float] = {}
    for lexeme in table.lexemes:
        key = nfc(lexeme.source), lexeme.pos
        if key in keys:
            priors.setdefault(key, lexeme.prior)
        else:
            lexemes.append(lexeme)
    senses: dict[str, Sequence[tuple[str, str]]] = dict(table.senses)
    for stem, pos in keys:
        mine = words.senses(stem, pos)
        targets = dict.fromkeys(sense.targets[0] for sense in mine)
        prior = priors.get((stem, pos), 0.0)
        lexemes += [Lexeme(nfd(stem), nfd(target), pos, 1.0, prior) for target in targets]
        senses.pop(f"{stem} {pos}", None)
        if len(targets) > 1:
            senses[f"{stem} {pos}"] = [(sense.targets[0], sense.near) for sense in mine]
    return _without_phrases(replace(table, lexemes=lexemes, senses=senses), keys)


def _without_phrases(table: RuleTable, keys: Collection[tuple[str, str]]) -> RuleTable:
    """Return rules without the whole words that hold one of some lemmas: their rows decide."""
    reader = RuleTranslator(table)
    first_letters = {nfd(stem)[0] for stem, _ in keys}

    def holds(word: str) -> bool:
        if nfd(word)[0] not in first_letters or " " in word:
            return False
        analysis = reader.read_in([word], 0)
        return analysis is not None and (nfc(analysis.lexeme.source), analysis.lexeme.pos) in keys

    phrases = {word: part for word, part in table.phrases.items() if not holds(word)}
    return replace(table, phrases=phrases)


def in_region(table: RuleTable, words: Lexicon, region: str) -> RuleTable:
    """Return the rules towards Jeju with the forms that are said in a region, where one is known.

    Args:
        table: The rules.
        words: The lexicon.
        region: As somebody writes it: 서귀포, 구좌읍.
    """
    forms = {id(row): row.said_in(region) for row in words}
    rows = [replace(row, jeju=_entry_form(row, forms[id(row)])) for row in words if forms[id(row)]]
    if not rows:
        return table
    keys = {row.key: row for row in rows}
    return with_rows(table, Lexicon(keys.get(row.key, row) for row in words), rows)


def _entry_form(row: Sense, target: str) -> str:
    return f"{target}다" if row.pos in "va" else target


def right_of(
    corrections: Iterable[SentenceCorrection], rules: Mapping[str, RuleTranslator]
) -> list[SentenceCorrection]:
    """Return the corrections that the rules come to by themselves.

    Args:
        corrections: Sentences and what they should be.
        rules: By region, each knowing its forms; those of no region under the empty name.
    """
    return [
        correction
        for correction in corrections
        if _bare(rules.get(correction.region, rules[""]).translate(correction.korean))
        == _bare(correction.jeju)
    ]


def _bare(text: str) -> list[str]:
    return [bare_word(word) for word in text.split()]
