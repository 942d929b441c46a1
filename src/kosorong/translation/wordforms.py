"""A check of word forms: what no speaker of Jeju or Korean would write, whatever the dialect.

It looks at single words beside the source words they were made of, and names only what a rule has
broken: half syllables, a particle in the wrong shape (밥를), an ending on the wrong kind of stem
(크수다, 좋우다), a vowel that does not follow the stem's (먹앗다), an end written twice (서울레레).
What stood in the source in the same way is no fault of the translation. The rules are those of the
morphology notes: -수다 behind consonants and -우다 behind vowels, -(으)멍, -(으)민, -(으)난 and
-(으)크- with 으 behind consonants, 앗/암/앙 behind ㅏ, ㅗ and ㆍ, 엇/엄/엉 elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kosorong.translation.checks import broken_jamo
from kosorong.translation.inflection import jamo
from kosorong.translation.particles import agrees
from kosorong.translation.place import bare_word
from kosorong.translation.rules import WordChange

_CODA = "[\u11a8-\u11c2]"
_OPEN = "[\u1161-\u1175\u119e\u11a2]"
_BRIGHT = "[\u1161\u1169\u119e]"
# Not ㅡ: 멘들앗다 is attested beside 멘들엇다.
_DARK = "[\u1165\u116e\u1175]"
_END = "(?![\u1100-\u11ff])"


_FAULTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("-우다 behind a consonant", re.compile(f"{_CODA}{jamo('우다')}{_END}")),
    ("-수다 behind a vowel", re.compile(f"{_OPEN}{jamo('수다')}{_END}")),
    (
        "-우과 behind a consonant",
        re.compile(f"{_CODA}{jamo('우')}(?:{jamo('과')}|{jamo('꽈')}){_END}"),
    ),
    ("-수과 behind a vowel", re.compile(f"{_OPEN}{jamo('수')}(?:{jamo('과')}|{jamo('꽈')}){_END}")),
    ("-멍 without 으", re.compile(f"[\u11a8-\u11ae\u11b0-\u11c2]{jamo('멍')}{_END}")),
    ("-쿠다 without 으", re.compile(f"[\u11a8\u11ae\u11b8\u11bd-\u11c2]{jamo('쿠다')}{_END}")),
    ("앗, 암 behind a dark vowel", re.compile(f"{_DARK}{_CODA}\u110b\u1161[\u11ba\u11b7]")),
    ("엇, 엄 behind a bright vowel", re.compile(f"{_BRIGHT}{_CODA}\u110b\u1165[\u11ba\u11b7]")),
)
_TWICE = re.compile(r"([레로에이은는을를])\1$")
_SHAPED = re.compile("(?:을|를|으로)$")


def faults_of(source: str, output: str) -> list[str]:
    """Return what is wrong with a word, or two, made of a source word, or two.

    Args:
        source: What it was made of.
        output: The translation, NFC.

    >>> faults_of("큽니다", "크수다"), faults_of("밥을", "밥를"), faults_of("좋습니다", "좋수다")
    (['-수다 behind a vowel'], ['밥 with 를'], [])
    """
    return [fault for fault in _faults(output) if fault not in set(_faults(source))]


def _faults(text: str) -> Iterator[str]:
    if broken_jamo(text):
        yield "half a syllable"
    for word in map(bare_word, text.split()):
        letters = jamo(word)
        yield from (name for name, pattern in _FAULTS if pattern.search(letters))
        shaped = _SHAPED.search(word)
        if shaped and shaped.start() and not agrees(word[: shaped.start()], shaped[0]):
            yield f"{word[: shaped.start()]} with {shaped[0]}"
        if _TWICE.search(word):
            yield f"{word[-1]} twice"


def mended(changes: Sequence[WordChange], text: str) -> list[WordChange]:
    """Return changes with the source words in place of every form that the check refuses.

    Args:
        changes: What the rules made.
        text: The source text.

    >>> [one.text for one in mended([WordChange((0, 1), "크수다")], "큽니다")]
    ['큽니다']
    """
    words = text.split()
    found = []
    for change in changes:
        source = " ".join(words[slice(*change.source)])
        found.append(
            WordChange(change.source, source) if faults_of(source, change.text) else change
        )
    return found
