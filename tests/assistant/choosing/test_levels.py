"""Each page says its government's level once, in words of its own where it has any."""

from __future__ import annotations

from assistant.choosing.levels import level_quotes
from assistant.choosing.place_texts import PlaceTexts
from index.filters import Filters
from index.snapshot import Snapshot


def test_each_page_says_its_level_once(snapshot: Snapshot) -> None:
    quotes = level_quotes(PlaceTexts(snapshot, Filters(places=("LB",))))
    assert {q.document.doc_id: (q.shown, q.heading_words[-2:]) for q in quotes} == {
        "ireland/Lebanon/Misc.md": (
            "Our gravest warning: stay away, and leave by commercial flight if you can reach the airport safely.",
            ("Do Not Travel",),
        ),
        "unitedkingdom/Lebanon/Warnings and insurance.md": (
            "FCDO advises against all travel to the land south of the river.",
            ("Areas where FCDO advises against travel", "South of the Litani"),
        ),
    }
    assert len(quotes) == 2
