from __future__ import annotations

import pytest

from kosorong.text.letters.hangul import nfd
from kosorong.translation.grammar import entries
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.place import WordPlace
from kosorong.translation.rules import RuleTranslator
from kosorong.translation.tables import RuleTable, dump_tables, kinds_of, parse_tables
from kosorong.translation.transducer import JJE_KO, KO_JJE, Transducer

PAIRS = [
    ("하", "ᄒᆞ", "v"),
    ("가", "가", "v"),
    ("먹", "먹", "v"),
    ("살", "살", "v"),
    ("좋", "좋", "a"),
    ("있", "잇", "a"),
    ("모르", "몰르", "v"),
    ("바다", "바당", "n"),
    ("그렇게 하", "경ᄒᆞ", "v"),
    ("사람", "사름", "n"),
]
TO_JEJU = RuleTable(
    way=KO_JJE, lexemes=tuple(Lexeme(nfd(k), nfd(j), pos, 0.9) for k, j, pos in PAIRS)
)
TO_KOREAN = RuleTable(
    way=JJE_KO, lexemes=tuple(Lexeme(nfd(j), nfd(k), pos, 0.9) for k, j, pos in PAIRS)
)
JEJU = RuleTranslator(TO_JEJU)
KOREAN = RuleTranslator(TO_KOREAN)


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("바다", True),
        ("먹고", True),
        ("바다를", True),
        ("준비하면서", True),
        ("쿄쿄", False),
        ("", False),
    ],
)
def test_a_word_is_known_by_its_stem_or_by_an_ending_of_two_syllables(
    word: str, known: bool
) -> None:
    assert JEJU.knows(word) is known


@pytest.mark.parametrize(
    ("other", "usual"),
    [
        ("먹엄쩌.", "먹엄저."),
        ("잇시냐?", "이시냐?"),
        ("머건", "먹언"),
        ("사랏저.", "살앗저."),
    ],
)
def test_jeju_written_as_it_sounds_is_read_as_what_it_is(other: str, usual: str) -> None:
    assert KOREAN.translate(other) == KOREAN.translate(usual) != other


def test_a_word_that_no_verb_explains_stays_as_it_sounds() -> None:
    assert KOREAN.translate("사라는") == "사라는"
    assert KOREAN.translate("고사리") == "고사리"


@pytest.mark.parametrize(
    ("strength", "jeju"),
    [
        (0, "바다처럼 먹고 있습니다."),
        (1 / 3, "바다처럼 먹엄수다."),
        (2 / 3, "바다추룩 먹엄수다."),
        (0.9, "바당추룩 먹엄수다."),
    ],
)
def test_each_step_of_the_dial_changes_one_kind_more(strength: float, jeju: str) -> None:
    assert JEJU.translate("바다처럼 먹고 있습니다.", kinds_of(strength)) == jeju


@pytest.mark.parametrize(
    ("korean", "jeju"),
    [
        ("하면서", "ᄒᆞ멍"),
        ("하시면", "ᄒᆞ민"),
        ("좋습니다.", "좋수다."),
        ("먹겠습니다.", "먹으쿠다."),
        ("살았습니다.", "살앗수다."),
        ("가십시오!", "갑서!"),
        ("먹읍시다.", "먹게마씀."),
        ("바다를", "바당을"),
        ("바다에서 먹고", "바당에서 먹곡"),
        ("먹고 있습니다.", "먹엄수다."),
        ("그렇게 하면", "경ᄒᆞ민"),
        ("바다 입니다.", "바당이우다."),
        ("준비해서", "준비헹"),
        ("놀려고", "놀젠"),
        ("컴퓨터를", "컴퓨터를"),
        ("회사에서", "회사에서"),
        ("대답했다.", "대답헷다."),
        ("절실한", "절실ᄒᆞᆫ"),
        ("북한", "북한"),
        ("멀거니", "멀거니"),
        ("당신", "당신"),
        ("사람들에게도", "사름들안티도"),
        ("먹었었습니다.", "먹어낫수다."),
    ],
)
def test_korean_becomes_jeju_by_stem_and_ending(korean: str, jeju: str) -> None:
    assert JEJU.translate(korean) == jeju


def test_to_be_many_is_not_inflected_like_to_do() -> None:
    many = RuleTable(way=KO_JJE, lexemes=(Lexeme(nfd("많"), nfd("하"), "a", 0.9),))
    assert RuleTranslator(many).translate("많아서") == "항"


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        (("먹어요.", "먹어마씀."), ("먹어요?", "먹엄수과?")),
        (("가니 좋다.", "가난 좋다."), ("가니?", "감시냐?")),
        (("바다예요.", "바당이우다."), ("바다예요?", "바당이우꽈?")),
    ],
)
def test_a_question_takes_the_endings_that_ask(
    statement: tuple[str, str], question: tuple[str, str]
) -> None:
    assert JEJU.translate(statement[0]) == statement[1]
    assert JEJU.translate(question[0]) == question[1]


@pytest.mark.parametrize(
    ("jeju", "korean"),
    [
        ("ᄒᆞ멍", "하면서"),
        ("허멍", "하면서"),
        ("하멍", "하면서"),
        ("좋수다.", "좋습니다."),
        ("먹으쿠다.", "먹겠습니다."),
        ("살아수다", "살아수다"),
        ("살았수다.", "살았습니다."),
        ("바당을", "바다를"),
        ("갑서.", "가십시오."),
        ("헤시민", "했으면"),
        ("감시니?", "가느냐?"),
    ],
)
def test_jeju_in_any_spelling_becomes_korean(jeju: str, korean: str) -> None:
    assert KOREAN.translate(jeju) == korean


@pytest.mark.parametrize(
    ("strength", "jeju"),
    [(0.0, "바다까지 살면"), (1 / 3, "바다까지 살민"), (1.0, "바당까지 살민")],
)
def test_the_dial_keeps_korean_stems_until_words_turn(strength: float, jeju: str) -> None:
    assert JEJU.translate("바다까지 살면", kinds_of(strength)) == jeju


def test_an_ending_that_closes_a_sentence_counts_less_in_the_middle() -> None:
    grammar = Transducer(KO_JJE, TO_JEJU.lexemes)
    inside = {r.text: r.score for r in grammar.analyses(nfd("갔다"), WordPlace(stop=""))}
    closing = {r.text: r.score for r in grammar.analyses(nfd("갔다"), WordPlace(stop="."))}
    assert inside[nfd("갓저")] < closing[nfd("갓저")]
    assert inside[nfd("갓당")] > inside[nfd("갓저")]
    assert closing[nfd("갓당")] < inside[nfd("갓당")]


def test_a_word_that_sources_hold_wins_over_its_equal() -> None:
    table = RuleTable(way=KO_JJE, lexemes=TO_JEJU.lexemes, attested={"살안": 50})
    assert JEJU.translate("살아서") == "살앙"
    assert RuleTranslator(table).translate("살아서") == "살안"


def test_tables_with_a_grammar_read_back_as_they_were_written() -> None:
    table = RuleTable(
        way=KO_JJE, lexemes=TO_JEJU.lexemes, shares={"C": 1.5}, attested={"살안": 2, "바당": 2}
    )
    assert parse_tables(dump_tables({"jje": table}))["jje"] == table


def test_every_ending_stands_in_both_languages_with_weights() -> None:
    assert all(entry.korean and entry.jeju for entry in entries())
    assert all(f.weight > 0 for entry in entries() for f in (*entry.korean, *entry.jeju))
