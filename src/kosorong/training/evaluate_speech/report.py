"""The report of an evaluation: a table to read, JSON to keep, pictures to look at."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kosorong.training.common import plots
from kosorong.training.evaluate_speech.measures import Likeness, Sentence, Summary

VALID_ERROR = 0.25
"""Recogniser's largest error on recordings at which its ratio says something."""

_TOLD = (
    "length, median error",
    "recogniser error, recorded",
    "recogniser error, synthetic",
    "synthetic: MCD, dB",
    "copy: multi-resolution STFT distance",
)
"""What a model card and `kosorong voices` tell of each speaker."""

RECIPES = (
    "length: frames predicted over frames recorded, edges and pauses included",
    "overlong: sounds over 350 ms; a blank between two sounds belongs to the first, pauses apart",
    "recogniser: greedy CTC, edits over sounds said; ratio = synthetic over recorded",
    "MCD, dB: 10/ln 10 sqrt(2) times the distance of 13 cepstra (DCT of the log-mel, no c0)",
    "synthetic against recorded: mean over the DTW path; copy against recorded: frame by frame",
    "F0: YIN, frames voiced in both, root mean square; gross: over 20 % off; voicing: in one only",
    "real-time factor: processor seconds of speaking over seconds of speech",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        name: What was judged.
        summaries: One for each speaker, the main one first.
    """

    name: str
    summaries: tuple[Summary, ...]

    def table(self) -> str:
        """Return the report as text, measures below one another, speakers side by side."""
        columns = [_rows(s) for s in self.summaries]
        labels = [label for label, _ in columns[0]]
        cells = [[value for _, value in column] for column in columns]
        heads = [f"{s.speaker} ({s.sentences})" for s in self.summaries]
        width = max(map(len, labels))
        sizes = [max(len(h), *map(len, c)) for h, c in zip(heads, cells, strict=True)]
        lines = [self.name, "", _line("", heads, width, sizes)]
        lines += [
            _line(label, [c[i] for c in cells], width, sizes) for i, label in enumerate(labels)
        ]
        return "\n".join([*lines, "", *RECIPES])

    def plain(self) -> dict[str, Any]:
        """Return the report as plain data, with None for what could not be measured."""
        speakers = {
            s.speaker: _without_nan(asdict(s) | {"recogniser_ratio": s.ratio})
            for s in self.summaries
        }
        return {"judged": self.name, "speakers": speakers, "recipes": list(RECIPES)}

    def figures(self) -> dict[str, str]:
        """Return the measures that say most, for a model card."""
        told: dict[str, str] = {}
        for summary in self.summaries:
            rows = dict(_rows(summary))
            told |= {f"{summary.speaker}, {label}": rows[label] for label in _TOLD}
        return told

    def write(self, folder: Path) -> None:
        """Write `speech.txt` and `speech.json` into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "speech.txt").write_text(self.table() + "\n", encoding="utf-8")
        text = json.dumps(self.plain(), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "speech.json").write_text(text + "\n", encoding="utf-8")


def draw(path: Path, sentence: Sentence) -> None:
    """Draw the recorded, copied and synthetic mels of a sentence as a PNG file."""
    pictures = {"recorded mel": sentence.recorded.mel}
    if sentence.copied is not None:
        pictures["copy: recorded mel through the vocoder"] = sentence.copied.mel
    pictures["synthetic mel"] = sentence.made.mel
    path.parent.mkdir(parents=True, exist_ok=True)
    plots.draw_matrices(path, pictures)


def _rows(summary: Summary) -> list[tuple[str, str]]:
    recorded = summary.errors.get("recorded")
    valid = recorded is not None and recorded <= VALID_ERROR
    rows = [
        ("length, median error", _percent(summary.length.median)),
        ("length, 95th percentile", _percent(summary.length.largest)),
        ("length, median with its sign", _percent(summary.length.bias)),
        ("sounds over 350 ms", _percent(summary.overlong)),
        ("recogniser error, recorded", _percent(recorded)),
        ("recogniser error, copy", _percent(summary.errors.get("copied"))),
        ("recogniser error, synthetic", _percent(summary.errors.get("synthetic"))),
        (
            "recogniser ratio, synthetic / recorded",
            _number(summary.ratio) + ("" if valid or recorded is None else " (not valid: > 25 %)"),
        ),
    ]
    rows += _likeness_rows("synthetic", summary.synthetic)
    rows += _likeness_rows("copy", summary.copied)
    return [
        *rows,
        ("copy: multi-resolution STFT distance", _number(summary.copy_stft)),
        ("real-time factor, processor time", _number(summary.real_time_factor, 4)),
    ]


def _likeness_rows(kind: str, likeness: Likeness | None) -> list[tuple[str, str]]:
    pitch = likeness.pitch if likeness else None
    return [
        (f"{kind}: MCD, dB", _number(likeness.mcd if likeness else None)),
        (f"{kind}: log-mel distance, nats", _number(likeness.mel if likeness else None, 3)),
        (f"{kind}: F0 error, Hz", _number(pitch.hertz if pitch else None, 1)),
        (f"{kind}: F0 error, cents", _number(pitch.cents if pitch else None, 0)),
        (f"{kind}: F0 grossly wrong", _percent(pitch.gross if pitch else None)),
        (f"{kind}: voicing error", _percent(pitch.voicing if pitch else None)),
    ]


def _line(label: str, cells: Sequence[str], width: int, sizes: Sequence[int]) -> str:
    padded = "  ".join(c.rjust(n) for c, n in zip(cells, sizes, strict=True))
    return f"{label.ljust(width)}  {padded}".rstrip()


def _number(value: float | None, digits: int = 2) -> str:
    return "–" if value is None or math.isnan(value) else f"{value:.{digits}f}"


def _percent(value: float | None) -> str:
    return "–" if value is None or math.isnan(value) else f"{100 * value:.1f} %"


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _without_nan(v) for k, v in value.items()}
    if isinstance(value, float):
        return None if math.isnan(value) else round(value, 6)
    return value
