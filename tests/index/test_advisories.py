"""The readers of the advisories archive and of the JSON advisories, on a made-up archive that holds every trap.

`tests/archive` and `tests/us_advisories` were written for these tests: places are real, sentences are ours, and no
number or level in them is meant to be true.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from index.dates import PartialDate
from index.documents import Document, Reading, Skipped, Status, sha256_text
from index.readers import advisories, archive_levels, archive_metadata, us_json
from index.readers.archive_series import kind_of, series_of
from index.series import supersede

HERE = Path(__file__).parents[1]
ARCHIVE = HERE / "archive"
JSONS = HERE / "us_advisories"
REAL = HERE.parents[1] / "shared" / "data"


def documents(root: Path) -> dict[str, Document]:
    return {r.document.doc_id: r.document for r in advisories.read("made-up", root) if isinstance(r, Reading)}


def skipped(root: Path) -> dict[str, str]:
    return {r.path: r.reason for r in advisories.read("made-up", root) if isinstance(r, Skipped)}


def json_documents(root: Path = JSONS) -> dict[str, Document]:
    return {r.document.doc_id: r.document for r in us_json.read("us", root) if isinstance(r, Reading)}


@pytest.fixture(scope="module")
def made_up() -> dict[str, Document]:
    return documents(ARCHIVE)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The made-up archive, to be changed."""
    return shutil.copytree(ARCHIVE, tmp_path / "archive")


def info(folder: Path, **values: object) -> Path:
    folder.mkdir(parents=True)
    (folder / "info.json").write_text(json.dumps({"name": folder.name, "pages": []} | values), encoding="utf-8")
    return folder


# --- what is read ---


def test_every_page_is_read_once_or_named_with_its_reason(made_up: dict[str, Document]) -> None:
    pages = {path.relative_to(ARCHIVE).as_posix() for path in ARCHIVE.rglob("*") if path.name.endswith(".md")}
    left = skipped(ARCHIVE)
    assert len(pages) == 43
    assert made_up.keys() | left.keys() == pages
    assert left == {
        "australia/No travel advice/overview.md": "'No travel advice' names no place",
        "canada/Chad/risk.md": "info.json: damaged",
    }


def test_pages_come_in_the_order_of_their_paths() -> None:
    paths = [Path(r.document.doc_id if isinstance(r, Reading) else r.path) for r in advisories.read("made-up", ARCHIVE)]
    assert paths == sorted(paths)


def test_the_text_is_the_files_own_characters(made_up: dict[str, Document]) -> None:
    for doc_id, document in made_up.items():
        raw = (ARCHIVE / doc_id).read_bytes()
        assert document.text.encode("utf-8") == raw
        assert document.raw_sha256 == document.text_sha256 == sha256_text(document.text)
    assert "+7\u00a07172\u00a0555\u00a0200" in made_up["unitedkingdom/Kazakhstan/Getting help.md"].text


@pytest.mark.parametrize(
    ("root", "is_one"), [(ARCHIVE, True), (ARCHIVE / "canada", False), (JSONS, False), (HERE / "nowhere", False)]
)
def test_an_archive_is_known_by_its_publishers(root: Path, is_one: bool) -> None:
    assert advisories.is_archive(root) is is_one


def test_two_publishers_are_an_archive_too(copy: Path) -> None:
    for key in ("australia", "ireland", "unitedstates"):
        shutil.rmtree(copy / key)
    assert advisories.is_archive(copy)
    assert {doc_id.split("/")[0] for doc_id in documents(copy)} == {"canada", "unitedkingdom"}


# --- titles, publishers, addresses ---


@pytest.mark.parametrize(
    ("doc_id", "title"),
    [
        ("unitedkingdom/Kazakhstan/Safety and security.md", "Kazakhstan: Safety and security"),
        ("canada/Kazakhstan/risk.md", "Kazakhstan: Risk level"),
        ("australia/Kazakhstan/overview.md", "Kazakhstan: Overview"),
        ("ireland/Myanmar_Burma/Misc.md", "Myanmar/Burma: Security status"),
        ("unitedstates/Solomon Islands/.md", "Solomon Islands: Embassies and Consulates"),
        ("unitedkingdom/Switzerland/Women's Handball Cup 2025.md", "Switzerland: Women's Handball Cup 2025"),
    ],
)
def test_titles_name_the_place_as_its_publisher_does(made_up: dict[str, Document], doc_id: str, title: str) -> None:
    assert made_up[doc_id].title == title


def test_publishers_and_licences_are_each_governments_own(made_up: dict[str, Document]) -> None:
    by_key = {doc_id.split("/")[0]: (d.publisher, d.licence) for doc_id, d in made_up.items()}
    assert by_key["unitedkingdom"] == (
        "UK Foreign, Commonwealth & Development Office",
        "Open Government Licence v3.0 (OGL)",
    )
    assert by_key["unitedstates"] == ("U.S. Department of State", "US government work")
    assert by_key["australia"] == ("Australian Department of Foreign Affairs and Trade (Smartraveller)", "CC BY 4.0")
    assert by_key["canada"][0] == "Global Affairs Canada"
    assert by_key["ireland"][0] == "Ireland Department of Foreign Affairs"


@pytest.mark.parametrize(
    ("doc_id", "url"),
    [
        (
            "unitedkingdom/Kazakhstan/Getting help.md",
            "https://www.gov.uk/foreign-travel-advice/kazakhstan/getting-help",
        ),
        (
            "unitedkingdom/Kazakhstan/Warnings and insurance.md",
            "https://www.gov.uk/foreign-travel-advice/kazakhstan",
        ),
        ("australia/Kazakhstan/Local_Laws.md", "https://www.smartraveller.gov.au/destinations/asia/kazakhstan"),
        ("canada/The Gambia/risk.md", "https://travel.gc.ca/destinations/gambia-the"),
        ("ireland/Myanmar_Burma/Misc.md", "https://www.ireland.ie/en/dfa/overseas-travel/advice/myanmar-burma/"),
        ("ireland/Lebanon/Overview.md", None),  # taken down
    ],
)
def test_addresses_come_from_where_each_publisher_has_them(
    made_up: dict[str, Document], doc_id: str, url: str | None
) -> None:
    assert made_up[doc_id].url == url


def test_of_several_us_rows_the_one_with_the_countrys_own_page_gives_the_address(
    made_up: dict[str, Document],
) -> None:
    assert (made_up["unitedstates/France/Fact Sheet.md"].url or "").endswith("/France.html")
    assert (made_up["unitedstates/France/Advisory.md"].url or "").endswith("/france-travel-advisory.html")


# --- dates ---


@pytest.mark.parametrize(
    ("doc_id", "updated"),
    [
        ("australia/Kazakhstan/Local_contacts.md", "2025-03-10"),
        ("canada/Kazakhstan/security.md", "2026-07-29"),
        ("ireland/Kazakhstan/Misc.md", "2026-05-04"),
        ("unitedkingdom/Kazakhstan/Warnings and insurance.md", "2026-06-15"),  # never "Still current at"
        ("unitedstates/Kazakhstan/Advisory.md", "2024-11-18"),
        ("unitedstates/Kazakhstan/Safety and Security.md", "2025-02-03"),
        ("unitedstates/France/Advisory.md", "2025-05-29"),  # in its heading only
        ("unitedstates/Burma/Safety and Security.md", "2025-04-29"),
    ],
)
def test_dates_come_from_where_they_really_are(made_up: dict[str, Document], doc_id: str, updated: str) -> None:
    assert str(made_up[doc_id].updated) == updated


def test_nothing_is_said_about_dates_that_the_archive_does_not_state(made_up: dict[str, Document]) -> None:
    assert {(d.published, d.reviewed, d.retrieved) for d in made_up.values()} == {(None, None, None)}


# --- levels ---


def test_levels_stand_on_the_pages_that_carry_them_and_on_no_other(made_up: dict[str, Document]) -> None:
    assert {doc_id: d.level for doc_id, d in made_up.items() if d.level} == {
        "australia/Kazakhstan/overview.md": "Exercise normal safety precautions",
        "canada/Azores/risk.md": "Exercise a high degree of caution",
        "canada/Gambia, The/risk.md": "Take normal security precautions",
        "canada/Israel and Palestine/risk.md": "Avoid non-essential travel (with regional advisories)",
        "canada/Kazakhstan/risk.md": "Take normal security precautions (with regional advisories)",
        "canada/Portugal/risk.md": "Take normal security precautions",
        "canada/The Gambia/risk.md": "Exercise a high degree of caution",
        "ireland/Kazakhstan/Misc.md": "Normal Precautions",
        "ireland/Lebanon/Misc.md": "Do Not Travel",
        "ireland/Lebanon/Overview.md": "Avoid Non Essential Travel",
        "ireland/Myanmar_Burma/Misc.md": "Do Not Travel",
        "ireland/Timor-Leste/Misc.md": "High Degree of Caution",
        "unitedkingdom/Lebanon/Warnings and insurance.md": "Areas where FCDO advises against travel",
        "unitedstates/Burma (Myanmar)/Advisory.md": "Level 4: Do Not Travel",
        "unitedstates/France/Advisory.md": "Level 2: Exercise Increased Caution",
        "unitedstates/Kazakhstan/Advisory.md": "Level 1: Exercise Normal Precautions",
    }


def test_without_a_summary_canadas_level_is_in_the_headings_if_they_agree(copy: Path) -> None:
    (copy / "canada_summary.csv").unlink()
    found = documents(copy)
    assert found["canada/Portugal/risk.md"].level == "Take normal security precautions"
    assert found["canada/Israel and Palestine/risk.md"].level is None  # two levels: the summary's to choose


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (
            "# Warnings\n\n## FCDO advises against all travel to Chad:\n\n- now",
            "FCDO advises against all travel to Chad",
        ),
        (
            "## The FCDO advises against all but essential travel to Chad",
            "The FCDO advises against all but essential travel to Chad",
        ),
        ("FCDO advises against all travel to Niger, its neighbour.", None),
        ("## FCDO no longer advises against all travel to Chad", None),
    ],
)
def test_a_uk_level_is_a_heading_of_the_page(text: str, level: str | None) -> None:
    folder = archive_metadata.Folder("Chad", {}, None, None, None, None)
    assert archive_levels.level_of("unitedkingdom", "warnings-and-insurance", text, folder, None) == level


def test_the_metadatas_us_level_goes_before_a_heading_over_several_places() -> None:
    text = "### Mainland China, Hong Kong & Macau - See Summaries - Level 2: Exercise Increased Caution"
    folder = archive_metadata.Folder("Macau", {}, "Level 3: Reconsider Travel", None, None, None)
    assert archive_levels.level_of("unitedstates", "advisory", text, folder, None) == "Level 3: Reconsider Travel"


# --- what holds today ---


def test_leftovers_are_withdrawn_and_never_take_their_folders_date(made_up: dict[str, Document]) -> None:
    withdrawn = {d.doc_id: str(d.updated) for d in made_up.values() if d.status is Status.WITHDRAWN}
    assert withdrawn == {
        "ireland/Lebanon/Overview.md": "None",
        "ireland/Timor Leste/Local Laws and Customs.md": "2025-06-05",  # abandoned: the date stopped with the folder
        "unitedkingdom/Switzerland/Women's Handball Cup 2025.md": "None",
    }


def test_an_unlisted_us_advisory_without_a_date_of_its_own_is_withdrawn(copy: Path) -> None:
    page = copy / "unitedstates/France/Advisory.md"
    page.write_text(page.read_text(encoding="utf-8").replace("May 29, 2025", ""), encoding="utf-8")
    found = documents(copy)["unitedstates/France/Advisory.md"]
    assert (found.status, found.updated) == (Status.WITHDRAWN, None)


def test_a_rename_that_has_not_reached_the_summary_supersedes_the_old_folder(made_up: dict[str, Document]) -> None:
    status = {d.doc_id: d.status for d in supersede(made_up.values())}
    assert status["canada/Gambia, The/risk.md"] is Status.SUPERSEDED
    assert status["canada/The Gambia/risk.md"] is Status.CURRENT


def test_a_folder_outside_the_summary_stays_where_no_other_holds_its_place(copy: Path) -> None:
    summary = copy / "ireland_summary.csv"
    lines = summary.read_text(encoding="utf-8").splitlines(keepends=True)
    summary.write_text("".join(line for line in lines if not line.startswith("Kazakhstan")), encoding="utf-8")
    assert documents(copy)["ireland/Kazakhstan/Misc.md"].status is Status.CURRENT


def test_a_file_system_that_ignores_case_keeps_the_listed_page_under_its_old_name(copy: Path) -> None:
    folder = copy / "ireland/Kazakhstan"
    (folder / "Local laws and customs.md").rename(folder / "Local Laws And Customs.md")
    found = documents(copy)["ireland/Kazakhstan/Local Laws And Customs.md"]
    assert (found.status, found.title) == (Status.CURRENT, "Kazakhstan: Local laws and customs")


def test_of_two_names_that_differ_only_by_case_the_listed_one_is_current(copy: Path) -> None:
    folder = copy / "ireland/Kazakhstan"
    (folder / "Local Laws and Customs.md").write_text("Old words.\n", encoding="utf-8")
    if len(list(folder.glob("*ocal*"))) < 2:
        pytest.skip("this file system ignores case")
    found = documents(copy)
    assert found["ireland/Kazakhstan/Local Laws and Customs.md"].status is Status.WITHDRAWN
    assert found["ireland/Kazakhstan/Local laws and customs.md"].status is Status.CURRENT


# --- places and series ---


@pytest.mark.parametrize(
    ("doc_id", "about"),
    [
        ("unitedkingdom/Congo/Getting help.md", ("CG",)),
        ("unitedkingdom/Guinea/Getting help.md", ("GN",)),
        ("unitedkingdom/Guinea-Bissau/Getting help.md", ("GW",)),
        ("canada/Azores/risk.md", ("PT",)),
        ("canada/Israel and Palestine/risk.md", ("IL", "PS")),
        ("unitedstates/Burma/Fact Sheet.md", ("MM",)),
        ("unitedstates/Burma (Myanmar)/Advisory.md", ("MM",)),
        ("ireland/Myanmar_Burma/Misc.md", ("MM",)),
    ],
)
def test_pages_are_about_their_folders_places(
    made_up: dict[str, Document], doc_id: str, about: tuple[str, ...]
) -> None:
    assert made_up[doc_id].about == about


def test_only_editions_of_one_page_share_a_series(made_up: dict[str, Document]) -> None:
    shared = defaultdict(list)
    for document in made_up.values():
        shared[document.series].append(document.doc_id)
    assert [ids for ids in shared.values() if len(ids) > 1] == [
        ["canada/Gambia, The/risk.md", "canada/The Gambia/risk.md"]
    ]


@pytest.mark.parametrize(
    ("publisher", "page", "kind"),
    [
        ("australia", "Local_Laws", "local-laws"),
        ("australia", "Local_law", "local-laws"),
        ("ireland", "Local Laws and Customs", "local-laws-and-customs"),
        ("ireland", "Climate and Natural Disasters", "natural-disasters-and-climate"),
        ("ireland", "Travel to Türkiye overview", "overview"),
        ("ireland", "Overview", "overview"),
        ("unitedkingdom", "Regional Risks", "regional-risks"),
        ("unitedkingdom", "World Cup 2026", "world-cup-2026"),
    ],
)
def test_a_kind_of_page_has_one_name(publisher: str, page: str, kind: str) -> None:
    assert kind_of(publisher, page) == kind


def test_a_regions_series_is_never_its_countrys() -> None:
    assert series_of("canada", "Azores", ("PT",), "risk") == "canada/PT-azores/risk"
    assert series_of("canada", "Portugal", ("PT",), "risk") == "canada/PT/risk"
    assert series_of("canada", "Israel and Palestine", ("PS", "IL"), "risk") == "canada/IL+PS/risk"
    names = ("Bonaire", "Saba", "Sint Eustatius", "Bonaire, Sint Eustatius and Saba")
    assert len({series_of("unitedstates", name, ("BQ",), "advisory") for name in names}) == 4


# --- damage ---


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[]", "info.json: not of the archive's shape"),
        (b'{"pages": []}', "info.json: not of the archive's shape"),
        (b'{"name": "Peru", "pages": [{"title": "Health"}]}', "info.json: not of the archive's shape"),
        (b'{"name": "Peru", "update_date": "yesterday"}', "info.json: damaged"),
        (b"\xff\xfe", "info.json: damaged"),
        (b"[" * 100_000, "info.json: damaged"),
        (b'{"name": "Pe\\ud800ru"}', "info.json: damaged"),  # half a character: could never be stored
        (None, "info.json: No such file or directory"),
    ],
)
def test_a_folder_whose_info_cannot_be_read_names_each_of_its_pages(
    copy: Path, content: bytes | None, reason: str
) -> None:
    folder = copy / "canada/Kazakhstan"
    (folder / "info.json").unlink()
    if content is not None:
        (folder / "info.json").write_bytes(content)
    left = skipped(copy)
    assert [left.get(f"canada/Kazakhstan/{name}.md") for name in ("risk", "security")] == [reason, reason]
    assert len(documents(copy)) == 41 - 2


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"caf\xe9 and bar", "not UTF-8"),
        (b"", "empty"),
        (b"\0" * 1000, "not what its name says (looks like binary data)"),
        (b" \n\n", "no text in it"),
    ],
)
def test_a_page_that_cannot_be_read_is_named_and_the_rest_goes_on(copy: Path, content: bytes, reason: str) -> None:
    (copy / "canada/Kazakhstan/risk.md").write_bytes(content)
    assert skipped(copy)["canada/Kazakhstan/risk.md"] == reason
    assert len(documents(copy)) == 41 - 1


def test_what_is_no_page_is_named(copy: Path) -> None:
    (copy / "canada/Portugal/map.png").write_bytes(b"\x89PNG")
    (copy / "canada/notes.txt").write_text("mine", encoding="utf-8")
    (copy / "germany").mkdir()
    (copy / ".git").mkdir()
    assert set(skipped(copy).items()) - set(skipped(ARCHIVE).items()) == {
        ("canada/Portugal/map.png", "no page of the archive"),
        ("canada/notes.txt", "no page of a country"),
        ("germany", "no part of the advisories archive"),
    }


def test_a_damaged_summary_is_named_and_costs_only_what_it_held(copy: Path) -> None:
    (copy / "ireland_summary.csv").write_bytes(b"\xff\xfe\x00")
    assert skipped(copy)["ireland_summary.csv"] == "damaged"
    found = documents(copy)
    assert (found["ireland/Lebanon/Misc.md"].level, found["ireland/Lebanon/Misc.md"].url) == ("Do Not Travel", None)


def test_an_address_that_is_no_web_address_is_dropped(tmp_path: Path) -> None:
    folder = info(tmp_path / "australia/Peru", url="javascript:alert(1)", overview="australia/Peru/overview.md")
    (folder / "overview.md").write_text("# Overview\n", encoding="utf-8")
    assert documents(tmp_path)["australia/Peru/overview.md"].url is None


# --- the JSON advisories ---


def test_json_advisories_are_known_by_their_fields(tmp_path: Path) -> None:
    assert us_json.is_us_advisories(JSONS)
    assert not us_json.is_us_advisories(ARCHIVE)
    (tmp_path / "x.json").write_text('{"full_title": "Peru"}', encoding="utf-8")
    assert not us_json.is_us_advisories(tmp_path)


def test_a_json_advisory_becomes_markdown_under_its_full_title() -> None:
    found = json_documents()["kazakhstan.json"]
    assert found.text.startswith("# Kazakhstan - Level 2: Exercise Increased Caution\n\n**The level was raised")
    assert (found.title, found.about, found.level) == (
        "Kazakhstan: Travel Advisory",
        ("KZ",),
        "Level 2: Exercise Increased Caution",
    )
    assert found.updated == PartialDate(2026, 4, 2)
    assert found.text_sha256 == sha256_text(found.text) != found.raw_sha256


def test_the_hyphen_of_guinea_bissau_ends_no_name() -> None:
    found = json_documents()["guinea.json"]  # whose `country` says Guinea
    assert (found.title, found.about, found.level) == (
        "Guinea-Bissau: Travel Advisory",
        ("GW",),
        "Level 3: Reconsider Travel",
    )


def test_an_advisory_without_a_name_takes_its_places_from_its_address() -> None:
    found = json_documents()["see_individual_summaries.json"]
    assert (found.title, found.about) == ("Israel West Bank and Gaza: Travel Advisory", ("IL", "PS"))
    assert found.level == "See Individual Summaries - Level 4: Do Not Travel"


@pytest.mark.parametrize(
    ("full_title", "title", "level"),
    [
        (
            "Mexico Travel Advisory - Level 2: Exercise Increased Caution",
            "Mexico",
            "Level 2: Exercise Increased Caution",
        ),
        (
            "Mainland China, Hong Kong & Macau - See Summaries - Level 2: Exercise Increased Caution",
            "Mainland China, Hong Kong & Macau",
            "See Summaries - Level 2: Exercise Increased Caution",
        ),
    ],
)
def test_a_level_keeps_what_qualifies_it(tmp_path: Path, full_title: str, title: str, level: str) -> None:
    record = {"full_title": full_title, "content_md": "Words.", "date": "Fri, 29 May 2026"}
    (tmp_path / "one.json").write_text(json.dumps(record), encoding="utf-8")
    found = json_documents(tmp_path)["one.json"]
    assert (found.title, found.level) == (f"{title}: Travel Advisory", level)


def test_the_newest_edition_holds_across_files_and_across_sources(made_up: dict[str, Document]) -> None:
    everything = supersede([*made_up.values(), *json_documents().values()])
    advisory = {
        d.doc_id: d.status for d in everything if d.series in ("unitedstates/MM/advisory", "unitedstates/KZ/advisory")
    }
    assert advisory == {
        "unitedstates/Burma (Myanmar)/Advisory.md": Status.SUPERSEDED,
        "burma_myanmar.json": Status.SUPERSEDED,
        "burma.json": Status.CURRENT,
        "unitedstates/Kazakhstan/Advisory.md": Status.SUPERSEDED,
        "kazakhstan.json": Status.CURRENT,
    }


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ({"full_title": "Peru - Level 2: Caution", "content_md": "x", "date": "soon"}, "no date in 'soon'"),
        ({"full_title": "Peru", "content_md": "x", "date": "Fri, 29 May 2026"}, "no level in the title 'Peru'"),
        (
            {"full_title": "Atlantis - Level 2: Caution", "content_md": "x", "date": "Fri, 29 May 2026"},
            "'Atlantis' names no place",
        ),
        ({"full_title": "Peru - Level 2: Caution", "content_md": None, "date": ""}, "without content_md, date"),
        ([], "no JSON advisory"),
    ],
)
def test_a_json_advisory_that_cannot_be_read_is_named(tmp_path: Path, record: object, reason: str) -> None:
    (tmp_path / "one.json").write_text(json.dumps(record), encoding="utf-8")
    assert list(us_json.read("us", tmp_path)) == [Skipped("us", "one.json", reason)]


def test_broken_json_is_named_and_the_rest_goes_on() -> None:
    left = {r.path: r.reason for r in us_json.read("us", JSONS) if isinstance(r, Skipped)}
    assert left == {"chad.json": "damaged JSON", "niger.json": "without content_md"}
    assert len(json_documents()) == 5


# --- the real archive ---

needs_archive = pytest.mark.skipif(not REAL.is_dir(), reason="../shared/data is absent")


@pytest.fixture(scope="module")
def real() -> list[Reading | Skipped]:
    return list(advisories.read("advisories", REAL / "advisories"))


@pytest.fixture(scope="module")
def real_documents(real: list[Reading | Skipped]) -> dict[str, Document]:
    return {r.document.doc_id: r.document for r in real if isinstance(r, Reading)}


@pytest.mark.archive
@needs_archive
def test_real_pages_are_all_read_but_one(real: list[Reading | Skipped], real_documents: dict[str, Document]) -> None:
    assert len(real) == 7_916
    assert [(r.path, r.reason) for r in real if isinstance(r, Skipped)] == [
        ("australia/No travel advice/overview.md", "'No travel advice' names no place")
    ]
    assert all(d.about for d in real_documents.values())


@pytest.mark.archive
@needs_archive
def test_real_leftovers_are_withdrawn(real_documents: dict[str, Document]) -> None:
    withdrawn = [d for d in real_documents.values() if d.status is Status.WITHDRAWN]
    by_publisher = Counter(d.doc_id.split("/")[0] for d in withdrawn)
    # 514 unlisted pages less seven US advisories that date themselves, and 44 listed ones of seven abandoned folders.
    assert by_publisher == {"ireland": 519, "unitedkingdom": 14, "unitedstates": 12, "canada": 6}
    assert len([d for d in withdrawn if d.updated is None]) == 514 - 7
    abandoned = {d.doc_id.rsplit("/", 1)[0] for d in withdrawn if d.updated is not None}
    assert abandoned == {
        "canada/Israel, the West Bank and the Gaza Strip",
        "ireland/Israel and the Occupied Territories",
        "ireland/Korea, Democratic Republic of (North Korea)",
        "ireland/Timor Leste",
        "unitedkingdom/Czech Republic",
        "unitedkingdom/The Occupied Palestinian Territories",
        "unitedstates/Czech Republic",
    }


@pytest.mark.archive
@needs_archive
def test_real_irish_leftovers_give_a_milder_level_and_are_withdrawn(real_documents: dict[str, Document]) -> None:
    today_and_then = {
        "Bahrain": ("Avoid Non-Essential Travel", "High Degree of Caution"),
        "Cuba": ("Avoid Non-Essential Travel", "Normal Precautions"),
        "Jordan": ("Avoid Non-Essential Travel", "High Degree of Caution"),
        "Kuwait": ("Avoid Non-Essential Travel", "High Degree of Caution"),
        "Lebanon": ("Do Not Travel", "Avoid Non Essential Travel"),
        "Qatar": ("Avoid Non-Essential Travel", "High Degree of Caution"),
        "Saudi Arabia": ("Avoid Non-Essential Travel", "High Degree of Caution"),
        "United Arab Emirates": ("Avoid Non-Essential Travel", "High Degree of Caution"),
        "Venezuela": ("Do Not Travel", "Avoid Non-Essential Travel"),
    }
    for name, levels in today_and_then.items():
        now, then = real_documents[f"ireland/{name}/Misc.md"], real_documents[f"ireland/{name}/Overview.md"]
        assert (now.level, then.level) == levels
        assert (now.status, then.status, then.updated) == (Status.CURRENT, Status.WITHDRAWN, None)


@pytest.mark.archive
@needs_archive
def test_real_levels_are_found_where_they_are(real_documents: dict[str, Document]) -> None:
    found = Counter(
        (d.doc_id.split("/")[0], kind_of("", d.doc_id.rsplit("/", 1)[1].removesuffix(".md")))
        for d in real_documents.values()
        if (d.level and not d.doc_id.startswith("ireland")) or d.doc_id.endswith("Misc.md")
    )
    assert found == {
        ("australia", "overview"): 178,
        ("canada", "risk"): 231,  # the 232nd, abandoned, holds several levels and is in no summary
        ("ireland", "misc"): 213,
        ("unitedkingdom", "warnings-and-insurance"): 72,
        ("unitedstates", "advisory"): 213,
    }
    assert real_documents["canada/Algeria/risk.md"].level == (
        "Exercise a high degree of caution (with regional advisories)"
    )
    assert real_documents["unitedkingdom/Iran/Warnings and insurance.md"].level == (
        "FCDO advises against all travel to Iran"
    )


@pytest.mark.archive
@needs_archive
@pytest.mark.parametrize(
    ("doc_id", "updated", "status"),
    [
        ("unitedstates/France/Advisory.md", "2025-05-28", "current"),
        ("unitedstates/Czech Republic/Advisory.md", "2023-07-26", "current"),  # until Czechia's supersedes it
        ("unitedstates/Kuwait/Advisory.md", "2025-04-08", "current"),
        ("unitedstates/Kuwait/Health.md", "2025-08-07", "current"),
        ("unitedstates/Vietnam/Health.md", "None", "current"),
        ("unitedstates/Solomon Islands/.md", "2023-06-15", "current"),
        ("unitedkingdom/Lebanon/Warnings and insurance.md", "2026-08-10", "current"),
        ("unitedkingdom/The Occupied Palestinian Territories/Health.md", "2025-07-03", "withdrawn"),
        ("unitedkingdom/USA/World Cup 2026.md", "None", "withdrawn"),
        ("canada/Kuwait/risk.md", "2026-08-21", "current"),
        ("canada/The Gambia/risk.md", "2026-08-20", "current"),
        ("australia/Kuwait/overview.md", "2025-07-29", "current"),
    ],
)
def test_real_dates(real_documents: dict[str, Document], doc_id: str, updated: str, status: str) -> None:
    assert (str(real_documents[doc_id].updated), real_documents[doc_id].status) == (updated, status)


@pytest.mark.archive
@needs_archive
def test_real_pages_share_a_series_only_as_editions(real_documents: dict[str, Document]) -> None:
    folders = defaultdict(set)
    for document in real_documents.values():
        if document.status is Status.CURRENT:
            folders[document.series].add(document.doc_id.rsplit("/", 1)[0])
    assert {tuple(sorted(names)) for names in folders.values() if len(names) > 1} == {
        ("canada/Gambia, The", "canada/The Gambia"),
        ("unitedstates/Czech Republic", "unitedstates/Czechia"),
    }
    current = [d for d in real_documents.values() if d.status is Status.CURRENT]
    assert len({(d.series, d.doc_id.rsplit("/", 1)[0]) for d in current}) == len(current)


@pytest.mark.archive
@needs_archive
def test_real_newer_advisories_win_and_the_twins_among_them_are_one_place(
    real_documents: dict[str, Document],
) -> None:
    newer = json_documents(REAL / "us-advisories-2026")
    assert len(newer) == 220
    everything = supersede([*real_documents.values(), *newer.values()])
    holds = {d.doc_id: d for d in everything if d.status is Status.CURRENT}
    assert holds["kuwait.json"].level == "Level 3: Reconsider Travel"
    assert holds["niger.json"].level == "Level 4: Do Not Travel"
    lost = {"unitedstates/Kuwait/Advisory.md", "unitedstates/Niger/Advisory.md", "burma_myanmar.json"}
    assert lost | {"sao_tome_and_principe.json", "unitedstates/Czech Republic/Advisory.md"} <= {
        d.doc_id for d in everything if d.status is Status.SUPERSEDED
    }
    assert newer["guinea.json"].about == ("GW",)


@pytest.mark.archive
@needs_archive
def test_the_older_moment_is_superseded_page_by_page(real_documents: dict[str, Document]) -> None:
    older = documents(REAL / "advisories-2025-07-01")
    assert Counter(d.status for d in older.values()) == {Status.CURRENT: 2_589}
    after = supersede([*older.values(), *real_documents.values()])
    assert Counter(d.status for d in after if d.source == "made-up") == {Status.SUPERSEDED: 2_568, Status.CURRENT: 21}
