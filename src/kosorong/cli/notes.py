"""What a command remarks on standard error: each kind once, then how often."""

from __future__ import annotations

import re
import sys
from collections import Counter

# How sure a model was: what differs in nothing else is said once.
_SHARE = re.compile(r"\(\d\.\d+\)")


class Notes:
    """Remarks of one command.

    Attributes:
        quiet: Nothing but errors is shown.
    """

    def __init__(self) -> None:
        self.quiet = False
        self._counts: Counter[str] = Counter()

    def say(self, *remarks: str) -> None:
        """Show remarks, each kind when it comes first."""
        for remark in remarks:
            kind = _SHARE.sub("", remark)
            self._counts[kind] += 1
            if self._counts[kind] == 1 and not self.quiet:
                print(f"kosorong: {remark}", file=sys.stderr)

    def close(self) -> None:
        """Say how often those came that came again, and forget them."""
        for kind, count in self._counts.items():
            if count > 1 and not self.quiet:
                print(f"kosorong: {count} times in all: {kind}", file=sys.stderr)
        self._counts.clear()


NOTES = Notes()
"""Of the command that runs; `main` closes it."""
