"""Write a fact sheet for every country and territory of the advisories archive: levels and local emergency numbers.

    python scripts/make_fact_sheets.py --archive ../shared/data/advisories --us ../shared/data/us-advisories-2026 \
        --out source_docs/countries --date 2026-11-22

Only facts are carried over, in sentences of ours: numbers, dates, addresses, and levels in each government's own words.
The same input gives the same bytes. Pages that their publisher has withdrawn are not used.
"""

from __future__ import annotations

import argparse
import re
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import yaml
from fact_sheet_caveats import Caveat, caveats
from fact_sheet_lines import (
    Found,
    Given,
    Page,
    Source,
    day,
    digits,
    level_lines,
    level_pages,
    number_lines,
    with_article,
)
from fact_sheet_numbers import australia, canada, ireland, united_kingdom, united_states

from index.dates import PartialDate
from index.documents import Document, Reading, Status
from index.places import country_codes, place_name
from index.readers import advisories, us_json

NUMBER_PAGES = {  # the kinds of pages that give numbers, and the rule that reads them
    "unitedkingdom": ({"getting-help"}, united_kingdom),
    "ireland": ({"overview"}, ireland),
    "canada": ({"security", "health"}, canada),
    "australia": ({"local-contacts"}, australia),
    "unitedstates": ({"safety-and-security", "health"}, united_states),
}
CAVEAT_PAGES = {  # page -> whether to look at all of it
    ("unitedkingdom", "getting-help"): False,
    ("unitedkingdom", "health"): True,
    ("ireland", "overview"): False,
    ("australia", "local-contacts"): False,
    ("australia", "health"): True,
    ("australia", "overview"): True,
    ("unitedstates", "safety-and-security"): True,
    ("unitedstates", "health"): True,
}


def main() -> None:
    arguments = _arguments()
    pages = read_pages(arguments.archive, arguments.us)
    date = PartialDate.parse(arguments.date)
    arguments.out.mkdir(parents=True, exist_ok=True)
    counts: Counter[str] = Counter()
    for code in sorted({code for page in pages for code in page.document.about}):
        here = [page for page in pages if code in page.document.about]
        name = f"{code.lower()}-{_slug(place_name(code))}.md"
        (arguments.out / name).write_text(sheet(code, here, date, counts), encoding="utf-8")
        counts["sheets"] += 1
    for key in sorted(counts):
        print(f"{counts[key]:5d}  {key}")


def read_pages(archive: Path, us: Path) -> list[Page]:
    """The current pages of both sources, without the US advisories of which there is a newer edition."""
    readings = [*advisories.read("advisories", archive), *us_json.read("us-advisories-2026", us)]
    documents = [item.document for item in readings if isinstance(item, Reading)]
    current = [document for document in documents if document.status is Status.CURRENT and document.series]
    newest: dict[str, Document] = {}
    for document in current:
        kept = newest.get(document.series or "")
        if kept is None or day(document.updated) >= day(kept.updated):
            newest[document.series or ""] = document
    pages = []
    for document in newest.values():
        publisher, where, kind = (document.series or "").split("/", 2)
        if document.about:
            pages.append(Page(document, publisher, kind, "-" in where))
    return sorted(pages, key=lambda page: (page.document.source, page.document.doc_id))


def sheet(code: str, pages: list[Page], date: PartialDate, counts: Counter[str]) -> str:
    """The whole document for one country; `counts` is added to."""
    country = place_name(code)
    stating = level_pages(pages)
    found, used = gather(code, pages)
    based_on = {page.document.key: page.document for page in [*stating, *used]}.values()
    front = {
        "title": f"{country}: advisory levels and emergency numbers",
        "publisher": "safecite",
        "kind": "compiled",
        "places": [code],
        "updated": str(date),
        "licence": "CC BY 4.0",
        "based_on": [_basis(one) for one in sorted(based_on, key=lambda one: (one.publisher, one.title))],
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=1000)
    levels = "\n".join(level_lines(stating, date, counts))
    numbers = "\n".join(number_lines(code, found, counts))
    return (
        f"---\n{head}---\n# {country}: advisory levels and emergency numbers\n\n"
        f"## Advisory levels for {with_article(code)}\n\n{levels}\n\n"
        f"## Emergency numbers in {with_article(code)}\n\n{numbers}\n"
    )


def gather(code: str, pages: list[Page]) -> tuple[Found, list[Page]]:
    """What the pages say of the country's local emergency services, and those pages that say any of it."""
    given: dict[str, list[Given]] = defaultdict(list)
    warned: dict[Caveat, list[Source]] = defaultdict(list)
    used: list[Page] = []
    for page in pages:
        if page.part:
            continue  # what holds in the Canary Islands is not said of Spain
        kinds, rule = NUMBER_PAGES[page.publisher]
        facts = list(rule(page.document)) if page.kind in kinds else []
        everywhere = CAVEAT_PAGES.get((page.publisher, page.kind))
        cautions = [] if everywhere is None else list(caveats(page.document, everywhere=everywhere))
        cautions = [caveat for caveat in cautions if code in (country_codes(caveat.place) or (code,))]
        if any(caveat.key == "no ambulances there" for caveat in cautions):
            facts = [fact for fact in facts if fact.service != "ambulance"]
        for fact in facts:
            health = page.publisher == "unitedstates" and page.kind == "health" and fact.service == "general"
            given[fact.service].append(Given(page.publisher, page.date, fact.numbers, health))
        for caveat in cautions:
            if (page.publisher, page.date) not in warned[caveat]:
                warned[caveat].append((page.publisher, page.date))
        if facts or cautions:
            used.append(page)
    return Found({service: _merged(several) for service, several in given.items()}, dict(warned)), used


def _merged(given: list[Given]) -> list[Given]:
    """All numbers of a publisher for one service in one entry; its older page's date stands where two differ."""
    merged: dict[tuple[str, bool], Given] = {}
    for one in given:
        key = (one.publisher, one.health)
        before = merged.get(key)
        if before is None:
            merged[key] = one
            continue
        known = {(digits(number.written), number.where) for number in before.numbers}
        everywhere = {number for number, where in known if not where}
        new = tuple(
            number
            for number in one.numbers
            if (digits(number.written), number.where) not in known and digits(number.written) not in everywhere
        )
        date = min(before.date, one.date, key=day) if before.date and one.date else before.date or one.date
        merged[key] = Given(one.publisher, date, before.numbers + new, one.health)
    # A health page that repeats what the publisher's other page says adds nothing.
    return [
        one
        for key, one in merged.items()
        if not (one.health and (one.publisher, False) in merged and merged[one.publisher, False].numbers == one.numbers)
    ]


def _basis(document: Document) -> dict[str, str]:
    basis = {"publisher": document.publisher, "title": document.title}
    if document.url:
        basis["url"] = document.url
    if document.updated:
        basis["updated"] = str(document.updated)
    return basis


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold().replace("'", "")).strip("-")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write the country fact sheets: advisory levels, emergency numbers.")
    parser.add_argument("--archive", type=Path, required=True, help="the advisories archive, a folder a publisher")
    parser.add_argument("--us", type=Path, required=True, help="the newer US advisories, one JSON file a country")
    parser.add_argument("--out", type=Path, required=True, help="the folder to write to, one Markdown file a country")
    parser.add_argument("--date", required=True, help="the day of the sheets, such as 2026-11-22")
    return parser.parse_args()


if __name__ == "__main__":
    main()
