"""Asking a server in the process."""

from __future__ import annotations

import json
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


def ask(app: Flask, method: str, path: str, **options: Any) -> TestResponse:
    """Return the whole answer; `buffered` closes streams as a real server does."""
    return app.test_client().open(path, method=method, buffered=True, **options)


def post(app: Flask, path: str, content: Any, **options: Any) -> TestResponse:
    return ask(app, "POST", path, json=content, **options)


def lines(answer: TestResponse) -> list[dict[str, Any]]:
    return [json.loads(line) for line in answer.text.splitlines()]
