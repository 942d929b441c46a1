"""The dial between Korean and Jeju, measured: how many sentences stay well formed at each step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kosorong.text.letters.hangul import has_araea
from kosorong.translation.form_checks import faults_of
from kosorong.translation.translator import NeuralTranslator

# How found: a choice: four steps that a reader can tell apart.
STEPS = (0.0, 1 / 3, 2 / 3, 1.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One position of the dial.

    Attributes:
        strength: 0 to 1.
        sentences: How many were translated.
        sound: Share without a malformed word.
        changed: Share of the words that are not the Korean ones.
        faults: What was wrong, with the sentence's name.
    """

    strength: float
    sentences: int
    sound: float
    changed: float
    faults: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """One line for the screen, and one a fault."""
        head = (
            f"strength {self.strength:.2f}: {100 * self.sound:.1f} % of {self.sentences} sentences "
            f"pass, {100 * self.changed:.0f} % of the words changed"
        )
        return "\n".join([head, *(f"  {where}: {fault}" for where, fault in self.faults)])


def steps_of(translator: NeuralTranslator, sentences: Sequence[tuple[str, str]]) -> list[Step]:
    """Translate sentences at every position of the dial and check the forms of the words.

    Args:
        translator: Who translates.
        sentences: Name and Korean sentence.
    """
    usable = [(where, text) for where, text in sentences if text and not has_araea(text)]
    return [_step(translator, usable, strength) for strength in STEPS]


def _step(
    translator: NeuralTranslator, sentences: Sequence[tuple[str, str]], strength: float
) -> Step:
    translations = translator.translate([text for _, text in sentences], strength=strength)
    faults: list[tuple[str, str]] = []
    words = changed = 0
    for (where, text), translation in zip(sentences, translations, strict=True):
        faults += [(where, fault) for fault in faults_of(text, translation.text)]
        own, source = translation.text.split(), set(text.split())
        words += len(own)
        changed += sum(word not in source for word in own)
    broken = len({where for where, _ in faults})
    total = len(sentences)
    return Step(strength, total, 1 - broken / max(1, total), changed / max(1, words), tuple(faults))
