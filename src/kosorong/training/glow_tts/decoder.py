"""The flow decoder of Glow-TTS (paper, section 3.3, appendix A.2): mels to latents and back.

Every layer maps (B, C, T) to the same shape and returns the log-determinant of its Jacobian (B,).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.parametrizations import weight_norm


class FlowDecoder(nn.Module, ABC):
    """Role: an invertible map between mels (B, M, T_mel) and latents (B, M, T_mel)."""

    @abstractmethod
    def forward(
        self, mel: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Map mels to latents.

        Args:
            mel: (B, M, T_mel).
            mask: (B, 1, T_mel), 1 inside each item's length.
            speaker: (B, G) speaker embedding.
            text: (B, W, T_mel / squeeze) what the text says of each folded frame; None for nothing,
                which is the same as zeros.

        Returns:
            Latents (B, M, T_mel) and log-determinants (B,).
        """

    @abstractmethod
    def inverse(
        self, latent: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> Tensor:
        """Map latents (B, M, T_mel) to mels (B, M, T_mel); arguments as for `forward`."""


class ActNorm(nn.Module):
    """Scale and shift of each channel, started from the first batch (Glow, section 3.1).

    Args:
        channels: C.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.log_scale = nn.Parameter(torch.zeros(1, channels, 1))
        self.bias = nn.Parameter(torch.zeros(1, channels, 1))

    @torch.no_grad()
    def start(self, x: Tensor, mask: Tensor) -> None:
        """Set scale and shift so that x (B, C, T) becomes zero-mean with unit variance."""
        count = mask.sum((0, 2), keepdim=True)
        mean = (x * mask).sum((0, 2), keepdim=True) / count
        variance = ((x - mean).square() * mask).sum((0, 2), keepdim=True) / count
        self.log_scale.copy_(-0.5 * variance.clamp_min(1e-6).log())
        self.bias.copy_(-mean * self.log_scale.exp())

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(B, C, T) -> (B, C, T), (B,)."""
        out = (x * self.log_scale.exp() + self.bias) * mask
        return out, self.log_scale.sum() * mask.sum((1, 2))

    def inverse(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, C, T) -> (B, C, T)."""
        return (x - self.bias) * (-self.log_scale).exp() * mask


class GroupedInvertibleConvolution(nn.Module):
    """Invertible 1x1 convolution within groups of channels (section 3.3).

    A group takes as many channels from the first half as from the second, so that the coupling
    layer's halves are mixed; one matrix serves all groups.

    Args:
        group: Channels of a group; even.
    """

    def __init__(self, group: int = 4) -> None:
        super().__init__()
        self.group = group
        q, _ = torch.linalg.qr(torch.randn(group, group))
        if torch.linalg.det(q) < 0:
            q[:, 0] = -q[:, 0]
        self.weight = nn.Parameter(q)

    def forward(self, x: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """(B, C, T) -> (B, C, T), (B,)."""
        n_groups = x.shape[1] / self.group
        log_det = torch.linalg.slogdet(self.weight.float())[1] * n_groups * mask.sum((1, 2))
        return self._mix(x, self.weight) * mask, log_det

    def inverse(self, x: Tensor, mask: Tensor) -> Tensor:
        """(B, C, T) -> (B, C, T)."""
        return self._mix(x, torch.linalg.inv(self.weight.float())) * mask

    def _mix(self, x: Tensor, weight: Tensor) -> Tensor:
        batch, channels, length = x.shape
        half = self.group // 2
        # (B, 2, groups, group / 2, T) -> (B, group, groups, T)
        grouped = x.view(batch, 2, channels // self.group, half, length)
        grouped = grouped.permute(0, 1, 3, 2, 4).reshape(batch, self.group, -1, length)
        # Rounded to bf16 in every block, the latent would drift from what the inverse returns.
        with torch.autocast(x.device.type, enabled=False):
            mixed = torch.einsum("ij,bjgt->bigt", weight.float(), grouped.float())
        mixed = mixed.view(batch, 2, half, channels // self.group, length)
        return mixed.permute(0, 1, 3, 2, 4).reshape(batch, channels, length)


class WaveNet(nn.Module):
    """Gated convolutions with residual and skip connections, told the speaker and maybe the text.

    Args:
        channels: C.
        layers: Gated convolutions.
        kernel_size: Frames; odd.
        speaker_channels: G.
        dropout: Share of values dropped.
        text_channels: W; 0 where it is told no text.
    """

    def __init__(
        self,
        channels: int,
        layers: int,
        kernel_size: int,
        speaker_channels: int,
        dropout: float,
        text_channels: int = 0,
    ) -> None:
        super().__init__()
        self.channels, self.dropout = channels, dropout
        self.gates = nn.ModuleList(
            weight_norm(nn.Conv1d(channels, 2 * channels, kernel_size, padding=kernel_size // 2))
            for _ in range(layers)
        )
        # The last layer has no successor: only its skip connection is needed.
        self.outs = nn.ModuleList(
            weight_norm(nn.Conv1d(channels, channels * (2 if i + 1 < layers else 1), 1))
            for i in range(layers)
        )
        self.speaker = nn.Linear(speaker_channels, 2 * channels * layers)
        self.text: nn.Conv1d | None = None
        if text_channels:
            # No bias, and zero weights: no text is zeros, and at first it says nothing.
            self.text = nn.Conv1d(text_channels, 2 * channels * layers, 1, bias=False)
            nn.init.zeros_(self.text.weight)

    def forward(
        self, x: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> Tensor:
        """(B, C, T), speaker (B, G), text (B, W, T) -> (B, C, T)."""
        combined = self.speaker(speaker)[:, :, None]
        if self.text is not None and text is not None:
            combined = combined + self.text(text)
        skipped = torch.zeros_like(x)
        conditions = combined.chunk(len(self.gates), 1)
        for gate, out, condition in zip(self.gates, self.outs, conditions, strict=True):
            tanh, sigmoid = (gate(x) + condition).chunk(2, 1)
            y = F.dropout(torch.tanh(tanh) * torch.sigmoid(sigmoid), self.dropout, self.training)
            y = out(y)
            if y.shape[1] > self.channels:
                x = (x + y[:, : self.channels]) * mask
                y = y[:, self.channels :]
            skipped = skipped + y
        return skipped * mask


class AffineCoupling(nn.Module):
    """Scales and shifts one half of the channels by what the other half says (section 3.3).

    Args:
        channels: C; even.
        hidden: Channels of the WaveNet.
        layers: Of the WaveNet.
        kernel_size: Of the WaveNet, frames.
        speaker_channels: G.
        dropout: Share of values dropped.
        text_channels: W; 0 where it is told no text.
    """

    def __init__(
        self,
        channels: int,
        hidden: int,
        layers: int,
        kernel_size: int,
        speaker_channels: int,
        dropout: float,
        text_channels: int = 0,
    ) -> None:
        super().__init__()
        self.start = weight_norm(nn.Conv1d(channels // 2, hidden, 1))
        self.body = WaveNet(hidden, layers, kernel_size, speaker_channels, dropout, text_channels)
        self.end = nn.Conv1d(hidden, channels, 1)
        # Zero weights: the layer starts as the identity.
        for parameter in self.end.parameters():
            nn.init.zeros_(parameter)

    def forward(
        self, x: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """(B, C, T) -> (B, C, T), (B,)."""
        kept, changed = x.chunk(2, 1)
        shift, log_scale = self._affine(kept, mask, speaker, text)
        changed = (changed * log_scale.exp() + shift) * mask
        return torch.cat([kept, changed], 1), (log_scale * mask).sum((1, 2))

    def inverse(
        self, x: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> Tensor:
        """(B, C, T) -> (B, C, T)."""
        kept, changed = x.chunk(2, 1)
        shift, log_scale = self._affine(kept, mask, speaker, text)
        return torch.cat([kept, (changed - shift) * (-log_scale).exp() * mask], 1)

    def _affine(
        self, kept: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None
    ) -> tuple[Tensor, Tensor]:
        hidden = self.start(kept) * mask
        shift, log_scale = self.end(self.body(hidden, mask, speaker, text)).float().chunk(2, 1)
        return shift, log_scale


class SqueezedFlow(FlowDecoder):
    """Squeeze, blocks of ActNorm, invertible convolution and affine coupling, unsqueeze.

    Args:
        n_mels: M.
        blocks: Flow blocks.
        hidden: Channels of the couplings' WaveNets.
        layers: Gated convolutions of each WaveNet.
        kernel_size: Frames (after squeezing).
        squeeze: Neighbouring frames folded into channels.
        group: Channels of a group of the invertible convolution.
        speaker_channels: G.
        dropout: Share of values dropped.
        text_channels: W of what the couplings are told of the text; 0 for nothing.
    """

    def __init__(
        self,
        n_mels: int,
        *,
        blocks: int = 6,
        hidden: int = 128,
        layers: int = 4,
        kernel_size: int = 5,
        squeeze: int = 2,
        group: int = 4,
        speaker_channels: int = 64,
        dropout: float = 0.05,
        text_channels: int = 0,
    ) -> None:
        super().__init__()
        self.squeeze = squeeze
        width = n_mels * squeeze
        self.norms = nn.ModuleList(ActNorm(width) for _ in range(blocks))
        self.mixes = nn.ModuleList(GroupedInvertibleConvolution(group) for _ in range(blocks))
        self.couplings = nn.ModuleList(
            AffineCoupling(
                width, hidden, layers, kernel_size, speaker_channels, dropout, text_channels
            )
            for _ in range(blocks)
        )

    def forward(
        self, mel: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """See `FlowDecoder.forward`; frames beyond a multiple of `squeeze` are cut off."""
        x, narrow = self._fold(mel), self._fold_mask(mask)
        log_det = x.new_zeros(x.shape[0])
        for norm, mix, coupling in self._blocks():
            x, of_norm = norm(x, narrow)
            x, of_mix = mix(x, narrow)
            x, of_coupling = coupling(x, narrow, speaker, text)
            log_det = log_det + of_norm + of_mix + of_coupling
        return self._unfold(x), log_det

    def inverse(
        self, latent: Tensor, mask: Tensor, speaker: Tensor, text: Tensor | None = None
    ) -> Tensor:
        """See `FlowDecoder.inverse`."""
        x, narrow = self._fold(latent), self._fold_mask(mask)
        for norm, mix, coupling in reversed(self._blocks()):
            x = coupling.inverse(x, narrow, speaker, text)
            x = norm.inverse(mix.inverse(x, narrow), narrow)
        return self._unfold(x)

    @torch.no_grad()
    def start(self, mel: Tensor, mask: Tensor, speaker: Tensor) -> None:
        """Start every ActNorm from a batch of mels (B, M, T_mel), in order."""
        x, narrow = self._fold(mel), self._fold_mask(mask)
        for norm, mix, coupling in self._blocks():
            norm.start(x, narrow)
            x, _ = norm(x, narrow)
            x, _ = mix(x, narrow)
            x, _ = coupling(x, narrow, speaker)

    def _blocks(self) -> list[tuple[ActNorm, GroupedInvertibleConvolution, AffineCoupling]]:
        return cast(
            list[tuple[ActNorm, GroupedInvertibleConvolution, AffineCoupling]],
            list(zip(self.norms, self.mixes, self.couplings, strict=True)),
        )

    def _fold(self, x: Tensor) -> Tensor:
        """(B, M, T) -> (B, M * squeeze, T / squeeze)."""
        batch, channels, length = x.shape
        length = length // self.squeeze
        x = x[:, :, : length * self.squeeze].view(batch, channels, length, self.squeeze)
        return x.permute(0, 3, 1, 2).reshape(batch, channels * self.squeeze, length)

    def _unfold(self, x: Tensor) -> Tensor:
        """(B, M * squeeze, T) -> (B, M, T * squeeze)."""
        batch, channels, length = x.shape
        x = x.view(batch, self.squeeze, channels // self.squeeze, length)
        return x.permute(0, 2, 3, 1).reshape(batch, channels // self.squeeze, -1)

    def _fold_mask(self, mask: Tensor) -> Tensor:
        """(B, 1, T) -> (B, 1, T / squeeze): a folded frame counts if all of it is inside."""
        length = mask.shape[2] // self.squeeze * self.squeeze
        return mask[:, :, self.squeeze - 1 : length : self.squeeze]
