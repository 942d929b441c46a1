"""Rules between Korean and Jeju: stems, endings, particles and whole words, learnt and counted.

A table holds, for one direction, what words, stems and word ends became in sentences that
were translated by people, with their shares. A word is taken apart at the place where stem and
end are best attested together; what no sentence attests stays as it is. No analyser is needed:
everything is looked up on jamo strings.

The table backs the neural translator up, makes synthetic training pairs, and is the dial
between Korean and Jeju: endings change first, then particles, then words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from kosorong.text.letters.hangul import (
    around,
    bare_word,
    broken_jamo,
    has_araea,
    has_hangul,
    nfc,
    nfd,
)
from kosorong.text.letters.particles import with_korean_nouns
from kosorong.text.tables import TRANSLATION
from kosorong.text.words import any_of
from kosorong.translation.context import in_context
from kosorong.translation.cues import Around, sense_and_cues
from kosorong.translation.homographs import HELPING, by_object, is_unclosed, likely
from kosorong.translation.joined_words import RUN_ON, parted, respelled
from kosorong.translation.linked_spelling import unlinked
from kosorong.translation.names import head_of, is_surname
from kosorong.translation.place import ANYWHERE, WordPlace, place_of
from kosorong.translation.readings import Reading, doubt_of, lemma_of, word_key
from kosorong.translation.shared_stems import syllables
from kosorong.translation.tables import KINDS, Kind, RuleTable
from kosorong.translation.transducer import JJE_KO, KO_JJE, Analysis, Transducer, korean_letters

# How found: a guess, never tuned; no measurement is on record.
LONGEST_PHRASE = 3
# How found: moved from 0.45 to 0.47 by docs/reference/translation-quality.md; no grid.
SURE_PHRASE = 0.47
# How found: a guess, never tuned; no measurement is on record.
ATTESTED = 0.4
# How found: a guess, never tuned; no measurement is on record.
_UNKNOWN_STEM = -1.5
# How found: a guess, never tuned; no measurement is on record.
_UNKNOWN_LETTER = -0.2
_DO = syllables()
_DOES = re.compile(
    "하(?=[는여고며면게지기였자던더니려도셔시십])|해(?=[서도야하요지보주]|$)|했|[한할]$|"
    "함(?=$|[에을이은의]|으로)"
)
"""하다 behind a noun, as no noun ends or goes on."""
_DOES_NOW = re.compile("하[는던]|한다|했")
_DONE_TO = re.compile("(.+)(?:하[는던면며여]|한|할|했.*)")
# How found: set by hand, see `_ends_as_verb`; no count is on record.
_SYLLABLES_OF_ENDING = 2
_COMPOUND = re.compile(f"(.+?)((?:{any_of('word_lists.compound-ends', TRANSLATION)}).*)")
# How found: no measure; the place of a word by itself.
_ALONE = (0, 1)
LONGEST_PART = 14
"""Jamo of the longest word end that is looked up."""


@dataclass(frozen=True, slots=True)
class WordChange:
    """One step of a translation by rules.

    Attributes:
        source: First source word and end, half open.
        text: What stands for them, punctuation included.
        lemma: The first word as a dictionary has it, where there is a doubt.
        doubt: What speaks against it, of `kosorong.ports.DOUBTS`; empty where nothing does.
    """

    source: tuple[int, int]
    text: str
    lemma: str = ""
    doubt: str = ""


class RuleTranslator:
    """Translates by a table.

    Args:
        table: The rules of one direction.

    >>> from kosorong.translation.tables import RulePart
    >>> table = RuleTable(ends={"": RulePart("", 0.5), "ᄆᆞ": RulePart("", 1.0)})
    >>> RuleTranslator(table).translate("가나, 다!")
    '가나, 다!'
    """

    def __init__(self, table: RuleTable) -> None:
        self.table = table

    @cached_property
    def _grammar(self) -> Transducer | None:
        # Only when it is asked for: most processes translate in one direction.
        table = self.table
        return Transducer(table.way, table.lexemes, table.shares) if table.way else None

    def knows(self, word: str) -> bool:
        """Tell whether a Korean word can be read: by a known stem, or by an ending of its own.

        Args:
            word: A word without punctuation, NFC.
        """
        if word in self.table.phrases or self._grammar is None:
            return word in self.table.phrases
        analyses = self._grammar.analyses(nfd(word))
        if any(r.known or _ends_as_verb(word, r) for r in analyses):
            return True
        if self._compound(word, None, KINDS, ANYWHERE):
            return True
        done = _DONE_TO.fullmatch(word) if self._grammar.to_jeju else None
        if done and any(r.known and r.entry is None for r in self._grammar.analyses(nfd(done[1]))):
            return True
        return self._grammar.to_jeju and len(parted(word, self._grammar, self.table.phrases)) > 1

    def translate(self, text: str, kinds: tuple[Kind, ...] = KINDS) -> str:
        """Return the text with every attested word changed.

        Args:
            text: A segment, NFC.
            kinds: What may change.
        """
        return " ".join(change.text for change in self.changes(text, kinds))

    def changes(self, text: str, kinds: tuple[Kind, ...] = KINDS) -> list[WordChange]:
        """Return what every word, or two words, became, in order."""
        words, owners = self._words(text)
        changed_words: list[WordChange] = []
        n = 0
        while n < len(words):
            for step in range(min(LONGEST_PHRASE, len(words) - n), 0, -1):
                group = words[n : n + step]
                place = place_of(words, n + step)
                span = (n, n + step)
                if step > 1:
                    several = self._several(group, kinds, place)
                    change = None if several is None else WordChange(span, several)
                else:
                    change = self._single(words, n, kinds, place)
                if change is not None:
                    owned = owners[n], owners[n + step - 1] + 1
                    changed_words.append(replace(change, source=owned))
                    n += step
                    break
        return _of_whole_words(changed_words)

    def _words(self, text: str) -> tuple[list[str], list[int]]:
        """Return the words as they are read, and which written word each is of."""
        words: list[str] = []
        owners: list[int] = []
        texts = text.split()
        for n in range(len(texts)):
            if self.table.way != KO_JJE or self._grammar is None:
                return texts, [*range(len(texts))]
            written = respelled(texts, n, self._grammar)
            parts = [written]
            if RUN_ON.search(written):
                before, core, after = around(written)
                inside = not after and n + 1 < len(texts)
                parts = parted(core, self._grammar, self.table.phrases, inside=inside)
                parts[0], parts[-1] = before + parts[0], parts[-1] + after
            words += parts
            owners += [n] * len(parts)
        return words, owners

    def _single(
        self, words: list[str], n: int, kinds: tuple[Kind, ...], place: WordPlace
    ) -> WordChange:
        span = (n, n + 1)
        before, core, after = around(words[n])
        if not core or (self.table.way == KO_JJE and is_surname(words, n)):
            return WordChange(span, words[n])
        context = (words, n) if self.table.way == KO_JJE else None
        change = self._core(core, kinds, place, context)
        text = f"{before}{change.text}{after}"
        if context:
            text = in_context(words, n, text)
        return replace(change, source=span, text=text)

    def _several(self, words: list[str], kinds: tuple[Kind, ...], place: WordPlace) -> str | None:
        """Return what a group of words becomes; None where it is no phrase."""
        before, _, inside = around(words[0])
        between, _, after = around(words[-1])
        group = " ".join(words)
        core = bare_word(group)
        if inside or between or core != group[len(before) : len(group) - len(after)]:
            return None
        part = self.table.phrases.get(core) if "word" in kinds else None
        if part is not None:
            return f"{before}{part.text}{after}"
        last = nfd(bare_word(words[-1]))
        if self._grammar is None or not self._grammar.may_join(nfd(bare_word(words[0])), last):
            return None
        reading = self._read(core, place)
        if reading is None or not reading.analysis.known or not kinds:
            return None
        return f"{before}{_told(reading.analysis, core, kinds)}{after}"

    def word(self, word: str, kinds: tuple[Kind, ...] = KINDS, place: WordPlace = ANYWHERE) -> str:
        """Return one word changed; punctuation around it stays.

        Args:
            word: A word.
            kinds: What may change.
            place: Where it stands.
        """
        before, core, after = around(word)
        if not core:
            return word
        return f"{before}{self._core(core, kinds, place).text}{after}"

    def _core(
        self,
        core: str,
        kinds: tuple[Kind, ...],
        place: WordPlace,
        context: tuple[Sequence[str], int] | None = None,
    ) -> WordChange:
        if self._does(core, kinds, place):
            return WordChange(_ALONE, f"{core[:-2]}ᄒᆞ고")
        phrase = self.table.phrases.get(core) if "word" in kinds else None
        if phrase is not None and place.helps and self._helps(core, place):
            phrase = None
        if phrase is not None and place.stop == "." and is_unclosed(core, phrase.text):
            phrase = None
        if phrase is not None and phrase.share >= SURE_PHRASE:
            return WordChange(_ALONE, phrase.text)
        reading = self._read(core, place, context)
        analysis = None if reading is None else reading.analysis
        compound = self._compound(core, analysis, kinds, place) if phrase is None else ""
        if compound:
            return WordChange(_ALONE, compound)
        worth = -math.inf
        if phrase is not None:
            worth = math.log(phrase.share) + self._attestation(phrase.text)
        stays = phrase is not None and analysis is not None and analysis.lexeme.pos == "w"
        if analysis is not None and analysis.known and not stays and self._worth(analysis) > worth:
            text = _told(analysis, core, kinds)
            return WordChange(_ALONE, text, lemma_of(analysis), doubt_of(reading, core, text))
        if phrase is not None:
            return WordChange(_ALONE, phrase.text)
        return self._guessed(core, kinds, analysis)

    def _guessed(self, core: str, kinds: tuple[Kind, ...], analysis: Analysis | None) -> WordChange:
        """Return what becomes of a word that neither grammar nor sources know."""
        by_parts, score = self._by_parts(core, kinds)
        if analysis is not None and analysis.score > score:
            text = _told(analysis, core, kinds)
            return WordChange(_ALONE, text, lemma_of(analysis), "unknown_word")
        back = self.table.way == JJE_KO
        text = _without_araea(by_parts) if back else self._spelled(by_parts, kinds)
        return WordChange(_ALONE, text, head_of(core), "unknown_word" if has_hangul(core) else "")

    def _spelled(self, word: str, kinds: tuple[Kind, ...]) -> str:
        """Return a Korean word that no rule reads with its 하- and its past spelled as Jeju's."""
        if "word" not in kinds or self._grammar is None:
            return word
        for n, syllable in enumerate(word):
            does = _DOES.match(word, n) if n > 1 or _DOES_NOW.match(word, n) else None
            if n and syllable in _DO and (does or self._grammar.knows_stem(nfd(f"{word[:n]}하"))):
                word = word[:n] + _DO[syllable] + word[n + 1 :]
                break
        return nfc(nfd(word).replace("\u11bb", "\u11ba"))

    def read_in(self, words: Sequence[str], n: int) -> Analysis | None:
        """Return how one word of a text is taken apart; None where no grammar reads it.

        Args:
            words: The text, split at white space.
            n: Which of its words.
        """
        core = bare_word(words[n])
        reading = self._read(core, place_of(words, n + 1), (words, n)) if core else None
        return None if reading is None else reading.analysis

    def _does(self, core: str, kinds: tuple[Kind, ...], place: WordPlace) -> bool:
        """Tell whether -하고 does something to what stands before, so that it is no particle."""
        if self.table.way != KO_JJE or "word" not in kinds or not place.beside or place.stop:
            return False
        noun = core.removesuffix("하고")
        # 발하고, 합하고; behind a longer noun it is company (빵을 친구하고), or its verb is known.
        return len(noun) == 1 and noun != core and not self.table.phrases.get(core)

    def _compound(
        self, core: str, analysis: Analysis | None, kinds: tuple[Kind, ...], place: WordPlace
    ) -> str:
        """Return a tree or field that no table holds by its last part; empty for other words."""
        parts = _COMPOUND.fullmatch(core) if self.table.way == KO_JJE and "word" in kinds else None
        if parts is None or (
            analysis is not None and analysis.lexeme.target != analysis.lexeme.source
        ):
            return ""
        first, last = parts.groups()
        read_first, read_last = self._read(first, ANYWHERE), self._read(last, place)
        grown = None if read_last is None else read_last.analysis.lexeme
        if grown is None or not nfd(last).startswith(grown.source) or grown.pos != "n":
            return ""
        kind = None if read_first is None else read_first.analysis
        own = nfc(kind.text) if kind and kind.known and kind.entry is None else first
        return own + self._core(last, kinds, place).text

    def _helps(self, core: str, place: WordPlace) -> bool:
        """Tell whether a word is 버리- that helps the verb before it, and no throwing away."""
        reading = self._read(core, place)
        lexeme = None if reading is None else reading.analysis.lexeme
        return lexeme is not None and {lexeme.source, lexeme.target} == HELPING

    def _read(
        self, core: str, place: WordPlace, context: tuple[Sequence[str], int] | None = None
    ) -> Reading | None:
        if self._grammar is None:
            return None
        analyses = [
            analysis
            for analysis in self._grammar.analyses(nfd(core), place)
            if not broken_jamo(nfc(analysis.text))
        ]
        if self.table.way == JJE_KO and not any(r.known for r in analyses):
            analyses = self._unlinked(core, place) or analyses
        if self.table.way == KO_JJE:
            analyses = likely(analyses, nfd(core), place)
        analyses = self._chosen(core, by_object(analyses, place), place)
        by_chance: Collection[str] = ()
        if self.table.senses:
            analyses, by_chance = self._meant(analyses, context or ([core], 0))
        if not analyses:
            return None
        worths = [(r.known, self._worth(r)) for r in analyses]
        best = analyses[worths.index(max(worths))]
        rivals = (
            worth
            for (known, worth), r in zip(worths, analyses, strict=True)
            if known
            and r.lexeme == best.lexeme
            and r.entry is not best.entry
            and r.text != best.text
        )
        margin = max(worths)[1] - max(rivals, default=-math.inf)
        return Reading(best, margin, word_key(best) in by_chance)

    def _unlinked(self, core: str, place: WordPlace) -> list[Analysis]:
        """Return analyses of a Jeju verb written as it sounds: 부럿저 for 불엇저."""
        if self._grammar is None:
            return []
        return [
            analysis
            for word in unlinked(core)
            for analysis in self._grammar.analyses(nfd(word), place)
            if analysis.known and analysis.entry and not broken_jamo(nfc(analysis.text))
        ]

    def _meant(
        self, analyses: list[Analysis], context: tuple[Sequence[str], int]
    ) -> tuple[list[Analysis], Collection[str]]:
        """Return the analyses without senses that the words around do not tell of.

        With them go the words of which a sense was taken that nothing tells of, or a rarer one.
        """
        meant: dict[str, str] = {}
        by_chance: set[str] = set()
        for analysis in analyses:
            word = word_key(analysis)
            if word in self.table.senses and word not in meant:
                senses = self.table.senses[word]
                around_it = Around(*context, nfc(analysis.lexeme.source))
                n, cues = sense_and_cues([near for _, near in senses], around_it)
                meant[word] = nfd(senses[n][0])
                if n or not cues:
                    by_chance.add(word)
        kept = [r for r in analyses if meant.get(word_key(r), r.lexeme.target) == r.lexeme.target]
        return (kept if any(r.known for r in kept) else analyses), by_chance

    def _chosen(self, core: str, analyses: list[Analysis], place: WordPlace) -> list[Analysis]:
        """Return the analyses of the stem that a written word is known to have."""
        choice = self.table.choices.get(core, "")
        if place.wonders and choice.endswith(" n"):
            # 어디 가지? closes with a verb.
            return analyses
        # Those counted as 나무들 are 나무 and 들 as well.
        chosen = (choice, choice.replace("들 n", " n"))
        return [r for r in analyses if word_key(r) in chosen] or analyses

    def _worth(self, analysis: Analysis) -> float:
        return analysis.score + self._attestation(nfc(analysis.text))

    def _attestation(self, text: str) -> float:
        """Return what it adds that sources hold the words of a text."""
        words = text.split()
        counted = (math.log1p(self.table.attested.get(word, 0)) for word in words)
        return ATTESTED * sum(counted) / max(1, len(words))

    def _by_parts(self, core: str, kinds: tuple[Kind, ...]) -> tuple[str, float]:
        letters = nfd(core)
        best, changed = -math.inf, letters
        for cut in range(max(0, len(letters) - LONGEST_PART), len(letters) + 1):
            end = self.table.ends.get(letters[cut:])
            if end is None:
                continue
            stem = self.table.stems.get(letters[:cut])
            if stem is None:
                score = math.log(end.share) + _UNKNOWN_STEM + _UNKNOWN_LETTER * cut
            else:
                score = math.log(end.share) + math.log(stem.share)
            if score > best:
                head = letters[:cut] if stem is None or stem.kind not in kinds else stem.text
                tail = letters[cut:] if end.kind not in kinds else end.text
                # A stem and an end that were never seen together may leave half a syllable.
                if not broken_jamo(nfc(head + tail)):
                    best, changed = score, head + tail
        return nfc(changed), best


def _of_whole_words(changes: list[WordChange]) -> list[WordChange]:
    """Return changes with those of one written word made one."""
    whole: list[WordChange] = []
    for change in changes:
        if whole and change.source[0] < whole[-1].source[1]:
            first = whole.pop()
            span = first.source[0], change.source[1]
            doubtful = first if first.doubt else change
            whole.append(replace(doubtful, source=span, text=f"{first.text} {change.text}"))
        else:
            whole.append(change)
    return whole


def _without_araea(word: str) -> str:
    return nfc(korean_letters(nfd(with_korean_nouns(word)))) if has_araea(word) else word


def _ends_as_verb(word: str, analysis: Analysis) -> bool:
    """Tell whether an unknown word has an ending of two syllables, which no name has."""
    more = len(word) - len(nfc(analysis.lexeme.source))
    return analysis.lexeme.pos != "n" and more >= _SYLLABLES_OF_ENDING


def _told(analysis: Analysis, core: str, kinds: tuple[Kind, ...]) -> str:
    if "word" in kinds:
        return nfc(analysis.text)
    return nfc(analysis.plain) if analysis.kind in kinds else core
