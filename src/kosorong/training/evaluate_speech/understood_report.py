"""What a judge understood, as text to read and as plain data to keep."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kosorong.training.evaluate_speech.intervals import ErrorTally, Spread, error, points, ratio
from kosorong.training.evaluate_speech.ladder import RECORDED, RUNGS, SERVED
from kosorong.training.evaluate_speech.understood import Listened, Understood, served_by

VALID_ERROR = 0.25
"""Largest error on recordings at which a ratio says something."""

_CONFUSIONS = 12


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one judge understood of all speakers.

    Attributes:
        judge: Who.
        recipe: How it listens and what errors are counted in.
        stranger: Whether it never met the speakers.
        speakers: One for each, the main one first.
    """

    judge: str
    recipe: str
    stranger: bool
    speakers: tuple[Understood, ...]

    def text(self) -> str:
        """Return ladders, other voices, worst sentences and confusions of every speaker."""
        lines = [f"understood by {self.judge}: {self.recipe}"]
        for speaker in self.speakers:
            lines += [
                "",
                *_ladder(speaker),
                *_others(speaker),
                *_worst(speaker),
                *_confusions(speaker),
            ]
        return "\n".join(lines)

    def figures(self) -> dict[str, str]:
        """Return the figures that say most, for a model card."""
        figures: dict[str, str] = {}
        for speaker in self.speakers:
            base, served = speaker.tallies[RECORDED], speaker.tallies[SERVED]
            name = f"{speaker.speaker}, {self.judge}"
            figures[f"{name} ratio, served / recorded"] = times(ratio(served, base))
            figures[f"{name} error, served minus recorded"] = share(points(served, base))
            figures[f"{name} error, recorded"] = percent(error(base))
            figures[f"{name} error, served"] = percent(error(served))
        return figures

    def plain(self) -> dict[str, Any]:
        """Return everything as plain data; a ratio without an end is None."""
        return {
            "judge": self.judge,
            "recipe": self.recipe,
            "speakers": {speaker.speaker: _plain(speaker) for speaker in self.speakers},
        }


def times(spread: Spread) -> str:
    """Write a ratio with its interval.

    >>> times(Spread(2.384, 1.69, float("inf")))
    '2.38 (1.69–∞)'
    """
    value, low, high = ("∞" if math.isinf(v) else f"{v:.2f}" for v in _values(spread))
    return f"{value} ({low}–{high})"


def share(spread: Spread) -> str:
    """Write a difference of errors in points.

    >>> share(Spread(0.039, 0.0, 0.071))
    '3.9 (0.0 to 7.1)'
    """
    value, low, high = (f"{100 * v:.1f}" for v in _values(spread))
    return f"{value} ({low} to {high})"


def percent(value: float) -> str:
    """Write a share in percent.

    >>> percent(0.028)
    '2.8 %'
    """
    return f"{100 * value:.1f} %"


def _values(spread: Spread) -> tuple[float, float, float]:
    return spread.value, spread.low, spread.high


def _ladder(speaker: Understood) -> Iterator[str]:
    base = speaker.tallies[RECORDED]
    jamo = sum(tally.said for tally in base)
    width = max(map(len, RUNGS.values())) + 12
    head = f"{speaker.speaker}: {len(base)} sentences, {jamo} jamo"
    yield f"{head.ljust(width)}    error  ÷ recording (95 %)  minus it, points (95 %)"
    for rung, name in RUNGS.items():
        if rung in speaker.tallies:
            tallies, own = speaker.tallies[rung], speaker.base(rung)
            label = f"{name}, {speaker.seeds} seeds" if rung == SERVED else name
            yield _row(label, tallies, own, width, plain=rung == RECORDED)
            if len(own) < len(base):
                left = f"{len(base) - len(own)} of {len(base)} sentences"
                yield f"    without {left} that could not be tied to their text"
    if error(base) > VALID_ERROR:
        yield f"  the ratio says little: {percent(error(base))} of the recordings is misheard"


def _row(
    label: str,
    tallies: Sequence[ErrorTally],
    base: Sequence[ErrorTally],
    width: int,
    *,
    plain: bool = False,
) -> str:
    row = f"  {label}".ljust(width) + percent(error(tallies)).rjust(9)
    if plain:
        return row
    return f"{row}  {times(ratio(tallies, base)):18}  {share(points(tallies, base))}"


def _others(speaker: Understood) -> Iterator[str]:
    own = speaker.tallies[SERVED]
    prefix = served_by("")
    for rung, tallies in speaker.tallies.items():
        if rung.startswith(prefix):
            other = rung.removeprefix(prefix)
            yield (
                f"  {other} ÷ {speaker.speaker}, the same texts: {times(ratio(tallies, own))}, "
                f"{other} {percent(error(tallies))}"
            )


def _worst(speaker: Understood) -> Iterator[str]:
    worst = speaker.worst()
    if worst:
        yield "  lost most, said | recording heard as | voice heard as:"
    for sentence in worst:
        yield f"    {sentence.text} | {sentence.heard[RECORDED][0].text} | {_misheard(sentence)}"


def _misheard(sentence: Listened) -> str:
    """Return what was heard of the worst reading."""
    wrong = sentence.wrong[SERVED]
    return sentence.heard[SERVED][wrong.index(max(wrong))].text


def _confusions(speaker: Understood) -> Iterator[str]:
    shown = [
        confusion for confusion in speaker.confusions() if confusion.served > confusion.recorded
    ][:_CONFUSIONS]
    if shown:
        pairs = (
            f"{confusion.said}→{confusion.heard or '–'} {confusion.served:.1f}; "
            f"{confusion.recorded:.0f}"
            for confusion in shown
        )
        yield "  onsets heard as others, times in one reading by the voice; in the recordings:"
        yield f"    {', '.join(pairs)}"


def _plain(speaker: Understood) -> dict[str, Any]:
    return {
        "seeds": speaker.seeds,
        "rungs": {
            rung: {
                "error": round(error(tallies), 6),
                "sentences": len(tallies),
                "ratio": plain_spread(ratio(tallies, speaker.base(rung))),
                "points": plain_spread(points(tallies, speaker.base(rung))),
            }
            for rung, tallies in speaker.tallies.items()
        },
        "others": {
            rung.removeprefix(served_by("")): plain_spread(ratio(tallies, speaker.tallies[SERVED]))
            for rung, tallies in speaker.tallies.items()
            if rung.startswith(served_by(""))
        },
        "onsets": [asdict(confusion) for confusion in speaker.confusions()],
        "sentences": [_plain_sentence(sentence) for sentence in speaker.sentences],
    }


def plain_spread(spread: Spread) -> dict[str, float | None]:
    """Return a figure and its interval as plain data; None where it is infinite."""
    return {name: None if math.isinf(v) else v for name, v in asdict(spread).items()}


def _plain_sentence(sentence: Listened) -> dict[str, Any]:
    return {
        "id": sentence.id,
        "text": sentence.text,
        "jamo": len(sentence.said),
        "heard": {
            rung: [
                {"text": heard.text, "wrong": wrong}
                for heard, wrong in zip(readings, sentence.wrong[rung], strict=True)
            ]
            for rung, readings in sentence.heard.items()
        },
    }
