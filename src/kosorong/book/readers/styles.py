"""Finds out what the style sheets of a document hide; everything else in them is passed over.

Understood are selectors of names, classes and identifiers, alone or one inside another. Rules for
print, for other readers and with conditions that some screens do not meet hide nothing here.

>>> sheet = StyleSheets()
>>> sheet.add("p.aside, .box .q { display: none }")
>>> sheet.hides([Element("p", frozenset({"aside"}), "")])
True
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kosorong.book.readers.elements import BLOCKS

_MOST_RULES = 1_000
_MOST_TRIED = 100_000  # selectors held against elements of one document
_LONGEST_SHEET = 1 << 20  # characters
_SIMPLE = re.compile(r"(?P<tag>\*|[A-Za-z][\w\-]*)?(?P<names>(?:[.#][\w\-]+)*)")
_NAME = re.compile(r"[.#][\w\-]+")
_SHOWN_MEDIA = re.compile(
    r"\s*(?:(?:(?:only\s+)?(?:all|screen))?|not\s+(?:print|speech))"
    r"(?:\s*(?:and)?\s*\(\s*min-(?:device-)?width\s*:"
    r"\s*(?:\d{1,2}|[12]\d\d|3[01]\d|320)(?:px)?\s*\))?\s*",
    re.IGNORECASE,
)
_MOST_NESTED = 3  # conditions inside one another
_HIDING = {
    "display": {"none"},
    "visibility": {"hidden", "collapse"},
    "font-size": {"0", "0px", "0pt", "0em", "0rem", "0%"},
}


@dataclass(frozen=True, slots=True)
class Element:
    """An element as a selector sees it."""

    tag: str
    classes: frozenset[str]
    identifier: str


@dataclass(frozen=True, slots=True)
class _Simple:
    tag: str
    classes: frozenset[str]
    identifiers: frozenset[str]

    def matches(self, element: Element) -> bool:
        """Tell whether an element has all that is asked for."""
        return (
            self.tag in {"", element.tag}
            and self.classes <= element.classes
            and self.identifiers <= {element.identifier}
        )


@dataclass(frozen=True, slots=True)
class _Rule:
    """A selector, outermost part first, and what it says of one property.

    Attributes:
        direct: Parts that are children of the part before, by index.
        weight: Importance, specificity and place: the greatest wins.
    """

    parts: tuple[_Simple, ...]
    direct: frozenset[int]
    name: str
    hides: bool
    weight: tuple[bool, int, int, int, int]


@dataclass(slots=True)
class StyleSheets:
    """What the style sheets of a document, in order, say about being seen."""

    _rules: dict[str, list[_Rule]] = field(default_factory=lambda: defaultdict(list))
    _count: int = 0
    _tried: int = 0

    def add(self, sheet: str, media: str = "") -> None:
        """Take a style sheet."""
        if not _is_shown(media):
            return
        for selectors, body in _rules(_uncommented(sheet[:_LONGEST_SHEET])):
            declarations = list(_declarations(body))
            if not declarations:
                continue
            for selector in selectors.split(","):
                self._add(selector, declarations)

    def hides(self, path: Sequence[Element], style: str = "") -> bool:
        """Tell whether an element itself is hidden.

        Args:
            path: The open elements, the one that is asked about last.
            style: What its style attribute says.
        """
        if not self._count and not style:
            return False
        best: dict[str, tuple[tuple[bool, int, int, int, int], bool]] = {}
        for rule in self._candidates(path[-1]):
            self._tried += len(rule.parts)
            held = best.get(rule.name)
            if (held is None or rule.weight >= held[0]) and _matches(rule, path):
                best[rule.name] = (rule.weight, rule.hides)
        for name, hides, important in _declarations(style) if style else ():
            weight = (important, 1 << 30, 0, 0, 0)
            if name not in best or weight >= best[name][0]:
                best[name] = (weight, hides)
        if path[-1].tag in BLOCKS:
            best.pop("font-size", None)  # takes away the gaps between what stands in a box
        return any(hides for _, hides in best.values())

    def _add(self, selector: str, declarations: list[tuple[str, bool, bool]]) -> None:
        parsed = _selector(selector)
        if parsed is None or self._count >= _MOST_RULES:
            return
        parts, direct = parsed
        ids = sum(len(part.identifiers) for part in parts)
        classes = sum(len(part.classes) for part in parts)
        tags = sum(bool(part.tag) for part in parts)
        for name, hides, important in declarations:
            self._count += 1
            weight = (important, ids, classes, tags, self._count)
            self._rules[_key(parts[-1])].append(_Rule(parts, direct, name, hides, weight))

    def _candidates(self, element: Element) -> Iterator[_Rule]:
        keys = [f".{name}" for name in element.classes]
        for key in (*keys, f"#{element.identifier}", element.tag, ""):
            for rule in self._rules.get(key, ()):
                if self._tried > _MOST_TRIED:
                    return
                yield rule


def _key(part: _Simple) -> str:
    """Return the name under which a rule is found: an identifier, a class, a tag."""
    for name in part.identifiers:
        return f"#{name}"
    for name in part.classes:
        return f".{name}"
    return part.tag


def _matches(rule: _Rule, path: Sequence[Element]) -> bool:
    """Match the parts from the innermost out, each with the nearest element that fits."""
    if not rule.parts[-1].matches(path[-1]):
        return False
    place = len(path) - 1
    for index in range(len(rule.parts) - 2, -1, -1):
        part = rule.parts[index]
        lowest = place - 1 if index + 1 in rule.direct else 0
        places = (i for i in range(place - 1, lowest - 1, -1) if i >= 0 and part.matches(path[i]))
        place = next(places, -1)
        if place < 0:
            return False
    return True


def _uncommented(sheet: str) -> str:
    kept, place = [], 0
    while (begin := sheet.find("/*", place)) >= 0:
        kept.append(sheet[place:begin])
        end = sheet.find("*/", begin + 2)
        place = end + 2 if end >= 0 else len(sheet)
    kept.append(sheet[place:])
    return " ".join(kept).replace("<!--", "").replace("-->", "")


def _is_shown(media: str) -> bool:
    """Tell whether every screen meets one of some conditions."""
    return any(map(_SHOWN_MEDIA.fullmatch, media[:1000].split(",")))


def _rules(sheet: str, nested: int = 0) -> Iterator[tuple[str, str]]:
    """Yield selectors and declarations of the rules that hold on every screen."""
    place, depth, begin, head = 0, 0, 0, ""
    for match in re.finditer(r"[{};]", sheet):
        sign, here = match[0], match.start()
        if sign == "{":
            if depth == 0:
                head, begin = sheet[place:here].strip(), here + 1
            depth += 1
        elif sign == "}":
            depth = max(0, depth - 1)
            if depth == 0:
                name, media = head[:6].lower(), head[6:]
                if name == "@media" and nested < _MOST_NESTED and _is_shown(media):
                    yield from _rules(sheet[begin:here], nested + 1)
                elif head and not head.startswith("@"):
                    yield head, sheet[begin:here]
                place, head = here + 1, ""
        elif depth == 0:
            place = here + 1  # @import, @charset


def _declarations(body: str) -> Iterator[tuple[str, bool, bool]]:
    """Yield (property, hides, important) of the properties that hide."""
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        name = name.strip().lower()
        if name not in _HIDING:
            continue
        value = value.strip().lower()
        important = value.endswith("important") and "!" in value
        yield name, value.partition("!")[0].strip() in _HIDING[name], important


def _selector(text: str) -> tuple[tuple[_Simple, ...], frozenset[int]] | None:
    """Return the parts of a selector, None where it is of a kind that is not understood."""
    parts: list[_Simple] = []
    direct: set[int] = set()
    for word in text.replace(">", " > ").split():
        if word == ">":
            direct.add(len(parts))
            continue
        match = _SIMPLE.fullmatch(word)
        if not match:
            return None
        names = _NAME.findall(match["names"])
        parts.append(
            _Simple(
                (match["tag"] or "").lower().replace("*", ""),
                frozenset(name[1:] for name in names if name[0] == "."),
                frozenset(name[1:] for name in names if name[0] == "#"),
            )
        )
    if not parts or 0 in direct or len(parts) in direct or len(parts) > 8:
        return None
    return tuple(parts), frozenset(direct)
