"""Monotonic alignment search (Kim et al. 2020, algorithm 1).

Finds the path through a (T_text, T_mel) table of log-likelihoods that starts at the first symbol
and frame, ends at the last ones, never goes back and gives every symbol at least one frame, with
the largest sum. Three implementations of one contract: `search_reference` for reading and testing,
a numba kernel for training, and a vectorised torch path for machines without numba.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeAlias, cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

Float = NDArray[np.float32]
Search: TypeAlias = Callable[[Float, NDArray[Any], NDArray[Any]], NDArray[np.int32]]
_NEVER = np.float32(-1e9)


def search_reference(value: Float) -> NDArray[np.int32]:
    """Find the best path of one table, as plainly as it can be written.

    Args:
        value: (T_text, T_mel) log-likelihood of each symbol for each frame; T_mel >= T_text.

    Returns:
        (T_mel,) the symbol of each frame.

    >>> search_reference(np.array([[9, 5, 1], [1, 1, 9]], np.float32)).tolist()
    [0, 0, 1]
    """
    n_text, n_mel = value.shape
    best = np.full((n_text, n_mel), -np.inf, np.float32)
    best[0, 0] = value[0, 0]
    for t in range(1, n_mel):
        for s in range(min(t + 1, n_text)):
            stay = best[s, t - 1]
            step = best[s - 1, t - 1] if s > 0 else -np.inf
            best[s, t] = value[s, t] + max(stay, step)
    path = np.zeros(n_mel, np.int32)
    symbol = n_text - 1
    for t in range(n_mel - 1, -1, -1):
        path[t] = symbol
        if t > 0 and symbol > 0 and (symbol == t or best[symbol - 1, t - 1] > best[symbol, t - 1]):
            symbol -= 1
    return path


def search(value: Tensor, text_lengths: Tensor, mel_lengths: Tensor) -> Tensor:
    """Find the best path of each table in a batch.

    Args:
        value: (B, T_text, T_mel) log-likelihoods.
        text_lengths: (B,) symbols of each item.
        mel_lengths: (B,) frames of each item; not fewer than its symbols.

    Returns:
        (B, T_text, T_mel) 0/1 alignment, float32, zero outside the lengths.

    Raises:
        ValueError: An item has fewer frames than symbols: no monotonic path exists.
    """
    if bool((mel_lengths < text_lengths).any()):
        raise ValueError("an utterance has fewer frames than symbols; leave it out of the corpus")
    if importlib.util.find_spec("numba") is None:
        path = _search_torch(value, text_lengths, mel_lengths)
    else:
        # Time-major: the inner loop over symbols then walks through adjacent memory.
        table = value.detach().transpose(1, 2).contiguous().float().cpu().numpy()
        threads = torch.get_num_threads()
        path = torch.from_numpy(
            _numba_search()(table, text_lengths.cpu().numpy(), mel_lengths.cpu().numpy())
        ).to(value.device)
        if torch.get_num_threads() != threads:
            # numba's pool sets OpenMP's number of threads for torch, too, when it starts: the steps
            # after would round differently from the first, and a resumed run from an unbroken one.
            torch.set_num_threads(threads)
    n_text = value.shape[1]
    frames = torch.arange(value.shape[2], device=value.device)
    inside = frames[None] < mel_lengths.to(value.device)[:, None]
    onehot = torch.nn.functional.one_hot(path.long().clamp_min(0), n_text).float()
    return (onehot * inside[:, :, None]).transpose(1, 2)


@lru_cache(maxsize=1)
def _numba_search() -> Search:
    import numba

    @numba.njit(parallel=True, cache=True, fastmath={"nsz", "arcp", "contract", "nnan"})
    def kernel(table, n_texts, n_mels):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        batch, width, _ = table.shape
        path = np.full((batch, width), -1, np.int32)
        for b in numba.prange(batch):
            n_text, n_mel = n_texts[b], n_mels[b]
            # stepped[t, s]: the best path at frame t came from the symbol before s.
            stepped = np.zeros((n_mel, n_text), np.bool_)
            before = np.full(n_text + 1, _NEVER, np.float32)
            now = np.full(n_text + 1, _NEVER, np.float32)
            # Column 0 stands before the first symbol, so that s - 1 is always there.
            before[1] = table[b, 0, 0]
            for t in range(1, n_mel):
                row = table[b, t]
                for s in range(n_text):
                    stay, step = before[s + 1], before[s]
                    forward = step > stay
                    stepped[t, s] = forward
                    now[s + 1] = row[s] + (step if forward else stay)
                before, now = now, before
                before[0] = _NEVER
            symbol = n_text - 1
            for t in range(n_mel - 1, -1, -1):
                path[b, t] = symbol
                if symbol > 0 and (stepped[t, symbol] or symbol == t):
                    symbol -= 1
        return path

    return cast(Search, kernel)


def _search_torch(value: Tensor, text_lengths: Tensor, mel_lengths: Tensor) -> Tensor:
    """The same search with one vectorised operation for each frame: (B, T_mel) symbols."""
    batch, n_text, n_mel = value.shape
    never = value.new_full((batch, 1), float(_NEVER))
    best = value.new_full((batch, n_text), float(_NEVER))
    best[:, 0] = value[:, 0, 0]
    stepped = torch.zeros((n_mel, batch, n_text), dtype=torch.bool, device=value.device)
    for t in range(1, n_mel):
        step = torch.cat([never, best[:, :-1]], 1)
        stepped[t] = step > best
        best = value[:, :, t] + torch.maximum(best, step)
    path = torch.full((batch, n_mel), -1, dtype=torch.int32, device=value.device)
    symbol = text_lengths.to(value.device) - 1
    rows = torch.arange(batch, device=value.device)
    for t in range(n_mel - 1, -1, -1):
        inside = t < mel_lengths.to(value.device)
        path[:, t] = torch.where(inside, symbol, -1).int()
        back = inside & (symbol > 0) & (stepped[t, rows, symbol] | (symbol == t))
        symbol = symbol - back.long()
    return path


@lru_cache(maxsize=2048)
def diagonal_prior(n_text: int, n_mel: int, scaling: float = 1.0) -> Float:
    """Log-probability of symbol s at frame t that favours the diagonal.

    The beta-binomial prior of "One TTS alignment to rule them all" (Badlani et al. 2021,
    section 2.3).

    Args:
        n_text: T_text.
        n_mel: T_mel.
        scaling: Larger values make the diagonal narrower.

    Returns:
        (T_text, T_mel) natural logarithms.
    """
    from scipy.special import betaln, gammaln

    k = np.arange(n_text)[:, None].astype(np.float64)
    n = float(n_text - 1)
    t = np.arange(1, n_mel + 1)[None].astype(np.float64)
    a, b = scaling * t, scaling * (n_mel + 1 - t)
    choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(choose + betaln(k + a, n - k + b) - betaln(a, b), np.float32)
