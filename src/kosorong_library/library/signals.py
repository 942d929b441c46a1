"""What the library tells the rooms above, which it does not know."""

from __future__ import annotations

from django.dispatch import Signal

work_wanted = Signal()
"""Segments wait to be made."""
takes_left = Signal()
"""Segments no longer need `takes`, a set of numbers; sent inside of the transaction."""
