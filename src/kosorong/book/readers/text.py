"""Reads plain text: any line layout, headings as people type them, untidy ends."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import headings
from kosorong.book.readers.draft import (
    Draft,
    first,
    join_lines,
    language_tag,
    title_from_name,
    without_glosses,
)
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.imprint import is_source_note, states_source
from kosorong.book.readers.layout import Decision, decide, is_verse, paragraphs
from kosorong.book.readers.limits import MAX_TEXT_BYTES, read_bytes, split_lines
from kosorong.book.readers.numbered_lines import exclaimed_headings, spoken_counts

_ENDS = 10  # filled lines at either end in which an imprint is looked for


def read_text(path: Path, *, title: str = "", author: str = "", language: str = "") -> Manuscript:
    """Read a TXT file.

    Args:
        path: The file.
        title: Replaces the title found in it.
        author: Replaces the author found in it.
        language: `ko` or `jje`; Korean where not given.

    Raises:
        InputError: The file is too large, in an unknown encoding, or has no text.
    """
    decoded = decode(read_bytes(path, MAX_TEXT_BYTES), path.name)
    draft = Draft(path.name, warnings=list(decoded.warnings))
    if decoded.encoding not in {"utf-8", "utf-16-le", "utf-16-be"}:
        draft.warn(f"Read as {decoded.encoding.upper()}.")
    page = _Page(split_lines(decoded.text, path.name), draft)
    page.take_title()
    page.take_contents()
    page.take_ends()
    page.take_page_numbers()
    page.find_series()
    name = first(title, page.title) or title_from_name(path.stem)
    _write(page, name)
    return draft.finish(name, first(author, page.author), language_tag(language))


@dataclass(slots=True)
class _Page:
    """The lines of a file; a line that was taken out is blank.

    Attributes:
        lines: One entry a line, index 0 is line 1.
        draft: Where what is taken out is recorded.
        title: Title found at the top.
        author: Author found at the top.
        title_line: Index of the line that the title stood in, -1 for none.
        series: Index of a line → level, of headings that only their like make headings.
        counted: Indices of bare numbers that somebody counts.
    """

    lines: list[str]
    draft: Draft
    title: str = ""
    author: str = ""
    title_line: int = -1
    series: dict[int, int] = field(default_factory=dict)
    counted: frozenset[int] = frozenset()

    def find_series(self) -> None:
        """Find lines that are headings because there are several of their kind."""
        series: dict[tuple[str, str], dict[int, str]] = defaultdict(dict)
        filled = self.filled()
        counted = spoken_counts([self.text(i) for i in filled])
        self.counted = frozenset(filled[n] for n in counted)
        apart = {i: self.text(i) for i in filled if self.alone(i)}
        self.series |= exclaimed_headings(apart)
        for i in filled:
            line = self.text(i)
            member = headings.series(line) if len(line) < 80 and self.alone(i) else None
            if member:
                kind, stem, number = member
                series[kind, stem if kind == "bracket" else ""][i] = number
        for (kind, _), places in series.items():
            if len(set(places.values())) > 1:
                self.series |= dict.fromkeys(places, 3 if kind == "dash" else 2)

    def filled(self) -> list[int]:
        """Return the indices of lines with text."""
        return [i for i, line in enumerate(self.lines) if line.strip()]

    def text(self, i: int) -> str:
        """Return a line without white space at its ends, "" beyond the file."""
        return self.lines[i].strip() if 0 <= i < len(self.lines) else ""

    def take(self, i: int, reason: str) -> None:
        """Take a line out of the text and record it."""
        self.draft.skip(i + 1, self.lines[i], reason)
        self.lines[i] = ""

    def alone(self, i: int) -> bool:
        """Tell whether blank lines, or an end of the file, stand around a line."""
        return not self.text(i - 1) and not self.text(i + 1)

    def take_title(self) -> None:
        """Take title and author from the first lines if they look like it."""
        top = self.filled()[:3]
        if len(top) < 2:
            return
        head, second = top[0], top[1]
        line = self.text(head)
        name = headings.author_of(without_glosses(self.text(second)))
        by_name = self._is_author(name, second) and (
            not self.text(second + 1) or self.lines[second][:4].isspace()
        )
        padded = self.lines[head][:4].isspace() or self.alone(head)
        if not headings.looks_like_title(line) or (states_source(line) and is_source_note(line)):
            return
        if not (by_name or (padded and not line.endswith("다"))):
            return
        self.title, self.title_line = self.draft.clean(head + 1, line), head
        self.lines[head] = ""
        if by_name:
            self.author = name
            self.take(second, "author's name")

    def _is_author(self, name: str, place: int) -> bool:
        """Tell whether a line names the author; a noun of which the text tells does not."""
        if not name:
            return False
        if self.text(place) != name:
            return True
        lines = (self.text(i) for i in range(place + 1, len(self.lines)))
        return not any(
            name in line and not (states_source(line) or headings.author_of(line)) for line in lines
        )

    def take_contents(self) -> None:
        """Take out a table of contents: under its name, or numbered lines before any text."""
        filled = self.filled()
        for place, i in enumerate(filled[:40]):
            named = headings.is_contents(self.text(i))
            run = self._numbered_run(filled[place + named :], named)
            if (named and (run or not self.text(i + 1))) or (run and place == 0):
                for j in ([i] if named else []) + run:
                    self.take(j, "table of contents")
                return

    def _numbered_run(self, places: list[int], named: bool) -> list[int]:
        """Return the first of the lines as long as they are numbered, and adjacent or named.

        Where the first of them comes again, the text has begun.
        """
        run: list[int] = []
        lines: set[str] = set()
        for i in places:
            line = headings.without_page(self.text(i))
            if line in lines or (run and i != run[-1] + 1 and not named):
                break
            if not (headings.is_numbered(line) or headings.heading_level(line)):
                break
            run.append(i)
            lines.add(line)
        if named and run and places[-1] != run[-1] and not self._comes_again(lines, run[-1]):
            # No line comes again: what a blank line parts from the others is a heading.
            run = [i for n, i in enumerate(run) if i == run[0] + n]
        return run if len(run) >= 2 else []

    def _comes_again(self, lines: set[str], last: int) -> bool:
        """Tell whether a line of the table of contents stands in the text as well."""
        return any(line.strip() in lines for line in self.lines[last + 1 :])

    def take_ends(self) -> None:
        """Take out source notes at the beginning and the end."""
        filled = self.filled()
        wrapped = decide(self.lines).layout == "wrapped"
        for i in sorted({*filled[:_ENDS], *filled[-_ENDS:]}):
            note = self._source_note(i, wrapped)
            if len(note) < len(filled):
                for j in note:
                    self.take(j, "source note")

    def _source_note(self, i: int, wrapped: bool) -> list[int]:
        """Return the lines of the source note that begins in line `i`, none if it is text."""
        line, before = self.text(i), self.text(i - 1)
        if not is_source_note(line):
            return []
        stated = states_source(line)
        if stated and not wrapped:
            return [i]
        if before and not headings.ends_sentence(before):
            return []
        lines = [i]
        while self.text(lines[-1] + 1) and not is_source_note(self.text(lines[-1] + 1)):
            lines.append(lines[-1] + 1)
        whole = is_source_note(join_lines([self.lines[j] for j in lines], " "))
        return lines if whole and (stated or lines == [i]) else []

    def take_page_numbers(self) -> None:
        """Take out page numbers; bare numbers only where they interrupt sentences."""
        for i in headings.page_numbers([line.strip() for line in self.lines]):
            self.take(i, "page number")
        bare = []
        before = ""
        for i, line in enumerate(self.lines):
            stripped = line.strip()
            if not stripped:
                continue
            if stripped.isdigit() and len(stripped) <= 4:
                bare.append((i, bool(before) and not headings.ends_sentence(before)))
            else:
                before = stripped
        if len(bare) > 2 and sum(cut for _, cut in bare) > 0.5 * len(bare):
            for i, _ in bare:
                self.take(i, "page number")

    def heading(self, i: int) -> int | None:
        """Return the level of the heading in line `i`, or None."""
        line = self.text(i)
        if not line:
            return None
        level = headings.heading_level(line)
        before = self.text(i - 1)
        apart = self.alone(i) or not before
        if level and headings.says_end(line) and not self._has_text(i):
            return None
        if level and (apart or (len(line) <= 20 and _ends(before))):
            return level
        if i in self.series:
            return self.series[i]
        if i in self.counted:
            return None
        if headings.is_number(line) and (apart or headings.ends_sentence(self.text(i - 1))):
            return 3
        return 3 if headings.is_numbered(line) and self._stands_over_text(i) else None

    def _has_text(self, i: int) -> bool:
        """Tell whether other than a heading comes behind a heading."""
        after = next((self.text(j) for j in range(i + 1, len(self.lines)) if self.text(j)), "")
        return bool(after) and headings.heading_level(after) is None

    def _stands_over_text(self, i: int) -> bool:
        """Tell whether a numbered line stands alone, with other than a numbered line next."""
        after = next((self.text(j) for j in range(i + 1, len(self.lines)) if self.text(j)), "")
        return (
            self.alone(i) and not self.text(i).endswith("다.") and not headings.is_numbered(after)
        )


def _ends(line: str) -> bool:
    """Tell whether a heading may follow a line without a blank one between."""
    return headings.ends_sentence(line) or bool(headings.heading_level(line))


def _write(page: _Page, title: str) -> None:
    """Write chapters and paragraphs into the draft."""
    draft = page.draft
    decision = decide(page.lines)
    draft.warn(decision.words)
    levels = {i: level for i in page.filled() if (level := page.heading(i))}
    outermost = sorted(set(levels.values()))
    body = min((i for i in page.filled() if i not in levels), default=0)
    untitled = page.title_line >= 0
    if untitled and not (levels and min(levels) < body):
        draft.open_chapter(title)
        draft.add(page.title_line + 1, page.title, "heading")
        untitled = False
    for start, block in _blocks(page, levels):
        if start in levels:
            heading = draft.clean(start + 1, block[0])
            draft.open_chapter(heading, 1 + outermost.index(levels[start]))
            if untitled:
                draft.add(page.title_line + 1, page.title, "heading")
                untitled = False
            draft.add(start + 1, heading, "heading")
        else:
            _add_block(draft, start, block, decision)


def _blocks(page: _Page, levels: dict[int, int]) -> Iterator[tuple[int, list[str]]]:
    """Yield headings by themselves and runs of lines without a blank one, with their index."""
    block: list[str] = []
    for i in range(len(page.lines) + 1):
        line = page.lines[i] if i < len(page.lines) else ""
        if line.strip() and i not in levels:
            block.append(line)
            continue
        if block:
            yield i - len(block), block
            block = []
        if i in levels:
            yield i, [line]


def _add_block(draft: Draft, start: int, block: list[str], decision: Decision) -> None:
    if is_verse(block, decision):
        draft.add(start + 1, "\n".join(line.strip() for line in block), "verse")
        return
    for offset, lines in paragraphs(block, decision):
        joiner = decision.joiner if decision.layout == "wrapped" else " "
        draft.add(start + offset + 1, join_lines(lines, joiner))
