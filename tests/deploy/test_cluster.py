"""The cluster, as far as it can be tried without one: what its image holds, what its values say."""

from pathlib import Path
import shutil

import pytest
from repo2docker.buildpacks.base import exclude_paths
import yaml

import install

ROOT = install.ROOT
VALUES = yaml.safe_load((ROOT / "deploy/jupyterhub/values.yaml").read_text("utf-8"))
IGNORED = (ROOT / ".gitignore").read_text("utf-8").split()


def context(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """What repo2docker would hand to Docker, asked of its own function as it asks it."""
    monkeypatch.chdir(folder)
    lines = Path(".dockerignore").read_text("utf-8").splitlines()
    return set(exclude_paths(".", [line for line in lines if line and line[0] != "#"]))


@pytest.mark.parametrize("where", ["", "notebooks/en"])
@pytest.mark.parametrize("entry", [".git/", *IGNORED])
def test_the_image_has_nothing_that_git_ignores(tmp_path, monkeypatch, entry, where):
    shutil.copy(ROOT / ".dockerignore", tmp_path)
    (kept := tmp_path / where / "kept").parent.mkdir(parents=True, exist_ok=True)
    kept.touch()
    planted = tmp_path / where / entry.replace("*", "planted")
    if entry.endswith("/"):
        planted.mkdir()
        planted /= "secret"
    planted.touch()
    found = context(tmp_path, monkeypatch)
    assert str(planted.relative_to(tmp_path)) not in found
    assert str(kept.relative_to(tmp_path)) in found


def test_a_student_cannot_put_another_python_or_package_before_the_courses():
    """The image's shell reads ~/.profile, its PATH begins with ~/.local/bin."""
    python, isolated, start = VALUES["singleuser"]["cmd"]
    assert python == "/srv/conda/envs/notebook/bin/python"
    assert isolated == "-s"
    assert start == "/srv/gears/deploy/jupyterhub/start.py"
    assert VALUES["singleuser"]["extraEnv"]["PYTHONNOUSERSITE"] == "1"


def test_the_chart_publishes_no_port_itself_and_the_ingress_has_a_certificate():
    """The chart alone would publish a LoadBalancer that speaks http."""
    assert VALUES["proxy"]["service"]["type"] == "ClusterIP"
    assert VALUES["ingress"]["enabled"]
    (tls,) = VALUES["ingress"]["tls"]
    assert tls["hosts"] == VALUES["ingress"]["hosts"]
    assert tls["secretName"]


def test_the_cluster_lets_nobody_in_by_default_and_nothing_out():
    config = VALUES["hub"]["config"]
    assert config["JupyterHub"] == {
        "authenticator_class": "null", "admin_access": False, "cookie_max_age_days": 1,
    }  # fmt: skip
    assert not config["Authenticator"]["allow_all"]
    assert config["Authenticator"]["admin_users"] == []
    rules = VALUES["singleuser"]["networkPolicy"]
    assert rules["egress"] == []
    assert {name for name, is_open in rules["egressAllowRules"].items() if is_open} == {
        "dnsPortsCloudMetadataServer", "dnsPortsKubeSystemNamespace", "dnsPortsPrivateIPs",
    }  # fmt: skip
    assert VALUES["cull"]["enabled"]
    assert VALUES["cull"]["timeout"] == 3600
