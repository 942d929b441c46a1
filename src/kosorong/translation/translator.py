"""The translator of a bundle: CTranslate2, with rules before it as a hint and behind it."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from kosorong.bundle import Bundle, open_bundle
from kosorong.errors import BundleError
from kosorong.ports import JEJU, KOREAN, LANGUAGES, Doubt, Link, Translation
from kosorong.terms import Terms
from kosorong.text.letters.hangul import has_araea, has_hangul
from kosorong.text.letters.normalize import normalize
from kosorong.translation.checks import (
    LOST,
    has_markup,
    problem_of,
    spans_of_foreign,
    with_edges,
)
from kosorong.translation.confidence import (
    CONFIG_KEY,
    Calibration,
    probabilities_of_words,
    probability,
)
from kosorong.translation.detection import Detector
from kosorong.translation.doubts import doubts_of
from kosorong.translation.engine import Generated, force, open_engine, search
from kosorong.translation.fingerprint import joined_digest
from kosorong.translation.form_checks import faults_of, mended
from kosorong.translation.lexicon import Lexicon, lexicon_of
from kosorong.translation.links import likeness, links_from_attention, links_from_changes
from kosorong.translation.looking_up import line_of, rows_of
from kosorong.translation.masks import (
    Mask,
    Span,
    mask,
    spans_of_latin,
    spans_of_numbers,
    spans_of_terms,
    spans_of_words,
)
from kosorong.translation.names import lost_names, names_in
from kosorong.translation.outcomes import copied, spelled, warnings
from kosorong.translation.pieces import joined, pieces_of
from kosorong.translation.prompt import STYLE_TAGS, TAGS, prompt, text_words
from kosorong.translation.request import Request, check_request
from kosorong.translation.rules import RuleTranslator, WordChange
from kosorong.translation.tables import parse_tables
from kosorong.translation.tokenizer import JamoTokenizer

# How found: a guess, never tuned; no measurement is on record.
_LONGEST_WORD = 60
_SURELY_JEJU = 0.97
"""Share above which a text counts as Jeju: 2 of 7,249 Korean sentences reach it."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the model made of a piece, or why it is not to be shown."""

    translation: Translation | None
    problem: str = ""


class NeuralTranslator:
    """Translates with a bundle; implements `kosorong.ports.Translator`.

    What must not change (Latin words, foreign letters, terms) is masked. Each output is checked
    (numbers, names, length, repetition); where a check fails the model is asked once more with
    numbers and names masked too, and where that fails the rules' translation stands, and says so.

    Args:
        bundle: Folder of a translator bundle.

    Raises:
        BundleError: The bundle is missing, damaged or not one of this version.
    """

    def __init__(self, bundle: Path) -> None:
        self._bundle = open_bundle(bundle, "translator")
        self._tokenizer = JamoTokenizer.load(self._bundle.file("tokenizer.json"))
        if self._tokenizer.tags != TAGS:
            raise BundleError(
                "The bundle's tags are not those of this version.",
                where=str(bundle),
                cure="Export the bundle again.",
            )
        rules = self._bundle.file("rules.json")
        tables = parse_tables(rules.read_text(encoding="utf-8"), str(rules))
        self._rules = {target: RuleTranslator(tables[target]) for target in LANGUAGES}
        self._engine = open_engine(self._bundle)
        self._terms = Terms()
        self._detector = Detector()
        self._configure(bundle)

    def _configure(self, bundle: Path) -> None:
        config = self._bundle.config
        self._beam = int(config.get("beam", 1))
        self._least_confidence = float(config.get("least_confidence", 0.0))
        self._network_towards = frozenset(config.get("network_towards", LANGUAGES))
        self._longest = int(config.get("longest", 512))
        self._hint = bool(config.get("hint", True))
        self._style = str(config.get("style", "dialogue"))
        self._calibration = Calibration.from_plain(config.get(CONFIG_KEY), str(bundle))
        if self._style not in STYLE_TAGS:
            raise BundleError(
                f"Unknown style {self._style!r}.",
                where=str(bundle),
                cure=f"Valid: {', '.join(STYLE_TAGS)}.",
            )

    def look_up(self, form: str) -> list[dict[str, Any]]:
        """Return the rows of the lexicon for a word in any form, see `looking_up`.

        Raises:
            UsageError: Nothing is asked for, or too much.
        """
        return [line_of(row) for row in rows_of(form, self._lexicon, self._rules)]

    @cached_property
    def _lexicon(self) -> Lexicon:
        return lexicon_of(self._bundle)

    @cached_property
    def _decided(self) -> frozenset[str]:
        """The Korean words that somebody decided on, those that stay among them."""
        return frozenset(row.korean for row in self._lexicon)

    @property
    def bundle(self) -> Bundle:
        """The bundle it serves."""
        return self._bundle

    @property
    def tokenizer(self) -> JamoTokenizer:
        """Its units."""
        return self._tokenizer

    @property
    def fingerprint(self) -> str:
        """That of the bundle and the rules in code, and of the terms where there are some."""
        own = joined_digest(self._bundle.fingerprint)
        return "-".join(filter(None, (own, self._terms.digest)))

    def with_terms(self, terms: Terms) -> NeuralTranslator:
        """Return a translator of the same bundle that keeps to the user's terms."""
        other = copy.copy(self)
        other._terms = terms
        return other

    def translate(
        self,
        texts: Sequence[str],
        *,
        source: str = KOREAN,
        target: str = JEJU,
        spelling: str = "araea",
        strength: float = 1.0,
    ) -> list[Translation]:
        """Translate each text; one result for each, in order.

        Args:
            texts: Segments; long ones are cut between words and joined again.
            source: Language tag, `ko` or `jje`.
            target: Language tag; the same as `source` copies.
            spelling: `araea` or `modern`, for Jeju.
            strength: 0 (Korean) to 1 (full Jeju): up to ⅓ endings, up to ⅔ particles too, below
                1 words too, all by rules; at 1 the model.

        Raises:
            UsageError: A language, spelling or strength is not valid.
        """
        request = check_request(source, target, spelling, strength)
        cut = [pieces_of(" ".join(normalize(text).split())) for text in texts]
        flat = [piece for pieces in cut for piece in pieces]
        translations = iter(self._translate_pieces(flat, request))
        return [joined([(piece, next(translations)) for piece in pieces]) for pieces in cut]

    def translate_by_rules(
        self, texts: Sequence[str], *, target: str = JEJU, spelling: str = "araea"
    ) -> list[str]:
        """Return what the rules alone make of each text; evaluation prints it beside."""
        source = KOREAN if target == JEJU else JEJU
        request = check_request(source, target, spelling, 1.0)
        return [self._ruled(text, request) for text in texts]

    def _ruled(self, text: str, request: Request) -> str:
        translated = self._rules[request.target].translate(text, request.kinds)
        return spelled(translated, request)

    def _translate_pieces(self, pieces: Sequence[str], request: Request) -> list[Translation]:
        done = {
            n: same
            for n, text in enumerate(pieces)
            if (same := self._untouched(text, request)) is not None
        }
        open_ = [n for n in range(len(pieces)) if n not in done]
        problems: dict[int, str] = dict.fromkeys(open_, "")
        if request.neural and request.target in self._network_towards:
            asked = [n for n in open_ if not has_markup(pieces[n])]
            for closely in (False, True):
                answers = self._ask([pieces[n] for n in asked], request, closely=closely)
                for n, answer in zip(asked, answers, strict=True):
                    problems[n] = answer.problem
                    if answer.translation is not None:
                        done[n] = answer.translation
                asked = [n for n in asked if n not in done and LOST in problems[n]]
        for n in open_:
            if n not in done:
                done[n] = self._by_rules(pieces[n], request, problems[n])
        return [done[n] for n in range(len(pieces))]

    def _names(self, text: str) -> list[tuple[int, str]]:
        return [(name.word, name.text) for name in names_in(text, self._rules[JEJU].knows)]

    def _untouched(self, text: str, request: Request) -> Translation | None:
        """Return the text as it is where there is nothing to translate."""
        if request.source == request.target:
            return copied(text)
        if not has_hangul(text):
            return copied(text, "No Hangul: the text was left alone.") if text else copied(text)
        if request.source == KOREAN and has_araea(text):
            return copied(text, "The text holds arae-a, so it is Jeju already: left alone.")
        if request.source == KOREAN and dict(self._detector.shares(text))[JEJU] >= _SURELY_JEJU:
            return copied(text, "The text reads like Jeju already: left alone.")
        if not request.kinds:
            return copied(text)
        if any(len(word) > _LONGEST_WORD for word in text.split()):
            return copied(text, f"A word of over {_LONGEST_WORD} letters was left alone.")
        return None

    def _mask(self, text: str, request: Request, *, closely: bool) -> Mask | None:
        """Return the text with all that shall not change masked; None where that is too much."""
        spans: list[Span] = self._terms_in(text, request)
        spans += spans_of_latin(text) + spans_of_foreign(text)
        if closely:
            names = self._names(text) if request.source == KOREAN else []
            spans += spans_of_words(text, names) + spans_of_numbers(text)
        return mask(text, spans)

    def _terms_in(self, text: str, request: Request) -> list[Span]:
        pairs = self._terms.towards(request.target)
        if "word" not in request.kinds:
            pairs = [(term, term) for term, _ in pairs]
        return spans_of_terms(text, [(term, spelled(to, request)) for term, to in pairs])

    def _by_rules(self, text: str, request: Request, problem: str = "") -> Translation:
        """Return the rules' translation, or the text itself where even that loses something."""
        notes = warnings(text)
        if problem:
            notes = (f"The rules stand in for the model: {problem}.", *notes)
        # A tag is no Latin word: rules change words between white space and leave tags alone.
        masked = None if has_markup(text) else self._mask(text, request, closely=True)
        masked = masked or Mask(text, text)
        changes = self._rules[request.target].changes(masked.text, request.kinds)
        changes = mended(changes, masked.text)
        written = spelled(" ".join(change.text for change in changes), request)
        output = masked.unmask(written)
        if problem_of(masked.expected, output) or faults_of(text, output):
            return copied(text, *notes)
        links = masked.widen(links_from_changes(changes), written)
        sure = self._calibration.by_rules
        sures = tuple(sure for _ in output.split())
        doubts = self._doubts(masked, changes, request)
        return Translation(output, links, sure, "rules", notes, sures, doubts)

    def _doubts(
        self, masked: Mask, changes: Sequence[WordChange], request: Request
    ) -> tuple[Doubt, ...]:
        """Return which words are doubted; none below full strength, where words stay Korean."""
        if "word" not in request.kinds:
            return ()
        return doubts_of(masked, changes, self._decided if request.target == JEJU else frozenset())

    def _ask(self, texts: Sequence[str], request: Request, *, closely: bool) -> list[_Answer]:
        masks = [self._mask(text, request, closely=closely) for text in texts]
        prompts = [self._prompt(mask.text, request) if mask else [] for mask in masks]
        fit = [n for n, units in enumerate(prompts) if 0 < len(units) <= self._longest]
        answers = [_Answer(None, "the text is too long or too foreign for it")] * len(texts)
        asked = [prompts[n] for n in fit]
        answered = search(self._engine, asked, beam=self._beam, longest=self._longest)
        for n, generated in zip(fit, answered, strict=True):
            masked = masks[n]
            if masked is not None:
                answers[n] = self._checked(texts[n], masked, prompts[n], generated, request)
        return answers

    def _prompt(self, text: str, request: Request) -> list[str]:
        return prompt(
            self._tokenizer.encode,
            text,
            self._ruled(text, request) if self._hint else "",
            target=request.target,
            spelling=request.spelling,
            style=self._style,
        )

    def _checked(
        self, text: str, masked: Mask, units: list[str], generated: Generated, request: Request
    ) -> _Answer:
        """Return the model's translation of a text where nothing speaks against it."""
        written = spelled(self._tokenizer.decode(generated.units), request)
        written = with_edges(masked.text, written)
        output = masked.unmask(written)
        problem = problem_of(masked.expected, output)
        if not problem and (faults := faults_of(text, output)):
            problem = f"a word is malformed ({', '.join(faults)})"
        if not problem and request.source == KOREAN:
            lost = lost_names(names_in(text, self._rules[JEJU].knows), masked.expected, output)
            problem = f"a name {LOST}: {', '.join(name.text for name in lost)}" if lost else ""
        raw = probability(generated.log_probabilities)
        if not problem and raw < self._least_confidence:
            problem = f"it was unsure ({raw:.2f})"
        if problem:
            return _Answer(None, problem)
        links = self._links(masked.text, units, generated, request)
        changes = self._rules[request.target].changes(masked.text)
        doubts = self._doubts(masked, changes, request)
        return _Answer(replace(self._told(text, masked, written, links, generated), doubts=doubts))

    def link(self, source: str, written: str, *, target: str = JEJU) -> tuple[Link, ...]:
        """Return the links of a translation that somebody else made.

        Args:
            source: The source text.
            written: The translation.
            target: Its language.
        """
        request = check_request(KOREAN if target == JEJU else JEJU, target, "araea", 1.0)
        source, written = (" ".join(normalize(text).split()) for text in (source, written))
        units, forced = self._prompt(source, request), self._tokenizer.encode(written)
        if not source or not written or max(len(units), len(forced)) >= self._longest:
            return ()
        return self._links(source, units, force(self._engine, units, forced), request)

    def _links(
        self, source: str, units: list[str], generated: Generated, request: Request
    ) -> tuple[Link, ...]:
        words = source.split()
        hints = [self._rules[request.target].word(word) for word in words]
        alike = likeness(words, hints, self._tokenizer.decode(generated.units).split())
        return links_from_attention(
            generated.attention,
            text_words(self._tokenizer, units),
            self._tokenizer.words(generated.units),
            alike,
        )

    def _told(
        self, text: str, masked: Mask, written: str, links: Sequence[Link], generated: Generated
    ) -> Translation:
        words = self._tokenizer.words(generated.units)
        sure = probabilities_of_words(generated.log_probabilities, words)
        places = masked.places_of(written)
        # Punctuation that the source ends with may be a word more than the model wrote.
        sure = (*sure, *sure[-1:] * len(places))[: len(places)]
        wide = zip(sure, places, strict=True)
        return Translation(
            masked.unmask(written),
            masked.widen(links, written),
            self._calibration.segment.at(probability(generated.log_probabilities)),
            f"nmt:{joined_digest(self._bundle.fingerprint)}",
            warnings(text),
            tuple(self._calibration.word.at(raw) for raw, widths in wide for _ in widths),
        )
