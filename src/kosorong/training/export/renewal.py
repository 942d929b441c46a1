"""A voice bundle exported by an older version, made even: weights stay, configuration is new."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kosorong.bundle import Bundle, BundleInfo, open_bundle, write_bundle
from kosorong.ports import GUESS
from kosorong.training.corpora.packed import Packed
from kosorong.training.evaluate_speech.melodies import melodies
from kosorong.training.evaluate_speech.tone import tones
from kosorong.training.export.card import voice_card
from kosorong.training.export.voice import ARAEA, MIXED, VOICES, mixtures

_MEASURED = "## Held-out sentences"


def renew_voice(bundle: Path, corpus: Packed, output: Path, kept: Path | None = None) -> Bundle:
    """Write a voice bundle again with this version's arae-a, and what is measured on recordings.

    That is a tone and, where the model is told of it, the melody.

    Args:
        bundle: A voice bundle.
        corpus: Recordings of its speakers; the training split counts.
        output: Folder to write; may be that of the bundle.
        kept: Folder that keeps what is worked out of the recordings.

    Raises:
        BundleError: The bundle is missing or damaged.
    """
    old = open_bundle(bundle, "voice")
    info = _with_araea(old.info)
    files: dict[str, Path | bytes] = {name: old.file(name).read_bytes() for name in old.files}
    told = (bundle / "README.md").read_text(encoding="utf-8")
    measured = told[told.index(_MEASURED) :] if _MEASURED in told else ""
    info = _with(_with(info, "tone", {}), "melody", {})
    write_bundle(output, info, files, "")
    info = _with(info, "tone", tones(output, corpus))
    info = _with(info, "melody", melodies(output, corpus, kept))
    card = voice_card(info) + (f"\n{measured}" if measured else "")
    return write_bundle(output, info, files, card)


def _with_araea(info: BundleInfo) -> BundleInfo:
    # Only rare symbols are named; where none are, nobody is known to have said any vowel of these.
    rare = info.quality.get("rare_symbols")
    unheard = [vowel for vowel in MIXED if rare is None or vowel in rare]
    shares = {voice.name: voice.araea for voice in VOICES}
    config = json.loads(json.dumps(dict(info.config)))
    config.pop("substitutes", None)
    for voice in config["voices"]:
        own = shares.get(voice["name"], ARAEA)
        voice["mixtures"] = mixtures(own, unheard)
    credit = info.credit.removesuffix(GUESS) + (GUESS if unheard else "")
    return replace(info, config=config, credit=credit)


def _with(info: BundleInfo, key: str, found: Mapping[str, object]) -> BundleInfo:
    """Return what a bundle says with something said of each voice, or of none."""
    config: dict[str, Any] = json.loads(json.dumps(dict(info.config)))
    for voice in config["voices"]:
        voice.pop(key, None)
        if voice["name"] in found:
            voice[key] = found[voice["name"]]
    return replace(info, config=config)
