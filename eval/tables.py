"""Figures as a table for a terminal and as Markdown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rich.markup import escape
from rich.table import Table

from eval.measures import HEADLINES
from eval.records import QuestionRecord
from eval.runs import AnswerRecord, Run
from eval.stats import CONFIDENCE, Difference, Figure

_INTERVAL = f"{CONFIDENCE:.0%} interval"

Rows = Sequence[Sequence[str]]


class Section(NamedTuple):
    """A table with its title; `rows` are as long as `heads`."""

    title: str
    heads: Sequence[str]
    rows: Rows


def figure_rows(figures: Mapping[str, Figure]) -> Rows:
    """Measure, value, interval, n."""
    return [[f.label, f"{f.value:.4f}", _interval(f.low, f.high), str(f.n)] for f in figures.values()]


def difference_rows(differences: Mapping[str, Difference]) -> Rows:
    """Measure, this run, the other, difference, interval, p, test, n."""
    return [
        [
            d.label,
            f"{d.ours:.4f}",
            f"{d.theirs:.4f}",
            f"{d.value:+.4f}",
            _interval(d.low, d.high),
            f"{d.p:.4f}",
            d.test,
            str(d.n),
        ]
        for d in differences.values()
    ]


def tag_rows(tags: Mapping[str, Mapping[str, Figure]]) -> tuple[Sequence[str], Rows]:
    """Heads and rows: each tag with the headline figures that some tag has, and their n."""
    keys = {key: figures[key].label for key in HEADLINES for figures in tags.values() if key in figures}
    heads = ("tag", *keys.values())
    cells = [
        [tag, *(f"{figures[k].value:.3f} ({figures[k].n})" if k in figures else "–" for k in keys)]
        for tag, figures in tags.items()
    ]
    return heads, cells


def worst_rows(worst: Sequence[tuple[QuestionRecord, AnswerRecord, float]]) -> Rows:
    """Question id, worth, status, and which document the first citation is from. No words of either."""
    return [[question.id, f"{worth:.2f}", answer.status, _first_document(answer)] for question, answer, worth in worst]


FIGURE_HEADS = ("measure", "value", _INTERVAL, "n")
DIFFERENCE_HEADS = ("measure", "this run", "the other", "difference", _INTERVAL, "p", "test", "n")
WORST_HEADS = ("question", "worth", "status", "first citation")


def terminal_table(section: Section) -> Table:
    """A rich table; numbers stand to the right. Words are shown as they are, never as markup."""
    table = Table(title=escape(section.title), title_justify="left")
    rows = section.rows
    for number, head in enumerate(section.heads):
        is_number = bool(rows) and number > 0 and all(row[number][:1] in "+-0123456789–" for row in rows)
        table.add_column(head, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(escape, row))
    return table


def markdown_table(section: Section) -> str:
    """A heading and a table of GitHub's Markdown."""
    lines = [section.heads, ["---"] * len(section.heads), *section.rows]
    return f"## {section.title}\n\n" + "".join(
        "| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines
    )


def title(run: Run) -> str:
    """What was asked of what."""
    meta = run.meta
    return f"{meta.get('questions')} on {meta.get('snapshot')} ({meta.get('model')}, safecite {meta.get('version')})"


def _interval(low: float | None, high: float | None) -> str:
    return "–" if low is None or high is None else f"{low:.4f} … {high:.4f}"


def _first_document(answer: AnswerRecord) -> str:
    return f"{answer.citations[0].span.source}/{answer.citations[0].span.doc}" if answer.citations else "–"
