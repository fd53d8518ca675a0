"""Questions for a local emergency number, with gold by rule: police, ambulance and fire brigade of each country.

The numbers are those that the labels of current original pages give (eval/emergency_numbers.py). Gold are the sentences
that give them so, every other sentence of the country's current originals that holds one and names the service, and
those that say that there is no such service or number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from eval.emergency_numbers import SERVICES, denying, readings
from eval.gold import Gold
from eval.making import Options, Page, countries, drawn, gold, naming, read, sample, table
from eval.records import DENIED_TAG, NUMBER_TAG, QuestionRecord
from eval.spans import number_pattern
from index.places import place_name
from index.snapshot import Snapshot


def questions(snapshot: Snapshot, options: Options) -> list[QuestionRecord]:
    """One question a country and service for which a page gives a number, or says that there is none."""
    found = [
        question
        for code, documents in countries(snapshot, options.part)
        for question in _about(read(snapshot, documents), code, options)
    ]
    return sample(found, options)


def _about(pages: list[Page], code: str, options: Options) -> Iterator[QuestionRecord]:
    """The questions about one country.

    The tag `differ` says that two publishers give no number in common, `denied` that a page says there is none.
    """
    wordings = table("wordings")["numbers"]
    given = [(page, reading) for page in pages for reading in readings(page)]
    for service in SERVICES:
        labelled = [(page, reading) for page, reading in given if reading.service == service]
        denials = [span for page in pages for span in denying(page, service)]
        digits = sorted({reading.digits for _, reading in labelled})
        spans = {gold(page, reading.start, reading.end): None for page, reading in labelled}
        spans |= {span: None for page in pages for span in _elsewhere(page, service, digits)}
        spans |= dict.fromkeys(denials)
        by_publisher: dict[str, set[str]] = {}
        for page, reading in labelled:
            by_publisher.setdefault(page.document.publisher, set()).add(reading.digits)
        differ = any(one.isdisjoint(other) for one, other in combinations(by_publisher.values(), 2))
        if spans:
            asked = drawn(options.part.wordings(wordings[service]), code, service)
            yield QuestionRecord(
                id=f"number-{code}-{service}",
                question=asked.format(place=place_name(code)),
                answerable=True,
                gold=tuple(spans),
                tags=(
                    f"place:{code}",
                    f"service:{service}",
                    *(f"{NUMBER_TAG}{each}" for each in digits),
                    *["differ"] * differ,
                    *[DENIED_TAG] * bool(denials),
                ),
            )


def _elsewhere(page: Page, service: str, digits: list[str]) -> Iterator[Gold]:
    """Sentences that name the service and hold one of its numbers."""
    if digits:
        held = "|".join(number_pattern(each).pattern for each in digits)
        yield from naming(page, re.compile(held), SERVICES[service])
