"""Questions for a government's level where an older document still gives another: the newest must win.

Made where one publisher has two originals about one country whose levels differ (us-advisories-2026 beside the archive;
Irish pages that their publisher no longer lists). Gold are the documents with the newest dated current level, each as a
whole: the level stands in a heading above what is quoted. The tag `older:SOURCE/DOC` names a document with another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from eval.gold import Gold
from eval.making import Options, documents, drawn, sample, table
from eval.records import OLDER_TAG, QuestionRecord
from index.documents import Document, Status
from index.places import place_name
from index.readers.archive_metadata import PUBLISHERS
from index.snapshot import Snapshot


def questions(snapshot: Snapshot, options: Options) -> list[QuestionRecord]:
    """One question a country and publisher with an older level that differs."""
    by_name = {publisher.name: folder for folder, publisher in PUBLISHERS.items()}
    found: dict[tuple[str, str], list[Document]] = {}
    for document in documents(snapshot):
        folder = by_name.get(document.publisher)
        alone = document.about[0] if len(document.about) == 1 else ""
        if document.level and folder in table("wordings")["levels"] and alone and options.part.holds(alone):
            found.setdefault((alone, str(folder)), []).append(document)
    asked = [q for (code, folder), held in sorted(found.items()) for q in _about(code, folder, held, options)]
    return sample(asked, options)


def _about(code: str, folder: str, held: Sequence[Document], options: Options) -> Iterator[QuestionRecord]:
    """The question about one country and publisher, where levels differ."""
    dated = [d for d in held if d.status is Status.CURRENT and d.date is not None]
    newest = max(dated, key=lambda d: str(d.date), default=None)
    older = [d for d in held if newest and _scale(d) != _scale(newest)]
    if newest is None or not older:
        return
    best = [d for d in held if _scale(d) == _scale(newest) and d.status is Status.CURRENT]
    wordings = options.part.wordings(table("wordings")["levels"][folder])
    yield QuestionRecord(
        id=f"level-{code}-{folder}",
        question=drawn(wordings, code, folder).format(place=place_name(code)),
        answerable=True,
        gold=tuple(Gold(document.doc_id, document.source) for document in best),
        tags=(f"place:{code}", f"publisher:{folder}", *(f"{OLDER_TAG}{d.source}/{d.doc_id}" for d in older)),
    )


def _scale(document: Document) -> str:
    """The level as it is compared: its number where it has one, else its words without case and hyphens.

    "Normal Safety Precautions" is the Irish "Normal Precautions" of other pages.
    """
    level = (document.level or "").lower().replace("safety", "")
    numbered = re.search(r"level (\d)", level)
    return numbered[1] if numbered else " ".join(re.findall(r"\w+", level))
