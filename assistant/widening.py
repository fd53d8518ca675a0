"""Where is searched, one place after the other: where and when the question says, then wider, until something answers.

Asks back where only a place is lacking.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant import messages
from assistant.choosing.arrange import MOST_QUOTES
from assistant.choosing.judgement import THRESHOLD
from assistant.choosing.official import OFFICIAL
from assistant.outcome import Answer, Status, in_turn, make_answer, no_source, which_place
from assistant.searcher import Searcher
from assistant.understanding.question import Question, without_towns
from assistant.understanding.wanted import Wanted
from index.documents import Status as DocumentStatus
from index.filters import GENERAL, Filters
from index.places import place_name

_HOW_TO = re.compile(
    r"\b(?:what (?:should|do|can|must|to|if)|how (?:do|can|should|to)|(?:should|can) (?:i|we)|tips|advice)\b", re.I
)
_OUTDATED = (DocumentStatus.SUPERSEDED, DocumentStatus.WITHDRAWN)
_SURER = 0.1  # than is enough elsewhere: a town may be quite unlike its country
_CLEARLY = 0.5  # how probably an older document must answer, and how much more so than today's, to be spoken of
_MORE_CLEARLY = 0.15


def widening_search(question: Question, searcher: Searcher) -> Answer:
    """What is found where the place allows, else in general guides; older editions only to say that they are older."""
    asked, question = question, searcher.retrieval.with_meaning(question)
    unplaced = not question.places and searcher.many_places
    if question.options or (unplaced and (question.contact or question.wanted in OFFICIAL)):
        return which_place(searcher.snapshot, asked)
    statuses = () if question.about_past else (DocumentStatus.CURRENT,)
    unnamed = (GENERAL,) if searcher.many_places else ()  # else the whole index is about one place
    filters = Filters(places=question.places or unnamed, statuses=statuses)
    if (when := question.when) and (when.since or when.until):
        since, until = (day.isoformat() if day else None for day in (when.since, when.until))
        then = searcher.answer(question, replace(filters, since=since, until=until))
        if not then.abstained:
            return then
        question = replace(question, search_words=question.timed_words)  # a later page may tell of that time
    first = _where_asked(question, filters, searcher)
    if not first.abstained:
        return first
    if unplaced:
        elsewhere = searcher.answer(question, Filters())
        return elsewhere if elsewhere.abstained else which_place(searcher.snapshot, asked, first.hits)
    if question.places and question.wanted is Wanted.TEXT and _HOW_TO.search(question.standalone):
        general = searcher.answer(question, Filters(places=(GENERAL,)))
        if not general.abstained:
            note = messages.GENERAL_ADVICE.format(place=question.where)
            return replace(general, notes=(note, *general.notes))
    older = searcher.answer(question, replace(filters, statuses=_OUTDATED))
    if not older.abstained and older.probability >= max(_CLEARLY, first.probability + _MORE_CLEARLY):
        return no_source(searcher.snapshot, "only_outdated", question, filters, first.hits, first.judgement)
    return first


def _where_asked(question: Question, filters: Filters, searcher: Searcher) -> Answer:
    """The search at each place that is compared, or at all; then for the country of a town, then for the police."""
    first = (question.side_by_side and _each_place(question, filters, searcher)) or searcher.answer(question, filters)
    if first.abstained and question.places and question.finer_places:  # no page may name the town
        wider = searcher.answer(searcher.retrieval.with_meaning(without_towns(question)), filters)
        surely = wider.judgement is None or wider.probability >= THRESHOLD + _SURER
        first = wider if not wider.abstained and surely else first
    local = tuple(service for service in question.services if service.local_emergency)
    if first.abstained and question.wanted is Wanted.PHONE and local and local != question.services:
        return searcher.answer(replace(question, services=local), filters)  # where no page has the embassy
    return first


def _each_place(question: Question, filters: Filters, searcher: Searcher) -> Answer | None:
    """What is found for each place by itself, their first quotes first; None where nothing is for any."""
    general = without_towns(question)  # a town of one place is no word to find the other by
    parts: dict[str, Answer] = {}
    for code in question.places:
        here = replace(filters, places=(code,))
        part = searcher.answer(question, here)
        parts[code] = searcher.answer(general, here) if part.abstained and question.finer_places else part
    told = [part for part in parts.values() if not part.abstained]
    if not told:
        return None
    silent = " or ".join(place_name(code) for code, part in parts.items() if part.abstained)
    notes = (messages.NOT_FOR.format(places=silent),) if silent else ()
    best = max(told, key=lambda part: part.probability)
    answer = make_answer(
        searcher.snapshot,
        Status.ANSWERED,
        question,
        filters,
        best.hits,
        quotes=tuple(in_turn(told)[:MOST_QUOTES]),
        judgement=best.judgement,
    )
    return replace(answer, notes=(*notes, *answer.notes))
