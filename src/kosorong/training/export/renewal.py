"""A voice bundle exported by an older version, made even: weights stay, configuration is new."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from kosorong.bundle import Bundle, BundleInfo, open_bundle
from kosorong.ports import GUESS
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.toned import write_toned
from kosorong.training.export.voice import ARAEA, MIXED, VOICES, mixtures

# Figures of the export itself; what was measured of the sound is no longer true of it.
_LASTING = (
    "acoustic_steps",
    "vocoder_steps",
    "storage",
    "float32_parity_db",
    "deviation_db",
    "rare_symbols",
)


def renew_voice(
    bundle: Path, corpus: PackedCorpus, output: Path, kept: Path | None = None
) -> Bundle:
    """Write a voice bundle again with this version's arae-a, and what is measured on recordings.

    That is a tone and, where the model is told of it, the melody.

    Its card and figures lose what was measured of the old sound: it is to be measured again.

    Args:
        bundle: A voice bundle.
        corpus: Recordings of its speakers; the training split counts.
        output: Folder to write, once all is measured; may be that of the bundle.
        kept: Folder that keeps what is worked out of the recordings.

    Raises:
        BundleError: The bundle is missing or damaged.
    """
    old = open_bundle(bundle, "voice")
    lasting = {name: old.info.quality[name] for name in _LASTING if name in old.info.quality}
    info = _with_araea(replace(old.info, quality=lasting))
    files = {name: old.file(name).read_bytes() for name in old.files}
    return write_toned(output, info, files, corpus, kept)


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
