"""Print how many nouns of a book have one form in its translation, sense by sense.

    python scripts/one_form.py BOOK... [--count 10] [--seed 1] [--show]

Of the books that are named `--count` are drawn. A noun counts that the rules read at least four
times in a book; it has one form where all its mentions in one sense begin alike. The command ends
with 1 below 97 %.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from kosorong.bundle import find_bundle
from kosorong.ports import JEJU
from kosorong.text.letters.hangul import bare_word, nfc, nfd
from kosorong.text.letters.normalize import normalize
from kosorong.text.segments.sentences import split_sentences
from kosorong.training.translation.core_words import core_words
from kosorong.translation.rules import RuleTranslator
from kosorong.translation.tables import parse_tables

LEAST, BAR = 4, 0.97

_WHOLE = dict(core_words())
"""Words that are no noun and particle any more: 것이 is 게, 너는 is 넌."""
Noun = tuple[str, str]
"""A noun and the counterpart of the sense that is meant."""


def mentions(rules: RuleTranslator, text: str) -> Iterator[tuple[Noun, str]]:
    """Yield each noun of a text that the rules know, and what it became."""
    words = text.split()
    for change in rules.changes(text):
        first, end = change.source
        core = bare_word(words[first])
        if end - first > 1 or not core or core in _WHOLE:
            continue
        analysis = rules.read_in(words, first)
        if analysis is None or not analysis.known or analysis.lexeme.pos != "n":
            continue
        became, target = nfd(bare_word(change.text)), analysis.lexeme.target
        form = target if became.startswith(target) else became
        yield (nfc(analysis.lexeme.source), nfc(target)), nfc(form)


def forms_of(rules: RuleTranslator, book: str) -> dict[Noun, Counter[str]]:
    """Return the forms of every noun of a book that stands there often enough."""
    forms: defaultdict[Noun, Counter[str]] = defaultdict(Counter)
    for paragraph in normalize(book).splitlines():
        for sentence in split_sentences(paragraph):
            for noun, form in mentions(rules, sentence):
                forms[noun][form] += 1
    return {noun: counts for noun, counts in forms.items() if counts.total() >= LEAST}


def main() -> None:
    """Print the share by book and in all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("books", type=Path, nargs="+")
    parser.add_argument("--count", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="name the nouns of several forms")
    args = parser.parse_args()
    tables = parse_tables((find_bundle("translator", "") / "rules.json").read_text("utf-8"))
    rules = RuleTranslator(tables[JEJU])
    books = sorted(args.books)
    drawn = random.Random(args.seed).sample(books, min(args.count, len(books)))  # noqa: S311
    one = nouns = 0
    for path in drawn:
        forms = forms_of(rules, path.read_text("utf-8"))
        mine = sum(len(counts) == 1 for counts in forms.values())
        one, nouns = one + mine, nouns + len(forms)
        print(f"{path.name}: {mine} of {len(forms)} nouns, {mine / max(1, len(forms)):.1%}")
        for (noun, target), counts in forms.items() if args.show else ():
            if len(counts) > 1:
                print(f"    {noun} ({target}): {dict(counts)}")
    print(f"seed {args.seed}: {one} of {nouns} nouns have one form, {one / max(1, nouns):.1%}")
    raise SystemExit(one < BAR * nouns)


if __name__ == "__main__":
    main()
