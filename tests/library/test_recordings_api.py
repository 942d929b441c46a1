"""…/segments/SEG/recording/: a person's own voice in a segment's place."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from library_fakes import FakeParts
from library_people import client_of, make
from numpy.typing import NDArray
from rest_framework.test import APIClient

from hostile_sounds import AT_DOORS, float_wav, nothing_opened, scripted
from kosorong.audio.loudness import loudness_of
from kosorong.audio.mark import Mark
from kosorong.audio.wav import decode_audio, wav_bytes
from kosorong.book.sound import Level
from kosorong.book.store import flac
from kosorong.client.models import AlignedWords
from kosorong.errors import ServiceError
from kosorong.ports import WordTime
from kosorong_library.studio import inference
from kosorong_library.studio.models import Consent, Export, Recording, Take

RATE = 22_050
TONE = (0.1 * np.sin(0.06 * np.arange(RATE))).astype(np.float32)


def aligned(samples: NDArray[np.float32], rate: int, text: str) -> AlignedWords:
    words = text.split()
    each = len(samples) / rate / len(words)
    times = [WordTime(word, n * each, (n + 1) * each) for n, word in enumerate(words)]
    return AlignedWords(tuple(times), 0.5)


@pytest.fixture(autouse=True)
def _aligner(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inference, "align", aligned)


@pytest.fixture
def path(ready: dict[str, Any], segments: list[dict[str, Any]]) -> str:
    return f"/api/books/{ready['id']}/segments/{segments[1]['id']}/"


@pytest.fixture
def record(path: str) -> Callable[..., HttpResponse]:
    def put(client: APIClient, data: bytes | None = None, **more: Any) -> HttpResponse:
        sound = wav_bytes(TONE, RATE) if data is None else data
        body = {"audio": SimpleUploadedFile("말.wav", sound), "consent": "true", **more}
        return client.put(f"{path}recording/", body, format="multipart")

    return put


def heard(api: APIClient, address: str) -> tuple[NDArray[np.float32], int]:
    """The sound at an address and its rate."""
    answer = api.get(address)
    return decode_audio(b"".join(answer.streaming_content))


def test_people_and_machines_are_equally_loud_wherever_they_are_heard(
    api: APIClient,
    ready: dict[str, Any],
    path: str,
    record: Callable[..., HttpResponse],
    work: Callable[[], int],
) -> None:
    # The fake's voice is at -13.5 LUFS, the recording at -19.5; no file of a book is.
    assert record(api).status_code == 200
    rows = api.get(f"/api/books/{ready['id']}/segments/").json()["results"]
    sound, rate = heard(api, f"/api/books/{ready['id']}/audio/")
    for one in rows:
        begin, length = (one[name] * rate // 1000 for name in ("begin_ms", "duration_ms"))
        alone, _ = heard(api, one["audio"])
        for samples in (sound[begin : begin + length], alone):
            assert loudness_of(samples, rate, 0.35) == pytest.approx(-19.0, abs=0.5)


def test_a_take_that_was_kept_at_another_loudness_is_measured_once_and_levelled(
    api: APIClient,
    ready: dict[str, Any],
    path: str,
    record: Callable[..., HttpResponse],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record(api)
    before, rate = heard(api, f"/api/books/{ready['id']}/audio/")
    take = Take.objects.filter(synthetic=True).first()
    with take.audio.open() as file:
        quiet, _ = decode_audio(file.read())
    default_storage.delete(take.audio.name)
    default_storage.save(
        take.audio.name, ContentFile(flac(quiet * np.float32(0.3), rate, Mark(())))
    )
    Take.objects.update(lufs=None)
    after, _ = heard(api, f"/api/books/{ready['id']}/audio/")
    assert len(after) == len(before)
    assert np.abs(after - before).max() < 0.02
    assert not Take.objects.filter(lufs=None).exists()
    monkeypatch.setattr(Level, "measured", None)
    np.testing.assert_array_equal(heard(api, f"/api/books/{ready['id']}/audio/")[0], after)


def test_a_recording_takes_the_segments_place(
    api: APIClient,
    ready: dict[str, Any],
    path: str,
    record: Callable[..., HttpResponse],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    before = api.get(path).json()
    parts.voice.read.clear()
    made = record(api, speaker="할망", licence="CC BY 4.0")
    assert made.status_code == 200, made.content
    assert made.json()["duration_ms"] == pytest.approx(1000, abs=60)
    assert "동의" in made.json()["agreed"]
    after = api.get(path).json()
    assert (after["human"], before["human"]) == (True, False)
    assert (after["state"], after["text"]) == ("done", before["text"])
    assert after["audio"] != before["audio"]
    assert [word["text"] for word in after["words"]] == after["text"].split()
    assert work() == 0
    assert parts.voice.read == []
    assert api.get(f"{path}recording/").json()["speaker"] == "할망"


def encoded(container: str, codec: str) -> bytes:
    """Return three seconds of a tone as browsers and telephones record it."""
    out = io.BytesIO()
    with av.open(out, "w", format=container) as file:
        stream: Any = file.add_stream(codec, rate=48_000, layout="mono")
        sound = 0.1 * np.sin(0.03 * np.arange(3 * 48_000))
        frame = av.AudioFrame.from_ndarray(
            sound.astype(np.float32)[None], format="fltp", layout="mono"
        )
        frame.sample_rate = 48_000
        resampler = av.AudioResampler(stream.format, "mono", 48_000, stream.frame_size or 960)
        for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
            file.mux(stream.encode(piece))
    return out.getvalue()


@pytest.mark.parametrize(
    ("container", "codec"),
    [("webm", "libopus"), ("ogg", "libopus"), ("mp3", "libmp3lame"), ("ipod", "aac")],
)
def test_it_is_taken_as_browsers_and_telephones_record_it(
    api: APIClient, path: str, record: Callable[..., HttpResponse], container: str, codec: str
) -> None:
    assert record(api, encoded(container, codec)).status_code == 200
    assert api.get(path).json()["duration_ms"] == pytest.approx(3000, abs=120)


def test_exports_say_who_is_heard(
    api: APIClient,
    ready: dict[str, Any],
    path: str,
    record: Callable[..., HttpResponse],
    work: Callable[[], int],
) -> None:
    record(api, speaker="할망")
    export = f"/api/books/{ready['id']}/exports/vtt/?wait=0"
    api.get(export)
    work()
    text = b"".join(api.get(export).streaming_content).decode()
    assert "Segments spoken by a person: 1." in text
    assert "할망, CC BY 4.0" in text
    assert "Read in part by a synthetic voice, made by a machine" in text


def test_withdrawn_consent_takes_sound_and_files_along(
    api: APIClient,
    ready: dict[str, Any],
    path: str,
    record: Callable[..., HttpResponse],
    work: Callable[[], int],
    files: Callable[[], list[str]],
) -> None:
    machine = set(files())
    record(api, speaker="할망")
    mine = set(files()) - machine
    api.get(f"/api/books/{ready['id']}/exports/vtt/?wait=0")
    work()
    assert api.delete(f"{path}recording/").status_code == 204
    assert not mine & set(files())
    assert not Export.objects.exists()
    assert not Recording.objects.exists()
    kept = Consent.objects.get()
    assert (kept.speaker, kept.withdrawn_at is None) == ("", False)
    assert work() == 1
    assert api.get(path).json()["human"] is False
    assert api.get(f"{path}recording/").status_code == 404
    assert api.delete(f"{path}recording/").status_code == 404


def test_another_recording_replaces_the_first(
    api: APIClient, record: Callable[..., HttpResponse], files: Callable[[], list[str]]
) -> None:
    record(api)
    count = len(files())
    record(api)
    assert len(files()) == count
    assert Recording.objects.count() == Take.objects.filter(synthetic=False).count() == 1


def test_a_changed_text_is_read_by_the_machine_again(
    api: APIClient, path: str, record: Callable[..., HttpResponse], work: Callable[[], int]
) -> None:
    record(api)
    api.patch(path, {"text": "다르다."})
    assert work() == 1
    assert api.get(path).json()["human"] is False
    assert not Recording.objects.exists()


def test_a_deleted_book_takes_recordings_along(
    api: APIClient,
    ready: dict[str, Any],
    record: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
) -> None:
    record(api)
    api.delete(f"/api/books/{ready['id']}/")
    assert files() == []
    assert not Recording.objects.exists()


@pytest.mark.parametrize(
    ("data", "more"),
    [
        (b"", {}),
        (b"no sound", {}),
        (wav_bytes(0 * TONE, RATE), {}),
        (None, {"consent": "false"}),
        (None, {"consent": ""}),
        (None, {"licence": "mine"}),
        (None, {"speaker": "가" * 101}),
        (None, {"audio": ""}),
    ],
)
def test_a_bad_recording_is_told_and_leaves_nothing(
    api: APIClient,
    record: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    data: bytes | None,
    more: dict[str, str],
) -> None:
    before = files()
    answer = record(api, data, **more)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}
    assert files() == before


@pytest.mark.parametrize("name", AT_DOORS)
def test_a_script_sent_as_a_recording_opens_nothing(
    api: APIClient,
    record: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    tmp_path: Path,
    name: str,
) -> None:
    before = files()
    with nothing_opened(tmp_path) as port:
        answer = record(api, scripted(name, tmp_path, port))
    # A QuickTime file is read, and what it refers to is not: nothing is heard in it.
    reason = "sound_silent" if name == "quicktime" else "sound_unreadable"
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, reason)
    assert "No such" not in answer.json()["message"]
    assert "Invalid" not in answer.json()["message"]
    assert files() == before


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e30])
def test_a_recording_of_no_numbers_is_told(
    api: APIClient,
    record: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    value: float,
) -> None:
    before = files()
    answer = record(api, float_wav(np.where(np.arange(RATE) % 9, TONE, value)))
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, "sound_unreadable")
    assert files() == before


def test_a_recording_that_is_too_large_is_told(
    api: APIClient, record: Callable[..., HttpResponse], monkeypatch: pytest.MonkeyPatch
) -> None:
    from kosorong_library.api import recordings

    monkeypatch.setattr(recordings, "MOST_BYTES", 100)
    assert record(api).status_code == 400


def test_an_aligner_that_is_away_is_told(
    api: APIClient,
    record: Callable[..., HttpResponse],
    files: Callable[[], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(samples: NDArray[np.float32], rate: int, text: str) -> None:
        raise ServiceError("the server does not answer.")

    before = files()
    monkeypatch.setattr(inference, "align", away)
    assert record(api).status_code == 503
    assert files() == before


def test_what_one_agrees_to_can_be_read_before(api: APIClient, nobody: APIClient) -> None:
    terms = api.get("/api/recordings/terms/").json()
    assert "CC BY 4.0" in terms["licences"]
    assert "동의" in terms["words"]
    assert nobody.get("/api/recordings/terms/").status_code == 401


def test_same_questions(
    ready: dict[str, Any],
    path: str,
    ask_the_same: Callable[..., None],
    record: Callable[..., HttpResponse],
    other: APIClient,
    nobody: APIClient,
) -> None:
    ask_the_same(f"{path}recording/", "get", ("post", "patch"), number=ready["id"])
    ask_the_same(f"{path}recording/", "delete", (), number=ready["id"])
    assert record(other).status_code == 404
    assert record(nobody).status_code == 401
    assert record(client_of(make("ear", "listener"))).status_code == 403
