"""What a translation depends on besides its bundle: the tables and rules in this package."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files

_PACKAGES = {"kosorong.translation": "", "kosorong.text": "normalize.py"}
"""Packages whose modules write a translation, and the one module where not all do."""


@cache
def rules_digest() -> str:
    """Return a short hash of the tables and rules in code; equal on every machine.

    Any change of a module counts, a remark too: a book is then translated anew, and only what came
    out differently is spoken anew. The other mistake, a mended ending that a finished book never
    hears of, cannot be seen.

    >>> len(rules_digest())
    12
    """
    digest = hashlib.sha256()
    for package, only in _PACKAGES.items():
        for file in sorted(files(package).iterdir(), key=lambda file: file.name):
            if file.name.endswith(".py") and (not only or file.name == only):
                # Lines end as the checkout ends them.
                digest.update(file.name.encode() + file.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]


def joined_digest(bundle: str) -> str:
    """Return one fingerprint of a bundle's and of the rules in code."""
    return hashlib.sha256(f"{bundle} {rules_digest()}".encode()).hexdigest()[:12]
