"""The topics of a destination brief, as `data/topics.yaml` declares them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from assistant.errors import SettingsError

_UNDER_HEADING = 0.15  # what standing under a heading of the topic is worth,
_UNDER_UPPER = 0.06  # under such a heading further up,
_UNDER_OTHER = -0.10  # under a heading of another topic,
_APART = -9.0  # and under one that is of no topic: nothing makes up for it


@dataclass(frozen=True, slots=True, eq=False)
class Topic:
    """A topic: statements to search with, and patterns that tell what is of it; the file says what each means."""

    key: str
    title: str
    queries: tuple[str, ...]
    headings: re.Pattern[str]
    holds: re.Pattern[str]
    never: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Topics:
    """All topics in the order in which a brief shows them, and what is of none."""

    all: tuple[Topic, ...]
    other_headings: re.Pattern[str]
    elsewhere: re.Pattern[str]

    def chosen(self, keys: Iterable[str]) -> tuple[Topic, ...]:
        """The topics of these keys, in the order of the file; all of them for no key. Raises SettingsError."""
        wanted = {key.casefold() for key in keys}
        known = {topic.key for topic in self.all}
        for key in sorted(wanted - known):
            raise SettingsError(f"{key!r} is no topic.", way_out="Topics: " + ", ".join(t.key for t in self.all) + ".")
        return tuple(topic for topic in self.all if not wanted or topic.key in wanted)


@cache
def topics() -> Topics:
    """The declared topics."""
    record = yaml.safe_load((files("assistant") / "data" / "topics.yaml").read_text("utf-8"))
    found = tuple(
        Topic(
            key=topic["key"],
            title=topic["title"],
            queries=tuple(topic["queries"]),
            headings=words(topic["headings"]),
            holds=words(topic["holds"]),
            never=words(topic["never"]),
        )
        for topic in record["topics"]
    )
    return Topics(found, words(record["other_headings"]), words(record["elsewhere"]))


@lru_cache(maxsize=1 << 16)
def heading_worth(topic: Topic, headings: tuple[str, ...]) -> float:
    """What the headings above a passage, the nearest three, outermost first, tell of its being about the topic."""
    said = [_of_heading(words) for words in headings]
    if any(_NO_TOPIC in keys for keys in said):
        return _APART
    if said and topic.key in said[-1]:
        return _UNDER_HEADING
    if any(topic.key in keys for keys in said):
        return _UNDER_UPPER
    # A page's own title is broad: "Local laws and special circumstances" has earthquakes, too.
    return _UNDER_OTHER if said and said[-1] and headings[-1] != headings[0] else 0.0


_NO_TOPIC = ""


@lru_cache(maxsize=1 << 14)
def _of_heading(heading: str) -> frozenset[str]:
    """The keys of the topics that a heading carries; `_NO_TOPIC` where it carries none of them for sure."""
    found = topics()
    keys = {topic.key for topic in found.all if topic.headings.search(heading)}
    return frozenset(keys | {_NO_TOPIC} if found.other_headings.search(heading) else keys)


def words(listed: Iterable[str]) -> re.Pattern[str]:
    """A pattern of any of the words: `robb*` begins so, a blank is a blank or a hyphen."""
    parts = (re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\*", r"\w*") for word in listed)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
