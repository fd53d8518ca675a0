"""What each publisher covers, and the picture of it: figures, shapes, names, nothing that fetches or runs."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from assistant.briefing.coverage_picture import PANEL, Age, Cell, Coverage, coverage, draw, mark_of, panels
from index.build import build
from index.dates import PartialDate
from index.manifest import read_manifest
from tests.fakes import HashEmbedder, page, write_source

TODAY = date(2026, 9, 1)
CODES = ("AF", "CI", "KZ", "ST", "SY", "ZW")


@pytest.fixture(scope="module")
def covered(tmp_path_factory: pytest.TempPathFactory) -> Coverage:
    """Two publishers and our own summary about three countries."""
    folder = tmp_path_factory.mktemp("coverage")
    files = {
        "a.md": page("Roads", "Roads are icy.", publisher="North", places="[KZ]", updated="2026-08-01"),
        "b.md": page("Crime", "Bags are stolen.", publisher="North", places="[KZ]", updated="2024-01-01"),
        "c.md": page("Crime", "Bags are stolen.", publisher="North", places="[ST]", updated="2025-12-01"),
        "d.md": page("Crime", "Watches are stolen.", publisher="South", places="[KZ]"),
        "e.md": page("Old", "It was so.", publisher="South", places="[SY]", updated="2020"),
        "f.md": page("Guide", "Lock the door.", publisher="North"),
        "g.md": page(
            "Facts",
            "Dial 103.",
            publisher="safecite",
            kind="compiled",
            places="[KZ, ST, SY]",
            based_on="[{publisher: North, title: Roads, updated: 2026-08-01}]",
        ),
    }
    built = build(folder / "index", {"docs": write_source(folder / "docs", files)}, HashEmbedder())
    manifest = read_manifest(folder / "index", built.snapshot)
    gone = [d | {"status": "withdrawn"} if d["doc_id"] == "e.md" else d for d in manifest.documents]
    return coverage(replace(manifest, documents=gone))


def test_newest_page_of_each_publisher_about_each_place(covered: Coverage) -> None:
    assert covered.places == ("KZ", "ST", "SY")
    assert covered.publishers == ("North", "South", "safecite")  # what we compiled comes last, however much it covers
    assert covered.cells["KZ", "North"] == Cell(2, PartialDate(2026, 8, 1))
    assert covered.cells["ST", "North"] == Cell(1, PartialDate(2025, 12, 1))
    assert covered.cells["KZ", "South"] == Cell(1, None)
    assert covered.count("North") == 2


def test_age_of_a_cell() -> None:
    ages = {"2026-09-01": "months", "2026-03-02": "months", "2026-03-01": "year", "2025-09-01": "year"}
    ages |= {"2025-08-31": "years", "2023-09-02": "years", "2023-08-31": "old", "2011": "old"}
    assert {day: Cell(1, PartialDate.parse(day)).age(TODAY).value for day in ages} == ages
    assert Cell(1, None).age(TODAY) is Age.UNDATED


def test_places_stand_in_the_order_of_their_names_without_accents(covered: Coverage) -> None:
    cells = {(code, "North"): Cell(1, None) for code in CODES}
    shown = Coverage(CODES, ("North",), cells)
    assert panels(shown) == [CODES]
    assert covered.places.index("ST") < covered.places.index("SY")  # São Tomé before Syria


@given(st.integers(0, 260))
def test_panels_hold_every_place_once_and_are_nearly_of_one_size(count: int) -> None:
    places = tuple(f"{number:03}" for number in range(count))
    found = panels(Coverage(places, (), {}))
    assert tuple(place for panel in found for place in panel) == places
    assert all(len(panel) <= PANEL for panel in found)
    assert not found or max(map(len, found)) - min(map(len, found)) <= len(found)


def test_a_publisher_of_one_report_has_no_column() -> None:
    cells = {(f"{number:02}", "Wide"): Cell(1, None) for number in range(40)} | {("00", "Thin"): Cell(1, None)}
    shown = Coverage(tuple(f"{number:02}" for number in range(40)), ("Wide", "Thin"), cells)
    assert shown.columns == ("Wide",)


def test_the_picture_shows_each_cell_by_shape_and_by_colour(covered: Coverage) -> None:
    (svg,) = draw(covered, TODAY, ["1", "2", "3"], "{first} to {last}", "Rows from {first} to {last}.")
    root = etree.fromstring(svg)
    used = list(root.iter("{*}use"))
    assert len(used) == len(covered.cells) == 6
    colours = [re.search(r"--sc-age-(\w+)", etree.tostring(element, encoding="unicode")) for element in used]
    assert sorted(found.group(1) for found in colours if found) == sorted(
        cell.age(TODAY).value for cell in covered.cells.values()
    )
    shapes = {element.get("{http://www.w3.org/1999/xlink}href") for element in used}
    assert len(shapes) == len({cell.age(TODAY) for cell in covered.cells.values()})
    words = [" ".join(text.itertext()).strip() for text in root.iter("{*}text")]
    assert words == ["1", "2", "3", "Kazakhstan", "São Tomé and Príncipe", "Syria"]


def test_the_picture_has_a_name_and_fetches_and_runs_nothing(covered: Coverage) -> None:
    (svg,) = draw(covered, TODAY, ["1", "2", "3"], "{first} to {last}", "Rows from {first} to {last}.")
    root = etree.fromstring(svg)
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if "id" in element.attrib}
    assert [named[name] for name in root.get("aria-labelledby", "").split()] == [
        "Kazakhstan to Syria",
        "Rows from Kazakhstan to Syria.",
    ]
    ids = re.findall(r'\sid="([^"]+)"', svg)
    assert len(ids) == len(set(ids))
    assert all(name.startswith("coverage-1-") for name in ids)
    assert not re.search(r"<(?:script|style|image|foreignObject|a)\b|\son\w+=|url\(|@import", svg)
    assert set(re.findall(r'href="([^"]*)"', svg)) <= {f"#{name}" for name in ids}


def test_what_a_document_calls_its_publisher_is_not_in_the_picture() -> None:
    hostile = "<iframe>$x^2$</iframe>"
    shown = Coverage(("KZ",), (hostile,), {("KZ", hostile): Cell(1, None)})
    assert "iframe" not in draw(shown, TODAY, ["1"], "{first}", "{last}")[0]


def test_each_age_has_a_mark_of_its_own() -> None:
    assert len({re.sub(r"color:[^\"]*", "", mark_of(age)) for age in Age}) == len(Age)


def test_nothing_heavy_is_loaded_before_a_picture_is_drawn() -> None:
    code = "import sys, assistant.briefing.coverage_picture; print('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
