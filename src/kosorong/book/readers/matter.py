"""Recognises front and back matter that nobody wants read aloud: licences, imprints, indexes.

>>> matter_of("판권", ["지은이 고은별", "펴낸곳 바당", "ISBN 979-11-0000-000-0"])
'imprint'
>>> matter_of("판권", ["그는 판권을 팔았다. " * 200])
''
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence

from kosorong.book.readers.headings import heading_level, is_numbered, without_page
from kosorong.book.readers.pieces import Block

_CONTENTS = "table of contents"
_LONGEST_IMPRINT = 3_000  # characters
_FEWEST_LINKS = 4  # blocks in a row that make a table of contents
_FEWEST_LINES = 3

_TITLES = {
    "imprint": re.compile(
        r"판권(?:지|면|\s*(?:소유|정보|페이지))?|(?:서지|간행|발행|출판|도서)\s*(?:정보|사항)|간기"
        r"|저작권(?:\s*(?:안내|정보|표시|고지))?|copyright(?:\s*(?:page|notice|information))?|imprint"
        r"|colophon|legal\s*notice|uncopyright|edition\s*notice|奥付|版權(?:頁)?|版权(?:页)?"
    ),
    "index": re.compile(
        r"(?:(?:인명|지명|용어|사항|작품|주제|낱말)\s*)?(?:찾아보기|색인|인덱스)"
        r"|(?:general\s*)?index(?:\s*of\s*.{1,40})?|索引"
    ),
    _CONTENTS: re.compile(
        r"목\s*차|차\s*례|(?:table\s*of\s*)?contents|list\s*of\s*(?:illustrations|figures|tables|maps)"
        r"|(?:그림|표|도판|삽화)\s*(?:목록|차례)|目\s*[次录錄]"
    ),
    "licence": re.compile(
        r"(?:the\s*)?(?:full\s*)?project\s*gutenberg(?:[™’']?s?)?(?:\s*\(?tm\)?)?\s*licen[cs]e"
        r"|.{0,20}구텐베르크\s*라이[선센]스|(?:이용\s*|사용\s*)?(?:라이[선센]스|허락)"
        r"(?:\s*(?:안내|정보|전문))?|(?:full\s*)?licen[cs]e(?:\s*information)?"
    ),
}
_IMPRINT_LINES = re.compile(
    r"(?P<label>지은이|글쓴이|저자|지음|옮긴이|그린이|펴낸이|펴낸\s*곳|엮은이|발행인|발행처|발행일"
    r"|발행|편집인?|디자인|마케팅|제작|인쇄(?:소|처)?|제본|출판사|출판\s*등록|등록(?:번호|일)?"
    r"|초판|개정판|\d+판\s*\d+쇄|주소|전화|팩스|전송|홈페이지|이메일|전자우편|정가|값"
    r"|published|publisher|first\s+(?:published|edition)|printed|cover\s+design|edited\s+by"
    r"|isbn|e-?isbn|issn|tel|fax|e-?mail|copyright|all\s+rights\s+reserved|ⓒ|©|\(c\)\s*\d{4}"
    r"|무단\s*(?:전재|복제)|이\s*책의\s*(?:저작권|판권|전부|내용)|저작권|cip|잘못\s*(?:된|만들어진)\s*책)",
    re.IGNORECASE,
)
_CERTAIN = re.compile(
    r"isbn|ⓒ|©|\(c\)\s*\d{4}|all\s+rights\s+reserved|펴낸|발행|출판\s*등록|무단|copyright", re.I
)
_INDEX_LINE = re.compile(
    r".{1,80}?[,\s·….:–-]+(?:\d{1,4}|[ivxlc]{1,6})(?:[-–~,;\s]+(?:\d{1,4}|[ivxlc]{1,6}))*\s*[.,;]?"
)
_CHAPTERS = re.compile(r"목\s*차|차\s*례|(?:table\s*of\s*)?contents|目\s*[次录錄]")
_PAGED = re.compile(r"(?:[\s.·…_-]{2,}|[\s,]|\t)(?:\d{1,4}|[ivxlc]{1,6})$")
_COUNTED = re.compile(
    r"^\W*(?:(?:제\s*)?(?:\d{1,4}|[ivxlc]{1,6})\s*(?:[장화부편절회권과막강]|[.):,-])|chapter\s+\w+|part\s+\w+)"
    r"(?=\W|$)|^\W*\d{1,4}\s+(?=\D)"
)
_TOLD = re.compile(r"(?:[.!?…。][\"'”’」』)]*|[가-힣](?:다|요|까|죠))$")
_SENTENCE = re.compile(r"[.!?…。][\"'”’」』)]*$")
_LICENCE = re.compile(
    r"project\s+gutenberg|구텐베르크|creative\s*commons|크리에이티브\s*커먼즈|공공누리|gfdl"
    r"|free\s+documentation|public\s+domain|퍼블릭\s*도메인|permission|warrant(?:y|ies)|라이[선센]스",
    re.IGNORECASE,
)
_GUTENBERG_BEGINS = re.compile(
    r"\*{2,3}\s*start\s+of\s+(?:th(?:e|is)\s+)?project\s+gutenberg\s+e(?:book|text)"
    r"|\*{2,3}.{0,80}구텐베르크.{0,120}시작\s*\*{2,3}",
    re.IGNORECASE,
)
_GUTENBERG_ENDS = re.compile(
    r"\*{0,3}\s*end\s+of\s+(?:th(?:e|is)\s+)?project\s+gutenberg(?:['’]s)?\s+(?:e(?:book|text)|.{1,80},\s*by)"
    r"|\*{2,3}.{0,80}구텐베르크.{0,120}(?:끝|종료)\s*\*{2,3}",
    re.IGNORECASE,
)
_HEADER_DOCUMENTS = 4  # the header stands in one of the first


def matter_of(
    title: str,
    texts: Sequence[str],
    known: Collection[str] = frozenset(),
    *,
    are_links: bool = False,
) -> str:
    """Return which matter a stretch of a book is by its title and its text, or "".

    Args:
        title: In the table of contents, or its heading.
        texts: Its paragraphs.
        known: The titles of the book's chapters, as `known_titles` returns them.
        are_links: Most of the paragraphs are links.
    """
    bare = _bare(title)
    body = [text for text in texts if _bare(text) != bare]
    named = next((kind for kind, words in _TITLES.items() if words.fullmatch(bare)), "")
    if named == _CONTENTS and _CHAPTERS.fullmatch(bare) and not are_links:
        return named if not body or (_is_contents(body) and _are_titles(body, known)) else ""
    if named and (_TESTS[named](body) or not body):
        return named
    return "imprint" if _is_imprint(body) else ""


def mark_gutenberg(documents: Sequence[Sequence[Block]]) -> None:
    """Mark what stands before and behind the text of a Project Gutenberg book as licence.

    Args:
        documents: The settled blocks of all documents.
    """
    for number, blocks in enumerate(documents[:_HEADER_DOCUMENTS]):
        for place, block in enumerate(blocks):
            if _GUTENBERG_BEGINS.search(block.text[:400]):
                for marked in (*documents[:number], blocks[: place + 1]):
                    _mark(marked)
                break
    for number in range(len(documents) - 1, -1, -1):
        for place, block in enumerate(documents[number]):
            if _GUTENBERG_ENDS.match(block.text[:400].strip()):
                for marked in (documents[number][place:], *documents[number + 1 :]):
                    _mark(marked)
                return


def known_titles(entries: Iterable[str], documents: Sequence[Sequence[Block]]) -> frozenset[str]:
    """Return the titles by which a line is known as one of a table of contents.

    Args:
        entries: Titles in the table of contents.
        documents: The settled blocks of all documents, whose headings count as well.
    """
    headings = (block.text for blocks in documents for block in blocks if block.level)
    return frozenset(filter(None, map(title_key, (*entries, *headings))))


def title_key(title: str) -> str:
    """Return what is left of a title to compare it by: no number, no page, no signs.

    >>> title_key("제3장. 바당 ..... 12"), title_key("3. 바당"), title_key("7")
    ('바당', '바당', '7')
    """
    bare = without_page(title.strip()).casefold()
    named = _COUNTED.sub("", bare, count=1)
    letters = "".join(filter(str.isalnum, named))
    return letters or "".join(filter(str.isalnum, bare))


def are_told(texts: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether lines that are links are sentences of a text, and no titles of chapters.

    Args:
        texts: The lines.
        known: The titles of the book's chapters, as `known_titles` returns them.
    """
    sentences = sum(bool(_TOLD.search(text)) for text in texts)
    named = sum(title_key(text) in known for text in texts)
    return 2 * sentences >= len(texts) and 2 * named < len(texts)


def mark_contents(documents: Sequence[Sequence[Block]], known: Collection[str]) -> None:
    """Mark lists of links, with the line over them, as a table of contents.

    Args:
        documents: The settled blocks of all documents.
        known: The titles of the book's chapters, as `known_titles` returns them.
    """
    for blocks in documents:
        run: list[Block] = []
        for place, block in enumerate((*blocks, None)):
            if block and block.is_link and block.text:
                run.append(block)
                continue
            if block and not block.text:
                continue
            if len(run) >= _FEWEST_LINKS and not are_told([block.text for block in run], known):
                above = blocks[max(0, place - len(run) - 1) : place - len(run)]
                run += [block for block in above if _TITLES[_CONTENTS].fullmatch(_bare(block.text))]
                for linked in run:
                    linked.matter = linked.matter or _CONTENTS
            run = []


def _bare(title: str) -> str:
    return title.strip(" \t\n[]<>〈〉【】()《》.:·-–—*").lower()


def _mark(blocks: Sequence[Block]) -> None:
    for block in blocks:
        block.matter = block.matter or "licence"


def _is_named_imprint(texts: Sequence[str]) -> bool:
    """Tell whether a text under an imprint's title is one: short, with one of its words."""
    text = "\n".join(texts)
    return len(text) <= _LONGEST_IMPRINT and bool(_IMPRINT_LINES.search(text))


def _is_imprint(texts: Sequence[str]) -> bool:
    """Tell an imprint by itself: short, and most lines begin with its labels."""
    if sum(map(len, texts)) > _LONGEST_IMPRINT:
        return False
    lines = [line.strip() for text in texts for line in text.split("\n") if line.strip(" *-·")]
    matches = [match for line in lines if (match := _IMPRINT_LINES.match(line.lstrip("■●▪·* ")))]
    labels = {"".join(match["label"].lower().split()) for match in matches}
    certain = any(map(_CERTAIN.match, labels))
    return certain and len(labels) >= _FEWEST_LINES and 2 * len(matches) >= len(lines)


def _is_index(texts: Sequence[str]) -> bool:
    lines = [line for text in texts for line in text.split("\n")]
    numbered = sum(bool(_INDEX_LINE.fullmatch(line)) for line in lines)
    return len(lines) >= _FEWEST_LINES and (2 * numbered >= len(lines) or _is_list(lines))


def _is_contents(texts: Sequence[str]) -> bool:
    return _is_list([line for text in texts for line in text.split("\n")])


def _are_titles(texts: Sequence[str], known: Collection[str]) -> bool:
    """Tell whether a third of some lines are titles: known, numbered, or with a page."""
    lines = [line.strip() for text in texts for line in text.split("\n")]
    titles = sum(
        title_key(line) in known
        or bool(_PAGED.search(line) or heading_level(line) or is_numbered(line))
        for line in lines
    )
    return 3 * titles >= len(lines)


def _is_list(lines: Sequence[str]) -> bool:
    """Tell whether most lines are short and end no sentence."""
    short = sum(len(line) <= 60 and not _SENTENCE.search(line) for line in lines)
    return 5 * short >= 4 * len(lines)


def _is_licence(texts: Sequence[str]) -> bool:
    return len(_LICENCE.findall("\n".join(texts)[:20_000])) >= 2


_TESTS = {
    "imprint": _is_named_imprint,
    "index": _is_index,
    _CONTENTS: _is_contents,
    "licence": _is_licence,
}
