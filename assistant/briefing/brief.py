"""The destination brief: what the sources say of one country, side by side, and what they leave out.

Governments come first, each with its own quotes; what other publishers say follows, and what we compiled stands apart:
it never fills a government's gap. Levels are shown in each government's own words and never merged.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant import messages
from assistant.answer import Assistant
from assistant.briefing.emergency_card import EmergencyCard, emergency_card
from assistant.briefing.topic_quotes import TopicReader
from assistant.briefing.topics import Topic, topics
from assistant.choosing.arrange import GOVERNMENTS
from assistant.choosing.levels import Level, levels
from assistant.choosing.place_texts import PlaceTexts
from assistant.choosing.quotes import Quote, newest_first
from assistant.errors import SettingsError
from assistant.freshness import freshness, freshness_notes
from index.documents import Document, Kind, Status
from index.embedding import Embedder
from index.filters import Filters
from index.places import is_code, place_name
from index.snapshot import Snapshot

MANY = 5  # other places with the same words: then it is said

_OUTDATED = (Status.SUPERSEDED, Status.WITHDRAWN)


class Gap(StrEnum):
    """Why a publisher has no quote on a topic."""

    NOTHING = "nothing"  # it has pages about the place, and none speaks of it
    OUTDATED = "outdated"  # only a page speaks of it that was withdrawn or superseded
    NO_PAGES = "no_pages"  # it has no page about the place


@dataclass(frozen=True, slots=True)
class Voice:
    """What one publisher says on one topic, best first; or why it says nothing.

    `shared` gives for each quote the number of other places with the same words. `documents` are the publisher's
    current pages about the place, `outdated` the page that no longer holds; `frozen` is the day since which the copy of
    its pages has not changed, although it was looked at later.
    """

    publisher: str
    quotes: tuple[Quote, ...]
    shared: tuple[int, ...] = ()
    gap: Gap | None = None
    documents: int = 0
    outdated: Document | None = None
    frozen: date | None = None


@dataclass(frozen=True, slots=True)
class TopicBrief:
    """One topic: a voice of each government, those of other publishers that speak of it, and our own summary."""

    topic: Topic
    governments: tuple[Voice, ...]
    others: tuple[Voice, ...] = ()
    ours: tuple[Voice, ...] = ()

    @property
    def covered(self) -> bool:
        """Whether any government, or any other publisher, says something that holds today."""
        return any(voice.quotes for voice in (*self.governments, *self.others))


@dataclass(frozen=True, slots=True)
class Brief:
    """A brief of one country. `notes` say how current its sources are; `documents` counts its current pages."""

    place: str
    today: date
    passport: str | None
    snapshot: str
    documents: int
    card: EmergencyCard
    levels: tuple[Level, ...]
    topics: tuple[TopicBrief, ...]
    notes: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def name(self) -> str:
        """The country's name."""
        return place_name(self.place)

    @property
    def gaps(self) -> tuple[Topic, ...]:
        """The topics that no government and no other publisher covers."""
        return tuple(said.topic for said in self.topics if not said.covered)


def brief(
    assistant: Assistant,
    place: str,
    *,
    today: date,
    passport: str | None = None,
    wanted: Iterable[str] = (),
) -> Brief:
    """The brief of a country, by its code; of the topics wanted only, by their keys, where any are given.

    The government of the `passport` comes first. Raises SettingsError for an unknown code or topic, and for a place
    that no document is about.
    """
    started = time.perf_counter()
    chosen = topics().chosen(wanted)
    snapshot = assistant.live()
    for code in (place, passport):
        if code is not None and not is_code(code):
            raise SettingsError(f"{code!r} is no place code.", way_out="Use ISO 3166 codes such as KZ.")
    if place not in snapshot.places:
        documents = messages.documents(len(snapshot.manifest.documents))
        reason = messages.NO_SOURCE["place_not_covered"].format(place=place_name(place), documents=documents)
        raise SettingsError(reason)
    texts = PlaceTexts(snapshot, Filters(places=(place,)))
    governments = _governments(snapshot, passport)
    pages = {hit.document.key: hit.document for hit in texts.hits}
    return Brief(
        place,
        today,
        passport,
        snapshot.name,
        len(pages),
        emergency_card(texts, place),
        tuple(levels(texts, governments)),
        tuple(_Topics(snapshot, place, texts, assistant.asker, governments, today).all(chosen)),
        _notes(texts, snapshot, today),
        time.perf_counter() - started,
    )


def _governments(snapshot: Snapshot, passport: str | None) -> tuple[str, ...]:
    """Publishers of which some page carries a level, or that are known as governments; the traveller's own first."""
    carrying = {
        record.get("publisher", "")
        for record in snapshot.manifest.documents
        if "level" in record and record.get("kind") != Kind.COMPILED
    }
    known = carrying | set(GOVERNMENTS.values()).intersection(snapshot.publishers)
    own = GOVERNMENTS.get(passport or "")
    return tuple(sorted(known, key=lambda name: (name != own, name)))


class _Topics:
    """The topics of one place, read from its current pages and, where they say nothing, from those that were."""

    def __init__(
        self,
        snapshot: Snapshot,
        place: str,
        texts: PlaceTexts,
        asker: Embedder,
        governments: tuple[str, ...],
        today: date,
    ) -> None:
        self._texts = texts
        self._reader = TopicReader(texts, asker)
        self._old = TopicReader(PlaceTexts(snapshot, Filters(places=(place,), statuses=_OUTDATED)), asker)
        self._governments = governments
        documents = {hit.document.key: hit.document for hit in texts.hits}.values()
        self._pages = Counter(document.publisher for document in documents)
        self._frozen = _frozen(documents, snapshot, today)
        self._ours = {document.publisher for document in documents if document.kind is Kind.COMPILED}

    def all(self, wanted: Iterable[Topic]) -> Iterator[TopicBrief]:
        """Each topic wanted."""
        for topic in wanted:
            said = self._reader.quotes(topic)
            silent = [name for name in self._governments if name not in said]
            was = self._old.quotes(topic) if silent else {}
            rest = [name for name in said if name not in self._governments]
            yield TopicBrief(
                topic,
                tuple(self._voice(name, said, was) for name in self._governments),
                tuple(self._voice(name, said, was) for name in rest if name not in self._ours),
                tuple(self._voice(name, said, was) for name in rest if name in self._ours),
            )

    def _voice(
        self, publisher: str, said: Mapping[str, tuple[Quote, ...]], was: Mapping[str, tuple[Quote, ...]]
    ) -> Voice:
        pages, frozen = self._pages[publisher], self._frozen.get(publisher)
        if quotes := said.get(publisher):
            return Voice(publisher, quotes, tuple(map(self._texts.sharing, quotes)), documents=pages, frozen=frozen)
        if old := was.get(publisher):
            outdated = newest_first(old)[0].document
            return Voice(publisher, (), gap=Gap.OUTDATED, documents=pages, outdated=outdated, frozen=frozen)
        return Voice(publisher, (), gap=Gap.NOTHING if pages else Gap.NO_PAGES, documents=pages, frozen=frozen)


def _frozen(documents: Collection[Document], snapshot: Snapshot, today: date) -> dict[str, date]:
    """The publishers of whose pages about a place most lie in a copy that has stopped changing, and since when."""
    states = freshness(snapshot, today)
    pairs = Counter((document.source, document.publisher) for document in documents)
    most = {publisher: states[source, publisher] for (source, publisher), _ in reversed(pairs.most_common())}
    return {name: state.newest for name, state in most.items() if state.unchanged and state.newest is not None}


def _notes(texts: PlaceTexts, snapshot: Snapshot, today: date) -> tuple[str, ...]:
    """How current the sources are of which any page about the place is read, quoted or not."""
    first: dict[tuple[str, str], Quote] = {}
    for number, hit in enumerate(texts.hits):
        pair = hit.document.source, hit.document.publisher
        if pair not in first:
            first[pair] = texts[number].quote_unit(0)
    return freshness_notes(list(first.values()), snapshot, today)
