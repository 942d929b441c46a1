"""What can be judged: files that are changed, and the tests that are asked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Subject:
    """A part of the code and its tests.

    Attributes:
        sources: Patterns of its files.
        spared: Names of files and folders in there that are not changed.
        tests: Paths and options for pytest.
    """

    sources: tuple[str, ...]
    spared: frozenset[str]
    tests: tuple[str, ...]

    def files(self, root: Path) -> list[str]:
        """Return its files below the repository, sorted."""
        found = (path.relative_to(root) for one in self.sources for path in root.glob(one))
        return sorted(str(path) for path in found if not self.spared & set(path.parts))


# Time is measured there, and a busy machine is no fault of the code.
_TIMED = (
    "tests/text/say/test_spoken.py"
    "::test_twenty_thousand_characters_without_a_space_are_read_in_time"
)

# They start commands, servers and workers in processes of their own, which know of no change.
_ELSEWHERE = (
    "on_mariadb", "on_redis", "on_bucket", "chaos", "compose_run", "processes", "service",
    "security_http", "with_inference", "openapi", "simulation", "backup", "scratch", "admin_create",
)  # fmt: skip

# Django's own shapes (columns and their options, its pages for admins, the wiring), and the loops
# of workers, which run in processes of their own.
_SPARED = (
    "migrations", "management", "models.py", "admin.py", "site.py", "apps.py", "signals.py",
    "workers.py", "redis_worker.py",
)  # fmt: skip

_ROOMS = ("accounts", "library", "listening", "studio")

SUBJECTS = {
    "text": Subject(
        sources=("src/kosorong/text/**/*.py",),
        spared=frozenset(),
        tests=("tests/text", "src/kosorong/text", f"--deselect={_TIMED}"),
    ),
    # What writes and what selects, not how it is stored or asked for.
    "library": Subject(
        sources=tuple(f"src/kosorong_library/{room}/**/*.py" for room in _ROOMS),
        spared=frozenset(_SPARED),
        tests=(
            "tests/library",
            *(f"src/kosorong_library/{room}" for room in _ROOMS),
            "-mnot slow",
            *(f"--ignore=tests/library/test_{name}.py" for name in _ELSEWHERE),
        ),
    ),
}
