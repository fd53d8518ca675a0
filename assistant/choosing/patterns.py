"""Patterns that several modules look for: the end of a sentence, the months, what money is called in each country."""

from __future__ import annotations

import re

from assistant.understanding.patterns import any_of

SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"

# As patterns, for words in any case.
_SHARED = "euros? dollars? pounds? cents? usd eur gbp"  # of several countries, or of the traveller's own
_OF_ONE_COUNTRY = (
    "francs? pesos? rupees? rupiah ringgit riyals? rials? dinars? dirhams? shillings? "
    "kron(?:or|er|ur|a|e) koruna yen yuan renminbi won baht dong reais rand lira le[kiuv] leva zloty forints? roubles? "
    "rubles? hryvnias? tenge som soum somoni manats? lari drams? tugriks? kyats? kip riels? taka afghanis? birr naira "
    "nakfa cedis? kwanzas? kwacha pula leones? dalasis? ariary metica(?:l|is) guaran[ií]e?s? soles bol[ií]vares "
    "quetzals? lempiras? c[oó]rdobas? colones balboas? gourdes? vatu kina tala pa['’]anga ngultrum shekels? patacas? "
    "denars? cfa fcfa"
)
OWN_CURRENCIES = "|".join(_OF_ONE_COUNTRY.split())
CURRENCIES = "|".join((*_SHARED.split(), OWN_CURRENCIES))

# What stands on the page of every country, and tells of the page and its map rather than of the place; links as the
# documents have them.
_LINKED = r"\]?(?:\([^)\n]*\))?"
OF_THE_PAGE = any_of(
    r"\b(?:this|in (?:this|the)) map\b[^.\n]*(?:\bsolely intended|\bdo not|\bconstitute|\brepresent)",
    r"\btakes precedence over (?:this|the) map\b",
    rf"\bentry requirements{_LINKED} may not reflect\b",
    rf"\bcontact the nearest \[?(?:diplomatic|consular)[^\n.\]]*{_LINKED} of the destination",
    r"\bverify this information with the\b",
    r"\bobtained the information on this page\b",
    r"\byou should also read \[?(?:the )?(?:FCDO|our)\b",
    r"\bcannot provide tailored advice\b|\bread this travel advice and carry out your own research\b",
    r"\bread all the advice in this guide\b|\bemail notifications when this\b",
)
