"""What a process does before it is forked for mutants: nothing but make the database."""

from __future__ import annotations

import pytest


@pytest.mark.django_db
def test_database_is_there() -> None:
    """Ask for the database and for nothing else."""
