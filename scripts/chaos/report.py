"""`docs/reference/reliability.md` from the results of all trials."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from chaos.results import Result, Row, load

ORDER = (
    "kills",
    "outages",
    "disks",
    "workers",
    "crowd",
    "machines",
    "size",
    "million",
    "writers",
    "load",
    "one-core",
    "memory",
    "routes",
    "openapi",
    "restore",
    "simulation",
)
"""Names of trials as the page has them; others follow by name."""

_HEAD = """# Reliability

What the library service was put through, with real processes, real SIGKILL and real servers, and
whether it held. Written by `python scripts/chaos report` from the results of the last runs;
`make trials` runs the trials and writes it again. Every trial prints its seed, and does the same
again with `--seed`.

| trial | bar | measured | met |
|---|---|---|---|
"""


def write(reports: Path, page: Path) -> int:
    """Write the page; return how many bars were missed.

    Args:
        reports: Folder with a JSON file a trial.
        page: Where the page stands.
    """
    found = sorted((load(path) for path in reports.glob("*.json")), key=_place)
    page.write_text(render(found), "utf-8")
    return sum(not row.met for one in found for row in one.rows)


def render(found: Sequence[Result]) -> str:
    """Return the page."""
    lines = [_line(row) for one in found for row in one.rows]
    return _HEAD + "\n".join([*lines, "", *map(_section, found)])


def _place(one: Result) -> tuple[int, str]:
    known = ORDER.index(one.name) if one.name in ORDER else len(ORDER)
    return known, one.name


def _line(row: Row) -> str:
    met = "yes" if row.met else "**no**"
    return f"| {_cell(row.trial)} | {_cell(row.bar)} | {_cell(row.measured)} | {met} |"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def _section(one: Result) -> str:
    seed = "" if one.seed is None else f" Seed {one.seed}."
    notes = "".join(f"\n- {_cell(note)}" for note in one.notes)
    told = f"\n## {one.name}\n\n`{one.command}`, {one.date}: {one.machine}.{seed}\n"
    return f"{told}{notes}\n" if notes else told
