"""Keeping a take: at a book's loudness, as FLAC, and encoded for every file that will hold it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

from kosorong.audio.mark import Mark
from kosorong_library.studio.files import keep, packets_name, put_in_place, take_name
from kosorong_library.studio.models import Take, stored_lufs

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosorong.book.packing import Packed


def packed_take(samples: NDArray[np.float32], sample_rate: int, mark: Mark) -> Packed:
    """Return what is kept of a take (T_wav,); it needs no database and may run in any thread."""
    # Packing loads libav: only where sound is made.
    from kosorong.book.packing import packed
    from kosorong.book.sound import Level

    return packed(samples, Level(sample_rate), mark, levels=True)


def keep_sound(take: Take, made: Packed) -> None:
    """Store the sound of an unsaved take, and name it there.

    Raises:
        StorageError: The disk is full, or the place cannot be written.
    """
    from kosorong.audio.aac import dump

    take.lufs = stored_lufs(made.lufs)
    if not made.audio:
        return
    take.audio = keep(take_name(take.key), ContentFile(made.audio))
    if made.packets is not None:
        put_in_place(packets_name(take.audio.name), ContentFile(dump(made.packets, made.key)))
