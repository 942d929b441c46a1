"""The documents say what is there: commands, errors, words of make, links, pins."""

from __future__ import annotations

import re
import runpy
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from kosorong import errors
from kosorong.cli import build_parser
from kosorong.errors import KosorongError

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
_IDS = [str(page.relative_to(ROOT)) for page in PAGES]
_FENCE = re.compile(r"^```(?:sh|bash|console)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
_SEPARATORS = {"|", "&&", ";", ">", "<", ">>"}


def typed(page: Path) -> Iterator[list[str]]:
    """Yield each command of a page's shell blocks as a list of words."""
    for block in _FENCE.findall(page.read_text(encoding="utf-8")):
        for line in block.replace("\\\n", " ").splitlines():
            words: list[str] = []
            for word in [*shlex.split(line, comments=True), ";"]:
                if word not in _SEPARATORS:
                    words.append(word)
                elif words:
                    yield words
                    words = []


def make_words() -> set[str]:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*##", text, re.MULTILINE))


def headings(page: str) -> set[str]:
    text = (ROOT / page).read_text(encoding="utf-8")
    return set(re.findall(r"^#+ (.+)$", text, re.MULTILINE))


def test_the_command_reference_is_what_the_parser_says() -> None:
    script = runpy.run_path(str(ROOT / "scripts" / "make_cli_reference.py"))
    page = (ROOT / "docs/reference/cli.md").read_text(encoding="utf-8")
    again = "run scripts/make_cli_reference.py > docs/reference/cli.md"
    assert page == script["reference"](), again


def test_every_error_has_a_heading() -> None:
    kinds = [v for v in vars(errors).values() if isinstance(v, type)]
    names = {k.__name__ for k in kinds if issubclass(k, KosorongError) and k is not KosorongError}
    assert names
    assert names <= headings("docs/reference/errors.md")


def test_every_setting_is_documented() -> None:
    """A setting is a variable that the source reads by name; `EXAMPLE` stands in a docstring."""
    pages = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("docs/reference/*.md"))
    for path in (ROOT / "src").rglob("*.py"):
        for name in re.findall(r'"(KOSORONG_[A-Z0-9_]+)"', path.read_text(encoding="utf-8")):
            assert name in pages or name == "KOSORONG_EXAMPLE", f"{path.name}: {name}"


@pytest.mark.parametrize("page", PAGES, ids=_IDS)
def test_commands_of_a_page_are_taken_by_the_parser(page: Path) -> None:
    for words in typed(page):
        if Path(words[0]).name == "kosorong":
            build_parser().parse_args(words[1:])
            named = [word for word in words if word.startswith(("recipes/", "examples/"))]
            assert [name for name in named if not (ROOT / name).exists()] == [], words
        elif words[0] == "make":
            assert set(words[1:2]) <= make_words(), words


@pytest.mark.parametrize("page", PAGES, ids=_IDS)
def test_links_of_a_page_lead_somewhere(page: Path) -> None:
    links = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_readme_shows_every_way_in() -> None:
    lines = [" ".join(words) for words in typed(ROOT / "README.md")]
    assert {"make run", "make test"} <= set(lines)
    assert any("kosorong book" in line for line in lines)


def test_make_has_at_most_a_dozen_words() -> None:
    assert {"setup", "run", "test", "check", "bench"} <= make_words()
    assert len(make_words()) <= 12


def test_every_requirement_is_pinned_within_its_range() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = dict(line.split("==") for line in lines if not line.startswith("#"))
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(one for extra in extras for one in extra)]
    for requirement in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(requirement.name))
        assert pin is not None, f"{requirement.name}: run scripts/make_constraints.py"
        assert requirement.specifier.contains(pin), f"{requirement} is pinned to {pin}"
