"""Speech corpora as they lie on disk: a reader for each layout.

A reader yields one `CorpusRow` for each recording and, where a row is broken, the `CorpusError`
that says so: a bad row is left out and listed, it never ends an import. Only a corpus without its
list raises.

>>> sorted(SPEECH_LAYOUTS)
['aihub', 'commonvoice', 'doreco', 'emotiontts', 'filelist', 'fleurs', 'folder', 'jss', 'kss', \
'zeroth']
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from kosorong.errors import CorpusError
from kosorong.ports import JEJU
from kosorong.training.corpora import aihub, doreco
from kosorong.training.corpora.manifest import Split
from kosorong.training.corpora.rows import CorpusRow, Rows

_FLEURS_SPLITS: Mapping[str, Split] = {"train": "train", "dev": "valid", "test": "test"}
_FLEURS_COLUMNS = 7
_FLEURS_GENDERS = ("FEMALE", "MALE", "OTHER")


def rows_of_emotiontts(source: Path) -> Rows:
    """`metadata.csv`: `id|speaker|spoken|written|seconds`; audio at `wavs/SPEAKER/ID.flac`."""
    path = _list_of(source, "metadata.csv")

    def parse(cells: Mapping[str, str], where: str) -> CorpusRow:
        name, speaker, text = _cells(cells, where, "id", "speaker", "spoken")
        audio = path.parent / "wavs" / speaker / f"{name}.flac"
        return CorpusRow(name, speaker, audio, text, where)

    return _rows_of_table(path, "|", parse)


def rows_of_folder(source: Path) -> Rows:
    """Sound files, each beside a `.txt` of the same name; a subfolder is a speaker."""
    kinds = {".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a"}
    for audio in sorted(p for p in source.rglob("*") if p.suffix.lower() in kinds):
        text = audio.with_suffix(".txt")
        speaker = audio.parent.name if audio.parent != source else "speaker"
        try:
            words = text.read_bytes().decode("utf-8-sig") if text.is_file() else ""
        except UnicodeDecodeError:
            yield _not_utf8(str(text))
            continue
        yield CorpusRow(_name_of(audio.relative_to(source)), speaker, audio, words, str(audio))


def rows_of_filelist(source: Path) -> Rows:
    """Lines `path|text[|speaker]`; paths relative to the file."""
    path = _list_of(source)

    def parse(line: str, where: str) -> CorpusRow:
        parts = line.split("|")
        if len(parts) < 2:
            raise CorpusError(
                "expected path|text.", where=where, cure="Separate with upright bars."
            )
        speaker = parts[2].strip() if len(parts) > 2 else ""
        return CorpusRow(
            _name_of(Path(parts[0])), speaker or "speaker", path.parent / parts[0], parts[1], where
        )

    return _rows_of_lines(path, parse)


def rows_of_jss(source: Path) -> Rows:
    """Jejueo Single Speaker: `jss.v.1.0.tsv`, tabs: path, text, length, seconds; audio beside it.

    The older list has `fname|text` a line. The text keeps its arae-a.
    """
    path = _list_of(source, "jss*.tsv", "jss*.txt")

    def parse(line: str, where: str) -> CorpusRow | None:
        cells = line.split("\t") if "\t" in line else line.split("|")
        if len(cells) < 2:
            raise CorpusError("expected path, tab, text.", where=where)
        if cells[0] in ("path", "fname"):
            return None
        audio = _beside(path, cells[0], "jss")
        return CorpusRow(_name_of(Path(cells[0])), "jss", audio, cells[1], where, JEJU)

    return _rows_of_lines(path, parse)


def rows_of_kss(source: Path) -> Rows:
    """Korean Single Speaker: `transcript.v.1.4.txt`, its third column the text with numbers read.

    The columns are path, original, expanded, decomposed, seconds and English; older lists have
    fewer, and where there is no third one but the seconds, the original is the text.
    """
    path = _list_of(source, "transcript*.txt")

    def parse(line: str, where: str) -> CorpusRow:
        cells = line.split("|")
        if len(cells) < 2:
            raise CorpusError("expected path|original|expanded.", where=where)
        expanded = cells[2] if len(cells) > 2 else ""
        text = cells[1] if re.fullmatch(r"[\s\d.]*", expanded) else expanded
        return CorpusRow(
            _name_of(Path(cells[0])), "kss", _beside(path, cells[0], "kss"), text, where
        )

    return _rows_of_lines(path, parse)


def rows_of_zeroth(source: Path) -> Rows:
    """Zeroth-Korean: `train_data_01/…/SPEAKER_UTT.flac` beside `*.trans.txt` of `id text` lines.

    The speaker is what stands before the first `_` of the id. `AUDIO_INFO` is not read: it adds
    nothing but the names of private persons.
    """
    paths = sorted(source.rglob("*.trans.txt"))
    if not paths:
        raise CorpusError(
            "there is no *.trans.txt.",
            where=str(source),
            cure="Give the folder that holds AUDIO_INFO and train_data_01.",
        )
    for path in paths:
        yield from _rows_of_lines(path, _parser_of_zeroth(path.parent))


def _parser_of_zeroth(folder: Path) -> Callable[[str, str], CorpusRow]:
    def parse(line: str, where: str) -> CorpusRow:
        name, _, text = line.strip().partition(" ")
        return CorpusRow(name, name.split("_")[0], folder / f"{name}.flac", text, where)

    return parse


def rows_of_commonvoice(source: Path) -> Rows:
    """Common Voice: `validated.tsv` or else `train.tsv` with a header, sounds in `clips/`.

    A speaker is the first twelve letters of `client_id`.
    """
    path = _list_of(source, "validated.tsv", "train.tsv")

    def parse(cells: Mapping[str, str], where: str) -> CorpusRow:
        client, name, text = _cells(cells, where, "client_id", "path", "sentence")
        clip = Path(name) if Path(name).suffix else Path(f"{name}.mp3")
        return CorpusRow(clip.stem, client[:12], path.parent / "clips" / clip, text, where)

    return _rows_of_table(path, "\t", parse)


def rows_of_fleurs(source: Path) -> Rows:
    """FLEURS: `train.tsv`, `dev.tsv`, `test.tsv` without a header, sounds in `audio/SPLIT/`.

    Columns are sentence, file, raw text, plain text, letters, samples and gender; the raw text
    is taken, which has the marks. FLEURS does not say who speaks: all women of a language become
    one speaker, all men another, which serves as a pool to learn from and as nobody's voice. What
    it holds out stays held out.
    """
    folder = source.parent if source.is_file() else source
    lists = [(split, folder / f"{name}.tsv") for name, split in _FLEURS_SPLITS.items()]
    lists = [(split, path) for split, path in lists if path.is_file()]
    if not lists:
        raise CorpusError(
            "there is no train.tsv, dev.tsv or test.tsv.",
            where=str(source),
            cure="Give the folder of one language, such as ko_kr, with audio/ beside the lists.",
        )
    for split, path in lists:
        yield from _rows_of_lines(path, _parser_of_fleurs(path, split))


def _parser_of_fleurs(path: Path, split: Split) -> Callable[[str, str], CorpusRow]:
    folder = path.parent / "audio" / path.stem

    def parse(line: str, where: str) -> CorpusRow:
        cells = line.split("\t")
        if len(cells) != _FLEURS_COLUMNS:
            raise CorpusError(f"expected {_FLEURS_COLUMNS} columns, not {len(cells)}.", where=where)
        name, text, gender = cells[1], cells[2], cells[-1].strip()
        if gender not in _FLEURS_GENDERS:
            raise CorpusError(f"unknown gender {gender!r}.", where=where)
        if not name or Path(name).name != name:
            raise CorpusError(f"{name!r} is no file name.", where=where)
        speaker = f"fleurs-{gender.lower()}"
        return CorpusRow(Path(name).stem, speaker, folder / name, text, where, split=split)

    return parse


SPEECH_LAYOUTS: Mapping[str, Callable[[Path], Rows]] = {
    "aihub": aihub.rows_of_aihub,
    "commonvoice": rows_of_commonvoice,
    "doreco": doreco.rows_of_doreco,
    "emotiontts": rows_of_emotiontts,
    "filelist": rows_of_filelist,
    "fleurs": rows_of_fleurs,
    "folder": rows_of_folder,
    "jss": rows_of_jss,
    "kss": rows_of_kss,
    "zeroth": rows_of_zeroth,
}


def _list_of(source: Path, *patterns: str) -> Path:
    """Return the list of a corpus: the file given, or the newest version of it in the folder."""
    if source.is_file():
        return source
    lists = [path for pattern in patterns for path in sorted(source.glob(pattern), reverse=True)]
    if lists:
        return lists[0]
    if not patterns:
        raise CorpusError("no such file.", where=str(source), cure="Give the list, a text file.")
    raise CorpusError(
        "no such file.",
        where=str(source / patterns[0]),
        cure=f"Give the corpus's own folder, the one that holds {' or '.join(patterns)}.",
    )


def _rows_of_lines(path: Path, parse: Callable[[str, str], CorpusRow | None]) -> Rows:
    """Parse a list line by line; `parse` gets a line and its place, and returns None for none."""
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise CorpusError(f"cannot be read ({error.strerror}).", where=str(path)) from error
    for n, raw in enumerate(lines, 1):
        where = f"{path}:{n}"
        try:
            line = raw.decode("utf-8-sig" if n == 1 else "utf-8").rstrip("\r")
            row = parse(line, where) if line.strip() else None
        except UnicodeDecodeError:
            yield _not_utf8(where)
        except CorpusError as error:
            yield error
        except OSError as error:  # a text where a path belongs is too long for one
            yield CorpusError(f"the path cannot be looked at ({error.strerror}).", where=where)
        else:
            if row is not None:
                yield row


def _rows_of_table(
    path: Path, separator: str, parse: Callable[[Mapping[str, str], str], CorpusRow]
) -> Rows:
    """Parse a list whose first line names the columns."""
    names: list[str] = []

    def by_name(line: str, where: str) -> CorpusRow | None:
        cells = line.split(separator)
        if not names:
            names.extend(cells)
            return None
        return parse(dict(zip(names, cells, strict=False)), where)

    return _rows_of_lines(path, by_name)


def _cells(cells: Mapping[str, str], where: str, *names: str) -> list[str]:
    """Return cells by the names of their columns; the last one may be empty."""
    lacking = [name for name in names if name not in cells]
    lacking += [name for name in names[:-1] if not cells.get(name, "").strip()]
    if lacking:
        raise CorpusError(f"the row lacks {', '.join(dict.fromkeys(lacking))}.", where=where)
    return [cells[name].strip() for name in names]


def _name_of(path: Path) -> str:
    """Return an id: the path's parts without the ending."""
    return "-".join(path.with_suffix("").parts)


def _beside(path: Path, name: str, folder: str) -> Path:
    """Return a sound file that lies beside the list, or in a folder beside it."""
    inner = path.parent / folder / name
    return inner if inner.is_file() else path.parent / name


def _not_utf8(where: str) -> CorpusError:
    return CorpusError("it is not UTF-8.", where=where, cure="Convert it with iconv -t UTF-8.")
