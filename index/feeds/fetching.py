"""How feeds fetch: a list first, then what it names; one bad item never loses the others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from index.errors import FeedError, UnreadableError
from index.feeds.feed import Client, Fetched, Listing, Response

_T = TypeVar("_T")


async def fetch_list(client: Client, url: str, read: Callable[[Response], _T]) -> _T:
    """What `read` makes of the list at `url`. Raises FeedError where it cannot be had, or read: UnreadableError."""
    response = await client.get(url)
    with _as_feed_error(url):
        return read(response)


async def fetch_file(
    client: Client,
    url: str,
    known: Mapping[str, Fetched],
    place: str | None,
    cut: Callable[[Response, str | None], Mapping[str, Response | str]],
) -> Listing:
    """The items of one file, cut by `cut` into the responses and reasons that are about the place, or all.

    Raises FeedError where that cannot be done.

    The file is asked for conditionally where all items are of one state of it: else "unchanged" would confirm more
    than is known.
    """
    states = list(known.values())
    marks = {(state.url, state.headers.get("etag"), state.headers.get("last-modified")) for state in states}
    whole = place is None and len(marks) == 1 and states[0].url == url
    response = await client.get(url, states[0] if whole else None)
    if response.unchanged:
        return Listing({item: replace(response, headers=state.headers) for item, state in known.items()}, {})
    with _as_feed_error(url):
        found = cut(response, place)
        others = place is not None and len(found) < len(cut(response, None))
        return sort_out(found)._replace(lists_others=others)


async def fetch_each(
    client: Client, addresses: Mapping[str, str], known: Mapping[str, Fetched], check: Callable[[bytes], object]
) -> Listing:
    """Every item's address fetched; how many at once is the client's to say.

    What cannot be fetched, or makes `check` raise UnreadableError, is named among the failed, and its last good state
    stays.
    """
    outcomes = await asyncio.gather(*(_fetch(client, url, known.get(item), check) for item, url in addresses.items()))
    return sort_out(dict(zip(addresses, outcomes, strict=True)))


def sort_out(outcomes: Mapping[str, Response | str]) -> Listing:
    """The responses and the reasons, each by its item."""
    return Listing(
        {item: outcome for item, outcome in outcomes.items() if isinstance(outcome, Response)},
        {item: outcome for item, outcome in outcomes.items() if isinstance(outcome, str)},
    )


def checked(response: Response, check: Callable[[bytes], object]) -> Response | str:
    """The response, or the reason why `check` refuses it."""
    try:
        if not response.unchanged:
            check(response.raw)
    except UnreadableError as error:
        return error.reason
    return response


async def _fetch(client: Client, url: str, known: Fetched | None, check: Callable[[bytes], object]) -> Response | str:
    try:
        return checked(await client.get(url, known), check)
    except FeedError as error:
        return error.reason


@contextmanager
def _as_feed_error(url: str) -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        raise FeedError(
            f"answers what cannot be used ({error.reason}).",
            path=url,
            way_out="The last good state stays; try again later.",
        ) from error
