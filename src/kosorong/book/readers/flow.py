"""What a word processor's document says, put in order while it is read element by element.

>>> flow = Flow()
>>> flow.begin_paragraph()
>>> flow.say("바람이 분다.")
>>> flow.begin_aside("footnote")
>>> flow.say("하늬바람.")
>>> flow.end()
>>> _ = flow.end_paragraph()
>>> [(one.text, one.reason) for one in flow.passages]
[('바람이 분다.', ''), ('하늬바람.', 'footnote')]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kosorong.book.manuscript import ParagraphKind
from kosorong.book.readers.tables import line_of

_VERSE_LINE = 40  # characters; paragraphs of shorter lines with breaks are verse
_HANGUL = re.compile("[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\ud7b0-\ud7ff]")


@dataclass(frozen=True, slots=True)
class FlowItem:
    """A paragraph, or something that is not read, where it stands.

    Attributes:
        text: White space collapsed; a line feed stands for a line break.
        kind: What it is.
        level: 1 to 9 for a heading, otherwise 0.
        reason: Why it is not read, "" if it is; `footnote` for a note.
    """

    text: str
    kind: ParagraphKind = "body"
    level: int = 0
    reason: str = ""


@dataclass(slots=True)
class _Frame:
    """Something that is open.

    Attributes:
        reason: Why what is in it is not read, "" if it is.
        parts: Its own text.
        passages: What stands in it or, for a paragraph, behind it.
        cells: Of a table's row, what each of them holds.
    """

    reason: str = ""
    parts: list[str] = field(default_factory=list)
    passages: list[FlowItem] = field(default_factory=list)
    cells: list[list[FlowItem]] | None = None


class Flow:
    """Collects passages; what stands inside a paragraph (a table, a box, a note) follows it."""

    def __init__(self) -> None:
        self._frames = [_Frame()]

    @property
    def passages(self) -> list[FlowItem]:
        """All that was collected, in reading order."""
        return self._frames[0].passages

    def say(self, text: str) -> None:
        """Take text."""
        self._frames[-1].parts.append(text)

    def leave(self, text: str, reason: str) -> None:
        """Take a text that is not read."""
        if text.strip():
            self._frames[-1].passages.append(FlowItem(tidy(text), reason=reason))

    def begin_paragraph(self) -> None:
        """Begin a paragraph."""
        self._frames.append(_Frame())

    def end_paragraph(
        self,
        kind: ParagraphKind = "body",
        level: int = 0,
        reason: str = "",
        *,
        joined: bool = False,
        mark: str = "",
    ) -> str:
        """End the paragraph that was begun last and return its text.

        Args:
            kind: What it is.
            level: 1 to 9 for a heading.
            reason: Why it is not read.
            mark: The number that is drawn before it, said where it has a text.
            joined: The next paragraph goes on with its text: the mark between them was deleted.
        """
        frame = self._frames.pop()
        parent = self._frames[-1]
        if joined:
            parent.parts += frame.parts
            parent.passages += frame.passages
            return ""
        carried, parent.parts = ([], parent.parts) if parent.reason else (parent.parts, [])
        text = tidy("".join((*carried, *frame.parts)))
        if text:
            lines = text.split("\n")
            is_verse = len(lines) > 1 and all(len(line) <= _VERSE_LINE for line in lines)
            kind = "verse" if is_verse and kind == "body" else kind
            text = tidy(mark + text)
            parent.passages.append(FlowItem(text, kind, level, reason))
        parent.passages += frame.passages
        return text

    def begin_box(self) -> None:
        """Begin a text box, or a cell: paragraphs of their own, read behind the open paragraph."""
        self._frames.append(_Frame())

    def begin_aside(self, reason: str) -> None:
        """Begin something that is not read."""
        self._frames.append(_Frame(reason))

    def begin_row(self) -> None:
        """Begin a table's row."""
        self._frames.append(_Frame(cells=[]))

    def end(self) -> None:
        """End the box, aside or row that was begun last."""
        frame = self._frames.pop()
        parent = self._frames[-1]
        if frame.reason:
            parent.passages += _left(frame)
            return
        if rest := tidy("".join(frame.parts)):
            frame.passages.append(FlowItem(rest))
        if frame.cells is not None:
            parent.passages += _row(frame.cells) + frame.passages
        elif parent.cells is not None:
            parent.cells.append(frame.passages)
        else:
            parent.passages += frame.passages

    def finish(self) -> None:
        """End the document: what no paragraph took is one."""
        root = self._frames[0]
        if text := tidy("".join(root.parts)):
            root.passages.append(FlowItem(text))
        root.parts.clear()

    def taken(self) -> str:
        """End what was begun last and return its text, which is neither read nor listed here."""
        frame = self._frames.pop()
        lines = [
            "".join(frame.parts),
            *(passage.text for passage in frame.passages if not passage.reason),
        ]
        self._frames[-1].passages += [passage for passage in frame.passages if passage.reason]
        return " ".join(" ".join(lines).split())


def tidy(text: str) -> str:
    r"""Return a text with white space collapsed and the lines that have text.

    >>> tidy(" 눈이  왔다.\n\n 비도 ")
    '눈이 왔다.\n비도'
    """
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def is_hangul(sign: str) -> bool:
    """Tell whether a character is Hangul, of any age."""
    return bool(_HANGUL.match(sign))


def choose_reading(base: str, reading: str) -> tuple[str, str]:
    """Return what is said of a ruby, and what is not.

    The author's reading is said where Hangul stands over what is not Hangul; over Hangul it
    explains a word, and the word is said.

    >>> choose_reading("漢", "한"), choose_reading("바당", "바다")
    (('한', '漢'), ('바당', '바다'))
    """
    letters = [sign for sign in base if sign.isalnum()]
    foreign = any(not is_hangul(sign) for sign in letters) or not letters
    return (reading, base) if foreign and _HANGUL.search(reading) else (base, reading)


def _left(frame: _Frame) -> list[FlowItem]:
    """Return what stood in an aside as one passage; what has a reason of its own keeps it."""
    own = [passage.text for passage in frame.passages if not passage.reason]
    others = [passage for passage in frame.passages if passage.reason]
    text = tidy(" ".join(["".join(frame.parts), *own]))
    return ([FlowItem(text, reason=frame.reason)] if text else []) + others


def _row(cells: Sequence[list[FlowItem]]) -> list[FlowItem]:
    """Return a row as one line if its cells are short, else what they hold, one after another."""
    read = [passage for cell in cells for passage in cell if not passage.reason]
    single = all(sum(not passage.reason for passage in cell) <= 1 for cell in cells)
    line = (
        ""
        if any(passage.level for passage in read)
        else line_of([passage.text for passage in read])
    )
    if not single or not line:
        return [passage for cell in cells for passage in cell]
    left = [passage for cell in cells for passage in cell if passage.reason]
    return [replace(read[0], text=line, kind="list"), *left]
