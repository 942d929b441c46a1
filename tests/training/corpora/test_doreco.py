"""DoReCo's Jejuan dataset, in exactly the layout of its release 1.2; what is said is our own."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from tones import RATE

from kosorong.audio.wav import read_audio, write_wav
from kosorong.errors import CorpusError
from kosorong.text.sound.symbols import SYMBOLS
from kosorong.training.corpora.doreco import hangul
from kosorong.training.corpora.importers import PHONES, import_speech
from kosorong.training.corpora.packed import pack
from kosorong.training.corpora.phones import read_phones
from kosorong.training.export.int8_calibration import rare_symbols
from kosorong.training.glow_tts.data import AcousticData
from kosorong.training.glow_tts.experiment import AcousticExperiment, AcousticRecipe
from kosorong.training.glow_tts.model import (
    DecoderConfig,
    DurationConfig,
    EncoderConfig,
    GlowTtsConfig,
)

METADATA = (
    "id,name,spk_code,spk_age,spk_age_c,spk_sex,rec_date,rec_date_c,genre,genre_stim,gloss,transl,"
    "sound_quality,background_noise,word_tokens,extended\n"
    "T001,toy0001,AAA1,70,approximate,f,2015-08-13,certain,conversation,na,all,Korean/English,"
    "medium,punctual,20,no\n"
    "T002,toy0002-03,BBB1/CCC1,60/80,approximate,m/f,2015-08-15,certain,conversation,na,all,"
    "English,good,punctual,20,no\n"
    "T003,toy0003,DDD1,60,approximate,m,2015-08-15,certain,conversation,na,no,English,good,na,9,yes\n"
)

# Each word is its phones; a pause is seconds; a label stands for a word.
HONJEO = [["h", "Q", "n", "ts\\", "@"], ["o", "p", "s:", "@"]]
TALK = [0.5, *HONJEO, 0.4, ["m", "Q", "l"], ["t", "Q", "l:", "a"], "<<fs>ta>", 0.6]
TALK += [["j", "Q", "t", "a", "p"], ["k", "1", "J", "a", "N"], 0.1]
TALK += [["ts\\:", "o", "k:", "o", "m"], ["m", "w", "@"], ["k_h", "a", "t", "i"], 0.8]


def intervals(
    talk: list[Any], rate: float = 0.1
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    """Words and phones with their times, as tiers have them."""
    at, words, phones = 0.0, [], []
    for one in talk:
        start = at
        if isinstance(one, float):
            at = round(at + one, 3)
            phones.append((start, at, "<p:>"))
            words.append((start, at, "<p:>"))
            continue
        for phone in [one] if isinstance(one, str) else one:
            phones.append((at, round(at + rate, 3), phone))
            at = round(at + rate, 3)
        words.append((start, at, one if isinstance(one, str) else "".join(one)))
    return words, phones


def textgrid(path: Path, tiers: dict[str, list[tuple[Any, ...]]], end: float) -> None:
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0.000"]
    lines += [f"xmax = {end:.3f}", "tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for n, (name, tier) in enumerate(tiers.items(), 1):
        lines += [f"\titem [{n}]:", '\t\tclass = "IntervalTier"', f'\t\tname = "{name}"']
        lines += ["\t\txmin = 0.000", f"\t\txmax = {end:.3f}", f"\t\tintervals: size = {len(tier)}"]
        for k, (start, stop, text) in enumerate(tier, 1):
            lines += [f"\t\tintervals [{k}]:", f"\t\t\txmin = {start:.3f}"]
            lines += [f"\t\t\txmax = {stop:.3f}", f'\t\t\ttext = "{text}"']
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def recording(folder: Path, name: str, talks: dict[str, list[object]], core: set[str]) -> None:
    """One recording: a tone where its first speaker talks, and all that is written about it."""
    stem = f"doreco_jeju1234_{name}"
    end = max(intervals(talk)[1][-1][1] for talk in talks.values())
    tiers: dict[str, list[tuple[Any, ...]]] = {}
    for who, talk in talks.items():
        words, phones = intervals(talk)
        spoken = [(a, b, t if t == "<p:>" else f"0001_DoReCo_{stem}") for a, b, t in words]
        tiers |= {f"ref@{who}": spoken, f"ft@{who}": [(0.0, end, 'He said ""go"".')]}
        tiers |= {f"tx@{who}": [(0.0, end, "hɒnt͡ɕə ops͈ə")], f"wd@{who}": words}
        tiers |= {f"ph@{who}": phones} if who in core else {}
        tiers |= {f"{who}_word-gls-en": words}
    textgrid(folder / f"{stem}.TextGrid", tiers, end)
    sound = np.zeros(round((end + 0.2) * RATE), np.float32)
    time = np.arange(len(sound)) / RATE
    for start, stop, text in intervals(next(iter(talks.values())))[1]:
        if text != "<p:>":
            inside = (time >= start) & (time < stop)
            pitch = 120 + sum(map(ord, text)) % 97 * 5
            sound[inside] = 0.2 * np.sin(2 * np.pi * pitch * time[inside])
    write_wav(folder / f"{stem}.wav", sound, RATE)


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "doreco_jeju1234_core"
    folder.mkdir()
    (folder / "doreco_jeju1234_metadata.csv").write_text(METADATA, encoding="utf-8")
    (folder / "doreco_jeju1234_dataset-info.txt").write_text("CC BY 4.0\n", encoding="utf-8")
    recording(folder, "toy0001", {"AAA1": TALK, "SUK1": [0.5 + 4.7, "<<bc>ɨ̃>", 0.3]}, {"AAA1"})
    other = [0.3, *HONJEO, 0.5, ["p", "Q", "l", "k", "1", "n"], ["t", "Q", "l"], 3.0]
    later: list[object] = [3.0, ["n", "Q", "m", "u", "l"], ["m", "j", "@", "N"], "<<ui>>", 0.5]
    recording(folder, "toy0002-03", {"BBB1": other, "CCC1": later}, {"BBB1", "CCC1"})
    recording(folder, "toy0003", {"DDD1": other}, {"DDD1"})
    return folder


def test_utterances_are_cut_at_pauses_and_written_in_hangul(dataset: Path, tmp_path: Path) -> None:
    done = import_speech("doreco", dataset, tmp_path / "corpus")
    assert [(u.speaker, u.text) for u in done.utterances] == [
        ("AAA1", "ᄒᆞᆫ저 옵써"),
        ("AAA1", "ᄋᆢ답 그냥"),
        ("BBB1", "ᄒᆞᆫ저 옵써"),
        ("BBB1", "ᄇᆞᆯ근 ᄃᆞᆯ"),
    ]
    assert {u.language for u in done.utterances} == {"jje"}
    reasons = "\n".join(done.refused)
    assert "'<<fs>ta>': a false start" in reasons
    assert "'<<ui>>': nobody knows what is said" in reasons
    assert "another speaker talks at the same time" in reasons
    # Who is not of the core has no phones that were checked.
    assert not any("DDD1" in u.speaker for u in done.utterances)


def test_the_times_of_phones_are_kept_from_the_beginning_of_the_sound(
    dataset: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    done = import_speech("doreco", dataset, corpus)
    phones = read_phones(corpus / PHONES)
    assert list(phones) == [u.id for u in done.utterances]
    first = phones[done.utterances[0].id]
    assert [one.name for one in first] == [phone for word in HONJEO for phone in word]
    samples, rate = read_audio(corpus / done.utterances[0].audio)
    sounding = np.flatnonzero(np.abs(samples) > 0.01)
    assert first[0].start == pytest.approx(sounding[0] / rate, abs=0.02)
    assert first[-1].end == pytest.approx(sounding[-1] / rate, abs=0.02)
    assert all(a.end == pytest.approx(b.start, abs=1e-3) for a, b in pairwise(first))
    (corpus / "manifest.tsv").unlink()
    import_speech("doreco", dataset, corpus)
    assert read_phones(corpus / PHONES) == phones


@pytest.mark.parametrize(
    ("phones", "word"),
    [
        ("k 1 J a N i", "그냥이"),
        ("ts\\ a 4 i m: e", "자림메"),
        ("t w e N", "뒝"),
        ("m w @", "뭐"),
        ("j @ N", "영"),
        ("s\\_h i k: @ N", "시껑"),
        ("o a m s_h @", "오암서"),
        ("t: 1 l: a k", "뜰락"),
        ("j Q l m E", "ᄋᆢᆯ매"),
        ("n o h m @ N", "노흐멍"),
        ("p o s_h", "봇"),
    ],
)
def test_phones_become_syllables(phones: str, word: str) -> None:
    expected = {"봇": "볻"}.get(word, word)
    assert hangul(phones.split()) == expected


def test_an_unknown_phone_and_a_folder_without_its_parts_are_errors(
    dataset: Path, tmp_path: Path
) -> None:
    with pytest.raises(CorpusError, match="'X'"):
        hangul(["X", "a"])
    for grid in dataset.glob("*.TextGrid"):
        grid.unlink()
    with pytest.raises(CorpusError, match="TextGrid"):
        import_speech("doreco", dataset, tmp_path / "corpus")
    (dataset / "doreco_jeju1234_metadata.csv").unlink()
    with pytest.raises(CorpusError, match="metadata"):
        import_speech("doreco", dataset, tmp_path / "corpus")


def test_a_step_of_training_on_it_moves_arae_a(dataset: Path, tmp_path: Path) -> None:
    import_speech("doreco", dataset, tmp_path / "corpus")
    sizes = GlowTtsConfig(
        EncoderConfig(channels=16, inner=16, layers=1),
        DurationConfig(inner=16),
        DecoderConfig(blocks=2, hidden=16, layers=1),
        speaker_channels=4,
    )
    corpus = pack(tmp_path / "corpus")
    experiment = AcousticExperiment(
        AcousticRecipe(main_speaker="AAA1", model=sizes, batch_size=4), corpus
    )
    experiment.prepare(0)
    rows = experiment.model.encoder.embed.weight
    before = rows.detach().clone()
    for group in experiment.optimizers["model"].param_groups:
        group["lr"] = 1e-2
    experiment.train_step(1)
    for vowel in "ᆞᆢ":
        at = SYMBOLS.index(vowel)
        assert not torch.equal(rows[at], before[at])
        assert rows.grad is None or bool(rows.grad[at].any())
    heard = rare_symbols(AcousticData(corpus, blanks=True, squeeze=2))
    assert heard["ᆞ"] > 0
