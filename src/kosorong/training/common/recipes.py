"""Recipes: a YAML key is a constructor argument of a dataclass, anything else is an error."""

from __future__ import annotations

import dataclasses
import types
import typing
from pathlib import Path
from typing import Any, TypeVar, Union

import yaml

from kosorong.errors import RecipeError

T = TypeVar("T")


def load_recipe(path: Path, schema: type[T]) -> T:
    """Read a recipe file into a dataclass.

    Args:
        path: A YAML file.
        schema: A dataclass whose fields are the valid keys; fields may be dataclasses.

    Raises:
        RecipeError: The file is missing, is no YAML, or holds an unknown key or a wrong value.
    """
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecipeError(
            "no such recipe.", where=str(path), cure="Recipes lie in the folder recipes/."
        ) from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise RecipeError(f"not readable as YAML: {error}.", where=str(path)) from error
    return parse_recipe(content, schema, where=str(path))


def parse_recipe(content: object, schema: type[T], *, where: str = "recipe") -> T:
    """Turn plain YAML data into the dataclass `schema`; see `load_recipe`.

    >>> @dataclasses.dataclass
    ... class Size:
    ...     width: int = 4
    >>> parse_recipe({"width": 8}, Size)
    Size(width=8)
    """
    if content is None:
        content = {}
    if not isinstance(content, dict):
        raise RecipeError("expected keys and values.", where=where)
    fields = {f.name: f for f in dataclasses.fields(typing.cast(Any, schema)) if f.init}
    for key in content:
        if key not in fields:
            raise RecipeError(
                f"unknown key {key!r}.",
                where=where,
                cure=f"Valid keys: {', '.join(sorted(fields))}.",
            )
    hints = typing.get_type_hints(schema)
    values = {k: _convert(v, hints[k], f"{where}: {k}") for k, v in content.items()}
    missing = [
        name
        for name, f in fields.items()
        if name not in values
        and f.default is dataclasses.MISSING
        and f.default_factory is dataclasses.MISSING
    ]
    if missing:
        raise RecipeError(f"missing: {', '.join(missing)}.", where=where)
    try:
        return schema(**values)
    except ValueError as error:
        raise RecipeError(f"{error}.", where=where) from error


def dump_recipe(recipe: object) -> str:
    """Return a dataclass as YAML that `load_recipe` reads back."""
    plain = _plain(dataclasses.asdict(typing.cast(Any, recipe)))
    return str(yaml.safe_dump(plain, sort_keys=False, allow_unicode=True))


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    return str(value) if isinstance(value, Path) else value


def _convert(value: object, hint: Any, where: str) -> Any:
    """Check `value` against a type hint, converting lists to tuples and ints to floats."""
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in arguments:
            return None
        return _convert(value, next(a for a in arguments if a is not type(None)), where)
    if dataclasses.is_dataclass(hint):
        return parse_recipe(value, typing.cast(type, hint), where=where)
    if origin is typing.Literal:
        return _one_of(value, arguments, where)
    if origin is tuple and isinstance(value, list | tuple):
        return tuple(_convert(v, arguments[0], where) for v in value)
    if origin is dict and isinstance(value, dict):
        return {str(k): _convert(v, arguments[1], f"{where}.{k}") for k, v in value.items()}
    if hint is float and isinstance(value, int | str) and not isinstance(value, bool):
        return _float(value, where)
    if isinstance(hint, type) and isinstance(value, hint) and (hint is bool or value is not True):
        return value
    raise RecipeError(f"{value!r} is not of type {getattr(hint, '__name__', hint)}.", where=where)


def _one_of(value: object, choices: tuple[object, ...], where: str) -> object:
    if value not in choices:
        valid = ", ".join(map(str, choices))
        raise RecipeError(f"{value!r} is not valid.", where=where, cure=f"Valid: {valid}.")
    return value


def _float(value: int | str, where: str) -> float:
    # YAML 1.1 reads 2e-4 (no dot) as a string.
    try:
        return float(value)
    except ValueError:
        raise RecipeError(f"{value!r} is not a number.", where=where) from None
