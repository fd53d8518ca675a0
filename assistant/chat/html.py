"""Small pieces of HTML that the answer and the evidence share. Every word from outside goes through `escape`."""

from __future__ import annotations

from datetime import date
from html import escape

from assistant import messages
from assistant.ages import age_in_words
from assistant.chat import words
from assistant.chat.ageing import USUAL, Limits
from assistant.render import date_said, is_web_address
from index.documents import Document, Kind, Status

_NAMED = 2  # publishers that a summary names beside a quote; the evidence names all


def paragraphs(text: str) -> str:
    """Text with its line ends, as it is shown."""
    return "<br>".join(escape(line) for line in text.split("\n"))


def publisher(document: Document, *, short: bool = False) -> str:
    """Who says it: the publisher, or that it is our summary and of whom."""
    if document.kind is not Kind.COMPILED:
        return escape(document.publisher or document.source)
    names = list(dict.fromkeys(b.publisher for b in document.based_on))
    listed = "; ".join(names)
    if short and len(names) > _NAMED + 1:
        listed = words.AND_MORE.format(names="; ".join(names[:_NAMED]), more=len(names) - _NAMED)
    return escape(messages.COMPILED.format(publishers=listed))


def when(document: Document, today: date, limits: Limits = USUAL) -> str:
    """The page's date and, set off, its age in words, marked by the limits; says so where it is undated or gone."""
    day = document.date
    if day is None:
        shown = f'<span class="sc-age sc-old">{escape(messages.UNDATED)}</span>'
    else:
        shown = f'<time datetime="{day}">{escape(date_said(document))}</time> '
        shown += f'<span class="sc-age sc-{limits.mark(day, today)}">{escape(age_in_words(day, today))}</span>'
    gone = {Status.WITHDRAWN: messages.WITHDRAWN, Status.SUPERSEDED: messages.SUPERSEDED}.get(document.status)
    return shown + (f' <strong class="sc-gone">{escape(gone)}</strong>' if gone else "")


def link(url: str | None, text: str) -> str:
    """A link out to a web address; only the text where the address is none. `text` is plain text."""
    if url is None or not is_web_address(url):
        return escape(text)
    hidden = f'<span class="sc-unseen"> {escape(words.NEW_WINDOW)}</span>'
    address = escape(url, quote=True)
    return f'<a href="{address}" target="_blank" rel="noopener noreferrer">{escape(text)}{hidden}</a>'


def path(headings: tuple[str, ...], title: str) -> str:
    """The subject headings above a quote, nearest three; the document's title is not repeated among them."""
    named = [h for h in headings if h.casefold() != title.casefold()]
    return '<span aria-hidden="true"> › </span>'.join(f"<span>{escape(h)}</span>" for h in named[-3:])
