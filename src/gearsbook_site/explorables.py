"""Serves the interactive figures: their modules, their style, and the script that mounts them.

A page that is not a notebook shows the figure of one by `{figure-of} notebook cell-id`.

A page opened from disk may load scripts but no modules and no data, so each module, and each
file that figures load when they are used, is wrapped as a script. Both kinds of page then take
the same way.
"""

import base64
import gzip
import hashlib
import json
from pathlib import Path
import re
import shutil

from docutils import nodes
from gearsbook.modules import figures, single_file, without_documentation
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxDirective

from .cached import cached, kept

SOURCES = Path("src", "gearsbook", "explorables")
MOUNT = Path(__file__).with_name("mount.js")


def as_script(name: str, module: str, style: str = "") -> str:
    """A figure's module as a script that hands its default export to the mount script.

    Args:
        name: the figure's name, that of its file.
        module: the source of an ES module in a single file, its default export last.
        style: the figure's own css.

    Raises:
        ExtensionError: the module imports something, or has no default export.
    """
    if re.search(r"^import\b", module, re.M):
        raise ExtensionError(
            f"{name}.js imports another module: JupyterLab reads it alone, so only those beside it "
            'and parts may be imported, as `import { what } from "../parts/which.js";`'
        )
    body, exports = re.subn(r"^export default ", "return ", module, flags=re.M)
    if exports != 1:
        raise ExtensionError(
            f"{name}.js has {exports} default exports: end it with "
            "`export default figure({ … });`"
        )
    body = re.sub(r"^export ", "", body, flags=re.M)
    arguments = f"{json.dumps(name)}, {json.dumps(style)}"
    return f'gearsModule({arguments}, () => {{\n"use strict";\n{body}}});\n'


def file_as_script(name: str, zipped: bytes) -> str:
    """A figure's file, as `as_text` gives it, as a script that hands it to the mount script."""
    return f"gearsFile({json.dumps(name)}, {json.dumps(zipped.decode())});\n"


def as_text(content: bytes) -> bytes:
    """The bytes of a figure's file gzipped, in base64.

    A page opened from disk may load nothing but scripts. On the wire base64 of gzip, compressed
    once more, is as small as the bytes compressed, and on disk a quarter of any other text.
    """
    return base64.b64encode(gzip.compress(content, mtime=0))


def mount_script(mount: str, modules: dict[str, str], files: dict[str, str]) -> str:
    """The mount script with the addresses of figures' scripts and files, relative to its own."""
    code = without_documentation(mount)
    return f"const MODULES = {json.dumps(modules)}, FILES = {json.dumps(files)};\n{code}"


def figure_scripts(sources: Path) -> dict[str, str]:
    """Every figure's script by its path on the site."""
    scripts = {}
    for name, (module, own_style) in sorted(figures(sources).items()):
        style = own_style.read_text(encoding="utf-8") if own_style.exists() else ""
        scripts[f"explorables/{name}.js"] = as_script(name, single_file(module), style)
    return scripts


def _write_scripts(app: Sphinx, config: Config) -> None:
    """Put them in a folder that Sphinx serves with the other static files."""
    sources = Path(app.srcdir, SOURCES)
    folder = Path(app.doctreedir).with_name("gears_static")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.rmtree(Path(app.outdir, "_static", "explorables"), ignore_errors=True)  # figures gone

    def write(path: str, script: str) -> str:
        """Write a script; returns its address, which changes with its content."""
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(script, encoding="utf-8")
        return f"{path}?v={hashlib.sha256(script.encode()).hexdigest()[:10]}"

    scripts = figure_scripts(sources).items()
    modules = {Path(path).stem: write(path, script) for path, script in scripts}
    files = {}
    for file in sorted((sources / "files").glob("*.bin")):
        text = cached(kept(app), as_text, file.read_bytes())  # most of a second, each build
        script = file_as_script(file.stem, text)
        files[file.stem] = write(f"explorables/files/{file.stem}.js", script)
    mount = mount_script(MOUNT.read_text(encoding="utf-8"), modules, files)
    (folder / "mount.js").write_text(mount, encoding="utf-8")
    shutil.copy(sources / "style.css", folder / "explorables.css")
    config.html_static_path.append(str(folder))
    config.html_css_files.append("explorables.css")
    config.html_js_files.append("mount.js")


class FigureOf(SphinxDirective):
    """Shows what a cell of a notebook of the same edition has stored as HTML."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        name, cell_id = self.arguments
        edition = Path(self.env.docname).parts[1]
        path = Path(self.env.srcdir, "notebooks", edition, name)
        self.env.note_dependency(str(path))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()) if cell["id"] == cell_id else ():
                if html := output.get("data", {}).get("text/html"):
                    return [nodes.raw("", "".join(html), format="html")]
        raise self.error(f"{name} has no cell {cell_id!r} that stored a figure: run `make execute`")


def setup(app: Sphinx) -> None:
    app.add_directive("figure-of", FigureOf)
    app.connect("config-inited", _write_scripts)
