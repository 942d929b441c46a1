"""What stands in a DOCX: paragraphs, tables, notes, and what of it is not read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from kosorong.book.readers.counting import kind_of, whole
from kosorong.book.readers.docx_fields import Field, shown
from kosorong.book.readers.docx_numbering import Numbering
from kosorong.book.readers.docx_parts import DocxStyles, Notes, is_on, outline_level
from kosorong.book.readers.office import Close, OfficeSink, value

_SAID = {"tab": " ", "br": "\n", "cr": "\n", "nobreakhyphen": "-", "ptab": " "}
_CONTENTS_GALLERY = "table of contents"


@dataclass(slots=True)
class _Paragraph:
    """What is known of the paragraph that is open.

    Attributes:
        style: Identifier of its style.
        level: Of its own outline, -1 where it has none.
        list_id: The list that it names, "" where only its style may.
        list_level: That it names, None where only its style may.
        number: What is drawn before it, None where it is no item of a list.
        joined: The mark at its end was deleted.
    """

    style: str = ""
    level: int = -1
    list_id: str = ""
    list_level: int | None = None
    number: str | None = None
    joined: bool = False


@dataclass(slots=True)
class _Run:
    """What is known of the run that is open.

    Attributes:
        style: Identifier of its style.
        hidden: What it says itself, None where only its styles tell.
        settled: It is known whether it is hidden.
        closers: What closes it, the last first.
    """

    style: str = ""
    hidden: bool | None = None
    settled: bool = False
    closers: list[Close] = field(default_factory=list)


class DocumentSink(OfficeSink):
    """Walks through the document, its notes, a header or a footer.

    Args:
        where: Name of the document, for messages.
        styles: Of the document.
        notes: That it refers to.
        numbering: Counts its paragraphs.
        endless: Which calls of `divert` end with their paragraph.

    Attributes:
        title: Text of the paragraph in the style for titles.
        notes: Identifier → text, in a part of notes.
        marks: Notes that nothing has referred to.
    """

    def __init__(
        self,
        where: str,
        styles: DocxStyles,
        notes: Notes,
        numbering: Numbering,
        endless: frozenset[int] = frozenset(),
    ) -> None:
        super().__init__(where, endless)
        self.title = ""
        self.notes: dict[str, str] = {}
        self.marks = notes
        self._styles = styles
        self._numbering = numbering
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._blocks: list[list[Close]] = []
        self._fields: list[Field] = []
        self._alts: list[str] = []

    def open(self, tag: str, attributes: Mapping[str, str]) -> Close | None:
        """Take an element."""
        if tag != "rpr" and self.path[-1:] == ["r"]:
            self._settle()
        if tag in {"t", "deltext"}:
            return self.hear()
        if tag in _SAID:
            self._sign(tag, attributes)
            return None
        opener = _OPENERS.get(tag)
        return opener(self, attributes) if opener else None

    def _sign(self, tag: str, attributes: Mapping[str, str]) -> None:
        # w:tab is a tab stop too, where paragraphs are described.
        if self.path and self.path[-1] == "r":
            page = tag == "br" and value(attributes, "type") in {"page", "column"}
            self.say(" " if page else _SAID[tag])

    def _paragraph(self, attributes: Mapping[str, str]) -> Close:
        self._paragraphs.append(_Paragraph())
        self.flow.begin_paragraph()
        return self._end_paragraph

    def _end_paragraph(self) -> None:
        paragraph, styles = self._paragraphs.pop(), self._styles
        self.paragraph_ends()
        level = styles.level(paragraph.style) if paragraph.level < 0 else paragraph.level
        is_title = styles.is_title(paragraph.style) and not self.title
        level = 1 if is_title else level
        number = paragraph.number or ""
        kind = styles.kind(paragraph.style) if paragraph.number is None else kind_of(number)
        kind = "heading" if level else kind
        reason = "table of contents" if styles.is_contents(paragraph.style) else ""
        text = self.flow.end_paragraph(kind, level, reason, joined=paragraph.joined, mark=number)
        if is_title:
            self.title = text

    def _style(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].style = value(attributes, "val")

    def _outline(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs:
            self._paragraphs[-1].level = outline_level(attributes)

    def _properties(self, attributes: Mapping[str, str]) -> Close | None:
        return self._count if self._paragraphs and self.path[-1:] == ["p"] else None

    def _count(self) -> None:
        """Count the open paragraph, now that its properties are known."""
        paragraph = self._paragraphs[-1]
        if not paragraph.joined:
            paragraph.number = self._numbering.next(
                paragraph.list_id, paragraph.list_level, paragraph.style
            )

    def _list(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs and self.path[-1:] == ["numpr"]:
            self._paragraphs[-1].list_id = value(attributes, "val")

    def _list_level(self, attributes: Mapping[str, str]) -> None:
        if self._paragraphs and self.path[-1:] == ["numpr"]:
            self._paragraphs[-1].list_level = whole(value(attributes, "val"))

    def _drop_cap(self, attributes: Mapping[str, str]) -> None:
        """Join a big first letter, which has a paragraph of its own, to the next one."""
        if self._paragraphs and value(attributes, "dropcap").lower() in {"drop", "margin"}:
            self._paragraphs[-1].joined = True

    def _run(self, attributes: Mapping[str, str]) -> Close:
        self._runs.append(_Run())
        return self._end_run

    def _end_run(self) -> None:
        for close in reversed(self._runs.pop().closers):
            close()

    def _leave_run(self, reason: str) -> None:
        """Leave out the rest of the run that is open."""
        if self._runs:
            self._runs[-1].closers.append(self.aside(reason))

    def _run_style(self, attributes: Mapping[str, str]) -> None:
        if self.path[-2:] == ["r", "rpr"]:
            self._runs[-1].style = value(attributes, "val")

    def _vanish(self, attributes: Mapping[str, str]) -> None:
        if self.path[-2:] == ["r", "rpr"]:
            self._runs[-1].hidden = is_on(attributes)

    def _settle(self) -> None:
        """Leave out the open run if it is hidden, now that its properties are known."""
        run = self._runs[-1]
        if run.settled:
            return
        run.settled = True
        style = self._paragraphs[-1].style if self._paragraphs else ""
        # Of styles, one that hides switches the other one off (ECMA-376, 17.7.3).
        by_styles = self._styles.hides(style) != self._styles.hides(run.style)
        if by_styles if run.hidden is None else run.hidden:
            self._leave_run("hidden")

    def _deleted(self, attributes: Mapping[str, str]) -> Close | None:
        if "ppr" in self.path:
            if self.path[-1] == "rpr" and self._paragraphs:
                self._paragraphs[-1].joined = True
            return None
        return None if self.path[-1:] == ["trpr"] else self.aside("deleted text")

    def _footnote_mark(self, attributes: Mapping[str, str]) -> None:
        self._mark("footnotes", attributes)

    def _endnote_mark(self, attributes: Mapping[str, str]) -> None:
        self._mark("endnotes", attributes)

    def _comment_mark(self, attributes: Mapping[str, str]) -> None:
        self._mark("comments", attributes)

    def _mark(self, kind: str, attributes: Mapping[str, str]) -> None:
        note = self.marks.take(kind, value(attributes, "id"))
        self.flow.leave(note.text, note.reason)
        if value(attributes, "custommarkfollows") not in {"", "0", "false"}:
            self._leave_run("footnote mark")

    def _note(self, attributes: Mapping[str, str]) -> Close:
        number, kind = value(attributes, "id"), value(attributes, "type")
        self.flow.begin_box()

        def close() -> None:
            text = self.flow.taken()
            if text and kind in {"", "normal"}:
                self.notes[number] = text

        return close

    def _sdt(self, attributes: Mapping[str, str]) -> Close:
        self._blocks.append([])
        return self._end_sdt

    def _end_sdt(self) -> None:
        for close in reversed(self._blocks.pop()):
            close()

    def _gallery(self, attributes: Mapping[str, str]) -> None:
        if value(attributes, "val").lower() == _CONTENTS_GALLERY and self._blocks:
            self._blocks[-1].append(self.aside("table of contents"))

    def _placeholder(self, attributes: Mapping[str, str]) -> None:
        if is_on(attributes) and self._blocks:
            self._blocks[-1].append(self.aside("form field"))

    def _simple_field(self, attributes: Mapping[str, str]) -> Close:
        self._begin_field(value(attributes, "instr"))
        self._separate_field()
        return self._end_field

    def _instruction(self, attributes: Mapping[str, str]) -> Close | None:
        return self.take(self._fields[-1].add) if self._fields else self.mute()

    def _field(self, attributes: Mapping[str, str]) -> None:
        """Take the beginning, the middle or the end of a field, which may span paragraphs."""
        kind = value(attributes, "fldchartype")
        if kind == "begin":
            self._begin_field()
        elif kind == "separate" and self._fields:
            self._separate_field()
        elif kind == "end" and self._fields:
            self._end_field()

    def _begin_field(self, instruction: str = "") -> None:
        self._fields.append(Field([instruction]))

    def _separate_field(self) -> None:
        field = self._fields[-1]
        field.result_from = self._signs
        if reason := field.unread:
            field.diverts = True
            self.divert(reason)

    def _end_field(self) -> None:
        field = self._fields.pop()
        if field.diverts:
            self.restore()
        elif field.result_from in {-1, self._signs}:
            # Nothing was written down for it: what it shows stands in its instruction.
            for text, reason in shown(field.instruction):
                if reason:
                    self.flow.leave(text, reason)
                else:
                    self.say(text)

    def _picture(self, attributes: Mapping[str, str]) -> Close:
        self._alts.append("")
        return self._end_picture

    def _end_picture(self) -> None:
        self._alts.pop()

    def _description(self, attributes: Mapping[str, str]) -> None:
        if self._alts:
            names = ("descr", "alt", "title", "name")
            texts = (value(attributes, name) for name in names)
            self._alts[-1] = next((text for text in texts if text.strip()), "")

    def _image(self, attributes: Mapping[str, str]) -> None:
        alt = self._alts[-1] if self._alts else ""
        source = value(attributes, "title") or value(attributes, "embed")
        self.flow.leave(alt or source or "image", "image")

    def _symbol(self, attributes: Mapping[str, str]) -> None:
        self.flow.leave(f"{value(attributes, 'font')} {value(attributes, 'char')}", "unknown mark")

    def _embedded(self, attributes: Mapping[str, str]) -> None:
        self.flow.leave(value(attributes, "id") or "object", "media")

    def _formula(self, attributes: Mapping[str, str]) -> Close:
        return self.aside("formula")

    def _as_box(self, attributes: Mapping[str, str]) -> Close:
        return self.box()

    def _as_row(self, attributes: Mapping[str, str]) -> Close:
        return self.row()

    def _passed_over(self, attributes: Mapping[str, str]) -> Close:
        return self.mute()

    def _as_ruby(self, attributes: Mapping[str, str]) -> Close:
        return self.begin_ruby()

    def _base(self, attributes: Mapping[str, str]) -> Close:
        return self.ruby_part(0)

    def _reading(self, attributes: Mapping[str, str]) -> Close:
        return self.ruby_part(1)


_OPENERS = {
    "p": DocumentSink._paragraph,
    "pstyle": DocumentSink._style,
    "outlinelvl": DocumentSink._outline,
    "ppr": DocumentSink._properties,
    "numid": DocumentSink._list,
    "ilvl": DocumentSink._list_level,
    "framepr": DocumentSink._drop_cap,
    "r": DocumentSink._run,
    "rstyle": DocumentSink._run_style,
    "vanish": DocumentSink._vanish,
    "del": DocumentSink._deleted,
    "movefrom": DocumentSink._deleted,
    "footnotereference": DocumentSink._footnote_mark,
    "endnotereference": DocumentSink._endnote_mark,
    "commentreference": DocumentSink._comment_mark,
    "footnote": DocumentSink._note,
    "endnote": DocumentSink._note,
    "comment": DocumentSink._note,
    "sdt": DocumentSink._sdt,
    "docpartgallery": DocumentSink._gallery,
    "showingplchdr": DocumentSink._placeholder,
    "fldsimple": DocumentSink._simple_field,
    "instrtext": DocumentSink._instruction,
    "fldchar": DocumentSink._field,
    "drawing": DocumentSink._picture,
    "pict": DocumentSink._picture,
    "docpr": DocumentSink._description,
    "shape": DocumentSink._description,
    "blip": DocumentSink._image,
    "imagedata": DocumentSink._image,
    "chart": DocumentSink._embedded,
    "relids": DocumentSink._embedded,
    "oleobject": DocumentSink._embedded,
    "altchunk": DocumentSink._embedded,
    "sym": DocumentSink._symbol,
    "omath": DocumentSink._formula,
    "txbxcontent": DocumentSink._as_box,
    "tr": DocumentSink._as_row,
    "tc": DocumentSink._as_box,
    "fallback": DocumentSink._passed_over,
    "pprchange": DocumentSink._passed_over,
    "rprchange": DocumentSink._passed_over,
    "ruby": DocumentSink._as_ruby,
    "rubybase": DocumentSink._base,
    "rt": DocumentSink._reading,
}
