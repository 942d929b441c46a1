import zipfile
from pathlib import Path

import pytest
from office_files import Docx, Hwpx, hp, para

from kosorong.book.readers import MANUSCRIPTS, TRANSCRIPTS, read_manuscript
from kosorong.errors import InputError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def refused(path: Path, match: str) -> InputError:
    with pytest.raises(InputError, match=match) as caught:
        read_manuscript(path)
    assert caught.value.cure
    return caught.value


@pytest.mark.parametrize(
    ("ending", "name", "way_out"),
    [
        (".pdf", "PDF", ".docx"),
        (".hwp", "HWP", ".hwpx"),
        (".HWP", "HWP", ".hwpx"),
        (".doc", "DOC", ".docx"),
        (".docm", "macros", ".docx"),
        (".rtf", "RTF", ".docx"),
        (".odt", "ODT", ".docx"),
        (".mobi", "MOBI", ".epub"),
        (".smi", "SMI", ".srt"),
        (".mp3", "recording", "--recording"),
        (".jpg", "picture", "OCR"),
        (".zip", "archive", "Unpack"),
        (".xyz", "kind .xyz", ".hwpx"),
        ("", "no ending", ".docx"),
    ],
)
def test_other_kinds_are_refused_by_name_with_the_way_out(
    tmp_path: Path, ending: str, name: str, way_out: str
) -> None:
    path = tmp_path / f"글{ending}"
    path.write_bytes(b"x")
    assert way_out in refused(path, name).cure


@pytest.mark.parametrize("ending", [".docx", ".hwpx", ".html", ".srt", ".txt", ".epub"])
@pytest.mark.parametrize(
    ("content", "match"),
    [
        (b"%PDF-1.7\n", "it is PDF"),
        (b"{\\rtf1 a}", "it is RTF"),
        (OLE, "it is (DOC|HWP), the old format"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (OLE + "HwpSummaryInformation".encode("utf-16-le"), "it is HWP, the old format"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
    ],
)
def test_a_file_under_a_false_ending_is_told_by_its_first_bytes(
    tmp_path: Path, ending: str, content: bytes, match: str
) -> None:
    path = tmp_path / f"글{ending}"
    path.write_bytes(content)
    refused(path, match)


def test_archives_under_a_false_ending_are_told_by_what_they_hold(tmp_path: Path) -> None:
    docx = Docx(para("눈.")).write(tmp_path / "a.hwpx")
    refused(docx, "it is DOCX")
    hwpx = Hwpx((hp("눈."),)).write(tmp_path / "a.docx")
    refused(hwpx, "it is HWPX")
    for files, match in (
        ({"mimetype": "application/epub+zip"}, "it is EPUB"),
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, "it is ODT"),
        ({"xl/workbook.xml": ""}, "it is XLSX"),
        ({"a.txt": ""}, "holds no document"),
    ):
        with zipfile.ZipFile(tmp_path / "b.docx", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        refused(tmp_path / "b.docx", match)


def test_the_endings_that_are_read_are_those_that_are_promised() -> None:
    promised = {".txt", ".md", ".epub", ".docx", ".hwpx", ".html", ".srt", ".vtt"}
    assert promised <= MANUSCRIPTS
    assert {".eaf", ".textgrid"} == TRANSCRIPTS
