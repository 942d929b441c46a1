"""Which whole words, once seen beside each other, may stand for each other again.

Words are tied by where they stand; one tie in six is wrong, and what was seen once is no count.
A pair that the grammar reads on both sides is kept where both analyses have the same ending.
"""

from __future__ import annotations

from kosorong.text.letters.hangul import has_araea, nfc, nfd
from kosorong.training.translation.align import likeness
from kosorong.training.translation.core_words import (
    core_words,
    decided_lemmas,
    set_phrases,
)
from kosorong.translation.lexicon import Lexicon
from kosorong.translation.tables import RuleTable
from kosorong.translation.transducer import KO_JJE, Analysis, Transducer, folded

# How found: with an eye on docs/reference/translation-quality.md; no grid is on record.
ONCE = 1.6
"""What a pair counts at most that was seen once."""
# How found: core words beat what was seen less than three times, 46.0 chrF2 (docs/training-log.md).
OFTEN = 3.0
"""What a pair must count that speaks against a core word."""
# How found: a guess, never tuned; no measurement is on record.
_ALIKE = 0.25
"""Likeness from which several words may stand for others that were seen once."""
_OBJECT = nfd("을")
_SPEAKS_TO = "요"
"""-어요 says, asks and bids: which, only the sentence tells."""


class Soundness:
    """Tells which pairs of source words and target words are worth keeping.

    Args:
        source: Grammar and lexemes of the direction.
        target: Those of the other.
        words: The lexicon.
    """

    def __init__(self, source: RuleTable, target: RuleTable, words: Lexicon) -> None:
        self._choices = source.choices
        self._source = Transducer(source.way, source.lexemes, source.shares)
        self._target = Transducer(target.way, target.lexemes, target.shares)
        korean = source.way == KO_JJE
        whole = core_words()
        self._core = dict([*whole, *set_phrases(words)]) if korean else {j: k for k, j in whole}
        self._decided = decided_lemmas(words)
        self._forms = {
            key: [folded(nfd(form)) for sense in words.senses(*key) for form in sense.targets]
            for key in self._decided
        }

    def __call__(self, text: str, becomes: str, weight: float) -> bool:
        """Tell whether a pair is to be kept.

        Args:
            text: One to three words, bare.
            becomes: What they became most often.
            weight: How often they did.
        """
        if self._core.get(text) == becomes:
            return True
        if not becomes or (text in self._core and self._source.to_jeju and weight < OFTEN):
            return False
        if self._loses_araea(text, becomes):
            return False
        if " " in text:
            alike = likeness(nfd(text.replace(" ", "")), nfd(becomes.replace(" ", "")))
            return weight >= ONCE or alike >= _ALIKE
        analyses = self._read(text)
        if not analyses:
            return weight >= ONCE or " " not in becomes
        decided = [r for r in analyses if self._is_decided(r)]
        if text.endswith(_SPEAKS_TO) or (decided and not self._follows(decided, becomes, weight)):
            return False
        if weight < OFTEN and self._other_particle(analyses, becomes):
            return False
        return weight >= ONCE or self._agree(analyses, becomes)

    def _loses_araea(self, text: str, becomes: str) -> bool:
        """Tell whether a counterpart holds a Korean word whose own has arae-a: 한 가지."""
        lost = (set(text.split()) & set(becomes.split())) if self._source.to_jeju else ()
        return any(
            (word, "w") in self._decided and has_araea(self._decided[word, "w"][0]) for word in lost
        )

    def _other_particle(self, analyses: list[Analysis], becomes: str) -> bool:
        """Tell whether what is done to a noun has got another particle: 꿈을, 꿈에."""
        if not self._source.to_jeju or not all(_is_object(r) for r in analyses):
            return False
        theirs = [r for r in self._target.analyses(nfd(becomes)) if r.known and r.entry]
        nouns = [r for r in theirs if r.lexeme.pos == "n"]
        return bool(nouns) and not any(_is_object(r) for r in nouns)

    def _is_decided(self, analysis: Analysis) -> bool:
        lexeme = analysis.lexeme
        return self._source.to_jeju and (nfc(lexeme.source), lexeme.pos) in self._decided

    def _follows(self, analyses: list[Analysis], becomes: str, weight: float) -> bool:
        """Tell whether a counterpart holds what the lexicon says, or is met too often to pass."""
        bare = [r for r in analyses if r.entry is None]
        if bare:
            return any(nfc(r.text) == becomes for r in bare) and len(bare) == 1
        if weight >= OFTEN and all(r.lexeme.pos != "n" for r in analyses):
            return True
        word = folded(nfd(becomes))
        # 새 옷: what leads on to a noun is no noun itself.
        for analysis in [r for r in analyses if r.lexeme.pos == "w"] or analyses:
            key = nfc(analysis.lexeme.source), analysis.lexeme.pos
            targets = self._forms[key]
            if key[1] == "n":
                # One form for one noun; of several senses only the sentence tells which is meant.
                several = len(self._decided[key]) > 1
                targets = [] if several else [folded(nfd(self._decided[key][0]))]
            if any(word.startswith(t) or t.startswith(word) for t in targets):
                return True
        return False

    def _read(self, text: str) -> list[Analysis]:
        known = [r for r in self._source.analyses(nfd(text)) if r.known]
        choice = self._choices.get(text)
        return [r for r in known if f"{nfc(r.lexeme.source)} {r.lexeme.pos}" == choice] or known

    def _agree(self, analyses: list[Analysis], becomes: str) -> bool:
        if not self._source.to_jeju:
            # Jeju is read in any spelling, and so often wrongly: its copula must not be lost.
            return all(r.kind != "ending" or r.lexeme.target != nfd(becomes) for r in analyses)
        reanalyses = self._target.analyses(nfd(becomes))
        return not {id(r.entry) for r in analyses}.isdisjoint(id(r.entry) for r in reanalyses)


def _is_object(analysis: Analysis) -> bool:
    entry = analysis.entry
    return entry is not None and entry.kind == "particle" and entry.korean[0].closed == _OBJECT
