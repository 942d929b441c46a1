"""What is kept is what is served: damaged files are told, not sent, and made again."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.http import HttpResponseBase
from rest_framework.test import APIClient

from kosorong.audio.wav import decode_audio
from kosorong_library import serve
from kosorong_library.studio import damage
from kosorong_library.studio.models import Export, Take

Spoiling = Callable[[bytes], bytes] | None
Checking = Callable[..., tuple[str, bool]]


def body(answer: HttpResponseBase) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def path(segments: list[dict[str, Any]], tmp_path: Path) -> Path:
    """Return the file of the second segment's take."""
    take = Take.objects.get(segments__pk=segments[1]["id"])
    return tmp_path / "files" / take.audio.name


def scrambled(data: bytes) -> bytes:
    return os.urandom(len(data))


def one_bit(data: bytes) -> bytes:
    # Inside of the last frame: what stands before the first is padding.
    at = len(data) - 20
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


SPOILT: dict[str, Spoiling] = {
    "random bytes": scrambled,
    "half of it": lambda data: data[: len(data) // 2],
    "nothing": lambda data: b"",
    "more than it": lambda data: data + b"more",
    "gone": None,
}


def spoil(path: Path, how: Spoiling) -> None:
    if how is None:
        path.unlink()
    else:
        path.write_bytes(how(path.read_bytes()))


@pytest.mark.parametrize("how", SPOILT.values(), ids=SPOILT)
def test_a_damaged_take_is_never_sent(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], path: Path, how: Spoiling
) -> None:
    spoil(path, how)
    answer = api.get(segments[1]["audio"])
    assert answer.status_code == 507
    assert answer.json()["extra"]["reason"] == "sound_damaged"
    assert "immutable" not in answer["Cache-Control"]
    told = api.get(f"/api/books/{ready['id']}/segments/{segments[1]['id']}/").json()
    assert told["problem"] == damage.PROBLEM
    assert api.get(f"/api/books/{ready['id']}/").json()["problem"] == damage.PROBLEM
    assert api.get(segments[0]["audio"]).status_code == 200


@pytest.mark.parametrize("how", SPOILT.values(), ids=SPOILT)
def test_a_damaged_take_is_silence_in_the_long_sound_and_what_follows_is_heard(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], path: Path, how: Spoiling
) -> None:
    if how is None or how(b"1234") != b"1234more":
        before = body(api.get(f"/api/books/{ready['id']}/audio/"))
        spoil(path, how)
        after = body(api.get(f"/api/books/{ready['id']}/audio/"))
        samples, rate = decode_audio(after)
        old, _ = decode_audio(before)
        first = segments[1]["begin_ms"] * rate // 1000
        last = first + segments[1]["duration_ms"] * rate // 1000
        assert len(after) == len(before)
        assert np.abs(samples[first:last]).max() == 0
        assert (samples[last + rate // 100 :] == old[last + rate // 100 :]).all()
        told = api.get(f"/api/books/{ready['id']}/segments/").json()["results"]
        assert [one["problem"] for one in told].count(damage.PROBLEM) == 1


def test_a_file_that_is_back_is_no_problem_any_more(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]], path: Path
) -> None:
    kept = path.read_bytes()
    path.unlink()
    assert api.get(segments[1]["audio"]).status_code == 507
    path.write_bytes(kept)
    assert body(api.get(segments[1]["audio"])) == kept
    assert api.get(f"/api/books/{ready['id']}/").json()["problem"] == ""


def test_only_the_address_of_this_very_sound_is_kept_for_ever(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    address = segments[0]["audio"]
    assert "immutable" in api.get(address)["Cache-Control"]
    bare = address.partition("?")[0]
    for version in ("", "zzz", "0" * 12, address[-12:-6], address[-12:] + "0", address[-12:] * 9):
        answer = api.get(f"{bare}?v={version}")
        assert answer["Cache-Control"] == "private, no-cache"
    one = f"/api/books/{ready['id']}/segments/{segments[0]['id']}/"
    api.patch(one, {"spoken": "전혀 다른 말."})
    from kosorong_library.studio import tasks

    while tasks.produce_batch.call():
        pass
    # A page that was opened before asks for what it knows, and gets what there is now.
    assert "immutable" not in api.get(address)["Cache-Control"]
    assert "immutable" in api.get(api.get(one).json()["audio"])["Cache-Control"]


@pytest.fixture
def checking(monkeypatch: pytest.MonkeyPatch) -> Checking:
    monkeypatch.setattr(serve, "prepare", lambda data: None)
    return lambda repair=False: serve.check(None, repair=repair)


def test_a_library_that_is_whole_is_told_to_be(
    ready: dict[str, Any], files: Callable[[], list[str]], checking: Checking
) -> None:
    told, is_well = checking()
    assert is_well
    assert told == "5 files were read; 0 are named by no row"


@pytest.mark.parametrize("how", [*SPOILT.values(), one_bit], ids=[*SPOILT, "one bit"])
def test_a_check_finds_every_damage_and_repairs_it(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    path: Path,
    work: Callable[[], int],
    how: Spoiling,
    checking: Checking,
    files: Callable[[], list[str]],
) -> None:
    name = str(path.relative_to(path.parents[3]))
    spoil(path, how)
    told, is_well = checking()
    assert not is_well
    assert f"Damaged or gone: takes/{path.parent.name}/{path.name}" in told, name
    assert "kosorong check --repair" in told
    told, is_well = checking(repair=True)
    assert is_well
    work()
    assert checking() == ("5 files were read; 0 are named by no row", True)
    again = api.get(f"/api/books/{ready['id']}/segments/").json()["results"]
    assert [one["problem"] for one in again] == [""] * 4
    assert body(api.get(again[1]["audio"]))[:4] == b"fLaC"


def test_a_check_measures_takes_of_before_sizes_were_kept(
    ready: dict[str, Any], path: Path, checking: Checking
) -> None:
    Take.objects.update(size=None)
    assert checking()[1]
    assert Take.objects.filter(size=None).count() == 0


def test_a_recording_that_is_damaged_is_told_and_left_for_a_backup(
    ready: dict[str, Any], path: Path, checking: Checking
) -> None:
    Take.objects.filter(audio__endswith=path.name).update(synthetic=False)
    path.unlink()
    told, is_well = checking(repair=True)
    assert not is_well
    assert "recordings of people" in told
    assert Take.objects.filter(audio__endswith=path.name).exists()


def test_a_file_of_the_whole_book_that_is_gone_is_made_again(
    api: APIClient,
    ready: dict[str, Any],
    work: Callable[[], int],
    tmp_path: Path,
    checking: Checking,
) -> None:
    address = f"/api/books/{ready['id']}/exports/vtt/?wait=0"
    api.get(address)
    work()
    (name,) = Export.objects.values_list("file", flat=True)
    file = tmp_path / "files" / name
    file.unlink()
    told, is_well = checking()
    assert not is_well
    assert file.name in told
    assert checking(repair=True)[1]
    assert api.get(address).status_code == 202
    work()
    assert body(api.get(address))
