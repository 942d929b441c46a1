"""The errors Kosorong raises: what was wrong, where, and the cure."""

from __future__ import annotations


class KosorongError(Exception):
    """Base of every error a user can meet.

    Args:
        message: What was wrong, in one sentence.
        where: The file, line, key or address it was wrong at.
        cure: What the user can do about it.
        reason: One word for programs; the page has a sentence of its own for it.

    Attributes:
        permanent: True where trying the same again cannot help.
    """

    permanent: bool = True

    def __init__(self, message: str, *, where: str = "", cure: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.cure = cure
        self.reason = reason

    def __str__(self) -> str:
        """Return the one line a user reads: where, what, cure."""
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head} {self.cure}".strip()


class UsageError(KosorongError):
    """An argument or option that cannot be taken (exit code 2)."""


class InputError(KosorongError):
    """A manuscript or text that cannot be read."""


class TableError(KosorongError):
    """A table of words or endings with a row that cannot be read."""


class BundleError(KosorongError):
    """A model folder that is missing, damaged or made for something else."""


class RecipeError(KosorongError):
    """A training recipe with an unknown key or an impossible value."""


class CorpusError(KosorongError):
    """A corpus that cannot be imported or trained on."""


class TrainingError(KosorongError):
    """A training run that cannot start or go on."""


class StorageError(KosorongError):
    """A disk that is full or a folder that cannot be written."""

    permanent = False


class ServiceError(KosorongError):
    """A server that did not answer or answered with an error."""

    permanent = False
