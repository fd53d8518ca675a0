"""Which of the quotes are shown, and in what order: the best first, but values of one fact newest first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from assistant.choosing.bans import holds_ban
from assistant.choosing.leading import fitted
from assistant.choosing.limits import newest_limit_first
from assistant.choosing.numbers import SHORT_CODE, phone_numbers
from assistant.choosing.quotes import Quote, distinct, newest_first, one_each
from assistant.choosing.vaccinations import asks_vaccinations, most_needed_first
from assistant.understanding.emergency_words import EMERGENCY_SERVICES
from assistant.understanding.question import Question
from assistant.understanding.regions import each_named
from assistant.understanding.services import EMERGENCY, SERVICES
from assistant.understanding.wanted import Wanted
from index.placenames import fold
from index.places import find_places
from index.readers.archive_metadata import PUBLISHERS

GOVERNMENTS = {
    code: PUBLISHERS[folder].name
    for code, folder in {
        "AU": "australia",
        "CA": "canada",
        "IE": "ireland",
        "GB": "unitedkingdom",
        "US": "unitedstates",
    }.items()
}
MOST_QUOTES = 5
_FIRE = next(service for service in SERVICES if service.key == "fire")
_NONE = re.compile(r"\b(?:no|not have an?) (?:\w+ ){0,3}(?:numbers?|services?)\b", re.IGNORECASE)
_ONE_CASE = re.compile(
    r"\b(?:accidents?|driv(?:e|ing)|road|traffic|fake|genuine|corruption|identity|scam\w*|drugs?|terror\w*)\b",
    re.I,
)
_FIRE_SEEN = re.compile(r"\b(?:wild ?|bush ?|forest )fires?\b|\b(?:a|any) fire\b(?! (?:brigade|service|dep))", re.I)
_BURNS = re.compile(
    r"fire|flame|smok|burn|blaze|fuego|incend|llamas|\bfeu|feuer|brand|brenn|fogo|chamas|пожар|огон|горит|дым", re.I
)
_LOCAL_SERVICES = re.compile(r"\bemergency (?:services|numbers?|line)\b", re.IGNORECASE)
_OF_HELP = re.compile(
    r"crime|victim|medical|health|facilit|hospital|help|contact|assist|resource|rescue|mountain", re.I
)
_FIRST_SENTENCE = re.compile(r".*?(?:\.(?!\S)|\n|$)")
_EMBASSY = re.compile(r"\b(?:embassy|high commission)\b", re.IGNORECASE)
_HONORARY = re.compile(r"\bhonorary\b", re.IGNORECASE)
_FOR_ALL = re.compile(r"\bemergenc|\blocal contacts|\bgetting help", re.IGNORECASE)
_NATIONS = {
    "AU": r"Australians?",
    "CA": r"Canadians?|Canada",
    "IE": r"Irish|Ireland",
    "GB": r"British|UK",
    "US": r"U\.?S\.?|Americans?",
}
_OF_NATION = {  # "contact the U.S. embassy", "your UK driving licence"
    code: re.compile(
        rf"\b(?:{words})(?![\w-])[^.\n]{{0,30}}\b(?i:embass|consul|high commission|citizens?|nationals?|victims?|"
        r"passport|(?:driv\w+ )?licen[cs]e|Medicare|government (?:employees|personnel|staff))"
    )
    for code, words in _NATIONS.items()
}
_WE_CAN = re.compile(r"^\W*we can(?:not|['’]t)?\b|\btell the \w+ government\b", re.IGNORECASE | re.MULTILINE)  # its own
# What a traveller's own government says of these is worth more than another's.
_BY_NATION = re.compile(
    r"\b(?:visas?|passports?|consul\w*|embass\w*|licen[cs]es?|driv\w+ permits?|insurance|medicare|ehic|ghic|"
    r"evacuat\w+|citizenship|dual|conscript\w*|military service|my government|my country)\b",
    re.IGNORECASE,
)
_AT_PRESENT = re.compile(
    r"\b(?:still|right now|now|currently|current|at the moment|today|these days|latest|any ?more|recent(?:ly)?|"
    r"at present|open|closed|reopened)\b",
    re.IGNORECASE,
)
_OLD_NEWS = 180  # days by which a page is older than the newest: it may no longer tell what holds at present
_HEARD = 0.06  # of a quote's score, for each better quote of the same publisher
_NEAR = 0.2  # of the best score: further quotes within it are shown
_NEAR_GOVERNMENT = 0.35  # the same where each government is to be heard
_MOST_NUMBERS = 40  # looked at
_NEAR_NUMBER = 0.6  # the same where all hold the number asked for, so that no newer one is left out


def arrange(question: Question, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """The quotes to show: the best ones that hold what was asked; values of one fact newest first, ours last."""
    if not quotes:
        return ()
    holding = [q for q in quotes if q.holds_kind] if quotes[0].holds_kind else list(quotes)
    if question.wanted is Wanted.PHONE:
        return tuple(_numbers(question, holding))
    everyone = question.each_government or question.entry_rules or question.embassy_address
    best = max(q.score + q.lost for q in holding)  # what only points elsewhere makes the others no better
    floor = min(holding[0].score, best - (_NEAR_GOVERNMENT if everyone else _NEAR))
    holding = fitted(question, holding)
    far = min(floor, best - _NEAR_GOVERNMENT)  # as near as that will do for what is fit to come first
    near = distinct([q for q in holding if q.worth >= (far if q.fit > 0 else floor)], 8 * MOST_QUOTES)
    if question.embassy_address:
        near = _offices(question, near)
    if everyone:
        if holding[0].of_visa:  # where asked, how plainly it tells counts for more than how near it is in meaning
            near = sorted(holding, key=lambda q: -q.of_visa)
        return tuple(_own_first(question, one_each(near, lambda q: q.document.publisher)))[:MOST_QUOTES]
    varied = _varied(near)
    if asks_vaccinations(question):
        varied = most_needed_first(varied)
    return tuple(newest_limit_first(question, _those_meant_first(question, varied)[:MOST_QUOTES]))


def most_urgent_first(question: Question, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Those that give the number of the first of several services, or one for all, before those of the others alone."""
    first, *others = question.services or (_FIRE,)

    def of_others(quote: Quote) -> bool:
        words = "\n".join((*quote.heading_words[-1:], quote.shown))
        return not first.named.search(words) and any(service.named.search(words) for service in others)

    return tuple(sorted(quotes, key=of_others))


def _numbers(question: Question, holding: Sequence[Quote]) -> list[Quote]:
    """One quote with a number of each page, of the service or office that is asked for where it has one.

    They are ordered by how well their numbers serve whoever asks, those that serve as well newest first.
    """

    def chosen_first(quote: Quote) -> tuple[bool, ...]:
        return _second_choice(question, quote), _office_elsewhere(question, quote), _fire_alone(question, quote)

    def shown_first(quote: Quote) -> tuple[int, ...]:
        return (
            _second_choice(question, quote),
            _lesser_office(question, quote),
            _fire_alone(question, quote),
            _far_from_dialled(question, quote),
            _for_one_case(question, quote),
        )

    floor = holding[0].score - _NEAR_NUMBER
    near = sorted(distinct([q for q in holding if q.score >= floor], _MOST_NUMBERS), key=chosen_first)
    each = one_each(_in_general(question, near), lambda q: q.document.key)[:MOST_QUOTES]
    return sorted((_under_its_subject(question, quote) for quote in newest_first(each)), key=shown_first)


def _under_its_subject(question: Question, quote: Quote) -> Quote:
    """ "For emergency services in Namibia, dial …" without the heading before it where that is of something else.

    A page often goes on from its last subject, "HIV/AIDS" or "COVID-19 Vaccines", to what has no heading.
    """
    *above, last = quote.heading_words or ("",)
    if not above or len(quote.headings) != len(quote.heading_words):
        return quote
    here = set(question.places)
    begins = _FIRST_SENTENCE.match(quote.shown)
    sentence = begins.group() if begins else ""
    itself = _LOCAL_SERVICES.search(sentence) and phone_numbers(sentence, next(iter(question.places), None))
    named = itself and any(here & {*m.codes} for m in find_places(sentence, slips=False))
    fits = any(p.search(last) for p in (EMERGENCY, _OF_HELP, *(s.named for s in SERVICES))) or find_places(last)
    if fits or not named:
        return quote
    return replace(quote, headings=quote.headings[:-1], heading_words=quote.heading_words[:-1])


def _in_general(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """Without those that give a number for one case alone, such as an accident, where others give the same number."""
    region = question.places[0] if question.places else None
    read = [(q, {n.digits for n in phone_numbers(q.shown, region)}, _for_one_case(question, q)) for q in quotes]
    general = set[str]().union(*(numbers for _, numbers, special in read if not special))
    return [quote for quote, numbers, special in read if not (special and numbers <= general)]


def _for_one_case(question: Question, quote: Quote) -> bool:
    """Whether a quote speaks of one case that is not asked about."""
    headings = "\n".join(quote.heading_words[-2:])
    if _FIRE_SEEN.search(quote.shown) and not _BURNS.search(question.standalone):
        return True
    if _ONE_CASE.search(question.standalone) or _FOR_ALL.search(headings):
        return False
    return _ONE_CASE.search(f"{headings}\n{quote.shown}") is not None


def _offices(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """Embassies before lesser offices, those in the country before those abroad; each publisher's newest page first."""
    publishers = list(dict.fromkeys(q.document.publisher for q in quotes))
    ordered = quotes if question.finer_places else newest_first(quotes)  # of a town's offices the nearest
    return sorted(
        ordered,
        key=lambda q: (_lesser_office(question, q), _is_abroad(question, q), publishers.index(q.document.publisher)),
    )


def _is_abroad(question: Question, quote: Quote) -> bool:
    """Whether an office's address names other countries and not the one that is asked about."""
    named = {code for mention in find_places(quote.shown, slips=False) for code in mention.codes}
    return bool(named) and named.isdisjoint(question.places)


def _lesser_office(question: Question, quote: Quote) -> int:
    """0 for an embassy where one is asked for, 1 for a consulate then, 2 for an honorary consul, who helps least."""
    named = "\n".join((quote.shown, *quote.heading_words[-1:]))
    if _HONORARY.search(named):
        return 2
    return int(_EMBASSY.search(question.standalone) is not None and not _EMBASSY.search(named))


def _office_elsewhere(question: Question, quote: Quote) -> bool:
    """Whether neither it nor its heading names the town that an embassy or a consulate is asked for in."""
    words = fold("\n".join((quote.shown, *quote.heading_words[-1:])))
    consular = any(service.key == "consular" for service in question.services)
    return consular and bool(question.finer_places) and not any(fold(town) in words for town in question.finer_places)


def _far_from_dialled(question: Question, quote: Quote) -> int:
    """0 for a short code where a local emergency number is asked for, 1 for any other number, 2 where there is none."""
    found = phone_numbers(quote.shown, question.places[0] if question.places else None)
    if not found or _NONE.search(quote.shown):  # "There is no number such as 999"
        return 2
    local = all(service.key in EMERGENCY_SERVICES for service in question.services)
    return int(local and min(len(number.digits) for number in found) > SHORT_CODE)


def _second_choice(question: Question, quote: Quote) -> bool:
    """Whether it is not the consulate's where that is asked for before the police."""
    words = "\n".join((quote.shown, *quote.heading_words[-1:]))
    consulate_first = [service.key for service in question.services] == ["consular", "police"]
    return consulate_first and not question.services[0].named.search(words)


def _fire_alone(question: Question, quote: Quote) -> bool:
    """Whether it is the fire brigade's alone where nobody is named: most who need help need another."""
    words = "\n".join((quote.shown, *quote.heading_words[-1:]))
    others = any(s.named.search(words) for s in SERVICES if s.local_emergency and s.key != "fire")
    return not question.services and _FIRE.named.search(words) is not None and not others


def _own_first(question: Question, quotes: Sequence[Quote]) -> list[Quote]:
    """The traveller's own government before the others: rules of entry depend on the passport."""
    own = GOVERNMENTS.get(question.nationality or "")
    return sorted(quotes, key=lambda q: q.document.publisher != own)


def _those_meant_first(question: Question, quotes: list[Quote]) -> list[Quote]:
    """The newer pages first where it is asked what holds at present; the traveller's own government's where it matters.

    What is told to another country's citizens alone comes last.
    """
    newest = max((quote.day for quote in quotes), default=0)
    own = GOVERNMENTS.get(question.nationality or "")
    matters = own is not None and _BY_NATION.search(question.standalone) is not None
    at_present = question.when is None and _AT_PRESENT.search(question.standalone) is not None

    def behind(quote: Quote) -> tuple[bool, ...]:
        others = question.nationality is not None and _for_others(question.nationality, quote)
        allowed = not holds_ban(question.search_words, quote.shown, quote.heading_words)  # else no figure matters
        return (
            others,
            allowed,
            at_present and newest - quote.day > _OLD_NEWS,
            matters and quote.document.publisher != own,
        )

    return sorted(quotes, key=behind)


def _for_others(nationality: str, quote: Quote) -> bool:
    """Whether a quote speaks of the embassy or the citizens of another country, and not of the traveller's."""
    named = {code for code, words in _OF_NATION.items() if words.search(quote.shown)}
    if not named and _WE_CAN.search("\n".join((*quote.heading_words[-1:], quote.shown))):
        named = {code for code, publisher in GOVERNMENTS.items() if publisher == quote.document.publisher}
    return bool(named) and nationality not in named


def _varied(quotes: Sequence[Quote]) -> list[Quote]:
    """Best first, but each further quote of one publisher comes a little later: others are heard as well."""
    heard: Counter[str] = Counter()
    scores = []
    for quote in quotes:
        scores.append(quote.worth - _HEARD * heard[quote.document.publisher])
        heard[quote.document.publisher] += 1
    return [quotes[i] for i in sorted(range(len(quotes)), key=lambda i: -scores[i])]


def names(quote: Quote, place: str) -> bool:
    """Whether a quote, its headings or its document's title name a place; a title of several towns is of none."""
    folded, title = fold(place), quote.document.title
    towns = {mention.name for mention in find_places(title, slips=False) if mention.kind == "city"}
    texts = (quote.shown, title if len(towns) < 2 else "", *quote.heading_words)
    return any(folded in fold(each_named(words)) for words in texts)
