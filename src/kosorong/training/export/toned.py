"""A voice bundle with tone and melody of its voices, measured on what they say without either."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kosorong.bundle import Bundle, BundleInfo, write_bundle
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.evaluate_speech.melodies import melodies
from kosorong.training.evaluate_speech.tone import tones
from kosorong.training.export.card import voice_card


def write_toned(
    output: Path,
    info: BundleInfo,
    files: Mapping[str, Path | bytes],
    corpus: PackedCorpus,
    kept: Path | None = None,
) -> Bundle:
    """Write a voice bundle once tone and melody are measured; until then nothing is changed.

    Args:
        output: Folder of the bundle; an old bundle there is replaced.
        info: What it says about itself; tone and melody in it are measured anew.
        files: Content, or a file to copy, by name.
        corpus: Recordings of its speakers; the training split counts.
        kept: Folder that keeps what is worked out of the recordings.

    Raises:
        BundleError: The folder holds something that is no bundle.
        StorageError: The disk is full or not writable.
    """
    info = _with(_with(info, "tone", {}), "melody", {})
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder) / "draft"
        write_bundle(draft, info, files, "")
        info = _with(info, "tone", tones(draft, corpus))
        info = _with(info, "melody", melodies(draft, corpus, kept))
    return write_bundle(output, info, files, voice_card(info))


def _with(info: BundleInfo, key: str, by_voice: Mapping[str, object]) -> BundleInfo:
    """Return what a bundle says with something said of each voice, or of none."""
    config: dict[str, Any] = json.loads(json.dumps(dict(info.config)))
    for voice in config["voices"]:
        voice.pop(key, None)
        if voice["name"] in by_voice:
            voice[key] = by_voice[voice["name"]]
    return replace(info, config=config)
