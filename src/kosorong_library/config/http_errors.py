"""What the web server answers by itself, before the application saw a request."""

from __future__ import annotations

import json

from waitress.task import ErrorTask
from waitress.utilities import Error

_WORDS = {
    413: "The request is too large: at most 257 MiB are read. Split the book into volumes and"
    " make a book of each.",
    431: "The request's headers are too long; send fewer or shorter ones.",
    507: "There is no room to take the request in: the disk for temporary files is full. Free some"
    " space, or try again in a moment.",
}


class NoRoomError(Error):
    """The body of a request does not fit on the disk."""

    code = 507
    reason = "Insufficient Storage"


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
