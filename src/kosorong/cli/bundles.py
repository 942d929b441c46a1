"""The listing behind `kosorong voices` and `kosorong translators`."""

from __future__ import annotations

import json

from kosorong.bundle import FOLDERS_VARIABLE, Bundle, installed, open_bundle


def show_bundles(kind: str, *, as_json: bool) -> None:
    """Print what is installed of a kind.

    Args:
        kind: `voice` or `translator`.
        as_json: A list of objects instead of text.

    Raises:
        BundleError: An installed bundle is damaged.
    """
    bundles = [open_bundle(path, kind) for path in installed(kind)]
    if as_json:
        print(json.dumps([_plain(bundle) for bundle in bundles], ensure_ascii=False, indent=2))
        return
    if not bundles:
        print(f"No {kind} is installed. Set {FOLDERS_VARIABLE} to a folder that holds bundles.")
    for bundle in bundles:
        _show(bundle)


def _plain(bundle: Bundle) -> dict[str, object]:
    info = bundle.info
    return {
        "name": info.name,
        "kind": info.kind,
        "languages": list(info.languages),
        "voices": info.config.get("voices", []),
        "licence": info.licence,
        "credit": info.credit,
        "trained_on": list(info.trained_on),
        "fingerprint": bundle.fingerprint,
        "quality": dict(info.quality),
    }


def _show(bundle: Bundle) -> None:
    info = bundle.info
    print(f"{info.name} ({', '.join(info.languages)}), {bundle.fingerprint}")
    for voice in info.config.get("voices", []):
        print(f"  voice       {voice['name']} {voice['gender']}".rstrip())
    print(f"  licence     {info.licence}")
    print(f"  credit      {info.credit}")
    for source in info.trained_on:
        print(f"  trained on  {source}")
    for name, value in info.quality.items():
        print(f"  measured    {name}: {value}")
