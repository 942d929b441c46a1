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


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_damaged_byte_is_pointed_to(encoding: str) -> None:
    data = STORY.encode(encoding)
    at = data.index("물결".encode(encoding))
    with pytest.raises(InputError, match=f"damaged at byte {at}"):
        decode(data[:at] + b"\xff\xff" + data[at:], "a.txt")


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
