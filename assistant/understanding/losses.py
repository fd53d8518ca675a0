"""A traveller who tells of a loss or a theft says what happened ("they took my passport too"); pages word it as below.

Telling is not asking: "can I fly home if my passport is stolen?" is searched for in its own words. A lost suitcase is
the airline's matter, a stolen one the police's.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_LOST_PASSPORT = "if your passport is lost or stolen, report it and get an emergency travel document"
_THEFT = "report a theft to the local police, get a police report"


class _Words(NamedTuple):
    """A language's words: stolen, lost, and what is lost or stolen. `carried`: what nobody but oneself loses."""

    stolen: str
    lost: str
    passport: str
    carried: str
    other: str = "(?!)"


_WHOSE = r"(?:my|our|his|her) (?:\w+(?:['’]s)? ){0,3}?(?:\w+ and )?"
_TELLS = {
    "en": _Words(
        r"took|taken|stole|stolen|snatched|grabbed|nicked|robbed|pinched|swiped|cloned|skimmed",
        r"lost|gone|missing|disappeared|can(?:no|['’])?t find",
        r"(?:my|our|his|her) (?:\w+ )?(?:\w+ and )?passports?|(?:took|stole|grabbed|snatched|lost) (?:the )?passports?",
        rf"{_WHOSE}(?:cards?|wallet|purse|phones?|mobile|iphone|backpack|rucksack|handbag|laptop|camera|tablet|ipad)"
        r"|(?:credit|bank|debit) cards?",
        rf"{_WHOSE}(?:bags?|daypack|money|cash|things|stuff|belongings|valuables|jewell?ery|watch|keys|luggage|suitcases?"
        r"|cars?|scooter|motorbike|bikes?|bicycle)|everything",
    ),
    "es": _Words(
        r"rob(?:aron|ad[oa]s?|ó)|quit(?:aron|ado|ó)|llev(?:aron|ado|ó)|hurt(?:aron|ad[oa]s?)",
        r"perd(?:[ií]|imos|id[oa]s?|ió)|desapareci\w+|extravi\w+",
        r"pasaportes?",
        r"tarjetas?|cartera|billetera|m[oó]vil|celular|tel[eé]fono|mochila|c[aá]mara|port[aá]til",
        r"bols[ao]s?|dinero|cosas|equipaje|maletas?|coche|carro|moto|bici\w*|todo",
    ),
    "fr": _Words(
        r"vol[ée]e?s?|pris\w*",
        r"perdu\w*|disparu\w*",
        r"passeports?",
        r"cartes?|portefeuille|t[ée]l[ée]phone|portable|sac [àa] (?:dos|main)|appareil photo|ordinateur",
        r"sacs?|argent|affaires|bagages?|valises?|voiture|scooter|moto|v[ée]lo",
    ),
    "de": _Words(
        r"gestohlen|geklaut|geraubt",
        r"verloren|(?:ist|sind) (?:\w+ )?weg|verschwunden",
        r"(?:reise)?pass|(?:reise)?pässe",
        r"\w*karten?|portemonnaie|geldbeutel|geldbörse|brieftasche|handy|telefon|\w*rucksack|handtasche|kamera|laptop",
        r"\w*taschen?|geld|sachen|gepäck|\w*koffer|\w*auto|roller|motorrad|fahrrad",
    ),
    "pt": _Words(
        r"roub(?:aram|ad[oa]s?|ou)|lev(?:aram|ou)|furt(?:aram|ad[oa]s?|ou)",
        r"perd(?:i|emos|id[oa]s?|eu)|sumiu",
        r"passaportes?",
        r"cart(?:ão|ões)|carteira|celular|telem[óo]vel|telefone|mochila|c[âa]mera|computador",
        r"bolsas?|dinheiro|coisas|bagage[nm]s?|malas?|carro|moto|bicicleta|tudo",
    ),
    "it": _Words(
        r"rubat\w+|rapinat\w+|scippat\w+",
        r"pers[oaei]|smarrit\w+|sparit\w+",
        r"passaport[oi]",
        r"cart[ae]|portafogli\w?|telefono|cellulare|zaino|fotocamera",
        r"bors[ae]|borsett[ae]|soldi|cose|bagagli\w?|valigi[ae]|macchina|auto|scooter|moto|bici\w*|tutto",
    ),
    "ru": _Words(
        r"украл\w*|украден\w*|забрал\w*|вытащил\w*|стащил\w*|отобрал\w*",
        r"потерял\w*|потерян\w*|пропал\w*",
        r"паспорт\w*",
        r"карт[уаы]|карточк\w+|кошел\w+|бумажник\w*|телефон\w*|рюкзак\w*|фотоаппарат\w*",
        r"сумк\w+|сумочк\w+|деньги|вещи|багаж|чемодан\w*|машин\w+|скутер\w*",
    ),
}


def _told(what: str, became: str) -> str:
    return rf"\b(?:{became})\b.{{0,40}}\b(?:{what})\b|\b(?:{what})\b.{{0,30}}\b(?:{became})\b"


def _any(of: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(of), re.IGNORECASE)


_PASSPORT_TOLD = _any([_told(w.passport, f"{w.stolen}|{w.lost}") for w in _TELLS.values()])
_THEFT_TOLD = _any(
    [
        *(_told(w.carried, f"{w.stolen}|{w.lost}") for w in _TELLS.values()),
        *(_told(w.other, w.stolen) for w in _TELLS.values()),
        r"\b(?:was|were|got|been|just) (?:\w+ )?(?:pick ?pocketed|burgled)\b",
    ]
)
_KEPT = re.compile(  # by somebody with a right to it, or who says so
    r"\b(?:police\w*|officers?|hotel|reception\w*|border|immigration|customs|employer|boss|landlord|embassy|airline|atm)\b"
    r".{0,30}\b(?:took|taken|kept|has|lost)\b|\b(?:airline|airport|flight|plane)\b.{0,30}\b(?:luggage|suitcase|bags?)\b|"
    r"\b(?:i|we)(?:['’]ve| have)?(?: \w+)? (?:took|taken|grabbed)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(  # or supposed, or feared
    r"\b(?:if|in case|when|can i|could|may|might|will|would|how|do i need|(?<!what )should|"
    r"(?:be|get|gets|being) (?:stolen|taken|lost|robbed)|si|wenn|falls|se(?! (?:me|nos|le)\b)|если|comment|cómo|como|"
    r"come|wie|как)\b",
    re.IGNORECASE,
)
_WHAT_TO_DO = re.compile(r"\bwhat (?:(?:do|can|should|shall|must) (?:i|we) do|to do|now)\b", re.IGNORECASE)
_ASKS_ELSE = re.compile(  # something of its own, or of long ago
    r"(?:^|[.!?,;] *|\b(?:and|but) )(?:are|is|was|does|do|did|can|has|have|where|which|why|whose|who|what|any)\b|"
    r"\b(?:19|20)\d\d\b|\bago\b|\blast (?:year|month|summer|winter|time)\b",
    re.IGNORECASE,
)


def lost_passport(words: str) -> str:
    """The words to search with where a traveller tells that a passport is lost; "" where nobody does."""
    return _LOST_PASSPORT if _is_told(_PASSPORT_TOLD, words) else ""


def theft(words: str) -> str:
    """The words to search with where a traveller tells of a theft, or of a lost card, wallet or phone; "" else."""
    asks_else = _ASKS_ELSE.search(_WHAT_TO_DO.sub("", words))
    return _THEFT if _is_told(_THEFT_TOLD, words) and not asks_else else ""


def _is_told(told: re.Pattern[str], words: str) -> bool:
    return told.search(words) is not None and not _KEPT.search(words) and not _ASKED.search(words)
