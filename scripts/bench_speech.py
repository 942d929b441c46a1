"""Measure the voice with the bundle that is installed; `scripts/bench.py` calls this.

`memory` weighs `kosorong speak` over ten minutes of speech, `streaming` waits for the first sound
of a sentence, `cold` for that of a fresh process, `chapters` listens to a finished book.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]
STORY = ROOT / "examples" / "seolmundae-halmang.txt"
TEN_MINUTES = 600.0
_LETTERS_A_SECOND = 7.7
_TURNS = 15


def story() -> list[str]:
    """Return the segments of the example, in Korean."""
    from kosorong.book.manuscript import segments
    from kosorong.book.readers import read_manuscript

    return [segment.text for segment in segments(read_manuscript(STORY))]


def in_jeju(texts: Sequence[str]) -> list[str]:
    """Return texts translated by the translator that is installed."""
    from kosorong.cli.common import open_translator

    return [made.text for made in open_translator().translate(texts)]


def _row(what: str, value: float, unit: str, bar: float, goal: float, digits: int) -> None:
    print(f"  {what:23}{value:7.{digits}f} {unit}  (bar {bar:g}, goal {goal:g})")


def memory() -> None:
    """Let `kosorong speak` say ten minutes; print the most memory it had."""
    parts, letters = [], 0
    for text in cycle(story()):
        parts.append(text)
        letters += len(text)
        if letters > TEN_MINUTES * _LETTERS_A_SECOND:
            break
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.wav"
        words = [sys.executable, "-m", "kosorong", "speak", " ".join(parts), "-o", str(out)]
        process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit("`kosorong speak` failed; run it by hand to see why.")
        with wave.open(str(out)) as sound:
            minutes = sound.getnframes() / sound.getframerate() / 60
    print(f"speaking: `kosorong speak` saying {minutes:.1f} minutes")
    _row("most memory (RSS)", usage.ru_maxrss / 1024, "MB", 170, 135, 0)


def streaming() -> None:
    """Wait for the first sound of a sentence of five seconds, in this process and by HTTP."""
    from kosorong.cli.common import open_voice

    voice = open_voice()

    def seconds(text: str) -> float:
        return len(voice.speak(text).samples) / voice.sample_rate

    sentence = min(in_jeju(story()), key=lambda text: abs(seconds(text) - 5.0))
    print(f"streaming: a sentence of {seconds(sentence):.1f} s, median of {_TURNS}")
    whole = statistics.median(_timed(lambda: voice.speak(sentence)) for _ in range(_TURNS))
    inside = statistics.median(_timed(lambda: next(voice.stream(sentence))) for _ in range(_TURNS))
    _row("first sound, in process", 1000 * inside, "ms", 50, 20, 1)
    with _server() as (host, port):
        asked = [_first_bytes(host, port, sentence) for _ in range(_TURNS + 3)][3:]
        _row("first sound, by HTTP", 1000 * statistics.median(asked), "ms", 50, 20, 1)
    print(f"  {'all of it, for comparison':23}{1000 * whole:5.1f} ms")


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


@contextmanager
def _server() -> Iterator[tuple[str, int]]:
    words = [sys.executable, "-m", "kosorong", "inference", "--port", "0"]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        try:
            lines = iter(process.stderr or ())
            found = next(filter(None, (re.search(r"listening at (\S+)", line) for line in lines)))
            address = urlsplit(found[1])
            yield str(address.hostname), int(address.port or 80)
        finally:
            process.terminate()


def _first_bytes(host: str, port: int, text: str) -> float:
    """Return the seconds until more of a WAV file than its header has come."""
    connection = http.client.HTTPConnection(host, port, timeout=60)
    body = json.dumps({"input": text, "response_format": "wav", "stream_format": "audio"})
    started = time.perf_counter()
    connection.request("POST", "/v1/audio/speech", body, {"Content-Type": "application/json"})
    answer = connection.getresponse()
    answer.read(1024)
    waited = time.perf_counter() - started
    answer.read()
    connection.close()
    return waited


_COLD = """
from kosorong.cli.common import open_voice
next(open_voice().stream("바당에 감수다."))
print("sound", flush=True)
"""


def cold() -> None:
    """Start a process and wait for its first sound; and for `kosorong speak` to have written."""
    first = [_until_sound() for _ in range(_TURNS)]
    with tempfile.TemporaryDirectory() as folder:
        words = [
            sys.executable,
            "-m",
            "kosorong",
            "speak",
            "바당에 감수다.",
            "-o",
            f"{folder}/a.wav",
        ]
        written = [_timed(lambda: subprocess.run(words, check=True)) for _ in range(_TURNS)]
    print(f"cold: from the start of a process, median of {_TURNS}")
    _row("first sound", statistics.median(first), "s", 1.0, 0.5, 2)
    _row("`kosorong speak` ended", statistics.median(written), "s", 1.0, 0.5, 2)


def _until_sound() -> float:
    started = time.perf_counter()
    with subprocess.Popen([sys.executable, "-c", _COLD], stdout=subprocess.PIPE) as process:
        if process.stdout is None or not process.stdout.readline():
            raise SystemExit("the voice cannot be opened; try `kosorong doctor`.")
        return time.perf_counter() - started


def chapters() -> None:
    """Make a book of two chapters and listen to what is in its files."""
    from kosorong.audio.wav import read_audio
    from kosorong.book.options import BookOptions
    from kosorong.book.produce import produce
    from kosorong.book.readers import read_manuscript
    from kosorong.cli.common import open_translator, open_voice

    with tempfile.TemporaryDirectory() as folder:
        text = STORY.read_text(encoding="utf-8")
        manuscript = Path(folder) / "two.md"
        manuscript.write_text(f"# 하나\n\n{text}\n\n# 둘\n\n{text}", encoding="utf-8")
        options = BookOptions(formats=("mp3",))
        book = produce(
            read_manuscript(manuscript),
            translator=open_translator(),
            voice=open_voice(),
            out=Path(folder),
            options=options,
        )
        print("chapters of a finished book, as decoded from its MP3 files")
        for path in sorted(book.paths["mp3"].glob("*.mp3")):
            _listen(*read_audio(path))


def _listen(samples: NDArray[np.float32], rate: int) -> None:
    from kosorong.audio.loudness import LoudnessMeter, peak_envelope

    meter = LoudnessMeter(rate)
    meter.add(samples)
    peak = 20 * np.log10(peak_envelope(samples).max())
    steps = np.abs(np.diff(samples))
    border = max((steps[place].max() for place in borders(samples, rate)), default=0.0)
    print(f"  loudness               {meter.integrated():7.2f} LUFS  (-19 within 1)")
    print(f"    true peak            {peak:7.2f} dBTP  (below 0)")
    print(f"    step at a border     {border / steps.max():7.3f} of the largest step  (below 0.3)")


def borders(samples: NDArray[np.float32], rate: int) -> Iterator[slice]:
    """Yield the 15 ms to either side of where silence of a fifth of a second begins or ends."""
    quiet = np.abs(samples) < 1e-3
    edges = np.flatnonzero(np.diff(np.concatenate([[False], quiet, [False]]).astype(np.int8)))
    reach = round(0.015 * rate)
    for begin, end in edges.reshape(-1, 2):
        if end - begin >= 0.2 * rate:
            for edge in (begin, end):
                if 0 < edge < len(samples) - 1:
                    yield slice(max(0, edge - reach), edge + reach)
