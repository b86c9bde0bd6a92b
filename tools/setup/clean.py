"""Remove everything that was built; the installed .venv stays."""

from pathlib import Path
import shutil

ROOT = Path(__file__).resolve().parents[2]

if __name__ == "__main__":
    for name in ("_build", ".pytest_cache", ".ruff_cache", ".hypothesis"):
        shutil.rmtree(ROOT / name, ignore_errors=True)
