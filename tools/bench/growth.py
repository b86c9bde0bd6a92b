"""How a cold build grows with the book: `python -m tools bench growth [times ...]`.

The book with each notebook of its long chapters once, four times and ten times.
"""

from pathlib import Path
import re
import shutil
import sys
import tempfile

from tools.bench import cold
from tools.site import build

SECTION = re.compile(r"^      - file: notebooks/en/(\S+)\n", re.M)


def multiply(book: Path, times: int) -> int:
    """Give a copy of the book so many copies of each section; returns how many pages it has."""
    toc = book / "_toc.yml"
    text = toc.read_text("utf-8")

    def copies(line: re.Match[str]) -> str:
        names = [line[1], *(f"{line[1]}-{number}" for number in range(2, times + 1))]
        for edition in build.EDITIONS:
            folder = book / "notebooks" / edition
            for name in names[1:]:
                shutil.copy(folder / f"{line[1]}.ipynb", folder / f"{name}.ipynb")
        return "".join(line[0].replace(line[1], name) for name in names)

    text = SECTION.sub(copies, text)
    toc.write_text(text, "utf-8")
    return text.count("file: ") + 1


def main(many: list[int]) -> None:
    """Print the table; the ratio is that of the time for a page to the one of the first row."""
    print(f"{'pages':>6}{'seconds':>10}{'a page, ratio':>16}   cold build of both editions")
    first = None
    for times in many:
        with tempfile.TemporaryDirectory() as folder:
            book = cold.copy_of_the_book(Path(folder))
            pages = 2 * multiply(book, times)
            taken = cold.seconds(cold.ours_cold, book)
        first = first or taken / pages
        print(f"{pages:6}{taken:10.1f}{taken / pages / first:16.2f}", flush=True)


if __name__ == "__main__":
    main([int(times) for times in sys.argv[1:]] or [1, 4, 10])
