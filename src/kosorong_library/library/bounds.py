"""How long what is written of a book may be, and which licences it may be under."""

from __future__ import annotations

MAX_TITLE = 300
MAX_CREDIT = 500
MAX_FOLDED = 700
MAX_LEMMA = 100
MAX_TAGS = 600
MAX_DESCRIPTION = 4000
MAX_WORDS = 2000
"""Characters of what is written to or by an operator."""
LICENCES = (
    "CC0 1.0",
    "CC BY 4.0",
    "CC BY-SA 4.0",
    "CC BY-NC 4.0",
    "CC BY-NC-SA 4.0",
    "Public domain",
    "All rights reserved",
)
"""Under which a text may be shown to others."""
