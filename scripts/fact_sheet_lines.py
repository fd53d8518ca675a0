"""The lines of a fact sheet: a government's advisory level, the numbers of a service, a warning.

Every line is one sentence of ours that reads whole: it names the country, the publisher and the page's date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

import phonenumbers
from fact_sheet_caveats import SENTENCES, Caveat
from fact_sheet_grammar import SERVICES, Number

from index.dates import PartialDate
from index.documents import Document
from index.places import place_name
from index.readers.archive_metadata import PUBLISHERS

SHORT = {  # as the lines of a sheet name a publisher; its full name stands at its level
    "unitedkingdom": "UK FCDO",
    "ireland": "Ireland DFA",
    "canada": "Global Affairs Canada",
    "australia": "Smartraveller",
    "unitedstates": "US State Department",
}
LEVEL_PAGES = {  # where each government states its level
    "unitedkingdom": "warnings-and-insurance",
    "ireland": "misc",
    "canada": "risk",
    "australia": "overview",
    "unitedstates": "advisory",
}
_ARTICLE = re.compile(
    r"(?!South Georgia)(?:Netherlands|Philippines|Maldives|Seychelles|Comoros|United |US Virgin|Central African|"
    r"Dominican Rep|Democratic|Republic of|Federated|British (?:Virgin|Indian)|.* Islands(?: and .*)?$|Turks and)"
)


class Page(NamedTuple):
    """A current page with what its place in the archive says: `part` is set for a region's page (the Azores)."""

    document: Document
    publisher: str
    kind: str
    part: bool

    @property
    def date(self) -> PartialDate | None:
        return self.document.updated


class Given(NamedTuple):
    """Numbers that one publisher gives for one service, and the page's date."""

    publisher: str
    date: PartialDate | None
    numbers: tuple[Number, ...]
    health: bool  # from a health page, whose "emergency services" may be the ambulance alone


Source = tuple[str, PartialDate | None]  # a publisher and its page's date


class Found(NamedTuple):
    """What all publishers say of one country: numbers by service, warnings with who gives them when."""

    given: dict[str, list[Given]]
    warned: dict[Caveat, list[Source]]


def level_pages(pages: list[Page]) -> list[Page]:
    """The pages that state a level, newest first.

    Of two US advisories on a place (its own, and one of China, Hong Kong and Macao) only the newer one holds.
    """
    stating = [page for page in pages if page.kind == LEVEL_PAGES[page.publisher]]
    stating.sort(key=lambda page: (_newest_first(page.date), page.publisher, page.document.doc_id))
    american = [page for page in stating if page.publisher == "unitedstates" and not page.part]
    return [page for page in stating if page not in american[1:]]


def level_lines(pages: list[Page], date: PartialDate, counts: Counter[str]) -> Iterator[str]:
    """A line a government, newest page first, of `level_pages`; then the governments that have no page."""
    for page in pages:
        counts["level" if page.document.level else "no level found in the text"] += 1
        document = page.document
        link = f"[{document.title}]({document.url})" if document.url else document.title
        old = f", more than a year before this sheet of {_words(date)}" if _is_old(page.date, date) else ""
        part = f" for {document.title.partition(':')[0]} alone" if page.part else ""
        yield f"- {_named(page.publisher)}: {_level(page)}{part} ({link}, {_dated(page.date)}{old})."
    for publisher in sorted(set(SHORT) - {page.publisher for page in pages}):
        yield f"- {_named(publisher)}: no page on this place was found, which says nothing about its safety."


def number_lines(code: str, found: Found, counts: Counter[str]) -> Iterator[str]:
    """A line a service, then a line a warning. `counts` is added to."""
    country = with_article(code)
    for service in SERVICES:
        if service in found.given:
            given = found.given[service]
            line = service_line(service, country, code, given) + _denied(found.warned, given)
            counts["services where the sources differ"] += "the sources differ" in line
            for publisher in {one.publisher for one in given}:
                counts[f"{service}, {publisher}"] += 1
            yield f"- {line}."
    if not found.given:
        counts["no number"] += 1
        yield f"No source here gives a local emergency number for {country}."
    if found.warned:
        yield "" if not found.given else "\nBefore dialling:\n"
    for key in SENTENCES:
        for caveat in sorted(caveat for caveat in found.warned if caveat.key == key):
            counts[f"warning: {key}"] += 1
            sentence = SENTENCES[key].format(country=country, place=caveat.place)
            yield f"- {sentence} ({_cited(found.warned[caveat])})."


def service_line(service: str, country: str, code: str, given: list[Given]) -> str:
    """One sentence without its full stop: the numbers of one service, publishers that agree together, newest first.

    Where they differ it says so before it gives the first number; where all share some numbers and a few add others,
    the shared ones come first.
    """
    groups: dict[frozenset[tuple[str, str]], list[Given]] = defaultdict(list)
    for one in sorted(given, key=lambda one: (_newest_first(one.date), one.publisher, one.health)):
        groups[_key(one.numbers, code)].append(one)
    name = f"{SERVICES[service]} in {country}"
    if len(groups) == 1:
        (same,) = groups.values()
        return f"{name}: {_numbers(same[0].numbers)} ({_sources(same)})"
    if len({frozenset(number for number, _ in key) for key in groups}) == 1:  # only where they hold differs
        return f"{name}: {'; '.join(f'{_numbers(same[0].numbers)} ({_sources(same)})' for same in groups.values())}"
    shared = frozenset.intersection(*groups)
    if shared:
        everyone = sorted(given, key=lambda one: (_newest_first(one.date), one.publisher, one.health))
        common = tuple(number for number in everyone[0].numbers if _one(number, code) in shared)
        more = []
        for key, same in groups.items():
            rest = tuple(number for number in same[0].numbers if _one(number, code) not in shared)
            if key != shared:
                more.append(f"{_numbers(rest)} ({', '.join(_who(one) for one in same)} only)")
        return f"{name}: {_numbers(common)} ({_sources(everyone)}); not in every source: {'; '.join(more)}"
    each = [f"{_numbers(same[0].numbers)} ({_sources(same)})" for same in groups.values()]
    return f"{name}, where the sources differ: {'; '.join(each)}"


def _denied(warned: Mapping[Caveat, list[Source]], given: list[Given]) -> str:
    """What a line of numbers must not be read without: other publishers say that there is no such number."""
    denied = ""
    for key, words in (
        ("no services", "no emergency services exist"),
        ("no number", "no single emergency number exists"),
    ):
        sources = [
            source for source in warned.get(Caveat(key), []) if source[0] not in {one.publisher for one in given}
        ]
        if sources:
            denied += f"; yet {words} according to {_cited(sources)}"
    return denied


def _cited(sources: list[Source]) -> str:
    newest = sorted(sources, key=lambda one: (_newest_first(one[1]), one[0]))
    return "; ".join(f"{SHORT[publisher]}, {_dated(date)}" for publisher, date in newest)


def _level(page: Page) -> str:
    document = page.document
    if document.level is None or document.level == "Other":
        if page.publisher == "unitedkingdom":
            return (
                "no level found in the text: no warning against travel was found on the page, which does not mean safe"
            )
        return "no level found in the text"
    level = f"“{document.level}”"
    if page.publisher == "unitedkingdom" and document.level.startswith("Areas where FCDO advises against"):
        # Below the first heading: above it stands what the page's last update was ("no longer advises against …").
        body = document.text[document.text.index("\n## ") :].casefold()
        both = ("all travel", "all but essential travel")
        kinds = [words for words in both if re.search(rf"(?:against:?|\*)\s+{words}", body)]
        if kinds:
            level += f", for parts of the country: {' and '.join(f'against “{words}”' for words in kinds)}"
    return level


def _named(publisher: str) -> str:
    """The publisher's full name with the short one that the other lines use."""
    name, short = PUBLISHERS[publisher].name, SHORT[publisher]
    return name if short in name else f"{name} ({short})"


def _sources(given: Iterable[Given]) -> str:
    return "; ".join(f"{_who(one)}, {_dated(one.date)}" for one in given)


def _who(one: Given) -> str:
    return SHORT[one.publisher] + (" on its health page" if one.health else "")


def _numbers(numbers: Iterable[Number]) -> str:
    shown = [f"{number.written} {number.where}".strip() for number in numbers]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} or {shown[-1]}"


def _key(numbers: Iterable[Number], code: str) -> frozenset[tuple[str, str]]:
    return frozenset(_one(number, code) for number in numbers)


def _one(number: Number, code: str) -> tuple[str, str]:
    """What makes two written numbers the same: their digits without the country's calling code."""
    only = digits(number.written)
    calling = str(phonenumbers.country_code_for_region(code))
    if "+" in number.written or only.startswith("00"):
        only = only.removeprefix("00").removeprefix(calling)
    return only, number.where


def digits(written: str) -> str:
    """Only the digits of a number."""
    return re.sub(r"\D", "", written)


def _dated(date: PartialDate | None) -> str:
    return f"page updated {_words(date)}" if date else "undated page"


def _words(date: PartialDate) -> str:
    day = date.first()
    return f"{day.day} {day:%B %Y}" if date.day else f"{day:%B %Y}" if date.month else str(date.year)


def day(date: PartialDate | None) -> int:
    """A number that grows with the date; 0 where there is none."""
    return date.first().toordinal() if date else 0


def _newest_first(date: PartialDate | None) -> int:
    return -day(date)


def _is_old(date: PartialDate | None, today: PartialDate) -> bool:
    return date is not None and today.first().toordinal() - date.last().toordinal() > 365


def with_article(code: str) -> str:
    """The country's name within a sentence: "the Netherlands"."""
    name = place_name(code)
    return f"the {name}" if _ARTICLE.match(name) else name.replace("The Bahamas", "the Bahamas")
