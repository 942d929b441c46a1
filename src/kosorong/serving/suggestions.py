"""Better translations that callers propose, one line of JSON each, for a person to look through."""

from __future__ import annotations

import json
import threading
import uuid
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.errors import ServiceError

_ROOM = 16 << 20
"""Bytes of a file: some 100,000 sentences, more than anybody looks through."""


class ClosedError(ServiceError):
    """What this server is not set up to do."""


class Suggestions:
    """A file of proposals in the form of corrections, which training takes with consent only.

    Args:
        path: Of the file; none is kept where empty.
    """

    def __init__(self, path: str) -> None:
        self._path, self._lock = Path(path), threading.Lock()
        self.kept = bool(path)

    def add(self, korean: str, jeju: str) -> None:
        """Keep a proposal.

        Raises:
            ClosedError: None are kept here, or there is no room for more.
            StorageError: The place cannot be written.
        """
        if not self.kept:
            raise ClosedError(
                "suggestions are not kept here.",
                cure="Whoever runs the server sets KOSORONG_INFERENCE_SUGGESTIONS.",
            )
        row = {"id": uuid.uuid4().hex[:16], "korean": korean, "jeju": jeju}
        # Nobody has agreed to anything yet: `kosorong corpus import corrections` refuses the line.
        line = json.dumps({**row, "licence": "", "consent": False}, ensure_ascii=False)
        with self._lock, storage(self._path), self._path.open("a", encoding="utf-8") as file:
            if file.tell() > _ROOM:
                raise ClosedError(
                    "there is no room for more suggestions.", cure="Look through those first."
                )
            file.write(f"{line}\n")
