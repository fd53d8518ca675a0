"""`safecite sources`: which there are and how current each is; add, remove, turn on and off, update, check."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from assistant.commands.options import AsJson, Index, code, day, print_json
from assistant.errors import SettingsError
from assistant.messages import documents
from assistant.settings import SHIPPED_SOURCES, index_folder, model_name

NEEDS_A_LOOK = 3  # exit status where an update failed, or a check found what is not current
_COLOURS = {"current": "green", "ageing": "yellow", "frozen": "red", "failed": "red", "empty": "red"}
_OFFICIAL = {  # the kind of an official feed, by how its address begins after the scheme
    "www.gov.uk/api/content/foreign-travel-advice": "govuk",
    "cadataapi.state.gov/": "us",
    "travel.state.gov/_res/rss/": "us",
    "data.international.gc.ca/travel-voyage/": "canada",
    "www.smartraveller.gov.au/countries/documents/": "australia",
    "www.auswaertiges-amt.de/opendata/travelwarning": "germany",
}
_FEED_ADDRESS = re.compile(r"\.(?:rss|atom|xml)$|\b(?:rss|atom|feed)\b", re.IGNORECASE)

Name = Annotated[str, typer.Argument(help="The source, as `safecite sources list` calls it.")]
Today = Annotated[str | None, typer.Option(help="The day to reckon from, if not today.")]

app = typer.Typer(
    help="Where the documents come from, and how current each source is.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@app.command("list", epilog="Example: `safecite sources list --json`")
def list_sources(today: Today = None, index: Index = None, as_json: AsJson = False) -> None:
    """List every source with its documents, its newest date, its last check and its state. Needs no network."""
    _show(index, today, as_json)


@app.command(epilog="Example: `safecite sources check`")
def check(today: Today = None, index: Index = None, as_json: AsJson = False) -> None:
    """The same, with status 3 where a source is frozen, failed, empty or ageing. Needs no network."""
    if _show(index, today, as_json):
        raise typer.Exit(NEEDS_A_LOOK)


@app.command(epilog="Example: `safecite sources add ~/advisories --name archive`")
def add(
    target: Annotated[str, typer.Argument(metavar="DIR|FILE|URL", help="A folder, a file, or a web address.")],
    name: Annotated[str | None, typer.Option(help="What to call it, if not by its own name.")] = None,
    kind: Annotated[
        str | None,
        typer.Option(help="folder, file, archive, govuk, us, canada, australia, germany, rss or web; else guessed."),
    ] = None,
    index: Index = None,
) -> None:
    """Declare a source and turn it on. Nothing is read or fetched before `safecite sources update`."""
    from index.declared import Declared, add_declared

    folder = index_folder(index)
    online = "://" in target
    address = target if online else str(Path(target).expanduser().resolve())
    if not online and not Path(address).exists():
        raise SettingsError(f"{target!r}: there is no such folder or file.", way_out="A web address begins https://")
    source = Declared(name or _own_name(address, online=online), kind or _guess(address, online=online), address)
    add_declared(folder, SHIPPED_SOURCES, source)
    print(f"added: {source.name} ({source.kind}) {source.address}. To read it: safecite sources update {source.name}")


@app.command(epilog="Example: `safecite sources remove archive --yes`")
def remove(
    name: Name,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    index: Index = None,
) -> None:
    """Forget a source and take its documents out of the index. States of earlier days keep them."""
    from assistant.commands.source_rows import source_rows
    from index.declared import read_declared, remove_declared
    from index.lastgood import last_good_file

    folder = index_folder(index)
    rows = {row.name: row for row in source_rows(folder, read_declared(folder, SHIPPED_SOURCES), date.today())}
    row = rows[_known(name, rows)]
    if row.documents and not any(other.documents for other in rows.values() if other is not row):
        reason = f"{name} is the only source with documents, and an index of nothing cannot answer."
        raise SettingsError(reason, way_out=f"Add another one first, or delete {folder}.")
    what = f"{documents(row.documents)} will leave the index and answer no more, except as of an earlier day."
    typer.echo(f"{name}: {what if row.documents else 'it has no documents in the index.'}", err=True)
    if not yes:
        typer.confirm(f"Remove {name}?", abort=True, err=True)
    if row.declared:  # first, so that no update brings it back
        remove_declared(folder, SHIPPED_SOURCES, name)
    if row.record is not None:
        from assistant.progress import shown_progress
        from index.build import build
        from index.embedding import load_embedder

        with shown_progress() as progress:
            build(folder, {}, load_embedder(model_name()), removed=[name], progress=progress)
    last_good_file(folder, name).unlink(missing_ok=True)
    print(f"removed: {name}")


@app.command(epilog="Example: `safecite sources enable govuk`")
def enable(name: Name, index: Index = None) -> None:
    """Turn a source on: the next `safecite sources update` fetches it."""
    _switch(index, name, enabled=True)
    print(f"on: {name}. To fetch it: safecite sources update {name}")


@app.command(epilog="Example: `safecite sources disable govuk`")
def disable(name: Name, index: Index = None) -> None:
    """Turn a source off: it is no longer fetched. What it gave stays in the index, and ages."""
    _switch(index, name, enabled=False)
    print(f"off: {name}. Its documents stay until: safecite sources remove {name}")


@app.command(epilog="Example: `safecite sources update govuk --place KZ`")
def update(
    names: Annotated[list[str] | None, typer.Argument(metavar="[NAME]...", help="Only these.")] = None,
    place: Annotated[str | None, typer.Option(help="Only what is about this country, by its code, as KZ.")] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help="Believe a feed that lost most of its documents; with its NAME only.")
    ] = False,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Fetch the sources that are turned on and bring the index up to date. Only this reaches the network.

    Ends with status 3 where a source failed; its last good state goes on answering.
    """
    from assistant.progress import shown_progress
    from index.declared import read_declared
    from index.embedding import load_embedder
    from index.update import update as update_index

    if accept and not names:
        raise SettingsError("--accept is for a source by its name.", way_out="safecite sources update NAME --accept")
    folder = index_folder(index)
    declared = {d.name: d for d in read_declared(folder, SHIPPED_SOURCES)}
    for name in names or []:
        if not declared[_known(name, declared)].enabled:
            raise SettingsError(f"{name} is turned off.", way_out=f"Turn it on: safecite sources enable {name}")
    chosen = [d for d in declared.values() if (d.name in names if names else d.enabled)]
    if not chosen:
        raise SettingsError("no source is turned on.", way_out="See: safecite sources list")
    country = code(place)
    with shown_progress() as progress:
        progress("loading the model", 0, 0)
        model = load_embedder(model_name())
        result = update_index(folder, chosen, model, place=country, accept=accept, progress=progress)
    built = result.build
    if as_json:
        checks = {name: asdict(one) for name, one in result.checks.items()}
        print_json({"checks": checks, "snapshot": built.snapshot if built else None})
    else:
        for name, one in result.checks.items():
            error = f": {one.error}" if one.error else ""
            print(f"{name}: {one.outcome}, {documents(one.items)}, {one.changed:,} changed{error}")
        if built:
            state = "built" if built.changed else "unchanged"
            print(f"{state}: {built.snapshot} with {documents(built.documents)}, {built.passages:,} passages")
            for left_out in built.skipped:
                typer.echo(f"skipped: {left_out.source}/{left_out.path}: {left_out.reason}", err=True)
    if any(one.outcome != "ok" for one in result.checks.values()):
        raise typer.Exit(NEEDS_A_LOOK)


def _show(index: Path | None, today: str | None, as_json: bool) -> bool:
    """Print all sources; whether any needs a look."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from assistant.commands.source_rows import source_rows
    from index.declared import read_declared

    folder = index_folder(index)
    rows = source_rows(folder, read_declared(folder, SHIPPED_SOURCES), day(today) or date.today())
    if as_json:
        print_json([row.to_record() for row in rows])
    else:
        table = Table("source", "kind", "documents", "newest", "last check", "state", "", box=None, pad_edge=False)
        for cells in (line for row in rows for line in row.lines()):
            words = [Text(cell) for cell in cells]  # as they are: a name may hold what rich takes for markup
            words[5].stylize(_COLOURS.get(cells.state, "dim"))
            table.add_row(*words)
        Console(width=None if sys.stdout.isatty() else 240).print(table)
    return any(row.alarming for row in rows)


def _switch(index: Path | None, name: str, *, enabled: bool) -> None:
    from index.declared import read_declared, switch_declared

    folder = index_folder(index)
    _known(name, [d.name for d in read_declared(folder, SHIPPED_SOURCES)])
    switch_declared(folder, SHIPPED_SOURCES, name, enabled=enabled)


def _known(name: str, names: Collection[str]) -> str:
    """The name, where there is such a source. Raises SettingsError with the nearest."""
    from rapidfuzz import process

    if name in names:
        return name
    nearest = process.extractOne(name, list(names), score_cutoff=60)
    way_out = f"Did you mean {nearest[0]}?" if nearest else f"There are: {', '.join(names) or 'none'}."
    raise SettingsError(f"there is no source {name!r} here.", way_out=way_out)


def _guess(address: str, *, online: bool) -> str:
    """The kind of what is added."""
    from index.readers.advisories import is_archive

    if online:
        bare = address.partition("://")[2]
        official = [kind for start, kind in _OFFICIAL.items() if bare.startswith(start)]
        return official[0] if official else "rss" if _FEED_ADDRESS.search(urlsplit(address).path) else "web"
    path = Path(address)
    return "archive" if path.is_dir() and is_archive(path) else "folder" if path.is_dir() else "file"


def _own_name(address: str, *, online: bool) -> str:
    """A name made of the host, or of the folder's or file's own."""
    words = (urlsplit(address).hostname or "").removeprefix("www.") if online else Path(address).stem
    return re.sub(r"[^A-Za-z0-9._-]+", "-", words).strip("-._")
