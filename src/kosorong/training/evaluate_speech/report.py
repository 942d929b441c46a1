"""The report of an evaluation: a table to read, JSON to keep, pictures to look at."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kosorong.training.common import plots
from kosorong.training.evaluate_speech.measures import Likeness, MeasuredSentence, Summary
from kosorong.training.evaluate_speech.melody import Melody
from kosorong.training.evaluate_speech.understood_report import Judgement

_TOLD = (
    "length, median error",
    "held-out negative log-likelihood, nats",
    "synthetic: MCD, dB",
    "copy: multi-resolution STFT distance",
)
"""What a model card and `kosorong voices` tell of each speaker."""

LADDER = (
    "latent, half, durations: the recording tied to its text by its model's alignment, no noise",
    "ratio and points: 95 % by bootstrap over sentences, 10,000 draws, each with all its readings",
)

RECIPES = (
    "length: frames heard over frames recorded, edges and pauses included",
    "sound's duration: predicted against the recording's alignment, pauses apart; a blank between",
    "  two sounds belongs to the first; overlong: over 350 ms",
    "likelihood: of a recorded log-mel value, given its text and the alignment; lower is better",
    "MCD, dB: 10/ln 10 sqrt(2) times the distance of 13 cepstra (DCT of the log-mel, no c0)",
    "synthetic and floor against recorded: mean over the DTW path; steps (1,1), (1,0), (0,1) of",
    "  equal weight, Euclidean distance of these cepstra, both ends tied, silence included",
    "copy against recorded: frame by frame",
    "F0: YIN, frames voiced in both, root mean square; gross: over 20 % off; voicing: in one only",
    "ends: slope of F0 in the last voiced 0.6 s, all recordings of the speaker with a voiced end",
    "real-time factor: processor seconds of speaking over seconds of speech",
)


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation found.

    Attributes:
        name: What was judged.
        summaries: One for each speaker, the main one first.
        notes: What else a reader of the figures must know, a line each.
        judgement: What a judge understood; None where nobody listened.
    """

    name: str
    summaries: tuple[Summary, ...]
    notes: tuple[str, ...] = ()
    judgement: Judgement | None = None

    def text(self) -> str:
        """Return the whole report: what a judge understood first, then the table."""
        heard = self.understood()
        return f"{heard}\n\n{self.table()}" if heard else self.table()

    def understood(self) -> str:
        """Return what a judge understood as text, "" where nobody listened."""
        if self.judgement is None:
            return ""
        return "\n".join([self.name, "", self.judgement.text(), "", *self.notes[:1], *LADDER])

    def table(self) -> str:
        """Return what was measured as text, measures below one another, speakers side by side."""
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
        return "\n".join([*lines, "", *self.notes, *RECIPES])

    def plain(self) -> dict[str, Any]:
        """Return the report as plain data, with None for what could not be measured."""
        speakers = {s.speaker: _without_nan(asdict(s)) for s in self.summaries}
        understood = None if self.judgement is None else self.judgement.plain()
        return {
            "judged": self.name,
            "understood": understood,
            "speakers": speakers,
            "recipes": [*self.notes, *LADDER, *RECIPES],
        }

    def figures(self) -> dict[str, str]:
        """Return the measures that say most, for a model card."""
        figures: dict[str, str] = {}
        for summary in self.summaries:
            rows = dict(_rows(summary))
            figures |= {f"{summary.speaker}, {label}": rows[label] for label in _TOLD}
        return figures

    def write(self, folder: Path) -> None:
        """Write `speech.txt` and `speech.json` into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "speech.txt").write_text(self.text() + "\n", encoding="utf-8")
        text = json.dumps(self.plain(), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "speech.json").write_text(text + "\n", encoding="utf-8")


def draw(path: Path, sentence: MeasuredSentence) -> None:
    """Draw the recorded, copied and synthetic mels of a sentence as a PNG file."""
    pictures = {"recorded mel": sentence.recorded.mel}
    if sentence.copied is not None:
        pictures["copy: recorded mel through the vocoder"] = sentence.copied.mel
    pictures["synthetic mel"] = sentence.made.mel
    path.parent.mkdir(parents=True, exist_ok=True)
    plots.draw_matrices(path, pictures)


def _rows(summary: Summary) -> list[tuple[str, str]]:
    return [
        *_length_rows(summary),
        ("held-out negative log-likelihood, nats", _number(summary.nll, 3)),
        *_likeness_rows("synthetic", summary.synthetic),
        *_likeness_rows("copy", summary.copied),
        ("copy: multi-resolution STFT distance", _number(summary.copy_stft)),
        *_likeness_rows("floor", summary.floor),
        *_melody_rows(summary.melody),
        ("real-time factor, processor time", _number(summary.real_time_factor, 4)),
    ]


def _length_rows(summary: Summary) -> list[tuple[str, str]]:
    floor, error = summary.floor_length, summary.sound_error
    return [
        ("length, median error", _percent(summary.length.median)),
        ("length, 95th percentile", _percent(summary.length.largest)),
        ("length, median with its sign", _percent(summary.length.bias)),
        ("length, median error of the floor", _percent(floor.median if floor else None)),
        ("sound's duration, mean error, ms", _number(None if error is None else 1000 * error, 1)),
        ("sounds over 350 ms", _percent(summary.overlong)),
    ]


def _melody_rows(melody: Melody | None) -> list[tuple[str, str]]:
    if melody is None:
        return []
    sides = {"recorded": melody.recorded, "synthetic": melody.synthetic}
    fall = [
        (f"ends: statements that fall, {kind}", f"{_percent(e.falling)} of {len(e.statements)}")
        for kind, e in sides.items()
    ]
    rise = [
        (f"ends: questions that rise, {kind}", f"{_percent(e.rising)} of {len(e.questions)}")
        for kind, e in sides.items()
    ]
    return [*fall, *rise]


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
