"""gearsbook.datasets: small files, each as its folder's README says."""

import hashlib
import re

from gearsbook.datasets import penguins, recordings
import pytest

FOLDERS = ([penguins.FILE], [recordings.CO2, recordings.VOICE])


@pytest.mark.parametrize("files", FOLDERS, ids=lambda files: files[0].parent.name)
def test_the_readme_says_of_every_file_which_it_is_and_all_are_small(files):
    folder = files[0].parent
    there = [path for path in folder.iterdir() if path.suffix in (".csv", ".wav")]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in there}
    readme = (folder / "README.md").read_text("utf-8")
    assert found == dict(re.findall(r"^\| `(\S+)` .* `([0-9a-f]{64})` \|$", readme, re.M))
    assert {path.name for path in files} == found.keys()
    assert sum(path.stat().st_size for path in there) < 300_000
