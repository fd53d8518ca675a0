"""The steps to the answer of one question, in the order in which they are tried.

An emergency's number; a refusal before any search; what the search finds, with what must stand beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import messages
from assistant.choosing.arrange import names
from assistant.choosing.kinds import says_level
from assistant.choosing.quotes import Quote
from assistant.choosing.warned import advised_against, asks_whether_to_go, warned_of
from assistant.outcome import Answer, Status, make_answer, no_source, which_country
from assistant.parts import with_each_part
from assistant.searcher import Searcher
from assistant.understanding.emergency import asks_besides, asks_something, likely_services, services
from assistant.understanding.language import language
from assistant.understanding.question import Question
from assistant.understanding.services import SERVICES
from assistant.understanding.situations import told_of
from assistant.understanding.subject import Subject, courtesy, subject
from assistant.understanding.wanted import Wanted
from assistant.widening import widening_search
from index.documents import Status as DocumentStatus
from index.filters import Filters
from index.snapshot import Snapshot

_MOST_BESIDES = 3
_TELLS = 5  # words: a shorter turn ("And the police?") says too little to look for more
_SAYS_LITTLE = 30  # characters of a level


def emergency(question: Question, searcher: Searcher) -> Answer:
    """The local emergency number, or the question where the user is. No triage, no reassurance."""
    snapshot = searcher.snapshot
    places = question.places if question.places or searcher.many_places else tuple(snapshot.places)
    # "Who do I call?" names nobody: then what happened tells whom.
    named = [s.key for s in question.services if s.local_emergency and s.asked.search(question.standalone)]
    turns = (*question.history, question.words)
    wanted = tuple(dict.fromkeys((*services(turns), *named))) or likely_services(turns)
    asked = replace(
        question,
        places=places,
        wanted=Wanted.PHONE,
        services=tuple(s for key in wanted for s in SERVICES if s.key == key),
        search_words=f"emergency telephone number {' '.join(wanted)}",
        related=(),
    )
    if not places:
        return make_answer(snapshot, Status.EMERGENCY, asked, message=which_country(turns))
    filters = Filters(places=places)
    hits, quotes = searcher.numbers(asked, filters)
    message = messages.EMERGENCY if quotes else messages.EMERGENCY_NO_NUMBER.format(place=asked.where)
    answer = make_answer(snapshot, Status.EMERGENCY, asked, filters, hits, quotes=quotes, message=message)
    answer = searcher.with_consulate(answer, filters) if quotes else answer
    return _with_more(answer, question, searcher)


def _with_more(answer: Answer, question: Question, searcher: Searcher) -> Answer:
    """The numbers, and below them what answers the last turn itself, such as what to do after a bite."""
    words = question.words
    asked = told_of(words) or asks_besides((*question.history, words))
    hotline = question.wanted is Wanted.PHONE and "counselling" in [s.key for s in question.services]
    told = question.wanted is Wanted.TEXT and (asked or len(words.split()) >= _TELLS)
    if not (told or hotline) or (language(words) and not told_of(words)):  # the pages are in English
        return answer
    more = widening_search(question, searcher)
    new = [quote for quote in more.quotes if not any(map(quote.overlaps, answer.quotes))]
    rest = (messages.REST_NOT_ANSWERED,) if not more.quotes and asks_something(words) else ()
    quotes = (*answer.quotes, *(new if asked else new[:_MOST_BESIDES]))
    return replace(answer, quotes=quotes, notes=(*answer.notes, *rest))


def off_subject(question: Question, snapshot: Snapshot) -> Answer | None:
    """A kind no where the question is none of ours; None where it may be. Only of an index about places."""
    if not snapshot.places:
        return None
    if polite := courtesy(question.words):
        message = messages.COURTESIES[polite]
        return make_answer(snapshot, Status.NO_SOURCE, question, reason="off_subject", message=message)
    if subject(question.standalone) is Subject.OFF:
        return no_source(snapshot, "off_subject", question)
    return None


def no_such_place(question: Question, snapshot: Snapshot) -> Answer | None:
    """A refusal where the place is unknown, or no document is about it; None where neither holds."""
    name = question.unknown_place
    if name is not None and not snapshot.knows_words(name):
        return no_source(snapshot, "unknown_place", question)
    if question.places and not set(question.places) & snapshot.places:
        return no_source(snapshot, "place_not_covered", question)
    return None


def search(question: Question, searcher: Searcher) -> Answer:
    """The answer that is found, and with it that governments advise against all travel to that town or country."""
    snapshot = searcher.snapshot
    answer = with_each_part(widening_search(question, searcher), snapshot, lambda part: widening_search(part, searcher))
    if question.wanted is not Wanted.TEXT or answer.status not in (Status.ANSWERED, Status.NO_SOURCE):
        return answer
    filters = Filters(places=question.places, statuses=(DocumentStatus.CURRENT,))
    warned = [] if question.about_past else warned_of(question, snapshot, filters)
    if not warned:
        return _with_level(answer, question, filters, searcher)
    if answer.abstained and not asks_whether_to_go(question):
        return replace(answer, quotes=tuple(warned))
    known = {(q.document.key, q.start) for q in warned}
    others = [q for q in answer.quotes if (q.document.key, q.start) not in known]
    lead = 0 if _warns_first(others[:1], question, filters, searcher) else 1
    quotes = (*others[:lead], *warned, *others[lead:])
    warning = make_answer(
        snapshot, Status.ANSWERED, question, filters, answer.hits, quotes=quotes, judgement=answer.judgement
    )
    general = messages.GENERAL_ADVICE.format(place=question.where)
    return replace(warning, notes=(*(note for note in answer.notes if note == general), *warning.notes))


def _warns_first(best: Sequence[Quote], question: Question, filters: Filters, searcher: Searcher) -> bool:
    """Whether advice against a place comes before the best quote: one on another place, or on none.

    Not where the whole country is advised against: then the place's name tells nothing more.
    """
    if any(names(quote, place) for quote in best for place in question.finer_places):
        return False
    return asks_whether_to_go(question) and not advised_against(question, searcher.snapshot, filters)


def _with_level(answer: Answer, question: Question, filters: Filters, searcher: Searcher) -> Answer:
    """An answer on a country that most governments advise against, and last the newest level of one that does."""
    if answer.abstained or len(question.places) != 1 or question.about_past:
        return answer
    against = advised_against(question, searcher.snapshot, filters)
    known = {q.document.key for q in answer.quotes if says_level(q.shown, q.document)}
    if known or not against:
        return answer
    fullest = min(against, key=lambda q: len(q.shown) < _SAYS_LITTLE)  # "Do Not Travel" alone gives no reason
    return replace(answer, quotes=(*answer.quotes, fullest))
