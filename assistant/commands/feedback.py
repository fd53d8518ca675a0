"""`safecite feedback`: what visitors said of answers, listed, exported as a question set, purged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from assistant.commands.options import AsJson, Index, print_json
from assistant.errors import SettingsError
from assistant.settings import index_folder

app = typer.Typer(
    help="What visitors said of answers: kept only after `safecite chat --feedback`, and only on this machine.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)


@app.command("list", epilog="Example: `safecite feedback list`")
def list_(index: Index = None, as_json: AsJson = False) -> None:
    """Show every verdict with its question, oldest first."""
    from assistant.feedback import read_feedback

    said = read_feedback(index_folder(index))
    if as_json:
        print_json([one._asdict() for one in said])
        return
    for one in said:
        print(f"{one.time}  {one.verdict.value:7}  {one.answer['status']:11}  {one.question}")
    if not said:
        print("no feedback is kept")


@app.command(epilog="Example: `safecite feedback export questions.jsonl`")
def export(
    out: Annotated[Path, typer.Argument(help="The file to write; it must not exist yet.")],
    index: Index = None,
) -> None:
    """Write the questions with their verdicts as a question set for `python -m eval run`."""
    from assistant.feedback import read_feedback, to_questions

    questions = to_questions(read_feedback(index_folder(index)))
    try:
        with out.open("x", encoding="utf-8") as file:
            file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in questions)
    except OSError as error:
        raise SettingsError(f"cannot be written ({error.strerror}).", path=out, way_out="Name another file.") from error
    print(f"{len(questions):,} questions in {out}")


@app.command(epilog="Example: `safecite feedback purge --yes`")
def purge(
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    index: Index = None,
) -> None:
    """Delete everything that visitors said."""
    from assistant.feedback import feedback_file, purge_feedback

    folder = index_folder(index)
    if not yes:
        typer.confirm(f"Delete {feedback_file(folder)}?", abort=True, err=True)
    print(f"{purge_feedback(folder):,} verdicts deleted")
