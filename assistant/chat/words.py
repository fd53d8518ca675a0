"""Every fixed text of the page, in one place and ready for translation. What an answer says stands in `messages`."""

from __future__ import annotations

from typing import NamedTuple


class Stage(NamedTuple):
    """A stage of a build as the page names it: `known` where the total is known, `open` where only the count is."""

    known: str
    open: str


TITLE = "safecite"
TAGLINE = "Travel-safety questions, answered with quotes that you can check."
PRIVATE = "Your questions are not recorded, and no other service sees them."
WELCOME = "What do you need to know?"
WELCOME_MORE = (
    "Name the country or the city. The answer quotes documents word for word; where none answers, it says so."
)

QUESTION = "Your question"
PLACEHOLDER = "Ask about a place…"
ASK = "Ask"
NEW = "New conversation"
CONVERSATION = "Conversation"
EXAMPLES = (
    "Is it safe to take a taxi in Almaty at night?",
    "What are the emergency numbers in Peru?",
    "What should I do in an earthquake in Almaty?",
    "How do I protect myself from drink spiking?",
    "What should I do after a robbery?",
)

ANSWER = "Answer"
UNDERSTOOD = "Understood as: {words}"
SEARCHED = "{documents} documents searched"
QUOTE_LINK = "Quote {number}: show it in its document"
COPY = "Copy with sources"
COPIED = "Copied"
NOT_COPIED = "Could not copy"
AND_MORE = "{names} and {more} more"
SEARCHING = "Looking through the documents…"

EVIDENCE = "Evidence"
EVIDENCE_EMPTY = "Each quote will stand here within its document, with its publisher, its date and its age."
EVIDENCE_NONE = "Nothing was quoted for this question."
EVIDENCE_FOR = "for “{question}”"
EARLIER = "Earlier: “{question}”"
NOT_AN_ANSWER = "Not an answer"
BACK = "Quote {number}: back to the answer"
PUBLISHER_PAGE = "Open the publisher’s page"
NEW_WINDOW = "(opens in a new window)"
BASED_ON = "Based on {count} published pages"
BASED_ON_ONE = "Based on one published page"
WHERE = "{path} · characters {start:,} to {end:,}"

LOADING = "Getting ready…"
BUILDING = "Building the index…"
BUILDING_WITH = "Building the index: {stage}"
STAGES = {
    "reading documents": Stage("{done:,} of {total:,} documents read…", "{done:,} documents read…"),
    "embedding passages": Stage("{done:,} of {total:,} passages prepared…", "{done:,} passages prepared…"),
    "indexing words": Stage("the words of {done:,} of {total:,} documents indexed…", "indexing the words…"),
    "gathering vectors": Stage("putting {total:,} passages in order…", "putting the passages in order…"),
}
BUILDING_MORE = "This happens once. You can ask already: your question is answered as soon as the index is ready."
CHECKING = "Checking the documents for changes. Answers come from the documents as they were last read."
CHECKING_WITH = "Checking the documents for changes: {stage} Answers come from the documents as they were last read."
NOT_UPDATED = "The documents could not be read again, so answers come from those read last. {reason}"
FAILED = "safecite cannot answer now. {reason}"
BROKE = (
    "Something unexpected went wrong while the documents were being read. The terminal says what; start safecite again."
)

BROKE_OFF = "This question could not be answered: something unexpected went wrong. The terminal says what. Ask again."
WAIT = "The index is still being built. Your question is kept, and the answer will appear here by itself."
WAIT_EMERGENCY_MORE = "The documents are still being read. More will appear here by itself."
WAIT_EMERGENCY = "The documents are still being read. The local number will appear here by itself."
CANNOT_ANSWER = "This cannot be answered now: the documents are not available. What to do about it stands above."

SERVING = "safecite is at {url} (Ctrl+C ends it)"
PORT_TAKEN = "port {port} on {host} cannot be used: another program may be using it."
PORT_WAY_OUT = "Name another with --port."
