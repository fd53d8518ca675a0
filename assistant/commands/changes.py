"""`safecite changes`: what the sources say now and did not say then."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import AsJson, Index, Place, code, day, print_json
from assistant.settings import index_folder

Limit = Annotated[int, typer.Option(min=0, help="How many differences to show of a page.")]
Source = Annotated[str | None, typer.Option("--source", help="Only this source.")]
Publisher = Annotated[str | None, typer.Option("--publisher", help="Only this publisher, by its full name.")]


def changes(
    place: Place = None,
    since: Annotated[str | None, typer.Option(help="The earlier day; else the state before.")] = None,
    until: Annotated[str | None, typer.Option(help="The later day; else the live state.")] = None,
    source: Source = None,
    publisher: Publisher = None,
    limit: Limit = 6,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between the states of two days: pages, levels, and word for word what they say.

    Pages that only carry another date are counted and not listed.
    """
    from assistant.briefing.what_changed import states_between

    folder = index_folder(index)
    names = states_between(folder, day(since), day(until))
    show_changes(folder, *names, place=place, source=source, publisher=publisher, limit=limit, as_json=as_json)


def show_changes(
    folder: Path,
    old: str,
    new: str,
    *,
    place: str | None,
    source: str | None,
    publisher: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Print what differs between two snapshots, given by their ids: a summary, then page by page."""
    from rich.console import Console

    from assistant.ages import date_in_words
    from assistant.briefing.differing import marked, page_lines, summary
    from assistant.briefing.what_changed import compared, to_record
    from index.changes import rewording
    from index.dates import PartialDate
    from index.store import Store

    places, sources, publishers = ([value] if value else [] for value in (code(place), source, publisher))
    shown = compared(folder, old, new, places=places, sources=sources, publishers=publishers)
    if as_json:
        print_json(to_record(folder, shown))
        return
    console = Console(highlight=False, soft_wrap=True)
    days = [date_in_words(PartialDate.parse(moment.observed)) for moment in (shown.since, shown.until)]
    print(f"{days[0]} → {days[1]}: {summary(shown.found)}")
    with Store(folder / "store.sqlite") as store:
        for change in shown.found.changes:
            lines = page_lines(change, rewording(change, store), limit)
            print()
            if console.is_terminal:
                console.print(lines)
            else:
                print(marked(lines))
