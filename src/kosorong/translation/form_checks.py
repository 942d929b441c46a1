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

from kosorong.text.letters.hangul import JAMO, LONE_ARAEA, bare_word, broken_jamo, nfd
from kosorong.text.letters.jamo import CODA_CLASS, CONJOINING_CODA, VOWEL_CLASS
from kosorong.text.letters.particles import agrees, ends_in, is_noun_like_particle, is_tail
from kosorong.text.tables import TRANSLATION, Row, read_table
from kosorong.text.words import word_list
from kosorong.translation.rules import WordChange

_CODA = f"[{CODA_CLASS}]"
_BRIGHT = f"[\u1161\u1169{LONE_ARAEA}]"
# Not ㅡ: 멘들앗다 is attested beside 멘들엇다.
_DARK = "[\u1165\u116e\u1175]"
_PAST = "[\u11ba\u11b7]"
_CODAS = frozenset(CONJOINING_CODA)
_AFTER = {"consonant": _CODA, "vowel": f"[{VOWEL_CLASS}]"}


def _pattern(row: Row) -> tuple[str, re.Pattern[str]]:
    """Return a fault and the pattern of a word in jamo that has it."""
    ending, after, fault = row.cells
    if after not in _AFTER and not _CODAS.issuperset(after or "?"):
        raise row.refuse(f"after is {after!r}.", "Write consonant, vowel, or codas as ㄱㄷㅂ.")
    before = _AFTER.get(after) or "[{}]".format("".join(CONJOINING_CODA[coda] for coda in after))
    return fault, re.compile(f"{before}(?:{nfd(ending)})(?![{JAMO}])")


_FAULTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    *map(_pattern, read_table(TRANSLATION, "form_faults", ("ending", "after", "fault"))),
    ("앗, 암 behind a dark vowel", re.compile(f"{_DARK}{_CODA}\u110b\u1161{_PAST}")),
    ("엇, 엄 behind a bright vowel", re.compile(f"{_BRIGHT}{_CODA}\u110b\u1165{_PAST}")),
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
    >>> faults_of("ᄀᆞ슬", "가을"), faults_of("ᄆᆞ을을", "마을을")
    ([], [])
    >>> faults_of("ᄀᆞ을을 지드린다", "가을 기다린다")
    ['을 lost behind 을']
    """
    own = {kind for kind, _ in _faults(source, doubting=True)}
    faults = [fault for kind, fault in _faults(output) if kind not in own]
    return [*faults, "을 lost behind 을"] if _loses_object(source, output) else faults


def _loses_object(source: str, output: str) -> bool:
    """Tell whether ᄀᆞ을을 became 가을, one 을 for two."""
    (bare, objects), (bare_now, objects_now) = map(_in_eul, (source, output))
    return bare_now > bare and objects_now < objects


def _in_eul(text: str) -> tuple[int, int]:
    """Count the nouns in -을 by themselves, and those with 을 behind."""
    words = [bare_word(word) for word in text.split() if "을" in word]
    alone = sum(map(is_noun_like_particle, words))
    return alone, sum(word.endswith("을") and is_noun_like_particle(word[:-1]) for word in words)


def _faults(text: str, *, doubting: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the kind and the description of every fault; doubting, of nouns in -을 too."""
    if broken_jamo(text):
        yield "half a syllable", "half a syllable"
    words = text.split()
    for word, following in zip(words, [*words[1:], ""], strict=True):
        letters = nfd(bare_word(word))
        yield from ((name, name) for name, pattern in _FAULTS if pattern.search(letters))
        yield from _faults_of_particle(bare_word(word), doubting or _bound(following))


def _faults_of_particle(word: str, verb: bool) -> Iterator[tuple[str, str]]:
    shaped = _SHAPED.search(word)
    noun = is_noun_like_particle(word)
    # 가을 바다 is autumn, 가을 것 a wrong form of 가다.
    if shaped and shaped.start() and (verb or not noun):
        before, particle = word[: shaped.start()], shaped[0]
        fault = f"{before} with {particle}"
        if not agrees(before, particle):
            # Whatever a noun became: a form that its source has too is the source's own.
            yield fault if noun else f"{particle} behind a {ends_in(before)}", fault
    if _TWICE.search(word) and not is_noun_like_particle(word[:-1]):
        yield f"{word[-1]} twice", f"{word[-1]} twice"


def _bound(word: str) -> bool:
    """Tell whether a word is a bound noun, which a verb's form stands before."""
    bare = bare_word(word)
    return any(bare.startswith(noun) and is_tail(bare[len(noun) :]) for noun in _BOUND)


_BOUND = word_list("word_lists.bound-nouns", TRANSLATION)


def mended(changes: Sequence[WordChange], text: str) -> list[WordChange]:
    """Return changes with the source words in place of every form that the check refuses.

    Args:
        changes: What the rules made.
        text: The source text.

    >>> [one.text for one in mended([WordChange((0, 1), "크수다")], "큽니다")]
    ['큽니다']
    """
    words = text.split()
    kept = []
    for change in changes:
        start, end = change.source
        source, behind = " ".join(words[start:end]), " ".join(words[end : end + 1])
        # What follows tells a verb's form from a noun in -을.
        faults = faults_of(f"{source} {behind}", f"{change.text} {behind}")
        kept.append(WordChange(change.source, source) if faults else change)
    return kept
