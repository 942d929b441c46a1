"""Manifests for many machines: of known kinds by their schemas, and of what is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from kosorong.cli import build_parser

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
PARTS = ("api", "worker", "inference")
VERSION = "1.33"
"""Of Kubernetes; its schemas come with the checker."""


def documents(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))


def of_kind(part: str, kind: str) -> dict[str, Any]:
    (found,) = (
        one
        for one in documents(ROOT / "deploy" / "kubernetes" / f"{part}.yaml")
        if one["kind"] == kind
    )
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_manifest_is_as_its_schema_says(path: Path) -> None:
    checker = pytest.importorskip("kubernetes_validate")
    for one in documents(path):
        checker.validate(one, VERSION, strict=True)


def test_the_checker_finds_what_is_wrong() -> None:
    checker = pytest.importorskip("kubernetes_validate")
    wrong = of_kind("api", "Deployment")
    wrong["spec"]["replicas"] = "two"
    with pytest.raises(checker.ValidationError):
        checker.validate(wrong, VERSION, strict=True)


@pytest.mark.parametrize("part", PARTS)
def test_a_part_runs_a_command_that_there_is_within_limits_and_as_nobody(part: str) -> None:
    pod = of_kind(part, "Deployment")["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    program, *words = container["command"]
    assert program == "kosorong"
    assert build_parser().parse_args(words).run
    assert container["resources"]["limits"]["memory"]
    assert container["resources"]["requests"].keys() == {"cpu", "memory"}
    assert container["livenessProbe"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert container["securityContext"]["readOnlyRootFilesystem"]
    mounts = {mount["name"] for mount in container["volumeMounts"]}
    assert mounts == {volume["name"] for volume in pod["volumes"]}


@pytest.mark.parametrize("part", PARTS)
def test_a_budget_and_an_autoscaler_mean_the_pods_of_their_part(part: str) -> None:
    deployment = of_kind(part, "Deployment")
    labels = deployment["spec"]["template"]["metadata"]["labels"]
    assert deployment["spec"]["selector"]["matchLabels"] == labels
    assert of_kind(part, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"] == labels
    target = of_kind(part, "HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert target["name"] == deployment["metadata"]["name"]


def test_workers_follow_the_segments_that_wait_by_a_metric_that_operators_know() -> None:
    (metric,) = of_kind("worker", "HorizontalPodAutoscaler")["spec"]["metrics"]
    page = (ROOT / "docs/how-to/operate.md").read_text(encoding="utf-8")
    assert f"`{metric['external']['metric']['name']}`" in page


def test_settings_are_known_and_secrets_are_files_of_another() -> None:
    reference = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
    (settings,) = documents(ROOT / "deploy" / "kubernetes" / "settings.yaml")
    for name, value in settings["data"].items():
        assert name in reference or name.removesuffix("_FILE") in reference
        if re.search(r"PASSWORD|SECRET|TOKEN|KEY", name):
            assert name.endswith("_FILE")
            assert value.startswith("/run/secrets/kosorong/")
