"""The quotes of a brief, numbered: how each is shown, and the list of sources that their numbers lead to."""

from __future__ import annotations

from datetime import date
from html import escape

from assistant.briefing.brief_record import Citations
from assistant.chat import view_words as words
from assistant.chat.context import Mark
from assistant.chat.html import link, paragraphs, path, publisher, when
from assistant.chat.reader import address
from assistant.chat.words import WHOLE_DOCUMENT
from assistant.choosing.quotes import Quote
from index.documents import Document


class Numbered:
    """Gives numbers to quotes as they are shown, from 1; the same words of a page have one.

    `name` begins every id, so that two pages can stand in one.
    """

    def __init__(self, name: str, snapshot: str, today: date) -> None:
        self._name = name
        self._snapshot = snapshot
        self._today = today
        self._citations = Citations()
        self._shown: set[int] = set()

    def badge(self, quote: Quote) -> str:
        """The number of a quote, which leads to its source; the source leads back to where it is shown first."""
        number = self._citations.number(quote)
        first = number not in self._shown
        self._shown.add(number)
        return self._badge(number, "quote" if first else "", "source", words.CITATION)

    def quote_html(self, quote: Quote, *, remark: str = "", who: str = "", dated: bool = True) -> str:
        """A quote under the line that introduces it, with its number, its date and its age. `who` is HTML."""
        said = f'<span class="sc-why">({escape(remark)})</span>' if remark else ""
        named = f'<span class="sc-publisher">{who}</span> ' if who else ""
        day = when(quote.document, self._today) if dated else ""
        return (
            f'<div class="sc-said">{subject(quote)}<blockquote>{paragraphs(quote.shown)}</blockquote>'
            f'<p class="sc-when">{self.badge(quote)} {named}{day} {said}</p></div>'
        )

    def sources_html(self) -> str:
        """Every document that was quoted, in the order of its first number, with the way to read it whole."""
        by_document: dict[tuple[str, str], list[tuple[int, Quote]]] = {}
        for number, quote in enumerate(self._citations.quotes, start=1):
            by_document.setdefault(quote.document.key, []).append((number, quote))
        return f'<ol class="sc-sources-list">{"".join(self._source(quotes) for quotes in by_document.values())}</ol>'

    def _source(self, quotes: list[tuple[int, Quote]]) -> str:
        document = quotes[0][1].document
        marks = [Mark(number, quote.start, quote.end) for number, quote in quotes]
        badges = "".join(self._badge(number, "source", "quote", words.BACK) for number, _ in quotes)
        return (
            f'<li><article class="sc-card sc-brief-source"{address(document, self._snapshot, marks)}>'
            f'<header><span class="sc-badges">{badges}</span><div><h3>{escape(document.title)}</h3>'
            f'<p class="sc-publisher">{publisher(document)}</p>'
            f'<p class="sc-when">{when(document, self._today)}</p></div></header>'
            f'<p class="sc-ways">{_page(document)}<button type="button" class="sc-way sc-whole">'
            f"{escape(WHOLE_DOCUMENT)}</button></p></article></li>"
        )

    def _badge(self, number: int, here: str, there: str, said: str) -> str:
        """A number that stands `here`, where that has a name, and leads `there`."""
        place = f' id="{self._name}-{here}-{number}"' if here else ""
        label = escape(said.format(number=number), quote=True)
        href = f"#{self._name}-{there}-{number}"
        return f'<a class="sc-badge sc-small"{place} href="{href}" aria-label="{label}">{number}</a>'


def subject(quote: Quote) -> str:
    """The line that introduces a quote, where there is one."""
    shown = path(quote.heading_words[-1:], "")
    return f'<p class="sc-subject">{shown}</p>' if shown else ""


def _page(document: Document) -> str:
    return f'<span class="sc-link">{link(document.url, document.url)}</span>' if document.url else ""
