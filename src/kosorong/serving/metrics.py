"""Counts and times for Prometheus (text format 0.0.4)."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping

import numpy as np

from kosorong import prometheus
from kosorong.prometheus import sample

QUANTILES = (0.5, 0.95, 0.99)

# Times of the newest requests that quantiles are taken of, for each route.
_REMEMBERED = 512


class Metrics:
    """What one server did since it started; may be used from several threads.

    >>> metrics = Metrics()
    >>> metrics.observe("/health", "GET", 200, 0.25)
    >>> 'kosorong_requests_total{route="/health",method="GET",status="200"} 1' in metrics.render({})
    True
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._seconds: defaultdict[str, float] = defaultdict(float)
        self._counts: Counter[str] = Counter()
        self._newest: dict[str, deque[float]] = {}
        self._audio = 0.0

    def observe(self, route: str, method: str, status: int, seconds: float) -> None:
        """Count a request that was answered to its end."""
        with self._lock:
            self._requests[route, method, status] += 1
            self._counts[route] += 1
            self._seconds[route] += seconds
            self._newest.setdefault(route, deque(maxlen=_REMEMBERED)).append(seconds)

    def add_audio(self, seconds: float) -> None:
        """Count audio that was made."""
        with self._lock:
            self._audio += seconds

    def render(self, gauges: Mapping[str, float]) -> str:
        """Return the page.

        Args:
            gauges: Values of this moment by name, without the prefix `kosorong_`.
        """
        with self._lock:
            return "\n".join((*self._lines(gauges), ""))

    def _lines(self, gauges: Mapping[str, float]) -> Iterator[str]:
        yield prometheus.kind("kosorong_requests_total", "counter")
        for (route, method, status), count in sorted(self._requests.items()):
            yield sample(
                "kosorong_requests_total", count, route=route, method=method, status=status
            )
        yield prometheus.kind("kosorong_request_seconds", "summary")
        for route, newest in sorted(self._newest.items()):
            yield from self._summary(route, newest)
        yield prometheus.kind("kosorong_audio_seconds_total", "counter")
        yield sample("kosorong_audio_seconds_total", f"{self._audio:.3f}")
        yield from prometheus.gauges("kosorong_", gauges)

    def _summary(self, route: str, newest: Iterable[float]) -> Iterator[str]:
        name = "kosorong_request_seconds"
        for quantile, value in zip(QUANTILES, np.quantile([*newest], QUANTILES), strict=True):
            yield sample(name, f"{value:.6f}", route=route, quantile=quantile)
        yield sample(f"{name}_sum", f"{self._seconds[route]:.6f}", route=route)
        yield sample(f"{name}_count", self._counts[route], route=route)
