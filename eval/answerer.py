"""The assistant as a run asks it: each question on the snapshot of its day."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from assistant.answer import Assistant
from assistant.render import to_record
from eval.records import QuestionRecord


class InstalledAnswerer:
    """The assistant on an index. Satisfies `eval.run.Answerer`."""

    def __init__(self, index: Path, model: str) -> None:
        """Raises SafeciteError where the index or the model cannot be used."""
        self._index = index
        self._model = model
        self._live = Assistant.open(index, model)
        self._on: dict[date, Assistant] = {}

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

    def _at(self, as_of: date | None) -> Assistant:
        if as_of is None:
            return self._live
        if as_of not in self._on:
            self._on[as_of] = Assistant.open(self._index, self._model, as_of=as_of)
        return self._on[as_of]
