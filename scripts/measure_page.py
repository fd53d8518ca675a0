"""Measure the page as a browser loads it: python -m scripts.measure_page --index DIR

From the start of the program: until something answers, and until the real page does. Then in Chromium, with an empty
cache and once more with a full one: the first answer to `/`, the first paint, when a question box is seen that can be
used, when the whole page stands there, and the bytes by whose they are. Ours is the page itself with the styles,
scripts and components in it, and what lies under /safecite/; the rest is gradio's. Bytes are as sent, compressed where
they are, and unpacked.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

from scripts.measure_chats import served

CHROMIUM = Path("/usr/bin/chromium")
USEFUL_S = 1.0
_OWN = ("/safecite/",)
# When a box is first there to be typed into, and when the real one takes its place; noted by the page itself: nobody
# looks from outside meanwhile.
_WATCH = """
new MutationObserver((_, watch) => {
  const there = (box) => box && box.getClientRects().length && !box.disabled;
  if (there(document.querySelector("#sc-first textarea"))) window.box ??= performance.now();
  if (document.querySelector("#sc-first") || !there(document.querySelector("#sc-ask textarea"))) return;
  window.whole = performance.now();
  watch.disconnect();
}).observe(document, {childList: true, subtree: true, attributes: true});
"""
_READ = """() => ({
  first: performance.getEntriesByType("navigation")[0].responseStart,
  paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  useful: Math.max(window.box, performance.getEntriesByName("first-contentful-paint")[0]?.startTime),
  whole: window.whole,
  loaded: [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map((one) => [one.name, one.transferSize, one.decodedBodySize]),
})"""


class Load(NamedTuple):
    """One load of the page; milliseconds from its beginning, and (requests, bytes sent, bytes unpacked) by whose."""

    first: float
    paint: float
    useful: float
    whole: float
    ours: tuple[int, int, int]
    gradios: tuple[int, int, int]


def load(browser: Browser, address: str) -> tuple[Load, Load]:
    """The page with an empty cache, and again with what the first left in it."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    context.add_init_script(_WATCH)
    page = context.new_page()
    found = []
    for _ in range(2):
        page.goto(address)
        page.wait_for_function("window.whole")
        page.wait_for_timeout(1500)  # what comes later belongs to the page too
        found.append(_load(page.evaluate(_READ)))
    context.close()
    return found[0], found[1]


def _load(read: dict[str, Any]) -> Load:
    whose: dict[bool, list[tuple[int, int]]] = {True: [], False: []}
    for name, sent, unpacked in read["loaded"]:
        path = urlsplit(name).path
        whose[path == "/" or path.startswith(_OWN)].append((sent, unpacked))
    sums = [(len(of), sum(s for s, _ in of), sum(u for _, u in of)) for of in (whose[True], whose[False])]
    return Load(read["first"], read["paint"], read["useful"], read["whole"], sums[0], sums[1])


def main() -> int:
    """Measure and print; 1 where the question box comes too late."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, required=True, help="the index that answers")
    parser.add_argument("--times", type=int, default=5, help="loads of each kind (5)")
    given = parser.parse_args()
    begun = time.perf_counter()
    with served(given.index) as (address, _), sync_playwright() as playwright:
        print(f"{time.perf_counter() - begun:6.2f} s  from the start until questions are answered")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        pairs = [load(chromium, f"{address}/") for _ in range(given.times)]
        chromium.close()
    for title, loads in (("empty cache", [a for a, _ in pairs]), ("full cache", [b for _, b in pairs])):
        print(f"\n{title}, the median of {len(loads)}")
        for name in ("first", "paint", "useful", "whole"):
            print(f"{statistics.median(getattr(one, name) for one in loads) / 1000:9.3f} s  {name}")
        for name in ("ours", "gradios"):
            requests, sent, unpacked = getattr(loads[-1], name)
            print(f"{sent / 1000:9.1f} kB sent, {unpacked / 1000:,.1f} kB unpacked, {requests} requests: {name}")
    reached = statistics.median(one.useful for one, _ in pairs) < USEFUL_S * 1000
    print("\nreached" if reached else "\nNOT REACHED")
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
