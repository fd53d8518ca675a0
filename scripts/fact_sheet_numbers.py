"""Which numbers a government's page says to dial for the local emergency services, and what it warns about them.

Each publisher has its own shape; a line that none of the rules understands whole gives nothing. Numbers of embassies,
of the publishers' own lines at home, of clinics and of single police stations are no local emergency numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.blocks import blocks
from index.documents import Document
from index.places import find_places
from index.plain import plain_text


class Number(NamedTuple):
    """A number as the page writes it, with where it holds: "from a mobile phone", "in Tashkent", or ""."""

    written: str
    where: str = ""


class Fact(NamedTuple):
    """What to dial for one service: "general", "police", "ambulance", "fire", "tourist police" …"""

    service: str
    numbers: tuple[Number, ...]


class Line(NamedTuple):
    """One line of a page as it is shown, with the headings above it, outermost first."""

    headings: tuple[str, ...]
    text: str


SERVICES = {  # key -> how a fact sheet names it
    "general": "General emergency number",
    "police": "Police",
    "ambulance": "Ambulance",
    "fire": "Fire service",
    "rescue": "Rescue service",
    "mountain rescue": "Mountain rescue",
    "coastguard": "Coastguard",
    "tourist police": "Tourist police",
    "gendarmerie": "Gendarmerie (military police)",
    "traffic police": "Traffic police",
}
ALL_THREE = frozenset({"police", "ambulance", "fire"})

_NAMES = {
    "general": """all emergencies; all emergency services; emergency services; emergency; emergencies; national
        emergencies; national emergency number; european emergency number; general emergency; general emergency line;
        general emergency services; eu number for emergency situations; local emergency services; emergency department;
        any emergency; local emergency number; emergency call; general; emergency switchboard""",
    "police": """police; local police; the police; the local police; national police; south african police service;
        police service; police services; police assistance; regular police; police emergency; police department;
        police marine unit; national guard""",
    "ambulance": """ambulance; an ambulance; ambulances; ambulance service; ambulance services; medical emergencies;
        medical emergency; medical assistance; medical; emergency medical services; emergency medical service; ems;
        medical emergency services; emergency medical assistance; paramedics; medical services; emergency ambulance;
        emergency ambulance service; medical emergency services; ambulance or rescue; general ambulance number;
        medical rescue services; the ambulance; medical emergencies and ambulance""",
    "fire": """fire; a fire; fire brigade; fire service; fire services; the fire department; fire department;
        fire fighters; fire-fighters; firefighters; fire and rescue; fire and rescue service; fire and rescue services;
        fire & rescue; rescue and fire brigade; firefighters and rescue; the fire brigade; fire emergencies;
        fire and car accidents""",
    "tourist police": "tourist police; tourism police; the tourist police",
    "traffic police": "traffic police; road police",
    "gendarmerie": "gendarmerie; the gendarmerie; military police; gendarmes",
    "coastguard": "coastguard; coast guard; national coast guard",
    "rescue": """rescue; maritime rescue; search and rescue; search and rescue services; national search and rescue; rescue service;
        the rescue service; emergency and rescue service; rescue and emergency""",
    "mountain rescue": "mountain rescue",
}
_SERVICE = {" ".join(name.split()): key for key, names in _NAMES.items() for name in names.split(";")}
_SERVICE = {name.strip(): key for name, key in _SERVICE.items()}

_DIGITS = r"(?:\(?\+\s?\d{1,3}\)?[ -]?)?(?:\(\d{1,4}\)[ -]?)?\d+(?:[ -]\d+)*(?![\d\w])"
_PHONE = r"(?:mobiles?|cell|cellular|uk\smobile)(?:\sphones?)?"
_WHERE = rf"""(?:(?:if )?(?:calling|using|from|on|via)?\s*(?:an?|your|any)?\s*
    (?:(?P<mobile>{_PHONE})|(?P<landline>land\s?lines?)))|(?P<preposition>in|outside)\s+(?P<place>(?-i:[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?))"""
_ITEM = re.compile(
    rf"(?:(?P<before>landline|mobile)\s+)?[“\"‘]?(?P<number>{_DIGITS})[”\"’]?(?:(?:\s*\(|,?\s+)(?:{_WHERE})(?![\w-])\)?)?(?:\s*\((?:police\s)?hotline\))?",
    re.X | re.I,
)
_BETWEEN = re.compile(r"\s*\((?:or )?(?=\d)|\s*(?:,\s*or|,\s*and|,|/|\bor\b|\band\b|;)\s*", re.I)
_LABEL = re.compile(r"(?P<label>[^:\d]{2,70}?)\s*(?::|\s[-–])\s*(?P<rest>.*)", re.S)
_BARE = re.compile(r"(?:[Tt]elephone|[Cc]all|[Cc]al|[Dd]ial|[Pp]hone)(?:\s+(?:the\s+)?police on)?:?\s+(?P<rest>(?=[(+\d]).*)", re.S)
_SERVICES_AFTER = re.compile(r"^[\s-]*\((?P<list>[^()\d]+)\)\W*(?:or local numbers:)?$")


def lines(document: Document) -> list[Line]:
    """The page's lines below their headings."""
    found: list[Line] = []
    above: list[tuple[int, str]] = []
    for block in blocks(document):
        shown = plain_text(document.text, block.start, block.end, document.markup)
        if block.kind == "heading":
            above = [(level, words) for level, words in above if level < block.level]
            above.append((block.level, shown))
            continue
        texts = [line.strip("•  \t") for line in shown.split("\n")]
        found += [Line(tuple(words for _, words in above), text) for text in texts if text]
    return found


def numbers_at_start(text: str) -> tuple[tuple[Number, ...], str]:
    """The numbers that a text begins with, parted by commas, "or" and the like, and what follows them."""
    found: list[Number] = []
    position = 0
    while match := _ITEM.match(text, position):
        found.append(Number(_tidy(match["number"]), _where(match)))
        position = match.end()
        between = _BETWEEN.match(text, position)
        if between is None or not _ITEM.match(text, between.end()):
            break
        position = between.end()
    sizes = [len(re.sub(r"\D", "", number.written)) for number in found]
    # "22-357-09/10" abbreviates its second number: none of it is sure. No number has one digit, or 16.
    abbreviated = any(size < 3 < big - 3 for big, size in zip(sizes, sizes[1:], strict=False))
    if abbreviated or any(not 2 <= size <= 15 for size in sizes):
        return (), text
    return tuple(found), text[position:]


def services_named(label: str) -> frozenset[str] | None:
    """The services that a label names; None where any of its words is not understood."""
    words = " ".join(label.casefold().strip(" .:*").split())
    if words in _SERVICE:
        return frozenset({_SERVICE[words]})
    parts = re.split(r"\s*(?:,\s*and\b|,|/|&|\band\b|\bor\b|\+)\s*", words)
    found = {_SERVICE.get(part) for part in parts if part}
    return None if None in found or not found else frozenset(service for service in found if service)


def labelled(text: str, pending: frozenset[str] | None = None) -> tuple[frozenset[str], tuple[Number, ...]] | None:
    """What "Fire and ambulance: 118" or "Telephone: 112 (ambulance, fire, police)" says; None where not understood.

    `pending` are the services that the heading or the line above names.
    """
    text = text.strip().rstrip(".")
    match = _LABEL.fullmatch(text)
    label, rest = (match["label"], match["rest"]) if match else ("", text)
    if not match and (bare := _BARE.fullmatch(text)):
        label, rest = "telephone", bare["rest"]
    elif not match and (plain := re.fullmatch(r"(?P<label>[A-Za-z /]{4,40}?)\s+(?P<rest>(?=[(+\d]).*)", text)):
        label, rest = plain["label"], plain["rest"]
    label, where = _condition(label.strip())
    numbers, tail = numbers_at_start(re.sub(r"^(?:[Dd]ial|[Cc]all)\s+", "", rest.strip()))
    if not numbers or where is None:
        return None
    if where:
        numbers = tuple(Number(number.written, number.where or where) for number in numbers)
    after = _SERVICES_AFTER.match(tail)
    if label.casefold() in {"", "telephone", "call", "mobile", "all emergencies", "emergency numbers"}:
        if label.casefold() == "mobile":
            numbers = tuple(Number(number.written, "from a mobile phone") for number in numbers)
        services = services_named(after["list"]) if after else (None if tail.strip(" .") else pending)
        if services is None and label.casefold() == "all emergencies" and not tail.strip(" ."):
            services = frozenset({"general"})
        return (services, numbers) if services else None
    services = services_named(label)
    if services is None or (tail.strip(" .") and not re.match(r"\s*\((?:includes|toll|emergenc|for emergenc)", tail)):
        return None
    return services, numbers


def united_kingdom(document: Document) -> Iterator[Fact]:
    """"Getting help": the section "Emergency services in …" and those of the tourist police."""
    pending: frozenset[str] | None = None
    page = lines(document)
    sections = {line.headings[-1] for line in page if line.headings and _UK_SECTION.match(line.headings[-1])}
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
            yield from _facts(frozenset({"tourist police"}) if tourists else services, numbers)
            continue
        if line.text.casefold() != "or":
            pending = None
        for match in _UK_PROSE.finditer(line.text):
            numbers, _ = numbers_at_start(match["rest"])
            city = re.search(r"If you are in ([A-Z]\w+),", line.text)
            services = services_named(match["label"]) or frozenset()
            yield from _facts(services, tuple(Number(n.written, f"in {city[1]}" if city else "") for n in numbers))


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
    cities = [mention.name for mention in find_places(area, slips=False) if mention.kind == "city"]
    return f"in {cities[0]}" if cities else ""


def australia(document: Document) -> Iterator[Fact]:
    """"Local contacts": a heading a service, below it "Call 112 or go to the hospital."."""
    above: tuple[str, ...] = ()
    services: frozenset[str] | None = None
    listed = False  # whether bare numbers follow
    for line in lines(document):
        if line.headings != above:
            above, listed = line.headings, False
            heading = re.sub(r"\s*\((?:locally known as Garda|including mountain rescues)\)$", "", line.headings[-1])
            services = services_named(re.sub(r" [-–] responsible .*", "", heading))
        if not re.search(r"[\d.!?:)]", line.text) and len(line.text) < 60:
            services = services_named(line.text)  # a heading that the page did not mark as one
        if services and listed and re.fullmatch(_DIGITS, line.text):
            yield from _facts(services, (Number(line.text),))
        listed = listed or line.text == "Call any number for all emergency services:"
        for sentence in re.split(r"(?<=\w)\.\s|(?<=\))\.?\s(?=[A-Z])", line.text):
            found = _call(sentence, services) if services else None
            # "The tourist police has a hotline. To report a crime, call …": whose number it is the sentence before says.
            if found and not (sentence.startswith("To report") and "ourist" in line.text):
                yield from _facts(*found)


def ireland(document: Document) -> Iterator[Fact]:
    """The overview's "Emergency Assistance": "… emergency services in X by dialling 112", then a list of services."""
    for line in lines(document):
        if not line.headings or line.headings[-1].casefold() != "emergency assistance":
            continue
        for sentence in re.split(r"(?<=\w)\.\s", line.text):
            if general := _IE_GENERAL.search(sentence):
                yield from _general(general["rest"], "")
                continue
            if tourists := re.search(r"Tourist Police at (\d{4})\b", sentence):
                yield Fact("tourist police", (Number(tourists[1]),))
                continue
            of = re.fullmatch(r"(?P<rest>\d[\d /or]*) for (?P<label>[a-z ]+)\.?", sentence)
            found = labelled(f"{of['label']}: {of['rest']}" if of else sentence)
            if found and not re.match(r"(?:the )?embassy|visitors|contact", sentence, re.I):
                yield from _facts(*found)


_IE_GENERAL = re.compile(
    r"(?:emergency services (?:in [\w .,’'&-]{2,60}?|[A-Z]\w+ )?,? ?(?:by |\b)(?:dial(?:l?ing)?|calling)"
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
                cities = [place.name for place in find_places(match["area"] or "", slips=False) if place.kind == "city"]
                yield from _general(match["rest"], f"in {cities[0]}" if cities else "")
            elif match := re.fullmatch(r"Dial (?P<rest>\d.* for .*)", sentence.strip(" .")):
                yield from _general(match["rest"], "")
            elif match := re.search(r"call the Rescue Service by dialing (\d{3})\b", sentence):
                yield Fact("rescue", (Number(match[1]),))
            elif match := _US_DIAL.fullmatch(sentence.strip(" .")):
                numbers, tail = numbers_at_start(match["rest"])
                services = services_named(re.sub(r"\bservices?$", "", match["label"] or "").strip())
                if numbers and not tail.strip(" .") and services and "general" not in services:
                    yield from _facts(services, numbers)
            elif match := _US_LIST.fullmatch(sentence.strip(" .")):
                found = labelled(f"{match['label']}: {match['rest']}")
                if found and "general" not in found[0]:
                    yield from _facts(*found)


def canada(document: Document) -> Iterator[Fact]:
    """The few sentences of Canadian pages that give a local number."""
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
            yield Fact("general", (Number(match[1], "from a mobile phone"),))


_US_POLICE = re.compile(
    r"[Rr]eport crimes?(?:, including sexual assault,)? (?:first )?to (?:the )?(?:local )?police "
    r"(?:using the local emergency number |at the )?(?:by (?:calling|dialing)|at|\(Dial)?\s*(?P<rest>[(+“\"\d].*)"
)
_US_POLICE_TAIL = re.compile(
    r"\s*(?:$|[.,;)]|and (?:contact|the U\.?S)|and/or|emergencies|hotline|from|contact|\((?:the local|in |which|multi|connection|French|National|English))"
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
_US_LIST = re.compile(r"(?P<label>[A-Z][\w &/()-]{3,40}?)(?::| [-–]) ?(?:[Dd]ial )?(?P<rest>\(?\+?\d[\d -]*(?: or \d[\d -]*)*)")


def _general(rest: str, area: str) -> Iterator[Fact]:
    """What follows "for emergency services in X dial": one number, or a number for each service."""
    numbers, tail = numbers_at_start(rest)
    by_service = list(_FOR_SERVICE.finditer(rest))
    if by_service and by_service[0].start() == 0:
        for match in by_service:
            services = services_named(re.sub(r"^(?:the|an?) | services?$", "", match["label"].strip()))
            given, _ = numbers_at_start(match["numbers"])
            if services:
                yield from _facts(services, tuple(Number(number.written, number.where or area) for number in given))
    # Words that change the sense follow ("… dial 1669 for Emergency Medical Services"), or another number does.
    elif numbers and not _NOT_GENERAL.match(tail) and "," not in tail[:2] and not re.search(r"\d", tail):
        yield Fact("general", tuple(Number(number.written, number.where or area) for number in numbers))


_FOR_SERVICE = re.compile(rf"(?P<numbers>(?:{_DIGITS})(?: or {_DIGITS})*) ?(?:for|\() ?(?P<label>[A-Za-z ,]*[a-zA-Z])")
_NOT_GENERAL = re.compile(r"\s*(?:for|to reach|and|or|\()(?! ?\(?(?:the |local )?equivalent| ?\(?English| waiting)")


def _call(sentence: str, services: frozenset[str]) -> tuple[frozenset[str], tuple[Number, ...]] | None:
    """What a sentence below an Australian heading says; None where it is no plain "Call 112"."""
    match = _CALL.fullmatch(sentence.strip().rstrip("."))
    if match is None or re.search(r"report a crime|non-emerg|domestic", match["tail"] or ""):
        return None
    label = match["lead"] or match["service"] or match["after"]
    if label:
        named = services_named(re.sub(r"^(?:the )?(?:English-speaking )?|[A-Z][\w ]+ (?=Police Department)", "", label))
        if named is None:
            return None
        services = named
    numbers, tail = numbers_at_start(match["rest"])
    if not numbers or (tail.strip() and not _HARMLESS.fullmatch(tail)):
        return None
    region = match["region"]
    where = {None: "", "all other regions": "elsewhere"}.get(region, f"in {region}") or (
        f"in {match['city']}" if match["city"] else ""
    )
    return services, tuple(Number(number.written, number.where or where) for number in numbers)


_CALL = re.compile(
    r"(?:For emergencies, call|For criminal issues, call|To report a crime, call|(?P<lead>Police|Ambulance) [–-] Call|"
    r"Call an ambulance:|For ambulance, fire or police phone:|In (?P<region>[A-Z]\w+|all other regions), call|"
    r"(?:You can also c|C)all (?P<service>police|the tourist police) on|Call?)\s+"
    r"(?P<rest>[(+\d].*?)"
    r"(?: for (?P<after>(?:the )?(?:[Rr]egular |English-speaking )?(?:[Tt]ourist )?[Pp]olice|an ambulance|medical emergencies|"
    r"the [A-Z][\w ]+ Police Department)(?: and rescue services)?(?: in (?P<city>[A-Z]\w+))?(?P<tail>,? or .*)?)?"
)
_HARMLESS = re.compile(
    r",?\s*(?:(?:or|and) )?(?:go|visit|contact|the nearest|your nearest|ask|direct|via|at the|in an emergency|email)\b[^\d]*"
    r"|\s*\((?:English language services are only|Yangon General)[^\d]*|\s*- duty doctors[^\d]*|"
    r"\s*for Service Aide Medicale[^\d]*|\s*or:|"
    r"\s*or (?:contact )?(?:the )?[A-Z][A-Za-z ]+ (?:on|at) [(+\d].*"
)


def _facts(services: frozenset[str], numbers: tuple[Number, ...]) -> Iterator[Fact]:
    if services >= ALL_THREE:
        services = services | {"general"}
    for service in SERVICES:
        if service in services:
            yield Fact(service, numbers)


def _condition(label: str) -> tuple[str, str | None]:
    """A label without what stands in brackets, and where its numbers then hold; None where that is not understood."""
    match = re.fullmatch(r"(.*?)\s*\(([^()]*)\)\s*", label)
    if city := re.fullmatch(r"(.*?) in ([A-Z]\w+)", label):
        return city[1], f"in {city[2]}"
    if city := re.fullmatch(r"([A-Z][a-z]+) (Tourist Police)", label):
        return city[2], f"in {city[1]}"
    if mobile := re.fullmatch(r"(.*?) from (?:a )?mobiles?(?: phone)?", label):
        return mobile[1], "from a mobile phone"
    if match is None:
        return label, ""
    inner = match[2].casefold()
    if inner in {"good english language skills", "locally known as garda", "politsia", "‘gendarmerie’", "military police"}:
        return match[1], ""
    if "mobile" in inner:
        return match[1], "from a mobile phone"
    if "landline" in inner:
        return match[1], "from a landline"
    if place := re.fullmatch(r"(?:in )?([A-Z]\w+(?: [A-Z]\w+)?)", match[2]):
        return match[1], f"in {place[1]}"
    if inner == "when in towns and cities":
        return match[1], "in towns and cities"
    if inner == "when in rural areas and small villages":
        return match[1], "in rural areas"
    return match[1], None


def _where(match: re.Match[str]) -> str:
    if match["mobile"] or (match["before"] or "").casefold() == "mobile":
        return "from a mobile phone"
    if match["landline"] or (match["before"] or "").casefold() == "landline":
        return "from a landline"
    return f"{match['preposition'].lower()} {match['place']}" if match["place"] else ""


def _tidy(number: str) -> str:
    return " ".join(number.split())
