"""The library for reading programs: OPDS 1.2 and 2.0, covers, a podcast of each book."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from django.core.files.base import ContentFile
from library_world import drained
from pytest_django import Settings
from rest_framework.test import APIClient

from kosorong.book.covers import draw_cover
from kosorong_library.library.models import Book
from kosorong_library.storage.files import keep

_ATOM = "{http://www.w3.org/2005/Atom}"
_ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
_APP = Path(__file__).parents[2] / "web" / "src" / "app" / "App.tsx"
HOSTILE = ("<b>&\"'", "\u0001\u000b겨울", "]]>", "\ud83d", "￾", "가" * 300)


def parsed(content: bytes) -> Tree.Element:
    return Tree.fromstring(content)  # noqa: S314  # what we wrote ourselves


def publish(api: APIClient, number: int, visibility: str = "public") -> dict[str, Any]:
    body = {"visibility": visibility, "licence": "CC0 1.0", "attribution": "나"}
    answer = api.put(f"/api/books/{number}/share/", body)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def links(element: Tree.Element) -> dict[str, str]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{_ATOM}link")}


def test_public_books_stand_in_both_catalogues_and_no_others(
    api: APIClient, nobody: APIClient, ready: dict[str, Any]
) -> None:
    feed = parsed(nobody.get("/opds/").content)
    assert feed.findall(f"{_ATOM}entry") == []
    assert "publications" not in nobody.get("/opds/v2/").json()
    publish(api, ready["id"])
    (entry,) = parsed(nobody.get("/opds/").content).findall(f"{_ATOM}entry")
    assert entry.findtext(f"{_ATOM}title") == "겨울"
    assert (
        f"/api/books/{ready['id']}/exports/"
        in links(entry)["http://opds-spec.org/acquisition/open-access"]
    )
    (book,) = nobody.get("/opds/v2/").json()["publications"]
    assert book["metadata"]["title"] == "겨울"
    assert {link["type"] for link in book["links"]} == {"application/epub+zip", "audio/mp4"}


def test_the_catalogue_is_searched_and_paged(
    api: APIClient, nobody: APIClient, book: dict[str, Any]
) -> None:
    row = Book.objects.get(pk=book["id"])
    for number in range(60):
        row.pk, row.title, row.folded, row.visibility = (
            None,
            f"책 {number}",
            f"책 {number}",
            "public",
        )
        row._state.adding = True
        row.save()
    first = parsed(nobody.get("/opds/").content)
    assert len(first.findall(f"{_ATOM}entry")) == 50
    second = parsed(nobody.get(links(first)["next"]).content)
    assert len(second.findall(f"{_ATOM}entry")) == 10
    assert {"previous", "self", "start", "search"} <= set(links(second))
    described = parsed(nobody.get(links(first)["search"]).content)
    template = described.find("{*}Url").get("template")
    found = template.replace("{searchTerms}", "59").replace("{startPage?}", "1")
    assert len(parsed(nobody.get(found).content).findall(f"{_ATOM}entry")) == 1
    assert nobody.get("/opds/v2/?query=59").json()["metadata"]["numberOfItems"] == 1


@pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999999999", f"query={'가' * 300}"])
@pytest.mark.parametrize("path", ["/opds/", "/opds/v2/"])
def test_what_cannot_be_asked_is_refused_in_the_one_shape(
    nobody: APIClient, path: str, query: str
) -> None:
    answer = nobody.get(f"{path}?{query}")
    assert (answer.status_code, set(answer.json())) == (400, {"message", "extra"})


@pytest.mark.parametrize("query", ["%00", "%0a%0d", "<script>", "'\"; DROP", "%25%5f", "%ff"])
def test_no_query_ends_in_a_failure(nobody: APIClient, query: str) -> None:
    for path in ("/opds/", "/opds/v2/"):
        assert nobody.get(f"{path}?query={query}").status_code in (200, 400)


@pytest.mark.parametrize("title", HOSTILE)
def test_whatever_stands_in_a_title_the_documents_can_be_read(
    api: APIClient, nobody: APIClient, ready: dict[str, Any], title: str
) -> None:
    publish(api, ready["id"])
    stored = title.encode("utf-8", "replace").decode()
    Book.objects.filter(pk=ready["id"]).update(title=stored, author=stored)
    for path in ("/opds/", f"/api/books/{ready['id']}/feed/"):
        parsed(nobody.get(path).content)
    json.loads(nobody.get("/opds/v2/").content)


def test_a_finished_chapter_is_an_episode(
    api: APIClient, nobody: APIClient, ready: dict[str, Any]
) -> None:
    publish(api, ready["id"])
    answer = nobody.get(f"/api/books/{ready['id']}/feed/")
    assert answer["Content-Type"] == "application/rss+xml; charset=utf-8"
    (item,) = parsed(answer.content).iter("item")
    enclosure = item.find("enclosure")
    sound = nobody.get(enclosure.get("url"))
    assert (sound.status_code, sound["Content-Type"]) == (200, "audio/wav")
    assert int(enclosure.get("length")) == len(b"".join(sound.streaming_content))
    assert int(item.findtext(f"{_ITUNES}duration")) >= 0


def test_a_book_in_production_has_no_episode_yet(
    api: APIClient, nobody: APIClient, book: dict[str, Any]
) -> None:
    publish(api, book["id"])
    root = parsed(nobody.get(f"/api/books/{book['id']}/feed/").content)
    assert list(root.iter("item")) == []


def test_the_key_of_a_link_opens_the_feed_and_its_sounds_until_it_is_renewed(
    api: APIClient, nobody: APIClient, ready: dict[str, Any]
) -> None:
    key = publish(api, ready["id"], "unlisted")["link"].partition("#")[2]
    path = f"/api/books/{ready['id']}/feed/"
    assert nobody.get(path).status_code == 401
    (item,) = parsed(nobody.get(f"{path}?key={key}").content).iter("item")
    sound = item.find("enclosure").get("url")
    assert drained(nobody.get(sound)) == 200
    api.post(f"/api/books/{ready['id']}/share/")
    assert nobody.get(f"{path}?key={key}").status_code == 401
    assert nobody.get(sound).status_code == 401


@pytest.mark.parametrize("key", ["", "%00", "a" * 5000, "%F0%9F%90%9A", "'%20OR%201=1", "%ff"])
def test_no_other_key_opens_anything(
    api: APIClient, nobody: APIClient, ready: dict[str, Any], key: str
) -> None:
    publish(api, ready["id"], "unlisted")
    assert nobody.get(f"/api/books/{ready['id']}/feed/?key={key}").status_code == 401
    private = api.post("/api/books/", {"text": "눈이 왔다."}).json()["id"]
    assert nobody.get(f"/api/books/{private}/?key={key}").status_code == 401


@pytest.mark.parametrize("sent", [b"", draw_cover("겉", ""), b"GIF87a"])
def test_catalogues_and_feeds_name_the_cover_that_whoever_may_read_is_shown(
    api: APIClient, nobody: APIClient, ready: dict[str, Any], sent: bytes
) -> None:
    publish(api, ready["id"])
    path = f"/api/books/{ready['id']}/"
    if sent:
        ending = "gif" if sent.startswith(b"GIF") else "png"
        name = keep(f"a/cover.{ending}", ContentFile(sent))
        Book.objects.filter(pk=ready["id"]).update(cover=name)
    (picture,) = nobody.get("/opds/v2/").json()["publications"][0]["images"]
    assert picture["href"].endswith(nobody.get(path).json()["cover"])
    (entry,) = parsed(nobody.get("/opds/").content).findall(f"{_ATOM}entry")
    shown = [link for link in entry.findall(f"{_ATOM}link") if "/image" in link.get("rel")]
    assert [(link.get("href"), link.get("type")) for link in shown] == [(*picture.values(),)] * 2
    (image,) = parsed(nobody.get(f"{path}feed/").content).iter(f"{_ITUNES}image")
    assert image.get("href") == picture["href"]
    answer = nobody.get(picture["href"])
    assert (answer.status_code, answer["Content-Type"]) == (200, picture["type"])
    assert not sent or answer.content == sent


def test_the_feed_of_an_unlisted_book_names_a_cover_that_its_key_opens(
    api: APIClient, nobody: APIClient, ready: dict[str, Any]
) -> None:
    key = publish(api, ready["id"], "unlisted")["link"].partition("#")[2]
    feed = parsed(nobody.get(f"/api/books/{ready['id']}/feed/?key={key}").content)
    (image,) = feed.iter(f"{_ITUNES}image")
    assert nobody.get(image.get("href").partition("&")[0]).status_code == 401
    assert nobody.get(image.get("href")).status_code == 200


@pytest.mark.parametrize(
    "path", ["/opds/nothing", "/.well-known/opds", "/wp-login", "/books", "/books/x"]
)
def test_what_is_no_address_of_the_page_is_not_there(
    nobody: APIClient, settings: Settings, path: str
) -> None:
    settings.PAGE.mkdir(exist_ok=True)
    (settings.PAGE / "index.html").write_text("page")
    assert drained(nobody.get(path)) == 404


def test_the_addresses_of_the_page_are_those_of_its_source(
    nobody: APIClient, settings: Settings
) -> None:
    settings.PAGE.mkdir(exist_ok=True)
    (settings.PAGE / "index.html").write_text("page")
    named = set(re.findall(r"[\"\'](/[a-z]*)[\"\']", _APP.read_text("utf-8"))) | {"/books/7"}
    assert {path for path in named if drained(nobody.get(path)) != 200} == set()
