"""Each corpus is read exactly as its makers lay it on disk; broken rows are listed."""

import json
import struct
from pathlib import Path

import numpy as np
import pytest
from tones import speech

from kosorong.audio.encode import write_audio
from kosorong.audio.wav import read_audio, write_wav
from kosorong.errors import CorpusError
from kosorong.training.corpora.importers import Imported, import_speech
from kosorong.training.corpora.layouts import SPEECH_LAYOUTS
from kosorong.training.corpora.parallel import import_pairs, read_manifest


def write_sound(path: Path, *, rate: int, pitch: float = 220.0) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_audio(path, speech(rate=rate, pitch=pitch), rate)


def write_lines(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def texts(done: Imported) -> dict[str, str]:
    return {u.id: u.text for u in done.utterances}


def reasons(done: Imported, corpus: Path) -> list[str]:
    """The refused rows, from the file."""
    lines = (corpus / "refused.txt").read_text(encoding="utf-8").splitlines()
    assert lines == list(done.refused)
    return lines


def test_jss(tmp_path: Path) -> None:
    source, corpus = tmp_path / "jss", tmp_path / "corpus"
    for n in range(3):
        write_sound(source / "jss" / f"{n}.wav", rate=44_100)
    write_lines(
        source / "jss.v.1.0.tsv",
        "jss/0.wav\t아이고 ᄒᆞᆫ저 옵서.\t11\t2.0",
        "jss/1.wav\tㅁㆍㄹ은 하영 먹엄수다.\t12\t2.0",
        "jss/2.wav 탭이 어신 줄",
        "jss/9.wav\t소리가 없는 글\t8\t2.0",
        "",
    )
    done = import_speech("jss", source, corpus)
    assert texts(done) == {"jss-0": "아이고 ᄒᆞᆫ저 옵서.", "jss-1": "ᄆᆞᆯ은 하영 먹엄수다."}
    assert {(u.speaker, u.language) for u in done.utterances} == {("jss", "jje")}
    assert done.utterances[0].seconds == pytest.approx(1.3, abs=0.05)
    assert read_audio(corpus / done.utterances[0].audio)[1] == 22_050
    lines = reasons(done, corpus)
    assert "jss.v.1.0.tsv:3: expected path, tab, text" in lines[0]
    assert "jss.v.1.0.tsv:4:" in lines[1]
    assert "missing" in lines[1]


def test_the_older_list_of_jss(tmp_path: Path) -> None:
    write_sound(tmp_path / "jss" / "0.wav", rate=44_100)
    write_sound(tmp_path / "jss" / "1.wav", rate=44_100)
    write_lines(tmp_path / "jss.v1.0.txt", "fname|text", "jss/0.wav|집이 감수다.", "1.wav|밥")
    done = import_speech("jss", tmp_path, tmp_path / "corpus")
    assert texts(done) == {"jss-0": "집이 감수다.", "1": "밥"}
    assert done.refused == ()


def test_kss_reads_the_expanded_text_of_the_newest_list(tmp_path: Path) -> None:
    source = tmp_path / "kss"
    write_sound(source / "1" / "1_0000.wav", rate=44_100)
    write_sound(source / "4" / "4_0001.wav", rate=44_100)
    write_lines(source / "transcript.v.1.2.txt", "1/1_0000.wav|옛 글|옛 글|옛|1.0")
    write_lines(
        source / "transcript.v.1.4.txt",
        "1/1_0000.wav|3시에 와요.|세 시에 와요.|세 시에 와요.|2.0|Come at three.",
        "4/4_0001.wav|밥은?|밥은?|밥은?|2.0|Rice?",
        "4/4_0002.wav",
    )
    done = import_speech("kss", source, tmp_path / "corpus")
    assert texts(done) == {"1-1_0000": "세 시에 와요.", "4-4_0001": "밥은?"}
    assert {(u.speaker, u.language) for u in done.utterances} == {("kss", "ko")}
    assert "transcript.v.1.4.txt:3:" in reasons(done, tmp_path / "corpus")[0]


@pytest.mark.parametrize(
    ("row", "text"),
    [("{}|글 하나|글 하나|2.0", "글 하나"), ("{}|두 글|2.0", "두 글"), ("{}|세 글", "세 글")],
)
def test_older_lists_of_kss_have_fewer_columns(tmp_path: Path, row: str, text: str) -> None:
    write_sound(tmp_path / "kss" / "1" / "1_0000.wav", rate=44_100)
    write_lines(tmp_path / "transcript.txt", row.format("1/1_0000.wav"))
    assert texts(import_speech("kss", tmp_path, tmp_path / "corpus")) == {"1-1_0000": text}


def test_zeroth(tmp_path: Path) -> None:
    source = tmp_path / "zeroth"
    write_lines(
        source / "AUDIO_INFO",
        "SPEAKERID|NAME|SEX|SCRIPTID|DATASET",
        "104|Hong|f|003|train_data_01",
        "205|Kim|m|003|test_data_01",
    )
    for part, speaker in (("train_data_01", "104"), ("test_data_01", "205")):
        folder = source / part / "003" / speaker
        write_sound(folder / f"{speaker}_003_0000.flac", rate=16_000)
        write_lines(
            folder / f"{speaker}_003.trans.txt",
            f"{speaker}_003_0000 집에 갑니다",
            f"{speaker}_003_0001 소리가 없습니다",
            f"{speaker}_003_0002",
        )
    done = import_speech("zeroth", source, tmp_path / "corpus")
    assert {u.id: u.speaker for u in done.utterances} == {
        "104_003_0000": "104",
        "205_003_0000": "205",
    }
    assert {u.text for u in done.utterances} == {"집에 갑니다"}
    lines = reasons(done, tmp_path / "corpus")
    assert len(lines) == 4
    assert any("104_003.trans.txt:3: there is no text" in line for line in lines)


HEADER = "client_id\tpath\tsentence_id\tsentence\tsentence_domain\tup_votes\tdown_votes"


def test_common_voice_prefers_what_was_validated(tmp_path: Path) -> None:
    source = tmp_path / "ko"
    write_sound(source / "clips" / "common_voice_ko_1.mp3", rate=32_000)
    write_sound(source / "clips" / "common_voice_ko_2.mp3", rate=32_000)
    client = "0123456789abcdef" * 8
    write_lines(
        source / "train.tsv", HEADER, f"{client}\tcommon_voice_ko_1.mp3\tx\t다른 글\t\t2\t0"
    )
    write_lines(
        source / "validated.tsv",
        HEADER,
        f'{client}\tcommon_voice_ko_1.mp3\tx\t"말"을 합니다.\t\t2\t0',
        f"{client}\tcommon_voice_ko_2\tx\t밥을 먹습니다.\t\t2\t0",
        f"{client}\tcommon_voice_ko_3.mp3",
        f"{client}\tcommon_voice_ko_4.mp3\tx\t소리가 없습니다.\t\t2\t0",
    )
    done = import_speech("commonvoice", source, tmp_path / "corpus")
    assert texts(done) == {
        "common_voice_ko_1": '"말"을 합니다.',
        "common_voice_ko_2": "밥을 먹습니다.",
    }
    assert {u.speaker for u in done.utterances} == {"0123456789ab"}
    lines = reasons(done, tmp_path / "corpus")
    assert "validated.tsv:4: the row lacks sentence" in lines[0]
    assert "validated.tsv:5:" in lines[1]
    (source / "validated.tsv").unlink()
    again = import_speech("commonvoice", source, tmp_path / "b")
    assert texts(again) == {"common_voice_ko_1": "다른 글"}


def write_float_wav(path: Path, samples: np.ndarray, rate: int) -> None:
    """Write 32-bit float WAV, which is what FLEURS has."""
    body = samples.astype("<f4").tobytes()
    form = struct.pack("<HHIIHH", 3, 1, rate, 4 * rate, 4, 32)
    chunks = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    chunks += b"data" + struct.pack("<I", len(body)) + body
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"RIFF" + struct.pack("<I", len(chunks)) + chunks)


def fleurs_row(sentence: int, name: str, raw: str, gender: str) -> str:
    """A line of FLEURS: no header, seven columns, the fifth one the letters one by one."""
    plain = "".join(c for c in raw if c.isalnum() or c == " ")
    letters = " ".join("|" if c == " " else c for c in plain)
    return "\t".join((str(sentence), name, raw, plain, f"{letters} |", "24000", gender))


@pytest.fixture
def fleurs(tmp_path: Path) -> Path:
    source = tmp_path / "ko_kr"
    for n, split in enumerate(("train", "train", "dev", "test")):
        sound = speech(rate=16_000, pitch=200 + 20 * n)
        write_float_wav(source / "audio" / split / f"1000{n}.wav", sound, 16_000)
    write_lines(
        source / "train.tsv",
        fleurs_row(1904, "10000.wav", '"배는 1912년 4월에 떠났다."', "FEMALE"),
        fleurs_row(1904, "10001.wav", '"배는 1912년 4월에 떠났다."', "MALE"),
        fleurs_row(77, "10009.wav", "소리가 없는 글.", "MALE"),
        "78\t10008.wav\t칸이 모자란 글.\tMALE",
        fleurs_row(79, "10000.wav", "성별이 없는 글.", "-"),
        fleurs_row(80, "../dev/10002.wav", "남의 폴더를 가리키는 글.", "MALE"),
    )
    write_lines(source / "dev.tsv", fleurs_row(31, "10002.wav", "왜, 벌써 갔나요?", "FEMALE"))
    write_lines(source / "test.tsv", fleurs_row(42, "10003.wav", "섬에는 돌이 많다.", "OTHER"))
    return source


def test_fleurs_keeps_marks_pools_its_speakers_and_lists_broken_rows(
    fleurs: Path, tmp_path: Path
) -> None:
    corpus = tmp_path / "corpus"
    done = import_speech("fleurs", fleurs, corpus)
    assert {u.id: (u.text, u.speaker) for u in done.utterances} == {
        "10000": ('"배는 1912년 4월에 떠났다."', "fleurs-female"),
        "10001": ('"배는 1912년 4월에 떠났다."', "fleurs-male"),
        "10002": ("왜, 벌써 갔나요?", "fleurs-female"),
        "10003": ("섬에는 돌이 많다.", "fleurs-other"),
    }
    assert {u.language for u in done.utterances} == {"ko"}
    for n, heard in enumerate(done.utterances):
        samples, rate = read_audio(corpus / heard.audio)
        assert (rate, len(samples) / rate) == (22_050, pytest.approx(1.3, abs=0.05))
        spectrum = np.abs(np.fft.rfft(samples))
        assert spectrum.argmax() * rate / len(samples) == pytest.approx(200 + 20 * n, abs=2)
    lines = reasons(done, corpus)
    expected = {3: "10009.wav is missing", 4: "columns", 5: "gender '-'", 6: "file name"}
    for n, reason in expected.items():
        assert any(f"train.tsv:{n}:" in line and reason in line for line in lines), n
    assert len(lines) == len(expected)


def test_what_fleurs_holds_out_stays_held_out(fleurs: Path, tmp_path: Path) -> None:
    done = import_speech("fleurs", fleurs, tmp_path / "corpus")
    assert {u.id: u.split for u in done.utterances} == {
        "10000": "train",
        "10001": "train",
        "10002": "valid",
        "10003": "test",
    }


def test_a_text_that_fleurs_holds_out_teaches_nowhere(fleurs: Path, tmp_path: Path) -> None:
    with (fleurs / "train.tsv").open("a", encoding="utf-8") as file:
        file.write(fleurs_row(42, "10004.wav", "섬에는, 돌이 많다", "MALE") + "\n")
    write_float_wav(fleurs / "audio/train/10004.wav", speech(rate=16_000), 16_000)
    done = import_speech("fleurs", fleurs, tmp_path / "corpus")
    assert {u.id: u.split for u in done.utterances}["10004"] == "test"


def test_fleurs_without_its_held_out_lists_holds_sentences_out_as_others_do(
    fleurs: Path, tmp_path: Path
) -> None:
    (fleurs / "dev.tsv").unlink()
    (fleurs / "test.tsv").unlink()
    rows = [fleurs_row(n, f"2{n}.wav", f"섬에는 돌이 {n}개.", "MALE") for n in range(24)]
    write_lines(fleurs / "train.tsv", *rows)
    for n in range(24):
        sound = speech(0.4, silence=0.1, rate=16_000)
        write_float_wav(fleurs / f"audio/train/2{n}.wav", sound, 16_000)
    done = import_speech("fleurs", fleurs, tmp_path / "corpus")
    assert {u.split for u in done.utterances} == {"train", "valid", "test"}


def utterance(n: int, dialect: str, standard: str, **more: object) -> dict[str, object]:
    """An entry of `utterance` as AI-Hub's labels have it, one every two seconds."""
    return {
        "id": f"DKCI20000001.1.1.{n}",
        "form": dialect if dialect == standard else f"({dialect})/({standard})",
        "standard_form": standard,
        "dialect_form": dialect,
        "speaker_id": "1",
        "start": 2.0 * n,
        "end": 2.0 * n + 2.0,
        "note": "",
        "eojeolList": [],
    } | more


@pytest.fixture
def aihub(tmp_path: Path) -> Path:
    source = tmp_path / "aihub"
    label = source / "라벨링데이터" / "DKCI20000001.json"
    label.parent.mkdir(parents=True)
    sound = np.concatenate([speech(rate=16_000, pitch=200 + 20 * n) for n in range(9)])
    (source / "원천데이터").mkdir()
    write_wav(source / "원천데이터" / "DKCI20000001.wav", sound, 16_000)
    rows: list[object] = [
        utterance(0, "게난 어디 감수과?", "그래서 어디 갑니까?"),
        utterance(1, "네.", "네.", speaker_id="2"),
        utterance(2, "&name1& 어디 감시니?", "&name1& 어디 가니?"),
        utterance(3, "(하영)/(많이) -먹- 먹언.", "(하영)/(많이) 먹었어.", speaker_id="SPK042"),
        utterance(4, "((몰르쿠다)) {laughing}", "((모르겠어요)) {laughing}"),
        utterance(5, "끝이 시작 앞에.", "끝이 시작 앞에.", end=1.0),
        utterance(6, "시간이 없는 글.", "시간이 없는 글.", start=None),
        utterance(7, "", "", form="ᄒᆞᆫ저 (글라)/(가자)"),
        utterance(400, "소리보다 늦은 글.", "소리보다 뒤의 글."),
        "no object",
    ]
    label.write_text(
        json.dumps({"id": "DKCI20000001", "speaker": [{"id": "1"}], "utterance": rows}),
        encoding="utf-8-sig",
    )
    write_lines(source / "라벨링데이터" / "broken.json", '{"utterance": ')
    return source


def test_aihub_cuts_what_is_said_by_its_times(aihub: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    done = import_speech("aihub", aihub, corpus)
    assert {u.id: (u.text, u.speaker) for u in done.utterances} == {
        "aihub-DKCI20000001-1": ("게난 어디 감수과?", "DKCI20000001-1"),
        "aihub-DKCI20000001-2": ("네.", "DKCI20000001-2"),
        "aihub-DKCI20000001-4": ("하영 먹 먹언.", "SPK042"),
        "aihub-DKCI20000001-8": ("ᄒᆞᆫ저 글라", "DKCI20000001-1"),
    }
    assert {u.language for u in done.utterances} == {"jje"}
    for heard, n in zip(done.utterances, (0, 1, 3, 7), strict=True):
        samples, rate = read_audio(corpus / heard.audio)
        assert len(samples) / rate == pytest.approx(1.3, abs=0.05)
        spectrum = np.abs(np.fft.rfft(samples))
        assert spectrum.argmax() * rate / len(samples) == pytest.approx(200 + 20 * n, abs=2)


def test_aihub_lists_what_is_unclear_hidden_or_broken(aihub: Path, tmp_path: Path) -> None:
    done = import_speech("aihub", aihub, tmp_path / "corpus")
    lines = reasons(done, tmp_path / "corpus")
    expected = {
        3: "mark '&'",
        5: "mark '('",
        6: "no stretch of time",
        7: "no start and end",
        9: "do not lie within",
        10: "no JSON object",
    }
    for n, reason in expected.items():
        assert any(f"DKCI20000001.json: utterance {n}:" in x and reason in x for x in lines), n
    assert any("broken.json" in line and "transcript" in line for line in lines)
    assert len(lines) == len(expected) + 1


def test_aihub_gives_the_translator_what_differs(aihub: Path, tmp_path: Path) -> None:
    done = import_speech("aihub", aihub, tmp_path / "corpus")
    assert done.pairs == 4
    assert import_pairs(tmp_path / "corpus" / "parallel.tsv", tmp_path / "pairs") == {"other": 4}
    pairs = read_manifest(tmp_path / "pairs")
    assert (pairs[0].korean, pairs[0].jeju) == ("그래서 어디 갑니까?", "게난 어디 감수과?")
    assert (pairs[2].korean, pairs[2].jeju) == ("ᄒᆞᆫ저 가자", "ᄒᆞᆫ저 글라")
    assert {p.group for p in pairs} == {"aihub-DKCI20000001"}


@pytest.mark.parametrize("layout", sorted(set(SPEECH_LAYOUTS) - {"folder", "filelist"}))
def test_a_corpus_without_its_list_names_the_cure(tmp_path: Path, layout: str) -> None:
    with pytest.raises(CorpusError) as caught:
        import_speech(layout, tmp_path, tmp_path / "corpus")
    assert str(tmp_path) in caught.value.where
    assert "folder" in caught.value.cure
    assert not (tmp_path / "corpus").exists()


def test_no_text_of_any_layout_is_in_two_splits(tmp_path: Path) -> None:
    rows = []
    (tmp_path / "1").mkdir()
    for n in range(30):
        write_wav(tmp_path / "1" / f"1_{n:04}.wav", speech(0.3, silence=0.1), 22_050)
        text = f"글 {n // 2}번이우다."
        rows.append(f"1/1_{n:04}.wav|{text}|{text}|{text}|0.5|text")
    write_lines(tmp_path / "transcript.v.1.4.txt", *rows)
    done = import_speech("kss", tmp_path, tmp_path / "corpus")
    splits: dict[str, set[str]] = {}
    for u in done.utterances:
        splits.setdefault(u.text, set()).add(u.split)
    assert {len(s) for s in splits.values()} == {1}
    assert {"train", "valid", "test"} == set().union(*splits.values())
