"""Byte pairs over jamo: the translator's units.

Hangul is taken apart into conjoining jamo (NFD), so that an ending such as -ㅂ니다, whose first
letter lives in another syllable's coda, is a unit of its own and arae-a is a vowel like any
other. Pairs are then merged as in Sennrich et al. 2016, "Neural machine translation of rare
words with subword units", section 3.2, within words only. What the merges cannot spell falls
back to bytes, so every text comes back whole.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kosorong.errors import BundleError
from kosorong.text.letters.hangul import nfc, nfd

PAD, BEGIN, END = "<pad>", "<s>", "</s>"
SPECIALS = (PAD, BEGIN, END)
BYTES = tuple(f"<0x{b:02X}>" for b in range(256))
WORD = "▁"
"""Stands at the beginning of each word, where the white space was."""

FORMAT = "kosorong-jamo-bpe-1"
# How found: bounds memory; decides nothing.
_LONGEST_CACHE = 20_000


class JamoTokenizer:
    """Turns text into units and back.

    Args:
        alphabet: Single characters known as units; `WORD` is always one.
        merges: Pairs of units in the order they were learnt.
        tags: Units that stand for no text, such as `<to-jje>`.

    >>> tokenizer = JamoTokenizer("ᄒᆞᆫ저", [("ᄒ", "ᆞ"), ("ᄒᆞ", "ᆫ")])
    >>> tokenizer.encode("ᄒᆞᆫ저")
    ['▁', 'ᄒᆞᆫ', 'ᄌ', 'ᅥ']
    >>> tokenizer.decode(["▁", "ᄒᆞᆫ", "ᄌ", "ᅥ"])
    'ᄒᆞᆫ저'
    """

    def __init__(
        self,
        alphabet: Iterable[str],
        merges: Sequence[tuple[str, str]] = (),
        tags: Sequence[str] = (),
    ) -> None:
        letters = {c for text in alphabet for c in nfd(text)} | {WORD}
        self.tags = tuple(tags)
        self.merges = tuple((left, right) for left, right in merges)
        joined = dict.fromkeys(left + right for left, right in self.merges)
        self.vocabulary: tuple[str, ...] = (
            *SPECIALS,
            *self.tags,
            *BYTES,
            *sorted(letters),
            *joined,
        )
        self.index: Mapping[str, int] = {unit: n for n, unit in enumerate(self.vocabulary)}
        self._letters = frozenset(letters)
        self._rank = {pair: n for n, pair in enumerate(self.merges)}
        self._cache: dict[str, list[str]] = {}

    def encode(
        self, text: str, *, dropout: float = 0.0, rng: random.Random | None = None
    ) -> list[str]:
        """Return the units of a text.

        Args:
            text: Any text; white space counts as one space between words.
            dropout: Chance that a merge is passed over (Provilkov et al. 2020, "BPE-dropout"),
                for training only.
            rng: Needed where `dropout` is not 0.
        """
        units: list[str] = []
        for word in text.split():
            if dropout and rng is not None:
                units += self._merge(self._split(word), dropout, rng)
            else:
                units += self._cached(word)
        return units

    def decode(self, units: Iterable[str]) -> str:
        """Return the text of units, NFC; specials and tags are left out."""
        silent = {*SPECIALS, *self.tags}
        data = bytearray()
        for unit in units:
            if unit in silent:
                continue
            if len(unit) == 6 and unit.startswith("<0x"):
                data.append(int(unit[3:5], 16))
            else:
                data += unit.replace(WORD, " ").encode()
        text = data.decode("utf-8", errors="replace")
        return nfc(text.removeprefix(" "))

    def words(self, units: Sequence[str]) -> list[int]:
        """Return for each unit the index of its white-space word, or -1 for specials and tags.

        >>> JamoTokenizer("가나").words(["<s>", "▁", "ᄀ", "ᅡ", "▁", "ᄂ"])
        [-1, 0, 0, 0, 1, 1]
        """
        silent = {*SPECIALS, *self.tags}
        word, places = -1, []
        for unit in units:
            word += unit.startswith(WORD)
            places.append(-1 if unit in silent else max(word, 0))
        return places

    def _split(self, word: str) -> list[str]:
        units = [WORD]
        for letter in nfd(word):
            if letter in self._letters and letter != WORD:
                units.append(letter)
            else:
                units += [BYTES[b] for b in letter.encode("utf-8", errors="replace")]
        return units

    def _cached(self, word: str) -> list[str]:
        merged = self._cache.get(word)
        if merged is None:
            if len(self._cache) >= _LONGEST_CACHE:
                self._cache.clear()
            merged = self._cache[word] = self._merge(self._split(word))
        return merged

    def _merge(
        self, units: list[str], dropout: float = 0.0, rng: random.Random | None = None
    ) -> list[str]:
        while len(units) > 1:
            pairs = [
                (rank, n)
                for n in range(len(units) - 1)
                if (rank := self._rank.get((units[n], units[n + 1]))) is not None
                and not (rng is not None and rng.random() < dropout)
            ]
            if not pairs:
                break
            _, n = min(pairs)
            units[n : n + 2] = [units[n] + units[n + 1]]
        return units

    def to_json(self) -> str:
        """Return the tokenizer as JSON text."""
        content = {
            "format": FORMAT,
            "tags": list(self.tags),
            "alphabet": "".join(sorted(self._letters - {WORD})),
            "merges": [f"{left} {right}" for left, right in self.merges],
        }
        return json.dumps(content, ensure_ascii=False, indent=0)

    @classmethod
    def from_json(cls, text: str, where: str = "") -> JamoTokenizer:
        """Read what `to_json` wrote.

        Raises:
            BundleError: The text is no tokenizer of this format.
        """
        try:
            content = json.loads(text)
            if content["format"] != FORMAT:
                raise ValueError(f"format {content['format']!r}")
            merges = [(pair.split(" ")[0], pair.split(" ")[1]) for pair in content["merges"]]
            return cls(content["alphabet"], merges, content["tags"])
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise BundleError(
                f"This is no tokenizer of format {FORMAT} ({error}).",
                where=where,
                cure="Export the bundle again.",
            ) from error

    @classmethod
    def load(cls, path: Path) -> JamoTokenizer:
        """Read a tokenizer file of a bundle."""
        try:
            return cls.from_json(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise BundleError(
                f"The tokenizer cannot be read: {error}.",
                where=str(path),
                cure="Install the bundle again.",
            ) from error
