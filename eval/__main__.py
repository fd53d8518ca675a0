"""`python -m eval`: ask a question set, score the run, make sets from public formats, measure the speed."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console

from eval.choices import Hazards, Part, What, Wording
from eval.questions import Format, Split, load
from index.errors import SafeciteError

_MOST_HAZARDS = 150
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
    by: Annotated[
        str | None, typer.Option(help="Also the figures of each tag that begins so, such as service: or differ.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Score a finished run: prints the figures, and writes them to scores.json and scores.md in its folder."""
    from eval import measures, tables
    from eval.runs import read_run

    scored = read_run(folder)
    figures = measures.figures(scored)
    shown = [tables.Section(tables.title(scored), tables.FIGURE_HEADS, tables.figure_rows(figures))]
    record: dict[str, Any] = {
        "run": scored.meta,
        "figures": {key: figure.to_record() for key, figure in figures.items()},
        "inexact": list(scored.inexact),
    }
    if against is not None:
        other = read_run(against)
        differences = measures.differences(scored, other)
        rows = tables.difference_rows(differences)
        shown.append(tables.Section(f"against {tables.title(other)}", tables.DIFFERENCE_HEADS, rows))
        record["against"] = {"run": other.meta, "differences": {k: d.to_record() for k, d in differences.items()}}
    if by is not None:
        tagged = measures.by_tag(scored, by)
        shown.append(tables.Section(f"by tag {by}", *tables.tag_rows(tagged)))
        record["by"] = {tag: {key: figure.to_record() for key, figure in f.items()} for tag, f in tagged.items()}
    if worst:
        rows = tables.worst_rows(measures.worst(scored, worst))
        shown.append(tables.Section("questions that went worst", tables.WORST_HEADS, rows))
        record["worst"] = [dict(zip(tables.WORST_HEADS, row, strict=True)) for row in rows]
    if scored.inexact:
        faults = [[str(value) for value in fault.values()] for fault in scored.inexact]
        shown.append(tables.Section("quotes that are not exact", tuple(scored.inexact[0]), faults))
    (folder / "scores.json").write_text(json.dumps(record, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / "scores.md").write_text("\n".join(map(tables.markdown_table, shown)), "utf-8")
    if as_json:
        typer.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    console = Console(width=None if sys.stdout.isatty() else _WIDTH)
    for table in shown:
        console.print(tables.terminal_table(table))


@app.command(
    epilog="Examples: `python -m eval report --run runs/seeds --run runs/numbers --by service: --out /tmp/report` · "
    "`python -m eval report --run runs/new --against runs/old --out /tmp/report`"
)
def report(
    folders: Annotated[list[Path], typer.Option("--run", help="A finished run; may be repeated.")],
    out: Annotated[Path, typer.Option(help="Where to write report.html and report.md. Keep it outside the project.")],
    against: Annotated[
        list[Path] | None,
        typer.Option(help="An earlier run, compared with the run that was asked the same questions; may be repeated."),
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option(help="Also the figures of each tag that begins so; may be repeated.")
    ] = None,
    worst: Annotated[int, typer.Option(min=0, help="Show this many of the questions that went worst.")] = 12,
) -> None:
    """Make one page of runs: figures, curves, changes and the worst failures. It quotes questions and texts in full,
    so it must stay outside the project.
    """
    from eval import page
    from eval.report import chapters

    page.write(chapters(folders, against or (), by or (), worst), out)
    _say(f"Written: {out / 'report.html'} and {out / 'report.md'}. They quote texts: keep them outside the project.")


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
    epilog="Examples: `python -m eval make numbers --index INDEX --out sets/numbers.jsonl` · "
    "`python -m eval make hazards --wording other --part test --index INDEX --out sets/hazards.jsonl` · "
    "`python -m eval make hazards --set dev --index INDEX --out sets/hazards_dev.jsonl`"
)
def make(
    what: Annotated[What, typer.Argument(help="hazards, numbers (of emergency services), levels or places.")],
    out: Annotated[Path, typer.Option(help="The question file to write.")],
    part: Annotated[Part, typer.Option(help="Countries are split by a hash of their code.")] = Part.DEV,
    most: Annotated[
        int | None,
        typer.Option(min=1, help="At most this many questions; of hazards 150 if not given, and as many unanswerable."),
    ] = None,
    wording: Annotated[Wording, typer.Option(help="Of hazards: the pages' own words, or a traveller's.")] = Wording.OWN,
    hazard_set: Annotated[Hazards, typer.Option("--set", help="Of hazards: which table of them.")] = Hazards.REPORTED,
    index: Annotated[Path | None, typer.Option(help="An index of the advisories.")] = None,
) -> None:
    """Make questions from an index of real advisories, with gold by rule. eval/sets/README.md tells the rules."""
    from assistant.settings import index_folder, model_name
    from eval.makers import maker
    from eval.making import Options, write
    from index.embedding import load_embedder
    from index.snapshot import Snapshot

    snapshot = Snapshot.open(index_folder(index), load_embedder(model_name()))
    made = maker(what, wording, hazard_set)(
        snapshot, Options(part, most or (_MOST_HAZARDS if what is What.HAZARDS else sys.maxsize))
    )
    write(made, out)
    _say(f"{len(made)} questions written to {out}")


@app.command(
    epilog="Examples: `python -m eval speed --sources ../shared/data/advisories --pages 240 --out runs/speed` · "
    "`python -m eval speed --index INDEX --questions eval/sets/seeds_dev.jsonl --out runs/speed` · add "
    "`--against langchain,llamaindex,txtai`, `--scale 1000,10000,100000` or `--regress runs/before/speed.json`"
)
def speed(
    out: Annotated[Path, typer.Option(help="Where to write speed.json, speed.md, speed.svg and speed.png.")],
    sources: Annotated[
        list[str] | None,
        typer.Option(metavar="[NAME=]DIR", help="Time the building of these; may be repeated."),
    ] = None,
    index: Annotated[Path | None, typer.Option(help="Time the answering from this index; it stays as it is.")] = None,
    questions: Annotated[
        list[Path] | None, typer.Option(help="A JSONL file of questions to ask; may be repeated.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="Do everything so often; medians are told.")] = 5,
    pages: Annotated[
        int | None, typer.Option(min=1, help="Of the sources only a draw of so many documents, always the same ones.")
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            metavar="PEERS",
            help="Also time langchain, llamaindex, txtai, by commas, in an environment of their own that is made once.",
        ),
    ] = None,
    scale: Annotated[
        str | None,
        typer.Option(metavar="NUMBERS", help="Also build so many made passages from --index, such as 1000,10000."),
    ] = None,
    regress: Annotated[
        Path | None, typer.Option(help="An earlier speed.json: fail where a ratio, never a time, is worse than there.")
    ] = None,
    tolerance: Annotated[float, typer.Option(min=0, help="By how much a ratio may worsen, a share of it.")] = 0.25,
) -> None:
    """Time every stage of building and answering; beside other libraries; as the index grows."""
    from assistant.commands.options import named
    from assistant.settings import model_name
    from eval.speed import command, peers, regression

    base = None if regress is None else regression.read(regress)
    asked = command.Asked(
        out=out,
        model=model_name(),
        index=index,
        questions=tuple(questions or ()),
        sources=named(sources or []),
        runs=runs,
        pages=pages,
        against=tuple(peers.chosen(against)) if against is not None else (),
        sizes=command.sizes(scale) if scale is not None else (),
    )
    record = command.measure(asked, _say)
    from eval.speed import output  # only now: see `command`

    written = [out / "speed.json", *output.write(record, out)]
    typer.echo((out / "speed.md").read_text("utf-8"))
    _say(f"Written: {', '.join(map(str, written))}.")
    if base is not None:
        regression.check(record, base, tolerance)


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
