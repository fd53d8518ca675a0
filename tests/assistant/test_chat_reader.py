"""A whole document, a stretch at a time: nothing left out, quotes marked, and only what is known can be asked for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.answer import Assistant
from assistant.chat import reader
from assistant.chat.context import Mark
from assistant.chat.engine import Engine
from assistant.chat.routes import routes
from index.build import build
from index.documents import Document
from index.plain import plain_text
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder, page, write_source

SECTIONS = "\n\n".join(
    f"## Part {n}\n\nSentence {n} of **many**.\n\n{'Filler words. ' * 60}\n\nFax:\n\n- [Link {n}](https://a.b/{n})"
    for n in range(40)
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Answers from one long page and one short hostile one."""
    folder = tmp_path_factory.mktemp("reader")
    files = {
        "long.md": page("Long", f"# Long\n\nBegins here.\n\n{SECTIONS}", places="[KZ]"),
        "evil.md": page("Evil", "## <b>Bold</b>\n\n<script>alert(1)</script> & more.", places="[TD]"),
    }
    build(folder / "index", {"docs": write_source(folder / "docs", files)}, HashEmbedder())
    engine = Engine(folder / "index", {}, "unused")
    engine.assistant = Assistant(Snapshot.open(folder / "index", HashEmbedder()))
    return engine


@pytest.fixture(scope="module")
def snapshot(engine: Engine) -> Snapshot:
    assert engine.assistant is not None
    return engine.assistant.snapshot


@pytest.fixture(scope="module")
def long(snapshot: Snapshot) -> Document:
    found = snapshot.find_document("docs", "long.md")
    assert found is not None
    return found


@pytest.fixture
def client(engine: Engine) -> TestClient:
    return TestClient(Starlette(routes=list(routes(engine, None))))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_the_stretches_in_order_are_the_whole_document(snapshot: Snapshot, long: Document) -> None:
    text = snapshot.text(long)
    stretch = reader.around(snapshot, long, 0, ())
    assert (stretch.start, stretch.before) == (long.body, False)
    pieces = [stretch]
    while pieces[-1].after:
        pieces.append(reader.after(snapshot, long, pieces[-1].end, 5, ()))
    assert pieces[-1].end == len(text)
    assert [p.start for p in pieces[1:]] == [p.end for p in pieces[:-1]]
    shown = BeautifulSoup("".join(p.html for p in pieces), "lxml").text
    assert squeezed(shown) == squeezed(re.sub(r"(?m)^#+ ", "", plain_text(text, long.body)))
    assert "Fax:" in shown  # no passage holds it


def test_backwards_from_the_end_too(snapshot: Snapshot, long: Document) -> None:
    passages = snapshot.passages(long)
    last = reader.around(snapshot, long, passages[-1].start, ())
    assert (last.end, last.after) == (len(snapshot.text(long)), False)
    stretch = reader.before(snapshot, long, last.start, 3, ())
    within = [p for p in passages if stretch.start <= p.start < stretch.end]
    assert (len(within), stretch.end, stretch.after) == (3, last.start, True)


def test_one_passage_on_either_side_of_a_card(snapshot: Snapshot, long: Document) -> None:
    passages = snapshot.passages(long)
    at = passages[10]
    assert reader.beyond(snapshot, long, at.start, at.end) == (True, True)
    earlier = reader.before(snapshot, long, at.start, 1, ())
    assert (earlier.start, earlier.end) == (passages[8].end, at.start)
    later = reader.after(snapshot, long, at.end, 1, ())
    assert (later.start, later.end) == (at.end, passages[11].end)
    assert reader.beyond(snapshot, long, passages[0].start, passages[-1].end) == (False, False)


def test_quotes_are_marked_where_they_stand(snapshot: Snapshot, long: Document) -> None:
    text = snapshot.text(long)
    start = text.index("Sentence 7 of")
    end = text.index("\n", start)
    stretch = reader.around(snapshot, long, start, [Mark(2, start, end), Mark(3, 1, 2)])
    marks = BeautifulSoup(stretch.html, "lxml").find_all("mark")
    assert [(m["data-quote"], m.text) for m in marks] == [("2", "Sentence 7 of many.")]


def test_headings_stand_in_the_text_and_in_the_table(snapshot: Snapshot, long: Document) -> None:
    text = snapshot.text(long)
    entries, more = reader.contents(snapshot, long)
    assert not more
    assert [e.words for e in entries] == ["Long", *(f"Part {n}" for n in range(40))]
    assert [e.level for e in entries[:3]] == [1, 2, 2]
    assert all(text[e.at :].lstrip("# ").startswith(e.words) for e in entries)
    found = BeautifulSoup(reader.around(snapshot, long, entries[9].at, ()).html, "lxml")
    assert found.select_one(f'h3[data-at="{entries[9].at}"]').text == "Part 8"


def test_a_table_of_headings_ends_somewhere_and_says_so(
    monkeypatch: pytest.MonkeyPatch, snapshot: Snapshot, long: Document
) -> None:
    monkeypatch.setattr(reader, "CONTENTS", 40)
    entries, more = reader.contents(snapshot, long)
    assert ([e.words for e in entries], more) == (["Long"], True)


def test_a_stretch_is_small_however_long_the_document(snapshot: Snapshot, long: Document) -> None:
    assert len(snapshot.passages(long)) > 2 * reader.STRETCH
    middle = reader.around(snapshot, long, len(snapshot.text(long)) // 2, ())
    assert middle.before
    assert middle.after
    assert len(middle.html) < 40_000


def test_the_routes_give_what_the_reader_makes(client: TestClient, snapshot: Snapshot, long: Document) -> None:
    asked = {"snapshot": snapshot.name, "source": "docs", "doc": "long.md", "at": "0", "marks": "1:40-52"}
    found = client.get("/safecite/document", params=asked)
    assert found.headers["cache-control"] == "no-store"
    record = found.json()
    assert (len(record["contents"]), record["more"]) == (41, False)
    expected = reader.around(snapshot, long, 0, [Mark(1, 40, 52)])
    assert record["stretch"] == expected._asdict()
    more = client.get("/safecite/stretch", params={**asked, "way": "after", "at": str(expected.end), "count": "2"})
    assert more.json() == reader.after(snapshot, long, expected.end, 2, [Mark(1, 40, 52)])._asdict()


def test_a_hostile_document_stays_text(client: TestClient, snapshot: Snapshot) -> None:
    asked = {"snapshot": snapshot.name, "source": "docs", "doc": "evil.md", "at": "0"}
    record = client.get("/safecite/document", params=asked).json()
    found = BeautifulSoup(record["stretch"]["html"], "lxml")
    assert not found.find_all(["script", "b"])
    assert "<script>alert(1)</script> & more." in found.text
    assert [entry["words"] for entry in record["contents"]] == ["<b>Bold</b>"]


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"snapshot": "../../etc"}, 404),
        ({"snapshot": "000009-aaaaaaaa"}, 404),
        ({"doc": "../secret.md"}, 404),
        ({"source": ""}, 404),
        ({"at": "-1"}, 400),
        ({"at": "9" * 40}, 400),
        ({"marks": "1:2"}, 400),
        ({"marks": "<script>"}, 400),
        ({"way": "sideways"}, 400),
        ({}, 200),
    ],
)
def test_only_what_is_known_can_be_asked_for(
    client: TestClient, snapshot: Snapshot, changed: dict[str, str], status: int
) -> None:
    asked = {"snapshot": snapshot.name, "source": "docs", "doc": "long.md", "at": "50", "way": "after", "count": "1"}
    assert client.get("/safecite/stretch", params=asked | changed).status_code == status


def test_an_earlier_snapshot_still_opens(tmp_path: Path) -> None:
    index = tmp_path / "index"
    names = []
    for words in ("One.", "Two."):
        source = write_source(tmp_path / "docs", {"a.md": page("A", words, places="[KZ]")})
        names.append(build(index, {"docs": source}, HashEmbedder()).snapshot)
    engine = Engine(index, {}, "unused")
    assert engine.snapshot(names[0]) is None
    engine.assistant = Assistant(Snapshot.open(index, HashEmbedder()))
    for name, words in zip(names, ("One.", "Two."), strict=True):
        opened = engine.snapshot(name)
        assert opened is not None
        document = opened.find_document("docs", "a.md")
        assert document is not None
        assert opened.text(document).strip().endswith(words)
        assert engine.snapshot(name) is opened
