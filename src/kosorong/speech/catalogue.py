"""The voices installed on this machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kosorong.bundle import FOLDERS_VARIABLE, MANIFEST, BundleInfo, installed, read_info
from kosorong.errors import BundleError, UsageError
from kosorong.speech.voice import Engine, OnnxVoice


@dataclass(frozen=True, slots=True)
class VoiceEntry:
    """One installed voice.

    Attributes:
        name: As `--voice` takes it.
        gender: `female`, `male` or "".
        default: Whether it is its bundle's default.
        path: Its bundle.
        info: What the bundle says about itself.
    """

    name: str
    gender: str
    default: bool
    path: Path
    info: BundleInfo


def installed_voices() -> list[VoiceEntry]:
    """Return the installed voices, the default one first; of two with one name the first.

    Raises:
        BundleError: A bundle is damaged.
    """
    catalogue: dict[str, VoiceEntry] = {}
    for path in installed("voice"):
        info = read_info(path)
        default = info.config.get("default")
        entries = [
            VoiceEntry(
                str(voice["name"]), str(voice["gender"]), voice["name"] == default, path, info
            )
            for voice in info.config.get("voices", ())
        ]
        for entry in sorted(entries, key=lambda entry: not entry.default):
            catalogue.setdefault(entry.name, entry)
    return list(catalogue.values())


def open_voice(name: str | Path | None = None, *, threads: int = 1) -> OnnxVoice:
    """Open a voice.

    Args:
        name: An installed voice, or the folder of a bundle, whose default voice is opened; the
            first installed one where None.
        threads: Threads that share one run of a model.

    Raises:
        UsageError: No installed voice has that name.
        BundleError: The bundle is damaged, or none is installed.
    """
    if isinstance(name, Path) or (name and (os.sep in name or (Path(name) / MANIFEST).is_file())):
        return OnnxVoice(Engine.open(Path(name), threads=threads))
    voices = installed_voices()
    if not voices:
        raise BundleError(
            "No voice is installed.",
            cure=f"Set {FOLDERS_VARIABLE} to a folder that holds voice bundles, or make one with "
            "`kosorong export`.",
        )
    for entry in voices:
        if name in (None, "", entry.name):
            return OnnxVoice(Engine.open(entry.path, threads=threads), entry.name)
    valid = ", ".join(entry.name for entry in voices)
    raise UsageError(f"There is no voice {name!r}.", cure=f"Valid voices: {valid}.")
