from __future__ import annotations

import re

from asking import ask, post
from flask import Flask

_SAMPLE = re.compile(r'^[a-z_]+(\{[a-z]+="[^"]*"(,[a-z]+="[^"]*")*\})? [0-9.]+$')


def test_requests_and_their_times_are_counted_by_route(app: Flask) -> None:
    post(app, "/detect", {"q": "가"})
    post(app, "/detect", {"q": ""})
    post(app, "/synthesize", {"segments": [{"id": 1, "text": "바당에 감수다."}]})
    ask(app, "GET", "/v1/models/nobody")
    ask(app, "GET", '/a"b\n')
    ask(app, 'MADE"UP', "/detect")
    answer = ask(app, "GET", "/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    page = answer.text.splitlines()
    assert 'kosorong_requests_total{route="/detect",method="POST",status="200"} 1' in page
    assert 'kosorong_requests_total{route="/detect",method="POST",status="400"} 1' in page
    assert 'kosorong_request_seconds_count{route="/detect"} 2' in page
    assert 'kosorong_requests_total{route="/synthesize",method="POST",status="200"} 1' in page
    assert 'kosorong_requests_total{route="unknown",method="GET",status="404"} 1' in page
    assert 'kosorong_requests_total{route="unknown",method="other",status="405"} 1' in page
    assert "kosorong_requests_admitted 0" in page
    (audio,) = [line for line in page if line.startswith("kosorong_audio_seconds_total ")]
    assert float(audio.split()[1]) > 0.3
    samples = [line for line in page if not line.startswith("# TYPE ")]
    assert [line for line in samples if not _SAMPLE.match(line)] == []
