"""`kosorong lexicon`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kosorong.cli.common import Commands
from kosorong.errors import UsageError

if TYPE_CHECKING:
    from kosorong.translation.lexicon import Sense


def add(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser("lexicon", help="what words are in Jeju, with their evidence")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    show = actions.add_parser("show", help="the rows of a word, Korean or Jeju, in any form")
    show.add_argument("word", help="a word in any form, Korean or Jeju, or a sentence")
    show.add_argument("--translator", default="", help="whose lexicon; the first one's otherwise")
    show.set_defaults(run=_show)
    apply = actions.add_parser(
        "apply", help="put rows, or corrections of speakers, into a lexicon, and tell which"
    )
    apply.add_argument(
        "rows", type=Path, help="a table with the columns of the lexicon, or corrections (.jsonl)"
    )
    apply.add_argument("--to", type=Path, required=True, help="the lexicon; it is written anew")
    apply.add_argument(
        "--translator", default="", help="who translates the corrected sentences; the first one"
    )
    apply.set_defaults(run=_apply)


def _show(args: argparse.Namespace) -> None:
    from kosorong.bundle import find_bundle, open_bundle
    from kosorong.translation.lexicon import lexicon_of
    from kosorong.translation.looking_up import rows_of
    from kosorong.translation.rules import RuleTranslator
    from kosorong.translation.tables import parse_tables

    bundle = open_bundle(find_bundle("translator", args.translator), "translator")
    tables = parse_tables(bundle.file("rules.json").read_text(encoding="utf-8"), str(bundle.path))
    rules = {target: RuleTranslator(table) for target, table in tables.items()}
    found = rows_of(args.word, lexicon_of(bundle), rules)
    if not found:
        raise UsageError(
            f"The lexicon has no {args.word}.",
            cure="A word that it lacks stays as it is, or sentences taught it. To add it: "
            "docs/how-to/mend-words.md.",
        )
    for sense in found:
        print(_told(sense))


def _told(sense: Sense) -> str:
    from kosorong.translation.lexicon import PARTS_OF_SPEECH
    from kosorong.translation.looking_up import credits_of, source_of

    meant = f" ({sense.sense})" if sense.sense else ""
    others = f"; also {', '.join(sense.placed)}" if sense.variants else ""
    said = ", ".join(filter(None, (sense.region, sense.register)))
    remarks = " ".join(f"[{x}]" for x in (said, sense.note, *credits_of(sense)) if x)
    sources = " ".join(map(source_of, sense.evidence)) or "none"
    kind = PARTS_OF_SPEECH[sense.pos]
    line = f"{sense.korean}{meant} → {sense.jeju}{others}  {kind}, weight {sense.weight}: {sources}"
    return f"{line} {remarks}".rstrip()


def _apply(args: argparse.Namespace) -> None:
    from kosorong.translation.lexicon import merged_lexicon

    try:
        rows, old = (p.read_text(encoding="utf-8-sig") for p in (args.rows, args.to))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"A table cannot be read: {error}.", cure="Name a file that is there, saved as UTF-8."
        ) from error
    if args.rows.suffix == ".jsonl":
        _apply_corrections(args, rows, old)
        return
    text, changes = merged_lexicon(old, rows, args.to.name, args.rows.name)
    _write(args.to, text, changes)


def _apply_corrections(args: argparse.Namespace, lines: str, old: str) -> None:
    from kosorong.bundle import find_bundle, open_bundle
    from kosorong.ports import JEJU
    from kosorong.translation.applying import apply_corrections
    from kosorong.translation.corrections import read_corrections
    from kosorong.translation.tables import parse_tables

    corrections, refused = read_corrections(lines.split("\n"), args.rows.name)
    for error in refused:
        print(f"kosorong: {error}", file=sys.stderr)
    if not corrections:
        raise UsageError(
            "No correction can be taken.", where=str(args.rows), cure="Mend the lines named above."
        )
    rules = open_bundle(find_bundle("translator", args.translator), "translator").file("rules.json")
    table = parse_tables(rules.read_text(encoding="utf-8"), str(rules))[JEJU]
    applied = apply_corrections(corrections, old, table, args.to.name)
    _write(args.to, applied.text, applied.changes)
    for word in applied.unlearnt:
        print(f"Not for the lexicon: {word}")
    right = {correction.id for correction in applied.after}
    before = len(applied.before)
    print(
        f"{len(right)} of {len(corrections)} corrected sentences would now come out as corrected,"
        f" {before} before."
    )
    for correction in corrections:
        if correction.id not in right:
            print(f"Still otherwise: {correction.where}: {correction.jeju}")


def _write(lexicon: Path, text: str, changes: Sequence[str]) -> None:
    if changes:
        beside = lexicon.with_name(f"{lexicon.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(lexicon)
    for change in changes:
        print(change)
    print(f"{len(changes)} rows changed in {lexicon}.")
    if changes:
        print("The translator learns of them with: kosorong export BUNDLE --rules CORPUS -o BUNDLE")
