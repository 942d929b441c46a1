"""Measure the service as somebody at the page meets it; `scripts/bench.py` calls this.

`listening` presses the button in a headless Chromium and waits for the first sound.
"""

from __future__ import annotations

import shutil
import time

from load.service import running, story


def listening() -> None:
    """Press the button in a real browser; wait for the first sound."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    words = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
    with running() as service, sync_playwright() as playwright:
        time.sleep(3)
        browser = playwright.chromium.launch(executable_path=chromium, args=words)
        page = browser.new_page(base_url=f"http://127.0.0.1:{service.port}", locale="ko-KR")
        page.add_init_script(
            "const Plain = Audio; window.Audio = function () { const deck = new Plain();"
            " deck.addEventListener('playing', () => { window.heard ??= performance.now(); });"
            " return deck; };"
        )
        page.goto("/new")
        page.fill("#text", story(1))
        page.evaluate(
            "() => document.querySelector('button[type=submit]').addEventListener("
            "'click', () => { window.pressed = performance.now(); })"
        )
        page.click("button[type=submit]")
        page.wait_for_function("() => window.heard", timeout=60_000)
        waited = page.evaluate("() => (window.heard - window.pressed) / 1000")
        browser.close()
        print("listening: from the button to the first sound, the tale of examples/ pasted")
        print(f"  first sound            {waited:.2f} s  (bar 3 s)")
