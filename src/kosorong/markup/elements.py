"""Elements of HTML: which end a sentence, which hold what is not translated, and what is open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


BLOCKS = _names(
    """
    address article aside base blockquote body br caption center col colgroup dd details dialog dir
    div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header
    hgroup hr html legend li link main menu meta nav noframes ol optgroup option p plaintext pre
    search section summary table tbody td tfoot th thead title tr ul xmp
    """
)
"""Elements at which a sentence ends."""

VOID = _names(
    "area base br col embed frame hr img input link meta param source track wbr",
)
"""Elements that hold nothing and have no end tag."""

_UNSAID = _names(
    """
    audio canvas iframe noembed noframes object rp rt rtc script style svg template textarea video
    """
)
_CODE = _names("code kbd math plaintext pre samp tt var xmp")

RAW = _names("iframe noembed noframes plaintext script style textarea title xmp")
"""Elements inside which there are no tags."""

RAISED = _names("sub sup")
"""Elements that hold words, or else notes and exponents."""

_INLINE = _names(
    """
    a abbr acronym b bdi bdo big blink button cite data datalist del dfn em font i ins label mark
    meter nobr noscript output picture progress q rb ruby s select slot small span strike strong
    time u
    """
)
KNOWN = BLOCKS | VOID | _UNSAID | _CODE | RAISED | _INLINE
"""Every element of HTML; in a text that is no HTML other names are words between signs."""

_SCOPES = _names("applet button caption html marquee object table td template th")
_ITEM_BOUNDS = _SCOPES | (BLOCKS - {"address", "div", "p"})
_CLOSED_BY: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), _ITEM_BOUNDS),
    "dt": (frozenset({"dt", "dd"}), _ITEM_BOUNDS),
    "dd": (frozenset({"dt", "dd"}), _ITEM_BOUNDS),
    "td": (frozenset({"td", "th"}), frozenset({"table"})),
    "th": (frozenset({"td", "th"}), frozenset({"table"})),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    "option": (frozenset({"option"}), frozenset({"select", "datalist"})),
    "rt": (frozenset({"rt", "rp"}), frozenset({"ruby"})),
    "rp": (frozenset({"rt", "rp"}), frozenset({"ruby"})),
}
"""What a start tag ends though no end tag says so, and how far up that is looked for."""
_IN_PARAGRAPHS = _names("base br col frame link meta optgroup option title")
_FORMATTING = _names("a b big code em font i nobr s small strike strong tt u")
"""Elements whose end tag ends them though a block that began inside them goes on."""

_FOREIGN = _names("math svg")
_FOREIGN_BOUNDS = _names("annotation-xml desc foreignobject title")
_NEVER_FOREIGN = _names(
    """
    b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li
    listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var
    """
)
"""Elements that end a picture or formula in which they stand."""

_DEEPEST = 512


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of HTML.

    Attributes:
        name: In lower case.
        closes: Whether it is an end tag.
        translate: The value of `translate`, `no` too for the class `notranslate`; "" for none.
    """

    name: str
    closes: bool = False
    translate: str = ""


@dataclass(frozen=True, slots=True)
class _Open:
    name: str
    kept: bool
    forever: bool


class Elements:
    """The elements that are open, as browsers know it from tags that people wrote."""

    def __init__(self) -> None:
        self._open: list[_Open] = []
        self._count: Counter[str] = Counter()

    @property
    def kept(self) -> bool:
        """Whether what stands here is left alone."""
        return bool(self._open) and self._open[-1].kept

    def start(self, tag: Tag) -> None:
        """Take a start tag."""
        if tag.name in _NEVER_FOREIGN:
            self._pop(_FOREIGN, _FOREIGN_BOUNDS)
        if tag.name in BLOCKS - _IN_PARAGRAPHS:
            self._pop(frozenset({"p"}), _SCOPES)
        if tag.name in _CLOSED_BY:
            self._pop(*_CLOSED_BY[tag.name])
        if tag.name in VOID:
            return
        forever = self._open[-1].forever if self._open else False
        forever = forever or tag.name in _CODE or tag.name in _UNSAID
        kept = forever or tag.translate == "no" or (self.kept and tag.translate != "yes")
        # Deeper than browsers go, an element matters only for what is left alone in it.
        if len(self._open) < _DEEPEST or kept != self.kept:
            self._open.append(_Open(tag.name, kept, forever))
            self._count[tag.name] += 1

    def end(self, name: str) -> bool:
        """Take an end tag; tell whether the innermost element was the one it ends."""
        if not self._count[name]:
            return False
        place = len(self._open) - 1
        while self._open[place].name != name:
            if name not in BLOCKS and self._open[place].name in BLOCKS:
                self._end_outside(name)
                return False
            place -= 1
        innermost = place == len(self._open) - 1
        while len(self._open) > place:
            self._drop()
        return innermost

    def _end_outside(self, name: str) -> None:
        """End an element that a block stands in, as far as browsers do."""
        if name in _FORMATTING:
            places = [n for n, element in enumerate(self._open) if element.name == name]
            del self._open[places[-1]]
            self._count[name] -= 1

    def _pop(self, names: frozenset[str], bounds: frozenset[str]) -> None:
        """End the innermost of some elements, if it stands within bounds."""
        if not any(self._count[name] for name in names):
            return
        for n in range(len(self._open) - 1, -1, -1):
            name = self._open[n].name
            if name in names:
                while len(self._open) > n:
                    self._drop()
                return
            if name in bounds:
                return

    def _drop(self) -> None:
        self._count[self._open.pop().name] -= 1


def is_said(name: str) -> bool:
    """Tell whether what an element holds is part of the sentence around it, as code is."""
    return name not in _UNSAID
