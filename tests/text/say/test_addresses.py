"""Telephone, card and other numbers of groups; addresses of the web, of mail, names of files."""

from __future__ import annotations

import pytest

from kosorong.text.say.addresses import read_address, read_version, trimmed_end
from kosorong.text.say.spoken import spell_out


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("주소는 www.jeju.com.", "주소는 더블유더블유더블유 닷 제주 닷컴."),
        ("a@jeju.com.", "에이 골뱅이 제주 닷컴."),
        ("http://b.kr/c, 봐라", "에이치티티피 콜론 슬래시 슬래시 비 닷 케이알 슬래시 씨, 봐라"),
        ("(https://a.kr/b),", "에이치티티피에스 콜론 슬래시 슬래시 에이 닷 케이알 슬래시 비,"),
        ("www.jeju.com/?a=1).", "더블유더블유더블유 닷 제주 닷컴 슬래시 물음표 에이 이퀄 일."),
        ("naver.com이 있다", "네이버 닷컴이 있다"),
        ("a.com.kr", "에이 닷컴 닷 케이알"),
        ("example.com/path", "이그잼플 닷컴 슬래시 파스"),
        ("a_b.txt", "에이 언더바 비 닷 티엑스티"),
        ("사진.jpg", "사진 닷 제이피지"),
        ("192.168.0.1", "백구십이 점 백육십팔 점 영 점 일"),
    ],
)  # fmt: skip
def test_an_address_is_read_to_its_end_and_the_sentence_goes_on(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.parametrize("marks", ["", ".", ",", ").", "?!", '".', "]}>';:"])
def test_the_marks_of_the_sentence_are_no_part_of_an_address(marks: str) -> None:
    text = f"봐라 www.a.kr/b{marks}"
    assert trimmed_end(text, 3, len(text)) == len(text) - len(marks)


def test_marks_alone_leave_nothing_of_an_address() -> None:
    assert trimmed_end("아...", 1, 4) == 1
    assert trimmed_end("....", 1, 4) == 1


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("010-1234-5678", "공일공 일이삼사 오육칠팔"),
        ("064-710-1234", "공육사 칠일공 일이삼사"),
        ("+82-64-710-1234", "국가번호 팔이 육사 칠일영 일이삼사"),
        ("1234-5678-9012-3456", "일이삼사 오육칠팔 구영일이 삼사오육"),
        ("1588-1234", "일오팔팔 일이삼사"),
        ("1588-2100", "일오팔팔 이일공공"),  # no span of years reaches so far
        ("1577-1200", "일오칠칠 일이공공"),
        ("111-200-3000", "일일일 이영영 삼영영영"),  # no Korean area: 영
        ("(02)120-3000", "공이 일이공 삼공공공"),
        ("(02) 120-3000", "공이 일이공 삼공공공"),
        ("+1-212-500-1000", "국가번호 일 이일이 오영영 일영영영"),
        ("4000 5000 6000 7008", "사영영영 오영영영 육영영영 칠영영팔"),
        ("대표전화 3456-7890", "대표전화 삼사오육 칠팔구공"),
        ("전화 1970-1980", "전화 일구칠공 일구팔공"),
    ],
)
def test_a_number_that_is_dialled_is_read_digit_by_digit(written: str, said: str) -> None:
    assert spell_out(written) == said


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2345-1234", "이천삼백사십오 다시 천이백삼십사"),
        ("1677-1990", "천육백칠십칠에서 천구백구십"),
        ("1990-1995", "천구백구십에서 천구백구십오"),
        ("3456-7890", "삼천사백오십육에서 칠천팔백구십"),
    ],
)
def test_two_numbers_that_nobody_dials_are_read_as_numbers(written: str, said: str) -> None:
    assert spell_out(written) == said


def test_every_sign_of_an_address_has_its_name() -> None:
    said = (
        "에이치티티피 콜론 슬래시 슬래시 에이 하이픈 비 언더바 씨 닷 케이알 슬래시 물결 디"
        " 물음표 이 이퀄 일 앤드 에프 샵 이"
    )
    assert read_address("http://a-b_c.kr/~d?e=1&f#2") == said


def test_only_the_ending_com_is_said_as_a_word() -> None:
    assert read_address("a.com").endswith("닷컴")
    assert read_address("a@b.com.kr") == "에이 골뱅이 비 닷컴 닷 케이알"


def test_the_parts_of_a_version_are_whole_numbers() -> None:
    assert read_version("10.0.12") == "십 점 영 점 십이"


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("map", "맙"),  # alone it is a word
        ("a.map", "에이 닷 엠에이피"),  # short behind a point or at the end: spelled
        ("a/map", "에이 슬래시 엠에이피"),
        ("a/map/b", "에이 슬래시 맙 슬래시 비"),
        ("a.org/time", "에이 닷 오알지 슬래시 타임"),
        ("map.kr", "맙 닷 케이알"),
        ("a^b", "에이 비"),  # a sign without a name
        ("com.kr", "콤 닷 케이알"),
        ("a.b.com/com", "에이 닷 비 닷컴 슬래시 씨오엠"),
    ],
)
def test_short_parts_of_an_address_are_spelled_and_long_ones_read(address: str, said: str) -> None:
    assert read_address(address) == said
