"""Kosorong: Korean texts become Jeju audiobooks."""

from importlib import import_module

__version__ = "0.1.0"
__all__ = ["Translator", "Voice", "align", "make_book", "spell"]


def __getattr__(name: str) -> object:
    # By its name, when it is asked for: no file of ours shall load the engine for a version number.
    if name in __all__:
        return getattr(import_module("kosorong.face"), name)
    raise AttributeError(f"module 'kosorong' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *__all__]
