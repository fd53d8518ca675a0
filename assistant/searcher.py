"""One search on one snapshot, within filters: passages found, quotes chosen and judged, an answer or a refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.choosing.arrange import arrange, most_urgent_first
from assistant.choosing.fitting import fitting
from assistant.choosing.joining import joined
from assistant.choosing.judgement import OPEN_THRESHOLD, THRESHOLD, Judgement, judge
from assistant.choosing.kinds import exact_amount
from assistant.choosing.official import OFFICIAL, narrowed, official_quotes, searched_for
from assistant.choosing.quotes import Quote
from assistant.choosing.retrieval import Retrieval
from assistant.choosing.vaccinations import answers as answers_on_vaccinations
from assistant.outcome import Answer, Status, make_answer, no_source
from assistant.understanding.question import Question
from assistant.understanding.services import SERVICES
from assistant.understanding.wanted import Wanted
from index.embedding import Embedder
from index.filters import Filters
from index.snapshot import Hit, Snapshot

_TIED = 3  # quotes as good as the best, whose surest tells whether there is an answer
_TIE = 0.01  # of their scores
_FURTHER = 0.2  # how probably a further quote must answer by itself


class Searcher:
    """Searches a snapshot as often as one question needs it."""

    def __init__(self, snapshot: Snapshot, asker: Embedder) -> None:
        self.snapshot = snapshot
        self.many_places = len(snapshot.places) > 1
        self.retrieval = Retrieval(snapshot, asker)

    def answer(self, question: Question, filters: Filters) -> Answer:
        """Search, choose, judge: once, within the filters."""
        filters = narrowed(question, self.snapshot, filters)
        if question.wanted in OFFICIAL:
            if quotes := official_quotes(question, self.snapshot, filters):
                hits, _ = self.retrieval.find(question, filters)
                return make_answer(self.snapshot, Status.ANSWERED, question, filters, hits, quotes=quotes)
            question = searched_for(question)
        hits, evidence = self.retrieval.find(question, filters)
        candidates = fitting(question.search_words, evidence.quotes)
        judgement = self._surest(candidates, question, hits) if candidates else None
        if judgement is None or not self._answers(question, judgement):
            return no_source(self.snapshot, "fact_not_covered", question, filters, hits, judgement)
        chosen = evidence.read_whole(self._worth_adding(question, arrange(question, candidates), hits))
        if not question.contact:  # of several numbers each is one by itself
            chosen = joined(chosen, self.snapshot)
        answer = make_answer(
            self.snapshot, Status.ANSWERED, question, filters, hits, quotes=chosen, judgement=judgement
        )
        return self.with_consulate(answer, filters) if question.wanted is Wanted.PHONE else answer

    def numbers(self, question: Question, filters: Filters) -> tuple[list[Hit], tuple[Quote, ...]]:
        """What is found for a question for a number, and the quotes that hold one: right or wrong by whose it is.

        Of several services the first is needed most.
        """
        hits, evidence = self.retrieval.find(question, filters)
        holding = most_urgent_first(question, [quote for quote in evidence.quotes if quote.holds_kind])
        return hits, most_urgent_first(question, arrange(question, holding))

    def with_consulate(self, answer: Answer, filters: Filters) -> Answer:
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
        _, own = self.numbers(asked, filters)
        return replace(answer, quotes=(*answer.quotes, *own[:1]))

    def _worth_adding(self, question: Question, chosen: Sequence[Quote], hits: Sequence[Hit]) -> list[Quote]:
        """The quotes without those after the first that hardly answer by themselves."""
        if question.contact or question.each_government or question.entry_rules:
            return list(chosen)
        first, *others = chosen

        def adds(quote: Quote) -> bool:
            return (
                answers_on_vaccinations(question, quote) or self._judge(quote, question, hits).probability >= _FURTHER
            )

        return [first, *filter(adds, others)]

    def _surest(self, candidates: Sequence[Quote], question: Question, hits: Sequence[Hit]) -> Judgement:
        """How surely the best of the candidates answers; of pages on places, which say much alike, one as near."""
        first, *others = candidates[: _TIED if self.snapshot.places else 1]
        near = [first, *(quote for quote in others if quote.score >= first.score - _TIE)]
        return max((self._judge(quote, question, hits) for quote in near), key=lambda one: one.probability)

    def _judge(self, quote: Quote, question: Question, hits: Sequence[Hit]) -> Judgement:
        return judge(quote, question, hits, of_places=bool(self.snapshot.places))

    def _answers(self, question: Question, judgement: Judgement) -> bool:
        """A number or an embassy's address by whose it is, a sum only by itself, vaccinations by what is told of them;
        all else by its probability."""
        if (question.contact or (self.snapshot.places and exact_amount(question))) and not judgement.quote.holds_kind:
            return False
        sure = question.contact and question.services and (question.places or not self.many_places)
        told = self.snapshot.places and answers_on_vaccinations(question, judgement.quote)
        return bool(sure or told) or judgement.probability >= (THRESHOLD if self.snapshot.places else OPEN_THRESHOLD)
