r"""Counts and times for Prometheus (text format 0.0.4).

>>> requests = Requests()
>>> requests.observe("api/books/", "GET", 200, 0.02)
>>> print(*list(requests.lines())[:2], sep="\n")
# TYPE kosorong_library_requests_total counter
kosorong_library_requests_total{route="api/books/",method="GET",status="200"} 1
"""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from kosorong import prometheus
from kosorong.prometheus import sample

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper bounds, seconds."""
_PREFIX = "kosorong_library_"
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class Requests:
    """What one process answered; used from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[tuple[str, str, int]] = Counter()
        self._buckets: defaultdict[str, list[int]] = defaultdict(lambda: [0] * len(BUCKETS))
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._answered: Counter[str] = Counter()

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count an answer.

        Args:
            route: As the list of addresses has it, not as it was asked for.
            method: One that nobody knows counts as `other`: callers may make up any number.
            status: Of the answer.
            seconds: Until its body began.
        """
        with self._lock:
            self._counts[route, method if method in _METHODS else "other", status] += 1
            self._answered[route] += 1
            self._seconds[route] += seconds
            for i, bound in enumerate(BUCKETS):
                self._buckets[route][i] += seconds <= bound

    def lines(self) -> Iterator[str]:
        """Yield the lines of a page."""
        with self._lock:
            name = f"{_PREFIX}requests_total"
            yield prometheus.kind(name, "counter")
            for (route, method, status), count in sorted(self._counts.items()):
                yield sample(name, count, route=route, method=method, status=status)
            yield prometheus.kind(f"{_PREFIX}request_seconds", "histogram")
            for route in sorted(self._answered):
                yield from self._histogram(route)

    def _histogram(self, route: str) -> Iterator[str]:
        name, answered = f"{_PREFIX}request_seconds", self._answered[route]
        for bound, count in zip(BUCKETS, self._buckets[route], strict=True):
            yield sample(f"{name}_bucket", count, route=route, le=f"{bound:g}")
        yield sample(f"{name}_bucket", answered, route=route, le="+Inf")
        yield sample(f"{name}_sum", f"{self._seconds[route]:.6f}", route=route)
        yield sample(f"{name}_count", answered, route=route)


def gauges(values: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of values of this moment, by name without prefix.

    >>> list(gauges({"failed": 2}))
    ['# TYPE kosorong_library_failed gauge', 'kosorong_library_failed 2']
    """
    yield from prometheus.gauges(_PREFIX, values)
