import random

import pytest

from kosorong.book.readers.encoding import decode
from kosorong.errors import InputError

STORY = (
    "어느 마을에 늙은 해녀가 살고 있었다. 그는 날마다 바다에 나가 전복을 캤다.\n"
    "“오늘은 물결이 높으니 그만두시지요.” 하고 손녀가 말했다. 그러나 그는 듣지 않았다.\n"
) * 4


@pytest.mark.parametrize(
    ("stored_as", "read_as"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp949", "cp949"),
        ("euc-kr", "cp949"),
    ],
)
def test_what_is_read_comes_back_as_it_was(stored_as: str, read_as: str) -> None:
    decoded = decode(STORY.encode(stored_as), "a.txt")
    assert decoded.text == STORY
    assert decoded.encoding == read_as


def test_cp949_syllables_beyond_euc_kr_are_read() -> None:
    assert decode("똠방각하는 펲시를 마셨다고 한다".encode("cp949"), "a.txt").text[0] == "똠"


@pytest.mark.parametrize(
    ("text", "stored_as", "named"),
    [
        (STORY.replace("“", "").replace("”", ""), "johab", "JOHAB"),
        (STORY.replace("“", "").replace("”", ""), "iso2022_kr", "ISO-2022-KR"),
        (STORY, "utf-32", "UTF-32"),
        (STORY, "utf-32-be", "UTF-32"),
        ("我们的国家是一个很大的国家，他不在这里。" * 5, "gb18030", "Chinese"),
        ("我的家在山上，有一個人來了，他不是我們的人。" * 5, "big5", "Chinese"),
        ("これはとても古い話です。むかしむかしありました。" * 5, "shift_jis", "Japanese"),
        ("これはとても古い話です。むかしむかしありました。" * 5, "euc_jp", "Japanese"),
        ("Où étiez-vous cet été? À la mer, près d'ici." * 3, "latin-1", "Latin-1"),
    ],
)
def test_every_other_encoding_is_named_with_the_cure(text: str, stored_as: str, named: str) -> None:
    with pytest.raises(InputError, match=r"a\.txt: .*Save it as UTF-8") as caught:
        decode(text.encode(stored_as), "a.txt")
    assert named in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_damaged_bytes_are_read_with_a_warning_that_names_the_line(encoding: str) -> None:
    data = STORY.encode(encoding)
    at = data.index("손녀가".encode("utf-8" if encoding != "cp949" else "cp949"))
    decoded = decode(data[:at] + b"\xff\xff" + data[at:], "a.txt")
    assert decoded.text == STORY.replace("손녀가", "\ufffd\ufffd손녀가", 1)
    assert decoded.warnings == ("2 damaged places became U+FFFD, the first in line 2.",)


def test_damage_in_a_text_of_a_few_words_is_read_as_well() -> None:
    decoded = decode("바람\n이 ".encode() + b"\xc0" + "분다".encode(), "a.txt")
    assert decoded.text == "바람\n이 \ufffd분다"
    half = "바람이 분다. 눈도 온다.".encode("utf-16-le") + b"\x00\xdc\x00"
    assert "바람이 분다." in decode(b"\xff\xfe" + half, "a.txt").text


@pytest.mark.parametrize(
    "text",
    [
        *("구름 cloud 별 star", "별", "The hill is called 다랑쉬 by all who live there."),
        *(
            "ㅋㅋㅋ 웃겨 lol",
            "쑥 & 꿩",
            "漢拏山은 high",
            "℃ 3 별",
            "2024 Seoul 서울",
            "한글 hangul",
        ),
        *("“가자.” he said", "꽃 flower, 나무 tree, 숲 forest", "MP3 플레이어 player"),
    ],
)
def test_cp949_of_a_few_words_among_latin_ones_is_read(text: str) -> None:
    decoded = decode(text.encode("cp949"), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "cp949")


@pytest.mark.parametrize(
    ("text", "stored_as"),
    [
        *(("你好", "gb18030"), ("我们的国家", "gb18030"), ("こんにちは", "shift_jis")),
        *(("日本語です", "euc_jp"), ("Ärger über Öl", "latin-1"), ("naïve café", "latin-1")),
        *(("“Hello” – he’s", "cp1252"), ("Привет мир", "cp1251"), ("καλημέρα", "iso8859-7")),
        ("안녕하세요 여러분", "johab"),
    ],
)
def test_a_few_words_in_another_encoding_are_not_taken_for_cp949(text: str, stored_as: str) -> None:
    with pytest.raises(InputError, match="Save it as UTF-8"):
        decode(text.encode(stored_as), "a.txt")


def test_random_bytes_are_refused() -> None:
    with pytest.raises(InputError, match="no encoding that is read"):
        decode(random.Random(3).randbytes(4000).replace(b"\0", b"\xfe"), "a.txt")


def test_nul_bytes_and_control_characters_are_left_out_and_counted() -> None:
    decoded = decode("가\0나\x01\x02다".encode(), "a.txt")
    assert decoded.text == "가나다"
    assert decoded.warnings == (
        "1 NUL characters were left out.",
        "2 control characters were left out.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_lone_surrogates_become_the_replacement_character(encoding: str) -> None:
    decoded = decode("가나다라\ud800마바사".encode(encoding, "surrogatepass"), "a.txt")
    assert decoded.text == "가나다라\ufffd마바사"
    assert "surrogates" in decoded.warnings[0]


def test_a_pair_of_surrogates_written_apart_is_joined() -> None:
    assert decode(b"\xed\xa0\xbd\xed\xb8\x80 " + "웃음".encode(), "a.txt").text == "😀 웃음"


def test_a_file_cut_in_the_middle_of_a_character_is_read_with_a_warning() -> None:
    assert decode("가나다".encode()[:-1], "a.txt").warnings == (
        "The file ends in the middle of a character.",
    )


def test_line_ends_of_every_kind_become_line_feeds() -> None:
    assert decode("a\r\nb\rc\u2028d\x0ce\x85f".encode(), "a.txt").text == "a\nb\nc\nd\n\ne\nf"
