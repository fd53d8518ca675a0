"""Another thing in a question that was asked before: another service, thing, office or government."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.understanding import turnwords as turns
from assistant.understanding.governments import PUBLISHING, publishers, telling
from assistant.understanding.namewords import masked
from assistant.understanding.rewording import ASKS, listed, place_phrase, without_article
from assistant.understanding.services import SERVICES, Service
from assistant.understanding.whereabouts import places_meant
from index.places import Mention, find_places, place_name


def by_government(sentence: str, names: str) -> str | None:
    """What another government says: "What does the US say about Peru?" for the UK. None where none is asked."""
    asked = publishers(sentence)
    theirs = publishers(f"What does {names} say?")
    for mention in find_places(sentence, slips=False) if asked and theirs else ():
        if mention.codes[0] in asked:
            return f"{without_article(sentence[: mention.start])}{names}{sentence[mention.end :]}"
    return None


def by_other_governments(sentence: str) -> str | None:
    """What the others say: "What do the United States and Ireland say about Peru?". None where none is asked."""
    told = telling(sentence, find_places(sentence, slips=False))
    others = sorted(PUBLISHING - {mention.codes[0] for mention in told})
    return _told_by(sentence, told, others) if told and others else None


def asked_of_them(words: str) -> str:
    """ "Do the Irish warn too" for "the Irish? do they warn too", where they are a government that is a source."""
    asked = turns.THEY_DO.match(words)
    who = find_places(asked["who"], slips=False) if asked else []
    if asked is None or not who or not PUBLISHING.issuperset(mention.codes[0] for mention in who):
        return words
    return f"{asked['asks']} {asked['who']}{words[asked.end() :]}"


def according_to(sentence: str, words: str) -> str | None:
    """The sentence according to the governments named: "do the Irish warn too"; None where none is asked."""
    named = find_places(words, slips=False)
    if not named or not PUBLISHING.issuperset(mention.codes[0] for mention in named):
        return None
    if not turns.THEIR_VIEW.match(masked(words, named, "*")):
        return None
    codes = list(dict.fromkeys(mention.codes[0] for mention in named))
    told = telling(sentence, find_places(sentence, slips=False))
    if told:
        return _told_by(sentence, told, codes)
    return f"{sentence.rstrip(' ?.!')}, according to {_names(codes)}{'?' if ASKS.match(sentence) else ''}"


def _told_by(sentence: str, told: Sequence[Mention], codes: Sequence[str]) -> str:
    """The sentence with other governments, by their codes, for those that are `told` of."""
    start = without_article(sentence[: told[0].start])
    if len(codes) > 1:
        start = re.sub(r"\bdoes $", "do ", start)
    return f"{start}{_names(codes)}{sentence[told[-1].end :]}"


def _names(codes: Sequence[str]) -> str:
    return listed([place_phrase(place_name(code)) for code in codes], "and")


def for_service(sentence: str, thing: str) -> str | None:
    """ "The fire brigade" for "the police" in a question about a number; None where the sentence names no service."""
    if not any(re.fullmatch(_named(service), thing, re.IGNORECASE) for service in SERVICES):
        return None
    bare = re.sub(r"^(?:the|an?) ", "", thing, flags=re.IGNORECASE)
    for service in SERVICES:
        old = re.search(
            rf"(?:\b(?:the|an?) )?{service.asked.pattern}(?: (?:brigade|service|department)s?)?", sentence, re.I
        )
        if old:
            number = re.match(r"\S*\s+(?:phone |telephone |emergency )*number", sentence[old.end() :] or "", re.I)
            article = re.match(r"(?:the|an?) ", old[0], re.IGNORECASE)
            new = f"{article[0] if article else ''}{bare}" if number else f"the {bare}"
            return sentence[: old.start()] + new + sentence[old.end() :]
    return None


def _named(service: Service) -> str:
    """A service by its name, with its article."""
    return rf"(?:\b(?:the|an?) )?{service.asked.pattern}\w*(?: (?:brigade|service|department)s?)?"


_RIDES = (
    r"taxis?|cabs?|uber\w*|bus(?:es)?|minibus(?:es)?|metro|subway|trains?|trams?|ferr(?:y|ies)|boats?|tuk-?tuks?|"
    r"motorbikes?|scooters?|public transport|flights?"
)
_DRINKS = r"(?:tap |bottled )?water|ice|milk|juice|coffee|tea|beer|alcohol"
_FOODS = r"(?:street |raw )?food|fruit|salads?|meat|seafood|fish|eggs"
_SAFE_THINGS = rf"{_RIDES}|{_DRINKS}|{_FOODS}|roads?|atms?|beach(?:es)?|airlines?|hotels?|hostels?|parks?"


def _things(names: str) -> re.Pattern[str]:
    return re.compile(rf"(?:the |local |public |official )*(?:{names})", re.IGNORECASE)


_PAPERS = re.compile(
    r"(?:an? |the |my |any )*(?:(?:yellow fever|tourist|transit|exit|rabies|travel|health|driving|international)\s)*"
    r"(?:visas?|vaccin\w+|jabs?|shots?|pills|passports?|permits?|licen[cs]es?|insurance|certificates?|tickets?|tests?)",
    re.IGNORECASE,
)
_GOODS = re.compile(
    r"(?:an? |the |my |any |some )*(?:medic\w+|drones?|alcohol|wine|cigarettes|tobacco|vapes?|food|fruit|meat|cash|"
    r"seeds|kni(?:fe|ves)|guns?|weapons?|pepper spray|pets?|dogs?|cats?|drugs|painkillers|pills|antibiotics|insulin|"
    r"laptops?|binoculars|plants)",
    re.IGNORECASE,
)
_ANYTHING = re.compile(r"(?:(?!that|it|this)[\w’'-]+ ?){1,4}")
_TAIL = r"(?P<tail>(?:\s(?:in|to|for|into|there|at|on|during|after)\b.*)?[?.!]*)"
# A thing asked about, and what may take its place without making nonsense ("Are earthquakes safe?").
_FRAMES = tuple(
    (re.compile(rf"(?P<head>{head} )(?P<thing>[\w ’'-]+?){tail}", re.IGNORECASE), allowed)
    for head, tail, allowed in (
        (r"(?:is|are)", r"(?P<tail> (?:un)?safe\b.*)", _things(_SAFE_THINGS)),
        (r"is it (?:safe|ok(?:ay)?) to (?:take|use|ride|catch|hail|get)", _TAIL, _things(_RIDES)),
        (r"is it (?:safe|ok(?:ay)?) to drink", _TAIL, _things(_DRINKS)),
        (r"is it (?:safe|ok(?:ay)?) to eat", _TAIL, _things(_FOODS)),
        (r"do (?:\w+ ){1,3}?need", _TAIL, _PAPERS),
        (
            r"(?:(?:can|may) (?:i|we)|is it (?:legal|illegal|ok(?:ay)?|allowed|forbidden) to) "
            r"(?:bring|take|carry|import|own|buy)",
            _TAIL,
            _GOODS,
        ),
        (
            r"(?:.* (?:about|rules (?:on|for)|advice on)|how common (?:is|are)|are there|is there)"
            r"(?: (?:any|much|many|a lot of))?",
            _TAIL,
            _ANYTHING,
        ),
    )
)


def about_thing(sentence: str, thing: str) -> str | None:
    """The sentence about another thing: "Are buses safe in Lima?". None where that would not read as a question."""
    told = re.match(r"(?:.*[.!?] )?", sentence)  # "I am pregnant. "
    start = told.end() if told else 0
    for frame, allowed in _FRAMES:
        match = frame.fullmatch(sentence, start)
        if match and allowed.fullmatch(thing) and _may_be_replaced(match["thing"]):
            return sentence[:start] + _agreeing(f"{match['head']}{thing}{match['tail']}", thing)
    return None


def _may_be_replaced(thing: str) -> bool:
    return not places_meant(thing) and re.match(r"(?:it|this|that|they|there)\b", thing, re.IGNORECASE) is None


def _agreeing(sentence: str, thing: str) -> str:
    """ "Are taxis", "Is the metro"."""
    if re.match(r"is it ", sentence, re.IGNORECASE):
        return sentence
    plural = re.search(r"[^s]s$", thing) is not None and " and " not in thing
    pairs = (("Is", "Are"), ("How common is", "How common are"))
    for one, many in pairs:
        if sentence.lower().startswith((f"{one} ".lower(), f"{many} ".lower())):
            old = many if sentence.lower().startswith(f"{many} ".lower()) else one
            return f"{many if plural or ' and ' in thing else one}{sentence[len(old) :]}"
    return sentence


def of_entity(sentence: str, attribute: str) -> str | None:
    """ "What is the phone number of the US embassy in Lima?" from a sentence that names what has one; or None."""
    entity = re.search(
        r"(?:\bthe |\bany |\ban? )?"
        r"(?:(?:nearest|closest|main|(?i:us|uk|british|irish|american|canadian|australian)|[A-Z]{2,}|"
        r"[A-Z]\w+(?:an|ish|ese|ch|i)) )*"
        r"(?:embass(?:y|ies)|consulates?|high commission|hospitals?|clinics?|(?:tourist )?police(?: station)?|"
        r"coast ?guard|immigration office|airport|ambulance(?: service)?|fire (?:brigade|service))\b",
        sentence,
    )
    if entity is None:
        return None
    thing = re.sub(r"^(?:any|an?) |^(?=[A-Z]|embass|consul|hosp|clin|pol|amb|fire)", "the ", entity[0])
    where = place_phrase(sentence[: entity.start()] + sentence[entity.end() :], known=True)
    return f"What is the {attribute} of {thing.replace('the the ', 'the ')}{f' in {where}' if where else ''}?"
