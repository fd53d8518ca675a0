"""A record for duty of care, and its proof."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from assistant.answer import Assistant
from assistant.commands.record import record as record_command
from assistant.commands.record import verify as verify_command
from assistant.errors import SettingsError
from assistant.proof import Proof, prove
from assistant.record import make_record, sha256_of
from index.build import build
from index.documents import Document, Reading, sha256_text
from index.embedding import Embedder
from index.errors import IndexMissingError, SafeciteError
from index.feeds.feed import Fetched
from index.manifest import read_head
from index.prune import prune
from index.readers.folder import read_source
from index.rereading import reread
from index.snapshot import Snapshot
from index.store import Store
from index.upkeep import Upkeep
from tests.assistant.conftest import TESTS, TODAY
from tests.fakes import page, write_source

QUESTION = "What is the ambulance number in Guinea?"

app = typer.Typer()
app.command("record")(record_command)
app.command("verify")(verify_command)


@pytest.fixture(scope="module")
def made(small_index: Path, snapshot: Snapshot) -> dict[str, Any]:
    """The record of one answer."""
    answer = Assistant(snapshot).ask(QUESTION, today=TODAY)
    return make_record(answer, small_index, {"question": QUESTION, "today": str(TODAY)})


@pytest.fixture
def index(small_index: Path, tmp_path: Path) -> Path:
    """A copy to change."""
    shutil.copytree(small_index, tmp_path / "index")
    return tmp_path / "index"


def changed(
    record: dict[str, Any], change: Callable[[dict[str, Any]], object], *, resealed: bool = True
) -> dict[str, Any]:
    """A copy with a change, its sha256 reckoned anew as a forger would."""
    copy: dict[str, Any] = json.loads(json.dumps(record))
    change(copy)
    return {**copy, "sha256": sha256_of(copy)} if resealed else copy


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(app, list(map(str, words)))


# The record


def test_what_is_recorded(made: dict[str, Any], small_index: Path, snapshot: Snapshot) -> None:
    assert (made["format"], made["asked"]) == ("safecite record 1", {"question": QUESTION, "today": "2026-09-01"})
    assert made["software"] == {"name": "safecite", "version": version("safecite")}
    assert made["made"].endswith("+00:00")
    head = read_head(small_index, snapshot.name)
    assert (made["snapshot"]["id"], made["snapshot"]["manifest_sha256"]) == (head.name, head.sha256)
    assert made["snapshot"]["observed"] == "2026-08-22"
    assert list(made["snapshot"]["sources"]) == ["archive"]
    [quote] = made["quotes"]
    path = TESTS / "archive" / quote["doc"]
    assert quote["doc"] == "unitedkingdom/Guinea/Getting help.md"
    assert (quote["quote"], quote["updated"]) == ("Ambulance: 442 020", "2026-02-11")
    assert path.read_text("utf-8")[quote["start"] : quote["end"]] == quote["quote"]
    assert quote["raw_sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert quote["quote_sha256"] == sha256_text("Ambulance: 442 020")
    assert quote["fetched"] == []
    assert made["answer"]["citations"][0]["quote"] == quote["quote"]


def test_its_sha256_is_that_of_all_else_in_canonical_json(made: dict[str, Any]) -> None:
    rest = {key: value for key, value in made.items() if key != "sha256"}
    canonical = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert made["sha256"] == hashlib.sha256(canonical.encode()).hexdigest()
    assert sha256_of(json.loads(json.dumps(made, indent=4))) == made["sha256"]


def test_how_a_page_was_fetched_goes_along_and_is_proved(index: Path, made: dict[str, Any], model: Embedder) -> None:
    raw = made["quotes"][0]["raw_sha256"]
    fetched = Fetched("guinea", "https://example.org/guinea", raw, "2026-08-22T10:00:00+00:00", {"etag": '"1"'})
    with Store(index / "store.sqlite", write=True) as store:
        store.put_fetch(fetched)
    answer = Assistant(Snapshot.open(index, model)).ask(QUESTION, today=TODAY)
    record = make_record(answer, index, {"question": QUESTION})
    assert record["quotes"][0]["fetched"] == [asdict(fetched)]
    assert prove(record, index) == Proof(1)
    forged = changed(record, lambda r: r["quotes"][0]["fetched"][0].update(retrieved="2026-08-23T10:00:00+00:00"))
    assert prove(forged, index).unproven == [
        "Quote 1: that unitedkingdom/Guinea/Getting help.md was fetched from https://example.org/guinea"
        " at 2026-08-23T10:00:00+00:00 is not noted here."
    ]


# The proof


def test_what_was_recorded_is_proved(made: dict[str, Any], small_index: Path) -> None:
    proof = prove(json.loads(json.dumps(made)), small_index)
    assert proof == Proof(1)
    assert proof.holds


FORGERIES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda r: r["quotes"][0].update(quote="Ambulance: 999"), "does not say this at"),
    (lambda r: r["quotes"][0].update(quote="Ambulance: 999"), "do not match their sha256"),
    (lambda r: r["quotes"][0].update(quote="Ambulance: 999"), "The answer cites other quotes"),
    (lambda r: r["quotes"][0].update(start=r["quotes"][0]["start"] - 1), "does not say this at"),
    (lambda r: r["quotes"][0].update(start=-5), "does not say this at -5"),
    (lambda r: r["quotes"][0].update(updated="2026-08-11"), "gives updated of"),
    (lambda r: r["quotes"][0].update(publisher="Freedonia"), "gives publisher of"),
    (lambda r: r["quotes"][0].update(doc="unitedkingdom/Congo/Getting help.md"), "gives raw_sha256 of"),
    (lambda r: r["quotes"][0].update(doc="none.md"), "lists no document none.md"),
    (lambda r: r["answer"]["citations"].clear(), "The answer cites other quotes"),
    (lambda r: r["snapshot"].update(manifest_sha256="0" * 64), "manifest_sha256 is"),
    (lambda r: r["snapshot"].update(observed="2026-09-01"), "observed is 2026-08-22, not 2026-09-01"),
]


@pytest.mark.parametrize(("forge", "found"), FORGERIES)
def test_what_does_not_match_is_said(
    made: dict[str, Any], small_index: Path, forge: Callable[[dict[str, Any]], object], found: str
) -> None:
    proof = prove(changed(made, forge), small_index)
    assert not proof.holds
    assert any(found in sentence for sentence in proof.mismatches), proof


def test_any_change_of_the_file_breaks_its_sha256(made: dict[str, Any], small_index: Path) -> None:
    for change in (
        lambda r: r["asked"].update(question="Another"),
        lambda r: r["answer"].update(text="Ambulance: 999"),
        lambda r: r.update(made="2020-01-01T00:00:00+00:00"),
        lambda r: r.update(more=1),
    ):
        proof = prove(changed(made, change, resealed=False), small_index)
        assert proof.mismatches == ["The file is not as it was written: its sha256 differs."]


def test_what_is_no_record(made: dict[str, Any], small_index: Path, tmp_path: Path) -> None:
    for other in ([], {}, "x", {"format": "safecite record 2"}, {"format": "safecite record 1"}):
        with pytest.raises(SettingsError, match=r"this is no record|not of the shape"):
            prove(other, small_index)
    for change in (
        lambda r: r.update(quotes=[1]),
        lambda r: r["quotes"][0].update(start="x"),
        lambda r: r["quotes"][0].update(fetched=[{"a": 1}]),
        lambda r: r["snapshot"].pop("id"),
    ):
        with pytest.raises(SettingsError, match="not of the shape"):
            prove(changed(made, change), small_index)
    with pytest.raises(IndexMissingError, match="there is no index"):
        prove(made, tmp_path / "none")


def test_when_the_state_was_left_behind_and_when_it_was_pruned(tmp_path: Path, model: Embedder) -> None:
    index = tmp_path / "index"
    docs = tmp_path / "docs"
    stays = page("Police in Peru", "Dial 105 for the police in Peru.", places="[PE]")
    goes = page("Ambulance in Peru", "Dial 106 for an ambulance in Peru.", places="[PE]")
    build(index, {"docs": write_source(docs, {"a.md": stays, "b.md": goes})}, model, observed=date(2026, 7, 1))
    assistant = Assistant(Snapshot.open(index, model))
    answers = [
        assistant.ask(f"What number do I dial for {whom} in Peru?", today=TODAY)
        for whom in ("the police", "an ambulance")
    ]
    police, ambulance = (make_record(answer, index, {}) for answer in answers)
    assert [[q["doc"] for q in record["quotes"]] for record in (police, ambulance)] == [["a.md"], ["b.md"]]
    build(index, {"docs": write_source(docs, {"a.md": stays})}, model, observed=date(2026, 8, 1))
    assert prove(police, index).holds
    assert prove(ambulance, index).holds
    assistant.snapshot.close()
    prune(index, keep=1)
    gone = f"Snapshot {police['snapshot']['id']} is no longer here: that it listed these documents cannot be proved."
    assert prove(police, index) == Proof(1, unproven=[gone])
    assert prove(ambulance, index) == Proof(
        1,
        unproven=[
            gone,
            "Quote 1: the bytes of b.md: not here any more.",
            "Quote 1: the text of b.md: not here any more.",
        ],
    )


def test_damage_in_the_store_is_a_mismatch(index: Path, made: dict[str, Any]) -> None:
    key = made["quotes"][0]["raw_sha256"]
    with Upkeep(index / "store.sqlite", write=True) as store:
        store.remove({"raw": {key}})
        store.put_bytes("raw", key, b"other bytes")
    [sentence] = prove(made, index).mismatches
    assert sentence == "Quote 1: the bytes of unitedkingdom/Guinea/Getting help.md: its sha256 differs."


# Reading again


def test_every_document_is_read_again_as_it_was(small_index: Path, snapshot: Snapshot) -> None:
    with Store(small_index / "store.sqlite") as store:
        for number, record in enumerate(snapshot.manifest.documents):
            document = snapshot.document(number)
            raw = store.get_bytes("raw", record["raw_sha256"])
            assert reread(document, raw, {}, []) == snapshot.text(document), document.doc_id


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", page("Peru", "Dial 105.")),
        ("sub/README.md", "# Peru\n\nDial 105."),
        ("a.html", "<html><body><h1>Peru</h1><p>Dial <b>105</b>.</p></body></html>"),
        ("corpus.jsonl", '{"_id": "1", "title": "Peru", "text": "Dial 105."}\n'),
    ],
)
def test_each_format_is_read_again(tmp_path: Path, name: str, content: str) -> None:
    [reading] = read_source("docs", write_source(tmp_path / "docs", {name: content}))
    assert isinstance(reading, Reading)
    assert reread(reading.document, reading.raw, {}, []) == reading.document.text


def test_a_newer_reader_is_a_note(index: Path, made: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.proof.reread", lambda *_: "Ambulance: 442020")
    proof = prove(made, index)
    assert proof.holds
    assert proof.notes == ["Quote 1: unitedkingdom/Guinea/Getting help.md is read differently by a newer reader."]


def test_what_no_reader_reads_alone(small_index: Path) -> None:
    assert reread(Document("docs", "a.xyz", "A", "", reader="x 1"), b"x", {}, []) is None
    assert reread(Document("docs", "a", "A", "", reader="x 1"), b"x", {"feed": "none", "address": ""}, []) is None


# The commands


def test_record_and_verify(small_index: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    words = ("record", QUESTION, "--today", "2026-09-01", "--place", "guinea", "--index", small_index, "-o", path)
    done = run(*words)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{path}: answered, 1 quote, from snapshot 000001-")
    record = json.loads(path.read_text("utf-8"))
    assert record["asked"] == {
        "question": QUESTION, "history": [], "place": "GN", "passport": None, "today": "2026-09-01", "as_of": None,
    }  # fmt: skip
    proved = run("verify", path, "--index", small_index)
    assert (proved.exit_code, proved.stdout) == (0, f"{path}: proved, 1 quote\n")
    again = run(*words)
    assert isinstance(again.exception, SafeciteError)
    assert "is there already" in str(again.exception)
    path.write_text(path.read_text("utf-8").replace("442 020", "442 021"), "utf-8")
    refused = run("verify", path, "--index", small_index)
    assert refused.exit_code == 1
    assert refused.stdout.splitlines()[0] == "does not match: The file is not as it was written: its sha256 differs."
    assert refused.stdout.splitlines()[-1] == f"{path}: not proved, 1 quote"
    assert json.loads(run("verify", path, "--index", small_index, "--json").stdout)["proved"] is False


def test_a_file_that_is_no_record(tmp_path: Path, small_index: Path) -> None:
    path = tmp_path / "x.json"
    for content, reason in (("", "is not JSON"), ("[" * 100_000, "is not JSON"), ("{}", "is no record of an answer")):
        path.write_text(content, "utf-8")
        assert reason in str(run("verify", path, "--index", small_index).exception)
    assert "cannot be read" in str(run("verify", tmp_path / "none", "--index", small_index).exception)
    assert "cannot be written" in str(
        run("record", "Hello", "-o", tmp_path / "no" / "r", "--index", small_index).exception
    )
