"""What several commands share."""

from __future__ import annotations

import argparse
import importlib.util
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar

from kosorong.cli.notes import NOTES
from kosorong.errors import UsageError
from kosorong.extras import how_to_install
from kosorong.ports import SPELLINGS

if TYPE_CHECKING:
    from tqdm import tqdm

    from kosorong.ports import Translator
    from kosorong.speech.voice import OnnxVoice

    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = argparse._SubParsersAction

T = TypeVar("T")
STDIN = "-"
"""Names standard input as a text or a file, and standard output as a file to write."""


def need_extra(extra: str, *modules: str) -> None:
    """Stop with the cure where packages of an extra are missing.

    Raises:
        UsageError: One of `modules` cannot be imported.
    """
    for module in modules:
        if importlib.util.find_spec(module) is None:
            raise UsageError(
                f"this command needs the package {module}.",
                cure=how_to_install(extra),
            )


def open_translator(name: str = "", terms: Path | None = None) -> Translator:
    """Open an installed translator, the first one where no name is given.

    Args:
        name: Of the translator.
        terms: File of terms that it shall keep to.
    """
    need_extra("engine", "ctranslate2")
    from kosorong.bundle import find_bundle
    from kosorong.terms import read_terms
    from kosorong.translation.translator import NeuralTranslator

    # Read first: a line that is wrong is told before the model is loaded.
    fixed = None if terms is None else read_terms(terms)
    translator = NeuralTranslator(find_bundle("translator", name))
    return translator if fixed is None else translator.with_terms(fixed)


def open_voice(name: str = "") -> OnnxVoice:
    """Open an installed voice, the default one where no name is given."""
    need_extra("engine", "onnxruntime")
    from kosorong.speech.catalogue import open_voice as open_named

    return open_named(name or None)


def lines_of_input(*, keep_ends: bool = False) -> Iterator[str]:
    """Yield the lines of standard input.

    Args:
        keep_ends: With their line ends.

    Raises:
        UsageError: Standard input is not UTF-8.
    """
    try:
        for line in sys.stdin.buffer:
            text = line.decode("utf-8")
            yield text if keep_ends else text.rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"standard input is not UTF-8 ({error.reason} at byte {error.start} of a line).",
            cure="Convert it first, for example with iconv -t UTF-8.",
        ) from error


def is_input(text: str | None) -> bool:
    """Say whether standard input is meant: nothing, or `-`."""
    return text in (None, STDIN)


def each_line(text: str | None) -> Iterator[str]:
    """Yield the text argument, or else the lines of standard input."""
    if text is None or is_input(text):
        yield from lines_of_input()
    else:
        yield text


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """Give a file; what comes through standard input, for `-`, as a text file for a while."""
    if str(path) != STDIN:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="kosorong-") as folder:
        came = Path(folder) / "stdin.txt"
        came.write_bytes("".join(lines_of_input(keep_ends=True)).encode())
        yield came


def ranged(kind: Callable[[str], T], low: T, high: T) -> Callable[[str], T]:
    """Return an argparse type that takes values from `low` to `high`."""

    def convert(text: str) -> T:
        value = kind(text)
        if not low <= value <= high:  # type: ignore[operator]  # numbers compare
            raise argparse.ArgumentTypeError(f"{text} is not between {low} and {high}")
        return value

    convert.__name__ = kind.__name__
    return convert


def add_dial(parser: argparse.ArgumentParser) -> None:
    """Add the options that say which Jeju is written."""
    parser.add_argument("--spelling", choices=SPELLINGS, default="araea", help="with or without ㆍ")
    parser.add_argument(
        "--strength",
        type=ranged(float, 0.0, 1.0),
        default=1.0,
        help="0 (Korean) to 1 (full Jeju)",
    )
    parser.add_argument(
        "--terms", type=Path, help="words and names to fix: a file of KOREAN TAB JEJU lines"
    )


def add_chapters(parser: argparse.ArgumentParser) -> None:
    """Add the options that switch chapters."""
    parser.add_argument(
        "--include",
        default="",
        help="chapters to read besides: numbers as the dry run counts them, ranges, all, or kinds "
        "of front and back matter, as in 1,4-6,index",
    )
    parser.add_argument("--leave-out", default="", help="chapters not to read, in the same way")


class Bar:
    """A progress bar with time left, on standard error; implements `kosorong.ports.Progress`."""

    def __init__(self) -> None:
        self._bar: tqdm[NoReturn] | None = None

    def start(self, total: int, done: int = 0, unit: str = "segment") -> None:
        """Begin: `done` of `total` units are there already."""
        from tqdm import tqdm

        self._bar = tqdm(
            total=total,
            initial=done,
            unit=f" {unit}",
            file=sys.stderr,
            dynamic_ncols=True,
            disable=NOTES.quiet,
        )

    def advance(self, n: int = 1) -> None:
        """Count `n` more finished units."""
        if self._bar is not None:
            self._bar.update(n)

    def say(self, message: str) -> None:
        """Show a line above the bar."""
        if NOTES.quiet:
            return
        if self._bar is not None:
            self._bar.write(message, file=sys.stderr)
        else:
            print(message, file=sys.stderr)

    def close(self) -> None:
        """End the display."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
