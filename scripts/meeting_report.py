"""Print where sounds meet across a space, and where ㄴ is inserted before a listed second part.

Texts are read as they are written, word by word. Counted are pairs of words whose sounds meet
(`kosorong.text.sound.phrases`) and different words in which ㄴ is inserted
(`kosorong.text.sound.inserted_nieun`); --sample prints some of both, evenly spaced, to be judged.

    python scripts/meeting_report.py FILE... [--sample N]
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from kosorong.text.letters.normalize import normalize
from kosorong.text.sound.inserted_nieun import insert_nieun
from kosorong.text.sound.phrases import Meeting, meeting
from kosorong.text.sound.pronounce import pronounce

_EDGE = re.compile(r"^[^\w]+|[^\w]+$")


def pairs_of(words: Sequence[str]) -> Iterator[str]:
    """Yield the pairs of neighbouring words whose sounds change where they meet."""
    for before, word, after in zip_longest(words, words[1:], words[2:], fillvalue=""):
        if not word or meeting(before, word, after) is Meeting.APART:
            continue
        together, apart = pronounce([before, word]), pronounce([before, ",", word])
        if together != apart[::2]:
            yield f"{before} {word} → {' '.join(together)}"


def main() -> None:
    """Print the counts and the samples."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="+", help="texts in UTF-8")
    parser.add_argument("--sample", type=int, default=0, help="how many of each to print")
    options = parser.parse_args()
    total, pairs, inserted = 0, [], set()
    for path in options.files:
        for line in path.read_text(encoding="utf-8").splitlines():
            words = normalize(line).split()
            total += len(words)
            pairs.extend(pairs_of(words))
            bare = {_EDGE.sub("", word) for word in words}
            inserted.update(word for word in bare if insert_nieun(word) != word)
    print(f"{total} words; {len(pairs)} pairs meet; {len(inserted)} words with ㄴ inserted")
    for found in (sorted(pairs), [f"{w} → {pronounce([w])[0]}" for w in sorted(inserted)]):
        size = min(options.sample, len(found))
        for at in range(size):
            print(f"    {found[at * len(found) // size]}")


if __name__ == "__main__":
    main()
