"""What a trial hands back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from chaos.results import Row


@dataclass(frozen=True, slots=True)
class Found:
    """What a trial found.

    Attributes:
        rows: What has to hold.
        notes: What else was seen.
        figures: Numbers that `docs/explanation/scale.md` is reckoned from.
    """

    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    figures: dict[str, Any] = field(default_factory=dict)
