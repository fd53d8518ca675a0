"""A line that introduces a list stands over the list, and over nothing that comes after it."""

from __future__ import annotations

import pytest

from assistant.choosing.introductions import headings_above, introduced
from assistant.choosing.spans import spans
from index.documents import Document
from index.passages import passages
from index.plain import plain_text
from index.units import units


def headings_of_spans(body: str) -> dict[str, list[str]]:
    """The headings above each span of a page, both as they are shown."""
    document = Document("own", "page.md", "Page", body)
    shown: dict[str, list[str]] = {}
    for passage in passages(document):
        found = introduced(body, units(document, passage))
        for span in spans(body, found, document.markup):
            above = headings_above(body, found, passage.headings, span)
            words = plain_text(body, span.start, span.end)
            shown[words] = [plain_text(body, h.start, h.end) for h in above]
    return shown


SAFER = "Generally safer transport includes:\n• the train to the airport\n• the airport bus"


def test_a_list_does_not_stand_under_the_opening_line_of_the_list_before() -> None:
    found = headings_of_spans(
        "# Trains\n\nTransport with a greater risk includes:\n\n* minibus taxis\n* state coaches to other towns\n\n"
        "Generally safer transport includes:\n\n* the train to the airport\n* the airport bus\n"
    )
    assert found[SAFER] == ["Trains"]
    assert found["Transport with a greater risk includes:\n• minibus taxis\n• state coaches to other towns"] == [
        "Trains"
    ]


def test_the_bold_label_of_an_item_stands_over_its_later_sentences() -> None:
    found = headings_of_spans(
        "# Shots\n\n* **Rabies:** Bats carry it all over the island. A shot is advised for cavers.\n* A shot for all.\n"
    )
    assert found["A shot is advised for cavers."] == ["Shots", "Rabies"]
    assert found["Rabies: Bats carry it all over the island."] == ["Shots"]
    assert found["A shot for all."] == ["Shots"]


def test_a_short_line_after_a_list_stands_under_its_heading_alone() -> None:
    found = headings_of_spans(
        "# Bags\n\nDo not carry:\n\n* knives\n* other sharp things of any kind\n\nCarry some ID.\n"
    )
    assert found["Carry some ID."] == ["Bags"]


def test_items_and_what_belongs_to_them_stand_under_the_line_that_opens_their_list() -> None:
    items = "".join(f"* do not walk in the {name} street at night, whoever asks you to\n" for name in "abcdefghijkl")
    found = headings_of_spans(f"# Crime\n\nTo be safe:\n\n{items}\n  Nor by day.\n")
    assert found["do not walk in the a street at night, whoever asks you to"] == ["Crime", "To be safe:"]
    assert found["do not walk in the l street at night, whoever asks you to"] == ["Crime", "To be safe:"]
    assert found["Nor by day."] == ["Crime", "To be safe:"]


def test_a_list_cut_in_two_keeps_its_opening_line_and_what_follows_it_does_not() -> None:
    items = "".join(f"* the {name} quarter, {'with all its streets and squares ' * 4}\n" for name in "abcdefgh")
    after = "All but essential travel is advised against to the hills that lie north of the river and of the town."
    found = headings_of_spans(f"# Areas\n\nAll travel is advised against to:\n\n{items}\n{after}\n")
    last = next(words for words in found if words.startswith("the h quarter"))
    assert found[last] == ["Areas", "All travel is advised against to:"]
    assert found[after] == ["Areas"]


@pytest.mark.parametrize("rows", [2, 40])
def test_rows_stand_under_the_header_of_their_table(rows: int) -> None:
    table = "".join(f"| the town number {n} | 0200 {n:04} |\n" for n in range(rows))
    found = headings_of_spans(f"# Police\n\n| Town | Number |\n| --- | --- |\n{table}")
    assert len(found) >= rows
    assert {tuple(above) for above in found.values()} == {("Police", "Town | Number |")}


def test_the_lines_of_an_address_stand_under_the_line_that_opens_it() -> None:
    found = headings_of_spans("# Help\n\nEmbassy in Almaty:\n\n12 Long Street\n\nTelephone:\n\n+7 727 555 0100\n")
    assert found["12 Long Street"] == ["Help", "Embassy in Almaty:"]
    assert found["+7 727 555 0100"] == ["Help", "Telephone:"]
    assert found["Telephone:\n+7 727 555 0100"] == ["Help", "Embassy in Almaty:"]


def test_a_label_in_capitals_stands_under_no_other_label() -> None:
    found = headings_of_spans(
        "# Quick Facts\n\nVACCINATIONS:\n\nNone.\n\nCURRENCY RESTRICTIONS FOR ENTRY:\n\nNone.\n\n"
        "CURRENCY RESTRICTIONS FOR EXIT:\n\n$2,000 USD\n"
    )
    assert found["CURRENCY RESTRICTIONS FOR EXIT:\n$2,000 USD"] == ["Quick Facts"]
    assert found["$2,000 USD"] == ["Quick Facts", "CURRENCY RESTRICTIONS FOR EXIT:"]
    assert found["VACCINATIONS:\nNone."] == ["Quick Facts"]


LISTED = "* keep your passport in the safe of the hotel\n* use the taxis that stand at the airport's own rank\n"


@pytest.mark.parametrize("line", ["However:", "However,", "**Otherwise:**"])
def test_a_lone_connective_is_no_heading(line: str) -> None:
    before = "The capital is mostly calm by day."
    item = "keep your passport in the safe of the hotel"
    climbed = headings_of_spans(f"# Crime\n\n{before} However:\n\n{LISTED}")
    assert climbed[item] == ["Crime", f"{before} However:"]
    after_list = headings_of_spans(
        f"# Crime\n\nThieves work:\n\n* in the old markets of the town\n\n{line}\n\n{LISTED}"
    )
    assert not any(words.strip("*:, ") in ("However", "Otherwise") for above in after_list.values() for words in above)
    assert after_list[item][0] == "Crime"


def test_a_line_that_says_more_than_a_connective_stays_a_heading() -> None:
    found = headings_of_spans(f"# Crime\n\nHowever, by night:\n\n{LISTED}")
    assert found["keep your passport in the safe of the hotel"] == ["Crime", "However, by night:"]
