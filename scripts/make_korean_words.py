"""Writes what the rules know of Korean: its words with their parts of speech, and how to read some.

    pip install kiwipiepy
    python scripts/make_korean_words.py --data runs/corpus-translation

Kiwi (Apache-2.0) takes the imported Korean sentences (`kosorong corpus import mono`) apart. Two
tables come of it, in `src/kosorong/training/translation/data/`: `korean_words.tsv` (word, part of
speech, how often) and `korean_readings.tsv` (a written word that the grammar can read in several
ways, and the stem that it nearly always has). Nothing of Kiwi is needed to train or to serve.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kosorong.text.letters.hangul import nfc, nfd
from kosorong.training.translation.korean import DATA, READINGS_NAME, WORDS_NAME
from kosorong.translation.lexemes import Lexeme
from kosorong.translation.transducer import KO_JJE, Transducer

_POS = {
    **dict.fromkeys(("NNG", "NNP", "NNB", "NP", "NR"), "n"),
    **dict.fromkeys(("MAG", "MAJ", "IC", "MM"), "w"),
    "VV": "v",
    "VX": "v",
    "VA": "a",
    "XSV": "v",
    "XSA": "a",
}
_PART_OF_NOUN = frozenset({"NNG", "NNP", "XPN", "XSN", "XR"})
_HANGUL = re.compile("[가-힣]+")
_LEAST, _LEAST_SYLLABLE, _LEAST_WORD = 2, 5, 3
_SURE = 0.6
"""Share of a written word's occurrences that one stem must have."""
_CREDIT = (
    "# Counted by scripts/make_korean_words.py in the Korean sentences of the collections\n"
    "# named in MODELS.md (MIT, CC0, 공공누리, CC BY, CC BY-SA), read by Kiwi. CC BY-SA 4.0.\n"
)

Parts = tuple[tuple[str, str], ...]
"""Morphemes of a written word: form and tag."""


def parts_of(tokens: Iterable[Any]) -> Parts:
    """Return the morphemes of one word, without irregularity marks and signs."""
    found = ((token.form, token.tag.partition("-")[0]) for token in tokens)
    return tuple((form, tag) for form, tag in found if not tag.startswith("S"))


def stem_of(parts: Parts) -> tuple[str, str] | None:
    """Return the stem that a word begins with and its part of speech; None where it has none."""
    n = 0
    while n < len(parts) and parts[n][1] in _PART_OF_NOUN:
        n += 1
    noun = "".join(form for form, _ in parts[:n])
    if n < len(parts) and parts[n][1] in ("XSV", "XSA"):
        return noun + parts[n][0], _POS[parts[n][1]]
    if n:
        return (noun, "n") if parts[0][1] != "XPN" or n > 1 else None
    first = parts[0] if parts else ("", "")
    if len(parts) > 1 and parts[1][1] in ("XSV", "XSA"):
        return first[0] + parts[1][0], _POS[parts[1][1]]
    pos = _POS.get(first[1])
    return (first[0], pos) if pos else None


def count(sentences: list[str]) -> tuple[Counter[tuple[str, str]], dict[str, Counter[Any]]]:
    """Return how often each stem was seen, and the stems of each written word."""
    from kiwipiepy import Kiwi

    stems: Counter[tuple[str, str]] = Counter()
    words: defaultdict[str, Counter[Any]] = defaultdict(Counter)
    for sentence, tokens in zip(sentences, Kiwi(num_workers=1).tokenize(sentences), strict=True):
        for written, parts in _words_of(sentence, tokens):
            stem = stem_of(parts)
            if stem is not None and _HANGUL.fullmatch(stem[0]):
                stems[stem] += 1
                words[written][stem] += 1
    return stems, words


def _words_of(sentence: str, tokens: Iterable[Any]) -> Iterator[tuple[str, Parts]]:
    by_word: defaultdict[int, list[Any]] = defaultdict(list)
    for token in tokens:
        if not token.tag.startswith("S"):
            by_word[token.word_position].append(token)
    for mine in by_word.values():
        yield sentence[mine[0].start : mine[-1].end], parts_of(mine)


def kept(stems: Counter[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """Return the stems that stand often enough to be no slip of the analyser."""
    return {
        (stem, pos): n
        for (stem, pos), n in stems.items()
        if n >= (_LEAST_SYLLABLE if len(stem) == 1 and pos == "n" else _LEAST)
    }


def readings(
    words: dict[str, Counter[Any]], stems: dict[tuple[str, str], int]
) -> Iterator[tuple[str, str, str]]:
    """Yield written words of several readings with the stem that they nearly always have."""
    known = [Lexeme(nfd(w), nfd(w), "n" if p == "w" else p, 1.0) for w, p in stems]
    grammar = Transducer(KO_JJE, known)
    for written, seen in sorted(words.items()):
        (stem, pos), n = seen.most_common(1)[0]
        if not _HANGUL.fullmatch(written) or n < max(_LEAST_WORD, _SURE * seen.total()):
            continue
        found = {
            (nfc(r.lexeme.source), r.lexeme.pos) for r in grammar.analyses(nfd(written)) if r.known
        }
        if len(found) > 1 and (stem, "n" if pos == "w" else pos) in found:
            yield written, stem, pos


def main() -> None:
    """Write both tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with mono.tsv")
    mono = (parser.parse_args().data / "mono.tsv").read_text(encoding="utf-8")
    sentences = [line.partition("\t")[2] for line in mono.splitlines()]
    counted, words = count(sentences)
    stems = kept(counted)
    rows = sorted(stems.items(), key=lambda row: (-row[1], row[0]))
    made = [f"{stem}\t{pos}\t{n}" for (stem, pos), n in rows]
    (DATA / WORDS_NAME).write_text(_CREDIT + "\n".join(made) + "\n", encoding="utf-8")
    made = ["\t".join(row) for row in readings(words, stems)]
    (DATA / READINGS_NAME).write_text(_CREDIT + "\n".join(made) + "\n", encoding="utf-8")
    print(f"{len(rows)} words, {len(made)} readings")


if __name__ == "__main__":
    main()
