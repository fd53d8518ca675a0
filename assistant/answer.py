"""A question in, a cited Answer out: the steps of `Assistant.ask`, in order."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant import messages, steps
from assistant.errors import SettingsError
from assistant.freshness import with_freshness
from assistant.outcome import Answer
from assistant.searcher import Searcher
from assistant.understanding.alarm import listener
from assistant.understanding.corrections import corrected
from assistant.understanding.emergency import is_emergency, may_need_help
from assistant.understanding.question import Question, understand
from index.embedding import Embedder, Embedders, begin_loading, load_asker
from index.manifest import current_id, snapshot_as_of
from index.models import DEFAULT_MODEL
from index.places import is_code
from index.snapshot import Snapshot


class Assistant:
    """Answers questions from a snapshot; unless pinned to it, from whichever is live when a question comes.

    Safe to share between threads: a question keeps the snapshot that it began with.
    """

    def __init__(
        self, snapshot: Snapshot, asker: Embedder | None = None, *, pinned: bool = True, as_of: date | None = None
    ) -> None:
        """`asker` embeds the questions where the documents are about places; found by the model if not given."""
        self.snapshot = snapshot
        self.asker = asker or load_asker(snapshot.embedder)
        self._pinned = pinned
        self._as_of = as_of

    @classmethod
    def open(
        cls, index: Path, model: str | Future[Embedders] = DEFAULT_MODEL, *, as_of: date | None = None
    ) -> Assistant:
        """On the live snapshot of an index, or on what was known on a day. Raises SafeciteError.

        `model` is one's name, or one that is being loaded.
        """
        loading = begin_loading(model) if isinstance(model, str) else model
        name = snapshot_as_of(index, as_of) if as_of else None
        documents, asker = loading.result()
        return cls(Snapshot.open(index, documents, name), asker, pinned=as_of is not None, as_of=as_of)

    def live(self) -> Snapshot:
        """The snapshot to answer from now: the newest one, where a build has made it live since."""
        if not self._pinned and current_id(self.snapshot.index) not in (None, self.snapshot.name):
            self.snapshot = Snapshot.open(self.snapshot.index, self.snapshot.embedder)
        return self.snapshot

    def ask(
        self,
        words: str,
        *,
        history: Sequence[str] = (),
        today: date | None = None,
        passport: str | None = None,
        place: str | None = None,
    ) -> Answer:
        """Answer a question. `history` are the user's earlier ones, oldest first; `place` is a code set beforehand."""
        if place is not None and not is_code(place):
            raise SettingsError(f"{place!r} is no place code.", way_out="Use ISO 3166 codes such as KZ.")
        started = time.perf_counter()
        snapshot = self.live()
        question = understand(
            words,
            today=today or date.today(),
            history=history,
            passport=passport,
            place=place,
            covered=snapshot.places,
            vocabulary=snapshot.files.words,
        )
        searcher = Searcher(snapshot, self.asker if snapshot.places else snapshot.embedder)
        # Where no document is about a place there is no local number to give, and the field's words mean other things.
        # "Near Kumasi… sorry, near Kigali": the correction says nothing of what happens.
        turns = [corrected(turn) for turn in (*history, words)] if snapshot.places else []
        if is_emergency(turns, listener(self.asker)):
            answer = steps.emergency(question, searcher)
        else:
            refused = steps.off_subject(question, snapshot) or steps.no_such_place(question, snapshot)
            answer = refused or steps.search(question, searcher)
        if answer.reason == "fact_not_covered" and may_need_help(words):
            answer = _below_numbers(answer, question, searcher)
        answer = with_freshness(answer, snapshot, self._as_of or question.today)
        return replace(answer, seconds=time.perf_counter() - started)


def _below_numbers(refused: Answer, question: Question, searcher: Searcher) -> Answer:
    """The local emergency numbers, and that no page answers the rest; the refusal itself where there are none."""
    helped = steps.emergency(question, searcher)
    notes = dict.fromkeys((*helped.notes, messages.REST_NOT_ANSWERED))
    return replace(helped, notes=tuple(notes)) if helped.quotes else refused
