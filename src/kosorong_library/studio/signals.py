"""What the studio's writes ask of its tasks, which know the writes."""

from __future__ import annotations

from django.dispatch import Signal

export_wanted = Signal()
"""The file of `export`, a number, is to be built."""
narration_wanted = Signal()
"""`narration`, a number, is to be cut and aligned."""
