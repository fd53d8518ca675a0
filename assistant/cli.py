"""The command line: build, ask, search, chat. Data to standard output, progress to standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import Annotated

import typer

from assistant.commands import brief, changes, record, snapshots
from assistant.commands.feedback import app as feedback_app
from assistant.commands.opening import open_assistant
from assistant.commands.options import (
    AsJson,
    AsOf,
    History,
    Index,
    Passport,
    Place,
    Today,
    code,
    day,
    named,
    print_json,
)
from assistant.commands.sources import app as sources_app
from assistant.settings import index_folder, model_name
from index.errors import SafeciteError

SOMETHING_SKIPPED = 3  # exit status of a build that left a document out

app = typer.Typer(
    help="Ask a travel-safety question; get an answer made of quotes you can check.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


@app.command(epilog="Example: `safecite build --sources source_docs advice=~/advisories`")
def build(
    sources: Annotated[
        list[str], typer.Option("--sources", metavar="[NAME=]DIR", help="A folder of documents; may be given again.")
    ],
    more: Annotated[list[str] | None, typer.Argument(metavar="[[NAME=]DIR]...", help="Further folders.")] = None,
    observed: Annotated[str | None, typer.Option(help="The day on which this state was fetched, if not today.")] = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Read folders of documents into the index. What has not changed is not done again.

    Ends with status 3 where a document could not be read; each is named with its reason.
    """
    from assistant.progress import shown_progress
    from index.build import build as build_index
    from index.embedding import load_embedder

    folder = index_folder(index)
    started = time.monotonic()
    with shown_progress() as progress:
        progress("loading the model", 0, 0)
        embedder = load_embedder(model_name())
        result = build_index(folder, named(sources + (more or [])), embedder, observed=day(observed), progress=progress)
    if as_json:
        skipped = [s._asdict() for s in result.skipped]
        print_json({name: getattr(result, name) for name in result.__dataclass_fields__} | {"skipped": skipped})
    else:
        state = "built" if result.changed else "unchanged"
        print(
            f"{state}: {result.snapshot} with {result.documents:,} documents, {result.passages:,} passages, in {folder}"
        )
        seconds = time.monotonic() - started
        rate = f"{result.embedded / seconds:.0f} a second, everything included"
        note = f"embedded: {result.embedded:,} texts that were new in {seconds:.0f} s ({rate}){_peak_memory()}"
        typer.echo(note, err=True)
        for left_out in result.skipped:
            print(f"skipped: {left_out.source}/{left_out.path}: {left_out.reason}")
    if result.skipped:
        raise typer.Exit(SOMETHING_SKIPPED)


@app.command(epilog='Example: `safecite ask "What do I dial for an ambulance in Kazakhstan?"`')
def ask(
    question: Annotated[str, typer.Argument(help="The question, in your own words.")],
    earlier: Annotated[list[str] | None, typer.Argument(hidden=True)] = None,
    history: History = None,
    place: Place = None,
    passport: Passport = None,
    today: Today = None,
    as_of: AsOf = None,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Answer a question with quotes, their sources and their age."""
    reckoned, citizenship, country = day(today), code(passport), code(place)
    assistant = open_assistant(index, as_of)
    turns = [*(history or []), *(earlier or [])]
    answer = assistant.ask(question, history=turns, today=reckoned, passport=citizenship, place=country)

    from assistant.render import to_record, to_text

    if as_json:
        print_json(to_record(answer))
    else:
        print(to_text(answer))


@app.command(epilog="Example: `safecite search earthquake --place KZ --explain`")
def search(
    words: Annotated[str, typer.Argument(help="The words to look for.")],
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    place: Place = None,
    publisher: Annotated[str | None, typer.Option(help="Only this publisher, by its full name.")] = None,
    since: Annotated[str | None, typer.Option(help="Only documents dated on or after this day.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Show what each retriever gave.")] = False,
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """List the passages nearest to some words, without judging whether they answer anything."""
    from assistant.render import hit_record, hit_text
    from index.embedding import load_embedder
    from index.filters import Filters
    from index.snapshot import Snapshot

    snapshot = Snapshot.open(index_folder(index), load_embedder(model_name()))
    country, start = code(place), day(since)
    filters = Filters(
        places=(country,) if country else (),
        publishers=(publisher,) if publisher else (),
        since=start.isoformat() if start else None,
    )
    hits = snapshot.search(words, k, filters)
    if as_json:
        print_json([hit_record(hit, snapshot) for hit in hits])
    else:
        print("\n\n".join(hit_text(hit, snapshot, explain=explain) for hit in hits) or "nothing found")


@app.command(epilog="Example: `safecite chat --port 8080`")
def chat(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 7860,
    sources: Annotated[
        list[str] | None,
        typer.Option("--sources", metavar="[NAME=]DIR", help="Build these first, while the page is open."),
    ] = None,
    feedback: Annotated[
        bool,
        typer.Option("--feedback", help="Let visitors mark answers as helpful or wrong; kept on this machine only."),
    ] = False,
    index: Index = None,
) -> None:
    """Open the chat in the browser."""
    from assistant.chat.server import serve

    opened = named(sources or [])
    serve(index_folder(index), host=host, port=port, sources=opened, model=model_name(), feedback=feedback)


app.command(epilog="Examples: `safecite brief KZ --passport GB`, `safecite brief Lebanon --topic unrest --markdown`")(
    brief.brief
)
app.command(epilog="Examples: `safecite compare KZ UZ`, `safecite compare Peru --topic crime`")(brief.compare)
app.command(epilog="Example: `safecite changes --place LB --since 2025-07-01`")(changes.changes)
app.command(epilog='Example: `safecite record "Can I drink the tap water in Lima?" -o water.json`')(record.record)
app.command(epilog="Example: `safecite verify water.json`")(record.verify)
app.add_typer(sources_app, name="sources")
app.add_typer(snapshots.app, name="snapshots")
app.add_typer(feedback_app, name="feedback")


def main() -> None:
    """Run the command; a user's mistake ends in one sentence and status 1."""
    with _plain_errors():
        app()


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except SafeciteError as error:
        from rich.console import Console

        Console(stderr=True, highlight=False).print(f"safecite: {error}", style="red", markup=False, soft_wrap=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _peak_memory() -> str:
    """The most memory that this process held, where the system tells."""
    if find_spec("resource") is None:
        return ""
    import resource

    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes elsewhere
    return f", peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6:,.0f} MB"
