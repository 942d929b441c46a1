"""What the web server answers by itself, in the one shape of errors."""

from __future__ import annotations

import json

from waitress.channel import HTTPChannel
from waitress.task import ErrorTask

_WORDS = {
    413: "The request is too large: at most 257 MiB are read. Split the book into volumes and"
    " make a book of each.",
    431: "The request's headers are too long; send fewer or shorter ones.",
}


class JsonErrorTask(ErrorTask):
    """Answers a request that was refused before the application saw it."""

    def execute(self) -> None:
        """Write the answer."""
        error = self.request.error
        words = _WORDS.get(error.code, f"The request cannot be read ({error.body}).")
        body = json.dumps({"message": words, "extra": {}}).encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers.append(("Content-Type", "application/json"))
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Channel(HTTPChannel):
    """A connection."""

    error_task_class = JsonErrorTask
