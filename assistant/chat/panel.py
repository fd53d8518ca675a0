"""The evidence of an answer as HTML: each quote highlighted within its document, with all that is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from assistant import messages
from assistant.ages import date_in_words
from assistant.chat import words
from assistant.chat.context import Excerpt, Run, excerpts, lines, window
from assistant.chat.html import link, path, publisher, when
from assistant.outcome import Answer
from index.documents import Basis, Document, Kind
from index.passages import heading_words
from index.snapshot import Hit, Snapshot


def evidence(answer: Answer, turn: int, snapshot: Snapshot) -> str:
    """The cards of one answer: its quotes, or the closest passages of a refusal, labelled as no answer."""
    cards = [_card(answer, turn, excerpt, snapshot) for excerpt in excerpts(answer.quotes, snapshot)]
    if answer.closest:
        cards.append(f'<p class="sc-empty">{escape(messages.CLOSEST)}</p>')
        cards += [_closest(answer, turn, n, hit, snapshot) for n, hit in enumerate(answer.closest, start=1)]
    return "".join(cards) or f'<p class="sc-empty">{escape(words.EVIDENCE_NONE)}</p>'


def panel(turns: Sequence[tuple[str, str]]) -> str:
    """The whole panel: the last turn's evidence open, earlier turns' folded. A turn is its question and its cards."""
    title = f"<h2>{escape(words.EVIDENCE)}</h2>"
    if not turns:
        return f'<section class="sc-panel">{title}<p class="sc-empty">{escape(words.EVIDENCE_EMPTY)}</p></section>'
    (question, cards), earlier = turns[-1], turns[:-1]
    about = f'<p class="sc-about">{escape(words.EVIDENCE_FOR.format(question=question))}</p>'
    folded = "".join(
        f'<details class="sc-earlier"><summary>{escape(words.EARLIER.format(question=asked))}</summary>{old}</details>'
        for asked, old in reversed(earlier)
    )
    return f'<section class="sc-panel">{title}{about}{cards}{folded}</section>'


def _card(answer: Answer, turn: int, excerpt: Excerpt, snapshot: Snapshot) -> str:
    document = excerpt.document
    text = snapshot.text(document)
    marked: set[int] = set()
    shown = [_line(line, turn, marked) for line in lines(text, excerpt)]
    badges = "".join(_badge(turn, number) for number, _ in excerpt.quotes)
    quote = excerpt.quotes[0][1]
    where = [words.WHERE.format(path=_file(document), start=q.start, end=q.end) for _, q in excerpt.quotes]
    return (
        f'<article class="sc-card"><header><span class="sc-badges">{badges}</span>{_head(answer, document)}</header>'
        f'<p class="sc-path">{path(quote.heading_words, document.title)}</p>'
        f"{_context(shown, excerpt.window.more_before, excerpt.window.more_after)}{_about(document, where)}</article>"
    )


def _closest(answer: Answer, turn: int, number: int, hit: Hit, snapshot: Snapshot) -> str:
    document = hit.document
    around = window(hit, snapshot)
    text = snapshot.text(document)
    shown = [_line(line, turn, set()) for line in lines(text, Excerpt(document, around, ()))]
    headings = heading_words(replace(document, text=text), hit.passage)
    where = [words.WHERE.format(path=_file(document), start=hit.passage.start, end=hit.passage.end)]
    label = f'<span class="sc-label">{escape(words.NOT_AN_ANSWER)}</span>'
    return (
        f'<article class="sc-card sc-no-answer" id="closest-{turn}-{number}"><header>{label}{_head(answer, document)}'
        f'</header><p class="sc-path">{path(headings, document.title)}</p>'
        f"{_context(shown, around.more_before, around.more_after)}{_about(document, where)}</article>"
    )


def _badge(turn: int, number: int) -> str:
    label = escape(words.BACK.format(number=number), quote=True)
    return f'<a class="sc-badge" href="#quote-{turn}-{number}" aria-label="{label}">{number}</a>'


def _head(answer: Answer, document: Document) -> str:
    return (
        f'<div><h3>{escape(document.title)}</h3><p class="sc-publisher">{publisher(document, short=True)}</p>'
        f'<p class="sc-when">{when(document, answer.question.today)}</p></div>'
    )


def _line(line: Sequence[Run], turn: int, marked: set[int]) -> str:
    """One line; the first mark of each quote is the place that its number leads to."""
    parts = []
    for shown, quote in line:
        if quote is None:
            parts.append(escape(shown))
            continue
        place = "" if quote in marked else f' id="evidence-{turn}-{quote}"'
        marked.add(quote)
        parts.append(f'<mark{place} data-quote="{quote}">{escape(shown)}</mark>')
    return f"<p>{''.join(parts)}</p>"


def _context(shown: Sequence[str], more_before: bool, more_after: bool) -> str:
    gap = '<p class="sc-gap" aria-hidden="true">…</p>'
    return f'<div class="sc-context">{gap * more_before}{"".join(shown)}{gap * more_after}</div>'


def _about(document: Document, where: Sequence[str]) -> str:
    parts = []
    if document.url:
        parts.append(f'<p class="sc-link">{_publisher_page(document.url)}</p>')
    if document.kind is Kind.COMPILED and document.based_on:
        count = len(document.based_on)
        title = words.BASED_ON_ONE if count == 1 else words.BASED_ON.format(count=count)
        items = "".join(_basis(basis) for basis in document.based_on)
        parts.append(f"<details><summary>{escape(title)}</summary><ul>{items}</ul></details>")
    parts.append(f'<p class="sc-file">{"<br>".join(escape(w) for w in where)}</p>')
    return f"<footer>{''.join(parts)}</footer>"


def _publisher_page(url: str) -> str:
    linked = link(url, words.PUBLISHER_PAGE)
    return linked if linked.startswith("<a ") else escape(url)  # an address that is none shows as its own text


def _basis(basis: Basis) -> str:
    day = f", {escape(messages.PAGE_UPDATED.format(date=date_in_words(basis.updated)))}" if basis.updated else ""
    return f"<li>{escape(basis.publisher)}: {link(basis.url, basis.title)}{day}</li>"


def _file(document: Document) -> str:
    return f"{document.source}/{document.doc_id}"
