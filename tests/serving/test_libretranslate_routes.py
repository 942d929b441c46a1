from __future__ import annotations

from typing import Any

import pytest
from asking import ask, post
from flask import Flask


def _translated(app: Flask, **content: Any) -> Any:
    answer = post(app, "/translate", {"source": "ko", "target": "jje", "format": "text", **content})
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_text_a_list_and_a_form_are_translated_alike(app: Flask) -> None:
    assert _translated(app, q="어서 갑니다.") == {"translatedText": "ᄒᆞᆫ저 갑니다."}
    assert _translated(app, q=["어서", "", "있습니다."]) == {
        "translatedText": ["ᄒᆞᆫ저", "", "있수다."]
    }
    form = {"q": "어서 갑니다.", "source": "ko", "target": "jje", "api_key": "any"}
    assert ask(app, "POST", "/translate", data=form).json == {"translatedText": "ᄒᆞᆫ저 갑니다."}


def test_the_way_back(app: Flask) -> None:
    made = _translated(app, q="ᄒᆞᆫ저 있수다.", source="jje", target="ko")
    assert made == {"translatedText": "어서 있습니다."}


def test_lines_stay_lines(app: Flask) -> None:
    assert _translated(app, q="어서.\n\n어서.")["translatedText"] == "ᄒᆞᆫ저.\n\nᄒᆞᆫ저."


def test_lines_keep_their_white_space_and_the_last_its_end(app: Flask) -> None:
    made = _translated(app, q="  어서  있습니다.\n\t어서.\n")
    assert made["translatedText"] == "  ᄒᆞᆫ저  있수다.\n\tᄒᆞᆫ저.\n"


@pytest.mark.parametrize(
    ("format_", "text", "wanted"),
    [
        ("html", "<p>어서 <b>있습니다.</b></p><li>어서", "<p>ᄒᆞᆫ저 <b>있수다.</b></p><li>ᄒᆞᆫ저"),
        ("html", "<b>어서</b>\n있습니다&excl;", "<b>ᄒᆞᆫ저</b>\n있수다&excl;"),
        (
            "html",
            "<p translate=no>어서</p><code>어서</code>",
            "<p translate=no>어서</p><code>어서</code>",
        ),
        ("markdown", "# 어서\n\n> **어서**\n> 있습니다\n", "# ᄒᆞᆫ저\n\n> **ᄒᆞᆫ저**\n> 있수다\n"),
        ("text", "<p>어서 <b>있습니다.</b></p>", "<p>ᄒᆞᆫ저 <b>있수다.</b></p>"),
    ],
)
def test_markup_stays_and_the_words_in_it_are_translated(
    app: Flask, format_: str, text: str, wanted: str
) -> None:
    made = _translated(app, q=[text, text], format=format_, alternatives=1)
    assert made["translatedText"] == [wanted, wanted]


def test_of_a_page_the_language_of_what_is_said_is_told(app: Flask) -> None:
    page = "<p title='안녕하십니까 여러분'>ᄒᆞᆫ저 옵서.</p><script>어서 오십시오</script>"
    made = _translated(app, q=page, source="auto", target="ko", format="html")
    assert made["detectedLanguage"]["language"] == "jje"
    assert made["translatedText"] == page.replace("ᄒᆞᆫ저", "어서")


def test_a_page_has_the_limits_of_a_text(app: Flask) -> None:
    answer = post(app, "/translate", {"q": "<b>어서</b>" * 5_000, "format": "html"})
    assert answer.status_code == 413


def test_auto_says_what_it_took_the_text_for(app: Flask) -> None:
    made = _translated(app, q="ᄒᆞᆫ저 옵서.", source="auto", target="ko")
    assert made["detectedLanguage"]["language"] == "jje"
    assert made["detectedLanguage"]["confidence"] > 90
    assert made["translatedText"] == "어서 옵서."
    many = _translated(app, q=["어서 갑니다.", "ᄒᆞᆫ저 옵서."], source="auto", target="jje")
    assert [one["language"] for one in many["detectedLanguage"]] == ["ko", "jje"]
    assert many["translatedText"] == ["ᄒᆞᆫ저 갑니다.", "ᄒᆞᆫ저 옵서."]


def test_alternatives_are_given_where_there_are_some(app: Flask) -> None:
    # Of two letters there is no other translation.
    assert _translated(app, q="OK", alternatives=3)["alternatives"] == []
    assert "alternatives" not in _translated(app, q="어서")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"q": ""}, "q"),
        ({"q": []}, "q"),
        ({"q": [3]}, "q"),
        ({"source": "en"}, "source"),
        ({"target": "auto"}, "target"),
        ({"format": "pdf"}, "format"),
        ({"alternatives": -1}, "alternatives"),
    ],
)
def test_errors_name_the_field(app: Flask, change: dict[str, Any], field: str) -> None:
    answer = post(app, "/translate", {"q": "어서", "source": "ko", "target": "jje", **change})
    assert answer.status_code == 400
    assert answer.json["error"].startswith(f"{field}: ")


def test_the_likelier_language_comes_first(app: Flask) -> None:
    first, second = post(app, "/detect", {"q": "바당에 감수다."}).json
    assert (first["language"], second["language"]) == ("jje", "ko")
    assert first["confidence"] + second["confidence"] == pytest.approx(100, abs=0.2)


def test_languages_are_listed_even_where_a_body_comes(app: Flask) -> None:
    content = ask(app, "GET", "/languages", data=b"{}").json
    assert [one["code"] for one in content] == ["ko", "jje"]
    assert content[0]["targets"] == ["ko", "jje"]
