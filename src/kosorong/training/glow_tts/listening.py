"""A listener in the training: what a recogniser makes of a made mel, beside the recording's.

A mel's mean error weighs every value alike; a burst that tells one stop from another is a few of
them. Layers of a recogniser that learnt the sounds of speech hold what tells sounds apart, so that
their distance teaches it (feature or "perceptual" losses, Johnson et al. 2016; for speech, Germain
et al. 2019).
The recogniser stays as it is.
"""

from __future__ import annotations

from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kosorong.training.recogniser.listener import Listener
from kosorong.training.recogniser.model import Recogniser, output_lengths

_EVERY = 2
_FLAT = 1e-2  # nepers, added to the deviation of a band as the recogniser's own data has it


class Listening(nn.Module):
    """The distance of two mels in a recogniser's layers.

    Args:
        recogniser: A trained one; its weights are not changed.
    """

    def __init__(self, recogniser: Recogniser) -> None:
        super().__init__()
        self.recogniser = recogniser.eval().requires_grad_(False)

    @classmethod
    def of_run(cls, run: Path) -> Listening:
        """Open a run of `kosorong train recogniser`.

        Raises:
            TrainingError: There is none, or it was made for other symbols or mels.
        """
        return cls(Listener.of_run(run).model)

    def forward(self, synthetic: Tensor, mel: Tensor, mask: Tensor) -> Tensor:
        """Return the mean absolute difference of normalised states, over every other block.

        Args:
            synthetic: (B, M, T_mel) log-mel; takes the gradient.
            mel: (B, M, T_mel) log-mel of the recordings, in the same time.
            mask: (B, 1, T_mel).
        """
        frames = mask.sum(2, keepdim=True)
        mean = (mel * mask).sum(2, keepdim=True) / frames
        deviation = (((mel - mean) * mask).square().sum(2, keepdim=True) / frames).sqrt() + _FLAT
        lengths = mask.sum((1, 2)).long()
        with torch.no_grad():
            wanted = self._states((mel - mean) / deviation * mask, lengths)
        # By the recording's own mean and deviation: a made mel is not to be forgiven its level.
        heard = self._states((synthetic - mean) / deviation * mask, lengths)
        steps = torch.arange(wanted[0].shape[1], device=mel.device)
        inside = steps[None] < output_lengths(lengths)[:, None]
        count = inside.sum() * wanted[0].shape[2]
        missed = [
            ((ours - other).abs() * inside[:, :, None]).sum() / count
            for ours, other in zip(heard, wanted, strict=True)
        ]
        return torch.stack(missed).mean()

    def _states(self, mel: Tensor, lengths: Tensor) -> list[Tensor]:
        states, _ = self.recogniser.states(mel, lengths)
        return [F.layer_norm(x.float(), x.shape[-1:]) for x in states[1:-1:_EVERY]]
