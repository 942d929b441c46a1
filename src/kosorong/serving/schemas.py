"""What requests hold, field by field: typed, within limits, the field's name in each error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kosorong.errors import InputError, UsageError
from kosorong.markup.document import MARKUPS, Markup
from kosorong.ports import JEJU, KOREAN, LANGUAGES, SPELLINGS, Dial
from kosorong.text.cleaning import clean


class TooLargeError(InputError):
    """A request beyond a limit of the server."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of one request or of one segment in it.

    Attributes:
        values: As they came.
        path: What stands before a field's name in errors, for example `segments[3].`.
    """

    values: Mapping[str, Any]
    path: str = ""

    def text(self, name: str, limit: int, usual: str | None = None) -> str:
        """Return a text, cleaned of what no text may hold; required where `usual` is None.

        Raises:
            UsageError: It is missing, empty or no text.
            TooLargeError: It has more than `limit` characters.
        """
        value = self.values.get(name)
        if value is None:
            value = usual
        if not isinstance(value, str):
            raise self._wrong(name, "a text is needed here.", f'Send "{name}" as a string.')
        if len(value) > limit:
            raise TooLargeError(
                f"{len(value)} characters are more than the {limit} this server takes at once.",
                where=self.path + name,
                cure="Send it in parts.",
            )
        value = clean(value)
        if usual is None and not value.strip():
            raise self._wrong(name, "the text is empty.", "Send a text with words in it.")
        return value

    def word(self, name: str, usual: str, limit: int = 200) -> str:
        """Return a short text such as a name."""
        return self.text(name, limit, usual)

    def choice(self, name: str, valid: tuple[str, ...], usual: str) -> str:
        """Return one of the valid words.

        Raises:
            UsageError: It is none of them.
        """
        value = self.values.get(name, usual)
        if value not in valid:
            raise self._wrong(
                name, f"{value!r} cannot be taken.", f"Choose from {', '.join(valid)}."
            )
        return str(value)

    def markup(self) -> Markup:
        """Return what the texts are written in, from `format`.

        Raises:
            UsageError: It is not known.
        """
        wanted = self.choice("format", MARKUPS, "text")
        return next(markup for markup in MARKUPS if markup == wanted)

    def number(self, name: str, usual: float, low: float, high: float) -> float:
        """Return a number within limits; forms send it as text.

        Raises:
            UsageError: It is none, or outside.
        """
        value = self.values.get(name, usual)
        try:
            # A truth value would pass as 0 or 1.
            number = float("nan") if isinstance(value, bool) else float(value)
        except (TypeError, ValueError, OverflowError):
            number = float("nan")
        if not low <= number <= high:
            raise self._wrong(
                name, f"{value!r} cannot be taken.", f"Give a number from {low:g} to {high:g}."
            )
        return number

    def whole(self, name: str, usual: int, low: int, high: int) -> int:
        """Return a whole number within limits.

        Raises:
            UsageError: It is none, or outside.
        """
        value = self.values.get(name, usual)
        if isinstance(value, str) and value.isdecimal() and len(value) < 20:
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self._wrong(
                name, f"{value!r} cannot be taken.", f"Give a whole number from {low} to {high}."
            )
        return value

    def items(self, name: str, limit: int) -> list[Fields]:
        """Return the objects of a list.

        Raises:
            UsageError: It is missing, empty, or not a list of objects.
            TooLargeError: It has more than `limit` entries.
        """
        rows = self.values.get(name)
        if not isinstance(rows, list) or not rows:
            raise self._wrong(name, "a list is needed here.", f'Send "{name}" as a list.')
        if len(rows) > limit:
            raise TooLargeError(
                f"{len(rows)} entries are more than the {limit} this server takes at once.",
                where=self.path + name,
                cure="Send them in several requests.",
            )
        for index, row in enumerate(rows):
            if not isinstance(row, dict):
                raise self._wrong(f"{name}[{index}]", "this is no object.", "Send objects.")
        return [Fields(row, f"{self.path}{name}[{n}].") for n, row in enumerate(rows)]

    def words(self, name: str, limit: int) -> dict[str, str]:
        """Return an object of texts; empty where it is missing.

        Raises:
            UsageError: It is no object, or holds something else than texts.
            TooLargeError: It has more than `limit` entries.
        """
        rows = self.values.get(name, {})
        if not isinstance(rows, dict) or not all(isinstance(v, str) for v in rows.values()):
            raise self._wrong(name, "an object of texts is needed here.", 'Send {"word": "word"}.')
        if len(rows) > limit:
            raise TooLargeError(
                f"{len(rows)} entries are more than the {limit} this server takes at once.",
                where=self.path + name,
                cure="Send fewer.",
            )
        return {clean(word): clean(value) for word, value in rows.items()}

    def _wrong(self, name: str, message: str, cure: str) -> UsageError:
        return UsageError(message, where=self.path + name, cure=cure)


def dial_of(fields: Fields) -> Dial:
    """Return which way a request wants its texts translated.

    Raises:
        UsageError: A value cannot be taken.
    """
    return Dial(
        fields.choice("source", LANGUAGES, KOREAN),
        fields.choice("target", LANGUAGES, JEJU),
        fields.choice("spelling", SPELLINGS, "araea"),
        fields.number("strength", 1.0, 0.0, 1.0),
    )


@dataclass(frozen=True, slots=True)
class SegmentRequest:
    """One segment of a request.

    Attributes:
        id: The caller's own, given back as it came.
        text: What is written.
        spoken: What to say instead; None where nothing was sent.
        seed: Of the voice's noise.
    """

    id: str | int
    text: str
    spoken: str | None = None
    seed: int = 0

    @classmethod
    def of(cls, fields: Fields, limit: int) -> SegmentRequest:
        """Read it.

        Raises:
            UsageError: A value cannot be taken.
            TooLargeError: The text is too long.
        """
        name = fields.values.get("id")
        if not isinstance(name, str | int) or isinstance(name, bool):
            raise UsageError(
                "a segment needs an id.", where=f"{fields.path}id", cure="Send a text or a number."
            )
        spoken = fields.values.get("spoken")
        return cls(
            name,
            fields.text("text", limit, ""),
            None if spoken is None else fields.text("spoken", limit),
            fields.whole("seed", 0, 0, 2**64 - 1),
        )
