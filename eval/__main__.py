"""`python -m eval`: ask a question set, score the run, make sets from public formats."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from eval.questions import Format, Split, load
from index.errors import SafeciteError

_WIDTH = 110  # columns of a table that goes to a file or a pipe

app = typer.Typer(
    help="Ask whole question sets and score the answers.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


@app.command(
    epilog="Examples: `python -m eval run --index INDEX --questions eval/sets/seeds.jsonl --out runs/seeds` · "
    "`python -m eval run --index INDEX --questions scifact --split test --out runs/scifact`"
)
def run(
    questions: Annotated[
        list[Path],
        typer.Option(
            help="A JSONL file of questions, or the folder (or queries.jsonl) of a BEIR set; may be repeated."
        ),
    ],
    out: Annotated[Path, typer.Option(help="The run's folder. A run that was cut short goes on where it stopped.")],
    index: Annotated[
        Path | None, typer.Option(help="The index folder (else SAFECITE_INDEX, else your data folder).")
    ] = None,
    form: Annotated[
        Format | None, typer.Option("--format", help="Guessed between jsonl and beir if not given.")
    ] = None,
    split: Annotated[Split, typer.Option(help="Which qrels of a BEIR set to ask.")] = Split.TEST,
) -> None:
    """Ask every question and keep the answers in OUT/answers.jsonl."""
    from assistant.answer import Assistant
    from assistant.progress import shown_progress
    from assistant.settings import index_folder, model_name
    from eval.answerer import InstalledAnswerer
    from eval.run import run as ask_all

    asked = load(questions, form, split)
    with shown_progress() as progress:
        progress("opening the index", 0, 0)
        folder, model = index_folder(index), model_name()
        answerer = InstalledAnswerer(lambda day: Assistant.open(folder, model, as_of=day))
        new = ask_all(answerer, asked, out, progress)
    total = len(asked.questions)
    _say(
        f"{new} of {total} questions asked, {total - new} were answered before. Score: python -m eval score --run {out}"
    )


@app.command(
    epilog="Examples: `python -m eval score --run runs/seeds` · "
    "`python -m eval score --run runs/new --against runs/old --worst 10`"
)
def score(
    folder: Annotated[Path, typer.Option("--run", help="The folder that `run` wrote.")],
    against: Annotated[Path | None, typer.Option(help="Another run, to show paired differences to.")] = None,
    worst: Annotated[int, typer.Option(min=0, help="List this many of the questions that went worst, by id.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Score a finished run: prints the figures, and writes them to scores.json and scores.md in its folder."""
    from eval import measures, report
    from eval.runs import read_run

    scored = read_run(folder)
    figures = measures.figures(scored)
    tables = [report.Section(report.title(scored), report.FIGURE_HEADS, report.figure_rows(figures))]
    record: dict[str, Any] = {
        "run": scored.meta,
        "figures": {key: figure.to_record() for key, figure in figures.items()},
        "inexact": list(scored.inexact),
    }
    if against is not None:
        other = read_run(against)
        differences = measures.differences(scored, other)
        rows = report.difference_rows(differences)
        tables.append(report.Section(f"against {report.title(other)}", report.DIFFERENCE_HEADS, rows))
        record["against"] = {"run": other.meta, "differences": {k: d.to_record() for k, d in differences.items()}}
    if worst:
        rows = report.worst_rows(measures.worst(scored, worst))
        tables.append(report.Section("questions that went worst", report.WORST_HEADS, rows))
        record["worst"] = [dict(zip(report.WORST_HEADS, row, strict=True)) for row in rows]
    if scored.inexact:
        faults = [[str(value) for value in fault.values()] for fault in scored.inexact]
        tables.append(report.Section("quotes that are not exact", tuple(scored.inexact[0]), faults))
    (folder / "scores.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / "scores.md").write_text("\n".join(map(report.markdown_table, tables)), "utf-8")
    if as_json:
        typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    for table in tables:
        console.print(report.terminal_table(table))


@app.command(
    epilog="Example: `python -m eval corpus --format squad --in xquad.en.json --out sets/xquad`, "
    "then `safecite build --sources sets/xquad` and `python -m eval run --questions sets/xquad/questions.jsonl …`"
)
def corpus(
    form: Annotated[Format, typer.Option("--format", help="squad, clapnq or orsharc.")],
    files: Annotated[
        list[Path],
        typer.Option("--in", help="A file of the format; may be repeated. For orsharc also its id2snippet.json."),
    ],
    out: Annotated[Path, typer.Option(help="Where to write corpus.jsonl and questions.jsonl.")],
) -> None:
    """Make a public question-answering set into documents to build from and questions to ask."""
    from eval.errors import QuestionSetError
    from eval.formats import CONVERTERS, write

    if form not in CONVERTERS:
        raise QuestionSetError(f"{form} sets need no converting.", way_out="Build from the folder of corpus.jsonl.")
    converted = CONVERTERS[form](files)
    write(converted, out)
    _say(f"{len(converted.documents)} documents and {len(converted.questions)} questions written to {out}")


@app.command(
    epilog="Example: `python -m eval fit --run runs/dev-one --run runs/dev-two --out assistant/data/judgement.json`"
)
def fit(
    folders: Annotated[list[Path], typer.Option("--run", help="A finished run of a development set; may be repeated.")],
    out: Annotated[Path, typer.Option(help="Where to write the coefficients.")],
) -> None:
    """Fit the judgement whether a quote answers, on development sets. Never on a set that is reported."""
    from eval import fit as fitting

    record = fitting.fit(folders)
    fitting.write(record, out)
    typer.echo(json.dumps(record, indent=2))


@app.command(
    epilog="Example: `python -m eval hazards --index INDEX --wording other --part test --out sets/hazards.jsonl`"
)
def hazards(
    out: Annotated[Path, typer.Option(help="The question file to write.")],
    wording: Annotated[str, typer.Option(help="own: in the pages' own words; other: in a traveller's.")] = "own",
    part: Annotated[str, typer.Option(help="dev or test: countries are split by a hash of their code.")] = "dev",
    most: Annotated[int, typer.Option(min=1, help="At most this many answerable and as many unanswerable.")] = 150,
    index: Annotated[Path | None, typer.Option(help="An index of the advisories.")] = None,
) -> None:
    """Make questions about hazards, with gold by rule, from an index of real advisories."""
    from assistant.settings import index_folder, model_name
    from eval import hazards as rule
    from index.embedding import load_embedder
    from index.snapshot import Snapshot

    records = rule.questions(Snapshot.open(index_folder(index), load_embedder(model_name())), wording, part, most)
    rule.write(records, out)
    _say(f"{len(records)} questions written to {out}")


def main(arguments: list[str] | None = None) -> None:
    """Run the command; a user's mistake ends in one sentence and status 1."""
    try:
        app(arguments)
    except SafeciteError as error:
        _say(f"eval: {error}")
        sys.exit(1)
    except OSError as error:
        _say(f"eval: {error.filename or 'a file'}: {error.strerror}.")
        sys.exit(1)


def _say(sentence: str) -> None:
    typer.echo(sentence, err=True)


if __name__ == "__main__":
    main()
