"""What a page is an edition of: publisher, place and page kind, whatever the file or folder was called that year."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NO_LETTERS = re.compile(r"[\W_]+")
# Names that governments have given one and the same page.
_SAME_KIND = {
    "local-law": "local-laws",
    "climate-and-natural-disasters": "natural-disasters-and-climate",
    "consulate-contact": "embassy-contact",
    "department-contact": "embassy-contact",
    "contact-us": "embassy-contact",
}
# Places without a code of their own: they carry their country's, and their pages are no editions of its pages.
_PARTS = {
    "azores": "azores",
    "canary islands": "canary-islands",
    "bonaire": "bonaire",
    "saba": "saba",
    "sint eustatius": "sint-eustatius",
    "st eustatius": "sint-eustatius",
}


def kind_of(publisher: str, page: str) -> str:
    """The page's kind, from its file name without `.md` or from its title: "Local_Laws" is `local-laws`."""
    slug = _slug(page)
    # Ireland puts the country in the name: "Travel to Kuwait overview".
    if publisher == "ireland" and slug.endswith("-overview"):
        return "overview"
    return _SAME_KIND.get(slug, slug)


def series_of(publisher: str, place: str, codes: Sequence[str], kind: str) -> str:
    """`unitedstates/KW/advisory`: of two documents that share it, the newer supersedes the older.

    `place` is the name that the publisher gives; a region's pages (`canada/PT-azores/risk`) never share their
    country's series.
    """
    where = "+".join(sorted(codes))
    part = _PARTS.get(place.casefold())
    return f"{publisher}/{where}-{part}/{kind}" if part else f"{publisher}/{where}/{kind}"


def _slug(words: str) -> str:
    return _NO_LETTERS.sub("-", words.casefold()).strip("-")
