"""What the environment says about the inference server."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kosorong.errors import UsageError

DEFAULT_PORT = 8001
_PREFIX = "KOSORONG_INFERENCE_"
_ORIGIN = re.compile(
    r"[a-z][a-z0-9+.-]*://[A-Za-z0-9.-]+(?::\d{1,5})?|https?://\[[0-9a-f:]+\](?::\d{1,5})?"
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits and the token.

    Attributes:
        token: What callers must show; "" lets everybody in.
        jobs: Pieces of work (a segment, a few sentences) done at the same time.
        queue: Requests at work or waiting; one more is told to come back.
        characters: Longest text of one request.
        segments: Most segments of one request.
        body_bytes: Largest body of a request, recordings included.
        local: Whether only this machine can ask, so that pages of other sites are refused.
        stock_names: Whether names of models and voices from elsewhere mean ours.
        origins: Sites whose pages may ask, such as `https://books.example.org`; `*` for all.
        suggestions: File of better translations that callers propose; "" keeps none.
    """

    token: str = ""
    jobs: int = 1
    queue: int = 12
    characters: int = 20_000
    segments: int = 256
    body_bytes: int = 32 * 2**20
    local: bool = False
    stock_names: bool = True
    origins: frozenset[str] = frozenset()
    suggestions: str = ""


def read_settings(environ: Mapping[str, str]) -> Settings:
    """Read `KOSORONG_INFERENCE_…`.

    Raises:
        UsageError: A variable holds what it cannot; its name is said.

    >>> read_settings({"KOSORONG_INFERENCE_JOBS": "2"}).jobs
    2
    """
    usual = Settings()
    return Settings(
        token=_secret(environ, "TOKEN"),
        jobs=whole_number(environ, "JOBS", usual.jobs, 1, 64),
        queue=whole_number(environ, "QUEUE", usual.queue, 1, 1000),
        characters=whole_number(environ, "CHARACTERS", usual.characters, 1, 1_000_000),
        segments=whole_number(environ, "SEGMENTS", usual.segments, 1, 10_000),
        body_bytes=whole_number(environ, "BODY_BYTES", usual.body_bytes, 1_000, 2**31),
        stock_names=bool(whole_number(environ, "STOCK_NAMES", 1, 0, 1)),
        origins=_origins(environ, "ORIGINS"),
        suggestions=environ.get("KOSORONG_INFERENCE_SUGGESTIONS", ""),
    )


def _origins(environ: Mapping[str, str], name: str) -> frozenset[str]:
    """Return the sites that a variable names.

    Raises:
        UsageError: One is none.

    >>> sorted(_origins({"KOSORONG_INFERENCE_ORIGINS": "https://a.example, *"}, "ORIGINS"))
    ['*', 'https://a.example']
    """
    variable = _PREFIX + name
    named = frozenset(environ.get(variable, "").replace(",", " ").split())
    for origin in sorted(named - {"*"}):
        if not _ORIGIN.fullmatch(origin):
            raise UsageError(
                f"{origin!r} is no origin of a page.",
                where=variable,
                cure="Write origins such as https://books.example.org, or *.",
            )
    return named


def whole_number(environ: Mapping[str, str], name: str, usual: int, low: int, high: int) -> int:
    """Return the number in `KOSORONG_INFERENCE_` + `name`, or the usual one.

    Raises:
        UsageError: It is none, or not between `low` and `high`.
    """
    text = environ.get(_PREFIX + name, "")
    if not text:
        return usual
    if not text.isdecimal() or not low <= int(text) <= high:
        raise UsageError(
            f"{text!r} cannot be taken.",
            where=_PREFIX + name,
            cure=f"Give a whole number from {low} to {high}.",
        )
    return int(text)


def _secret(environ: Mapping[str, str], name: str) -> str:
    """Return a secret from its variable, or from the file that NAME_FILE names."""
    variable = f"{_PREFIX}{name}"
    file = environ.get(f"{variable}_FILE", "")
    if environ.get(variable) and file:
        raise UsageError(
            f"it and {variable}_FILE are both set.", where=variable, cure="Set one of them."
        )
    if not file:
        return environ.get(variable, "").strip()
    try:
        secret = Path(file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the file cannot be read ({error}).",
            where=f"{variable}_FILE",
            cure="Name a readable text file that holds nothing but the token.",
        ) from error
    if not secret:
        # An empty file would open the server to everybody, which nobody asked for.
        raise UsageError(
            "the file is empty.", where=f"{variable}_FILE", cure="Write the token into it."
        )
    return secret
