"""A bucket of anything that speaks S3. A bucket shows an object when all of it is there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files import File
from storages.backends.s3 import S3Storage

from kosorong.errors import StorageError

_PIECE = 1 << 16
# Half a minute in all, where the usual is five: a request and a thread wait meanwhile.
_PATIENCE: dict[str, Any] = {
    "connect_timeout": 5,
    "read_timeout": 15,
    "retries": {"total_max_attempts": 2, "mode": "standard"},
}
# An empty object has no first byte: nothing of ours is empty.
_GONE = frozenset({"404", "NoSuchKey", "InvalidRange"})


@contextmanager
def _answering(name: str) -> Iterator[None]:
    """Turn the client's errors into those of files and storage."""
    try:
        yield
    except ClientError as error:
        problem = error.response.get("Error", {})
        if problem.get("Code") in _GONE:
            raise FileNotFoundError(name) from error
        raise _refused(name, f"{problem.get('Code')}: {problem.get('Message')}") from error
    except BotoCoreError as error:
        raise _refused(name, str(error)) from error


def _refused(name: str, why: str) -> StorageError:
    return StorageError(
        f"the bucket does not take or give it ({why}).",
        where=name,
        cure="Check KOSORONG_STORAGE and its keys, and that the bucket's service runs.",
    )


class Bucket(S3Storage):
    """A bucket, or what lies below a prefix of it.

    Args:
        **settings: Of django-storages.
    """

    client_config: Any

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.client_config = self.client_config.merge(Config(**_PATIENCE))

    def _save(self, name: str, content: File) -> str:
        with _answering(name):
            return str(super()._save(name, content))

    def _open(self, name: str, mode: str = "rb") -> File:
        """Return a file whose bytes are fetched now, so that no later read fails."""
        with _answering(name):
            file = super()._open(name, mode)
            if "r" in mode:
                file.open()
            return file

    def delete(self, name: str) -> None:
        """Delete an object; one that is not there is deleted already."""
        with _answering(name):
            super().delete(name)

    def exists(self, name: str) -> bool:
        """Say whether there is such an object."""
        with _answering(name):
            return bool(super().exists(name))

    def size(self, name: str) -> int:
        """Return bytes."""
        with _answering(name):
            return int(super().size(name))

    def read(self, name: str, start: int, stop: int) -> Iterator[bytes]:
        """Yield the bytes from `start` up to `stop`, in pieces; no others are fetched."""
        if start >= stop:
            return
        with _answering(name):
            key = self._normalize_name(name)
            answer = self.bucket.Object(key).get(Range=f"bytes={start}-{stop - 1}")
            yield from cast(Iterator[bytes], answer["Body"].iter_chunks(_PIECE))

    def look(self, name: str, count: int) -> tuple[int, bytes]:
        """Return how many bytes an object has, and the first `count` of them."""
        with _answering(name):
            key = self._normalize_name(name)
            answer = self.bucket.Object(key).get(Range=f"bytes=0-{count - 1}")
            head = cast(bytes, answer["Body"].read())
            return int(answer["ContentRange"].rpartition("/")[2]), head

    def walk(self, below: str) -> Iterator[tuple[str, int, float]]:
        """Yield name, bytes and time of change (seconds since 1970) of every object."""
        skipped = len(self.location) + 1 if self.location else 0
        with _answering(below):
            prefix = self._normalize_name(below).rstrip("/") + "/" if below else self.location
            for stored in self.bucket.objects.filter(Prefix=prefix):
                yield stored.key[skipped:], stored.size, stored.last_modified.timestamp()

    def link(self, name: str, disposition: str, content_type: str) -> str:
        """Return an address from which a file can be fetched for an hour, without us between."""
        parameters: dict[str, Any] = {
            "ResponseContentDisposition": disposition,
            "ResponseContentType": content_type,
        }
        return str(self.url(name, parameters=parameters))
