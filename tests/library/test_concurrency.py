"""How many reads are worked out at once."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from kosorong_library.config import concurrency


class Slow:
    """A view whose answers wait until they are let go; it knows how many are in it."""

    def __init__(self) -> None:
        self.inside = 0
        self.let_go = threading.Event()
        self.before = lambda: None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.before()
        self.inside += 1
        assert self.let_go.wait(10)
        return HttpResponse()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Slow, Callable[[str], None]]]:
    """Return a view, and what asks for it from a thread of its own."""
    monkeypatch.setattr(concurrency, "_PLACES", threading.BoundedSemaphore(2))
    view, threads = Slow(), []
    handle, factory = concurrency.limit_reads(view), RequestFactory()

    def ask(method: str) -> None:
        request = factory.generic(method, "/")
        threads.append(threading.Thread(target=handle, args=(request,)))
        threads[-1].start()

    yield view, ask
    view.let_go.set()
    for thread in threads:
        thread.join(10)
    # Every place was given back, once: a third would be refused here.
    assert [concurrency._PLACES.acquire(blocking=False) for _ in range(3)] == [True, True, False]


def until_inside(view: Slow, number: int) -> None:
    end = time.monotonic() + 10
    while view.inside != number:
        assert time.monotonic() < end, f"{view.inside} instead of {number}"
        time.sleep(0.005)


def test_reads_go_two_abreast(
    asked: tuple[Slow, Callable[[str], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrency, "_PATIENCE", 30.0)
    view, ask = asked
    for _ in range(4):
        ask("GET")
    until_inside(view, 2)
    time.sleep(0.1)
    assert view.inside == 2
    view.let_go.set()
    until_inside(view, 4)


def test_nobody_waits_long_for_what_takes_its_time(
    asked: tuple[Slow, Callable[[str], None]],
) -> None:
    view, ask = asked
    ask("GET")
    ask("HEAD")
    until_inside(view, 2)
    begun = time.monotonic()
    ask("GET")
    until_inside(view, 3)
    assert time.monotonic() - begun >= concurrency._PATIENCE


def test_what_writes_needs_no_place(
    asked: tuple[Slow, Callable[[str], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrency, "_PATIENCE", 30.0)
    view, ask = asked
    for method in ("GET", "GET", "POST", "DELETE"):
        ask(method)
    until_inside(view, 4)


def test_whoever_goes_to_sleep_makes_room(
    asked: tuple[Slow, Callable[[str], None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrency, "_PATIENCE", 30.0)
    view, ask = asked
    view.before = concurrency.make_room
    for _ in range(5):
        ask("GET")
    until_inside(view, 5)
