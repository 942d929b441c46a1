"""Pronounced Hangul in the International Phonetic Alphabet, for readers of dictionaries.

What the respelling of `pronounce` leaves to the reader of Hangul is written out: plain
stops are voiced between voiced sounds, ㅅ is palatal before /i/ and /j/, ㄹ a tap or lateral, codas
unreleased. Vowels are those of Jeju as Wiktionary transcribes it: ㅐ /æ/ and ㅔ /e̞/ apart, ㅓ /ə/,
ㅡ /ɨ/, ㆍ /ɒ/; ㅚ is said as ㅞ. Nothing here is a symbol of the models.

>>> ipa("ᄒᆞᆫ저 옵써.")
'h ɒ n d͡ʑ ə  o̞ p̚ s͈ ə'
>>> ipa("궤기 멍는 할망")
'k w e̞ ɡ i  m ə ŋ n ɨ n  h a̠ ɭ m a̠ ŋ'
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kosorong.text.letters.jamo import SILENT, Syllable, split
from kosorong.text.tables import TEXT, read_table

_ROWS = [row.cells for row in read_table(TEXT, "ipa", ("letter", "place", "phones"))]
ONSETS = {letter: phone for letter, place, phone in _ROWS if place == "onset"}
"""Onset → phone at the beginning of a word."""

VOWELS = {letter: phones for letter, place, phones in _ROWS if place == "vowel"}
"""Vowel → its phones, separated by spaces."""

CODAS = {letter: phone for letter, place, phone in _ROWS if place == "coda"}
"""Coda → phone."""

VOICED = {"k": "ɡ", "t": "d", "p": "b", "t͡ɕ": "d͡ʑ", "h": "ɦ"}
"""Phone → what it is after a vowel, /n/, /m/, /ŋ/ or /ɭ/."""

PALATAL = {"sʰ": "ɕʰ", "s͈": "ɕ͈"}
"""Phone → what it is before /i/ and /j/."""

_UNRELEASED = frozenset(("k̚", "t̚", "p̚"))


def ipa(pronounced: str) -> str:
    """Write a pronounced text in IPA.

    Args:
        pronounced: As `kosorong.text.sound.pronounce` respells it; marks are left out.

    Returns:
        Phones, separated by spaces, words by two.
    """
    words = (" ".join(phones(word)) for word in pronounced.split())
    return "  ".join(word for word in words if word)


def phones(word: str) -> list[str]:
    """Return the phones of one pronounced word; what is no syllable is left out."""
    syllables = [item for item in split(word) if isinstance(item, Syllable)]
    return list(_phones(syllables))


def _phones(syllables: Sequence[Syllable]) -> Iterator[str]:
    before = ""
    for syllable in syllables:
        vowels = VOWELS[syllable.vowel].split()
        if syllable.onset != SILENT:
            yield _onset(ONSETS[syllable.onset], before, vowels[0])
        yield from vowels
        before = vowels[-1]
        if syllable.coda:
            before = CODAS[syllable.coda]
            yield before


def _onset(phone: str, before: str, after: str) -> str:
    if phone == "ɾ":
        # ㄹㄹ is one long lateral; a tap stands between vowels.
        return "ɭ" if before == "ɭ" else phone
    if after in ("i", "j"):
        phone = PALATAL.get(phone, phone)
    return VOICED.get(phone, phone) if before and before not in _UNRELEASED else phone
