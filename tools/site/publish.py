"""Put the site together: both editions as Sphinx wrote them, and what is outside of them."""

from collections.abc import Mapping
from html import escape
from pathlib import Path
import shutil
from urllib.parse import urlsplit

from tools.site import packages

ROOT = Path(__file__).resolve().parents[2]

# Sphinx's own notes.
UNUSED = shutil.ignore_patterns(".buildinfo", "objects.inv")


def publish(rendered: Mapping[str, Path], site: Path, site_url: str) -> None:
    """Write the whole site into a new folder.

    Args:
        rendered: Sphinx's HTML output folder for each edition.
        site: the folder to make; it must not exist.
        site_url: the address the site will have, or "" when that is unknown. The sitemap
            needs it, so without it there is none.
    """
    for edition, source in rendered.items():
        shutil.copytree(source, site / edition, ignore=UNUSED)
    for page in (ROOT / "book" / "root").iterdir():
        text = page.read_text(encoding="utf-8")
        text = text.replace("{{ site }}", urlsplit(site_url).path or "/")
        (site / page.name).write_text(text, encoding="utf-8")
    packages.write(site / "packages")
    (site / ".nojekyll").touch()  # GitHub Pages would drop every folder that starts with _
    if site_url:
        (site / "sitemap.xml").write_text(sitemap(site, site_url), encoding="utf-8")


def sitemap(site: Path, site_url: str) -> str:
    """Every page of both editions, for search engines."""
    pages = sorted(
        page.relative_to(site).as_posix()
        for page in site.glob("*/**/*.html")
        if page.name != "search.html" and page.parent.name != "packages"
    )
    urls = "\n".join(f"  <url><loc>{escape(site_url + page)}</loc></url>" for page in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )
