"""Trials of the library service: real processes, real kills, real outages.

`python scripts/chaos` runs them and writes `docs/reference/reliability.md`.
"""
