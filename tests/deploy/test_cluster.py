"""The cluster, as far as it can be tried without one: what its image holds, what its values say."""

import os
from pathlib import Path
import shutil
import subprocess
import venv

from jupyterhub.app import JupyterHub
import pytest
from repo2docker.buildpacks.base import exclude_paths
from traitlets.config import Config
import yaml

from tools.setup import install

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


@pytest.mark.release
def test_what_the_image_installs_runs_a_notebook_a_server_and_the_grader_without_the_tests_tools(
    tmp_path,
):
    """As environment.yml and postBuild do it, in a folder in the place of conda's."""
    venv.create(tmp_path)
    python = tmp_path / "bin" / "python"

    def run(*command: object) -> subprocess.CompletedProcess[str]:
        apart = {"PYTHONNOUSERSITE": "1", "PYTHONPATH": str(ROOT), "JUPYTER_PATH": ""}
        return subprocess.run(
            list(map(str, command)), env=os.environ | apart, cwd=tmp_path,
            capture_output=True, text=True,
        )  # fmt: skip

    for command in (
        install.sync(ROOT / "requirements-run.txt", str(python)),
        [install.BIN / "uv", "pip", "install", "--python", python, "--offline", "--no-deps",
         "--no-build-isolation", ROOT],
        [python, "-m", "nbconvert", "--to", "notebook", "--execute", "--output-dir", tmp_path,
         ROOT / "notebooks" / "en" / "01-first-look.ipynb"],
        [tmp_path / "bin" / "jupyterhub-singleuser", "--version"],
        [python, "-c", "import runpy, tools.notebooks.grade; runpy.run_path('{}')".format(
            ROOT / "deploy" / "jupyterhub" / "start.py")],
    ):  # fmt: skip
        done = run(*command)
        assert done.returncode == 0, done.stderr
    for tool in ("pytest", "nbval", "hypothesis", "playwright", "ruff", "mypy", "repo2docker"):
        assert f"No module named '{tool}'" in run(python, "-c", f"import {tool}").stderr


def test_a_student_cannot_put_another_python_or_package_before_the_courses():
    """The image's shell reads ~/.profile, its PATH begins with ~/.local/bin."""
    python, isolated, start = VALUES["singleuser"]["cmd"]
    assert python == "/srv/conda/envs/notebook/bin/python"
    assert isolated == "-s"
    assert start == "/srv/gears/deploy/jupyterhub/start.py"
    assert VALUES["singleuser"]["extraEnv"]["PYTHONNOUSERSITE"] == "1"


def test_each_server_has_a_name_of_its_own_under_the_hubs():
    """Or a page that a student made could do with another's server what that one's browser may."""
    host = VALUES["hub"]["config"]["JupyterHub"]["subdomain_host"]
    assert host.startswith("https://")  # with which cookies are for https alone
    name = host.removeprefix("https://")
    assert VALUES["ingress"]["hosts"] == [name, f"*.{name}"]
    app = JupyterHub(config=Config(VALUES["hub"]["config"]))
    assert app.public_url == f"{host}/"


def test_whoever_is_taken_out_keeps_the_files_and_the_token_for_it_can_do_nothing_else():
    hub = VALUES["hub"]
    assert hub["config"]["KubeSpawner"]["delete_pvc"] is False
    assert hub["services"] == {"remove": {}}  # for which the chart makes a token
    assert hub["loadRoles"] == {"remove": {"scopes": ["delete:users"], "services": ["remove"]}}
    commands = (ROOT / "deploy/jupyterhub/README.md").read_text("utf-8")
    host = hub["config"]["JupyterHub"]["subdomain_host"]
    assert r"{.data.hub\.services\.remove\.apiToken}" in commands
    assert f"{host}/hub/api/users/" in commands


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
        "subdomain_host": "https://gears.example",
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
