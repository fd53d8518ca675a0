"""Words of a question that are not its subject, left out of what is searched for: no page has them.

A tag at the end asks in a word what a sentence would ("tuk tuk in Colombo, wise?"), a lead at the beginning asks to be
told ("What do governments say about"), and an activity tells why one asks ("Which vaccinations for a safari?").
"""

from __future__ import annotations

import re

_JUDGED = r"(?:an? )?(?:wise|sensible|smart|advisable|safe|ok(?:ay)?|(?:good|bad|stupid|silly|terrible) idea)"
_TAG = re.compile(
    rf"(?:\s*[,;–—]\s*{_JUDGED}(?: or not)?|,?\s+(?:yes or no|y/n|yes/no)|(?<!\bgo)(?<!\bsafe),?\s+or not)\W*$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\W*(?:(?:and|or|but|so|then|ok|please|hi|hello|hey)\b\W*)*"
    r"(?:what|which|who|whom|whose|where|when|why|how|is|are|was|were|am|do|does|did|has|have|can|could|may|might|must|"
    r"shall|should|will|would|any|tell|is\s?n['’]t|are\s?n['’]t|don['’]t|doesn['’]t|can['’]t)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\W*(?:and|or|but|so|then)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"\b(?:i|we|he|she|they|it|you)(?:['’]\w+)?\b|[.?!]\s", re.IGNORECASE)

_ENTRY_OR_JABS = re.compile(r"\b(?:vaccin\w+|immuni[sz]ations?|jabs?|visas?)\b", re.IGNORECASE)
_MORE_ASKED = re.compile(
    r"\b(?:safe\w*|danger\w*|risk\w*|permits?|guides?|insur\w*|allowed|legal|where|and (?:is|are|do|can|what|how))\b",
    re.IGNORECASE,
)
_ACTIVITY = re.compile(
    r"\b(?:(?:for|to|to go|going|on|while|before|when|we|i)\s+)?(?:(?:a|an|our|my|the)\s+)?"
    r"\b(?:(?:scuba |jungle |gorillas? |chimp\w* |mountain )*(?:trek(?:s|king)?|hik(?:es?|ing)|safaris?|game drives?|"
    r"surf(?:ing)?|div(?:e|ing)|snorkel(?:l?ing)?|paraglid(?:e|ing)|kayak(?:ing)?|rafting|climbing|skiing)|gorillas)\b",
    re.IGNORECASE,
)

_ASKING = re.compile(
    r"^\W*(?:what (?:do|does|did) (?:the |each |all |other )*(?:\w+ )?(?:governments?|sources?|advice|countries) "
    r"(?:say|advise|write|warn)(?: travell?ers)?(?: about| on| of)?|tell me about|can you tell me|please)\b",
    re.IGNORECASE,
)
_ASKING_THEM = re.compile(
    rf"{_ASKING.pattern}|"
    r"^\W*what (?:do|does|did|has|have) (?:[\w.,’'&]+ ){1,12}?(?:say|said|advised?|write|warn|recommend)"
    r"(?: travell?ers)?(?: about| on| of)?\b|"
    r"^\W*compare (?:[\w.,’'&]+ ){1,12}?advice (?:about|on|of|for)\b",
    re.IGNORECASE,
)


def without_tag(words: str, *, goes_on: bool = False) -> str:
    """The question without its tag; a mere thing is asked about as in "is … safe?".

    `goes_on`: earlier turns tell what is asked of a mere thing.
    """
    tag = _TAG.search(words)
    rest = words[: tag.start()].rstrip() if tag else ""
    if not re.search(r"\w", rest):
        return words
    if goes_on or _ASKS.match(rest) or _GOES_ON.match(rest):
        return f"{rest}?"
    return f"{rest}, is it safe?" if _SENTENCE.search(rest) else f"is {rest} safe?"


def without_lead(words: str, *, several: bool) -> str:
    """The question without "what does the advice say about"; of `several` governments, also without their names."""
    return (_ASKING_THEM if several else _ASKING).sub("", words).strip()


def without_activities(words: str) -> str:
    """A question on vaccinations or visas without what the traveller will do there; any other as it stands."""
    if not _ENTRY_OR_JABS.search(words) or _MORE_ASKED.search(words):
        return words
    return re.sub(r"\s{2,}", " ", _ACTIVITY.sub(" ", words)).strip()
