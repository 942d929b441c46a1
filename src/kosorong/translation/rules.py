"""Rules between Korean and Jeju: stems, endings, particles and whole words, learnt and counted.

A table holds, for one direction, what words, stems and word ends became in sentences that
were translated by people, with their shares. A word is taken apart at the place where stem and
end are best attested together; what no sentence attests stays as it is. No analyser is needed:
everything is looked up on jamo strings.

The table backs the neural translator up, makes synthetic training pairs, and is the dial
between Korean and Jeju: endings change first, then particles, then words.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from kosorong.errors import BundleError
from kosorong.translation.checks import broken_jamo, has_araea
from kosorong.translation.context import in_context
from kosorong.translation.inflection import composed, jamo
from kosorong.translation.lexemes import Lexeme, Lexemes
from kosorong.translation.packed import PackedMapping, Strings
from kosorong.translation.place import ANYWHERE, Place, around, bare_word, place_of
from kosorong.translation.transducer import JJE_KO, KO_JJE, Reading, Transducer, korean_letters

FORMAT = "kosorong-rules-3"
Kind = Literal["ending", "particle", "word"]
KINDS: tuple[Kind, ...] = ("ending", "particle", "word")

LONGEST_PHRASE = 3
SURE_PHRASE = 0.47
ATTESTED = 0.4
_UNKNOWN_STEM = -1.5
_UNKNOWN_LETTER = -0.2
_DO = {"하": "ᄒᆞ", "해": "헤", "했": "헷", "한": "ᄒᆞᆫ", "할": "ᄒᆞᆯ", "합": "ᄒᆞᆸ", "함": "ᄒᆞᆷ"}
_EITHER = frozenset(map(jamo, ["쓰", "달", "적", "짜", "싸", "세"]))
"""Korean stems of a verb that takes an object and of an adjective."""
_SYLLABLES_OF_ENDING = 2
_HELPING = jamo("불"), jamo("버리")
LONGEST_PART = 14
"""Jamo of the longest word end that is looked up."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a stem or a word end becomes.

    Attributes:
        text: The target, in jamo (NFD); for whole words as written (NFC).
        share: How often it became that, 0 to 1.
        kind: Which turn of the dial changes it.
    """

    text: str
    share: float
    kind: Kind = "word"


@dataclass(frozen=True, slots=True)
class RuleTable:
    """The rules of one direction.

    Attributes:
        phrases: One or two written words and what they become.
        stems: Beginnings of words, in jamo.
        ends: Ends of words, in jamo.
        way: Direction of the grammar, see `kosorong.translation.transducer`; empty for none.
        lexemes: Pairs of stems and nouns.
        shares: Learnt weights of pairs of endings.
        attested: Words of the target language's sources and how often they stand there.
        choices: Written words that could be read in several ways, and the stem and part of speech
            that they have, joined by a space.
    """

    phrases: Mapping[str, Part] = field(default_factory=dict)
    stems: Mapping[str, Part] = field(default_factory=dict)
    ends: Mapping[str, Part] = field(default_factory=dict)
    way: str = ""
    lexemes: Sequence[Lexeme] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    attested: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """Return the table as plain data for JSON, composed, which is a third as long."""
        parts = (self.phrases, self.stems, self.ends)
        plain: dict[str, Any] = {
            name: {
                composed(k): [composed(p.text), round(p.share, 2), p.kind[0]]
                for k, p in part.items()
            }
            for name, part in zip(_PARTS, parts, strict=True)
        }
        plain["way"] = self.way
        plain["lexemes"] = [
            [composed(x.source), composed(x.target), x.pos, round(x.share, 2), round(x.prior, 1)]
            for x in self.lexemes
            if not _stays(x)
        ]
        plain["kept"] = _grouped(
            (f"{x.pos}{round(x.prior, 1)}", composed(x.source)) for x in self.lexemes if _stays(x)
        )
        plain["shares"] = {composed(k): round(v, 3) for k, v in self.shares.items()}
        plain["attested"] = _grouped((str(n), word) for word, n in self.attested.items())
        plain["choices"] = _grouped((stem, word) for word, stem in self.choices.items())
        return plain

    @classmethod
    def from_plain(cls, content: Mapping[str, Any]) -> RuleTable:
        """Read what `to_plain` returned."""
        phrases, stems, ends = (
            _parts_of(content[name], form)
            for name, form in zip(_PARTS, (composed, jamo, jamo), strict=True)
        )
        return cls(
            phrases,
            stems,
            ends,
            str(content.get("way", "")),
            Lexemes([*content.get("lexemes", ()), *_kept_of(content.get("kept", {}))]),
            {jamo(k): float(v) for k, v in content.get("shares", {}).items()},
            _counts_of(content.get("attested", {})),
            _choices_of(content.get("choices", {})),
        )


_PARTS = ("phrases", "stems", "ends")


def _parts_of(
    rows: Mapping[str, tuple[str, float, str]], form: Callable[[str], str]
) -> Mapping[str, Part]:
    """Return parts in little memory, see `kosorong.translation.packed`."""
    texts = Strings(form(text) for text, _, _ in rows.values())
    shares = array("d", (max(0.01, share) for _, share, _ in rows.values()))
    initials = [kind[0] for kind in KINDS]
    kinds = bytes(initials.index(kind) for _, _, kind in rows.values())
    return PackedMapping(
        Strings(map(form, rows)), lambda n: Part(texts[n], shares[n], KINDS[kinds[n]])
    )


def _stays(lexeme: Lexeme) -> bool:
    """Tell whether a lexeme is the same in both languages and has no other counterpart."""
    return lexeme.source == lexeme.target and lexeme.share >= 1.0


def _grouped(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return words by what they share: each group one string, which is half as long in JSON."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name, word in rows:
        groups[name].append(word)
    return {name: " ".join(words) for name, words in sorted(groups.items())}


def _kept_of(words_by_kind: Mapping[str, str]) -> Iterator[tuple[str, str, str, float, float]]:
    for kind, words in words_by_kind.items():
        for word in words.split():
            yield word, word, kind[0], 1.0, float(kind[1:])


def _choices_of(words_by_stem: Mapping[str, str]) -> Mapping[str, str]:
    rows = [(stem, words.split()) for stem, words in words_by_stem.items()]
    stems = Strings(stem for stem, _ in rows)
    places = array("I", (n for n, (_, words) in enumerate(rows) for _ in words))
    return PackedMapping(Strings(w for _, words in rows for w in words), lambda n: stems[places[n]])


def _counts_of(words_by_count: Mapping[str, str]) -> Mapping[str, int]:
    rows = [(int(n), words.split()) for n, words in words_by_count.items()]
    counts = array("I", (n for n, words in rows for _ in words))
    return PackedMapping(Strings(word for _, words in rows for word in words), counts.__getitem__)


def dump_tables(tables: Mapping[str, RuleTable]) -> str:
    """Return tables by direction as JSON text."""
    content = {name: table.to_plain() for name, table in tables.items()}
    return json.dumps(
        {"format": FORMAT, "tables": content}, ensure_ascii=False, separators=(",", ":")
    )


def parse_tables(text: str, where: str = "") -> dict[str, RuleTable]:
    """Read what `dump_tables` wrote.

    Raises:
        BundleError: The text holds no rules of this format.
    """
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise ValueError(f"format {content['format']!r}")
        return {name: RuleTable.from_plain(table) for name, table in content["tables"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise BundleError(
            f"These are no rules of format {FORMAT} ({error}).",
            where=where,
            cure="Export the bundle again.",
        ) from error


@dataclass(frozen=True, slots=True)
class WordChange:
    """One step of a translation by rules.

    Attributes:
        source: First source word and end, half open.
        text: What stands for them, punctuation included.
    """

    source: tuple[int, int]
    text: str


class RuleTranslator:
    """Translates by a table.

    Args:
        table: The rules of one direction.

    >>> table = RuleTable(ends={"": Part("", 0.5), "ᄆᆞ": Part("", 1.0)})
    >>> RuleTranslator(table).translate("가나, 다!")
    '가나, 다!'
    """

    def __init__(self, table: RuleTable) -> None:
        self.table = table

    @cached_property
    def _grammar(self) -> Transducer | None:
        # Only when it is asked for: most processes translate in one direction.
        table = self.table
        return Transducer(table.way, table.lexemes, table.shares) if table.way else None

    def becomes(self, word: str) -> str | None:
        """Return what a word becomes by a pair that was learnt; None where none was.

        Nouns stand without a particle; a verb, which no particle follows, with its ending.

        Args:
            word: A word without punctuation, NFC.
        """
        part = self.table.phrases.get(word) or self.table.stems.get(jamo(word))
        if part is not None:
            return composed(part.text)
        known = self._grammar.readings(jamo(word)) if self._grammar is not None else []
        whole = [r for r in known if r.known and (r.entry is None or r.lexeme.pos != "n")]
        best = max(whole, key=self._worth, default=None)
        return None if best is None else composed(best.text)

    def knows(self, word: str) -> bool:
        """Tell whether a Korean word can be read: by a known stem, or by an ending of its own.

        Args:
            word: A word without punctuation, NFC.
        """
        if word in self.table.phrases or self._grammar is None:
            return word in self.table.phrases
        found = self._grammar.readings(jamo(word))
        return any(r.known or _ends_as_verb(word, r) for r in found)

    def translate(self, text: str, kinds: tuple[Kind, ...] = KINDS) -> str:
        """Return the text with every attested word changed.

        Args:
            text: A segment, NFC.
            kinds: What may change.
        """
        return " ".join(change.text for change in self.changes(text, kinds))

    def changes(self, text: str, kinds: tuple[Kind, ...] = KINDS) -> list[WordChange]:
        """Return what every word, or two words, became, in order."""
        words = text.split()
        found: list[WordChange] = []
        n = 0
        while n < len(words):
            for step in range(min(LONGEST_PHRASE, len(words) - n), 0, -1):
                group = words[n : n + step]
                place = place_of(words, n + step)
                if step > 1:
                    changed = self._several(group, kinds, place)
                else:
                    changed = self.word(words[n], kinds, place)
                    if changed is not None and self.table.way == KO_JJE:
                        changed = in_context(words, n, changed)
                if changed is not None:
                    found.append(WordChange((n, n + step), changed))
                    n += step
                    break
        return found

    def _several(self, words: list[str], kinds: tuple[Kind, ...], place: Place) -> str | None:
        """Return what a group of words becomes; None where it is no phrase."""
        before, _, inside = around(words[0])
        between, _, after = around(words[-1])
        group = " ".join(words)
        core = bare_word(group)
        if inside or between or core != group[len(before) : len(group) - len(after)]:
            return None
        part = self.table.phrases.get(core) if "word" in kinds else None
        if part is not None:
            return f"{before}{part.text}{after}"
        last = jamo(bare_word(words[-1]))
        if self._grammar is None or not self._grammar.may_join(jamo(bare_word(words[0])), last):
            return None
        reading = self._read(core, place)
        if reading is None or not reading.known or not kinds:
            return None
        return f"{before}{_told(reading, core, kinds)}{after}"

    def word(self, word: str, kinds: tuple[Kind, ...] = KINDS, place: Place = ANYWHERE) -> str:
        """Return one word changed; punctuation around it stays.

        Args:
            word: A word.
            kinds: What may change.
            place: Where it stands.
        """
        before, core, after = around(word)
        if not core:
            return word
        return f"{before}{self._core(core, kinds, place)}{after}"

    def _core(self, core: str, kinds: tuple[Kind, ...], place: Place) -> str:
        phrase = self.table.phrases.get(core) if "word" in kinds else None
        if phrase is not None and phrase.share >= SURE_PHRASE:
            return phrase.text
        reading = self._read(core, place)
        worth = -math.inf
        if phrase is not None:
            worth = math.log(phrase.share) + self._attestation(phrase.text)
        stays = phrase is not None and reading is not None and reading.lexeme.pos == "w"
        if reading is not None and reading.known and not stays and self._worth(reading) > worth:
            return _told(reading, core, kinds)
        if phrase is not None:
            return phrase.text
        by_parts, score = self._by_parts(core, kinds)
        if reading is not None and reading.score > score:
            return _told(reading, core, kinds)
        return (
            _without_araea(by_parts) if self.table.way == JJE_KO else self._spelled(by_parts, kinds)
        )

    def _spelled(self, word: str, kinds: tuple[Kind, ...]) -> str:
        """Return a Korean word that no rule reads with its 하- and its past spelled as Jeju's."""
        if "word" not in kinds or self._grammar is None:
            return word
        for n, syllable in enumerate(word):
            if n and syllable in _DO and self._grammar.knows_stem(jamo(f"{word[:n]}하")):
                word = word[:n] + _DO[syllable] + word[n + 1 :]
                break
        return composed(jamo(word).replace("\u11bb", "\u11ba"))

    def _read(self, core: str, place: Place) -> Reading | None:
        if self._grammar is None:
            return None
        found = [
            reading
            for reading in self._grammar.readings(jamo(core), place)
            if not broken_jamo(composed(reading.text))
        ]
        found = self._chosen(core, _by_object(found, place))
        return max(found, key=lambda r: (r.known, self._worth(r)), default=None)

    def _chosen(self, core: str, found: list[Reading]) -> list[Reading]:
        """Return the readings of the stem that a written word is known to have."""
        choice = self.table.choices.get(core)
        return [
            r for r in found if choice == f"{composed(r.lexeme.source)} {r.lexeme.pos}"
        ] or found

    def _worth(self, reading: Reading) -> float:
        return reading.score + self._attestation(composed(reading.text))

    def _attestation(self, text: str) -> float:
        """Return what it adds that sources hold the words of a text."""
        words = text.split()
        counted = (math.log1p(self.table.attested.get(word, 0)) for word in words)
        return ATTESTED * sum(counted) / max(1, len(words))

    def _by_parts(self, core: str, kinds: tuple[Kind, ...]) -> tuple[str, float]:
        letters = jamo(core)
        best, changed = -math.inf, letters
        for cut in range(max(0, len(letters) - LONGEST_PART), len(letters) + 1):
            end = self.table.ends.get(letters[cut:])
            if end is None:
                continue
            stem = self.table.stems.get(letters[:cut])
            if stem is None:
                score = math.log(end.share) + _UNKNOWN_STEM + _UNKNOWN_LETTER * cut
            else:
                score = math.log(end.share) + math.log(stem.share)
            if score > best:
                head = letters[:cut] if stem is None or stem.kind not in kinds else stem.text
                tail = letters[cut:] if end.kind not in kinds else end.text
                # A stem and an end that were never seen together may leave half a syllable.
                if not broken_jamo(composed(head + tail)):
                    best, changed = score, head + tail
        return composed(changed), best


def _without_araea(word: str) -> str:
    return composed(korean_letters(jamo(word))) if has_araea(word) else word


def _ends_as_verb(word: str, reading: Reading) -> bool:
    """Tell whether an unknown word has an ending of two syllables, which no name has."""
    more = len(word) - len(composed(reading.lexeme.source))
    return reading.lexeme.pos != "n" and more >= _SYLLABLES_OF_ENDING


def _by_object(found: list[Reading], place: Place) -> list[Reading]:
    """Return readings without the verb that has no object here, or without its adjective.

    적습니다 is to write with something to write, and to be few without.
    """
    other = "a" if place.acts else "v"
    kept = [r for r in found if r.lexeme.source not in _EITHER or r.lexeme.pos != other]
    if not place.helps:
        # Jeju 불- is to blow, and to have done something for good behind another verb.
        kept = [r for r in kept if (r.lexeme.source, r.lexeme.target) != _HELPING]
    return kept if any(r.known for r in kept) else found


def _told(reading: Reading, core: str, kinds: tuple[Kind, ...]) -> str:
    if "word" in kinds:
        return composed(reading.text)
    return composed(reading.plain) if reading.kind in kinds else core


def kinds_of(strength: float) -> tuple[Kind, ...]:
    """Return what changes at a strength: endings up to ⅓, particles up to ⅔, then words.

    >>> kinds_of(0), kinds_of(0.3), kinds_of(0.6), kinds_of(1)
    ((), ('ending',), ('ending', 'particle'), ('ending', 'particle', 'word'))
    """
    return KINDS[: math.ceil(round(strength * 3, 6))]
