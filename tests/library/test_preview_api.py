"""/api/books/preview/: what would become of a text, before a book is made of it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from library_people import client_of, make
from rest_framework.test import APIClient

from bound_books import bound
from kosorong_library.accounts import limits
from kosorong_library.library.models import Book

STORY = "돌담 위에 새가 앉았다. 바람이 세게 불었다. 아무도 오지 않았다."
ENGLISH = "The wind was cold that night. He went to the island by boat. There was nobody."
JEJU = "ᄇᆞᄅᆞᆷ이 불엇저. 가인 배 탕 섬더레 갓저. 아무도 엇엇저."
IMPRINT = "지은이 고은별\n펴낸곳 바당\n펴낸날 2020년 3월 2일\nISBN 979-11-0000-000-0"
_PATH = "/api/books/preview/"


def epub(*chapters: tuple[str, str]) -> SimpleUploadedFile:
    return SimpleUploadedFile("바당.epub", bound(*chapters))


def book() -> SimpleUploadedFile:
    return epub(("봄", STORY), ("여름", f"{STORY}\n{STORY}"), ("판권", IMPRINT))


def seen(api: APIClient, **fields: Any) -> dict[str, Any]:
    kind = "multipart" if "file" in fields else "json"
    answer = api.post(_PATH, fields, format=kind)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_chapters_are_told_with_their_numbers_and_whether_they_are_read(api: APIClient) -> None:
    told = seen(api, file=book())
    assert (told["title"], told["author"]) == ("바당 너머", "고은별")
    lines = [(c["number"], c["title"], c["matter"], c["read"]) for c in told["chapters"]]
    assert lines == [(1, "봄", "", True), (2, "여름", "", True), (3, "판권", "imprint", False)]
    assert told["chapters"][0]["first"].startswith("돌담 위에")
    assert told["about"]["publisher"] == "바당출판"
    assert [(c["name"], c["roles"]) for c in told["about"]["contributors"]] == [
        ("고은별", ["aut"]),
        ("한새벽", ["trl"]),
    ]


def test_the_letters_of_the_chapters_that_are_read_are_those_of_the_account(api: APIClient) -> None:
    told = seen(api, file=book())
    read = sum(one["characters"] for one in told["chapters"] if one["read"])
    assert told["account"]["read"] == read
    assert told["account"]["left_out"]["imprint"] == told["chapters"][2]["characters"]


def test_nothing_is_kept_of_what_was_only_looked_at(
    api: APIClient, files: Callable[[], list[str]]
) -> None:
    seen(api, file=book())
    seen(api, text=STORY)
    assert files() == []
    assert not Book.objects.exists()


def test_a_book_made_with_the_same_fields_is_what_was_told(api: APIClient) -> None:
    choice = {"include": "imprint", "leave_out": "1"}
    told = seen(api, file=book(), **choice)
    made = api.post("/api/books/", {"file": book(), **choice}, format="multipart").json()
    assert [c["title"] for c in told["chapters"] if c["read"]] == ["여름", "판권"]
    assert [c["title"] for c in made["chapters"]] == ["여름", "판권"]
    for name in ("title", "author", "language", "warnings"):
        assert made[name] == told[name]
    assert made["source"] == {name: told[name] for name in ("about", "chapters", "account")}


def test_a_book_keeps_the_place_of_a_foreign_chapter_that_is_passed_over(api: APIClient) -> None:
    english = "The wind was cold that night. He went to the island by boat."
    text = f"제1장 머리말\n\n{english}\n\n제2장 봄\n\n{STORY}\n\n제3장 여름\n\n{STORY}"
    told = seen(api, text=text, foreign="skip")
    made = api.post("/api/books/", {"text": text, "foreign": "skip"}).json()
    assert [c["title"] for c in made["chapters"]] == ["제2장 봄", "제3장 여름"]
    kept = made["source"]["chapters"]
    assert [(c["number"], c["title"]) for c in kept] == [
        (c["number"], c["title"]) for c in told["chapters"]
    ]
    assert [(c["read"], c["matter"]) for c in kept][:2] == [(False, "foreign language"), (True, "")]


def test_what_is_left_out_inside_of_chapters_is_told_with_samples(api: APIClient) -> None:
    told = seen(api, text=f"제1장 봄\n\n{STORY}\n\n- 12 -\n\n제2장 여름\n\n{STORY}")
    (pages,) = told["left_out"]
    assert (pages["reason"], pages["count"]) == ("page number", 1)
    assert pages["samples"][0]["text"] == "- 12 -"
    assert told["account"]["left_out"] == {"page number": pages["characters"]}


@pytest.mark.parametrize(
    ("text", "fields", "language", "outcome"),
    [
        (STORY, {}, "ko", "translated"),
        (JEJU, {}, "jje", "kept"),
        (JEJU, {"language": "ko"}, "ko", "translated"),
        (STORY, {"language": "jje"}, "jje", "kept"),
        (ENGLISH, {}, "ko", "asked"),
        (ENGLISH, {"language": "ko"}, "ko", "asked"),
        (ENGLISH, {"foreign": "read"}, "ko", "translated"),
    ],
)
def test_it_is_told_what_would_become_of_a_text_of_each_language(
    api: APIClient, text: str, fields: dict[str, str], language: str, outcome: str
) -> None:
    told = seen(api, text=text, **fields)
    assert (told["language"], told["outcome"]) == (language, outcome)
    made = api.post("/api/books/", {"text": text, **fields})
    assert (made.status_code == 400) == (outcome == "asked")


def test_foreign_sentences_are_told_with_samples_and_leave_with_skip(api: APIClient) -> None:
    told = seen(api, text=f"{STORY}\n\n{ENGLISH}")
    assert (told["languages"]["told"], told["languages"]["foreign"]) == ("ko", 0.5)
    assert told["languages"]["shares"] == {"ko": 0.5, "latin": 0.5}
    assert "The wind was cold" in told["languages"]["samples"][0]["text"]
    assert [one["reason"] for one in told["left_out"]] == []
    without = seen(api, text=f"{STORY}\n\n{ENGLISH}", foreign="skip")
    assert [one["reason"] for one in without["left_out"]] == ["foreign language"]
    assert without["account"]["read"] < told["account"]["read"]


def test_a_foreign_chapter_is_told_from_the_others(api: APIClient) -> None:
    told = seen(api, file=epub(("Foreword", ENGLISH), ("봄", STORY), ("여름", STORY)))
    assert [one["foreign"] for one in told["chapters"]] == [1.0, 0.0, 0.0]
    assert told["outcome"] == "translated"


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"file": SimpleUploadedFile("a.epub", b"no archive")}, "damaged"),
        ({"file": SimpleUploadedFile("a.hwp", b"x")}, "kind_hwp"),
        ({"text": ENGLISH, "foreign": "skip"}, "no_words"),
    ],
)
def test_what_cannot_become_a_book_is_refused_as_when_it_is_made(
    api: APIClient, fields: dict[str, Any], reason: str
) -> None:
    kind = "multipart" if "file" in fields else "json"
    for path in (_PATH, "/api/books/"):
        if "file" in fields:
            fields["file"].seek(0)
        answer = api.post(path, fields, format=kind)
        assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, reason)


def test_a_chapter_that_is_not_there_is_named(api: APIClient) -> None:
    answer = api.post(_PATH, {"text": STORY, "leave_out": "7"})
    assert answer.status_code == 400
    assert "chapter 7" in answer.json()["message"]


def test_many_chapters_can_be_switched_one_by_one(api: APIClient) -> None:
    text = "\n\n".join(f"제{n}장\n\n{STORY}" for n in range(1, 801))
    odd = ",".join(map(str, range(1, 801, 2)))
    told = seen(api, text=text, leave_out=odd)
    assert sum(one["read"] for one in told["chapters"]) == 400


def test_same_questions(api: APIClient, ask_the_same: Callable[..., None]) -> None:
    ask_the_same(_PATH, "post", ("get", "put", "patch", "delete"), {"text": STORY})
    assert client_of(make("listener", "listener")).post(_PATH, {"text": STORY}).status_code == 403


def test_looking_is_limited_for_each_user(
    api: APIClient, other: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "PREVIEW", limits.Limit("previews of books by a user", 2, 5, 60))
    answers = [api.post(_PATH, {"text": STORY}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"]
    assert other.post(_PATH, {"text": STORY}).status_code == 200


def test_signs_that_nothing_may_hold_are_in_no_answer(api: APIClient) -> None:
    body = json.dumps({"text": f"새\ud800\x00가 울었다. {STORY}", "title": "\x00책"})
    told = api.generic("POST", _PATH, body, content_type="application/json").json()
    assert told["title"] == "책"
    assert told["chapters"][0]["first"].startswith("새가 울었다.")


def test_guests_see_the_chapters_and_the_account_of_a_book(
    api: APIClient, nobody: APIClient, work: Callable[[], int]
) -> None:
    made = api.post("/api/books/", {"file": book()}, format="multipart").json()
    Book.objects.filter(pk=made["id"]).update(visibility="public", licence="CC BY 4.0")
    told = nobody.get(f"/api/books/{made['id']}/").json()["source"]
    assert [(c["title"], c["read"]) for c in told["chapters"]][-1] == ("판권", False)
    assert told["account"]["left_out"]["imprint"] > 0


def test_a_book_made_before_that_was_kept_says_so(api: APIClient) -> None:
    made = api.post("/api/books/", {"text": STORY}).json()
    Book.objects.filter(pk=made["id"]).update(source=None)
    assert api.get(f"/api/books/{made['id']}/").json()["source"] is None


def test_only_a_few_are_read_at_a_time_and_the_next_is_told_to_come_again(api: APIClient) -> None:
    with limits.one_of(limits.PREVIEWS), limits.one_of(limits.PREVIEWS):
        busy = api.post("/api/books/preview/", {"text": STORY})
    assert busy.status_code == 429
    assert int(busy["Retry-After"]) == busy.json()["extra"]["retry_after"] == 2
    assert seen(api, text=STORY)["chapters"]
