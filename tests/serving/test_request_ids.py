"""The id of a request goes through the inference server, into its log and back."""

import json
import logging

import pytest
from flask import Flask

from kosorong.errors import UsageError
from kosorong.logs import HEADER, JsonLines, begin, format_of


def test_the_id_that_came_goes_back_and_into_the_log(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "kosorong.request"):
        answer = app.test_client().get("/health", headers={HEADER: "page-0123-abcd"})
    assert answer.headers[HEADER] == "page-0123-abcd"
    line = json.loads(JsonLines().format(caplog.records[-1]))
    assert (line["request"], line["path"], line["status"]) == ("page-0123-abcd", "/health", 200)


@pytest.mark.parametrize("sent", ["", "short", "a b c d e f g h", "x" * 65])
def test_an_id_that_cannot_be_one_is_replaced(app: Flask, sent: str) -> None:
    given = app.test_client().get("/health", headers={HEADER: sent}).headers[HEADER]
    assert (given != sent, len(given)) == (True, 16)


def test_errors_carry_the_id_too(app: Flask) -> None:
    answer = app.test_client().post("/v1/nothing", headers={HEADER: "page-0123-abcd"})
    assert (answer.status_code, answer.headers[HEADER]) == (404, "page-0123-abcd")


def test_a_format_that_nobody_knows_is_refused_by_name() -> None:
    assert format_of({"KOSORONG_LOG_FORMAT": " JSON "}) == "json"
    with pytest.raises(UsageError, match="KOSORONG_LOG_FORMAT"):
        begin(logging.WARNING, "%(message)s", {"KOSORONG_LOG_FORMAT": "xml"})
