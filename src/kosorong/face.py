"""What `from kosorong import …` gives: five names whose results show, play and save themselves."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kosorong.book.produce import Book
from kosorong.ports import JEJU, KOREAN, Dial, Speech, Translation
from kosorong.speech.align import Alignment
from kosorong.spelling.findings import Spelling

if TYPE_CHECKING:
    from kosorong.markup.document import Markup
    from kosorong.speech.runtime import Float
    from kosorong.speech.voice import OnnxVoice
    from kosorong.terms import Terms
    from kosorong.translation.translator import NeuralTranslator


def _values(row: Any) -> dict[str, Any]:
    return {part.name: getattr(row, part.name) for part in fields(row)}


def _save(path: Path | str, content: bytes) -> Path:
    from kosorong.audio.files import write_bytes

    write_bytes(Path(path), content)
    return Path(path)


def _save_json(path: Path | str, row: Any) -> Path:
    return _save(path, json.dumps(asdict(row), ensure_ascii=False, indent=2).encode() + b"\n")


def _table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    cells = "".join(f"<th>{escape(name)}" for name in head)
    lines = ("".join(f"<td>{escape(str(cell))}" for cell in row) for row in rows)
    return f"<table><tr>{cells}{''.join(f'<tr>{line}' for line in lines)}</table>"


def _notes(warnings: Iterable[str]) -> str:
    return "".join(f"<br><small>{escape(warning)}</small>" for warning in warnings)


@dataclass(frozen=True, slots=True)
class Translated(Translation):
    """A translated text, as `kosorong.ports.Translation` has it.

    Attributes:
        source: The text that was translated.
    """

    source: str = ""

    def save(self, path: Path | str) -> Path:
        """Write the text, or everything that is known of it where the name ends in `.json`.

        Raises:
            StorageError: The place cannot be written.
        """
        if Path(path).suffix.lower() == ".json":
            return _save_json(path, self)
        return _save(path, f"{self.text}\n".encode())

    def __str__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        head = f"<p lang=jje>{escape(self.text)}<br><small lang=ko>{escape(self.source)}</small>"
        return f"{head}{_notes(self.warnings)}</p>"


class Translator:
    """The installed translator, Korean to Jeju and back.

    Args:
        name: Of an installed one; the first where empty.
        terms: Korean words and what shall stand for them in Jeju, or a file of such lines.

    Raises:
        BundleError: None is installed, or it is damaged.
        UsageError: A package that it needs is missing, or a term cannot be taken.
    """

    def __init__(self, name: str = "", *, terms: Mapping[str, str] | Path | None = None) -> None:
        from kosorong.bundle import find_bundle
        from kosorong.translation.translator import NeuralTranslator

        opened = NeuralTranslator(find_bundle("translator", name))
        self.model: NeuralTranslator = opened
        if terms is not None:
            self.model = opened.with_terms(_terms(terms))

    def translate(
        self,
        text: str,
        *,
        source: str = KOREAN,
        target: str = JEJU,
        spelling: str = "araea",
        strength: float = 1.0,
        markup: Markup = "text",
    ) -> Translated:
        """Translate a text of any length; lines stay lines, markup stays where it is.

        Args:
            text: What to translate.
            source: `ko` or `jje`.
            target: `ko` or `jje`.
            spelling: `araea`, or `modern` without ㆍ.
            strength: 0 (Korean) to 1 (full Jeju).
            markup: `text`, `html` or `markdown`.
        """
        from kosorong.markup.document import translate_document
        from kosorong.text.cleaning import clean

        options = Dial(source, target, spelling, strength).options()
        text = clean(text)
        document = translate_document(
            text, markup, lambda parts: self.model.translate(parts, **options)
        )
        return Translated(**_values(document.translation()), source=text)


def _terms(terms: Mapping[str, str] | Path) -> Terms:
    from kosorong.terms import read_terms, terms_of

    return read_terms(terms) if isinstance(terms, Path) else terms_of(dict(terms))


@dataclass(frozen=True, slots=True)
class Sound(Speech):
    """A text that was read aloud, as `kosorong.ports.Speech` has it.

    Attributes:
        tags: What its file says of itself: that a machine made it, and whose voice it is.
    """

    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / self.sample_rate

    def save(self, path: Path | str) -> Path:
        """Write it as .wav, .mp3, .flac or .opus, as the name ends.

        Raises:
            UsageError: The name ends otherwise.
            StorageError: The place cannot be written.
        """
        from kosorong.audio.encode import write_audio

        write_audio(Path(path), self.samples, self.sample_rate, self.tags)
        return Path(path)

    def _repr_html_(self) -> str:
        from kosorong.audio.encode import encode_audio

        data = encode_audio(self.samples, self.sample_rate, ".mp3", self.tags)
        source = f"data:audio/mpeg;base64,{base64.b64encode(data).decode()}"
        said = " ".join(word.text for word in self.words)
        return f"<p><audio controls src='{source}'></audio><br>{escape(said)}</p>"


class Voice:
    """An installed voice.

    Args:
        name: As `Voice.names` lists them; the first where empty.

    Raises:
        BundleError: None is installed, or it is damaged.
        UsageError: There is no such voice, or a package that it needs is missing.
    """

    def __init__(self, name: str = "") -> None:
        from kosorong.speech.catalogue import open_voice

        self.model: OnnxVoice = open_voice(name or None)

    @staticmethod
    def names() -> list[str]:
        """Return the installed voices, the default one first."""
        from kosorong.speech.catalogue import installed_voices

        return [voice.name for voice in installed_voices()]

    def speak(self, text: Translated | str, *, speed: float = 1.0, seed: int = 0) -> Sound:
        """Read a text aloud.

        Args:
            text: In Jeju; Korean is read as it is.
            speed: 2 is twice as fast.
            seed: Of the voice's noise; the same seed always sounds the same.

        Raises:
            InputError: Nothing of it can be read.
            UsageError: The speed is out of range.
        """
        from kosorong.audio.mark import mark_of
        from kosorong.errors import InputError
        from kosorong.text.reading import read

        if not read(str(text)).symbols:
            raise InputError("nothing in the text can be read.", cure="Give a text in Hangul.")
        speech = self.model.speak(str(text), speed=speed, seed=seed)
        return Sound(**_values(speech), tags=mark_of(self.model).tags())


@dataclass(frozen=True, slots=True)
class MadeBook(Book):
    """A book and its files, as `kosorong.book.produce.Book` has it."""

    def _repr_html_(self) -> str:
        head = f"<p><b>{escape(self.title)}</b>, {self.seconds:.0f} s{_notes(self.warnings)}</p>"
        return head + _table(("", "file"), self.paths.items())


def make_book(
    manuscript: Path | str,
    out: Path | str,
    *,
    translator: Translator | None = None,
    voice: Voice | None = None,
    **options: Any,
) -> MadeBook:
    """Make an audiobook of a manuscript, going on where an earlier run was stopped.

    Args:
        manuscript: A file that `kosorong book` reads.
        out: Folder of the book's files.
        translator: Of a Korean original; the installed one where None.
        voice: Reads it; the default one where None.
        options: Of `kosorong.book.options.BookOptions`, such as `formats`, `title`, `speed`.

    Raises:
        InputError: The manuscript cannot be read.
        StorageError: The disk is full; finished work is kept.
        UsageError: An option cannot be taken.
    """
    from kosorong.book.options import BookOptions, slug_of
    from kosorong.book.produce import produce
    from kosorong.book.readers import read_manuscript

    path = Path(manuscript)
    chosen = BookOptions(**{"slug": slug_of(path.stem), **options})
    book = produce(
        read_manuscript(
            path, title=chosen.title, author=chosen.author, language=chosen.language, recorded=False
        ),
        translator=(translator or Translator()).model,
        voice=(voice or Voice()).model,
        out=Path(out),
        options=chosen,
    )
    return MadeBook(**_values(book))


@dataclass(frozen=True, slots=True)
class Aligned(Alignment):
    """When the words of a recording sound, as `kosorong.speech.align.Alignment` has it."""

    def save(self, path: Path | str) -> Path:
        """Write it as JSON.

        Raises:
            StorageError: The place cannot be written.
        """
        return _save_json(path, self)

    def _repr_html_(self) -> str:
        rows = ((word.text, f"{word.start:.2f}", f"{word.end:.2f}") for word in self.words)
        return _table(("word", "from", "to"), rows)


def align(recording: Path | str | Float, text: str, *, voice: str = "") -> Aligned:
    """Time the words of a recording.

    Args:
        recording: A sound file, or samples (T_wav,) at 22,050 Hz; at most two minutes.
        text: What is said in it.
        voice: Whose model to take; where empty, the voice that comes nearest.

    Raises:
        InputError: The recording cannot be read, or does not fit the text.
        UsageError: There is no such voice.
    """
    from kosorong.audio.wav import read_audio
    from kosorong.config import MEL
    from kosorong.speech.align import Aligner

    samples = recording
    if isinstance(samples, Path | str):
        samples = read_audio(Path(samples), MEL.sample_rate)[0]
    return Aligned(**_values(Aligner(Voice().model.engine).align(samples, text, voice)))


@dataclass(frozen=True, slots=True)
class Spelled(Spelling):
    """Whether a text is written by the 제주어 표기법, as `kosorong.spelling` has it."""

    def save(self, path: Path | str) -> Path:
        """Write it as JSON.

        Raises:
            StorageError: The place cannot be written.
        """
        return _save_json(path, self)

    def _repr_html_(self) -> str:
        rows = ((one.word, one.verdict, " ".join(one.right), one.why) for one in self.findings)
        return _table(("word", "verdict", "right", "why"), rows)


def spell(text: str) -> Spelled:
    """Say of every word whether it is written by the 제주어 표기법, and what would be right.

    Args:
        text: Jeju, however it was typed.
    """
    from kosorong.spelling.speller import spell as spell_by_lexicon

    return Spelled(**_values(spell_by_lexicon(text)))
