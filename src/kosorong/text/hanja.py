"""Common Hanja and their Sino-Korean readings, with the rule for initial ㄴ and ㄹ (두음법칙).

The table holds only characters whose reading hardly ever varies, or varies by rule (不); the most
usual reading is given where a rarer one exists (金 금, 車 차).

>>> read_run("父母"), read_run("女子"), read_run("不動産"), read_run("歷史")
(('부모', ()), ('여자', ()), ('부동산', ()), ('역사', ()))
"""

from __future__ import annotations

from kosorong.text.jamo import Syllable, compose, decompose

HANJA = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Inside of a regular-expression class: Hanja of the basic plane."""

_READINGS = """
가家可加價街歌假佳架 각各角刻覺脚 간間干看刊簡肝幹 갈渴 감感甘減敢監 갑甲 강江強强康講降鋼
개改個開皆介蓋 객客 갱坑 거去巨居擧據車距拒 건建件健乾 걸傑 검檢劍 게揭 격格擊激 견見犬堅
결決結缺潔 겸兼謙 경京景敬經警慶鏡競輕境 계計界季系係階繼 고高古故苦告考固庫孤鼓 곡曲谷穀哭 곤困坤
골骨 공公工空共功攻恐供 과過果科課誇寡 관觀官關館管貫冠 광光廣鑛狂 괴怪塊壞 교校交敎教橋巧郊
구九口求救究久句舊具區球狗構 국國局菊 군軍君郡群 굴屈 궁宮弓窮 권權勸券卷 귀貴歸鬼 규規 균均菌
극極劇克 근近根斤勤筋 금金今禁錦 급及急級給 긍肯 기氣己記起其期基技機器旗奇寄企紀幾 긴緊 길吉
난難暖 남南男 납納 내內乃 녀女 년年 념念 노怒努 농農 뇌腦 능能 다多茶 단單短段團端斷壇檀 달達
담談淡擔 답答踏 당堂當黨糖唐 대大代對待帶臺隊 덕德 도道度島都到刀圖徒途導 독讀獨毒督 돈豚敦 돌突
동東同動冬童洞銅凍 두頭豆斗 둔鈍 득得 등等登燈 라羅 락落樂 란亂卵蘭 람覽 랑浪郞 래來 랭冷 략略
량良兩量涼 려旅麗慮 력力歷曆 련連練戀聯 렬列烈 렴廉 렵獵 령令領靈 례禮例 로路老勞露 록綠錄 론論
롱弄 뢰雷賴 료料了 룡龍 루樓淚 류流類留柳 륙六陸 륜倫輪 률律率 륭隆 릉陵 리里理利離裏李 린隣
림林臨 립立 마馬麻 막莫幕漠 만萬滿晩 말末 망亡望忙忘 매每買賣妹 맥麥脈 맹孟盲 면面免眠綿 멸滅
명名明命鳴 모母毛暮某謀模 목木目牧 몰沒 몽夢蒙 묘妙墓卯苗 무無武務霧舞茂 묵墨默 문文門問聞 물物勿
미美未米味尾迷 민民敏 밀密蜜 박朴薄博 반反半班飯般 발發髮 방方放訪房防邦 배拜杯配背 백白百伯
번番煩 벌伐罰 범凡犯範 법法 벽壁碧 변變邊 별別 병病兵丙 보保步報寶普補 복福服伏復腹 본本 봉奉鳳峰
부父夫部富婦府副浮付負 북北 분分憤粉奔 불佛弗 붕朋 비非飛悲比鼻備費秘碑 빈貧賓 빙氷
사四士死事思史使師寺社私絲射謝辭舍詞寫斜 삭削 산山產産散算 살殺 삼三森 상上相商常想賞喪傷床像象狀
색色 생生 서西書序署暑恕徐 석石夕席昔惜 선先善仙線船選鮮宣 설雪說設舌 섬纖 섭涉
성性成城姓聖星聲省盛誠 세世歲洗稅細勢 소小少所消素笑訴掃 속速俗續束屬 손孫損 송松送頌訟 쇄刷 쇠衰
수水手受守首數樹秀收修壽愁輸 숙宿叔淑熟 순順純瞬旬 술術述 숭崇 습習濕 승勝承乘僧
시時始市詩示視是施試 식食式植識息 신神身信新臣申辛 실實室失 심心深甚審 십十拾 쌍雙 씨氏 아兒我亞牙
악惡岳 안安案眼顔 알謁 암暗巖岩 압壓 앙央仰 애愛哀涯 액額液 야夜野也 약弱約藥若 양羊陽洋養揚讓樣
어魚語漁於 억億憶 언言 엄嚴 업業 여與余餘如 역逆役域易驛 연然煙研硏緣延演 열熱悅 염炎 엽葉
영永英榮映影營迎 예藝豫 오五午吾誤悟烏 옥玉屋獄 온溫 옹翁 와瓦臥 완完 왈曰 왕王往 외外 요要搖腰曜
욕欲浴 용用勇容 우右友牛雨憂 又宇遇優 운雲運云 웅雄 원元原園遠願員院圓怨援 월月越
위位危爲威偉衛委圍 유有由油遺遊幼柔 육肉育 은恩銀隱 을乙 음音飮陰 읍邑泣 응應 의意義衣醫依議疑儀
이二以耳移異已 익益翼 인人仁因引印認忍寅 일一日壹逸 임任壬 입入 자子字自者姉慈資 작作昨 잔殘
잠潛暫 장長章場將張壯帳裝 재在再財材災才裁栽 쟁爭 저著低底貯 적的赤敵適積跡賊
전全前田電戰傳典錢展專 절節絶切 점店占點 접接 정正政定情 靜庭丁井精程停整 제弟第帝題諸制祭濟製除際
조祖朝早鳥調助造條兆照組 족足族 존存尊 졸卒 종終種宗鐘從 좌左坐座 죄罪 주主住走州酒 晝洲株注周
죽竹 준準俊 중中重衆 즉卽 증增證症 지地知止志紙支指持至智枝 직直職織 진眞真進辰陳盡珍 질質疾
집集執 징徵懲 차次此差借 착着錯 찬贊讚 찰察 참參慘 창窓昌倉創唱 채菜採 책冊責策 처處妻 척尺
천千天川泉淺踐賤 철鐵哲 첩帖 첨添尖 청靑青淸清聽請廳 체體替 초初草 招超礎 촉促 촌村寸 총總銃
최最崔 추秋追推 축祝築畜蓄 춘春 출出 충忠蟲充衝 취取就趣醉 측側測 층層 치治致齒値置 친親 칠七
침侵寢針 칭稱 쾌快 타他打 탁卓濁 탄炭歎彈 탈脫奪 탐探貪 탑塔 탕湯 태太泰態 택宅擇澤 토土討
통通統痛 퇴退 투投鬪 특特 파波破派 판判板版 팔八 패敗貝 편便片篇編 평平評坪 폐閉廢肺弊 포布包砲浦
폭暴爆 표表票標 품品 풍風豐豊 피皮彼避疲 필必筆匹 하下夏河何荷 학學鶴 한韓漢 寒恨閑限 할割 함含
합合 항港恒抗航項 해海害解亥 핵核 행行幸 향香鄕向響 허虛許 헌憲獻 험險驗 혁革 현現賢玄縣 혈血 협協
형兄形刑 혜惠慧 호好戶虎湖號護呼 혹或惑 혼婚魂混 홀忽 홍紅洪 화火花化和話畫華貨禍 확確 환患歡環換
활活 황黃皇況 회會回灰悔懷 획劃 횡橫 효孝效曉 후後厚 훈訓 휘揮輝 휴休 흉凶胸 흑黑 흡吸 흥興
희喜希戲 제濟 주州 탐耽 영零〇 당糖 귤橘 감柑
"""


def _table() -> dict[str, str]:
    """Return character → reading; the first reading listed holds."""
    table: dict[str, str] = {}
    reading = ""
    for character in _READINGS:
        if "가" <= character <= "힣":
            reading = character
        elif character.strip():
            table.setdefault(character, reading)
    return table


READINGS = _table()
"""Hanja → its usual reading, not at the beginning of a word."""

_IOTISED = frozenset("ㅑㅕㅖㅛㅠㅣ")


def initial(reading: str) -> str:
    """Return a reading as it is said at the beginning of a word (한글 맞춤법 제10–12항).

    >>> initial("녀"), initial("력"), initial("로"), initial("국")
    ('여', '역', '노', '국')
    """
    onset, vowel, coda = decompose(reading)
    if onset in "ㄴㄹ" and vowel in _IOTISED:
        return compose(Syllable("ㅇ", vowel, coda))
    return compose(Syllable("ㄴ", vowel, coda)) if onset == "ㄹ" else reading


def _inside(reading: str, before: str) -> str:
    """Return a reading inside of a word: 렬 and 률 lose ㄹ after a vowel or ㄴ."""
    if reading in "렬률" and decompose(before).coda in ("", "ㄴ"):
        return initial(reading)
    return reading


def _not(following: str) -> str:
    """Return the reading of 不: 부 before ㄷ and ㅈ, else 불."""
    reading = READINGS.get(following)
    return "부" if reading and decompose(reading).onset in "ㄷㅈ" else "불"


def read_run(run: str, *, word_start: bool = True) -> tuple[str, tuple[int, ...]]:
    """Read a run of Hanja.

    Args:
        run: Hanja only.
        word_start: False where Hangul stands directly before it.

    Returns:
        The reading of all that is known, and the indices of what is not.
    """
    said: list[str] = []
    unknown: list[int] = []
    for index, character in enumerate(run):
        if character == "不":
            reading = _not(run[index + 1 : index + 2])
        elif character == "々" and said:
            reading = said[-1]
        else:
            reading = READINGS.get(character, "")
        if not reading:
            unknown.append(index)
        elif said:
            said.append(_inside(reading, said[-1]))
        else:
            said.append(initial(reading) if word_start else reading)
    return "".join(said), tuple(unknown)
