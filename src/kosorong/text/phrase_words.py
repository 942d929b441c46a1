"""The words by which `kosorong.text.phrases` tells what is said as one, and where ㄴ is inserted.

Lists are closed and short: a pair of words that is not told by them stays apart, as it always did.
"""

from __future__ import annotations

from kosorong.text.adnominal import END, JOSA

SINO = "[영공일이삼사오육칠팔구십백천만억조]"
TENS = "열 스물 스무 서른 마흔 쉰 예순 일흔 여든 아흔"
ONES = (
    "한 두 세 네 석 넉 서 너 다섯 여섯 일곱 여덟 아홉 두세 서너 대여섯 예닐곱 일고여덟 다ᄉᆞᆺ "
    "ᄋᆢᄉᆞᆺ ᄋᆢ섯 ᄋᆢ덥 ᄋᆢ덟 아옵"
)

COUNTED = (
    "개 개월 개국 명 사람 사름 살 시 시간 마리 ᄆᆞ리 권 장 잔 병 대 채 켤레 벌 송이 그루 포기 "
    "자루 다발 묶음 상자 박스 가지 군데 곳 번 번째 번지 차례 달 달러 년 학년 월 일 원 분 초 층 "
    "호 호실 호선 회 화 위 등 등급 급 조 주 주일 주년 절 막 강 반 박 인 인분 인승 인실 인용 세 "
    "세대 세기 억 만 리 리터 미터 킬로 킬로미터 킬로그램 센티 센티미터 밀리미터 밀리 그램 톤 평 "
    "퍼센트 프로 페이지 면 행 길 단 단계 건 촌 동 도 점 쪽 부 편 배 통 판 줄 그릇 숟갈 숟가락 "
    "모금 방울 조각 마디 바퀴 걸음 발자국 뼘 자리 끼 가닥 토막 마지기 되 말 섬 홉 돈 푼 냥 근 "
    "필 칸 모 알 톨 글자 식구 가구 나라 가족 곡 경기 해 아름 아이 아들 형제 남매 학기 밤 나절 "
    "짝 척 쌍 닢 쌈 두름 음절 옥타브 오라기 올 이랑 여"
)
"""Counters and nouns that are counted, by which a number is one phrase with them."""

COUNTED_WITH_NIEUN = "연대 연승 연패 연타 연발 열"
"""Of these the first sound takes ㄴ (article 29: 3연대[삼년대])."""

STEMS = (
    "먹 넣 놓 낳 입 벗 맞 묻 남 막 묶 없 있 앉 엇 잇 읽 잃 잊 익 얻 얹 웃 받 담 닫 잡 줍 굽 듣 "
    "덮 싶 같 죽 숨 심 감"
)
"""Verbs whose stem ends in a consonant and whose onset meets the stop before."""

STEM_ENDINGS = "는은을었았어아으고지다기던게습나네겠더거소엇앗언엄암엉앙인"

FORMS = (
    "하는 하고 하지 하다 하면 하여 하며 하게 하기 하려 하던 하니 하자 하겠 하시 해서 해요 해라 "
    "해야 해도 해보 해봐 해본 해주 해줘 해난 해놓 했 합니 한때 없이 할까 할지 ᄒᆞ ᄒᆡ 허는 허고 "
    "허지 허난 허멍 허민 허젠 한다 매기 매겨 매긴 맞추 맞춰 맞췄 맞춘 말리 말려 말린 만들 만드 "
    "만든 만나 만났 만난 마시 마셔 마신 마실 물고 물었 물어 나는 나가 나갔 나왔 나온 나오 나서 "
    "났 내고 내지 내다 내는 내려 내리 내놓 냈 놀고 놀지 놀다 놀아 놀았 모르 모른 모를 몰라 몰랐 "
    "밀고 밀어 아니 아닌 아닐 아닙 알고 알지 알아 알았 안다 아는 오는 오고 오지 오면 오려 온다 "
    "왔 와서 사는 사고 사지 사다 사서 사러 사면 사려 산다 샀 보는 보고 보지 보다 보면 보며 보려 "
    "보던 보러 보니 보자 보겠 보여 보였 봤 봐서 봐요 본다 주는 주고 주지 주다 주면 주며 주려 "
    "주던 주니 줬 줘 준다 가는 가고 가지 가다 가면 가며 가려 가던 가자 가겠 간다 갔 되는 되고 "
    "되지 되다 되면 되며 됐 돼 된다 짓는 짓고 짓다 지었 지은 달고 달라 달려 달렸 달린 들고 들어 "
    "들었 들으 두고 두는 두었 두르 던지 던져 던진 지키 지켜 지켰 지고 지나 지났 버리 버려 버린 "
    "버릴 빌려 빌리 빌린 기다리 기르 자고 자는 자라 잤 자르 잘라 잘랐 삼고 삼아 삼았 울고 울리 "
    "울려"
)
"""Verbs whose stem ends in a vowel or ㄹ, as they begin when written."""

PLACES = "위 우 앞 아래 아레 안 옆 밑 뒤 밖 바깥"
"""Nouns of place that stand behind another noun (article 15: 밭 아래, 늪 앞, 꽃 위)."""

BEFORE_PLACES = "문 산 돌 눈 손 담 논 섬 불 풀 몸 물 창문 대문 마을 하늘 땅"
"""Nouns that no particle is spelled like, and that meet a noun of place too: 문 앞 → 무 납."""

FIRST = (
    "국민 시민 생활 생명 인간 사랑 결혼 신혼 배낭 일본 서울 부산 제주 겨울 가을 봄 공공 공동 "
    "강화 방탄 의학 전문 성인 신문 방송 청소년 학생 직장 시골 고향 섬 마을"
)
"""Nouns in ㄴ, ㄹ, ㅁ, ㅇ that no particle is spelled like, before a noun that takes ㄴ."""

OWN_PHRASE = "즉 혹 및 만약 아직 결국 더욱 간혹 그만큼"
"""Words in a stop that close a phrase of their own."""

NIEUN_VERBS = (
    "입는 입은 입을 입었 입어 입으 입고 입지 입다 입던 입게 입습 입엇 입언 입엉 입히 입혀 입혔 "
    "읽 잊 익은 익을 익었 익어 익고 익히 익혀 익혔 익는 이기는 이기고 이기지 이기려 이기면 "
    "이기자 이겨 이겼 이긴 이길 이루 이뤄 이뤘 이룬 이룰 일어 일으 여미 열고 열어 열었 열지 "
    "열리 열려 열린 열릴 여는 여닫"
)
"""Verbs that take ㄴ (article 29: 옷 입다, 잘 입다). 있다 and 이다 never do: 값있는[가빈는]."""

NIEUN_NOUNS = (
    "잎 이야기 여자 여인 여학생 여성 이불 이름 이빨 입술 잇몸 연필 양말 여행 요리 윤리 영화 "
    "여우 여름 일꾼 일거리 일손 이파리 임자 양념 약속 역사 역할 여유 연인 연애 용품 용어 요법 "
    "열차 예닐곱 여섯 여덟"
)
NIEUN_NOUN = (
    f"(?:일(?:{JOSA}{END}|[이은을도만들과에의로입인밖처뿐][가-힣])|엿(?:{JOSA}{END})|입(?:{JOSA}{END}|에서)"
    f"|윷|육{END}|" + "|".join(NIEUN_NOUNS.split()) + ")"
)
"""Matches nouns that take ㄴ after an adnominal form, a native numeral or a determiner."""

ADNOMINAL_NIEUN = (
    "한 ᄒᆞᆫ 헌 된 간 온 본 준 큰 먼 긴 딴 웬 맨 옛 첫 그런 이런 저런 어떤 다른 모든 무슨 "
    "아무런 지난 새로운 어려운 쉬운 힘든 궂은 좋은 나쁜 많은 작은 같은 높은 먹은 받은 남은 맡은 "
    "젊은 늙은 잃은 잊은 읽은 앉은 찾은 믿은 잡은 입은 죽은 바쁜 급한 중요한 슬픈 기쁜 아픈 "
    "재미있는 재미난 맛있는 궂인 좋인"
)
ADNOMINAL_NIEUN_ENDS = (
    "하는 되는 있는 없는 싶은 였던 었던 았던 했던 됐던 하던 보는 오는 주는 사는 맡는 ᄒᆞ는 허는 "
    "잇는 엇은 로운 스러운 다운"
)
"""Adnominal forms in ㄴ, whole or by their ends, that are no noun with the particle 은 or 는."""

RIEUL_NOUNS = "놈 나위 노릇 나름 나이 날 녀석 년 남자 나라 내용 능력"
"""Nouns in ㄴ that an adnominal -(으)ㄹ turns into ㄹ (article 20): 할 노릇 → 할 로륻."""
