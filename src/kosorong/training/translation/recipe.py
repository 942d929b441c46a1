"""The translator's recipe: every key of `recipes/translation/*.yaml`."""

from __future__ import annotations

from dataclasses import dataclass, field

from kosorong.ports import LANGUAGES
from kosorong.training.common.experiment import LoopConfig
from kosorong.training.translation.model import ModelConfig
from kosorong.translation.prompt import STYLE_TAGS


@dataclass(frozen=True, slots=True)
class Phase:
    """What batches are mixed from during one stretch of the run.

    Attributes:
        until: Share of all steps at which the phase ends; the last one is 1.0.
        dialogue: Share of everyday dialogue pairs.
        sentence: Share of other sentence pairs (proverbs, examples).
        lexicon: Share of dictionary entries.
        synthetic: Share of pairs made by rules.
        other: Share of pairs of no named style: corrections, corpora brought by the user.
    """

    until: float
    dialogue: float = 0.0
    sentence: float = 0.0
    lexicon: float = 0.0
    synthetic: float = 0.0
    other: float = 0.0

    def shares(self) -> dict[str, float]:
        """Return the shares by pool."""
        return {
            "dialogue": self.dialogue,
            "sentence": self.sentence,
            "lexicon": self.lexicon,
            "synthetic": self.synthetic,
            "other": self.other,
        }


@dataclass(frozen=True, slots=True)
class TranslationRecipe:
    """How a translator is trained.

    Attributes:
        model: Its size.
        loop: Steps, learning rate, averaging.
        phases: Mixtures of the run, in order.
        vocabulary: Units in all.
        bpe_dropout: Chance that a merge is passed over in training.
        letters: Letters of a batch, source, hint and target with padding.
        label_smoothing: Share of probability spread over the vocabulary.
        alignment: Weight of the alignment loss.
        weight_decay: Of AdamW.
        hint: Whether the model reads what the rules made.
        parts: Parts of the corpus for honest hints.
        synthetic: Korean sentences that synthetic pairs are made of.
        sources: Sources of these sentences; empty means all.
        noise: Chance that a word of a synthetic pair's hint is spoilt.
        beam: Width of the search that the exported bundle asks for.
        start_from: Folder of a run whose units and averaged weights this one starts from.
        leave_out: Styles of pairs that nothing is learnt from, nor from pairs of other styles with
            the same text: what `start_from` of measured folds must not have seen.
        style: What the exported bundle's translations should read like, a key of `STYLE_TAGS`.
        least_confidence: Confidence below which the exported bundle lets the rules stand in.
        network_towards: Languages towards which the exported bundle asks the network; towards the
            others the rules translate.
    """

    model: ModelConfig = field(default_factory=ModelConfig)
    loop: LoopConfig = field(default_factory=LoopConfig)
    phases: tuple[Phase, ...] = (
        Phase(0.5, dialogue=0.5, sentence=1.0, lexicon=1.0, synthetic=6.0),
        Phase(1.0, dialogue=2.0, sentence=3.0, lexicon=0.5, synthetic=1.0),
    )
    vocabulary: int = 2_000
    bpe_dropout: float = 0.1
    letters: int = 4_000
    label_smoothing: float = 0.1
    alignment: float = 0.1
    weight_decay: float = 0.01
    hint: bool = True
    parts: int = 5
    synthetic: int = 20_000
    sources: tuple[str, ...] = ()
    noise: float = 0.2
    beam: int = 2
    start_from: str = ""
    leave_out: tuple[str, ...] = ()
    style: str = "dialogue"
    least_confidence: float = 0.0
    network_towards: tuple[str, ...] = LANGUAGES

    def __post_init__(self) -> None:
        if not self.phases or self.phases[-1].until != 1.0:
            raise ValueError("the last phase must end at 1.0")
        if self.style not in STYLE_TAGS:
            raise ValueError(f"style must be one of {', '.join(STYLE_TAGS)}")
        if not set(self.network_towards) <= set(LANGUAGES):
            raise ValueError(f"network_towards must be of {', '.join(LANGUAGES)}")

    def phase_at(self, step: int) -> Phase:
        """Return the phase of a step."""
        share = step / self.loop.steps
        return next((p for p in self.phases if share <= p.until), self.phases[-1])
