"""Alignment error rate of word links, against links made by hand.

A hundred pairs written for this repository are linked word by word, sure or possible; the figure
is that of Och and Ney 2003, "A systematic comparison of various statistical alignment models",
equation 21: 1 - (|A ∩ S| + |A ∩ P|) / (|A| + |S|), where P holds S.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from kosorong.errors import CorpusError
from kosorong.ports import JEJU, KOREAN
from kosorong.text.letters.normalize import normalize
from kosorong.translation.translator import NeuralTranslator

_DATA = "data/links.tsv"
_LINK = re.compile(r"(\d+)([-?])(\d+)")


@dataclass(frozen=True, slots=True)
class LinkedPair:
    """A pair with links made by hand.

    Attributes:
        korean: Korean text.
        jeju: Jeju text.
        sure: Korean word and Jeju word that surely belong together.
        possible: Those that may, with the sure ones among them.
    """

    korean: str
    jeju: str
    sure: frozenset[tuple[int, int]]
    possible: frozenset[tuple[int, int]]


def linked_pairs() -> list[LinkedPair]:
    """Return the pairs of this repository.

    >>> len(linked_pairs())
    100
    """
    text = files("kosorong.training.translation").joinpath(_DATA).read_text(encoding="utf-8")
    lines = enumerate(text.splitlines(), 1)
    return [parse_linked(line, f"{_DATA}:{n}") for n, line in lines if not line.startswith("#")]


def parse_linked(line: str, where: str) -> LinkedPair:
    """Read `KOREAN TAB JEJU TAB LINKS`.

    Raises:
        CorpusError: It is something else, or names a word that is not there.
    """
    columns = line.split("\t")
    if len(columns) != 3:
        raise CorpusError(
            f"{len(columns)} columns, not three.",
            where=where,
            cure="Write `KOREAN TAB JEJU TAB LINKS`.",
        )
    korean, jeju = (" ".join(normalize(text).split()) for text in columns[:2])
    last = (len(korean.split()) - 1, len(jeju.split()) - 1)
    if columns[2] == "=":
        diagonal = frozenset((n, n) for n in range(min(last) + 1))
        if last[0] != last[1]:
            raise CorpusError("the two sides differ in their number of words.", where=where)
        return LinkedPair(korean, jeju, diagonal, diagonal)
    matches = [_LINK.fullmatch(link) for link in columns[2].split()]
    links = [(int(m[1]), int(m[3]), m[2]) for m in matches if m is not None]
    if len(links) < len(matches) or any(s > last[0] or t > last[1] for s, t, _ in links):
        raise CorpusError(f"{columns[2]!r} are no links of these words.", where=where)
    sure = frozenset((s, t) for s, t, kind in links if kind == "-")
    return LinkedPair(korean, jeju, sure, frozenset((s, t) for s, t, _ in links))


@dataclass(frozen=True, slots=True)
class LinkError:
    """How far links are from those made by hand.

    Attributes:
        direction: Such as `ko-jje`.
        pairs: How many pairs.
        rate: Alignment error rate, 0 to 1.
        precision: Share of the links made that are possible.
        recall: Share of the sure links that were made.
    """

    direction: str
    pairs: int
    rate: float
    precision: float
    recall: float

    @property
    def text(self) -> str:
        """One line for the screen."""
        return (
            f"{self.direction}: alignment error rate {self.rate:.3f} on {self.pairs} pairs "
            f"(precision {self.precision:.3f}, recall {self.recall:.3f})"
        )


def error_rate(
    direction: str, rows: Iterable[tuple[set[tuple[int, int]], LinkedPair]]
) -> LinkError:
    r"""Return the alignment error rate of links.

    Args:
        direction: Its name.
        rows: Links made (Korean word, Jeju word) and the pair they are of.

    >>> pair = parse_linked("가 나\t가 나\t=", "")
    >>> error_rate("ko-jje", [({(0, 0), (1, 0)}, pair)]).rate
    0.5
    """
    linked = sure = right = hit = count = 0
    for links, pair in rows:
        linked += len(links)
        sure += len(pair.sure)
        right += len(links & pair.possible)
        hit += len(links & pair.sure)
        count += 1
    rate = 1 - (hit + right) / max(1, linked + sure)
    return LinkError(direction, count, rate, right / max(1, linked), hit / max(1, sure))


def errors_of(translator: NeuralTranslator, pairs: Sequence[LinkedPair]) -> list[LinkError]:
    """Link given pairs as the translator links its own translations, in both directions."""
    errors = []
    for source, target in ((KOREAN, JEJU), (JEJU, KOREAN)):
        rows = []
        for pair in pairs:
            texts = (pair.korean, pair.jeju) if source == KOREAN else (pair.jeju, pair.korean)
            links = translator.link(*texts, target=target)
            drawn = {
                (k.source, k.target) if source == KOREAN else (k.target, k.source) for k in links
            }
            rows.append((drawn, pair))
        errors.append(error_rate(f"{source}-{target}", rows))
    return errors
