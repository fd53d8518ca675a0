"""The library as HTML: the sources with their states, and the picture of what they cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from assistant.ages import date_in_words
from assistant.briefing.coverage_picture import Age, Cell, Coverage, draw, mark_of
from assistant.chat import view_words as words
from assistant.choosing.arrange import GOVERNMENTS
from assistant.commands.source_rows import SourceRow
from assistant.freshness import standing_in_words
from assistant.messages import documents
from index.dates import PartialDate
from index.places import place_name
from index.states import Standing

_SHORT = {name: "UK" if code == "GB" else code for code, name in GOVERNMENTS.items()}
_GLYPHS = {  # a shape for each state, so that colour is not needed
    "current": '<circle cx="8" cy="8" r="6"/>',
    "ageing": '<circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z"/>',
    "frozen": '<rect x="2.5" y="2.5" width="11" height="11"/>',
    "failed": '<path d="M3 3l10 10M13 3L3 13" stroke="currentColor" stroke-width="2.6" fill="none"/>',
    "empty": '<circle cx="8" cy="8" r="5.2" fill="none" stroke="currentColor" stroke-width="2"/>',
    "not checked": '<path d="M2 8h12" stroke="currentColor" stroke-width="2.6" fill="none"/>',
}


def summary(shown: Coverage, number: int, observed: str) -> str:
    """How much is held. `number` documents are in the state observed on that ISO day."""
    day = date_in_words(PartialDate.parse(observed))
    said = words.LIBRARY_SUMMARY.format(documents=documents(number), places=f"{len(shown.places):,}", date=day)
    return f'<h2>{escape(words.LIBRARY)}</h2><p class="sc-lead">{escape(said)}</p>'


def sources(rows: Sequence[SourceRow]) -> str:
    """The table of the sources, a line for each publisher in each, and what the states mean."""
    names = (words.SOURCE, words.PUBLISHER, words.DOCUMENTS, words.NEWEST, words.CHECKED, words.STATE)
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in names)
    idle = [row.name for row in rows if row.documents == 0 and row.declared and not row.declared.enabled]
    body = "".join(
        _line(row, publisher, count, standing)
        for row in rows
        if row.name not in idle
        for publisher, (count, standing) in row.publishers.items()
    )
    also = f'<p class="sc-why">{escape(words.ALSO_KNOWN.format(names=", ".join(idle)))}</p>' if idle else ""
    meanings = "".join(
        f"<dt>{state_mark(state)}</dt><dd>{escape(said)}</dd>" for state, said in words.STATES_MEAN.items()
    )
    return (
        f'<h3>{escape(words.SOURCES)}</h3><table class="sc-sources"><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table>{also}<details><summary>{escape(words.STATES_TITLE)}</summary>"
        f'<dl class="sc-states">{meanings}</dl></details>'
    )


def state_mark(state: str) -> str:
    """A state in its word, its shape and its colour."""
    shape = (
        f'<svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" fill="currentColor">{_GLYPHS[state]}</svg>'
    )
    return f'<span class="sc-state-mark sc-is-{state.replace(" ", "-")}">{shape}{escape(words.STATES[state])}</span>'


def _line(row: SourceRow, publisher: str, count: int, standing: Standing) -> str:
    off = "" if row.declared is None or row.declared.enabled else f" ({words.SWITCHED_OFF})"
    newest = date_in_words(PartialDate.parse(standing.newest)) if standing.newest else words.COVERAGE_NONE
    why = f'<span class="sc-why">{escape(standing_in_words(standing))}</span>'
    cells = (
        (words.PUBLISHER, escape(publisher or words.NO_PUBLISHER)),
        (words.DOCUMENTS, f"{count:,}"),
        (words.NEWEST, escape(newest)),
        (words.CHECKED, escape(_checked(row))),
        (words.STATE, f"{state_mark(standing.state.value)}{why}"),
    )
    first = f'<th scope="row">{escape(row.name)}<span class="sc-why">{escape(row.kind + off)}</span></th>'
    rest = "".join(f'<td data-name="{escape(name, quote=True)}">{cell}</td>' for name, cell in cells)
    return f"<tr>{first}{rest}</tr>"


def _checked(row: SourceRow) -> str:
    if row.last_check is None:
        built = (row.record or {}).get("built")
        return words.READ_ON.format(date=date_in_words(PartialDate.parse(built))) if built else words.NEVER_CHECKED
    day = date_in_words(PartialDate.parse(row.last_check.time[:10]))
    return f"{day}: {words.OUTCOMES[row.last_check.outcome]}"


def picture(shown: Coverage, today: date) -> str:
    """Who covers which country and how old that is, drawn and as a table."""
    marks = column_marks(shown.columns)
    drawn = "".join(draw(shown, today, marks, words.COVERAGE_NAME, words.COVERAGE_DESCRIPTION))
    ages = "".join(f"<li>{mark_of(age)}{escape(words.AGES[age])}</li>" for age in Age)
    named = zip(marks, shown.columns, strict=True)
    columns = "".join(
        f"<li><strong>{escape(mark)}</strong> {escape(name)} ({shown.count(name)})</li>" for mark, name in named
    )
    return (
        f'<section class="sc-coverage"><h3>{escape(words.COVERAGE)}</h3><p>{escape(words.COVERAGE_MORE)}</p>'
        f'<ul class="sc-legend">{ages}</ul><ul class="sc-legend">{columns}</ul>{_also(shown)}'
        f'<div class="sc-panels">{drawn}</div>{_table(shown, today)}</section>'
    )


def column_marks(publishers: Sequence[str]) -> list[str]:
    """What stands above each column: the country of a government, else a number, so that no name has to be cut."""
    return [_SHORT.get(name, str(number)) for number, name in enumerate(publishers, start=1)]


def _also(shown: Coverage) -> str:
    rest = [name for name in shown.publishers if name not in shown.columns]
    said = "; ".join(words.COVERAGE_ALSO_ONE.format(publisher=name, count=shown.count(name)) for name in rest)
    return f'<p class="sc-why">{escape(words.COVERAGE_ALSO.format(publishers=said))}</p>' if rest else ""


def _table(shown: Coverage, today: date) -> str:
    """All of it in words, for whoever cannot see the picture, and for exact dates."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in (words.COUNTRY, *shown.publishers))
    rows = "".join(_row(shown, place, today) for place in shown.places)
    return (
        f"<details><summary>{escape(words.COVERAGE_TABLE)}</summary>"
        f'<div class="sc-scroll" role="region" tabindex="0" aria-label="{escape(words.COVERAGE_TABLE, quote=True)}">'
        f'<table class="sc-plain"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )


def _row(shown: Coverage, place: str, today: date) -> str:
    none = (
        f'<span aria-hidden="true">{words.COVERAGE_NONE}</span>'
        f'<span class="sc-unseen">{escape(words.COVERAGE_NONE_SAID)}</span>'
    )
    cells = ""
    for publisher in shown.publishers:
        cell = shown.cells.get((place, publisher))
        cells += f"<td>{_cell(cell, today) if cell else none}</td>"
    return f'<tr><th scope="row">{escape(place_name(place))}</th>{cells}</tr>'


def _cell(cell: Cell, today: date) -> str:
    day = date_in_words(cell.newest) if cell.newest else words.AGES[Age.UNDATED]
    said = words.COVERAGE_CELL.format(date=day, documents=documents(cell.documents))
    return f"{mark_of(cell.age(today))}{escape(said)}"
