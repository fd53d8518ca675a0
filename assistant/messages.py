"""Every fixed sentence that safecite says in an answer. Beside these only quotes, names, dates and counts are shown."""

from __future__ import annotations

NO_SOURCE = {
    "off_subject": "This is outside what I can answer. I quote official travel-safety advice, country by country: "
    "crime, emergencies, health, roads, laws, weather and unrest.",
    "unknown_place": "I do not know a place called “{place}”.",
    "place_not_covered": "No document here is about {place} ({documents} searched). "
    "That does not mean that it is safe.",
    "fact_not_covered": "I searched {documents} and found no answer to this{where}. "
    "That does not mean that there is no risk.",
    "only_outdated": "Only older or withdrawn documents speak of this{where}; none that holds today does.",
}
COURTESIES = {
    "greeting": "Hello. Ask me about safety in any country: crime, emergencies, health, roads, laws, weather, unrest.",
    "thanks": "You are welcome. Travel safely.",
    "farewell": "Goodbye, and travel safely.",
    "self": NO_SOURCE["off_subject"],
}
WHICH_OF = "Which of these do you mean: {places}?"
ENTRY_RULES = "Rules of entry depend on your passport: each government writes for its own citizens."
WHICH_PLACE = "Which country do you mean? The advice differs from place to place."
EMERGENCY_WHERE = "If you are in danger now: which country are you in? I will show you the local emergency number."
EMERGENCY = "If this is happening now, call for help first."
EMERGENCY_NO_NUMBER = "I have no local emergency number for {place}. Ask people around you to call for help."
CLOSEST = "The closest passages, which do not answer the question:"
WIDER_PLACE = "Nothing here is about {place} itself; this is what is said about {country}."
GENERAL_ADVICE = "This is general advice, not about {place}."
DISAGREE = "The sources differ. Newest first:"
WITHDRAWN = "Its publisher has withdrawn this page."
SUPERSEDED = "A newer edition of this page exists."
COMPILED = "safecite’s summary, based on {publishers}"
AND_MORE = " and {more} more"
UNDATED = "undated"
PAGE_UPDATED = "page updated {date}"
NEWEST_BASIS = "newest of its pages {date}"
PUBLISHED = "published {date}"


def documents(number: int) -> str:
    """ "1 document", "7,915 documents"."""
    return f"{number:,} document" + ("" if number == 1 else "s")
