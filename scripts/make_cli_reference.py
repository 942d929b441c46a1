"""Print docs/reference/cli.md from the parser of the command `kosorong`.

    .venv/bin/python scripts/make_cli_reference.py > docs/reference/cli.md

The text comes from the parser's own data and not from its help pages, whose layout changes with
the version of Python and the width of the terminal.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from kosorong.cli import build_parser

_HEAD = """\
# The command `kosorong`

Made by `scripts/make_cli_reference.py`; a test compares it with the parser.

Exit codes: 0 done, 1 failed with a message, 2 wrong use, 130 stopped with Ctrl-C. An error is one
line on standard error (`--debug` before the command shows the traceback); standard output carries
data only.
"""


@dataclass(frozen=True, slots=True)
class Command:
    """One command or sub-command.

    Attributes:
        name: As typed, for example `kosorong corpus import`.
        help: What it does.
        arguments: Positional arguments and options.
    """

    name: str
    help: str
    arguments: tuple[argparse.Action, ...]


def commands(parser: argparse.ArgumentParser, name: str, text: str) -> Iterator[Command]:
    """Yield a parser's command and those below it, in the order of its help page."""
    arguments = []
    below: list[Command] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {one.dest: one.help or "" for one in action._choices_actions}
            for key, child in action.choices.items():
                below += commands(child, f"{name} {key}", helps.get(key, ""))
        elif not isinstance(action, argparse._HelpAction):
            arguments.append(action)
    yield Command(name, text, tuple(arguments))
    yield from below


def _words(action: argparse.Action) -> str:
    """Return an argument as it is typed, with what stands behind it."""
    value = action.metavar if isinstance(action.metavar, str) else action.dest.upper()
    if action.choices is not None:
        value = "|".join(map(str, action.choices))
    if action.nargs == 0:
        return ", ".join(action.option_strings)
    if not action.option_strings:
        return f"[{value}]" if action.nargs == "?" else value
    return f"{', '.join(action.option_strings)} {value}"


def _about(action: argparse.Action) -> str:
    notes = []
    if action.option_strings and action.required:
        notes.append("required")
    if action.option_strings and action.default not in (None, "", False, [], argparse.SUPPRESS):
        notes.append(f"default `{action.default}`")
    text = (action.help or "").replace("%(default)s", str(action.default))
    return "; ".join(filter(None, (text, *notes))).replace("|", r"\|")


def section(command: Command) -> str:
    """Return a command's part of the page."""
    text = f"## {command.name}\n\n{command.help[:1].upper()}{command.help[1:]}.\n"
    if command.arguments:
        rows = (
            f"| `{_words(a).replace('|', chr(92) + '|')}` | {_about(a)} |"
            for a in command.arguments
        )
        text += "\n| argument | meaning |\n|---|---|\n" + "\n".join(rows) + "\n"
    return text


def reference() -> str:
    """Return the whole page."""
    found = commands(build_parser(), "kosorong", "Korean texts become Jeju audiobooks")
    return "\n".join((_HEAD, *map(section, found)))


if __name__ == "__main__":
    sys.stdout.write(reference())
