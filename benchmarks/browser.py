"""A page in headless Chromium without a network: when it answers, and what it holds in memory."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LONGEST = 60_000
# What every page is measured by: it has settled once a second has gone by without a task of more
# than 50 ms. The moment is that of the frame after the one that painted the last such task's work
# (requestAnimationFrame twice), or the load's where there was none.
_WATCH = """
(() => {
  let busy = 0;
  new PerformanceObserver((list) => {
    for (const task of list.getEntries()) busy = Math.max(busy, task.startTime + task.duration);
  }).observe({ type: "longtask", buffered: true });
  const frames = [];
  const tick = (now) => {
    frames.push(performance.now());
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const later = (ms) => new Promise((done) => setTimeout(done, ms));
  window.settled = async (since) => {
    await later(0);
    const from = since ?? performance.getEntriesByType("navigation")[0].loadEventEnd;
    const begun = performance.now();
    for (;;) {
      await later(50);
      const work = Math.max(from, busy);
      if (performance.now() - Math.max(work, begun) < 1000) continue;
      const after = frames.filter((f) => f >= work);
      if (after.length > 1) return after[1];
    }
  };
  window.answer = async (selector) => {
    const clicked = performance.now();
    document.querySelector(selector).click();
    await later(0);
    return (await settled(performance.now())) - clicked;
  };
})();
"""


@dataclass(frozen=True)
class Figures:
    """Times in ms, memory in MB; `answer` is 0 for a page without a filter."""

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


def measure(browser: Browser, path: Path, legend: str = "") -> Figures:
    """Opens a file in a tab of its own. `legend` selects the filter that is clicked."""
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(LONGEST)
    try:
        page = context.new_page()
        page.add_init_script(_WATCH)
        page.goto(path.as_uri(), wait_until="load")
        ready = float(page.evaluate("settled()"))
        answer = float(page.evaluate("s => answer(s)", legend)) if legend else 0.0
        return Figures(ready, answer, _memory(browser, page))
    finally:
        context.close()


def _memory(browser: Browser, page: Page) -> float:
    """What the page's renderer has for itself, after a collection; Linux alone says."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    page.wait_for_timeout(200)
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [p["id"] for p in processes if p["type"] == "renderer"]
    return max(map(_private, renderers)) / 1024


def _private(process: int) -> int:
    """Private memory of a process in KiB."""
    try:
        text = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    return sum(map(int, re.findall(r"^Private_(?:Clean|Dirty): +(\d+)", text, re.MULTILINE)))
