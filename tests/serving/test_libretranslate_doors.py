"""What programs of LibreTranslate ask for besides translation: settings, files, suggestions."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from asking import ask, post
from flask import Flask
from werkzeug.test import TestResponse

from kosorong.serving.app import create_app
from kosorong.serving.kept_files import KEPT_SECONDS, MOST_FILES, KeptFiles
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings
from kosorong.training.corpora.texts import import_corrections

_CUES = "1\n00:00:01,000 --> 00:00:02,500\n어서 있습니다.\n"


def sent(app: Flask, name: str, content: bytes, **fields: str) -> TestResponse:
    data = {"file": (io.BytesIO(content), name), "source": "ko", "target": "jje", **fields}
    return ask(app, "POST", "/translate_file", data=data)


@pytest.mark.parametrize(
    ("name", "content", "wanted"),
    [
        ("눈.txt", "\ufeff어서 있습니다.\n".encode(), "ᄒᆞᆫ저 있수다.\n"),
        ("a.txt", "어서 있습니다.".encode("cp949"), "ᄒᆞᆫ저 있수다."),
        ("a.SRT", _CUES.encode(), _CUES.replace("어서 있습니다", "ᄒᆞᆫ저 있수다")),
        ("a.html", "<p>어서 <b>있습니다.</b>".encode(), "<p>ᄒᆞᆫ저 <b>있수다.</b>"),
        ("a.md", "# 어서\n".encode(), "# ᄒᆞᆫ저\n"),
    ],
)
def test_a_file_is_translated_and_fetched(
    app: Flask, name: str, content: bytes, wanted: str
) -> None:
    place = sent(app, name, content).json["translatedFileUrl"]
    answer = ask(app, "GET", place)
    assert answer.data.decode() == wanted
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Content-Type"] == "application/octet-stream"


@pytest.mark.parametrize(
    "name", ["a.pdf", "", "txt", "a.txt.exe", "../../a", "a\r\nX: y.docx", "\x00", "a." * 300]
)
def test_other_files_are_refused_by_name(app: Flask, name: str) -> None:
    answer = sent(app, name, "어서".encode())
    assert (answer.status_code, set(answer.json)) == (400, {"error"})


@pytest.mark.parametrize("content", [b"", b"\x00" * 50, b"\xff\xfe\x00\x01", b"<" * 5000])
@pytest.mark.parametrize(
    "name", ["a.txt", "a.html", "a.md", "../../etc/passwd.txt", "a\r\nX: y.txt"]
)
def test_no_content_and_no_name_ends_in_a_failure(app: Flask, name: str, content: bytes) -> None:
    answer = sent(app, name, content, source="auto")
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        header = ask(app, "GET", answer.json["translatedFileUrl"]).headers["Content-Disposition"]
        assert "/" not in header
        assert "\n" not in header


def test_what_is_not_kept_is_not_there(app: Flask) -> None:
    for key in ("a", "../kept", "%00", "a" * 5000):
        answer = ask(app, "GET", f"/download_file/{key}")
        assert (answer.status_code, set(answer.json)) in (
            (404, {"error"}),
            (404, {"message", "where", "cure"}),
        )


def test_files_go_after_some_minutes_and_the_oldest_where_there_are_many() -> None:
    now = [0.0]
    files = KeptFiles(lambda: now[0])
    first = files.keep("a", b"1")
    for _ in range(MOST_FILES):
        files.keep("b", b"2")
    assert files.get(first) is None
    last = files.keep("c", b"3")
    now[0] = KEPT_SECONDS - 1
    assert files.get(last).content == b"3"
    now[0] = KEPT_SECONDS + 1
    assert files.get(last) is None


def test_a_suggestion_becomes_a_correction_once_somebody_agrees(app: Flask, tmp_path: Path) -> None:
    there = {"q": "어서", "s": "ᄒᆞᆫ저", "source": "ko", "target": "jje"}
    assert post(app, "/suggest", there).json == {"success": True}
    back = {"q": "ᄒᆞᆫ저", "s": "얼른", "source": "jje", "target": "ko"}
    assert ask(app, "POST", "/suggest", data=back).json == {"success": True}
    kept = tmp_path / "suggestions.jsonl"
    rows = [json.loads(line) for line in kept.read_text("utf-8").splitlines()]
    assert [(row["korean"], row["jeju"]) for row in rows] == [("어서", "ᄒᆞᆫ저"), ("얼른", "ᄒᆞᆫ저")]
    assert not any(row["consent"] for row in rows)
    agreed = [{**row, "consent": True, "licence": "CC0-1.0"} for row in rows]
    kept.write_text("\n".join(map(json.dumps, agreed)), encoding="utf-8")
    assert not import_corrections(kept, tmp_path / "corpus").refused


@pytest.mark.parametrize(
    "change",
    [{"s": ""}, {"s": None}, {"q": 3}, {"s": "가" * 9000}, {"target": "ko"}, {"source": "en"}],
)
def test_what_is_no_suggestion_is_refused(
    app: Flask, change: dict[str, Any], tmp_path: Path
) -> None:
    answer = post(app, "/suggest", {"q": "어서", "s": "ᄒᆞᆫ저", "source": "ko", **change})
    assert answer.status_code in (400, 413)
    assert set(answer.json) == {"error"}
    assert not (tmp_path / "suggestions.jsonl").exists()


def test_without_the_setting_none_are_kept_and_programs_know(models: Models) -> None:
    app = create_app(models, Settings())
    answer = post(app, "/suggest", {"q": "어서", "s": "ᄒᆞᆫ저"})
    assert answer.status_code == 403
    assert "KOSORONG_INFERENCE_SUGGESTIONS" in answer.json["error"]
    assert ask(app, "GET", "/frontend/settings").json["suggestions"] is False


def test_settings_say_what_is_offered(app: Flask) -> None:
    told = ask(app, "GET", "/frontend/settings").json
    assert told["charLimit"] == 20_000
    assert told["suggestions"] is True
    assert ".srt" in told["supportedFilesFormat"]


def test_alternatives_differ_from_the_translation_and_from_each_other(app: Flask) -> None:
    content = {"q": "할머니는 어서 밭에 갑니다.", "source": "ko", "target": "jje"}
    made = post(app, "/translate", {**content, "alternatives": 3}).json
    every = [made["translatedText"], *made["alternatives"]]
    assert 2 <= len(every) == len(set(every)) <= 4
    one = post(app, "/translate", {**content, "alternatives": 1}).json["alternatives"]
    assert one == made["alternatives"][:1]
