"""Runs side by side for people: what a report shows of each run, gathered once for its page and its Markdown.

A report quotes questions, quotes and gold in full, so that one can see what went wrong: it stays outside the project.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.render import escape_markdown
from eval import calibration, measures, tables
from eval.calibration import Coverage, Judged
from eval.errors import ReportError
from eval.records import QuestionRecord
from eval.runs import AnswerRecord, Run, read_run
from eval.stats import Difference, Figure

NOTICE = (
    "This report quotes questions and sources in full, to show what went wrong. Their words belong to their "
    "publishers: keep it outside the project, and do not pass it on."
)
READING = (
    "Shares have Wilson's interval; means, differences and AUROC a bootstrap's; all cover 95 %. Differences have "
    "McNemar's exact test where each pair is right or wrong, else a paired permutation test. No p is corrected for the "
    "number of measures. A question without an answer counts as wrong in every measure of its kind."
)
_HEADLINES = {
    "ndcg@10": "nDCG@10",
    "first_overlaps": "right quote first",
    "number_first": "number right",
    "newest_first": "newest level first",
    "right_place": "right place",
    "wrong_place": "wrong place",
    "refused_answerable": "answerable refused",
    "refused_unanswerable": "unanswerable refused",
    "balanced_accuracy": "balanced accuracy",
    "auroc_answerable": "AUROC answerable",
    "auroc_right": "AUROC right",
    "ece": "calibration error",
    "aurc": "AURC",
    "exact": "exact quotes",
    "seconds_p50": "median seconds",
}
_SHOWN = 3  # quotes and golds of a failure
_FEWEST = 10  # judged questions: of fewer no curve is drawn


class Quoted(NamedTuple):
    """Words with where they stand."""

    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A question that went wrong: what was quoted, and what would have been right."""

    question: QuestionRecord
    status: str
    probability: float | None
    worth: float
    quoted: tuple[Quoted, ...]
    gold: tuple[Quoted, ...]
    more_gold: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a report shows of one run. `key` is unique within the report; `judged` is empty where no curve is drawn."""

    key: str
    name: str
    facts: dict[str, str]
    figures: dict[str, Figure]
    judged: list[Judged]
    answered: Coverage | None
    against: str
    differences: dict[str, Difference]
    tagged: dict[str, dict[str, dict[str, Figure]]]
    failures: list[Failure]


def chapters(
    folders: Sequence[Path], against: Sequence[Path] = (), by: Sequence[str] = (), worst: int = 12
) -> list[Chapter]:
    """One chapter a run, each compared with the first of `against` that was asked the same question set.

    Raises QuestionSetError where a folder holds no finished run, ReportError where a run to compare with fits none.
    """
    runs, earlier = [read_run(folder) for folder in folders], [read_run(folder) for folder in against]
    known = {run.meta.get("questions_sha256") for run in runs}
    for run in earlier:
        if run.meta.get("questions_sha256") not in known:
            raise ReportError("was asked other questions than any of the runs.", path=run.folder)
    return [_chapter(f"run{number}", run, earlier, by, worst) for number, run in enumerate(runs, start=1)]


def summary(found: Sequence[Chapter]) -> tuple[list[str], list[tuple[Chapter, list[Figure | None]]]]:
    """The headline measures that some run has, and each run's figures under them."""
    keys = [key for key in _HEADLINES if any(key in chapter.figures for chapter in found)]
    rows = [(chapter, [chapter.figures.get(key) for key in keys]) for chapter in found]
    return [_HEADLINES[key] for key in keys], rows


def markdown(found: Sequence[Chapter]) -> str:
    """The report as Markdown; everything from questions and documents is escaped."""
    heads, rows = summary(found)
    cells = [
        [chapter.name, chapter.facts["questions"], *(f"{figure.value:.3f}" if figure else "–" for figure in figures)]
        for chapter, figures in rows
    ]
    parts = ["# Evaluation\n", f"> {NOTICE}\n", READING + "\n"]
    parts.append(tables.markdown_table(tables.Section("All runs", ("set", "questions", *heads), cells)))
    for chapter in found:
        parts.append(f"# {escape_markdown(chapter.name)}\n")
        parts.append("\n".join(f"- {fact}: {escape_markdown(value)}" for fact, value in chapter.facts.items()) + "\n")
        sections = [tables.Section("Figures", tables.FIGURE_HEADS, tables.figure_rows(chapter.figures))]
        if chapter.judged:
            bins = [
                [f"{b.low:.1f}–{b.high:.1f}", f"{b.confidence:.3f}", f"{b.accuracy:.3f}", str(b.n)]
                for b in calibration.reliability(chapter.judged)
            ]
            sections.append(tables.Section("Reliability", ("probability", "mean", "share right", "n"), bins))
        if chapter.differences:
            rows_ = tables.difference_rows(chapter.differences)
            sections.append(tables.Section(f"Against {chapter.against}", tables.DIFFERENCE_HEADS, rows_))
        sections += [tables.Section(f"By tag {by}", *tables.tag_rows(tags)) for by, tags in chapter.tagged.items()]
        parts += [tables.markdown_table(section) for section in sections]
        if chapter.failures:
            parts.append("## What went worst\n")
            parts += [_failure_markdown(failure) for failure in chapter.failures]
    return "\n".join(parts)


def _failure_markdown(failure: Failure) -> str:
    lines = [f"- **{escape_markdown(failure.question.question)}** ({failure.question.id}: {failure.status})"]
    for name, quotes in (("quoted", failure.quoted), ("gold", failure.gold)):
        for quote in quotes:
            words = escape_markdown(" ".join(quote.words.split()))
            lines.append(f"  - {name}, {escape_markdown(quote.where)}: {words}")
    return "\n".join(lines) + "\n"


def _chapter(key: str, run: Run, earlier: Sequence[Run], by: Sequence[str], worst: int) -> Chapter:
    same = [other for other in earlier if other.meta.get("questions_sha256") == run.meta.get("questions_sha256")]
    judged = calibration.judged(run)
    known = [row for row in judged if row.right is not None]
    wrong = measures.failed(run)
    facts = {
        "questions": str(len(run.questions)),
        "index": f"{run.meta.get('snapshot')}, {run.meta.get('model')}",
        "finished": str(run.meta.get("finished")),
        "folder": str(run.folder),
        "question set": str(run.meta.get("questions_sha256"))[:12],
    }
    return Chapter(
        key=key,
        name=str(run.meta.get("questions") or run.folder.name).replace(".jsonl", ""),
        facts=facts,
        figures=measures.figures(run),
        judged=judged if len(known) >= _FEWEST else [],
        answered=_answered(known),
        against=tables.title(same[0]) if same else "",
        differences=measures.differences(run, same[0]) if same else {},
        tagged={prefix: measures.by_tag(run, prefix) for prefix in by},
        failures=[_failure(*row) for row in measures.worst(run, len(run.questions)) if row[0].id in wrong][:worst],
    )


def _answered(known: Sequence[Judged]) -> Coverage | None:
    """Where the run stands on its risk-coverage curve; None where it answered nothing that was judged."""
    answered = [row for row in known if row.answered]
    if not answered:
        return None
    return Coverage(len(answered) / len(known), sum(not row.right for row in answered) / len(answered))


def _failure(question: QuestionRecord, answer: AnswerRecord, worth: float) -> Failure:
    golds = [Quoted(f"{gold.source or ''}/{gold.doc}", gold.span or "") for gold in question.gold]
    return Failure(
        question=question,
        status=f"{answer.status}, {answer.reason}" if answer.reason else answer.status,
        probability=answer.probability,
        worth=worth,
        quoted=tuple(Quoted(f"{c.span.source}/{c.span.doc}", c.quote) for c in answer.citations[:_SHOWN]),
        gold=tuple(golds[:_SHOWN]),
        more_gold=max(0, len(golds) - _SHOWN),
    )
