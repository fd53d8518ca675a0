"""Which country each publisher covers and how old that is: the figures, and a picture of them as SVG.

The picture is drawn in panels of some forty countries, which a page lays side by side or below one another. Age shows
as shape and as colour, so that neither is needed alone. It holds country names and our own marks, no word of a
document; its colours are names that the page's style gives, so that one drawing serves light and dark.
"""

from __future__ import annotations

import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from lxml import etree

from assistant.ages import age_in_days
from index.dates import PartialDate
from index.documents import Document, Kind, Status
from index.manifest import Manifest
from index.placenames import fold_word
from index.places import place_name

PANEL = 41  # countries in one panel, at most
MOST_COLUMNS = 8  # publishers that have a column of their own
FEW = 0.05  # of the places that the widest publisher covers: with fewer a publisher has no column
_ROW = 15.0  # points
_HEAD = 20.0
_NAMES = 178.0
_COLUMN = 25.0
_MARGIN = 4.0
_SIZE = 9.6  # of the type, in points
_LONGEST = 29  # characters of a country's name
_SVG = "http://www.w3.org/2000/svg"


class Age(StrEnum):
    """How old the newest page of a publisher about a country is."""

    MONTHS = "months"  # at most half a year
    YEAR = "year"
    YEARS = "years"  # at most three
    OLD = "old"
    UNDATED = "undated"


_LIMITS = {Age.MONTHS: 183, Age.YEAR: 365, Age.YEARS: 3 * 365}  # days
_SHAPES: dict[Age, tuple[str, float]] = {  # marker of matplotlib, and its area in points squared
    Age.MONTHS: ("s", 92),
    Age.YEAR: ("o", 62),
    Age.YEARS: ("D", 34),
    Age.OLD: ("v", 42),
    Age.UNDATED: ("x", 34),
}
# Stand-ins that the SVG carries until each is given the name of its colour.
_COLOURS = {age: f"#0101{number:02x}" for number, age in enumerate(Age, start=1)}
_INK, _LINE = "#010201", "#010202"


class Cell(NamedTuple):
    """What one publisher has about one place: how many current pages, and the date of the newest, None if undated."""

    documents: int
    newest: PartialDate | None

    def age(self, today: date) -> Age:
        """The newest page's age."""
        if self.newest is None:
            return Age.UNDATED
        days = age_in_days(self.newest, today)
        return next((age for age, limit in _LIMITS.items() if days <= limit), Age.OLD)


@dataclass(frozen=True, slots=True)
class Coverage:
    """`cells[place, publisher]` for each pair that has a current page.

    `places` are codes in the order of their names; `publishers` those with the most places first, what we compiled
    last. What is about no place counts nowhere.
    """

    places: tuple[str, ...]
    publishers: tuple[str, ...]
    cells: Mapping[tuple[str, str], Cell]

    def count(self, publisher: str) -> int:
        """How many places a publisher covers."""
        return sum(1 for _, name in self.cells if name == publisher)

    @property
    def columns(self) -> tuple[str, ...]:
        """The publishers that the picture shows: those of a single report would only leave their columns empty."""
        enough = max(map(self.count, self.publishers), default=0) * FEW
        return tuple(name for name in self.publishers if self.count(name) >= enough)[:MOST_COLUMNS]


def coverage(manifest: Manifest) -> Coverage:
    """What a state covers today; withdrawn and superseded pages cover nothing."""
    pages: dict[tuple[str, str], list[PartialDate | None]] = defaultdict(list)
    ours: set[str] = set()
    for record in manifest.documents:
        if record.get("status", Status.CURRENT) == Status.CURRENT:
            document = Document.from_record(record)
            publisher = document.publisher or document.source
            if document.kind is Kind.COMPILED:
                ours.add(publisher)
            for place in document.about:
                pages[place, publisher].append(document.date)
    cells = {key: Cell(len(days), _newest(days)) for key, days in pages.items()}
    widest = Counter(publisher for _, publisher in cells)
    places = tuple(sorted({place for place, _ in cells}, key=lambda code: fold_word(place_name(code))))
    return Coverage(places, tuple(sorted(widest, key=lambda name: (name in ours, -widest[name], name))), cells)


def panels(shown: Coverage) -> list[tuple[str, ...]]:
    """The places in panels of nearly one size, in order."""
    count = -(-len(shown.places) // PANEL)
    size = -(-len(shown.places) // count) if count else 0
    return [shown.places[start : start + size] for start in range(0, len(shown.places), size or 1)]


def draw(shown: Coverage, today: date, marks: Sequence[str], title: str, description: str) -> list[str]:
    """Each panel as an SVG element. `marks` are the short names that stand above the columns.

    `title` and `description` are formatted with `first` and `last`, the names of a panel's first and last country.
    """
    from matplotlib import rc_context  # noqa: PLC0415 - a second, and only the picture needs it

    drawn = []
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": "safecite", "font.family": "sans-serif"}):
        for number, places in enumerate(panels(shown), start=1):
            names = {"first": place_name(places[0]), "last": place_name(places[-1])}
            said = title.format(**names), description.format(**names)
            drawn.append(_accessible(_panel(shown, places, today, marks), number, *said))
    return drawn


def _newest(days: Sequence[PartialDate | None]) -> PartialDate | None:
    return max((day for day in days if day), key=lambda day: day.first(), default=None)


def _panel(shown: Coverage, places: Sequence[str], today: date, marks: Sequence[str]) -> bytes:
    """One panel as matplotlib writes it; points are its units, the origin is at the top left."""
    from matplotlib.figure import Figure  # noqa: PLC0415

    width = _NAMES + _COLUMN * len(shown.columns) + _MARGIN
    height = _HEAD + _ROW * len(places) + _MARGIN
    figure = Figure(figsize=(width / 72, height / 72), dpi=72)
    axes: Any = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(height, 0))
    axes.axis("off")
    across = [_NAMES + _COLUMN * (number + 0.5) for number in range(len(shown.columns))]
    words: dict[str, Any] = {"color": _INK, "fontsize": _SIZE, "va": "center", "parse_math": False}
    for x, mark in zip(across, marks, strict=True):
        axes.text(x, _HEAD / 2, mark, ha="center", fontweight="bold", **words)
    points: dict[Age, list[tuple[float, float]]] = defaultdict(list)
    for row, place in enumerate(places):
        y = _HEAD + _ROW * (row + 0.5)
        axes.text(_MARGIN, y, _short(place_name(place)), **words)
        for x, publisher in zip(across, shown.columns, strict=True):
            if cell := shown.cells.get((place, publisher)):
                points[cell.age(today)].append((x, y))
    rules = [_HEAD + _ROW * row for row in range(len(places) + 1)]
    axes.hlines(rules, _MARGIN, width - _MARGIN, colors=_LINE, linewidths=0.5)
    for age, at in points.items():
        shape, area = _SHAPES[age]
        edge = {"linewidths": 1.8} if shape == "x" else {"linewidths": 0}
        axes.scatter(*zip(*at, strict=True), s=area, marker=shape, color=_COLOURS[age], zorder=3, **edge)
    written = io.BytesIO()
    figure.savefig(written, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return written.getvalue()


def _accessible(svg: bytes, number: int, title: str, description: str) -> str:
    """The SVG as an image with a name and a description, colours by name, and nothing that a page has twice."""
    root = etree.fromstring(svg)
    for unwanted in root.xpath("//*[local-name()='metadata' or local-name()='style']"):
        unwanted.getparent().remove(unwanted)
    used = {href.lstrip("#") for href in root.xpath("//@*[local-name()='href']")}
    renamed = {name: f"coverage-{number}-{name}" for name in used}
    for element in root.iter():
        if "id" in element.attrib and element.get("id") not in used:
            del element.attrib["id"]
        elif "id" in element.attrib:
            element.set("id", renamed[element.get("id")])
        for name, value in element.attrib.items():
            if name.endswith("}href"):
                element.set(name, "#" + renamed[value.lstrip("#")])
            if "clip-path" in name:
                del element.attrib[name]  # nothing is drawn outside
    labels = [f"coverage-{number}-title", f"coverage-{number}-description"]
    for place, (tag, words) in enumerate((("title", title), ("desc", description))):
        element = etree.Element(f"{{{_SVG}}}{tag}", id=labels[place])
        element.text = words
        root.insert(place, element)
    root.set("role", "img")
    root.set("aria-labelledby", " ".join(labels))
    root.set("class", "sc-coverage-panel")
    text: str = etree.tostring(root, encoding="unicode")
    for stand_in, name in {**{c: f"age-{a}" for a, c in _COLOURS.items()}, _INK: "ink", _LINE: "line"}.items():
        text = text.replace(stand_in, f"var(--sc-{name})")
    return text


def mark_of(age: Age) -> str:
    """The mark of an age for a legend, as an SVG element that stands for nothing in words."""
    shapes = {
        Age.MONTHS: '<rect x="2" y="2" width="12" height="12"/>',
        Age.YEAR: '<circle cx="8" cy="8" r="5.2"/>',
        Age.YEARS: '<path d="M8 3l5 5-5 5-5-5z"/>',
        Age.OLD: '<path d="M3 4h10l-5 9z"/>',
        Age.UNDATED: '<path d="M4 4l8 8M12 4l-8 8" fill="none" stroke="currentColor" stroke-width="2"/>',
    }
    return (
        f'<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" fill="currentColor" '
        f'style="color:var(--sc-age-{age.value})">{shapes[age]}</svg>'
    )


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1].rstrip() + "…"
