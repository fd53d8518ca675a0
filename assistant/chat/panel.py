"""The evidence of an answer as HTML: each quote highlighted within its document, with all that is known about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from assistant import messages
from assistant.ages import date_in_words
from assistant.chat import reader, words
from assistant.chat.ageing import limits
from assistant.chat.context import Excerpt, Mark, Run, Window, excerpts, lines, window
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
    marked: set[int] = set()
    shown = [_line(line, turn, marked) for line in lines(snapshot.text(document), excerpt)]
    badges = "".join(_badge(turn, number) for number, _ in excerpt.quotes)
    quote = excerpt.quotes[0][1]
    spans = [Mark(number, q.start, q.end) for number, q in excerpt.quotes]
    return (
        f'<article class="sc-card"{reader.address(document, answer.snapshot, spans)}>'
        f'<header><span class="sc-badges">{badges}</span>{_head(answer, document)}</header>'
        f'<p class="sc-path">{path(quote.heading_words, document.title)}</p>'
        f"{_context(shown, excerpt.window, document, snapshot)}{_about(document, spans, answer.snapshot)}</article>"
    )


def _closest(answer: Answer, turn: int, number: int, hit: Hit, snapshot: Snapshot) -> str:
    document = hit.document
    around = window(hit, snapshot)
    text = snapshot.text(document)
    shown = [_line(line, turn, set()) for line in lines(text, Excerpt(document, around, ()))]
    headings = heading_words(replace(document, text=text), hit.passage)
    spans = [Mark(0, hit.passage.start, hit.passage.end)]
    label = f'<span class="sc-label">{escape(words.NOT_AN_ANSWER)}</span>'
    return (
        f'<article class="sc-card sc-no-answer" id="closest-{turn}-{number}" tabindex="-1"'
        f"{reader.address(document, answer.snapshot, ())}><header>{label}{_head(answer, document)}"
        f'</header><p class="sc-path">{path(headings, document.title)}</p>'
        f"{_context(shown, around, document, snapshot)}{_about(document, spans, answer.snapshot)}</article>"
    )


def _badge(turn: int, number: int) -> str:
    label = escape(words.BACK.format(number=number), quote=True)
    return f'<a class="sc-badge" href="#quote-{turn}-{number}" aria-label="{label}">{number}</a>'


def _head(answer: Answer, document: Document) -> str:
    return (
        f'<div><h3>{escape(document.title)}</h3><p class="sc-publisher">{publisher(document, short=True)}</p>'
        f'<p class="sc-when">{when(document, answer.question.today, limits(answer.question))}</p></div>'
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
        parts.append(f'<mark{place} tabindex="-1" data-quote="{quote}">{escape(shown)}</mark>')
    return f"<p>{''.join(parts)}</p>"


def _context(shown: Sequence[str], around: Window, document: Document, snapshot: Snapshot) -> str:
    """The shown stretch with the ways on: the passages before and after, and the whole document."""
    before, after = reader.beyond(snapshot, document, around.start, around.end)
    offsets = f' data-start="{around.start}" data-end="{around.end}"'
    earlier = _button("sc-before", words.PASSAGE_BEFORE) if before else ""
    later = _button("sc-after", words.PASSAGE_AFTER) if after else ""
    whole = _button("sc-whole", words.WHOLE_DOCUMENT)
    return f'{earlier}<div class="sc-context"{offsets}>{"".join(shown)}</div><p class="sc-ways">{later}{whole}</p>'


def _button(kind: str, label: str) -> str:
    return f'<button type="button" class="sc-way {kind}">{escape(label)}</button>'


def _about(document: Document, spans: Sequence[Mark], snapshot: str) -> str:
    parts = []
    if document.url:
        parts.append(f'<p class="sc-link">{_publisher_page(document.url)}</p>')
    if document.kind is Kind.COMPILED and document.based_on:
        count = len(document.based_on)
        title = words.BASED_ON_ONE if count == 1 else words.BASED_ON.format(count=count)
        items = "".join(_basis(basis) for basis in document.based_on)
        parts.append(f"<details><summary>{escape(title)}</summary><ul>{items}</ul></details>")
    parts.append(_how_we_know(document, spans, snapshot))
    return f"<footer>{''.join(parts)}</footer>"


def _how_we_know(document: Document, spans: Sequence[Mark], snapshot: str) -> str:
    """Everything that somebody needs who wants to check this without safecite."""
    offsets = "; ".join(words.OFFSETS.format(start=span.start, end=span.end) for span in spans)
    facts = {
        words.HOW_FILE: f"{document.source}/{document.doc_id}",
        words.HOW_WHERE: offsets,
        words.HOW_TEXT: document.text_sha256,
        words.HOW_RAW: document.raw_sha256,
        words.HOW_READER: document.reader,
        words.HOW_RETRIEVED: date_in_words(document.retrieved) if document.retrieved else "",
        words.HOW_LICENCE: document.licence or "",
        words.HOW_SNAPSHOT: snapshot,
    }
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(fact)}</dd>" for name, fact in facts.items() if fact)
    return f'<details class="sc-how"><summary>{escape(words.HOW)}</summary><dl class="sc-file">{rows}</dl></details>'


def _publisher_page(url: str) -> str:
    linked = link(url, words.PUBLISHER_PAGE)
    return linked if linked.startswith("<a ") else escape(url)  # an address that is none shows as its own text


def _basis(basis: Basis) -> str:
    day = f", {escape(messages.PAGE_UPDATED.format(date=date_in_words(basis.updated)))}" if basis.updated else ""
    return f"<li>{escape(basis.publisher)}: {link(basis.url, basis.title)}{day}</li>"
