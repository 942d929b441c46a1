"""From a written segment to what the acoustic model reads: say, pronounce, encode.

>>> reading = read("ᄒᆞᆫ저 3시에 옵서!")
>>> reading.spoken
'ᄒᆞᆫ저 세 시에 옵서!'
>>> reading.pronounced
'ᄒᆞᆫ저 세 시에 옵써!'
>>> reading.show("ipa")
'h ɒ n d͡ʑ ə  sʰ e̞  ɕʰ i e̞  o̞ p̚ s͈ ə'
>>> reading.show("symbols")
'^ᄒᆞᆫ저 세 시에 옵써!$'
>>> reading.words[:7]
(-1, 0, 0, 0, 0, 0, -1)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kosorong.errors import UsageError
from kosorong.text.letters.normalize import normalize
from kosorong.text.mood import Mood, asking, moods_of
from kosorong.text.say.spoken import Unread, read_out
from kosorong.text.sound.ipa import ipa
from kosorong.text.sound.pronounce import pronounce
from kosorong.text.sound.symbols import decode, encode

STEPS = ("spoken", "pronounced", "ipa", "symbols")


@dataclass(frozen=True, slots=True)
class Reading:
    """What will be said for a written segment.

    Attributes:
        written_words: The white-space words of the segment, as written.
        spoken: Numbers, signs and foreign letters as Hangul words.
        pronounced: The spoken words respelled as they sound.
        symbols: Symbol ids (T_text); empty where there is nothing to say.
        words: For each symbol the index of its written word, -1 for edges, boundaries and marks.
        unread: Characters that are not said; their index counts in the canonical text, words
            joined by single spaces, of the segment or of the user's own respelling.
        moods: Of the sentences, by the index of their last word.
    """

    written_words: tuple[str, ...]
    spoken: str
    pronounced: str
    symbols: tuple[int, ...]
    words: tuple[int, ...]
    unread: tuple[Unread, ...] = ()
    moods: Mapping[int, Mood] = field(default_factory=dict)

    def show(self, step: str) -> str:
        """Return one step as readable text.

        Args:
            step: `spoken`, `pronounced`, `ipa` or `symbols`.

        Raises:
            UsageError: There is no such step.
        """
        if step not in STEPS:
            raise UsageError(f"There is no step {step!r}.", cure=f"Choose from {', '.join(STEPS)}.")
        if step == "ipa":
            return ipa(self.pronounced)
        return decode(self.symbols) if step == "symbols" else str(getattr(self, step))


def read(text: str, spoken: str | None = None) -> Reading:
    """Work out what to say for a segment.

    Args:
        text: The written segment, in any spelling of Hangul.
        spoken: What to say instead, a user's own respelling; its words are dealt out over the
            written ones, one to one where there are as many, else by where they stand.

    Returns:
        The reading; without symbols where nothing can be said.
    """
    written = tuple(text.split())
    sayings, unread = _say(written)
    if spoken is not None:
        respelled, unread = _say(spoken.split())
        sayings = _deal_out([saying for saying in respelled if saying], sayings)
    sounds = pronounce(sayings)
    moods = moods_of(sayings)
    # What asks without a question mark is spoken as what has one.
    encoded = encode(asking(sounds, moods))
    return Reading(
        written,
        " ".join(filter(None, sayings)),
        " ".join(filter(None, sounds)),
        encoded.symbols,
        encoded.words,
        unread,
        moods,
    )


def _say(words: Sequence[str]) -> tuple[list[str], tuple[Unread, ...]]:
    """Return what is said for each word; words that vanish in normalisation say nothing."""
    canonical = [normalize(word) for word in words]
    spoken, unread = read_out(" ".join(filter(None, canonical)))
    sayings = iter(spoken)
    return [next(sayings).spoken if word else "" for word in canonical], unread


def _deal_out(respelled: Sequence[str], sayings: Sequence[str]) -> list[str]:
    """Give each respelled word to a written one.

    Args:
        respelled: The words to say instead.
        sayings: What would be said for each written word; its length is the word's share.
    """
    if len(respelled) == len(sayings):
        return list(respelled)
    if not sayings:
        return []
    shares = [len(saying) for saying in sayings]
    if not any(shares):
        shares = [1] * len(sayings)
    ends = list(accumulate(shares))
    letters = sum(map(len, respelled))
    dealt: list[list[str]] = [[] for _ in sayings]
    before = 0
    for word in respelled:
        middle = (before + len(word) / 2) / letters * ends[-1]
        dealt[bisect_right(ends, middle)].append(word)
        before += len(word)
    return [" ".join(words) for words in dealt]
