"""What the inference server says of itself to programs that make clients."""

from __future__ import annotations

import re
from typing import Any

from asking import ask
from flask import Flask


def description(app: Flask) -> dict[str, Any]:
    return dict(ask(app, "GET", "/openapi.json").json)


def test_every_route_is_described_with_its_methods(app: Flask) -> None:
    described = {
        (path, verb.upper()) for path, row in description(app)["paths"].items() for verb in row
    }
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
    there = {
        (re.sub(r"<(?:path:)?(\w+)>", r"{\1}", rule.rule), method)
        for rule in rules
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert described == there


def test_each_operation_has_a_name_a_summary_and_a_subject(app: Flask) -> None:
    told = description(app)
    rows = [row for path in told["paths"].values() for row in path.values()]
    names = [row["operationId"] for row in rows]
    assert len(set(names)) == len(names)
    assert all(row["summary"] and len(row["tags"]) == 1 for row in rows)
    assert {row["tags"][0] for row in rows} == {tag["name"] for tag in told["tags"]}


def test_it_names_the_address_that_it_was_asked_at(app: Flask) -> None:
    answer = ask(app, "GET", "/openapi.json", base_url="http://127.0.0.1:8001")
    assert answer.json["servers"] == [{"url": "http://127.0.0.1:8001"}]
