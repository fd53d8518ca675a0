"""What is found for a question: passages by meaning and by words, the user's and the field's, looked at closely."""

from __future__ import annotations

from dataclasses import replace

from assistant.choosing.evidence import Evidence
from assistant.choosing.kindred import Moved, towards_answers
from assistant.understanding.concepts import meant
from assistant.understanding.question import Question, without_towns
from assistant.understanding.wanted import Wanted
from index.embedding import Embedder, Vectors
from index.filters import Filters
from index.snapshot import Hit, Snapshot

RETRIEVED = 100  # passages kept for the record


class Retrieval:
    """Searches a snapshot for a question, and for what is made of it; the same words are embedded once."""

    def __init__(self, snapshot: Snapshot, asker: Embedder) -> None:
        self._snapshot = snapshot
        self._asker = asker
        self._vectors: dict[str, Vectors] = {}  # by the words embedded
        self._moved: dict[tuple[str, str], Moved] = {}  # by those and the words without towns

    def vector(self, question: Question) -> Vectors:
        """Of the words that are searched for, shape (dimension,)."""
        words = question.search_words
        if words not in self._vectors:
            self._vectors[words] = self._asker.embed([words])[0]
        return self._vectors[words]

    def with_meaning(self, question: Question) -> Question:
        """With the concepts that are meant and how near an answer should be; not where a number is wanted.

        That is right or wrong by whose it is.
        """
        if question.wanted is Wanted.PHONE:
            return question
        concepts = meant(self.vector(question), self._asker)
        return replace(question, meant=concepts, expected=self._towards_answers(question).expected)

    def _towards_answers(self, question: Question) -> Moved:
        """Its vector moved towards what answered its like; not where a number is wanted."""
        vector = self.vector(question)
        if question.wanted is Wanted.PHONE:
            return Moved(vector, 0.0)
        like = without_towns(question) if question.finer_places else question
        words = question.search_words, like.search_words
        if words not in self._moved:
            self._moved[words] = towards_answers(vector, self.vector(like), self._asker)
        return self._moved[words]

    def find(self, question: Question, filters: Filters) -> tuple[list[Hit], Evidence]:
        """The best passages that pass the filters, and what in them may answer."""
        words = question.query
        if question.wanted is Wanted.PHONE and all(service.local_emergency for service in question.services):
            words += " emergency services telephone number"  # under such a heading they stand, or that there are none
        vector = self._towards_answers(question).vector
        hits = self._snapshot.search(question.search_words, RETRIEVED, filters, words=words, vector=vector)
        return hits, Evidence(question, hits, self._snapshot, vector)
