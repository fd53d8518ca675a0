"""Spans that may be quoted are the document's own characters, short, and read whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.choosing.spans import MAX_LIST, MAX_QUOTE, Span, spans
from index.documents import Document
from index.passages import passages
from index.plain import plain_text
from index.units import Unit, units


def spanned(body: str) -> Iterator[tuple[list[Unit], list[Span]]]:
    """For each passage of a Markdown page its units and the spans made of them."""
    document = Document("own", "page.md", "Page", body)
    for passage in passages(document):
        found = units(document, passage)
        yield found, spans(body, found, document.markup)


def shown_spans(body: str) -> dict[str, str]:
    """The spans of a page as they are shown, each with the line that introduces it, "" where none does."""
    shown: dict[str, str] = {}
    for found, made in spanned(body):
        for span in made:
            intro = plain_text(body, found[span.intro].start, found[span.intro].end) if span.intro >= 0 else ""
            shown[plain_text(body, span.start, span.end)] = intro
    return shown


def test_sentences_and_their_neighbours() -> None:
    assert list(shown_spans("# Roads\n\nRoads are bad. Drive slowly. Carry water.\n")) == [
        "Roads are bad.",
        "Roads are bad. Drive slowly.",
        "Roads are bad. Drive slowly. Carry water.",
        "Drive slowly.",
        "Drive slowly. Carry water.",
        "Carry water.",
    ]


def test_a_span_names_its_units_and_its_characters() -> None:
    body = "# Help\n\nCall:\n\n* 101 for fire\n* 102 for police\n"
    [(found, made)] = spanned(body)
    assert [body[u.start : u.end] for u in found] == ["Call:", "101 for fire", "102 for police"]
    # The list whole, then its items alone and together.
    assert made == [
        Span(8, 46, 0, 2, -1),
        Span(17, 29, 1, 1, 0),
        Span(17, 46, 1, 2, 0),
        Span(32, 46, 2, 2, 0),
    ]


def test_no_units_give_no_spans() -> None:
    assert spans("", [], "markdown") == []


def test_a_list_stands_whole_and_its_items_alone_under_the_line_that_opens_it() -> None:
    found = shown_spans("# Help\n\nIn an emergency call:\n\n* 101 for fire\n* 102 for police\n")
    assert found["In an emergency call:\n• 101 for fire\n• 102 for police"] == ""
    assert found["101 for fire"] == found["102 for police"] == "In an emergency call:"


def test_an_item_that_says_little_stands_only_with_its_list_unless_it_holds_a_number() -> None:
    found = shown_spans("# Crime\n\nThieves work in:\n\n* markets\n* stations\n* bus 92\n")
    assert list(found) == ["Thieves work in:\n• markets\n• stations\n• bus 92", "bus 92"]


def test_items_of_a_list_too_long_to_be_quoted_whole_stand_alone() -> None:
    items = "".join(f"* the market of {name} street\n" for name in "abcdefghijklmnop")
    found = shown_spans(f"# Crime\n\nThieves work in:\n\n{items}")
    assert found["the market of a street"] == "Thieves work in:"


def test_four_short_lines_stand_together_and_long_ones_do_not() -> None:
    address = ["Embassy of Elsewhere", "12 Long Street", "Almaty", "Open on Mondays"]
    assert " ".join(address) in {re.sub(r"\s+", " ", s) for s in shown_spans("# Help\n\n" + "\n\n".join(address))}
    long = [f"Sentence number {n} is longer than any line of an address would be." for n in range(4)]
    found = shown_spans("# Help\n\n" + " ".join(long))
    assert " ".join(long[:3]) in found
    assert " ".join(long) not in found


def test_sentences_of_two_paragraphs_do_not_stand_together() -> None:
    one, other = (f"{word} sentence of this page that is longer than a line of an address." for word in ("One", "No"))
    assert list(shown_spans(f"# Roads\n\n{one}\n\n{other}\n")) == [one, other]


def test_the_opening_line_never_stands_alone() -> None:
    assert "In an emergency call:" not in shown_spans("# Help\n\nIn an emergency call:\n\n* 101 for fire\n")
    assert "Numbers:" not in shown_spans("# Help\n\n**Numbers:**\n\nPolice: 102\n")


def test_no_list_ends_in_a_colon() -> None:
    body = "# Help\n\nRead this.\n\n* Numbers to call:\n* The offices that you can write to at any hour:\n"
    assert list(shown_spans(body)) == ["Read this."]


def test_a_long_list_is_cut_between_items() -> None:
    items = "".join(f"* item {n:02} {'x' * 80}\n" for n in range(20))
    found = [words for words in shown_spans(f"# Help\n\nBring these things:\n\n{items}") if "Bring" in words]
    assert [len(words.split("\n")) for words in found] == [8]
    assert all(len(words) <= MAX_LIST and words.endswith("x" * 80) for words in found)


def test_a_long_sentence_is_cut_at_clauses() -> None:
    clause = "bandits wait on the mountain road at night and in the morning"
    body = "# Roads\n\n" + "; ".join(f"{n} {clause}" for n in range(10)) + ".\n"
    found = list(shown_spans(body))
    assert found == [
        "; ".join(f"{n} {clause}" for n in range(5)),
        "; ".join(f"{n} {clause}" for n in range(5, 10)) + ".",
    ]
    assert [len(words) <= MAX_QUOTE for words in found] == [True, True]
    assert [(span.first, span.last, span.intro) for _, made in spanned(body) for span in made] == [(0, 0, -1)] * 2


def test_links_are_never_cut() -> None:
    body = "# Roads\n\nSee [the map. It is new](https://example.org/a.b?c=d). Now go.\n"
    sources = [body[s.start : s.end] for _, made in spanned(body) for s in made]
    assert len(sources) == 3
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
def test_every_span_is_part_of_its_passage_short_and_whole(body: str) -> None:
    for found, made in spanned(body):
        assert len({(s.start, s.end) for s in made}) == len(made)
        for span in made:
            first, last = found[span.first], found[span.last]
            assert first.start <= span.start < span.end <= last.end
            assert -1 <= span.intro < span.first
            source = body[span.start : span.end]
            assert source == source.strip()
            shown = plain_text(body, span.start, span.end)
            is_list = "\n" in shown
            assert len(shown) <= (MAX_LIST if is_list else MAX_QUOTE), shown
            assert is_list or not re.search(r":[\s*_]*$", source), source


@pytest.mark.archive
def test_spans_of_real_pages_are_made_of_whole_units(archive_pages: list[Document]) -> None:
    checked = 0
    for document in archive_pages[:30]:
        for passage in passages(document):
            found = units(document, passage)
            for span in spans(document.text, found, document.markup):
                first, last = found[span.first], found[span.last]
                whole = (span.start, span.end) == (first.start, last.end)
                clause = span.first == span.last and first.end - first.start > MAX_QUOTE
                note = span.start > first.start and span.end == last.end
                assert whole or clause or note
                checked += 1
    assert checked > 1000


def test_a_list_whose_opening_leans_back_takes_the_sentence_before_it_along() -> None:
    found = shown_spans(
        "# Medicines\n\nIt is illegal to carry some medicines. This includes:\n\n* inhalers\n* codeine\n"
    )
    assert "It is illegal to carry some medicines. This includes:\n• inhalers\n• codeine" in found
    assert "This includes:\n• inhalers\n• codeine" not in found


def test_a_sentence_that_speaks_of_the_one_before_is_quoted_with_it() -> None:
    found = shown_spans("# Bars\n\nDo not accept sweets. These items may hold drugs. It is illegal.\n")
    assert list(found) == [
        "Do not accept sweets.",
        "Do not accept sweets. These items may hold drugs.",
        "Do not accept sweets. These items may hold drugs. It is illegal.",
        "It is illegal.",
    ]
    long = f"Do not accept {'any of the sweets ' * 20}."
    assert "These items may hold drugs." in shown_spans(f"# Bars\n\n{long} These items may hold drugs.\n")
    assert "These items may hold drugs." in shown_spans("# Bars\n\nNo sweets.\n\nThese items may hold drugs.\n")


def test_sentences_after_one_that_leans_back_never_push_out_the_one_it_leans_on() -> None:
    first, leaning = f"Hotels have {'good ' * 20}taxis.", "Otherwise, take marked taxis."
    other = f"Drivers {'often ' * 40}speed."
    found = shown_spans(f"# Taxis\n\n{first} {leaning} {other}\n")
    assert list(found) == [first, f"{first} {leaning}", other]
    chained = f"They {'often ' * 40}speed."
    found = shown_spans(f"# Taxis\n\n{first} {leaning} {chained}\n")
    assert list(found) == [first, f"{first} {leaning}", f"{leaning} {chained}"]


def test_a_list_whose_opening_line_goes_on_is_still_offered_whole() -> None:
    items = "\n".join(f"* the {name} quarter, {'by night and by day, ' * 4}always" for name in "abcd")
    found = shown_spans(f"# Towns\n\nMost of it is quiet. However, avoid:\n\n{items}\n")
    assert sum(words.count("quarter") == 4 and "However, avoid:" in words for words in found) == 1


def test_a_note_is_quoted_without_its_asterisk_and_without_the_link_above_it() -> None:
    link, note = "[Vaccination centres](https://example.org/x)", "Rules of entry may not reflect your risk."
    assert list(shown_spans(f"# Yellow fever\n\n{link}  \n\\* {note}\n")) == ["Vaccination centres", note]
    whole = "Vaccination centres\n12 Long Street"
    assert whole in shown_spans(f"# Yellow fever\n\n{link}  \n12 Long Street\n")
    assert list(shown_spans(f"# Yellow fever\n\n\\* {note}\n")) == [note]
    kept = "Vaccination centres are listed in every town."
    assert list(shown_spans(f"# Yellow fever\n\n{link} are listed in every town.\n")) == [kept]


def test_no_quote_ends_in_the_middle_of_a_pointer() -> None:
    told, link = "It is illegal to bring tobacco into the city.", "[Tobacco Office](https://example.org/a)"
    found = shown_spans(f"# Laws\n\n{told} For more information, visit the\n\n* {link}\n")
    assert told in found
    assert not any(words.endswith("visit the") for words in found)
    assert "Ask whom you came with." in shown_spans("# Laws\n\nAsk whom you came with.\n")
    assert "People you travel to see" in shown_spans("# Laws\n\n* People you travel to see\n* Places\n")


def test_the_sentences_of_one_item_stand_together_and_without_the_next_item() -> None:
    one = "The driver stops for a flat tyre. Nobody else is near by at that hour."
    found = shown_spans(f"# Crime\n\n* {one}\n* Thieves work in the old markets of the town.\n")
    assert one in found
    assert not any("hour.\n" in words for words in found)


def test_a_line_that_opens_a_list_speaks_of_the_list() -> None:
    found = shown_spans("# Drinks\n\nDrink little. Follow these tips:\n\n* drink boiled water\n* drink beer\n")
    assert "Follow these tips:\n• drink boiled water\n• drink beer" in found
