"""Makes small DOCX and HWPX files for the tests of the readers."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OTHERS = (
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STYLES = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="mine"><w:name w:val="우리 제목"/>'
    '<w:basedOn w:val="2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="a3"><w:name w:val="Title"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="q"><w:name w:val="Quote"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="t1"><w:name w:val="toc 1"/></w:style>'
)


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph; content without a tag is one run."""
    inner = content if content.startswith("<") else run(content)
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner}</w:p>"


def field_char(kind: str) -> str:
    """Return the beginning, the middle or the end of a field."""
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    """Return what a field is to show."""
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@dataclass
class Docx:
    """What goes into a DOCX; each field replaces what a plain one would have."""

    body: str
    parts: Mapping[str, str] = field(default_factory=dict)
    core: str = ""
    styles: str = ""
    extra: Mapping[str, str | bytes] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()

    def write(self, path: Path) -> Path:
        """Write it; `parts` are the contents of footnotes, comments, header1, … by name."""
        links = {name: name.rstrip("0123456789") for name in ("styles", *self.parts)}
        rels = "".join(
            f'<Relationship Id="r{i}" Type="{TYPE}/{kind}" Target="{name}.xml"/>'
            for i, (name, kind) in enumerate(links.items())
        )
        roots = {"header": "hdr", "footer": "ftr"}
        files: dict[str, str | bytes] = {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": f'<Relationships><Relationship Id="a" Type="{TYPE}/officeDocument" '
            'Target="word/document.xml"/><Relationship Id="b" Type="http://schemas.openxmlformats'
            '.org/package/2006/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
            "docProps/core.xml": f"<core xmlns:dc='d'>{self.core}</core>",
            "word/_rels/document.xml.rels": f"<Relationships>{rels}</Relationships>",
            "word/styles.xml": f"<w:styles {W}>{STYLES}{self.styles}</w:styles>",
            "word/document.xml": f"<w:document {W} {OTHERS}><w:body>{self.body}</w:body>"
            "</w:document>",
        }
        for name, content in self.parts.items():
            root = roots.get(links[name], links[name])
            files[f"word/{name}.xml"] = f"<w:{root} {W} {OTHERS}>{content}</w:{root}>"
        return _zipped(path, {**files, **self.extra}, self.leave_out)


HP = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" '
    'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section" '
    'xmlns:hc="http://www.hancom.co.kr/hwpml/2011/core"'
)
HEAD = (
    '<hh:paraPr id="0"><hh:heading type="NONE" idRef="0" level="0"/></hh:paraPr>'
    '<hh:paraPr id="1"><hh:heading type="OUTLINE" idRef="0" level="0"/></hh:paraPr>'
    '<hh:paraPr id="2"><hh:heading type="OUTLINE" idRef="0" level="1"/></hh:paraPr>'
    '<hh:paraPr id="3"><hh:heading type="BULLET" idRef="1" level="0"/></hh:paraPr>'
    '<hh:style id="0" type="PARA" name="바탕글" engName="Normal" paraPrIDRef="0"/>'
    '<hh:style id="1" type="PARA" name="개요 1" engName="Outline 1" paraPrIDRef="1"/>'
    '<hh:style id="2" type="PARA" name="개요 2" engName="Outline 2" paraPrIDRef="2"/>'
    '<hh:style id="5" type="PARA" name="차례 1" engName="TOC 1" paraPrIDRef="0"/>'
)


def hp(content: str, style: int = 0, shape: int = 0) -> str:
    """Return a paragraph; content without a tag is one text."""
    inner = content if content.startswith("<") else f"<hp:t>{content}</hp:t>"
    return (
        f'<hp:p styleIDRef="{style}" paraPrIDRef="{shape}"><hp:run charPrIDRef="0">{inner}'
        "</hp:run><hp:linesegarray><hp:lineseg textpos='0'/></hp:linesegarray></hp:p>"
    )


def sub_list(*texts: str) -> str:
    """Return paragraphs as notes, cells and boxes hold them."""
    return f"<hp:subList>{''.join(hp(text) for text in texts)}</hp:subList>"


@dataclass
class Hwpx:
    """What goes into an HWPX; each field replaces what a plain one would have."""

    sections: tuple[str, ...]
    metadata: str = "<opf:title>마을 신문</opf:title>"
    manifest: str = ""
    head: str = ""
    extra: Mapping[str, str | bytes] = field(default_factory=dict)
    leave_out: tuple[str, ...] = ()

    def write(self, path: Path) -> Path:
        """Write it."""
        items = "".join(
            f'<opf:item id="section{i}" href="Contents/section{i}.xml"/>'
            for i in range(len(self.sections))
        )
        spine = "".join(f'<opf:itemref idref="section{i}"/>' for i in range(len(self.sections)))
        files: dict[str, str | bytes] = {
            "mimetype": "application/hwp+zip",
            "META-INF/manifest.xml": f"<odf:manifest xmlns:odf='o'>{self.manifest}</odf:manifest>",
            "Contents/content.hpf": "<opf:package xmlns:opf='p'>"
            f"<opf:metadata>{self.metadata}</opf:metadata><opf:manifest>{items}</opf:manifest>"
            f"<opf:spine>{spine}</opf:spine></opf:package>",
            "Contents/header.xml": f"<hh:head xmlns:hh='h'>{HEAD}{self.head}</hh:head>",
        }
        for i, section in enumerate(self.sections):
            files[f"Contents/section{i}.xml"] = f"<hs:sec {HP}>{section}</hs:sec>"
        return _zipped(path, {**files, **self.extra}, self.leave_out)


def _zipped(path: Path, files: Mapping[str, str | bytes], leave_out: tuple[str, ...]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            if name not in leave_out:
                archive.writestr(name, content)
    return path
