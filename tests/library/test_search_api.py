"""Finding books and sentences, however arae-a was spelled."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from kosorong.text.letters.folding import fold
from kosorong_library.library import search
from kosorong_library.library.models import Book, Letters, Passage


@pytest.fixture
def books(api: APIClient, work: Callable[[], int]) -> list[int]:
    made = [
        {"title": "ᄇᆞ름의 집", "text": "고양이가 잔다."},
        {"title": "바다", "text": "ᄉᆞ나이가 간다.", "language": "jje"},
        {"title": "Winter", "text": "눈이 온다. 해녀가 웃는다."},
    ]
    return [api.post("/api/books/", one).json()["id"] for one in made]


def found(api: APIClient, search: str, **more: Any) -> set[str]:
    answer = api.get("/api/books/", {"search": search, **more}).json()
    return {row["title"] for row in answer["results"]}


@pytest.mark.parametrize(
    ("search", "titles"),
    [
        ("바름", {"ᄇᆞ름의 집"}),
        ("보름", {"ᄇᆞ름의 집"}),
        ("ㅂㆍ름", {"ᄇᆞ름의 집"}),
        ("소나이", {"바다"}),
        ("사나이", {"바다"}),
        ("WINTER", {"Winter"}),
        ("해녀 눈이", {"Winter"}),
        ("winter 해녀", {"Winter"}),
        ("해녀 고양이", set()),
        ("%", set()),
        ("_", set()),
        ("", {"ᄇᆞ름의 집", "바다", "Winter"}),
    ],
)
def test_words_of_title_and_text_in_any_spelling(
    api: APIClient, books: list[int], search: str, titles: set[str]
) -> None:
    assert found(api, search) == titles


def test_translations_are_searched_too(
    api: APIClient, books: list[int], work: Callable[[], int]
) -> None:
    assert found(api, "ᄒᆞ고양이가") == set()
    work()
    assert found(api, "하고양이가") == {"ᄇᆞ름의 집"}
    assert found(api, "표소나이가", language="jje") == {"바다"}
    assert found(api, "표소나이가", language="ko") == set()


def test_an_edit_is_found_and_what_it_replaced_is_not(
    api: APIClient, books: list[int], work: Callable[[], int]
) -> None:
    work()
    path = f"/api/books/{books[0]}/segments/"
    one = api.get(path).json()["results"][0]["id"]
    api.patch(f"{path}{one}/", {"text": "고냉이 잠저."})
    assert found(api, "고냉이") == {"ᄇᆞ름의 집"}
    assert found(api, "하고양이가") == set()


def test_other_peoples_books_are_not_found(other: APIClient, books: list[int]) -> None:
    assert found(other, "해녀") == set()
    assert found(other, "해녀", shelf="public") == set()


def test_sentences_of_a_book_are_found(
    api: APIClient, books: list[int], work: Callable[[], int]
) -> None:
    work()
    path = f"/api/books/{books[2]}/segments/?search="
    assert [row["beside"] for row in api.get(f"{path}해녀").json()["results"]] == ["해녀가 웃는다."]
    assert api.get(f"{path}하해녀가").json()["count"] == 1
    assert api.get(f"{path}고양이").json()["count"] == 0


def test_a_deleted_book_leaves_nothing_to_find(api: APIClient, books: list[int]) -> None:
    api.delete(f"/api/books/{books[2]}/")
    assert found(api, "해녀") == set()
    assert not Passage.objects.filter(book=books[2]).exists()


def test_the_number_of_queries_does_not_grow(
    api: APIClient, books: list[int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(6):
        api.post("/api/books/", {"title": f"{n}", "text": "해녀가 운다."})
    with django_assert_max_num_queries(9):
        assert len(found(api, "해녀")) == 7


@pytest.mark.parametrize(
    "path", ["/api/books/", "/api/books/?search=고양이", "/api/books/?search=고양이 잔다"]
)
def test_the_number_of_queries_grows_neither_with_books_nor_with_words(
    api: APIClient, path: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        api.post("/api/books/", {"title": f"고양이 {number}", "text": "고양이가 잔다."})
    with CaptureQueriesContext(connection) as few:
        assert api.get(path).json()["count"] == 2
        asked = len(few)
    for number in range(10):
        api.post("/api/books/", {"title": f"책 {number}", "text": "고양이가 잔다. 비가 온다."})
    with django_assert_num_queries(asked):
        assert api.get(path).json()["count"] == 12


@pytest.mark.parametrize("word", ["눈", "눈이", "해녀가", "온", "다.", "ᄒᆞ", "winter", "i", "가눈"])
def test_a_word_of_any_length_is_found_where_it_stands_and_nowhere_else(
    api: APIClient, books: list[int], word: str
) -> None:
    folded = fold(word)
    texts = {
        book.title: [book.folded, *book.passages.values_list("folded", flat=True)]
        for book in Book.objects.all()
    }
    assert found(api, word) == {
        title for title, lines in texts.items() if any(folded in line for line in lines)
    }


def test_a_short_word_is_found_without_looking_through_texts(
    books: list[int],
) -> None:
    with CaptureQueriesContext(connection) as seen:
        assert [book.title for book in search.matching(Book.objects.all(), "고양")] == ["ᄇᆞ름의 집"]
    assert not [one for one in seen.captured_queries if "library_passage" in one["sql"]]


def test_what_was_changed_is_no_longer_found_before_and_after_letters_are_forgotten(
    api: APIClient, books: list[int]
) -> None:
    path = f"/api/books/{books[0]}/segments/"
    line = api.get(path).json()["results"][0]["id"]
    assert api.patch(f"{path}{line}/", {"beside": "개가 잔다."}).status_code == 200
    for _ in range(2):
        assert found(api, "고양") == found(api, "양") == set()
        assert found(api, "개가") == {"ᄇᆞ름의 집"}
        search.tighten()
    assert not Letters.objects.filter(letters="고양").exists()
    assert not Book.objects.filter(loose=True).exists()
