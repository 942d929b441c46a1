"""…/corrections/: proposed, voted for, decided, undone; what models may learn from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from library_fakes import FakeParts
from library_people import client_of, make
from pytest_django import DjangoAssertNumQueries
from rest_framework.test import APIClient

from kosorong.training.corpora.parallel import read_manifest
from kosorong.training.corpora.texts import ImportedText, import_corrections
from kosorong_library.library.models import Book

NEW = "ᄇᆞ름도 불엇저."


@pytest.fixture
def public(ready: dict[str, Any]) -> str:
    """Return the address of a finished book that everybody may read."""
    Book.objects.filter(pk=ready["id"]).update(visibility="public", licence="CC BY 4.0")
    return f"/api/books/{ready['id']}/"


@pytest.fixture
def propose(public: str, segments: list[dict[str, Any]]) -> Callable[..., HttpResponse]:
    def send(client: APIClient, text: str = NEW, segment: int = 1, **more: Any) -> HttpResponse:
        body = {"segment": segments[segment]["id"], "text": text, **more}
        return client.post(f"{public}corrections/", body)

    return send


@pytest.fixture
def listener() -> APIClient:
    return client_of(make("listener", "listener"))


@pytest.fixture
def correctors() -> list[APIClient]:
    return [client_of(make(f"corrector-{n}", "corrector")) for n in range(3)]


@pytest.fixture
def admin() -> APIClient:
    return client_of(make("admin", "admin"))


def text_of(api: APIClient, public: str, segments: list[dict[str, Any]], which: int = 1) -> str:
    return api.get(f"{public}segments/{segments[which]['id']}/").json()["text"]


def test_a_listener_proposes_and_nothing_changes_yet(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
) -> None:
    answer = propose(listener, region="구좌읍", village="하도리", consent=True)
    row = answer.json()
    assert answer.status_code == 201
    assert (row["state"], row["was"], row["text"]) == ("open", "ᄒᆞ바람도 ᄒᆞ불었다.", NEW)
    assert (row["region"], row["village"], row["licence"]) == ("구좌읍", "하도리", "CC BY-SA 4.0")
    assert (row["korean"], row["spelling"], row["mine"]) == ("바람도 불었다.", "araea", True)
    assert text_of(api, public, segments) == "ᄒᆞ바람도 ᄒᆞ불었다."
    assert api.get(f"{public}corrections/?state=open").json()["count"] == 1
    assert api.get(f"{public}corrections/?segment={segments[0]['id']}").json()["count"] == 0


def test_the_same_words_are_not_proposed_twice_so_that_votes_come_together(
    listener: APIClient, other: APIClient, propose: Callable[..., HttpResponse], public: str
) -> None:
    assert propose(listener).status_code == 201
    for client in (listener, other):
        again = propose(client)
        assert (again.status_code, again.json()["extra"]["reason"]) == (409, "proposed_already")
    assert propose(other, kind="reading").status_code == 201
    assert propose(other, text="ᄇᆞ름도 막 불엇저.").status_code == 201


def test_two_votes_put_a_correction_into_the_text(
    api: APIClient,
    listener: APIClient,
    correctors: list[APIClient],
    propose: Callable[..., HttpResponse],
    public: str,
    work: Callable[[], int],
    segments: list[dict[str, Any]],
    parts: FakeParts,
) -> None:
    path = f"{public}corrections/{propose(listener).json()['id']}/"
    first = correctors[0].put(f"{path}vote/").json()
    assert (first["votes"], first["voted"], first["state"]) == (1, True, "open")
    assert correctors[0].put(f"{path}vote/").json()["votes"] == 1
    assert correctors[1].put(f"{path}vote/").json()["state"] == "accepted"
    assert correctors[2].put(f"{path}vote/").status_code == 409
    parts.voice.read.clear()
    assert work() == 1
    assert parts.voice.read == [NEW]
    assert text_of(api, public, segments) == NEW


def test_a_vote_can_be_taken_back(
    listener: APIClient,
    correctors: list[APIClient],
    propose: Callable[..., HttpResponse],
    public: str,
) -> None:
    path = f"{public}corrections/{propose(listener).json()['id']}/vote/"
    correctors[0].put(path)
    assert correctors[0].delete(path).json()["votes"] == 0
    assert correctors[1].put(path).json()["state"] == "open"


def test_only_correctors_vote_and_not_for_their_own(
    listener: APIClient,
    other: APIClient,
    correctors: list[APIClient],
    propose: Callable[..., HttpResponse],
    public: str,
) -> None:
    path = f"{public}corrections/{propose(correctors[0]).json()['id']}/vote/"
    assert other.put(path).status_code == 403
    assert listener.put(path).status_code == 403
    assert correctors[0].put(path).status_code == 409


def test_the_owners_yes_is_enough(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
    work: Callable[[], int],
) -> None:
    path = f"{public}corrections/{propose(listener).json()['id']}/"
    assert listener.post(f"{path}accept/").status_code == 403
    assert api.post(f"{path}accept/").json()["state"] == "accepted"
    assert api.post(f"{path}accept/").status_code == 409
    work()
    assert text_of(api, public, segments) == NEW
    assert api.post(f"{path}undo/").json()["state"] == "open"
    work()
    assert text_of(api, public, segments) == "ᄒᆞ바람도 ᄒᆞ불었다."
    assert api.post(f"{path}undo/").status_code == 409


def test_what_was_changed_again_since_is_not_undone_by_mistake(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
) -> None:
    path = f"{public}corrections/{propose(listener).json()['id']}/"
    api.post(f"{path}accept/")
    api.patch(f"{public}segments/{segments[1]['id']}/", {"text": "ᄇᆞ름 불엇수다."})
    refused = api.post(f"{path}undo/")
    assert (refused.status_code, refused.json()["extra"]["reason"]) == (409, "changed_since")
    assert text_of(api, public, segments) == "ᄇᆞ름 불엇수다."


def test_the_owners_own_correction_holds_at_once(
    api: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
) -> None:
    assert propose(api).json()["state"] == "accepted"
    assert text_of(api, public, segments) == NEW


def test_variants_stand_beside_the_text(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
) -> None:
    path = f"{public}corrections/{propose(listener, region='대정읍').json()['id']}/"
    assert api.post(f"{path}keep/").json()["state"] == "variant"
    assert text_of(api, public, segments) == "ᄒᆞ바람도 ᄒᆞ불었다."
    assert api.get(f"{public}corrections/?state=variant").json()["results"][0]["region"] == "대정읍"
    assert api.post(f"{path}undo/").json()["state"] == "open"
    assert api.post(f"{path}decline/").json()["state"] == "declined"


def test_what_is_said_can_be_corrected_too(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
    work: Callable[[], int],
    parts: FakeParts,
) -> None:
    path = f"{public}corrections/{propose(listener, 'ᄇᆞ름도 불어쪄', kind='reading').json()['id']}/"
    api.post(f"{path}accept/")
    work()
    assert parts.voice.read[-1] == "ᄇᆞ름도 불어쪄"
    assert text_of(api, public, segments) == "ᄒᆞ바람도 ᄒᆞ불었다."


def test_typed_letters_of_araea_are_put_together(
    listener: APIClient, propose: Callable[..., HttpResponse]
) -> None:
    assert propose(listener, "ㅂㆍ름도 불었저.").json()["text"] == "ᄇᆞ름도 불었저."


def test_whoever_proposed_takes_it_or_the_consent_back(
    api: APIClient,
    other: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
) -> None:
    path = f"{public}corrections/{propose(listener, consent=True).json()['id']}/"
    assert other.patch(path, {"consent": False}).status_code == 403
    assert other.delete(path).status_code == 403
    assert listener.patch(path, {"consent": False}).json()["licence"] == ""
    assert listener.delete(path).status_code == 204
    assert api.get(path).status_code == 404


def lines(client: APIClient) -> list[dict[str, Any]]:
    answer = client.get("/api/corrections/export/")
    assert answer["Content-Type"].startswith("application/x-ndjson")
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


def test_what_models_may_learn_from_names_nobody(
    api: APIClient,
    listener: APIClient,
    correctors: list[APIClient],
    admin: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
) -> None:
    row = propose(listener, region="구좌읍", village="하도리", consent=True).json()
    for one in correctors[:2]:
        one.put(f"{public}corrections/{row['id']}/vote/")
    told = lines(api)
    assert told == [
        {
            "id": told[0]["id"],
            "korean": "바람도 불었다.",
            "jeju": NEW,
            "was": "ᄒᆞ바람도 ᄒᆞ불었다.",
            "kind": "translation",
            "spelling": "araea",
            "region": "구좌읍",
            "village": "하도리",
            "licence": "CC-BY-SA-4.0",
            "consent": True,
            "book": ready["id"],
            "segment": segments[1]["id"],
            "votes": 2,
            "date": row["created_at"][:10],
        }
    ]
    assert lines(admin) == told
    assert lines(listener) == lines(correctors[0]) == []


def test_only_what_is_accepted_and_consented_to_is_learned_from(
    api: APIClient, listener: APIClient, propose: Callable[..., HttpResponse], public: str
) -> None:
    propose(listener, consent=True)
    path = f"{public}corrections/{propose(listener, '다른 말.', 2).json()['id']}/accept/"
    api.post(path)
    assert lines(api) == []


def test_a_book_taken_back_leaves_the_export(
    api: APIClient, admin: APIClient, propose: Callable[..., HttpResponse], public: str
) -> None:
    propose(api, consent=True)
    assert len(lines(admin)) == 1
    assert api.delete(f"{public}share/").status_code == 204
    assert lines(admin) == []
    assert len(lines(api)) == 1
    api.delete(public)
    assert lines(api) == []


def learned(client: APIClient, folder: Path) -> tuple[ImportedText, list[str]]:
    """Bring what a library hands out into a corpus, as whoever trains does."""
    (folder / "c.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines(client)))
    told = import_corrections(folder / "c.jsonl", folder / "corpus")
    return told, [pair.jeju for pair in read_manifest(folder / "corpus")]


def test_the_export_becomes_training_data_until_it_is_taken_back(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    tmp_path: Path,
) -> None:
    kept = propose(listener, consent=True).json()
    api.post(f"{public}corrections/{kept['id']}/accept/")
    beside = propose(listener, "ᄇᆞ름도 불어라.", 1, region="대정읍", consent=True).json()
    api.post(f"{public}corrections/{beside['id']}/keep/")
    propose(api, "ᄇᆞ름도 불언", 1, kind="reading", consent=True)
    propose(api, "생이가 앚앗저.", 2)
    propose(api, "생이는 아니 울엇저.", 3, consent=True)
    told, texts = learned(api, tmp_path)
    assert texts == [NEW, "ᄇᆞ름도 불어라.", "생이는 아니 울엇저."]
    assert [("sounds" in line) for line in told.refused] == [True]

    listener.patch(f"{public}corrections/{kept['id']}/", {"consent": False})
    listener.delete(f"{public}corrections/{beside['id']}/")
    assert learned(api, tmp_path)[1] == ["생이는 아니 울엇저."]


def test_a_jeju_original_without_its_korean_teaches_nothing(api: APIClient) -> None:
    body: dict[str, Any] = {"title": "말", "text": "혼저 옵서예.", "language": "jje"}
    path = f"/api/books/{api.post('/api/books/', body).json()['id']}/"
    segment = api.get(f"{path}segments/").json()["results"][0]["id"]
    body = {"segment": segment, "text": "ᄒᆞᆫ저 옵서예.", "consent": True}
    assert api.post(f"{path}corrections/", body).status_code == 201
    assert lines(api) == []


@pytest.mark.parametrize(
    "change",
    [
        {"text": ""},
        {"text": " "},
        {"text": 1},
        {"text": "가" * 2001},
        {"segment": "x"},
        {"kind": "x"},
        {"region": "가" * 41},
        {"consent": "maybe"},
    ],
)
def test_a_bad_correction_is_told(
    api: APIClient, public: str, segments: list[dict[str, Any]], change: dict[str, Any]
) -> None:
    body = {"segment": segments[1]["id"], "text": NEW, **change}
    answer = api.post(f"{public}corrections/", body)
    assert answer.status_code == 400, answer.content
    assert set(answer.json()) == {"message", "extra"}


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"segment": 99999}, "no_segment"), ({"text": "ᄒᆞ바람도 ᄒᆞ불었다."}, "nothing_new")],
)
def test_a_correction_that_does_not_fit_is_told(
    api: APIClient, public: str, segments: list[dict[str, Any]], change: dict[str, Any], reason: str
) -> None:
    body = {"segment": segments[1]["id"], "text": NEW, **change}
    answer = api.post(f"{public}corrections/", body)
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, reason)


def test_what_is_not_translated_yet_cannot_be_corrected(
    api: APIClient, book: dict[str, Any]
) -> None:
    one = api.get(f"/api/books/{book['id']}/segments/").json()["results"][0]
    body = {"segment": one["id"], "text": NEW}
    assert api.post(f"/api/books/{book['id']}/corrections/", body).status_code == 409


def test_a_private_book_is_nobody_elses_to_correct(
    other: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    body = {"segment": segments[0]["id"], "text": NEW}
    assert other.post(f"/api/books/{ready['id']}/corrections/", body).status_code == 404


def test_same_questions(
    api: APIClient,
    ready: dict[str, Any],
    segments: list[dict[str, Any]],
    ask_the_same: Callable[..., None],
) -> None:
    base, number = f"/api/books/{ready['id']}/corrections/", ready["id"]
    body = {"segment": segments[1]["id"], "text": NEW}
    one = f"{base}{api.post(base, body).json()['id']}/"
    ask_the_same(base, "get", ("put", "patch", "delete"), number=number)
    ask_the_same(base, "post", (), body, number=number)
    ask_the_same(one, "get", ("post", "put"), number=number)
    ask_the_same(one, "patch", (), {"consent": True}, number=number)
    ask_the_same(f"{one}vote/", "put", ("get", "post", "patch"), number=number)
    for act in ("accept", "decline", "keep", "undo"):
        ask_the_same(f"{one}{act}/", "post", ("put", "delete"), number=number)
    ask_the_same(f"{one}everywhere/", "get", ("put", "delete"), number=number)
    ask_the_same(one, "delete", (), number=number)
    ask_the_same("/api/corrections/export/", "get", ("post", "put", "delete"))


def test_the_number_of_queries_does_not_grow(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for n in range(8):
        propose(listener, f"{n}번째 말.", n % 4, consent=True)
    with django_assert_max_num_queries(6):
        assert api.get(f"{public}corrections/").json()["count"] == 8
    for row in api.get(f"{public}corrections/").json()["results"]:
        api.post(f"{public}corrections/{row['id']}/keep/")
    with django_assert_max_num_queries(4):
        assert len(lines(api)) == 8


def test_what_the_owner_took_back_of_their_own_waits_for_nobody(
    api: APIClient, ready: dict[str, Any], segments: list[dict[str, Any]]
) -> None:
    path = f"/api/books/{ready['id']}/"
    for undo in ("segments/{segment}/undo/", "corrections/{correction}/undo/"):
        body = {"segment": segments[0]["id"], "kind": "translation", "text": "ᄇᆞ름 불엄저."}
        made = api.post(f"{path}corrections/", body).json()
        where = undo.format(segment=segments[0]["id"], correction=made["id"])
        assert api.post(path + where).status_code == 200
        assert api.get(f"{path}corrections/?state=open").json()["count"] == 0


def test_votes_never_put_an_old_correction_over_a_newer_text(
    api: APIClient,
    correctors: list[APIClient],
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
) -> None:
    number = propose(listener).json()["id"]
    assert correctors[0].put(f"{public}corrections/{number}/vote/").status_code == 200
    written = "ᄇᆞ름이 잘도 불엇수다."
    api.patch(f"{public}segments/{segments[1]['id']}/", {"text": written})
    late = correctors[1].put(f"{public}corrections/{number}/vote/")
    assert late.status_code == 409
    assert late.json()["extra"] == {"reason": "changed_since", "now": written}
    assert text_of(api, public, segments) == written


@pytest.mark.parametrize("kind", ["translation", "reading"])
def test_an_owner_who_accepts_is_told_what_was_changed_since(
    api: APIClient,
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
    kind: str,
) -> None:
    number = propose(listener, kind=kind).json()["id"]
    field = "text" if kind == "translation" else "spoken"
    api.patch(f"{public}segments/{segments[1]['id']}/", {field: "ᄀᆞ만히 싯당 감수다."})
    answer = api.post(f"{public}corrections/{number}/accept/")
    assert (answer.status_code, answer.json()["extra"]["reason"]) == (409, "changed_since")
    assert api.get(f"{public}corrections/{number}/").json()["state"] == "open"
    assert api.post(f"{public}corrections/{number}/decline/").status_code == 200


def test_a_correction_holds_again_where_the_change_was_undone(
    api: APIClient,
    correctors: list[APIClient],
    listener: APIClient,
    propose: Callable[..., HttpResponse],
    public: str,
    segments: list[dict[str, Any]],
) -> None:
    number, one = propose(listener).json()["id"], f"{public}segments/{segments[1]['id']}/"
    api.patch(one, {"text": "ᄇᆞ름이 잘도 불엇수다."})
    api.post(f"{one}undo/")
    for client in correctors[:2]:
        assert client.put(f"{public}corrections/{number}/vote/").status_code == 200
    assert text_of(api, public, segments) == NEW
