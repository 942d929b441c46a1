"""Whether Jeju is understood as well as Korean: one voice, lines that say the same in both.

Nobody recorded them; the Korean side of a line is what the Jeju side is compared with. What no
judge can write counts as right where it hears a neighbour: ㅗ ㅓ ㅏ for ㆍ, ㅛ ㅕ ㅑ for ᆢ.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kosorong.errors import CorpusError, InputError
from kosorong.ports import NoProgress, Progress
from kosorong.training.evaluate_speech.intervals import ErrorTally, error, ratio
from kosorong.training.evaluate_speech.speakers import Talker
from kosorong.training.evaluate_speech.understood_report import percent, plain_spread, times
from kosorong.training.judges import Judge
from kosorong.training.judges.edits import edits


@dataclass(frozen=True, slots=True)
class LinePair:
    """One thing said twice.

    Attributes:
        id: Of the line.
        korean: As Korean.
        jeju: As Jeju.
    """

    id: str
    korean: str
    jeju: str


@dataclass(frozen=True, slots=True)
class SpokenPairs:
    """Lines as one voice said them.

    Attributes:
        speaker: The voice.
        korean: One for each line.
        jeju: The same lines.
    """

    speaker: str
    korean: tuple[ErrorTally, ...]
    jeju: tuple[ErrorTally, ...]


@dataclass(frozen=True, slots=True)
class PairReport:
    """What was found of all voices.

    Attributes:
        name: What spoke.
        judge: Who listened, and how.
        voices: One for each.
    """

    name: str
    judge: str
    voices: tuple[SpokenPairs, ...]

    def text(self) -> str:
        """Return a line for each voice."""
        lines = [f"{self.name}, Jeju lines beside their Korean sides", self.judge]
        for voice in self.voices:
            korean, jeju = percent(error(voice.korean)), percent(error(voice.jeju))
            lines.append(
                f"  {voice.speaker}: {len(voice.jeju)} lines, Korean {korean}, Jeju {jeju}, "
                f"Jeju ÷ Korean {times(ratio(voice.jeju, voice.korean))}"
            )
        lines.append(
            "for ㆍ any of ㅗ ㅓ ㅏ counts, for ᆢ any of ㅛ ㅕ ㅑ; 95 % by bootstrap over lines"
        )
        return "\n".join(lines)

    def write(self, folder: Path) -> None:
        """Write `pairs.txt` and `pairs.json` into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "pairs.txt").write_text(self.text() + "\n", encoding="utf-8")
        text = json.dumps(self.plain(), ensure_ascii=False, indent=2, allow_nan=False)
        (folder / "pairs.json").write_text(text + "\n", encoding="utf-8")

    def plain(self) -> dict[str, Any]:
        """Return the report as plain data."""
        voices = {
            voice.speaker: {
                "lines": len(voice.jeju),
                "korean": round(error(voice.korean), 6),
                "jeju": round(error(voice.jeju), 6),
                "ratio": plain_spread(ratio(voice.jeju, voice.korean)),
            }
            for voice in self.voices
        }
        return {"judged": self.name, "judge": self.judge, "voices": voices}


def read_lines(path: Path) -> list[LinePair]:
    """Read lines of `id TAB Korean TAB Jeju`; empty ones are skipped.

    Raises:
        InputError: The file cannot be read, or a line has no three columns.
        CorpusError: There is no line.
    """
    try:
        rows = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error_:
        raise InputError(
            "the pairs cannot be read.", where=str(path), cure="Give a TSV file in UTF-8."
        ) from error_
    lines = []
    for n, row in enumerate(rows, 1):
        if not row.strip():
            continue
        columns = [column.strip() for column in row.split("\t")]
        if len(columns) != 3 or not all(columns):
            raise InputError(
                "a line of pairs has not three filled columns.",
                where=f"{path}:{n}",
                cure="Write id TAB Korean TAB Jeju.",
            )
        lines.append(LinePair(*columns))
    if not lines:
        raise CorpusError(
            "there are no pairs.", where=str(path), cure="Write id TAB Korean TAB Jeju."
        )
    return lines


def evaluate_pairs(
    talker: Talker,
    speakers: Sequence[str],
    path: Path,
    judge: Judge,
    *,
    progress: Progress | None = None,
) -> PairReport:
    """Let every voice say both sides of all lines and a judge listen.

    Args:
        talker: What speaks.
        speakers: As whom.
        path: `id TAB Korean TAB Jeju`.
        judge: Who listens; a recogniser without a language model, for Jeju is no Korean.
        progress: Shown on the way.

    Raises:
        InputError: The file is not of that form.
        CorpusError: It is empty.
    """
    lines, progress = read_lines(path), progress or NoProgress()
    progress.start(len(lines) * len(speakers), unit="line")
    voices = []
    for speaker in speakers:
        tallies = list(_tallies(talker, speaker, lines, judge, progress))
        korean, jeju = zip(*tallies, strict=True)
        voices.append(SpokenPairs(speaker, korean, jeju))
    progress.close()
    return PairReport(talker.name, f"judge: {judge.name}: {judge.recipe}", tuple(voices))


def _tallies(
    talker: Talker, speaker: str, lines: Sequence[LinePair], judge: Judge, progress: Progress
) -> Iterator[tuple[ErrorTally, ErrorTally]]:
    for seed, line in enumerate(lines):
        sides = []
        for text in (line.korean, line.jeju):
            wanted = judge.said(text)
            heard = judge.hear(talker.say(text, speaker, seed)).jamo
            sides.append(ErrorTally(edits(heard, wanted), len(wanted)))
        progress.advance()
        yield sides[0], sides[1]
