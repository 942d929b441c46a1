"""No door for sound is left unmarked: the doors are found in the code, not listed by hand.

Routes are walked in `serving/test_marked_routes.py` and `library/test_marked_api.py`; here are the
commands, and every place that hands samples to an encoder.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import toy_serving
from kosorong import cli
from kosorong.audio.encode import SUFFIXES
from kosorong.bundle import FOLDERS_VARIABLE, read_info
from kosorong.speech.catalogue import open_voice
from reading_marks import check

toy_bundles_folder = toy_serving.toy_bundles_folder

SOURCES = Path(__file__).parents[1] / "src"
# What turns samples into a file, and which of its arguments are the tags.
WRITERS = {
    "StreamEncoder": 3,
    "stream_audio": 3,
    "write_audio": 3,
    "encode_audio": 3,
    "wav_bytes": 2,
    "wav_header": 2,
    "write_wav": 3,
    "flac": 2,
    "encoded": -1,
}
# These hand on what people said, within a training corpus or between two of our own processes;
# nobody is given the file.
NO_DOORS = {
    "kosorong/client/models.py",
    "kosorong/training/corpora/importers.py",
    "kosorong/training/corpora/phrases.py",
}
# Commands that write sound for people. All others write none; a new one has to be put somewhere.
SOUNDING = {"speak", "book", "say", "train"}
SERVING = {"serve", "inference", "worker", "api"}
SILENT = {
    *(
        "translate",
        "segments",
        "pronounce",
        "voices",
        "translators",
        "lexicon",
        "doctor",
        "recipe",
        "export",
    ),
    *("corpus", "evaluate", "admin", "backup", "restore", "check", "spell"),
}


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in WRITERS:
                yield name, node


def is_tagged(name: str, call: ast.Call) -> bool:
    named = {keyword.arg for keyword in call.keywords}
    return bool(named & {"metadata", "mark"}) or 0 <= WRITERS[name] < len(call.args)


def bare_calls() -> Iterator[str]:
    for path in sorted(SOURCES.rglob("*.py")):
        name = path.relative_to(SOURCES).as_posix()
        if name not in NO_DOORS:
            for writer, call in calls(ast.parse(path.read_text(encoding="utf-8"))):
                if not is_tagged(writer, call):
                    yield f"{name}:{call.lineno}: {writer} without tags"


def test_whoever_writes_sound_says_whose_it_is() -> None:
    assert list(bare_calls()) == []


def test_every_writer_is_in_use() -> None:
    """A name that no code has any more would look after nothing."""
    text = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py"))
    assert all(f"{name}(" in text for name in WRITERS)


def test_every_command_is_known_to_write_sound_or_none() -> None:
    assert set(cli.COMMANDS) == SOUNDING | SERVING | SILENT


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_speak_marks_every_kind_of_file(
    toy_bundles_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(toy_bundles_folder))
    out = tmp_path / f"a{suffix}"
    assert cli.main(["speak", "바당에 감수다.", "-o", str(out)]) == 0
    voice = open_voice()
    said = check(out.read_bytes(), voice.credit)
    assert said["artist"] == f"{voice.name} (합성 음성 · synthetic voice)"
    assert read_info(toy_bundles_folder / "toy-voice").licence in said["copyright"]
