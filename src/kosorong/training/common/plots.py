"""Pictures of a training: curves, spectrograms, alignments."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np
from numpy.typing import NDArray

from kosorong.config import MEL

mpl.use("Agg")
import matplotlib.pyplot as plt

if TYPE_CHECKING:
    from torch.utils.tensorboard import SummaryWriter


@lru_cache(maxsize=4)
def _writer(folder: Path) -> SummaryWriter:
    from torch.utils.tensorboard import SummaryWriter

    return SummaryWriter(str(folder))


def tensorboard_scalars(folder: Path, figures: dict[str, float], step: int) -> None:
    """Add scalars of one step to the TensorBoard log in `folder`."""
    writer = _writer(folder)
    for name, value in figures.items():
        writer.add_scalar(name, value, step)
    writer.flush()


def tensorboard_picture(folder: Path, picture: Path, step: int) -> None:
    """Add a PNG file `NAME-STEP.png` to the TensorBoard log in `folder`."""
    writer = _writer(folder)
    name = picture.stem.rpartition("-")[0]
    writer.add_image(name, plt.imread(picture), step, dataformats="HWC")
    writer.flush()


def tensorboard_sound(folder: Path, name: str, samples: NDArray[np.float32], step: int) -> None:
    """Add audio (T_wav,) in [-1, 1] at the models' rate to the TensorBoard log in `folder`."""
    writer = _writer(folder)
    writer.add_audio(name, samples[None], step, sample_rate=MEL.sample_rate)
    writer.flush()


def draw_lines(path: Path, series: Mapping[str, NDArray[Any]], along: str) -> None:
    """Write series (N,) as lines over the same N places; `along` says what a place is."""
    figure, axis = plt.subplots(figsize=(11, 3.0))
    for name, values in series.items():
        axis.plot(values, label=name, linewidth=0.9, marker=".", markersize=3)
    axis.set_xlabel(along, fontsize=8)
    axis.legend(fontsize=7)
    _save(figure, path)


def draw_matrices(path: Path, pictures: dict[str, NDArray[Any]]) -> None:
    """Write matrices (rows, columns) below one another, the first row at the bottom."""
    figure, axes = plt.subplots(len(pictures), 1, figsize=(11, 2.6 * len(pictures)), squeeze=False)
    for axis, (title, matrix) in zip(axes[:, 0], pictures.items(), strict=True):
        image = axis.imshow(matrix, origin="lower", aspect="auto", interpolation="nearest")
        axis.set_title(title, fontsize=9)
        figure.colorbar(image, ax=axis, pad=0.01)
    _save(figure, path)


def draw_log(log: Path, path: Path) -> None:
    """Draw every figure of a run's `log.jsonl`, training and validation in one panel."""
    curves: dict[str, dict[str, list[tuple[int, float]]]] = {}
    for line in log.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        for key, value in row.items():
            if "/" in key:
                side, name = key.split("/", 1)
                curves.setdefault(name, {}).setdefault(side, []).append((row["step"], value))
    if not curves:
        return
    columns = 3
    rows = -(-len(curves) // columns)
    figure, axes = plt.subplots(rows, columns, figsize=(14, 2.6 * rows), squeeze=False)
    for axis, (name, sides) in zip(axes.flat, curves.items(), strict=False):
        for side, points in sides.items():
            steps, values = zip(*points, strict=True)
            axis.plot(steps, values, label=side, linewidth=0.9)
        low, high = np.percentile([v for p in sides.values() for _, v in p], [0, 97])
        if high > low:
            axis.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
        axis.set_title(name, fontsize=9)
        axis.legend(fontsize=7)
    _save(figure, path)


def draw_histograms(path: Path, values: dict[str, NDArray[Any]]) -> None:
    """Write histograms of series (N,) side by side; what is not a number is left out."""
    figure, axes = plt.subplots(1, len(values), figsize=(4.7 * len(values), 3.4), squeeze=False)
    for axis, (title, series) in zip(axes[0], values.items(), strict=True):
        known = series[np.isfinite(series)]
        middle = float(np.median(known)) if len(known) else 0.0
        # Never narrower than a unit to either side, or rounding would look like a spread.
        ends = (min([middle - 1, *known]), max([middle + 1, *known]))
        axis.hist(known, bins=40, range=ends)
        axis.set_title(title, fontsize=9)
        axis.set_ylabel("utterances", fontsize=8)
    _save(figure, path)


def draw_beside(
    path: Path,
    panels: Mapping[str, Mapping[str, NDArray[Any]]],
    unit: str,
    *,
    limits: tuple[float, float],
) -> None:
    """Write panels of histograms that lie over one another, in shares of their series.

    Args:
        path: A PNG file.
        panels: Title of a panel -> name of a series -> its values (N,).
        unit: Of the values.
        limits: Lowest and highest value shown; what lies outside counts at the ends.
    """
    figure, axes = plt.subplots(1, len(panels), figsize=(5.5 * len(panels), 3.6), squeeze=False)
    for axis, (title, named) in zip(axes[0], panels.items(), strict=True):
        for name, series in named.items():
            shares = np.full(len(series), 100.0 / max(1, len(series)))
            label = f"{name} ({len(series)})"
            axis.hist(
                np.clip(series, *limits),
                bins=30,
                range=limits,
                weights=shares,
                alpha=0.55,
                label=label,
            )
        axis.axvline(0.0, color="black", linewidth=0.8)
        axis.set_title(title, fontsize=9)
        axis.set_xlabel(unit, fontsize=8)
        axis.set_ylabel("%", fontsize=8)
        axis.legend(fontsize=7)
    _save(figure, path)


def _save(figure: Any, path: Path) -> None:
    figure.tight_layout()
    temporary = path.with_suffix(".new.png")
    figure.savefig(temporary, dpi=80)
    plt.close(figure)
    temporary.replace(path)
