"""The Flask app."""

from __future__ import annotations

import logging
import time

from flask import Flask, Response, g, request

from kosorong.logs import HEADER, id_of
from kosorong.serving.admission import Admission
from kosorong.serving.cors import answer_preflight, let_pages_read
from kosorong.serving.errors import answer_errors
from kosorong.serving.kept_files import KeptFiles
from kosorong.serving.metrics import Metrics
from kosorong.serving.models import Models
from kosorong.serving.routes import (
    align,
    lexicon,
    libretranslate,
    openai,
    operations,
    original,
    segments,
    spelling,
)
from kosorong.serving.services import EXTENSION, Services, check_host, check_token, services
from kosorong.serving.settings import Settings
from kosorong.serving.suggestions import Suggestions

logger = logging.getLogger("kosorong.request")

_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS")


def create_app(models: Models, settings: Settings) -> Flask:
    """Return the inference server as a WSGI app.

    Args:
        models: Translator, voices and aligner.
        settings: Limits and the token.
    """
    app = Flask("kosorong.serving")
    app.json.sort_keys = False  # type: ignore[attr-defined]  # Flask's own provider has it
    app.config["MAX_CONTENT_LENGTH"] = settings.body_bytes
    # Forms carry texts too: no smaller limit for them.
    app.config["MAX_FORM_MEMORY_SIZE"] = settings.body_bytes
    admission = Admission(settings.jobs, settings.queue)
    app.extensions[EXTENSION] = Services(
        models, settings, admission, Metrics(), Suggestions(settings.suggestions), KeptFiles()
    )
    answer_errors(app)
    app.before_request(_start_clock)
    app.before_request(check_host)
    app.before_request(answer_preflight)
    app.before_request(check_token)
    app.after_request(let_pages_read)
    app.after_request(_count)
    for module in (
        original,
        segments,
        align,
        spelling,
        lexicon,
        openai,
        libretranslate,
        operations,
    ):
        app.register_blueprint(module.blueprint)
    return app


def _start_clock() -> None:
    g.started, g.request = time.perf_counter(), id_of(request.headers.get(HEADER))


def _count(response: Response) -> Response:
    """Count a request; one that streams when its last byte was made."""
    metrics, started = services().metrics, g.started
    route = request.url_rule.rule if request.url_rule else "unknown"
    # Callers may make up methods; each would be a row of its own for ever.
    method = request.method if request.method in _METHODS else "other"
    status = response.status_code
    name = g.request
    response.headers[HEADER] = name

    def observe() -> None:
        seconds = time.perf_counter() - started
        metrics.observe(route, method, status, seconds)
        facts = {"method": method, "path": route, "status": status, "request": name}
        facts["milliseconds"] = round(seconds * 1000, 1)
        words = "%(method)s %(path)s %(status)s in %(milliseconds)s ms"
        logger.info(words, facts, extra={"facts": facts})

    if response.is_streamed:
        response.call_on_close(observe)
    else:
        observe()
    return response
