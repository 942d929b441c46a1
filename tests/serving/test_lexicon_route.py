"""`GET /lexicon`, with the bundled translator's lexicon."""

from __future__ import annotations

import pytest
from asking import ask
from flask import Flask

from kosorong.bundle import find_bundle
from kosorong.serving.app import create_app
from kosorong.serving.models import Models
from kosorong.serving.settings import Settings
from kosorong.translation.translator import NeuralTranslator


@pytest.fixture(scope="module")
def lexical(models: Models) -> Flask:
    translator = NeuralTranslator(find_bundle("translator"))
    return create_app(Models(translator, models._engine, translator.bundle), Settings())


def korean_of(app: Flask, form: str) -> list[str]:
    answer = ask(app, "GET", f"/lexicon?form={form}")
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["form"] == form
    return [row["korean"] for row in answer.get_json()["rows"]]


@pytest.mark.parametrize(
    ("form", "korean"),
    [
        ("바다", "바다"),
        ("바당", "바다"),
        ("바다에서는", "바다"),
        ("바당이", "바다"),
        ("가르쳤습니다", "가르치다"),
        ("ᄀᆞ르쳣수다", "가르치다"),
        ("가까이에", "가까이"),
        ("ᄌᆞ꼇디", "가까이"),
        ("도새기를", "돼지"),
    ],
)
def test_a_word_is_looked_up_in_any_form_of_either_language(
    lexical: Flask, form: str, korean: str
) -> None:
    assert korean in korean_of(lexical, form)


def test_each_word_of_a_sentence_is_looked_up(lexical: Flask) -> None:
    assert {"바다", "가다", "돼지"} <= set(korean_of(lexical, "돼지가 바다에 갔다."))


def test_a_row_names_forms_evidence_licence_and_credit(lexical: Flask) -> None:
    rows = ask(lexical, "GET", "/lexicon?form=가볍다").get_json()["rows"]
    (row,) = (x for x in rows if x["korean"] == "가볍다")
    assert row["forms"][0] == {"form": "가벱다", "region": ""}
    assert (row["part_of_speech"], row["weight"]) == ("adjective", 3)
    assert "prov_dict_words:554" in row["evidence"]
    assert row["licence"] == "CC-BY-SA-4.0"
    assert "Jeju Special Self-Governing Province" in row["credit"]
    assert "우리말샘" in row["credit"]


def test_a_word_that_nobody_decided_on_has_no_row(lexical: Flask) -> None:
    assert korean_of(lexical, "뷁뷁") == []


@pytest.mark.parametrize("form", ["", "%20", "가" * 201])
def test_what_cannot_be_looked_up_is_refused_with_the_cure(lexical: Flask, form: str) -> None:
    answer = ask(lexical, "GET", f"/lexicon?form={form}")
    assert answer.status_code == 400
    assert answer.get_json()["where"] == "form"
