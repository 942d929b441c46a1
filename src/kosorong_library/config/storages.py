"""Where files are kept, from one address: a folder, or a bucket of anything that speaks S3.

>>> storage("", Path("/data"))["OPTIONS"]["location"]
'/data/files'
>>> storage("s3://books/jeju?endpoint=http://minio:9000", Path("/data"))["OPTIONS"]["location"]
'jeju'
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from kosorong.errors import UsageError

NAME = "KOSORONG_STORAGE"
_CURE = "Give a folder, or s3://BUCKET/PREFIX?endpoint=https://HOST&region=NAME."
_KNOWN = frozenset({"endpoint", "region"})
LINK_SECONDS = 3600
"""How long a link to a file in a bucket can be followed."""


def storage(address: str, data: Path, access_key: str = "", secret_key: str = "") -> dict[str, Any]:
    """Return Django's settings of the storage.

    Args:
        address: A folder, `s3://BUCKET/PREFIX` with `endpoint` and `region` where they are not
            those of AWS, or "" for a folder in `data`.
        data: Folder of the library.
        access_key: Of the bucket; what the machine's own role gives where empty.
        secret_key: Of the bucket.

    Raises:
        UsageError: The address cannot be taken.
    """
    parts = urlsplit(address)
    if parts.scheme == "s3":
        return _bucket(parts, access_key, secret_key)
    if parts.scheme or (address and not Path(address).is_absolute()):
        raise UsageError("this is no place for files.", where=NAME, cure=_CURE)
    return {
        "BACKEND": "kosorong_library.storage.folders.Folder",
        "OPTIONS": {"location": address or str(data / "files")},
    }


def _bucket(parts: SplitResult, access_key: str, secret_key: str) -> dict[str, Any]:
    options = parse_qs(parts.query)
    unknown = sorted(set(options) - _KNOWN)
    if not parts.netloc or unknown:
        what = f"'{unknown[0]}' is not known" if unknown else "the bucket is missing"
        raise UsageError(f"{what}.", where=NAME, cure=_CURE)
    endpoint = options.get("endpoint", [""])[0]
    if endpoint and not _is_address(endpoint):
        raise UsageError(f"'{endpoint}' is no address of a server.", where=NAME, cure=_CURE)
    if bool(access_key) != bool(secret_key):
        raise UsageError(
            "only one half of the key is set.",
            where="KOSORONG_S3_ACCESS_KEY, KOSORONG_S3_SECRET_KEY",
            cure="Set both, or none where the machine has a role of its own.",
        )
    return {
        "BACKEND": "kosorong_library.storage.buckets.Bucket",
        "OPTIONS": {
            "bucket_name": parts.netloc,
            "location": unquote(parts.path.strip("/")),
            "endpoint_url": endpoint or None,
            "region_name": options.get("region", [None if not endpoint else "us-east-1"])[0],
            "access_key": access_key or None,
            "secret_key": secret_key or None,
            "addressing_style": "path" if endpoint else "auto",
            "signature_version": "s3v4",
            "querystring_expire": LINK_SECONDS,
            "default_acl": None,
            "file_overwrite": False,
        },
    }


def _is_address(endpoint: str) -> bool:
    parts = urlsplit(endpoint)
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
