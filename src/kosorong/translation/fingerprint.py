"""What a translation depends on besides its bundle: the tables and rules in this package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "kosorong.translation": (),
    "kosorong.text": (
        "letters/hangul.py", "letters/hanyang.py", "letters/jamo.py", "letters/normalize.py",
        "letters/particles.py", "letters/full_names.py", "langid.py",
        "data/ends_like_particles.tsv", "data/hanyang.tsv", "data/names.tsv",
        "data/particles.tsv", "data/language_endings.tsv", "data/language_words.tsv",
    ),
}  # fmt: skip
"""Packages whose modules and tables write a translation, and which of them where not all do."""


@cache
def rules_digest() -> str:
    """Return a short hash of the tables and of the rules in code; equal on every machine.

    Any change of a module or a table counts, a remark too: a book is then translated anew, and
    only what came out differently is spoken anew. The other mistake, a mended ending that a
    finished book never hears of, cannot be seen.

    >>> len(rules_digest())
    12
    """
    digest = hashlib.sha256()
    for package, only in _PACKAGES.items():
        for name, content in _sources(package):
            if not only or name in only:
                digest.update(name.encode() + content)
    return digest.hexdigest()[:12]


def _sources(package: str) -> Iterator[tuple[str, bytes]]:
    """Yield the modules and the tables of a package, by their path in it."""
    yield from _sources_in(files(package), "")


def _sources_in(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.is_dir():
            yield from _sources_in(file, f"{path}{file.name}/")
        elif file.name.endswith((".py", ".tsv")):
            # Lines end as the checkout ends them.
            yield f"{path}{file.name}", file.read_bytes().replace(b"\r\n", b"\n")


def joined_digest(bundle: str) -> str:
    """Return one fingerprint of a bundle's, of the tables and of the rules in code."""
    return hashlib.sha256(f"{bundle} {rules_digest()}".encode()).hexdigest()[:12]
