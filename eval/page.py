"""A report as one HTML page that fetches nothing: the template is filled, all text escaped, the curves drawn in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from eval import calibration, curves, report
from eval.report import Chapter

_DATA = Path(__file__).parent / "data"


def html(found: Sequence[Chapter]) -> str:
    """The page. The same runs always give the same bytes. Raises ReportError where matplotlib is missing."""
    environment = Environment(
        loader=FileSystemLoader(_DATA), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    heads, rows = report.summary(found)
    return environment.get_template("report.html.j2").render(
        notice=report.NOTICE,
        reading=report.READING,
        heads=heads,
        rows=rows,
        chapters=[(chapter, _curves(chapter)) for chapter in found],
    )


def write(found: Sequence[Chapter], folder: Path) -> None:
    """Write report.html and report.md."""
    page = html(found)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "report.html").write_text(page, "utf-8")
    (folder / "report.md").write_text(report.markdown(found), "utf-8")


def _curves(chapter: Chapter) -> list[tuple[Markup, str]]:
    """Each curve with what is written under it. They are ours, drawn from numbers alone, so they are not escaped."""
    rows = chapter.judged
    if not rows:
        return []
    drawn = [
        (
            curves.reliability(calibration.reliability(rows), f"{chapter.key}-reliability"),
            "Reliability: on the dashed line, a probability means what it says. Bars are intervals, numbers counts.",
        ),
        (
            curves.risk_coverage(calibration.risk_coverage(rows), chapter.answered, f"{chapter.key}-risk"),
            "Risk and coverage: how many answers are wrong when only the surest share is answered. Lower is better.",
        ),
        (
            curves.histogram(rows, f"{chapter.key}-histogram"),
            "Spread of the probability over all judged questions, refused ones included.",
        ),
    ]
    return [(Markup(svg), caption) for svg, caption in drawn]  # noqa: S704 - our own drawing, without any outside text
