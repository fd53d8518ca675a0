"""A record of speed as one calm picture, speed.svg, and speed.png for places that show no SVG.

The SVG follows the reader's light or dark setting. Colours are Okabe and Ito's, told apart by everybody, and nothing is
said by colour alone.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.errors import ReportError

try:
    import matplotlib as mpl
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.ticker import FuncFormatter
except ImportError as error:
    raise ReportError("matplotlib is not installed.", way_out="Run: pip install -e '.[dev]'") from error

# The light colours, as the PNG has them, and what a dark page shows instead.
_DARK = {
    "#fdfdfb": "#14171c",  # ground
    "#2b2f36": "#d9dde3",  # ink
    "#c9ccd1": "#454b55",  # grid
    "#0072b2": "#56b4e9",  # blue
    "#d55e00": "#e69f00",  # orange
    "#009e74": "#2fc79f",  # green
    "#a3a8b0": "#6f7783",  # others
}
_GROUND, _INK, _GRID, _BLUE, _ORANGE, _GREEN, _OTHERS = _DARK
_NAMES = ("ground", "ink", "grid", "blue", "orange", "green", "others")
_WIDTH = 4.6  # inches a panel
_HEIGHT = 2.9
_STYLE: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "safecite",
    "font.size": 9,
    "axes.facecolor": _GROUND,
    "figure.facecolor": _GROUND,
    "axes.edgecolor": _GRID,
    "axes.labelcolor": _INK,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "text.color": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "grid.color": _GRID,
    "grid.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "legend.frameon": False,
}

Panel = Callable[[Axes], None]


def write(record: Mapping[str, Any], out: Path) -> list[Path]:
    """Draw what the record holds into `out`; returns the files. The same record makes the same bytes."""
    panels = _panels(record)
    with mpl.rc_context(_STYLE):
        across = min(2, len(panels))
        down = -(-len(panels) // across)
        figure = Figure(figsize=(_WIDTH * across, _HEIGHT * down), layout="constrained")
        grid = figure.subplots(down, across, squeeze=False)
        for number, axes in enumerate(grid.flat):
            if number < len(panels):
                panels[number](axes)
            else:
                axes.set_axis_off()
        svg, png = out / "speed.svg", out / "speed.png"
        svg.write_text(_following(figure), "utf-8")
        figure.savefig(png, dpi=160, metadata={"Software": None})
    return [svg, png]


def _panels(record: Mapping[str, Any]) -> list[Panel]:
    found: list[Panel] = []
    if building := record.get("building"):
        title = f"Building {building['passages']:,} passages: seconds"
        found.append(lambda axes: _stages(axes, building["stages"], 1, title))
    if answering := record.get("answering"):
        found.append(lambda axes: _stages(axes, answering["stages"], 1e3, "An answer: milliseconds (line: p95)"))
    if against := record.get("against"):
        rows = against["participants"]
        found.append(lambda axes: _beside(axes, rows, "passages_per_s", "Passages a second, files to searchable"))
        found.append(lambda axes: _beside(axes, rows, "first_answer_s", "Start to first answer: seconds"))
    if growth := record.get("growth"):
        found.append(lambda axes: _grown(axes, growth, _TIMES, "Growth: time"))
        found.append(lambda axes: _grown(axes, growth, _SIZES, "Growth: memory and disk, MB"))
    return found


def _stages(axes: Axes, rows: Sequence[Mapping[str, Any]], factor: float, title: str) -> None:
    names = [f"{row['stage']} (in {row['within']})" if "within" in row else str(row["stage"]) for row in rows]
    values = [factor * row["median_s"] for row in rows]
    more = [max(0.0, factor * row["p95_s"] - value) for row, value in zip(rows, values, strict=True)]
    colours = [_OTHERS if "within" in row else _BLUE for row in rows]
    axes.barh(names, values, color=colours, height=0.62, xerr=[[0.0] * len(more), more], ecolor=_INK)
    _label(axes, [value + extra for value, extra in zip(values, more, strict=True)], values)
    axes.set_title(title)


def _beside(axes: Axes, rows: Mapping[str, Mapping[str, Any]], key: str, title: str) -> None:
    values = [float(row[key]) for row in rows.values()]
    axes.barh(list(rows), values, color=[_BLUE, *[_OTHERS] * (len(rows) - 1)], height=0.62)
    _label(axes, values, values)
    axes.set_title(title)


def _label(axes: Axes, ends: Sequence[float], values: Sequence[float]) -> None:
    for place, (end, value) in enumerate(zip(ends, values, strict=True)):
        axes.annotate(f"{value:.3g}", (end, place), (4, 0), textcoords="offset points", va="center", fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.16)
    axes.set_xlim(left=0)
    axes.grid(visible=True, axis="x")
    axes.set_axisbelow(True)
    axes.tick_params(length=0)


_Line = tuple[str, Callable[[Mapping[str, Any]], float | None], str, str]  # name, value, colour, marker
_TIMES: tuple[_Line, ...] = (
    ("build, s", lambda row: row["seconds"] - row["making_s"], _BLUE, "o"),
    ("whole retrieval p50, ms", lambda row: row["retrieval_p50_ms"], _ORANGE, "s"),
    ("dense search p50, ms", lambda row: row["dense_p50_ms"], _GREEN, "^"),
)
_SIZES: tuple[_Line, ...] = (
    ("building, peak", lambda row: row["build_peak_mb"], _BLUE, "o"),
    ("answering, resident", lambda row: row["resident_mb"], _ORANGE, "s"),
    ("disk", lambda row: row["disk_bytes"] / 1e6, _GREEN, "^"),
)


def _grown(axes: Axes, rows: Sequence[Mapping[str, Any]], lines: Sequence[_Line], title: str) -> None:
    for name, value, colour, marker in lines:
        points = [(row["passages"], found) for row in rows if (found := value(row)) is not None]
        if points:
            axes.plot(*zip(*points, strict=True), color=colour, marker=marker, markersize=5, linewidth=1.6, label=name)
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xticks([row["passages"] for row in rows])
    axes.minorticks_off()
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}"))
    axes.set_xlabel("passages")
    axes.set_title(title)
    axes.legend(fontsize=8)
    axes.grid(visible=True)


def _following(figure: Figure) -> str:
    """The figure as SVG whose colours follow the page's light or dark setting."""
    written = io.StringIO()
    figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = written.getvalue()
    svg = svg[svg.index("<svg") :]
    for name, light in zip(_NAMES, _DARK, strict=True):
        svg = svg.replace(light, f"var(--{name})")
    light_ones = "".join(f"--{name}:{light};" for name, light in zip(_NAMES, _DARK, strict=True))
    dark_ones = "".join(f"--{name}:{dark};" for name, dark in zip(_NAMES, _DARK.values(), strict=True))
    sheet = f"svg{{{light_ones}}}@media (prefers-color-scheme:dark){{svg{{{dark_ones}}}}}"
    head, tail = svg.split(">", 1)
    return f'{head} role="img" aria-label="Speed of safecite">\n<style>{sheet}</style>{tail}'
