"""Words into Markdown, so that no document's words turn into a link, a heading or a list by accident or by design."""

from __future__ import annotations

import re

# Signs that mean something anywhere in a line. An underscore inside a word means nothing; a plus before a telephone
# number neither, which is why the rules for the start of a line are narrow.
_ANYWHERE = re.compile(r"[\\`*\[\]<|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w{1,31};)")
_AT_START = re.compile(r"[#+](?=#*(?:\s|$))|-(?=[-\s:|]|$)|[=~>:]")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|$)")
_SPACE = re.compile(r"[\x00-\x20\x7f]+")  # control characters included: nobody sees them


def markdown_escaped(words: str, *, begins_line: bool = True) -> str:
    """`words` with white space run together, such that Markdown shows them as they are."""
    text = _ANYWHERE.sub(r"\\\g<0>", _SPACE.sub(" ", words))
    if not begins_line:
        return text
    lead = len(text) - len(text.lstrip(" "))
    start = text[lead:]
    if _AT_START.match(start):
        start = "\\" + start
    else:
        start = _NUMBERED.sub(r"\1\\\2", start, count=1) if _NUMBERED.match(start) else start
    return text[:lead] + start
