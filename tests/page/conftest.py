"""The three real processes, the built page, and a headless Chromium that uses it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import CHROMIUM, WEB, Library, free_port
from playwright.sync_api import Browser, Page, expect, sync_playwright

import toy_serving
from kosorong.bundle import FOLDERS_VARIABLE

toy_bundles_folder = toy_serving.toy_bundles_folder


@pytest.fixture(scope="module")
def library(
    toy_bundles_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    """Serve an empty library with toy models and the page as it was built."""
    if not (WEB / "dist" / "index.html").is_file():
        pytest.skip("the page is not built: make page")
    folder = tmp_path_factory.mktemp("library")
    port, log = free_port(), folder / "log"
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    environ = kept | {
        FOLDERS_VARIABLE: str(toy_bundles_folder),
        "KOSORONG_INFERENCE_PORT": str(free_port()),
        "KOSORONG_STARTER": "0",
        "KOSORONG_PAGE": str(WEB / "dist"),
        "PYTHONWARNINGS": "ignore",
    }
    words = [sys.executable, "-m", "kosorong", "serve", "--port", str(port)]
    found = Library(f"http://127.0.0.1:{port}", folder / "data", log)
    with log.open("w") as file:
        process = subprocess.Popen([*words, "--data", found.data], env=environ, stderr=file)
    try:
        found.wait(lambda: found.ask("/api/health/"))
        yield found
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the machine's Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is missing: apt-get install chromium")
    words = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    # A microphone that beeps, and nobody who has to allow it.
    words += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    # A machine that does other work too takes its time.
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=words)
        yield browser
        browser.close()


@pytest.fixture
def said() -> list[str]:
    """What the page complained of on its console."""
    return []


@pytest.fixture(params=[(1280, 860)], ids=["desktop"])
def page(
    browser: Browser, library: Library, said: list[str], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """Open a tab of a new reader; a complaint on the console fails the test."""
    width, height = request.param
    context = browser.new_context(
        viewport={"width": width, "height": height}, base_url=library.address, locale="ko-KR"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.on("console", lambda m: said.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []
