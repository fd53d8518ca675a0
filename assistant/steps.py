"""The steps to one question's answer on one snapshot: an emergency's number, a kind no, or what the search finds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from assistant import messages
from assistant.answers import make_answer, no_source, which_place
from assistant.choosing.arrange import MOST_QUOTES, arrange, names
from assistant.choosing.fitting import fitting
from assistant.choosing.joining import joined
from assistant.choosing.judgement import OPEN_THRESHOLD, THRESHOLD, Judgement, judge
from assistant.choosing.kinds import exact_amount, says_level
from assistant.choosing.official import OFFICIAL, narrowed, official_quotes, searched_for
from assistant.choosing.quotes import Quote
from assistant.choosing.retrieval import Retrieval
from assistant.choosing.warned import advised_against, asks_whether_to_go, warned_of
from assistant.outcome import Answer, Status
from assistant.parts import with_each_part
from assistant.understanding.emergency import asks_besides, asks_something, likely_services, services
from assistant.understanding.losses import lost_passport
from assistant.understanding.question import Question, without_towns
from assistant.understanding.services import SERVICES
from assistant.understanding.subject import Subject, courtesy, subject
from assistant.understanding.wanted import Wanted
from index.documents import Status as DocumentStatus
from index.embedding import Embedder
from index.filters import GENERAL, Filters
from index.places import place_name
from index.snapshot import Hit, Snapshot

_HOW_TO = re.compile(
    r"\b(?:what (?:should|do|can|must|to|if)|how (?:do|can|should|to)|(?:should|can) (?:i|we)|tips|advice)\b", re.I
)
_CLEARLY = 0.5  # how probably an older document must answer, and how much more so than today's, to be spoken of
_MORE_CLEARLY = 0.15
_MOST_BESIDES = 3
_SAYS_LITTLE = 30  # characters of a level
_TELLS = 5  # words: a shorter turn ("And the police?") says too little to look for more
_SURER = 0.1
_FURTHER = 0.2  # how probably a further quote must answer by itself
_OUTDATED = (DocumentStatus.SUPERSEDED, DocumentStatus.WITHDRAWN)


def _sure(answer: Answer) -> bool:
    """Whether it answers more surely than is enough elsewhere: a town may be quite unlike its country."""
    return answer.judgement is None or answer.judgement.probability >= THRESHOLD + _SURER


def _clearer(older: Answer, today: Answer) -> bool:
    """Whether what no longer holds answers clearly, and clearly better than anything that does."""
    then, now = (answer.judgement.probability if answer.judgement else 0.0 for answer in (older, today))
    return then >= max(_CLEARLY, now + _MORE_CLEARLY)


class Steps:
    """The steps to one question's answer, on one snapshot."""

    def __init__(self, snapshot: Snapshot, question: Question, asker: Embedder) -> None:
        self.snapshot = snapshot
        self.asker = asker
        self.retrieval = Retrieval(snapshot, asker)
        self.question = question
        self.many_places = len(snapshot.places) > 1

    def emergency(self) -> Answer:
        """The local emergency number, or the question where the user is. No triage, no reassurance."""
        question = self.question
        if not question.places and not self.many_places:
            question = replace(question, places=tuple(self.snapshot.places))
        # "Who do I call?" names nobody: then what happened tells whom.
        named = [s.key for s in question.services if s.local_emergency and s.asked.search(question.standalone)]
        turns = (*question.history, question.words)
        wanted = tuple(dict.fromkeys((*services(turns), *named))) or likely_services(turns)
        asked = replace(
            question,
            wanted=Wanted.PHONE,
            services=tuple(s for key in wanted for s in SERVICES if s.key == key),
            search_words=f"emergency telephone number {' '.join(wanted)}",
            related=(),
        )
        if not question.places:
            return make_answer(self.snapshot, Status.EMERGENCY, asked, message=messages.EMERGENCY_WHERE)
        filters = Filters(places=question.places)
        hits, evidence = self.retrieval.find(asked, filters)
        quotes = arrange(asked, [q for q in evidence.quotes if q.holds_kind])
        message = messages.EMERGENCY if quotes else messages.EMERGENCY_NO_NUMBER.format(place=question.where)
        answer = make_answer(self.snapshot, Status.EMERGENCY, asked, filters, hits, quotes=quotes, message=message)
        answer = self._with_consulate(answer, filters) if quotes else answer
        return self._with_more(answer)

    def _with_more(self, answer: Answer) -> Answer:
        """The numbers, and below them what answers the last turn itself, such as what to do after a bite."""
        words = self.question.words
        asked = lost_passport(words) or asks_besides((*self.question.history, words))
        hotline = self.question.wanted is Wanted.PHONE and "counselling" in [s.key for s in self.question.services]
        told = self.question.wanted is Wanted.TEXT and (asked or len(words.split()) >= _TELLS)
        if not (told or hotline):
            return answer
        more = self._search()
        new = [quote for quote in more.quotes if not any(map(quote.overlaps, answer.quotes))]
        rest = (messages.REST_NOT_ANSWERED,) if not more.quotes and asks_something(words) else ()
        quotes = (*answer.quotes, *(new if asked else new[:_MOST_BESIDES]))
        return replace(answer, quotes=quotes, notes=(*answer.notes, *rest))

    def off_subject(self) -> Answer | None:
        """A kind no where the question is none of ours; None where it may be. Only of an index about places."""
        if not self.snapshot.places:
            return None
        if polite := courtesy(self.question.words):
            message = messages.COURTESIES[polite]
            return make_answer(self.snapshot, Status.NO_SOURCE, self.question, reason="off_subject", message=message)
        if subject(self.question.standalone) is Subject.OFF:
            return no_source(self.snapshot, "off_subject", self.question)
        return None

    def no_such_place(self) -> Answer | None:
        """A refusal where the place is unknown, or no document is about it; None where neither holds."""
        name = self.question.unknown_place
        if name is not None and not self.snapshot.knows_words(name):
            return no_source(self.snapshot, "unknown_place", self.question)
        if self.question.places and not set(self.question.places) & self.snapshot.places:
            return no_source(self.snapshot, "place_not_covered", self.question)
        return None

    def search(self) -> Answer:
        """The answer that is found, and with it that governments advise against all travel to that town or country."""
        question = self.question
        answer = with_each_part(
            self._search(), self.snapshot, lambda part: Steps(self.snapshot, part, self.asker)._search()
        )
        if question.wanted is not Wanted.TEXT or answer.status not in (Status.ANSWERED, Status.NO_SOURCE):
            return answer
        filters = Filters(places=question.places, statuses=(DocumentStatus.CURRENT,))
        warned = [] if question.about_past else warned_of(question, self.snapshot, filters)
        if not warned:
            return self._with_level(answer, filters)
        if answer.abstained and not asks_whether_to_go(question):
            return replace(answer, quotes=tuple(warned))
        known = {(q.document.key, q.start) for q in warned}
        others = [q for q in answer.quotes if (q.document.key, q.start) not in known]
        lead = 0 if self._warns_first(others[:1], filters) else 1
        quotes = (*others[:lead], *warned, *others[lead:])
        warning = make_answer(
            self.snapshot, Status.ANSWERED, question, filters, answer.hits, quotes=quotes, judgement=answer.judgement
        )
        general = messages.GENERAL_ADVICE.format(place=question.where)
        return replace(warning, notes=(*(note for note in answer.notes if note == general), *warning.notes))

    def _warns_first(self, best: Sequence[Quote], filters: Filters) -> bool:
        """Whether advice against a place comes before the best quote: one on another place, or on none.

        Not where the whole country is advised against: then the place's name tells nothing more.
        """
        question = self.question
        if any(names(quote, place) for quote in best for place in question.finer_places):
            return False
        return asks_whether_to_go(question) and not advised_against(question, self.snapshot, filters)

    def _with_level(self, answer: Answer, filters: Filters) -> Answer:
        """An answer on a country that most governments advise against, and last the newest level of one that does."""
        if answer.abstained or len(self.question.places) != 1 or self.question.about_past:
            return answer
        against = advised_against(self.question, self.snapshot, filters)
        known = {q.document.key for q in answer.quotes if says_level(q.shown, q.document)}
        if known or not against:
            return answer
        fullest = min(against, key=lambda q: len(q.shown) < _SAYS_LITTLE)  # "Do Not Travel" alone gives no reason
        return replace(answer, quotes=(*answer.quotes, fullest))

    def _search(self) -> Answer:
        """Search where the place allows, then wider: general guides for "what should I do", older editions to say so.

        Asks back where only a place is lacking.
        """
        question = self.retrieval.with_meaning(self.question)
        unplaced = not question.places and self.many_places
        if question.options or (unplaced and (question.contact or question.wanted in OFFICIAL)):
            return which_place(self.snapshot, self.question)
        statuses = () if question.about_past else (DocumentStatus.CURRENT,)
        unnamed = (GENERAL,) if self.many_places else ()  # else the whole index is about one place
        filters = Filters(places=question.places or unnamed, statuses=statuses)
        if (when := question.when) and (when.since or when.until):
            since, until = (day.isoformat() if day else None for day in (when.since, when.until))
            then = self._try(question, replace(filters, since=since, until=until))
            if not then.abstained:
                return then
            question = replace(question, search_words=question.timed_words)  # a later page may tell of that time
        first = (question.side_by_side and self._each_place(question, filters)) or self._try(question, filters)
        if first.abstained and question.places and question.finer_places:  # no page may name the town
            wider = self._try(self.retrieval.with_meaning(without_towns(question)), filters)
            first = wider if not wider.abstained and _sure(wider) else first
        local = tuple(service for service in question.services if service.local_emergency)
        if first.abstained and question.wanted is Wanted.PHONE and local and local != question.services:
            first = self._try(replace(question, services=local), filters)  # the police, where no page has the embassy
        if not first.abstained:
            return first
        if not question.places and self.many_places:
            elsewhere = self._try(question, Filters())
            return elsewhere if elsewhere.abstained else which_place(self.snapshot, self.question, first.hits)
        if question.places and question.wanted is Wanted.TEXT and _HOW_TO.search(question.standalone):
            general = self._try(question, Filters(places=(GENERAL,)))
            if not general.abstained:
                note = messages.GENERAL_ADVICE.format(place=question.where)
                return replace(general, notes=(note, *general.notes))
        older = self._try(question, replace(filters, statuses=_OUTDATED))
        if not older.abstained and _clearer(older, first):
            return no_source(self.snapshot, "only_outdated", question, filters, first.hits, first.judgement)
        return first

    def _each_place(self, question: Question, filters: Filters) -> Answer | None:
        """What is found for each place by itself, their first quotes first; None where nothing is for any."""
        general = without_towns(question)  # a town of one place is no word to find the other by
        parts: dict[str, Answer] = {}
        for code in question.places:
            here = replace(filters, places=(code,))
            part = self._try(question, here)
            parts[code] = self._try(general, here) if part.abstained and question.finer_places else part
        told = [part for part in parts.values() if not part.abstained]
        if not told:
            return None
        quotes = [quote for row in zip_longest(*(part.quotes for part in told)) for quote in row if quote is not None]
        silent = " or ".join(place_name(code) for code, part in parts.items() if part.abstained)
        notes = (messages.NOT_FOR.format(places=silent),) if silent else ()
        best = max(told, key=lambda part: part.judgement.probability if part.judgement else 0.0)
        answer = make_answer(
            self.snapshot,
            Status.ANSWERED,
            question,
            filters,
            best.hits,
            quotes=tuple(quotes[:MOST_QUOTES]),
            judgement=best.judgement,
        )
        return replace(answer, notes=(*notes, *answer.notes))

    def _try(self, question: Question, filters: Filters) -> Answer:
        """Search, choose, judge: once, within the filters."""
        filters = narrowed(question, self.snapshot, filters)
        if question.wanted in OFFICIAL:
            if quotes := official_quotes(question, self.snapshot, filters):
                hits, _ = self.retrieval.find(question, filters)
                return make_answer(self.snapshot, Status.ANSWERED, question, filters, hits, quotes=quotes)
            question = searched_for(question)
        hits, evidence = self.retrieval.find(question, filters)
        candidates = fitting(question.search_words, evidence.quotes)
        judgement = self._judge(candidates[0], question, hits) if candidates else None
        if judgement is None or not self._answers(question, judgement):
            return no_source(self.snapshot, "fact_not_covered", question, filters, hits, judgement)
        chosen = evidence.read_whole(self._worth_adding(question, arrange(question, candidates), hits))
        if not question.contact:  # of several numbers each is one by itself
            chosen = joined(chosen, self.snapshot)
        answer = make_answer(
            self.snapshot, Status.ANSWERED, question, filters, hits, quotes=chosen, judgement=judgement
        )
        return self._with_consulate(answer, filters) if question.wanted is Wanted.PHONE else answer

    def _worth_adding(self, question: Question, chosen: Sequence[Quote], hits: Sequence[Hit]) -> list[Quote]:
        """The quotes without those after the first that hardly answer by themselves."""
        if question.contact or question.each_government or question.entry_rules:
            return list(chosen)
        return [q for n, q in enumerate(chosen) if n == 0 or self._judge(q, question, hits).probability >= _FURTHER]

    def _judge(self, quote: Quote, question: Question, hits: Sequence[Hit]) -> Judgement:
        return judge(quote, question, hits, of_places=bool(self.snapshot.places))

    def _with_consulate(self, answer: Answer, filters: Filters) -> Answer:
        """A local number, followed by that of the traveller's own consulate where the nationality is known."""
        question = answer.question
        if question.nationality is None or not all(service.local_emergency for service in question.services):
            return answer
        asked = replace(
            question,
            services=tuple(s for s in SERVICES if s.key == "consular"),
            embassy_of=question.nationality,
            search_words="telephone number of the embassy or consulate in an emergency",
            related=(),
        )
        _, evidence = self.retrieval.find(asked, filters)
        own = arrange(asked, [q for q in evidence.quotes if q.holds_kind])[:1]
        return replace(answer, quotes=(*answer.quotes, *own))

    def _answers(self, question: Question, judgement: Judgement) -> bool:
        """A number or an embassy's address by whose it is, a sum only by itself; all else by its probability."""
        if (question.contact or (self.snapshot.places and exact_amount(question))) and not judgement.quote.holds_kind:
            return False
        sure = question.contact and question.services and (question.places or not self.many_places)
        return bool(sure) or judgement.probability >= (THRESHOLD if self.snapshot.places else OPEN_THRESHOLD)
