"""Several destinations side by side, or all governments on one topic in one of them. Nothing is ranked or merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answer import Assistant
from assistant.briefing.brief import Brief, TopicBrief, brief
from assistant.briefing.topics import Topic
from assistant.choosing.levels import Level
from assistant.errors import SettingsError
from index.places import place_name

MOST_PLACES = 6  # side by side


@dataclass(frozen=True, slots=True)
class Comparison:
    """The briefs of several countries, in the order asked for, all of one snapshot and of the same topics."""

    briefs: tuple[Brief, ...]

    @property
    def places(self) -> str:
        """Their names: "Kazakhstan, Uzbekistan"."""
        return ", ".join(each.name for each in self.briefs)

    @property
    def levels(self) -> dict[str, tuple[tuple[Level, ...], ...]]:
        """By government: its levels for each country, in the order of the briefs."""
        publishers = dict.fromkeys(level.publisher for each in self.briefs for level in each.levels)
        return {
            publisher: tuple(tuple(at for at in each.levels if at.publisher == publisher) for each in self.briefs)
            for publisher in publishers
        }

    @property
    def topics(self) -> tuple[tuple[Topic, tuple[TopicBrief, ...]], ...]:
        """Each topic with what is said of it in each country, in the order of the briefs."""
        by_topic = zip(*(each.topics for each in self.briefs), strict=True)
        return tuple((said[0].topic, said) for said in by_topic)


def compare(
    assistant: Assistant,
    places: Sequence[str],
    *,
    today: date,
    passport: str | None = None,
    wanted: Sequence[str] = (),
) -> Comparison:
    """Compare countries, by their codes; of the topics wanted only, by their keys, where any are given.

    One country is enough where topics are given: then it is the governments that stand side by side. Raises
    SettingsError for too few or too many countries, and where `brief` does.
    """
    once = tuple(dict.fromkeys(places))
    if len(once) < 2 and not (once and wanted):
        only = f"only {place_name(once[0])} is named." if once else "no country is named."
        raise SettingsError(only, way_out="Name two countries or more, or one country and a topic.")
    if len(once) > MOST_PLACES:
        raise SettingsError(f"{len(once)} countries are too many.", way_out=f"Compare at most {MOST_PLACES}.")
    pinned = Assistant(assistant.live(), assistant.asker)  # a build may end meanwhile, and all are of one snapshot
    return Comparison(tuple(brief(pinned, place, today=today, passport=passport, wanted=wanted) for place in once))
