"""Quotes are the document's own characters under their headings, scored by meaning, words and kind; the best differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.choosing.evidence import Evidence
from assistant.choosing.quotes import Quote
from assistant.understanding.question import understand
from assistant.understanding.wanted import Wanted
from index.blocks import INTRO_LEVEL
from index.build import build
from index.documents import Kind
from index.embedding import Embedder
from index.filters import Filters
from index.plain import plain_text
from index.snapshot import Hit, Snapshot
from index.units import embedded_texts
from tests.fakes import HashEmbedder, page, write_source

TODAY = date(2026, 9, 1)
KAZAKHSTAN = Filters(places=("KZ",))

Gather = Callable[..., Evidence]


@pytest.fixture(scope="module")
def gather(snapshot: Snapshot, model: Embedder) -> Gather:
    """The evidence for a question in what a search finds, or in the hits given."""

    def gathered(words: str, hits: list[Hit] | None = None, filters: Filters | None = None) -> Evidence:
        question = understand(words, today=TODAY, covered=snapshot.places)
        vector = model.embed([question.search_words])[0]
        if hits is None:
            hits = snapshot.search(question.search_words, 20, filters)
        return Evidence(question, hits, snapshot, vector)

    return gathered


@pytest.fixture(scope="module")
def quotes(snapshot: Snapshot, gather: Gather) -> list[Quote]:
    """The quotes that all passages of the archive, four at a time, give for one question."""
    rows = list(range(len(snapshot)))
    words = "What must I know about police, roads and fires?"
    found = [q for low in range(0, len(rows), 4) for q in gather(words, snapshot.hits(rows[low : low + 4])).quotes]
    assert len(found) > 200
    assert len({q.document.key for q in found}) >= 40
    return found


def test_every_quote_is_the_documents_own_characters(quotes: list[Quote], snapshot: Snapshot) -> None:
    for quote in quotes:
        text = snapshot.text(quote.document)
        assert quote.text == text[quote.start : quote.end]
        assert quote.shown == plain_text(text, quote.start, quote.end, quote.document.markup)
        assert quote.hit.passage.start <= quote.start < quote.end <= quote.hit.passage.end
        for heading in quote.headings:
            assert 0 <= heading.start < heading.end <= quote.start


def test_no_quote_holds_markup_or_nothing_but_links(quotes: list[Quote]) -> None:
    for quote in quotes:
        assert "](" not in quote.shown and "**" not in quote.shown and "javascript:" not in quote.shown
        assert any(c.isalnum() for c in quote.shown)
        assert "Read the fact sheet." not in quote.shown


def test_headings_give_the_subject(quotes: list[Quote]) -> None:
    subjects = {
        q.shown: q.heading_words for q in quotes if q.document.doc_id == "unitedkingdom/Kazakhstan/Getting help.md"
    }
    assert subjects["Ambulance: 103"] == ("Getting help", "Emergency services in Kazakhstan")
    items = {q.shown: q for q in quotes if q.document.doc_id == "australia/Kazakhstan/Local_contacts.md"}
    overseas = items["+61 2 5550 0100 from overseas"]
    assert overseas.heading_words[-1] == "In a consular emergency call the duty officer in Canberra"
    assert overseas.headings[-1].level == INTRO_LEVEL


def test_a_line_that_leans_on_the_sentence_before_it_takes_it_along_as_a_heading(tmp_path: Path) -> None:
    markets = ("north", "east", "south", "west")
    listed = "".join(f"* at night in the {name} market, {'among the crowd ' * 12}\n" for name in markets)
    body = f"## Crime\n\nThieves cut bags open. They can do so:\n\n{listed}"
    build(tmp_path / "index", {"own": write_source(tmp_path / "docs", {"kz.md": page("K", body)})}, HashEmbedder())
    snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
    question = understand("Do thieves cut bags?", today=TODAY)
    vector = HashEmbedder().embed([question.search_words])[0]
    found = Evidence(question, snapshot.hits(range(len(snapshot))), snapshot, vector).quotes
    item = next(q for q in found if "in the east" in q.shown and "cut" not in q.shown)
    assert item.heading_words[-2:] == ("Crime", "Thieves cut bags open. They can do so")
    assert item.topic == pytest.approx(1.0)  # the thieves and their bags stand above it


def test_the_best_quote_comes_first(gather: Gather) -> None:
    found = gather("Is it safe to take taxis?").quotes
    assert [q.score for q in found] == sorted((q.score for q in found), reverse=True)
    assert "taxi" in found[0].shown.casefold()


def test_a_quotes_meaning_is_the_mean_of_its_sentences(gather: Gather, snapshot: Snapshot, model: Embedder) -> None:
    evidence = gather("taxi")
    checked = 0
    for quote in evidence.quotes[:12]:
        document = replace(quote.document, text=snapshot.text(quote.document))
        units, _ = snapshot.units(quote.hit.row)
        inside = [number for number, u in enumerate(units) if quote.start <= u.start and u.end <= quote.end]
        texts = embedded_texts(document, quote.hit.passage, units)
        mean = np.sum(model.embed([texts[number] for number in inside]), axis=0)
        assert quote.cosine == pytest.approx(float(mean @ evidence.vector / np.linalg.norm(mean)), abs=0.01)
        checked += len(inside) > 1
    assert checked >= 3


def test_words_in_the_quote_count_for_more_than_words_above_it(gather: Gather, snapshot: Snapshot) -> None:
    every = snapshot.hits([h.row for h in snapshot.search("taxi", 20)])
    found = {q.shown: q for q in gather("taxi", every).quotes}
    said = found["Order a licensed taxi through an app and share the trip with a friend."]
    under = found["Do not hail private cars on the street after dark."]
    assert (said.heading_words[-1], under.heading_words[-1]) == ("Taxis", "Taxis")
    assert (said.coverage, under.coverage) == pytest.approx((1.0, 0.3))
    elsewhere = [q for q in found.values() if "taxi" not in " ".join((q.shown, *q.heading_words)).casefold()]
    assert elsewhere
    assert {q.coverage for q in elsewhere} == {0.0}


def test_a_score_is_made_of_meaning_words_and_passage(gather: Gather) -> None:
    for quote in gather("Where are mountain roads closed in Kazakhstan?", filters=KAZAKHSTAN).quotes:
        assert quote.document.kind is Kind.ORIGINAL
        assert quote.holds_kind
        assert quote.score == pytest.approx(quote.cosine + 0.2 * quote.coverage + 0.15 * quote.hit.score)


def test_only_numbers_are_quoted_where_a_number_is_asked_for(gather: Gather) -> None:
    held = gather("What is the police number in Kazakhstan?", filters=KAZAKHSTAN).quotes
    assert "Police: 102" in [q.shown for q in held]
    assert {q.holds_kind for q in held} == {True}


def test_what_lacks_the_number_asked_for_is_kept_and_marked(gather: Gather) -> None:
    evidence = gather("What is the phone number for crocodiles in Timor-Leste?", filters=Filters(places=("TL",)))
    assert evidence.question.wanted is Wanted.PHONE
    assert len(evidence.quotes) >= 4
    assert {q.holds_kind for q in evidence.quotes} == {False}
    for quote in evidence.quotes:
        assert quote.score == pytest.approx(quote.cosine + 0.2 * quote.coverage + 0.15 * quote.hit.score - 0.5)


def test_nothing_found_gives_no_quotes(gather: Gather) -> None:
    assert gather("taxi", []).quotes == []


def test_what_we_compiled_comes_after_the_original_that_says_the_same(tmp_path: Path) -> None:
    body = "## Roads\n\nHerds of camels cross the highway at dusk.\n"
    basis = "\nbased_on:\n- {publisher: UK, title: Roads}"
    source = write_source(
        tmp_path / "docs",
        {
            "a_compiled.md": page("Kazakhstan", body, publisher="safecite", kind=f"compiled{basis}", places="[KZ]"),
            "b_original.md": page("Kazakhstan", body, publisher="UK", places="[KZ]"),
        },
    )
    build(tmp_path / "index", {"docs": source}, HashEmbedder())
    snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
    question = understand("camels on the highway in Kazakhstan", today=TODAY, covered=snapshot.places)
    vector = HashEmbedder().embed([question.search_words])[0]
    original, compiled = Evidence(question, snapshot.hits([0, 1]), snapshot, vector).quotes
    assert (original.document.doc_id, compiled.document.doc_id) == ("b_original.md", "a_compiled.md")
    assert compiled.document.kind is Kind.COMPILED
    assert original.score - compiled.score == pytest.approx(0.05)


def test_a_quote_brings_what_it_needs_but_not_what_a_better_one_holds(tmp_path: Path) -> None:
    rule = "Letters are no longer required of children who come with a parent."
    but = "However, letters are required of dual nationals who hold two passports."
    source = write_source(tmp_path / "docs", {"kz.md": page("K", f"## Children\n\n{rule}\n\n{but}\n")})
    build(tmp_path / "index", {"own": source}, HashEmbedder())
    snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
    question = understand("Are letters required?", today=TODAY)
    vector = HashEmbedder().embed([question.search_words])[0]
    evidence = Evidence(question, snapshot.hits(range(len(snapshot))), snapshot, vector)
    chosen = {q.shown: q for q in evidence.quotes}
    alone = evidence.read_whole([chosen[but]])
    assert [(q.shown, q.score) for q in alone] == [(f"{rule}\n{but}", chosen[but].score)]
    assert [q.shown for q in evidence.read_whole([chosen[rule], chosen[but]])] == [rule, but]
