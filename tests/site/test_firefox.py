"""The same site in Firefox: figures and search say there what they say in Chromium."""

from collections.abc import Iterator
import itertools
import json
import re
import subprocess
from urllib.parse import quote

import pytest
import websocket

from browsing import PAGES, SITE
from tools.setup import firefox as browser_tool

pytestmark = pytest.mark.release

WITH_FIGURES = [page for page in PAGES if "gears-explorable" in (SITE / page).read_text("utf-8")]
# Moves every slider by a step and presses every button; what each figure says before and after.
# What goes on by the clock is elsewhere each time: those buttons, and the figure that trains.
DRIVEN = r"""async () => {
  const told = [];
  for (const box of document.querySelectorAll(".gears-explorable:not([data-figure=playground])")) {
    box.scrollIntoView();
    while (!box.querySelector(".gears-figure, .gears-failure"))
      await new Promise((done) => setTimeout(done, 50));
    for (const fold of box.querySelectorAll("details:not([open])"))
      await new Promise((done) => {
        fold.addEventListener("toggle", done, { once: true });
        fold.open = true;
      });
    const shown = () => {
      const copy = box.cloneNode(true);
      for (const aloud of copy.querySelectorAll(".told")) aloud.remove(); // for a while
      return copy.textContent.replace(/\s+/g, " ");
    };
    const tell = async (after) => {
      await null; // a figure draws when what has been done to it is over, some of it a frame later
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      await frame();
      while (/MB ?…/.test(shown())) // its file is on the way
        await new Promise((done) => setTimeout(done, 50));
      await frame(); // once it has come
      told.push(`${after}: ${shown()}`);
    };
    await tell(`${box.dataset.figure} at first`);
    for (const slider of box.querySelectorAll("input[type=range]")) {
      slider.stepUp();
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      await tell(slider.name);
    }
    for (const { name, value } of box.querySelectorAll("button:enabled")) {
      if (["start", "run", "play"].includes(name)) continue;
      box.querySelector(`button:enabled[name="${name}"][value="${value}"]`)?.click();
      await tell(`${name} ${value}`);
    }
  }
  return told;
}"""
FOUND = """async () => {
  while (!document.querySelector("#search-results p")?.textContent.match(/[0-9]/))
    await new Promise((done) => setTimeout(done, 50));
  return [...document.querySelectorAll("ul.found li > a")].map((link) => link.pathname);
}"""


class Firefox:
    """A Firefox that is driven by WebDriver BiDi, which it speaks without another program."""

    def __init__(self, profile: str) -> None:
        self.program = subprocess.Popen(
            [browser_tool.find(), "--headless", "--no-remote", "--profile", profile,
             "--remote-debugging-port", "0", "about:blank"],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        said = iter(self.program.stderr)
        listens = (re.search(r"WebDriver BiDi listening on (ws://\S+)", line) for line in said)
        address = next(filter(None, listens))[1]
        self.socket = websocket.create_connection(f"{address}/session", suppress_origin=True)
        self.numbers = itertools.count()
        self.problems = []
        self.call("session.new", capabilities={})
        self.tab = self.call("browsingContext.getTree")["contexts"][0]["context"]
        self.call("session.subscribe", events=["log.entryAdded"])

    def call(self, method: str, **parameters: object) -> dict:
        """What a command answers; an error in the page is noted on the way."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == number:
                assert message["type"] == "success", message
                return message["result"]
            if message.get("params", {}).get("level") == "error":
                self.problems.append(message["params"]["text"])

    def evaluate(self, address: str, function: str) -> object:
        """What an asynchronous function returns on a page."""
        self.problems.clear()
        self.call("browsingContext.navigate", context=self.tab, url=address, wait="complete")
        came = self.call(
            "script.evaluate", expression=f"({function})().then(JSON.stringify)",
            target={"context": self.tab}, awaitPromise=True,
        )  # fmt: skip
        assert came["type"] == "success", came
        return json.loads(came["result"]["value"])


@pytest.fixture(scope="module")
def firefox(tmp_path_factory) -> Iterator[Firefox]:
    browser = Firefox(str(tmp_path_factory.mktemp("profile")))
    yield browser
    browser.call("browser.close")
    browser.program.wait(timeout=60)


def in_chromium(new_page, address: str, function: str) -> object:
    page = new_page()
    page.goto(address)
    return page.evaluate(function)


@pytest.mark.parametrize("page", WITH_FIGURES)
def test_figures_say_what_they_say_in_chromium(firefox, new_page, origin, page):
    told = firefox.evaluate(f"{origin}/{page}", DRIVEN)
    assert firefox.problems == []
    assert told == in_chromium(new_page, f"{origin}/{page}", DRIVEN)


@pytest.mark.parametrize(
    ("edition", "query"),
    [("en", "784"), ("en", "np.zeros_like"), ("zh", "反向传播算法"), ("zh", "(60000, 28, 28)")],
)
def test_search_finds_what_it_finds_in_chromium(firefox, new_page, origin, edition, query):
    address = f"{origin}/{edition}/search.html?q={quote(query)}"
    found = firefox.evaluate(address, FOUND)
    assert firefox.problems == []
    assert len(found) > 0
    assert found == in_chromium(new_page, address, FOUND)
