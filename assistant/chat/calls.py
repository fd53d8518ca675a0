"""The calls that programs may make, over HTTP and as tools: ask, search, brief, changes.

Each gives the record that the command of the same name prints with --json. Nothing of a question is written down.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from assistant.answer import Assistant
from assistant.briefing.brief import brief as make_brief
from assistant.briefing.brief_record import to_record as brief_record
from assistant.briefing.topics import topics as known_topics
from assistant.briefing.what_changed import compared, states_between
from assistant.briefing.what_changed import to_record as changes_record
from assistant.chat import view_words, words
from assistant.chat.engine import Engine
from assistant.commands.options import code, day
from assistant.errors import SettingsError
from assistant.render import hit_record, to_record
from index.filters import Filters
from index.manifest import snapshot_as_of

MOST_TURNS = 12  # earlier questions
MOST_TOPICS = 12
MOST_PASSAGES = 100
_SHORT = 200  # characters of everything that is no question

Record = dict[str, Any]
Records = list[dict[str, Any]]

Words = Annotated[str, Field(description=f"The question in plain words, at most {words.LONGEST} characters.")]
History = Annotated[
    list[str] | None,
    Field(description=f"Earlier questions of the same conversation, oldest first; at most {MOST_TURNS}."),
]
Place = Annotated[str | None, Field(description="A country, by its ISO 3166 code (KZ) or its English name.")]
Country = Annotated[str, Field(description="A country, by its ISO 3166 code (KZ) or its English name.")]
Passport = Annotated[str | None, Field(description="The traveller's passport, by its ISO 3166 code, such as GB.")]
Today = Annotated[str | None, Field(description="The day to reckon ages from, as 2026-07-01; today if not given.")]
AsOf = Annotated[str | None, Field(description="Use only what was known on this day, as 2026-07-01.")]
Publisher = Annotated[str | None, Field(description="Only this publisher, by its full name.")]
Since = Annotated[str | None, Field(description="A day, as 2026-07-01.")]


class Calls:
    """The calls on the assistant of an engine. Each raises SafeciteError, whose sentence is for the caller."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ask(
        self,
        question: Words,
        history: History = None,
        place: Place = None,
        passport: Passport = None,
        today: Today = None,
        as_of: AsOf = None,
    ) -> Record:
        """Answer a travel-safety question with word-for-word quotes from named, dated official documents.

        `status` says whether it was answered, is an emergency, needs a country, or has no source here. No source never
        means that there is no risk. Quote `citations` as they stand, each with its publisher and date.
        """
        _check("The question", question, words.LONGEST)
        turns = list(history or ())
        _check_many("history", turns, MOST_TURNS, words.LONGEST)
        at, then, country, own = day(_short(today)), day(_short(as_of)), code(_short(place)), code(_short(passport))
        assistant = self._as_of(then)
        return to_record(assistant.ask(question, history=turns, today=at, passport=own, place=country))

    def search(
        self,
        query: Annotated[str, Field(description=f"What to look for, at most {words.LONGEST} characters.")],
        k: Annotated[int, Field(description=f"How many passages, 1 to {MOST_PASSAGES}.")] = 10,
        place: Place = None,
        publisher: Publisher = None,
        since: Since = None,
    ) -> Records:
        """List the passages nearest to some words, best first, without judging whether they answer anything.

        `since` leaves out documents that are older or undated.
        """
        _check("The query", query, words.LONGEST)
        if not 1 <= k <= MOST_PASSAGES:
            raise SettingsError(f"k is {k}.", way_out=f"Ask for 1 to {MOST_PASSAGES} passages.")
        country, named, start = code(_short(place)), _short(publisher), day(_short(since))
        snapshot = self._assistant().live()
        filters = Filters(
            places=(country,) if country else (),
            publishers=(named,) if named else (),
            since=start.isoformat() if start else None,
        )
        return [hit_record(hit, snapshot) for hit in snapshot.search(query, k, filters)]

    def brief(
        self,
        place: Country,
        passport: Passport = None,
        topics: Annotated[
            list[str] | None,
            Field(description=f"Only these topics: {', '.join(topic.key for topic in known_topics().all)}."),
        ] = None,
        today: Today = None,
        as_of: AsOf = None,
    ) -> Record:
        """Brief on one country: emergency numbers, each government's advisory level in its own words, topics, gaps.

        Levels of different governments are never merged or ranked. A quote is the number of its entry in `citations`.
        """
        wanted = list(topics or ())
        _check_many("topics", wanted, MOST_TOPICS, _SHORT)
        at, then, country, own = day(_short(today)), day(_short(as_of)), code(_short(place)), code(_short(passport))
        if not country:
            raise SettingsError("no country is named.", way_out="Use a code such as KZ.")
        made = make_brief(self._as_of(then), country, today=at or date.today(), passport=own, wanted=wanted)
        return brief_record(made)

    def changes(
        self,
        place: Place = None,
        since: Annotated[
            str | None, Field(description="The earlier day; the state before the live one if not given.")
        ] = None,
        until: Annotated[str | None, Field(description="The later day; the live state if not given.")] = None,
        source: Annotated[str | None, Field(description="Only this source, by its name.")] = None,
        publisher: Publisher = None,
    ) -> Record:
        """Tell what the sources say on one day and did not say on an earlier one, word for word, levels first.

        Pages that only carry another date are counted in `counts.restamped` and not listed. Name a place: all places
        together are long.
        """
        country, start, end = code(_short(place)), day(_short(since)), day(_short(until))
        only, named = _short(source), _short(publisher)
        index = self._assistant().live().index
        old, new = states_between(index, start, end)
        found = compared(
            index,
            old,
            new,
            places=[country] if country else [],
            sources=[only] if only else [],
            publishers=[named] if named else [],
        )
        return changes_record(index, found)

    def _assistant(self) -> Assistant:
        assistant = self._engine.assistant
        if assistant is None:
            raise SettingsError(self._engine.progress.reason or view_words.NOT_READY)
        return assistant

    def _as_of(self, then: date | None) -> Assistant:
        """The live assistant, or one on what was known on a day."""
        assistant = self._assistant()
        if then is None:
            return assistant
        snapshot = self._engine.snapshot(snapshot_as_of(assistant.snapshot.index, then))
        return assistant if snapshot is None else Assistant(snapshot, assistant.asker)


def _check(what: str, text: str, most: int) -> None:
    if len(text) > most:
        raise SettingsError(view_words.TOO_LONG.format(what=what, length=len(text), most=most))


def _check_many(what: str, texts: Sequence[str], many: int, most: int) -> None:
    if len(texts) > many:
        raise SettingsError(view_words.TOO_MANY.format(what=what, count=len(texts), most=many))
    for text in texts:
        _check(what, text, most)


def _short(text: str | None) -> str | None:
    """Nothing for an empty text, as a form sends it. Raises SettingsError where it is long."""
    _check("An option", text or "", _SHORT)
    return text or None
