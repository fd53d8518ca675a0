"""Which feed reads which kind of source. A new publisher is a module beside this one, and a line here."""

from __future__ import annotations

from importlib import import_module

from index.feeds.feed import Feed

# Kind, as in sources.toml → module and class. A class is made with the source's address. Modules are loaded when their
# kind is first used: most users turn on few.
_FEEDS = {
    "australia": ("index.feeds.australia", "Australia"),
    "canada": ("index.feeds.canada", "Canada"),
    "germany": ("index.feeds.germany", "Germany"),
    "govuk": ("index.feeds.govuk", "GovUk"),
    "us": ("index.feeds.us", "UnitedStates"),
    "rss": ("index.feeds.rss", "RssFeed"),
    "web": ("index.feeds.web", "WebFeed"),
}


def is_feed(kind: str) -> bool:
    """Whether a kind of source is fetched, rather than read from a folder or file."""
    return kind in _FEEDS


def make_feed(kind: str, address: str) -> Feed:
    """The feed of a kind at an address. Raises KeyError where there is no such kind."""
    module, name = _FEEDS[kind]
    feed: Feed = getattr(import_module(module), name)(address)
    return feed


def reader_of(kind: str) -> str | None:
    """Name and version of a feed's reader, as its documents carry them: its module's READER.

    Where documents carry another, or a module names none, bytes are read again that were read before.
    """
    reader: str | None = getattr(import_module(_FEEDS[kind][0]), "READER", None)
    return reader
