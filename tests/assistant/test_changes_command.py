"""`safecite changes`: what the sources say now and did not say then, for people and for programs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner, Result

from assistant.briefing.differing import marked, page_lines, summary
from assistant.commands.changes import changes
from index.build import build
from index.changes import Change, Changes, What, compare, rewording
from index.documents import Document
from index.errors import SafeciteError
from index.manifest import list_snapshots, read_manifest
from index.store import Store
from tests.fakes import HashEmbedder, page, write_source

PUBLISHER = "Ministry of Ruritania"


def advice(title: str, body: str, updated: str, place: str) -> str:
    return page(title, body, updated=updated, places=f"[{place}]", publisher=PUBLISHER)


OLD = {
    "lb.md": advice(
        "Lebanon", "## Level\n\nAvoid the south.\n\n## Police\n\nDial 112.\n\nThey speak French.", "2025-06-27", "LB"
    ),
    "pe.md": advice("Peru", "Dial 105 for the police.", "2025-05", "PE"),
    "cl.md": advice("Chile", "Dial 133.", "2025", "CL"),
    "gone.md": advice("Ghana", "Dial 191.", "2025", "GH"),
}  # fmt: skip
NEW = {
    "lb.md": advice("Lebanon", "## Level\n\nAvoid the whole country.\n\n## Police\n\nDial 112.", "2026-07-29", "LB"),
    "pe.md": advice("Peru", "Dial 911 for the police.", "2026-05-03", "PE"),
    "cl.md": advice("Chile", "Dial 133.", "2026", "CL"),
    "kz.md": advice("Kazakhstan", "Dial 102.", "2026", "KZ"),
}

app = typer.Typer()
app.command()(changes)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two states of one source, a year apart."""
    root = tmp_path_factory.mktemp("changes")
    for day, files in ((date(2025, 7, 1), OLD), (date(2026, 7, 30), NEW)):
        build(root / "index", {"docs": write_source(root / "docs", files)}, HashEmbedder(), observed=day)
    return root / "index"


def run(index: Path, *words: str) -> Result:
    return CliRunner().invoke(app, [*words, "--index", str(index)])


def test_a_summary_then_page_by_page(index: Path) -> None:
    done = run(index)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        "1 July 2025 → 30 July 2026: 2 pages reworded, 1 added, 1 removed, 1 only restamped\n"
        "\n"
        "Ministry of Ruritania · Ghana\n"
        "  docs/gone.md · 2025\n"
        "  The page is no longer there.\n"
        "\n"
        "Ministry of Ruritania · Kazakhstan\n"
        "  docs/kz.md · 2026\n"
        "  A new page.\n"
        "\n"
        "Ministry of Ruritania · Lebanon\n"
        "  docs/lb.md · 27 June 2025 → 29 July 2026\n"
        "  Level\n"
        "    Avoid the [-south.-] {+whole country.+}\n"
        "  Police\n"
        "    [-They speak French.-]\n"
        "\n"
        "Ministry of Ruritania · Peru\n"
        "  docs/pe.md · May 2025 → 3 May 2026\n"
        "    Dial [-105-] {+911+} for the police.\n"
    )


def test_of_one_place_as_of_two_days(index: Path) -> None:
    done = run(index, "--place", "Lebanon", "--since", "2025-07-15", "--until", "2026-07-30", "--limit", "1")
    assert done.stdout.splitlines() == [
        "1 July 2025 → 30 July 2026: 1 page reworded",
        "",
        "Ministry of Ruritania · Lebanon",
        "  docs/lb.md · 27 June 2025 → 29 July 2026",
        "  Level",
        "    Avoid the [-south.-] {+whole country.+}",
        "  … and 1 more",
    ]
    assert run(index, "--since", "2026-08-01").stdout == "30 July 2026 → 30 July 2026: no page changed\n"
    assert run(index, "--place", "CL").stdout == "1 July 2025 → 30 July 2026: no page changed, 1 only restamped\n"


def test_for_programs_every_piece_has_its_offsets(index: Path) -> None:
    record = json.loads(run(index, "--place", "LB", "--json").stdout)
    first, second = list_snapshots(index)
    assert record["since"] == {"snapshot": first, "observed": "2025-07-01"}
    assert record["until"] == {"snapshot": second, "observed": "2026-07-30"}
    assert (record["counts"]["reworded"], record["counts"]["added"]) == (1, 0)
    [change] = record["changes"]
    assert [change[k] for k in ("what", "source", "doc", "places")] == ["reworded", "docs", "lb.md", ["LB"]]
    assert [change["old"]["date"], change["new"]["date"]] == ["2025-06-27", "2026-07-29"]
    reworded, removed = change["differences"]
    for side, files in (("old", OLD), ("new", NEW)):
        piece = reworded[side]
        assert files["lb.md"][piece["start"] : piece["end"]] == piece["shown"]
        assert [files["lb.md"][h["start"] : h["end"]] for h in piece["headings"]] == ["Level"]
    assert reworded["runs"] == [["kept", "Avoid the"], ["removed", "south."], ["added", "whole country."]]
    assert (removed["new"], removed["runs"]) == (None, [["removed", "They speak French."]])


def test_what_cannot_be_compared(index: Path, tmp_path: Path) -> None:
    def refused(*words: str, of: Path = index) -> str:
        done = run(of, *words)
        assert isinstance(done.exception, SafeciteError)
        return str(done.exception)

    assert "nothing was known on 2020-01-01" in refused("--since", "2020-01-01")
    assert "there is no state before this one" in refused("--until", "2025-08-01")
    assert "2026-08-01 is after 2026-07-01" in refused("--since", "2026-08-01", "--until", "2026-07-01")
    assert "no source 'dox' here. Known: docs." in refused("--source", "dox")
    assert "no publisher 'X' here" in refused("--publisher", "X")
    assert "there is no index yet" in refused(of=tmp_path / "none")


def test_on_a_terminal_words_are_struck_and_coloured(index: Path) -> None:
    old, new = (read_manifest(index, name) for name in list_snapshots(index))
    with Store(index / "store.sqlite") as store:
        [change] = compare(old, new, store.get_text, places=["PE"]).changes
        lines = page_lines(change, rewording(change, store), 5)
    styles = {lines.plain[span.start : span.end]: span.style for span in lines.spans}
    assert (styles["105"], styles["911"]) == ("red strike", "green")
    console = Console(force_terminal=True, color_system="standard", width=200)
    with console.capture() as captured:
        console.print(lines)
    assert "\x1b[9;31m105\x1b[0m \x1b[32m911\x1b[0m" in captured.get()


def test_levels_names_and_links() -> None:
    was = Document("docs", "a.md", "A {b}", "", level="Level 1", text_sha256="0")
    now = Document("docs", "b.md", "A {b}", "", text_sha256="1")
    assert marked(page_lines(Change(What.REWORDED, was, now, reworded=True), [], 5)) == (
        "docs · A {b}\n  docs/b.md · undated\n  Level: Level 1 → none\n  Only a date, links, layout or order differ."
    )
    renamed = marked(page_lines(Change(What.RENAMED, was, was), [], 5))
    assert renamed.endswith("  The page has another name and the same text. It was a.md.")


def test_summary() -> None:
    assert summary(Changes(())) == "no page changed"
    assert summary(Changes((), restamped=1200, new_sources={"us": 220}, gone_sources={"old": 1})) == (
        "no page changed, 1,200 only restamped, 220 in us, a source that is new, 1 in old, a source that is gone"
    )
