"""Settings from the environment, read by type; a wrong value stops the start with its name.

>>> flag("KOSORONG_EXAMPLE", default=True, source={"KOSORONG_EXAMPLE": "off"})
False
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from kosorong.errors import UsageError

_HOST = re.compile(r"\*|\[[0-9A-Fa-f:.]+\]|\.?[\w-]+(?:\.[\w-]+)*\.?")
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
    parts = [part.strip() for part in text(name, source=source).split(",")]
    return [part for part in parts if part] or list(default)


def hosts(
    name: str, default: tuple[str, ...], *, source: Mapping[str, str] = os.environ
) -> list[str]:
    """Return names of hosts written with commas.

    Raises:
        UsageError: One of them is no bare name: an address of a page, or one with a port.
    """
    names = words(name, default, source=source)
    for host in names:
        if not _HOST.fullmatch(host):
            raise UsageError(
                f"'{host}' is no name of a host.",
                where=name,
                cure="Write names only, as in books.example.org,localhost.",
            )
    return names


def origins(name: str, *, source: Mapping[str, str] = os.environ) -> list[str]:
    """Return origins of pages written with commas.

    Raises:
        UsageError: One of them does not begin with `http://` or `https://`.
    """
    addresses = words(name, source=source)
    for origin in addresses:
        if not origin.startswith(("http://", "https://")):
            raise UsageError(
                f"'{origin}' is no origin.", where=name, cure="Write it as https://HOST."
            )
    return addresses


def folder(name: str, *, source: Mapping[str, str] = os.environ) -> Path | None:
    """Return a folder that is there; None where the variable is unset.

    Raises:
        UsageError: There is none.
    """
    value = text(name, source=source)
    if value and not Path(value).is_dir():
        raise UsageError(f"'{value}' is no folder.", where=name, cure="Check the path.")
    return Path(value) if value else None


def proxy(name: str, *, source: Mapping[str, str] = os.environ) -> str:
    """Return the address of a proxy, `*` for any, or "" for none.

    Raises:
        UsageError: It is a name or a range: what a request comes from is compared letter by letter.
    """
    value = text(name, source=source)
    if value in ("", "*"):
        return value
    try:
        return str(ip_address(value))
    except ValueError as error:
        raise UsageError(
            f"'{value}' is no address of one machine.",
            where=name,
            cure="Write it as 172.18.0.2, or * where nothing but the proxy reaches the service.",
        ) from error


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
    file = text(f"{name}_FILE", source=source)
    if not file:
        return text(name, source=source)
    try:
        value = Path(file).read_text(encoding="utf-8").strip()
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
    if parts.scheme not in schemes or not _port_is_one(parts):
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


def _port_is_one(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


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
