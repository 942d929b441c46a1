"""Toy models for tests: made in a moment, of the same form as the real ones, heard by nobody."""

from __future__ import annotations

import math
from pathlib import Path

import torch

from kosorong.bundle import Bundle
from kosorong.text.sound.symbols import SYMBOLS
from kosorong.training.export.checkpoints import TrainedAcoustic, TrainedVocoder
from kosorong.training.export.onnx_graph import Storage
from kosorong.training.export.voice import Origin, VoiceChoice, write_voice
from kosorong.training.glow_tts.frames import FramesConfig
from kosorong.training.glow_tts.model import (
    DecoderConfig,
    DurationConfig,
    EncoderConfig,
    GlowTts,
    GlowTtsConfig,
)
from kosorong.training.vocoder.model import Vocos, VocosConfig

TOY_VOICES = (VoiceChoice("toy", "one", "female"), VoiceChoice("toy2", "two", "male"))
TOY_ORIGIN = Origin("CC0-1.0", "Toy voice, random weights, nobody's", ("nothing",))


def toy_acoustic(seed: int = 0, *, frames: bool = False) -> TrainedAcoustic:
    """Return a small acoustic model of random weights, none of its layers the identity.

    Its symbols last about three frames and its blanks too, so that a syllable takes some 0.2 s.

    Args:
        seed: Another seed makes another model.
        frames: Give it a frame-wise prior that tells the flow of the text, and is told of pitch.
    """
    torch.manual_seed(seed)
    config = GlowTtsConfig(
        encoder=EncoderConfig(channels=16, inner=24, layers=2),
        durations=DurationConfig(inner=16),
        decoder=DecoderConfig(blocks=2, hidden=16, layers=2),
        frames=FramesConfig(
            blocks=2 if frames else 0, channels=24, tells_flow=frames, pitch=frames
        ),
        speaker_channels=8,
    )
    model = GlowTts(config, len(SYMBOLS), 2).eval()
    with torch.no_grad():
        for name, parameter in model.named_parameters():
            # Layers that start at zero would hide an error in what leads to them.
            if any(
                part in name for part in ("end.", "prenet.project", "norms.", "frames.", ".text.")
            ):
                parameter.add_(torch.randn_like(parameter) * 0.05)
        model.durations.get_parameter("project.bias").fill_(math.log(3.0))
        # Means like those of log-mels, from silence to speech.
        model.encoder.get_parameter("mean.bias").fill_(-4.0)
        model.encoder.mean.weight.mul_(3.0)
    return TrainedAcoustic(model, ("one", "two"), 0)


def toy_vocoder(seed: int = 0) -> TrainedVocoder:
    """Return a small vocoder of random weights that is neither silent nor overdriven."""
    torch.manual_seed(seed)
    model = Vocos(VocosConfig(channels=16, blocks=2)).eval()
    with torch.no_grad():
        model.head.weight.normal_(0.0, 0.2)
        for name, parameter in model.named_parameters():
            # Strong enough that every frame is heard as far as the layers reach.
            if "depthwise.weight" in name or "narrow.weight" in name:
                parameter.normal_(0.0, 0.4)
    return TrainedVocoder(model, 0)


def make_toy_voice(
    folder: Path, *, storage: Storage = "int8", seed: int = 0, frames: bool = False
) -> Bundle:
    """Write a voice bundle with the voices `toy` and `toy2`, in under a second.

    Args:
        folder: Of the bundle.
        storage: How weights are stored.
        seed: Another seed makes another bundle.
        frames: Give it a frame-wise prior that tells the flow of the text.
    """
    return write_voice(
        toy_acoustic(seed, frames=frames),
        toy_vocoder(seed),
        folder,
        voices=TOY_VOICES,
        origin=TOY_ORIGIN,
        name="toy-voice",
        storage=storage,
    )
