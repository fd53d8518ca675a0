"""Whose passport does the traveller hold, and whose embassy is asked for?"""

from __future__ import annotations

import re

from assistant.understanding.namewords import follows, leads
from index.places import Mention, find_places


def embassy_of(words: str) -> str | None:
    """The country whose embassy is asked for: "the US embassy in Lima"."""
    mentions = find_places(words, slips=False)
    named = [m.codes[0] for m in mentions if names_embassy(words, m)]
    if not named and re.search(r"consul|embass", words, re.IGNORECASE):  # "an Australian in a consular emergency"
        named = [m.codes[0] for m in mentions if m.kind == "demonym"]
    return named[0] if named else None


def names_embassy(words: str, mention: Mention) -> bool:
    """Whether a name says whose embassy: "the US embassy", "the embassy of Ireland", not "the Irish one for Fiji"."""
    if mention.kind not in ("country", "demonym"):
        return False
    if follows("embassy", words, mention):
        return True
    before = find_places(words[: mention.start], slips=False)[-1:]
    return leads("embassy", words, mention) and not any(follows("embassy", words, m) for m in before)


def nationality(words: str) -> str | None:
    """The country whose passport the traveller holds, where the words say so: "I'm Canadian", "for Irish citizens"."""
    mentions = [m for m in find_places(words, slips=False) if m.kind in ("country", "demonym") and len(m.codes) == 1]
    own = [m for m in mentions if is_own(words, m)]
    return own[0].codes[0] if own else None


def is_own(words: str, mention: Mention) -> bool:
    """Whether a name says what the traveller is."""
    if leads("home", words, mention) or leads("holder", words, mention) or follows("papers", words, mention):
        return True
    if mention.kind != "demonym":
        return False
    if follows("holder", words, mention) or follows("here", words, mention):
        return True
    plural = re.search(r"[^s]s$", words[: mention.end]) is not None  # "Indians", not "Swiss"
    told = leads("for", words, mention) and (plural or follows("people", words, mention))
    asked = leads("asking", words, mention) and (plural or follows("verb", words, mention))
    return told or asked or leads("self", words, mention)
