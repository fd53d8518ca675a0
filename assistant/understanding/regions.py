"""Names of regions: those that share a word, "North and South Kivu", and those that no table of places holds."""

from __future__ import annotations

import re

from index.placenames import fold, is_word
from index.places import find_places

_PART = r"(?i:(?:(?:north|south)-?(?:east|west)?|east|west)(?:ern)?|central|upper|lower)"
_EACH = re.compile(rf"\b{_PART}\b")
_SEVERAL = re.compile(rf"\b((?:{_PART}(?:,? (?:and|or|&) |, |/))+)({_PART})((?: [A-Z][\w’'-]+){{1,3}})")
_REGION = r"(?i:departments?|dept|provinces?|districts?|states?|regions?|governorates?|oblasts?|prefectures?|county)"
_NAME = (
    r"(?!(?:Is|Are|Was|Does|Do|Can|Should|How|And|The|In|For)\b)"
    r"[A-Z][\w’'-]+(?: (?:(?:a|de|del|la|al|and) )*[A-Z][\w’'-]+){0,3}"
)
_NAMED = (
    re.compile(rf"(?P<name>\b{_NAME}) {_REGION}\b"),
    re.compile(rf"\b{_REGION} of (?P<name>{_NAME})"),
    re.compile(rf"(?P<name>\b[a-z][\w’'-]{{3,}}) {_REGION}\b"),
)
_NO_NAME = re.compile(
    rf"(?:(?:the|{_PART}|state|federal|foreign|interior|border|tribal|autonomous|capital|coastal|home|health|justice)"
    r"\b ?)+",
    re.IGNORECASE,
)


def each_named(words: str) -> str:
    """The same words with each of several regions by its whole name: "North and South Kivu" is also North Kivu."""
    return _SEVERAL.sub(lambda m: ", ".join(f"{part}{m[3]}" for part in _EACH.findall(m[1] + m[2])), words)


def unlisted_regions(words: str) -> tuple[str, ...]:
    """Names that stand as a region's, "Colon department", and are in no table; of small letters no English word."""
    if words.isupper():
        return ()
    known = [(m.start, m.end) for m in find_places(words, slips=False)]
    found = [m for pattern in _NAMED for m in pattern.finditer(words)]
    return tuple(
        dict.fromkeys(
            m["name"]
            for m in found
            if not any(start < m.end("name") and m.start("name") < end for start, end in known)
            and not _NO_NAME.fullmatch(m["name"])
            and not (_may_be_no_name(words, m) and all(map(is_word, fold(m["name"]).split())))
        )
    )


def _may_be_no_name(words: str, found: re.Match[str]) -> bool:
    """Whether no capital letter tells a name: in small letters, or where the words begin."""
    return found["name"].islower() or not re.search(r"\w", words[: found.start("name")])
