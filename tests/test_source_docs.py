"""The documents that ship: front matter, figures that stand in the originals, and no borrowed words."""

from __future__ import annotations

import calendar
import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from index.dates import PartialDate
from index.documents import Document, Kind, Reading
from index.readers.folder import read_source

ROOT = Path(__file__).resolve().parents[1]
SOURCE_DOCS = ROOT / "source_docs"
SHARED = ROOT.parent / "shared"
ADVISORIES = SHARED / "data" / "advisories"

DOCUMENTS = sorted(path for path in SOURCE_DOCS.rglob("*.md") if path.name != "README.md")
WRITTEN = [path for path in DOCUMENTS if path.parent.name in ("kazakhstan", "guides")]
KAZAKHSTAN = [path for path in WRITTEN if path.parent.name == "kazakhstan"]

FOLDERS = {
    "UK Foreign, Commonwealth & Development Office": "unitedkingdom",
    "U.S. Department of State": "unitedstates",
    "Global Affairs Canada": "canada",
    "Australian Department of Foreign Affairs and Trade (Smartraveller)": "australia",
    "Ireland Department of Foreign Affairs": "ireland",
}
RUN = 8
QUOTE_LIMIT = 350

# Runs of words that are nobody's prose: the governments' level wordings, which must be given in their own words.
LEVEL_PHRASES = (
    # official names, which nobody can say otherwise
    "south georgia and the south sandwich islands",
    "north korea (democratic people's republic of korea)",
    "level 1: exercise normal precautions",
    "level 2: exercise increased caution",
    "level 3: reconsider travel",
    "level 4: do not travel",
    "take normal security precautions",
    "exercise a high degree of caution",
    "avoid non-essential travel",
    "avoid all travel",
    "exercise normal safety precautions",
    "reconsider your need to travel",
    "high degree of caution",
    "do not travel",
    "advises against all but essential travel",
    "advises against all travel",
)

MONTHS = list(calendar.month_name)[1:]
DATE = re.compile(rf"(?:\b(\d{{1,2}}) )?\b({'|'.join(MONTHS)}) (\d{{4}})\b")
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
TELEPHONE = re.compile(r"[+(]*\d(?:[ ()-]*\d){6,}")
LINK_TARGET = re.compile(r"\]\([^)\n]*\)")

archive = pytest.mark.archive
needs_archive = pytest.mark.skipif(not ADVISORIES.is_dir(), reason=f"no archive at {ADVISORIES}")


@dataclass(frozen=True, slots=True)
class Original:
    """A page that a compiled document names: its text and the date that its publisher gives."""

    text: str
    updated: PartialDate | None


def relative(path: Path) -> str:
    return path.relative_to(SOURCE_DOCS).as_posix()


def read(path: Path) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a document."""
    text = path.read_text(encoding="utf-8")
    match = re.match(r"---\n(.*?)\n---\n", text, re.DOTALL)
    assert match is not None, f"{path} has no front matter"
    front = yaml.load(match.group(1), Loader=yaml.BaseLoader)  # strings only: NO is Norway, not false
    assert isinstance(front, dict)
    return front, text[match.end() :]


def paragraphs(body: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", body.strip()) if not block.startswith("#")]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def runs(tokens: list[str]) -> Iterator[tuple[str, ...]]:
    """Every run of eight consecutive words."""
    return zip(*(tokens[shift:] for shift in range(RUN)), strict=False)


def without_level_phrases(text: str) -> list[list[str]]:
    """The words of `text` without link targets, cut where a level phrase or a telephone number stands.

    A run passes through none of these: they can only be said in one way.
    """
    text = re.sub(r"\]\([^)]*\)", "] ", text)
    text = re.sub(r"\+?\d[\d ()-]{5,}\d", " level 4: do not travel ", text)
    phrases = sorted((r"\W+".join(words(phrase)) for phrase in LEVEL_PHRASES), key=len, reverse=True)
    pieces = re.split(rf"\b(?:{'|'.join(phrases)})\b", text.lower())
    return [words(piece) for piece in pieces]


@cache
def seeds() -> dict[tuple[str, str], Original]:
    found = {}
    for sidecar in sorted((SHARED / "seeds").glob("*.yaml")):
        about = yaml.safe_load(sidecar.read_text(encoding="utf-8"))
        date = PartialDate.parse(about["published"]) if "published" in about else None
        text = sidecar.with_suffix("").read_text(encoding="utf-8")
        found[about["publisher"], about["title"]] = Original(text, date)
    return found


@cache
def advisories_2026() -> dict[str, Original]:
    found = {}
    for path in sorted((SHARED / "data" / "us-advisories-2026").glob("*.json")):
        page = json.loads(path.read_text(encoding="utf-8"))
        text = f"{page['full_title']}\n\n{page['content_md']}"
        found[page["full_title"]] = Original(text, PartialDate.from_words(page["date"]))
    return found


@cache
def page_addresses(publisher_folder: str) -> dict[str, str]:
    """The page address of each country, as the archive's summary has it."""
    with (ADVISORIES / f"{publisher_folder}_summary.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    column = next(name for name in ("country_info_url", "details_url", "url") if name in rows[0])
    return {row["destination"]: row[column] for row in rows}


def original(publisher: str, title: str) -> Original:
    """The page "Country: First heading" of a publisher, a seed, or an advisory of 2026."""
    if (publisher, title) in seeds():
        return seeds()[publisher, title]
    if publisher == "U.S. Department of State" and title in advisories_2026():
        return advisories_2026()[title]
    country, _, heading = title.partition(": ")
    if not heading:  # a US advisory's own heading: "Kazakhstan Travel Advisory"
        country, heading = title.removesuffix(" Travel Advisory"), title
    folder = ADVISORIES / FOLDERS[publisher] / country
    listed = (folder / "info.json").read_text(encoding="utf-8")
    info = json.loads(listed)
    listed_files = set(re.findall(r"[^/\"]+\.md", json.dumps(info, ensure_ascii=False)))
    for path in sorted(folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        first = re.search(r"^#+\s*(.+)$", text, re.MULTILINE)
        if path.name in listed_files and first is not None and first.group(1).strip("*# ") == heading:
            keys = ("update_date_advisory",) if path.name == "Advisory.md" else ("update_date_details",)
            date = next(info[key] for key in (*keys, "update_date", "last_updated") if key in info)
            return Original(text, PartialDate.parse(date))
    raise AssertionError(f"no page {title!r} that {publisher} lists today")


def figures(text: str) -> set[str]:
    """The numbers of a text, thousands separators removed; link targets do not count."""
    return {number.replace(",", "") for number in NUMBER.findall(LINK_TARGET.sub("]", text))}


def unsupported(body: str, originals: list[Original]) -> list[str]:
    """Dates, telephone numbers and figures of `body` that stand in none of the originals."""
    texts = [LINK_TARGET.sub("]", page.text) for page in originals]
    page_dates = {page.updated for page in originals}
    missing = []
    for day, month, year in DATE.findall(body):
        date = PartialDate(int(year), MONTHS.index(month) + 1, int(day) if day else None)
        written = f"{day} {month} {year}".strip()
        known = date in page_dates or (
            not day and any(d and (d.year, d.month) == (date.year, date.month) for d in page_dates)
        )
        if not known and not any(written in text for text in texts):
            missing.append(written)
    rest = DATE.sub(" ", body)
    lines = [re.sub(r"\D", "", line) for text in texts for line in text.splitlines()]
    for telephone in TELEPHONE.findall(rest):
        digits = re.sub(r"\D", "", telephone)
        if not any(digits in line for line in lines):
            missing.append(telephone)
    known_figures = set().union(*(figures(text) for text in texts)) | {str(date.year) for date in page_dates if date}
    missing += sorted(figures(TELEPHONE.sub(" ", rest)) - known_figures)
    return missing


def test_the_packs_are_there() -> None:
    assert len(KAZAKHSTAN) == 13
    assert len(WRITTEN) - len(KAZAKHSTAN) == 12


@pytest.mark.parametrize("path", DOCUMENTS, ids=relative)
def test_front_matter(path: Path) -> None:
    front, body = read(path)
    assert front["title"].strip()
    assert front["publisher"] == "safecite"
    assert front["kind"] == "compiled"
    assert front["licence"] in ("Apache-2.0", "CC BY 4.0")
    assert PartialDate.parse(front["updated"])
    assert all(re.fullmatch(r"[A-Z]{2}", place) for place in front["places"])
    assert front["based_on"]
    for basis in front["based_on"]:
        assert set(basis) <= {"publisher", "title", "url", "updated", "retrieved"}
        assert basis["publisher"].strip()
        assert basis["title"].strip()
        if basis.get("updated") is not None:
            PartialDate.parse(basis["updated"])
    assert body.lstrip().startswith("# ")


def documents_in(folder: Path) -> dict[str, Document]:
    """Every document that the index makes of a folder; a file that it cannot read is an error."""
    readings = list(read_source("source_docs", folder))
    assert [item for item in readings if not isinstance(item, Reading)] == []
    return {item.document.doc_id: item.document for item in readings if isinstance(item, Reading)}


def test_the_index_reads_them_all() -> None:
    read_in = documents_in(SOURCE_DOCS)
    assert sorted(read_in) == [relative(path) for path in DOCUMENTS]
    assert {document.kind for document in read_in.values()} == {Kind.COMPILED}
    assert {document.publisher for document in read_in.values()} == {"safecite"}
    assert {read_in[relative(path)].about for path in KAZAKHSTAN} == {("KZ",)}
    assert {read_in[relative(path)].about for path in WRITTEN if path not in KAZAKHSTAN} == {()}
    crime = read_in["kazakhstan/crime.md"]
    assert str(crime.updated) == "2026-11-22"
    assert [str(basis.updated) for basis in crime.based_on[-2:]] == ["2011", "None"]


def test_the_example_of_the_readme_is_read_as_it_says(tmp_path: Path) -> None:
    readme = (SOURCE_DOCS / "README.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(markdown|yaml)\n(.*?)```", readme, re.DOTALL))
    (tmp_path / "almaty-office.md").write_text(blocks["markdown"], encoding="utf-8")
    (tmp_path / "fire-plan.txt").write_text("Leave by the stairs.\n", encoding="utf-8")
    (tmp_path / "fire-plan.txt.yaml").write_text(blocks["yaml"], encoding="utf-8")
    read_in = documents_in(tmp_path)
    office, plan = read_in["almaty-office.md"], read_in["fire-plan.txt"]
    assert (office.title, office.publisher, str(office.published)) == (
        "Visiting the Almaty office",
        "Example Ltd",
        "2026-09-01",
    )
    assert (office.about, office.kind, office.licence) == (("KZ",), Kind.ORIGINAL, "internal")
    assert (plan.title, str(plan.published), plan.about) == ("Fire plan of the Almaty office", "2025-11", ("KZ",))


@pytest.mark.parametrize("path", WRITTEN, ids=relative)
def test_every_paragraph_can_be_quoted_whole(path: Path) -> None:
    _, body = read(path)
    assert [block for block in paragraphs(body) if len(block) > QUOTE_LIMIT] == []


@archive
@needs_archive
@pytest.mark.parametrize("path", WRITTEN, ids=relative)
def test_each_basis_is_a_page_its_publisher_lists_with_that_date(path: Path) -> None:
    front, _ = read(path)
    for basis in front["based_on"]:
        page = original(basis["publisher"], basis["title"])
        updated = PartialDate.parse(basis["updated"]) if "updated" in basis else None
        assert updated == page.updated, basis["title"]
        folder = FOLDERS.get(basis["publisher"])
        country = basis["title"].partition(": ")[0]
        if folder and country in page_addresses(folder):
            assert basis["url"].startswith(page_addresses(folder)[country])


@archive
@needs_archive
@pytest.mark.parametrize("path", WRITTEN, ids=relative)
def test_every_figure_stands_on_a_page_named(path: Path) -> None:
    front, body = read(path)
    pages = [original(basis["publisher"], basis["title"]) for basis in front["based_on"]]
    assert unsupported(body, pages) == []


def test_a_wrong_figure_is_seen() -> None:
    page = Original("Police: 102. Phone: +7 (727) 250-48-02. Up to 10,000 dollars.", PartialDate(2025, 2, 5))
    right = "On 5 February 2025: 102, +7 727 250 4802, 10000 dollars, as in 2025."
    wrong = "On 6 February 2025: 103, +7 727 250 4803, 1000 dollars, as in 2011."
    assert unsupported(right, [page]) == []
    assert unsupported(wrong, [page]) == ["6 February 2025", "+7 727 250 4803", "1000", "103", "2011"]


def borrowed(text: str, foreign: list[str]) -> set[tuple[str, ...]]:
    mine = {run for piece in without_level_phrases(text) for run in runs(piece)}
    return {run for other in foreign for run in runs(words(other)) if run in mine}


def test_eight_borrowed_words_are_seen_and_seven_are_not() -> None:
    foreign = "never leave your drink alone with people in bars abroad"
    assert borrowed("Never leave your drink alone with people, ever.", [foreign]) == set()
    assert borrowed("NEVER leave: your drink alone with people in", [foreign]) == {
        ("never", "leave", "your", "drink", "alone", "with", "people", "in")
    }
    level = "The U.S. now says Level 1: Exercise Normal Precautions in this country"
    assert borrowed(level, [level]) == set()


def foreign_texts() -> Iterator[tuple[str, str]]:
    """Everything in ../shared that reads as prose: name and text."""
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        yield path.name, path.read_text(encoding="utf-8")
    for folder in ("advisories", "advisories-2025-07-01"):
        for path in sorted((SHARED / "data" / folder).rglob("*.md")):
            yield path.relative_to(SHARED).as_posix(), path.read_text(encoding="utf-8")
    for path in sorted((SHARED / "data" / "us-advisories-2026").glob("*.json")):
        yield path.name, json.loads(path.read_text(encoding="utf-8"))["content_md"]


@archive
@needs_archive
def test_no_run_of_eight_words_is_borrowed() -> None:
    owners: dict[tuple[str, ...], str] = {}
    for path in DOCUMENTS:
        _, body = read(path)
        for piece in without_level_phrases(body):
            owners.update((run, relative(path)) for run in runs(piece))
    mine = set(owners)
    found = []
    for name, text in foreign_texts():
        tokens = words(text)
        if not mine.isdisjoint(runs(tokens)):  # in C: 45 MB in seconds
            found += [f"{owners[run]}: {' '.join(run)!r} as in {name}" for run in mine.intersection(runs(tokens))]
    assert found == []
