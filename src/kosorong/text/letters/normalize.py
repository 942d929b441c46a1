r"""One spelling for every way of typing Hangul, arae-a above all.

The canonical form is NFC with conjoining jamo for syllables that Unicode has no single character
for. Arae-a comes in many forms: conjoining jamo, typed letters (ㅎㆍㄴ), half-width letters, a
middle dot for the vowel, private characters of old word processors, Unicode-decomposed text. All
become onset, vowel (U+119E, U+11A2 or U+11A1) and coda. No letter is lost and none is added but
the silent onset that a vowel needs to stand alone.

>>> ascii(normalize("ㅎㆍㄴ디"))
"'\\u1112\\u119e\\u11ab\\ub514'"
>>> to_modern(normalize("ㅎㆍㄴ디"))
'혼디'
>>> text, notes = normalize_with_notes("Ａ\u200b급")
>>> text, notes[1].kind
('A급', 'invisible')
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from kosorong.text.letters.hangul import ARAEA_SYLLABLE, ARAEA_VOWELS, LONE_ARAEA, LONE_ARAEA_I, nfc
from kosorong.text.letters.hanyang import FIRST, LAST, hanyang
from kosorong.text.letters.jamo import (
    ARAEA,
    ARAEA_I,
    CODA_CLASS,
    CODA_PARTS,
    CODAS,
    CONJOINING_ONSET,
    DOUBLE_ARAEA,
    ONSET_CLASS,
    ONSETS,
    OPEN_CLASS,
    SILENT,
    VOWEL_CLASS,
    Syllable,
    compose,
    decompose,
    typed_letter,
)


@dataclass(frozen=True, slots=True)
class Note:
    """One change beyond recomposition.

    Attributes:
        index: Where it was, in characters of the text given.
        kind: `control`, `invisible`, `line break`, `surrogate`, `width`, `private`,
            `unread private` or `middle dot`.
        before: What stood there.
        after: What stands there now; empty where it was removed.
    """

    index: int
    kind: str
    before: str
    after: str


_DOTS = "·・•‧∙⋅･"
_PARTICLES = "은는이가을를과와의도만에로"

# A dot is the vowel only between a lone consonant and a syllable, or between two lone consonants
# before a syllable that is no particle (ㄱ·ㄴ은 lists letters).
_DOT_VOWEL = re.compile(
    f"(?<![{_DOTS}ㄱ-ㅣ])([ㄱ-ㅎ])[{_DOTS}](?=[가-힣]|[ㄱ-ㅎ](?![{_PARTICLES}])[가-힣])"
)

_INVISIBLE = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff"
)
_BREAKS = "\x0b\x0c\x85\u2028\u2029"
_UNUSUAL = re.compile(
    f"(?P<surrogate>[\ud800-\udfff]+)|(?P<breaks>[{_BREAKS}])"
    "|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x9f])"
    f"|(?P<invisible>[{_INVISIBLE}])|(?P<width>[\u3000\uff01-\uff5e]+)"
    f"|(?P<narrow>[\uffa1-\uffdc]+)|(?P<private>[{chr(FIRST)}-{chr(LAST)}])"
)

_TYPED_ARAEA = ARAEA + ARAEA_I
# Typed letters of an arae-a syllable; its consonants may be conjoining already.
_ARAEA_TYPED = re.compile(
    f"([{ONSETS}{ONSET_CLASS}])({ARAEA * 2}|[{_TYPED_ARAEA}{ARAEA_VOWELS}])"
    f"([ㄱ-ㅎ]{{1,2}}(?![ㅏ-ㅣ{_TYPED_ARAEA}{VOWEL_CLASS}]))?"
)
# Conjoining jamo where no syllable takes them.
_LONE_CONSONANT = re.compile(
    f"[{ONSET_CLASS}](?![{VOWEL_CLASS}])|(?<![{VOWEL_CLASS}{OPEN_CLASS}])[{CODA_CLASS}]"
)
_LONE_VOWEL = re.compile(
    f"(?:\u114c|(?<![{ONSET_CLASS}]))((?<![{ONSETS}])[{ARAEA_VOWELS}]"
    f"|(?![{ARAEA_VOWELS}])[{VOWEL_CLASS}])"
)
_TYPED_SYLLABLE = re.compile(f"([{ONSETS}])([ㅏ-ㅣ])([ㄱ-ㅎ](?![ㅏ-ㅣ]))?")

# The Jeju ending typed 염ㅅ저 is 여ᇝ저: ㅅ between a coda ㅁ and a syllable belongs to the coda.
_MIEUM_SIOS = re.compile(
    f"([{''.join(chr(ord(point) + CODAS.index('ㅁ')) for point in OPEN_CLASS)}]"
    f"|[{ONSET_CLASS}][{ARAEA_VOWELS}]\u11b7)ㅅ(?=[가-힣{ONSET_CLASS}])"
)

_CLUSTERS = {form: coda for coda in (*CODAS, "ㅯ", "ᇚ") for form in (coda, CODA_PARTS[coda])}
_VOWEL = {ARAEA * 2: DOUBLE_ARAEA, LONE_ARAEA: ARAEA, LONE_ARAEA_I: ARAEA_I}
_MODERN_VOWEL = {ARAEA: "ㅗ", DOUBLE_ARAEA: "ㅛ", ARAEA_I: "ㅔ"}


def normalize(text: str) -> str:
    """Bring a text to canonical form; what is canonical stays as it is.

    White space is kept, but vertical tabs, form feeds and Unicode separators become line feeds.
    """
    return normalize_with_notes(text)[0]


def normalize_with_notes(text: str) -> tuple[str, tuple[Note, ...]]:
    """Bring a text to canonical form and say what was changed beyond recomposing syllables.

    Args:
        text: Any text; lone surrogates, controls and private characters may be in it.

    Returns:
        The canonical text and the changes, ordered by kind of pass, then by place.
    """
    notes: list[Note] = []

    def unusual(match: re.Match[str]) -> str:
        after = _usual(match)
        kind = str(match.lastgroup)
        if kind == "private" and after == match[0]:
            kind = "unread private"
        kind = {"breaks": "line break", "narrow": "width"}.get(kind, kind)
        notes.append(Note(match.start(), kind, match[0], after))
        return after

    text = _UNUSUAL.sub(unusual, text)
    changes = len(notes)
    while True:
        # Recomposed letters can bring a dot to light that stood between scattered ones.
        for match in _DOT_VOWEL.finditer(text):
            index = _index_before(match.start() + 1, notes[:changes])
            notes.append(Note(index, "middle dot", match[0][1], ARAEA))
        text = _recompose(_DOT_VOWEL.sub(rf"\1{ARAEA}", text))
        if not _DOT_VOWEL.search(text):
            return text, tuple(notes)


def _index_before(index: int, notes: list[Note]) -> int:
    """Return where a character stood before the noted changes."""
    for note in notes:
        if note.index >= index:
            break
        index += len(note.before) - len(note.after)
    return index


def _usual(match: re.Match[str]) -> str:
    """Return what stands for an unusual run of characters."""
    run = match[0]
    if match["surrogate"]:
        return run.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    if match["breaks"]:
        return "\n"
    if match["width"]:
        return "".join(" " if char == "\u3000" else chr(ord(char) - 0xFEE0) for char in run)
    if match["narrow"]:
        return _TYPED_SYLLABLE.sub(_from_typed, "".join(map(_wide_letter, run)))
    return hanyang().get(run, run) if match["private"] else ""


def _wide_letter(narrow: str) -> str:
    """Return the typed letter of a half-width one."""
    decomposition = unicodedata.decomposition(narrow)
    return chr(int(decomposition.split()[1], 16)) if decomposition else narrow


def _from_typed(match: re.Match[str]) -> str:
    """Write typed letters of a modern syllable as one character; a double onset is no coda."""
    onset, vowel, coda = match[1], match[2], match[3] or ""
    fits = coda in CODAS
    return compose(Syllable(onset, vowel, coda if fits else "")) + ("" if fits else coda)


def _recompose(text: str) -> str:
    """Put letters together to syllables."""
    text = nfc(text)
    text = _LONE_CONSONANT.sub(lambda match: typed_letter(match[0]), text)
    text = _LONE_VOWEL.sub(rf"{CONJOINING_ONSET[SILENT]}\1", text)
    text = _ARAEA_TYPED.sub(_araea_syllable, text)
    text = _MIEUM_SIOS.sub(_with_sios, text)
    return nfc(text)


def _with_sios(match: re.Match[str]) -> str:
    """Write a syllable that ends in ㅁ with the coda ᇝ."""
    return compose(decompose(match[1])._replace(coda="ㅯ"))


def _araea_syllable(match: re.Match[str]) -> str:
    """Write an arae-a syllable of typed letters; letters that are no coda stay behind it."""
    onset, vowel, tail = match[1], match[2], match[3] or ""
    coda, rest = tail, ""
    if coda not in _CLUSTERS:
        coda, rest = (tail[0], tail[1:]) if tail[0] in CODAS else ("", tail)
    syllable = Syllable(typed_letter(onset), _VOWEL.get(vowel, vowel), _CLUSTERS[coda])
    return compose(syllable) + rest


def to_modern(text: str) -> str:
    """Write a canonical text in the province's modern spelling: ᆞ as ㅗ, ᆢ as ㅛ, ᆡ as ㅔ.

    >>> to_modern("ᄋᆢ라 ᄉᆞ나이")
    '요라 소나이'
    """
    return ARAEA_SYLLABLE.sub(_modern_syllable, text)


def _modern_syllable(match: re.Match[str]) -> str:
    """Write one arae-a syllable with its modern vowel."""
    syllable = decompose(match[0])
    return compose(syllable._replace(vowel=_MODERN_VOWEL[syllable.vowel]))
