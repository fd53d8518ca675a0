"""What one will do there, beside what is asked: no page says which vaccinations or visa a trek or a safari needs."""

from __future__ import annotations

import re

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


def without_activities(words: str) -> str:
    """A question on vaccinations or visas without what the traveller will do there; any other as it stands."""
    if not _ENTRY_OR_JABS.search(words) or _MORE_ASKED.search(words):
        return words
    return re.sub(r"\s{2,}", " ", _ACTIVITY.sub(" ", words)).strip()
