"""Stop before anything is installed when this Python cannot run the course.

Whatever `python3` is runs this file, so it must parse on every Python there ever was.
"""

import sys

if not ((3, 11) <= sys.version_info[:2] <= (3, 13)):
    # the % form is the one that every Python reads
    message = (
        "This is Python %d.%d (%s); the course needs 3.11, 3.12 or 3.13.\n"
        "Nothing was installed. Name another one: make PYTHON=python3.12 book"
    )
    sys.exit(message % (sys.version_info[0], sys.version_info[1], sys.executable))
