from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from kosorong.errors import UsageError
from kosorong.serving.server import threads_for
from kosorong.serving.settings import Settings, read_settings
from toy_serving import TOKEN

# That follows from --host.
NAMES = tuple(one.name for one in fields(Settings) if one.name != "local")


def test_nothing_set_is_the_usual() -> None:
    assert read_settings({}) == Settings()


def test_every_variable_is_read() -> None:
    names = {name.upper(): str(n) for n, name in enumerate(NAMES, start=2000)}
    names |= {"JOBS": "2", "QUEUE": "3", "SEGMENTS": "4", "STOCK_NAMES": "0", "ORIGINS": "*"}
    read = read_settings({f"KOSORONG_INFERENCE_{name}": value for name, value in names.items()})
    wanted = {**names, "STOCK_NAMES": "False", "ORIGINS": "frozenset({'*'})"}
    assert {name: str(getattr(read, name.lower())) for name in names} == wanted


def test_the_token_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    assert read_settings({"KOSORONG_INFERENCE_TOKEN_FILE": str(file)}).token == TOKEN


@pytest.mark.parametrize("content", [None, "", "\n"])
def test_a_token_file_without_a_token_stops_the_start(tmp_path: Path, content: str | None) -> None:
    file = tmp_path / "token"
    if content is not None:
        file.write_text(content)
    with pytest.raises(UsageError, match="TOKEN_FILE"):
        read_settings({"KOSORONG_INFERENCE_TOKEN_FILE": str(file)})


def test_two_tokens_are_one_too_many(tmp_path: Path) -> None:
    variables = {"KOSORONG_INFERENCE_TOKEN": "a", "KOSORONG_INFERENCE_TOKEN_FILE": "b"}
    with pytest.raises(UsageError, match="both"):
        read_settings(variables)


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5", "65"])
def test_a_wrong_value_is_named(value: str) -> None:
    with pytest.raises(UsageError, match=r"KOSORONG_INFERENCE_JOBS.*1 to 64"):
        read_settings({"KOSORONG_INFERENCE_JOBS": value})


def test_every_setting_is_described() -> None:
    page = (Path(__file__).parents[2] / "docs/reference/inference.md").read_text(encoding="utf-8")
    names = [f"KOSORONG_INFERENCE_{name.upper()}" for name in NAMES]
    assert [name for name in (*names, "KOSORONG_INFERENCE_PORT") if f"`{name}`" not in page] == []


def test_threads_leave_room_for_health() -> None:
    assert threads_for(Settings(queue=5), None) == 9
    assert threads_for(Settings(queue=5), 6) == 6
    with pytest.raises(UsageError, match="at least 6"):
        threads_for(Settings(queue=5), 5)
