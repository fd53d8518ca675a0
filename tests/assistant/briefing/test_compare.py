"""Destinations side by side: nothing is ranked, merged or left out."""

from __future__ import annotations

import pytest

from assistant.answer import Assistant
from assistant.briefing.compare import compare
from assistant.errors import SettingsError
from index.snapshot import Snapshot
from tests.assistant.conftest import TODAY

GB = "UK Foreign, Commonwealth & Development Office"
IE = "Ireland Department of Foreign Affairs"


def test_countries_keep_the_order_asked_for_and_come_once(assistant: Assistant) -> None:
    found = compare(assistant, ["LB", "KZ", "LB"], today=TODAY, wanted=["crime"])
    assert [each.place for each in found.briefs] == ["LB", "KZ"]
    assert found.places == "Lebanon, Kazakhstan"


def test_topics_stand_country_beside_country(assistant: Assistant) -> None:
    found = compare(assistant, ["KZ", "LB"], today=TODAY, passport="GB", wanted=["roads", "crime"])
    assert [topic.key for topic, _ in found.topics] == ["crime", "roads"]  # in the order of the file
    said = {topic.key: here for topic, here in found.topics}["roads"]
    british = [here.governments[0] for here in said]
    assert [voice.publisher for voice in british] == [GB, GB]
    assert [[quote.shown for quote in voice.quotes] for voice in british] == [
        ["Roads outside cities are potholed and unlit."],
        [],
    ]


def test_each_governments_levels_stand_side_by_side(assistant: Assistant) -> None:
    found = compare(assistant, ["KZ", "LB"], today=TODAY, wanted=["crime"])
    words = {who: [[level.words for level in here] for here in both] for who, both in found.levels.items()}
    assert words[IE] == [["Normal Precautions"], ["Do Not Travel"]]
    assert list(found.levels) == sorted(found.levels)


def test_all_governments_on_one_topic_in_one_place(assistant: Assistant) -> None:
    found = compare(assistant, ["KZ"], today=TODAY, wanted=["crime"])
    assert [len(said[0].governments) for _, said in found.topics] == [5]


def test_one_assistant_serves_all_countries_from_one_snapshot(snapshot: Snapshot) -> None:
    found = compare(Assistant(snapshot, pinned=False), ["KZ", "LB"], today=TODAY, wanted=["crime"])
    assert {each.snapshot for each in found.briefs} == {snapshot.name}


@pytest.mark.parametrize(
    ("places", "wanted", "said"),
    [
        (["KZ"], [], "only Kazakhstan is named. Name two countries or more, or one country and a topic."),
        ([], ["crime"], "no country is named."),
        (["KZ", "LB", "GN", "GW", "TL", "TD", "PT"], [], "7 countries are too many. Compare at most 6."),
        (["KZ", "PE"], [], "No document here is about Peru"),
    ],
)
def test_what_cannot_be_compared_is_said(assistant: Assistant, places: list[str], wanted: list[str], said: str) -> None:
    with pytest.raises(SettingsError, match=said.replace("(", r"\(")):
        compare(assistant, places, today=TODAY, wanted=wanted)
