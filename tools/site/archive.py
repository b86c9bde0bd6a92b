"""Pack what a school without internet copies: `python -m tools zip`.

One archive holds the site, with gearsbook and its data as a wheel, the PDFs, what git tracks of the
notebooks, and how to read and run them. It is made of the files alone: the same commit, built on
the same machine, gives the same bytes.
"""

from collections.abc import Iterator
from pathlib import Path
import sys
import time
import zipfile

from tools import workplace
from tools.site import build, pdf, revision

ROOT = build.ROOT
LIMIT = 60_000_000  # bytes; the READMEs and the archive itself name it in megabytes
PACKED = (
    "notebooks", "requirements-run.txt", "README.md", "LICENSE", "LICENSE-TEXT", "CITATION.cff",
    *(f"src/gearsbook/datasets/{name}/README.md" for name in ("mnist", "penguins", "recordings")),
    "src/gearsbook/font/README.md",
)  # fmt: skip


def contents() -> Iterator[tuple[str, bytes]]:
    """Every file of the archive: its path in there, and its bytes."""
    for source in sorted((ROOT / "book" / "archive").iterdir()):
        text = source.read_text(encoding="utf-8").replace("{{ megabytes }}", megabytes(LIMIT))
        yield source.name, text.encode()
    for path in filter(Path.is_file, build.SITE.rglob("*")):
        yield f"site/{path.relative_to(build.SITE).as_posix()}", path.read_bytes()
    for path in map(pdf.path, build.EDITIONS):
        yield path.name, path.read_bytes()
    for name in revision.files(*PACKED):  # nothing else that lies there: an exam, hand-ins
        yield name, (ROOT / name).read_bytes()


def megabytes(size: int) -> str:
    """A size as readers are told it."""
    return f"{size / 1e6:.3g} MB"


def pack(archive: Path) -> int:
    """Write the archive in one step.

    Returns:
        How many files it holds.

    Raises:
        ValueError: it would be larger than we say, or git does not say what belongs to it.
        OSError: it could not be written. In both cases nothing is left of it.
    """
    date = time.gmtime(revision.date())[:6]
    files = dict(contents())
    with workplace.in_one_step(archive) as partial:
        with zipfile.ZipFile(partial, "w") as packed:
            for path in sorted(files):
                entry = zipfile.ZipInfo(f"{archive.stem}/{path}", date)
                entry.create_system, entry.external_attr = 3, 0o100644 << 16  # Unix, rw-r--r--
                entry.compress_type = zipfile.ZIP_DEFLATED
                packed.writestr(entry, files[path], compresslevel=9)
        if (size := partial.stat().st_size) > LIMIT:
            raise ValueError(
                f"the archive would have {megabytes(size)}, more than the {megabytes(LIMIT)} that "
                "we promise: make it smaller, or raise LIMIT in tools/site/archive.py and "
                "the READMEs"
            )
    return len(files)


if __name__ == "__main__":
    if not all(made.exists() for made in (build.SITE, *map(pdf.path, build.EDITIONS))):
        sys.exit("The site is not built, or the PDFs are not printed yet: run `make zip`")
    archive = build.BUILD / f"gears-{revision.name()}.zip"
    try:
        with workplace.alone(build.BUILD):  # no build while the site is read
            count = pack(archive)
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: run the same command again.")
    except ValueError as error:
        sys.exit(f"Not packed: {error}.")
    except OSError as error:
        sys.exit(f"Not packed: {workplace.trouble(error)}.")
    size = megabytes(archive.stat().st_size)
    print(f"Packed {archive.relative_to(ROOT)}: {size}, {count} files")
