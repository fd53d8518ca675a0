"""`safecite record` and `safecite verify`: an answer with all that proves it in a file, and the proof."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

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
    count,
    day,
    print_json,
)
from assistant.errors import SettingsError
from assistant.settings import index_folder

NOT_PROVED = 1  # exit status

_MAX_RECORD = 50_000_000  # bytes


def record(
    question: Annotated[str, typer.Argument(help="The question, in your own words.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; else one named by the time.")
    ] = None,
    history: History = None,
    place: Place = None,
    passport: Passport = None,
    today: Today = None,
    as_of: AsOf = None,
    index: Index = None,
) -> None:
    """Answer a question and write a file that proves it: quotes, hashes, dates, how each page was fetched, the state.

    The file holds the question. A file that is there already is not written over.
    """
    now = datetime.now(UTC)
    path = output or Path(f"safecite-record-{now:%Y%m%d-%H%M%S}.json")
    country, citizenship = code(place), code(passport)
    reckoned, state = day(today) or now.astimezone().date(), day(as_of)
    assistant = open_assistant(index, as_of)
    answer = assistant.ask(question, history=history or [], today=reckoned, passport=citizenship, place=country)
    asked = {
        "question": question,
        "history": history or [],
        "place": country,
        "passport": citizenship,
        "today": str(reckoned),
        "as_of": str(state) if state else None,
    }

    from assistant.record import make_record

    made = make_record(answer, assistant.snapshot.index, asked)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            json.dump(made, file, ensure_ascii=False, indent=2)
            file.write("\n")
    except FileExistsError as error:
        raise SettingsError(f"{path} is there already.", way_out="Name another file with -o.") from error
    except OSError as error:
        raise SettingsError(f"{path} cannot be written ({error.strerror}).", way_out="Name another with -o.") from error
    print(f"{path}: {answer.status.value}, {count(len(made['quotes']), 'quote')}, from snapshot {answer.snapshot}")


def verify(
    file: Annotated[Path, typer.Argument(help="A file that `safecite record` wrote.")],
    index: Index = None,
    as_json: AsJson = False,
) -> None:
    """Prove a record against what the index keeps: bytes, texts, quotes, and the state that listed them.

    Ends with status 1 where something does not match, or cannot be proved any more.
    """
    from assistant.proof import prove

    proof = prove(_read(file), index_folder(index))
    if as_json:
        print_json(
            {
                "proved": proof.holds,
                "quotes": proof.quotes,
                "mismatches": proof.mismatches,
                "unproven": proof.unproven,
                "notes": proof.notes,
            }
        )
    else:
        for title, sentences in (
            ("does not match", proof.mismatches),
            ("cannot be proved", proof.unproven),
            ("note", proof.notes),
        ):
            for sentence in sentences:
                print(f"{title}: {sentence}")
        print(f"{file}: {'proved' if proof.holds else 'not proved'}, {count(proof.quotes, 'quote')}")
    if not proof.holds:
        raise typer.Exit(NOT_PROVED)


def _read(path: Path) -> object:
    """The JSON in a file. Raises SettingsError."""
    try:
        if path.stat().st_size > _MAX_RECORD:
            raise SettingsError(f"{path} is too large for a record.")
        return json.loads(path.read_bytes())
    except OSError as error:
        raise SettingsError(f"{path} cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path} is not JSON.", way_out="Name a file that `safecite record` wrote.") from error
