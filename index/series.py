"""Which documents of a series still hold: the newest supersedes the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from index.documents import Document, Status


def supersede(documents: Iterable[Document]) -> list[Document]:
    """The same documents; within each series all but the newest current ones are marked superseded.

    Undated documents and those that share the newest date stay as they are: nothing shows that they are older.
    Withdrawn documents take no part.
    """
    all_documents = [replace(d, status=Status.CURRENT) if d.status is Status.SUPERSEDED else d for d in documents]
    newest: dict[str, Document] = {}
    members: dict[str, int] = defaultdict(int)
    for document in all_documents:
        if document.series and document.status is Status.CURRENT and document.date is not None:
            members[document.series] += 1
            best = newest.setdefault(document.series, document)
            if best.date is not None and best.date.last() < document.date.last():
                newest[document.series] = document
    return [_judge(d, newest.get(d.series or "")) if members.get(d.series or "", 0) > 1 else d for d in all_documents]


def _judge(document: Document, newest: Document | None) -> Document:
    if newest is None or newest.date is None or document.date is None or document.status is not Status.CURRENT:
        return document
    older = document.date.last() < newest.date.last()
    return replace(document, status=Status.SUPERSEDED) if older else document
