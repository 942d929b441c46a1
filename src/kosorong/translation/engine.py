"""CTranslate2 as the translator asks it: what it writes, how sure it is, where it looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kosorong.bundle import Bundle
from kosorong.errors import BundleError
from kosorong.extras import how_to_install

_BATCHES: dict[str, Any] = {"max_batch_size": 500, "batch_type": "tokens"}
"""With four times as many units at a time, 20 MB more memory and no more speed."""
_AT_A_TIME = 16
"""Prompts whose attention, 100 kB of Python's numbers each, is held at a time."""


@dataclass(frozen=True, slots=True)
class Generated:
    """What the model wrote.

    Attributes:
        units: T units.
        log_probabilities: Of each unit and of the end (T + 1); empty where they are not known.
        attention: Weights (T, S) over the units of the prompt.
    """

    units: list[str]
    log_probabilities: Sequence[float]
    attention: Sequence[Sequence[float]]


def open_engine(bundle: Bundle) -> Any:
    """Load the weights of a bundle.

    Raises:
        BundleError: They cannot be loaded, or ctranslate2 is missing.
    """
    try:
        import ctranslate2
    except ImportError:
        raise BundleError(
            "translating needs the package ctranslate2.",
            where=str(bundle.path),
            cure=how_to_install("engine"),
        ) from None
    try:
        # One thread: with two, int8 was 4 to 13 times slower for one sentence.
        return ctranslate2.Translator(
            str(bundle.path / "ct2"),
            device="cpu",
            compute_type="int8",
            inter_threads=1,
            intra_threads=1,
        )
    except (RuntimeError, ValueError) as error:
        raise BundleError(
            f"The model cannot be loaded: {error}.",
            where=str(bundle.path),
            cure="Export the bundle again with this version of ctranslate2.",
        ) from error


def search(
    engine: Any, prompts: list[list[str]], *, beam: int, longest: int
) -> Iterator[Generated]:
    """Translate prompts; yields one result for each, in order.

    Args:
        engine: What `open_engine` returned.
        prompts: Units of each (S).
        beam: Width of the search.
        longest: Most units that the model has positions for.
    """
    for first in range(0, len(prompts), _AT_A_TIME):
        yield from _searched(engine, prompts[first : first + _AT_A_TIME], beam, longest)


def _searched(
    engine: Any, prompts: list[list[str]], beam: int, longest: int
) -> Iterator[Generated]:
    results = engine.translate_batch(
        prompts,
        beam_size=beam,
        length_penalty=1.0,
        # A translation is about as long as the text, whose hint doubles the prompt.
        max_decoding_length=min(max(map(len, prompts)) + 16, longest - 1),
        return_attention=True,
        **_BATCHES,
    )
    # The search tells one score a text; each unit's takes a second, shorter look.
    written = [result.hypotheses[0] for result in results]
    scores = engine.score_batch(prompts, written, **_BATCHES)
    for units, score, result in zip(written, scores, results, strict=True):
        yield Generated(units, score.log_probs, result.attention[0])


def force(engine: Any, prompt: list[str], units: list[str]) -> Generated:
    """Return where the model looks while it is made to write given units.

    Args:
        engine: What `open_engine` returned.
        prompt: Units (S).
        units: What it has to write (T).
    """
    (result,) = engine.translate_batch(
        [prompt],
        target_prefix=[units],
        beam_size=1,
        max_decoding_length=len(units),
        return_attention=True,
    )
    return Generated(units, (), result.attention[0])
