"""From a manuscript to the files of a book, in a work folder: the pipeline of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kosorong.audio.files import storage
from kosorong.book.assembly import assemble
from kosorong.book.edition import Edition, picture_type
from kosorong.book.formats import FORMATS, write
from kosorong.book.manuscript import Manuscript, has_takes, segments
from kosorong.book.options import BookOptions, original_language, slug_of
from kosorong.book.recorded import RecordedVoice
from kosorong.book.records import Planned
from kosorong.book.report import Report, report_of
from kosorong.book.route import route_of
from kosorong.book.store import Store
from kosorong.book.work import Works
from kosorong.errors import InputError
from kosorong.ports import NoProgress, Progress, Translator, Voice
from kosorong.text.cleaning import clean

# Words that a report names; the rest is a long tail.
_MOST_DOUBTS = 500


@dataclass(frozen=True, slots=True)
class Book:
    """What was made.

    Attributes:
        title: Of the book.
        paths: Format to file; `mp3` and `vtt` to a folder with a file for each chapter.
        chapters: Chapters with something to hear.
        segments: Segments in all.
        seconds: Length, silence included.
        warnings: What is to be known of the whole book.
        report: All of it as plain data; see `kosorong.book.report`.
    """

    title: str
    paths: dict[str, Path]
    chapters: int
    segments: int
    seconds: float
    warnings: tuple[str, ...]
    report: Report


def produce(
    manuscript: Manuscript,
    *,
    translator: Translator | None,
    voice: Voice,
    out: Path,
    options: BookOptions | None = None,
    progress: Progress | None = None,
) -> Book:
    """Make a book, going on where an earlier run was stopped.

    A Korean original is translated and read in Jeju, a Jeju original is read as it is, and so is a
    transcript that is heard from its recording; the other language stands beside. Finished segments
    are kept in `out/.SLUG.kosorong/`; what has changed since, and nothing else, is made again.

    Args:
        manuscript: What a reader returned.
        translator: None reads the original as it is, with nothing beside.
        voice: Reads it; a `RecordedVoice` for a transcript.
        out: Folder of the files, made where it is missing.
        options: How the book is to be made.
        progress: Told of every segment.

    Returns:
        The book: its files are whole and in place.

    Raises:
        InputError: The manuscript has nothing to read.
        StorageError: The disk is full (finished work is kept), or another process makes the book.
        KosorongError: What the translator or the voice raises.
    """
    options = options or BookOptions()
    progress = progress or NoProgress()
    title = options.title or manuscript.title
    _need_words(manuscript, title)
    recorded = _is_recorded(manuscript, voice, title)
    slug = options.slug or slug_of(title)
    with storage(out):
        out.mkdir(parents=True, exist_ok=True)
    with Store(out / f".{slug}.kosorong") as store:
        original, assumed = original_language(manuscript.language, options.language)
        route = route_of(original, translator is not None, recorded)
        works = Works(store, route, translator, voice, options, progress)
        total, removed = _lay(store, works, manuscript)
        finished = works.finished(total)
        progress.start(total, sum(finished))
        try:
            tally = works.run(finished)
            edition = assemble(store, manuscript, route, options, voice)
            paths = _export_all(store, edition, options, out / slug, progress)
        finally:
            progress.close()
        warnings = tuple(_warnings(manuscript, assumed, removed))
        prints = _fingerprints(translator, voice)
        doubts = store.doubt_counts(_MOST_DOUBTS)
        report = report_of(edition, manuscript, tally, prints, warnings, doubts)
    report["files"] = {name: str(path) for name, path in paths.items()}
    seconds = sum(part.samples for part in edition.parts) / edition.sample_rate
    name = edition.imprint.title
    return Book(name, paths, len(edition.parts), total, seconds, warnings, report)


def _need_words(manuscript: Manuscript, title: str) -> None:
    if not any(clean(segment.text).strip() for segment in segments(manuscript)):
        raise InputError(
            "there is nothing to read in it.", where=title, cure="Give a text with words in it."
        )


def _is_recorded(manuscript: Manuscript, voice: Voice, title: str) -> bool:
    """Tell whether a book is heard from a recording.

    Raises:
        InputError: Transcript and recording do not belong together, or one of them is missing.
    """
    if isinstance(voice, RecordedVoice):
        voice.check(manuscript)
        return True
    if has_takes(manuscript):
        raise InputError(
            "it is the transcript of a recording, whose speakers are to be heard.",
            where=title,
            cure="Give the recording with --recording.",
        )
    return False


def _fingerprints(translator: Translator | None, voice: Voice) -> dict[str, str]:
    prints = {"voice": voice.fingerprint}
    if translator is not None:
        prints["translator"] = translator.fingerprint
    return prints


def _lay(store: Store, works: Works, manuscript: Manuscript) -> tuple[int, int]:
    """Write the plan; return the numbers of segments and of characters no file may hold."""
    count = removed = 0

    def planned() -> Iterator[Planned]:
        nonlocal count, removed
        for segment in segments(manuscript):
            text = clean(segment.text)
            removed += len(segment.text) - len(text)
            if not text.strip():
                continue
            if segment.take is not None:
                works.takes[count] = segment.take
            key = works.translation_key(text)
            place = (
                count,
                segment.chapter,
                segment.paragraph,
                segment.kind,
                segment.ends_paragraph,
            )
            yield Planned(*place, text, key, works.known_speech_key(count, text, key))
            count += 1

    store.lay(planned())
    return count, removed


def _warnings(manuscript: Manuscript, assumed: str, removed: int) -> Iterator[str]:
    yield from manuscript.warnings
    if assumed:
        yield assumed
    if removed:
        yield f"{removed} control characters or halves of characters were left out of the text"
    if manuscript.cover and not picture_type(manuscript.cover):
        yield "the cover is neither JPEG, PNG nor GIF and is left out"


def _export_all(
    store: Store, edition: Edition, options: BookOptions, base: Path, progress: Progress
) -> dict[str, Path]:
    """Write the formats asked for; `base` is the files' place and name without ending."""
    paths = {}
    for name in dict.fromkeys(options.formats):
        paths[name] = base.with_name(base.name + FORMATS[name].behind)
        if not _is_current(store, edition, name, base.parent):
            progress.say(f"{paths[name].name}")
            _export(store, edition, name, paths[name])
    edition.forget_old_sound()
    store.forget_old_packets()
    return paths


def _is_current(store: Store, edition: Edition, name: str, out: Path) -> bool:
    key, files = store.export(name)
    return key == edition.key(name) and all((out / file).exists() for file in files)


def _export(store: Store, edition: Edition, name: str, target: Path) -> None:
    """Write one format and remove what an earlier make of it left (a chapter's old name)."""
    out = target.parent
    new = [str(path.relative_to(out)) for path in write(name, edition, target)]
    with storage(target):
        for path in set(store.export(name)[1]) - set(new):
            (out / path).unlink(missing_ok=True)
    store.save_export(name, edition.key(name), new)
