"""English words and abbreviations that are said in a way their letters do not tell."""

from __future__ import annotations

_WORDS = """
app 앱 brand 브랜드 km 킬로미터 kg 킬로그램 cm 센티미터 mm 밀리미터 ost 오에스티 the 더 of 오브
and 앤드 to 투 in 인 is 이즈 it 잇 you 유 that 댓 he 히 was 워즈 for 포 on 온 are 아 with 위드 as
애즈 his 히즈 they 데이 be 비 at 앳 one 원 have 해브 this 디스 from 프롬 or 오어 had 해드 by 바이
not 낫 but 벗 what 왓 all 올 we 위 when 웬 your 유어 can 캔 said 세드 there 데어 use 유즈 an 언
each 이치 which 위치 she 쉬 do 두 how 하우 their 데어 if 이프 will 윌 up 업 other 아더 about
어바웃 out 아웃 many 매니 then 덴 them 뎀 so 소 some 섬 her 허 would 우드 make 메이크 like 라이크
him 힘 into 인투 time 타임 has 해즈 look 룩 two 투 three 스리 four 포 five 파이브 six 식스 seven
세븐 eight 에이트 nine 나인 ten 텐 more 모어 write 라이트 go 고 see 시 number 넘버 no 노 yes 예스
way 웨이 could 쿠드 people 피플 my 마이 than 댄 first 퍼스트 water 워터 been 빈 call 콜 who 후 oil
오일 its 이츠 now 나우 find 파인드 long 롱 down 다운 day 데이 did 디드 get 겟 come 컴 made 메이드
may 메이 part 파트 new 뉴 old 올드 good 굿 bad 배드 hello 헬로 hi 하이 bye 바이 thank 생크 thanks
생스 please 플리즈 sorry 소리 love 러브 life 라이프 world 월드 korea 코리아 seoul 서울 jeju 제주
book 북 story 스토리 page 페이지 chapter 챕터 part 파트 vol 볼륨 volume 볼륨 music 뮤직 song 송
movie 무비 computer 컴퓨터 internet 인터넷 online 온라인 offline 오프라인 email 이메일 e-mail
이메일 mail 메일 web 웹 website 웹사이트 site 사이트 blog 블로그 news 뉴스 cafe 카페 coffee 커피
tea 티 bus 버스 taxi 택시 hotel 호텔 house 하우스 home 홈 school 스쿨 office 오피스 king 킹 queen
퀸 prince 프린스 princess 프린세스 star 스타 sun 선 moon 문 sea 시 sky 스카이 island 아일랜드
mountain 마운틴 happy 해피 birthday 버스데이 christmas 크리스마스 merry 메리 game 게임 play 플레이
player 플레이어 team 팀 club 클럽 party 파티 show 쇼 black 블랙 white 화이트 red 레드 blue 블루
green 그린 yellow 옐로 gold 골드 silver 실버 big 빅 small 스몰 great 그레이트 best 베스트 only
온리 free 프리 sale 세일 open 오픈 close 클로즈 start 스타트 stop 스톱 end 엔드 ok 오케이 okay
오케이 google 구글 apple 애플 naver 네이버 kakao 카카오 daum 다음 youtube 유튜브 facebook 페이스북
instagram 인스타그램 twitter 트위터 samsung 삼성 hyundai 현대 microsoft 마이크로소프트 windows
윈도우 iphone 아이폰 ipad 아이패드 android 안드로이드 gmail 지메일 hotmail 핫메일 yahoo 야후
outlook 아웃룩 wikipedia 위키피디아 python 파이썬 java 자바 linux 리눅스 user 유저 admin 어드민
info 인포 test 테스트 example 이그잼플 home 홈 the 더 me 미 us 어스 night 나이트 light 라이트
right 라이트 high 하이 friend 프렌드 boy 보이 girl 걸 man 맨 woman 우먼 baby 베이비 mother 마더
father 파더 brother 브라더 sister 시스터 dream 드림 heart 하트 hand 핸드 eye 아이 eyes 아이즈
service 서비스 system 시스템 center 센터 centre 센터 live 라이브 video 비디오 audio 오디오 radio
라디오 tv 티브이 phone 폰 smart 스마트 city 시티 street 스트리트 road 로드 park 파크 bank 뱅크
card 카드 money 머니 mr 미스터 mrs 미시즈 ms 미즈 dr 닥터 st 세인트 vs 대 etc 등등 no 노 mp 엠피
wifi 와이파이 wi-fi 와이파이 bluetooth 블루투스 data 데이터 code 코드 file 파일 program 프로그램
project 프로젝트 report 리포트 design 디자인 style 스타일 pop 팝 rock 록 jazz 재즈 hip 힙 hop 홉
k-pop 케이팝 rap 랩 idol 아이돌 fan 팬 concert 콘서트 i'm 아임 don't 돈트 it's 이츠 can't 캔트
let's 레츠 you're 유어 pizza 피자 ice 아이스 cream 크림 cake 케이크 beer 비어 wine 와인 university
유니버시티 college 칼리지 english 잉글리시 korean 코리안 japan 재팬 china 차이나 america 아메리카
"""

_SPOKEN_AS_WORDS = """
NASA 나사 UNESCO 유네스코 UNICEF 유니세프 NATO 나토 OPEC 오펙 AIDS 에이즈 ASEAN 아세안 FIFA 피파
KAIST 카이스트 POSTECH 포스텍 POSCO 포스코 COVID 코비드 SARS 사스 MERS 메르스 RAM 램 ROM 롬 APEC
에이펙 JPEG 제이펙 TOEIC 토익 TOEFL 토플 TEPS 텝스 KOSPI 코스피 KOSDAQ 코스닥 NASDAQ 나스닥 LASER
레이저 RADAR 레이더 PIN 핀 SIM 심 YOLO 욜로 OK 오케이 NO 노 IKEA 이케아 LEGO 레고 BASIC 베이식
CAPTCHA 캡차 COEX 코엑스 KOTRA 코트라 MAMA 마마 ASMR 에이에스엠알 KOICA 코이카 SWAT 스와트 GIF
지아이에프 WHO 더블유에이치오
"""


def _table(text: str) -> dict[str, str]:
    """Return the pairs of a table written as words in a row."""
    words = text.split()
    return dict(zip(words[::2], words[1::2], strict=True))


WORDS = _table(_WORDS)
"""Lower-case English word → how it is said in Korean."""

ACRONYMS = _table(_SPOKEN_AS_WORDS)
"""Upper-case abbreviation that is said as a word."""

MIXED = {
    "MP3": "엠피스리",
    "MP4": "엠피포",
    "3D": "스리디",
    "2D": "투디",
    "4D": "포디",
    "5G": "파이브지",
    "4G": "포지",
    "3G": "스리지",
    "1+1": "원 플러스 원",
    "1st": "퍼스트",
    "2nd": "세컨드",
    "3rd": "서드",
    "R&D": "알앤디",
    "Q&A": "큐앤에이",
    "M&A": "엠앤에이",
}
"""Digits and letters that are said the English way."""
