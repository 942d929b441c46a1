"""What is deployed names commands, settings and files that are there, and no secret."""

from __future__ import annotations

import re
import runpy
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from kosorong.cli import build_parser

ROOT = Path(__file__).resolve().parents[1]
COMPOSE = ("compose.yaml", "compose.small.yaml")
_SETTING = re.compile(r"\bKOSORONG_[A-Z0-9_]+\b")
# Of make, tests, and Caddy's own file.
_NO_SETTINGS = {
    *("KOSORONG_TEST_SERVICES", "KOSORONG_STRANGERS", "KOSORONG_SITE", "KOSORONG_UPSTREAM"),
    *("KOSORONG_DOORS", "KOSORONG_INFERENCE_UPSTREAM"),
}
_SECRET = re.compile(r"(PASSWORD|SECRET|TOKEN|KEY)")


def compose(name: str) -> dict[str, Any]:
    return dict(yaml.safe_load((ROOT / name).read_text(encoding="utf-8")))


def settings_of_the_reference() -> set[str]:
    page = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    return {
        name for line in page.splitlines() if line[:1] == "|" for name in _SETTING.findall(line)
    }


def settings_of_the_code() -> set[str]:
    found: set[str] = set()
    for package in ("kosorong", "kosorong_library"):
        for path in (ROOT / "src" / package).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            found.update(re.findall(r'"(KOSORONG_[A-Z0-9_]+)"', text))
            ports = re.findall(r'whole_number\(os\.environ, "([A-Z_]+)"', text)
            found.update(f"KOSORONG_INFERENCE_{port}" for port in ports)
    inference = (ROOT / "src/kosorong/serving/settings.py").read_text(encoding="utf-8")
    names = re.findall(r'(?:_secret|whole_number|_origins)\(environ, "([A-Z_]+)"', inference)
    examples = {"KOSORONG_EXAMPLE", "KOSORONG_INFERENCE_"}
    return (found | {f"KOSORONG_INFERENCE_{name}" for name in names}) - examples


def known(name: str) -> bool:
    settings = settings_of_the_reference()
    return name in settings or name.removesuffix("_FILE") in settings


def test_the_reference_lists_the_settings_that_the_code_reads() -> None:
    bases = {name.removesuffix("_FILE") for name in settings_of_the_reference()}
    code = {name.removesuffix("_FILE") for name in settings_of_the_code()}
    assert code - bases == set()
    # The address of the queue and its password are read by one name.
    assert bases - code <= {"KOSORONG_QUEUE_PASSWORD"}


@pytest.mark.parametrize("name", COMPOSE)
def test_commands_are_those_of_the_command_line(name: str) -> None:
    ours = 0
    for service in compose(name)["services"].values():
        command = service.get("command", [])
        if command[:1] == ["kosorong"]:
            build_parser().parse_args(command[1:])
            ours += 1
    assert ours == 3


@pytest.mark.parametrize("name", COMPOSE)
def test_variables_are_known_and_hold_no_secret(name: str) -> None:
    content = compose(name)
    for title, service in content["services"].items():
        for variable, value in service.get("environment", {}).items():
            if variable.startswith("KOSORONG_") and variable not in _NO_SETTINGS:
                assert known(variable), f"{title}: {variable}"
            if _SECRET.search(variable):
                assert variable.endswith("_FILE"), f"{title}: {variable} stands in the file"
                secret = value.removeprefix("/run/secrets/")
                assert secret in service["secrets"]
                assert secret in content["secrets"]
            assert "@" not in str(value) or ":" not in str(value).partition("//")[2].split("@")[0]


@pytest.mark.parametrize("name", COMPOSE)
def test_every_service_is_bounded_watched_and_without_rights(name: str) -> None:
    content = compose(name)
    for title, service in content["services"].items():
        assert service["read_only"] is True, title
        assert service["cap_drop"] == ["ALL"], title
        assert service["security_opt"] == ["no-new-privileges:true"], title
        assert int(service["user"].partition(":")[0]) > 0, title
        assert {"test", "interval", "timeout", "retries"} <= set(service["healthcheck"]), title
        assert service["mem_limit"], title
        assert (title == "caddy") == ("ports" in service), f"{title} is open to the world"
        for volume in service.get("volumes", ()):
            assert volume.partition(":")[0] in content["volumes"]


def test_the_small_profile_fits_into_a_gigabyte() -> None:
    limits = [one["mem_limit"] for one in compose("compose.small.yaml")["services"].values()]
    assert sum(int(limit.removesuffix("m")) for limit in limits) < 1000


def test_the_script_makes_every_secret_once(tmp_path: Path) -> None:
    script = tmp_path / "make-secrets.sh"
    script.write_bytes((ROOT / "deploy/make-secrets.sh").read_bytes())
    for _ in range(2):
        subprocess.run(["sh", str(script)], check=True, capture_output=True)
        made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    wanted = {secret for name in COMPOSE for secret in compose(name)["secrets"]}
    assert set(made) == wanted
    assert all(len(text) == 43 and len(set(text)) > 10 for text in made.values())
    assert len(set(made.values())) == len(made)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    for name in COMPOSE:
        for one in compose(name)["secrets"].values():
            assert one["file"].startswith("deploy/secrets/")
    assert "deploy/secrets/" in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()


def test_the_unit_starts_what_there_is() -> None:
    unit = (ROOT / "deploy/systemd/kosorong.service").read_text(encoding="utf-8")
    command = re.findall(r"^ExecStart=\S+/kosorong (.+)$", unit, re.MULTILINE)
    build_parser().parse_args(command[0].split())
    for name, value in re.findall(r"^Environment=(\w+)=(.*)$", unit, re.MULTILINE):
        assert known(name), name
        assert not _SECRET.search(name) or name.endswith("_FILE"), f"{name}={value}"


def test_the_image_copies_what_there_is() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    copied = [
        line.split()[1:-1] for line in lines if line.startswith("COPY ") and "--from" not in line
    ]
    assert [name for names in copied for name in names if not (ROOT / name).exists()] == []
    assert any(line == "USER kosorong" for line in lines)


def locked() -> dict[str, list[str]]:
    """Return the hashes by `name==version` of what containers install."""
    text = (ROOT / "deploy/requirements.lock").read_text("utf-8").replace("\\\n", " ")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {words[0]: [word for word in words if word.startswith("--hash=")] for words in lines}


def test_containers_install_the_pinned_versions_by_their_hashes() -> None:
    pins = set((ROOT / "constraints.txt").read_text("utf-8").split())
    found = locked()
    assert len(found) > 40
    assert set(found) <= pins
    assert all(hashes for hashes in found.values())
    text = (ROOT / "Dockerfile").read_text("utf-8")
    assert "--require-hashes --requirement /tmp/requirements.lock" in text
    assert "--no-deps --no-index /wheels" in text


def test_containers_install_whatever_serving_and_growing_need() -> None:
    needs = runpy.run_path(str(ROOT / "scripts" / "make_constraints.py"))["pins"]
    wanted = needs(frozenset(runpy.run_path(str(ROOT / "scripts" / "make_lock.py"))["EXTRAS"]))
    assert {f"{name}=={version}" for name, version in wanted.items()} <= set(locked())


def test_the_commands_of_security_md_are_there() -> None:
    words = (ROOT / "Makefile").read_text("utf-8")
    for name in re.findall(r"`make ([a-z]+)`", (ROOT / "SECURITY.md").read_text("utf-8")):
        assert f"\n{name}: " in words
    assert (ROOT / "scripts" / "make_lock.py").is_file()


def test_what_the_source_links_to_is_copied_before_the_wheel_is_made() -> None:
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    stage = image.partition(" AS wheel\n")[2].partition("\nFROM ")[0]
    copied = {
        Path(name) for line in re.findall("^COPY (?!--)(.+) ", stage, re.M) for name in line.split()
    }
    for link in (path for path in (ROOT / "src").rglob("*") if path.is_symlink()):
        target = link.resolve(strict=True).relative_to(ROOT)
        assert not copied.isdisjoint(target.parents), f"{link.name} leads to {target}"
