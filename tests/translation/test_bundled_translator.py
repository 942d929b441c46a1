"""The bundled translator on what readers will send it."""

from __future__ import annotations

import pytest

from kosorong.bundle import find_bundle
from kosorong.terms import parse_terms
from kosorong.text.letters.hangul import has_araea
from kosorong.text.letters.normalize import normalize
from kosorong.training.translation.linking import errors_of, linked_pairs
from kosorong.training.translation.preservation import carried_names, preserved
from kosorong.translation.checks import fixed_parts
from kosorong.translation.translator import NeuralTranslator


@pytest.fixture(scope="module")
def bundled() -> NeuralTranslator:
    return NeuralTranslator(find_bundle("translator"))


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("ᄒᆞᆫ저 옵서. 날이 막 좋수다.", "Jeju already"),
        ("혼저 옵서예. 무사 경 햄수과?", "Jeju already"),
        ("The sea is calm today.", "No Hangul"),
        ("今日は海が静かです。", "No Hangul"),
        ("ㅋㅋㅋㅋ", "No Hangul"),
        ("😀👍🏽", "No Hangul"),
        ("가" * 5_000, "letters was left alone"),
    ],
)
def test_what_is_no_korean_text_passes_through_and_is_told(
    bundled: NeuralTranslator, text: str, warning: str
) -> None:
    made = bundled.translate([text])[0]
    assert made.text == normalize(text)
    assert made.provenance == "copy"
    assert any(warning in one for one in made.warnings)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("그는 大學에서 漢字를 배웠다.", ["大學", "漢字"]),
        ("나는 YouTube를 보다가 잤다.", ["YouTube"]),
        ("진짜 좋아요 ㅠㅠ", ["ㅠㅠ"]),
        ("오늘도 고마워요 😀👍", ["😀👍"]),
    ],
)
def test_foreign_parts_stand_as_they_stood_and_are_named(
    bundled: NeuralTranslator, text: str, kept: list[str]
) -> None:
    made = bundled.translate([text])[0]
    assert all(part in made.text for part in kept)
    assert any(all(part in one for part in kept) for one in made.warnings)
    assert len(made.text.split()) <= len(text.split()) + 2


def test_markup_stays_and_is_told(bundled: NeuralTranslator) -> None:
    made = bundled.translate(["<b>어서</b> 오세요. https://example.kr 참고"])[0]
    assert made.text.startswith("<b>어서</b>")
    assert "https://example.kr" in made.text
    assert made.warnings == ("Markup or an address was left alone.",)


@pytest.mark.parametrize("text", ["아", "네", "밥", "1", "ㄱ", "?", "응.", "“", ""])
def test_a_text_of_one_letter_becomes_no_sentence(bundled: NeuralTranslator, text: str) -> None:
    made = bundled.translate([text])[0]
    assert len(made.text) <= 2 * len(text) + 4
    assert len(made.text.split()) <= 1


def test_5000_letters_without_a_stop_keep_their_length(bundled: NeuralTranslator) -> None:
    text = " ".join(f"{n}번째 사람이 바다로 가고" for n in range(1, 310))
    assert len(text) > 5_000
    made = bundled.translate([text])[0]
    assert 0.7 * len(text) < len(made.text) < 1.5 * len(text)
    assert fixed_parts(made.text) == fixed_parts(text)
    assert {link.target for link in made.links} == set(range(len(made.text.split())))
    assert len(made.word_confidences) == len(made.text.split())


@pytest.mark.parametrize(
    "text", ["“어서 오세요.”", "왜 그렇게 했습니까?", "(아마) 갔을 것이다…", "‘바다’라고 말했다."]
)
def test_punctuation_survives(bundled: NeuralTranslator, text: str) -> None:
    signs = set("“”?()…‘’.")
    made = bundled.translate([text])[0].text
    assert [c for c in made if c in signs] == [c for c in text if c in signs]


@pytest.mark.parametrize("text", ["뭐 ? 경운기 산 때가 ?", "“ 밥을 먹었다 . ”", "응 . 그래 ."])
def test_detached_punctuation_is_as_sure_as_the_word_before(
    bundled: NeuralTranslator, text: str
) -> None:
    made = bundled.translate([text])[0]
    assert len(made.word_confidences) == len(made.text.split())
    assert all(link.target < len(made.text.split()) for link in made.links)


def test_200_names_come_through(bundled: NeuralTranslator) -> None:
    found = preserved("names", carried_names(), bundled.translate)
    assert (found.sentences, found.failures) == (200, ())
    assert "200 of 200" in found.text


@pytest.mark.parametrize(
    "text",
    [
        "1,200원짜리 3개를 샀다.",
        "KTX로 2시간 30분이 걸린다.",
        "A4 용지 12장과 USB를 챙겼다.",
        "3.14와 1/2은 수이다.",
        "2026년 11월 22일 15:30에 만나자.",
    ],
)
@pytest.mark.parametrize("strength", [1 / 3, 2 / 3, 1.0])
def test_numbers_and_latin_survive_at_every_strength(
    bundled: NeuralTranslator, text: str, strength: float
) -> None:
    made = bundled.translate([text], strength=strength)[0]
    assert fixed_parts(made.text) == fixed_parts(text)


def test_terms_stand_as_fixed_and_particles_agree(bundled: NeuralTranslator) -> None:
    fixed = bundled.with_terms(parse_terms("바닷가\t바당ᄀᆞᆺ\n물\t물\n설문대할망\n"))
    texts = ["설문대할망은 바닷가로 갔다.", "바닷가를 보았다.", "바닷가와 산을 보았다."]
    made = [translation.text for translation in fixed.translate(texts)]
    assert made[0].startswith("설문대할망은 바당ᄀᆞᆺ으로 ")
    assert made[1].startswith("바당ᄀᆞᆺ을 ")
    assert made[2].split()[0] in ("바당ᄀᆞᆺ과", "바당ᄀᆞᆺ광", "바당ᄀᆞᆺ이영")
    back = fixed.translate(["바당ᄀᆞᆺ을 봣수다."], source="jje", target="ko")[0].text
    assert back.startswith("바닷가를 ")


def test_terms_are_part_of_the_fingerprint(bundled: NeuralTranslator) -> None:
    one, two = (bundled.with_terms(parse_terms(text)) for text in ("물\n", "산\n"))
    assert len({bundled.fingerprint, one.fingerprint, two.fingerprint}) == 3
    assert bundled.with_terms(parse_terms("")).fingerprint == bundled.fingerprint


def test_links_are_close_to_those_made_by_hand(bundled: NeuralTranslator) -> None:
    for error in errors_of(bundled, linked_pairs()):
        assert error.rate < 0.05, error.text
    assert bundled.link("", "") == ()


@pytest.mark.parametrize(
    ("jeju", "word"),
    [
        ("웃ᄆᆞ을 사름이 왓수다.", "마을"),
        ("산ᄆᆞ을 아이덜이 놀암저.", "산마을"),
        ("늦ᄀᆞ을 바당은 ᄎᆞ다.", "늦가을"),
        ("ᄀᆞ슬 하늘이 노프다.", "가을"),
        ("ᄀᆞ을을 지드렷저.", "가을을"),
        ("ᄎᆡᆨ을 ᄆᆡ일 익엄저.", "매일"),
    ],
)
def test_jeju_nouns_in_eul_and_every_arae_a_come_to_korean(
    bundled: NeuralTranslator, jeju: str, word: str
) -> None:
    (made,) = bundled.translate([jeju], source="jje", target="ko")
    assert word in made.text
    assert not has_araea(made.text)
    assert not any("malformed" in warning for warning in made.warnings if word != "가을을")


@pytest.mark.parametrize(
    ("korean", "word"),
    [
        ("마을 어귀에 나무가 있다.", "ᄆᆞ을"),
        ("우리 마을 사람들이 웃었습니다.", "ᄆᆞ을"),
        ("노을 지는 바다를 보았다.", "노을"),
        ("초ㆍ중학교에 다녔습니다.", "수다"),
    ],
)
def test_korean_nouns_in_eul_and_dots_come_to_jeju(
    bundled: NeuralTranslator, korean: str, word: str
) -> None:
    (made,) = bundled.translate([korean])
    assert word in made.text
    assert made.provenance != "copy"


def test_korean_with_a_vowel_of_arae_a_is_jeju_already(bundled: NeuralTranslator) -> None:
    (made,) = bundled.translate(["ᄆᆡ일 밥 먹나."])
    assert made.provenance == "copy"
    assert "arae-a" in made.warnings[0]


def test_a_term_is_not_found_in_a_noun_that_begins_like_it(bundled: NeuralTranslator) -> None:
    named = bundled.with_terms(parse_terms("마\t마줄기\n"))
    (made,) = named.translate(["마을에서 마를 캤다."])
    assert "마줄기를" in made.text
    assert "마줄기을" not in made.text
