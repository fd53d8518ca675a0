"""What changed between two states → lines for a terminal, and records for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.text import Text

from assistant.ages import date_in_words
from index.changes import Change, Changes, What
from index.differences import Difference, Mark, Piece
from index.documents import Document

_STYLES = {Mark.KEPT: "", Mark.REMOVED: "red strike", Mark.ADDED: "green"}
_MARKS = {Mark.KEPT: "{}", Mark.REMOVED: "[-{}-]", Mark.ADDED: "{{+{}+}}"}
_HAPPENED = {
    What.ADDED: "A new page.",
    What.REMOVED: "The page is no longer there.",
    What.RENAMED: "The page has another name and the same text.",
    What.WITHDRAWN: "Its publisher has withdrawn the page.",
}


def summary(changes: Changes) -> str:
    """ "14 pages reworded, 2 added, 1 level changed, 120 only restamped"; "no page changed" where none is listed."""
    counted = [
        (changes.reworded, "page{s} reworded"),
        (changes.count(What.ADDED), "added"),
        (changes.count(What.REMOVED), "removed"),
        (changes.count(What.RENAMED), "renamed"),
        (changes.count(What.WITHDRAWN), "withdrawn"),
        (changes.levels, "level{s} changed"),
        (changes.restamped, "only restamped"),
        (changes.reread, "only read anew"),
    ]
    said = [f"{number:,} {words.format(s='' if number == 1 else 's')}" for number, words in counted if number]
    said += [f"{number:,} in {name}, a source that is new" for name, number in changes.new_sources.items()]
    said += [f"{number:,} in {name}, a source that is gone" for name, number in changes.gone_sources.items()]
    return ", ".join(said if changes.changes else ["no page changed", *said])


def page_lines(change: Change, found: Sequence[Difference], limit: int) -> Text:
    """A page's changes with at most `limit` of its differences: for a terminal, with styles."""
    text = Text()
    text.append(f"{change.document.publisher or change.document.source} · {change.document.title}", "bold")
    text.append(f"\n  {change.document.source}/{change.document.doc_id} · {_dates(change)}", "dim")
    if happened := _HAPPENED.get(change.what):
        text.append(f"\n  {happened}")
    if change.what is What.RENAMED and change.old is not None:
        text.append(f" It was {change.old.doc_id}.")
    if change.level_changed:
        text.append(f"\n  Level: {_level(change.old)} → {_level(change.new)}", "yellow bold")
    if change.reworded and not found:
        text.append("\n  Only a date, links, layout or order differ.")
    under = ""
    for difference in found[:limit]:
        piece = difference.new or difference.old
        if piece is not None and piece.under != under:
            under = piece.under
            text.append(f"\n  {under}", "italic")
        text.append("\n    ")
        for number, run in enumerate(difference.runs):
            text.append(" " if number else "").append(run.words, _STYLES[run.mark])
    if len(found) > limit:
        text.append(f"\n  … and {len(found) - limit:,} more", "dim")
    return text


def marked(text: Text) -> str:
    """The same without styles: what was removed as `[-words-]`, what was added as `{+words+}`."""
    by_style = {style: _MARKS[mark] for mark, style in _STYLES.items() if style}
    shown, position = "", 0
    for span in sorted(text.spans):
        words = text.plain[span.start : span.end]
        shown += text.plain[position : span.start] + by_style.get(str(span.style), "{}").format(words)
        position = span.end
    return shown + text.plain[position:]


def change_record(change: Change, found: Sequence[Difference]) -> dict[str, Any]:
    """A page's changes, JSON-ready; offsets are those of the text whose sha256 stands beside the state."""
    document = change.document
    return {
        "what": change.what.value,
        "source": document.source,
        "doc": document.doc_id,
        "title": document.title,
        "publisher": document.publisher,
        "places": list(document.about),
        "level_changed": change.level_changed,
        "old": _state(change.old),
        "new": _state(change.new),
        "differences": [_difference(difference) for difference in found],
    }


def counts(changes: Changes) -> dict[str, Any]:
    """All counts, JSON-ready."""
    whats = (What.ADDED, What.REMOVED, What.RENAMED, What.WITHDRAWN)
    return {
        "reworded": changes.reworded,
        "levels": changes.levels,
        **{what.value: changes.count(what) for what in whats},
        "restamped": changes.restamped,
        "reread": changes.reread,
        "same": changes.same,
        "new_sources": changes.new_sources,
        "gone_sources": changes.gone_sources,
    }


def _dates(change: Change) -> str:
    days = [date_in_words(d.date) if d.date else "undated" for d in (change.old, change.new) if d is not None]
    return " → ".join(dict.fromkeys(days))


def _level(document: Document | None) -> str:
    return (document.level if document else None) or "none"


def _state(document: Document | None) -> dict[str, Any] | None:
    if document is None:
        return None
    day = str(document.date) if document.date else None
    hashes = {"text_sha256": document.text_sha256, "raw_sha256": document.raw_sha256}
    return {"doc": document.doc_id, "level": document.level, "date": day, **hashes}


def _difference(difference: Difference) -> dict[str, Any]:
    runs = [[run.mark.value, run.words] for run in difference.runs]
    return {"old": _piece(difference.old), "new": _piece(difference.new), "runs": runs}


def _piece(piece: Piece | None) -> dict[str, Any] | None:
    if piece is None:
        return None
    headings = [heading._asdict() for heading in piece.headings]
    return {"start": piece.start, "end": piece.end, "shown": piece.shown, "headings": headings}
