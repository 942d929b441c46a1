"""The rows of the lexicon for a word as it stands in a text, Korean or Jeju, with its ending."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kosorong.errors import UsageError
from kosorong.ports import JEJU, KOREAN
from kosorong.text.letters.hangul import bare_word, nfc
from kosorong.text.letters.normalize import normalize
from kosorong.translation.corrections import LICENCES, NAME
from kosorong.translation.lexicon import PARTS_OF_SPEECH, Lexicon, Sense
from kosorong.translation.names import head_of
from kosorong.translation.rules import RuleTranslator

LONGEST = 200
"""Characters that are looked up at a time: a sentence."""
LICENCE = LICENCES[-1]
"""Of the rows: derived data."""
_PROVINCE = "Jeju Special Self-Governing Province, 공공누리 type 1"
_URIMALSAM = "우리말샘, National Institute of Korean Language, CC BY-SA 2.0 KR"
_CREDITS = {
    **dict.fromkeys(
        ("prov_dict_words", "prov_dict_glosses", "life_dialogues_araea", "proverbs_clean"),
        _PROVINCE,
    ),
    **dict.fromkeys(
        ("open_words", "open_glosses", "examples_direct", "examples_gloss"), _URIMALSAM
    ),
    NAME: f"a speaker's correction, {LICENCE}",
}


def rows_of(form: str, words: Lexicon, rules: Mapping[str, RuleTranslator]) -> list[Sense]:
    """Return the rows of what somebody points at, each once, in its order.

    Args:
        form: A word or some, in any form: 바당에 감수다.
        words: The lexicon.
        rules: By the language they translate to.

    Raises:
        UsageError: Nothing is asked for, or too much.
    """
    text = " ".join(normalize(form).split())
    if not text or len(text) > LONGEST:
        raise UsageError(
            f"{len(text)} characters cannot be looked up.",
            where="form",
            cure=f"Give a word or a sentence, 1 to {LONGEST} characters.",
        )
    rows = list(words.of_word(text))
    written = text.split()
    for n, word in enumerate(written):
        core = bare_word(word)
        rows += words.of_word(core) or [*_read(written, n, words, rules)]
        # An adverb with a particle, which no grammar joins: 가까이에.
        rows += [] if rows else words.of_word(head_of(core))
    return list({row.key: row for row in rows}.values())


def _read(
    written: list[str], n: int, words: Lexicon, rules: Mapping[str, RuleTranslator]
) -> Iterator[Sense]:
    """Yield the rows of a word that both grammars take apart; Jeju ones by their own stem."""
    korean = rules[JEJU].read_in(written, n)
    if korean is not None and korean.known:
        yield from words.senses(nfc(korean.lexeme.source), korean.lexeme.pos)
    jeju = rules[KOREAN].read_in(written, n)
    if jeju is not None and jeju.known:
        stem, pos = nfc(jeju.lexeme.source), jeju.lexeme.pos
        yield from (row for row in words if row.pos == pos and stem in row.targets)


def line_of(row: Sense) -> dict[str, Any]:
    """Return a row as programs and the page see it."""
    regions: dict[str, list[str]] = {}
    for form, place in row.places:
        regions.setdefault(form, []).append(place)
    forms = [{"form": row.jeju, "region": row.region}]
    forms += [{"form": form, "region": ", ".join(regions.get(form, ()))} for form in row.variants]
    return {
        "korean": row.korean,
        "part_of_speech": PARTS_OF_SPEECH[row.pos],
        "sense": row.sense,
        "forms": forms,
        "register": row.register,
        "weight": row.weight,
        "evidence": [source_of(name) for name in row.evidence],
        "note": row.note,
        "licence": LICENCE,
        "credit": "; ".join(credits_of(row)),
    }


def credits_of(row: Sense) -> list[str]:
    """Return whom a row owes something to, by its evidence; nobody where it rests on a rule."""
    names = (name.partition(":")[0] for name in row.evidence)
    return list(dict.fromkeys(_CREDITS[name] for name in names if name in _CREDITS))


def source_of(name: str) -> str:
    """Return a piece of evidence in words.

    >>> source_of("correction:8c1f:고_영희"), source_of("open_words:7")
    ('correction 8c1f by 고 영희', 'open_words:7')
    """
    kind, _, rest = name.partition(":")
    if kind != NAME:
        return name
    number, _, who = rest.partition(":")
    return f"{NAME} {number}" + (f" by {who.replace('_', ' ')}" if who else "")
