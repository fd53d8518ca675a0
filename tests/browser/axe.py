"""What axe-core finds on a page by WCAG 2.2 AA, apart from what is gradio's own."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# What axe finds in gradio's own markup, which is not ours to mend: (rule, a part of the element's HTML).
GRADIOS = (("aria-required-children", '<div class="examples '),)  # a list of buttons that are no list items


def violations(page: Page, within: str = "html") -> list[tuple[str, str, str]]:
    """What axe-core finds serious or critical by WCAG 2.2 AA within an element: rule, element, and what it says."""
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    options = {"runOnly": rules, "resultTypes": ["violations"], "selectors": False}  # what passes is not described
    found: list[dict[str, Any]] = Axe().run(page, within, options).response["violations"]
    return [
        (rule["id"], node["html"], node["failureSummary"])
        for rule in found
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"]
        if not any(rule["id"] == known and part in node["html"] for known, part in GRADIOS)
    ]
