"""What every route reaches: models, limits, admission, the counts."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec, cast
from urllib.parse import urlsplit

from flask import Response, current_app, make_response, request
from flask.typing import ResponseReturnValue

from kosorong.errors import UsageError
from kosorong.markup.document import Document, Markup, translate_document
from kosorong.ports import Dial, Translation, Translator
from kosorong.serving.admission import Admission
from kosorong.serving.errors import ForeignError, TokenError
from kosorong.serving.kept_files import KeptFiles
from kosorong.serving.metrics import Metrics
from kosorong.serving.models import Models
from kosorong.serving.schemas import Fields
from kosorong.serving.settings import Settings
from kosorong.serving.suggestions import Suggestions

EXTENSION = "kosorong"
_LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})

# What tells nothing of anybody: whether the server lives, what it can be asked, and files whose
# address only those know who sent them.
_OPEN = ("operations.health", "operations.openapi", "libretranslate.download_file")
# Sentences translated in one turn: enough for a batch, few enough to let others through.
_BATCH = 8

P = ParamSpec("P")


@dataclass(frozen=True, slots=True)
class Services:
    """What one app works with.

    Attributes:
        models: Translator, voices and aligner.
        settings: The limits and the token.
        admission: Who may work when.
        metrics: What was done.
        suggestions: Better translations that callers propose.
        files: Translated files that wait to be fetched.
    """

    models: Models
    settings: Settings
    admission: Admission
    metrics: Metrics
    suggestions: Suggestions
    files: KeptFiles

    def translate(
        self, texts: list[str], dial: Dial, translator: Translator | None = None
    ) -> Iterator[Translation]:
        """Yield the translation of each text, a few in each turn.

        Args:
            texts: Segments.
            dial: Which way.
            translator: Who; the installed one where None.
        """
        who = translator or self.models.translator
        for first in range(0, len(texts), _BATCH):
            with self.admission.turn():
                batch = texts[first : first + _BATCH]
                translations = who.translate(batch, **dial.options())
            yield from translations

    def translate_document(
        self, text: str, markup: Markup, dial: Dial, translator: Translator | None = None
    ) -> Document:
        """Return the translation of a text of any length, its white space and markup kept.

        Args:
            text: The text.
            markup: What it is written in.
            dial: Which way.
            translator: Who; the installed one where None.
        """
        return translate_document(
            text, markup, lambda parts: self.translate(parts, dial, translator)
        )


def services() -> Services:
    """Return what the app at hand works with."""
    return cast(Services, current_app.extensions[EXTENSION])


def check_host() -> None:
    """Refuse pages that a browser of this machine shows, where no other machine can ask.

    A name that is not ours (DNS rebinding) and another site's page give themselves away.

    Raises:
        ForeignError: The request comes from a page.
    """
    if not services().settings.local:
        return
    names = {_name_of(f"//{request.host}")}
    site = request.headers.get("Sec-Fetch-Site", "none")
    if is_let_in(request.headers.getlist("Origin")):
        site = "none"
    else:
        names |= set(map(_name_of, request.headers.getlist("Origin")))
    if not names <= _LOCAL or site not in {"none", "same-origin"}:
        raise ForeignError(
            "the request comes from another site, or for another name.",
            where="Host, Origin",
            cure="Ask at 127.0.0.1 or localhost, from a program.",
        )


def is_let_in(origins: list[str]) -> bool:
    """Say whether the setting lets the page in that a request comes from."""
    allowed = services().settings.origins
    return len(origins) == 1 and bool(allowed & {origins[0], "*"})


def _name_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def check_token() -> None:
    """Let a caller through who shows the token, or whom none is asked of.

    Raises:
        TokenError: It is missing or wrong.
    """
    token = services().settings.token
    # A browser shows no token where it asks whether it may ask.
    if not token or request.endpoint in _OPEN or request.method == "OPTIONS":
        return
    scheme, _, shown = request.headers.get("Authorization", "").partition(" ")
    # Compared in constant time, so that nobody can feel their way to it letter by letter.
    same = hmac.compare_digest(shown.strip().encode(), token.encode())
    if scheme.lower() != "bearer" or not same:
        raise TokenError(
            "this server wants a token.",
            where="Authorization",
            cure="Send the header Authorization: Bearer TOKEN.",
        )


def admitted(view: Callable[P, ResponseReturnValue]) -> Callable[P, Response]:
    """Let a view work only while there is room; its place is kept until the answer has gone out.

    Raises:
        BusyError: There is none.
    """

    @wraps(view)
    def run(*args: P.args, **kwargs: P.kwargs) -> Response:
        slot = services().admission.admit()
        try:
            response = make_response(view(*args, **kwargs))
        except BaseException:
            slot.leave()
            raise
        if response.is_streamed:
            response.call_on_close(slot.leave)
        else:
            slot.leave()
        return response

    return run


def json_fields() -> Fields:
    """Return the fields of a JSON body, whatever content type it came with.

    Raises:
        UsageError: The body is no JSON object.
    """
    try:
        content = json.loads(request.get_data(cache=True))
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"the body is no JSON ({error}).", where="body", cure="Send a JSON object in UTF-8."
        ) from None
    if not isinstance(content, dict):
        raise UsageError("the body is no JSON object.", where="body", cure='Send {"…": …}.')
    return Fields(content)


def json_lines(rows: Iterable[dict[str, Any]]) -> Response:
    """Return rows as newline-delimited JSON, each sent when it is made."""
    lines = (json.dumps(row) + "\n" for row in rows)
    return Response(lines, mimetype="application/x-ndjson")
