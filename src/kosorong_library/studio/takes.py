"""Keeping a take: at a book's loudness, as FLAC, and encoded for every file that will hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.utils.crypto import get_random_string

from kosorong.audio.mark import Mark
from kosorong_library.storage.files import SOUND, keep, packets_name, put_in_place
from kosorong_library.studio.models import Take, stored_lufs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosorong.book.packing import Packed

_BATCH = 500


def packed_take(samples: NDArray[np.float32], sample_rate: int, mark: Mark) -> Packed:
    """Return what is kept of a take (T_wav,); it needs no database and may run in any thread."""
    # Packing loads libav: only where sound is made.
    from kosorong.book.packing import packed
    from kosorong.book.sound import Level

    return packed(samples, Level(sample_rate), mark, levels=True)


def keep_sound(take: Take, packed: Packed) -> None:
    """Store the sound of an unsaved take, and name it there.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    from kosorong.audio.aac import dump

    take.lufs = stored_lufs(packed.lufs)
    if not packed.audio:
        return
    take.audio = keep(take_name(take.key), ContentFile(packed.audio))
    take.size = len(packed.audio)
    if packed.packets is not None:
        put_in_place(packets_name(take.audio.name), ContentFile(dump(packed.packets, packed.key)))


def take_name(key: str) -> str:
    """Return a new name for the audio of a take: deleting one never hits its successor."""
    return f"takes/{key[:2]}/{key}-{get_random_string(8)}{SOUND}"


def unused_takes(candidates: set[int]) -> list[str]:
    """Delete those takes that no segment needs; return the names of their files."""
    names: list[str] = []
    waiting = sorted(candidates)
    for start in range(0, len(waiting), _BATCH):
        batch = waiting[start : start + _BATCH]
        # Held first, so that no worker hands one of them to a segment between look and deletion.
        list(Take.objects.select_for_update().filter(pk__in=batch).values_list("pk"))
        unused = Take.objects.filter(pk__in=batch, segments=None)
        files = dict(unused.values_list("pk", "audio"))
        Take.objects.filter(pk__in=files).delete()
        names += files.values()
    return names
