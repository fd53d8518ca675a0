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
_IN_ENGLISH = " My sources are in English, and so is my search: please ask in English."
NOT_ENGLISH = {  # where nothing was found for a question in another language
    "es": "Mis fuentes están en inglés: haga su pregunta en inglés, por favor." + _IN_ENGLISH,
    "fr": "Mes sources sont en anglais : posez votre question en anglais, s’il vous plaît." + _IN_ENGLISH,
    "de": "Meine Quellen sind auf Englisch: Bitte stellen Sie Ihre Frage auf Englisch." + _IN_ENGLISH,
    "pt": "As minhas fontes estão em inglês: por favor, faça a pergunta em inglês." + _IN_ENGLISH,
    "it": "Le mie fonti sono in inglese: per favore, ponga la domanda in inglese." + _IN_ENGLISH,
    "nl": "Mijn bronnen zijn in het Engels: stel uw vraag alstublieft in het Engels." + _IN_ENGLISH,
    "ru": "Мои источники на английском языке: пожалуйста, задайте вопрос по-английски." + _IN_ENGLISH,
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
WHICH_COUNTRY = {  # the same, where the cry for help is in another language; said before the English
    "es": "Si está en peligro ahora: ¿en qué país está? Le mostraré el número de emergencias de allí.",
    "fr": "Si vous êtes en danger maintenant : dans quel pays êtes-vous ? Je vous montrerai le numéro d’urgence local.",
    "de": "Wenn Sie jetzt in Gefahr sind: In welchem Land sind Sie? Ich zeige Ihnen die Notrufnummer dort.",
    "pt": "Se está em perigo agora: em que país está? Vou mostrar-lhe o número de emergência local.",
    "it": "Se è in pericolo ora: in quale Paese si trova? Le mostrerò il numero di emergenza locale.",
    "nl": "Als u nu in gevaar bent: in welk land bent u? Ik laat u het noodnummer van daar zien.",
    "ru": "Если вы сейчас в опасности: в какой стране вы находитесь? Я покажу местный номер экстренной помощи.",
}
EMERGENCY = "If this is happening now, call for help first."
EMERGENCY_NO_NUMBER = "I have no local emergency number for {place}. Ask people around you to call for help."
PART_NOT_ANSWERED = "No page here answers this part: “{words}”."
REST_NOT_ANSWERED = "No page here answers the rest of it."
CLOSEST = "The closest pages:"
WIDER_PLACE = "None of these quotes names {place}: this is what is said about {country}."
NONE_ABOUT = "None of these quotes is about {places}."
NOT_FOR = "No source here answers this for {places}."
NO_ADVICE_FROM = "No advice of {countries} is among the sources."
GENERAL_ADVICE = "This is general advice, not about {place}."
DISAGREE = "The sources differ: read the date of each."
OLD_NUMBER = "A number below comes from a page that is more than five years old: it may have changed."
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


# What a quote's source is worth today: see assistant/freshness.py. Copies that may be old are told in one sentence.
OLD_COPIES = "Newer advice may exist: the pages here {copies}."
COPIES = {
    "frozen": "from {publishers} stopped changing on {date}",
    "ageing": "from {publishers} were last known to be up to date on {date}",
}
STALE = {
    "failed": "The pages from {publishers} could not be fetched since {date}: this is the last good copy.",
    "empty": "The feed from {publishers} has held nothing since {date}: this is the last good copy, and an empty feed "
    "does not mean that there is no risk.",
    "summaries": "safecite’s own summaries rest on pages of {date} at the newest: newer advice may exist.",
}


# The destination brief: see assistant/briefing/brief.py.
BRIEF_TITLE = "{place}: destination brief"
BRIEF_MADE = (
    "Made on {date} from {documents} about {place}. Every quote is word for word that of its source; "
    "the numbers in brackets lead to the list at the end."
)
BRIEF_PARTS = {
    "card": "Emergency numbers",
    "remarks": "What is said of these services",
    "levels": "What each government advises",
    "gaps": "What no source covers",
    "notes": "How current this is",
    "sources": "Sources",
}
CARD_SERVICES = {
    "general": "Any emergency",
    "police": "Police",
    "ambulance": "Ambulance",
    "fire": "Fire",
    "tourist police": "Tourist police",
}
CARD_DIFFER = "Not all of these agree. Newest first:"
CARD_ABSENT = "no such number or service"
CARD_SILENT = "No source here gives a number for this."
CONSULATE = "Your own embassy or consulate: {country}"
CONSULATE_NONE = "Its pages about {place} that are held here give no number. Look on its own website before you go."
LEVEL_SCALES = {
    "AU": "Australia has four levels, from normal safety precautions to do not travel.",
    "CA": "Canada has four levels, from normal security precautions to avoid all travel.",
    "IE": "Ireland has four levels, from normal precautions to do not travel.",
    "GB": "The UK has no levels: it advises against all travel, or all but essential travel, to a country or to parts.",
    "US": "The U.S. has four levels, from 1 (normal precautions) to 4 (do not travel).",
}
LEVEL_NONE = "No level or warning was found on the pages here. That does not mean that it is safe."
LEVEL_NOT_SAID = "The page carries this level; no sentence of it says it."
BRIEF_GAPS = {
    "nothing": "Nothing was found on this in {documents} about {place}.",
    "outdated": "Only a page that no longer holds speaks of this: {title}, {date}.",
    "no_pages": "There is no page about {place} here.",
}
BRIEF_FROZEN = "The copy of its pages here has not changed since {date}: it may say more by now."
TOPIC_UNCOVERED = (
    "No government’s page here, nor any other original, covers this for {place}. "
    "That does not mean that there is no risk."
)
TOPIC_OTHERS = "Other sources"
TOPIC_OURS = "What follows is not a government’s: it is safecite’s own summary."
SAID_OF_MANY = "the same words stand on the pages of {number} other places"
COMPARISON_TITLE = "{places}: compared"
