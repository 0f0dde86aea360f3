"""A page in headless Chromium without a network: when it answers, and what it holds in memory."""

import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST = 60
"""Seconds that a page may take."""
METHOD = """A page is ready, or has answered a click, with the second frame after the load, or the
  click, and after the last task of more than 50 ms before a second without one; never before it
  says itself that it is ready."""
# requestAnimationFrame runs before a frame is painted, so the second after the work has it on
# screen. A page's own timers of 0 ms run before the one that is waited for here.
_WATCH = """
(() => {
  let busy = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) busy = Math.max(busy, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });
  const frames = [];
  const tick = () => {
    frames.push(performance.now());
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const later = (ms) => new Promise((done) => setTimeout(done, ms));
  const said = () => document.documentElement.dataset.ready ?? window.__ready ?? 0;
  const settled = async () => {
    await later(0);
    const begun = performance.now();
    for (;;) {
      await later(50);
      const work = Math.max(begun, busy, +said());
      const after = frames.filter((f) => f >= work);
      if (said() !== "" && performance.now() - work >= 1000 && after.length > 1) return after[1];
    }
  };
  addEventListener("load", async () => measured("ready", await settled()));
  window.measureAnswer = async (selector) => {
    const clicked = performance.now();
    document.querySelector(selector).click();
    measured("answer", (await settled()) - clicked);
  };
})();
"""


@dataclass(frozen=True)
class Figures:
    """Times in seconds, memory in MB; `answer` is 0 for a page without a filter."""

    ready: float
    answer: float
    memory: float


@contextmanager
def chromium() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if path is None:
        raise SystemExit(f"none of {', '.join(CHROMIUMS)} is on PATH; install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


def measure(browser: Browser, path: Path, legend: str = "") -> Figures | None:
    """Opens a file in a tab of its own; None where it isn't ready in time.

    `legend` selects the filter that is clicked.
    """
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    end = time.monotonic() + LONGEST
    try:
        page = context.new_page()
        found: dict[str, float] = {}
        page.on("pageerror", lambda error: print(f"{path.name}: {error}", file=sys.stderr))
        page.expose_function("measured", lambda what, ms: found.update({what: ms / 1000}))
        page.add_init_script(_WATCH)
        page.goto(path.as_uri(), timeout=LONGEST * 1000)
        if not _waited(page, found, "ready", end):
            return None
        if legend:
            page.evaluate("s => void measureAnswer(s)", legend)
            if not _waited(page, found, "answer", end):
                return None
        return Figures(found["ready"], found.get("answer", 0), _memory(browser, page))
    except BrowserError as error:
        if "Timeout" in str(error) or "crashed" in str(error):
            return None
        raise
    finally:
        context.close()


def _waited(page: Page, found: dict[str, float], what: str, end: float) -> bool:
    """Whether a page says a figure in time. It isn't asked: one that is busy could not answer."""
    while what not in found and time.monotonic() < end:
        page.wait_for_timeout(100)
    return what in found


def _memory(browser: Browser, page: Page) -> float:
    """What the page's process has for itself, after a collection; 0 where no /proc says."""
    page.context.new_cdp_session(page).send("HeapProfiler.collectGarbage")
    page.wait_for_timeout(200)
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [int(p["id"]) for p in processes if p["type"] == "renderer"]
    return max(map(_private, renderers)) / 1024


def _private(process: int) -> int:
    """Private memory of a process in KiB."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(map(int, re.findall(r"^Private_(?:Clean|Dirty): +(\d+)", text, re.MULTILINE)))
