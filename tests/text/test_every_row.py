"""Every row of every table acts: none is passed over, shadowed by another, or read by nobody."""

from __future__ import annotations

import re
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import kosorong
from kosorong.text import langid
from kosorong.text.letters import letter_names
from kosorong.text.letters.hanyang import hanyang
from kosorong.text.letters.particles import is_tail, only_ends_like_particle
from kosorong.text.say import signs
from kosorong.text.say.foreign import english, latin, latin_words
from kosorong.text.say.hanja import readings
from kosorong.text.say.hanja_words import hanja_words
from kosorong.text.say.numbers import counter_table, events, units
from kosorong.text.say.numbers.numerals import numerals
from kosorong.text.sound import inserted_nieun, ipa, lexical_rules
from kosorong.text.sound.pronunciation_exceptions import SECOND_PARTS, WORDS
from kosorong.text.tables import TEXT, TRANSLATION, parse_table
from kosorong.text.words import COLUMNS, lists_of
from kosorong.training.translation.core_words import (
    adverbs,
    core_lemmas,
    core_words,
    decided_lemmas,
    lexicon,
    set_phrases,
)
from kosorong.translation.grammar import entries
from kosorong.translation.shared_stems import syllables, to_jeju, to_korean

TRAINING = "kosorong.training.translation"
CODE = "\n".join(
    path.read_text(encoding="utf-8")
    for root in (Path(kosorong.__file__).parent, Path(__file__).parents[2] / "scripts")
    for path in root.rglob("*.py")
)
NOT_FOR_HANDS = {"korean_words", "korean_readings", "links"}


def names(package: str) -> list[str]:
    folder = files(package).joinpath("data")
    found = sorted(Path(str(file)).stem for file in folder.iterdir())
    return [name for name in found if name not in NOT_FOR_HANDS]


def rows(package: str, name: str) -> list[dict[str, str]]:
    text = files(package).joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    head = next(line for line in text.splitlines() if line and not line.startswith("#"))
    columns = head.split("\t")
    return [dict(zip(columns, row.cells, strict=True)) for row in parse_table(text, columns, name)]


TABLES = [(package, name) for package in (TEXT, TRANSLATION, TRAINING) for name in names(package)]
LISTS = [(package, name) for package, name in TABLES if tuple(rows(package, name)[0]) == COLUMNS]


@pytest.mark.parametrize(("package", "name"), TABLES)
def test_no_row_stands_twice_and_the_head_explains_every_column(package: str, name: str) -> None:
    found = [tuple(row.values()) for row in rows(package, name)]
    assert [row for row, n in Counter(found).items() if n > 1] == []
    text = files(package).joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    legend = "\n".join(line for line in text.splitlines() if line.startswith("#"))
    if name != "hanja":  # its head is the licence of Unicode
        assert all(re.search(rf"^# {column}\b", legend, re.M) for column in rows(package, name)[0])
    assert re.search("[가-힣]", legend.splitlines()[0])


@pytest.mark.parametrize(("package", "name"), TABLES)
def test_every_table_is_read_somewhere(package: str, name: str) -> None:
    assert re.search(rf'"{name}["]|"{name}\.', CODE)


@pytest.mark.parametrize(("package", "name"), LISTS)
def test_every_list_is_asked_for_somewhere(package: str, name: str) -> None:
    unused = [
        one
        for one in lists_of(name, package)
        if not re.search(rf"""["'](?:{name}\.)?{re.escape(one)}["']""", CODE)
    ]
    assert unused == []


def test_every_ending_and_particle_is_a_form_of_the_grammar() -> None:
    forms = sum(len(entry.korean) + len(entry.jeju) for entry in entries())
    grammar = ("sentence_endings", "linking_endings", "noun_particles", "copula")
    assert forms >= sum(len(rows(TRANSLATION, name)) for name in grammar)
    for name in grammar:
        groups = {row["group"] for row in rows(TRANSLATION, name)}
        for group in groups:
            languages = {r["language"] for r in rows(TRANSLATION, name) if r["group"] == group}
            assert languages == {"ko", "jje"}, (name, group)


def test_every_word_that_is_respelled_is_said_so() -> None:
    for word in WORDS:
        lexicon = lexical_rules._TENSED if word.kind == "tense" else lexical_rules._ALWAYS
        before = "라" if word.anywhere else ""
        assert lexicon.respell(before + word.written) == before + word.said, word


def test_every_second_part_takes_nieun() -> None:
    for one in SECOND_PARTS:
        found = inserted_nieun._COMPOUND.match(one.part)
        assert found is not None
        assert found[0] == one.part


def test_every_latin_word_letter_and_sound_is_read() -> None:
    found = rows(TEXT, "latin_words")
    kinds = (latin_words.WORDS, latin_words.ACRONYMS, latin_words.MIXED, latin_words.FUNCTIONS)
    assert sum(map(len, kinds)) == len(found)
    assert all(latin.read_word(w) == s for w, s in latin_words.ACRONYMS.items())
    assert all(latin.read_word(w) == s for w, s in latin_words.FUNCTIONS.items())
    assert all(len(word) == 1 or word == word.lower() for word in latin_words.WORDS)
    letters = rows(TEXT, "letter_names")
    lists = tuple(map(letter_names.names_of, ("latin", "greek", "hangul", "paper")))
    assert sum(map(len, lists)) == len(letters)
    assert len(english._GRAPHEMES) == len(rows(TEXT, "english_sounds"))
    assert len(ipa.ONSETS) + len(ipa.VOWELS) + len(ipa.CODAS) == len(rows(TEXT, "ipa"))


def test_every_sign_unit_and_currency_is_said() -> None:
    for row in rows(TEXT, "signs"):
        assert row["said"] in ("", signs.sign(row["sign"]))
        assert row["in_address"] in ("", signs.SIGNS_OF_ADDRESSES.get(row["sign"]))
    for row in rows(TEXT, "units"):
        say: dict[str, Any] = {
            "unit": units.read_unit,
            "scale": units.scale_of,
            "percent": units.read_percent,
            "currency": units.CURRENCY_SIGNS.get,
            "code": units.CURRENCY_CODES.get,
        }
        assert say[row["kind"]](row["unit"]) == row["said"], row


def test_every_hanja_and_word_of_hanja_has_its_reading() -> None:
    assert all(hanja_words()[row["written"]] == row["said"] for row in rows(TEXT, "hanja_words"))
    for row in rows(TEXT, "hanja"):
        assert all(readings()[sign] == row["reading"] for sign in row["school"] + row["other"])
    assert len(hanyang()) == sum(1 + len(row["codas"]) for row in rows(TEXT, "hanyang"))


def test_every_number_counter_and_day_is_known() -> None:
    for row in rows(TEXT, "numerals"):
        assert numerals(row["kind"])[int(row["number"])] == row["said"]
    groups = counter_table._GROUPS
    counters = rows(TEXT, "counters")
    assert all(row["word"] in groups[row["group"]].words for row in counters)
    assert sum(len(group.words) for group in groups.values()) == len(counters)
    assert set(groups) == {row["group"] for row in counters}
    assert set(events._PLACES) == {row["day"] for row in rows(TEXT, "event_days")}


def test_every_particle_and_every_word_that_tells_a_language_counts() -> None:
    for row in rows(TEXT, "particles"):
        assert is_tail(row["after_consonant"])
        assert is_tail(row["after_vowel"])
    assert all(only_ends_like_particle(r["word"]) for r in rows(TEXT, "ends_like_particles"))
    assert set(langid._WORDS) == {row["word"] for row in rows(TEXT, "language_words")}
    assert len(langid._WORDS) == len(rows(TEXT, "language_words"))


def test_every_shared_stem_and_core_word_counts() -> None:
    spellings = len(to_jeju()) + len(set(to_korean())) - len(to_jeju()) + len(syllables())
    assert spellings == len(rows(TRANSLATION, "shared_stems"))
    assert len(list(core_words())) == len(rows(TRAINING, "core_words"))
    words = lexicon()
    lemmas = {(k, p) for k, _, p, _ in core_lemmas(words)} | {
        (k, "w") for k, _, _ in adverbs(words)
    }
    acting = lemmas | decided_lemmas(words).keys() | {(k, "f") for k, _ in set_phrases(words)}
    # A guess of a set phrase, an adverb that stays and a particle are there to be read.
    resting = [s for s in words if (s.stem, s.pos) not in acting]
    assert {s.pos for s in resting} <= set("fwj")
