"""Tables of rules: what they hold, and how they lie in a bundle."""

from __future__ import annotations

import json
import math
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from kosorong.errors import BundleError
from kosorong.text.letters.hangul import nfc, nfd
from kosorong.translation.compact_tables import PackedMapping, Strings
from kosorong.translation.lexemes import Lexeme, Lexemes

FORMAT = "kosorong-rules-3"
Kind = Literal["ending", "particle", "word"]
KINDS: tuple[Kind, ...] = ("ending", "particle", "word")


@dataclass(frozen=True, slots=True)
class RulePart:
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
        senses: Stem and part of speech, joined by a space, of words of several senses, and of each
            sense its counterpart and its cues (see `kosorong.translation.cues`); the first is
            meant where nothing tells.
    """

    phrases: Mapping[str, RulePart] = field(default_factory=dict)
    stems: Mapping[str, RulePart] = field(default_factory=dict)
    ends: Mapping[str, RulePart] = field(default_factory=dict)
    way: str = ""
    lexemes: Sequence[Lexeme] = ()
    shares: Mapping[str, float] = field(default_factory=dict)
    attested: Mapping[str, int] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    senses: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)

    def to_plain(self) -> dict[str, Any]:
        """Return the table as plain data for JSON, composed, which is a third as long."""
        parts = (self.phrases, self.stems, self.ends)
        plain: dict[str, Any] = {
            name: {nfc(k): [nfc(p.text), round(p.share, 2), p.kind[0]] for k, p in part.items()}
            for name, part in zip(_PARTS, parts, strict=True)
        }
        plain["way"] = self.way
        plain["lexemes"] = [
            [nfc(x.source), nfc(x.target), x.pos, round(x.share, 2), round(x.prior, 1)]
            for x in self.lexemes
            if not _stays(x)
        ]
        plain["kept"] = _grouped(
            (f"{x.pos}{round(x.prior, 1)}", nfc(x.source)) for x in self.lexemes if _stays(x)
        )
        plain["shares"] = {nfc(k): round(v, 3) for k, v in self.shares.items()}
        plain["attested"] = _grouped((str(n), word) for word, n in self.attested.items())
        plain["choices"] = _grouped((stem, word) for word, stem in self.choices.items())
        plain["senses"] = {word: [*map(list, senses)] for word, senses in self.senses.items()}
        return plain

    @classmethod
    def from_plain(cls, content: Mapping[str, Any]) -> RuleTable:
        """Read what `to_plain` returned."""
        phrases, stems, ends = (
            _parts_of(content[name], form)
            for name, form in zip(_PARTS, (nfc, nfd, nfd), strict=True)
        )
        return cls(
            phrases,
            stems,
            ends,
            str(content.get("way", "")),
            Lexemes(content.get("lexemes", ()), [*_kept_of(content.get("kept", {}))]),
            {nfd(k): float(v) for k, v in content.get("shares", {}).items()},
            _counts_of(content.get("attested", {})),
            _choices_of(content.get("choices", {})),
            _senses_of(content.get("senses", {})),
        )


_PARTS = ("phrases", "stems", "ends")


def _parts_of(
    rows: Mapping[str, tuple[str, float, str]], form: Callable[[str], str]
) -> Mapping[str, RulePart]:
    """Return parts in little memory, see `kosorong.translation.compact_tables`."""
    texts = Strings(form(text) for text, _, _ in rows.values())
    shares = array("d", (max(0.01, share) for _, share, _ in rows.values()))
    initials = [kind[0] for kind in KINDS]
    kinds = bytes(initials.index(kind) for _, _, kind in rows.values())
    return PackedMapping(
        Strings(map(form, rows)), lambda n: RulePart(texts[n], shares[n], KINDS[kinds[n]])
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


def _senses_of(rows: Mapping[str, Sequence[Sequence[str]]]) -> dict[str, list[tuple[str, str]]]:
    return {word: [(target, near) for target, near in senses] for word, senses in rows.items()}


def _kept_of(words_by_kind: Mapping[str, str]) -> Iterator[tuple[str, str, float]]:
    for kind, words in words_by_kind.items():
        for word in words.split():
            yield word, kind[0], float(kind[1:])


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


def kinds_of(strength: float) -> tuple[Kind, ...]:
    """Return what changes at a strength: endings up to ⅓, particles up to ⅔, then words.

    >>> kinds_of(0), kinds_of(0.3), kinds_of(0.6), kinds_of(1)
    ((), ('ending',), ('ending', 'particle'), ('ending', 'particle', 'word'))
    """
    return KINDS[: math.ceil(round(strength * 3, 6))]
