"""Served models as folders: weights, one `bundle.json`, one model card.

A bundle needs no code to be read: `bundle.json` says what it is, in which languages, under
which licence, what it was trained on and how good it is, and holds the SHA-256 of every file.
"""

from __future__ import annotations

import hashlib
import importlib.resources
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kosorong.errors import BundleError, StorageError

FORMAT = 1
"""Format this code writes; older ones it says it cannot read."""

MANIFEST = "bundle.json"
CARD = "README.md"
FOLDERS_VARIABLE = "KOSORONG_BUNDLES"
KINDS = ("voice", "translator")
_REINSTALL = "Install the bundle again, or export it again with this version of kosorong."


@dataclass(frozen=True, slots=True)
class BundleInfo:
    """What a bundle says about itself.

    Attributes:
        kind: `voice` or `translator`.
        name: Identifier, as command-line options take it.
        languages: Language tags.
        licence: SPDX expression of the weights.
        credit: Whom exports must name.
        trained_on: Corpora, one a line.
        config: What serving needs to know, plain JSON.
        quality: Measured figures, plain JSON.
    """

    kind: str
    name: str
    languages: tuple[str, ...]
    licence: str
    credit: str
    trained_on: tuple[str, ...] = ()
    config: Mapping[str, Any] = field(default_factory=dict)
    quality: Mapping[str, Any] = field(default_factory=dict)

    @property
    def credit_line(self) -> str:
        """The credit, and the licence behind it where the credit does not name it itself.

        >>> BundleInfo("voice", "v", ("jje",), "CC0-1.0", "Tones").credit_line
        'Tones, CC0-1.0'
        >>> BundleInfo("voice", "v", ("jje",), "CC-BY-4.0", "Tones, CC BY 4.0").credit_line
        'Tones, CC BY 4.0'
        """
        named = _letters(self.licence) in _letters(self.credit)
        return self.credit if named else f"{self.credit}, {self.licence}"


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


@dataclass(frozen=True, slots=True)
class Bundle:
    """An opened, checked bundle.

    Attributes:
        path: Its folder.
        info: What it says about itself.
        fingerprint: Short hash of its files and configuration.
        files: Names of its files, relative to the folder.
    """

    path: Path
    info: BundleInfo
    fingerprint: str
    files: tuple[str, ...]

    @property
    def config(self) -> Mapping[str, Any]:
        """What serving needs to know."""
        return self.info.config

    def file(self, name: str) -> Path:
        """Return the path of one of its files.

        Raises:
            BundleError: The bundle has no such file.
        """
        if name not in self.files:
            raise BundleError(
                f"The bundle has no file {name!r}.", where=str(self.path), cure=_REINSTALL
            )
        return self.path / name


def open_bundle(path: Path, kind: str) -> Bundle:
    """Open a bundle and check every file.

    Args:
        path: Its folder.
        kind: What it must be, `voice` or `translator`.

    Raises:
        BundleError: It is missing, damaged, of another kind or of another format.
    """
    content = _read_manifest(path)
    if content["kind"] != kind:
        raise BundleError(
            f"This is a bundle of kind {content['kind']!r}, not {kind!r}.",
            where=str(path),
            cure=f"Give a {kind} bundle; `kosorong {kind}s` lists what is installed.",
        )
    info = _info(content)
    digests = {name: _check(path, name, entry) for name, entry in content["files"].items()}
    fingerprint = fingerprint_of(digests, info.config)
    if fingerprint != content["fingerprint"]:
        raise _damaged(path, "its fingerprint does not fit its configuration")
    return Bundle(path, info, fingerprint, tuple(digests))


def read_info(path: Path) -> BundleInfo:
    """Return what a bundle says about itself, its files unchecked.

    Raises:
        BundleError: There is no readable `bundle.json`.
    """
    return _info(_read_manifest(path))


def _read_manifest(path: Path) -> dict[str, Any]:
    manifest = path / MANIFEST
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BundleError(
            f"There is no {MANIFEST}.",
            where=str(path),
            cure="Give the folder of a bundle, or make one with `kosorong export`.",
        ) from None
    except (OSError, ValueError) as error:
        raise _damaged(path, f"{MANIFEST} cannot be read ({error})") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        actual = content.get("format") if isinstance(content, dict) else None
        raise BundleError(
            f"The bundle has format {actual!r}; this version reads format {FORMAT}.",
            where=str(path),
            cure=_REINSTALL,
        )
    missing = [key for key in _KEYS if not isinstance(content.get(key), _KEYS[key])]
    if missing:
        raise _damaged(path, f"{MANIFEST} lacks {', '.join(missing)}")
    return content


_KEYS: dict[str, type] = {
    "kind": str,
    "name": str,
    "languages": list,
    "licence": str,
    "credit": str,
    "trained_on": list,
    "fingerprint": str,
    "files": dict,
    "config": dict,
    "quality": dict,
}


def _info(content: Mapping[str, Any]) -> BundleInfo:
    return BundleInfo(
        kind=content["kind"],
        name=content["name"],
        languages=tuple(content["languages"]),
        licence=content["licence"],
        credit=content["credit"],
        trained_on=tuple(content["trained_on"]),
        config=content["config"],
        quality=content["quality"],
    )


def _check(path: Path, name: str, entry: object) -> str:
    """Return the digest of a file after comparing it with what the manifest says."""
    parts = PurePosixPath(name)
    if parts.is_absolute() or ".." in parts.parts or not isinstance(entry, dict):
        raise _damaged(path, f"{name!r} is no file of a bundle")
    file = path / name
    if not file.is_file():
        raise _damaged(path, f"{name} is missing")
    if file.stat().st_size != entry.get("bytes") or _sha256(file) != entry.get("sha256"):
        raise _damaged(path, f"{name} differs from what was exported")
    return str(entry["sha256"])


def _damaged(path: Path, what: str) -> BundleError:
    return BundleError(f"The bundle is damaged: {what}.", where=str(path), cure=_REINSTALL)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint_of(digests: Mapping[str, str], config: Mapping[str, Any]) -> str:
    """Return the short hash of files and configuration.

    >>> fingerprint_of({"a": "1"}, {}) == fingerprint_of({"a": "2"}, {})
    False
    """
    plain = json.dumps([sorted(digests.items()), config], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def write_bundle(
    path: Path, info: BundleInfo, files: Mapping[str, Path | bytes], card: str
) -> Bundle:
    """Write a bundle; a reader sees the old one or the new one, never half of one.

    Args:
        path: Folder of the bundle; an old bundle there is replaced.
        info: What it says about itself.
        files: Content, or a file to copy, by name relative to the folder.
        card: The model card, Markdown.

    Raises:
        BundleError: The folder holds something that is no bundle, or the kind is unknown.
        StorageError: The disk is full or not writable.
    """
    if info.kind not in KINDS:
        raise BundleError(f"Unknown kind {info.kind!r}.", cure=f"Valid: {', '.join(KINDS)}.")
    if path.exists() and any(path.iterdir()) and not (path / MANIFEST).exists():
        raise BundleError(
            "The folder is there and is no bundle.",
            where=str(path),
            cure="Choose another folder; nothing was changed.",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}-") as temporary:
            folder = Path(temporary) / "new"
            _fill(folder, info, files, card)
            if path.exists():
                path.rename(Path(temporary) / "old")
            folder.rename(path)
    except OSError as error:
        raise StorageError(
            f"The bundle could not be written: {error}.", where=str(path), cure="Free some space."
        ) from error
    return open_bundle(path, info.kind)


def _fill(folder: Path, info: BundleInfo, files: Mapping[str, Path | bytes], card: str) -> None:
    entries: dict[str, dict[str, object]] = {}
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, bytes):
            file.write_bytes(content)
        else:
            shutil.copyfile(content, file)
        entries[name] = {"sha256": _sha256(file), "bytes": file.stat().st_size}
    digests = {name: str(entry["sha256"]) for name, entry in entries.items()}
    # Through JSON once, so that the fingerprint is that of the configuration as it is read.
    config = json.loads(json.dumps(dict(info.config)))
    manifest = {
        "format": FORMAT,
        "kind": info.kind,
        "name": info.name,
        "languages": list(info.languages),
        "licence": info.licence,
        "credit": info.credit,
        "trained_on": list(info.trained_on),
        "fingerprint": fingerprint_of(digests, config),
        "files": entries,
        "config": config,
        "quality": dict(info.quality),
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
    (folder / CARD).write_text(card, encoding="utf-8")


def bundle_folders() -> list[Path]:
    """Return where bundles are looked for: `KOSORONG_BUNDLES` first, then the package's own."""
    own = os.environ.get(FOLDERS_VARIABLE, "")
    shipped = importlib.resources.files("kosorong") / "bundles"
    return [*(Path(part) for part in own.split(os.pathsep) if part), Path(str(shipped))]


def installed(kind: str) -> list[Path]:
    """Return the folders of installed bundles of a kind, sorted by name within each place.

    `KOSORONG_BUNDLES` may name folders of bundles and bundles themselves. Of two bundles with
    one name the first is taken.
    """
    folders: dict[str, Path] = {}
    for folder in bundle_folders():
        manifests = [*folder.glob(MANIFEST), *sorted(folder.glob(f"*/{MANIFEST}"))]
        for manifest in manifests:
            info = _read_manifest(manifest.parent)
            if info["kind"] == kind:
                folders.setdefault(info["name"], manifest.parent)
    return list(folders.values())


def find_bundle(kind: str, name: str = "") -> Path:
    """Return the folder of the installed bundle `name`, or of the first one.

    Raises:
        BundleError: There is none.
    """
    paths = installed(kind)
    for path in paths:
        if not name or read_info(path).name == name:
            return path
    cure = f"Set {FOLDERS_VARIABLE} to a folder that holds bundles."
    if not paths:
        raise BundleError(f"No {kind} is installed.", cure=cure)
    names = ", ".join(read_info(path).name for path in paths)
    raise BundleError(f"There is no {kind} {name!r} here.", cure=f"Installed: {names}. {cure}")
