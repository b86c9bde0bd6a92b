"""What readers and authors do with the book: `python -m tools` lists it.

Nothing is done when this Python cannot run the course. Whatever `python` is comes by here first, so
this must parse on every Python there ever was.
"""

import sys

if not ((3, 11) <= sys.version_info[:2] <= (3, 13)):
    # the % form is the one that every Python reads
    message = (
        "This is Python %d.%d (%s); the course needs 3.11, 3.12 or 3.13.\n"
        "Nothing was installed. Call another one: python3.12 -m tools book (or with make: "
        "make PYTHON=python3.12 book)"
    )
    sys.exit(message % (sys.version_info[0], sys.version_info[1], sys.executable))
