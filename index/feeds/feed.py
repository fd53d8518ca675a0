"""What a feed is: what it fetches from a publisher, and how what came is read into documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from index.documents import Reading, Skipped


@dataclass(frozen=True, slots=True)
class Fetched:
    """One item of a feed in its last good state. `raw_sha256` names its bytes in the store.

    `item` is its stable name under the source, such as "kazakhstan". `retrieved` is when the bytes were last received
    or confirmed as unchanged, in ISO 8601, UTC. `headers` are the response's, names in lower case.
    """

    item: str
    url: str
    raw_sha256: str
    retrieved: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """What came for one address. `unchanged` where the server confirmed what is known; then `raw` is empty."""

    url: str
    raw: bytes
    headers: Mapping[str, str]
    unchanged: bool = False


class Listing(NamedTuple):
    """What a feed gave: responses by item, and the reasons of items that failed; those stay in their last good state.

    An item that is known and stands in neither is no longer published. `lists_others` says, where one place was asked
    for, that the feed lists others: then an empty listing is no alarm.
    """

    items: dict[str, Response]
    failed: dict[str, str]
    lists_others: bool = False


class Client(Protocol):
    """Fetches one address politely. Raises FeedError with the address, the reason and the way out."""

    async def get(self, url: str, known: Fetched | None = None) -> Response:
        """The response for an address; asked conditionally where its last state is known."""


class Feed(Protocol):
    """One publisher's feed."""

    async def fetch(self, client: Client, known: Mapping[str, Fetched], place: str | None = None) -> Listing:
        """All items, or those about one place (a code). Raises FeedError where the feed as a whole fails."""

    def read(self, source: str, item: Fetched, raw: bytes) -> Iterator[Reading | Skipped]:
        """The documents in an item's bytes; pure, so that it can be done again when it improves."""
