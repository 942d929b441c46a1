"""Model cards: of a voice bundle, and what was measured of any bundle."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

from kosorong.audio.files import replacing
from kosorong.bundle import MANIFEST, BundleInfo, read_info

CARD = "README.md"


def voice_card(info: BundleInfo) -> str:
    """Return a bundle's README, Markdown, made from what the bundle says about itself."""
    voices = "\n".join(
        f"| `{voice['name']}` | {voice['gender'] or '—'} | {voice['duration_scale']} |"
        for voice in info.config["voices"]
    )
    trained = "\n".join(f"- {line}" for line in info.trained_on)
    figures = "\n".join(
        f"| {key} | {json.dumps(value, ensure_ascii=False)} |"
        for key, value in info.quality.items()
    )
    return f"""# {info.name}

Synthetic voices of Kosorong: Glow-TTS and a Vocos vocoder as ONNX graphs over one weight file.
Languages: {", ".join(info.languages)}. Licence of the weights: {info.licence}.

Credit, to stand in everything made with these voices: {info.credit}

| voice | gender | duration scale |
|---|---|---|
{voices}

## Trained on
{trained}

## Known limits
{_unsaid(info)}The voices are synthetic: say so wherever they are heard.

## Figures
`float32_parity_db` compares the graphs in float32 with the trained model, `deviation_db` what is
shipped; both are power of the signal over that of the difference, in decibels.

| figure | value |
|---|---|
{figures}

## Files
`encoder.onnx` symbols and speaker → prior means and log durations · `frames.onnx`, where it is, the
prior's mean frame by frame · `decoder.onnx` latent → log-mel · `aligner.onnx` log-mel → latent ·
`vocoder.onnx` log-mel → complex spectrum · `weights.bin` their weights · `bundle.json`
everything else one needs to run them.
"""


def _unsaid(info: BundleInfo) -> str:
    """Say which sounds the training data lack; nothing where they lack none."""
    mixtures = [
        f"`{voice['name']}` {vowel} = {' + '.join(f'{share:g} {p}' for p, share in parts.items())}"
        for voice in info.config["voices"]
        for vowel, parts in voice.get("mixtures", {}).items()
    ]
    if not mixtures:
        return ""
    return (
        "Nobody in the training data says arae-a. It is the machine's guess until a speaker of\n"
        "Jeju has said yes to it: what the encoder says of the text with other vowels, mixed\n"
        f"({'; '.join(mixtures)}).\n"
    )


def record(
    bundle: Path, heading: str, table: str, figures: Mapping[str, str], *, first: bool = False
) -> None:
    """Write what was measured into a bundle's card and among its figures.

    Weights and fingerprint stay as they are; measured again, the section is replaced.

    Args:
        bundle: Folder of the bundle.
        heading: Of the card's section.
        table: Markdown or preformatted text, as the measuring command prints it.
        figures: Name -> value, for `kosorong voices` and `kosorong translators`.
        first: Before all other sections and figures.

    Raises:
        BundleError: There is no bundle.
        StorageError: It cannot be written.
    """
    read_info(bundle)
    content = json.loads((bundle / MANIFEST).read_text(encoding="utf-8"))
    quality = content["quality"]
    content["quality"] = {**figures, **quality, **figures} if first else {**quality, **figures}
    card = (bundle / CARD).read_text(encoding="utf-8") if (bundle / CARD).is_file() else ""
    kept = re.sub(rf"\n*## {re.escape(heading)}\n.*?(?=\n## |\Z)", "", card, flags=re.DOTALL)
    section = f"## {heading}\n\n{table.strip()}\n"
    place = re.search(r"^## ", kept, re.MULTILINE) if first else None
    if place is None:
        text = f"{kept.rstrip()}\n\n{section}"
    else:
        head, rest = kept[: place.start()].rstrip(), kept[place.start() :].rstrip()
        text = f"{head}\n\n{section}\n{rest}\n"
    for path, written in (
        (bundle / MANIFEST, json.dumps(content, ensure_ascii=False, indent=2) + "\n"),
        (bundle / CARD, text.lstrip()),
    ):
        with replacing(path) as part:
            part.write_text(written, encoding="utf-8")
