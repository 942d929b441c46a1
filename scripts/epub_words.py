"""Compare what is read of EPUBs, with what is listed as left out, to html5lib's text of them.

    python scripts/epub_words.py FOLDER [--show WORDS]

For each EPUB of the folder: its words by html5lib, a tree builder nobody here wrote, the words
that are read or listed, and how many differ. Words are runs of letters or of digits, and single
signs of Chinese and Japanese, which know no spaces; a picture counts with the text that stands for
it, or else its file's name, and a part that stands in the table of contents alone with its title.
Exit status 1 where more than 0.2 % differ.
"""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import html5lib

from kosorong.book.manuscript import Manuscript
from kosorong.book.readers import read_manuscript
from kosorong.book.readers.archive import open_archive
from kosorong.book.readers.draft import Draft
from kosorong.book.readers.elements import BLOCKS
from kosorong.book.readers.encoding import decode
from kosorong.book.readers.package import read_contents, read_package
from kosorong.book.readers.tags import VOID
from kosorong.errors import InputError

BAR = 0.002
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〆ヶ]|\d+|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)
_HTML = "{http://www.w3.org/1999/xhtml}"
# XHTML's empty elements, written out: HTML takes <iframe/> for one that stays open.
_EMPTY = re.compile(rf"<((?!(?:{'|'.join(sorted(VOID))})\b)[A-Za-z][\w:-]*)((?:\s[^<>]*)?)/>")
_XLINK = "{http://www.w3.org/1999/xlink}href"
_NOT_TEXT = frozenset({"head", "script", "style", "template"})
_PARTS = BLOCKS | {"br", "rt", "rp", "rb", "ruby", "img"}


def words(text: str) -> Counter[str]:
    """Return the words of a text, counted.

    >>> words("바람3이 海だ") == Counter(["바람", "3", "이", "海", "だ"])
    True
    """
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text)))


def text_of(document: str) -> str:
    """Return the text of a document as html5lib builds its tree, blocks parted by spaces."""
    document = _EMPTY.sub(r"<\1\2></\1>", document)
    parts: list[str] = []
    stack = [(html5lib.parse(document, namespaceHTMLElements=True), False)]
    while stack:
        node, is_end = stack.pop()
        tag = node.tag.removeprefix(_HTML) if isinstance(node.tag, str) else "!"
        if tag in _PARTS:
            parts.append(" ")
        if is_end:
            parts.append(node.tail or "")
            continue
        if tag in _NOT_TEXT or tag == "!":
            parts.append(node.tail or "")
            continue
        parts.append(node.text or "")
        if tag in {"img", "image"} or tag.endswith("}image"):
            source = node.get("src") or node.get(_XLINK) or node.get("href") or ""
            parts.append(f"{node.get('alt') or source[:200]} ")
        stack.append((node, True))
        stack += [(child, False) for child in reversed(list(node))]
    return "".join(parts)


def documents(path: Path) -> Counter[str]:
    """Return the words of all documents of an EPUB's spine by html5lib."""
    found: Counter[str] = Counter()
    with open_archive(path) as archive:
        package = read_package(archive, Draft(path.name))
        for item, _ in package.spine:
            if item.is_document:
                found += words(text_of(decode(archive.read(item.name), item.name).text))
    return found


def parts(path: Path, manuscript: Manuscript) -> Counter[str]:
    """Return the words of the parts that only the table of contents names, where they are said."""
    with open_archive(path) as archive:
        draft = Draft(path.name)
        entries = read_contents(archive, read_package(archive, draft), draft)
    bare = {entry.title for entry in entries if entry.is_bare}
    said = (one.title for one in manuscript.chapters if len(one.paragraphs) == 1)
    return words("\n".join(title for title in said if title in bare))


def accounted(manuscript: Manuscript) -> Counter[str]:
    """Return the words that are read, and those listed as left out."""
    read = [
        p.text for chapter in manuscript.chapters for p in chapter.paragraphs if p.kind != "break"
    ]
    left = [one.text for one in manuscript.skipped if one.reason != "style or script"]
    return words("\n".join([*read, *left]))


def main() -> int:
    """Print a line for each EPUB."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("folder", type=Path, help="EPUB files")
    parser.add_argument("--show", type=int, default=0, help="so many words that differ")
    args = parser.parse_args()
    failed = count = 0
    for path in sorted(args.folder.glob("*.epub")):
        try:
            manuscript = read_manuscript(path)
        except InputError as error:
            print(f"refused  {path.name}: {error.message}")
            continue
        count += 1
        there, here = documents(path) + parts(path, manuscript), accounted(manuscript)
        lost, added = there - here, here - there
        total = max(1, there.total())
        share = max(lost.total(), added.total()) / total
        failed += share > BAR
        print(
            f"{share:8.3%} {total:7} words, {lost.total()} lost, {added.total()} added  {path.name}"
        )
        if args.show and share:
            print("         lost ", dict(lost.most_common(args.show)))
            print("         added", dict(added.most_common(args.show)))
    print(f"{count - failed} of {count} within {BAR:.1%}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
