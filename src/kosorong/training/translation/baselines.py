"""Our figures on the JIT corpus beside the published ones.

Park, Choe and Ham 2020, "Jejueo datasets for machine translation and speech synthesis", LREC:
Transformer (fairseq `transformer`: 6 + 6 layers, width 512), 160,356 training, 5,000 development
and 5,000 test pairs, BPE of 4,000 pieces, one model a direction. Their BLEU is that of
`fairseq-generate` on the pieces themselves, without joining them to words, so words score lower
than pieces on the same output: both are printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sacrebleu.metrics import BLEU, CHRF

from kosorong.errors import CorpusError
from kosorong.ports import JEJU, KOREAN
from kosorong.training.corpora.parallel import PAIRS_NAME, read_manifest
from kosorong.translation.tokenizer import JamoTokenizer
from kosorong.translation.translator import NeuralTranslator

PUBLISHED = {f"{KOREAN}-{JEJU}": 43.3, f"{JEJU}-{KOREAN}": 67.7}
"""BLEU on the test part with 4,000 pieces, by direction."""


@dataclass(frozen=True, slots=True)
class JitFigure:
    """What a translator reaches on one part in one direction.

    Attributes:
        part: `dev` or `test`.
        direction: Such as `ko-jje`.
        lines: How many.
        chrf: chrF2, 0 to 100.
        bleu: BLEU of words, sacreBLEU's tokens.
        pieces: BLEU of the translator's own units.
    """

    part: str
    direction: str
    lines: int
    chrf: float
    bleu: float
    pieces: float


def measure_jit(translator: NeuralTranslator, data: Path) -> list[JitFigure]:
    """Measure on the development and test parts that `corpus import jit` laid apart.

    Raises:
        CorpusError: They are missing.
    """
    if not (data / "test" / PAIRS_NAME).is_file():
        raise CorpusError(
            "there is no test part of the JIT corpus here.",
            where=str(data / "test"),
            cure="Import it: kosorong corpus import jit SRC DEST.",
        )
    figures = []
    for part in ("dev", "test"):
        pairs = read_manifest(data / part)
        korean, jeju = [p.korean for p in pairs], [p.jeju for p in pairs]
        for direction, texts, wanted in (
            (f"{KOREAN}-{JEJU}", korean, jeju),
            (f"{JEJU}-{KOREAN}", jeju, korean),
        ):
            source, _, target = direction.partition("-")
            outputs = [t.text for t in translator.translate(texts, source=source, target=target)]
            figures.append(_figure(translator.tokenizer, part, direction, outputs, wanted))
    return figures


def _figure(
    tokenizer: JamoTokenizer,
    part: str,
    direction: str,
    outputs: Sequence[str],
    wanted: Sequence[str],
) -> JitFigure:
    units, references = (
        [" ".join(tokenizer.encode(t)) for t in side] for side in (outputs, wanted)
    )
    return JitFigure(
        part,
        direction,
        len(outputs),
        round(CHRF().corpus_score(list(outputs), [list(wanted)]).score, 1),
        round(BLEU().corpus_score(list(outputs), [list(wanted)]).score, 1),
        round(BLEU(tokenize="none", force=True).corpus_score(units, [references]).score, 1),
    )


def table_of_jit(figures: Sequence[JitFigure]) -> str:
    """Return figures beside the published ones, Markdown.

    >>> print(table_of_jit([JitFigure("test", "ko-jje", 5000, 60.0, 35.0, 44.1)]))
    | part | direction | lines | chrF2 | BLEU, words | BLEU, pieces | published (LREC 2020) |
    |---|---|---|---|---|---|---|
    | test | ko-jje | 5000 | 60.0 | 35.0 | 44.1 | 43.3 |
    """
    head = ["part", "direction", "lines", "chrF2", "BLEU, words", "BLEU, pieces"]
    rows = ["| " + " | ".join([*head, "published (LREC 2020)"]) + " |", "|---" * 7 + "|"]
    for f in figures:
        beside = f"{PUBLISHED[f.direction]:.1f}" if f.part == "test" else "–"
        cells = [f.part, f.direction, str(f.lines), *map(str, (f.chrf, f.bleu, f.pieces)), beside]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows)
