"""A Content-Security-Policy for every page: a browser runs and shows what the book ships, only.

Whatever else should get into a page, by a mistake of ours or by somebody's intent, is refused:
no script but the site's own files and the few lines whose hash stands in the page, no code made
from text, nothing from another host. `'self'` is the site where it is served, and the disk where
a page is opened from it.
"""

import base64
import hashlib


def digest(text: str) -> str:
    """An inline script or style as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def meta(*, script: str = "", style: str = "") -> str:
    """The element that says it; it has to stand before anything it holds for.

    Args:
        script: the text of the page's one inline script, if it has one.
        style: that of its one inline style.
    """
    inline = {"script-src": script, "style-src": style}
    directives = {
        "default-src": "'self'",
        **{name: f"'self' {digest(text)}" if text else "'self'" for name, text in inline.items()},
        "img-src": "'self' data:",  # the theme's stylesheet has small pictures in it
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
    }
    content = "; ".join(f"{name} {sources}" for name, sources in directives.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'
