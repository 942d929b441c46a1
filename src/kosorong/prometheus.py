"""Lines of a page for Prometheus (text format 0.0.4).

>>> print(sample("requests_total", 3, route="a/", status=200))
requests_total{route="a/",status="200"} 3
>>> list(gauges("kosorong_", {"waiting": 2}))
['# TYPE kosorong_waiting gauge', 'kosorong_waiting 2']
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


def kind(name: str, of: str) -> str:
    """Return the line before the samples of a name.

    Args:
        name: Of the metric.
        of: `counter`, `gauge`, `summary` or `histogram`.
    """
    return f"# TYPE {name} {of}"


def sample(name: str, value: float | str, **labels: object) -> str:
    """Return the line of a value; labels may hold anything."""
    inside = ",".join(f'{label}="{_quoted(str(said))}"' for label, said in labels.items())
    return f"{name}{{{inside}}} {value}" if inside else f"{name} {value}"


def gauges(prefix: str, values: Mapping[str, float]) -> Iterator[str]:
    """Yield the lines of values of this moment, by name without prefix."""
    for name, value in values.items():
        yield kind(prefix + name, "gauge")
        yield sample(prefix + name, f"{value:.15g}")


def _quoted(text: str) -> str:
    return text.replace("\\", r"\\").replace('"', r"\"").replace("\n", " ")
