"""Settings from the environment, read by type; a wrong value stops the start with its name.

>>> flag("KOSORONG_EXAMPLE", default=True, source={"KOSORONG_EXAMPLE": "off"})
False
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from kosorong.errors import UsageError

_YES = frozenset({"1", "true", "yes", "on"})
_NO = frozenset({"0", "false", "no", "off"})
_SECRET_CHARACTERS = 32
_PASSWORD_CHARACTERS = 12
# A word said again and again is long and no secret.
_DIFFERENT = 10


def text(name: str, default: str = "", *, source: Mapping[str, str] = os.environ) -> str:
    """Return a variable without white space at its ends, the default where it is unset or empty."""
    return source.get(name, "").strip() or default


def flag(name: str, *, default: bool, source: Mapping[str, str] = os.environ) -> bool:
    """Return a yes or no.

    Raises:
        UsageError: It is neither.
    """
    value = text(name, source=source).lower()
    if value in _YES or value in _NO:
        return value in _YES
    if not value:
        return default
    raise UsageError(f"'{value}' is neither yes nor no.", where=name, cure="Set it to 1 or 0.")


def number(
    name: str, default: int, low: int, high: int, *, source: Mapping[str, str] = os.environ
) -> int:
    """Return a whole number between `low` and `high`.

    Raises:
        UsageError: It is no number, or outside.
    """
    value = text(name, source=source)
    if not value:
        return default
    if value.isascii() and value.isdigit() and low <= int(value) <= high:
        return int(value)
    raise UsageError(f"'{value}' cannot be taken.", where=name, cure=f"Give {low} to {high}.")


def choice(
    name: str, default: str, values: tuple[str, ...], *, source: Mapping[str, str] = os.environ
) -> str:
    """Return one of a few words.

    Raises:
        UsageError: It is none of them.
    """
    value = text(name, default, source=source).lower()
    if value in values:
        return value
    raise UsageError(f"'{value}' is not known.", where=name, cure=f"Give {', '.join(values)}.")


def words(
    name: str, default: tuple[str, ...] = (), *, source: Mapping[str, str] = os.environ
) -> list[str]:
    """Return a list written with commas.

    >>> words("HOSTS", source={"HOSTS": "a.example, b.example"})
    ['a.example', 'b.example']
    """
    found = [part.strip() for part in text(name, source=source).split(",")]
    return [part for part in found if part] or list(default)


def address(name: str, default: str, *, source: Mapping[str, str] = os.environ) -> str:
    """Return an HTTP address without a slash at its end; "" where it is unset and so the default.

    Raises:
        UsageError: It is no HTTP address.
    """
    value = text(name, default, source=source)
    if not value:
        return ""
    if value.startswith(("http://", "https://")) and " " not in value:
        return value.rstrip("/")
    raise UsageError(f"'{value}' is no address.", where=name, cure="Write it as http://HOST:PORT.")


def secret(name: str, *, source: Mapping[str, str] = os.environ) -> str:
    """Return a secret from `NAME`, or from the file that `NAME_FILE` names; "" where neither is.

    Raises:
        UsageError: The file cannot be read or is empty.
    """
    given = text(f"{name}_FILE", source=source)
    if not given:
        return text(name, source=source)
    try:
        value = Path(given).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"the file cannot be read ({error}).", where=f"{name}_FILE", cure="Check the path."
        ) from error
    if not value:
        raise UsageError("the file is empty.", where=f"{name}_FILE", cure="Put the secret in it.")
    return value


def server(name: str, schemes: tuple[str, ...], *, source: Mapping[str, str] = os.environ) -> str:
    """Return the address of a server with its password, which is a secret of its own.

    The address comes from `NAME` or a file as any secret does; where `NAME` ends with `_URL`, a
    password may stand apart, in what is called `_PASSWORD` instead.

    Raises:
        UsageError: It is no such address.

    >>> server("Q_URL", ("redis",), source={"Q_URL": "redis://r:6379/0", "Q_PASSWORD": "a@b"})
    'redis://:a%40b@r:6379/0'
    """
    value = secret(name, source=source)
    if not value:
        return ""
    parts = urlsplit(value)
    if parts.scheme not in schemes:
        raise UsageError(
            "this is no address of such a server.",
            where=name,
            cure=f"Write it as {schemes[0]}://HOST:PORT.",
        )
    password = secret(f"{name.removesuffix('_URL')}_PASSWORD", source=source)
    if not password:
        return value
    user, _, host = parts.netloc.rpartition("@")
    login = f"{user.partition(':')[0]}:{quote(password, safe='')}"
    return urlunsplit(parts._replace(netloc=f"{login}@{host}"))


def password(name: str, value: str) -> str:
    """Return the password of a server that others could reach too.

    Raises:
        UsageError: It is missing, too short or too simple.
    """
    return strong(name, value, _PASSWORD_CHARACTERS)


def strong(name: str, value: str, characters: int = _SECRET_CHARACTERS) -> str:
    """Return a secret that is long enough to be one.

    Raises:
        UsageError: It is missing, too short or too simple.
    """
    if len(value) >= characters and len(set(value)) >= min(_DIFFERENT, characters // 2):
        return value
    what = "is too short or too simple to be a secret" if value else "is not set"
    raise UsageError(
        f"{what}.",
        where=name,
        cure=f"Set it, or the file in {name}_FILE, to {characters} random characters or"
        " more: python -c 'import secrets; print(secrets.token_urlsafe(48))'",
    )
