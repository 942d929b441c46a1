"""Kosorong: Korean texts become Jeju audiobooks."""

__version__ = "0.1.0"
