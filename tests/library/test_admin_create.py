"""`kosorong admin create`: the first admin takes over the machine's own books."""

import getpass
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong_library.accounts.models import Role, User
from kosorong_library.accounts.services import first_user
from kosorong_library.library.models import Book

GOOD = "물마루-너머-이어도"


@pytest.fixture
def password(tmp_path: Path) -> Path:
    path = tmp_path / "password"
    path.write_text(f"{GOOD}\n", encoding="utf-8")
    return path


def log_in(name: str) -> APIClient:
    client = APIClient()
    assert client.post("/api/accounts/login/", {"name": name, "password": GOOD}).status_code == 200
    return client


def test_turning_accounts_on_adopts_the_books_of_the_machine(
    settings: Settings, password: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.SINGLE_USER = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    alone = APIClient(HTTP_HOST="127.0.0.1:8000")
    book = alone.post("/api/books/", {"text": "눈이 왔다."}).json()
    call_command("create", "halmang", mail="h@jeju.example", password_file=password)
    told = capsys.readouterr().out
    assert "halmang is an admin now" in told
    assert "KOSORONG_SINGLE_USER=0" in told
    assert GOOD not in told
    assert alone.get(f"/api/books/{book['id']}/").status_code == 200

    settings.SINGLE_USER = False
    assert alone.get(f"/api/books/{book['id']}/").status_code == 401
    settings.ALLOWED_HOSTS = ["*"]
    mine = log_in("halmang")
    assert mine.get("/api/accounts/me/").json()["role"] == "admin"
    assert mine.get(f"/api/books/{book['id']}/").status_code == 200
    assert User.objects.count() == 1


def test_accounts_first_and_a_machine_of_ones_own_later(settings: Settings, password: Path) -> None:
    call_command("create", "halmang", password_file=password)
    book = log_in("halmang").post("/api/books/", {"text": "눈이 왔다."}).json()
    settings.SINGLE_USER = True
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    alone = APIClient(HTTP_HOST="127.0.0.1:8000")
    assert alone.get(f"/api/books/{book['id']}/").status_code == 200
    assert User.objects.count() == 1


def test_a_second_admin_adopts_nothing(password: Path, owner: User) -> None:
    machine = first_user()
    call_command("create", "first", password_file=password)
    call_command("create", "second", password_file=password)
    names = User.objects.filter(role=Role.ADMIN).values_list("username", "pk")
    assert dict(names)["first"] == machine.pk
    assert len(names) == 2
    assert not Book.objects.exists()


@pytest.mark.parametrize(
    ("name", "secret", "words"),
    [
        ("owner", GOOD, "cannot be had"),
        ("a b", GOOD, "letters"),
        ("new", "password", "too common"),
        ("new", "", "empty"),
    ],
)
def test_what_cannot_be_taken_makes_nobody(
    owner: User, tmp_path: Path, name: str, secret: str, words: str
) -> None:
    path = tmp_path / "secret"
    path.write_text(secret, encoding="utf-8")
    with pytest.raises(CommandError, match=words):
        call_command("create", name, password_file=path)
    assert User.objects.get() == owner


def test_without_a_terminal_and_a_file_there_is_no_password(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    with pytest.raises(CommandError, match="--password-file"):
        call_command("create", "new")


def test_at_a_terminal_it_is_asked_for_twice(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
    typed = iter([GOOD, "other", GOOD, GOOD])
    monkeypatch.setattr(getpass, "getpass", lambda words: next(typed))
    with pytest.raises(CommandError, match="not the same"):
        call_command("create", "new")
    call_command("create", "new")
    log_in("new")


def test_the_environment_may_name_the_file(
    db: None, monkeypatch: pytest.MonkeyPatch, password: Path
) -> None:
    monkeypatch.setenv("KOSORONG_ADMIN_PASSWORD_FILE", str(password))
    call_command("create", "new")
    log_in("new")


@pytest.mark.slow
def test_on_a_fresh_machine_the_command_makes_the_library_too(
    tmp_path: Path, password: Path
) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("KOSORONG_", "DJANGO_"))}
    kept |= {"KOSORONG_SINGLE_USER": "0", "KOSORONG_SECRET_KEY": "0123456789abcdef" * 3}
    words = [sys.executable, "-W", "ignore", "-m", "kosorong", "admin", "--data"]
    words.append(str(tmp_path / "new"))
    words += ["create", "halmang", "--password-file", str(password)]
    done = subprocess.run(words, env=kept, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "halmang is an admin now" in done.stdout
