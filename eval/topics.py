"""Questions that name a country and a topic of travel advice: is what they are answered with about that country?

Asked of countries on which three publishers or more have current originals, and only where one of these names the
topic, so every question can be answered. Gold are all their sentences that name it; a right quote may be another, so
that what counts is the tag `place:XX`.
"""

from __future__ import annotations

import random
import re

from eval.making import Options, countries, drawn, naming, read, sample, table
from eval.records import QuestionRecord
from index.places import place_name
from index.snapshot import Snapshot

COUNTRIES = 40
_FEWEST = 3  # publishers


def questions(snapshot: Snapshot, options: Options) -> list[QuestionRecord]:
    """Every topic for `COUNTRIES` countries drawn with the seed, country by country."""
    topics = table("wordings")["places"]
    known = [
        (code, documents)
        for code, documents in countries(snapshot, options.part)
        if len({document.publisher for document in documents}) >= _FEWEST
    ]
    random.Random(options.seed).shuffle(known)  # noqa: S311 - a draw, not a secret
    found = []
    for code, documents in known[:COUNTRIES]:
        pages = read(snapshot, documents)
        for topic, words in topics.items():
            named = re.compile(words["named"], re.IGNORECASE)
            if gold := tuple(span for page in pages for span in naming(page, named)):
                found.append(
                    QuestionRecord(
                        id=f"place-{code}-{topic}",
                        question=drawn(options.part.wordings(words), code, topic).format(place=place_name(code)),
                        answerable=True,
                        gold=gold,
                        tags=(f"place:{code}", f"topic:{topic}"),
                    )
                )
    return sample(found, options)
