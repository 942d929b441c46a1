"""The description of the API against the running service: schemathesis, every check, none fails.

The suite asks what schemathesis calls coverage: each limit of each field, kept and broken. With
KOSORONG_SCHEMA_EXAMPLES it goes on with so many random requests to each operation:
    KOSORONG_SCHEMA_EXAMPLES=100 pytest tests/library/test_openapi.py
"""

import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from functools import partial
from http.cookiejar import Cookie, CookieJar
from pathlib import Path
from typing import Any

import pytest

from local_servers import clean_environment, free_port, running, until
from toy_serving import running_server

_HERE = Path(__file__).parent
_PASSWORD = "한라산 백록담 노루 셋"  # noqa: S105
_EXAMPLES = os.environ.get("KOSORONG_SCHEMA_EXAMPLES", "")
# What a JSON schema cannot say, so that a body that fits it may be refused with 400: that a
# password is right, good or old enough, that letters are words, of which kind a file is.
_REFUSES = {
    "/api/accounts/me/": "the password may be wrong",
    "/api/accounts/close/": "the password may be wrong",
    "/api/accounts/password/": "the password may be wrong",
    "/api/accounts/password/reset/confirm/": "the link may be used up",
    "/api/accounts/mail/confirm/": "the link may be used up",
    "/api/accounts/register/": "a password may be easily guessed, a name taken",
    "/api/books/": "of which kind a file is",
    "/api/books/preview/": "of which kind a file is",
    "/api/books/{book}/chapters/{chapter}/narration/": "what is no sound",
    "/api/books/{book}/segments/{segment}/recording/": "what is no sound",
}
_CONFIG = """
[auth.openapi.session]
api_key = "{session}"
[generation]
# Names that the service does not know are left alone: a link may carry some.
allow-extra-parameters = false
[dictionaries.few]
values = [1, 2, 3]
[parameters]
{parameters}
"""
_OPERATION = """
[[operations]]
include-path = "{path}"  # {why}
[operations.checks.positive_data_acceptance]
expected-statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "429"]
"""
_NUMBERS = ("book", "segment", "chapter", "correction", "bookmark", "token", "pronunciation")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif("KOSORONG_DATABASE_URL" in os.environ, reason="a process with a database"),
]


class Page:
    """A browser's session: cookies, and the header of its writes."""

    def __init__(self, address: str) -> None:
        self._address, self.jar = address, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.cookie("csrftoken")}
        request = urllib.request.Request(self._address + path, data, headers, method=method)
        with self._opener.open(request, timeout=60) as answer:
            return json.loads(answer.read() or b"null")

    def cookie(self, name: str) -> str:
        return next((one.value for one in self.jar if one.name == name), "")


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory, toy_bundles_folder: Path
) -> Iterator[tuple[str, Path, dict[str, str]]]:
    """Run API, worker and inference server; yield address, folder and environment."""
    folder, port = tmp_path_factory.mktemp("openapi"), free_port()
    (folder / "password").write_text(_PASSWORD)
    secret = "".join(chr(48 + n) for n in range(60) if chr(48 + n).isalnum())
    environment = clean_environment(
        PYTHONWARNINGS="ignore",
        KOSORONG_DATA=str(folder / "data"),
        KOSORONG_SINGLE_USER="0",
        KOSORONG_REGISTRATION="open",
        KOSORONG_SECRET_KEY=secret,
        KOSORONG_ADMIN_PASSWORD_FILE=str(folder / "password"),
        KOSORONG_INFERENCE_TOKEN=secret,
    )
    words = [sys.executable, "-m", "kosorong", "api", "--port", str(port)]
    with running_server(toy_bundles_folder, KOSORONG_INFERENCE_TOKEN=secret) as inference:
        environment["KOSORONG_INFERENCE_URL"] = inference
        with running(words, port, folder / "log", environment):
            yield f"http://127.0.0.1:{port}", folder, environment


def _command(environment: dict[str, str], *words: str) -> str:
    command = [sys.executable, "-m", "kosorong", "admin", *words]
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def page(service: tuple[str, Path, dict[str, str]]) -> Iterator[Page]:
    """Return the session of an admin who has some books with all that belongs to them."""
    address, folder, environment = service
    _command(environment, "create", "halmang")
    page = Page(address)
    page.jar.set_cookie(_csrf())
    page.ask("POST", "/api/accounts/login/", {"name": "halmang", "password": _PASSWORD})
    fakes = [sys.executable, str(_HERE / "library_fakes.py"), str(folder / "data"), "0"]
    worker = subprocess.Popen(fakes, env=environment)
    try:
        _fill(page)
        yield page
    finally:
        worker.terminate()
        worker.wait(30)


def _csrf() -> Cookie:
    """Return the cookie that `schemathesis_hooks` sends, as a browser keeps it."""
    where = ("127.0.0.1", False, False, "/", True)
    return Cookie(0, "csrftoken", "a" * 32, None, False, *where, False, None, True, None, None, {})


def _is_done(page: Page, path: str) -> bool:
    return bool(page.ask("GET", path)["status"] == "done")


def _fill(page: Page) -> None:
    for _ in range(3):
        book = page.ask("POST", "/api/books/", {"text": "눈이 왔다. 바람도 불었다."})["id"]
        path = f"/api/books/{book}/"
        until(partial(_is_done, page, path))
        for line in page.ask("GET", f"{path}segments/")["results"]:
            page.ask("POST", f"{path}bookmarks/", {"segment": line["id"]})
            body = {"segment": line["id"], "text": "ᄇᆞ름 ᄇᆞᆯ안."}
            page.ask("POST", f"{path}corrections/", body)
    for term in ("눈", "돌담", "하늘"):
        page.ask("POST", "/api/pronunciations/", {"term": term, "spoken": f"{term}이"})


def _config(folder: Path, session: str) -> Path:
    few = '"path.{}" = {{ dictionary = "few", probability = 0.8 }}'
    parameters = "\n".join(few.format(name) for name in _NUMBERS)
    text = _CONFIG.format(session=session, parameters=parameters)
    text += "".join(_OPERATION.format(path=path, why=why) for path, why in _REFUSES.items())
    (folder / "schemathesis.toml").write_text(text, encoding="utf-8")
    return folder / "schemathesis.toml"


def test_the_service_is_as_its_description_says(
    service: tuple[str, Path, dict[str, str]], page: Page
) -> None:
    address, folder, environment = service
    token = _command(environment, "token", "halmang")
    words = [sys.executable, "-m", "schemathesis.cli"]
    words += ["--config-file", str(_config(folder, page.cookie("sessionid")))]
    words += ["run", f"{address}/api/schema/", "--checks", "all", "--seed", "1932", "--no-color"]
    words += ["--phases", "coverage,fuzzing" if _EXAMPLES else "coverage"]
    words += ["--max-examples", _EXAMPLES or "1", "--continue-on-failure"]
    # It would end the session that everything is asked in.
    words += ["--exclude-path", "/api/accounts/logout/", "--request-timeout", "30"]
    words += ["--header", f"Authorization: Bearer {token}"]
    environ = {**environment, "SCHEMATHESIS_HOOKS": "schemathesis_hooks", "PYTHONPATH": _path()}
    done = subprocess.run(words, env=environ, capture_output=True, text=True, cwd=folder)
    (folder / "report.txt").write_text(done.stdout, encoding="utf-8")
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]


def _path() -> str:
    return os.pathsep.join((str(_HERE), os.environ.get("PYTHONPATH", "")))
