"""`from kosorong import …`: its cost, what its results can do, every example of its page."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import kosorong
import toy_serving
from kosorong import Translator, Voice, align, make_book, spell
from kosorong.audio.wav import read_audio
from kosorong.bundle import FOLDERS_VARIABLE
from kosorong.errors import InputError, UsageError

toy_bundles_folder = toy_serving.toy_bundles_folder

_PAGE = Path(__file__).resolve().parents[2] / "docs" / "how-to" / "python.md"
_EXAMPLES = re.findall(r"^```python\n(.*?)^```", _PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
_WEB = ("flask", "werkzeug", "waitress", "django", "rest_framework", "whitenoise")


@pytest.fixture(autouse=True)
def _bundles(toy_bundles_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDERS_VARIABLE, str(toy_bundles_folder))
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("code", _EXAMPLES, ids=range(len(_EXAMPLES)))
def test_an_example_of_the_page_runs(code: str, tmp_path: Path) -> None:
    exec(compile(code, str(_PAGE), "exec"), {})  # noqa: S102  # our own page
    assert len(_EXAMPLES) >= 4


def test_the_examples_leave_the_files_that_they_save(tmp_path: Path) -> None:
    for code in _EXAMPLES:
        exec(compile(code, str(_PAGE), "exec"), {})  # noqa: S102  # our own page
    for name in ("wind.txt", "wind.mp3", "said.json", "out/story.m4b"):
        assert (tmp_path / name).stat().st_size > 0, name


def test_importing_the_package_loads_no_engine_and_no_web_server() -> None:
    code = "import kosorong, sys; print(*{name.partition('.')[0] for name in sys.modules})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"numpy", "onnxruntime", "ctranslate2", *_WEB} & set(done.stdout.split())


def test_translator_and_voice_work_where_no_web_server_is_installed() -> None:
    blocked = f"import sys; sys.modules.update(dict.fromkeys({_WEB!r}))\n"
    code = blocked + "from kosorong import Translator, Voice\n"
    code += "print(Voice().speak(Translator().translate('눈이 왔다.')).seconds > 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == "True", done.stderr


def test_its_names_are_listed_and_no_others_are_there() -> None:
    assert {"Translator", "Voice", "align", "make_book", "spell"} <= set(dir(kosorong))
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        getattr(kosorong, "nothing")  # noqa: B009  # mypy knows it is not there


def test_a_translation_keeps_its_lines_shows_itself_and_is_saved(tmp_path: Path) -> None:
    translated = Translator().translate("눈이 <b> 왔다.\n바람도 불었다.")
    assert len(translated.text.splitlines()) == 2
    assert "&lt;b&gt;" in translated._repr_html_()
    translated.save(tmp_path / "a.json")
    kept = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert (kept["source"], kept["text"]) == (translated.source, translated.text)


def test_terms_are_kept(tmp_path: Path) -> None:
    assert "백록" in Translator(terms={"눈": "백록"}).translate("눈이 왔다.").text


def test_a_sound_plays_itself_and_is_saved_as_its_name_ends(tmp_path: Path) -> None:
    sound = Voice().speak("바당에 감수다.")
    assert "src='data:audio/mpeg;base64," in sound._repr_html_()
    samples, rate = read_audio(sound.save(tmp_path / "a.flac"))
    assert (len(samples), rate) == (len(sound.samples), sound.sample_rate)
    with pytest.raises(UsageError, match="doc"):
        sound.save(tmp_path / "a.doc")
    with pytest.raises(InputError, match="nothing"):
        Voice().speak("!!")


def test_a_book_shows_its_files(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_text("눈이 왔다.", encoding="utf-8")
    book = make_book(tmp_path / "b.txt", tmp_path / "out", formats=("vtt",), title="<겨울>")
    assert "&lt;겨울&gt;" in book._repr_html_()
    assert str(book.paths["vtt"]) in book._repr_html_()
    with pytest.raises(TypeError):
        make_book(tmp_path / "b.txt", tmp_path / "out", nothing=1)


def test_samples_are_aligned_like_a_file(tmp_path: Path) -> None:
    sound = Voice().speak("바당에 감수다.")
    aligned = align(np.asarray(sound.samples), "바당에 감수다.")
    assert [word.text for word in aligned.words] == ["바당에", "감수다."]
    assert "<th>word" in aligned._repr_html_()


def test_spelling_is_shown_as_a_table(tmp_path: Path) -> None:
    checked = spell("바당에 감수다.")
    assert "바당에" in checked._repr_html_()
    assert json.loads(checked.save(tmp_path / "s.json").read_text("utf-8"))["findings"]
