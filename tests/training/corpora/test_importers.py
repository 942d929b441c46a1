"""Corpora as they lie on disk become one manifest."""

from pathlib import Path

import numpy as np
import pytest

from kosorong.audio.mel import log_mel
from kosorong.audio.wav import read_audio, write_wav
from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.training.corpora.importers import import_speech, level, trim
from kosorong.training.corpora.manifest import Utterance, assign_splits, read_manifest
from kosorong.training.corpora.packed import pack

RATE = MEL.sample_rate


def speech(seconds: float = 1.0, *, silence: float = 0.5, rate: int = RATE) -> np.ndarray:
    """A tone between silences."""
    time = np.arange(int(seconds * rate)) / rate
    still = np.zeros(int(silence * rate), np.float32)
    return np.concatenate([still, (0.2 * np.sin(440 * np.pi * time)).astype(np.float32), still])


@pytest.fixture
def emotiontts(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    lines = ["id|speaker|spoken|written|seconds"]
    for i in range(4):
        speaker = "aa" if i < 3 else "bb"
        path = source / "wavs" / speaker / f"u{i}.flac"
        path.parent.mkdir(parents=True, exist_ok=True)
        from kosorong.audio.encode import write_audio

        write_audio(path, speech(), RATE)
        lines.append(f"u{i}|{speaker}|ᄒᆞᆫ저 옵서 {i}.|ㅎㆍㄴ저|2.0")
    (source / "metadata.csv").write_text("\n".join(lines), encoding="utf-8")
    return source


def test_emotiontts_becomes_a_manifest_with_araea_kept(emotiontts: Path, tmp_path: Path) -> None:
    done = import_speech("emotiontts", emotiontts, tmp_path / "corpus")
    assert done.refused == ()
    utterances = read_manifest(tmp_path / "corpus")
    assert [u.id for u in utterances] == ["u0", "u1", "u2", "u3"]
    assert utterances[3].speaker == "bb"
    assert utterances[0].text == "ᄒᆞᆫ저 옵서 0."
    audio, rate = read_audio(tmp_path / "corpus" / utterances[0].audio)
    assert rate == RATE
    assert len(audio) / rate == pytest.approx(utterances[0].seconds, abs=1e-3)


def test_edges_are_trimmed_to_a_margin() -> None:
    assert len(trim(speech())) / RATE == pytest.approx(1.0 + 0.12 + 0.18, abs=0.03)


def test_speech_is_brought_to_one_level_and_never_clips() -> None:
    for factor in (0.01, 0.5, 4.0):
        out = level(trim(speech() * factor))
        loud = out[np.abs(out) > 0.01]
        assert 20 * np.log10(np.sqrt(np.mean(loud**2))) == pytest.approx(-23.0, abs=0.5)
    spiky = speech()
    spiky[RATE] = 30.0
    assert np.abs(level(spiky)).max() <= 0.951


def test_folder_and_filelist_layouts(tmp_path: Path) -> None:
    source = tmp_path / "source"
    (source / "할망").mkdir(parents=True)
    write_wav(source / "할망" / "하나.wav", speech(rate=48_000), 48_000)
    (source / "할망" / "하나.txt").write_text("어디 감수과?", encoding="utf-8")
    done = import_speech("folder", source, tmp_path / "a")
    assert (done.utterances[0].speaker, done.utterances[0].text) == ("할망", "어디 감수과?")
    assert done.utterances[0].seconds == pytest.approx(1.3, abs=0.05)
    listing = source / "speech.list"
    listing.write_text("할망/하나.wav|어디 감수과?\n", encoding="utf-8")
    done = import_speech("filelist", listing, tmp_path / "b")
    assert done.utterances[0].speaker == "speaker"


def test_rows_that_cannot_be_used_are_listed_and_left_out(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    write_wav(source / "good.wav", speech(), RATE)
    write_wav(source / "still.wav", np.zeros(RATE, np.float32), RATE)
    (source / "noise.wav").write_bytes(b"RIFF but no sound")
    rows = [
        "good.wav|말",
        "still.wav|말",
        "noise.wav|말",
        "none.wav|말",
        "good.wav|말",
        "still2.wav| ",
    ]
    (source / "speech.list").write_text("\n".join(rows), encoding="utf-8")
    done = import_speech("filelist", source / "speech.list", tmp_path / "corpus")
    assert [u.id for u in done.utterances] == ["good"]
    reasons = (tmp_path / "corpus" / "refused.txt").read_text()
    for line, reason in ((2, "silent"), (4, "missing"), (5, "twice"), (6, "no text")):
        assert any(f"speech.list:{line}:" in r and reason in r for r in reasons.splitlines()), (
            reason
        )
    assert "speech.list:3:" in reasons


def test_unknown_layouts_and_missing_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="Known: emotiontts, filelist, folder"):
        import_speech("midi", tmp_path, tmp_path / "x")
    with pytest.raises(CorpusError, match=r"metadata.csv: no such file"):
        import_speech("emotiontts", tmp_path, tmp_path / "x")
    with pytest.raises(CorpusError, match="no manifest"):
        read_manifest(tmp_path)


def utterance(n: int, speaker: str, text: str) -> Utterance:
    return Utterance(f"{speaker}{n}", speaker, "train", 1.0, "", text)


def test_no_text_is_in_two_splits_and_shared_texts_stay_in_training() -> None:
    own = [utterance(n, "a", f"혼자 읽는 글 {n}.") for n in range(50)]
    shared = [utterance(n, s, f"같이 읽는 글 {n}.") for n in range(20) for s in ("a", "b")]
    splits = assign_splits([*own, *shared])
    assert all(u.split == "train" for u in splits if "같이" in u.text)
    held = [u for u in splits if u.split != "train"]
    assert len(held) == 8
    assert {u.split for u in held} == {"valid", "test"}
    again = assign_splits([*shared, *reversed(own)])
    assert {u.id for u in again if u.split == "test"} == {u.id for u in held if u.split == "test"}


def test_packed_arrays_hold_what_the_files_hold(emotiontts: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    import_speech("emotiontts", emotiontts, corpus)
    packed = pack(corpus)
    audio, _ = read_audio(corpus / packed.utterances[2].audio)
    frames = len(audio) // MEL.hop_length
    assert packed.frames(2) == frames
    np.testing.assert_allclose(packed.audio(2), audio[: frames * MEL.hop_length], atol=1e-4)
    np.testing.assert_allclose(packed.mel(2), log_mel(packed.audio(2)), atol=0.02)


def test_packing_again_uses_what_is_there_and_a_lost_file_is_named(
    emotiontts: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    import_speech("emotiontts", emotiontts, corpus)
    pack(corpus)
    lost = corpus / read_manifest(corpus)[0].audio
    lost.unlink()
    pack(corpus)
    next(corpus.glob("packed/*/starts.json")).unlink()
    with pytest.raises(CorpusError, match=str(lost.name)):
        pack(corpus)
