"""Corpora as they lie on disk become one manifest."""

from pathlib import Path

import numpy as np
import pytest
from tones import RATE, speech

from kosorong.audio.encode import write_audio
from kosorong.audio.mel import log_mel
from kosorong.audio.wav import decode_audio, read_audio, wav_bytes, write_wav
from kosorong.config import MEL
from kosorong.errors import CorpusError
from kosorong.training.corpora import importers
from kosorong.training.corpora.importers import import_speech
from kosorong.training.corpora.manifest import Utterance, assign_splits, read_manifest
from kosorong.training.corpora.packed import pack


@pytest.fixture
def emotiontts(tmp_path: Path) -> Path:
    source = tmp_path / "source"
    lines = ["id|speaker|spoken|written|seconds"]
    for i in range(4):
        speaker = "aa" if i < 3 else "bb"
        path = source / "wavs" / speaker / f"u{i}.flac"
        path.parent.mkdir(parents=True, exist_ok=True)
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
    with pytest.raises(CorpusError, match="Known: aihub, commonvoice, doreco, emotiontts"):
        import_speech("midi", tmp_path, tmp_path / "x")
    with pytest.raises(CorpusError, match=r"metadata.csv: no such file"):
        import_speech("emotiontts", tmp_path, tmp_path / "x")
    with pytest.raises(CorpusError, match="no manifest"):
        read_manifest(tmp_path)


def test_a_stopped_import_leaves_no_manifest_and_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, corpus = tmp_path / "source", tmp_path / "corpus"
    source.mkdir()
    for n in range(4):
        write_wav(source / f"{n}.wav", speech(), RATE)
        (source / f"{n}.txt").write_text(f"글 {n}", encoding="utf-8")
    read: list[str] = []

    def stopping(data: bytes, rate: int | None = None, *, where: str) -> object:
        read.append(Path(where).name)
        if len(read) == 3:
            raise KeyboardInterrupt
        return decode_audio(data, rate, where=where)

    monkeypatch.setattr(importers, "decode_audio", stopping)
    with pytest.raises(KeyboardInterrupt):
        import_speech("folder", source, corpus)
    assert not (corpus / "manifest.tsv").exists()
    # A power cut in the middle of a line, and a recording that was mended since.
    with (corpus / "importing.jsonl").open("a") as journal:
        journal.write('{"key": "cut o')
    write_wav(source / "0.wav", speech(2.0), RATE)
    done = import_speech("folder", source, corpus)
    assert read[3:] == ["0.wav", "2.wav", "3.wav"]
    assert [round(u.seconds) for u in done.utterances] == [2, 1, 1, 1]
    assert sorted(p.name for p in corpus.iterdir()) == [
        "audio",
        "layout.txt",
        "manifest.tsv",
        "refused.txt",
    ]


def test_broken_rows_of_every_kind_never_end_an_import(tmp_path: Path) -> None:
    write_wav(tmp_path / "good.wav", speech(), RATE)
    samples = speech()
    form = wav_bytes(samples, RATE)[:20] + b"\x03\x00" + wav_bytes(samples, RATE)[22:32]
    samples[RATE] = np.nan
    (tmp_path / "nan.wav").write_bytes(
        form + b"\x04\x00\x20\x00data" + samples.nbytes.to_bytes(4, "little") + samples.tobytes()
    )
    rows = [
        "good.wav|말".encode(),
        b"only text",
        "good.wav|말".encode("cp949"),
        ("long" * 99 + ".wav|말").encode(),
        "nan.wav|말".encode(),
        "go\0od.wav|말".encode(),
        "../../good.wav|말|..".encode(),
    ]
    (tmp_path / "list.txt").write_bytes(b"\r\n".join(rows))
    done = import_speech("filelist", tmp_path / "list.txt", tmp_path / "corpus")
    assert [u.id for u in done.utterances] == ["good"]
    assert len(done.refused) == len(rows) - 1
    for n, reason in ((2, "upright bars"), (3, "UTF-8"), (4, "long"), (5, "no numbers")):
        assert any(f"list.txt:{n}:" in line and reason in line for line in done.refused), reason


def test_names_that_would_share_a_file_are_refused(tmp_path: Path) -> None:
    for name in ("a b.wav", "a_b.wav"):
        write_wav(tmp_path / name, speech(), RATE)
    (tmp_path / "list.txt").write_text("a b.wav|말\na_b.wav|글\n", encoding="utf-8")
    done = import_speech("filelist", tmp_path / "list.txt", tmp_path / "corpus")
    assert len(done.utterances) == 1
    assert "twice" in done.refused[0]


def test_manifests_of_older_imports_are_read(emotiontts: Path, tmp_path: Path) -> None:
    import_speech("emotiontts", emotiontts, tmp_path)
    manifest = tmp_path / "manifest.tsv"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    manifest.write_text("\n".join(line.rsplit("\t", 1)[0] for line in lines), encoding="utf-8")
    assert [u.clipped for u in read_manifest(tmp_path)] == [0.0] * 4


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


def test_sounds_of_another_form_are_not_packed(emotiontts: Path, tmp_path: Path) -> None:
    import_speech("emotiontts", emotiontts, tmp_path)
    write_wav(tmp_path / read_manifest(tmp_path)[1].audio, speech(rate=48_000), 48_000)
    with pytest.raises(CorpusError, match="16 bits at 48000 Hz"):
        pack(tmp_path)


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
