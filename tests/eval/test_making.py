"""Question sets made by rule, on an index of made-up pages: the gold is exactly the sentence it should be."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from eval import levels, numbers, topics
from eval.choices import Part
from eval.emergency_numbers import digits_of, readings
from eval.making import Options, Page, documents, drawn, sample, table, write
from eval.records import QuestionRecord, read_questions
from index.build import build
from index.documents import Document
from index.snapshot import Snapshot
from tests.fakes import HashEmbedder

HELP = """# Getting help

## Emergency services in Peru

Ambulance: 106

Fire: 116 or 117

Police: 105 (011 from a landline)

### Tourist police

Telephone: +51 1 460 1060

## Consulate

Call +51 1 617 3000.
"""
CONTACTS = """# Local contacts

#### Emergencies

Contact your insurer. It should have a 24-hour emergency number.

#### Police

Call 105, or go to the nearest police station.

To contact the tourist police in Lima:

Call 4600 844.

#### Medical emergencies

Call 116.
"""
SAFETY = """# Safety

Robberies happen after dark. If you see one, call the police on 105. Route 105 is closed at night.
"""
NONE = (
    "# Getting help\n\n## Emergency services\n\nThere are no emergency services in Guinea. A clinic answers 6213501.\n"
)


def _page(text: str, code: str = "PE") -> Page:
    return Page(Document("pages", "page.md", "Getting help", text, about=(code,)), text)


def _read(text: str, code: str = "PE") -> list[tuple[str, str, str]]:
    return [(r.service, r.digits, text[r.start : r.end]) for r in readings(_page(text, code))]


def test_labels_under_a_heading_about_emergency_services() -> None:
    assert _read(HELP) == [
        ("ambulance", "106", "Ambulance: 106"),
        ("fire", "116", "Fire: 116 or 117"),
        ("fire", "117", "Fire: 116 or 117"),
        ("police", "105", "Police: 105 (011 from a landline)"),
        ("police", "011", "Police: 105 (011 from a landline)"),
    ]


def test_a_heading_for_each_service() -> None:
    assert _read(CONTACTS) == [
        ("police", "105", "Call 105, or go to the nearest police station."),
        ("ambulance", "116", "Call 116."),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Telephone: 911 (ambulance, fire)", {("ambulance", "911"), ("fire", "911")}),
        ("Telephone: 112", {("police", "112"), ("ambulance", "112"), ("fire", "112")}),
        ("Telephone: 1122 (fire)\n\nPolice: 15", {("fire", "1122"), ("police", "15")}),
        ("Police: 118/119", {("police", "118"), ("police", "119")}),
        ("Police: +1 (809) 682-2151 or (+225) 20 22", {("police", "18096822151"), ("police", "2252022")}),
        ("Ambulance: 02 123 456 or 102", {("ambulance", "02123456"), ("ambulance", "102")}),
        ("* 129 for police.\n* 127 for ambulance.", {("police", "129"), ("ambulance", "127")}),
        ("Police:\n\n* 02 from landline\n* 002 from mobile", {("police", "02"), ("police", "002")}),
        ("Ambulance: 144 and 145 for toxic poisoning", {("ambulance", "144")}),
        ("Police: 117, ambulance: 118", {("police", "117"), ("ambulance", "118")}),
        ("You can contact the fire service on 118, and the police on 112.", {("fire", "118"), ("police", "112")}),
        (
            "You can contact the emergency services in Peru by dialling 105.",
            {(s, "105") for s in ("police", "ambulance", "fire")},
        ),
        ("Traffic police: 122", set()),
        ("Red Cross: 109", set()),
        ("Police from abroad: +51 1 222 3333", set()),
        ("Open 24/7", set()),
    ],
)
def test_shapes_of_a_label(line: str, expected: set[tuple[str, str]]) -> None:
    found = _read(f"## Emergency services\n\n{line}\n")
    assert {(service, digits) for service, digits, _ in found} == expected


def test_no_heading_about_emergencies_no_reading() -> None:
    assert _read("## Crime\n\nPolice: 105\n") == []
    assert _read("Police: 105\n") == []
    assert digits_of("+44 (0)20 7946") == "440207946"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("made")
    source = folder / "pages"
    source.mkdir()
    pages = {"help": ("P", HELP), "contacts": ("Q", CONTACTS), "safety": ("R", SAFETY)}
    for name, (publisher, body) in pages.items():
        head = f"---\ntitle: {name}\npublisher: {publisher}\nplaces: [PE]\n---\n"
        (source / f"{name}.md").write_text(head + body, "utf-8")
    (source / "none.md").write_text(f"---\ntitle: help\npublisher: P\nplaces: [GN]\n---\n{NONE}", "utf-8")
    embedder = HashEmbedder()
    build(folder / "index", {"pages": source}, embedder)
    return Snapshot.open(folder / "index", embedder)


def _gold(snapshot: Snapshot, question: QuestionRecord) -> dict[str, str]:
    found = {}
    for gold in question.gold:
        document = snapshot.find_document(gold.source or "", gold.doc)
        assert document is not None and gold.range is not None
        words = snapshot.text(document)[slice(*gold.range)]
        found[words] = gold.doc
    return found


def test_gold_of_a_number_is_every_sentence_that_gives_it(snapshot: Snapshot) -> None:
    asked = {q.id: q for q in numbers.questions(snapshot, Options(Part.ALL))}
    assert set(asked) == {f"number-{c}-{s}" for c in ("PE", "GN") for s in ("police", "ambulance", "fire")}
    police = asked["number-PE-police"]
    assert police.tags == ("place:PE", "service:police", "number:011", "number:105")
    assert _gold(snapshot, police) == {
        "Police: 105 (011 from a landline)": "help.md",
        "Call 105, or go to the nearest police station.": "contacts.md",
        "If you see one, call the police on 105.": "safety.md",
    }
    assert "Peru" in police.question
    ambulance = asked["number-PE-ambulance"]  # one publisher says 106, the other 116
    assert ambulance.tags[-1] == "differ"
    assert _gold(snapshot, ambulance) == {"Ambulance: 106": "help.md", "Call 116.": "contacts.md"}


def test_that_there_is_no_number_is_gold_too(snapshot: Snapshot) -> None:
    asked = {q.id: q for q in numbers.questions(snapshot, Options(Part.ALL))}
    for service in ("police", "ambulance", "fire"):
        question = asked[f"number-GN-{service}"]
        assert question.tags == ("place:GN", f"service:{service}", "denied")
        assert _gold(snapshot, question) == {"There are no emergency services in Guinea.": "none.md"}


def test_topics_are_asked_where_three_publishers_speak_and_one_names_them(snapshot: Snapshot) -> None:
    asked = topics.questions(snapshot, Options(Part.ALL))
    assert [(q.id, q.tags) for q in asked] == [
        ("place-PE-crime", ("place:PE", "topic:crime")),
        ("place-PE-embassy", ("place:PE", "topic:embassy")),
    ]
    assert all(q.answerable and "Peru" in q.question for q in asked)
    texts = {d.doc_id: snapshot.text(d) for d in map(snapshot.document, range(len(snapshot.manifest.documents)))}
    said = [[texts[g.doc][slice(*g.range)] for g in q.gold if g.range] for q in asked]
    assert [bool(s) for s in said] == [True, True]
    assert all(re.search("crime|theft|robber|mugging", sentence, re.IGNORECASE) for sentence in said[0])


def test_the_newest_level_is_gold_and_others_are_older(tmp_path: Path) -> None:
    archive, feed = tmp_path / "archive", tmp_path / "feed"
    feed.mkdir()
    for name, level, day in (
        ("niger", "Level 4: Do Not Travel", "Sun, 28 Jun 2026"),
        ("peru", "Level 2: Exercise Increased Caution", "Mon, 29 Jun 2026"),
    ):
        record = {
            "country": name.title(),
            "level": int(level[6]),
            "full_title": f"{name.title()} - {level}",
            "remote_link": f"https://travel.state.gov/{name}-travel-advisory.html",
            "filename_base": name,
            "date": day,
            "content_md": "Think it over.",
        }
        (feed / f"{name}.json").write_text(json.dumps(record), "utf-8")
    archive.mkdir()
    for name, code, level in (("Niger", "NE", "Level 3"), ("Peru", "PE", "Level 2")):
        old = {"country": name, "level": int(level[6]), "full_title": f"{name} - {level}: Mind.", "content_md": "Old."}
        link = f"https://travel.state.gov/{name.lower()}-travel-advisory.html"
        record = {**old, "remote_link": link, "filename_base": code, "date": "Sun, 1 Jun 2025"}
        (archive / f"{code}.json").write_text(json.dumps(record), "utf-8")
    embedder = HashEmbedder()
    build(tmp_path / "index", {"archive": archive, "feed": feed}, embedder)
    snapshot = Snapshot.open(tmp_path / "index", embedder)
    (question,) = levels.questions(snapshot, Options(Part.ALL))  # Peru's two agree
    assert question.id == "level-NE-unitedstates"
    assert [(gold.source, gold.doc) for gold in question.gold] == [("feed", "niger.json")]
    assert question.tags == ("place:NE", "publisher:unitedstates", "older:archive/NE.json")
    assert "Niger" in question.question


def test_every_country_is_in_one_half_and_both_are_large() -> None:
    codes = [first + second for first in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" for second in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
    counts = Counter((Part.DEV.holds(code), Part.TEST.holds(code)) for code in codes)
    assert set(counts) == {(True, False), (False, True)}
    assert min(counts.values()) > 290
    assert all(Part.ALL.holds(code) for code in codes)


def test_wordings_of_development_and_test_are_apart() -> None:
    def lists(node: dict[str, object]) -> list[dict[str, list[str]]]:
        if "dev" in node:
            return [{part: list(node[part]) for part in ("dev", "test")}]  # type: ignore[call-overload]
        return [found for value in node.values() if isinstance(value, dict) for found in lists(value)]

    for asked in lists(table("wordings")):
        assert len(asked["dev"]) >= 3 <= len(asked["test"])
        assert set(asked["dev"]).isdisjoint(asked["test"])
        assert all(words.count("{place}") == 1 for part in asked.values() for words in part)
        assert Part.ALL.wordings(asked) == Part.TEST.wordings(asked) != Part.DEV.wordings(asked)


def test_a_draw_is_always_the_same() -> None:
    assert drawn("only", "x") == "only"
    assert {drawn(["a", "b", "c"], "PE", n) for n in range(50)} == {"a", "b", "c"}
    assert drawn(["a", "b", "c"], "PE", "fire") == drawn(["a", "b", "c"], "PE", "fire")
    questions = [QuestionRecord(str(n), "?") for n in range(100)]
    chosen = [int(q.id) for q in sample(questions, Options(most=10))]
    assert len(chosen) == 10 and chosen == sorted(chosen)
    assert chosen != list(range(10))
    assert sample(questions, Options(most=500)) == questions


def test_what_is_written_is_read_back(snapshot: Snapshot, tmp_path: Path) -> None:
    made = numbers.questions(snapshot, Options(Part.ALL))
    write(made, tmp_path / "new" / "numbers.jsonl")
    assert read_questions(tmp_path / "new" / "numbers.jsonl") == made


def test_only_current_originals_count(snapshot: Snapshot) -> None:
    assert {document.doc_id for document in documents(snapshot)} == {"help.md", "contacts.md", "safety.md", "none.md"}
