"""/api/books/ and /api/books/ID/."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from library_fakes import FakeParts
from pytest_django import DjangoAssertNumQueries, Settings
from rest_framework.test import APIClient

from kosorong_library.library.models import Book, Segment

STORY = "눈이 왔다. 바람도 불었다."


def kept_alone(files: Callable[[], list[str]]) -> str:
    """Return the name of the only file there, which lies in the folder of a book."""
    (name,) = files()
    top, folder, last = name.split("/")
    assert top == "books"
    assert len(folder) == 12
    return last


def test_a_pasted_text_becomes_a_book(api: APIClient, work: Callable[[], int]) -> None:
    answer = api.post("/api/books/", {"title": "겨울", "text": STORY})
    book = answer.json()
    assert answer.status_code == 201
    assert answer["Location"] == f"/api/books/{book['id']}/"
    assert {"id", "title", "content", "audio", "status"} <= set(book)
    assert (book["title"], book["status"], book["content"]) == ("겨울", "queued", "")
    assert work() == 2
    book = api.get(answer["Location"]).json()
    assert book["status"] == "done"
    assert book["content"] == "ᄒᆞ눈이 ᄒᆞ왔다. ᄒᆞ바람도 ᄒᆞ불었다."
    assert book["segments"] == {"total": 2, "done": 2, "failed": 0}
    assert api.get(book["audio"]).status_code == 200


@pytest.mark.parametrize(
    ("last", "segments", "left_out"),
    [
        ("출처를 묻는 이는 없었다.", 3, []),
        ("〈봄〉 그 노래를 1951년에 처음 들었다.", 3, []),
        ("출처: 『바람결』 7호, 1951", 2, ["source note"]),
    ],
)
def test_a_pasted_text_loses_its_source_note_and_no_sentence(
    api: APIClient, last: str, segments: int, left_out: list[str]
) -> None:
    book = api.post("/api/books/", {"text": f"{STORY}\n\n{last}"}).json()
    book = api.get(f"/api/books/{book['id']}/").json()
    assert book["segments"]["total"] == segments
    assert [reason for _, _, reason in book["skipped"]] == left_out


def test_a_file_becomes_a_book_and_is_kept(api: APIClient, files: Callable[[], list[str]]) -> None:
    file = SimpleUploadedFile("바람.md", f"# 바람\n\n{STORY}".encode())
    book = api.post("/api/books/", {"file": file}, format="multipart").json()
    assert book["title"] == "바람"
    assert kept_alone(files) == "original.md"


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("돌담 너머 (상).txt", "돌담 너머 (상)"),
        ("03_겨울 밤.txt", "겨울 밤"),
        ("100 가지 꽃.md", "100 가지 꽃"),
        ("왜 그랬을까?.txt", "왜 그랬을까?"),
        ("a:b.txt", "a b"),
        (f"{'긴 이름 ' * 18}.txt", "긴 이름 " * 15),
    ],
)
def test_a_file_without_a_title_is_named_as_its_owner_wrote_it(
    api: APIClient, name: str, title: str
) -> None:
    file = SimpleUploadedFile(name, f"{STORY} {STORY}".encode())
    book = api.post("/api/books/", {"file": file}, format="multipart").json()
    assert book["title"].startswith(title.strip())


FOREIGN = "The wind was cold that night. He went to the island by boat. There was nobody."


def test_a_foreign_book_is_made_only_where_somebody_says_so(api: APIClient) -> None:
    answer = api.post("/api/books/", {"text": FOREIGN, "language": "ko"})
    assert answer.status_code == 400
    assert answer.json()["extra"]["reason"] == "foreign_book"
    assert "foreign" in answer.json()["extra"]["cure"]
    assert api.get("/api/books/").json()["count"] == 0
    assert api.post("/api/books/", {"text": FOREIGN, "foreign": "read"}).status_code == 201
    assert api.post("/api/books/", {"text": FOREIGN, "foreign": "skip"}).status_code == 400
    assert api.post("/api/books/", {"text": FOREIGN, "foreign": "burn"}).status_code == 400


def test_foreign_sentences_are_read_or_listed_by_choice(api: APIClient) -> None:
    sizes = {}
    for choice in ("", "read", "skip"):
        fields = {"text": f"{STORY} {FOREIGN[:29]}", **({"foreign": choice} if choice else {})}
        book = api.post("/api/books/", fields).json()
        sizes[choice] = (book["segments"]["total"], [reason for *_, reason in book["skipped"]])
    assert sizes == {"": (3, []), "read": (3, []), "skip": (2, ["foreign language"])}


def test_a_jeju_text_is_told_where_nobody_says_what_it_is(api: APIClient) -> None:
    text = "ᄇᆞᄅᆞᆷ이 불엇저. 가인 배 탕 섬더레 갓저."
    assert api.post("/api/books/", {"text": text}).json()["language"] == "jje"
    assert api.post("/api/books/", {"text": text, "language": "ko"}).json()["language"] == "ko"


def test_a_jeju_original_is_read_as_it_is(
    api: APIClient, work: Callable[[], int], parts: FakeParts
) -> None:
    text = "혼저 옵서예. 하영 먹읍서."
    book = api.post("/api/books/", {"title": "말", "text": text, "language": "jje"}).json()
    work()
    book = api.get(f"/api/books/{book['id']}/").json()
    assert book["content"] == text
    line = api.get(f"/api/books/{book['id']}/segments/").json()["results"][0]
    assert (line["text"], line["beside"]) == ("혼저 옵서예.", "표혼저 표옵서예.")
    assert parts.voice.read == ["혼저 옵서예.", "하영 먹읍서."]


def test_waiting_answers_with_the_finished_book(
    api: APIClient, monkeypatch: pytest.MonkeyPatch, parts: FakeParts
) -> None:
    from kosorong_library.api import books

    def worked(ready: Callable[[], Any], seconds: float) -> Any:
        from kosorong_library.studio import tasks

        while tasks.produce_batch.call():
            pass
        return ready()

    monkeypatch.setattr(books, "wait_until", worked)
    book = api.post("/api/books/?wait=5", {"title": "겨울", "text": STORY}).json()
    assert book["status"] == "done"
    assert book["content"]


@pytest.mark.parametrize("wait", ["x", "-1", "nan", "1e9"])
def test_a_wait_that_is_no_time_is_refused(api: APIClient, wait: str) -> None:
    answer = api.post(f"/api/books/?wait={wait}", {"text": STORY})
    assert answer.status_code == 400
    assert Book.objects.count() == 0


def test_same_questions_of_the_list(
    api: APIClient, nobody: APIClient, ask_the_same: Callable[..., None]
) -> None:
    ask_the_same("/api/books/", "get", ("put", "patch", "delete"))
    ask_the_same("/api/books/", "post", ("put",), {"text": STORY})


def test_same_questions_of_a_book(book: dict[str, Any], ask_the_same: Callable[..., None]) -> None:
    path = f"/api/books/{book['id']}/"
    ask_the_same(path, "get", ("post", "put"), number=book["id"])
    ask_the_same(path, "delete", ("post",), number=book["id"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"text": 5},
        {"text": ""},
        {"text": " \n\0 "},
        {"text": "…", "title": []},
        {"text": STORY, "language": "en"},
        {"text": STORY, "title": "가" * 301},
        [],
        [1],
        "가",
        None,
    ],
)
def test_a_bad_body_is_told_what_is_wrong(
    api: APIClient, body: dict[str, Any] | list[int] | str | None
) -> None:
    answer = api.post("/api/books/", body)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}
    assert answer.json()["message"]
    assert Book.objects.count() == 0


@pytest.mark.parametrize("raw", [b"{", b"\xff\xfe", b"[" * 100_000, b'{"text": NaN}'])
def test_what_is_no_json_is_told(api: APIClient, raw: bytes) -> None:
    answer = api.generic("POST", "/api/books/", raw, content_type="application/json")
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


def test_another_kind_of_body_is_named(api: APIClient) -> None:
    answer = api.generic("POST", "/api/books/", b"text=a", content_type="text/csv")
    assert answer.status_code == 415
    assert "text/csv" in answer.json()["message"]


def _epub(**entries: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        for name, data in entries.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


_PAGES = {
    "META-INF__container.xml": "<a><rootfile full-path='b.opf'/></a>",
    "b.opf": (
        "<package><metadata><title>섬</title></metadata><manifest><item id='a' href='a.html'/>"
        "<item id='z' href='z.html'/></manifest><spine><itemref idref='a'/><itemref idref='z'/>"
        "</spine></package>"
    ),
    "a.html": "<html><body><h1>하나</h1><p>눈이 왔다.</p></body></html>",
    "z.html": "<html><body><h1>색인</h1><p>눈, 1</p><p>돌, 2</p><p>섬, 3</p></body></html>",
}


@pytest.mark.parametrize(
    ("chosen", "titles"),
    [
        ({}, ["하나"]),
        ({"include": "index"}, ["하나", "색인"]),
        ({"include": "2", "leave_out": "1"}, ["색인"]),
    ],
)
def test_chapters_are_switched_where_a_file_is_sent(
    api: APIClient, chosen: dict[str, str], titles: list[str]
) -> None:
    form = {"file": SimpleUploadedFile("섬.epub", _epub(**_PAGES)), **chosen}
    answer = api.post("/api/books/", form, format="multipart")
    assert answer.status_code == 201, answer.content
    book = Book.objects.get()
    assert [chapter.title for chapter in book.chapters.order_by("position")] == titles
    assert ("색인" in titles) == ("index" not in [reason for _, _, reason in book.skipped])


def test_a_chapter_that_does_not_exist_is_told(
    api: APIClient, files: Callable[[], list[str]]
) -> None:
    form = {"file": SimpleUploadedFile("섬.epub", _epub(**_PAGES)), "leave_out": "7"}
    answer = api.post("/api/books/", form, format="multipart")
    assert answer.status_code == 400
    assert "no chapter 7" in answer.json()["message"]
    assert (Book.objects.count(), files()) == (0, [])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("이야기.html", "<h1>바당</h1><p>눈이 왔다.</p>".encode()),
        ("이야기.srt", "1\n00:00:01,000 --> 00:00:02,000\n눈이 왔다.\n".encode()),
        ("이야기.VTT", "WEBVTT\n\n00:01.000 --> 00:02.000\n눈이 왔다.\n".encode()),
    ],
)
def test_a_book_is_made_of_each_kind_of_file(
    api: APIClient, files: Callable[[], list[str]], name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data)
    sent = api.post("/api/books/", {"file": file}, format="multipart")
    assert sent.status_code == 201, sent.json()
    number = sent.json()["id"]
    assert kept_alone(files) == f"original{name[name.index('.') :].lower()}"
    rows = api.get(f"/api/books/{number}/segments/").json()["results"]
    assert "눈이 왔다." in [row["beside"] or row["text"] for row in rows]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", b"%PDF-1.7"),
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.eaf", b"<ANNOTATION_DOCUMENT/>"),
        ("a", b"text"),
        ("a.txt", b""),
        ("a.txt", b"\x00" * 50),
        ("a.txt", "눈이 왔다.".encode("iso-2022-kr")),
        ("a.epub", b"PK nothing"),
        ("a.epub", _epub()),
        ("a.epub", _epub(**{"..__..__evil": "x"})),
        ("bomb.epub", _epub(**{"META-INF__container.xml": b"<a/>" + b" " * 40_000_000})),
    ],
)
def test_a_file_that_is_no_book_is_told(
    api: APIClient, files: Callable[[], list[str]], name: str, data: bytes
) -> None:
    file = SimpleUploadedFile(name, data)
    answer = api.post("/api/books/", {"file": file}, format="multipart")
    assert answer.status_code == 400, answer.content
    told = answer.json()
    assert told["extra"].get("cure") or told["extra"].get("fields")
    assert "/tmp" not in told["message"]
    assert (Book.objects.count(), files()) == (0, [])


def test_a_name_cannot_climb_out(api: APIClient, files: Callable[[], list[str]]) -> None:
    file = SimpleUploadedFile("x.txt", STORY.encode())
    file._name = "../../../etc/passwd.txt"
    api.post("/api/books/", {"file": file}, format="multipart").json()
    assert kept_alone(files) == "original.txt"


def test_a_request_that_is_too_large_is_refused_by_its_header(
    api: APIClient, settings: Settings
) -> None:
    settings.JSON_BYTES = 100
    answer = api.post("/api/books/", {"text": "가" * 200})
    assert answer.status_code == 413
    assert set(answer.json()) == {"message", "extra"}


def test_odd_characters_are_left_out_and_said(api: APIClient) -> None:
    raw = '{"title": "\\ud800<script>alert(1)</script>", "text": "\\u0000눈이 왔다.\\ud800"}'
    answer = api.generic("POST", "/api/books/", raw.encode(), content_type="application/json")
    book = answer.json()
    assert answer.status_code == 201, book
    assert book["title"] == "<script>alert(1)</script>"
    assert answer["Content-Type"] == "application/json"
    assert any("2 control characters" in line for line in book["warnings"])
    assert Segment.objects.get().source_text == "눈이 왔다."


def test_ten_thousand_letters_without_a_stop_are_cut_into_segments(api: APIClient) -> None:
    book = api.post("/api/books/", {"title": "긴 글", "text": "바람 " * 5000}).json()
    assert book["segments"]["total"] > 100


def test_the_list_is_paged_searched_and_ones_own(
    api: APIClient, other: APIClient, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(52):
        api.post("/api/books/", {"title": f"책 {n}", "text": STORY})
    other.post("/api/books/", {"title": "남의 책", "text": STORY})
    with django_assert_max_num_queries(6):
        first = api.get("/api/books/").json()
    assert (first["count"], len(first["results"])) == (52, 50)
    assert first["results"][0]["title"] == "책 51"
    assert "content" not in first["results"][0]
    second = api.get(first["next"]).json()
    assert [line["title"] for line in second["results"]] == ["책 1", "책 0"]
    assert api.get("/api/books/?search=책 51").json()["count"] == 1
    assert api.get("/api/books/?search=남의").json()["count"] == 0
    assert api.get("/api/books/?language=jje").json()["count"] == 0
    for bad in ("page=0", "page=x", "language=en", "search=" + "가" * 201):
        assert api.get(f"/api/books/?{bad}").status_code in {400, 404}


def test_deleting_takes_the_files_that_no_other_book_needs(
    api: APIClient, ready: dict[str, Any], files: Callable[[], list[str]], work: Callable[[], int]
) -> None:
    twin = api.post("/api/books/", {"title": "둘째", "text": "눈이 왔다. 다른 말이다."}).json()
    work()
    assert api.get(f"/api/books/{ready['id']}/exports/vtt/?wait=0").status_code == 202
    work()
    original = Book.objects.get(pk=ready["id"]).original.name
    # Each take as FLAC, and as AAC for the exports.
    assert len([name for name in files() if name.startswith("takes/")]) == 2 * 5
    assert api.delete(f"/api/books/{ready['id']}/").status_code == 204
    assert api.get(f"/api/books/{ready['id']}/").status_code == 404
    assert len([name for name in files() if name.startswith("takes/")]) == 2 * 2
    own = (f"books/{ready['id']}/", original)
    assert [name for name in files() if name.startswith(own)] == []
    assert api.get(f"/api/books/{twin['id']}/audio/").status_code == 200
    assert api.delete(f"/api/books/{twin['id']}/").status_code == 204
    assert files() == []


@pytest.mark.parametrize("text", ["…", " ", "#", "---"])
def test_a_text_without_a_word_is_told_as_such(api: APIClient, text: str) -> None:
    answer = api.post("/api/books/", {"text": text})
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (400, "empty")


@pytest.mark.parametrize("done", [0, 1, 2, 3, 5])
def test_chapters_say_how_far_each_is(api: APIClient, done: int) -> None:
    """Whichever is counted, what is done or what is not."""
    text = "# 하나\n\n눈이 왔다.\n\n# 둘\n\n바람이 불었다. 새가 앉았다."
    form = {"file": SimpleUploadedFile("b.md", text.encode())}
    number = api.post("/api/books/", form, format="multipart").json()["id"]
    book = Book.objects.get(pk=number)
    first = list(book.segments.order_by("position").values_list("pk", flat=True)[:done])
    assert len(first) == done
    book.segments.filter(pk__in=first).update(state="done")
    told = api.get(f"/api/books/{number}/").json()
    by_hand = [
        (chapter.segments.count(), chapter.segments.filter(state="done").count())
        for chapter in book.chapters.order_by("position")
    ]
    assert [(one["segments"], one["done"]) for one in told["chapters"]] == by_hand
    assert len(by_hand) == 2


@pytest.mark.parametrize("title", ["\u200b", "\u3164", "\u2800\u2060", "\u202e\u00ad \u115f"])
def test_a_title_of_which_nothing_can_be_seen_is_none(api: APIClient, title: str) -> None:
    made = api.post("/api/books/", {"title": title, "text": "눈이 왔다."})
    assert made.status_code == 201
    assert made.json()["title"] == "제목 없음"


@pytest.mark.parametrize("mark", ["\u202e", "\u200b", "\u3164", "\u2066\u2069"])
def test_a_text_of_which_nothing_can_be_seen_is_no_book(api: APIClient, mark: str) -> None:
    file = SimpleUploadedFile("빈.txt", (mark * 9).encode())
    answer = api.post("/api/books/", {"file": file}, format="multipart")
    assert answer.status_code == 400
    assert api.post("/api/books/", {"text": mark * 9}).status_code == 400


def test_chapters_are_named_in_jeju_where_their_headings_are_read(
    api: APIClient, work: Callable[[], int]
) -> None:
    text = "# 겨울\n\n눈이 왔다.\n\n# 봄\n\n꽃이 피었다.".encode()
    file = SimpleUploadedFile("철.md", text)
    made = api.post("/api/books/", {"file": file}, format="multipart").json()
    path = f"/api/books/{made['id']}/"
    before = api.get(path).json()["chapters"]
    assert {chapter["jeju"] for chapter in before} == {""}
    work()
    told = [(one["title"], one["jeju"]) for one in api.get(path).json()["chapters"]]
    assert told == [("겨울", "ᄒᆞ겨울"), ("봄", "ᄒᆞ봄")]
