"""Count how Korean texts spell out what the reader has to say: the figures of the conventions.

Each row is a question of docs/reference/reading-conventions.md with the two ways it could go; the
count says how often texts that write numbers out go each way.

    python scripts/reading_counts.py --data DIR [DIR ...] [--show]
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_ONE = "(?:한|두|세|네|다섯|여섯|일곱|여덟|아홉)"
_TENS = "(?:열|스무|스물|서른|마흔|쉰|예순|일흔|여든|아흔)"
_SINO = "[일이삼사오육칠팔구]"
_COUNTED = "(?:명|개|살|사람|분|곳|냥|마리|가지|잔|장|시간|그루|송이)"
_EDGE = "(?<![가-힣])"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the texts.

    Attributes:
        name: The question's name on the page.
        ours: Pattern of the way the reader says it.
        other: Pattern of the other way.
    """

    name: str
    ours: str
    other: str


QUESTIONS = (
    Question("만 without 일", f"{_EDGE}만 ?{_SINO}?[천백]", f"{_EDGE}일만 ?{_SINO}?[천백]"),
    Question("천 without 일", f"{_EDGE}천 ?{_SINO}?백", f"{_EDGE}일천 ?{_SINO}?백"),
    Question(
        "hundreds before a counter",
        f"백 ?(?:{_TENS}{_ONE}?|{_ONE}) {_COUNTED}",
        f"백 ?(?:{_SINO}?십{_SINO}?|{_SINO}) {_COUNTED}",
    ),
    Question(
        "thousands before a counter",
        f"천 ?{_SINO}?백(?:{_SINO}?십)?{_SINO} {_COUNTED}",
        f"천 ?{_SINO}?백(?:{_TENS}{_ONE}?|{_ONE}) {_COUNTED}",
    ),
    Question("first", "첫 ?번째", f"{_EDGE}(?:한|일) ?번째"),
    Question("유월, 시월", f"{_EDGE}(?:유월|시월)(?=[ 이에의은부까])", f"{_EDGE}(?:육월|십월)"),
    Question(
        "about so many", "한두|두세|서너|네다섯|대여섯|예닐곱|일고여덟", "세네|다섯여섯|여섯일곱"
    ),
    Question(
        "tens written once", "이삼십|삼사십|사오십|오륙십|칠팔십|삼사백", f"{_SINO}에서 {_SINO}십"
    ),
    Question(
        "days by their digits", "육이오|사일구|오일팔|삼일절|팔일오|사삼", "육점이오|오점일팔"
    ),
    Question(
        "hours",
        f"{_EDGE}(?:{_TENS}?{_ONE}|열) ?시(?=[ 에가부까쯤])",
        f"{_EDGE}[삼사칠팔구] 시(?=[ 에])",
    ),
    Question("floors", f"{_EDGE}{_SINO}{{1,2}} ?층", f"{_EDGE}(?:두|세|네|다섯) 층"),
    Question("persons", f"{_EDGE}(?:두|세|네|다섯) 분", f"{_EDGE}(?:이|삼|사|오) 분[이께]"),
    Question("percent", "퍼센트", f"{_SINO}십? ?프로(?=[ 가를이의]|$)"),
    Question("below zero", f"영하 ?(?:[0-9]|{_SINO}|십)", f"마이너스 ?{_SINO}{{1,3}} ?도"),
    Question("fractions", f"{_SINO}분의 ?{_SINO}|[0-9] ?분의 ?[0-9]", f"{_SINO} 슬래시 {_SINO}"),
    Question("exponents", "제곱", f"{_SINO} ?승(?= ?개)"),
    Question("feet", "피트", "푸트"),
)


def lines_of(folders: Iterable[Path]) -> Iterator[str]:
    """Yield the lines of every text in the folders."""
    for folder in folders:
        for path in sorted(path for path in folder.rglob("*") if path.suffix in (".txt", ".tsv")):
            yield from path.read_text(encoding="utf-8", errors="replace").splitlines()


def counts(lines: Iterable[str]) -> dict[str, tuple[Counter[str], Counter[str]]]:
    """Count both ways of every question."""
    found = {question.name: (Counter[str](), Counter[str]()) for question in QUESTIONS}
    patterns = [
        (found[question.name][way], re.compile(pattern))
        for question in QUESTIONS
        for way, pattern in enumerate((question.ours, question.other))
    ]
    for line in lines:
        for counter, pattern in patterns:
            counter.update(match[0] for match in pattern.finditer(line))
    return found


def main() -> None:
    """Print the counts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="folders of texts")
    parser.add_argument("--show", action="store_true", help="print what was found, most first")
    options = parser.parse_args()
    for name, (ours, other) in counts(lines_of(options.data)).items():
        print(f"{name:28s}{ours.total():6d} against {other.total():5d}")
        if options.show:
            for counter in (ours, other):
                print("    " + ", ".join(f"{text} {n}" for text, n in counter.most_common(12)))


if __name__ == "__main__":
    main()
