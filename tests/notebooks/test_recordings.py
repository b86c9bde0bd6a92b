"""gearsbook.datasets.recordings: small files, each as its folder's README says."""

import hashlib
import re

from gearsbook.datasets import recordings


def test_the_readme_says_of_every_file_which_it_is_and_all_are_small():
    readme = recordings.CO2.with_name("README.md").read_text("utf-8")
    files = [path for path in recordings.CO2.parent.iterdir() if path.suffix in (".csv", ".wav")]
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == dict(re.findall(r"^\| `(\S+)` .* `([0-9a-f]{64})` \|$", readme, re.M))
    assert {recordings.CO2.name, recordings.VOICE.name} == found.keys()
    assert sum(path.stat().st_size for path in files) < 300_000
