"""What every file and stream of speech says of itself: a machine made it, or a person spoke.

The one place for the words, the addresses and the names of tags and headers; whoever writes sound
takes them from a `Mark`.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from kosorong.ports import Narrator

SOURCE_TAG = "digitalSourceType"
"""Name of the tag whose value is an address of IPTC's Digital Source Type vocabulary."""
SYNTHETIC = "합성 음성 · synthetic voice"
"""What stands behind the name of a voice that is a machine's."""

_IPTC = "http://cv.iptc.org/newscodes/digitalsourcetype/"
_MACHINE_READ = "Read by a synthetic voice, made by a machine."
_PERSON_READ = "Read by a person."
_BOTH_READ = "Read in part by a synthetic voice, made by a machine, in part by a person."
_CREATIVE_COMMONS = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)[ -](\d\.\d)(?: ([A-Z]{2})\b)?")
_PUBLIC_DOMAIN = re.compile(r"CC0(?:[ -]1\.0)?")
# RIFF's names of the tags that a WAV file carries (LIST, INFO).
_RIFF = {
    "title": b"INAM",
    "artist": b"IART",
    "album": b"IPRD",
    "genre": b"IGNR",
    "comment": b"ICMT",
    "copyright": b"ICOP",
}


class Source(StrEnum):
    """Where a sound comes from, in IPTC's words."""

    MACHINE = f"{_IPTC}trainedAlgorithmicMedia"
    PERSON = f"{_IPTC}digitalCapture"
    BOTH = f"{_IPTC}compositeWithTrainedAlgorithmicMedia"

    @property
    def word(self) -> str:
        """The vocabulary's short name.

        >>> Source.MACHINE.word
        'trainedAlgorithmicMedia'
        """
        return self.rpartition("/")[2]


# Of the draft "AI Content Disclosure Header"; what a person read says nothing there: its text may
# be a machine's all the same.
_DISCLOSURES = {Source.MACHINE: "mode=machine-generated", Source.BOTH: "mode=ai-originated"}


@dataclass(frozen=True, slots=True)
class Heard:
    """Somebody who is heard.

    Attributes:
        name: Of the voice, or of the person as they wish to be named.
        credit: Licence and credit.
        synthetic: False where it is a person.
    """

    name: str
    credit: str
    synthetic: bool = True

    @property
    def label(self) -> str:
        """The name, called synthetic where it is.

        >>> Heard("lmy", "").label, Heard("할망", "", synthetic=False).label
        ('lmy (합성 음성 · synthetic voice)', '할망')
        """
        return f"{self.name} ({SYNTHETIC})" if self.synthetic else self.name


@dataclass(frozen=True, slots=True)
class Mark:
    """What is said of one sound.

    Attributes:
        heard: Everybody who is heard in it, machines first.
        rights: Licence of the text, "" where nothing is said of it.
    """

    heard: tuple[Heard, ...]
    rights: str = ""

    @classmethod
    def of(cls, heard: Iterable[Heard], rights: str = "") -> Mark:
        """Return the mark of a sound in which these are heard; each counts once."""
        known = dict.fromkeys(heard)
        return cls(tuple(sorted(known, key=lambda reader: not reader.synthetic)), rights)

    @property
    def source(self) -> Source:
        """Where the sound comes from."""
        kinds = {reader.synthetic for reader in self.heard}
        if kinds == {True, False}:
            return Source.BOTH
        return Source.PERSON if kinds == {False} else Source.MACHINE

    @property
    def artist(self) -> str:
        """Names of everybody who is heard."""
        return ", ".join(reader.label for reader in self.heard)

    @property
    def credit(self) -> str:
        """Licences and credits of everybody who is heard."""
        return " · ".join(dict.fromkeys(reader.credit for reader in self.heard if reader.credit))

    @property
    def copyright(self) -> str:
        """Licences and credits of the voices, then of the text."""
        return " · ".join(part for part in (self.credit, self.rights) if part)

    @property
    def sentence(self) -> str:
        """Who reads, in both languages.

        >>> Mark((Heard("lmy", ""),)).sentence
        '기계가 만든 합성 음성(lmy)이 읽었습니다. Read by a synthetic voice, made by a machine.'
        """
        machines = ", ".join(reader.name for reader in self.heard if reader.synthetic)
        people = ", ".join(reader.name for reader in self.heard if not reader.synthetic)
        if self.source is Source.BOTH:
            return f"기계가 만든 합성 음성({machines})과 사람({people})이 읽었습니다. {_BOTH_READ}"
        if self.source is Source.PERSON:
            return f"사람({people})이 읽었습니다. {_PERSON_READ}"
        return f"기계가 만든 합성 음성({machines})이 읽었습니다. {_MACHINE_READ}"

    @property
    def comment(self) -> str:
        """The sentence, licences and credits in one line."""
        return " ".join(part for part in (self.sentence, self.copyright) if part)

    def tags(self) -> dict[str, str]:
        """Return the tags of a file, by libavformat's names."""
        tags = {"artist": self.artist, "comment": self.comment, "copyright": self.copyright}
        return {name: value for name, value in tags.items() if value} | {SOURCE_TAG: self.source}

    def headers(self) -> dict[str, str]:
        """Return the headers of an answer, in ASCII.

        >>> one = Mark((Heard("할망", "할망, CC BY 4.0", synthetic=False),))
        >>> one.headers()["Link"]
        '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'
        """
        headers = {"Digital-Source-Type": str(self.source)}
        if self.source in _DISCLOSURES:
            headers["AI-Disclosure"] = _DISCLOSURES[self.source]
        headers["X-Kosorong-Heard"] = _told(self.heard)
        links = dict.fromkeys(
            filter(None, (licence_address(reader.credit) for reader in self.heard))
        )
        if links:
            some = list(links)[:_MOST_TOLD]
            headers["Link"] = ", ".join(f'<{address}>; rel="license"' for address in some)
        return headers


# Proxies take 4 KB of headers, all together: bytes of everybody, of a name and of a credit.
_MOST_TOLD, _MOST_BYTES, _NAME_BYTES, _CREDIT_BYTES = 8, 2048, 300, 1000


def _told(heard: Iterable[Heard]) -> str:
    """Return in ASCII who is heard, as many as there is room for; what is long is cut."""
    readers: list[str] = []
    for reader in heard:
        name, credit = _cut(reader.name, _NAME_BYTES), _cut(reader.credit, _CREDIT_BYTES)
        readers.append(json.dumps({"name": name, "credit": credit, "synthetic": reader.synthetic}))
        if len(readers) > _MOST_TOLD or len(", ".join(readers)) + 2 > _MOST_BYTES:
            readers.pop()
            break
    return f"[{', '.join(readers)}]"


def _cut(text: str, most: int) -> str:
    """Return a text that as JSON in ASCII has at most so many bytes.

    >>> _cut("가나다", 20), _cut("가나다", 19), _cut("abc", 20)
    ('가나다', '가…', 'abc')
    """
    if len(json.dumps(text)) <= most:
        return text
    # A letter takes at most twelve bytes.
    kept = text[: most // 6]
    while kept and len(json.dumps(f"{kept}…")) > most:
        kept = kept[:-1]
    return f"{kept}…"


def mark_of(voice: Narrator) -> Mark:
    """Return the mark of what a voice says; a machine's, unless the voice is a recording."""
    synthetic = getattr(voice, "synthetic", True)
    return Mark((Heard(voice.name, voice.credit, synthetic),))


def licence_address(credit: str) -> str:
    """Return the address of the Creative Commons licence that a credit names, "" for none.

    >>> licence_address("Selvas AI, CC BY-NC-SA 4.0"), licence_address("CC0-1.0, nobody")
    ('https://creativecommons.org/licenses/by-nc-sa/4.0/', 'https://creativecommons.org/publicdomain/zero/1.0/')
    """
    site = "https://creativecommons.org"
    if match := _CREATIVE_COMMONS.search(credit):
        terms, version, country = match.groups()
        place = f"{country.lower()}/" if country else ""
        return f"{site}/licenses/{terms.lower()}/{version}/{place}"
    return f"{site}/publicdomain/zero/1.0/" if _PUBLIC_DOMAIN.search(credit) else ""


def riff_info(tags: Mapping[str, str]) -> bytes:
    r"""Return the LIST chunk of a WAV file with its tags; nothing for no tags.

    RIFF has no tag for the digital source type: it stands in the comment.

    >>> riff_info({"artist": "lmy"})
    b'LIST\x10\x00\x00\x00INFOIART\x04\x00\x00\x00lmy\x00'
    """
    texts = dict(tags)
    if SOURCE_TAG in texts:
        texts["comment"] = f"{texts.get('comment', '')} {SOURCE_TAG}: {texts[SOURCE_TAG]}".strip()
    body = b"".join(
        _chunk(name, texts[tag].encode() + b"\0") for tag, name in _RIFF.items() if texts.get(tag)
    )
    return _chunk(b"LIST", b"INFO" + body) if body else b""


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack("<4sI", name, len(body)) + body + bytes(len(body) % 2)
