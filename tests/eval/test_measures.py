from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import messages
from eval.gold import Gold
from eval.measures import by_tag, differences, figures, samples, worst
from eval.records import QuestionRecord
from eval.runs import AnswerRecord, Citation, Run, Span

WORDS = "Dial 103 for an ambulance"
GOLD = Gold("a", "s", WORDS, 100, 100 + len(WORDS), "")


def answer(
    id_: str,
    *quotes: tuple[str, int, str],
    passages: tuple[tuple[str, int, int], ...] = (),
    places: tuple[str, ...] = (),
    abstained: bool = False,
    seconds: float = 1.0,
) -> AnswerRecord:
    """Quotes and passages of the source s, by document and offset."""
    citations = tuple(Citation(Span("s", doc, at, at + len(words)), words, places) for doc, at, words in quotes)
    status = "no_source" if abstained else "answered"
    return AnswerRecord(id_, status, abstained, citations, tuple(Span("s", *p) for p in passages), seconds)


def run_of(*pairs: tuple[QuestionRecord, AnswerRecord], inexact: tuple[dict[str, object], ...] = ()) -> Run:
    return Run(Path(), {}, tuple(q for q, _ in pairs), {a.id: a for _, a in pairs}, inexact)


def ask(id_: str, *golds: Gold, answerable: bool | None = True, tags: tuple[str, ...] = ()) -> QuestionRecord:
    return QuestionRecord(id_, f"question {id_}", answerable=answerable, gold=golds, tags=tags)


def test_retrieval_figures_by_hand() -> None:
    run = run_of(
        # b's best passage is second; its other passages change nothing
        (ask("q1", Gold("b", "s")), answer("q1", passages=(("a", 0, 9), ("b", 0, 9), ("a", 9, 18), ("b", 9, 18)))),
        # of two relevant documents, the better judged one third
        (
            ask("q2", Gold("a", "s"), Gold("c", "s", grade=2)),
            answer("q2", passages=(("a", 0, 1), ("b", 0, 1), ("c", 0, 1))),
        ),
        # no result at all counts 0
        (ask("q3", Gold("a", "s")), answer("q3", abstained=True)),
        # not judged: left out
        (ask("q4", answerable=None), answer("q4", passages=(("a", 0, 1),))),
    )
    found = figures(run)
    second, third = 1 / math.log2(3), 1 / math.log2(4)
    q2 = (1 + 2 * third) / (2 + second)
    assert found["ndcg@10"].value == pytest.approx((second + q2 + 0) / 3)
    assert found["recall@1"].value == pytest.approx((0 + 0.5 + 0) / 3)
    assert found["recall@5"].value == pytest.approx((1 + 1 + 0) / 3)
    assert found["recall@10"].value == found["recall@100"].value == pytest.approx(2 / 3)
    assert found["rr@10"].value == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert {found[key].n for key in ("ndcg@10", "recall@1", "recall@100", "rr@10")} == {3}


def test_a_document_below_the_tenth_counts_for_the_deeper_recall_only() -> None:
    passages = tuple((f"d{i:02}", 0, 1) for i in range(20))
    found = figures(run_of((ask("q1", Gold("d10", "s")), answer("q1", passages=passages))))
    assert [found[key].value for key in ("ndcg@10", "rr@10", "recall@10", "recall@100")] == [0, 0, 0, 1]


def test_the_same_name_in_another_source_is_another_document() -> None:
    found = figures(run_of((ask("q1", Gold("a", "t")), answer("q1", passages=(("a", 0, 1),)))))
    assert found["recall@100"].value == 0


def test_passages_that_cover_the_gold() -> None:
    near, far = ("a", 0, 110), ("a", 90, 500)
    run = run_of(
        (ask("q1", GOLD), answer("q1", passages=(far,))),
        (ask("q2", GOLD), answer("q2", passages=(near, near, far))),
        (ask("q3", GOLD), answer("q3", passages=(*(near,) * 5, far))),
        (ask("q4", GOLD), answer("q4", abstained=True)),
    )
    found = figures(run)
    assert [found[f"passage@{k}"].value for k in (1, 5, 10)] == [0.25, 0.5, 0.75]


def test_quotes_against_gold_by_hand() -> None:
    wide = "Well, " + "x" * 19 + WORDS  # as many characters before the gold as in it
    run = run_of(
        (ask("q1", GOLD), answer("q1", ("a", 100, WORDS))),
        (ask("q2", GOLD), answer("q2", ("a", 100 - 25, wide))),
        (ask("q3", GOLD), answer("q3", ("a", 0, "Call home"), ("b", 0, "x"), ("a", 100, WORDS))),
        (ask("q4", GOLD), answer("q4", ("a", 100, WORDS[:13]), ("b", 0, "y"), ("b", 5, "y"), ("a", 100, WORDS))),
        (ask("q5", GOLD), answer("q5", abstained=True)),
        (ask("q6", answerable=False), answer("q6", ("a", 100, WORDS))),
    )
    by_key = samples(run)
    assert by_key["first_covers"].values == {"q1": 1, "q2": 1, "q3": 0, "q4": 0, "q5": 0}
    assert by_key["any3_covers"].values == {"q1": 1, "q2": 1, "q3": 1, "q4": 0, "q5": 0}
    assert by_key["first_overlaps"].values == {"q1": 1, "q2": 1, "q3": 0, "q4": 1, "q5": 0}
    assert by_key["beside"].values == {"q1": 0.0, "q2": 0.5}
    f1 = by_key["f1_first"].values
    # gold: dial 103 for ambulance; q2 says "well" and runs its x's into "dial": three words of five are right
    assert f1 == {"q1": 1.0, "q2": pytest.approx(2 * 3 / 9), "q3": 0.0, "q4": pytest.approx(2 * 3 / 7), "q5": 0.0}
    # q3's three quotes: call home x dial 103 for ambulance
    assert by_key["f1_all"].values["q3"] == pytest.approx(2 * 4 / (7 + 4))
    assert figures(run)["first_covers"].value == 2 / 5


def test_any_of_several_golds_will_do_and_f1_may_take_them_together() -> None:
    first, second = Gold("a", "s", "red car", 0, 7, ""), Gold("a", "s", "blue bus", 20, 28, "")
    run = run_of((ask("q1", first, second), answer("q1", ("a", 20, "blue bus"), ("a", 0, "red car"))))
    by_key = samples(run)
    assert by_key["first_covers"].values == {"q1": 1}
    assert (by_key["f1_first"].values, by_key["f1_all"].values) == ({"q1": 1.0}, {"q1": 1.0})


def test_refusals_and_their_balance() -> None:
    run = run_of(
        *((ask(f"u{i}", answerable=False), answer(f"u{i}", abstained=i < 3)) for i in range(4)),
        *((ask(f"a{i}"), answer(f"a{i}", abstained=i < 1)) for i in range(10)),
        (ask("unknown", answerable=None), answer("unknown", abstained=True)),
    )
    found = figures(run)
    assert (found["refused_unanswerable"].value, found["refused_unanswerable"].n) == (0.75, 4)
    assert (found["refused_answerable"].value, found["refused_answerable"].n) == (0.1, 10)
    assert found["balanced_accuracy"].value == pytest.approx((0.75 + 0.9) / 2)
    assert (found["decided"].value, found["decided"].n) == (pytest.approx(12 / 14), 14)
    assert "ndcg@10" not in found and "first_covers" not in found  # nothing to measure is not shown as 0


def test_every_quote_counts_for_exactness() -> None:
    two = answer("q1", ("a", 0, "x"), ("b", 0, "y"))
    one = answer("q2", ("a", 0, "x"))
    faults: tuple[dict[str, object], ...] = ({"id": "q1", "citation": 2},)
    found = figures(run_of((ask("q1"), two), (ask("q2"), one), inexact=faults))
    assert (found["exact"].value, found["exact"].n) == (pytest.approx(2 / 3), 3)
    assert figures(run_of((ask("q1"), two), (ask("q2"), one)))["exact"].value == 1.0


def test_places() -> None:
    here = ("place:KZ",)
    run = run_of(
        (ask("q1", tags=here), answer("q1", ("a", 0, "x"), places=("KZ",))),
        (ask("q2", tags=here), answer("q2", ("a", 0, "x"), places=("KG",))),
        (ask("q3", tags=here), answer("q3", abstained=True)),
        (ask("q4", tags=here, answerable=False), answer("q4", ("a", 0, "x"), places=("UZ", "KZ"))),
        (ask("q5", tags=("night",)), answer("q5", ("a", 0, "x"), places=("KG",))),
        (ask("q6", tags=("place:KG", "place:KZ")), answer("q6", ("a", 0, "x"), places=("KG",))),
        (ask("q7", tags=here), answer("q7", ("a", 0, "x"))),  # a page about no place is not about this one
    )
    by_key = samples(run)
    assert by_key["right_place"].values == {"q1": 1, "q2": 0, "q3": 0, "q6": 1, "q7": 0}
    assert by_key["wrong_place"].values == {"q1": 0, "q2": 1, "q4": 0, "q6": 0, "q7": 1}


def test_latency() -> None:
    run = run_of(*((ask(f"q{i}"), answer(f"q{i}", seconds=i / 100)) for i in range(101)))
    found = figures(run)
    assert (found["seconds_p50"].value, found["seconds_p95"].value) == (pytest.approx(0.5), pytest.approx(0.95))
    assert found["seconds_p95"].n == 101


def test_two_runs_are_compared_on_what_both_were_asked() -> None:
    ours = run_of(
        *((ask(f"q{i}", GOLD), answer(f"q{i}", ("a", 100, WORDS))) for i in range(6)),
        (ask("new", GOLD), answer("new", abstained=True)),
    )
    reworded = QuestionRecord("q5", "in other words", answerable=True, gold=(GOLD,))
    theirs = run_of(
        *((ask(f"q{i}", GOLD), answer(f"q{i}", abstained=True)) for i in range(5)),
        (reworded, answer("q5", abstained=True)),
    )
    found = differences(ours, theirs)["first_covers"]
    assert (found.ours, found.theirs, found.n, found.p) == (1.0, 0.0, 5, pytest.approx(2 / 32))
    assert "beside" not in differences(ours, theirs)  # the other run has no covering quote to compare


def test_the_worst_come_first() -> None:
    run = run_of(
        (ask("good", GOLD), answer("good", ("a", 100, WORDS), passages=(("a", 0, 200),))),
        (ask("refused", GOLD), answer("refused", abstained=True)),
        (ask("unjudged", answerable=None), answer("unjudged")),
        (ask("half", GOLD), answer("half", ("b", 0, "x"), passages=(("a", 0, 200),))),
    )
    assert [(question.id, worth) for question, _, worth in worst(run, 2)] == [("refused", 0.0), ("half", 0.5)]
    assert [question.id for question, _, _ in worst(run, 9)] == ["refused", "half", "good"]


def test_a_right_number_in_the_first_quote_about_the_place() -> None:
    tags = ("place:KZ", "number:103", "number:77172702100")
    long = "Call +7 (717) 270-21-00."

    def at(words: str, place: str = "KZ") -> AnswerRecord:
        return answer("", ("a", 0, words), places=(place,))

    def asked(reply: AnswerRecord, *more: str) -> float:
        run = run_of((ask("q", GOLD, tags=(*tags, *more)), replace(reply, id="q")))
        return samples(run)["number_first"].values["q"]

    assert asked(at("Ambulance: 103")) == asked(at("dial **103**")) == asked(at(long)) == 1
    assert asked(at("Ambulance: 1033")) == asked(at("flat 2-103 4")) == asked(at("Police: 102")) == 0
    assert asked(at("Ambulance: 103", "KG")) == 0
    assert asked(replace(at("Ambulance: 103"), abstained=True)) == asked(answer("", abstained=True)) == 0
    second = answer("", ("a", 0, "Be careful"), ("a", 50, "Ambulance: 103"), places=("KZ",))
    assert asked(second) == 0
    # where a page says that there is no number, saying so is right
    denial = answer("", ("a", 100, WORDS), places=("KZ",))
    told = Gold("a", "s", "x" * len(WORDS), 100, 100 + len(WORDS), "")
    none = run_of((ask("q", told, tags=("place:KZ", "denied")), replace(denial, id="q")))
    assert samples(none)["number_first"].values == {"q": 1}
    assert samples(run_of((ask("q"), answer("q"))))["number_first"].values == {}


def test_the_newest_level_comes_first_and_the_older_is_said_to_be_older() -> None:
    tags = ("older:s/old",)
    new, old = ("new", 0, "Level 4"), ("old", 0, "Level 3")
    said = f"Level 4 … Level 3. {messages.SUPERSEDED}"
    run = run_of(
        (ask("alone", Gold("new", "s"), tags=tags), answer("alone", new)),
        (ask("both", Gold("new", "s"), tags=tags), replace(answer("both", new, old), text=said)),
        (ask("unsaid", Gold("new", "s"), tags=tags), answer("unsaid", new, old)),
        (ask("turned", Gold("new", "s"), tags=tags), replace(answer("turned", old, new), text=said)),
        (ask("refused", Gold("new", "s"), tags=tags), answer("refused", abstained=True)),
        (ask("other", Gold("new", "s")), answer("other", old)),
    )
    by_key = samples(run)
    assert by_key["newest_first"].values == {"alone": 1, "both": 1, "unsaid": 1, "turned": 0, "refused": 0}
    assert by_key["older_as_current"].values == {"alone": 0, "both": 0, "unsaid": 1, "turned": 1, "refused": 0}


def test_figures_by_tag() -> None:
    run = run_of(
        (ask("q1", GOLD, tags=("service:fire",)), answer("q1", ("a", 100, WORDS))),
        (ask("q2", GOLD, tags=("service:fire",)), answer("q2", abstained=True)),
        (ask("q3", answerable=False, tags=("service:police", "dark")), answer("q3", abstained=True)),
    )
    found = by_tag(run, "service:")
    assert list(found) == ["service:fire", "service:police"]
    fire = {key: (figure.value, figure.n) for key, figure in found["service:fire"].items()}
    assert fire == {"first_overlaps": (0.5, 2), "refused_answerable": (0.5, 2)}
    assert {k: f.value for k, f in found["service:police"].items()} == {"refused_unanswerable": 1.0}
    assert list(by_tag(run, "da")) == ["dark"]
    assert by_tag(run, "place:") == {}
