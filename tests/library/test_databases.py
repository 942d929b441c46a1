"""Addresses of databases, and what every database has to tell apart."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from rest_framework.test import APIClient

from kosorong.errors import UsageError
from kosorong_library.accounts.models import User
from kosorong_library.config.databases import COLLATION, database
from kosorong_library.config.deadlocks import retried
from kosorong_library.library.models import Book
from kosorong_library.studio.models import Take

# 하 with arae-a and with a, written in conjoining jamo; both look like one syllable.
ARAEA, PLAIN = "\u1112\u119e\u11ab", "\u1112\u1161\u11ab"


def test_an_address_names_user_host_and_name() -> None:
    found = database("mysql://jeju:a%40b@db.example:3307/library", Path("/data"))
    assert (found["USER"], found["PASSWORD"]) == ("jeju", "a@b")
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", 3307, "library")
    assert found["OPTIONS"]["charset"] == "utf8mb4"
    given = database("mariadb://jeju@db/library", Path("/"), "other")
    assert given["PASSWORD"] == "other"  # noqa: S105
    assert database("sqlite:///tmp/a%20b.sqlite3", Path("/"))["NAME"] == Path("/tmp/a b.sqlite3")


@pytest.mark.parametrize(
    "url", ["postgres://a@b/c", "mysql://db/name", "mysql://a:secret@db", "mysql://a@b:x/c", "x"]
)
def test_an_address_that_cannot_be_taken_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(UsageError, match="KOSORONG_DATABASE_URL") as refused:
        database(url, Path("/data"))
    assert "secret" not in str(refused.value)


def test_spellings_that_look_alike_stay_apart(api: APIClient, book: dict[str, Any]) -> None:
    User.objects.create_user(ARAEA)
    User.objects.create_user(PLAIN)
    assert User.objects.filter(username=ARAEA).count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user(ARAEA)
    for title in (ARAEA, PLAIN):
        api.post("/api/books/", {"title": f"{title}라산", "text": "눈이 왔다."})
    assert Book.objects.filter(title=f"{ARAEA}라산").count() == 1
    # A search takes no notice of how a vowel is spelled: both are found by either.
    for wanted in (ARAEA, PLAIN):
        found = api.get("/api/books/", {"search": wanted}).json()["results"]
        assert {one["title"] for one in found} == {f"{ARAEA}라산", f"{PLAIN}라산"}


def test_search_ignores_cases_and_takes_signs_for_signs(api: APIClient) -> None:
    for title in (
        "Halla San",
        "100% 제주",
        "100 제주",
        "a_b",
        "aXb",
        "\U0001f34a 귤",
        "\U0001f33a 꽃",
    ):
        api.post("/api/books/", {"title": title, "text": "눈이 왔다."})

    def titles(search: str) -> set[str]:
        found = api.get("/api/books/", {"search": search}).json()["results"]
        return {one["title"] for one in found}

    assert titles("hALLA") == {"Halla San"}
    assert titles("100%") == {"100% 제주"}
    assert titles("a_b") == {"a_b"}
    assert titles("\U0001f34a") == {"\U0001f34a 귤"}
    assert titles("\\") == set()


def test_names_are_found_in_any_case() -> None:
    User.objects.create_user("Halmang")
    assert User.objects.filter(username__iexact="hALMANG").exists()
    assert not User.objects.filter(username__iexact="h%").exists()
    assert not User.objects.filter(username="halmang").exists()


@pytest.mark.django_db(transaction=True)
def test_a_deadlock_is_tried_again_and_nothing_else_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    tries = []

    @retried
    def act(code: int, times: int) -> str:
        tries.append(code)
        if len(tries) <= times:
            raise OperationalError(code, "Deadlock found")
        return "done"

    assert act(1213, 2) == "done"
    assert len(tries) == 3
    tries.clear()
    with pytest.raises(OperationalError):
        act(2006, 1)
    assert len(tries) == 1
    tries.clear()
    with pytest.raises(OperationalError):
        act(1213, 99)
    assert len(tries) == 6


@pytest.mark.skipif(connection.vendor != "mysql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_of_two_that_write_one_key_at_once_the_first_is_kept() -> None:
    from kosorong_library.studio.production import _shared

    barrier, made = threading.Barrier(4), []

    # As production does it: who is undone for a deadlock begins again.
    @retried
    def write_down(number: int) -> str:
        with transaction.atomic():
            take = Take(key="k" * 64, samples=1, sample_rate=1, audio=f"takes/{number}")
            return str(_shared([take])[take.key].audio.name)

    def write(number: int) -> None:
        barrier.wait()
        made.append(write_down(number))
        connection.close()

    threads = [threading.Thread(target=write, args=(n,)) for n in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(made) == 4
    assert len(set(made)) == 1


@pytest.mark.skipif(connection.vendor != "mysql", reason="a server's own settings")
def test_the_tables_compare_code_points() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT collation_name FROM information_schema.columns"
            " WHERE table_schema = DATABASE() AND collation_name IS NOT NULL"
        )
        assert {row[0] for row in cursor.fetchall()} == {COLLATION}


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_letters_for_one_another_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kosorong.errors import StorageError
    from kosorong_library.config import migrating

    if connection.vendor != "mysql":
        pytest.skip("a server's own settings")
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE `{name}` COLLATE utf8mb4_unicode_ci")
    try:
        with pytest.raises(StorageError, match="ALTER DATABASE"):
            migrating._check_collation()
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER DATABASE `{name}` COLLATE {COLLATION}")
    migrating._check_collation()
