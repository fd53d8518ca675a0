"""A chosen quote brings what it must not be read without, and nothing where it needs nothing."""

from __future__ import annotations

import pytest

from assistant.choosing.completing import MAX_WITH_EXCEPTION, completed, with_denial
from assistant.choosing.spans import MAX_QUOTE, Span
from index.documents import Document
from index.passages import passages
from index.plain import plain_text
from index.units import Unit, units


def shown_completed(body: str, begins: str, ends: str = "") -> str:
    """What becomes of the quote from the unit that begins with `begins` to the one that begins with `ends`."""
    document = Document("own", "page.md", "Page", f"# Page\n\n{body}\n")
    text = document.text
    (found,) = (units(document, passage) for passage in passages(document))

    def number(words: str) -> int:
        return next(n for n, unit in enumerate(found) if text.startswith(words, unit.start))

    core, last = number(begins), number(ends or begins)
    span = completed(text, found, "markdown", _span(found, core, core), _span(found, core, last))
    return plain_text(text, span.start, span.end)


def _span(found: list[Unit], first: int, last: int) -> Span:
    return Span(found[first].start, found[last].end, first, last, found[first].intro)


ITEMS = "* Use buses.\n* Hail street taxis.\n* Use motorcycles."


@pytest.mark.parametrize(
    "line",
    [
        "Staff cannot:",
        "Staff must not:",
        "You are not allowed to:",
        "It is illegal to:",
        "Staff are prohibited from:",
        "You may stay unless you:",
        "Don’t:",
        "Avoid the following, which are dangerous:",
    ],
)
def test_an_item_of_a_list_that_is_forbidden_is_quoted_with_the_line_that_forbids_it(line: str) -> None:
    assert shown_completed(f"{line}\n\n{ITEMS}", "Hail") == f"{line}\n• Use buses.\n• Hail street taxis."


@pytest.mark.parametrize("line", ["You can:", "To reduce your risk:", "Thieves may:", "It is legal to:"])
def test_an_item_of_another_list_stands_as_it_was_chosen(line: str) -> None:
    assert shown_completed(f"{line}\n\n{ITEMS}", "Hail") == "Hail street taxis."


def test_fewer_items_are_quoted_where_the_forbidding_line_needs_the_room() -> None:
    items = [f"walk in the {name} street, {'by night or by day, ' * 4}alone" for name in "abc"]
    listed = "\n".join(f"* {item}" for item in items)
    shown = shown_completed(
        f"Do not, however safe it may seem to you at the time:\n\n{listed}", "walk in the a", "walk in the c"
    )
    assert shown == "\n• ".join(["Do not, however safe it may seem to you at the time:", *items[:2]])
    assert len(shown) <= MAX_QUOTE
    assert shown_completed(f"Do not:\n\n{listed}\n* {'x' * 300}", "xxx") == "x" * 300  # its heading tells it then


def test_a_sentence_that_goes_on_brings_the_one_before_it_even_over_a_paragraph() -> None:
    stay, longer = "You can visit Georgia without a visa for up to one year.", "To stay longer, you must apply for one."
    assert shown_completed(f"{stay}\n\n{longer}", longer) == f"{stay}\n\n{longer}".replace("\n\n", "\n")
    assert shown_completed(f"{stay} {longer}", longer) == f"{stay} {longer}"
    assert shown_completed("No sweets.\n\nThese may hold drugs.", "These") == "These may hold drugs."
    assert shown_completed("Carry:\n\n* water\n\nOtherwise, stay at home today.", "Otherwise") == (
        "Otherwise, stay at home today."
    )


def test_a_quote_brings_the_exception_that_follows_it() -> None:
    rule, exception = "Children no longer need a letter.", "However, it is still required for dual nationals."
    assert shown_completed(f"{rule} {exception}", rule) == f"{rule} {exception}"
    assert shown_completed(f"{rule} Keep a copy.", rule) == rule
    assert shown_completed(f"{rule}\n\n{exception}", rule) == rule
    long = f"{exception[:-1]}, {'whatever their age, ' * 15}always."
    assert MAX_QUOTE < len(f"{rule} {long}") <= MAX_WITH_EXCEPTION
    assert shown_completed(f"{rule} {long}", rule) == f"{rule} {long}"
    longer = f"{exception[:-1]}, {'whatever their age, ' * 25}always."
    assert shown_completed(f"{rule} {longer}", rule) == rule


def test_a_list_that_goes_on_stays_whole() -> None:
    line, items = "However, if you must use one:", [f"{n} ask {'the hotel for it by name ' * 4}first" for n in "abc"]
    listed = "\n".join(f"* {item}" for item in items)
    shown = shown_completed(f"Avoid all taxis.\n\n{line}\n\n{listed}", line, "c ask")
    assert shown == "\n".join(["Avoid all taxis.", line, *(f"• {item}" for item in items)])
    assert len(shown) > MAX_QUOTE


def test_an_exception_with_a_list_comes_with_its_list_or_not_at_all() -> None:
    rule, items = "Use the calendar of the hotel.", "* airlines use their own\n* so do banks"
    assert shown_completed(f"{rule} However:\n\n{items}", rule) == (
        f"{rule} However:\n• airlines use their own\n• so do banks"
    )
    assert shown_completed(f"{rule} However:\n\n{items} {'of any kind ' * 40}", rule) == rule


def shown_with_denial(body: str, begins: str) -> str:
    """What becomes of the sentence that begins so."""
    document = Document("own", "page.md", "Page", f"# Page\n\n{body}\n")
    text = document.text
    (found,) = (units(document, passage) for passage in passages(document))
    number = next(n for n, unit in enumerate(found) if text.startswith(begins, unit.start))
    span = with_denial(text, found, "markdown", _span(found, number, number), _span(found, number, number))
    return plain_text(text, span.start, span.end)


SAFE = "Bottled water is safe in the towns."


@pytest.mark.parametrize("mark", ["", "* "])
@pytest.mark.parametrize("line", ["In many areas, tap water is not safe.", "Don’t drink tap water."])
def test_what_is_safe_is_told_after_what_is_not(mark: str, line: str) -> None:
    assert shown_with_denial(f"{mark}{line} {SAFE}", SAFE) == f"{line} {SAFE}"


@pytest.mark.parametrize(
    "before",
    [
        "Tap water is clear. ",
        "Tap water is not safe.\n\n",
        f"Tap water is not safe, {'whatever anyone says, ' * 16}ever. ",
    ],
)
def test_no_other_sentence_comes_before_what_is_safe(before: str) -> None:
    assert shown_with_denial(f"{before}{SAFE}", SAFE) == SAFE


TOLD = "The vodka of one maker is forbidden here."


@pytest.mark.parametrize(
    "line",
    [
        "Australians should avoid consuming these products.",
        "Travellers should therefore drink beer.",
        "A person then approaches the car.",
        "They are not for foreigners.",
        "There is no such rule for beer.",
    ],
)
@pytest.mark.parametrize("mark", ["", "* "])
def test_a_sentence_in_mid_story_comes_with_the_one_before_it(line: str, mark: str) -> None:
    assert shown_completed(f"{mark}{TOLD} {line}", line) == f"{TOLD} {line}"


@pytest.mark.parametrize(
    "line",
    [
        "Crime is common in this country.",
        "This year the festival falls in May.",
        "Thieves work in places such as markets.",
        "These days nobody drinks it.",
        "If you carry medicine, keep this medicine in its box.",
        "Drink more beer than vodka.",
    ],
)
def test_a_sentence_that_tells_its_own_story_stands_alone(line: str) -> None:
    assert shown_completed(f"{TOLD} {line}", line) == line


def test_a_quote_in_mid_story_is_cut_at_its_end_where_it_must_begin_sooner() -> None:
    line, after = "Travellers should avoid these drinks.", f"Beer {'and the wine of the valleys ' * 10}is sold."
    assert shown_completed(f"{TOLD} {line} {after}", line, after) == f"{TOLD} {line}"
