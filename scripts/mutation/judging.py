"""Whether the tests notice a mutant: which are asked, in which order, and what counts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain, zip_longest

from mutation import running, watching
from mutation.operators import Mutant

_WORDS = {"failed": "killed", "timed out": "timed out", "passed": "SURVIVED"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a mutant fared.

    Attributes:
        outcome: `killed`, `timed out`, `SURVIVED` or `UNCOVERED`.
        test: The test that noticed; empty where the import failed.
        asked: How many tests would have been run.
    """

    outcome: str
    test: str = ""
    asked: int = 0

    @property
    def is_kill(self) -> bool:
        """Whether it was noticed."""
        return self.outcome in ("killed", "timed out")


class Judge:
    """Runs the tests of mutants, one mutant after the other."""

    def __init__(self, suite: running.Suite, seen: watching.Seen, enough: float) -> None:
        """Make it; tests beyond so many seconds of the processor are not asked."""
        self.suite = suite
        self.enough = enough
        self.seen = seen
        self.warm = running.Warm(suite)
        self.trusted: dict[str, bool] = dict.fromkeys(seen.failed, False)

    def close(self) -> None:
        """End the process that it asks."""
        self.warm.close()

    def verdict(self, mutant: Mutant) -> Verdict:
        """Return how a mutant fares.

        A failure counts where the test passes, alone, on the code as it is; else the others are
        asked without it.
        """
        while names := self._tests(mutant):
            answer = self._asked(
                running.Task({name: self.seen.seconds[name] for name in names}, mutant), mutant
            )
            if answer.outcome != "failed" or not answer.test or self._is_trusted(answer.test):
                return Verdict(_WORDS[answer.outcome], answer.test, len(names))
        return Verdict("UNCOVERED")

    def _asked(self, task: running.Task, mutant: Mutant) -> running.Answer:
        ran = self._lines(mutant) & self.seen.warm.get(mutant.path, set())
        if mutant.called and not ran:
            answer = self.warm.ask(task)
            if answer.outcome != "unfit":
                return answer
        return running.ask_cold(self.suite, task)

    def _is_trusted(self, test: str) -> bool:
        """Say whether a test passes alone on the code as it is."""
        if test not in self.trusted:
            alone = running.Task({test: self.seen.seconds[test]})
            self.trusted[test] = self.warm.ask(alone).outcome == "passed"
        return self.trusted[test]

    def _lines(self, mutant: Mutant) -> set[int]:
        return set(range(mutant.lines[0], mutant.lines[1] + 1))

    def _tests(self, mutant: Mutant) -> list[str]:
        """Return the tests that run a changed line, as many as may be asked.

        What runs on import is run by every test: those that run more of the file come first.
        """
        lines, by_line = self._lines(mutant), self.seen.lines.get(mutant.path, {})
        tests = set(chain.from_iterable(by_line.get(line, ()) for line in lines))
        order = self._in_turns(tests)
        if lines & self.seen.warm.get(mutant.path, set()):
            near = set(chain.from_iterable(by_line.values())) - tests
            order += self._in_turns(near) + self._in_turns(set(self.seen.seconds) - near - tests)
        order = [test for test in order if self.trusted.get(test, True)]
        spent = 0.0
        for index, test in enumerate(order):
            spent += self.seen.seconds[test]
            if spent > self.enough:
                return order[: index + 1]
        return order

    def _in_turns(self, tests: set[str]) -> list[str]:
        """Return the quickest test of each file, then the next of each: they differ the most."""
        files = defaultdict(list)
        for test in sorted(tests, key=lambda one: (self.seen.seconds[one], one)):
            files[test.partition("::")[0]].append(test)
        return [test for turn in zip_longest(*files.values()) for test in turn if test is not None]
