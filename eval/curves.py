"""The curves of a report as inline SVG: how reliable the probability is, what silence buys, how it is spread.

Drawn by matplotlib without a screen. Colours are left to the page's style sheet (CSS variables), so a curve is readable
on light and on dark ground and in print; the same figures always give the same bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from eval.calibration import BINS, Bin, Coverage, Judged
from eval.errors import ReportError

try:
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator
except ImportError as error:
    raise ReportError("matplotlib is not installed.", way_out="Run: pip install -e '.[dev]'") from error

# Stand-ins for the style sheet's colours: matplotlib wants real ones.
_COLOURS = {
    "#000001": "ink",
    "#000002": "faint",
    "#000003": "one",
    "#000004": "two",
    "#000005": "three",
    "#000006": "one-soft",
    "#000007": "two-soft",
    "#000008": "three-soft",
}
_INK, _FAINT, _ONE, _TWO, _THREE, _ONE_SOFT, _TWO_SOFT, _THREE_SOFT = _COLOURS
_SIZE = (3.6, 3.0)  # inches of 72 units: about the width of a telephone's page
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "safecite",
    "font.size": 9,
    "axes.edgecolor": _FAINT,
    "axes.labelcolor": _INK,
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": _FAINT,
    "grid.linewidth": 0.4,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
    "hatch.linewidth": 0.7,
}


def reliability(bins: Sequence[Bin], name: str) -> str:
    """Share right against probability, each point with its interval and count. `name` is unique on the page."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes("probability that the quote answers", "share that does")
        axes.plot([0, 1], [0, 1], color=_FAINT, linestyle="--", linewidth=1)
        low = [each.accuracy - each.interval[0] for each in bins]
        high = [each.interval[1] - each.accuracy for each in bins]
        at, share = [each.confidence for each in bins], [each.accuracy for each in bins]
        axes.errorbar(at, share, yerr=[low, high], color=_ONE, marker="o", markersize=5, linewidth=1.6, elinewidth=1)
        for each in bins:
            beside = (6, -10) if each.confidence < 0.9 else (-16, -10)
            axes.annotate(str(each.n), (each.confidence, each.accuracy), beside, textcoords="offset points", fontsize=8)
        _unit(axes)
        told = "; ".join(f"at {b.confidence:.2f} {b.accuracy:.2f} of {b.n} right" for b in bins)
        return _svg(figure, name, f"Reliability curve: {told}")


def risk_coverage(curve: Sequence[Coverage], answered: Coverage | None, name: str) -> str:
    """Risk against coverage. `answered` marks where the run stands: the share it answered, and how many were wrong."""
    with mpl.rc_context(_STYLE):
        figure, axes = _axes("share of questions answered", "share of those that is wrong")
        coverage, risk = [point.coverage for point in curve], [point.risk for point in curve]
        axes.plot(coverage, risk, color=_ONE, linewidth=1.8)
        axes.fill_between(coverage, risk, color=_ONE, alpha=0.12, linewidth=0)
        told = ""
        if answered is not None:
            axes.plot([answered.coverage], [answered.risk], color=_TWO, marker="D", markersize=7, linestyle="none")
            axes.annotate("as run", answered, (0, 9), textcoords="offset points", ha="center", fontsize=8)
            told = f"; the run answered {answered.coverage:.2f}, {answered.risk:.2f} of them wrong"
        _unit(axes)
        marks = [curve[max(0, round(len(curve) * share) - 1)] for share in (0.25, 0.5, 0.75, 1)]
        points = "; ".join(f"at {point.coverage:.2f} answered {point.risk:.2f} wrong" for point in marks)
        return _svg(figure, name, f"Risk-coverage curve: {points}{told}")


def histogram(rows: Sequence[Judged], name: str) -> str:
    """How many questions have which probability, by what they are."""
    kinds = {  # values, edge, face, hatch: told apart without colour as well
        "best quote right": ([r.probability for r in rows if r.right], _ONE, _ONE_SOFT, ""),
        "answerable, quote wrong": (
            [r.probability for r in rows if r.answerable and r.right is False],
            _TWO,
            _TWO_SOFT,
            "///",
        ),
        "not answerable": ([r.probability for r in rows if r.answerable is False], _THREE, _THREE_SOFT, "..."),
        "answerable, gold unknown": (
            [r.probability for r in rows if r.answerable and r.right is None],
            _FAINT,
            _FAINT,
            "",
        ),
    }
    kinds = {label: kind for label, kind in kinds.items() if kind[0]}
    with mpl.rc_context(_STYLE):
        figure, axes = _axes("probability that the quote answers", "questions")
        edges = np.linspace(0, 1, BINS + 1)
        below = np.zeros(BINS)
        for label, (values, edge, face, hatch) in kinds.items():
            counts, _ = np.histogram(values, edges)
            look: dict[str, Any] = {"facecolor": face, "edgecolor": edge, "hatch": hatch, "linewidth": 0.8}
            axes.bar(edges[:-1] + 0.5 / BINS, counts, 0.9 / BINS, below, label=label, **look)
            below = below + counts
        axes.set_xlim(0, 1)
        axes.yaxis.set_major_locator(MaxNLocator(integer=True))
        axes.legend(
            loc="lower center", bbox_to_anchor=(0.5, 1.0), fontsize=8, ncols=2, handlelength=1.4, columnspacing=1
        )
        told = "; ".join(f"{label} {len(values)}" for label, (values, *_) in kinds.items())
        return _svg(figure, name, f"Histogram of the probability: {told}")


def _axes(across: str, up: str) -> tuple[Figure, Axes]:
    figure = Figure(figsize=_SIZE, layout="constrained")
    axes = figure.subplots()
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.grid(visible=True)
    axes.set_axisbelow(True)
    return figure, axes


def _unit(axes: Axes) -> None:
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(-0.02, 1.02)


def _svg(figure: Figure, name: str, told: str) -> str:
    """The figure as an element of a page: no prologue, no metadata, ids apart from other figures', colours as CSS."""
    written = io.StringIO()
    figure.patch.set_visible(False)
    for axes in figure.axes:
        axes.patch.set_visible(False)
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = written.getvalue()
    svg = re.sub(
        r"<metadata>.*?</metadata>|<!--.*?-->|<style.*?</style>", "", svg[svg.index("<svg") :], flags=re.DOTALL
    )
    used = set(re.findall(r"(?:url\(|href=\")#([\w-]+)", svg))
    svg = re.sub(r' id="([^"]+)"', lambda m: f' id="{name}-{m[1]}"' if m[1] in used else "", svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{name}-", svg)
    for colour, variable in _COLOURS.items():
        svg = svg.replace(colour, f"var(--{variable})")
    svg = re.sub(r"font-family: [^;\"]+", "font-family: inherit", svg)
    opening = re.sub(r' (?:width|height|version)="[^"]*"', "", svg[: svg.index(">")])
    return f'{opening} role="img" aria-label="{told}"{svg[svg.index(">") :]}'.strip()
