"""What spoils a training is found before it starts."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tones import RATE, speech

from kosorong.audio.wav import write_wav
from kosorong.errors import CorpusError
from kosorong.training.corpora import check as checking
from kosorong.training.corpora.check import KINDS, Check, check_corpus
from kosorong.training.corpora.importers import import_speech
from kosorong.training.corpora.manifest import Utterance, read_manifest, write_manifest
from kosorong.training.corpora.packed import pack

TEXT = "바당에 강 괴기 {} 잡아 오라."
NUMBERS = "일이삼사오육칠팔구십"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two speakers of 12 utterances, nothing wrong with them."""
    rows = []
    for n in range(24):
        rows.append(utterance(n, "one" if n < 12 else "two", TEXT.format(counted(n))))
        path = tmp_path / rows[-1].audio
        path.parent.mkdir(exist_ok=True)
        write_wav(path, speech(1.5 + 0.02 * n, silence=0.1, pitch=200 + n), RATE)
    write_manifest(tmp_path, rows)
    return tmp_path


def counted(n: int) -> str:
    return NUMBERS[n % 10] + NUMBERS[n // 10]


def utterance(n: int, speaker: str, text: str) -> Utterance:
    return Utterance(f"u{n:02}", speaker, "train", 2.0, f"audio/u{n:02}.wav", text)


def found(check: Check) -> dict[str, list[str]]:
    return {kind: [f.id for f in check.findings if f.kind == kind] for kind in check.counts}


def test_a_good_corpus_has_no_findings(corpus: Path) -> None:
    check = check_corpus(corpus)
    assert check.findings == ()
    assert check.line == "24 utterances, 2 speakers, 0.8 minutes: nothing found"


def test_all_that_is_wrong_is_found_and_nothing_else(corpus: Path, tmp_path: Path) -> None:
    sound = corpus / "audio"
    (sound / "u00.wav").unlink()
    (sound / "u01.wav").write_bytes(b"RIFF")
    write_wav(sound / "u02.wav", speech(1.5, rate=44_100), 44_100)
    write_wav(sound / "u03.wav", np.zeros(2 * RATE, np.float32), RATE)
    write_wav(sound / "u04.wav", speech(1.5, silence=0.1) * 0.006, RATE)
    write_wav(sound / "u05.wav", np.clip(speech(1.5, silence=0.1) * 20, -1, 1), RATE)
    write_wav(sound / "u10.wav", speech(15.0, silence=0.1), RATE)
    (sound / "u12.wav").write_bytes((sound / "u13.wav").read_bytes())
    rows = read_manifest(corpus)
    rows[6] = replace(rows[6], clipped=0.02)
    rows[7] = replace(rows[7], text="— …")
    rows[8] = replace(rows[8], text=f"{rows[8].text} ☃")
    rows[9] = replace(rows[9], text=rows[11].text.replace(" ", "  ").rstrip("."))
    rows[20] = replace(rows[20], split="test", text=rows[14].text)
    write_manifest(corpus, rows)
    check = check_corpus(corpus)
    assert found(check) == {
        "missing": ["u00", "u01"],
        "wrong format": ["u02"],
        "silent": ["u03", "u04"],
        "clipped": ["u05", "u06"],
        "no symbols": ["u07"],
        "unread": ["u08"],
        "rate outlier": ["u10"],
        "duplicate": ["u11", "u13", "u20"],
        "in two splits": ["u14"],
    }
    assert set(check.counts) == set(KINDS)
    report = check.write(tmp_path / "run").read_text(encoding="utf-8")
    assert report.startswith("24 utterances, 2 speakers, 0.9 minutes: 2 missing, 1 wrong format, ")
    assert "44100 Hz" in report
    assert "☃" in report
    assert "u14 (train), u20 (test)" in report
    assert (tmp_path / "run" / "check.png").read_bytes().startswith(b"\x89PNG")


def test_a_speaker_with_a_rate_of_their_own_is_no_outlier(tmp_path: Path) -> None:
    rows = []
    (tmp_path / "audio").mkdir()
    for n in range(50):
        slow = n < 25
        rows.append(utterance(n, "slow" if slow else "fast", TEXT.format(counted(n))))
        seconds = 4.0 if slow else 1.5
        write_wav(tmp_path / rows[-1].audio, speech(seconds, silence=0.1, pitch=200 + n), RATE)
    write_wav(tmp_path / rows[30].audio, speech(4.0, silence=0.1, pitch=150), RATE)
    write_manifest(tmp_path, rows)
    assert found(check_corpus(tmp_path)) == {"rate outlier": ["u30"]}


def test_a_packed_corpus_is_measured_once(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(corpus)
    first = check_corpus(corpus)
    monkeypatch.setattr(checking, "_measure", lambda *_: pytest.fail("measured again"))
    again = check_corpus(corpus)
    assert again == first
    kept = next(corpus.glob("packed/*/check.json"))
    for damage in ('{"symbols": "others", "figures": []}', '{"fig', "[]"):
        kept.write_text(damage)
        monkeypatch.undo()
        assert check_corpus(corpus).findings == first.findings


def test_an_import_tells_the_check_what_was_clipped(tmp_path: Path) -> None:
    for n in range(2):
        loud = np.clip(speech(rate=48_000, pitch=200 + 9 * n) * (2 + 8 * n), -1, 1)
        write_wav(tmp_path / f"{n}.wav", loud, 48_000)
        (tmp_path / f"{n}.txt").write_text(TEXT.format(counted(n)), encoding="utf-8")
    import_speech("folder", tmp_path, tmp_path / "corpus")
    assert found(check_corpus(tmp_path / "corpus")) == {"clipped": ["1"]}


def test_a_corpus_that_was_not_imported_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="Import a corpus first"):
        check_corpus(tmp_path)


def test_a_corpus_of_nothing_but_faults_is_drawn_too(corpus: Path) -> None:
    for path in (corpus / "audio").iterdir():
        path.unlink()
    check = check_corpus(corpus)
    assert check.counts == {"missing": 24}
    assert check.write(corpus).is_file()
