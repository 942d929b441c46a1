"""Takes words apart by the grammar of one language and puts them together by the other's.

A word is cut into a stem and an ending or particle of `kosorong.translation.grammar`; the stem is
looked up among the pairs of stems learnt, the ending among its counterparts, and the form of
the new stem that the new ending asks for is written. Jeju is recognised in any spelling: letters
that writers mix (ㅐ and ㅔ, ᆞ and ㅗ, ㅅ and ㅆ at the end) are read as one.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kosorong.text.letters.full_names import is_full_name
from kosorong.text.letters.hangul import LONE_ARAEA, LONE_ARAEA_I, LONE_DOUBLE_ARAEA, nfc, nfd
from kosorong.translation.grammar import Entry, Form, Kind, entries, joined, tails_of
from kosorong.translation.inflection import Bases, bases, stem_guesses
from kosorong.translation.lexemes import Lexeme, StemForms
from kosorong.translation.place import ANYWHERE, WordPlace
from kosorong.translation.shared_stems import to_jeju, to_korean
from kosorong.translation.word_lists import listed

KO_JJE, JJE_KO = "ko-jje", "jje-ko"
# How found: a guess in nats; its own effect was never measured.
UNKNOWN_STEM = -2.0
# How found: the same.
UNKNOWN_LETTER = -0.25
# How found: the same.
OTHER_SPELLING = -0.7
# How found: the same.
MISPLACED, PAUSED = -3.0, -0.7
"""For an ending that closes a sentence in the middle of one, and before a comma."""
# How found: the same.
UNFINISHED = -0.4
"""For an ending that leads on where a sentence may close."""
# How found: the same.
UNASKED = -1.0
"""For an ending that leads on where a question may close."""
# How found: the same.
WRONG_MOOD = -3.0
"""For an ending that asks, or tells, where the sentence does not."""
# How found: jamo; a guess, never tuned; no measurement is on record.
_LEAST_TAIL = 2
_MIXED = str.maketrans(
    {
        "\u1162": "\u1166",
        "\u1164": "\u1168",
        LONE_ARAEA: "\u1169",
        LONE_DOUBLE_ARAEA: "\u116d",
        LONE_ARAEA_I: "\u1166",
        "\u11bb": "\u11ba",
    }
)
_AT = nfd("에")
_DO = (nfd("하"), nfd("ᄒᆞ"))
_MODIFIERS = ("\u11ab", "\u11af")
_AMBIGUOUS = frozenset(listed("ends-words-too"))
_ADJECTIVE_ENDS = listed("ends-adjectives")
_UNMISTAKABLE = listed("surely-particles")
_NO_VERBS = frozenset(listed("nouns-like-verbs"))
_DONE = tuple(nfd(form) for form in ("해", "헤", "ᄒᆞ여", "하여"))
_TO_JEJU, _TO_KOREAN = to_jeju(), to_korean()
_HELPERS = "|".join(listed("helping-verbs"))
_HELPED = re.compile(f"{nfd('해')}(?=(?:{_HELPERS})$)")
"""하- and a verb that helps it, written as one word."""
_SAME = tuple(pair.split("=") for pair in listed("spelled-either-way"))


@dataclass(frozen=True, slots=True)
class Analysis:
    """One way to read a word.

    Attributes:
        text: What it becomes, in jamo.
        plain: The same with the source's stem kept.
        score: Log-likelihood, to compare analyses of one word.
        kind: Which turn of the dial changes the ending; empty where only the stem changes.
        known: Whether the stem is known.
        lexeme: Its stem.
        entry: Its ending, None for a bare noun.
        form: The target's form of it.
    """

    text: str
    plain: str
    score: float
    kind: Kind | Literal[""]
    known: bool
    lexeme: Lexeme
    entry: Entry | None = None
    form: Form | None = None


def folded(text: str) -> str:
    """Return Jeju text (jamo) with the letters that writers mix made one."""
    text = text.translate(_MIXED)
    for a, b in _SAME:
        text = text.replace(a, b)
    return text


def form_key(entry: Entry, form: Form) -> str:
    """Return the name of a pair of endings under which its share is kept."""
    first, mark = entry.korean[0], "." if entry.final else ""
    return f"{mark}{first.slot}{first.open}/{first.closed}>{form.slot}{form.open}/{form.closed}"


class Transducer:
    """Reads and rewrites single words.

    Args:
        way: `ko-jje` or `jje-ko`.
        lexemes: Pairs of stems and nouns.
        shares: Learnt weights of pairs of endings, by `form_key`; the grammar's stand otherwise.
    """

    def __init__(
        self, way: str, lexemes: Sequence[Lexeme], shares: Mapping[str, float] | None = None
    ) -> None:
        self.to_jeju = way == KO_JJE
        self._shares = shares or {}
        self._stems = StemForms(lexemes, self._forms_of)
        self._tails: defaultdict[str, list[tuple[str, Form, Entry]]] = defaultdict(list)
        for entry in entries():
            for shape in entry.korean if self.to_jeju else entry.jeju:
                for slot, tail in tails_of(shape):
                    self._tails[self._key(tail)].append((slot, shape, entry))
        self._longest = max(map(len, self._tails), default=0)
        self._priors = {} if self.to_jeju else self._entry_priors()

        spaced = [*self._stems.spaced, *(text for text in self._tails if " " in text)]
        self._first_words = {text.partition(" ")[0] for text in spaced}
        self._last_words = {text.rpartition(" ")[2] for text in spaced}

    def knows_stem(self, stem: str) -> bool:
        """Tell whether a verb or adjective (dictionary form without 다, in jamo) is known."""
        return any(slot == "C" for slot, _ in self._stems[self._key(stem)])

    def may_join(self, first: str, last: str) -> bool:
        """Tell whether words from `first` to `last` (bare, in jamo) may be one to the grammar."""
        return self._key(first) in self._first_words or self._key(last) in self._last_words

    def _entry_priors(self) -> dict[tuple[tuple[Form, ...], Form], float]:
        """Return how likely each entry is where several share a Jeju form, as logarithms."""
        counts = {
            (entry.korean, form): self._shares.get(form_key(entry, form), form.weight)
            for entry in entries()
            for form in entry.jeju
        }
        best: defaultdict[tuple[str, str | None], float] = defaultdict(float)
        for (_, form), count in counts.items():
            key = form.slot, form.open or form.closed
            best[key] = max(best[key], count)
        return {
            (korean, form): math.log(count / best[form.slot, form.open or form.closed])
            for (korean, form), count in counts.items()
        }

    def _key(self, text: str) -> str:
        return text if self.to_jeju else folded(text)

    def _forms_of(self, lexeme: Lexeme) -> Iterator[tuple[str, str]]:
        if lexeme.pos in "nw":
            yield "B", self._key(lexeme.source)
            return
        seen: set[tuple[str, str]] = set()
        for stem in self._spellings(lexeme.source):
            for slot, forms in bases(stem, not self.to_jeju).items():
                for form in forms:
                    seen.add((slot, self._key(form)))
        yield from sorted(seen)

    def _spellings(self, stem: str) -> tuple[str, ...]:
        do = nfd("ᄒᆞ")
        if self.to_jeju or not stem.endswith(do):
            return (stem,)
        return tuple(stem.removesuffix(do) + nfd(other) for other in ("ᄒᆞ", "허", "하"))

    def analyses(self, word: str, place: WordPlace = ANYWHERE) -> list[Analysis]:
        """Return every analysis of a word.

        Args:
            word: Bare, in jamo.
            place: Where it stands.
        """
        key = self._key(word)
        analyses: list[Analysis] = []
        for cut in range(max(1, len(key) - self._longest), len(key) + 1):
            head, tail = key[:cut], key[cut:]
            stems = self._stems[head]
            if not tail:
                analyses += [self._bare(lexeme) for slot, lexeme in stems if slot == "B"]
            for slot, form, entry in self._tails.get(tail, ()):
                if not _may_stand(entry, place):
                    continue
                out_of_place = _out_of_place(entry, place)
                out_of_place += self._priors.get((entry.korean, form), 0.0)
                known = [x for s, x in stems if s == slot and self._suits(form, x, tail)]
                for lexeme in known:
                    penalty = 0.0 if self._spelled_so(lexeme, word[:cut]) else OTHER_SPELLING
                    penalty += out_of_place
                    analyses += self._rewritten(lexeme, form, entry, penalty, known=True)
                verb = any(s != "B" for s, _ in stems)
                if not known and not verb and _may_be_cut(word[:cut], tail, slot):
                    for lexeme in self._guessed(word, cut, slot, form):
                        penalty = out_of_place + UNKNOWN_STEM + UNKNOWN_LETTER * cut
                        analyses += self._rewritten(lexeme, form, entry, penalty, known=False)
        return analyses

    def _suits(self, form: Form, lexeme: Lexeme, tail: str) -> bool:
        if not _fits(form, lexeme):
            return False
        after = form.after(lexeme.source)
        return after is not None and self._key(after.removeprefix("\x00")) == tail

    def _spelled_so(self, lexeme: Lexeme, head: str) -> bool:
        return self.to_jeju or lexeme.source[:2] == head[:2]

    def _bare(self, lexeme: Lexeme) -> Analysis:
        score = math.log(lexeme.share) + lexeme.prior
        return Analysis(lexeme.target, lexeme.source, score, "", True, lexeme)

    def _guessed(self, word: str, cut: int, slot: str, form: Form) -> Iterator[Lexeme]:
        head = word[:cut]
        if slot == "B":
            # A short particle after an unknown Korean noun is more often the end of some word.
            # Figures stand for names, too, while a text is translated.
            sure = word[cut:].startswith(_UNMISTAKABLE) or head.isdecimal()
            if not self.to_jeju or sure or is_full_name(nfc(head)):
                yield Lexeme(head, head, "n", 1.0)
            return
        if self.to_jeju and form.pos == "a" and not head.endswith(_ADJECTIVE_ENDS):
            return
        for stem in stem_guesses(head, slot, jeju=not self.to_jeju):
            target = to_jeju_stem(stem) if self.to_jeju else to_korean_stem(stem)
            yield Lexeme(stem, target, form.pos or "v", 1.0)

    def _rewritten(
        self, lexeme: Lexeme, form: Form, entry: Entry, penalty: float, *, known: bool
    ) -> Iterator[Analysis]:
        targets = [f for f in self._targets(entry) if _fits(f, lexeme)]
        shares = self._shares if self.to_jeju else {}
        weights = [shares.get(form_key(entry, f), f.weight) for f in targets]
        forms = _noun_forms if lexeme.pos == "n" else self._target_forms
        texts = [joined(lexeme.target, forms(lexeme.target), f) for f in targets]
        alternatives = entry.korean if self.to_jeju else entry.jeju
        penalty += math.log(form.weight / max(f.weight for f in alternatives))
        # Not of their sum: a row is no worse for its many alternatives.
        most = max(
            (w for w, text in zip(weights, texts, strict=True) if text is not None), default=0
        )
        for target, weight, text in zip(targets, weights, texts, strict=True):
            plain = joined(lexeme.source, self._plain_forms(lexeme), target)
            if text is None or weight <= 0:
                continue
            score = penalty + lexeme.prior + math.log(lexeme.share * weight / most)
            yield Analysis(text, plain or text, score, entry.kind, known, lexeme, entry, target)

    def _targets(self, entry: Entry) -> tuple[Form, ...]:
        return entry.jeju if self.to_jeju else entry.korean

    def _plain_forms(self, lexeme: Lexeme) -> Mapping[str, tuple[str, ...]]:
        if lexeme.pos == "n":
            return _noun_forms(lexeme.source)
        # Korean 하 by itself is to do; Jeju's would be to be many.
        more = {slot: (form[0][2:],) for slot, form in bases(_DO[0] * 2, self.to_jeju).items()}
        return more if lexeme.source == _DO[0] else bases(lexeme.source, self.to_jeju)

    def _target_forms(self, stem: str) -> Mapping[str, tuple[str, ...]]:
        return bases(stem, self.to_jeju)


def _may_stand(entry: Entry, place: WordPlace) -> bool:
    """Tell whether what an ending needs around it is there."""
    return (
        (place.said or not entry.said)
        and (place.guessed or not entry.guesses)
        and (place.wonders or not entry.wonders)
        and (place.urges or not entry.urges)
    )


def _out_of_place(entry: Entry, place: WordPlace) -> float:
    """Return what speaks against an ending at a place, as a logarithm."""
    asks = place.stop == "." and place.asks
    if entry.final:
        penalty = {".": 0.0, ",": PAUSED, "": MISPLACED}[place.stop]
        mood = entry.asks != asks or (entry.bids if place.told else entry.told)
        penalty += UNASKED if place.urges != entry.urges else 0.0
        return penalty + (WRONG_MOOD if mood else 0.0)
    penalty = 0.0
    if (entry.within and place.stop == ".") or (place.guessed and not entry.guesses):
        penalty = MISPLACED
    elif entry.kind == "ending" and not entry.asks and place.stop == ".":
        penalty = UNASKED if asks else UNFINISHED
    return penalty + (WRONG_MOOD if entry.asks and not asks else 0.0)


def _may_be_cut(head: str, tail: str, slot: str) -> bool:
    """Tell whether an unknown stem may stand before an ending or particle.

    Short tails end many words that are no verbs (오히려, 멀거니, 장면에서), but not after 하.
    """
    if len(head) < 2 or head.endswith("\u11bb") or (slot == "I" and head.endswith(_AT)):
        return False
    if slot == "I" and head.endswith(_DONE):
        return True
    if slot == "N" and tail in _MODIFIERS:
        return len(head) > 2 and head.endswith(_DO) and head + tail not in _NO_VERBS
    if slot == "B":
        return len(tail) >= _LEAST_TAIL
    if tail in _AMBIGUOUS and not head.endswith(_DO):
        return False
    return len(tail) >= _LEAST_TAIL


def _noun_forms(stem: str) -> Bases:
    return {"B": (stem,)}


def _fits(form: Form, lexeme: Lexeme) -> bool:
    if form.pos == "n" or form.slot == "B":
        return lexeme.pos == "n"
    return lexeme.pos in "va" and form.pos in ("", lexeme.pos)


def to_jeju_stem(stem: str) -> str:
    """Return a Korean stem as Jeju spells what both share: ᄒᆞ for 하, ㅞ for ㅚ.

    >>> from kosorong.text.letters.hangul import nfc
    >>> nfc(to_jeju_stem(nfd("준비하")))
    '준비ᄒᆞ'
    """
    helped = _HELPED.search(stem)
    if helped:
        stem = f"{stem[: helped.start()]}{nfd('헤')}{stem[helped.start() + 2 :]}"
    return _with_last(stem, _TO_JEJU)


def _with_last(stem: str, pairs: Mapping[str, str]) -> str:
    last = next((last for last in pairs if stem.endswith(last)), "")
    return stem.removesuffix(last) + pairs[last] if last else stem


def korean_letters(word: str) -> str:
    """Return a Jeju word (jamo) with the Korean letters that its own became.

    ᆞ became ㅏ in first syllables and ㅡ in later ones, ᄒᆞ- 하, ᆢ ㅕ, ᆡ ㅐ, and 뒈- is 되-.

    >>> from kosorong.text.letters.hangul import nfc
    >>> nfc(korean_letters(nfd("ᄃᆞᆯᄂᆞᆯ"))), nfc(korean_letters(nfd("연주ᄒᆞᆫ다")))
    ('달늘', '연주한다')
    >>> nfc(korean_letters(nfd("ᄆᆡ일")))
    '매일'
    """
    word = word.replace(nfd("ᄒᆞ"), nfd("하")).replace(nfd("뒈"), nfd("되"))
    first = next((n for n, letter in enumerate(word) if letter > "\u1160"), 0) + 1
    head, tail = word[:first], word[first:]
    head, tail = head.replace(LONE_ARAEA, "\u1161"), tail.replace(LONE_ARAEA, "\u1173")
    return (head + tail).replace(LONE_DOUBLE_ARAEA, "\u1167").replace(LONE_ARAEA_I, "\u1162")


def to_korean_stem(stem: str) -> str:
    """Return a Jeju stem as Korean spells what both share."""
    return _with_last(stem, _TO_KOREAN)
