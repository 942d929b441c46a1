"""Every command on real input and on bad input, with models trained by the commands."""

import io
import json
import shutil
import wave
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from running import run_command

from kosorong.cli import main
from kosorong.training.judges import HeardText


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "이야기.txt"
    lines = (
        "바다 이야기",
        "바다에 갑니다. 집에 사람이 있습니다.",
        "“어서 오십시오.” 3시에 비가 옵니다.",
    )
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def feed(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))


def test_translate_answers_one_line_for_each_line(
    bundles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "바다에 갑니다.\n\n집에 사람이 있습니다.\n".encode())
    assert run_command("translate") == 0
    assert len(capsys.readouterr().out.splitlines()) == 3


def test_translate_with_json_tells_links_and_provenance(
    bundles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("translate", "바다에 갑니다.", "--json") == 0
    row = json.loads(capsys.readouterr().out)
    assert row["source"] == "바다에 갑니다."
    assert {"text", "links", "confidence", "provenance", "warnings"} <= row.keys()


def test_translate_at_strength_zero_leaves_the_korean(
    bundles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("translate", "바다에 갑니다.", "--strength", "0") == 0
    assert capsys.readouterr().out == "바다에 갑니다.\n"


def test_translate_takes_a_page_whole_and_keeps_its_markup(
    bundles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<p>바다에\r\n <b>갑니다.</b></p>\n\n<code>집</code>\n<p>집"
    feed(monkeypatch, page.encode())
    assert run_command("translate", "--format", "html", "--strength", "0") == 0
    assert capsys.readouterr().out == page
    assert run_command("translate", "--format", "markdown", "--json", "*바다*에 **갑니다.**") == 0
    row = json.loads(capsys.readouterr().out)
    assert row["source"] == "*바다*에 **갑니다.**"
    assert row["text"].count("*") == 6
    assert row["text"].replace("*", "").split() != ["바다에", "갑니다."]
    assert {"links", "confidence", "provenance", "warnings", "word_confidences"} <= row.keys()
    feed(monkeypatch, "<p>바다".encode("cp949"))
    assert run_command("translate", "--format", "html") == 2
    assert "not UTF-8" in capsys.readouterr().err


def test_standard_input_in_another_encoding_is_named(
    bundles: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(monkeypatch, "바다".encode("cp949"))
    assert run_command("translate") == 2
    assert "not UTF-8" in capsys.readouterr().err


@pytest.mark.parametrize("ending", ["wav", "mp3", "flac", "opus"])
def test_speak_writes_the_format_of_the_ending(bundles: Path, tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    assert run_command("speak", "ᄒᆞᆫ저 옵서.", "-o", path) == 0
    from kosorong.audio.wav import read_audio

    samples, _ = read_audio(path, 22_050)
    assert len(samples) > 2_000


def test_speak_gives_times_for_every_word_inside_the_audio(bundles: Path, tmp_path: Path) -> None:
    path, times = tmp_path / "out.wav", tmp_path / "t.json"
    assert run_command("speak", "바당에 감수다.", "-o", path, "--timings", times) == 0
    content = json.loads(times.read_text())
    assert [w["text"] for w in content["words"]] == ["바당에", "감수다."]
    with wave.open(str(path)) as file:
        length = file.getnframes() / file.getframerate()
    assert 0 <= content["words"][0]["start"] <= content["words"][-1]["end"] <= length


def test_speak_is_the_same_twice_and_slower_when_told(bundles: Path, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.wav", "b.wav", "c.wav")]
    for path, speed in zip(paths, ("1.0", "1.0", "0.5"), strict=True):
        assert run_command("speak", "비가 왐수다.", "-o", path, "--speed", speed) == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert paths[2].stat().st_size > 1.5 * paths[0].stat().st_size


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["speak", "말", "-o", "x.mid"], 2, "mid"),
        (["speak", "말", "-o", "x.wav", "--voice", "nobody"], 2, "one, two"),
        (["speak", "  ", "-o", "x.wav"], 1, "empty"),
        (["speak", "", "-o", "x.mp3"], 1, "Give a text with words in it"),
        (["speak", "🐚 …", "-o", "x.wav"], 1, "Give a text in Hangul"),
        (["speak", "말", "-o", "x.wav", "--speed", "9"], 2, "between"),
        (["book", "none.txt", "-o", "out"], 1, "none.txt"),
        (["book", "none.pdf", "-o", "out"], 1, "pdf"),
        (["translate", "말", "--spelling", "latin"], 2, "araea"),
        (["nonsense"], 2, "nonsense"),
        (
            ["train", "vocoder", "--recipe", "none", "--data", "d", "--out", "o"],
            1,
            "no such recipe",
        ),
        (["export", "none", "-o", "b"], 2, "no run"),
        (["corpus", "import", "tsv", "none", "d"], 2, "no such file"),
        (["corpus", "check", "none"], 1, "Import a corpus first"),
        (["evaluate", "translation", "--data", "d"], 2, "--bundle"),
        (["evaluate", "speech", "--data", "d", "--split", "train"], 2, "valid"),
        (["evaluate", "speech", "--data", "d", "--seeds", "0"], 2, "between"),
    ],
)
def test_bad_use_ends_with_one_line_and_its_code(
    bundles: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    arguments: list[str],
    code: int,
    message: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == code
    error = capsys.readouterr().err
    assert message in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "x.wav").exists()


def test_without_bundles_the_message_says_what_to_do(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kosorong.bundle.bundle_folders", lambda: [tmp_path])
    assert run_command("translate", "말") == 1
    assert "KOSORONG_BUNDLES" in capsys.readouterr().err


def test_a_damaged_bundle_is_named(
    workshop: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import shutil

    copy = tmp_path / "bundles"
    shutil.copytree(workshop / "bundles", copy)
    weights = next(p for p in (copy / "voice").iterdir() if p.suffix not in {".json", ".md"})
    weights.write_bytes(weights.read_bytes()[:-1] + b"\x00\x01")
    monkeypatch.setenv("KOSORONG_BUNDLES", str(copy))
    assert run_command("speak", "말", "-o", tmp_path / "x.wav", "--voice", "one") == 1
    assert weights.name in capsys.readouterr().err


def test_segments_lists_what_the_book_reads(
    story: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("segments", story, "--json") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert "바다에 갑니다." in [r["text"] for r in rows]
    assert all({"index", "chapter", "paragraph", "chapter_title"} <= r.keys() for r in rows)


@pytest.mark.parametrize(
    ("step", "said"),
    [("spoken", "세 권을 읽다."), ("pronounced", "세 궈늘 익따."), ("symbols", "^세 궈늘 익따.$")],
)
def test_pronounce_shows_each_step(
    capsys: pytest.CaptureFixture[str], step: str, said: str
) -> None:
    assert run_command("pronounce", "3권을 읽다.", "--step", step) == 0
    assert capsys.readouterr().out == said + "\n"


def test_pronounce_names_what_is_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("pronounce", "말 😀") == 0
    assert "😀" in capsys.readouterr().err


def test_voices_and_translators_tell_licence_credit_and_training_data(
    bundles: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("voices") == 0
    text = capsys.readouterr().out
    assert "licence" in text
    assert "credit" in text
    assert "one" in text
    assert run_command("translators", "--json") == 0
    (info,) = json.loads(capsys.readouterr().out)
    assert info["kind"] == "translator"
    assert info["licence"].startswith("CC-BY-SA-4.0")


def test_a_book_is_made_reported_and_not_made_twice(
    bundles: Path, story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, report = tmp_path / "out", tmp_path / "r.json"
    command = ("book", story, "-o", out, "--format", "m4b,epub,mp3,vtt", "--report", report)
    assert run_command(*command) == 0
    paths = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert [p.name for p in paths] == [f"이야기{end}" for end in (".m4b", ".epub", "-mp3", "-vtt")]
    assert all(p.exists() for p in paths)
    stamps = [p.stat().st_mtime_ns for p in paths]
    content = json.loads(report.read_text())
    assert content["segments"] >= 4
    assert run_command(*command) == 0
    assert [p.stat().st_mtime_ns for p in paths] == stamps


def test_a_dry_run_reports_and_makes_nothing(
    bundles: Path, story: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("book", story, "-o", tmp_path / "out", "--dry-run") == 0
    assert json.loads(capsys.readouterr().out)["segments"] >= 4
    assert not (tmp_path / "out").exists()


def test_chapters_are_switched_by_number(
    bundles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "섬.md"
    path.write_text("# 하나\n\n눈이 왔다.\n\n# 둘\n\n비가 왔다.\n", encoding="utf-8")
    command = ("book", path, "-o", tmp_path / "out", "--dry-run", "--leave-out", "2")
    assert run_command(*command) == 0
    report = json.loads(capsys.readouterr().out)
    assert [(one["title"], one["read"]) for one in report["contents"]] == [
        ("하나", True),
        ("둘", False),
    ]
    assert [one["reason"] for one in report["skipped"]] == ["switched off"]
    assert run_command("segments", path, "--leave-out", "1") == 0
    assert "눈이 왔다." not in capsys.readouterr().out
    assert run_command("segments", path, "--include", "9") == 2


GRID = """File type = "ooTextFile"
Object class = "TextGrid"
0 2 <exists> 1 "IntervalTier" "말" 0 2 2 0 1 "바당에 감수다." 1 2 "ᄒᆞᆫ저 옵서."
"""


def test_a_transcript_is_heard_from_the_recording_beside_it(
    bundles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "말.TextGrid"
    path.write_text(GRID, encoding="utf-8")
    command = ("book", path, "-o", tmp_path / "out", "--language", "jje", "--format", "vtt")
    assert run_command(*command, "--no-translate") == 2
    assert "--recording" in capsys.readouterr().err
    with wave.open(str(tmp_path / "말.wav"), "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(b"\0\x20\0\xe0" * 16_000)
    report = tmp_path / "r.json"
    assert run_command(*command, "--no-translate", "--speaker", "순이", "--report", report) == 0
    assert "사람(순이)이 읽었습니다" in json.loads(report.read_text())["notice"]
    assert run_command(*command, "--no-translate", "--speed", "2") == 2


FOREIGN = "The wind was cold that night. He went to the island by boat. There was nobody.\n"


def test_a_foreign_book_is_not_made_before_somebody_says_yes(
    bundles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "wind.txt"
    path.write_text(FOREIGN, encoding="utf-8")
    command = ("book", path, "-o", tmp_path / "out", "--format", "vtt")
    assert run_command(*command) == 1
    said = capsys.readouterr().err
    assert "neither Korean nor Jeju" in said
    assert "--yes" in said
    assert not (tmp_path / "out").exists()
    assert run_command(*command, "--yes") == 0


def test_whoever_sits_at_the_keyboard_is_asked(
    bundles: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = tmp_path / "wind.txt"
    path.write_text(FOREIGN, encoding="utf-8")
    command = ("book", path, "-o", tmp_path / "out", "--format", "vtt")
    for answer, code in (("n\n", 1), ("", 1), ("네\n", 0)):
        keyboard = io.StringIO(answer)
        keyboard.isatty = lambda: True
        monkeypatch.setattr("sys.stdin", keyboard)
        assert run_command(*command) == code
        assert "Make it? [y/N]" in capsys.readouterr().err


def test_foreign_sentences_of_a_mixed_book_are_passed_over_by_choice(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "말.txt"
    path.write_text("바다에 갑니다. 어서 오십시오. We go down to the sea.\n", encoding="utf-8")
    command = ("book", path, "-o", tmp_path / "out", "--dry-run")
    for choice, segments, skipped in (("read", 3, []), ("skip", 2, ["foreign language"])):
        assert run_command(*command, "--foreign", choice) == 0
        report = json.loads(capsys.readouterr().out)
        assert report["segments"] == segments
        assert [one["reason"] for one in report["skipped"]] == skipped


def test_a_jeju_original_is_read_as_it_is(
    bundles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "말.md"
    path.write_text("# ᄆᆞᆯ\n\n바당에 감수다. ᄒᆞᆫ저 옵서.\n", encoding="utf-8")
    command = ("book", path, "-o", tmp_path / "out", "--language", "jje", "--format", "vtt")
    assert run_command(*command) == 0
    (folder,) = [Path(line) for line in capsys.readouterr().out.splitlines()]
    text = "".join(p.read_text(encoding="utf-8") for p in folder.iterdir())
    assert "감수다." in text


def test_doctor_finds_the_bundles(bundles: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command("doctor") == 0
    out = capsys.readouterr().out
    assert "voice: " in out
    assert "FAIL" not in out


def test_evaluate_measures_the_bundles(
    bundles: Path, workshop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = ("--bundle", bundles / "translator", "--data", workshop / "text")
    assert run_command("evaluate", "translation", *text) == 0
    assert "dialogue araea ko-jje" in capsys.readouterr().out


def test_evaluate_measures_the_rules_without_a_model(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folds = ("--rules-only", "--folds", "2", "--data", workshop / "text")
    assert run_command("evaluate", "translation", *folds) == 0
    report = capsys.readouterr().out
    assert "| dialogue araea ko-jje | rules |" in report
    assert "| model |" not in report


def test_evaluate_speech_measures_held_out_sentences(
    bundles: Path, workshop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    speech = shutil.copytree(workshop / "speech", tmp_path / "speech")
    manifest = speech / "manifest.tsv"
    lines = manifest.read_text(encoding="utf-8").splitlines()
    held = [lines[0], *(line.replace("\ttrain\t", "\ttest\t") for line in lines[1:3]), *lines[3:]]
    manifest.write_text("\n".join(held) + "\n", encoding="utf-8")
    command = ("--bundle", bundles / "voice", "--data", speech, "--speaker", "one")
    assert run_command("evaluate", "speech", *command, "--out", tmp_path) == 0
    assert "one (2)" in capsys.readouterr().out
    assert (tmp_path / "speech.json").is_file()


class _Deaf:
    """A judge that hears one letter whatever is said."""

    name, recipe, stranger = "deaf", "hears ㅏ", True

    def hear(self, audio: NDArray[np.float32]) -> HeardText:
        return HeardText("아", ("ㅏ",))

    def said(self, text: str) -> tuple[str, ...]:
        from kosorong.training.judges.judge import spoken_jamo

        return spoken_jamo(text)


def test_evaluate_speech_writes_what_a_judge_understood_first_into_the_card(
    bundles: Path,
    workshop: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("kosorong.training.judges.open_judge", lambda named: _Deaf())
    voice = shutil.copytree(bundles / "voice", tmp_path / "voice")
    speech = shutil.copytree(workshop / "speech", tmp_path / "speech")
    manifest = speech / "manifest.tsv"
    rows = manifest.read_text(encoding="utf-8").splitlines()
    held = [rows[0], *(row.replace("\ttrain\t", "\tvalid\t") for row in rows[1:3]), *rows[3:]]
    manifest.write_text("\n".join(held) + "\n", encoding="utf-8")
    command = ("--bundle", voice, "--data", speech, "--speaker", "one", "--split", "valid")
    judged = ("--recogniser", "whisper", "--seeds", "2", "--card", voice)
    assert run_command("evaluate", "speech", *command, *judged) == 0
    out = capsys.readouterr().out
    assert out.index("understood by deaf") < out.index("length, median error")
    assert "as served, 2 seeds" in out
    card = (voice / "README.md").read_text(encoding="utf-8")
    assert card.index("## Understood by deaf") < card.index("## Held-out sentences")
    told = json.loads((voice / "bundle.json").read_text(encoding="utf-8"))["quality"]
    assert next(iter(told)) == "one, deaf ratio, served / recorded"


def test_evaluate_speech_sets_jeju_beside_korean(
    bundles: Path,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("a\t말이 많습니다.\tᄆᆞᆯ이 하우다.\n", encoding="utf-8")
    command = ("evaluate", "speech", "--bundle", bundles / "voice", "--pairs", pairs)
    assert run_command(*command) == 2
    assert "--recogniser RUN" in capsys.readouterr().err
    monkeypatch.setattr("kosorong.training.judges.open_judge", lambda named: _Deaf())
    assert run_command(*command, "--recogniser", "run", "--out", tmp_path / "out") == 0
    assert "1 lines, Korean " in capsys.readouterr().out
    assert (tmp_path / "out" / "pairs.json").is_file()


def test_a_voice_without_licence_and_credit_is_not_exported(
    workshop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    command = ("export", workshop / "acoustic", "--vocoder", workshop / "vocoder")
    assert run_command(*command, "--data", workshop / "speech", "-o", tmp_path / "b") == 2
    assert "--licence" in capsys.readouterr().err
    assert not (tmp_path / "b").exists()


def test_a_corpus_is_checked_on_demand_and_before_a_training(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("corpus", "check", workshop / "speech") == 0
    line = capsys.readouterr().out
    assert line.startswith("12 utterances, 2 speakers, ")
    for folder in ("speech", "acoustic", "vocoder"):
        report = (workshop / folder / "check.txt").read_text(encoding="utf-8")
        assert line.startswith(report.splitlines()[0])
        assert (workshop / folder / "check.png").is_file()


def test_parts_of_a_corpus_are_joined_again(
    workshop: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    for speaker in ("one", "two"):
        part = ("corpus", "part", workshop / "speech", tmp_path / speaker)
        assert run_command(*part, "--only", speaker) == 0
    assert run_command("corpus", "join", tmp_path / "one", tmp_path / "two", tmp_path / "all") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "12 utterances, 2 speakers"
    again = ("corpus", "join", tmp_path / "one", tmp_path / "all", tmp_path / "more")
    assert run_command(*again) == 0
    assert "speaker renamed: one: one is one-one" in capsys.readouterr().err
    assert run_command("corpus", "join", tmp_path / "one", tmp_path / "more") == 1
    assert "one corpus is nothing to join" in capsys.readouterr().err


def test_training_again_without_resume_is_refused(
    workshop: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    where = ("--recipe", workshop / "v.yaml", "--data", workshop / "speech")
    assert run_command("train", "vocoder", *where, "--out", workshop / "vocoder") == 1
    assert "--resume" in capsys.readouterr().err


def test_terms_are_kept_and_a_bad_line_is_named(
    bundles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = tmp_path / "terms.tsv"
    terms.write_text("# names\n바다\t바르\n", encoding="utf-8")
    assert run_command("translate", "--terms", terms, "바다를 보았다") == 0
    assert capsys.readouterr().out.startswith("바르를 ")
    terms.write_text("바다\t바르\t?\n", encoding="utf-8")
    assert run_command("translate", "--terms", terms, "바다") == 1
    assert f"{terms}:1" in capsys.readouterr().err
    assert run_command("book", "x.txt", "-o", tmp_path, "--terms", terms) == 1


def test_corpora_of_text_are_imported_as_they_lie(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for split in ("train", "dev", "test"):
        (tmp_path / f"ko.{split}").write_text("말 .\n", encoding="utf-8")
        (tmp_path / f"je.{split}").write_text("ᄆᆞᆯ .\n", encoding="utf-8")
    assert run_command("corpus", "import", "jit", tmp_path, tmp_path / "jit") == 0
    assert "1 pairs: test" in capsys.readouterr().out
    row = {"id": "1", "korean": "말", "jeju": "ᄆᆞᆯ", "consent": True, "licence": "CC0-1.0"}
    lines = [json.dumps(row), json.dumps({**row, "id": "2", "consent": False})]
    (tmp_path / "c.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert (
        run_command("corpus", "import", "corrections", tmp_path / "c.jsonl", tmp_path / "jit") == 0
    )
    told = capsys.readouterr()
    assert "1 pairs: araea" in told.out
    assert "c.jsonl:2" in told.err
    assert "agreed" in told.err


def test_labels_without_sounds_are_imported_as_text(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = {
        "form": "x",
        "dialect_form": "하영 먹언",
        "standard_form": "많이 먹었어",
        "start": 0,
        "end": 1,
    }
    (tmp_path / "a.json").write_text(json.dumps({"utterance": [one]}), encoding="utf-8")
    assert run_command("corpus", "import", "aihub", tmp_path / "a.json", tmp_path / "text") == 0
    assert "1 pairs: pairs" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("preservation", "--bundle"),
        ("strength", "--bundle"),
        ("confidence", "--data"),
        ("links", "--bundle"),
        ("jit", "--data"),
    ],
)
def test_measures_of_a_translator_say_what_they_need(
    what: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command("evaluate", what) == 2
    assert told in capsys.readouterr().err


def test_a_bundle_is_measured_for_what_it_keeps(
    bundles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "s.txt").write_text("3시에 갑니다.\n바다에 갑니다.\n", encoding="utf-8")
    bundle = bundles / "translator"
    for what in ("preservation", "strength"):
        assert run_command("evaluate", what, "--bundle", bundle, "--texts", tmp_path) == 0
    assert run_command("evaluate", "links", "--bundle", bundle) == 0
    out = capsys.readouterr().out
    assert "sentences with numbers or Latin: 1 of 1" in out
    assert "strength 0.33" in out
    assert out.count("alignment error rate") == 2
