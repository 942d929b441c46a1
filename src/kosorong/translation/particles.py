"""Particles of Korean and Jeju and the shape they take after a consonant, a vowel and ㄹ.

What is put in place of another word (a term, a name) may end otherwise than what stood there;
then the particle behind it changes: 책을 → 나무를, 집으로 → 바다로, 섬이영 → 바당영.
"""

from __future__ import annotations

import re
import unicodedata

_SHAPES: tuple[tuple[str, str], ...] = (
    ("은", "는"),
    ("이", "가"),
    ("을", "를"),
    ("과", "와"),
    ("으로", "로"),
    ("으레", "레"),
    ("이랑", "랑"),
    ("이영", "영"),
    ("이나", "나"),
    ("이며", "며"),
    ("이라", "라"),
    ("이야", "야"),
    ("이여", "여"),
    ("이우다", "우다"),
    ("이주", "주"),
    ("이난", "난"),
    ("이었", "였"),
    ("이엇", "엿"),
    ("아", "야"),
)
"""Particles after a consonant and after a vowel; Jeju ones from morphology and dialogues.

광 (와, 과) is not among them: the dialogues and proverbs have it after both.
"""
_BY_LENGTH = sorted(_SHAPES, key=lambda pair: -len(pair[0]))
_AFTER_RIEUL = frozenset({"으로", "으레"})
_SAME = """
    에 에서 에게 에게서 한테 한테서 께 께서 도 만 의 까지 부터 처럼 보다 마다 조차 마저 밖에 뿐 들
    씨 님 네 서 하고 같이 대로 만큼 요 이다 다 입니다 이에요 예요 이지 지 인 이고 고 인데
    라고 이라고 라는 이라는 일 인가 입니까 이냐 냐
    신디 안티 ᄀᆞ라 ᄁᆞ지 추룩 광 디 이서 보단 마씀 마씸 우꽈 이우꽈 이라부난 게 양
"""
_ALL = sorted({*_SAME.split(), *(p for pair in _SHAPES for p in pair)}, key=len, reverse=True)
_TAIL = re.compile(f"(?:{'|'.join(_ALL)})*")
_VOWEL_DIGITS = frozenset("2459")
_RIEUL_DIGITS = frozenset("178")


def ends_in(word: str) -> str:
    """Tell how a word ends: `vowel`, `rieul` (ㄹ) or `consonant`.

    Digits are read as Sino-Korean; other letters count as ending in a vowel.

    >>> ends_in("바다"), ends_in("물"), ends_in("섬"), ends_in("ᄃᆞᆯ"), ends_in("13")
    ('vowel', 'rieul', 'consonant', 'rieul', 'consonant')
    """
    last = unicodedata.normalize("NFD", word)[-1:]
    if last == "\u11af" or last in _RIEUL_DIGITS:
        return "rieul"
    consonant = "\u11a8" <= last <= "\u11ff" or (last.isascii() and last.isdigit())
    return "consonant" if consonant and last not in _VOWEL_DIGITS else "vowel"


def is_tail(text: str) -> bool:
    """Tell whether a text, behind a noun, can be nothing but particles.

    >>> is_tail("에서는"), is_tail("이우다"), is_tail("치를")
    (True, True, False)
    """
    return _TAIL.fullmatch(text) is not None


def agree(word: str, tail: str) -> str:
    """Return the particles behind a word in the shape that the word's end asks for.

    Args:
        word: What stands before.
        tail: Particles as they stood behind another word.

    >>> [agree(word, "으로") for word in ("섬", "물", "바다")]
    ['으로', '로', '로']
    >>> agree("바다", "은"), agree("집", "와는"), agree("바당", "영")
    ('는', '과는', '이영')
    """
    end = ends_in(word)
    for pair in _BY_LENGTH:
        for shape in pair:
            rest = tail[len(shape) :]
            if tail.startswith(shape) and (not rest or is_tail(rest) or len(shape) > 1):
                return _shape(pair, end) + rest
    return tail


def agrees(word: str, tail: str) -> bool:
    """Tell whether particles stand in the shape that the word before them asks for.

    >>> agrees("바다", "를"), agrees("밥", "를")
    (True, False)
    """
    return agree(word, tail) == tail


def _shape(pair: tuple[str, str], end: str) -> str:
    closed = end == "consonant" or (end == "rieul" and pair[0] not in _AFTER_RIEUL)
    return pair[0] if closed else pair[1]
