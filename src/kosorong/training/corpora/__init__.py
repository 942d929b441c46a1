"""Corpora as they lie on disk, one manifest, packed arrays."""
