"""Glow-TTS: text encoder, duration predictor and flow decoder joined by alignment search."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from kosorong.training.glow_tts.alignment import search
from kosorong.training.glow_tts.decoder import SqueezedFlow
from kosorong.training.glow_tts.encoder import ConvolutionalDurations, RelativeEncoder
from kosorong.training.glow_tts.frames import FramePrior, FramesConfig

_HALF_LOG_2_PI = 0.5 * math.log(2 * math.pi)


@dataclass(frozen=True, slots=True)
class EncoderConfig:
    """Size of the text encoder; see `RelativeEncoder`."""

    channels: int = 128
    inner: int = 512
    heads: int = 2
    layers: int = 4
    kernel_size: int = 3
    window: int = 4
    dropout: float = 0.1
    prenet_dropout: float = 0.5


@dataclass(frozen=True, slots=True)
class DurationConfig:
    """Size of the duration predictor; see `ConvolutionalDurations`."""

    inner: int = 192
    kernel_size: int = 3
    dropout: float = 0.3


@dataclass(frozen=True, slots=True)
class DecoderConfig:
    """Size of the flow decoder; see `SqueezedFlow`."""

    blocks: int = 6
    hidden: int = 128
    layers: int = 4
    kernel_size: int = 5
    squeeze: int = 2
    group: int = 4
    dropout: float = 0.05


@dataclass(frozen=True, slots=True)
class GlowTtsConfig:
    """Size of a Glow-TTS.

    Attributes:
        encoder: Text encoder.
        durations: Duration predictor.
        decoder: Flow decoder.
        frames: Frame-wise prior; none where it has no blocks, as in the paper.
        speaker_channels: Width of a speaker's embedding (G).
        blanks: Put a blank symbol between all symbols.
    """

    encoder: EncoderConfig = EncoderConfig()
    durations: DurationConfig = DurationConfig()
    decoder: DecoderConfig = DecoderConfig()
    frames: FramesConfig = field(default_factory=FramesConfig)
    speaker_channels: int = 64
    blanks: bool = True


@dataclass(frozen=True, slots=True)
class Likelihood:
    """What one forward pass of the training says.

    Attributes:
        nll: () negative log-likelihood per mel value, nats.
        search_nll: () the same under the symbols' own means, by the flow that is told no text: what
            the alignment search goes by.
        duration: () mean squared error of log durations per symbol.
        alignment: (B, T_text, T_mel) 0/1.
        log_durations: (B, T_text) predicted, natural logarithm of frames.
        latent: (B, M, T_mel).
        mean: (B, M, T_mel) prior means along the alignment.
        speaker: (B, G) speaker embeddings.
        text: (B, W, T_mel / squeeze) what the couplings are told of the text; None for nothing.
        pitch: () mean squared error of the predicted pitch over frames; None where there is none.
    """

    nll: Tensor
    search_nll: Tensor
    duration: Tensor
    alignment: Tensor
    log_durations: Tensor
    latent: Tensor
    mean: Tensor
    speaker: Tensor
    text: Tensor | None = None
    pitch: Tensor | None = None


class GlowTts(nn.Module):
    """The acoustic model, with a prior of unit variance.

    Args:
        config: Sizes.
        n_symbols: Rows of the symbol table.
        n_speakers: Speakers in the corpus.
        n_mels: M.

    >>> model = GlowTts(GlowTtsConfig(), n_symbols=60, n_speakers=2)
    >>> model.eval().speak(torch.tensor([[3, 9, 4]]), torch.tensor([0]))[0].shape[:2]
    torch.Size([1, 80])
    """

    def __init__(
        self, config: GlowTtsConfig, n_symbols: int, n_speakers: int, n_mels: int = 80
    ) -> None:
        super().__init__()
        self.config = config
        self.n_mels = n_mels
        e, d, f = config.encoder, config.durations, config.decoder
        self.encoder = RelativeEncoder(
            n_symbols,
            n_mels,
            channels=e.channels,
            inner=e.inner,
            heads=e.heads,
            layers=e.layers,
            kernel_size=e.kernel_size,
            window=e.window,
            dropout=e.dropout,
            prenet_dropout=e.prenet_dropout,
        )
        self.durations = ConvolutionalDurations(
            e.channels,
            config.speaker_channels,
            inner=d.inner,
            kernel_size=d.kernel_size,
            dropout=d.dropout,
        )
        self.decoder = SqueezedFlow(
            n_mels,
            blocks=f.blocks,
            hidden=f.hidden,
            layers=f.layers,
            kernel_size=f.kernel_size,
            squeeze=f.squeeze,
            group=f.group,
            speaker_channels=config.speaker_channels,
            dropout=f.dropout,
            text_channels=config.frames.told,
        )
        self.frames: FramePrior | None = None
        self.pitch: ConvolutionalDurations | None = None
        if config.frames.blocks:
            hidden = e.channels + config.frames.pitch
            self.frames = FramePrior(
                config.frames, hidden, n_mels, f.squeeze, config.speaker_channels
            )
            if config.frames.pitch:
                self.pitch = ConvolutionalDurations(
                    e.channels,
                    config.speaker_channels,
                    inner=d.inner,
                    kernel_size=d.kernel_size,
                    dropout=d.dropout,
                )
        self.speakers = nn.Embedding(n_speakers, config.speaker_channels)
        nn.init.uniform_(self.speakers.weight, -0.1, 0.1)

    def likelihood(
        self,
        symbols: Tensor,
        text_lengths: Tensor,
        mel: Tensor,
        mel_lengths: Tensor,
        speakers: Tensor,
        prior: Tensor | None = None,
        contour: Tensor | None = None,
    ) -> Likelihood:
        """Align texts with mels and score them (paper, equations 1-4).

        Args:
            symbols: (B, T_text).
            text_lengths: (B,).
            mel: (B, M, T_mel); T_mel a multiple of the squeeze.
            mel_lengths: (B,) frames; multiples of the squeeze.
            speakers: (B,) speaker indices.
            prior: (B, T_text, T_mel) added to the log-likelihoods that the search sees.
            contour: (B, T_mel) pitch of every frame, `SEMITONES` as 1; None for what the model
                says itself.
        """
        text_mask, mel_mask = lengths_mask(text_lengths), lengths_mask(mel_lengths)
        speaker = self.speakers(speakers)
        hidden, means = self.encoder(symbols, text_mask)
        means = means.float()
        log_durations = self.durations(hidden.detach(), text_mask, speaker)
        latent, log_det = self.decoder(mel, mel_mask, speaker)
        values = mel_lengths.sum() * self.n_mels
        # Log-likelihoods are differences of large numbers: bf16 would blur the alignment.
        with torch.autocast(mel.device.type, enabled=False):
            latent = latent.float()
            with torch.no_grad():
                table = log_likelihoods(means, latent)
                if prior is not None:
                    table = table + prior
                alignment = search(table, text_lengths, mel_lengths)
            of_symbols = means @ alignment
            squared = ((latent - of_symbols).square() * mel_mask).sum()
            search_nll = (0.5 * squared - log_det.sum()) / values + _HALF_LOG_2_PI
        pitch, pitch_error = self._pitch(hidden, text_mask, speaker, alignment, contour)
        mean, text = self.along(hidden, of_symbols, alignment, mel_mask, speaker, pitch)
        if text is not None:
            latent, log_det = self.decoder(mel, mel_mask, speaker, text)
            latent = latent.float()
        squared = ((latent - mean).square() * mel_mask).sum()
        nll = (0.5 * squared - log_det.sum()) / values + _HALF_LOG_2_PI
        target = alignment.sum(2).clamp_min(1.0).log() * text_mask[:, 0]
        duration = (log_durations - target).square().sum() / text_lengths.sum()
        return Likelihood(
            nll,
            search_nll,
            duration,
            alignment,
            log_durations,
            latent,
            mean,
            speaker,
            text,
            pitch_error,
        )

    def _pitch(
        self,
        hidden: Tensor,
        mask: Tensor,
        speaker: Tensor,
        alignment: Tensor,
        contour: Tensor | None,
    ) -> tuple[Tensor | None, Tensor | None]:
        """Return the pitch of every symbol, and the squared error of what the model says of it."""
        if self.pitch is None:
            return None, None
        predicted = self.pitch(hidden.detach(), mask, speaker)
        if contour is None:
            return predicted.detach(), None
        frames = alignment.sum(2)
        pitch = (alignment @ contour[:, :, None])[:, :, 0] / frames.clamp_min(1.0)
        # A symbol counts by its frames: blanks are many and short.
        error = ((predicted - pitch).square() * frames).sum() / frames.sum()
        return pitch, error

    def along(
        self,
        hidden: Tensor,
        means: Tensor,
        alignment: Tensor,
        mask: Tensor,
        speaker: Tensor,
        pitch: Tensor | None = None,
    ) -> tuple[Tensor, Tensor | None]:
        """Read the text along an alignment.

        Args:
            hidden: (B, C, T_text) of the text encoder.
            means: (B, M, T_mel) the symbols' means along the alignment.
            alignment: (B, T_text, T_mel) 0/1.
            mask: (B, 1, T_mel).
            speaker: (B, G).
            pitch: (B, T_text) of every symbol; None where the model is not told.

        Returns:
            The prior's mean of every frame, (B, M, T_mel), and what the couplings are told of the
            text, (B, W, T_mel / squeeze), None for nothing.
        """
        if self.frames is None:
            return means, None
        if pitch is not None:
            hidden = torch.cat([hidden, pitch[:, None].to(hidden)], 1)
        gained, text = self.frames(hidden, alignment, mask, speaker)
        return means + gained, text if self.config.frames.tells_flow else None

    def backwards(self, result: Likelihood, mel_lengths: Tensor, noise_scale: float) -> Tensor:
        """Run the flow backwards from the prior along the alignment.

        Likelihood alone lets a flow with little data explain a frame by its neighbours and leave
        the text next to nothing to say; this is the backward direction of NaturalSpeech's
        "Bidirectional Prior/Posterior" (Tan et al., 2022), which is measured on the mel.

        Args:
            result: Of `likelihood`.
            mel_lengths: (B,).
            noise_scale: Standard deviation of the latent's noise.

        Returns:
            (B, M, T_mel) log-mels in the recordings' own time.
        """
        mask = lengths_mask(mel_lengths)
        latent = result.mean + torch.randn_like(result.mean) * noise_scale
        return self.decoder.inverse(latent * mask, mask, result.speaker, result.text)

    @torch.no_grad()
    def speak(
        self,
        symbols: Tensor,
        speakers: Tensor,
        *,
        noise_scale: float = 0.333,
        length_scale: float = 1.0,
        durations: Tensor | None = None,
        pitch: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        """Make the mel of one text.

        Args:
            symbols: (1, T_text).
            speakers: (1,).
            noise_scale: Standard deviation of the latent's noise (temperature).
            length_scale: Multiplies durations.
            durations: (T_text,) whole frames, instead of the predicted ones.
            pitch: (1, T_text) of every symbol, instead of the predicted one.

        Returns:
            mel (1, M, T_mel) and durations (T_text,) in frames.
        """
        mask = torch.ones(1, 1, symbols.shape[1], device=symbols.device)
        speaker = self.speakers(speakers)
        hidden, means = self.encoder(symbols, mask)
        if durations is None:
            log_durations = self.durations(hidden, mask, speaker)
            durations = whole_frames(log_durations[0].exp() * length_scale)
        durations = durations.clone()
        durations[-1] += -int(durations.sum()) % self.config.decoder.squeeze
        mel_mask = torch.ones(1, 1, int(durations.sum()), device=symbols.device)
        alignment = torch.eye(len(durations), device=symbols.device)
        alignment = alignment.repeat_interleave(durations, 1)[None]
        if self.pitch is not None and pitch is None:
            pitch = self.pitch(hidden, mask, speaker)
        of_symbols = means.float() @ alignment
        mean, text = self.along(hidden, of_symbols, alignment, mel_mask, speaker, pitch)
        latent = mean + torch.randn_like(mean) * noise_scale
        return self.decoder.inverse(latent, mel_mask, speaker, text), durations


def mel_error(synthetic: Tensor, mel: Tensor, mel_lengths: Tensor) -> Tensor:
    """Return the mean absolute difference of two mels (B, M, T_mel) inside their lengths."""
    error = ((synthetic - mel).abs() * lengths_mask(mel_lengths)).sum()
    return error / (mel_lengths.sum() * mel.shape[1])


def lengths_mask(lengths: Tensor) -> Tensor:
    """(B,) -> (B, 1, max length), 1 inside each length."""
    positions = torch.arange(int(lengths.max()), device=lengths.device)
    return (positions[None] < lengths[:, None]).float()[:, None]


def log_likelihoods(means: Tensor, latent: Tensor) -> Tensor:
    """Log-density of each frame under each symbol's unit-variance prior.

    Args:
        means: (B, M, T_text).
        latent: (B, M, T_mel).

    Returns:
        (B, T_text, T_mel), up to a constant that no path changes.
    """
    cross = means.transpose(1, 2) @ latent
    return cross - 0.5 * means.square().sum(1)[:, :, None] - 0.5 * latent.square().sum(1)[:, None]


def whole_frames(durations: Tensor) -> Tensor:
    """Round durations (T_text,) to whole frames, at least one each, without drift of the sum.

    Rounding up, as the reference implementation does, lengthens speech by half a frame a symbol.

    >>> whole_frames(torch.tensor([1.4, 1.4, 1.4, 1.4, 1.4])).tolist()
    [1, 2, 1, 2, 1]
    """
    ends = durations.clamp_min(1.0).cumsum(0).round()
    starts = torch.cat([ends.new_zeros(1), ends[:-1]])
    return (ends - starts).clamp_min(1).long()
