"""What accounts tell the rooms above, which they do not know."""

from __future__ import annotations

from django.dispatch import Signal

account_deleting = Signal()
"""Everything of `user` is to go; whoever keeps something of theirs deletes it now."""
