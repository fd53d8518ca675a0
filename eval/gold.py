"""Gold: which document answers a question, and which of its characters do.

Three ways to name it, all in terms of a document's canonical text: the words themselves (`span`), their offsets with
the sha256 of those words (for texts that may not be copied), or the document alone (a judgement of relevance, as in
BEIR's qrels). A run locates all of them in its index, so that scoring needs no index.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from index.documents import sha256_text

Find = Callable[[str, str | None], list[tuple[str, str]]]
"""`(doc, source or None)` → every `(source, canonical text)` that the index holds under this name."""

_KEYS = {"doc": str, "source": str, "span": str, "start": int, "end": int, "sha256": str, "grade": int}


@dataclass(frozen=True, slots=True)
class Gold:
    """`text[start:end] == span` once located; all three are None where only the document is judged.

    `grade` is the document's relevance (1 is relevant, more is better). Several golds of a question are alternatives.
    """

    doc: str
    source: str | None = None
    span: str | None = None
    start: int | None = None
    end: int | None = None
    sha256: str | None = None
    grade: int = 1

    @property
    def has_span(self) -> bool:
        """Whether characters, not only a document, are named."""
        return self.span is not None or self.start is not None

    @property
    def range(self) -> tuple[int, int] | None:
        """`(start, end)`; None where only the document is judged, or the span is not yet located."""
        return None if self.start is None or self.end is None else (self.start, self.end)

    def to_record(self) -> dict[str, Any]:
        """JSON-ready; what is not known is left out."""
        record = {key: getattr(self, key) for key in _KEYS}
        return {key: value for key, value in record.items() if value is not None and (key, value) != ("grade", 1)}

    @classmethod
    def from_record(cls, record: object) -> Gold:
        """From one item of a question's `gold`. Raises ValueError with a phrase that says what is wrong."""
        if not isinstance(record, dict):
            raise ValueError("a gold must be an object")
        for key, value in record.items():
            if key not in _KEYS:
                raise ValueError(f"a gold has no field {key!r}")
            if not isinstance(value, _KEYS[key]) or isinstance(value, bool):
                raise ValueError(f"the gold's {key} must be {'text' if _KEYS[key] is str else 'a whole number'}")
        if not record.get("doc"):
            raise ValueError("a gold must name its doc")
        if record.get("span") == "":
            raise ValueError("a gold span may not be empty")
        offsets = {"start", "end", "sha256"} & record.keys()
        if offsets and len(offsets) < 3:
            raise ValueError("start, end and sha256 of a gold come together")
        if offsets and not 0 <= record["start"] < record["end"]:
            raise ValueError("a gold's offsets must satisfy 0 <= start < end")
        if record.get("grade", 1) < 1:
            raise ValueError("a gold's grade must be 1 or more")
        return cls(**record)


def gold_at(doc: str, text: str, start: int, end: int) -> Gold:
    """Gold by offsets: `text[start:end]` of `doc`, with the sha256 of those characters and without the words."""
    return Gold(doc, start=start, end=end, sha256=sha256_text(text[start:end]))


def locate(gold: Gold, find: Find) -> Gold | None:
    """The same gold with its source, offsets, sha256 and words as the index has them; a first occurrence counts.

    None where only a document is judged and the index does not hold it: nothing can find it, and that is scored.
    Raises ValueError with a phrase that says what is wrong.
    """
    held = find(gold.doc, gold.source)
    if not held:
        if gold.has_span:
            raise ValueError(f"the index holds no document {gold.doc!r}")
        return None
    placed = [replace(gold, source=source) for source, _ in held]
    if gold.has_span:
        placed = [found for source, text in held if (found := _place(replace(gold, source=source), text)) is not None]
    if not placed and gold.start is not None:
        raise ValueError(f"its gold was made from another text of {gold.doc!r} than the index holds")
    if not placed:
        raise ValueError(f"its gold span does not stand in {gold.doc!r}")
    if len(placed) > 1:
        sources = ", ".join(str(found.source) for found in placed)
        raise ValueError(f"{gold.doc!r} stands in several sources ({sources}), so its gold must name one")
    return placed[0]


def _place(gold: Gold, text: str) -> Gold | None:
    if gold.range is not None:
        start, end = gold.range
        words = text[start:end]
        if sha256_text(words) != gold.sha256 or gold.span not in (None, words):
            return None
        return replace(gold, span=words)
    words = gold.span or ""
    start = text.find(words)
    if start < 0:
        return None
    return replace(gold, start=start, end=start + len(words), sha256=sha256_text(words))
