"""Print how much of the grammar suite a translator passes, by subject, and each failure.

The bar for the suite is 97 % passed, for each remade list (`list-…`) 2 % failed at most.

    python scripts/grammar_suite.py [--bundle DIR] [--kind PREFIX] [--quiet]
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from grammar_items import Outcome, judged, load

from kosorong.bundle import find_bundle
from kosorong.translation.translator import NeuralTranslator


def share(outcomes: Sequence[Outcome]) -> str:
    """Return how many outcomes are right, as a fraction and in percent."""
    right = sum(not outcome.fault for outcome in outcomes)
    return f"{right:4d}/{len(outcomes):<4d} {100 * right / max(1, len(outcomes)):6.1f} %"


def main() -> None:
    """Print the shares by subject and over all, and the failures below each."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--bundle", type=Path, help="another bundle than the one that came along")
    parser.add_argument("--kind", default="", help="only ids that begin so")
    parser.add_argument("--quiet", action="store_true", help="shares only")
    options = parser.parse_args()
    translator = NeuralTranslator(options.bundle or find_bundle("translator"))
    items = [item for item in load() if item.id.startswith(options.kind)]
    subjects: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in judged(translator, items):
        subjects[outcome.item.subject].append(outcome)
    for subject, outcomes in sorted(subjects.items()):
        print(f"{subject:20s}{share(outcomes)}")
        for outcome in [] if options.quiet else outcomes:
            if outcome.fault:
                print(f"    {outcome.text}")
    suite = [o for s, group in subjects.items() if not s.startswith("list-") for o in group]
    print(f"{'suite without lists':20s}{share(suite)}")


if __name__ == "__main__":
    main()
