"""Reads the model's probabilities against what people wrote: how sure may it call itself?

A word is right where it stands in the reference of its line too, punctuation apart; a segment is
as right as the share of its words. Curves are fitted by isotonic regression (Zadrozny and Elkan
2002, "Transforming classifier scores into accurate multiclass probability estimates") on fold
models' held-out lines, and judged on the fold they were not fitted on: expected calibration error
(Guo et al. 2017, "On calibration of modern neural networks", equation 3).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.bundle import MANIFEST
from kosorong.errors import CorpusError
from kosorong.ports import JEJU, KOREAN, SPELLINGS
from kosorong.text.letters.hangul import bare_word
from kosorong.training.corpora.parallel import Pair, read_manifest, split_folds
from kosorong.training.translation.quality import words_of
from kosorong.translation.confidence import Calibration, Curve
from kosorong.translation.translator import NeuralTranslator

CONFIDENCE_NAME = "confidence.json"
# How found: a guess, never tuned; no measurement is on record.
_BINS = 10
# How found: a guess, never tuned; no measurement is on record.
_MOST_POINTS = 12
# How found: a guess, never tuned; no measurement is on record.
_FEWEST_LINES = 20


@dataclass(frozen=True, slots=True)
class Judged:
    """How sure the model was, and how right.

    Attributes:
        raw: Probabilities (N), 0 to 1.
        right: Shares of right words (N), 0 to 1; for a word 0 or 1.
    """

    raw: NDArray[np.float64]
    right: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Sequence[tuple[float, float]]) -> Judged:
        """Return rows of raw probability and right share."""
        table = np.array(rows, dtype=np.float64).reshape(-1, 2)
        return cls(table[:, 0], table[:, 1])


@dataclass(frozen=True, slots=True)
class HeldOutJudgement:
    """What one translator's held-out lines show.

    Attributes:
        words: Its words.
        segments: Its segments.
        by_rules: Shares of right words of the segments where the rules stood in.
    """

    words: Judged
    segments: Judged
    by_rules: tuple[float, ...]


def expected_error(sure: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """Return the expected calibration error over ten bins of equal width.

    Args:
        sure: Confidences (N).
        right: Shares of right words (N).

    >>> expected_error(np.array([0.9, 0.9]), np.array([1.0, 0.0]))
    0.4
    """
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    gaps = [
        abs(float(sure[bins == n].sum() - right[bins == n].sum())) for n in np.unique(bins).tolist()
    ]
    return round(sum(gaps) / max(1, len(sure)), 6)


def isotonic(raw: NDArray[np.float64], right: NDArray[np.float64]) -> Curve:
    """Return the rising curve with the least squares, by pooling adjacent violators.

    Args:
        raw: Probabilities (N).
        right: Shares of right words (N).

    >>> isotonic(np.array([0.2, 0.4, 0.8]), np.array([0.5, 0.1, 1.0])).points
    ((0.3, 0.3), (0.8, 1.0))
    """
    order = np.argsort(raw, kind="stable")
    # Equal parts first: a point for every few words would only learn the noise.
    size = max(1, len(order) // (_MOST_POINTS * 2))
    pools: list[tuple[float, float, int]] = []
    for start in range(0, len(order), size):
        part = order[start : start + size]
        pools.append((float(raw[part].sum()), float(right[part].sum()), len(part)))
        while len(pools) > 1 and pools[-2][1] / pools[-2][2] >= pools[-1][1] / pools[-1][2]:
            (x1, y1, n1), (x2, y2, n2) = pools[-2:]
            pools[-2:] = [(x1 + x2, y1 + y2, n1 + n2)]
    points = {round(x / n, 4): round(y / n, 4) for x, y, n in pools}
    return Curve(tuple(points.items()))


def judge(translator: NeuralTranslator, pairs: Sequence[Pair]) -> HeldOutJudgement:
    """Translate held-out pairs in both directions and look at every word.

    Args:
        translator: One without a calibration of its own.
        pairs: What it has not seen.
    """
    words: list[tuple[float, float]] = []
    segments: list[tuple[float, float]] = []
    ruled: list[float] = []
    for source, target in ((KOREAN, JEJU), (JEJU, KOREAN)):
        for spelling in SPELLINGS:
            chosen = [p for p in pairs if p.spelling == spelling]
            texts = [p.korean if source == KOREAN else p.jeju for p in chosen]
            translations = translator.translate(
                texts, source=source, target=target, spelling=spelling
            )
            for pair, translation in zip(chosen, translations, strict=True):
                wanted = words_of([pair.jeju if target == JEJU else pair.korean])
                right = [float(bare_word(w) in wanted) for w in translation.text.split()]
                if not right:
                    continue
                share = sum(right) / len(right)
                if translation.provenance.startswith("nmt"):
                    words += zip(translation.word_confidences, right, strict=True)
                    segments.append((translation.confidence, share))
                else:
                    ruled.append(share)
    return HeldOutJudgement(Judged.of(words), Judged.of(segments), tuple(ruled))


def fit(judgements: Sequence[HeldOutJudgement]) -> Calibration:
    """Return the calibration that fits judgements."""
    words = _together([j.words for j in judgements])
    segments = _together([j.segments for j in judgements])
    ruled = [share for j in judgements for share in j.by_rules]
    return Calibration(
        isotonic(words.raw, words.right),
        isotonic(segments.raw, segments.right),
        round(sum(ruled) / len(ruled), 4) if ruled else Calibration().by_rules,
    )


def _together(parts: Sequence[Judged]) -> Judged:
    return Judged(
        np.concatenate([part.raw for part in parts]), np.concatenate([part.right for part in parts])
    )


@dataclass(frozen=True, slots=True)
class Calibrated:
    """Confidences before and after calibration, each by a curve that did not see its line.

    Attributes:
        name: `words` or `segments`.
        before: Raw confidences (N).
        after: Calibrated ones (N).
        right: Shares of right words (N).
    """

    name: str
    before: NDArray[np.float64]
    after: NDArray[np.float64]
    right: NDArray[np.float64]

    @property
    def text(self) -> str:
        """One line for the screen."""
        before = expected_error(self.before, self.right)
        after = expected_error(self.after, self.right)
        return (
            f"{self.name}: {len(self.right)}, right {self.right.mean():.3f}, expected calibration "
            f"error {before:.3f} raw, {after:.3f} calibrated"
        )


def read_honestly(judgements: Sequence[HeldOutJudgement]) -> list[Calibrated]:
    """Return every fold's confidences, calibrated on the other folds."""
    results = []
    for name in ("words", "segments"):
        parts: list[Judged] = [getattr(j, name) for j in judgements]
        after = []
        for n, part in enumerate(parts):
            others = _together([p for m, p in enumerate(parts) if m != n])
            curve = isotonic(others.raw, others.right)
            after.append(np.array([curve.at(raw) for raw in part.raw.tolist()]))
        whole = _together(parts)
        results.append(Calibrated(name, whole.raw, np.concatenate(after), whole.right))
    return results


def calibrate(data: Path, out: Path, *, folds: int = 5) -> tuple[Calibration, list[Calibrated]]:
    """Calibrate on the fold bundles that `evaluate translation --recipe` left in a folder.

    Writes `confidence.json`, which `kosorong export --confidence` puts into a bundle, and the
    plot `confidence.png`.

    Args:
        data: Corpus folder that the folds were cut from.
        out: Folder with `fold-N-bundle`.
        folds: How many.

    Raises:
        CorpusError: A fold's bundle is missing, or there is too little to measure.
    """
    judgements = []
    for n, fold in enumerate(split_folds(read_manifest(data), folds)):
        bundle = out / f"fold-{n}-bundle"
        if not (bundle / MANIFEST).exists():
            raise CorpusError(
                "the fold's bundle is missing.",
                where=str(bundle),
                cure="Make the folds first: kosorong evaluate translation --recipe R --out FOLDER.",
            )
        judgements.append(judge(NeuralTranslator(bundle), fold.test))
    if min(len(j.segments.raw) for j in judgements) < _FEWEST_LINES // folds:
        raise CorpusError(
            "the model's own translations are too few to measure.",
            where=str(out),
            cure="Train longer, or lower least_confidence.",
        )
    calibration, results = fit(judgements), read_honestly(judgements)
    text = json.dumps(calibration.to_plain(), indent=1)
    (out / CONFIDENCE_NAME).write_text(text + "\n", encoding="utf-8")
    draw(results, out / "confidence.png")
    return calibration, results


def draw(results: Sequence[Calibrated], path: Path) -> None:
    """Draw how right confidences are, before and after: on the diagonal they are true."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.5 * len(results), 4.2))
    for axes, result in zip(figure.subplots(1, len(results)), results, strict=True):
        axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
        for sure, label in ((result.before, "raw"), (result.after, "calibrated")):
            bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
            used = [n for n in range(_BINS) if (bins == n).sum() >= _FEWEST_LINES // 2]
            means = [(sure[bins == n].mean(), result.right[bins == n].mean()) for n in used]
            axes.plot(*np.array(means).reshape(-1, 2).T, marker="o", label=label)
        axes.set(title=result.name, xlabel="confidence", ylabel="right", xlim=(0, 1), ylim=(0, 1))
        axes.legend()
    figure.tight_layout()
    figure.savefig(path, dpi=90)
