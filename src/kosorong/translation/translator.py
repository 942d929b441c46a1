"""The translator of a bundle: CTranslate2, with rules before it as a hint and behind it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kosorong.bundle import Bundle, open_bundle
from kosorong.errors import BundleError, UsageError
from kosorong.ports import JEJU, KOREAN, Link, Translation
from kosorong.text.normalize import normalize
from kosorong.translation.checks import has_araea, has_hangul, has_markup, problem_of
from kosorong.translation.links import links_from_attention, links_from_changes, shifted
from kosorong.translation.modern import modern_spelling
from kosorong.translation.prompt import SPELLING_TAGS, STYLE_TAGS, TAGS, prompt, text_words
from kosorong.translation.rules import KINDS, Kind, RuleTranslator, kinds_of, parse_tables
from kosorong.translation.tokenizer import JamoTokenizer

LANGUAGES = (KOREAN, JEJU)
_LONGEST_PIECE = 120
_LONGEST_WORD = 60
_BATCH_UNITS = 2_000


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, checked.

    Attributes:
        source: Language tag.
        target: Language tag.
        spelling: `araea` or `modern`.
        kinds: What may change; all of it where the strength is full.
        neural: Whether the model is asked, or only the rules.
    """

    source: str
    target: str
    spelling: str
    kinds: tuple[Kind, ...]
    neural: bool


def check_request(source: str, target: str, spelling: str, strength: float) -> Request:
    """Check what `translate` was asked for.

    Raises:
        UsageError: A language, spelling or strength is not valid.
    """
    for language in (source, target):
        if language not in LANGUAGES:
            raise UsageError(f"Unknown language {language!r}.", cure="Valid: ko, jje.")
    if spelling not in SPELLING_TAGS:
        raise UsageError(f"Unknown spelling {spelling!r}.", cure="Valid: araea, modern.")
    if not 0.0 <= strength <= 1.0:
        raise UsageError(f"The strength {strength} is not valid.", cure="Give 0 to 1.")
    full = target == KOREAN or strength == 1.0
    return Request(source, target, spelling, KINDS if full else kinds_of(strength), full)


class NeuralTranslator:
    """Translates with a bundle; implements `kosorong.ports.Translator`.

    Each output is checked (numbers, Latin words, length, repetition); where a check fails the
    rules' translation stands instead, and says so.

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
        self._engine = _open_engine(self._bundle)
        self._beam = int(self._bundle.config.get("beam", 1))
        self._least_confidence = float(self._bundle.config.get("least_confidence", 0.0))
        self._longest = int(self._bundle.config.get("longest", 512))
        self._hint = bool(self._bundle.config.get("hint", True))
        self._style = str(self._bundle.config.get("style", "dialogue"))
        if self._style not in STYLE_TAGS:
            raise BundleError(
                f"Unknown style {self._style!r}.",
                where=str(bundle),
                cure=f"Valid: {', '.join(STYLE_TAGS)}.",
            )

    @property
    def bundle(self) -> Bundle:
        """The bundle it serves."""
        return self._bundle

    @property
    def fingerprint(self) -> str:
        """The bundle's fingerprint."""
        return self._bundle.fingerprint

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
        made = iter(self._translate_pieces(flat, request))
        return [joined([(piece, next(made)) for piece in pieces]) for pieces in cut]

    def translate_by_rules(
        self, texts: Sequence[str], *, target: str = JEJU, spelling: str = "araea"
    ) -> list[str]:
        """Return what the rules alone make of each text; evaluation prints it beside."""
        source = KOREAN if target == JEJU else JEJU
        request = check_request(source, target, spelling, 1.0)
        return [self._ruled(text, request) for text in texts]

    def _ruled(self, text: str, request: Request) -> str:
        made = self._rules[request.target].translate(text, request.kinds)
        return _spelled(made, request)

    def _translate_pieces(self, pieces: Sequence[str], request: Request) -> list[Translation]:
        found: list[Translation | None] = [_untouched(text, request) for text in pieces]
        asked: list[int] = []
        for n, text in enumerate(pieces):
            if found[n] is None and request.neural and not has_markup(text):
                asked.append(n)
            elif found[n] is None:
                found[n] = self._by_rules(text, request)
        answers = self._ask([pieces[n] for n in asked], request)
        for n, translation in zip(asked, answers, strict=True):
            found[n] = translation
        return [translation for translation in found if translation is not None]

    def _by_rules(self, text: str, request: Request, warning: str = "") -> Translation:
        """Return the rules' translation, or the text itself where even that loses something."""
        changes = self._rules[request.target].changes(text, request.kinds)
        made = _spelled(" ".join(change.text for change in changes), request)
        warnings: tuple[str, ...] = (warning,) if warning else ()
        if has_markup(text):
            warnings += ("Markup or an address was left alone.",)
        if problem_of(text, made):
            return _copied(text, *warnings)
        return Translation(made, links_from_changes(changes), 0.3, "rules", warnings)

    def _ask(self, texts: Sequence[str], request: Request) -> Iterator[Translation]:
        prompts = [self._prompt(text, request) for text in texts]
        fitting = [units for units in prompts if len(units) <= self._longest]
        results = iter(self._search(fitting) if fitting else ())
        for text, units in zip(texts, prompts, strict=True):
            if len(units) > self._longest:
                yield self._by_rules(text, request, "Too long for the model: the rules stand in.")
            else:
                yield self._checked(text, units, next(results), request)

    def _search(self, prompts: list[list[str]]) -> Any:
        longest = max(map(len, prompts))
        return self._engine.translate_batch(
            prompts,
            beam_size=self._beam,
            length_penalty=1.0,
            max_batch_size=_BATCH_UNITS,
            batch_type="tokens",
            # A translation is about as long as the text, whose hint doubles the prompt.
            max_decoding_length=min(longest + 16, self._longest - 1),
            return_scores=True,
            return_attention=True,
        )

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
        self, text: str, source_units: list[str], result: Any, request: Request
    ) -> Translation:
        units = result.hypotheses[0]
        made = _spelled(self._tokenizer.decode(units), request)
        confidence = min(1.0, math.exp(result.scores[0]))
        problem = problem_of(text, made)
        if not problem and confidence < self._least_confidence:
            problem = f"it was unsure ({confidence:.2f})"
        if problem:
            return self._by_rules(text, request, f"The rules stand in for the model: {problem}.")
        links = links_from_attention(
            result.attention[0],
            text_words(self._tokenizer, source_units),
            self._tokenizer.words(units),
        )
        return Translation(made, links, confidence, f"nmt:{self.fingerprint}")


def _open_engine(bundle: Bundle) -> Any:
    import ctranslate2

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


def _spelled(text: str, request: Request) -> str:
    """Return Jeju in the spelling asked for; Korean as it is."""
    modern = request.target == JEJU and request.spelling == "modern"
    return modern_spelling(text) if modern else text


def _untouched(text: str, request: Request) -> Translation | None:
    """Return the text as it is where there is nothing to translate."""
    if request.source == request.target:
        return _copied(text)
    if not has_hangul(text):
        return _copied(text, "No Hangul: the text was left alone.") if text else _copied(text)
    if request.source == KOREAN and has_araea(text):
        return _copied(text, "The text holds arae-a, so it is Jeju already: left alone.")
    if not request.kinds:
        return _copied(text)
    if any(len(word) > _LONGEST_WORD for word in text.split()):
        return _copied(text, f"A word of over {_LONGEST_WORD} letters: the text was left alone.")
    return None


def _copied(text: str, *warnings: str) -> Translation:
    links = tuple(Link(n, n, 1.0) for n in range(len(text.split())))
    return Translation(text, links, 1.0 if not warnings else 0.3, "copy", warnings)


def pieces_of(text: str, longest: int = _LONGEST_PIECE) -> list[str]:
    """Cut a text between words into pieces, after punctuation where there is some.

    >>> pieces_of("가 나, 다 라", longest=6)
    ['가 나,', '다 라']
    """
    pieces: list[str] = []
    words = text.split()
    while words:
        end, length = 0, -1
        while end < len(words) and (end == 0 or length + 1 + len(words[end]) <= longest):
            length += 1 + len(words[end])
            end += 1
        if end < len(words):
            stops = [n for n in range(end // 2, end) if words[n][-1] in ".,?!;:…"]
            end = stops[-1] + 1 if stops else end
        pieces.append(" ".join(words[:end]))
        words = words[end:]
    return pieces or [""]


def joined(parts: Sequence[tuple[str, Translation]]) -> Translation:
    """Join the translations of a text's pieces."""
    if len(parts) == 1:
        return parts[0][1]
    links: list[Link] = []
    source = target = 0
    for piece, translation in parts:
        links += shifted(translation.links, source, target)
        source += len(piece.split())
        target += len(translation.text.split())
    made = [translation for _, translation in parts]
    return replace(
        min(made, key=lambda translation: translation.confidence),
        text=" ".join(translation.text for translation in made),
        links=tuple(links),
        provenance="+".join(dict.fromkeys(t.provenance for t in made)),
        warnings=tuple(dict.fromkeys(w for t in made for w in t.warnings)),
    )
