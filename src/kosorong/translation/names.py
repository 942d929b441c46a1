"""Names in Korean text, told by their shape: no list holds all of them, and no model knows them.

A name is a guess: what looks like one (a surname before two syllables of given names, a word
before 씨, an unknown word before a particle) must come out of a translation as it went in. A guess
that was wrong costs nothing where the word would have stayed as it was anyway.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kosorong.text.letters.full_names import SURNAMES, is_full_name
from kosorong.text.letters.hangul import around
from kosorong.text.letters.particles import agrees
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import any_of

_TITLE = "씨"
# Only what stands behind nouns: 다, 고, 지 and 나 end verbs too.
CASE = re.compile(
    f"(?:{any_of('word_lists.behind-names', TRANSLATION)})?(?:"
    f"{any_of('word_lists.behind-particles', TRANSLATION)})?"
)
_TITLED = re.compile(
    f"(?:{any_of('word_lists.titles', TRANSLATION)})님?(?:들)?"
    f"(?:{CASE.pattern}|[이가은는을를의]|입니다|이다)"
)
_COUNTS = frozenset("한이제")
"""Surnames that count or point where they stand apart: 한 선생님, a teacher; 제 자식."""
# How found: letters of the longest name looked for before its particle; a guess.
_LONGEST_HEAD = 8


@dataclass(frozen=True, slots=True)
class Name:
    """What looks like a name.

    Attributes:
        word: Index of its word in the text split at white space.
        text: The name, without particles and punctuation.
    """

    word: int
    text: str


def names_in(text: str, knows: Callable[[str], bool]) -> list[Name]:
    """Return what looks like names in a Korean text, at most one a word.

    Args:
        text: Korean text.
        knows: Tells whether the rules can read a word.

    >>> [name.text for name in names_in("김영수는 도쿄의 순이 씨와 걸었다.", lambda word: False)]
    ['김영수', '도쿄', '순이']
    """
    words = text.split()
    names = []
    for n, word in enumerate(words):
        titled = n + 1 < len(words) and words[n + 1].startswith(_TITLE)
        name = _name_of(around(word)[1], knows, titled=titled)
        if name:
            names.append(Name(n, name))
    return names


def is_surname(words: Sequence[str], n: int) -> bool:
    """Tell whether a word is a surname before a title or a given name.

    Args:
        words: A text, split at white space.
        n: Which of its words.

    >>> [is_surname(text.split(), 0) for text in ("김 선생님은", "배 순희가", "배 타고")]
    [True, True, False]
    """
    _, core, after = around(words[n])
    if core not in SURNAMES or after or n + 1 == len(words):
        return False
    behind, following, _ = around(words[n + 1])
    if behind:
        return False
    if core in _COUNTS:
        return False
    if _TITLED.fullmatch(following):
        return True
    return is_full_name(core + following[:2], rare=True) and _is_noun(core + following, 3)


def _name_of(core: str, knows: Callable[[str], bool], *, titled: bool) -> str:
    if not core or not all("가" <= c <= "힣" for c in core):
        return ""
    if titled:
        return core if len(core) <= _LONGEST_HEAD else ""
    if knows(core):
        return ""
    # The longest head: its particle is the shortest reading, 영희는 rather than 영 + 희는.
    heads = [core[:cut] for cut in range(len(core), 0, -1) if _is_noun(core, cut)]
    if any(knows(head) for head in heads):
        return ""
    full = next((head for head in heads if is_full_name(head)), "")
    return full or next((head for head in heads[1:] if 1 < len(head) <= _LONGEST_HEAD), "")


def _is_noun(core: str, cut: int) -> bool:
    return CASE.fullmatch(core, cut) is not None and agrees(core[:cut], core[cut:])


def head_of(core: str) -> str:
    """Return a noun that nobody knows without its particle.

    >>> head_of("두껑을"), head_of("뚜르르")
    ('두껑', '뚜르르')
    """
    heads = (core[:cut] for cut in range(len(core) - 1, 1, -1) if _is_noun(core, cut))
    return next(heads, core)


def lost_names(names: Sequence[Name], source: str, output: str) -> list[Name]:
    """Return the names that stand less often in the output than in the source."""
    return [name for name in names if output.count(name.text) < source.count(name.text)]
