"""What a slow judge has heard before: recordings are listened to once and not every time."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kosorong.audio.files import storage


class Memory:
    """Texts by the sound they were heard in; a file of lines that only grows.

    A line that a stopped process left unfinished is passed over.

    Args:
        path: The file; another judge, or another way of listening, has another one.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._texts = dict(_read(path))

    def text(self, samples: NDArray[np.float32]) -> str | None:
        """Return what was heard in samples (T_wav,), None where they are new."""
        return self._texts.get(_key(samples))

    def keep(self, samples: NDArray[np.float32], text: str) -> None:
        """Remember what was heard.

        Raises:
            StorageError: The file cannot be written.
        """
        key = _key(samples)
        self._texts[key] = text
        line = json.dumps([key, text], ensure_ascii=False)
        with storage(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                # The newline stands first: it ends what a killed process may have begun.
                file.write(f"\n{line}")


def _read(path: Path) -> list[tuple[str, str]]:
    if not path.is_file():
        return []
    entries = []
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            key, text = json.loads(line)
        except ValueError:
            continue
        entries.append((key, text))
    return entries


def _key(samples: NDArray[np.float32]) -> str:
    return hashlib.sha256(np.ascontiguousarray(samples, "<f4").tobytes()).hexdigest()
