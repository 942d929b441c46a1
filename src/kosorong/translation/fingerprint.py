"""What a translation depends on besides its bundle: the tables and rules in this package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "kosorong.translation": (),
    "kosorong.text": (
        "hangul.py", "hanyang.py", "jamo.py", "normalize.py", "particles.py", "full_names.py",
        "tongue.py", "data/ends_like_particles.tsv", "data/hanyang.tsv", "data/names.tsv",
        "data/particles.tsv", "data/tongue_endings.tsv", "data/tongue_words.tsv",
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
    """Yield the modules and the tables of a package, by name."""
    root = files(package)
    for folder, ending in ((root, ".py"), (root.joinpath("data"), ".tsv")):
        found = folder.iterdir() if folder.is_dir() else ()
        for file in sorted(found, key=lambda file: file.name):
            if file.name.endswith(ending):
                # Lines end as the checkout ends them.
                name = file.name if folder is root else f"data/{file.name}"
                yield name, file.read_bytes().replace(b"\r\n", b"\n")


def joined_digest(bundle: str) -> str:
    """Return one fingerprint of a bundle's, of the tables and of the rules in code."""
    return hashlib.sha256(f"{bundle} {rules_digest()}".encode()).hexdigest()[:12]
