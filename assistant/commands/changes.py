"""`safecite changes`: what the sources say now and did not say then."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import AsJson, Index, Place, code, day, print_json
from assistant.errors import SettingsError
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
    folder = index_folder(index)
    start, end = day(since), day(until)
    if start and end and start > end:
        raise SettingsError(f"{since} is after {until}.", way_out="Name the earlier day with --since.")
    names = _snapshots(folder, start, end)
    compared(folder, *names, place=place, source=source, publisher=publisher, limit=limit, as_json=as_json)


def compared(
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
    from assistant.differing import change_record, counts, marked, page_lines, summary
    from index.changes import compare, rewording
    from index.dates import PartialDate
    from index.manifest import read_manifest
    from index.store import Store

    country = code(place)
    states = [(name, read_manifest(folder, name)) for name in (old, new)]
    with Store(folder / "store.sqlite") as store:
        found = compare(
            states[0][1],
            states[1][1],
            store.get_text,
            places=[country] if country else [],
            sources=[source] if source else [],
            publishers=[publisher] if publisher else [],
        )
        if as_json:
            listed = [change_record(change, rewording(change, store)) for change in found.changes]
            since, until = [{"snapshot": name, "observed": manifest.observed} for name, manifest in states]
            print_json({"since": since, "until": until, "counts": counts(found), "changes": listed})
            return
        console = Console(highlight=False, soft_wrap=True)
        days = [date_in_words(PartialDate.parse(manifest.observed)) for _, manifest in states]
        print(f"{days[0]} → {days[1]}: {summary(found)}")
        for change in found.changes:
            lines = page_lines(change, rewording(change, store), limit)
            print()
            if console.is_terminal:
                console.print(lines)
            else:
                print(marked(lines))


def _snapshots(folder: Path, since: date | None, until: date | None) -> tuple[str, str]:
    """The ids of the two states to compare. Raises IndexMissingError."""
    from index.errors import IndexMissingError
    from index.manifest import list_snapshots, snapshot_as_of

    names = list_snapshots(folder)
    if not names:
        raise IndexMissingError("there is no index yet.", path=folder, way_out="Run: safecite build --sources DIR")
    new = snapshot_as_of(folder, until) if until else names[-1]
    if since is None and new == names[0]:
        way_out = "There is something to compare after the next update."
        raise IndexMissingError("there is no state before this one.", path=folder, way_out=way_out)
    return snapshot_as_of(folder, since) if since else names[names.index(new) - 1], new
