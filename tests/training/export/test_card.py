"""What is measured of a bundle stands in its card."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kosorong.bundle import open_bundle
from kosorong.errors import BundleError
from kosorong.training.export.card import record, voice_card
from kosorong.training.toy import make_toy_voice


def test_figures_stand_in_the_card_and_the_weights_stay(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "voice")
    record(bundle.path, "Held-out sentences", "| a |\n|---|\n| 1 |", {"one, error": "9.9 %"})
    record(bundle.path, "Other", "text", {"other": "2"})
    record(bundle.path, "Held-out sentences", "| a |\n|---|\n| 3 |", {"one, error": "3.0 %"})
    again = open_bundle(bundle.path, "voice")
    assert again.fingerprint == bundle.fingerprint
    assert dict(again.info.quality)["one, error"] == "3.0 %"
    assert dict(again.info.quality)["other"] == "2"
    card = (bundle.path / "README.md").read_text(encoding="utf-8")
    assert card.count("## Held-out sentences") == card.count("## Other") == 1
    assert "| 3 |" in card
    assert "| 1 |" not in card
    assert "## Files" in card or card.startswith("## ")
    assert json.loads((bundle.path / "bundle.json").read_text(encoding="utf-8"))["format"] == 1


def test_a_strangers_figures_stand_first(tmp_path: Path) -> None:
    bundle = make_toy_voice(tmp_path / "voice")
    (bundle.path / "README.md").write_text("# toy\n\nA voice.\n\n## Figures\n\nold\n", "utf-8")
    record(bundle.path, "Held-out sentences", "table", {"one, error": "9.9 %"})
    for ratio in ("3.00", "2.00"):
        record(bundle.path, "Understood by X", f"ratio {ratio}", {"one, X": ratio}, first=True)
    assert next(iter(open_bundle(bundle.path, "voice").info.quality.items())) == ("one, X", "2.00")
    card = (bundle.path / "README.md").read_text(encoding="utf-8")
    assert "ratio 3.00" not in card
    headings = [line for line in card.splitlines() if line.startswith("## ")]
    assert headings == ["## Understood by X", "## Figures", "## Held-out sentences"]
    assert card.startswith("# toy\n\nA voice.\n\n## Understood by X\n\nratio 2.00\n\n## Figures")


def test_a_folder_without_a_bundle_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        record(tmp_path, "Held-out sentences", "", {})


def test_a_card_says_that_arae_a_is_a_guess_and_only_where_it_is(tmp_path: Path) -> None:
    info = make_toy_voice(tmp_path / "voice").info
    assert "It is the machine's guess" in voice_card(info)
    assert "`toy` ᆞ = 0.35 ᅩ + 0.25 ᅥ + 0.4 ᅡ" in voice_card(info)
    assert info.credit.endswith("the machine's guess, which no speaker has confirmed yet")
    voices = [{**voice, "mixtures": {}} for voice in info.config["voices"]]
    learnt = replace(info, config={**info.config, "voices": voices}, credit="somebody's")
    assert "guess" not in voice_card(learnt)
    assert "## Known limits\nThe voices are synthetic" in voice_card(learnt)
