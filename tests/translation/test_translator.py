from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kosorong.bundle import open_bundle, write_bundle
from kosorong.errors import BundleError, UsageError
from kosorong.ports import Link, Translation, Translator
from kosorong.translation.fingerprint import joined_digest
from kosorong.translation.links import likeness, links_from_attention
from kosorong.translation.pieces import joined, pieces_of
from kosorong.translation.translator import NeuralTranslator
from toy_bundles import GRAMMAR_TABLES, make_toy_translator


@pytest.fixture(scope="session")
def untrained_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a bundle whose model knows nothing, so that checks must catch it."""
    folder = tmp_path_factory.mktemp("bundles") / "untrained"
    return make_toy_translator(folder, tmp_path_factory.mktemp("weights")).path


@pytest.fixture(scope="session")
def grammar_bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a bundle whose rules are stems and a grammar."""
    folder = tmp_path_factory.mktemp("bundles") / "grammar"
    scratch = tmp_path_factory.mktemp("weights")
    return make_toy_translator(folder, scratch, GRAMMAR_TABLES).path


class SayingEngine:
    """Stands in for CTranslate2 and says what it is told."""

    def __init__(self, owner: NeuralTranslator, says: str, score: float = -0.1) -> None:
        self.units = owner._tokenizer.encode(says)
        self.score = score
        self.calls = 0

    def translate_batch(self, prompts: list[list[str]], **options: Any) -> list[SimpleNamespace]:
        self.calls += 1
        return [
            SimpleNamespace(
                hypotheses=[self.units],
                scores=[self.score],
                attention=[[[1.0 / len(p)] * len(p) for _ in self.units]],
            )
            for p in prompts
        ]

    def score_batch(
        self, prompts: list[list[str]], units: list[list[str]], **options: Any
    ) -> list[SimpleNamespace]:
        return [SimpleNamespace(log_probs=[self.score] * (len(one) + 1)) for one in units]


@pytest.fixture
def translator(untrained_bundle: Path) -> NeuralTranslator:
    return NeuralTranslator(untrained_bundle)


def _saying(translator: NeuralTranslator, says: str, score: float = -0.1) -> SayingEngine:
    engine = SayingEngine(translator, says, score)
    translator._engine = engine
    return engine


def test_it_is_a_translator(translator: NeuralTranslator, untrained_bundle: Path) -> None:
    port: Translator = translator
    own = open_bundle(untrained_bundle, "translator").fingerprint
    # The rules in code write a translation too.
    assert port.fingerprint == joined_digest(own) != own


def test_an_untrained_model_is_caught_and_the_rules_stand_in(translator: NeuralTranslator) -> None:
    made = translator.translate(["어서 가겠습니다. 3시에 KTX 타고"])[0]
    assert made.text == "ᄒᆞᆫ저 가겠수다. 3시에 KTX 타고"
    assert made.provenance == "rules"
    assert "stand in" in made.warnings[0]
    assert made.confidence < 0.5
    assert Link(0, 0, 1.0) in made.links


@pytest.mark.parametrize(
    ("strength", "text", "links"),
    [
        (1 / 3, "영수가 바다처럼 먹엄수다.", [(0, 0), (1, 1), (2, 2), (3, 2)]),
        (2 / 3, "영수가 바다추룩 먹엄수다.", [(0, 0), (1, 1), (2, 2), (3, 2)]),
        (0.9, "영수가 바당추룩 먹엄수다.", [(0, 0), (1, 1), (2, 2), (3, 2)]),
    ],
)
def test_a_table_of_stems_gives_every_step_with_links_and_confidence(
    grammar_bundle: Path, strength: float, text: str, links: list[tuple[int, int]]
) -> None:
    translator = NeuralTranslator(grammar_bundle)
    made = translator.translate(["영수가 바다처럼 먹고 있습니다."], strength=strength)[0]
    assert (made.text, made.provenance, made.warnings) == (text, "rules", ())
    assert [(link.source, link.target) for link in made.links] == links
    assert len(made.word_confidences) == len(text.split())


def test_what_a_table_of_stems_knows_is_no_name(grammar_bundle: Path) -> None:
    translator = NeuralTranslator(grammar_bundle)
    _saying(translator, "바당을 만나는 영수")
    made = translator.translate(["바다를 만나는 영수가"])[0]
    assert (made.text, made.provenance) == (
        "바당을 만나는 영수",
        f"nmt:{translator.fingerprint}",
    )


def test_a_sound_output_is_given_with_links_and_confidence(translator: NeuralTranslator) -> None:
    _saying(translator, "ᄒᆞᆫ저 옵서.", score=-0.105)
    made = translator.translate(["어서 오십시오."])[0]
    assert (made.text, made.warnings) == ("ᄒᆞᆫ저 옵서.", ())
    assert made.provenance == f"nmt:{translator.fingerprint}"
    assert made.confidence == pytest.approx(0.9, abs=0.001)
    assert {link.target for link in made.links} == {0, 1}


def test_modern_spelling_holds_no_araea(translator: NeuralTranslator) -> None:
    _saying(translator, "ᄒᆞᆫ저 옵서.")
    assert translator.translate(["어서 오십시오."], spelling="modern")[0].text == "혼저 옵서."
    assert translator.translate_by_rules(["어서"], spelling="modern") == ["혼저"]


def test_an_output_below_the_least_confidence_gives_way(
    untrained_bundle: Path, tmp_path: Path
) -> None:
    old = open_bundle(untrained_bundle, "translator")
    files: dict[str, Path | bytes] = {name: old.file(name) for name in old.files}
    config = {"least_confidence": 0.5}
    write_bundle(tmp_path / "shy", replace(old.info, config=config), files, "")
    translator = NeuralTranslator(tmp_path / "shy")
    _saying(translator, "ᄒᆞᆫ저 옵서.", score=-2.0)
    made = translator.translate(["어서 오십시오."])[0]
    assert made.provenance == "rules"
    assert "unsure" in made.warnings[0]


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        ("KTX 12 😀", "No Hangul"),
        ("海", "No Hangul"),
        ("ᄒᆞᆫ저 옵서", "Jeju already"),
        ("가" * 100, "left alone"),
    ],
)
def test_what_cannot_be_translated_is_copied_and_said(
    translator: NeuralTranslator, text: str, warning: str
) -> None:
    engine = _saying(translator, "x")
    made = translator.translate([text])[0]
    assert (made.text, made.provenance, engine.calls) == (text, "copy", 0)
    assert any(warning in w for w in made.warnings)


def test_markup_is_left_to_the_rules(translator: NeuralTranslator) -> None:
    made = translator.translate(["<b>어서</b> 좋습니다"])[0]
    assert made.text == "<b>어서</b> 좋수다"
    assert any("Markup" in w for w in made.warnings)


@pytest.mark.parametrize(
    ("strength", "text"), [(0.0, "어서 좋습니다"), (0.3, "어서 좋수다"), (0.9, "ᄒᆞᆫ저 좋수다")]
)
def test_strengths_below_one_are_the_rules_work(
    translator: NeuralTranslator, strength: float, text: str
) -> None:
    engine = _saying(translator, "x")
    assert translator.translate(["어서 좋습니다"], strength=strength)[0].text == text
    assert engine.calls == 0


def test_results_keep_the_order_and_empty_texts_stay(translator: NeuralTranslator) -> None:
    _saying(translator, "옵서.")
    made = translator.translate(["", "오세요.", "12", "오십시오."])
    assert [m.text for m in made] == ["", "옵서.", "12", "옵서."]
    assert translator.translate([]) == []


def test_long_texts_are_cut_and_joined_without_losing_a_word(translator: NeuralTranslator) -> None:
    text = " ".join(["좋습니다"] * 300)
    made = translator.translate([text])[0]
    assert len(made.text.split()) == 300
    assert {link.target for link in made.links} == set(range(300))


def test_a_prompt_beyond_the_models_positions_is_left_to_the_rules(
    translator: NeuralTranslator,
) -> None:
    made = translator.translate([" ".join(["꽭쉙솳"] * 30)])[0]
    assert made.provenance == "rules"
    assert "too long" in made.warnings[0]


def test_pieces_end_at_punctuation_and_hold_every_word() -> None:
    text = "하나 둘 셋, 넷 다섯 여섯. 일곱 여덟 아홉"
    pieces = pieces_of(text, longest=14)
    assert " ".join(pieces) == text
    assert pieces[0] == "하나 둘 셋,"
    assert all(len(piece) <= 14 for piece in pieces)


def test_joining_moves_links_and_keeps_the_lowest_confidence() -> None:
    one = Translation("가 나", (Link(0, 1, 1.0),), 0.9, "nmt:x")
    two = Translation("다", (Link(0, 0, 1.0),), 0.3, "rules", ("w",))
    made = joined([("a", one), ("b", two)])
    assert made.text == "가 나 다"
    assert made.links == (Link(0, 1, 1.0), Link(1, 2, 1.0))
    assert (made.confidence, made.provenance, made.warnings) == (0.3, "nmt:x+rules", ("w",))


def test_every_word_of_both_sides_is_linked() -> None:
    attention = [[0.6, 0.3, 0.1, 0.0], [0.0, 0.0, 0.2, 0.8]]
    links = links_from_attention(attention, [-1, 0, 1, 1], [0, 0])
    assert links == (Link(0, 0, 0.214), Link(1, 0, 0.786))


def test_likeness_mends_what_attention_misses() -> None:
    attention = [[0.4, 0.6], [0.5, 0.5]]
    alike = likeness(["바다에", "갑니다"], ["바당에", "감수다"], ["바당에", "감수다"])
    links = links_from_attention(attention, [0, 1], [0, 1], alike)
    assert [(link.source, link.target) for link in links] == [(0, 0), (1, 1)]


@pytest.mark.parametrize(
    ("options", "valid"),
    [
        ({"target": "en"}, "ko, jje"),
        ({"source": "x"}, "ko, jje"),
        ({"spelling": "old"}, "araea, modern"),
        ({"strength": 1.5}, "0 to 1"),
        ({"strength": float("nan")}, "0 to 1"),
    ],
)
def test_wrong_options_name_the_valid_ones(
    translator: NeuralTranslator, options: dict[str, Any], valid: str
) -> None:
    with pytest.raises(UsageError) as raised:
        translator.translate(["가"], **options)
    assert valid in raised.value.cure


def test_a_bundle_with_other_tags_is_refused(untrained_bundle: Path, tmp_path: Path) -> None:
    old = open_bundle(untrained_bundle, "translator")
    files: dict[str, Path | bytes] = {name: old.file(name) for name in old.files}
    content = old.file("tokenizer.json").read_text(encoding="utf-8")
    files["tokenizer.json"] = content.replace("<hint>", "<clue>").encode()
    write_bundle(tmp_path / "other", old.info, files, "")
    with pytest.raises(BundleError, match="tags"):
        NeuralTranslator(tmp_path / "other")


def test_broken_weights_are_refused_with_a_cure(untrained_bundle: Path, tmp_path: Path) -> None:
    old = open_bundle(untrained_bundle, "translator")
    files: dict[str, Path | bytes] = {name: old.file(name) for name in old.files}
    write_bundle(tmp_path / "broken", old.info, files | {"ct2/model.bin": b"x"}, "")
    with pytest.raises(BundleError, match="cannot be loaded"):
        NeuralTranslator(tmp_path / "broken")


def test_the_network_is_not_asked_where_the_rules_serve(
    untrained_bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translator = NeuralTranslator(untrained_bundle)
    monkeypatch.setattr(translator, "_network_towards", frozenset({"ko"}))
    _saying(translator, "ᄒᆞᆫ저 옵서.", score=-0.01)
    made = translator.translate(["어서 가겠습니다."])[0]
    assert (made.provenance, made.warnings) == ("rules", ())
