"""What changed between two states as HTML: counts, then page by page, word for word. Every word is escaped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape

from assistant.ages import date_in_words
from assistant.briefing.differing import counts
from assistant.briefing.what_changed import Compared
from assistant.chat import view_words as words
from assistant.messages import documents
from index.changes import Change, Changes, What
from index.dates import PartialDate
from index.differences import Difference, Mark, Run
from index.documents import Document

MOST_PAGES = 40
_OPEN = 8  # differences of a page that stand open; further ones are folded


def changes_html(shown: Compared, where: str, reworded: Callable[[Change], Sequence[Difference]]) -> str:
    """The whole. `where` names the place, `reworded` gives what differs in the words of a page."""
    found = shown.found
    days = (date_in_words(PartialDate.parse(moment.observed)) for moment in (shown.since, shown.until))
    title = words.CHANGES_BETWEEN.format(where=where, **dict(zip(("since", "until"), days, strict=True)))
    pages = "".join(_page(change, reworded(change)) for change in found.changes[:MOST_PAGES])
    left = len(found.changes) - MOST_PAGES
    more = f'<p class="sc-view-note">{escape(words.MORE_PAGES.format(count=f"{left:,}"))}</p>' if left > 0 else ""
    none = "" if found.changes else f'<p class="sc-view-note">{escape(words.NO_CHANGES)}</p>'
    return (
        f'<section class="sc-changes"><h2 tabindex="-1">{escape(title)}</h2>{_counts(found)}{_sources(found)}'
        f"{none}{pages}{more}</section>"
    )


def differences_html(found: Sequence[Difference]) -> str:
    """What differs in the words of a page, in order, each under its heading where that is another one."""
    parts, under = [], ""
    for difference in found:
        piece = difference.new or difference.old
        above = piece.under if piece else ""
        if above != under:
            parts.append(f'<p class="sc-under">{escape(above)}</p>' if above else "")
        under = above
        parts.append(_difference(difference))
    return "".join(parts)


def _difference(difference: Difference) -> str:
    kind = "added" if difference.old is None else "removed" if difference.new is None else "reworded"
    marked = kind == "reworded"  # beside words that stayed a screen reader must say which came and which went
    shown = " ".join(_run(run, said=marked) for run in difference.runs)
    label = f'<span class="sc-kind">{escape(words.DIFFERENCE[kind])}</span>'
    return f'<div class="sc-difference sc-was-{kind}">{label}<p>{shown}</p></div>'


def _run(run: Run, *, said: bool) -> str:
    shown = escape(run.words)
    if run.mark is Mark.KEPT:
        return shown
    tag, name = ("ins", words.RUN_ADDED) if run.mark is Mark.ADDED else ("del", words.RUN_REMOVED)
    hint = f'<span class="sc-unseen">{escape(name)} </span>' if said else ""
    return f"<{tag}>{hint}{shown}</{tag}>"


def _counts(found: Changes) -> str:
    by_name = counts(found)
    items = ""
    for name, one, many in words.COUNTED:
        if count := by_name[name]:
            items += (
                f'<li class="sc-count-{name}"><strong>{count:,}</strong> {escape(one if count == 1 else many)}</li>'
            )
    return f'<ul class="sc-counts">{items}</ul>'


def _sources(found: Changes) -> str:
    told = [(words.NEW_SOURCE, *each) for each in found.new_sources.items()]
    told += [(words.GONE_SOURCE, *each) for each in found.gone_sources.items()]
    said = (pattern.format(count=documents(count), source=name) for pattern, name, count in told)
    return "".join(f'<p class="sc-view-note">{escape(sentence)}</p>' for sentence in said)


def _page(change: Change, found: Sequence[Difference]) -> str:
    document = change.document
    folded = found[_OPEN:]
    more = ""
    if folded:
        title = escape(words.MORE_DIFFERENCES.format(count=len(folded)))
        more = f"<details><summary>{title}</summary>{differences_html(folded)}</details>"
    layout = f'<p class="sc-why">{escape(words.ONLY_LAYOUT)}</p>' if change.reworded and not found else ""
    return (
        f'<article class="sc-change"><header><h3>{escape(document.title)}</h3>'
        f'<p class="sc-publisher">{escape(document.publisher or document.source)}</p>'
        f'<p class="sc-when">{escape(words.HAPPENED[change.what])} · {_dates(change)}</p>{_was_named(change)}</header>'
        f"{_level(change)}{layout}{differences_html(found[:_OPEN])}{more}</article>"
    )


def _level(change: Change) -> str:
    """A changed level, each in the government's own words."""
    if not change.level_changed:
        return ""
    was, now = ((d.level if d else None) or words.NO_LEVEL for d in (change.old, change.new))
    return (
        f'<dl class="sc-levels-changed"><dt>{escape(words.THEN)}</dt><dd><del>{escape(was)}</del></dd>'
        f"<dt>{escape(words.NOW)}</dt><dd><ins>{escape(now)}</ins></dd></dl>"
    )


def _was_named(change: Change) -> str:
    if change.what is not What.RENAMED or change.old is None:
        return ""
    return f'<p class="sc-why">{escape(words.WAS_NAMED.format(doc=change.old.doc_id))}</p>'


def _dates(change: Change) -> str:
    """The dates of the page as it was and as it is, once where they are the same."""
    days = dict.fromkeys(_day(document) for document in (change.old, change.new) if document)
    return '<span aria-hidden="true"> → </span>'.join(days)


def _day(document: Document) -> str:
    if document.date is None:
        return escape(words.AGES["undated"])
    return f'<time datetime="{document.date}">{escape(date_in_words(document.date))}</time>'
