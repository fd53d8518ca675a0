"""Places named by mistake and put right in the same breath: "Nairobi, sorry, I mean Johannesburg"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from index.placenames import fold, is_word
from index.places import Mention, find_places


class _Correction(NamedTuple):
    """The mistake and the words that take it back stand at `[start:end]`; `instead` is what belongs there."""

    start: int
    end: int
    mistaken: tuple[Mention, ...]
    instead: str = ""


_MARK = r"[,.;:?!–—…-]"
_HESITATION = r"(?:wait|er+m?|uh+m?|um+)"
_SORRY = (
    r"(?:sorry|oops|correction|typo|my (?:mistake|bad)|wrong (?:country|place|city)(?:\W+i (?:need|mean|want))?"
    r"|(?:hang|hold) on)"
)
_SURE = r"(?:i mean|i meant|no,? wait|wait,? no|or rather|scrap that|(?:actually )?make (?:that|it))"
_SIGN = (
    rf"(?:\W*\b(?:{_SORRY}|(?P<sure>{_SURE}))\b"
    rf"|\s*{_MARK}+\s*(?:no|actually|{_HESITATION})\b"
    rf"|\s+{_HESITATION}(?=\s*[,.…])"
    r"|\s+no(?=,| (?:in|at|to|from)\b))"
)
_TAKES_BACK = re.compile(
    rf"(?:\W*\b(?:oh|no|or|actually|{_HESITATION})\b)*?{_SIGN}"
    rf"(?:\W*\b(?:no|not|oh|rather|was|it['’]s|{_HESITATION}|{_SORRY}|{_SURE})\b)*\W+",
    re.IGNORECASE,
)
# What may lead to the place that is meant and stays: "in eastern", and after a sure sign "in Lake Victoria,".
_LEADS_ON = re.compile(
    r"(?:(?:in|on|at|near|from|to|for|of|the|far|part|(?:north|south|east|west|central)(?:[ -]?(?:east|west))?(?:ern)?)"
    r"\s+)*",
    re.IGNORECASE,
)
_NEW_CLAUSE = r"(?:and|or|but|also|i|we|is|are|was|can|do|does|what|which|how|where|why|who|my|if|it|that|this)"
_LEADS_FAR = re.compile(
    rf"(?:in|on|at|near|around|by|from|the)(?: (?!{_NEW_CLAUSE}\b)[\w’'-]+){{1,3}},? ", re.IGNORECASE
)
# "Is Lebanon safe? Sorry, I mean Jordan": the words between belong to the place that is meant.
_AFTERTHOUGHT = re.compile(
    rf"(?P<said>(?: [\w’'-]+){{1,4}})\s*{_MARK}+\s*(?:{_SORRY}\W+)?{_SURE}\W+(?P<leads>{_LEADS_ON.pattern})",
    re.IGNORECASE,
)
_BARE_NO = re.compile(r"\s+no\s+", re.IGNORECASE)
_CLAUSE_ENDS = re.compile(r"\s*(?:$|[,.;:?!])")
_LONGEST = 60  # characters between the two places
_WITHIN = re.compile(r"\s*(?:,|\bin\b|\()?\s*(?:the )?", re.IGNORECASE)
_ONLY_MARKS = re.compile(rf"\s*{_MARK}+\s*")
_MEANT = re.compile(r"\W+i mean(?:t)?(?=\W*$)", re.IGNORECASE)
_BROKEN_OFF = re.compile(rf"\b(?P<name>\w+)(?:\.\.+|…)\s*(?:{_SORRY}|{_SURE})\W+$", re.IGNORECASE)
_PREPOSITION = re.compile(r"\b(?:in|on|at|near|from|to|for|of)\s+", re.IGNORECASE)
_PREPOSITION_LAST = re.compile(rf"{_PREPOSITION.pattern}(?:the\s+)?$", re.IGNORECASE)


def corrected(words: str) -> str:
    """The words without a place that was named by mistake, and without the correction: "… in Cameroon, no, Nigeria"."""
    mentions = find_places(words)
    corrections = list(_corrections(words, mentions))
    if corrections:
        words = _MEANT.sub("", words)
    for start, end, _, instead in reversed(corrections):
        before, after = words[:start], instead + words[end:]
        words = (_PREPOSITION_LAST.sub("", before) if _PREPOSITION.match(after) else before) + after
    return words


def mistaken(words: str, mentions: Sequence[Mention]) -> set[Mention]:
    """The places that are taken back."""
    return {mention for correction in _corrections(words, mentions) for mention in correction.mistaken}


def _corrections(words: str, mentions: Sequence[Mention]) -> Iterator[_Correction]:
    """Each correction, in order; also that of a name broken off: "Bosn... sorry Colombia"."""
    broken = _BROKEN_OFF.search(words[: mentions[0].start]) if mentions else None
    if broken and not is_word(fold(broken["name"])):
        yield _Correction(broken.start(), mentions[0].start, ())
    for at, (one, other) in enumerate(pairwise(mentions)):
        end = _end(words, one, other)
        after = _AFTERTHOUGHT.fullmatch(words, one.end, other.start)
        if after and not re.search(r"\w", words[other.end :]):
            instead = f"{after['leads']}{words[other.start : other.end]}{after['said']}"
            yield _Correction(one.start, other.end, (one,), instead)
        elif end is not None:
            whole = [*mentions[:at][-1:], one]
            if len(whole) > 1 and not _is_within(words, *whole):
                whole = [one]
            yield _Correction(whole[0].start, end, tuple(whole))


def _end(words: str, one: Mention, other: Mention) -> int | None:
    """Where the words that say that `one` was a mistake end; None where none stand before the `other` place."""
    if other.start - one.end > _LONGEST:
        return None
    if _ONLY_MARKS.fullmatch(words, one.end, other.start):  # "Turkey? Greece I mean"
        meant = _MEANT.match(words, other.end) is not None and set(one.codes).isdisjoint(other.codes)
        return other.start if meant else None
    if _BARE_NO.fullmatch(words, one.end, other.start):  # "in Lima no Bogota", not "why has Kenya no Thai embassy"
        alike = one.kind == other.kind and one.kind != "demonym" and set(one.codes).isdisjoint(other.codes)
        return other.start if alike and _CLAUSE_ENDS.match(words, other.end) else None
    said = _TAKES_BACK.match(words, one.end, other.start)
    if said is None:
        return None
    leads = _LEADS_ON.fullmatch(words, said.end(), other.start) or (
        said["sure"] and _LEADS_FAR.fullmatch(words, said.end(), other.start)
    )
    return said.end() if leads else None


def _is_within(words: str, place: Mention, country: Mention) -> bool:
    """Whether both are one place: "Lima, Peru"."""
    return bool(set(place.codes) & set(country.codes)) and (
        _WITHIN.fullmatch(words, place.end, country.start) is not None
    )
