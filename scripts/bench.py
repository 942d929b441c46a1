"""Measure what the README claims: `make bench` prints every figure with how it was taken.

python scripts/bench.py              everything
python scripts/bench.py speed        real-time factor, one thread, sentence by sentence
python scripts/bench.py memory       peak memory of `kosorong book`, a page and 240,000 letters
python scripts/bench.py packing      240,000 letters as a book, and again with one sentence changed
python scripts/bench.py speaking     peak memory of `kosorong speak`, ten minutes of speech
python scripts/bench.py translating  milliseconds a sentence, sentences a second, both ways
python scripts/bench.py translator   memory of a process that translates
python scripts/bench.py streaming    first sound of a sentence of 5 s, in a warm process and by HTTP
python scripts/bench.py cold         first sound of a fresh process
python scripts/bench.py int8         what int8 gains and costs, with VNNI and without
python scripts/bench.py chapters     loudness, peaks and borders in a finished book
python scripts/bench.py search       monotonic alignment search
python scripts/bench.py sizes        bundles, the page's JavaScript and a fresh clone
python scripts/bench.py service      memory of all processes of `kosorong serve`
python scripts/bench.py one-core     answers while a book is made, everything on one core
python scripts/bench.py listening    from the button to the first sound, in a browser
"""

from __future__ import annotations

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import bench_packing
import bench_service
import bench_speech
import bench_translation

ROOT = Path(__file__).resolve().parents[1]
SPEECH_SECONDS = 90.0
LONG_LETTERS = 240_000
SEARCH_SHAPE = (32, 150, 800)  # (B, T_text, T_mel)
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "NUMBA_NUM_THREADS": "1"}


def speed() -> None:
    """Translate and speak sentence by sentence on one thread until 90 s of speech are made."""
    for key, value in ONE_THREAD.items():
        os.environ[key] = value
    from kosorong.cli.common import open_translator, open_voice

    translator, voice = open_translator(), open_voice()
    voice.speak(translator.translate(["안녕하세요."])[0].text)
    audio = translating = speaking = working = 0.0
    longest = 0.0
    for text in bench_packing.sentences():
        t0 = time.perf_counter()
        (translation,) = translator.translate([text])
        t1, busy = time.perf_counter(), time.process_time()
        speech = voice.speak(translation.text)
        working += time.process_time() - busy
        t2 = time.perf_counter()
        translating, speaking = translating + t1 - t0, speaking + t2 - t1
        longest = max(longest, t2 - t0)
        audio += len(speech.samples) / speech.sample_rate
        if audio >= SPEECH_SECONDS:
            break
    total = (translating + speaking) / audio
    print(f"speed: {audio:.1f} s of speech, one thread, sentence by sentence")
    print(f"  real-time factor       {total:.4f}  (bar 0.03)")
    print(f"    translation          {translating / audio:.4f}")
    print(f"    speech               {speaking / audio:.4f}  (bar 0.010, goal 0.0052)")
    print(f"    speech, processor    {working / audio:.4f}  (where others share the machine)")
    print(f"  slowest sentence       {longest:.2f} s")


def memory() -> None:
    """Make a book of a page and one of 240,000 letters; compare their peak memory."""
    peaks = {}
    for name, letters in (("a page", 1_800), (f"{LONG_LETTERS:,} letters", LONG_LETTERS)):
        with tempfile.TemporaryDirectory() as folder:
            manuscript = bench_packing.write_story(Path(folder), letters)
            run = bench_packing.make_book(manuscript)
            peaks[name] = run.megabytes, run.wall
    print("memory: peak resident set of `kosorong book`, m4b and epub")
    for name, (megabytes, seconds) in peaks.items():
        print(f"  {name:20} {megabytes:6.0f} MB  {seconds:7.1f} s  (bar 250 MB)")
    values = [megabytes for megabytes, _ in peaks.values()]
    print(f"  difference           {abs(values[1] - values[0]):6.0f} MB  (bar 15 MB)")


def int8() -> None:
    """Hold int8 arithmetic against float arithmetic."""
    # It needs the training packages, which no other bench of speech does.
    import bench_int8

    bench_int8.int8()


def search() -> None:
    """Time the alignment search of training on one core."""
    for key, value in ONE_THREAD.items():
        os.environ[key] = value
    import numpy as np

    from kosorong.training.glow_tts.alignment import _numba_search

    batch, n_text, n_mel = SEARCH_SHAPE
    table = np.random.default_rng(0).normal(size=(batch, n_mel, n_text)).astype(np.float32)
    texts, mels = np.full(batch, n_text), np.full(batch, n_mel)
    kernel = _numba_search()
    kernel(table, texts, mels)
    times = []
    for _ in range(50):
        started = time.perf_counter()
        kernel(table, texts, mels)
        times.append((time.perf_counter() - started) * 1000)
    print(f"search: {SEARCH_SHAPE}, one core")
    print(f"  median                 {statistics.median(times):.2f} ms  (bar 0.8 ms)")


def sizes() -> None:
    """Weigh the bundles and a fresh clone."""
    print("sizes")
    bundles = ROOT / "src" / "kosorong" / "bundles"
    total = 0
    for folder in sorted(p for p in bundles.iterdir() if (p / "bundle.json").is_file()):
        size = _weigh(folder)
        total += size
        limits = "(bar 15, goal 10)" if (folder / "vocoder.onnx").is_file() else "(bar 12)"
        print(f"  bundle {folder.name:15} {size / 1e6:6.1f} MB  {limits}")
    print(f"  all bundles            {total / 1e6:6.1f} MB  (bar 28 MB)")
    index = ROOT / "web" / "dist" / "index.html"
    if index.is_file():
        names = re.findall(r'(?:src|href)="/?([^"]+\.js)"', index.read_text(encoding="utf-8"))
        packed = sum(len(gzip.compress((index.parent / name).read_bytes())) for name in names)
        print(f"  JavaScript, first page {packed / 1e3:6.1f} kB compressed  (bar 180 kB)")
    if shutil.which("git") and (ROOT / ".git").exists():
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "clone"
            subprocess.run(["git", "clone", "-q", f"file://{ROOT}", str(target)], check=True)
            print(f"  clone                  {_weigh(target) / 1e6:6.1f} MB  (bar 60 MB)")


def _weigh(folder: Path) -> int:
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def load(name: str) -> None:
    """Run a trial of the whole service."""
    subprocess.run([sys.executable, str(ROOT / "scripts" / "load" / "run.py"), name], check=False)


BENCHES: dict[str, Callable[[], None]] = {
    "speed": speed,
    "translating": bench_translation.speed,
    "translator": bench_translation.memory,
    "speaking": bench_speech.memory,
    "streaming": bench_speech.streaming,
    "cold": bench_speech.cold,
    "int8": int8,
    "chapters": bench_speech.chapters,
    "memory": memory,
    "packing": lambda: bench_packing.packing(LONG_LETTERS),
    "search": search,
    "sizes": sizes,
    "service": lambda: load("memory"),
    "one-core": lambda: load("one-core"),
    "listening": bench_service.listening,
}


def main() -> None:
    """Run the benches named, or all, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHES))
    names = parser.parse_args().names
    unknown = set(names) - set(BENCHES)
    if unknown:
        parser.error(f"unknown: {', '.join(sorted(unknown))}; valid: {', '.join(BENCHES)}")
    if len(names) == 1:
        BENCHES[names[0]]()
        return
    for name in names or BENCHES:
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
