"""KOSORONG_QUOTA_MIB counts whatever somebody brings."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.audio.wav import wav_bytes
from kosorong_library.storage import files as storage
from kosorong_library.studio import inference


@pytest.fixture(autouse=True)
def _counted_anew(settings: Settings, ready: dict[str, Any]) -> Iterator[None]:
    storage.count_again()
    settings.QUOTA_BYTES = storage.used_bytes() + 300_000
    yield
    storage.count_again()


def sound(seconds: float) -> SimpleUploadedFile:
    tone = 0.1 * np.sin(0.06 * np.arange(int(seconds * 22_050)))
    return SimpleUploadedFile("말.wav", wav_bytes(tone.astype(np.float32), 22_050))


def form(seconds: float) -> dict[str, Any]:
    return {"audio": sound(seconds), "consent": "true"}


def test_a_narration_that_does_not_fit_is_refused(
    api: APIClient, ready: dict[str, Any], files: Callable[[], list[str]]
) -> None:
    path, before = f"/api/books/{ready['id']}/chapters/0/narration/", files()
    answer = api.put(path, form(10), format="multipart")
    assert answer.status_code == 507
    assert answer.json()["extra"]["where"] == "KOSORONG_QUOTA_MIB"
    assert files() == before
    assert api.put(path, form(2), format="multipart").status_code == 202


def test_a_recording_that_does_not_fit_is_refused(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inference, "align", lambda *words: pytest.fail("it is refused before"))
    path = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/recording/"
    answer = api.put(path, form(10), format="multipart")
    assert answer.status_code == 507
    assert answer.json()["extra"]["where"] == "KOSORONG_QUOTA_MIB"


def test_many_small_ones_within_a_minute_do_not_slip_through(
    api: APIClient, ready: dict[str, Any]
) -> None:
    path = f"/api/books/{ready['id']}/chapters/0/narration/"
    told = [api.put(path, form(2), format="multipart").status_code for _ in range(6)]
    # Each takes the place of the one before, which goes with the next count.
    assert told[0] == 202
    assert told[-1] == 507
    storage.count_again()
    assert api.put(path, form(2), format="multipart").status_code == 202
