"""An older bundle gets arae-a, and a tone from recordings; its weights stay."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kosorong.bundle import open_bundle, write_bundle
from kosorong.speech.voice import Engine
from kosorong.text.sound.symbols import SYMBOLS
from kosorong.training.corpora.packed import PackedCorpus
from kosorong.training.export.card import record
from kosorong.training.export.renewal import renew_voice
from kosorong.training.toy import make_toy_voice


def test_an_older_bundle_is_renewed_and_its_weights_stay(
    tmp_path: Path, tiny_corpus: PackedCorpus
) -> None:
    new = make_toy_voice(tmp_path / "new")
    config = json.loads(json.dumps(dict(new.info.config)))
    for voice in config["voices"]:
        del voice["mixtures"]
    config["substitutes"] = {"ᆞ": "ᅩ", "ᆢ": "ᅭ"}
    files = {name: new.file(name).read_bytes() for name in new.files}
    old = write_bundle(
        tmp_path / "old",
        replace(new.info, config=config, credit="somebody"),
        files,
        "# old\n\n## Understood by X\n\nratio\n\n## Held-out sentences\n\nfigures\n",
    )
    record(old.path, "Understood by X", "ratio 2", {"one, X ratio": "2"}, first=True)
    old = open_bundle(old.path, "voice")
    araea = SYMBOLS.index("ᆞ")
    assert len(Engine.open(old.path).settings.speakers[0].stand_ins[araea]) == 1
    made = renew_voice(old.path, tiny_corpus, old.path)
    again = open_bundle(old.path, "voice")
    assert again.fingerprint == made.fingerprint != old.fingerprint
    assert {name: again.file(name).read_bytes() for name in again.files} == files
    speaker = Engine.open(old.path).settings.speakers[0]
    assert len(speaker.stand_ins[araea]) == 3
    assert len(speaker.tone) == 80
    assert "guess" in again.info.credit
    card = (old.path / "README.md").read_text(encoding="utf-8")
    # The old sound's figures are not those of the new one; the weights' own figures stay.
    assert "Understood by" not in card
    assert "Held-out" not in card
    assert "one, X ratio" not in again.info.quality
    assert again.info.quality["storage"] == new.info.quality["storage"]
    assert renew_voice(old.path, tiny_corpus, old.path).info.credit == again.info.credit


def test_a_bundle_stays_whole_where_renewing_it_in_place_fails(
    tmp_path: Path, tiny_corpus: PackedCorpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = make_toy_voice(tmp_path / "voice").path
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fails(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kosorong.training.export.toned.tones", fails)
    with pytest.raises(KeyboardInterrupt):
        renew_voice(folder, tiny_corpus, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_voice_that_learnt_arae_a_keeps_it(tmp_path: Path, tiny_corpus: PackedCorpus) -> None:
    new = make_toy_voice(tmp_path / "new")
    files = {name: new.file(name).read_bytes() for name in new.files}
    info = replace(new.info, quality={**new.info.quality, "rare_symbols": {"…": 0}}, credit="me")
    learnt = write_bundle(tmp_path / "learnt", info, files, "# learnt\n")
    made = renew_voice(learnt.path, tiny_corpus, learnt.path)
    assert made.info.credit == "me"
    assert all(voice["mixtures"] == {} for voice in made.info.config["voices"])
