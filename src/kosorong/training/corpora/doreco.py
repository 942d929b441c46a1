r"""DoReCo's Jejuan dataset (Kim Soung-U 2022, DOI 10.34847/nkl.06ebrk38, CC BY 4.0): elders talk.

A recording is `doreco_jeju1234_NAME.wav` and a Praat TextGrid of the same name, anywhere below the
folder. Each core speaker has a tier `ph@SPEAKER` of X-SAMPA phones and a tier `wd@SPEAKER` of
words; `doreco_jeju1234_metadata.csv` names the core speakers. What stands between pauses (`<p:>`)
is an utterance. Labels are settled by rule (`LABELS`): an utterance with a word that is not known
to sound as labelled is left out, and so is one that another speaker talks into.

Phones become Hangul, ㆍ among them (X-SAMPA Q), and their times are kept for an aligner.

>>> hangul(["h", "Q", "n", "ts\\", "@"]), hangul(["k:", "Q", "l:", "a", "k"])
('ᄒᆞᆫ저', 'ᄁᆞᆯ락')
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kosorong.errors import CorpusError
from kosorong.ports import JEJU
from kosorong.text.letters.jamo import ARAEA, DOUBLE_ARAEA, Syllable, compose
from kosorong.training.corpora.rows import CorpusRow, Phone, Rows

PAUSE = "<p:>"

LABELS = {
    "bc": "a word of agreement: kept out, it is said into another's speech",
    "fm": "foreign material",
    "fp": "a filled pause",
    "fs": "a false start",
    "id": "an ideophone whose phones are not given",
    "on": "an imitated sound",
    "pr": "a sound drawn out",
    "sg": "singing",
    "ui": "nobody knows what is said",
    "wip": "a pause within a word",
}
"""DoReCo's labels, `<<label>what is said>`; none of them comes with phones."""

_LABEL = re.compile(r"<<(\w+)>")
_VOWELS = {"a": "ㅏ", "Q": ARAEA, "e": "ㅔ", "E": "ㅐ", "i": "ㅣ", "1": "ㅡ", "o": "ㅗ", "u": "ㅜ"}
_VOWELS |= {"@": "ㅓ"}
_AFTER_J = {
    "ㅏ": "ㅑ",
    ARAEA: DOUBLE_ARAEA,
    "ㅔ": "ㅖ",
    "ㅐ": "ㅒ",
    "ㅗ": "ㅛ",
    "ㅜ": "ㅠ",
    "ㅓ": "ㅕ",
}
_AFTER_W = {"ㅏ": "ㅘ", "ㅔ": "ㅞ", "ㅐ": "ㅙ", "ㅓ": "ㅝ", "ㅣ": "ㅟ"}
_ONSETS = {
    "k": "ㄱ",
    "k_h": "ㅋ",
    "k:": "ㄲ",
    "t": "ㄷ",
    "t_h": "ㅌ",
    "t:": "ㄸ",
    "p": "ㅂ",
    "p_h": "ㅍ",
    "p:": "ㅃ",
    "ts\\": "ㅈ",
    "ts\\_h": "ㅊ",
    "ts\\:": "ㅉ",
    "s_h": "ㅅ",
    "s\\_h": "ㅅ",
    "s:": "ㅆ",
    "s\\:": "ㅆ",
    "h": "ㅎ",
    "m": "ㅁ",
    "n": "ㄴ",
    "J": "ㄴ",
    "l": "ㄹ",
    "4": "ㄹ",
}
# Only seven sounds close a syllable; all others become one of them.
_CODAS = {
    **dict.fromkeys(("k", "k_h", "k:"), "ㄱ"),
    **dict.fromkeys(("p", "p_h", "p:"), "ㅂ"),
    **dict.fromkeys(("t", "t_h", "t:", "ts\\", "ts\\_h", "ts\\:"), "ㄷ"),
    **dict.fromkeys(("s_h", "s\\_h", "s:", "s\\:"), "ㄷ"),
    "n": "ㄴ",
    "J": "ㄴ",
    "m": "ㅁ",
    "l": "ㄹ",
    "4": "ㄹ",
    "N": "ㅇ",
}
# Held sonorants close one syllable and open the next; held stops are tense.
_TWICE = {"l:": "l", "m:": "m", "n:": "n"}
_GLIDES = ("j", "w")
_TIER = re.compile(r'^\s*name = "(ph|wd|ref)@(\w+)"')
_VALUE = re.compile(r'^\s*(xmin|xmax|text) = (?:"(.*)"|([\d.]+))\s*$')
# Longest and shortest utterance, and what is kept of the pauses around it, seconds.
_LONGEST, _SHORTEST, _MARGIN = 20.0, 0.4, 0.15


@dataclass(frozen=True, slots=True)
class Interval:
    """One interval of a tier: from `start` to `end`, seconds, and its text."""

    start: float
    end: float
    text: str


def hangul(phones: Sequence[str]) -> str:
    """Write the phones of one word as Hangul.

    Args:
        phones: X-SAMPA, as DoReCo's transcription conventions for Jejuan list them.

    Raises:
        CorpusError: A phone is none of these.
    """
    return "".join(compose(syllable) for syllable in _syllables(_split(phones)))


def _split(phones: Sequence[str]) -> list[str]:
    """Return phones, held sonorants written twice."""
    apart = [
        part for phone in phones for part in ([_TWICE[phone]] * 2 if phone in _TWICE else [phone])
    ]
    unknown = [phone for phone in apart if phone not in {*_VOWELS, *_ONSETS, *_CODAS, *_GLIDES}]
    if unknown:
        raise CorpusError(f"the phone {unknown[0]!r} is none of Jejuan's.")
    return apart


def _syllables(phones: Sequence[str]) -> Iterator[Syllable]:
    at = 0
    while at < len(phones):
        onset, palatal = "ㅇ", False
        if phones[at] in _ONSETS:
            onset, palatal = _ONSETS[phones[at]], phones[at] == "J"
            at += 1
        vowel, at = _vowel(phones, at, palatal)
        coda = ""
        follows = at + 1 < len(phones) and (phones[at + 1] in {*_VOWELS, *_GLIDES})
        if at < len(phones) and phones[at] in _CODAS and (not follows or phones[at] == "N"):
            coda, at = _CODAS[phones[at]], at + 1
        yield Syllable(onset, vowel, coda)


def _vowel(phones: Sequence[str], at: int, palatal: bool) -> tuple[str, int]:
    """Return the vowel that begins at a place, with its glide, and the place behind it."""
    glide = phones[at] if at < len(phones) and phones[at] in _GLIDES else ""
    at += bool(glide)
    if at >= len(phones) or phones[at] not in _VOWELS:
        # A consonant that no vowel follows, as at the end of a cluster.
        return {"j": "ㅣ", "w": "ㅜ"}.get(glide, "ㅡ"), at
    vowel = _VOWELS[phones[at]]
    if glide == "w":
        vowel = _AFTER_W.get(vowel, vowel)
    elif glide == "j" or palatal:
        vowel = _AFTER_J.get(vowel, vowel)
    return vowel, at + 1


def rows_of_doreco(source: Path) -> Rows:
    """Yield the utterances of all core speakers of a folder.

    Raises:
        CorpusError: There is no TextGrid, or no metadata.
    """
    grids = sorted(source.rglob("doreco_*.TextGrid"))
    core = _core_speakers(source)
    if not grids:
        raise CorpusError(
            "there is no doreco_*.TextGrid.",
            where=str(source),
            cure="Give the folder of the unpacked dataset, its WAV files in it too.",
        )
    sounds = {path.stem: path for path in source.rglob("*.wav")}
    for grid in grids:
        name = grid.stem.split("_", 2)[-1]
        audio = sounds.get(grid.stem, grid.with_suffix(".wav"))
        try:
            tiers = read_tiers(grid)
        except CorpusError as error:
            yield error
            continue
        for speaker in core.get(name, ()):
            yield from _utterances(tiers, speaker, grid, audio)


def _core_speakers(source: Path) -> dict[str, tuple[str, ...]]:
    """Return the core speakers of each recording: those whose words were timed by hand."""
    paths = sorted(source.rglob("doreco_*_metadata.csv"))
    if not paths:
        raise CorpusError(
            "there is no doreco_*_metadata.csv.",
            where=str(source),
            cure="Give the folder of the unpacked dataset, with the files that describe it.",
        )
    with paths[0].open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    try:
        return {
            row["name"]: tuple(row["spk_code"].split("/"))
            for row in rows
            if row["extended"] == "no"
        }
    except KeyError as error:
        raise CorpusError(f"the column {error} is missing.", where=str(paths[0])) from error


def read_tiers(path: Path) -> dict[tuple[str, str], list[Interval]]:
    """Return the tiers of phones, words and references of a TextGrid, by kind and speaker.

    Raises:
        CorpusError: It cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"the TextGrid cannot be read ({error}).", where=str(path)) from error
    tiers: dict[tuple[str, str], list[Interval]] = {}
    own: list[Interval] | None = None
    values: dict[str, str] = {}
    for line in lines:
        if line.lstrip().startswith("name = "):
            tier = _TIER.match(line)
            own = tiers.setdefault((tier[1], tier[2]), []) if tier else None
        field = _VALUE.match(line) if own is not None else None
        if field and own is not None:
            values[field[1]] = field[2] if field[2] is not None else field[3]
            if field[1] == "text":
                text = values["text"].replace('""', '"')
                own.append(Interval(float(values["xmin"]), float(values["xmax"]), text))
    return tiers


def _utterances(
    tiers: dict[tuple[str, str], list[Interval]], speaker: str, grid: Path, audio: Path
) -> Rows:
    phones = tiers.get(("ph", speaker), [])
    words = tiers.get(("wd", speaker), [])
    others = [
        interval
        for (kind, who), tier in tiers.items()
        if kind == "ref" and who not in (speaker, "UNK")
        for interval in tier
        if interval.text not in (PAUSE, "")
    ]
    for number, (spoken, margin) in enumerate(_between_pauses(phones), 1):
        where = f"{grid}: {speaker} at {spoken[0].start:.3f} s"
        try:
            text = _text(spoken, words, others)
        except CorpusError as error:
            yield CorpusError(str(error), where=where)
            continue
        begin = max(0.0, spoken[0].start - margin)
        timed = tuple(
            Phone(interval.text, interval.start - begin, interval.end - begin)
            for interval in spoken
        )
        yield CorpusRow(
            id=f"{grid.stem}-{speaker}-{number}",
            speaker=speaker,
            audio=audio,
            text=text,
            where=where,
            language=JEJU,
            cut=(begin, spoken[-1].end + margin),
            phones=timed,
        )


def _between_pauses(phones: Sequence[Interval]) -> Iterator[tuple[list[Interval], float]]:
    """Yield what is said without a pause, and how much of the pauses around it is its own."""
    spoken: list[Interval] = []
    margin = 0.0
    for phone in [*phones, Interval(0.0, 0.0, PAUSE)]:
        if phone.text not in (PAUSE, ""):
            spoken.append(phone)
            continue
        half = min(_MARGIN, (phone.end - phone.start) / 2)
        if spoken:
            yield spoken, min(margin, half)
        spoken, margin = [], half


def _text(spoken: Sequence[Interval], words: Sequence[Interval], others: Sequence[Interval]) -> str:
    """Return what is said, a word for each interval of `words`.

    Raises:
        CorpusError: The utterance is not to be learnt from.
    """
    start, end = spoken[0].start, spoken[-1].end
    for interval in spoken:
        label = _LABEL.match(interval.text)
        if label or interval.text == "****":
            label_says = LABELS.get(label[1], "an unknown label") if label else "not transcribed"
            raise CorpusError(f"it has {interval.text!r}: {label_says}.")
    if not _SHORTEST <= end - start <= _LONGEST:
        raise CorpusError(f"it lasts {end - start:.2f} s.")
    if any(other.start < end and other.end > start for other in others):
        raise CorpusError("another speaker talks at the same time.")
    # Times are milliseconds as decimals: half of one keeps their rounding out.
    parts = [
        [
            interval.text
            for interval in spoken
            if word.start - 5e-4 <= interval.start < word.end - 5e-4
        ]
        for word in words
    ]
    if sum(map(len, parts)) != len(spoken):
        raise CorpusError("phones and words do not belong together.")
    return " ".join(hangul(part) for part in parts if part)
