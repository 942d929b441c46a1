"""The simulation held against real workers, then at a size that no machine here has."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, replace
from pathlib import Path

from chaos.results import Row

from kosorong_library.studio import pace
from load.found import Found
from load.service import p95
from load.simulation import Outcome, Plan, Simulation
from load.workers import SEGMENTS, SLEEP, Run, runs

_WORKERS = (1, 2, 4, 8)
_BAR = 0.10
"""By how much a simulated run may differ from the real one."""
_BOOKS = (10_000,) * 1000
_DATABASE_CORES = 4
_HOUR = 3600.0


def predicted(run: Run, alone: Run) -> float:
    """Return the seconds that the simulation gives a run, after the run of one worker.

    Processor time of worker and database is shared by all; what else a segment takes beside the
    voice's sleep, such as waiting for the disk, is each worker's own. What a batch takes beside its
    segments goes into its ticket and its claim.
    """
    processor = (alone.worker + alone.database) / SEGMENTS
    own = max(SLEEP, alone.segment - processor)
    batches = 1 + (SEGMENTS - pace.FIRST_BATCH) / pace.BATCH
    spent = alone.seconds - (SEGMENTS - 1) * (own + processor)
    plan = Plan(
        (SEGMENTS,),
        run.workers,
        work=own,
        shared=processor,
        handing=max(0.0, spent / batches),
        poll=pace.POLL_SECONDS,
        servers=len(os.sched_getaffinity(0)),
    )
    # Measured from the first segment that was spoken: a look at the queue and a claim lie before.
    before = pace.POLL_SECONDS / 2 / run.workers + plan.handing + own + processor
    return Simulation(plan).run().makespan - before


def large(work: float, shared: float) -> Plan:
    """Return the plan of 64 workers and 10 million segments in novels, short books between them.

    Workers die every ten hours of theirs, one death in ten with its machine; one batch in 10,000
    stands still for three minutes; one try in 1,000 goes wrong; the queue is away for a minute
    every hour.
    """
    return Plan(
        _BOOKS,
        workers=64,
        work=work,
        shared=shared,
        claim=2 * shared,
        servers=_DATABASE_CORES,
        death=10 * _HOUR,
        stall=1e-4,
        failing=1e-3,
        outages=tuple((_HOUR * at, _HOUR * at + 60) for at in range(1, 24)),
        every=60.0,
    )


def run(folder: Path, figures: Path) -> Found:
    """Calibrate on real workers, then simulate with the figures of the trial `one-core`.

    Args:
        folder: Empty.
        figures: Where the trial `one-core` left its own.
    """
    real = runs(folder, _WORKERS)
    alone = real[0]
    told = {one.workers: predicted(one, alone) for one in real}
    off = {one.workers: told[one.workers] / one.seconds - 1 for one in real}
    worst = max(map(abs, off.values()))
    work = _work(figures / "one-core.json")
    plan = large(work, alone.database / SEGMENTS)
    calm = replace(plan, death=0.0, stall=0.0, failing=0.0, outages=())
    rough, smooth = Simulation(plan).run(), Simulation(calm).run()
    rows = [
        Row(
            f"simulation of 1, 2, 4, 8 workers against real ones (MariaDB, {SEGMENTS} segments,"
            f" a voice that sleeps {SLEEP} s)",
            f"within {100 * _BAR:.0f} %",
            ", ".join(
                f"{one.workers}: {told[one.workers]:.1f} for {one.seconds:.1f} s" for one in real
            ),
            worst <= _BAR,
        ),
        Row(
            f"simulation: {plan.workers} workers, {sum(plan.books):,} segments, workers and queue"
            " failing",
            "every segment written down, none twice",
            f"{rough.segments:,} written down, {rough.twice} twice, {rough.deaths} deaths",
            rough.twice == 0 and rough.segments >= sum(plan.books),
        ),
    ]
    speed = real[0].seconds / real[-1].seconds
    notes = [
        f"8 real workers are {speed:.1f} times as fast as one.",
        (
            f"A segment takes {1000 * work:.1f} ms of worker and inference (`one-core`) and"
            f" {1000 * plan.shared:.1f} ms of the database."
        ),
    ]
    numbers = {
        "real": [asdict(one) for one in real],
        "predicted": told,
        "speedup": speed,
        "work": work,
        "shared": plan.shared,
        "workers": plan.workers,
        "servers": plan.servers,
        "segments": sum(plan.books),
        "calm": _shown(smooth, plan),
        "rough": _shown(rough, plan),
    }
    return Found(rows, notes, numbers)


def _work(path: Path) -> float:
    """Return the processor seconds of a segment, as the trial `one-core` found them."""
    if not path.is_file():
        raise SystemExit("run the trial one-core first: it measures what a segment costs.")
    told = json.loads(path.read_text("utf-8"))
    spent = told["processor"]["worker"] + told["processor"]["inference"]
    return float(spent / told["segments"])


def _shown(outcome: Outcome, plan: Plan) -> dict[str, float]:
    return {
        "makespan": outcome.makespan,
        "segments": outcome.segments,
        "utilisation": outcome.busy / outcome.makespan / plan.workers,
        "database": outcome.shared / outcome.makespan / plan.servers,
        "twice": outcome.twice,
        "refused": outcome.refused,
        "deaths": outcome.deaths,
        "pages": len(outcome.finished),
        "heard_p95": p95(outcome.heard),
        "heard_longest": max(outcome.heard),
        "finished_longest": max(outcome.finished),
    }
