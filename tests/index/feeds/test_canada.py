"""Canada's feed, on made-up files in the documented shape. No sentence or level in them is meant to be true."""

from __future__ import annotations

from typing import Any

import pytest

from index.dates import PartialDate
from index.documents import Document, Reading, Status
from index.errors import FeedError
from index.feeds.canada import ADDRESS, Canada
from index.feeds.feed import Listing, Response
from index.readers.advisories import read as read_archive
from index.series import supersede
from tests.index.feeds.publishers import as_json, fetch, read, states
from tests.index.feeds.server import FakeClient, Page
from tests.index.test_advisories import ARCHIVE

FEED = Canada(ADDRESS)
SITE = "https://data.international.gc.ca/travel-voyage"


def index(**names: str | None) -> str:
    entries = {code: {"country-iso": code, "advisory-state": 1, "eng": {"name": name}} for code, name in names.items()}
    return as_json({"metadata": {"generated": {"timestamp": 1}}, "data": entries})


def country(
    name: str = "Chad", *, state: object = 2, regional: object = 0, data: Any = None, **eng: object
) -> dict[str, Any]:
    """A country's file; `eng` goes to its English half, with dashes for underscores, and `data` beside it."""
    english = {
        "name": name,
        "url-slug": name.lower().replace(" ", "-"),
        "friendly-date": "October 4, 2026 10:31 EDT",
        "advisory-text": "Avoid non-essential travel",
        "recent-updates": "The Health section was updated.",
        "advisories": "<p>Made up.</p>",
    }
    english |= {key.replace("_", "-"): value for key, value in eng.items()}
    values = {
        "country-iso": "TD",
        "advisory-state": state,
        "has-regional-advisory": regional,
        "date-published": {"date": "2026-10-03 23:59:59"},
        "eng": {key: value for key, value in english.items() if value != "missing"},
    }
    return {"metadata": {"generated": {"timestamp": 2}}, "data": values | (data or {})}


def pages(listed: str, records: dict[str, object]) -> dict[str, Page]:
    given: dict[str, Page] = {ADDRESS: listed}
    for code, record in records.items():
        given[f"{SITE}/cta-cap-{code}.json"] = (
            record if isinstance(record, str | bytes | FeedError) else as_json(record)
        )
    return given


def read_one(
    record: object, code: str = "TD", listed: str | None = "Chad"
) -> tuple[dict[str, Document], dict[str, str]]:
    listing = fetch(FEED, FakeClient(pages(index(**{code: listed}), {code: record})))
    assert (list(listing.items), listing.failed) == ([code.lower()], {})
    return read(FEED, listing)


def test_a_section_is_a_document_with_all_that_is_known_of_it() -> None:
    record = country(
        security="<h3>Crime</h3><ul><li>Petty theft</li></ul>",
        entry_exit="<p>A visa.</p>",
        health="<p>Boil it.</p>",
        laws_culture="<p>Obey them.</p>",
        disasters_climate="<p>Dust.</p>",
        offices="<p>N'Djamena: none.</p>",
    )
    documents, skipped = read_one(record)
    assert skipped == {}
    assert {doc_id: d.series for doc_id, d in documents.items()} == {
        f"td/{kind}": f"canada/TD/{kind}"
        for kind in ("risk", "security", "entryexit", "health", "laws", "disasters", "offices")
    }
    security = documents["td/security"]
    assert security.title == "Chad: Safety and security"
    assert security.text == "# Safety and security\n\n### Crime\n\n* Petty theft"
    assert (security.publisher, security.url) == ("Global Affairs Canada", "https://travel.gc.ca/destinations/chad")
    assert security.licence == "Government of Canada terms: reproduction with attribution"
    assert (security.published, security.updated, security.reviewed) == (None, PartialDate(2026, 10, 3), None)
    assert (security.about, security.level, security.reader) == (("TD",), None, "canada 1")
    risk = documents["td/risk"]
    assert (risk.level, risk.text) == (
        "Avoid non-essential travel",
        "# Risk level\n\n## Avoid non-essential travel\n\nMade up.",
    )


def test_a_fetched_section_supersedes_the_archives_page() -> None:
    archive = [one.document for one in read_archive("archive", ARCHIVE) if isinstance(one, Reading)]
    old = next(d for d in archive if d.series == "canada/KZ/risk")
    record = country("Kazakhstan", data={"country-iso": "KZ"})
    new = read_one(record, "KZ", "Kazakhstan")[0]["kz/risk"]
    assert (new.publisher, new.series) == (old.publisher, old.series)
    assert [d.status for d in supersede([old, new])] == [Status.SUPERSEDED, Status.CURRENT]


@pytest.mark.parametrize(
    ("state", "regional", "words", "level"),
    [
        (0, 0, None, "Take normal security precautions"),
        (1, 0, None, "Exercise a high degree of caution"),
        (2, 0, None, "Avoid non-essential travel"),
        (3, 0, None, "Avoid all travel"),
        (1, 1, None, "Exercise a high degree of caution (with regional advisories)"),
        (1, True, "Take care", "Take care (with regional advisories)"),
        (1, 1, "Take care (with regional advisories)", "Take care (with regional advisories)"),
        (0, 0, "Avoid all  travel", "Avoid all travel"),
        (4, 0, None, None),
        (-1, 1, None, None),
        ("2", 0, None, None),
        (True, 0, None, None),
        (None, 1, None, None),
    ],
)
def test_the_level_is_canadas_words(state: object, regional: object, words: str | None, level: str | None) -> None:
    documents, _ = read_one(country(state=state, regional=regional, advisory_text=words))
    assert documents["td/risk"].level == level


def test_the_level_of_the_headings_comes_before_the_number() -> None:
    record = country(state=0, advisory_text=None, advisories="<h3>CHAD - AVOID ALL TRAVEL</h3><p>Made up.</p>")
    assert read_one(record)[0]["td/risk"].level == "AVOID ALL TRAVEL"


def test_names_that_look_like_others() -> None:
    names = {
        "GW": "Guinea-Bissau",
        "TL": "Timor-Leste (East Timor)",
        "CG": "Congo (Brazzaville)",
        "CD": "Congo (Kinshasa)",
        "IL": "Israel, the West Bank and the Gaza Strip",
        "AZ-1": "Azores",
    }
    listing = fetch(FEED, FakeClient(pages(index(**names), {code: country(name) for code, name in names.items()})))
    documents, skipped = read(FEED, listing)
    assert skipped == {}
    assert {doc_id: (d.about, d.series) for doc_id, d in documents.items()} == {
        "gw/risk": (("GW",), "canada/GW/risk"),
        "tl/risk": (("TL",), "canada/TL/risk"),
        "cg/risk": (("CG",), "canada/CG/risk"),
        "cd/risk": (("CD",), "canada/CD/risk"),
        "il/risk": (("IL", "PS"), "canada/IL+PS/risk"),
        "az-1/risk": (("PT",), "canada/PT-azores/risk"),
    }


def test_an_unknown_place_is_kept_and_named() -> None:
    assert read_one(country("Atlantis"), "QX", "Atlantis") == ({}, {"qx": "'Atlantis' names no place"})


def test_a_country_without_a_name_goes_by_its_code() -> None:
    documents, _ = read_one(country(name="Chad") | {"data": country(name="")["data"]}, listed=None)
    assert [(d.title, d.about) for d in documents.values()] == [("Chad: Risk level", ("TD",))]


def test_one_bad_country_never_loses_the_others() -> None:
    records: dict[str, object] = {
        "TD": country(),
        "ML": "<!DOCTYPE html><html><body>Sorry</body></html>",
        "NE": as_json(country())[:300],
        "TG": {"data": None},
        "BJ": {"data": {"eng": None}},
        "GH": {"data": {"eng": {"name": "Ghana"}}},
        "GA": FeedError("did not answer in time.", path="x"),
        "KE": as_json(country(advisories="<p>Café</p>")).encode("cp1252"),
        "UG": {},
    }
    listing = fetch(FEED, FakeClient(pages(index(**dict.fromkeys(records)), records)))
    assert list(listing.items) == ["td"]
    assert listing.failed == {
        "ml": "HTML where JSON should be",
        "ne": "damaged JSON",
        "tg": "not of the documented shape",
        "bj": "not of the documented shape",
        "gh": "without sections in English",
        "ga": "did not answer in time.",
        "ke": "damaged JSON",
        "ug": "not of the documented shape",
    }


def test_empty_fields_are_named_and_the_rest_is_read() -> None:
    record = country(security=None, health="<p></p>", laws=["x"], offices=[{"city": "N'Djamena"}], url_slug="../x")
    documents, skipped = read_one(record)
    assert list(documents) == ["td/risk"]
    assert documents["td/risk"].url is None
    assert skipped == {
        "td/security": "no text in it",
        "td/health": "no text in it",
        "td/laws": "not of the documented shape",
        "td/offices": "not of the documented shape",
    }


@pytest.mark.parametrize(
    ("published", "friendly", "updated"),
    [
        ({"date": None}, "October 4, 2026 10:31 EDT", PartialDate(2026, 10, 4)),
        ("2026-10-03", None, PartialDate(2026, 10, 3)),
        (None, "soon", None),
        ({}, None, None),
    ],
)
def test_dates_are_what_is_given(published: object, friendly: str | None, updated: PartialDate | None) -> None:
    documents, _ = read_one(country(friendly_date=friendly, data={"date-published": published}))
    assert documents["td/risk"].updated == updated


def test_a_rebuilt_file_is_no_change_and_a_moved_date_is_none_of_words() -> None:
    record = country()
    first = read_one(record)[0]["td/risk"]
    record["metadata"]["generated"]["timestamp"] = 99
    assert read_one(record)[0]["td/risk"] == first
    record["data"]["date-published"]["date"] = "2026-10-20 01:00:00"
    second = read_one(record)[0]["td/risk"]
    assert (first.text_sha256, first.level) == (second.text_sha256, second.level)
    assert first.raw_sha256 != second.raw_sha256
    assert second.updated == PartialDate(2026, 10, 20)


def test_hostile_html_stays_text() -> None:
    record = country(
        advisory_text="<b>Go</b>\n# now", advisories="<p>A &lt;b&gt;<script>x()</script></p><a href='data:x'>B</a>"
    )
    assert read_one(record)[0]["td/risk"].text == "# Risk level\n\n## \\<b>Go\\</b> # now\n\nA \\<b>\n\nB"


def test_what_is_unchanged_is_confirmed() -> None:
    given = pages(index(TD="Chad", ML="Mali"), {"TD": country(), "ML": country("Mali")})
    known = states(fetch(FEED, FakeClient(given)))
    given[f"{SITE}/cta-cap-TD.json"] = Response(f"{SITE}/cta-cap-TD.json", b"", {}, unchanged=True)
    given[f"{SITE}/cta-cap-ML.json"] = as_json(country("Mali", state=3))
    again = fetch(FEED, FakeClient(given), known)
    assert {item: response.unchanged for item, response in again.items.items()} == {"td": True, "ml": False}


@pytest.mark.parametrize(
    ("names", "place"), [({"TD": None, "ML": "Mali"}, "TD"), ({"IL": "Israel and Palestine", "ML": "Mali"}, "PS")]
)
def test_one_place_asks_for_one_file(names: dict[str, str | None], place: str) -> None:
    code = next(iter(names))
    client = FakeClient(pages(index(**names), {code: country()}))
    assert list(fetch(FEED, client, place=place).items) == [code.lower()]
    assert [url for url, _ in client.asked] == [ADDRESS, f"{SITE}/cta-cap-{code}.json"]


def test_an_empty_index_is_an_empty_listing() -> None:
    assert fetch(FEED, FakeClient({ADDRESS: '{"data": {}}'})) == Listing({}, {})


@pytest.mark.parametrize("answer", ["[]", "{}", '{"data": null}', '{"data": []}', "<html></html>", '{"data', ""])
def test_an_index_of_another_shape_is_a_failure(answer: str) -> None:
    with pytest.raises(FeedError) as caught:
        fetch(FEED, FakeClient({ADDRESS: answer}))
    assert caught.value.path == ADDRESS
    assert caught.value.reason.startswith("answers what cannot be used (")


def test_codes_in_the_index_cannot_lead_elsewhere() -> None:
    client = FakeClient({ADDRESS: as_json({"data": {"../x": {}, "T/D": {}, "": {}, "TOOLONG": {}}})})
    assert fetch(FEED, client) == Listing({}, {})
    assert [url for url, _ in client.asked] == [ADDRESS]
