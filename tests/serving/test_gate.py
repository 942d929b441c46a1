from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from kosorong.serving.gate import BusyError, Gate


def _waits(gate: Gate, count: int) -> bool:
    return len(gate._waiting) == count


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_turns_come_in_order_and_never_overlap() -> None:
    gate = Gate(jobs=1, places=99)
    order: list[int] = []
    together: list[int] = []
    at_work: list[int] = []

    def work(number: int) -> None:
        with gate.turn():
            at_work.append(number)
            together.append(len(at_work))
            order.append(number)
            at_work.remove(number)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    with gate.turn():
        for count, thread in enumerate(threads, start=1):
            thread.start()
            wait_until(partial(_waits, gate, count))
    for thread in threads:
        thread.join(10)
    assert order == list(range(12))
    assert set(together) == {1}


def test_as_many_turns_as_jobs() -> None:
    gate = Gate(jobs=2, places=9)
    inside = threading.Barrier(2, timeout=10)

    def work() -> None:
        with gate.turn():
            inside.wait()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not inside.broken


def test_a_turn_is_given_back_after_an_error() -> None:
    gate = Gate(jobs=1, places=1)
    with pytest.raises(ZeroDivisionError), gate.turn():
        raise ZeroDivisionError
    with gate.turn():
        pass


def test_places_are_counted_once() -> None:
    gate = Gate(jobs=1, places=2)
    first, second = gate.admit(), gate.admit()
    with pytest.raises(BusyError, match="2 requests"):
        gate.admit()
    first.leave()
    first.leave()
    assert gate.admitted == 1
    second.leave()
    gate.admit()
