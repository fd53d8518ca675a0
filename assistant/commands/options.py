"""What several commands share: their options, and how a name, a day and a place are read."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from assistant.errors import SettingsError

Index = Annotated[
    Path | None, typer.Option("--index", help="The index folder (else SAFECITE_INDEX, else your data folder).")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Place = Annotated[str | None, typer.Option("--place", help="A country code such as KZ, where the words name no place.")]

Passport = Annotated[str | None, typer.Option(help="The country code of your passport, such as GB.")]
History = Annotated[list[str] | None, typer.Option(help="An earlier question of the conversation, oldest first.")]
Today = Annotated[str | None, typer.Option(help="The day to reckon ages from, if not today.")]
AsOf = Annotated[str | None, typer.Option(help="Answer from what was known on this day.")]


def named(sources: list[str]) -> dict[str, Path]:
    """`NAME=DIR` or `DIR`, whose own name then serves."""
    found: dict[str, Path] = {}
    for given in sources:
        name, equals, folder = given.partition("=")
        by_hand = bool(equals) and "/" not in name  # a folder may have = in its name
        path = Path(folder if by_hand else given).expanduser()
        key = name if by_hand else path.resolve().name
        if not key or key in found:
            reason = f"two sources cannot have the name {key!r}" if key else "a source needs a name"
            raise SettingsError(f"{given!r}: {reason}.", way_out="Write NAME=DIR.")
        found[key] = path
    return found


def day(words: str | None) -> date | None:
    """A day as 2026-07-01. Raises SettingsError."""
    if words is None:
        return None
    try:
        return date.fromisoformat(words)
    except ValueError as error:
        raise SettingsError(f"{words!r} is no day.", way_out="Write it as 2026-07-01.") from error


def code(place: str | None) -> str | None:
    """A country's code, given as that or by name. Raises SettingsError."""
    from index.places import country_codes, is_code

    if place is None or is_code(place.upper()):
        return place.upper() if place else None
    codes = country_codes(place)
    if len(codes) != 1:
        raise SettingsError(f"{place!r} is no country that is known here.", way_out="Use a code such as KZ.")
    return codes[0]


def count(number: int, noun: str) -> str:
    """ "1 state", "1,204 rows"."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


def print_json(record: Any) -> None:
    """Data to standard output."""
    print(json.dumps(record, ensure_ascii=False, indent=2))
