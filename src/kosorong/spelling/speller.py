"""Is this written by the 제주어 표기법: every word of a text, asked of the rules and the lexicon.

What no table holds is unsure, never wrong; so is what the sources write in several ways. Korean
words are left alone: for them the notice names the Korean orthography.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import NamedTuple

from kosorong.bundle import Bundle, find_bundle, open_bundle
from kosorong.ports import JEJU
from kosorong.spelling.findings import Finding, Spelling, Verdict
from kosorong.spelling.rules import Rule, clauses, rules
from kosorong.spelling.words import Near, Words
from kosorong.text.langid import language_of, points
from kosorong.text.letters.hangul import HANGUL_RUN, has_araea, nfc, nfd
from kosorong.text.letters.jamo import Syllable, compose
from kosorong.text.letters.normalize import normalize
from kosorong.translation.lexicon import Lexicon, lexicon_of

_SPACE = re.compile(r"(\s+)")
_VOWEL = re.compile("[\u1161-\u11a7]")
_SURE = 3
"""Weight of a row that sources hold."""
_REMEMBERED = 10_000
"""Words whose findings are kept: every text has the same few over and over."""
_FEW = 2
"""Habits of the modern spelling in a text without ㆍ; of more the text is told once."""
# A sign of a keyboard that has no ㆍ, between letters that make no syllable without it.
_DOT = re.compile("(?<=[ㄱ-ㅎ])[、.,˙ᆞ](?=[ㄱ-ㅎ]?[가-힣]|[ㄱ-ㅎ](?![ㄱ-ㅎ]))")
_TYPED_SYLLABLE = re.compile(
    "([ㄱ-ㄲㄴㄷ-ㄹㅁ-ㅃㅅ-ㅎ])([ㅏ-ㅣ])([ㄱ-ㄷㄹ-ㅂㅄ-ㅆㅇㅈㅊ-ㅎ](?![ㅏ-ㅣ]))?"
)
_TYPED_APART = re.compile("[ㄱ-ㅎ][ㆍㆎ·・•‧∙⋅･、.,˙ᆞㅏ-ㅣ]")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a text: as it stands, where, as it was typed, its neighbour and its line."""

    text: str
    start: int
    typed: str
    before: str
    line: str = ""

    @property
    def end(self) -> int:
        return self.start + len(self.text)


class Speller:
    """Looks after the spelling of Jeju.

    Args:
        lexicon: The words that are known; see `kosorong.translation.lexicon.lexicon_of`.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._jeju = Words(lexicon, jeju=True, jeju_endings=True)
        self._korean = Words(lexicon, jeju=False, jeju_endings=False)
        self._mixed = Words(lexicon, jeju=False, jeju_endings=True)
        self._broken = lru_cache(maxsize=_REMEMBERED)(self._broken_by)
        self._kind = lru_cache(maxsize=_REMEMBERED)(self._kind_of)

    def spell(self, text: str) -> Spelling:
        """Return what is right, wrong and unsure in a text, word by word.

        Args:
            text: Jeju, however it was typed.
        """
        written, words = _words_of(text)
        findings: list[Finding] = []
        for word in words:
            findings += self._of_word(word, jeju=_is_jeju(word.line))
        mended = _mended(written, findings)
        modern = _is_modern(written, findings)
        told = tuple(_told_once(findings) if modern else findings)
        return Spelling(written, _verdict_of(told), modern, mended, told)

    def _of_word(self, word: _Word, *, jeju: bool) -> list[Finding]:
        spaced = [*_of_spacing(word)]
        if spaced:
            return spaced
        found = [*_of_typing(word)]
        letters = nfd(word.text)
        broken, mended = self._broken(letters, jeju)
        found += [_finding(word, rule, verdict, (nfc(mended),)) for rule, verdict in broken]
        return found or [self._standing(word, letters)]

    def _broken_by(self, letters: str, jeju: bool) -> tuple[list[tuple[Rule, Verdict]], str]:
        """Return the rules that a word in jamo breaks, and what it would be."""
        korean = self._is_korean(letters)
        if korean and not jeju:
            return [], letters
        broken: list[tuple[Rule, Verdict]] = []
        known = self._jeju.knows(letters)
        for rule in rules("pattern"):
            mended = rule.mend(letters)
            if mended == letters or (known and rule.verdict not in ("never", "doubt")):
                continue
            verdict = self._verdict(rule, mended, korean)
            if verdict == "unsure" and rule.verdict == "known" and not self._near(mended):
                # Nobody knows such a word: the ending may be a part of it.
                continue
            broken.append((rule, verdict))
            letters, known = mended, self._jeju.knows(mended)
        if not known and _stays(letters) is None:
            near = self._near(letters)
            if near:
                binding = not korean and self._binds(letters, *near)
                broken += [(r, "wrong" if binding and firm else "unsure") for r, firm in near[1]]
                letters = near[0].letters
        return broken, letters

    def _verdict(self, rule: Rule, mended: str, korean: bool) -> Verdict:
        if rule.verdict == "never":
            return "wrong"
        if rule.verdict in ("unsure", "doubt") or korean:
            return "unsure"
        near = self._near(mended)
        known = self._jeju.knows(mended) or (near is not None and near[0].weight >= _SURE)
        return "wrong" if rule.verdict == "wrong" or known else "unsure"

    def _binds(self, letters: str, near: Near, steps: list[tuple[Rule, bool]]) -> bool:
        """Tell whether a known word is surely what was meant."""
        listed = any(one.letters == letters for one in self._jeju.near(letters))
        long = len(_VOWEL.findall(letters)) > 1
        return near.weight >= _SURE and len(steps) == 1 and long and not listed

    def _near(self, letters: str) -> tuple[Near, list[tuple[Rule, bool]]] | None:
        """Return the known word that is nearest, and the rules by whose letters it differs."""
        best: tuple[Near, list[tuple[Rule, bool]]] | None = None
        for near in self._jeju.near(letters):
            steps = _steps(letters, near.letters)
            if steps is None or not near.weight:
                continue
            if best is None or (len(steps), -near.weight) < (len(best[1]), -best[0].weight):
                best = near, steps
        return best

    def _is_korean(self, letters: str) -> bool:
        word = nfc(letters)
        return not has_araea(word) and (self._korean.knows(letters) or points(word) < 0)

    def _standing(self, word: _Word, letters: str) -> Finding:
        """Return the finding of a word that breaks no rule."""
        rule = _stays(letters)
        if rule is not None:
            return _finding(word, rule, "right", ())
        return _STANDING[self._kind(letters)].at(word)

    def _kind_of(self, letters: str) -> str:
        if self._jeju.knows(letters):
            return "known"
        korean = self._is_korean(letters) or self._mixed.knows(letters)
        return "korean" if korean else "unknown"


class _Standing(NamedTuple):
    """What is said of a word that breaks no rule."""

    verdict: Verdict
    rule: str
    why: str
    english: str

    def at(self, word: _Word) -> Finding:
        return Finding(
            word.text, word.start, word.end, self.verdict, self.rule,
            why=self.why, why_english=self.english,
        )  # fmt: skip


_STANDING = {
    one.rule: one
    for one in (
        _Standing(
            "right", "known", "사전과 어미표에 있는 꼴이다.", "Lexicon and grammar write it so."
        ),
        _Standing(
            "right", "korean", "한국어 낱말이라 그대로 둔다.", "A Korean word; it is left alone."
        ),
        _Standing(
            "unsure", "unknown", "어느 표에도 없어 알 수 없다.",
            "It stands in no table; nothing can be told.",
        ),
    )
}  # fmt: skip


def speller_of(bundle: Bundle) -> Speller:
    """Return a speller that knows the words of a translator's bundle.

    Without a lexicon in it the rules alone answer, and what they do not know is unsure.

    Raises:
        TableError: A row of the lexicon cannot be read.
    """
    return Speller(lexicon_of(bundle))


@lru_cache(maxsize=2)
def open_speller(translator: str = "") -> Speller:
    """Open the speller of an installed translator, of the first one where no name is given.

    Raises:
        BundleError: There is no such translator.
    """
    return speller_of(open_bundle(find_bundle("translator", translator), "translator"))


def spell(text: str, translator: str = "") -> Spelling:
    """Tell what in a Jeju text is written by the 제주어 표기법, and what is not.

    Args:
        text: Jeju, however it was typed.
        translator: Whose lexicon is asked; the first installed one's where empty.

    Raises:
        BundleError: There is no such translator.
    """
    return open_speller(translator).spell(text)


def _words_of(text: str) -> tuple[str, list[_Word]]:
    """Return the normalised text and its words."""
    written, words, before = "", [], ""
    for run in _SPACE.split(text):
        plain = _put_together(run)
        apart = run if _TYPED_APART.search(run) and plain != run else ""
        for found in HANGUL_RUN.finditer(plain):
            words.append(_Word(found[0], len(written) + found.start(), apart, before))
            before = found[0] if found.end() == len(plain) else ""
        written += plain
    lines = written.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    return written, [replace(w, line=lines[bisect(starts, w.start) - 1]) for w in words]


def _put_together(run: str) -> str:
    """Return a run of a text in canonical form, letters typed apart as syllables."""
    plain = normalize(_DOT.sub("ㆍ", run))
    return _TYPED_SYLLABLE.sub(lambda typed: compose(Syllable(*typed.groups(""))), plain)


@lru_cache(maxsize=16)
def _is_jeju(line: str) -> bool:
    return language_of(line) == JEJU


def _of_typing(word: _Word) -> Iterator[Finding]:
    if word.typed:
        (rule,) = rules("typed")
        yield replace(_finding(word, rule, "wrong", (word.text,)), word=word.typed)


def _of_spacing(word: _Word) -> Iterator[Finding]:
    for rule in rules("spaced"):
        if word.before and rule.pattern.fullmatch(nfd(word.text)):
            yield _finding(word, rule, "unsure", (word.before + word.text,))


def _steps(written: str, right: str) -> list[tuple[Rule, bool]] | None:
    """Return the rules by which two words of one length differ, and whether each binds.

    A letter binds in the first syllable: further on, sources write ㆍ in several ways.
    """
    steps: dict[str, tuple[Rule, bool]] = {}
    first = _VOWEL.search(right)
    for place, pair in enumerate(zip(written, right, strict=True)):
        if pair[0] == pair[1]:
            continue
        rule = next((rule for rule in rules("letters") if pair in rule.pairs), None)
        if rule is None:
            return None
        firm = first is not None and place <= first.end()
        firm = firm and rule.verdict == "wrong"
        steps[rule.name] = rule, firm and steps.get(rule.name, (rule, True))[1]
    return list(steps.values())


def _stays(letters: str) -> Rule | None:
    """Return the rule by which a word in jamo is right as it stands."""
    return next((rule for rule in rules("stays") if rule.pattern.search(letters)), None)


def _finding(word: _Word, rule: Rule, verdict: Verdict, right: tuple[str, ...]) -> Finding:
    return Finding(
        word.text, word.start, word.end, verdict, rule.name, rule.clause.number,
        rule.clause.korean, rule.clause.english, right, rule.korean, rule.english,
    )  # fmt: skip


def _verdict_of(findings: Sequence[Finding]) -> Verdict:
    verdicts = {finding.verdict for finding in findings}
    return "wrong" if "wrong" in verdicts else "unsure" if "unsure" in verdicts else "right"


def _mended(text: str, findings: Sequence[Finding]) -> str:
    """Return a text with what is wrong written right."""
    wrong = {one.start: one for one in findings if one.verdict == "wrong" and one.right}
    for finding in reversed(wrong.values()):
        text = text[: finding.start] + finding.right[0] + text[finding.end :]
    return text


@cache
def _habits() -> frozenset[str]:
    return frozenset(rule.name for rule in rules() if rule.modern)


def _is_modern(text: str, findings: Sequence[Finding]) -> bool:
    if has_araea(text):
        return False
    habits = [one for one in findings if one.rule in _habits()]
    lost = any(has_araea(one.right[0]) for one in habits if one.verdict == "wrong")
    return len(habits) >= _FEW and (lost or len(habits) > _FEW)


def _told_once(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield findings with those of the modern spelling as one."""
    habits = [one for one in findings if one.rule in _habits()]
    words = {one.start: one for one in habits}
    first, clause = habits[0], clauses()["제4항"]
    shown = ", ".join(f"{one.word} → {one.right[0]}" for one in list(words.values())[:3])
    yield replace(
        first,
        verdict=_verdict_of(habits),
        rule="modern",
        clause=clause.number,
        clause_korean=clause.korean,
        clause_english=clause.english,
        why=f"ㆍ 없이 쓴 현대 표기의 글이다. 이 표기법으로는 {len(words)}낱말이 다르다: {shown}",
        why_english=f"The text is in the modern spelling without ㆍ. {len(words)} words would "
        f"differ: {shown}",
    )
    yield from (one for one in findings if one.rule not in _habits())
