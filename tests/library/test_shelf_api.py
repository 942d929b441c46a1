"""The shelf: how books are looked for, what is said of them, covers, what a change costs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from library_people import client_of, make
from rest_framework.test import APIClient

from kosorong.book.covers import draw_cover
from kosorong_library.library.models import Book

GIF = b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,"
GIF += b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"


@pytest.fixture
def path(ready: dict[str, Any]) -> str:
    return f"/api/books/{ready['id']}/"


def titles(api: APIClient, query: str) -> list[str]:
    answer = api.get(f"/api/books/?{query}")
    assert answer.status_code == 200, answer.content
    return [book["title"] for book in answer.json()["results"]]


def test_what_is_said_of_a_book_can_be_changed_and_its_files_print_it_anew(
    api: APIClient, path: str
) -> None:
    before = api.get(path).json()["revision"]
    said = {
        "title": "바람의 섬",
        "author": "고은실",
        "narrator": "할망",
        "description": "섬에 부는 바람.",
        "tags": ["민담", " 바다 ", "민담"],
        "series": "섬 이야기",
        "series_number": "2",
    }
    told = api.patch(path, said).json()
    assert {name: told[name] for name in said} == {**said, "tags": ["민담", "바다"]}
    assert told["revision"] > before
    assert titles(api, "search=고은실") == ["바람의 섬"]
    assert api.patch(path, {"tags": []}).json()["tags"] == []


def test_only_its_owner_changes_a_book(api: APIClient, other: APIClient, path: str) -> None:
    assert other.patch(path, {"title": "내 것"}).status_code == 404
    Book.objects.update(visibility="public", licence="CC0 1.0")
    assert other.patch(path, {"title": "내 것"}).status_code == 403
    assert api.patch(path, {"title": " "}).status_code == 400
    assert api.patch(path, {"title": "\u200b"}).status_code == 400
    assert api.patch(path, {"tags": [f"말{n}" for n in range(30)]}).status_code == 409


@pytest.mark.parametrize("wrong", [{"strength": 2}, {"speed": 9}, {"tags": "말"}, {"title": 3}])
def test_what_cannot_be_is_refused_by_its_name(
    api: APIClient, path: str, wrong: dict[str, Any]
) -> None:
    answer = api.patch(path, wrong)
    assert answer.status_code == 400
    assert next(iter(wrong)) in answer.content.decode()


def test_a_shelf_is_looked_through_and_ordered(api: APIClient, work: Callable[[], int]) -> None:
    for title, author in (("나", "ㄱ"), ("가", "ㄷ"), ("다", "ㄴ")):
        made = api.post("/api/books/", {"title": title, "text": "눈이 왔다. 비도 왔다."}).json()
        api.patch(f"/api/books/{made['id']}/", {"author": author})
    work()
    jeju = {"title": "라", "text": "ᄒᆞᆫ저 옵서.", "language": "jje"}
    api.post("/api/books/", jeju)
    Book.objects.filter(title="가").update(licence="CC0 1.0", tags="\n민담\n바다\n", series="철")
    assert titles(api, "order=title") == ["가", "나", "다", "라"]
    assert titles(api, "order=oldest") == ["나", "가", "다", "라"]
    assert titles(api, "order=author&language=ko") == ["나", "다", "가"]
    assert titles(api, "state=done&order=title") == ["가", "나", "다"]
    assert titles(api, "state=making") == ["라"]
    Book.objects.filter(title="라").update(wish="pause")
    assert titles(api, "state=resting") == ["라"]
    for query in ("licence=CC0 1.0", "tag=바다", "series=철"):
        assert titles(api, query) == ["가"]
    assert titles(api, "tag=바") == []
    assert api.get("/api/books/?order=best").status_code == 400
    assert api.get("/api/books/choices/").json() == {
        "languages": ["jje", "ko"],
        "licences": ["CC0 1.0"],
        "tags": ["민담", "바다"],
        "series": ["철"],
    }


def test_a_book_is_gone_on_with_until_its_end(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    assert titles(api, "shelf=begun") == []
    place = {"segment": segments[0]["id"], "audio_ms": 5, "client_time": "2026-01-01T00:00:00Z"}
    api.put(f"/api/books/{ready['id']}/position/", place)
    (line,) = api.get("/api/books/?shelf=begun").json()["results"]
    assert line["heard"]["position"] == 0
    assert line["length_ms"] == sum(one["duration_ms"] for one in segments)
    place = {**place, "segment": segments[-1]["id"], "client_time": "2026-01-02T00:00:00Z"}
    api.put(f"/api/books/{ready['id']}/position/", place)
    assert titles(api, "shelf=begun") == []


def test_a_book_of_which_more_is_to_be_cut_is_neither_whole_nor_at_its_end(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    last = {"segment": segments[-1]["id"], "audio_ms": 5, "client_time": "2026-01-01T00:00:00Z"}
    api.put(f"/api/books/{ready['id']}/position/", last)
    assert (titles(api, "state=done"), titles(api, "shelf=begun")) == ([ready["title"]], [])
    Book.objects.update(uncut=1)
    assert (titles(api, "state=done"), titles(api, "state=making")) == ([], [ready["title"]])
    assert titles(api, "shelf=begun") == [ready["title"]]
    Book.objects.update(wish="pause")
    assert titles(api, "state=resting") == [ready["title"]]


def test_books_of_others_are_gone_on_with_as_long_as_they_are_shown(
    ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    Book.objects.update(visibility="public", licence="CC0 1.0")
    listener = client_of(make("listener", "listener"))
    place = {"segment": segments[0]["id"], "audio_ms": 5, "client_time": "2026-01-01T00:00:00Z"}
    listener.put(f"/api/books/{ready['id']}/position/", place)
    assert titles(listener, "shelf=begun") == [ready["title"]]
    Book.objects.update(visibility="private")
    assert titles(listener, "shelf=begun") == []


def test_a_search_says_where_in_the_text_its_words_stand(
    api: APIClient, work: Callable[[], int]
) -> None:
    text = "아침에 눈이 왔다. 저녁에는 바람이 불었다."
    api.post("/api/books/", {"title": "하루", "text": text})
    api.post("/api/books/", {"title": "바람", "text": "아무 일도 없었다."})
    work()
    found = {one["title"]: one for one in api.get("/api/books/?search=바람").json()["results"]}
    assert found["하루"]["excerpt"]["position"] == 1
    assert "바람이" in found["하루"]["excerpt"]["beside"]
    assert found["바람"]["excerpt"] is None
    (both,) = api.get("/api/books/?search=눈이 바람").json()["results"]
    assert both["excerpt"]["position"] == 0
    assert api.get("/api/books/").json()["results"][0]["excerpt"] is None


def test_a_book_without_a_cover_is_given_one_that_goes_by_its_title(
    api: APIClient, nobody: APIClient, path: str
) -> None:
    told = api.get(path).json()
    picture = api.get(told["cover"])
    assert picture.content == draw_cover(told["title"], told["author"])
    assert picture["Content-Type"] == "image/png"
    again = api.get(api.get(path).json()["cover"])
    assert again.content == picture.content
    assert "immutable" in again["Cache-Control"]
    other = api.patch(path, {"title": "다른 이름"}).json()
    assert other["cover"] != told["cover"]
    assert api.get(other["cover"]).content == draw_cover("다른 이름", told["author"])
    assert nobody.get(other["cover"]).status_code == 401


def test_its_maker_brings_a_cover_and_takes_it_away(
    api: APIClient, path: str, files: Callable[[], list[str]]
) -> None:
    drawn = api.get(f"{path}cover/").content
    sent = {"cover": SimpleUploadedFile("겉.gif", GIF)}
    assert api.put(f"{path}cover/", sent, format="multipart").status_code == 204
    own = api.get(f"{path}cover/").content
    assert own.startswith(b"\x89PNG")
    assert own != drawn
    api.patch(path, {"title": "새 이름"})
    assert api.get(f"{path}cover/").content == own
    for wrong in (b"", b"nothing", b"<svg xmlns='x'><script/></svg"):
        bad = {"cover": SimpleUploadedFile("a.png", wrong)}
        assert api.put(f"{path}cover/", bad, format="multipart").status_code == 400
    assert api.delete(f"{path}cover/").status_code == 204
    assert api.get(f"{path}cover/").content != own
    assert len([name for name in files() if "/cover" in name or "/drawn" in name]) == 1


def test_another_strength_makes_again_what_a_machine_wrote_and_keeps_what_people_did(
    api: APIClient, path: str, segments: list[dict[str, Any]], work: Callable[[], int]
) -> None:
    api.patch(f"{path}segments/{segments[0]['id']}/", {"text": "ᄒᆞᆫ저 옵서."})
    work()
    cost = api.post(f"{path}cost/", {"strength": 0.5}).json()
    assert (cost["translated"], cost["spoken"]) == (len(segments) - 1, 0)
    assert cost["seconds"] is not None
    assert api.get(path).json()["status"] == "done"
    told = api.patch(path, {"strength": 0.5}).json()
    assert (told["strength"], told["segments"]["done"]) == (0.5, 1)
    work()
    rows = api.get(f"{path}segments/").json()["results"]
    assert [row["id"] for row in rows] == [row["id"] for row in segments]
    assert rows[0]["text"] == "ᄒᆞᆫ저 옵서."
    assert api.post(f"{path}cost/", {"strength": 0.5}).json()["translated"] == 0


def test_another_pace_speaks_again_and_translates_nothing(
    api: APIClient, path: str, segments: list[dict[str, Any]]
) -> None:
    cost = api.post(f"{path}cost/", {"speed": 1.25, "title": "이름"}).json()
    assert (cost["translated"], cost["spoken"]) == (0, len(segments))
    told = api.patch(path, {"speed": 1.25}).json()
    assert told["segments"]["done"] == 0
    assert api.get(path).json()["content"]


def test_the_link_of_a_book_is_a_picture_too(api: APIClient, path: str) -> None:
    told = api.put(f"{path}share/", {"visibility": "unlisted"}).json()
    assert told["qr"].startswith("<svg")
    assert api.put(f"{path}share/", {"visibility": "private"}).json()["qr"] is None


def test_author_strength_and_pace_are_chosen_when_a_book_is_made(api: APIClient) -> None:
    asked = {"text": "눈이 왔다.", "author": "고은실", "strength": 0.5, "speed": 1.25}
    told = api.post("/api/books/", asked).json()
    assert {name: told[name] for name in ("author", "strength", "speed")} == {
        "author": "고은실",
        "strength": 0.5,
        "speed": 1.25,
    }
    for wrong in ({"strength": 1.5}, {"speed": 3}, {"author": 5}):
        assert api.post("/api/books/", {"text": "눈이 왔다.", **wrong}).status_code == 400
