"""Which documents of a series still hold: the newest supersedes the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from index.documents import Document, Status


def supersede(documents: Iterable[Document]) -> list[Document]:
    """The same documents; within each series those that are surely older than another current one are superseded.

    Undated documents and those that may be as new as the newest stay as they are ("2024" beside "2024-05-03"): nothing
    shows that they are older. Withdrawn documents take no part.
    """
    all_documents = [replace(d, status=Status.CURRENT) if d.status is Status.SUPERSEDED else d for d in documents]
    newest: dict[str, date] = {}  # the first day that the newest of a series can mean
    for document in all_documents:
        if document.series and document.status is Status.CURRENT and document.date is not None:
            day = document.date.first()
            newest[document.series] = max(day, newest.get(document.series, day))
    return [_judge(d, newest.get(d.series or "")) for d in all_documents]


def _judge(document: Document, newest: date | None) -> Document:
    if newest is None or document.date is None or document.status is not Status.CURRENT:
        return document
    return replace(document, status=Status.SUPERSEDED) if document.date.last() < newest else document
