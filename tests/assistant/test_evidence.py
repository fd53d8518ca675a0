"""Candidate spans read whole and are the document's own characters; the best do not overlap."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.evidence import MAX_LIST, MAX_QUOTE, Evidence, Quote, distinct, spans
from assistant.question import understand
from index.blocks import INTRO_LEVEL
from index.documents import Document, Heading, Passage
from index.passages import passages
from index.plain import plain_text
from index.snapshot import Hit, Snapshot


def hits(document: Document) -> Iterator[Hit]:
    """All passages of a document, as if each had been found."""
    for rank, passage in enumerate(passages(document), start=1):
        yield Hit(rank, document, passage, 1.0, rank, 1.0)


def shown_spans(body: str) -> dict[str, tuple[str, ...]]:
    """The candidates of a Markdown page as they are shown, each with the words of its headings."""
    document = Document("own", "page.md", "Page", body)
    return {
        plain_text(body, s.start, s.end): tuple(plain_text(body, h.start, h.end).strip(" :") for h in s.headings)
        for hit in hits(document)
        for s in spans(body, hit)
    }


def test_sentences_and_their_neighbours() -> None:
    found = shown_spans("# Roads\n\nRoads are bad. Drive slowly. Carry water.\n")
    assert list(found) == [
        "Roads are bad.",
        "Roads are bad. Drive slowly.",
        "Roads are bad. Drive slowly. Carry water.",
        "Drive slowly.",
        "Drive slowly. Carry water.",
        "Carry water.",
    ]
    assert set(found.values()) == {("Roads",)}


def test_a_list_stands_whole_and_its_items_alone_under_the_line_that_opens_it() -> None:
    found = shown_spans("# Help\n\nIn an emergency call:\n\n* 101 for fire\n* 102 for police\n")
    assert found["In an emergency call:\n• 101 for fire\n• 102 for police"] == ("Help",)
    assert found["101 for fire"] == found["102 for police"] == ("Help", "In an emergency call")


def test_the_opening_line_never_stands_alone() -> None:
    assert "In an emergency call:" not in shown_spans("# Help\n\nIn an emergency call:\n\n* 101 for fire\n")
    assert "Numbers:" not in shown_spans("# Help\n\n**Numbers:**\n\nPolice: 102\n")


def test_no_list_ends_in_a_colon() -> None:
    body = "# Help\n\nRead this.\n\n* Numbers to call:\n* The offices that you can write to at any hour:\n"
    assert not [words for words in shown_spans(body) if words.endswith(":")]


def test_a_long_list_is_cut_between_items() -> None:
    items = "".join(f"* item {n:02} {'x' * 80}\n" for n in range(20))
    found = [words for words in shown_spans(f"# Help\n\nBring these things:\n\n{items}") if "Bring" in words]
    assert found
    assert all(len(words) <= MAX_LIST and words.endswith("x" * 80) for words in found)


def test_a_long_sentence_is_cut_at_clauses() -> None:
    clause = "bandits wait on the mountain road at night and in the morning"
    body = "# Roads\n\n" + "; ".join(f"{n} {clause}" for n in range(10)) + ".\n"
    found = list(shown_spans(body))
    assert len(found) == 2
    assert [len(words) <= MAX_QUOTE for words in found] == [True, True]
    assert found[0] == "; ".join(f"{n} {clause}" for n in range(5))
    assert found[1] == "; ".join(f"{n} {clause}" for n in range(5, 10)) + "."


def test_links_are_never_cut() -> None:
    body = "# Roads\n\nSee [the map. It is new](https://example.org/a.b?c=d). Then go.\n"
    document = Document("own", "page.md", "Page", body)
    sources = [body[s.start : s.end] for hit in hits(document) for s in spans(body, hit)]
    assert sources
    assert all(source.count("[") == source.count("](https://example.org/a.b?c=d)") for source in sources)


TOKENS = "police ambulance call 112 103 **bold** *soft* and, or; which the e.g. St. Call"
WORDS = st.sampled_from([*re.findall(r"\S+", TOKENS), "[a link](https://example.org/x)", "**bold words**"])
SENTENCE = st.builds(
    lambda words, end: " ".join(words) + end, st.lists(WORDS, min_size=1, max_size=45), st.sampled_from(".!?:;")
)
BLOCK = st.one_of(
    SENTENCE,
    st.builds(" ".join, st.lists(SENTENCE, min_size=1, max_size=4)),
    st.builds(lambda items: "\n".join(f"* {item}" for item in items), st.lists(SENTENCE, min_size=1, max_size=12)),
    st.builds(lambda items: "\n".join(f"1. {item}" for item in items), st.lists(SENTENCE, min_size=1, max_size=4)),
    st.builds("\n\n".join, st.lists(SENTENCE, min_size=1, max_size=4)),
    st.builds(lambda n, words: f"{'#' * n} {' '.join(words)}", st.integers(1, 4), st.lists(WORDS, max_size=4)),
    st.builds(lambda a, b: f"| {a} | {b} |\n| --- | --- |\n| {b} | {a} |", WORDS, WORDS),
    st.text(alphabet="aB .:*_[]()#|>-\n\r\t`&;<é", max_size=60),
)
PAGE = st.builds("\n\n".join, st.lists(BLOCK, min_size=1, max_size=7))


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAGE)
def test_every_candidate_is_part_of_its_passage_short_and_whole(body: str) -> None:
    document = Document("own", "page.md", "Page", body)
    for hit in hits(document):
        found = spans(body, hit)
        assert len({(s.start, s.end) for s in found}) == len(found)
        for span in found:
            assert hit.passage.start <= span.start < span.end <= hit.passage.end
            source = body[span.start : span.end]
            assert source == source.strip()
            shown = plain_text(body, span.start, span.end)
            is_list = "\n" in shown
            assert len(shown) <= (MAX_LIST if is_list else MAX_QUOTE), shown
            assert is_list or not re.search(r":[\s*_]*$", source), source
            for heading in span.headings:
                assert 0 <= heading.start < heading.end <= span.start


@pytest.fixture(scope="module")
def quotes(snapshot: Snapshot) -> list[Quote]:
    """Every quote that any passage of the archive gives for one question."""
    question = understand("What must I know about police, roads and fires?", today=date(2026, 9, 1))
    rows = list(range(len(snapshot)))
    found = [
        q
        for low in range(0, len(rows), 4)
        for q in Evidence(question, snapshot.hits(rows[low : low + 4]), snapshot).quotes
    ]
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


def test_scores_fall_and_ties_are_in_order_of_the_text(snapshot: Snapshot) -> None:
    question = understand("taxi", today=date(2026, 9, 1))
    found = Evidence(question, snapshot.search("taxi", 20), snapshot).quotes
    assert [q.score for q in found] == sorted((q.score for q in found), reverse=True)
    assert "taxi" in found[0].shown.casefold()


def test_nothing_found_gives_no_quotes(snapshot: Snapshot) -> None:
    evidence = Evidence(understand("taxi", today=date(2026, 9, 1)), [], snapshot)
    assert (evidence.quotes, evidence.levels) == ([], [])


@pytest.fixture(scope="module")
def made() -> Callable[[int, int, str], Quote]:
    """Make a quote from its offsets and words."""
    document = Document("own", "page.md", "Page", "")
    hit = Hit(0, document, Passage(0, 1000), 1.0, 1, 1.0)
    return lambda start, end, words: Quote(document, start, end, words, words, (Heading(0, 1, 1),), ("Page",), hit)


def test_distinct_keeps_the_best_apart(made: Callable[[int, int, str], Quote]) -> None:
    first, inside, touching, same = made(0, 9, "a"), made(5, 20, "b"), made(9, 20, "c"), made(30, 40, "A. ")
    elsewhere = replace(inside, document=replace(inside.document, doc_id="other.md"))
    assert distinct([first, inside, touching, same, elsewhere], 9) == [first, touching, elsewhere]
    assert distinct([first, inside, touching, same, elsewhere], 1) == [first]
    assert distinct([], 3) == []


@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from("abcdef")), max_size=25),
    st.integers(1, 9),
)
def test_distinct_never_overlaps(
    made: Callable[[int, int, str], Quote], drawn: list[tuple[int, int, str]], limit: int
) -> None:
    given_quotes = [made(start, start + length, words) for start, length, words in drawn]
    kept = distinct(given_quotes, limit)
    assert len(kept) == min(limit, len(kept)) and (not drawn or kept[0] == given_quotes[0])
    for number, one in enumerate(kept):
        for other in kept[:number]:
            assert one.end <= other.start or other.end <= one.start
            assert one.shown != other.shown
