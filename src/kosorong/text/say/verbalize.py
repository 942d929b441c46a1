"""The walk over a text that `spoken.read_out` makes: each kind of token has its handler."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from kosorong.text.letters.hangul import HANGUL, LATIN, has_coda
from kosorong.text.letters.jamo import ARAEA
from kosorong.text.say.addresses import (
    ADDRESS,
    DIGIT_STRING_RULES,
    FILE_ENDING,
    international,
    national,
)
from kosorong.text.say.building import Builder
from kosorong.text.say.foreign.latin import bare, read_word, spell
from kosorong.text.say.foreign.latin_words import WORDS
from kosorong.text.say.glosses import hangul_gloss, hanja_gloss
from kosorong.text.say.hanja import HANJA, read_run, without_reading
from kosorong.text.say.latin_rules import ADDRESS_RULE, LATIN_RULES, MIXED_RULE
from kosorong.text.say.numbers.dates import DATE_RULES, SHORT_YEAR, WEEKDAY, weekday
from kosorong.text.say.numbers.digit_names import DIGIT_NAME_RULES
from kosorong.text.say.numbers.exponents import find_power
from kosorong.text.say.numbers.fractions import fraction, read_root
from kosorong.text.say.numbers.number_rules import NUMBER_RULES
from kosorong.text.say.numbers.numbers import decimal, sino_digits
from kosorong.text.say.numbers.quantities import MONEY_RULES, SIGNED_RULES
from kosorong.text.say.scanning import Rule, Said, first_said, word_before
from kosorong.text.say.sign_context import between_digits, in_equation, is_clock_span, span_link
from kosorong.text.say.signs import (
    CLOSING,
    LONE_LETTER,
    OPENING,
    PLAIN,
    SILENT,
    TYPED_FEELING,
    letter_names,
    sign,
    why_unread,
)
from kosorong.text.words import word_list


@dataclass(frozen=True, slots=True)
class Unread:
    """A character that is not said.

    Attributes:
        index: Its offset in the text.
        character: The character.
        reason: Why, in a few words.
    """

    index: int
    character: str
    reason: str


_TOKEN = re.compile(
    rf"(?P<hangul>[{HANGUL}]+)|(?P<space>\s+)|(?P<operator>[=!<>]=+|[-=]{{1,3}}>|<[-=]{{1,3}}(?![0-9])|[←-⇿])|"
    r"(?P<marks>[.,!?…;:]+)|(?P<digit>[0-9])|"
    rf"(?P<latin>[{LATIN}])|(?P<hanja>[{HANJA}]+)|(?P<jamo>[\u3131-\u3163\u3165-\u318c\u318e]+)|"
    rf"(?P<dash>[-–—―─━−]+)|(?P<tilde>~+)|(?P<dots>[·{ARAEA}]+)|(?P<other>.)",
    re.DOTALL,
)

_ANY_SIDE = re.compile(rf"[{HANGUL}{HANJA}{LATIN}0-9]")
_LATIN_WORD = re.compile(rf"[{LATIN}]+(?:['’][A-Za-z]+)*")
_HYPHENATED = re.compile("[A-Za-z]{1,20}-[A-Za-z]{1,20}")
_ROOT = re.compile("√ ?([0-9]+)(?![0-9./])")
_FILE_KINDS = frozenset(word_list("word_lists.file-kinds"))
_PARTICLE_NEXT = re.compile(f"(?:[은는이가을를의과와도로만에]|으로)(?![{HANGUL}])")
# How found: bounds the search; a guess, never tuned; no measurement is on record.
_SIDE = 24
_RAISES = re.compile("[A-Za-zα-ωΑ-Ω)\\]]")
_DIGIT_RULES: tuple[Rule, ...] = (
    *DIGIT_NAME_RULES,
    *DIGIT_STRING_RULES,
    *DATE_RULES,
    *NUMBER_RULES,
)
_ROOTED: tuple[Rule, ...] = (fraction,)


def _mail(text: str, at: int) -> Said | None:
    """Read an e-mail address that begins with a digit."""
    match = ADDRESS.match(text, at)
    return ADDRESS_RULE(text, at) if match and "@" in match[0] else None


_OPENING_DIGIT_RULES: tuple[Rule, ...] = (_mail, MIXED_RULE, *_DIGIT_RULES)


class Reader:
    """Reads one text from its beginning to its end.

    Args:
        text: Canonical text.

    Attributes:
        builder: Holds the words said so far.
        unread: What could not be said so far.
    """

    def __init__(self, text: str) -> None:
        self.written = text
        self.text = text.translate(PLAIN)
        self.builder = Builder(text)
        self.unread: list[Unread] = []
        self._handlers: dict[str, Callable[[re.Match[str]], int]] = {
            "hangul": self._hangul,
            "space": lambda match: match.end(),
            "marks": self._marks,
            "digit": self._digit,
            "latin": self._latin,
            "hanja": self._hanja,
            "jamo": self._jamo,
            "operator": self._operator,
            "dash": self._dash,
            "tilde": self._tilde,
            "dots": self._dots,
            "other": self._other,
        }

    def read(self) -> None:
        """Walk over the whole text."""
        at = 0
        while at < len(self.text):
            match = _TOKEN.match(self.text, at)
            if match is None or match.lastgroup is None:
                break
            at = self._handlers[match.lastgroup](match)

    # --- small helpers ------------------------------------------------------------------------

    def _before(self, at: int) -> str:
        return self.text[at - 1 : at] if at else ""

    def _after(self, at: int) -> str:
        return self.text[at : at + 1]

    def _inside_word(self, start: int, end: int) -> bool:
        """Say whether letters or digits stand on both sides without a space."""
        before, after = self._before(start), self._after(end)
        return bool(_ANY_SIDE.match(before) and _ANY_SIDE.match(after))

    def _skip(self, start: int, end: int, reason: str = "") -> int:
        """Note characters that are not said."""
        for index in range(start, end):
            character = self.written[index]
            self.unread.append(Unread(index, character, reason or why_unread(character)))
        self.builder.space()
        return end

    def _say(self, saying: Said) -> int:
        self.builder.say(saying)
        return saying.end

    def _say_plain(self, start: int, end: int, spoken: str) -> int:
        return self._say(Said(end, ((start, spoken),)))

    # --- letters and digits -------------------------------------------------------------------

    def _hangul(self, match: re.Match[str]) -> int:
        self.builder.hangul(match.start(), match.group())
        return match.end()

    def _digit(self, match: re.Match[str]) -> int:
        at = match.start()
        rules = _DIGIT_RULES if _ANY_SIDE.match(self._before(at)) else _OPENING_DIGIT_RULES
        saying = first_said(rules, self.text, at)
        return self._say(saying) if saying else self._skip(at, at + 1)

    def _latin(self, match: re.Match[str]) -> int:
        at = match.start()
        if not _ANY_SIDE.match(self._before(at)):
            saying = first_said(LATIN_RULES, self.text, at)
            if saying:
                return self._say(saying)
        word = _HYPHENATED.match(self.text, at)
        if word is None or word[0].lower() not in WORDS:
            word = _LATIN_WORD.match(self.text, at)
        end = word.end() if word else at + 1
        written = self.text[at:end]
        for index, character in enumerate(written):
            if not bare(character).isascii():
                self._skip(at + index, at + index + 1)
        return self._say_plain(at, end, read_word(written))

    # --- Hanja --------------------------------------------------------------------------------

    def _hanja(self, match: re.Match[str]) -> int:
        start, end = match.span()
        gloss = hangul_gloss(self.text, start, end)
        if gloss:
            self.builder.hangul(start, gloss[2])
            return gloss.end()
        self._hanja_pieces(start, match.group())
        return end

    def _hanja_pieces(self, start: int, run: str) -> None:
        """Say a run of Hanja, apart where a sign has no reading, and report the sign."""
        opens = not ("가" <= self._before(start) <= "힣")
        first = 0
        for unknown in (*read_run(run)[1], len(run)):
            if piece := run[first:unknown]:
                spoken, _ = read_run(piece, word_start=opens and first == 0)
                self.builder.hangul(start + first, spoken)
            if unknown < len(run):
                self._skip(start + unknown, start + unknown + 1, without_reading(run, unknown))
            first = unknown + 1

    def _jamo(self, match: re.Match[str]) -> int:
        start, end = match.span()
        after = self.text[end : end + 12]
        names = letter_names(match.group(), self._before(start), after)
        if names:
            return self._say_plain(start, end, names)
        lone = end - start == 1 and match.group() not in "ㅋㅎㅠㅜㅡㅇㄴㄷㄱ"
        return self._skip(start, end, LONE_LETTER if lone else TYPED_FEELING)

    # --- marks --------------------------------------------------------------------------------

    def _marks(self, match: re.Match[str]) -> int:
        start, end = match.span()
        run = match.group()
        if run == ".":
            special = self._point(start)
            if special:
                return special
        if run == ":" and between_digits(self.text, start, end):
            return self._say_plain(start, end, "대")
        strongest = next((mark for mark in "?!…" if mark in run), "")
        dots = "…" if ".." in run else ("." if "." in run else ",")
        self.builder.mark(start, strongest or dots)
        return end

    def _point(self, at: int) -> int:
        """Read a point that ends no sentence: `.5`, `사진.jpg`; 0 where it does."""
        before = self._before(at)
        fraction = re.compile(r"\.[0-9]+").match(self.text, at)
        if fraction and not _ANY_SIDE.match(before):
            return self._say_plain(at, fraction.end(), decimal(fraction[0]))
        ending = FILE_ENDING.match(self.text, at)
        if ending and _ANY_SIDE.match(before) and ending[1].lower() in _FILE_KINDS:
            name = "컴" if ending[1] == "com" else " " + spell(ending[1]) + sino_digits(ending[1])
            return self._say_plain(at, ending.end(), "닷" + name)
        return 0

    def _dash(self, match: re.Match[str]) -> int:
        start, end = match.span()
        if saying := first_said(SIGNED_RULES, self.text, start):
            return self._say(saying)
        before, after = self._before(start), self._after(end)
        if before.isdigit() and after.isdigit():
            if is_clock_span(self.text, start, end):
                self.builder.append("부터")
                return end
            return self._say_plain(start, end, "다시")
        if end - start == 1 and in_equation(self.text, start, end):
            return self._say_plain(start, end, "빼기")
        pause = end - start > 1 or match.group() in "—―─━" or not (before.strip() and after.strip())
        if pause:
            self.builder.mark(start, ",")
        else:
            self.builder.space()
        return end

    def _tilde(self, match: re.Match[str]) -> int:
        start, end = match.span()
        if link := span_link(self.text, start, end, self.builder.last_spoken()):
            self.builder.append(link)
        self.builder.space()
        return end

    def _dots(self, match: re.Match[str]) -> int:
        start, end = match.span()
        if match.group() == ARAEA and not self._inside_word(start, end):
            return self._say_plain(start, end, "아래아")
        if end - start > 1:
            self.builder.mark(start, "…")
        self.builder.space()
        return end

    # --- signs --------------------------------------------------------------------------------

    def _other(self, match: re.Match[str]) -> int:
        start, character = match.start(), match.group()
        if character in OPENING:
            return self._opening(start)
        if character in CLOSING:
            return self._closing(start)
        if saying := self._signed(start, character):
            return self._say(saying)
        if character in SILENT:
            return hanja_gloss(self.text, start) or start + 1
        if character in "/|":
            return self._slash(start)
        if character == "=":
            return self._equals(start, start + 1)
        if power := self._power(start):
            return power
        if spoken := self._sign_name(start, character):
            self._say_plain(start, start + 1, spoken)
            if character != "%" and not _PARTICLE_NEXT.match(self.text, start + 1):
                self.builder.space()
            return start + 1
        return self._skip(start, start + 1)

    def _signed(self, at: int, character: str) -> Said | None:
        """Read a sign together with the number after it."""
        if character == "+":
            return international(self.text, at) or first_said(SIGNED_RULES, self.text, at)
        if character in "'’‘":
            return SHORT_YEAR(self.text, at)
        if character == "√":
            root = _ROOT.match(self.text, at)
            whole = first_said(_ROOTED, self.text, at)
            return whole or (Said(root.end(), ((at, read_root(root[1])),)) if root else None)
        return first_said(MONEY_RULES, self.text, at)

    def _sign_name(self, at: int, character: str) -> str:
        """Return what a sign is called here."""
        if character == "+" and in_equation(self.text, at, at + 1):
            return "더하기"
        if character == "*" and self._before(at).isdigit() and self._after(at + 1).isdigit():
            return "곱하기"
        return sign(character)

    def _opening(self, at: int) -> int:
        if saying := national(self.text, at):
            return self._say(saying)
        day = WEEKDAY.match(self.text, at)
        if day and re.search(r"(?:일|[0-9]\.?)$", word_before(self.text, at)):
            return self._say_plain(at, day.end(), weekday(day))
        if end := hanja_gloss(self.text, at):
            return end
        self.builder.mark(at, ",")
        return at + 1

    def _closing(self, at: int) -> int:
        if not re.match(f"[{HANGUL}]", self._after(at + 1)):
            self.builder.mark(at, ",")
        return at + 1

    def _slash(self, at: int) -> int:
        before, after = self._before(at), self._after(at + 1)
        if before.isdigit() and after.isdigit():
            return self._say_plain(at, at + 1, "슬래시")
        if before.isascii() and before.isalpha() and after.isascii() and after.isalpha():
            self.builder.space()
        else:
            self.builder.mark(at, ",")
        return at + 1

    def _operator(self, match: re.Match[str]) -> int:
        """Read `==`; other comparisons and arrows are listed, the words around them stay."""
        start, end = match.span()
        return self._equals(start, end) if match[0] in ("==", "===") else self._skip(start, end)

    def _equals(self, start: int, end: int) -> int:
        last = self.builder.last_spoken()
        right = self.text[end : end + _SIDE].partition("\n")[0]
        if not last or last in ".,!?…" or not _ANY_SIDE.search(right):
            return self._skip(start, end)
        self.builder.append("은" if has_coda(last) else "는")
        return end

    def _power(self, at: int) -> int:
        """Read an exponent after a letter or a bracket, 0 where there is none."""
        power = find_power(self.text, at) if _RAISES.match(self._before(at)) else None
        if power is None:
            return 0
        self.builder.space()
        return self._say_plain(at, power[0], power[1])
