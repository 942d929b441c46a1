"""Tables of many strings in little memory: text in one run of bytes, found by hash.

A dictionary of 50,000 words and what they become takes some 20 MB as Python objects. Here a
string takes its UTF-8 bytes and twenty more, for the price of a bisection and of making the string
anew at every look-up, some two microseconds.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar, overload

import numpy as np

V = TypeVar("V")

_HASHED = np.dtype([("hash", np.int64), ("place", np.uint32)])


class Strings(Sequence[str]):
    """Strings as one run of bytes.

    Args:
        strings: Less than 4 GB of them.

    >>> Strings(["바당", "ᄃᆞᆯ"])[1]
    'ᄃᆞᆯ'
    """

    __slots__ = ("_bytes", "_starts")

    def __init__(self, strings: Iterable[str]) -> None:
        joined, starts = bytearray(), array("I", [0])
        for string in strings:
            joined += string.encode("utf-8", "surrogatepass")
            starts.append(len(joined))
        self._bytes, self._starts = bytes(joined), starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    @overload
    def __getitem__(self, n: int) -> str: ...
    @overload
    def __getitem__(self, n: slice) -> list[str]: ...
    def __getitem__(self, n: int | slice) -> str | list[str]:
        if isinstance(n, slice):
            return [self[m] for m in range(*n.indices(len(self)))]
        n = range(len(self))[n]
        start, end = self._starts[n], self._starts[n + 1]
        return self._bytes[start:end].decode("utf-8", "surrogatepass")


class Places:
    """Where strings stand, by hash.

    Strings themselves are not kept: what is found for one that was never given may be the places
    of another (2⁻⁶⁴ for any two), so whoever cannot bear that compares.

    Args:
        pairs: Strings and their places, 0 to 2³² - 1; a string may have several.

    >>> Places([("가", 0), ("나", 1), ("가", 2)]).of("가")
    [0, 2]
    """

    __slots__ = ("_hashes", "_places")

    def __init__(self, pairs: Iterable[tuple[str, int]]) -> None:
        hashed = np.fromiter(((hash(string), place) for string, place in pairs), _HASHED)
        hashed = hashed[np.argsort(hashed["hash"], kind="stable")]
        # Bisection in an array of Python's takes a tenth of the time of one in NumPy's.
        self._hashes = array("q", hashed["hash"].tobytes())
        self._places = array("I", hashed["place"].tobytes())

    def of(self, string: str) -> list[int]:
        """Return the places of a string, in the order in which they were given."""
        wanted, hashes = hash(string), self._hashes
        first = last = bisect_left(hashes, wanted)
        while last < len(hashes) and hashes[last] == wanted:
            last += 1
        return self._places[first:last].tolist()


class PackedMapping(Mapping[str, V]):
    """A mapping whose values are made anew at every look-up.

    Args:
        keys: Every one once.
        value: Returns the value of the nth key.

    >>> lengths = PackedMapping(Strings(["바당", "ᄃᆞᆯ"]), lambda n: 2 - n)
    >>> lengths["ᄃᆞᆯ"], lengths.get("바다"), list(lengths)
    (1, None, ['바당', 'ᄃᆞᆯ'])
    """

    __slots__ = ("_keys", "_places", "_value")

    def __init__(self, keys: Strings, value: Callable[[int], V]) -> None:
        self._keys, self._value = keys, value
        self._places = Places((key, n) for n, key in enumerate(keys))

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __getitem__(self, key: str) -> V:
        for n in self._places.of(key):
            if self._keys[n] == key:
                return self._value(n)
        raise KeyError(key)
