"""The fixed texts of the tabs beside the conversation, in one place and ready for translation."""

from __future__ import annotations

TAB_BRIEF = "Brief"
TAB_COMPARE = "Compare"
TAB_CHANGES = "What changed"
TAB_LIBRARY = "Library"

NOT_YET = "The documents are still being read. This fills by itself as soon as they are there."
CANNOT = "This cannot be shown: {reason}"
WENT_WRONG = "This could not be shown: something unexpected went wrong. The terminal says where. Try again."
READING = "Reading the pages…"
ALL_PLACES = "All places"

# Library
LIBRARY = "What is held here"
LIBRARY_SUMMARY = "{documents} about {places} places, as known on {date}."
SOURCES = "Sources"
SOURCE = "Source"
PUBLISHER = "Publisher"
DOCUMENTS = "Documents"
NEWEST = "Newest change"
CHECKED = "Last check"
STATE = "State"
NO_PUBLISHER = "no publisher named"
SWITCHED_OFF = "turned off"
ALSO_KNOWN = "Also known here, and turned off: {names}."
NEVER_CHECKED = "never"
READ_ON = "read on {date}"
OUTCOMES = {
    "ok": "fetched and whole",
    "failed": "failed",
    "empty": "answered with nothing",
    "shrunk": "lost most of its items",
}
STATES = {
    "current": "Current",
    "ageing": "Ageing",
    "frozen": "Frozen",
    "failed": "Failed",
    "empty": "Empty",
    "not checked": "Not checked",
}
STATES_MEAN = {
    "current": "the copy here was lately found to be up to date",
    "ageing": "nobody has looked for longer than is good for its kind",
    "frozen": "it was looked at, and nothing changes there any more, although it used to",
    "failed": "the last look failed; the last good copy answers",
    "empty": "the last look found nothing, which is an alarm and never means “no risk”",
    "not checked": "the copy here was never compared with its publisher’s",
}
STATES_TITLE = "What the states mean"
COVERAGE = "Who covers which country, and how old that is"
COVERAGE_MORE = (
    "The mark says how old the newest page of a publisher about a country is. Where there is none, it has no page "
    "here, which says nothing about how safe a country is."
)
COVERAGE_NAME = "Coverage of {first} to {last}"
COVERAGE_DESCRIPTION = (
    "A row for each country from {first} to {last}, a column for each publisher. The same follows as a table."
)
COVERAGE_TABLE = "The same as a table"
COVERAGE_CELL = "{date}, {documents}"
COVERAGE_NONE = "–"
COVERAGE_NONE_SAID = "no page"
COVERAGE_ALSO = "Beside these: {publishers}."
COVERAGE_ALSO_ONE = "{publisher} ({count})"
COUNTRY = "Country"
AGES = {
    "months": "half a year at most",
    "year": "a year at most",
    "years": "three years at most",
    "old": "older",
    "undated": "undated",
}

# What changed
CHANGES_INTRO = (
    "What the sources say now and did not say then, word for word. A page that only carries another date is counted, "
    "not listed."
)
STATE_SINCE = "From the state of"
STATE_UNTIL = "to the state of"
STATE_CHOICE = "{date} · {documents}"
DESTINATION = "Destination"
SHOW_CHANGES = "Show what changed"
ONE_STATE = (
    "Only one state is known here, that of {date}. There is something to compare after the next update that finds a "
    "change."
)
CHANGES_BETWEEN = "{where}: {since} to {until}"
CHANGES_PUBLISHERS = "Differences of wording are the publishers’; nothing is summed up."
NO_CHANGES = "No page changed in its words or its level."
COUNTED = (  # of the counts: its name, for one, for many
    ("levels", "level changed", "levels changed"),
    ("reworded", "page reworded", "pages reworded"),
    ("added", "page added", "pages added"),
    ("removed", "page gone", "pages gone"),
    ("renamed", "page renamed", "pages renamed"),
    ("withdrawn", "page withdrawn", "pages withdrawn"),
    ("restamped", "page with only another date", "pages with only another date"),
    ("reread", "page only read anew", "pages only read anew"),
)
NEW_SOURCE = "{count} of {source}, a source that was not here before: no change of its publisher."
GONE_SOURCE = "{count} of {source}, a source that is no longer here: no change of its publisher."
HAPPENED = {
    "added": "New page",
    "removed": "Page gone",
    "renamed": "Page renamed",
    "withdrawn": "Page withdrawn by its publisher",
    "reworded": "Page reworded",
    "level": "Level changed, the words did not",
}
NO_LEVEL = "none"
WAS_NAMED = "It was {doc}."
ONLY_LAYOUT = "Only a date, links, layout or order differ."
DIFFERENCE = {"added": "Added", "removed": "Removed", "reworded": "Reworded"}
RUN_ADDED = "added:"
RUN_REMOVED = "removed:"
MORE_DIFFERENCES = "{count} more on this page"
MORE_PAGES = "{count} more pages changed. Choose a destination to see them."
THEN = "then"
NOW = "now"

# Brief and comparison
BRIEF_INTRO = (
    "Choose a country: its emergency numbers, each government’s level in its own words, what is said on twelve topics, "
    "side by side, and what no source covers."
)
BRIEF_PLACE = "Country"
BRIEF_PASSPORT = "Your passport (its government comes first, its embassy is shown)"
PASSPORT_NONE = "Not said"
PRINT = "Print or PDF"
DOWNLOAD = "Markdown file"
CONTENTS = "In this brief"
CITATION = "Quote {number}: show its source"
BACK = "Quote {number}: back to where it stands"
AREAS = "Areas with advice of their own ({count})"
COMPARE_INTRO = (
    "Countries side by side, up to {most}; or one country, all governments on the topics chosen. Nothing is ranked or "
    "merged."
)
COMPARE_PLACES = "Countries"
COMPARE_TOPICS = "Topics (all where none is chosen)"
COMPARE = "Compare"

# Programs
TOO_LONG = "{what} has {length:,} characters; at most {most:,} are read."
TOO_MANY = "{what}: {count:,} are given, at most {most:,} are read."
NOT_READY = "The documents are still being read. Ask again in a moment."
