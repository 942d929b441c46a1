"""Every spelling of arae-a becomes one form and no letter is lost."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.text.letters.hanyang import hanyang
from kosorong.text.letters.jamo import CODA_PARTS, ONSET_PARTS, typed_letter
from kosorong.text.letters.normalize import normalize, normalize_with_notes, to_modern

HAN = "\u1112\u119e\u11ab"

hangul_soup = st.text(
    st.one_of(
        st.sampled_from("ㄱㄴㄹㅁㅅㅇㅎㄲㅄㅏㅗㅣㆍㆎ·. 가한값"),
        st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
        st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
        st.characters(min_codepoint=0xFFA1, max_codepoint=0xFFBE),
        st.sampled_from("\u200b\ufeff\x00\u3000Ａ\ud800"),
    ),
    max_size=12,
)


def letter_sequence(text: str) -> str:
    """Return a text's letters in order: silent onsets and what is no letter are left out."""
    out = []
    for char in unicodedata.normalize("NFD", text):
        narrow = "\uffa1" <= char <= "\uffdc"
        wide = chr(int(unicodedata.decomposition(char).split()[1], 16)) if narrow else char
        letter = typed_letter(wide)
        out.append(CODA_PARTS.get(letter, ONSET_PARTS.get(letter, letter)))
    kept = "".join(out).replace("ᆢ", "ㆍㆍ").replace("ㅇ", "").replace("ㆁ", "")
    return "".join(char for char in kept if "ㄱ" <= char <= "ㆎ" and char != "\u3164")


@pytest.mark.parametrize(
    "spelling",
    [
        HAN,
        "ㅎㆍㄴ",
        "ᄒㆍㄴ",
        "ᄒᆞㄴ",
        "ㅎᆞᆫ",
        "\uf53a",
        "\u200b\u1112\u119e\u200d\u11ab",
    ],
)
def test_spellings_of_one_syllable_agree(spelling: str) -> None:
    assert normalize(spelling) == HAN


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("ㅎㆍㄴ저", HAN + "저"),
        ("ㅎㆍ나", "\u1112\u119e나"),
        ("ㅎㆍㄴㅏ", "\u1112\u119eㄴㅏ"),
        ("ㅂㆍㄹㄱ다", "\u1107\u119e\u11b0다"),
        ("ㄱㆍㄴㄱ다", "\u1100\u119e\u11abㄱ다"),
        ("ㅇㆍㆍㅁ", "\u110b\u11a2\u11b7"),
        ("\u11a2\u11b7", "\u110b\u11a2\u11b7"),
        ("\u114c\u119e", "\u110b\u119e"),
        ("ㅁㆎ", "\u1106\u11a1"),
        ("ￊﾩ", "ㅕㄹ"),
        ("ﾡￂﾤￊ", "가녀"),
        ("ﾾￂﾷ", "항"),
        (unicodedata.normalize("NFD", "제주"), "제주"),
        ("ᄒᆞ염ㅅ저", "\u1112\u119e여\u11dd저"),
        ("염ᆺ저", "여\u11dd저"),
        ("\u11a1\u1100", "\u110b\u11a1\u11a8"),
        ("\u1112", "ㅎ"),
    ],
)
def test_letters_become_syllables(written: str, canonical: str) -> None:
    assert normalize(written) == canonical


@pytest.mark.parametrize("text", ["ㅎ·ㄴ저", "ㅎ·꼼", "아 ㅎ•꼼"])
def test_a_dot_between_letters_of_a_syllable_is_the_vowel(text: str) -> None:
    canonical, notes = normalize_with_notes(text)
    assert "\u1112\u119e" in canonical
    assert [note.kind for note in notes] == ["middle dot"]
    assert text[notes[0].index] == notes[0].before


@pytest.mark.parametrize(
    "text", ["가·나", "가ㆍ나ㆍ다", "ㄱ·ㄴ·ㄷ", "ㄱ·ㄴ은", "한·일 관계", "ㆍ는"]
)
def test_other_dots_stay_dots(text: str) -> None:
    assert normalize(text) == text


@pytest.mark.parametrize(
    ("written", "canonical", "kind"),
    [
        ("\ufeff가", "가", "invisible"),
        ("가\u00ad나", "가나", "invisible"),
        ("가\x00나", "가나", "control"),
        ("ＡＢ，３", "AB,3", "width"),
        ("가\u2028나", "가\n나", "line break"),
        ("가\udc00", "가\ufffd", "surrogate"),
        ("\ue0bc", "\ue0bc", "unread private"),
        ("\uf537", "\u1112\u119e", "private"),
    ],
)
def test_changes_are_noted(written: str, canonical: str, kind: str) -> None:
    text, notes = normalize_with_notes(written)
    assert text == canonical
    assert [note.kind for note in notes] == [kind]


def test_a_split_surrogate_pair_is_joined() -> None:
    assert normalize("\ud83c\udf4a") == "\U0001f34a"


@pytest.mark.parametrize("text", ["“감수광?” ‘예’", "가\t나\n다", "한글 ABC 123 漢字 …", ""])
def test_plain_text_and_quotes_are_kept(text: str) -> None:
    assert normalize_with_notes(text) == (text, ())


def test_private_characters_are_arae_a_syllables() -> None:
    assert hanyang()["\ue283"] == "\u1102\u119e"
    assert hanyang()["\uebd4"] == "\u110a\u119e"
    assert all(normalize(syllable) == syllable for syllable in hanyang().values())


def test_modern_spelling_writes_the_vowels_of_today() -> None:
    assert to_modern(normalize("ㅎㆍㄴ디 ㅇㆍㆍ든 ㅁㆎ다")) == "혼디 요든 메다"


@given(hangul_soup)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


@given(hangul_soup)
def test_no_letter_is_lost_or_added(text: str) -> None:
    plain = "".join(char for char in text if char not in "·\u115f\u1160")
    assert letter_sequence(normalize(plain)) == letter_sequence(plain)


@given(hangul_soup)
def test_canonical_text_is_composed(text: str) -> None:
    once = normalize(text)
    assert unicodedata.normalize("NFC", once) == once
