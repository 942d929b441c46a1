r"""The account of a manuscript: every character of its source is read, or listed as left out.

>>> from kosorong.book.manuscript import Chapter, Manuscript, Paragraph, Skipped
>>> skipped = (Skipped("글.txt:3", "- 7 -", "page number"),)
>>> chapters = (Chapter("", 1, (Paragraph("눈이 왔다."),)),)
>>> book = Manuscript("", "", "ko", chapters, skipped=skipped)
>>> account_of(book)
{'read': 5, 'left_out': {'page number': 3}}
>>> unaccounted("눈이 왔다. OK!\n- 7 -", book)
('!KO', '')
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from kosorong.book.manuscript import Manuscript

REASONS = {
    "HTML that is not text": "글이 아닌 HTML",
    "Hanja beside its reading": "독음에 딸린 한자",
    "advertisement": "광고",
    "annotation": "덧글",
    "author's name": "지은이 이름",
    "back matter": "뒷붙이",
    "code": "코드",
    "comment": "메모",
    "cover page": "표지",
    "deleted text": "지운 글",
    "file properties": "파일 정보",
    "footnote": "주석",
    "footnote mark": "주석 표시",
    "foreign language": "외국어",
    "form field": "입력 칸",
    "formula": "수식",
    "front matter": "앞붙이",
    "header or footer": "머리말과 꼬리말",
    "hidden": "숨긴 글",
    "image": "그림",
    "imprint": "판권",
    "index": "찾아보기",
    "licence": "이용 허락",
    "link": "링크 주소",
    "list mark": "목록 표시",
    "media": "소리와 영상",
    "ornament": "장식",
    "outside the reading order": "읽는 차례 밖",
    "page number": "쪽 번호",
    "repetition": "되풀이",
    "ruby": "루비",
    "source note": "출처",
    "speaker": "말하는 사람 이름",
    "style or script": "모양과 스크립트",
    "switched off": "빼기로 한 장",
    "table": "표",
    "table of contents": "차례",
    "time code": "시각 표시",
    "title page": "속표지",
    "unknown mark": "모르는 표시",
    "unpaired sound": "짝 없는 소리",
    "verse number": "절 번호",
}
"""Every reason for which something is left out, and what Koreans call it.

The page's dictionary (web/src/shared/i18n/notes.ko.ts) has the same rows; a test compares them.
"""


def account_of(manuscript: Manuscript) -> dict[str, object]:
    """Return how many characters are read, and how many are left out for each reason.

    White space is not counted.
    """
    left: Counter[str] = Counter()
    for skipped in manuscript.skipped:
        left[skipped.reason] += size_of(skipped.text)
    return {"read": sum(map(size_of, _read(manuscript))), "left_out": dict(sorted(left.items()))}


def unaccounted(
    source: str, manuscript: Manuscript, *, signs: bool = True, metadata: Iterable[str] = ()
) -> tuple[str, str]:
    """Return what of a source is neither read nor listed, and what is but does not stand in it.

    Args:
        source: The text of the file, without what only gives it shape (tags, styles).
        manuscript: What the reader made of it.
        signs: False counts letters and digits only, where marks give a text its shape.
        metadata: What a reader may list although it stands outside the text.

    Returns:
        Characters lost and characters added, sorted, a character as often as it is missing; both
        empty where the account is right.
    """
    there = _letters((source,), signs)
    accounted = _letters(
        (*_read(manuscript), *(skipped.text for skipped in manuscript.skipped)), signs
    )
    added = accounted - there - _letters(metadata, signs)
    return _line(there - accounted), _line(added)


def size_of(text: str) -> int:
    """Return how many characters a text has, white space not counted."""
    return len("".join(text.split()))


def _read(manuscript: Manuscript) -> list[str]:
    return [paragraph.text for chapter in manuscript.chapters for paragraph in chapter.paragraphs]


def _letters(texts: Iterable[str], signs: bool) -> Counter[str]:
    """Count characters decomposed: a piece may end anywhere, and an exponent is a digit."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(c for c in unicodedata.normalize("NFKD", text) if not c.isspace())
    return counts if signs else Counter({c: n for c, n in counts.items() if c.isalnum()})


def _line(letters: Counter[str]) -> str:
    return unicodedata.normalize("NFC", "".join(sorted(letters.elements())))
