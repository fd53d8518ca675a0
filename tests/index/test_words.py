"""BM25 against a slow, obvious reference; filters inside the search; the user's words are words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedError
from index.words import Entry, WordIndex, terms

# Words that are their own stems and no stop words. tantivy keeps lengths exactly up to 40 tokens.
VOCABULARY = ["taxi", "bank", "hotel", "quak", "flood", "112", "103", "almati"]


def bm25(texts: Sequence[Sequence[str]], query: Sequence[str], k1: float = 1.2, b: float = 0.75) -> dict[int, float]:
    """Robertson and Zaragoza (2009), with the idf that never goes below nought, as in Lucene."""
    mean = sum(len(text) for text in texts) / len(texts)
    scores: dict[int, float] = {}
    for row, text in enumerate(texts):
        for term in set(query) & set(text):
            holding = sum(term in other for other in texts)
            idf = math.log(1 + (len(texts) - holding + 0.5) / (holding + 0.5))
            count = text.count(term)
            scores[row] = scores.get(row, 0.0) + idf * count * (k1 + 1) / (count + k1 * (1 - b + b * len(text) / mean))
    return scores


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=39), min_size=1, max_size=12),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=4, unique=True),
)
def test_same_as_the_reference(
    tmp_path_factory: pytest.TempPathFactory, texts: list[list[str]], query: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("words") / "index"
    index = WordIndex.build(folder, [Entry(" ".join(text)) for text in texts])
    rows, scores = index.search(" ".join(query), 50)
    expected = bm25(texts, query)
    assert set(rows.tolist()) == set(expected)
    assert scores.tolist() == pytest.approx([expected[row] for row in rows.tolist()], rel=1e-5)
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)
    for term in query:
        assert index.frequency(term) == sum(term in text for text in texts)


PASSAGES = [
    Entry("Call the police on 102 in Almaty.", ("status:current", "doc:0")),
    Entry("Taxis: agree on a fare. The taxi AND the bus.", ("status:current", "doc:1")),
    Entry("Police stations close at night.", ("status:withdrawn", "doc:2")),
    Entry("Café société, naïve travellers.", ("status:current", "doc:3")),
    Entry("", ("status:current", "doc:4")),
    Entry("Police and taxi, taxi, taxi.", ("status:current", "doc:5")),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> WordIndex:
    return WordIndex.build(tmp_path_factory.mktemp("words") / "index", PASSAGES)


def rows_of(index: WordIndex, text: str, tags: Sequence[Sequence[str]] = (), k: int = 10) -> list[int]:
    rows: list[int] = index.search(text, k, tags)[0].tolist()
    return rows


def test_by_hand(index: WordIndex) -> None:
    # Without "the", "on", "and" and their like the passages hold 4, 5, 4, 4, 0 and 4 words: 3.5 on average.
    score = math.log(1 + 5.5 / 1.5) * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 4 / 3.5))
    rows, scores = index.search("102", 10)
    assert (rows.tolist(), scores.tolist()) == ([0], pytest.approx([score], rel=1e-6))
    assert index.inverse_frequency("102") == pytest.approx(math.log(1 + 5.5 / 1.5))
    assert index.inverse_frequency("never") == pytest.approx(math.log(1 + 6.5 / 0.5))


def test_stems_accents_and_case_are_one(index: WordIndex) -> None:
    assert terms("The TAXIS, taxi; Cafés and the Café") == ("taxi", "cafe")
    assert rows_of(index, "cafe traveller NAIVE") == [3]


def test_filter_is_inside_the_search(index: WordIndex) -> None:
    unfiltered = dict(zip(*(a.tolist() for a in index.search("police", 10)), strict=True))
    assert set(unfiltered) == {0, 2, 5}
    assert rows_of(index, "police", [["status:withdrawn"]], k=1) == [2]
    assert rows_of(index, "police", [["status:current"], ["doc:2", "doc:5", "doc:1"]]) == [5]
    assert rows_of(index, "police", [["doc:17"]]) == []
    _, scores = index.search("police", 10, [["status:withdrawn"]])
    assert scores.tolist() == pytest.approx([unfiltered[2]], rel=1e-6)  # a filter changes no score


def test_ties_go_by_slot(tmp_path: Path) -> None:
    same = WordIndex.build(tmp_path / "w", [Entry("taxi")] * 20)
    assert rows_of(same, "taxi", k=5) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    "text",
    [
        'taxi AND "bus',
        "taxi OR NOT (bus",
        "words:taxi",
        "taxi^9 +bus -fare",
        "[taxi TO bus]",
        "taxi* ~2 \\",
        "{taxi}",
        "/taxi/",
    ],
)
def test_query_syntax_is_only_words(index: WordIndex, text: str) -> None:
    assert 1 in rows_of(index, text)
    assert rows_of(index, text.replace("taxi", "zzz").replace("bus", "zzz").replace("fare", "zzz")) == []


@pytest.mark.parametrize("text", ["", "   ", "the and of", "?!*", "\x00", "\udcff", "a" * 70_000])
def test_nothing_searchable_finds_nothing(index: WordIndex, text: str) -> None:
    rows, scores = index.search(text, 10)
    assert (rows.tolist(), scores.tolist()) == ([], [])


def test_half_a_character_spoils_nothing(index: WordIndex, tmp_path: Path) -> None:
    assert rows_of(index, "\udcff taxi") == rows_of(index, "taxi")
    made = WordIndex.build(tmp_path / "w", [Entry("\ud83d taxi")])
    assert rows_of(made, "taxi") == [0]


def test_k_limits(index: WordIndex) -> None:
    assert rows_of(index, "police", k=0) == []
    assert len(rows_of(index, "police taxi", k=2)) == 2


def test_loaded_answers_the_same(tmp_path: Path) -> None:
    made = WordIndex.build(tmp_path / "w", PASSAGES)
    loaded = WordIndex.load(tmp_path / "w")
    for one, other in zip(made.search("police taxi", 9), loaded.search("police taxi", 9), strict=True):
        np.testing.assert_array_equal(one, other)


def test_what_is_no_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "w").mkdir()
    with pytest.raises(DamagedError, match="is not a word index"):
        WordIndex.load(tmp_path / "w")


def test_carried_on(tmp_path: Path) -> None:
    old = WordIndex.build(tmp_path / "old", PASSAGES)
    more = [Entry("Police again.", ("status:current", "doc:6")), Entry("A bus.", ("status:current", "doc:7"))]
    made = WordIndex.extended(tmp_path / "old", tmp_path / "new", ["doc:0", "doc:5"], more, 9)
    assert rows_of(made, "police") == [9, 2]
    assert rows_of(made, "taxi bus") == [1, 10]
    assert rows_of(made, "102 almaty") == []
    assert rows_of(made, "police", [["status:withdrawn"]]) == [2]
    assert rows_of(WordIndex.load(tmp_path / "new"), "police") == [9, 2]
    again = WordIndex.extended(tmp_path / "new", tmp_path / "third", ["doc:6"], [], 11)
    assert rows_of(again, "police") == [2]
    # What the others were made from stays as it was.
    assert (rows_of(old, "police"), rows_of(WordIndex.load(tmp_path / "old"), "police")) == ([0, 2, 5], [0, 2, 5])
    assert rows_of(WordIndex.load(tmp_path / "new"), "police") == [9, 2]


def test_carried_on_scores_nearly_as_anew(tmp_path: Path) -> None:
    texts = [" ".join(VOCABULARY[(n * m) % len(VOCABULARY)] for m in range(1, 4 + n % 5)) for n in range(200)]
    entries = [Entry(text, (f"doc:{n}",)) for n, text in enumerate(texts)]
    WordIndex.build(tmp_path / "old", entries[:190])
    made = WordIndex.extended(tmp_path / "old", tmp_path / "new", [f"doc:{n}" for n in range(10)], entries[190:], 190)
    anew = WordIndex.build(tmp_path / "anew", entries[10:])
    for word in VOCABULARY:
        carried = dict(zip(*(a.tolist() for a in made.search(word, 500)), strict=True))
        expected = dict(zip(*(a.tolist() for a in anew.search(word, 500)), strict=True))
        assert carried == pytest.approx({slot + 10: score for slot, score in expected.items()}, rel=0.1)
