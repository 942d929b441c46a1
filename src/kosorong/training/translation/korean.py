"""Korean as the rules know it: words with their parts of speech, and readings of written words.

Written by `scripts/make_korean_words.py` with a morphological analyser, which neither training
nor serving needs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from kosorong.text.words import word_list

DATA = Path(__file__).parent / "data"
KOREAN_SOURCE = (
    "words of Korean counted in 255688 sentences of chatbot_data, kornlu, nsmc, parakqc, "
    "petitions, question_pair, tatoeba_kor, threei4k_spoken, ud_gsd, ud_kaist, ud_pud"
)
"""What the counts come from, for the model card; licences stand in MODELS.md."""
# How found: the stems by looking at what slipped through; the share is a guess.
_BOTH, _SLIP = frozenset("달쓰"), 0.05
WORDS_NAME, READINGS_NAME = "korean_words.tsv", "korean_readings.tsv"


@cache
def korean_words() -> dict[tuple[str, str], int]:
    """Return how often sentences hold each word, by word and part of speech.

    Parts of speech are `n` (noun, pronoun, numeral), `v` and `a` (stem of a verb, an adjective)
    and `w` (adverb, interjection, determiner).

    >>> korean_words()["예쁘", "a"] > 100, ("예쁘", "v") in korean_words()
    (True, False)
    """
    words = {(word, pos): int(n) for word, pos, n in _rows(WORDS_NAME)}
    return {(w, p): n for (w, p), n in words.items() if not _is_slip(w, p, n, words)}


def _is_slip(word: str, pos: str, n: int, words: Mapping[tuple[str, str], int]) -> bool:
    """Tell whether the analyser took an adjective for a verb here and there, or the reverse."""
    other = {"v": "a", "a": "v"}.get(pos, "")
    return word not in _BOTH and n < _SLIP * words.get((word, other), 0)


@cache
def korean_readings() -> dict[str, tuple[str, str]]:
    """Return the stem, and its part of speech, of written words that could be read otherwise.

    >>> korean_readings()["오는"]
    ('오', 'v')
    """
    words = korean_words()
    read = {w: (stem, pos) for w, stem, pos in _rows(READINGS_NAME) if (stem, pos) in words}
    # Said of a person with respect; the analyser takes it for buying.
    lives = word_list("word_lists.lives", "kosorong.training.translation")
    return read | dict.fromkeys(lives, ("살", "v"))


def _rows(name: str) -> Iterator[tuple[str, ...]]:
    for line in (DATA / name).read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            yield tuple(line.split("\t"))


@cache
def is_adjective(stem: str) -> bool:
    """Tell whether a Korean stem (as written) is an adjective's more often than a verb's.

    >>> [is_adjective(stem) for stem in ("반갑", "괜찮", "먹", "공부하")]
    [True, True, False, False]
    """
    words = korean_words()
    return words.get((stem, "a"), 0) > words.get((stem, "v"), 0)
