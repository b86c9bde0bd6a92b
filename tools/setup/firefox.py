"""Find a Firefox for the tests of a release, or install one; says which."""

import sys

from tools.setup import debian

PACKAGE = "firefox-esr"


def find() -> str | None:
    """The path of a Firefox: $FIREFOX, or one on the PATH."""
    return debian.program("FIREFOX", PACKAGE, "firefox")


if __name__ == "__main__":
    if not find():
        debian.install(PACKAGE)
    path = find()
    if not path:
        sys.exit(
            "A release is looked at in a real Firefox, too, and none was found or could be "
            "installed. Install one, or name one: FIREFOX=/path/to/firefox make test-release"
        )
    print(f"Firefox: {path}")
