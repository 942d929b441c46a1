"""Tells a source note at an end of a text from a paragraph that only begins like one.

>>> is_source_note("출처: 『새벽』 3호, 1948")
True
>>> is_source_note("출처를 알 수 없는 소리가 났다.")
False
"""

from __future__ import annotations

import re
import unicodedata

_LONGEST = 300  # characters
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\"'”’」』)\]>]*", re.IGNORECASE)
_TITLE = re.compile(
    r"『[^』]*』|「[^」]*」|《[^》]*》|〈[^〉]*〉|<[^>]*>|“[^”.?!…]*”|\"[^\".?!…]*\""
)
_OPENER = re.compile(
    r"(?:출처|출전|원전|저작권(?:자|사|법)?)(?![가-힣])|copyright\b|ⓒ|©|\(c\)|https?://|www\.", re.I
)
_STATED = re.compile(
    r"(?:출처|출전|원전|저작권(?:자|사)?)\s*[:：=|(\[『「《〈<―—–-]"
    r"|copyright\s*(?:[:：ⓒ©]|\(c\)|by\b|\d{4})|ⓒ|©|\(c\)[^.]*\d{4}",
    re.I,
)
_DATED = re.compile(
    r"(?P<dash>[―—–─\-~]*)\s*\(?[『「《<〈].{1,60}(?P<stop>[.?!…])?[』」》>〉]"
    r"(?!(?:은|는|이|가|을|를|하고|이?라[고는며던])[\s,])(?P<after>.{0,40}\d{4}.{0,40})"
)
_CREDIT = re.compile(
    r"\d{4}|[『「《〈ⓒ©]|reserved|출판|문고|신문|전집|재단|위원회|협회|도서관|무단|금지", re.I
)
_WORD = re.compile(r"(?<!\S)[가-힣]+")
_FEW, _MANY = 4, 8  # words of a note that is one by its words only; of a credit without a stop
_STOPPED = (".", "!", "?", "…", ",", "。")


def _jamo(pattern: str) -> re.Pattern[str]:
    """Compile a pattern for text in NFD, where a coda is a letter of its own."""
    return re.compile(unicodedata.normalize("NFD", pattern))


_CODA = "[\u11a8-\u11c2]"
_ENDS = r"(?=\s*(?:[.!?…。,;:\"'”’」』)\]]|$))"
_NO_VERB = _jamo(r"(?:바다|마다|최다|과다|캐나다|우간다|르완다|판다|베란다)(?=\W|$)")
_VERBS = tuple(
    _jamo(pattern)
    for pattern in (
        rf"{_CODA}다{_ENDS}|\u11bb다(?![\u1100-\u11ff])|[\u1161-\u1175]다(?=[.!?…。])",
        rf"(?:\u11b8니(?:다|까)|십시오|죠){_ENDS}",
        rf"(?:세|에|예|어|아|여|해|네|군|지|대|래|데|게|줘|와|려|져|봐|러|까|나)요{_ENDS}",
        rf"\u11bb(?:을까|니|냐|어|지|네|군|소|나){_ENDS}",
        rf"(?:\u11af까|는가|던가|구나|더라|거든|는데|잖아|으랴|리라|노라|니까|는지){_ENDS}",
        rf"(?:[\u11ba\u11bb](?:저|주)|마씀|마씨|커라){_ENDS}",  # Jeju
        r"[\u1100-\u11ff]\s*(?:[?!…]|\.\.)|[.?!…][\"”]",
    )
)
_CLOSING = _jamo(r"(?:야|어|아|지|네|자|라|게|니|냐|군|나|래|걸|데|오|소|까|음|함|됨)[.。]")
_MARKED = re.compile(r"(?<![가-힣])(?!마을|가을|노을|고을)[가-힣]+(?:은|는|을|를)[\s,]")
_PLACED = re.compile(r"[가-힣](?:에|에서|에게)\s")
_RESERVED = re.compile(r"all rights reserved|some rights reserved", re.I)
_ENGLISH = re.compile(
    r"\b(?:is|was|were|are|had|has|have|did|does|could|would|will|can|cannot|never|not|said|says"
    r"|came|went|saw|told|knew|thought|left|took|made|stood|sat|ran|fell|felt|kept|began"
    r"|[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Ww]e|[Yy]ou"
    r"|(?!(?:publish|licens|translat|provid|distribut|creat|edit|bas)ed)[a-z]{2,}ed)\b"
)


def is_source_note(text: str) -> bool:
    """Tell whether a line or paragraph says where the text came from, and nothing else.

    Args:
        text: As it stands at an end of the manuscript, without white space at its ends.
    """
    if len(text) > _LONGEST:
        return False
    dated = _DATED.fullmatch(text)
    if not (dated or _OPENER.match(text)) or (dated and dated["stop"]) or has_sentence(text):
        return False
    rest = _ADDRESS.sub("", text).strip()
    if states_source(text) or not rest:
        return True
    if _MARKED.search(rest) or rest.endswith(","):
        return False
    credited, stopped = bool(_CREDIT.search(rest)), rest.endswith(_STOPPED)
    # 원전 is a nuclear plant as well, 출전 is taking part.
    if not credited and (stopped or text.startswith(("원전", "출전"))):
        return False
    words = len(_WORD.findall(_TITLE.sub(" ", rest)))
    return words <= (_MANY if credited and not stopped else _FEW)


def states_source(text: str) -> bool:
    """Tell whether a source note is one by its form alone: a label, a dash, an address."""
    dated = _DATED.fullmatch(text)
    return bool((dated and dated["dash"]) or _STATED.match(text) or _ADDRESS.fullmatch(text))


def has_sentence(text: str) -> bool:
    """Tell whether there is a sentence outside titles and addresses.

    >>> has_sentence("『바람이 분다』, 1948"), has_sentence("『바람』이 1948년에 나왔다")
    (False, True)
    """
    text = _RESERVED.sub(" ", _ADDRESS.sub(" ", _TITLE.sub(" ", text))).strip()
    if text.endswith(_STOPPED) and _ENGLISH.search(text):
        return True
    jamo = unicodedata.normalize("NFD", text)
    spoken = _NO_VERB.sub(" ", jamo)
    if any(pattern.search(spoken) for pattern in _VERBS):
        return True
    marked = _MARKED.search(text) or _PLACED.search(text)
    return bool(marked and _CLOSING.search(spoken))
