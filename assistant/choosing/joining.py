"""Shown quotes that stand side by side in one document: one quote where both fit, else a paragraph's in its order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.choosing.quotes import Quote
from assistant.choosing.spans import MAX_QUOTE, fits
from index.plain import plain_text
from index.snapshot import Snapshot

_WORD = re.compile(r"\w")
_APART = "…\nelsewhere"


def joined(quotes: Sequence[Quote], snapshot: Snapshot) -> tuple[Quote, ...]:
    """The quotes, best first, those side by side as the document has them. A joined one is worth what its best is."""
    found: list[Quote] = []
    for quote in quotes:
        for number, other in enumerate(found):
            between = _between(other, quote, snapshot)
            touch, paragraph = _WORD.search(between) is None, "\n" not in between
            both = _one(other, quote, snapshot) if touch or paragraph else None
            if both is not None:
                found[number] = both
                break
            if touch and paragraph:
                found.insert(number + (quote.start > other.start), quote)
                break
        else:
            found.append(quote)
    return tuple(found) if len(found) == len(quotes) else joined(found, snapshot)


def _between(one: Quote, other: Quote, snapshot: Snapshot) -> str:
    """What stands between two quotes of one document under the same headings; of others what joins nothing."""
    if one.document.key != other.document.key or one.headings != other.headings:
        return _APART
    first, last = sorted((one, other), key=lambda q: q.start)
    return snapshot.text(one.document)[first.end : last.start]


def _one(one: Quote, other: Quote, snapshot: Snapshot) -> Quote | None:
    """The two and what is between them as one quote; None where that is too long."""
    start, end = min(one.start, other.start), max(one.end, other.end)
    text, markup = snapshot.text(one.document), one.document.markup
    if not fits(text, start, end, markup, MAX_QUOTE):
        return None
    return replace(one, start=start, end=end, text=text[start:end], shown=plain_text(text, start, end, markup))
