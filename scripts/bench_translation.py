"""Measure the translator with the bundle that is installed; `scripts/bench.py` calls this.

`speed` translates the example sentence by sentence and at once, both ways, on one thread. `memory`
weighs a process of its own that opens the translator and translates both ways.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from bench_speech import story

if TYPE_CHECKING:
    from kosorong.translation.translator import NeuralTranslator

_WAYS = (("ko", "jje"), ("jje", "ko"))
_LEAST_SENTENCES = 300
_PROBE = "--probe"


def _open() -> NeuralTranslator:
    from kosorong.bundle import find_bundle
    from kosorong.translation.translator import NeuralTranslator

    return NeuralTranslator(find_bundle("translator", ""))


def _both(translator: NeuralTranslator) -> dict[str, list[str]]:
    """Return the sentences to translate, by their language."""
    korean = story()
    return {"ko": korean, "jje": [made.text for made in translator.translate(korean)]}


def speed() -> None:
    """Time the translator; print milliseconds a sentence and sentences a second."""
    started = time.perf_counter()
    translator = _open()
    loaded = time.perf_counter() - started
    texts = _both(translator)
    print(f"translating: {len(texts['ko'])} sentences of the example, one thread")
    print(f"  load                   {1000 * loaded:6.0f} ms")
    for source, target in _WAYS:
        _one_way(translator, texts[source], source, target)


def _one_way(translator: NeuralTranslator, texts: Sequence[str], source: str, target: str) -> None:
    took = []
    busy = time.process_time()
    for text in texts:
        started = time.perf_counter()
        translator.translate([text], source=source, target=target)
        took.append(1000 * (time.perf_counter() - started))
    alone = 1000 * (time.process_time() - busy) / len(texts)
    many = list(texts) * (1 + _LEAST_SENTENCES // len(texts))
    started, busy = time.perf_counter(), time.process_time()
    translator.translate(many, source=source, target=target)
    batched, working = time.perf_counter() - started, time.process_time() - busy
    started = time.perf_counter()
    translator.translate_by_rules(texts, target=target)
    ruled = time.perf_counter() - started
    p95 = statistics.quantiles(took, n=20)[-1]
    print(f"  {source} to {target}")
    print(f"    one sentence, median {statistics.median(took):8.1f} ms  (bar 15, goal 5)")
    print(f"    one sentence, p95    {p95:8.1f} ms")
    print(f"      processor, mean    {alone:8.1f} ms  (where others share it)")
    print(
        f"    {len(many)} at once          {len(many) / batched:8.0f} a second  (bar 100, goal 300)"
    )
    print(f"      processor          {len(many) / working:8.0f} a second  (where others share it)")
    print(f"    by rules alone       {1000 * ruled / len(texts):8.2f} ms a sentence")


def memory() -> None:
    """Weigh a process that translates; print its resident and proportional set sizes."""
    words = [sys.executable, __file__, _PROBE]
    told = json.loads(subprocess.run(words, check=True, stdout=subprocess.PIPE).stdout)
    print("translator: memory of a process that translates both ways, MB")
    for when, sizes in told.items():
        print(f"  {when:23}RSS {sizes['Rss']:6.0f}  PSS {sizes['Pss']:6.0f}  (bar 100, goal 70)")


def _sizes() -> dict[str, float]:
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    held = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return {name: held[name] * 1024 / 1e6 for name in ("Rss", "Pss")}


def _probe() -> None:
    # Nothing but what a translating process needs may be imported here.
    told = {}
    translator = _open()
    told["opened"] = _sizes()
    texts = _both(translator)
    for source, target in _WAYS:
        for text in texts[source]:
            translator.translate([text], source=source, target=target)
    told["sentence by sentence"] = _sizes()
    for source, target in _WAYS:
        many = texts[source] * (1 + _LEAST_SENTENCES // len(texts[source]))
        translator.translate(many, source=source, target=target)
    told["many at once"] = _sizes()
    print(json.dumps(told))


if __name__ == "__main__" and sys.argv[1:] == [_PROBE]:
    _probe()
