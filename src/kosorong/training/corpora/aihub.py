"""AI-Hub's dialect speech (방언 발화): long recordings, cut by the times of their transcripts.

A recording is a WAV file and a JSON file of the same name, beside it or anywhere below the folder
(AI-Hub packs sounds and labels apart). `utterance` lists `form`, `dialect_form`, `standard_form`,
`start`, `end` and `speaker_id`. The dialect form is what is said. Where the standard form differs,
the two are a pair for the translator.

Transcripts carry marks: `(사투리)/(표준어)` is settled, the bars of a broken-off `-말-` are
dropped. What is unclear, hidden, laughed or spoken over is left out, for text and sound differ.

>>> settle("이거 (하영)/(많이) -먹- 먹언", "dialect"), settle("(하영)/(많이) 먹었어", "standard")
('이거 하영 먹 먹언', '많이 먹었어')
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from kosorong.errors import CorpusError
from kosorong.ports import JEJU
from kosorong.training.corpora.rows import CorpusRow, Rows

_BOTH = re.compile(r"\(([^()]*)\)/\(([^()]*)\)")
_BROKEN_OFF = re.compile(r"-([^\s-]+)-")
# &name1& hidden, {laughing}, ((unclear)), (()) unheard, # and @ beside other sounds, x unreadable.
_MARK = re.compile(r"[&{}()#@*/<>\[\]]|x+")


def settle(text: str, form: Literal["dialect", "standard"]) -> str:
    """Return one side of a transcript without its harmless marks.

    Args:
        text: A transcript, `(dialect)/(standard)` where the two differ.
        form: Which of them.
    """
    chosen = _BOTH.sub(r"\1" if form == "dialect" else r"\2", text)
    return " ".join(_BROKEN_OFF.sub(r"\1", chosen).split())


def rows_of_aihub(source: Path) -> Rows:
    """Yield the utterances of all recordings of a folder.

    Raises:
        CorpusError: There is no JSON file.
    """
    files = sorted(source.rglob("*.json")) if source.is_dir() else [source]
    if not files:
        raise CorpusError(
            "there is no .json file.",
            where=str(source),
            cure="Give the folder that holds the labels (JSON) and the sounds (WAV), unpacked.",
        )
    root = source if source.is_dir() else source.parent
    sounds = {p.stem: p for p in root.rglob("*") if p.suffix.lower() == ".wav"}
    for path in files:
        audio = sounds.get(path.stem, path.with_suffix(".wav"))
        try:
            utterances = list(json.loads(path.read_bytes().decode("utf-8-sig"))["utterance"])
        except (OSError, ValueError, TypeError, KeyError) as error:
            yield CorpusError(
                f"it is no transcript of dialect speech ({error!r}).",
                where=str(path),
                cure="A transcript has a list `utterance`.",
            )
            continue
        for n, entry in enumerate(utterances, 1):
            try:
                yield _row(entry, path, audio, n)
            except CorpusError as error:
                yield error


def _row(entry: object, path: Path, audio: Path, n: int) -> CorpusRow:
    where = f"{path}: utterance {n}"
    if not isinstance(entry, dict):
        raise CorpusError("it is no JSON object.", where=where)
    whole = str(entry.get("form") or "")
    dialect = settle(str(entry.get("dialect_form") or whole), "dialect")
    standard = settle(str(entry.get("standard_form") or whole), "standard")
    mark = _MARK.search(dialect) or _MARK.search(standard)
    if mark:
        raise CorpusError(f"the transcript has the mark {mark[0]!r}.", where=where)
    return CorpusRow(
        id=f"aihub-{path.stem}-{n}",
        speaker=_speaker(str(entry.get("speaker_id") or ""), path.stem),
        audio=audio,
        text=dialect,
        where=where,
        language=JEJU,
        cut=_times(entry, where),
        standard=standard if standard != dialect else "",
    )


def _times(entry: Mapping[str, Any], where: str) -> tuple[float, float]:
    try:
        start, end = float(entry["start"]), float(entry["end"])
    except (KeyError, TypeError, ValueError) as error:
        raise CorpusError(f"it has no start and end in seconds ({error}).", where=where) from error
    if not 0 <= start < end < float("inf"):
        raise CorpusError(f"{start} s to {end} s is no stretch of time.", where=where)
    return start, end


def _speaker(identifier: str, recording: str) -> str:
    # "1" and "2" number the speakers of one recording; longer ones name a person everywhere.
    own = len(identifier) < 3
    return f"{recording}-{identifier or 'unknown'}" if own else identifier
