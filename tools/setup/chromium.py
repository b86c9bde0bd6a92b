"""Find a Chromium for the tests, or install one; `python -m tools.setup.chromium` says which."""

import os
import subprocess
import sys

from playwright.sync_api import sync_playwright

from tools.setup import debian

# Chromium without the windows that a person needs: the same pages for a third of the processor
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium: $CHROMIUM, one on the PATH, or Playwright's own."""
    if found := debian.program("CHROMIUM", *NAMES):
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if os.path.exists(own) else None


def install() -> None:
    """Try Playwright's download, then the Debian package. Leaves the verdict to find()."""
    print("No Chromium found: installing one for the tests", file=sys.stderr, flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])
    if not find():
        debian.install(SHELL, "fonts-liberation", "fonts-noto-cjk")


if __name__ == "__main__":
    if not find():
        install()
    path = find()
    if not path:
        sys.exit(
            "The tests look at the site in a real Chromium, and none was found or could be "
            "installed. Install one, or name one: CHROMIUM=/path/to/chromium make test"
        )
    is_slow = "" if "headless" in path else f" (with {SHELL} the tests take half the time)"
    print(f"Chromium: {path}{is_slow}")
