"""What is kept of a secret that was made at random.

>>> digest_of("kosorong_x")[:8]
'575898ee'
"""

from __future__ import annotations

import hashlib


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a random secret: nobody can guess one, a plain hash is enough."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
