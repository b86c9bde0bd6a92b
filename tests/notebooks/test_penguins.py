"""gearsbook.datasets.penguins: the table as it was published."""

from hashlib import sha256

from gearsbook.datasets import penguins


def test_the_file_is_the_one_that_its_readme_names():
    readme = penguins.FILE.with_name("README.md").read_text("utf-8")
    assert sha256(penguins.FILE.read_bytes()).hexdigest() in readme
