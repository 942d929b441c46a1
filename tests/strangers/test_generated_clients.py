"""Clients that others' programs make of our descriptions."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.request
from pathlib import Path

import pytest
from programs import Strangers

pytestmark = pytest.mark.slow


def _description(address: str, folder: Path) -> Path:
    with urllib.request.urlopen(address, timeout=60) as answer:
        (folder / "openapi.json").write_bytes(answer.read())
    return folder / "openapi.json"


def test_the_library_s_description_is_valid(
    strangers: Strangers, library: str, tmp_path: Path
) -> None:
    strangers.run("openapi-spec-validator", str(_description(f"{library}/api/schema/", tmp_path)))


def test_the_inference_server_s_description_is_valid(
    strangers: Strangers, inference: str, tmp_path: Path
) -> None:
    strangers.run(
        "openapi-spec-validator", str(_description(f"{inference}/openapi.json", tmp_path))
    )


def test_a_client_of_openapi_python_client_makes_a_book(
    strangers: Strangers, library: str, tmp_path: Path
) -> None:
    description = _description(f"{library}/api/schema/", tmp_path)
    words = ("--path", str(description), "--meta", "none", "--output-path", "kosorong_client")
    strangers.run("openapi-python-client", "generate", *words)
    shown = strangers.shown("openapi-python-client", library=library)
    assert "눈이 왔다. ᄒᆞ눈이 ᄒᆞ왔다." in shown
    assert "WEBVTT" in shown


def test_a_client_of_openapi_generator_makes_a_book(
    strangers: Strangers, library: str, tmp_path: Path
) -> None:
    description = _description(f"{library}/api/schema/", tmp_path)
    words = ("-i", str(description), "-g", "python", "-o", "client")
    strangers.run("openapi-generator-cli", "generate", *words)
    shown = strangers.shown("openapi-generator", library=library)
    assert "눈이 왔다. ᄒᆞ눈이 ᄒᆞ왔다." in shown
    assert "WEBVTT" in shown


def test_openapi_typescript_types_making_a_book(
    strangers: Strangers, library: str, tmp_path: Path
) -> None:
    description = _description(f"{library}/api/schema/", tmp_path)
    node = Path(os.environ.get("KOSORONG_STRANGERS", "")) / "node_modules" / ".bin"
    if not (node / "openapi-typescript").exists():
        pytest.skip("openapi-typescript is not installed: make strangers")
    command = [str(node / "openapi-typescript"), str(description), "-o", "kosorong.d.ts"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    (tmp_path / "made.ts").write_text(
        'import type { paths } from "./kosorong";\n'
        'type Sent = NonNullable<paths["/api/books/"]["post"]["requestBody"]>["content"];\n'
        'const sent: Sent["application/json"] = { text: "눈이 왔다.", narrated: false };\n'
        "console.log(sent.text);\n",
        encoding="utf-8",
    )
    command = [str(node / "tsc"), "--strict", "--noEmit", "--lib", "es2022,dom", "made.ts"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_download_gets_its_name_from_curl(library: str, tmp_path: Path) -> None:
    body = json.dumps({"text": "눈이 왔다.", "title": "겨울"})
    # Without its slash, and led on.
    command = ["curl", "-sSfL", "-d", body, "-H", "Content-Type: application/json"]
    made = subprocess.run(
        [*command, f"{library}/api/books?wait=60"], capture_output=True, text=True, check=True
    )
    number = json.loads(made.stdout)["id"]
    address = f"{library}/api/books/{number}/exports/m4b/?wait=60"
    subprocess.run(["curl", "-sSfOJ", address], cwd=tmp_path, check=True)
    assert (tmp_path / f"book-{number}.m4b").stat().st_size > 1000
