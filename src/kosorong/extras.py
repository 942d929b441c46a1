"""What the command that installs a missing package is, as long as no index has ours."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, requires


def how_to_install(extra: str) -> str:
    """Return a cure: the packages of an extra, by their own names.

    Args:
        extra: Of pyproject.toml.

    >>> how_to_install("engine")  # doctest: +ELLIPSIS
    "Install it with: pip install 'ctranslate2>=...' 'onnxruntime>=..."
    """
    try:
        lines = requires("kosorong") or []
    except PackageNotFoundError:
        lines = []
    marked = f'extra == "{extra}"'
    wanted = sorted(line.partition(";")[0].strip() for line in lines if marked in line)
    named = " ".join(f"'{line}'" for line in wanted) or f"what the extra {extra} names"
    return f"Install it with: pip install {named}."
