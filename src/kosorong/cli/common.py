"""What several commands share."""

from __future__ import annotations

import argparse
import importlib.util
from typing import TYPE_CHECKING, TypeAlias

from kosorong.errors import UsageError

if TYPE_CHECKING:
    Commands: TypeAlias = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = argparse._SubParsersAction


def need_extra(extra: str, *modules: str) -> None:
    """Stop with the cure where packages of an extra are missing.

    Raises:
        UsageError: One of `modules` cannot be imported.
    """
    for module in modules:
        if importlib.util.find_spec(module) is None:
            raise UsageError(
                f"this command needs the package {module}.",
                cure=f"Install it with: pip install 'kosorong[{extra}]'.",
            )
