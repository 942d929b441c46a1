import io
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from mutants import ARCHIVES, mutants, outcome
from office_files import Docx, Hwpx, hp, para

from kosorong.book.readers import limits, read_manuscript
from kosorong.errors import InputError


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(mutants())
def test_mutants_are_read_or_refused_by_name(tmp_path: Path, mutant: tuple[str, bytes]) -> None:
    outcome(*mutant, tmp_path)


def office(path: Path, inner: str) -> Path:
    """Write a document of either kind around some XML."""
    made = Docx(inner) if path.suffix == ".docx" else Hwpx((inner,))
    return made.write(path)


BOTH = pytest.mark.parametrize("ending", [".docx", ".hwpx"])


@BOTH
@pytest.mark.parametrize(
    ("inner", "match"),
    [
        ("<p>" * 5_000 + "</p>" * 5_000, "nested more than"),
        ("<p/>" * (limits.MAX_OFFICE_ELEMENTS + 1), "more than [0-9,]+ elements"),
        ("<p>" + "0" * (4 * limits.MIB) + "</p>", r"unpacks to \d+ times"),
    ],
)
def test_bombs_are_refused_in_seconds(tmp_path: Path, ending: str, inner: str, match: str) -> None:
    made = office(tmp_path / f"a{ending}", inner)
    started = time.process_time()
    with pytest.raises(InputError, match=f"{match}|unpacks to"):
        read_manuscript(made)
    assert time.process_time() - started < 5


@BOTH
def test_entities_are_never_expanded(tmp_path: Path, ending: str) -> None:
    name = "word/document.xml" if ending == ".docx" else "Contents/section0.xml"
    bomb = b'<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]><a><p>&c;</p></a>'
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for part, content in {**ARCHIVES[ending], name: bomb}.items():
            archive.writestr(part, content)
    path = tmp_path / f"a{ending}"
    path.write_bytes(target.getvalue())
    with pytest.raises(InputError, match="declares an entity"):
        read_manuscript(path)


@BOTH
@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", ""])
def test_names_outside_the_archive_are_refused(tmp_path: Path, ending: str, name: str) -> None:
    text = para("눈.") if ending == ".docx" else hp("눈.")
    made = office(tmp_path / f"a{ending}", text)
    with zipfile.ZipFile(made, "a") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = name
        archive.writestr(info, "x")
    with pytest.raises(InputError, match=r"outside it|no name") as caught:
        read_manuscript(made)
    assert ending[1:].upper() in caught.value.message
