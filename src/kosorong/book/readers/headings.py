"""Recognises headings, titles, authors and page numbers in plain text.

Headings as novels, web novels, translations from English and old books have them.

>>> [heading_level(line) for line in ("제3장 바당", "[외전] 봄", "Chapter IV. 돌", "第三回")]
[2, 2, 2, 2]
>>> heading_level("그는 3장을 읽었다."), heading_level("부록 1. 낱말 풀이이다.")
(None, None)
>>> author_of("현 진 건 지음")
'현진건'
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from kosorong.text.letters.full_names import (
    COMPOUND_SURNAMES,
    SURNAMES,
    is_full_name,
    is_given_name,
)

DIGITS = r"[0-9０-９]{1,4}"
"""A number, as a pattern."""

_HANJA_NUMBER = "[一二三四五六七八九十百廿卅]{1,5}"
_ROMAN = r"(?:[Ⅰ-Ⅿ]{1,4}|(?=[CLXVI])C{0,3}(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3}))"
_KOREAN_NUMBER = "[일이삼사오육륙칠팔구십백]{1,6}"
_NATIVE = (
    r"마지막|최종|(?:첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열|열한|열두|마지막)\s?번째"
    r"|(?:첫|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|열한|열두)째"
)
_UNITS = {"부": 1, "편": 1, "권": 1, "部": 1, "篇": 1, "卷": 1, "편지": 2, "마당": 2, "이야기": 2}
_UNITS |= dict.fromkeys(("장", "쟝", "章", "화", "회", "話", "回", "막", "幕", "과", "課"), 2)
_UNITS |= {"절": 3, "節": 3, "마디": 3, "회차": 2, "강": 2, "단원": 2, "조": 3}
UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
"""What is counted in headings, as a pattern."""

# What follows a number with its unit: nothing, or a title that is set apart.
_TITLED = r"(?P<title>[\s.:：·,、\-–—―~<〈《(\[「『|/].{0,60})?"

_COUNT = (
    rf"[제뎨第]\s*(?:{DIGITS}(?:\.\d)?|{_HANJA_NUMBER}|{_KOREAN_NUMBER}|{_ROMAN})"
    rf"|{DIGITS}(?:\.\d|\s*[~–-]\s*{DIGITS})?|{_HANJA_NUMBER}|[Ⅰ-Ⅿ]{{1,4}}"
)
_ORDINAL = re.compile(
    rf"(?:(?:{_COUNT})\s*(?:[부편권部篇卷막幕]|장(?=\s*{DIGITS}\s*절))[\s,\-–—]{{0,3}})?"
    rf"(?P<count>{_COUNT})\s*(?P<unit>{UNIT}){_TITLED}"
)
_OLD = re.compile(rf"(?:(?P<volume>卷之?|권지)|其)\s*(?:{_HANJA_NUMBER}|{_KOREAN_NUMBER}){_TITLED}")
_COUNTED = re.compile(
    rf"(?:{_NATIVE})\s?(?P<unit>{UNIT}|날|밤|낮|노래)(?:\s*[.:：\-–—(<].{{1,60}})?"
)
_NAMES = (
    r"프롤로그|프로로그|에필로그|서문|서장|서시|서설|서론|머리말|머릿말|책머리에"
    r"|들어가며|나가며|나오며|마치며|맺으며|(?:들어가는|나가는|여는|닫는|추천의|감사의) (?:글|말)"
    r"|(?:작가|저자|옮긴이|글쓴이|지은이|역자|엮은이|펴낸이)의 ?말"
    r"|(?:작가|저자|옮긴이|역자|엮은이) 후기|책을 (?:내면서|내며|펴내며)|펴내는 말|후기|종장|막간"
    r"|인터루드|인터미션|서언|서\(序\)|맺음말|맺는말|결말|후일담|부록|보론|발문|일러두기|추천사"
    r"|(?:특별 ?|IF ?|신작 ?)?(?:외전|번외)(?: ?편)?|특별 ?편|사이드 ?스토리"
    r"|序(?:章|文|詩|言)|終章|後記|跋文|外傳|番外|附錄"
    r"|prologue|epilogue|preface|foreword|introduction|afterword|interlude|intermission|conclusion"
    r"|postscript|acknowledge?ments|author['’]s note|finale|side ?stor(?:y|ies)|extra|bonus chapter"
    r"|appendix(?: [A-Z])?"
)
_NAMED = re.compile(
    rf"(?:{_NAMES})(?:\s*(?:{DIGITS}|{_ROMAN})\s*[화회장편부]?)?"
    rf"(?P<title>\s*[:：.\-–—―|]\s*.{{1,60}}|\s*[(<〈「『\[].{{1,60}})?\.?",
    re.IGNORECASE,
)
_ENGLISH_UNITS = {"book": 1, "volume": 1, "vol": 1, "part": 1, "season": 1, "시즌": 1, "파트": 1}
_ENGLISH_UNITS |= dict.fromkeys(
    ("chapter", "chap", "ch", "episode", "epi", "ep", "act", "canto", "stave", "챕터", "에피소드"),
    2,
)
_ENGLISH_UNITS |= {"scene": 3, "section": 3}
_WORDS = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
_WORDS += "|sixteen|seventeen|eighteen|nineteen|(?:twenty|thirty|forty|fifty)(?:[- ][a-z]+)?"
_WORDS += "|the (?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)"
_ENGLISH = re.compile(
    rf"(?P<unit>(?i:{'|'.join(sorted(_ENGLISH_UNITS, key=len, reverse=True))}))"
    rf"(?:\s*[.#:-]\s*|\s+|(?=[0-9]))#?(?:{DIGITS}(?:\.\d)?|(?i:{_WORDS})|{_ROMAN})"
    r"(?![0-9A-Za-z가-힣])"
    r"(?P<title>\s*[.:：)\-–—―,|\]].{0,70}|\s+(?=[A-Z가-힣\"'“‘(<「『\[0-9\u4e00-\u9fff]).{1,70})?"
)
_SIGNS = r"=─━―—~*＊#◆◇■□●○★☆※▣▶◀♠♣♥♦•·_\-–+"
_GOES_ON = re.compile(
    r"\s+(?:보다|이후|이전|부터|까지|못지|만큼|처럼|정도|이상|이하|연속|\d+\s?[편화회권])"
)
_END = re.compile(
    rf"[{_SIGNS}\s.:：·,|/]*"
    r"(?:끝|완|完|終|완결|종결|마침|계속|다음(?: 회)?에 계속|(?:the )?end|fin)"
    rf"[{_SIGNS}\s.!…]*",
    re.IGNORECASE,
)
_ENDING = re.compile(r"[<〈《【\[({「『＜［〔]([^<>()\[\]]{1,20})[>〉》】\])}」』＞］〕]$")
_ORNAMENTS = f"{_SIGNS} ".replace("\\", "")
_EXCLAIMS = tuple("!?！？…")
_EXCLAIMED = re.compile(rf"(?![제뎨第])[^\W\d]*[\s.#:-]*({DIGITS})")
_HANGUL_WORD = re.compile("[가-힣]")
_LABEL = re.compile(r"(?:후기|결말|추천사|부록)\s*[:：.\-–—]")
_SAYS = re.compile(r"(?:요|니다|니까|죠|음|함|임)[!?~…ㅋㅎㅠ^]*$|[!~ㅋㅎㅠ^]$")
_LONG_TITLE = 20  # characters from which on polite words are a sentence without its stop
_ADORNED = re.compile(rf"[{_SIGNS}\s]*(?P<bare>\S.*?)[{_SIGNS}\s]*")
_ENCLOSED = re.compile(
    r"[<〈《【\[({「『＜［〔]\s*(?P<inside>[^<>〈〉《》【】\[\](){}「」『』＜＞［］〔〕]{1,70})\s*"
    r"[>〉》】\])}」』＞］〕]\s*(?P<after>.{0,60})"
)

_NUMBER = re.compile(
    rf"[<〈\[(【#]?\s*(?:[0-9０-９]{{1,3}}|{_HANJA_NUMBER}|{_ROMAN})\s*[>〉\])】]?[.．、]?"
)
_NUMBERED = re.compile(
    rf"(?P<number>[0-9０-９]{{1,3}}|{_HANJA_NUMBER}|{_ROMAN})[.．)、]\s*\S.{{0,60}}"
)
_SERIES = (
    ("count", re.compile(rf"(?P<stem>.{{1,40}}?)[\s\-–—:#,.]*(?P<n>{DIGITS})\s*[화회話回]")),
    ("bracket", re.compile(rf"(?P<stem>.{{1,40}}?)\s*[(\[<〈]\s*(?P<n>{DIGITS})\s*[)\]>〉]")),
    ("hash", re.compile(rf"(?P<stem>.{{0,40}}?)\s*#\s?(?P<n>{DIGITS})(?:[\s.:\-–—].{{1,60}})?")),
    ("dash", re.compile(rf"(?P<n>{DIGITS}\s?-\s?{DIGITS})(?:[\s.:)].{{1,60}})?(?P<stem>)")),
    ("half", re.compile(
        r"[<〈\[(]?\s*(?P<n>[상중하上中下])\s*(?:편|권|篇|卷)?\s*[>〉\])]?(?P<stem>)"
    )),
    ("word", re.compile(
        rf"(?P<stem>(?i:day|stage|phase|round|letter|lesson|unit|track|scene|no\.|d-))\s*"
        rf"(?P<n>{DIGITS}|{_ROMAN})(?:\s*[.:\-–—].{{1,60}})?"
    )),
)  # fmt: skip
_PAGE = re.compile(
    r"[-–—]\s*(\d{1,4})\s*[-–—]|\[?\s*(?:p\.?|page|쪽)\s*(\d{1,4})\s*\]?", re.IGNORECASE
)
_PAGE_COUNTED = re.compile(r"(\d{1,4})\s*쪽")
_PAGE_OF = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})")
_FEWEST_PAGES = 3  # of those with their total; fewer are dates and scores, unless they are all
_CONTENTS = re.compile(
    r"[\[<〈【(]?\s*(?:목\s*차|차\s*례|目\s*次|(?:table of )?contents)\s*[\]>〉】)]?", re.IGNORECASE
)
_LEADER = re.compile(r"(?:\s*(?:\.{2,}|…|·{2,}|_{2,}|-{3,})\s*|\s{2,}|\t)\d{0,4}$")
_STOPPED = tuple(".!?…,，。\"'”’」』")

_AUTHOR_LABEL = re.compile(r"(?:지은이|저자|글쓴이|작가|글|지음|저|作|著)\s*[:：]\s*(\S.{0,40})")
_SIGNED = re.compile(r"([가-힣](?:\s{0,3}[가-힣]){1,4}?)\s{1,9}(?:지음|글|저|작|씀)")
_BARE_NAME = re.compile(r"[가-힣](?:\s{0,3}[가-힣]){1,3}")
# Nouns with the shape of a name, and syllables that are words where a noun follows.
_NOUN = re.compile(
    "강아지|고양이|한라산|제주도|오일장|은하수|고향길|남도길|지하철|전기문|강원도|"
    "황해도|전라도|남대문|서대문|이세상|마라도|우도길|주전자|송아지|도라지|고백록|"
    "소나기|소나무|배나무|문지기|노숙자|여주인|방명록|성인식|유언장|전언문|연애사|"
    "성장기|선언문|안경점|이용원|전시회|연주회|백록담|도서관|현관문|김장철|장마철|"
    "장미원|오미자|손수건|여신도|신도시|신문지|한가위|한강로|명태국|제사상|지하실|"
    "공원길|황금기|황태자|백일홍|백일장|소설가|고별사|기도문|추도사|추모사|이민자|"
    "이주민|이재민|원주민|강원길|천지연|천제연|우도봉|나무배|차사전|문전제|제주시"
)
_DETERMINERS = "이한전오온신구"


def heading_level(line: str) -> int | None:
    """Return the level of a heading that can be told by itself: 1 part, 2 chapter, 3 section.

    Args:
        line: A line without white space at its ends.
    """
    if not 0 < len(line) <= 80:
        return None
    adorned = _ADORNED.fullmatch(line)
    if exclaimed(line):
        return None
    level = _level(line)
    if level is None and adorned and adorned["bare"] != line:
        level = _level(adorned["bare"])
    enclosed = _ENCLOSED.fullmatch(adorned["bare"]) if adorned else None
    if level is None and enclosed and not _is_sentence(enclosed["after"]):
        level = _level(enclosed["inside"].strip())
    return level


def exclaimed(line: str) -> tuple[str, int, int] | None:
    """Return unit, number and level of a line that is a heading or an exclamation: 3장 남았어!

    The headings around it tell, see `kosorong.book.readers.numbered_lines`. What parts the words
    from the number (`3장. 가자!`), `제3장`, or brackets and ornaments around make a heading.
    """
    bare = line.strip(_ORNAMENTS)
    if not bare or (line[0] in _ORNAMENTS and line[-1] in _ORNAMENTS):
        return None
    ordinal = _ORDINAL.fullmatch(bare)
    match = ordinal or _ENGLISH.fullmatch(bare)
    number = None if ordinal and ordinal.start("count") else _EXCLAIMED.match(bare)
    title = (match["title"] or "") if match else ""
    if not match or not number or not bare.endswith(_EXCLAIMS):
        return None
    if not (title[:1].isspace() and _HANGUL_WORD.match(title.lstrip())):
        return None
    unit = match["unit"].lower()
    return unit, int(number[1]), _UNITS.get(unit) or _ENGLISH_UNITS[unit]


def _level(line: str) -> int | None:
    """Return the level of a heading without ornaments and brackets around it."""
    if match := _ORDINAL.fullmatch(line):
        title = match["title"] or ""
        # 1과 2 are two numbers; 1강, 3조 and 1편 보다 stand in sentences.
        counts = match["unit"] in ("과", "강", "조") and line[0] not in "제뎨第"
        if (counts and title[:1].isspace()) or _GOES_ON.match(title):
            return None
        return None if _is_sentence(title, line) else _UNITS[match["unit"]]
    if match := _OLD.fullmatch(line):
        return None if _is_sentence(match["title"] or "") else 1 if match["volume"] else 3
    if match := _COUNTED.fullmatch(line):
        return None if line.endswith(".") else _UNITS.get(match["unit"], 2)
    if match := _NAMED.fullmatch(line):
        says = _LABEL.match(line) and _SAYS.search(line)
        return None if says or _is_sentence(match["title"] or "") else 2
    if match := _ENGLISH.fullmatch(line):
        title = match["title"] or ""
        return None if _is_sentence(title) else _ENGLISH_UNITS[match["unit"].lower()]
    return None


def _is_sentence(title: str, line: str = "") -> bool:
    """Tell whether what follows a heading's number is a sentence, or an end, and no title."""
    if _END.fullmatch(title):
        return True
    words = title.strip(" .:：)-–—―,|]")
    if not words:
        return line.endswith(".") and not line[:-1].endswith(tuple(_UNITS))
    polite = len(words) > _LONG_TITLE and words.endswith(("니다", "니까", "요", "죠"))
    return polite or (title.endswith((".", "。")) and not words.isupper())


def says_end(line: str) -> bool:
    """Tell whether a heading says in brackets at its end that something ends.

    >>> says_end("12화 (끝)"), says_end("12화 (끝없는 길)")
    (True, False)
    """
    bracketed = _ENDING.search(line)
    return bool(bracketed and _END.fullmatch(bracketed[1]))


def series(line: str) -> tuple[str, str, str] | None:
    """Return kind, stem and number of a line that is a heading where there are more of its kind.

    >>> series("바람의 검 12화"), series("만남 (3)")
    (('count', '바람의 검', '12'), ('bracket', '만남', '3'))
    """
    if len(line) > 70 or line.endswith(_STOPPED):
        return None
    for kind, pattern in _SERIES:
        if match := pattern.fullmatch(line):
            return kind, match["stem"].strip(), match["n"]
    return None


def is_number(line: str) -> bool:
    """Tell whether a line is nothing but a number, as it stands over a section."""
    return 0 < len(line) <= 12 and bool(_NUMBER.fullmatch(line)) and any(map(str.isalnum, line))


def is_numbered(line: str) -> bool:
    """Tell whether a line is a number and a few words, as in a list or over a section."""
    match = _NUMBERED.fullmatch(line) if len(line) <= 70 else None
    return bool(match and match["number"])


def _is_page_like(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_PAGE, _PAGE_COUNTED, _PAGE_OF))


def page_numbers(lines: Sequence[str]) -> list[int]:
    """Return the indices of page numbers; 12쪽 and 12/300 are such where they rise.

    Args:
        lines: Those of a text, in order, without white space at their ends.

    >>> page_numbers(["3/14", "- 8 -", "9쪽", "3/15"]), page_numbers(["1/2", "2/2", "30쪽"])
    ([1, 2], [0, 1])
    """
    numbered: list[tuple[int, int]] = []
    of_total: list[tuple[int, int, int]] = []
    sure: list[int] = []
    for i, line in enumerate(lines):
        if len(line) > 20:
            continue
        if page := _PAGE.fullmatch(line):
            sure.append(i)
            numbered.append((i, int(page[1] or page[2])))
        elif counted := _PAGE_COUNTED.fullmatch(line):
            numbered.append((i, int(counted[1])))
        elif of := _PAGE_OF.fullmatch(line):
            of_total.append((i, int(of[1]), int(of[2])))
    if len(numbered) > 1 and _rise([number for _, number in numbered]):
        sure = [i for i, _ in numbered]
    if _are_pages_of([(number, total) for _, number, total in of_total]):
        sure += [i for i, _, _ in of_total]
    return sorted(sure)


def _are_pages_of(pages: Sequence[tuple[int, int]]) -> bool:
    """Tell whether numbers with their totals are pages: one total, up to which they rise."""
    numbers = [number for number, _ in pages]
    totals = {total for _, total in pages}
    if len(totals) != 1 or not _rise(numbers) or numbers[-1] > max(totals):
        return False
    return len(numbers) >= _FEWEST_PAGES or numbers == list(range(1, max(totals) + 1))


def _rise(numbers: Sequence[int]) -> bool:
    return all(number < after for number, after in itertools.pairwise(numbers))


def is_contents(line: str) -> bool:
    """Tell whether a line stands over a table of contents."""
    return len(line) <= 20 and bool(_CONTENTS.fullmatch(line))


def without_page(line: str) -> str:
    """Return a line of a table of contents without its page and what leads to it.

    >>> without_page("제1장 바당 ...... 12")
    '제1장 바당'
    """
    return _LEADER.sub("", line)


def looks_like_title(line: str) -> bool:
    """Tell whether the first line of a text may be its title."""
    stops = line.endswith(_STOPPED) or is_number(line) or _is_page_like(line) or is_contents(line)
    return 0 < len(line) <= 40 and not stops and heading_level(line) is None


def ends_sentence(line: str) -> bool:
    """Tell whether a line ends as a sentence does."""
    return line.rstrip()[-1:] in tuple(".!?…。\"'”’」』｣)")


def author_of(line: str) -> str:
    """Return the name in a line that names the author, or ""."""
    line = line.strip()
    if heading_level(line):
        return ""
    if label := _AUTHOR_LABEL.fullmatch(line):
        return label[1].strip()
    if len(line) > 30:
        return ""
    if signed := _SIGNED.fullmatch(line):
        return "".join(signed[1].split())
    return _name_alone(line)


def _name_alone(line: str) -> str:
    """Return the name that a line is, without a word that says so; nouns are none."""
    words = line.split()
    name = "".join(words)
    if not _BARE_NAME.fullmatch(line) or _NOUN.fullmatch(name):
        return ""
    # 고 은 별, 고 은별 and 고은별 are names; 어느 겨울 and 이 사람 are not.
    spelt = len(words) == len(name)
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) == 4 else name[0]
    apart = words[0] == surname and len(words) == 2 and surname not in _DETERMINERS
    if not (spelt or apart or len(words) == 1):
        return ""
    if len(name) == 2:  # 김 억; without the space it is a noun more often
        return name if apart and surname in SURNAMES else ""
    full = is_full_name(name, rare=True) or (
        len(surname) == 2 and is_given_name(name[2:], rare=True)
    )
    return name if full else ""
