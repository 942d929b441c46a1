"""Korean words that are written together though spelling parts them: 갈거야, 먹어버렸다, 말없이.

>>> RUN_ON.search("갈거야") is not None, RUN_ON.search("바다로") is None
(True, True)
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from kosorong.text.letters.full_names import SURNAMES
from kosorong.text.letters.hangul import bare_word, nfd
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import any_of, word_list
from kosorong.translation.transducer import Analysis, Transducer

RUN_ON = re.compile(
    f"(?<=.)(?:{any_of('word_lists.runs-on-attributive', TRANSLATION)}"
    f"|(?<=지)(?:{any_of('word_lists.runs-on-ji', TRANSLATION)})"
    f"|(?<=고)(?:{any_of('word_lists.runs-on-go', TRANSLATION)})"
    f"|(?<=야)(?:{any_of('word_lists.runs-on-ya', TRANSLATION)})"
    f"|{any_of('word_lists.runs-on-noun', TRANSLATION)}"
    f"|{any_of('word_lists.runs-on-a-eo', TRANSLATION)})"
)
"""Where the second word of two that are written as one may begin."""
_ATTRIBUTIVES = frozenset(map(nfd, ("는", "던"))) | {"\u11ab", "\u11af"}
_LEADING = frozenset(map(nfd, ("고", "야")))
_BOUND = re.compile(any_of("word_lists.runs-on-attributive", TRANSLATION))
_NEGATES = re.compile(any_of("word_lists.runs-on-ji", TRANSLATION))
_AFTER_NOUN = re.compile(any_of("word_lists.runs-on-noun", TRANSLATION))
_HELPERS = frozenset(map(nfd, word_list("word_lists.runs-on-helpers", TRANSLATION)))
_OWNERS = frozenset(word_list("word_lists.runs-on-owners", TRANSLATION))
_TYPED = {"같애": "같아", "되요": "돼요"}
_WISHES = re.compile("[가-힣]구 싶")
_FAMILY = re.compile("([가-힣])갑(니[다까].*)")
"""A surname, 가 and the copula: 김갑니다."""
_MAY = ("수", "수가", "수는", "수도")
_CAN = re.compile("(수[가는도]?)([있없].*)")
_THROWN = re.compile(f".(?:(?:{nfd('버리')}|{nfd('없이')})$|{nfd('고싶')})")
_DONE = ("해", "하여")


def respelled(words: Sequence[str], n: int, grammar: Transducer) -> str:
    """Return a word of a Korean text as it is spelled where many type it otherwise.

    Args:
        words: The text, split at white space.
        n: Which of its words.
        grammar: Of Korean.
    """
    word = words[n]
    if _WISHES.search(" ".join(words[n : n + 2])):
        return f"{word[:-1]}고"
    family = _FAMILY.fullmatch(word) if n else None
    if family and family[1] in SURNAMES and not _known(grammar.analyses(nfd(bare_word(word)))):
        return f"{family[1]}가입{family[2]}"
    for typed, spelled in _TYPED.items():
        word = word.replace(typed, spelled)
    return word


def parted(
    word: str, grammar: Transducer, phrases: Container[str], *, inside: bool = False
) -> list[str]:
    """Return the words of which a word is made that is written as one; itself where it is one.

    Args:
        word: A Korean word, bare, NFC.
        grammar: Of Korean.
        phrases: Words with a counterpart of their own.
        inside: Whether it stands within a sentence, where no ending closes one.
    """
    if word in phrases or not RUN_ON.search(word):
        return [word]
    if _is_one(grammar.analyses(nfd(word)), inside=inside and word.endswith("게")):
        return [word]
    for seam in RUN_ON.finditer(word):
        first, last = word[: seam.start()], word[seam.start() :]
        if _stands_alone(first, last, grammar) and _goes_on(last, grammar, phrases):
            can = _CAN.fullmatch(last)
            return [first, *(can.groups() if can else parted(last, grammar, phrases))]
    return [word]


def _known(analyses: list[Analysis]) -> list[Analysis]:
    return [r for r in analyses if r.known]


def _is_one(analyses: list[Analysis], *, inside: bool) -> bool:
    """Tell whether a word is known as it is: 잊어버리- is two in Jeju, and 먹을게 before a verb."""
    return any(
        r.known and not _THROWN.search(r.lexeme.target) and not (inside and _closes(r))
        for r in analyses
    )


def _closes(analysis: Analysis) -> bool:
    return analysis.entry is not None and analysis.entry.final


def _goes_on(last: str, grammar: Transducer, phrases: Container[str]) -> bool:
    """Tell whether the rest is a word, or several."""
    if (
        last in phrases
        or _CAN.fullmatch(last)
        or last in _MAY
        or _known(grammar.analyses(nfd(last)))
    ):
        return True
    return len(parted(last, grammar, phrases)) > 1


def _stands_alone(first: str, last: str, grammar: Transducer) -> bool:
    """Tell whether what stands before has the form that the rest follows."""
    analyses = grammar.analyses(nfd(first))
    known = _known(analyses)
    if _BOUND.match(last) and (first in _OWNERS or _ends_in(known, _ATTRIBUTIVES)):
        return True
    if _NEGATES.match(last) and first.endswith("지"):
        does = first.endswith("하지")
        return _ends_in(known, {nfd("지")}) or (does and _ends_in(analyses, {nfd("지")}))
    if first.endswith(("고", "야")) and _ends_in(known, _LEADING):
        return True
    if _AFTER_NOUN.match(last) and any(r.entry is None and r.lexeme.pos == "n" for r in known):
        return True
    opens = _ends_in(known, {""}) or (first.endswith(_DONE) and _ends_in(analyses, {""}))
    return opens and any(
        r.lexeme.source in _HELPERS and r.entry for r in _known(grammar.analyses(nfd(last)))
    )


def _ends_in(analyses: list[Analysis], tails: Container[str]) -> bool:
    return any(
        r.entry is not None
        and r.lexeme.pos in "va"
        and not r.entry.final
        and (r.entry.korean[0].open or "") in tails
        for r in analyses
    )
