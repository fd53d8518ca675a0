"""`safecite snapshots`: the states that the index remembers. Show them, compare two, check all, forget old ones."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.commands.changes import Limit, Publisher, Source, show_changes
from assistant.commands.options import AsJson, Index, Place, count, day, print_json
from assistant.errors import SettingsError
from assistant.settings import index_folder

if TYPE_CHECKING:
    from index.history import State

DAMAGED = 3  # exit status of a check that found something

Id = Annotated[str, typer.Argument(metavar="ID", help="A snapshot's id, the beginning of it, or its number.")]

app = typer.Typer(help="The states that the index remembers.", no_args_is_help=True, rich_markup_mode="markdown")


@app.command("list", epilog="Example: `safecite snapshots list`")
def list_states(index: Index = None, as_json: AsJson = False) -> None:
    """List all states, oldest first; the live one has a star.

    Bytes are those of a state's own files: what it says is stored once for all states.
    """
    from index.history import history

    states = history(index_folder(index))
    if as_json:
        print_json([_record(state) for state in states])
        return
    for state in states:
        head, live = state.head, "*" if state.is_live else " "
        made = f"made {head.created[:16].replace('T', ' ')}"
        searchable = "" if state.is_searchable else "  search files are made when needed"
        size = f"{state.bytes / 1e6:,.1f} MB"
        print(f"{live} {head.name}  {head.observed}  {made}  {count(head.documents, 'document')}  {size}{searchable}")


@app.command(epilog="Example: `safecite snapshots show 12`")
def show(name: Id, index: Index = None, as_json: AsJson = False) -> None:
    """Show what a state consists of: sources, model, and what could not be read."""
    from index.history import find_snapshot
    from index.manifest import read_manifest
    from index.searchfiles import searched_by

    folder = index_folder(index)
    name = find_snapshot(folder, name)
    manifest = read_manifest(folder, name)
    counted = Counter(document["source"] for document in manifest.documents)
    sources = {source: {"documents": counted[source], **record} for source, record in manifest.sources.items()}
    shown: dict[str, Any] = {
        "snapshot": name,
        "observed": manifest.observed,
        "created": manifest.created,
        "parent": manifest.parent,
        "model": manifest.model.get("name"),
        "runtime": manifest.runtime,
        "chunking": manifest.chunking,
        "documents": len(manifest.documents),
        "search": searched_by(folder / "cache" / name),
        "sources": sources,
        "skipped": [skipped._asdict() for skipped in manifest.skipped],
    }
    if as_json:
        print_json(shown)
        return
    for key in list(shown)[:-3]:
        print(f"{key:<10} {shown[key]}")
    how = ", ".join(f"{key} {value}".removeprefix("search ") for key, value in shown["search"].items())
    print(f"{'search':<10} {how or 'search files are made when needed'}")
    for source, record in sources.items():
        print(f"source     {source}: " + ", ".join(f"{key} {value}" for key, value in record.items()))
    for skipped in manifest.skipped:
        print(f"skipped    {skipped.source}/{skipped.path}: {skipped.reason}")


@app.command(epilog="Example: `safecite snapshots diff 1 2 --place LB`")
def diff(
    old: Id,
    new: Id,
    place: Place = None,
    source: Source = None,
    publisher: Publisher = None,
    limit: Limit = 6,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed from one state to another, as `safecite changes` does between two days."""
    from index.history import find_snapshot

    folder = index_folder(index)
    names = find_snapshot(folder, old), find_snapshot(folder, new)
    show_changes(folder, *names, place=place, source=source, publisher=publisher, limit=limit, as_json=as_json)


@app.command(epilog="Example: `safecite snapshots prune --keep 30 --dry-run`")
def prune(
    keep: Annotated[int | None, typer.Option(min=1, help="How many of the newest states to keep.")] = None,
    before: Annotated[str | None, typer.Option(help="Remove only states observed before this day.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Forget the oldest states and what only they needed.

    The live one stays, and so does any that is open elsewhere.
    """
    from assistant.progress import shown_progress
    from index.prune import prune as prune_index

    if keep is None and before is None:
        raise SettingsError("nothing says which states to remove.", way_out="Use --keep 30 or --before 2026-01-01.")
    with shown_progress() as progress:
        done = prune_index(index_folder(index), keep=keep, before=day(before), dry_run=dry_run, progress=progress)
    if as_json:
        print_json({**done._asdict(), "dry_run": dry_run})
        return
    for name in done.removed:
        print(f"{'would be removed' if dry_run else 'removed'}: {name}")
    for name in done.in_use:
        print(f"left alone, it is open elsewhere: {name}")
    freed = "would be freed" if dry_run else "freed"
    what = f"{count(len(done.removed), 'state')}, {count(done.rows, 'row')} of the store"
    print(f"{what}, {done.freed / 1e6:,.1f} MB {freed}")


@app.command(epilog="Example: `safecite snapshots verify`")
def verify(index: Index = None, as_json: AsJson = False) -> None:
    """Read everything back and name what is damaged or missing. Ends with status 3 where something is."""
    from assistant.progress import shown_progress
    from index.audit import audit

    with shown_progress() as progress:
        found = audit(index_folder(index), progress)
    if as_json:
        print_json({**found._asdict(), "faults": [fault._asdict() for fault in found.faults]})
    else:
        for fault in found.faults:
            print(f"{fault.path}: {fault.reason} {fault.way_out}")
        looked = f"{count(found.snapshots, 'state')}, {count(found.rows, 'row')} of the store"
        print(f"{looked}: {count(len(found.faults), 'fault') if found.faults else 'all as it was written'}")
        if not found.is_sealed:
            note = "The store was not closed after it was last written: bytes between its rows have not been checked."
            typer.echo(note + " The next build mends that.", err=True)
    if found.faults:
        raise typer.Exit(DAMAGED)


def _record(state: State) -> dict[str, Any]:
    head = state.head._asdict()
    return {
        "snapshot": head.pop("name"),
        **head,
        "live": state.is_live,
        "searchable": state.is_searchable,
        "bytes": state.bytes,
    }
