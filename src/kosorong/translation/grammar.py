"""Endings and particles of Korean and Jeju side by side.

Sources: the table of the morphology notes (-수다, -암수다, -안/-언, -앙/-엉, -으크-, -으멍,
-으민, -으난, -젠, -옌, -당, -주, -게마씀, 신디, 안티, 추룩, ᄁᆞ지, 이영 …), 제주어 표기법 제10항 to
제16항 for how they are joined to stems, and Yang, O'Grady and Yang, *Jejueo*, for what the notes
leave out.

A form is a slot (see `kosorong.translation.inflection`; `B` is the bare noun) and what follows it;
after `/` stands what follows a consonant where that differs. `v:` and `a:` ask for a verb or
an adjective; `*` gives a weight. Several forms of one side are alternatives.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from kosorong.translation.inflection import Bases, ends_in_rieul, is_closed, jamo

Kind = Literal["ending", "particle"]

# present in Korean | after 았 and 겠 | present in Jeju | after 엇 | after 크
_FINALS = """
/C습니다 Nᆸ니다/ | 습니다 | v:Iᆷ수다*2 a:/C수다*3 a:N우다/*3 v:Nᆸ니다/*2 | 수다 | 쿠다
N십니다*.3 |  | v:Iᆷ수다 a:/C수다 a:N우다/ | |
/C습니까*.4 Nᆸ니까/*.4 N십니까*1 | 습니까 | v:Iᆷ수과*3 a:/C수과*3 a:N우꽈/*3 v:Nᆸ니까/ | 수과 | 쿠과
N십시오*3 N세요 N시오*.1 N시지요*.1 | | Nᆸ서*3 | |
/C읍시다 Nᆸ시다/*2 | | C게마씀*3 C게 | |
C자 | | C게 | |
I라 E라*.5 C거라*.3 I*.05 | | E라*3 | |
Nᆫ다/C는다 | | v:Nᆫ다/C는다*3 v:C나 | |
C다 | 다 | a:C다*2 a:Nᆫ다*1 v:C다 | 다*2 저 | 키여
D는구나 C구나*.5 D는군*.2 C군*.2 | 구나 | v:Iᆷ저*2 a:C구나 | 구나*2 저 | 키여
C네 | 네 | v:Iᆷ저 a:C게 | 저 | 키여
D느냐*2 D니 C냐*.5 D는가*.3 C나*.2 | 느냐 | v:Iᆷ시냐*3 v:Iᆷ나 a:N냐 | 나*2 느냐 | 크냐
Nᆯ까*2 | 을까 | E카*3 E코 | 이카 | 카
Nᆯ까요 | 을까요 | E카마씀*3 | | 카마씀
C지*2 C잖아*.1 | 지 | C주*3 C지 | 주 | 크주
C지요*2 C죠 | 지요 | C주마씀*2 C주 | 주마씀 | 크주마씀
I요*2 | 어요 | I마씀*2 v:Iᆷ수다 a:/C수다 a:N우다/ | 수다 | 수다
I | 어 | I*2 | 어*2 | 크라
C더라 | 더라 | I라*1.5 C더라 | 더라 | 크더라
Nᆫ단다*2 C단다 C는단다 | 단다 | v:Nᆫ다/C는다*2 a:C저 | 저 | 키여
Nᆫ답니다 C는답니다 C답니다 | 답니다 | v:Nᆸ니다/ a:/C수다 a:N우다/ | 수다 | 쿠다
"""

# Korean | Jeju, before a following clause, noun or verb
_LINKS = """
C고*3 C고서*.2 C구*.05 | C곡*3 C고*1
E면서*3 E며 | E멍
E면*3 | E민
I서*3 | Iᆼ*3 Iᆫ*1
I*1 | I*3
I야*2 I야만*.1 | I사
I야지*1 | I사주
I도 | I도
I라도 | I라도
N니까*2 N니*1 N므로*.05 | N난
C지만*2 C건만*.1 | C주만*2 C주마는
D는데 | D는디
a:Nᆫ데 | a:Nᆫ디
C다가*2 C다*.3 | C당*2 C단
C다가는 C다간 | C당은
E려고*2 E려*.3 C고자*.1 | C젠
E려고요 | C젠마씀
E러 | E레
a:C다고*2 Nᆫ다고*2 C는다고*1 C자고*.1 | a:C덴*2 v:Nᆫ덴/C는덴*2
E라고 | E렌
D냐고 | D넨
D는 | D는
Nᆫ | Nᆫ
Nᆯ | Nᆯ
C던 | C던
C고_있습니다*2 C고_있어요 C고_계십니다 | Iᆷ수다
C고_있습니까*.5 C고_계십니까*.5 | Iᆷ수과
C고_있다 C고_있구나*.5 C고_있네*.3 C고_있단다*.2 | Iᆷ저
C고_있으면 | Iᆷ시민
C고_있는 | Iᆷ신 Iᆷ시는*.3
C고_있느냐 C고_있니 C고_있냐 | Iᆷ시냐
C고_있는가*2 C고_있나 | Iᆷ신가
C고_있더라 | Iᆷ서라
C고_있으니까 C고_있으니 | Iᆷ시난
C고_있었다 | Iᆷ섯다
C고_있었습니다 | Iᆷ섯수다
Nᆯ_수_있습니다 | I집니다
Nᆯ_수_있다 | I진다
Nᆯ_수_없다 | I지지_아니ᄒᆞᆫ다
C게*2 C도록*.2 | C게
C지 | C지
C기 | C기
C거든 | C거든
E면서도 | E멍도
E면은 | E민은
C고도 | C곡도
Nᆯ수록 | Nᆯ수록
C던데 | C던디
C더니 C더니만 | Iᆫ게
C듯이 C듯 | C듯이
C나 | C나
C든지 | C든지
Nᆫ지 | Nᆫ지
Nᆯ지 | Nᆯ지
Eᆷ | Eᆷ
D는걸 | D는걸
Iᆻ는데 | Iᆺ는디*2 I신디
Iᆻ으면 | I시민
Iᆻ으니까*2 Iᆻ으니 | I시난
Iᆻ지만 | Iᆺ주만
Iᆻ다가*2 Iᆻ다*.1 | Iᆺ당*2 Iᆺ단
Iᆻ다고*2 | Iᆺ덴
Iᆻ던 | Iᆺ던
Iᆻ고 | Iᆺ곡*2 Iᆺ고
Iᆻ을 | Iᆺ일*1 I실*2
Iᆻ더니 | Iᆺ더니
C겠지만 | E크주만
C겠으니 C겠으니까 | E크메*2 E크난
C겠다고 | E키옌
C겠는데 | E크디
"""

# after a noun: Korean | Jeju
_PARTICLES = """
B는/은 | B는/은
Bᆫ/ B는/은*.05 | Bᆫ/
B가/이*2 B께서*.1 | B가/이
B를/을*2 Bᆯ/*.1 | B를/을
B에 | B에*3
B에는*2 B엔*.5 | B엔*2
B에서*2 B서*.1 | B에서*3 B서
B에서는 | B에서는*2 B에선
B에게*2 B한테*1 B께*1 | B안티*2 B신디*1
B에게서 B한테서 | B안티서
B로/으로 | B로/으로*3 B레/으레*.3
B와/과*2 B하고*1 | B광*1 B영/이영*1.5 B와/과*.5
B랑/이랑*2 | B영/이영*3
B도 | B도
B만 | B만
B까지*2 | Bᄁᆞ지*1 B까지*2
B부터 | B부터
B보다 | B보다
B처럼*2 B같이*.3 | B추룩*2 B처럼*.3
B마다 | B마다
B나/이나 | B나/이나
B라도/이라도 | B라도/이라도
B의 | B의
B들 | B덜*1 B들*1.3
B들은 | B덜은 B들은*1.2
B들이 | B덜이 B들이*1.2
B들을 | B덜을 B들을*1.2
B들도 | B덜도 B들도*1.2
B들의 | B덜의 B들의*1.2
B들과 | B덜광 B들광*1.2
B조차 | B조차
B밖에 | B벳긔 B밖에*.5
B만큼 | B만이*.3 B만큼
B뿐 | B뿐
B아/야 | B야/아
B야/이야 | B사/이사
"""

# after a noun: the copula
_COPULA = """
B입니다*2 B예요/이에요 | B우다/이우다*3
B입니까*2 B십니까/이십니까 | B우꽈/이우꽈*2 B우과/이우과
B다/이다*2 | B다/이다*2 B여/이여
B야/이야*2 B네/이네*.3 B구나/이구나*.3 | B여/이여*2 B주/이주
B라고/이라고*2 | B옌/이옌*2 B렌/이렌
B라는/이라는 | B옌ᄒᆞ는/이옌ᄒᆞ는
B니까/이니까*2 B니/이니 | B난/이난
B라서/이라서*2 B여서/이어서 | B라그네/이라그네*.3 B랑/이랑*.5 B라부난/이라부난
B면/이면 | B민/이민
B고/이고 | B고/이고 B곡/이곡
B지만/이지만 | B주만/이주만
B인 | B인
B일 | B일
B인데 | B인디
B지/이지 | B주/이주
B지요/이지요 | B주마씀/이주마씀
B냐/이냐 B니/이니*.2 | B냐/이냐
B였다/이었다 | B엿다/이엇다
B였습니다/이었습니다 | B엿수다/이엇수다
B란다/이란다 | B주/이주
B더라/이더라 | B라라/이라라*.7 B더라/이더라
B여도/이어도 B라도/이라도 | B라도/이라도
"""

_SPACED_COPULA = """
B입니다 | B우다/이우다
B입니까 | B우꽈/이우꽈
"""


@dataclass(frozen=True, slots=True)
class Form:
    """One shape of an ending or particle.

    Attributes:
        slot: The form of the stem that it asks for.
        open: What follows a vowel, or ㄹ where the slot drops it; None where nothing may.
        closed: What follows another consonant.
        pos: `v`, `a`, or nothing for both; `n` for what follows nouns.
        weight: How common it is among its alternatives.
    """

    slot: str
    open: str | None
    closed: str | None
    pos: str
    weight: float

    def after(self, stem: str) -> str | None:
        """Return what follows a stem (dictionary form, in jamo)."""
        light = self.slot == "B" and ends_in_rieul(stem) and self.closed == jamo("으로")
        soft = self.slot in "NED" and ends_in_rieul(stem)
        return self.closed if is_closed(stem) and not light and not soft else self.open


@dataclass(frozen=True, slots=True)
class Entry:
    """Endings that stand for each other.

    Attributes:
        korean: Korean alternatives.
        jeju: Jeju alternatives.
        kind: Which turn of the dial changes it.
        final: Whether it closes a sentence.
    """

    korean: tuple[Form, ...]
    jeju: tuple[Form, ...]
    kind: Kind
    final: bool = False


@cache
def entries() -> tuple[Entry, ...]:
    """Return every ending and particle; equal on every call."""
    found = [*_finals()]
    for korean, jeju in _rows(_LINKS):
        forms = _forms(korean)
        honorific = tuple(p for f in forms for p in _honorific(f))
        found.append(Entry((*forms, *honorific), _forms(jeju), "ending"))
    apart = _spaced(_SPACED_COPULA)
    for table, kind in ((_PARTICLES, "particle"), (_COPULA, "ending"), (apart, "ending")):
        for korean, jeju in _rows(table):
            found.append(Entry(_forms(korean, "n"), _forms(jeju, "n"), kind))  # type: ignore[arg-type]
    return tuple(found)


def _rows(table: str) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        if line.strip():
            yield [cell.strip() for cell in line.split("|")]


def _spaced(table: str) -> str:
    """Return the table with its Korean forms written apart from the noun."""
    rows = (" | ".join((_apart(korean), jeju)) for korean, jeju in _rows(table))
    return "\n".join(rows)


def _apart(forms: str) -> str:
    cells = []
    for form in forms.split():
        text, star, weight = form.partition("*")
        joint = text.partition("/")[2] or text[1:]
        if len(joint) > 1:
            cells.append(f"B_{joint}{star}{weight}")
    return " ".join(cells)


def _finals() -> Iterator[Entry]:
    for present, tail, jeju, past, future in _rows(_FINALS):
        yield Entry(_forms(present), _forms(jeju), "ending", final=True)
        if tail and past:
            korean = f"Iᆻ{tail}*3 N셨{tail}*.5 N시었{tail}*.1"
            yield Entry(_forms(korean), _forms(_prefixed("Iᆺ", past)), "ending", final=True)
        if tail and future:
            korean = f"C겠{tail}*3 N시겠{tail}*.5"
            yield Entry(_forms(korean), _forms(_prefixed("E", future)), "ending", final=True)


def _prefixed(before: str, tails: str) -> str:
    # ᆺ + 이 is spelled 시; what follows 크 was joined to it in the table.
    return " ".join("I시카" if tail == "이카" else before + tail for tail in tails.split())


def _forms(cell: str, pos: str = "") -> tuple[Form, ...]:
    return tuple(_form(text, pos) for text in cell.split())


def _form(text: str, pos: str) -> Form:
    text, _, weight = text.replace("_", " ").partition("*")
    if text[1:2] == ":":
        pos, text = text[0], text[2:]
    both = text.split("/")
    first = both[0]
    if len(both) == 1:
        return Form(first[0], jamo(first[1:]), jamo(first[1:]), pos, float(weight or 1))
    second = both[1]
    slot = (first or second)[0]
    if not first or not second:
        one = jamo((first or second)[1:])
        return Form(slot, one if first else None, one if second else None, pos, float(weight or 1))
    return _split_form(slot, first, second, pos, float(weight or 1))


def _split_form(slot: str, first: str, second: str, pos: str, weight: float) -> Form:
    # The closed shape of a verb's ending may ask for a slot of its own; stems in consonants have
    # the same N and E, so only C needs telling apart, see `Form.after`.
    closed = second[1:] if second[0] in "CDEIN" else second
    if second[0] in "CDEIN" and slot == "N":
        closed = f"\x00{closed}"
    return Form(slot, jamo(first[1:]), jamo(closed), pos, weight)


def _honorific(form: Form) -> Iterator[Form]:
    tail = form.open
    if tail is None or form.pos == "a":
        return
    weight = form.weight * 0.1
    if form.slot == "N" or (form.slot in "CDE" and not tail.startswith(jamo("겠"))):
        yield Form("N", jamo("시") + tail, jamo("시") + tail, form.pos, weight)
    elif form.slot == "I" and tail[:1] != "\u11bb":
        yield Form("N", jamo("셔") + tail, jamo("셔") + tail, form.pos, weight)


def joined(stem: str, base: Bases, form: Form) -> str | None:
    """Return a stem with an ending, in jamo; None where they do not go together."""
    tail = form.after(stem)
    if tail is None:
        return None
    if tail.startswith("\x00"):
        return base["C"][0] + tail[1:]
    return base[form.slot][0] + tail


def analyses(form: Form) -> Iterator[tuple[str, str]]:
    """Yield the slots and tails by which a form is recognised in a text."""
    for tail in dict.fromkeys((form.open, form.closed)):
        if tail is not None:
            yield ("C", tail[1:]) if tail.startswith("\x00") else (form.slot, tail)
