"""Takes whose file is gone or damaged: noticed, told where they are heard, and made again."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from django.core.files.storage import default_storage

from kosorong.errors import InputError, StorageError
from kosorong_library.library.models import Segment, State
from kosorong_library.storage.files import forget, look
from kosorong_library.studio import editing, pruning
from kosorong_library.studio.models import Export, Take

PROBLEM = (
    "The sound of this sentence is damaged, silence stands for it. Change the sentence or record it"
    " again, or ask the operator for `kosorong check --repair`."
)
"""What is told of a sentence whose take cannot be read."""
_MAGIC = b"fLaC"
# Where FLAC keeps the MD5 of its samples: behind the mark and the header of its first block.
_SUM = slice(26, 42)


class DamagedError(StorageError):
    """The file of a take is gone, or holds something else."""


def damaged(name: str) -> DamagedError:
    """Return what to tell of a take's file that cannot be read."""
    return DamagedError(
        "the audio of a segment is gone or damaged.",
        where=name,
        cure="Change the segment's text, or restore the file from a backup.",
        reason="sound_damaged",
    )


def size_of_take(name: str, size: int | None) -> int:
    """Return the bytes of a take's file, of which the beginning was looked at.

    Args:
        name: Of the file.
        size: That it should have, None where nobody wrote it down.

    Raises:
        DamagedError: It is gone, shorter or longer, or no FLAC.
        StorageError: The storage does not answer.
    """
    try:
        bytes_there, head = look(name, len(_MAGIC))
    except FileNotFoundError as error:
        raise damaged(name) from error
    if head != _MAGIC or size not in {None, bytes_there}:
        raise damaged(name)
    return bytes_there


def found_in(key: str) -> None:
    """Write down that the take of a key cannot be read, for whoever looks at its sentences."""
    heard = Segment.objects.filter(take__key=key, state=State.DONE)
    heard.exclude(problem=PROBLEM).update(problem=PROBLEM)


def found_well(key: str) -> None:
    """Forget that the take of a key could not be read."""
    Segment.objects.filter(take__key=key, problem=PROBLEM).update(problem="")


@dataclass(slots=True)
class CheckResult:
    """What was found in the storage.

    Attributes:
        files: That rows need and were read.
        takes: Of those that cannot be read.
        exports: The same of files of whole books.
        lost: Others that rows need and the storage does not have: covers, sources, narrations.
        left: Files that no row names.
        people: Of `takes`, how many hold a person's voice, which nobody can make again.
    """

    files: int
    takes: list[str]
    exports: list[str]
    lost: list[str]
    left: int
    people: int = 0

    @property
    def is_well(self) -> bool:
        """Whether nothing is damaged or gone."""
        return not (self.takes or self.exports or self.lost)


def check(*, repair: bool = False) -> CheckResult:
    """Read every file that a row needs, and write down which takes are damaged.

    Args:
        repair: Whether to make again what can be made again, and to delete what no row names.
    """
    result = CheckResult(0, [], [], [], 0)
    known_damaged = set(Segment.objects.filter(problem=PROBLEM).values_list("take__key", flat=True))
    for take in Take.objects.exclude(audio="").order_by("pk").iterator(500):
        _check_take(take, result, repair=repair)
        if take.key in known_damaged and take.audio.name not in result.takes[-1:]:
            found_well(take.key)
    for export in Export.objects.exclude(file="").iterator():
        _check_export(export, result, repair=repair)
    known = {*result.exports, *Export.objects.exclude(file="").values_list("file", flat=True)}
    for name in set(pruning.named_outside_of_takes()) - known:
        result.files += 1
        if not default_storage.exists(name):
            result.lost.append(name)
    result.left = pruning.sweep(dry=not repair)
    return result


def _check_take(take: Take, result: CheckResult, *, repair: bool) -> None:
    result.files += 1
    name = take.audio.name
    if is_whole(take):
        return
    # Written or deleted meanwhile: only what a row still names is damaged.
    if not Take.objects.filter(pk=take.pk, audio=name).exists():
        return
    result.takes.append(name)
    result.people += not take.synthetic
    found_in(take.key)
    if repair and take.synthetic:
        editing.speak_again(Segment.objects.filter(take=take))


def is_whole(take: Take) -> bool:
    """Say whether a take's file holds the very samples that were written; keep its size if so."""
    from kosorong.audio.wav import decode_audio, to_int16

    name = take.audio.name
    try:
        size_of_take(name, take.size)
        with default_storage.open(name) as file:
            data = file.read()
        samples, rate = decode_audio(data, None, where=name)
    except (DamagedError, FileNotFoundError, InputError):
        return False
    if (len(samples), rate) != (take.samples, take.sample_rate):
        return False
    written = data[_SUM]
    if any(written) and hashlib.md5(to_int16(samples).tobytes()).digest() != written:  # noqa: S324
        return False
    if take.size is None:
        Take.objects.filter(pk=take.pk).update(size=len(data))
    return True


def _check_export(export: Export, result: CheckResult, *, repair: bool) -> None:
    result.files += 1
    name = export.file.name
    try:
        is_well = look(name, 1)[0] > 0
    except FileNotFoundError:
        is_well = False
    if is_well or not Export.objects.filter(pk=export.pk, file=name).exists():
        return
    result.exports.append(name)
    if repair:
        # Asked for again, it is made again.
        Export.objects.filter(pk=export.pk).update(file="", made=None)
        forget([name])
