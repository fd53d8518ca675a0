"""Which numbers a government's page says to dial for the local emergency services.

Each publisher has its own shape, and so a function. Numbers of embassies, of the publishers' own lines at home, of
clinics and of single police stations are no local emergency numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fact_sheet_grammar import DIGITS, Fact, Number, facts_of, labelled, lines, numbers_at_start, services_named

from index.documents import Document
from index.places import find_places


def united_kingdom(document: Document) -> Iterator[Fact]:
    """ "Getting help": the section "Emergency services in …" and those of the tourist police."""
    pending: frozenset[str] | None = None
    page = lines(document)
    sections = {heading for line in page for heading in line.headings if _UK_SECTION.match(heading)}
    for line in page:
        heading = line.headings[-1] if line.headings else ""
        own = services_named(heading)
        tourists = re.fullmatch(r"(?P<city>[A-Z]\w+ City)? ?(?:Nepal )?[Tt]ourist [Pp]olice", heading)
        below = own and any(words in sections for words in line.headings[:-1])
        if not (heading in sections or tourists or below):
            continue
        if re.fullmatch(r"[^:\d]{2,40}:", line.text):
            pending = services_named(line.text)
            continue
        area = f"in {tourists['city']}" if tourists and tourists["city"] else _area(heading, len(sections))
        found = labelled(re.split(r"(?<=\w)\.\s", line.text)[0], pending or own or frozenset({"general"}))
        if found:
            services, numbers = found
            numbers = tuple(Number(number.written, number.where or area) for number in numbers)
            yield from facts_of(frozenset({"tourist police"}) if tourists else services, numbers)
            continue
        if line.text.casefold() != "or":
            pending = None
        if unified := re.search(r"new unified emergency services number, (\d{3}), was introduced", line.text):
            yield Fact("general", (Number(unified[1]),))
        for match in _UK_PROSE.finditer(line.text):
            numbers, _ = numbers_at_start(match["rest"])
            city = re.search(r"If you are in ([A-Z]\w+),", line.text)
            services = services_named(match["label"]) or frozenset()
            yield from facts_of(services, tuple(Number(n.written, f"in {city[1]}" if city else "") for n in numbers))


_UK_SECTION = re.compile(r"Emergency services (?:(?:in|on) )?(?P<area>\S.*)")
_UK_PROSE = re.compile(
    r"(?:contact|and|report crimes to|telephone) (?:the |local )(?P<label>fire service|police|tourist police)"
    r"(?: in an emergency)?(?: on|:) (?P<rest>\+?\d[\d ]*)"
)


def _area(heading: str, sections: int) -> str:
    """Where the numbers of a section hold: a city, or an island where each has a section of its own."""
    area = match["area"] if (match := _UK_SECTION.match(heading)) else ""
    if sections > 1:
        return f"on {area}"
    return _city(area)


def _city(area: str) -> str:
    """ "in Ouagadougou" where a page speaks of a city, "" where of a country."""
    found = find_places(area, slips=False)
    if not found and re.fullmatch(r"[A-Z]\w+ ?", area):
        return f"in {area.strip()}"
    cities = [mention.name for mention in found if mention.kind == "city"]
    return f"in {cities[0]}" if cities else ""


def australia(document: Document) -> Iterator[Fact]:
    """ "Local contacts": a heading a service, below it "Call 112 or go to the hospital."."""
    above: tuple[str, ...] = ()
    services: frozenset[str] | None = None
    listed = False  # whether bare numbers follow
    for line in lines(document):
        if line.headings != above:
            above, listed = line.headings, False
            heading = re.sub(r"\s*\((?:locally known as Garda|including mountain rescues)\)$", "", line.headings[-1])
            services = services_named(re.sub(r" [-–] responsible .*", "", heading))
        if not re.search(r"[\d.!?:]", line.text) and len(line.text) < 60:
            services = services_named(line.text)  # a heading that the page did not mark as one
        if services and listed and re.fullmatch(DIGITS, line.text):
            yield from facts_of(services, (Number(line.text),))
        listed = listed or line.text == "Call any number for all emergency services:"
        for sentence in re.split(r"(?<=\w)\.\s|(?<=\))\.?\s(?=[A-Z])", line.text):
            found = _call(sentence, services)
            # "The tourist police has a hotline. To report a crime, call …": the sentence before says whose it is.
            if found and not (sentence.startswith("To report") and "ourist" in line.text):
                yield from facts_of(*found)


def ireland(document: Document) -> Iterator[Fact]:
    """The overview's "Emergency Assistance": "… emergency services in X by dialling 112", then a list of services."""
    for line in lines(document):
        if not line.headings or line.headings[-1].casefold() != "emergency assistance":
            continue
        for sentence in re.split(r"(?<=\w)\.\s", line.text):
            if general := _IE_GENERAL.search(sentence):
                yield from _general(general["rest"], _city(general["area"] or ""))
                continue
            if tourists := re.search(r"Tourist Police at (\d{4})\b", sentence):
                yield Fact("tourist police", (Number(tourists[1]),))
                continue
            of = re.fullmatch(r"(?P<rest>\d[\d /or]*) for (?P<label>[a-z ]+)\.?", sentence)
            found = labelled(f"{of['label']}: {of['rest']}" if of else sentence)
            if found and not re.match(r"(?:the )?embassy|visitors|contact", sentence, re.I):
                yield from facts_of(*found)


_IE_GENERAL = re.compile(
    r"(?:emergency services (?:in (?P<area>[\w .,’'&-]{2,60}?)|[A-Z]\w+ )?,? ?(?:by |\b)(?:dial(?:l?ing)?|calling)"
    r"|The emergency number in [\w ]+ is) (?P<rest>\d.*)"
)


def united_states(document: Document) -> Iterator[Fact]:
    """Sentences of the Safety and Health pages: "Report crimes to the local police at 102", "dial 103 for …"."""
    for line in lines(document):
        for sentence in re.split(r"(?<=\w)\.\s|(?<=\.)(?=[A-Z][a-z])", line.text):
            match = _US_POLICE.search(sentence)
            if match:
                numbers, tail = numbers_at_start(match["rest"])
                if numbers and _US_POLICE_TAIL.match(tail):
                    yield Fact("police", numbers)
                continue
            if match := _US_GENERAL.search(sentence):
                yield from _general(match["rest"], _city(match["area"] or ""))
            elif match := re.fullmatch(r"Dial (?P<rest>\d.* for .*)", sentence.strip(" .")):
                yield from (fact for fact in _general(match["rest"], "") if fact.service != "general")
            elif match := re.search(r"call the Rescue Service by dialing (\d{3})\b", sentence):
                yield Fact("rescue", (Number(match[1]),))
            elif match := _US_DIAL.fullmatch(sentence.strip(" .")):
                numbers, tail = numbers_at_start(match["rest"])
                services = services_named(re.sub(r"\bservices?$", "", match["label"] or "").strip())
                if numbers and not tail.strip(" .") and services and "general" not in services:
                    yield from facts_of(services, numbers)
            elif match := _US_LIST.fullmatch(sentence.strip(" .")):
                found = labelled(f"{match['label']}: {match['rest']}")
                if found and "general" not in found[0]:
                    yield from facts_of(*found)


def canada(document: Document) -> Iterator[Fact]:
    """The few sentences of Canadian pages that give a local number."""
    if not _CA_WORTH.search(document.text):  # most pages have none, and a page takes 10 ms to parse
        return
    for line in lines(document):
        if match := re.search(r"[Tt]he emergency number in [\w ]+ is (\d{3})\b", line.text):
            yield Fact("general", (Number(match[1]),))
        if match := re.search(r"[Ff]or an ambulance,? call (\d{3})\b", line.text):
            yield Fact("ambulance", (Number(match[1]),))
        if match := re.search(r"[Tt]ourism police .{0,40}by dialling the (\d{3,4})\b", line.text):
            yield Fact("tourist police", (Number(match[1]),))
        if match := re.search(r"contact emergency services by calling (\d{3})\b", line.text):
            yield Fact("general", (Number(match[1]),))
        if match := re.search(r"report crimes.* to the [\w ]+ Police Agency by dialling (\d{3})\b", line.text):
            yield Fact("police", (Number(match[1]),))
        if match := re.search(r"dial (112) from a cellphone for any emergency", line.text):
            yield Fact("general", (Number(match[1], "by mobile phone"),))


_CA_WORTH = re.compile(r"emergency number in|ambulance,? call|ourism police|services by calling|Police Agency|dial 112")
_US_POLICE = re.compile(
    r"[Rr]eport crimes?(?:, including sexual assault,)? (?:first )?to (?:the )?(?:local )?police "
    r"(?:using the local emergency number |at the )?(?:by (?:calling|dialing)|at|\(Dial)?\s*(?P<rest>[(+“\"\d].*)"
)
_US_POLICE_TAIL = re.compile(
    r"\s*(?:$|[.,;)]|and (?:contact|the U\.?S)|and/or|emergencies|hotline|from|contact|"
    r"\((?:the local|in |which|multi|connection|French|National|English))"
)
_US_GENERAL = re.compile(
    r"(?:[Ff]or (?:general |local )?emergency services in (?P<area>[\w ,.’'()-]{2,50}?),? ?dial,? |"
    r"local equivalents? (?:to|of) the “?\"?911”?\"? emergency (?:line|number)s?"
    r"(?: for police, ambulance,? or fire)?(?: in [\w ,]{2,50}?)? (?:is|are):? (?:also )?)(?P<rest>[(+“\"\d].*)"
)
_US_DIAL = re.compile(
    r"(?:To call |For )?(?:emergency )?(?:(?P<label>[a-z ]{4,40}),? (?:in [A-Z]\w+ )?)?"
    r"dial (?P<rest>\(?\+?\d[\d -]*(?: or \d+)*(?: from a (?:landline|mobile phone))?)",
)
_US_LIST = re.compile(
    r"(?P<label>[A-Z][\w &/()-]{3,40}?)(?::| [-–]) ?(?:[Dd]ial )?(?P<rest>\(?\+?\d[\d -]*(?: or \d[\d -]*)*)"
)


def _general(rest: str, area: str) -> Iterator[Fact]:
    """What follows "for emergency services in X dial": one number, or a number for each service."""
    numbers, tail = numbers_at_start(rest)
    by_service = list(_FOR_SERVICE.finditer(rest))
    if by_service and by_service[0].start() == 0:
        for match in by_service:
            services = services_named(re.sub(r"^(?:the|an?) | services?$", "", match["label"].strip()))
            given, _ = numbers_at_start(match["numbers"])
            if services:
                yield from facts_of(services, tuple(Number(number.written, number.where or area) for number in given))
    # Words that change the sense follow ("… dial 1669 for Emergency Medical Services"), or another number does.
    elif numbers and not _NOT_GENERAL.match(tail) and "," not in tail[:2] and not re.search(r"\d", tail):
        yield Fact("general", tuple(Number(number.written, number.where or area) for number in numbers))


_FOR_SERVICE = re.compile(rf"(?P<numbers>(?:{DIGITS})(?: or {DIGITS})*) ?(?:for|\() ?(?P<label>[A-Za-z ,]*[a-zA-Z])")
_NOT_GENERAL = re.compile(r"\s*(?:for|to reach|and|or|\()(?! ?\(?(?:the |local )?equivalent| ?\(?English| waiting)")


def _call(sentence: str, services: frozenset[str] | None) -> tuple[frozenset[str], tuple[Number, ...]] | None:
    """What a sentence below an Australian heading says; None where it is no plain "Call 112"."""
    match = _CALL.fullmatch(sentence.strip().rstrip("."))
    if match is None or re.search(r"(?<!^To )report a crime|non-emerg|domestic", sentence):
        return None
    label = match["lead"] or match["service"] or match["after"]
    if label:
        named = services_named(re.sub(r"^(?:the )?(?:English-speaking )?|[A-Z][\w ]+ (?=Police Department)", "", label))
        if named is None or (services is None and not match["lead"]):
            return None
        services = named
    numbers, tail = numbers_at_start(match["rest"])
    if not services or not numbers or (tail.strip() and not _HARMLESS.fullmatch(tail)):
        return None
    region = match["region"]
    where = {None: "", "all other regions": "elsewhere"}.get(region, f"in {region}") or (
        f"in {match['city']}" if match["city"] else ""
    )
    return services, tuple(Number(number.written, number.where or where) for number in numbers)


_CALL = re.compile(
    r"(?:For emergencies, call|For criminal issues, call|To report a crime, call|(?P<lead>Police|Ambulance) [–-] Call|"
    r"Call an ambulance:|For ambulance, fire or police phone:|In (?P<region>[A-Z]\w+|all other regions), call|"
    r"(?:You can also c|C)all (?P<service>police|the tourist police) on|Call?|"
    r"Are available 24/7 and can be contacted on)\s+"
    r"(?P<rest>[(+\d].*?)"
    r"(?: for (?P<after>(?:the )?(?:[Rr]egular |English-speaking )?(?:[Tt]ourist )?[Pp]olice|an ambulance|"
    r"medical emergencies|the [A-Z][\w ]+ Police Department)(?: and rescue services)?"
    r"(?: in (?P<city>[A-Z]\w+))?(?P<tail>,? or .*)?)?"
)
_HARMLESS = re.compile(
    r",?\s*(?:(?:or|and) )?(?:go|visit|contact|the nearest|your nearest|ask|direct|via|at the|"
    r"in an emergency|email)\b[^\d]*"
    r"|\s*\((?:English language services are only|Yangon General)[^\d]*|\s*- duty doctors[^\d]*|"
    r"\s*for Service Aide Medicale[^\d]*|\s*or:|"
    r"\s*or (?:contact )?(?:the )?[A-Z][A-Za-z ]+ (?:on|at) [(+\d].*"
)
