"""The speller with the lexicon that translators are made with."""

from __future__ import annotations

import pytest

from kosorong.spelling.speller import Speller
from kosorong.training.translation.core_words import lexicon


@pytest.fixture(scope="session")
def speller() -> Speller:
    return Speller(lexicon())
