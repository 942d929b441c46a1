"""Words sound as 표준 발음법 says; Jeju letters take part."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kosorong.text.letters.jamo import letters
from kosorong.text.letters.normalize import normalize
from kosorong.text.sound import pronunciation_exceptions
from kosorong.text.sound.pronounce import pronounce, pronounce_text
from kosorong.text.sound.symbols import encode

RULES = """
# article 5, vowels
씌워>씨워 흰>힌 주의>주의 지혜>지헤 예순>예순 차례>차례 묻혀>무처 쪄서>쩌서
# articles 8 to 11, codas
부엌>부억 낱>낟 꽃밭>꼳빧 짚>집 몫>목 얹는>언는 훑네>훌레 흙>흑 굶다>굼따 읊지>읍찌
# article 10, 밟- and 넓-
밟소>밥쏘 밟아>발바 넓적하다>넙쩌카다 넓은>널븐 여덟도>여덜도 여덟이>여덜비
# article 11, ㄺ before ㄱ
묽고>물꼬 늙게>늘께 흙과>흑꽈 칡도>칙또
# article 12, ㅎ
낳고>나코 끊지>끈치 닿소>다쏘 끊는>끈는 잃는>일른 낳아>나아 끓이>끄리 각하>가카 숱한>수탄
# article 13 and 14, liaison
부엌에>부어케 밖을>바끌 흙이>흘기 값은>갑쓴 앉으니>안즈니 없어>업써
# article 15, no liaison
겉옷>거돋 값없이>가법씨 웃어른>우더른 맛있게>마싣께 값있는>가빈는 값있다>가빋따 값있게>가빋께
값있어>가비써 뜻있는>뜨딘는 넋없다>너겁따 끝없이>끄덥씨 입맛없다>임마덥따 닭앞에>다가페
꽃위로>꼬뒤로
값어치>가버치 찾아>차자 찾안>차잔 끝이었다>끄치얻따
# article 16, names of letters
디귿을>디그슬 티읕에>티으세 히읗이>히으시 기역이>기여기
# article 17, palatalisation
해돋이>해도지 끝이>끄치 핥이다>할치다 닫혀>다처 굳혔다>구첟따 맏형>마텽
# article 18, nasalisation
국민>궁민 흙만>흥만 옷맵시>온맵씨 앞날>암날 값매다>감매다
# article 19, ㄹ to ㄴ
담력>담녁 종로>종노 석류>성뉴 법리>범니 십리>심니
# article 20, ㄹㄹ
광한루>광할루 물난리>물랄리 뚫는>뚤른 의견란>의견난 생산량>생산냥
# article 23, after obstruents
국밥>국빱 옆집>엽찝 값지다>갑찌다 넋받이>넉빠지
# article 24, stems in ㄴ and ㅁ
껴안고>껴안꼬 담던>담떤 젊지>점찌 굶기다>굼기다 옮겨>옴겨
검다>검따 참다가>참따가 감다>감따 검게>검께 참게>참게 검지>검지 감지>감지 참다운>참다운
신다>신따 살아남고>사라남꼬 휘감던>휘감떤 뛰어넘자>뛰어넘짜 참지만>참찌만 다듬기를>다듬끼를
남고자>남꼬자
남자>남자 참기름>참기름 남기고>남기고 안기다>안기다 숨기는>숨기는 담기다>담기다
# article 25, stems in ㄼ and ㄾ
얇게>얄께 훑지>훌찌
# article 26, Sino-Korean ㄹ
갈증>갈쯩 화학물질>화항물찔 물질하는>물질하는 발전소>발쩐소 현실적인>현실쩌긴
예술성이>예술썽이 현실적>현실쩍 서울성>서울성 가능성>가능성 허허실실>허허실실 절절하다>절절하다
# article 27, endings in -ㄹ
할게>할께 있을지>이쓸찌 갈수록>갈쑤록 알지>알지 거칠게>거칠게
할걸>할껄 할밖에>할빠께 먹을밖에>머글빠께 할세라>할쎄라 할지라도>할찌라도 할지언정>할찌언정
할진대>할찐대
길밖에>길바께 말밖에>말바께 너를>너를 할거야>할꺼야 할것이다>할꺼시다 할수있다>할쑤읻따
알거야>알거야
# article 28, compounds
걸림돌>걸림똘 볶음밥>보끔빱 볼거리>볼꺼리 읽을거리>일글꺼리 구김살>구김쌀 지름길>지름낄
생김새>생김새 네거리>네거리
눈사람>눈싸람 술버릇>술뻐륻 강바닥>강빠닥 초여름밤>초여름빰 별자리>별짜리 칼자루>칼짜루
장바구니>장빠구니
시민권>시민꿘 초대장>초대짱 맞춤법을>맏춤뻐블 보호법>보호뻡 방법>방법 위법>위법 정가>정까
고가도로>고가도로
이슬비>이슬비 밤비행기>밤비행기 손수레>손수레 불고기>불고기 개수대>개수대
손등>손뜽 강가>강까 물고기>물꼬기 인기>인끼
# article 29, inserted ㄴ
꽃잎이>꼰니피 솜이불>솜니불 색연필>생년필 물약>물략 십육>심뉵 그럼요>그럼뇨
백육>뱅뉵 이십육일>이심뉴길 천육백>천뉵빽 사일육>사일륙 영점육>영점뉵 육이오>유기오 삼육대>사뮥때
스물여섯>스물려섣 서른여덟에>서른녀덜베 백여섯>뱅녀섣 일연승>일련승 십여>시벼 십인>시빈
몽당연필>몽당년필 밤이불>밤니불 늦여름>는녀름 국민윤리>궁민뉼리 직업윤리의>지검뉼리의
가을여행>가을려행 서양요리>서양뇨리 전철역에서>전철려게서 합정역>합쩡녁 수면약을>수면냐글
멀미약>멀미약
방광염은>방광녀믄 세탁용>세탕뇽 성인용>성인뇽 이혼율>이혼뉼 방탄유리>방탄뉴리 집일>짐닐
사랑이야기>사랑니야기
# article 29, words that only look so
절약>저략 전기절약>전기저략 독약>도갹 한약>하냑 금요일>그묘일 송별연>송벼련 등용문>등용문
삼일절>사밀쩔 책임자>채김자 참여자>차며자 부산참여자>부산차며자 무기징역>무기징역
세균감염>세균가몀 재활용>재화룡
환율>화뉼 학용품>하굥품 바람이불던>바라미불던 그날이야>그나리야
# article 30, 사이시옷
콧날>콘날 뱃머리>밴머리 깻잎>깬닙 나뭇잎>나문닙
"""
CASES = [pair.split(">") for line in RULES.splitlines() if line[:1] != "#" for pair in line.split()]

syllables = st.one_of(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    st.characters(min_codepoint=0x1100, max_codepoint=0x11FF),
    st.characters(min_codepoint=0x3131, max_codepoint=0x318E),
    st.sampled_from([" ", ",", "…", "\u1112\u119e", "\u110b\u11a2", "\ua960\ud7b0\ud7cb", "a"]),
)
hangul_texts = st.lists(syllables, max_size=12).map("".join)


@pytest.mark.parametrize(("written", "sound"), CASES)
def test_words_sound_as_the_standard_says(written: str, sound: str) -> None:
    assert pronounce_text(written) == sound


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("만날 사람도 갈 데도", "만날 싸람도 갈 떼도"),
        ("할 수 있을 것이다", "할 쑤 이쓸 꺼시다"),
        ("부를 줄 안다", "부를 쭐 안다"),
        ("서울 시장 오늘 저녁", "서울 시장 오늘 저녁"),
        ("그를 데리고", "그를 데리고"),
        ("열 살, 여덟 개", "열 쌀, 여덜 깨"),
        ("기다릴 도리, 갈 곳, 살 집", "기다릴 또리, 갈 꼳, 살 찝"),
        ("바다를 지나 서울 거리", "바다를 지나 서울 거리"),
        ("도입을 자신을 다른", "도이블 자시늘 다른"),
        ("일 등, 칠 도, 칠 번", "일 뜽, 칠 또, 칠 번"),
    ],
)
def test_an_adnominal_ending_makes_the_next_word_tense(written: str, sound: str) -> None:
    assert pronounce_text(written) == sound


def test_words_keep_their_boundary() -> None:
    assert pronounce_text("옷이 어디 꽃밭에 하나") == "오시 어디 꼳빠테 하나"


@pytest.mark.parametrize(
    ("written", "sound"),
    [
        ("ㅎㆍ여ㅁㅅ저", "ㅎㆍ여ㅁㅅ저"),
        ("ㅎㆍ염ㅅ저", "ㅎㆍ염쩌"),
        ("먹엄ㅅ고", "머검꼬"),
        ("나\u11da이", "남기"),
        ("나\u11da", "남"),
        ("ㄸㆍㅀ다", "ㄸㆍㄹ타"),
        ("ㅂㆍㄺ은", "ㅂㆍㄹ근"),
        ("ㅂㆍㄺ다", "ㅂㆍㄱ따"),
        ("ㄷㆍㄺ광", "ㄷㆍㄱ꽝"),
        ("못ㅎㆍ크라", "모ㅌㆍ크라"),
        ("ㅇㆍㆍㄷㆍㅂ개", "ㅇㆍㆍㄷㆍㅂ깨"),
        ("ㅁㆎ다", "ㅁㆍ이다"),
        ("ㅁㆎㄹ\u1106\u11a1", "ㅁㆍ일ㅁㆍ이"),
        ("낳멍 좋수다", "난멍 조쑤다"),
    ],
)
def test_jeju_letters_follow_the_rules(written: str, sound: str) -> None:
    assert pronounce_text(normalize(written)) == normalize(sound)


def test_marks_stay_where_they_stand_and_stop_the_rules() -> None:
    assert pronounce(["옷,이", "값!", "…", "좋다?!"]) == ["옫,이", "갑!", "…", "조타?!"]


def test_a_word_of_several_spoken_words_stays_one() -> None:
    assert pronounce(["이천 십육 년", "", "할", "것"]) == ["이천 심늉 년", "", "할", "껃"]


def test_tense_onsets_can_be_left_out() -> None:
    sounds = pronounce(["국밥", "눈동자", "신고", "할", "것", "않소"], tensify=False)
    assert sounds == ["국밥", "눈동자", "신고", "할", "걷", "안쏘"]


def test_words_that_break_the_rules_can_be_left_to_them() -> None:
    assert pronounce(["손등", "솜이불", "국밥"], exceptions=False) == ["손등", "소미불", "국빱"]


@pytest.mark.parametrize("listing", ["WORDS", "SECOND_PARTS"])
def test_every_exception_cites_an_article_or_the_dictionary(listing: str) -> None:
    entries = getattr(pronunciation_exceptions, listing)
    assert entries
    article = r"(표준 발음법|국어의 로마자 표기법) \d+"
    uncited = [one for one in entries if not re.match(f"{article}|표준국어대사전", one.source)]
    assert uncited == []


def test_nouns_that_look_like_stems_stay_plain() -> None:
    assert pronounce_text("신고를 참고로 감기 남도") == "신고를 참고로 감기 남도"


def test_what_is_no_hangul_passes_through() -> None:
    assert pronounce_text("ㅋㅋㅋ hello 12") == "ㅋㅋㅋ hello 12"


@given(hangul_texts)
def test_any_hangul_can_be_pronounced_and_encoded(text: str) -> None:
    words = normalize(text).split()
    sounds = pronounce(words)
    assert len(sounds) == len(words)
    encode(sounds)


@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8))
def test_only_seven_codas_sound(text: str) -> None:
    for sound in pronounce([text]):
        assert all((ord(char) - 0xAC00) % 28 in (0, 1, 4, 7, 8, 16, 17, 21) for char in sound)


@given(
    st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=6).filter(
        lambda text: not set(letters(text)) & set("ㅖ") and "ㅡㅣ" not in letters(text)
    )
)
def test_a_respelled_word_sounds_as_itself(text: str) -> None:
    # ㅢ and ㅖ are read by the written onset, which a respelling no longer shows.
    sound = pronounce([text], tensify=False)
    assert pronounce(sound, tensify=False) == sound


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        ("검열", {"검녈", "거멸"}),
        ("금융", {"금늉", "그뮹"}),
        ("야금야금", {"야금냐금", "야그먀금"}),
        ("이글이글", {"이글리글", "이그리글"}),
        ("이죽이죽", {"이중니죽", "이주기죽"}),
        ("맛있다", {"마싣따", "마딛따"}),
        ("멋있는", {"머신는", "머딘는"}),
    ],
)
def test_where_two_readings_are_standard_one_of_them_is_said(
    written: str, standard: set[str]
) -> None:
    assert pronounce_text(written) in standard
