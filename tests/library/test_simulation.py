"""Production in virtual time: nothing is lost, nothing is done twice, books take turns."""

import sys
from dataclasses import replace
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

from load.simulation import Plan, Simulation

from kosorong_library.studio import pace

NOVELS = Plan((400,) * 20, workers=8, work=0.2, shared=0.004, claim=0.008, every=20.0)
ROUGH = replace(
    NOVELS,
    death=120.0,
    lost=0.5,
    stall=0.02,
    failing=0.02,
    outages=((20.0, 50.0), (90.0, 91.0)),
)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_fails_every_segment_is_written_down_once(seed: int) -> None:
    outcome = Simulation(replace(ROUGH, seed=seed)).run()
    assert outcome.segments == sum(ROUGH.books) + ROUGH.pages * len(outcome.finished)
    assert outcome.twice == 0
    assert outcome.deaths
    assert outcome.refused


def test_the_seed_decides() -> None:
    assert Simulation(ROUGH).run() == Simulation(ROUGH).run()
    assert Simulation(ROUGH).run() != Simulation(replace(ROUGH, seed=7)).run()


def test_failures_cost_time_and_nothing_else() -> None:
    calm, rough = Simulation(NOVELS).run(), Simulation(ROUGH).run()
    assert rough.makespan > calm.makespan
    assert calm.refused == calm.deaths == 0


def test_workers_share_the_work_until_the_database_is_full() -> None:
    def makespan(workers: int, shared: float) -> float:
        plan = Plan((4000,), workers, work=0.2, shared=shared)
        return Simulation(plan).run().makespan

    assert makespan(1, 0.0) / makespan(8, 0.0) == pytest.approx(8, rel=0.01)
    assert makespan(64, 0.01) == pytest.approx(4000 * 0.01, rel=0.05)


def test_the_first_sentence_of_a_short_book_waits_for_a_worker_and_not_for_novels() -> None:
    outcome = Simulation(NOVELS).run()
    batch = pace.BATCH * (NOVELS.work + NOVELS.shared)
    assert len(outcome.heard) > 3
    assert max(outcome.heard) < 2 * batch
    turns = -(-(NOVELS.pages - pace.FIRST_BATCH) // pace.BATCH) + 1
    novels = len(NOVELS.books)
    assert max(outcome.finished) < turns * (novels / NOVELS.workers + 2) * batch


def test_a_queue_that_is_away_keeps_short_books_waiting_until_the_reconciler_looks() -> None:
    away = replace(NOVELS, outages=((60.0, 100.0),), every=5.0)
    longest = max(Simulation(away).run().heard)
    assert 30 < longest < 40 + pace.LOOK_SECONDS + pace.BATCH * 0.3
