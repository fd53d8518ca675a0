"""`safecite brief` and `safecite compare`: what the sources say of a destination, side by side."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands.opening import open_assistant
from assistant.commands.options import AsJson, Index, Today, code, day, print_json
from assistant.errors import SettingsError

if TYPE_CHECKING:
    from assistant.briefing.brief import Brief
    from assistant.briefing.compare import Comparison

Passport = Annotated[str | None, typer.Option(help="The country of your passport: its government comes first.")]
Wanted = Annotated[
    list[str] | None,
    typer.Option(
        "--topic",
        help="Only this topic; may be given again: crime, terrorism, unrest, roads, transport, health, hazards, laws, "
        "women, lgbtq, money, entry.",
    ),
]
AsOf = Annotated[str | None, typer.Option(help="Only what was known on this day.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print Markdown with all citations.")]


def brief(
    place: Annotated[str, typer.Argument(help="A country, by its code or its name.")],
    passport: Passport = None,
    topic: Wanted = None,
    today: Today = None,
    as_of: AsOf = None,
    as_markdown: AsMarkdown = False,
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Brief on one country: emergency numbers, each government's level, twelve topics side by side, and the gaps."""
    _check(as_markdown, as_json)
    country, own = code(place), code(passport)
    at = day(today) or date.today()
    assistant = open_assistant(index, as_of)

    from assistant.briefing.brief import brief as make

    _print(make(assistant, country or "", today=at, passport=own, wanted=topic or []), as_markdown, as_json)


def compare(
    places: Annotated[list[str], typer.Argument(metavar="PLACE...", help="Countries, by code or name.")],
    passport: Passport = None,
    topic: Wanted = None,
    today: Today = None,
    as_of: AsOf = None,
    as_markdown: AsMarkdown = False,
    as_json: AsJson = False,
    index: Index = None,
) -> None:
    """Compare countries side by side, or all governments on one topic in one country. Nothing is ranked or merged."""
    _check(as_markdown, as_json)
    countries = [found for place in places if (found := code(place))]
    own, at = code(passport), day(today) or date.today()
    assistant = open_assistant(index, as_of)

    from assistant.briefing.compare import compare as make

    _print(make(assistant, countries, today=at, passport=own, wanted=topic or []), as_markdown, as_json)


def _check(as_markdown: bool, as_json: bool) -> None:
    if as_markdown and as_json:
        raise SettingsError("--markdown and --json exclude each other.", way_out="Choose one of them.")


def _print(made: Brief | Comparison, as_markdown: bool, as_json: bool) -> None:
    from assistant.briefing.brief_record import to_record
    from assistant.briefing.brief_render import to_markdown, to_text

    if as_json:
        print_json(to_record(made))
    else:
        print(to_markdown(made) if as_markdown else to_text(made), end="")
