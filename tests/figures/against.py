"""Holds a figure against what it was at a commit: `python tests/figures/against.py NAME COMMIT`.

For a figure that is rewritten and should stay the same. Compared are what notebooks store of a
thousand random states, and in Chromium, for some of them, every shape, text and picture and the
height. It goes when all figures are one module each.
"""

from itertools import zip_longest
import json
from pathlib import Path
import re
import subprocess
import sys
import tempfile

from playwright.sync_api import sync_playwright

import browser
import serve

ROOT = Path(__file__).resolve().parents[2]
LOOKED_AT = 40
WIDTHS = (320, 480, 720)
NEAR = 0.02

# Run with either commit's gears: what is stored of a figure with each of the options.
STORE = """
import json, sys
sys.path[:0] = [sys.argv[1] + "/src", *sys.argv[3:]]
from pathlib import Path
from gears import explorables, language
from gears.explorables import base
from gears.modules import single_file
import against_options
name = sys.argv[2]
made = []
for options in against_options.draw(name):
    language.use(options.pop("language"))
    figure = against_options.make(name, options)
    bundle = figure._repr_mimebundle_()[0]
    made.append([bundle["text/plain"], bundle["text/html"], json.dumps(figure.get_state(
        figure._state_names()), default=str)])
folder = Path(base.__file__).parent
module = folder / name / "view.js" if (folder / name).is_dir() else folder / f"{name}.js"
style = module.with_name("style.css") if module.stem == "view" else module.with_suffix(".css")
print(json.dumps({"made": made, "module": single_file(module), "style": base.style(style)}))
"""

LOOK = """async ([address, state, style]) => {
  document.body.replaceChildren();
  document.querySelector("style")?.remove();
  const sheet = document.head.appendChild(document.createElement("style"));
  sheet.textContent = style;
  const listeners = {};
  const model = {
    get: (name) => state[name], set: (name, value) => { state[name] = value; },
    save_changes() {}, send() {}, on() {}, off() {},
  };
  const el = document.body.appendChild(document.createElement("div"));
  el.className = "gears-explorable";
  const { default: figure } = await import(address);
  figure.render({ model, el });
  for (let n = 0; n < 3; n++) await new Promise(requestAnimationFrame);
  await new Promise((done) => setTimeout(done));
  const shapes = [...el.querySelectorAll('svg :not(g[class=""])')].map((one) => [
    one.tagName, one.getAttribute("class") ?? "", one.childElementCount ? "" : one.textContent,
    ...[...one.attributes].filter(({ name }) => name !== "class")
      .map(({ name, value }) => [name, value]).sort().map(String),
  ]);
  const controls = [...el.querySelectorAll("button, input, select, [tabindex]")].map((one) => [
    one.tagName, one.type === "radio" ? "" : one.name ?? "",
    one.tagName === "BUTTON" ? "" : one.value ?? "",
    one.checked ?? "", one.getAttribute("aria-pressed"),
    one.getAttribute("aria-label"), one.disabled ?? "", one.hidden,
  ].map(String));
  return {
    height: Math.round(el.getBoundingClientRect().height), texts: el.innerText, shapes, controls,
    pictures: [...el.querySelectorAll("canvas")].map((one) => one.hidden ? "" : one.toDataURL()),
  };
}"""


def stored(source: Path, name: str) -> dict:
    command = [sys.executable, "-c", STORE, str(source), name, str(Path(__file__).parent)]
    command += [str(ROOT / "tests"), str(ROOT / "tools"), str(ROOT / "book/sphinx")]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def near(one: object, other: object) -> bool:
    """Equal, numbers in texts within NEAR."""
    if one == other:
        return True  # a picture's base64 can have 9e999 in it, and infinities have no difference
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(near, one, other))
    split = [re.split(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)", str(x)) for x in (one, other)]
    return len(split[0]) == len(split[1]) and all(
        a == b or (at % 2 == 1 and abs(float(a) - float(b)) <= NEAR)
        for at, (a, b) in enumerate(zip(*split, strict=True))
    )


def main(name: str, commit: str) -> int:
    faults = 0

    def say(*words: object) -> None:
        nonlocal faults
        faults += 1
        if faults <= 12:
            print(*(str(word)[:600] for word in words), sep="\n   ")

    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(
            ["git", "archive", commit, "src"], cwd=ROOT, stdout=subprocess.PIPE, check=True
        )
        old_source = Path(folder, "tree")
        old_source.mkdir()
        subprocess.run(["tar", "-x", "-C", old_source], input=archive.stdout, check=True)
        sides = {"old": stored(old_source, name), "new": stored(ROOT, name)}
        old, new = (side["made"] for side in sides.values())
        assert len(old) == len(new) >= 1000
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            if one != other:
                say(f"state {at}:", *one, *other)
        print(f"{len(old)} states stored")
        site = Path(folder, "site")
        site.mkdir()
        (site / "index.html").write_text("<!doctype html><title>x</title><body>")
        for side, what in sides.items():
            (site / f"{side}.js").write_text(what["module"], "utf-8")
        with serve.serving(site, serve.QuietHandler) as address, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser.find())
            page = chromium.new_page()
            page.on("pageerror", lambda error: say("error", error))
            page.goto(f"{address}/index.html")
            for at in range(LOOKED_AT):
                page.set_viewport_size({"width": WIDTHS[at % 3], "height": 900})
                seen = [
                    page.evaluate(
                        LOOK, [f"/{side}.js", json.loads(what["made"][at][2]), what["style"]]
                    )
                    for side, what in sides.items()
                ]
                for part in seen[0]:
                    sides_of_part = [
                        one[part] if isinstance(one[part], list) else [one[part]] for one in seen
                    ]
                    for one, other in zip_longest(*sides_of_part):
                        if not near(one, other):
                            say(f"state {at}, {part}:", one, other)
            chromium.close()
    print(f"{name}: {faults} differences from {commit}")
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
