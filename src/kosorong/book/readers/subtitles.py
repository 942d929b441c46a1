r"""Reads subtitles, SubRip (.srt) and WebVTT (.vtt): what is said in them, as running text.

>>> [cue.text for cue in cues("1\n00:00:01,000 --> 00:00:02,500\n눈이\n왔다.\n", [])]
['눈이 왔다.']
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers.captions import NAMED, speakers_of, without_sounds
from kosorong.book.readers.draft import Draft, language_tag, title_from_name
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes, split_lines
from kosorong.book.readers.transcript import (
    Left,
    Utterance,
    clock,
    turns_of,
    write_turns,
)
from kosorong.errors import InputError

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[,.](\d{1,3}))?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-{{1,2}}>\s*{_CLOCK}(?P<rest>.*)")
_NUMBER = re.compile(r"\d{1,9}")
_BLOCKS = {"NOTE": "comment", "STYLE": "style or script", "REGION": "style or script"}
_HEADER = re.compile(r"(?:Language|Kind|Title)\s*:\s*(.*)", re.IGNORECASE)
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<\d{1,3}:[\d:.]{3,12}>|\{\\[^{}]{1,200}\}|<br\s*/?>")
_RUBY = re.compile(r"<rt>(.{0,200}?)</rt>", re.IGNORECASE)
_DASH = re.compile(r"^\s*[-–—]\s*(?=\S)", re.MULTILINE)
# Subtitles mostly have no full stop: the endings of Korean sentences tell as well.
_SENTENCE_END = re.compile(
    r"[.!?…。！？\"'”’」』~♪]$|[가-힣](?:다|요|죠|까|군|구나|수과|우꽈|수다|예)$"
)
_PAUSE = 2.0  # seconds without subtitles; a new paragraph begins behind it
_CONTINUES = 0.8  # seconds; a sentence goes on over so short a gap
_MOST_ROWS = 8  # of a screen, that roll
_ROLLS_ON = 0.1  # seconds; longest gap between captions of which one repeats the other


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle.

    Attributes:
        begin: Seconds.
        end: Seconds.
        lines: Without marks, those with text.
        speaker: Who says it, "" where it does not tell.
    """

    begin: float
    end: float
    lines: tuple[str, ...]
    speaker: str = ""

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(self.lines)


def read_subtitles(
    path: Path, *, title: str = "", author: str = "", language: str = ""
) -> Manuscript:
    """Read an SRT or VTT file.

    Args:
        path: The file.
        title: Of the book; the file's name where empty.
        author: Of the book.
        language: `ko` or `jje`; what the file declares, or Korean, where empty.

    Raises:
        InputError: The file is too large, in an unknown encoding, no subtitles, or has no text.
    """
    decoded = decode(read_bytes(path, MAX_TEXT_BYTES), path.name)
    draft = Draft(path.name, warnings=list(decoded.warnings))
    split_lines(decoded.text, path.name)
    left: list[Left] = []
    subtitles = list(cues(decoded.text, left))
    if not subtitles:
        raise InputError(
            "There are no subtitles in the file.",
            where=path.name,
            cure="Give a .srt or .vtt file with times such as 00:01:02,500 --> 00:01:04,000.",
            reason="no_words",
        )
    whole = joined(unrolled(subtitles, left), left)
    for part in left:
        draft.skip(part.line, part.text, part.reason)
    write_turns(draft, turns_of(whole, _PAUSE))
    declared = _declared(decoded.text)
    return draft.finish(
        title or title_from_name(path.stem), author, language_tag(language, declared)
    )


def _declared(text: str) -> str:
    """Return the language that the head of a VTT names, or ""."""
    for line in text[:500].split("\n\n", maxsplit=1)[0].split("\n"):
        if line.lower().startswith("language") and (match := _HEADER.fullmatch(line.strip())):
            return match[1]
    return ""


def cues(text: str, left: list[Left]) -> Iterator[Cue]:
    """Yield the subtitles of a file in its order.

    Args:
        text: The file.
        left: Learns what is not read, with its line.
    """
    lines = text.split("\n")
    places = [i for i, line in enumerate(lines) if "->" in line and _TIMES.fullmatch(line)]
    names = speakers_of(text)
    _leave_blocks(lines, places[0] if places else len(lines), 0, left)
    for number, place in enumerate(places):
        after = places[number + 1] if number + 1 < len(places) else len(lines)
        body, rest = _body(lines, place + 1, after)
        _leave_blocks(lines, after, rest, left)
        match = _TIMES.fullmatch(lines[place])
        if match is None:
            continue
        spoken, speaker = _said(body, place + 2, names, left)
        if spoken:
            yield Cue(_seconds(match, 1), _seconds(match, 5), spoken, speaker)


def _body(lines: Sequence[str], start: int, after: int) -> tuple[str, int]:
    """Return the text of a subtitle and the index of the line behind it."""
    end = start
    while end < after and lines[end]:  # a line of white space is an empty line of the screen
        end += 1
    # A number right before the next times belongs to them, blank line or not.
    if end == after < len(lines) and end > start and _NUMBER.fullmatch(lines[end - 1].strip()):
        end -= 1
    return "\n".join(lines[start:end]), end


def _leave_blocks(lines: Sequence[str], end: int, start: int, left: list[Left]) -> None:
    """List what stands between two subtitles: comments, styles, names of subtitles."""
    reason, block, first = "", list[str](), start
    for i in range(start, end):
        line = lines[i].strip()
        if line and not block:
            first = i
            reason = _BLOCKS.get(line.partition(" ")[0].partition("\t")[0], "time code")
            reason = "file properties" if line.startswith("WEBVTT") else reason
        if line:
            block.append(line)
        if block and (not line or i == end - 1):
            if not all(_NUMBER.fullmatch(text) for text in block):
                left.append(Left(first + 1, "\n".join(block), reason))
            block = []


def _seconds(match: re.Match[str], first: int) -> float:
    hours, minutes, seconds, fraction = (match[first + i] for i in range(4))
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + int((fraction or "0").ljust(3, "0")) / 1000


def _said(
    body: str, line: int, known: frozenset[str], left: list[Left]
) -> tuple[tuple[str, ...], str]:
    """Return the lines that a subtitle says and who says it; list what is not said."""
    speaker = ""
    if voice := _VOICE.search(body):
        speaker = voice[1].strip()
        left.append(Left(line, speaker, "speaker"))
    for reading in _RUBY.findall(body):
        left.append(Left(line, reading, "ruby"))
    text = html.unescape(_TAG.sub("", _RUBY.sub("", body)))
    text, sounds = without_sounds(text)
    left += [Left(line, sound, "media") for sound in sounds]
    names = [name for name in NAMED.findall(text) if name in known]
    for name in names:
        left.append(Left(line, f"{name}:", "speaker"))
    speaker = speaker or (names[0] if len(names) == 1 else "")
    text = NAMED.sub(lambda match: "" if match[1] in known else match[0], text)
    text = _DASH.sub("", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(filter(None, lines)), speaker


def unrolled(subtitles: Sequence[Cue], left: list[Left]) -> list[Utterance]:
    """Return subtitles as utterances; where they roll, what is still on the screen goes.

    Args:
        subtitles: In the order of the file.
        left: Learns what is not said again.
    """
    pairs = list(itertools.pairwise(subtitles))
    shown = [_still_shown(cue, after) for cue, after in pairs]
    moved = [
        count > 0
        for (cue, after), count in zip(pairs, shown, strict=True)
        if cue.lines != after.lines and abs(after.begin - cue.end) < _ROLLS_ON
    ]
    rolls = sum(moved) > 0.5 * len(moved)
    utterances: list[Utterance] = []
    for cue, count in zip(subtitles, [0, *shown], strict=True):
        words = cue.text.split()
        again = count if rolls else 0
        if again:
            left.append(Left(clock(cue.begin), " ".join(words[:again]), "repetition"))
        if utterances and again == len(words):
            utterances[-1] = replace(utterances[-1], end=max(cue.end, utterances[-1].end))
        else:
            utterances.append(Utterance(cue.begin, cue.end, " ".join(words[again:]), cue.speaker))
    return utterances


def _still_shown(cue: Cue, after: Cue) -> int:
    """Return how many words a subtitle repeats of the one right before, from a line's start on."""
    if abs(after.begin - cue.end) >= _ROLLS_ON:
        return 0
    words = after.text.split()
    for first in sorted({0, *range(max(0, len(cue.lines) - _MOST_ROWS), len(cue.lines))}):
        shown = " ".join(cue.lines[first:]).split()
        if words[: len(shown)] == shown:
            return len(shown)
    return 0


def joined(spoken: Sequence[Utterance], left: list[Left]) -> list[Utterance]:
    """Join subtitles that cut a sentence; the same one twice in a row is said once.

    Args:
        spoken: In the order of the file.
        left: Learns what is not said again.
    """
    whole: list[Utterance] = []
    for utterance in spoken:
        last = whole[-1] if whole else None
        if last and last.text == utterance.text and utterance.begin - last.end < _CONTINUES:
            left.append(Left(clock(utterance.begin), utterance.text, "repetition"))
            whole[-1] = last.until(utterance.end, "")
        elif (
            last
            and last.speaker == utterance.speaker
            and 0 <= utterance.begin - last.end < _CONTINUES
            and not _SENTENCE_END.search(last.text)
            and utterance.end - last.begin < 30
        ):
            whole[-1] = last.until(utterance.end, utterance.text)
        else:
            whole.append(utterance)
    return whole
