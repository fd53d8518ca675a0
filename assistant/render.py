"""Answers and hits → the records of the contract, plain text for a terminal, Markdown to carry away."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from assistant import messages
from assistant.ages import age_in_words, date_in_words
from assistant.choosing.quotes import Quote
from assistant.outcome import Answer
from index.documents import Document, Kind, Status
from index.plain import plain_text
from index.snapshot import Hit, Snapshot


def to_record(answer: Answer, id: str | None = None) -> dict[str, Any]:
    """The answer record of the contract, JSON-ready; beyond it `sources`, how current each one quoted is, and
    `options`, the countries of which one may be meant.
    """
    return {
        "id": id,
        "question": answer.question.words,
        "understood": understood(answer),
        "status": answer.status.value,
        "reason": answer.reason,
        "abstained": answer.abstained,
        "text": to_text(answer),
        "citations": [_citation(q) for q in answer.quotes],
        "passages": [_passage(h) for h in answer.hits],
        "snapshot": answer.snapshot,
        "seconds": round(answer.seconds, 6),
        "sources": list(answer.sources),
        "options": list(answer.question.options),
        "judgement": _judgement(answer),
    }


def understood(answer: Answer) -> str:
    """The stand-alone wording of the question, with the place and the time it is about where it does not say them."""
    question = answer.question
    words = question.standalone or question.words
    unsaid = [p for p in question.where.split(", ") if question.carried and p.casefold() not in words.casefold()]
    if question.when is not None and question.when.words.casefold() not in words.casefold():
        unsaid.append(question.when.words)
    return f"{words} [{', '.join(unsaid)}]" if any(unsaid) else words


def provenance(document: Document, today: date) -> str:
    """Who says it and how old it is: "UK Foreign… · Getting help · page updated 30 March 2026 (7 months old)"."""
    who = document.publisher or document.source
    if document.kind is Kind.COMPILED:
        based = list(dict.fromkeys(b.publisher for b in document.based_on))
        more = messages.AND_MORE.format(more=len(based) - 2) if len(based) > 2 else ""
        who = messages.COMPILED.format(publishers="; ".join(based[:2]) + more)
    return " · ".join((who, document.title, dated(document, today)))


def date_said(document: Document) -> str:
    """What its date is the date of: "page updated 30 March 2026", "published 2011", "undated"."""
    if document.date is None:
        return messages.UNDATED
    if document.kind is Kind.COMPILED:
        pattern = messages.NEWEST_BASIS
    elif document.updated is None and document.reviewed is None:
        pattern = messages.PUBLISHED
    else:
        pattern = messages.PAGE_UPDATED
    return pattern.format(date=date_in_words(document.date))


def dated(document: Document, today: date) -> str:
    """The document's date and age, or "undated"; says so where it is withdrawn or superseded."""
    words = date_said(document)
    if document.date is not None:
        words += f" ({age_in_words(document.date, today)})"
    if document.status is Status.WITHDRAWN:
        words += f". {messages.WITHDRAWN}"
    elif document.status is Status.SUPERSEDED:
        words += f". {messages.SUPERSEDED}"
    return words


def to_text(answer: Answer) -> str:
    """The answer for a terminal or a message: quotes first, each with its source."""
    today = answer.question.today
    parts = [answer.message, *answer.notes]
    for number, quote in enumerate(answer.quotes, start=1):
        subject = f"{quote.heading_words[-1]}\n    " if quote.heading_words else ""
        shown = quote.shown.replace("\n", "\n    ")
        parts.append(f"[{number}] {subject}“{shown}”\n    — {provenance(quote.document, today)}")
    parts.extend(answer.staleness)
    if answer.closest:
        parts.append(messages.CLOSEST)
        parts.extend(f"  · {provenance(hit.document, today)}" for hit in answer.closest)
    return "\n\n".join(part for part in parts if part)


def to_markdown(answer: Answer) -> str:
    """The answer with its citations, to paste elsewhere. Everything from documents is escaped."""
    today = answer.question.today
    parts = [f"**{escape_markdown(answer.question.words)}**", answer.message, *answer.notes]
    for number, quote in enumerate(answer.quotes, start=1):
        subject = " › ".join(escape_markdown(w) for w in quote.heading_words[-2:])
        shown = "\n".join(f"> {escape_markdown(line)}" for line in quote.shown.split("\n"))
        source = escape_markdown(provenance(quote.document, today))
        address = f" <{quote.document.url}>" if is_web_address(quote.document.url) else ""
        parts.append(f"{number}. {subject}\n\n{shown}\n\n— {source}{address}")
    parts.extend(map(escape_markdown, answer.staleness))
    return "\n\n".join(part for part in parts if part) + "\n"


def hit_record(hit: Hit, snapshot: Snapshot) -> dict[str, Any]:
    """A found passage, JSON-ready, with what each retriever gave."""
    document, passage = hit.document, hit.passage
    return {
        **_passage(hit),
        "text": snapshot.text(document)[passage.start : passage.end],
        "title": document.title,
        "publisher": document.publisher,
        "updated": str(document.date) if document.date else None,
        "dense": {"score": round(hit.dense_score, 6), "rank": hit.dense_rank},
        "words": {"score": round(hit.word_score, 6), "rank": hit.word_rank},
    }


def hit_text(hit: Hit, snapshot: Snapshot, *, explain: bool) -> str:
    """A found passage for a terminal."""
    text = snapshot.text(hit.document)
    shown = plain_text(text, hit.passage.start, hit.passage.end, hit.document.markup)
    lines = [f"{hit.rank}. {provenance(hit.document, date.today())}", "   " + shown.replace("\n", "\n   ")]
    if explain:
        dense = f"meaning {hit.dense_score:.3f} (rank {hit.dense_rank or '–'})"
        words = f"words {hit.word_score:.2f} (rank {hit.word_rank or '–'})"
        lines.append(f"   {hit.document.source}/{hit.document.doc_id} · score {hit.score:.3f} = {dense}, {words}")
    return "\n".join(lines)


def escape_markdown(words: str) -> str:
    """Text that shows as itself in Markdown: no links, no emphasis, no HTML."""
    escaped = re.sub(r"([\\`*_{}\[\]()#+\-!|<>~&=])", r"\\\1", words)
    return re.sub(r"^(\s*\d+)\.", r"\1\\.", escaped, flags=re.MULTILINE)  # "4. October" opens no list


def is_web_address(url: str | None) -> bool:
    """Whether an address may become a link: http and https only, nothing that would break out of it."""
    return url is not None and re.fullmatch(r"https?://[^\s<>\"'`]+", url) is not None


def _judgement(answer: Answer) -> dict[str, Any] | None:
    """Why it was answered or not: beyond the contract, for fitting and for looking closely."""
    judgement = answer.judgement
    if judgement is None:
        return None
    quote = judgement.quote
    best = {"source": quote.document.source, "doc": quote.document.doc_id, "start": quote.start, "end": quote.end}
    found = {name: round(value, 4) for name, value in judgement.signals._asdict().items()}
    return {"probability": round(judgement.probability, 4), "signals": found, "best": best}


def _citation(quote: Quote) -> dict[str, Any]:
    document = quote.document
    return {
        "source": document.source,
        "doc": document.doc_id,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
        "title": document.title,
        "publisher": document.publisher,
        "kind": document.kind.value,
        "published": str(document.published) if document.published else None,
        "updated": str(document.updated) if document.updated else None,
        "places": list(document.about),
        "url": document.url,
    }


def _passage(hit: Hit) -> dict[str, Any]:
    return {
        "source": hit.document.source,
        "doc": hit.document.doc_id,
        "start": hit.passage.start,
        "end": hit.passage.end,
        "score": round(hit.score, 6),
        "rank": hit.rank,
    }
