"""A voice bundle with the tone of its voices, measured on what they say without one."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kosorong.bundle import Bundle, BundleInfo, write_bundle
from kosorong.training.corpora.packed import Packed
from kosorong.training.evaluate_speech.tone import tones
from kosorong.training.export.card import voice_card


def write_toned(
    output: Path, info: BundleInfo, files: Mapping[str, Path | bytes], corpus: Packed
) -> Bundle:
    """Write a voice bundle once its tone is measured; until then nothing is changed.

    Args:
        output: Folder of the bundle; an old bundle there is replaced.
        info: What it says about itself; tones in it are measured anew.
        files: Content, or a file to copy, by name.
        corpus: Recordings of its speakers; the training split counts.

    Raises:
        BundleError: The folder holds something that is no bundle.
        StorageError: The disk is full or not writable.
    """
    plain = _with_tones(info, {})
    with tempfile.TemporaryDirectory() as folder:
        draft = write_bundle(Path(folder) / "draft", plain, files, "")
        info = _with_tones(plain, tones(draft.path, corpus))
    return write_bundle(output, info, files, voice_card(info))


def _with_tones(info: BundleInfo, found: Mapping[str, list[float]]) -> BundleInfo:
    config: dict[str, Any] = json.loads(json.dumps(dict(info.config)))
    for voice in config["voices"]:
        voice.pop("tone", None)
        if voice["name"] in found:
            voice["tone"] = found[voice["name"]]
    return replace(info, config=config)
