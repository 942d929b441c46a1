from __future__ import annotations

import threading
import time
from collections.abc import Callable
from functools import partial

import pytest

from kosorong.serving.admission import Admission, BusyError


def _waits(admission: Admission, count: int) -> bool:
    return len(admission._waiting) == count


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_turns_come_in_order_and_never_overlap() -> None:
    admission = Admission(jobs=1, slots=99)
    order: list[int] = []
    together: list[int] = []
    at_work: list[int] = []

    def work(number: int) -> None:
        with admission.turn():
            at_work.append(number)
            together.append(len(at_work))
            order.append(number)
            at_work.remove(number)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    with admission.turn():
        for count, thread in enumerate(threads, start=1):
            thread.start()
            wait_until(partial(_waits, admission, count))
    for thread in threads:
        thread.join(10)
    assert order == list(range(12))
    assert set(together) == {1}


def test_as_many_turns_as_jobs() -> None:
    admission = Admission(jobs=2, slots=9)
    inside = threading.Barrier(2, timeout=10)

    def work() -> None:
        with admission.turn():
            inside.wait()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert not inside.broken


def test_a_turn_is_given_back_after_an_error() -> None:
    admission = Admission(jobs=1, slots=1)
    with pytest.raises(ZeroDivisionError), admission.turn():
        raise ZeroDivisionError
    with admission.turn():
        pass


def test_places_are_counted_once() -> None:
    admission = Admission(jobs=1, slots=2)
    first, second = admission.admit(), admission.admit()
    with pytest.raises(BusyError, match="2 requests"):
        admission.admit()
    first.leave()
    first.leave()
    assert admission.admitted == 1
    second.leave()
    admission.admit()
