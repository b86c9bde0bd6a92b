"""Render both editions into _build/site: `python -m tools book`.

Sphinx writes each edition into _build/work, at the same time; the lean copy of both that
readers get is then put in place in one step. Whatever stops a build, the last good site stays.
Two builds of the same folder take turns.
"""

from collections.abc import Iterable, Mapping
import contextlib
import errno
import io
import json
import os
from pathlib import Path
import shutil
import subprocess
import sys
import time
from typing import Any

import yaml

from tools import workplace
from tools.site import packages, publish

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "_build"
SITE = BUILD / "site"
EDITIONS = ("en", "zh")
SOURCES = ("book", "notebooks", "src", "_config.yml", "_toc.yml", *packages.ABOUT)
RENDER = Path(__file__).with_name("render.py")
ENOUGH_SPACE = 1_000_000  # bytes: with less, a failure is the disk's


def merged(base: dict[str, Any], difference: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with the values of `difference` in place, dictionaries merged all the way down."""
    result = dict(base)
    for key, value in difference.items():
        nested = isinstance(value, Mapping) and isinstance(result.get(key), Mapping)
        result[key] = merged(result[key], value) if nested else value
    return result


def read_yaml(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def repository(environment: Mapping[str, str]) -> dict[str, str]:
    """Where the repository lives, for the buttons that point there: empty when unknown.

    GitHub Actions says it by itself; elsewhere set GITHUB_REPOSITORY=owner/name.
    """
    name = environment.get("GITHUB_REPOSITORY")
    if not name:
        return {}
    return {
        "name": name,
        "url": f"{environment.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}",
        "branch": environment.get("GITHUB_REF_NAME", "main"),
    }


def site_url(environment: Mapping[str, str]) -> str:
    """The address the site will have, with a slash at its end; empty when unknown.

    SITE_URL says it: a domain of one's own. In GitHub Actions it is otherwise that of GitHub Pages,
    where the repository OWNER.github.io has the top of its domain.
    """
    owner, _, name = environment.get("GITHUB_REPOSITORY", "").lower().partition("/")
    domain = f"{owner}.github.io"
    url = environment.get("SITE_URL")
    if not url and owner:
        url = f"https://{domain}" if name == domain else f"https://{domain}/{name}"
    return f"{url.rstrip('/')}/" if url else ""


def configuration(edition: str, environment: Mapping[str, str]) -> dict[str, Any]:
    """The jupyter-book configuration of an edition, every path in it absolute."""
    config: dict[str, Any] = read_yaml(ROOT / "_config.yml")
    if edition != "en":
        config = merged(config, read_yaml(ROOT / "book" / edition / "config.yml"))
    sphinx = config["sphinx"]
    extensions = sphinx["local_extensions"]
    sphinx["local_extensions"] = {name: str(ROOT / path) for name, path in extensions.items()}
    url = site_url(environment)
    sphinx["config"] |= {
        "both_editions": True,
        "repository": repository(environment),
        "site_url": url,
        "ogp_site_url": url and f"{url}{edition}/",
    }
    return config


def contents(edition: str) -> str:
    """The table of contents of an edition: the English one with its folders exchanged."""
    toc = (ROOT / "_toc.yml").read_text(encoding="utf-8")
    return toc.replace("book/en/", f"book/{edition}/").replace(
        "notebooks/en/", f"notebooks/{edition}/"
    )


class Renderer:
    """A process that renders an edition: it loads what that takes, and waits for orders.

    What it says goes to _build/work/<edition>/log.txt. It ends when we do, even if we are killed.
    """

    def __init__(self, edition: str) -> None:
        self.edition, self.work = edition, BUILD / "work" / edition
        self.work.mkdir(parents=True, exist_ok=True)
        # The site holds no date but the year in _config.yml, which Sphinx would replace by this.
        undated = {name: text for name, text in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        self.process = subprocess.Popen(
            [sys.executable, str(RENDER), str(ROOT), str(self.work)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**undated, "PYTHONUTF8": "1"},  # a title in Chinese, whatever the locale
        )

    def order(self, saved: Iterable[Path] = ()) -> None:
        """Let it render the whole edition, as things are now; or what can be seen of some files."""
        files = [path.relative_to(ROOT).as_posix() for path in saved]
        if not files:
            text = yaml.safe_dump(configuration(self.edition, os.environ), allow_unicode=True)
            (self.work / "_config.yml").write_text(text, encoding="utf-8")
            (self.work / "_toc.yml").write_text(contents(self.edition), encoding="utf-8")
        assert self.process.stdin  # a pipe
        with contextlib.suppress(BrokenPipeError):  # it ended early, and its log says why
            print(json.dumps(files), file=self.process.stdin, flush=True)

    def is_done(self) -> bool:
        """Wait for the end of what was ordered: whether it went well."""
        assert self.process.stdout  # a pipe
        return self.process.stdout.readline() == "true\n"

    def end(self) -> None:
        """Let the process end, whatever it does."""
        assert self.process.stdin  # a pipe
        assert self.process.stdout
        with contextlib.suppress(BrokenPipeError):  # it has
            self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def build(
    editions: Iterable[str] = EDITIONS, renderers: Mapping[str, Renderer] | None = None
) -> None:
    """Build editions and put the site in place.

    Args:
        editions: those to render; the others stay as they were rendered last.
        renderers: those to use, by edition; they go on living.

    Raises:
        SystemExit: an edition did not build; its log is printed.
        OSError: the folder cannot be written, or the disk is full.
    """
    with workplace.alone(BUILD):
        began = time.monotonic()
        fresh, previous = BUILD / "site.new", BUILD / "site.old"
        if previous.exists() and not SITE.exists():
            previous.rename(SITE)  # a build was killed between its two last steps
        shutil.rmtree(fresh, ignore_errors=True)  # or the space that this one may need
        running = renderers or {edition: Renderer(edition) for edition in editions}
        for edition in editions:
            running[edition].order()
        failed = [edition for edition in editions if not running[edition].is_done()]
        for renderer in () if renderers else running.values():
            renderer.end()
        for edition in failed:
            print((BUILD / "work" / edition / "log.txt").read_text("utf-8", "replace"))
        if failed and shutil.disk_usage(BUILD).free < ENOUGH_SPACE:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(BUILD))
        if failed:
            sys.exit(f"Not built: {', '.join(failed)}. Warnings are errors; they stand above.")

        rendered = {edition: BUILD / "work" / edition / "_build" / "html" for edition in EDITIONS}
        publish.publish(rendered, fresh, site_url(os.environ))
        shutil.rmtree(previous, ignore_errors=True)
        if SITE.exists():
            SITE.rename(previous)
        fresh.rename(SITE)
        shutil.rmtree(previous, ignore_errors=True)
    print(
        f"Built {SITE.relative_to(ROOT)} in {time.monotonic() - began:.1f} s: "
        "open index.html there, or run `make serve`"
    )


if __name__ == "__main__":
    assert isinstance(sys.stdout, io.TextIOWrapper)
    sys.stdout.reconfigure(errors="backslashreplace")  # a log in Chinese on a screen of ASCII
    try:
        build()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted: nothing was changed in _build/site. Run the same command again.")
    except OSError as error:
        sys.exit(f"Not built: {workplace.trouble(error)}. Nothing was changed in _build/site.")
