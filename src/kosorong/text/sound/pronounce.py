"""Standard pronunciation respelled in Hangul, word by word (표준 발음법, articles 5 to 30).

Conventions, where the standard leaves a choice or a reading voice needs one:

- Words keep their boundary: the acoustic model decides on pauses. Where two words are said as one
  (`phrases` beside this file) their sounds meet across the space, which stays: 못 하다 → 모 타다; a
  coda that moves over goes to the second word. An adnominal -(으)ㄹ makes the next word's plain
  onset tense (article 27: 할 것 → 할 껃). Elsewhere codas neutralise at the word's end.
- ㅢ: ㅣ after a consonant (article 5.3: 희망 → 히망), ㅢ otherwise, the particle 의 included.
- ㅖ: ㅔ after a consonant other than ㄹ (article 5.2, the permitted reading: 시계 → 시게).
- 사이시옷 sounds ㄷ before a consonant (article 30.1, the permitted reading: 냇가 → 낻까).
- 맛있다, 멋있다 → 마싣따, 머싣따 (article 15, permitted and usual).
- Arae-a vowels act like any vowel and stay; ㆎ is two vowels, ㆍ and ㅣ. A consonant typed alone
  between syllables joins the coda before it (Jeju 염ㅅ저 = 염 + ㅅ + 저 → 염쩌).
- Marks and everything else that is no syllable stay where they stand and stop the rules.

>>> pronounce(["꽃잎이", "많아서", "좋다."])
['꼰니피', '마나서', '조타.']
>>> pronounce_text("할 것을 ᄒᆞ염ㅅ저!")
'할 꺼슬 ᄒᆞ염쩌!'
>>> pronounce(["국밥"], tensify=False)
['국밥']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from kosorong.text.letters.jamo import (
    ARAEA,
    ARAEA_I,
    CODA_PARTS,
    CONJOINING_VOWEL,
    ONSETS,
    SILENT,
    SYLLABLE,
    Syllable,
    compose,
    decompose,
    split,
)
from kosorong.text.sound.adnominal import opens_tense
from kosorong.text.sound.lexical_rules import respell
from kosorong.text.sound.phrases import Meeting, meeting
from kosorong.text.sound.sound_rules import (
    ONSET_SOUND,
    VOWEL_SOUND,
    meet,
    meet_across,
    representative,
)
from kosorong.text.sound.tense_endings import tensed

_ARAEA_I = CONJOINING_VOWEL[ARAEA_I]
_GLIDE_LOST = {"ㅑ": "ㅏ", "ㅕ": "ㅓ", "ㅛ": "ㅗ", "ㅠ": "ㅜ", "ㅖ": "ㅔ", "ㅒ": "ㅐ"}


def pronounce(words: Sequence[str], *, tensify: bool = True, exceptions: bool = True) -> list[str]:
    """Respell each word as it sounds.

    Args:
        words: Spoken words in canonical form; a word may hold spaces of its own.
        tensify: Whether plain onsets become tense (articles 23 to 28).
        exceptions: Whether `kosorong.text.sound.pronunciation_exceptions` acts, or rules alone.

    Returns:
        One respelled string for each word, in order.
    """
    flat = [(index, piece) for index, word in enumerate(words) for piece in word.split(" ")]
    pieces = [piece for _, piece in flat if piece]
    sounding = iter(_sounds(pieces, tensify, exceptions))
    sounds: list[list[str]] = [[] for _ in words]
    for index, piece in flat:
        sounds[index].append(next(sounding) if piece else "")
    return [" ".join(parts) for parts in sounds]


def _sounds(pieces: Sequence[str], tensify: bool, exceptions: bool) -> list[str]:
    """Respell words without spaces, and let those of one phrase meet."""
    sounds: list[str] = []
    before = ""
    for piece, after in zip_longest(pieces, pieces[1:], fillvalue=""):
        tense = tensify and opens_tense(before, piece)
        sound = _sound_of_word(tensed(piece) if tense else piece, tensify, exceptions)
        how = meeting(before, piece, after)
        if how is not Meeting.APART:
            sounds[-1], sound = _met(sounds[-1], sound, how is Meeting.NIEUN, tensify)
        sounds.append(sound)
        before = piece
    return sounds


def _met(before: str, sound: str, nieun: bool, tensify: bool) -> tuple[str, str]:
    """Let two respelled words meet; a sound that moves over goes to the second."""
    last, first = SYLLABLE.findall(before)[-1], SYLLABLE.match(sound)
    if first is None:
        return before, sound
    end, start = decompose(last), decompose(first[0])
    onset = "ㄴ" if nieun and start.onset == SILENT else start.onset
    coda, onset = meet_across(end.coda, onset, tensify=tensify)
    met = compose(start._replace(onset=onset)) + sound[first.end() :]
    return before[: -len(last)] + compose(end._replace(coda=coda)), met


def pronounce_text(text: str, *, tensify: bool = True, exceptions: bool = True) -> str:
    """Respell a text, see `pronounce`; its white space becomes single spaces."""
    return " ".join(pronounce(text.split(), tensify=tensify, exceptions=exceptions))


@lru_cache(maxsize=65536)
def _sound_of_word(word: str, tensify: bool, exceptions: bool) -> str:
    """Respell one word without spaces."""
    out: list[str] = []
    run: list[Syllable] = []
    for item in _items(respell(word, tensify=tensify, exceptions=exceptions)):
        if isinstance(item, Syllable):
            run.append(item)
            continue
        out.append(_sound_of_run(run, tensify))
        run = []
        out.append(item)
    out.append(_sound_of_run(run, tensify))
    return "".join(out)


def _items(word: str) -> list[Syllable | str]:
    """Split a word; a lone consonant between two syllables joins the coda of the first."""
    items = list(_with_two_vowels(word) if _ARAEA_I in word else split(word))
    for at in range(len(items) - 2, 0, -1):
        first, lone, second = items[at - 1 : at + 2]
        if (
            isinstance(first, Syllable)
            and isinstance(second, Syllable)
            and isinstance(lone, str)
            and lone in ONSETS
        ):
            items[at - 1 : at + 1] = [first._replace(coda=CODA_PARTS[first.coda] + lone)]
    return items


def _with_two_vowels(word: str) -> Iterator[Syllable | str]:
    """Split a word, a syllable with ㆎ as two, ㆍ and ㅣ."""
    for item in split(word):
        if isinstance(item, Syllable) and item.vowel == ARAEA_I:
            yield item._replace(vowel=ARAEA, coda="")
            yield Syllable(SILENT, "ㅣ", item.coda)
        else:
            yield item


def _sound_of_run(run: Sequence[Syllable], tensify: bool) -> str:
    """Apply the rules along a run of syllables."""
    out: list[str] = []
    onset = ONSET_SOUND[run[0].onset] if run else ""
    for at, syllable in enumerate(run):
        coda = CODA_PARTS.get(syllable.coda, syllable.coda)
        if at + 1 < len(run):
            after = run[at + 1]
            sounding, next_onset = meet(
                coda,
                ONSET_SOUND[after.onset],
                VOWEL_SOUND[after.vowel],
                after.coda,
                tensify=tensify,
            )
        else:
            sounding, next_onset = representative(coda), ""
        vowel = _vowel_after(syllable, onset)
        out.append(compose(Syllable(onset, vowel, sounding)))
        onset = next_onset
    return "".join(out)


def _vowel_after(syllable: Syllable, onset: str) -> str:
    """Return the vowel that sounds after the written and the sounding onset (article 5)."""
    vowel = VOWEL_SOUND[syllable.vowel]
    if onset in "ㅈㅉㅊ":
        vowel = _GLIDE_LOST.get(vowel, vowel)
    if syllable.onset == SILENT:
        return vowel
    if vowel == "ㅢ":
        return "ㅣ"
    return "ㅔ" if vowel == "ㅖ" and syllable.onset != "ㄹ" else vowel
