"""A tag at the end of a question, which asks in a word what a sentence would: "tuk tuk in Colombo, wise?".

Its words are no subject, and no page has them: beside a sentence that asks already they are left out ("do I need a
visa, yes or no"), and a mere thing is asked about as in "is … safe?".
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


def without_tag(words: str, *, goes_on: bool = False) -> str:
    """The question without its tag. `goes_on`: earlier turns tell what is asked of a mere thing."""
    tag = _TAG.search(words)
    rest = words[: tag.start()].rstrip() if tag else ""
    if not re.search(r"\w", rest):
        return words
    if goes_on or _ASKS.match(rest) or _GOES_ON.match(rest):
        return f"{rest}?"
    return f"{rest}, is it safe?" if _SENTENCE.search(rest) else f"is {rest} safe?"
