"""Trials of the library under size and load; `python scripts/load/run.py` runs them."""
