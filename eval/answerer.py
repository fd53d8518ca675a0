"""The assistant as a run asks it: each question on the snapshot of its day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from assistant.answer import Assistant
from assistant.render import to_record
from eval.records import QuestionRecord


class InstalledAnswerer:
    """The assistant on an index. Satisfies `eval.run.Answerer`."""

    def __init__(self, open_on: Callable[[date | None], Assistant]) -> None:
        """`open_on` opens the assistant on what was known on a day, on the live snapshot for None."""
        self._open_on = open_on
        self._opened: dict[date | None, Assistant] = {}
        self._live = self._at(None)

    @property
    def snapshot(self) -> str:
        """The id of the live snapshot when the run began."""
        return self._live.snapshot.name

    @property
    def model(self) -> str:
        """The name of the embedding model that the index was built with."""
        return str(self._live.snapshot.manifest.model.get("name"))

    def find(self, doc: str, source: str | None, as_of: date | None) -> list[tuple[str, str]]:
        """Every `(source, canonical text)` held under `doc` on that day."""
        snapshot = self._at(as_of).snapshot
        sources = snapshot.manifest.sources if source is None else [source]
        found = [snapshot.find_document(name, doc) for name in sources]
        return [(document.source, snapshot.text(document)) for document in found if document is not None]

    def answer(self, question: QuestionRecord) -> dict[str, Any]:
        """The answer record of the contract."""
        answer = self._at(question.as_of).ask(
            question.question, history=question.history, today=question.today, passport=question.passport
        )
        return to_record(answer, question.id)

    def _at(self, day: date | None) -> Assistant:
        if day not in self._opened:
            self._opened[day] = self._open_on(day)
        return self._opened[day]
