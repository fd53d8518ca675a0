"""Every fixed text of the page, in one place and ready for translation. What an answer says stands in `messages`."""

from __future__ import annotations

from typing import NamedTuple


class FollowUp(NamedTuple):
    """A question that may be offered after an answer; `about` and `wanted` tell what it asks for."""

    question: str
    about: str
    wanted: str = "statement"


class Stage(NamedTuple):
    """A stage of a build as the page names it: `known` where the total is known, `open` where only the count is."""

    known: str
    open: str


LANGUAGE = "en"
LONGEST = 1000  # characters of a question

TITLE = "safecite"
TAGLINE = "Travel-safety questions, answered with quotes that you can check."
PRIVATE = "Your questions are not recorded, and no other service sees them."
PRIVATE_FEEDBACK = (
    "Your questions are not recorded, and no other service sees them. Only where you say that an answer helped or was "
    "wrong is it kept, with your questions, on the computer that runs safecite."
)
WELCOME = "What do you need to know?"
WELCOME_MORE = (
    "Name the country or the city. The answer quotes documents word for word; where none answers, it says so."
)

QUESTION = "Your question"
PLACEHOLDER = "Ask about a place…"
ASK = "Ask"
NEW = "New conversation"
TAB_ASK = "Ask"
CONVERSATION = "Conversation"
EXAMPLES = (
    "Is it safe to take a taxi in Almaty at night?",
    "What are the emergency numbers in Peru?",
    "What should I do in an earthquake in Almaty?",
    "How do I protect myself from drink spiking?",
    "What should I do after a robbery?",
)

FOLLOW_UPS = (
    FollowUp("What are the emergency numbers in {place}?", "emergency numbers", "phone number"),
    FollowUp("What crime should I expect in {place}?", "crime"),
    FollowUp("What level of advice is given for {place}?", "is it safe, advisory level", "advisory level"),
    FollowUp("Is it safe to take a taxi in {place}?", "taxi"),
    FollowUp("Are there demonstrations in {place}?", "demonstrations"),
    FollowUp("How good is medical care in {place}?", "medical care"),
    FollowUp("Which local laws should I know in {place}?", "local laws"),
)

ANSWER = "Answer"
STEPS = "How this was read and searched"
READ_AS = "Understood as"
NO_PLACE = "no place named"
TODAY = "as of {date}"
TOPIC_LEVEL = "the level of advice"
TOPIC_AREAS = "areas to avoid"
TOPIC_NUMBERS = "a telephone number"
TOPIC_NUMBER = "a telephone number: {services}"
SEARCHED = "{documents} documents searched"
SEARCHED_ONE = "1 document searched"
QUOTE_LINK = "Quote {number}: show it in its document"
COPY = "Copy with sources"
COPY_LINK = "Copy link"
HELPFUL = "This helped"
WRONG = "This is wrong"
KEPT = "Kept, thank you"
NOT_KEPT = "Could not be kept"
FEEDBACK_WHERE = "Kept on the computer that runs safecite, with the question and the answer. It is sent nowhere."
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
PASSAGE_BEFORE = "Show the passage before"
PASSAGE_AFTER = "Show the next passage"
WHOLE_DOCUMENT = "Read the whole document"
CONTENTS = "Headings"
MORE_HEADINGS = "Finer headings stand in the text."
CLOSE = "Close"
DOCUMENT_LOADING = "Opening the document…"
DOCUMENT_FAILED = "The document could not be opened. Is safecite still running?"
EARLIER_TEXT = "Earlier text"
LATER_TEXT = "Later text"
HOW = "How we know this"
HOW_FILE = "File"
HOW_WHERE = "Where"
HOW_TEXT = "Text, SHA-256"
HOW_RAW = "File as fetched, SHA-256"
HOW_READER = "Read by"
HOW_RETRIEVED = "Fetched"
HOW_LICENCE = "Licence"
HOW_SNAPSHOT = "Snapshot"
OFFSETS = "characters {start:,} to {end:,}"
PUBLISHER_PAGE = "Open the publisher’s page"
NEW_WINDOW = "(opens in a new window)"
BASED_ON = "Based on {count} published pages"
BASED_ON_ONE = "Based on one published page"

STARTING = "Getting ready. You can write your question now."
STARTING_SENT = "Your question is kept, and is answered as soon as safecite is ready."
STARTING_READY = "Ready. Press Enter to ask."
GONE = "safecite no longer runs on its computer. What stands here can still be read; start it again to ask more."
BACK_AGAIN = "safecite was started again. To ask more, open this page anew; what stands here then goes."
OPEN_ANEW = "Open anew"

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
NOT_LOADED = "the page could not be loaded. What went wrong stands above."
PORT_TAKEN = "port {port} on {host} cannot be used: another program may be using it."
FOREIGN_NAME = "This address is none of this machine's. Open safecite as http://127.0.0.1 with its port."
FOREIGN_PAGE = "Another web page may not ask here."
WENT_WRONG = "This could not be done: something unexpected went wrong. The terminal says where."
TOO_FEW = "This call takes {needed} values; {given} came. docs/programs.md lists them."
PORT_WAY_OUT = "Name another with --port."

# What the scripts of the page say; each is handed to them under its name.
SAID_BY_SCRIPTS = {
    "gone": GONE,
    "back": BACK_AGAIN,
    "anew": OPEN_ANEW,
    "contents": CONTENTS,
    "more": MORE_HEADINGS,
    "close": CLOSE,
    "opening": DOCUMENT_LOADING,
    "failed": DOCUMENT_FAILED,
    "earlier": EARLIER_TEXT,
    "later": LATER_TEXT,
}


def private(*, feedback: bool) -> str:
    """What becomes of a question."""
    return PRIVATE_FEEDBACK if feedback else PRIVATE
