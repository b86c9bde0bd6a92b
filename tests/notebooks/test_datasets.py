"""gearsbook.datasets: small files, each as its folder's README says."""

import hashlib
from pathlib import Path

from gearsbook import datasets
import pytest

FILES = sorted(
    path for path in Path(datasets.__file__).parent.rglob("*") if path.suffix in (".csv", ".wav")
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_readme_names_the_file_and_its_digest(path):
    readme = path.with_name("README.md").read_text("utf-8")
    assert f"`{path.name}`" in readme
    assert hashlib.sha256(path.read_bytes()).hexdigest() in readme


def test_the_files_are_small():
    assert 0 < sum(path.stat().st_size for path in FILES) < 300_000
