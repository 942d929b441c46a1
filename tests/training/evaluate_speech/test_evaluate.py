from __future__ import annotations

import json
import wave
from pathlib import Path

import numpy as np
import pytest
import torch

from kosorong.audio.mel import definition_hash
from kosorong.config import MEL
from kosorong.errors import CorpusError, TrainingError
from kosorong.ports import Speech
from kosorong.speech.voice import Engine
from kosorong.text.reading import read
from kosorong.text.sound.symbols import SYMBOLS, SYMBOLS_HASH
from kosorong.training.common.checkpoints import CheckpointFolder
from kosorong.training.corpora.manifest import Split, Utterance, write_manifest
from kosorong.training.corpora.packed import pack
from kosorong.training.corpora.sound import speech_level
from kosorong.training.evaluate_speech import evaluate_run, evaluate_speech
from kosorong.training.evaluate_speech.evaluate import Scope
from kosorong.training.evaluate_speech.measures import MeasuredSound, compare, measure, summarise
from kosorong.training.evaluate_speech.speakers import (
    BundleTalker,
    RunTalker,
    Talker,
    Timing,
    VoiceTalker,
)
from kosorong.training.export.voice import export_voice
from kosorong.training.glow_tts.model import GlowTts, GlowTtsConfig
from kosorong.training.judges.own import OwnRecogniser
from kosorong.training.recogniser.data import sounds
from kosorong.training.recogniser.listener import Listener
from kosorong.training.recogniser.model import Recogniser, RecogniserConfig
from kosorong.training.vocoder.model import Vocos, VocosConfig

RATE = MEL.sample_rate
TEXT = "바다가 보여요."
ACOUSTIC = {
    "encoder": {"channels": 16, "inner": 16, "layers": 1},
    "durations": {"inner": 8},
    "decoder": {"blocks": 2, "hidden": 8, "layers": 1},
    "speaker_channels": 4,
}
VOCODER = {"channels": 16, "blocks": 1}
LISTENER = {"channels": 16, "blocks": 2}


def _recording(hertz: float = 150.0) -> np.ndarray:
    times = np.arange(RATE // MEL.hop_length * MEL.hop_length) / RATE
    tone = 0.3 * np.sin(2 * np.pi * hertz * times) * (1 + 0.5 * np.sin(2 * np.pi * 3 * times))
    return tone.astype(np.float32)


class _Parrot(Talker):
    """Says the recording itself."""

    def __init__(self, audio: np.ndarray) -> None:
        self._audio = audio

    @property
    def name(self) -> str:
        return "parrot"

    def say(self, text: str, speaker: str, seed: int) -> np.ndarray:
        return self._audio

    def timing(self, text: str, speaker: str) -> Timing:
        symbols = read(text).symbols
        total = len(self._audio) // MEL.hop_length
        ends = np.arange(len(symbols) + 1) * total // len(symbols)
        return Timing(symbols, tuple(np.diff(ends).tolist()))

    def copy(self, mel: np.ndarray) -> np.ndarray:
        return self._audio


class _Voice:
    """A served voice that hums for as long as its text is."""

    name, fingerprint, sample_rate, credit = "hum", "0", RATE, "none"

    def speak(
        self, text: str, *, spoken: str | None = None, speed: float = 1.0, seed: int = 0
    ) -> Speech:
        return Speech(_recording()[: 2048 * len(text)], RATE)


def _corpus(folder: Path, split: Split = "test") -> Path:
    utterances = []
    for n, speaker in enumerate(["lmy", "lmy", "kih"]):
        with wave.open(str(folder / f"{n}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes((_recording(120 + 30 * n) * 32767).astype("<i2").tobytes())
        utterances.append(Utterance(f"u{n}", speaker, split, 1.0, f"{n}.wav", TEXT))
    write_manifest(folder, utterances)
    return folder


def _run(folder: Path, module: str, model: torch.nn.Module, description: dict[str, object]) -> Path:
    state = {
        "step": 7,
        "modules": {module: model.state_dict()},
        "average": {},
        "description": {"mel": definition_hash(), "symbols": SYMBOLS_HASH} | description,
    }
    CheckpointFolder(folder / "checkpoints").save(7, state)
    return folder


def _runs(folder: Path) -> tuple[Path, Path, Path]:
    from kosorong.training.common.recipes import parse_recipe

    torch.manual_seed(1)
    acoustic = GlowTts(parse_recipe(ACOUSTIC, GlowTtsConfig), len(SYMBOLS), 2)
    vocoder = Vocos(parse_recipe(VOCODER, VocosConfig))
    listener = Recogniser(parse_recipe(LISTENER, RecogniserConfig), len(SYMBOLS))
    return (
        _run(
            folder / "acoustic", "model", acoustic, {"model": ACOUSTIC, "speakers": ["kih", "lmy"]}
        ),
        _run(folder / "vocoder", "generator", vocoder, {"model": VOCODER}),
        _run(folder / "recogniser", "model", listener, {"model": LISTENER}),
    )


def test_a_voice_that_plays_the_recording_has_no_errors() -> None:
    audio = _recording()
    summary = summarise("lmy", [measure(_Parrot(audio), TEXT, "lmy", audio)])
    assert summary.length.median == 0
    assert summary.synthetic.mcd == pytest.approx(0, abs=1e-3)
    assert summary.synthetic.mel == pytest.approx(0, abs=1e-5)
    assert summary.synthetic.pitch.cents == pytest.approx(0, abs=1e-6)
    assert summary.synthetic.pitch.voicing == 0
    assert summary.copy_stft == pytest.approx(0, abs=1e-5)
    assert summary.overlong == 0


def test_a_floor_is_measured_beside_the_voice() -> None:
    audio = _recording()
    sentence = measure(_Parrot(audio), TEXT, "lmy", audio, floor=_Parrot(_recording(300)[:-8192]))
    summary = summarise("lmy", [sentence])
    assert summary.floor is not None
    assert summary.floor_length is not None
    assert summary.floor.mcd > 1
    assert summary.floor_length.median == pytest.approx(32 / 86, abs=1e-3)
    assert (summary.nll, summary.sound_error) == (None, None)


def test_a_higher_tone_is_so_many_cents_away() -> None:
    likeness = compare(
        MeasuredSound.of(_recording(300)), MeasuredSound.of(_recording(150)), warped=False
    )
    assert likeness.pitch.cents == pytest.approx(1200, abs=3)


def test_lengths_must_agree_where_nothing_is_warped() -> None:
    audio = _recording()
    with pytest.raises(ValueError, match="as many"):
        compare(MeasuredSound.of(audio), MeasuredSound.of(audio[:-2560]), warped=False)


def test_runs_are_measured_and_heard_and_reported(tmp_path: Path) -> None:
    acoustic, vocoder, recogniser = _runs(tmp_path)
    corpus = _corpus(tmp_path)
    out = tmp_path / "report"
    judge, scope = OwnRecogniser(recogniser), Scope(pictures=1, seeds=2)
    report = evaluate_run(acoustic, vocoder, corpus, judge=judge, scope=scope, out=out)
    assert [(s.speaker, s.sentences) for s in report.summaries] == [("lmy", 2), ("kih", 1)]
    assert report.judgement is not None
    main, other = report.judgement.speakers
    ladder = ["recorded", "copy", "latent", "half", "durations", "served"]
    assert list(main.tallies) == [*ladder, "served by kih"]
    assert list(other.tallies) == ladder
    assert [len(heard) for heard in main.sentences[0].heard.values()] == [1, 1, 1, 1, 1, 2, 2]
    table = (out / "speech.txt").read_text(encoding="utf-8")
    assert "acoustic at step 7, vocoder at step 7" in table
    assert table.index("understood by recogniser") < table.index("length, median error")
    assert "the ratio says little" in table
    assert "kih ÷ lmy, the same texts" in table
    assert "held out: 3 sentences, split 'test' of the corpus's manifest.tsv" in table
    assert "chosen on 'valid' (0 of these speakers), figures are told of 'test' (3)" in table
    assert "floor: espeak-ng is not installed" in table
    assert "ends: statements that fall, recorded" in table
    plain = json.loads((out / "speech.json").read_text(encoding="utf-8"))
    assert plain["speakers"]["lmy"]["synthetic"]["mcd"] > 0
    assert plain["speakers"]["lmy"]["nll"] == pytest.approx(report.summaries[0].nll, abs=1e-5)
    assert plain["speakers"]["lmy"]["sound_error"] > 0
    heard = plain["understood"]["speakers"]["lmy"]
    assert heard["rungs"]["recorded"]["ratio"]["value"] == 1
    assert len(heard["sentences"][0]["heard"]["served"]) == 2
    assert "lmy, held-out negative log-likelihood, nats" in report.figures()
    pictures = ["kih-melody.png", "kih-u2.png", "lmy-melody.png", "lmy-u0.png"]
    assert sorted(p.name for p in out.glob("*.png")) == pictures


def test_a_served_voice_is_judged_without_durations_and_copies(tmp_path: Path) -> None:
    talker = VoiceTalker("hum", {"lmy": _Voice()})
    report = evaluate_speech(talker, _corpus(tmp_path), scope=Scope(speakers=("lmy",), limit=1))
    (summary,) = report.summaries
    frames = 2048 * len(TEXT) // MEL.hop_length
    assert summary.length.bias == pytest.approx(frames / (RATE // MEL.hop_length) - 1, abs=1e-5)
    assert summary.overlong is None
    assert summary.copied is None
    assert "–" in report.table()


def test_reports_of_the_same_sentences_carry_the_same_fingerprint(tmp_path: Path) -> None:
    talker, corpus = VoiceTalker("hum", {"lmy": _Voice()}), _corpus(tmp_path)
    whole, same, part = (
        evaluate_speech(talker, corpus, scope=Scope(speakers=("lmy",), limit=limit, ends=0)).notes
        for limit in (0, 2, 1)
    )
    assert whole == same
    assert whole[0] != part[0]


def test_the_same_seed_says_the_same(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    talker = RunTalker(acoustic, vocoder)
    one, two, other = (talker.say(TEXT, "lmy", seed) for seed in (3, 3, 4))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, other)


def test_calibration_brings_lengths_nearer_to_the_recordings(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    corpus = pack(_corpus(tmp_path, split="train"))
    talker = RunTalker(acoustic, vocoder)
    before = sum(talker.timing(TEXT, "lmy").frames)
    talker.calibrate(corpus, ["lmy"])
    after = sum(talker.timing(TEXT, "lmy").frames)
    assert abs(after - corpus.frames(0)) < 0.5 * abs(before - corpus.frames(0))


def test_a_bundle_is_judged_like_the_runs_it_was_made_of(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    export_voice(acoustic, vocoder, tmp_path / "bundle", storage="float32")
    runs, bundle = RunTalker(acoustic, vocoder), BundleTalker(tmp_path / "bundle")
    assert bundle.speakers == ("lmy", "kih")
    mel = MeasuredSound.of(_recording()).mel
    assert np.abs(bundle.copy(mel) - runs.copy(mel)).max() < 1e-4
    ours, theirs = runs.timing(TEXT, "kih"), bundle.timing(TEXT, "kih")
    assert theirs.symbols == ours.symbols
    assert sum(theirs.frames) == pytest.approx(sum(ours.frames), abs=2)  # the flow's squeeze
    one, two = runs.fit(TEXT, "kih", mel), bundle.fit(TEXT, "kih", mel)
    assert one is not None
    assert two is not None
    assert two.nll == pytest.approx(one.nll, abs=1e-4)
    assert two.aligned == one.aligned
    report = evaluate_speech(bundle, _corpus(tmp_path), scope=Scope(limit=1))
    assert report.summaries[0].copy_stft is not None


def test_a_run_speaks_as_the_bundle_that_is_exported_from_it(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    corpus = pack(_corpus(tmp_path, split="train"))
    export_voice(acoustic, vocoder, tmp_path / "bundle", storage="float32", noise_scale=0.0)
    plain = BundleTalker(tmp_path / "bundle")
    runs = RunTalker(acoustic, vocoder, noise_scale=0.0)
    long = "바다가, 보여요. " * 40
    for text in (TEXT, "바다, 하늘, 산.", long):
        one, two = runs.say(text, "lmy", 0), plain.say(text, "lmy", 0)
        assert len(one) == len(two)
        assert np.abs(one - two).max() < 1e-3
    export_voice(
        acoustic, vocoder, tmp_path / "even", storage="float32", corpus=corpus, noise_scale=0.0
    )
    runs.calibrate(corpus, ["lmy", "kih"])
    toned = BundleTalker(tmp_path / "even")
    one, two = runs.say(TEXT, "lmy", 0), toned.say(TEXT, "lmy", 0)
    assert len(one) == len(two)
    assert np.abs(one - two).max() < 2e-2
    assert any(Engine.open(tmp_path / "even").settings.speakers[0].tone)


def test_what_is_timed_is_as_long_as_what_is_heard(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    export_voice(acoustic, vocoder, tmp_path / "bundle", storage="float32")
    text = "떡, 과일, 생선, 그리고 술을 올렸다."
    for talker in (RunTalker(acoustic, vocoder), BundleTalker(tmp_path / "bundle")):
        timed = sum(talker.timing(text, "lmy").frames)
        # Silence at the edges is cut.
        heard = len(talker.say(text, "lmy", 0)) / MEL.hop_length
        assert heard <= timed <= heard + 40


def test_every_rung_with_a_latent_is_as_loud_as_what_is_served(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    export_voice(acoustic, vocoder, tmp_path / "bundle", storage="float32")
    bundle, runs = BundleTalker(tmp_path / "bundle"), RunTalker(acoustic, vocoder)
    mel = MeasuredSound.of(_recording()).mel
    served = speech_level(bundle.say(TEXT, "lmy", 0))
    for talker in (bundle, runs):
        tied = talker.tie(TEXT, "lmy", mel)
        assert tied is not None
        assert abs(speech_level(talker.sound(tied, tied.means)) - served) < 3.0


def test_both_held_out_splits_are_judged_on_demand(tmp_path: Path) -> None:
    corpus = _corpus(tmp_path)
    manifest = corpus / "manifest.tsv"
    rows = manifest.read_text(encoding="utf-8").splitlines()
    rows[1] = rows[1].replace("\ttest\t", "\tvalid\t")
    manifest.write_text("\n".join(rows) + "\n", encoding="utf-8")
    talker = VoiceTalker("hum", {"lmy": _Voice()})
    for split, sentences in (("valid", 1), ("test", 1), ("all", 2)):
        scope = Scope(speakers=("lmy",), split=split, ends=0)
        report = evaluate_speech(talker, corpus, scope=scope)
        assert report.summaries[0].sentences == sentences
        assert f"split '{split}'" in report.notes[0]
        assert "'valid' (1 of these speakers), figures are told of 'test' (1)" in report.notes[0]


def test_unknown_speakers_are_named(tmp_path: Path) -> None:
    acoustic, vocoder, _ = _runs(tmp_path)
    with pytest.raises(TrainingError, match="It has: kih, lmy"):
        RunTalker(acoustic, vocoder).say(TEXT, "nobody", 0)
    with pytest.raises(TrainingError, match="There are: lmy"):
        VoiceTalker("hum", {"lmy": _Voice()}).say(TEXT, "nobody", 0)
    with pytest.raises(CorpusError, match="no sentence of 'nobody'"):
        evaluate_speech(
            VoiceTalker("hum", {"lmy": _Voice()}),
            _corpus(tmp_path),
            scope=Scope(speakers=("nobody",)),
        )


@pytest.mark.parametrize("key", ["mel", "symbols"])
def test_a_recogniser_of_another_definition_is_refused(tmp_path: Path, key: str) -> None:
    model = Recogniser(RecogniserConfig(**LISTENER), len(SYMBOLS))
    run = _run(tmp_path, "model", model, {"model": LISTENER, key: "another"})
    with pytest.raises(TrainingError, match="another symbol table or another mel"):
        Listener.of_run(run)


def test_a_listener_hears_known_symbols_or_nothing(tmp_path: Path) -> None:
    _, _, run = _runs(tmp_path)
    listener = Listener.of_run(run)
    heard = listener.hear(MeasuredSound.of(_recording()).mel)
    assert all(0 <= symbol < len(SYMBOLS) for symbol in heard)
    assert listener.hear(np.zeros((80, 0), np.float32)) == ()
    assert len(sounds(TEXT)) == 10
