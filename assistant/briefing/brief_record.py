"""Briefs and comparisons → JSON-ready records, in which a quote is the number of its citation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from assistant import messages
from assistant.ages import age_in_words, date_in_words
from assistant.briefing.brief import Brief, Gap, TopicBrief, Voice
from assistant.briefing.compare import Comparison
from assistant.briefing.emergency_card import Service
from assistant.choosing.emergency_lines import Line
from assistant.choosing.levels import Level
from assistant.choosing.quotes import Quote
from assistant.render import date_said, is_web_address
from index.dates import PartialDate
from index.documents import Document

_Key = tuple[str, str, int, int]


class Citations:
    """Numbers for quotes, from 1 in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._numbers: dict[_Key, int] = {}
        self.quotes: list[Quote] = []

    def number(self, quote: Quote) -> int:
        """The number of a quote; the same words of the same page have one number."""
        key = (*quote.document.key, quote.start, quote.end)
        if key not in self._numbers:
            self.quotes.append(quote)
            self._numbers[key] = len(self.quotes)
        return self._numbers[key]


def gap_in_words(voice: Voice, place: str) -> str:
    """Why a publisher has no quote on a topic, in a fixed sentence."""
    title = voice.outdated.title if voice.outdated else ""
    day = date_said(voice.outdated) if voice.outdated else ""
    documents = messages.documents(voice.documents)
    words = messages.BRIEF_GAPS[voice.gap or Gap.NOTHING].format(
        documents=documents, place=place, title=title, date=day
    )
    if voice.frozen is None:
        return words
    return f"{words} {messages.BRIEF_FROZEN.format(date=date_in_words(PartialDate.parse(voice.frozen)))}"


def silences(voices: Iterable[Voice], place: str) -> dict[str, list[str]]:
    """The publishers that have no quote on a topic, by the reason, in words."""
    silent: dict[str, list[str]] = {}
    for voice in voices:
        if voice.gap is not None:
            silent.setdefault(gap_in_words(voice, place), []).append(voice.publisher)
    return silent


def to_record(shown: Brief | Comparison) -> dict[str, Any]:
    """JSON-ready; a quote is the number of its citation, and each citation stands once in `citations`."""
    citations = Citations()
    if isinstance(shown, Comparison):
        record: dict[str, Any] = {"briefs": [_brief_record(brief, citations) for brief in shown.briefs]}
    else:
        record = _brief_record(shown, citations)
    today = shown.briefs[0].today if isinstance(shown, Comparison) else shown.today
    record["citations"] = [_citation(n, quote, today) for n, quote in enumerate(citations.quotes, start=1)]
    return record


def _brief_record(brief: Brief, citations: Citations) -> dict[str, Any]:
    return {
        "place": brief.place,
        "name": brief.name,
        "today": brief.today.isoformat(),
        "passport": brief.passport,
        "snapshot": brief.snapshot,
        "documents": brief.documents,
        "emergency": [_service_record(service, citations) for service in brief.card.services],
        "consular": [_service_record(service, citations) for service in brief.card.consular],
        "remarks": _numbers(brief.card.remarks, citations),
        "levels": [_level_record(level, citations) for level in brief.levels],
        "topics": [_topic_record(said, brief.name, citations) for said in brief.topics],
        "gaps": [topic.key for topic in brief.gaps],
        "notes": list(brief.notes),
        "seconds": round(brief.seconds, 6),
    }


def _service_record(service: Service, citations: Citations) -> dict[str, Any]:
    """Of the embassies of a country, `service` is its code."""
    return {
        "service": service.key,
        "differ": service.differ,
        "lines": [_line_record(line, citations) for line in service.lines],
    }


def _numbers(quotes: Iterable[Quote], citations: Citations) -> list[int]:
    return [citations.number(quote) for quote in quotes]


def _line_record(line: Line, citations: Citations) -> dict[str, Any]:
    shown = line.quote.shown
    return {
        "numbers": [shown[n.start : n.end] for n in line.numbers],
        "absent": line.absent,
        "citation": citations.number(line.quote),
    }


def _level_record(level: Level, citations: Citations) -> dict[str, Any]:
    return {
        "publisher": level.publisher,
        "level": level.words,
        "scale": level.scale,
        "has_pages": level.pages,
        "page": _page_record(level.document),
        "citations": _numbers(level.quotes, citations),
    }


def _page_record(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    day = str(document.date) if document.date else None
    return {"source": document.source, "doc": document.doc_id, "title": document.title, "date": day}


def _topic_record(said: TopicBrief, place: str, citations: Citations) -> dict[str, Any]:
    def voices(found: Sequence[Voice]) -> list[dict[str, Any]]:
        return [
            {
                "publisher": voice.publisher,
                "citations": _numbers(voice.quotes, citations),
                "shared": list(voice.shared),
                "gap": voice.gap.value if voice.gap else None,
                "frozen_since": voice.frozen.isoformat() if voice.frozen else None,
                "message": gap_in_words(voice, place) if voice.gap else None,
                "outdated": _page_record(voice.outdated),
            }
            for voice in found
        ]

    return {
        "topic": said.topic.key,
        "title": said.topic.title,
        "covered": said.covered,
        "governments": voices(said.governments),
        "others": voices(said.others),
        "ours": voices(said.ours),
    }


def _citation(number: int, quote: Quote, today: date) -> dict[str, Any]:
    document = quote.document
    return {
        "number": number,
        "source": document.source,
        "doc": document.doc_id,
        "start": quote.start,
        "end": quote.end,
        "quote": quote.text,
        "shown": quote.shown,
        "headings": list(quote.heading_words),
        "title": document.title,
        "publisher": document.publisher,
        "kind": document.kind.value,
        "published": str(document.published) if document.published else None,
        "updated": str(document.updated) if document.updated else None,
        "age": age_in_words(document.date, today) if document.date else messages.UNDATED,
        "places": list(document.about),
        "url": document.url if is_web_address(document.url) else None,
    }
