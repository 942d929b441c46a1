"""Mels that an acoustic model makes of the corpus, frame by frame beside the recordings.

A vocoder that has only seen recorded mels meets smoother ones when it is served. With the
recording's own durations (the alignment) the acoustic model's mel belongs to the same samples, so
that the last stage of the training can learn from it, as HiFi-GAN's fine-tuning does (Kong et al.
2020, section 4.4).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from kosorong.errors import TrainingError
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.checkpoints import TrainedAcoustic, load_acoustic
from kosorong.training.glow_tts.data import AcousticData

Mels = NDArray[np.float16]


def generated_mels(corpus: PackedCorpus, run: Path, cache: Path, noise_scale: float) -> Mels:
    """Return the mels that a run makes of every training utterance.

    Args:
        corpus: Recordings.
        run: Of `kosorong train acoustic`, on the same corpus.
        cache: Folder in which they are kept; a run that went on is asked again.
        noise_scale: Standard deviation of the latent's noise.

    Returns:
        (sum of T_mel, M) log-mels in the order of the corpus, memory-mapped; rows of utterances
        that do not teach are those of the recordings.

    Raises:
        TrainingError: The run has no good checkpoint, or knows other speakers.
    """
    acoustic = load_acoustic(run)
    path = cache / f"{run.name}-{acoustic.step}-{noise_scale:g}.npy"
    if not path.is_file():
        cache.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".new.npy")
        np.save(temporary, _make(corpus, acoustic, run, noise_scale))
        temporary.replace(path)
    return np.asarray(np.load(path, mmap_mode="r"))


@torch.no_grad()
def _make(corpus: PackedCorpus, acoustic: TrainedAcoustic, run: Path, noise_scale: float) -> Mels:
    model, config = acoustic.model, acoustic.model.config
    data = AcousticData(corpus, blanks=config.blanks, squeeze=config.decoder.squeeze)
    if tuple(data.speakers) != acoustic.speakers:
        raise TrainingError(
            "the acoustic model was trained on other speakers.",
            where=str(run),
            cure="Train vocoder and acoustic model on the same corpus.",
        )
    mels = np.array(corpus.mels)
    for index in data.of_split("train"):
        batch = data.batch([index])
        result = model.likelihood(
            batch.symbols, batch.text_lengths, batch.mel, batch.mel_lengths, batch.speakers
        )
        torch.manual_seed(index)
        durations = result.alignment[0].sum(1).long()
        mel, _ = model.speak(
            batch.symbols, batch.speakers, noise_scale=noise_scale, durations=durations
        )
        frames = mel[0].T.numpy()
        start = int(corpus.starts[index])
        mels[start : start + len(frames)] = frames
    return mels
