"""Endings whose shape depends on the words around them."""

from __future__ import annotations

from collections.abc import Sequence

from kosorong.text.letters.hangul import EDGE_MARKS

_SAYS = ("하", "했", "한", "해", "할", "함")
"""How a form of 하다 begins behind what it quotes."""


def in_context(words: Sequence[str], n: int, changed: str) -> str:
    """Return what a Korean word became, in the shape that its place asks for.

    -곡 closes a clause before a pause, -고 leads on to the next verb (먹고 싶다). Both are said; of
    several ways to choose between them this one came out best on dialogues and oral history.

    Args:
        words: The Korean sentence.
        n: Which of its words.
        changed: What it became.

    >>> in_context("밥을 먹고 잤다.".split(), 1, "먹곡")
    '먹고'
    >>> in_context("밥도 먹고, 물도 마셨다.".split(), 1, "먹곡,")
    '먹곡,'
    """
    word = words[n].rstrip(EDGE_MARKS)
    paused = word != words[n] or n + 1 == len(words)
    if word == "그래" and not paused:
        # An answer stands alone; before another word it is "like that".
        return changed.replace("기여", "경헤")
    if word in ("봐", "봐서") and n and words[n - 1].endswith("까"):
        # For fear that: 올까 봐, 오카 부덴.
        return changed.replace("봐", "부덴").replace("봥", "부덴")
    if word == "마" and n and words[n - 1].endswith("지"):
        return changed.replace("말아", "말라")
    if word == "달라" and not paused and words[n + 1].startswith(_SAYS):
        return "도렌"
    if word.endswith("고") and not paused and changed.endswith("곡"):
        return f"{changed[:-1]}고"
    return changed
