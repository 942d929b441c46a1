r"""Places in a text that a program fills: `{name}`, `{{ name }}`, `%s`, `${name}`, `:id`.

>>> [found[0] for found in PLACEHOLDER.finditer("{이름} 님, %d개가 {{ n }}원입니다. 10%로 :id")]
['{이름}', '%d', '{{ n }}', ':id']
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from kosorong.markup.blocks import Block
from kosorong.ports import STAND_IN

PLACEHOLDER = re.compile(
    r"""
    \{\{\{[^{}\n]{1,200}\}\}\} | \{\{[^{}\n]{1,200}\}\}     # {{ name }}
    | \{%[^{}\n]{1,200}%\} | <%[^<>\n]{1,200}%>             # {% if %}, <%= name %>
    | [$\#%@]\{[^{}\n]{1,200}\}                             # ${name}, #{name}, %{name}
    | \{\s*[\w.-]+\s*,\s*(?:plural|select|selectordinal|number|date|time|duration|spellout)\b
      (?:[^{}]|\{[^{}]{0,200}\}){0,300}\}                   # {n, plural, other {…}}
    | \{[\#/^&>!.:]?[\w.\[\]$-]{0,100}(?:\|[\w: ]{1,50})?(?:![rsa])?(?::[^{}\s]{0,30})?\}  # {name}
    | (?<![0-9])%\([\w.]{1,100}\)[-+\#0]*[0-9]*(?:\.[0-9]+)?[a-zA-Z]  # %(name)s
    | (?<![0-9])%(?:[0-9]{1,2}\$)?[-+\#0]*[0-9]{0,4}(?:\.[0-9]{1,3})?(?:hh|h|ll|l|z|j|q|L)?
      [sdiufFgGeExXcpoaAn@](?![A-Za-z])                     # %s, %1$s, %-5.2f, %@
    | (?<![A-Za-z0-9$])\$[A-Za-z_]\w{0,100}                 # $name
    | </?[0-9]{1,3}[ ]?/?>                                  # <0>…</0>
    | (?<![\w:/]):[A-Za-z_][A-Za-z0-9_+-]{0,60}:?           # :id, :smile:
    """,
    re.VERBOSE,
)


def kept_apart(block: Block) -> Block:
    """Return a block in which a stand-in stands for each placeholder without markup in it."""
    shown = "".join(block.signs)
    places = [mark.at for mark in block.marks]
    signs: list[str] = []
    raws: list[str] = []
    moved: list[tuple[int, int]] = [(0, 0)]
    done = 0
    for match in PLACEHOLDER.finditer(shown):
        start, end = match.span()
        if bisect_right(places, start) < bisect_right(places, end - 1):
            continue
        signs += [*block.signs[done:start], STAND_IN]
        raws += [*block.raws[done:start], "".join(block.raws[start:end])]
        moved.append((end, len(signs)))
        done = end
    if not done:
        return block
    marks = [replace(mark, at=_moved(mark.at, moved)) for mark in block.marks]
    return Block([*signs, *block.signs[done:]], [*raws, *block.raws[done:]], marks)


def _moved(at: int, moved: list[tuple[int, int]]) -> int:
    before, after = moved[bisect_right(moved, (at, len(moved) + at)) - 1]
    return after + at - before
