"""Keep freed memory in the process.

glibc gives every large block back to the kernel when it is freed and asks for it again a moment
later; each time the kernel has to fault in and clear every page. A training step frees and takes
gigabytes: on virtual machines that cost up to thirty times the arithmetic (measured here: 5.55 s
against 0.17 s for the same vocoder step).
"""

from __future__ import annotations

import ctypes
import sys

# From glibc's malloc.h.
_M_TRIM_THRESHOLD, _M_TOP_PAD, _M_MMAP_MAX, _M_ARENA_MAX = -1, -2, -4, -8
_TOP_PAD = 256 * 1024 * 1024  # bytes


def keep_freed_memory() -> bool:
    """Tell glibc to keep what is freed; return whether this system understood."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return False
    settings = (
        (_M_ARENA_MAX, 1),
        (_M_MMAP_MAX, 0),
        (_M_TRIM_THRESHOLD, 2**31 - 1),
        (_M_TOP_PAD, _TOP_PAD),
    )
    understood = [mallopt(option, value) for option, value in settings]
    return all(understood)
