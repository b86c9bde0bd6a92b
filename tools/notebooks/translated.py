"""Record that Chinese notebooks are up to date with the English ones.

    python -m tools translated notebooks/en/01-first-look.ipynb ...

For each English notebook named, its Chinese edition notes the present state of every English
cell. Until that is done, the tests name the cells that moved.
"""

from pathlib import Path
import sys

from tools import notebooks

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        english = Path(name).resolve()
        if not english.is_relative_to(notebooks.NOTEBOOKS / "en") or not english.exists():
            sys.exit(f"{name} is not an English notebook: name files under notebooks/en")
        chinese_path = notebooks.translation_of(english)
        original, chinese = notebooks.read(english), notebooks.read(chinese_path)
        moved = notebooks.moved_cells(original, chinese)
        chinese.metadata["gears"] = {"translates": notebooks.source_hashes(original)}
        notebooks.write(chinese, chinese_path)
        print(f"{chinese_path.relative_to(notebooks.ROOT)}: {', '.join(moved) or 'nothing moved'}")
