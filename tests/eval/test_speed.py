from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Assistant
from eval.errors import ReportError
from eval.records import QuestionRecord
from eval.speed import answering, bare, building, growth, peers, picture, process, regression, tables
from eval.speed.command import Asked, measure, sizes
from eval.speed.jobs import timed
from eval.speed.made import MARK, MadeEmbedder, MadeSource, key_of, prepare, varied
from eval.speed.sample import draw
from eval.speed.timing import Stopwatch, spread, stage_rows
from index.build import build
from index.documents import Reading
from index.snapshot import Snapshot
from tests.eval.test_cli import ends
from tests.fakes import HashEmbedder, page, write_source

PAGES = {
    "kz/taxis.md": page("Taxis in Kazakhstan", "Take marked taxis only. Never share a ride at night.", places="[KZ]"),
    "kz/police.md": page("Police in Kazakhstan", "Call the police on 102. Carry your passport always.", places="[KZ]"),
    "pe/taxis.md": page("Taxis in Peru", "Radio taxis are safer in Lima. Agree the fare first.", places="[PE]"),
}
SENTENCES = 6


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_source(tmp_path / "docs", PAGES)


@pytest.fixture
def snapshot(tmp_path: Path, source: Path, embedder: HashEmbedder) -> Snapshot:
    build(tmp_path / "index", {"docs": source}, embedder)
    return Snapshot.open(tmp_path / "index", embedder)


def letters(texts: list[str]) -> list[list[int]]:
    return [[ord(letter) for letter in text] for text in texts]


# Seconds


def test_shares_add_up_and_what_is_within_another_is_not_added_twice() -> None:
    rows = stage_rows({"read": [1.0, 3.0, 1.0], "part": [2.0], "embed": [3.0], "never": []}, {"part": "embed"})
    assert [(row["stage"], row["median_s"], row["share"]) for row in rows] == [
        ("read", 1.0, 0.25),
        ("part", 2.0, 0.5),
        ("embed", 3.0, 0.75),
    ]
    assert rows[0]["p95_s"] == pytest.approx(2.8)  # between 1 and 3, nine tenths of the way
    assert [row.get("within") for row in rows] == [None, "embed", None]


def test_a_stopwatch_keeps_laps_in_order_and_none_of_what_failed() -> None:
    watch = Stopwatch()
    with watch.lap("one"), watch.lap("two"):
        pass
    with pytest.raises(KeyError), watch.lap("one"):
        raise KeyError
    assert list(watch.laps) == ["one", "two"]
    assert len(watch.laps["one"]) == 1
    assert watch.laps["one"][0] >= watch.laps["two"][0] >= 0


def test_the_first_question_warms_up_and_is_not_timed_twice() -> None:
    asked: list[str] = []
    assert len(timed(asked.append, ["a", "b"])) == 2
    assert asked == ["a", "a", "b"]


# Building


def test_building_by_stages_does_what_a_build_does(tmp_path: Path, source: Path, embedder: HashEmbedder) -> None:
    record = building.measure({"docs": source}, embedder, letters, 2, tmp_path)
    assert (record["documents"], record["passages"], record["sentences"]) == (3, 3, SENTENCES)
    assert [row["stage"] for row in record["stages"]] == ["read", "cut", "tokenise", "embed", "write"]
    alone = [row for row in record["stages"] if "within" not in row]
    assert sum(row["share"] for row in alone) == pytest.approx(1)
    assert record["sum_s"] == pytest.approx(sum(row["median_s"] for row in alone))
    assert record["passages_per_s"] * record["whole"]["median_s"] == pytest.approx(3)
    assert record["sentences_per_s"] * record["whole"]["median_s"] == pytest.approx(SENTENCES)
    assert len(embedder.embedded) == 1 + 2 * 2 * SENTENCES  # a warm-up, then two runs of stages and whole
    assert not [path for path in tmp_path.iterdir() if path != source]  # nothing is left behind
    assert sorted(building.texts_of({"docs": source})) == sorted(set(embedder.embedded[1:]))


def test_stages_need_a_document(tmp_path: Path, embedder: HashEmbedder) -> None:
    empty = write_source(tmp_path / "docs", {"a.xyz": "no document"})
    with pytest.raises(ReportError, match="no document could be read"):
        building.measure({"docs": empty}, embedder, letters, 1, tmp_path)


class Model:
    """A compiled model that remembers every batch; a request can be begun once at a time."""

    def __init__(self) -> None:
        self.computed: list[list[list[int]]] = []
        self.requests = 0

    def create_infer_request(self) -> Place:
        self.requests += 1
        return Place(self)


class Place:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.busy = False

    def start_async(self, inputs: bare.Batch, share_inputs: bool = False) -> None:
        assert not self.busy
        self.busy = True
        ids, mask = inputs
        self.model.computed.append(
            [row[: int(m.sum())].tolist() for row, m in zip(ids, mask, strict=True)]  # without the padding
        )

    def wait(self) -> None:
        assert self.busy
        self.busy = False


class Compiled(HashEmbedder):
    """A hash embedder with a compiled model."""

    def __init__(self) -> None:
        super().__init__()
        self.compiled = Model()


@given(st.lists(st.lists(st.integers(1, 9), max_size=600), max_size=80))
def test_every_text_is_in_one_bare_batch_and_batches_are_bounded(ids: list[list[int]]) -> None:
    made = bare.batches(ids)
    model = Model()
    bare.run_bare(model, made)
    computed = [row for batch in model.computed for row in batch]
    assert sorted(computed) == sorted(ids)
    assert [len(row) for row in computed] == sorted((len(row) for row in ids), reverse=True)
    assert all(tokens.shape == mask.shape and (tokens.size <= 2048 or len(tokens) == 1) for tokens, mask in made)
    assert all(len(tokens) <= 64 for tokens, _ in made)


def test_the_bare_loop_counts_tokens_without_padding() -> None:
    embedder = Compiled()
    record = bare.measure(embedder, letters, ["abc", "de", "f"], runs=2)
    assert record is not None
    assert (record["texts"], record["tokens"]) == (3, 6)
    assert embedder.compiled.computed == 3 * [[[97, 98, 99], [100, 101], [102]]]  # a warm-up and two runs
    assert 0 < record["share"] < 1  # hashing words takes longer than doing nothing
    assert record["embed_tokens_per_s"] < record["bare_tokens_per_s"]


def test_an_embedder_without_a_compiled_model_has_no_share(embedder: HashEmbedder) -> None:
    assert bare.measure(embedder, letters, ["abc"], 1) is None


# Answering


def test_answering_times_each_stage_once_a_question_and_run(snapshot: Snapshot) -> None:
    questions = [
        QuestionRecord("1", "Should I share a taxi ride at night in Kazakhstan?"),
        QuestionRecord("2", "Is it safe in Atlantis?"),  # refused before any search
    ]
    record = answering.measure(Assistant(snapshot), questions, 3)
    assert (record["questions"], record["passages"], record["snapshot"]) == (2, 3, snapshot.name)
    names = ["understand", "render", "embed", "lexical", "dense", "fuse", "choose", "judge"]
    assert sorted(row["stage"] for row in record["stages"]) == sorted(names)
    assert sum(row["share"] for row in record["stages"]) == pytest.approx(1)
    embed = next(row for row in record["stages"] if row["stage"] == "embed")
    assert record["whole_over_embed"] == pytest.approx(record["whole"]["median_s"] / embed["median_s"])
    assert record["retrieval"]["median_s"] > embed["median_s"] > 0


# Made passages


def test_made_documents_are_the_real_ones_then_vary_and_are_the_same_again(tmp_path: Path, snapshot: Snapshot) -> None:
    counts = prepare(snapshot, tmp_path / "made")
    assert counts == {"documents": 3, "passages": 3, "sentences": SENTENCES}
    found = [item for item in MadeSource(tmp_path / "made", 8).read("made") if isinstance(item, Reading)]
    assert [r.document.doc_id[:5] for r in found] == ["0000/"] * 3 + ["0001/"] * 3 + ["0002/"] * 2
    real = {snapshot.text(snapshot.document(number)) for number in range(3)}
    assert {r.document.text for r in found[:3]} == real
    for made in found[3:]:
        words = [word for word in made.document.text.split() if word.startswith(MARK)]
        assert len(words) == 2  # one a sentence
        assert " ".join(w for w in made.document.text.split() if w not in words) in {" ".join(t.split()) for t in real}
        assert made.document.about in (("KZ",), ("PE",)) and made.document.source == "made"
    assert len({r.document.text for r in found}) == 8
    again = [item for item in MadeSource(tmp_path / "made", 8).read("made") if isinstance(item, Reading)]
    assert again == found


@given(st.text(st.sampled_from("ab c."), max_size=30), st.data())
def test_a_varied_text_without_its_new_words_is_the_text(text: str, data: st.DataObject) -> None:
    slots = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=5)))
    made = varied(text, slots, ["ride", "town"], "seed")
    assert made.replace(f" {MARK}ride", "").replace(f" {MARK}town", "") == text
    assert made.count(MARK) == len(slots)
    assert made == varied(text, slots, ["ride", "town"], "seed")


def test_a_made_sentence_has_the_real_ones_vector_a_little_turned(tmp_path: Path, snapshot: Snapshot) -> None:
    prepare(snapshot, tmp_path / "made")
    made = MadeEmbedder(tmp_path / "made")
    assert (made.identity, made.dimension) == (snapshot.embedder.identity, 32)
    texts = building.texts_of({"docs": tmp_path / "docs"})
    stored = snapshot.embedder.embed(texts)
    same = made.embed(texts)
    assert np.einsum("ij,ij->i", same, stored).min() > 0.999  # int8, then float16
    turned = made.embed([text.replace(" ", f" {MARK}ride ", 1) for text in texts])
    cosines = np.einsum("ij,ij->i", turned, stored)
    assert cosines.min() > 0.9 and cosines.max() < 0.999
    np.testing.assert_allclose(np.linalg.norm(turned, axis=1), 1, rtol=1e-5)
    assert (made.embedded, made.missed) == (2 * SENTENCES, 0)
    assert made.embed(["never seen"]).shape == (1, 32) and made.missed == 1
    np.testing.assert_array_equal(turned, made.embed([text.replace(" ", f" {MARK}ride ", 1) for text in texts]))


def test_a_key_is_the_same_on_every_machine() -> None:
    assert key_of("taxi") == 0x6309692852288F0F


def test_growth_goes_through_build_and_search(tmp_path: Path, snapshot: Snapshot) -> None:
    prepare(snapshot, tmp_path / "made")
    grown = growth.grow(tmp_path / "made", 50, tmp_path / "grown")
    assert grown["passages"] == grown["documents"] == 50
    assert grown["making_mb"] == pytest.approx(sum(p.stat().st_size for p in (tmp_path / "made").glob("*.npy")) / 1e6)
    assert grown["missed"] == 0 and 0 < grown["making_s"] < grown["seconds"]
    assert 0 < grown["store_bytes"] + grown["search_bytes"] < grown["disk_bytes"]
    opened = Snapshot.open(tmp_path / "grown", snapshot.embedder)
    searched = growth.search(opened, ["a ride at night", "the police"], lambda: {"resident_mb": 7.0, "own_mb": 6.0})
    assert (searched["passages"], searched["queries"], searched["own_mb"]) == (50, 2, 6.0)
    assert searched["recall_at_10"] == 1
    assert 0 < searched["dense_p50_ms"] <= searched["dense_p95_ms"]
    assert 0 < searched["retrieval_p50_ms"] <= searched["retrieval_p95_ms"]


def test_recall_counts_what_was_missed_and_takes_ties_as_equal(tmp_path: Path, embedder: HashEmbedder) -> None:
    bodies = {f"{n:02}.md": page(f"Page {n}", "Never share a ride at night.") for n in range(12)}
    bodies |= {f"{n}.md": page(f"Page {n}", "Cheese is made of milk.") for n in range(20, 25)}
    build(tmp_path / "index", {"docs": write_source(tmp_path / "docs", bodies)}, embedder)
    opened = Snapshot.open(tmp_path / "index", embedder)
    vectors = embedder.embed(["Never share a ride at night."])
    rides = [row for row in range(17) if opened.hits([row])[0].document.doc_id < "12"]
    scores = growth.exact(opened, range(17), vectors)[:, 0]
    assert scores[rides].min() > 0.999 and np.delete(scores, rides).max() < 0.9
    assert growth.recall(opened, vectors, [rides[:10]]) == 1
    assert growth.recall(opened, vectors, [rides[2:]]) == 1  # another ten of the twelve that are as near
    cheese = [row for row in range(17) if row not in rides]
    assert growth.recall(opened, vectors, [rides[:6] + cheese[:4]]) == pytest.approx(0.6)


# Peers

FAKE = """#!{python}
import json, sys
flag, runner, verb, peer, given = sys.argv[1:]
given = json.loads(given)
assert flag == "-P" and runner.endswith("peer_runner.py")
if peer == "txtai":
    sys.exit("no such library")
if verb == "build":
    lines = open(given["passages"], encoding="utf-8").read().splitlines()
    open(given["folder"], "w").write(given["model"])
    record = {{"passages": len(lines), "seconds": 4.0, "cpu_s": 8.0, "query_s": [0.01 for _ in given["questions"]]}}
else:
    record = {{"found": open(given["folder"]).read() == given["model"]}}
print("a library that talks")
print(json.dumps(record))
"""


@pytest.fixture
def fake_python(tmp_path: Path) -> Path:
    path = tmp_path / "python"
    path.write_text(FAKE.format(python=sys.executable), "utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def shared(tmp_path: Path) -> dict[str, Any]:
    (tmp_path / "passages.jsonl").write_text('{"id": "0", "text": "a"}\n{"id": "1", "text": "b"}\n', "utf-8")
    return {"model": "m", "passages": str(tmp_path / "passages.jsonl"), "questions": ["a?", "b?", "c?"]}


def test_a_peer_builds_and_answers_in_its_own_environment(
    tmp_path: Path, fake_python: Path, shared: dict[str, Any]
) -> None:
    lap = peers.peer_turn(fake_python, "langchain", shared, tmp_path / "kept")
    assert (lap["passages"], lap["seconds"], lap["cpu_s"], lap["query_s"]) == (2, 4.0, 8.0, [0.01] * 3)
    assert lap["first_answer_s"] > 0 and lap["peak_mb"] > 3
    with pytest.raises(ReportError, match="ended with status 1: no such library"):
        peers.peer_turn(fake_python, "txtai", shared, tmp_path / "kept")


def test_turns_are_taken_in_another_order_each_round(tmp_path: Path) -> None:
    said: list[str] = []
    took: list[str] = []

    def turn(folder: Path) -> peers.Lap:
        took.append(folder.name)
        return {"passages": len(took)}

    found = peers.turns({"a": turn, "b": turn, "c": turn}, 4, tmp_path, said.append)
    assert took == ["a-0", "b-0", "c-0", "b-1", "c-1", "a-1", "c-2", "a-2", "b-2", "a-3", "b-3", "c-3"]
    assert found["a"] == [{"passages": n} for n in (1, 6, 8, 10)]
    assert said[3] == "round 2 of 4: b"


def lap(passages: int, seconds: float, query: float, first: float, peak: float | None) -> peers.Lap:
    return {
        "passages": passages,
        "seconds": seconds,
        "cpu_s": 2 * seconds,
        "query_s": [query, query, 3 * query],
        "first_answer_s": first,
        "peak_mb": peak,
    }


def test_ratios_say_how_many_times_better_safecite_is() -> None:
    ours = peers.summary([{**lap(100, 1.0, 0.002, 1.0, 500), "answer_s": [0.01]}, lap(100, 3.0, 0.002, 2.0, 700)][:1])
    theirs = peers.summary([lap(100, 9.0, 0.012, 9.0, 900), lap(100, 11.0, 0.012, 11.0, 1100)])
    assert (theirs["passages_per_s"], theirs["peak_mb"], theirs["first_answer_s"]) == (10, 1000, 10)
    assert theirs["query_p50_ms"] == pytest.approx(12) and theirs["query_p95_ms"] == pytest.approx(36)
    assert ours["answer_p50_ms"] == pytest.approx(10)
    found = peers.ratios({"safecite": ours, "txtai": theirs})["txtai"]
    assert found == pytest.approx(
        {
            "passages_per_s": 10,
            "passages_per_cpu_s": 10,
            "query_p50_ms": 6,
            "query_p95_ms": 36 / 5.6,
            "first_answer_s": 10,
            "peak_mb": 2,
        }
    )
    unknown = peers.summary([lap(100, 9.0, 0.012, 9.0, None)])
    assert "peak_mb" not in peers.ratios({"safecite": ours, "txtai": unknown})["txtai"]


def test_peers_are_chosen_by_name() -> None:
    assert peers.chosen("txtai, LangChain,txtai") == ["txtai", "langchain"]
    with pytest.raises(ReportError, match=r"no peer 'haystack'\. Choose among langchain, llamaindex, txtai\."):
        peers.chosen("txtai,haystack")
    with pytest.raises(ReportError, match="no peer was named"):
        peers.chosen(" ,")


def test_the_pins_are_exact() -> None:
    assert "torch==2.13.0" in peers.PINS
    assert all(pin.count("==") == 1 for pin in peers.PINS)


# Processes


def test_a_process_says_what_it_measured_and_how_much_it_held() -> None:
    code = "import json; held = b'x' * 150_000_000; print('talk'); print(json.dumps({'held': len(held)}))"
    done = process.run([sys.executable, "-c", code])
    assert done.record == {"held": 150_000_000}
    assert done.peak_mb is not None and done.peak_mb > 150
    assert done.seconds > 0


def test_a_process_that_fails_is_named_with_its_last_words() -> None:
    with pytest.raises(ReportError, match=r"ended with status 1: too bad$"):
        process.run([sys.executable, "-c", "raise SystemExit('too bad')"])
    with pytest.raises(ReportError, match="did not say what it measured"):
        process.run([sys.executable, "-c", "print('nothing')"]).record  # noqa: B018 - reading it is what fails
    with pytest.raises(ReportError, match="no-such-program: cannot be started"):
        process.run(["no-such-program"])


def test_a_jobs_mistake_comes_back_as_its_sentence(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match=r"there is no index yet\. Run: safecite build"):
        process.job("prepare", index=str(tmp_path / "none"), model="all-MiniLM-L6-v2", folder=str(tmp_path / "made"))


# A draw


def test_a_draw_is_the_same_each_time_and_brings_what_describes_it(tmp_path: Path) -> None:
    long = "word " * 200
    files = {f"uk/{c}/{n}.md": long + n for c in ("Chad", "Peru") for n in "abc"}
    files |= {f"uk/{c}/info.json": "{}" for c in ("Chad", "Peru")} | {"uk_summary.csv": "a", "uk/Peru/stub.md": "x"}
    root = write_source(tmp_path / "all", files)
    one, two = draw({"uk": root}, 2, tmp_path / "one"), draw({"uk": root}, 2, tmp_path / "two")
    names = sorted(path.relative_to(one["uk"]).as_posix() for path in one["uk"].rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(two["uk"]).as_posix() for path in two["uk"].rglob("*") if path.is_file())
    pages = [name for name in names if name.endswith(".md")]
    assert len(pages) == 2 and "uk/Peru/stub.md" not in pages and "uk_summary.csv" in names
    assert {name.rpartition("/")[0] for name in pages} == {
        name[: -len("/info.json")] for name in names if "info" in name
    }
    every = draw({"uk": root}, 99, tmp_path / "three")["uk"]
    assert len(list(every.rglob("*.md"))) == 6
    with pytest.raises(ReportError, match="is no folder of documents"):
        draw({"uk": tmp_path / "none"}, 2, tmp_path / "four")


# The record


def made_up() -> dict[str, Any]:
    def row(stage: str, seconds: float, share: float) -> dict[str, Any]:
        return {"stage": stage, "median_s": seconds, "p95_s": 2 * seconds, "share": share}

    return {
        "building": {
            "documents": 3,
            "passages": 1200,
            "sentences": 4000,
            "stages": [row("read", 1, 0.1), {**row("tokenise", 1, 0.1), "within": "embed"}, row("embed", 9, 0.9)],
            "sum_s": 10.0,
            "whole": {"median_s": 8.0, "p95_s": 8.0},
            "passages_per_s": 150.0,
            "sentences_per_s": 500.0,
            "model_share": {"embed_tokens_per_s": 9000.0, "bare_tokens_per_s": 10000.0, "share": 0.9},
            "peak_mb": 812.0,
        },
        "answering": {
            "passages": 1200,
            "questions": 7,
            "stages": [row("embed", 0.004, 0.8), row("dense", 0.001, 0.2)],
            "whole": {"median_s": 0.02, "p95_s": 0.04},
            "retrieval": {"median_s": 0.007, "p95_s": 0.009},
            "whole_over_embed": 5.0,
        },
        "against": {
            "participants": {
                "safecite": peers.summary([lap(1200, 10.0, 0.004, 1.0, 500)]),
                "txtai": peers.summary([lap(1200, 60.0, 0.024, 9.0, None)]),
            },
            "ratios": {"txtai": {"passages_per_s": 6.0, "query_p50_ms": 6.0}},
        },
        "growth": [
            {
                "passages": n,
                "seconds": n / 100,
                "making_s": 1.0,
                "build_peak_mb": 300.0,
                "disk_bytes": 5000 * n,
                "dense_p50_ms": n / 1000,
                "retrieval_p50_ms": 5.0,
                "resident_mb": 400.0,
                "own_mb": 300.0,
                "recall_at_10": 0.9876,
            }
            for n in (1000, 10000)
        ],
    }


def test_tables_hold_the_figures() -> None:
    lines = tables.markdown(made_up()).splitlines()
    for line in (
        "| read | 1.000 s | 2.000 s | 10.0% |",
        "| tokenise, part of embed | 1.000 s | 2.000 s | 10.0% |",
        "| share that is the model's own work | 90.0% |",
        "| dense | 1.000 ms | 2.000 ms | 20.0% |",
        "| question to shown answer, p50 / p95 | 20.0 / 40.0 ms |",
        "| txtai | 1,200 | 20.0 | 10.0 | 24.0 / 67.2 ms | 9.00 s | – |",
        "| txtai | 6.00× | – | 6.00× | – | – | – |",
        "| 10,000 | 100.0 | 1.0 | 300 | 50 | 10.00 | 5.00 | 400 | 300 | 0.988 |",
    ):
        assert line in lines


def test_the_picture_follows_light_and_dark_and_is_the_same_again(tmp_path: Path) -> None:
    svg, png = picture.write(made_up(), tmp_path)
    drawn = svg.read_text("utf-8")
    assert drawn.startswith("<svg") and "prefers-color-scheme:dark" in drawn
    for words in ("Building 1,200 passages: seconds", "tokenise (in embed)", "safecite", "Growth: time", "10,000"):
        assert words in drawn
    assert "fill: var(--blue)" in drawn and "#0072b2" not in drawn.partition("</style>")[2]
    assert png.read_bytes()[:4] == b"\x89PNG"
    part = {"growth": made_up()["growth"]}
    first, again = (picture.write(part, tmp_path)[0].read_bytes() for _ in range(2))
    assert first == again and first != drawn.encode()


# Regression


def test_ratios_of_a_record_are_shares_and_quotients_never_seconds() -> None:
    values = {name: ratio.value for name, ratio in regression.ratios(made_up()).items()}
    assert values == {
        "building read": 0.1,
        "answering dense": 0.2,
        "model share": 0.9,
        "whole build": 0.8,
        "whole answer": 5.0,
        "txtai passages_per_s": 6.0,
        "txtai query_p50_ms": 6.0,
    }


def test_a_slower_machine_is_no_regression_and_a_worse_ratio_is() -> None:
    base, now = made_up(), made_up()
    now["building"]["whole"]["median_s"], now["building"]["sum_s"] = 80.0, 100.0
    assert regression.compare(now, base, 0.1) == []
    now["answering"]["whole_over_embed"] = 6.0
    now["against"]["ratios"]["txtai"]["passages_per_s"] = 4.0
    assert regression.compare(now, base, 0.1) == [
        "a whole answer's time against embedding its question rose from 5 to 6",
        "safecite against txtai in passages_per_s fell from 6 to 4",
    ]
    with pytest.raises(ReportError, match=r"slower than before by more than 25%: safecite against txtai in .* to 4\."):
        regression.check(now, base, 0.25)
    assert regression.compare(now, base, 0.25) == ["safecite against txtai in passages_per_s fell from 6 to 4"]
    assert regression.compare(base, now, 0.1) == []  # to become better is none


def test_a_share_that_moves_by_a_hair_is_noise() -> None:
    base, now = made_up(), made_up()
    now["building"]["stages"][0]["share"] = 0.129
    assert regression.compare(now, base, 0.1) == []
    now["building"]["stages"][0]["share"] = 0.14
    assert regression.compare(now, base, 0.1) == ["the share of building that is spent on “read” rose from 0.1 to 0.14"]


def test_a_base_must_have_measured_the_same(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="measured nothing that this run measured"):
        regression.compare({"building": made_up()["building"]}, {"against": made_up()["against"]}, 0.1)
    (tmp_path / "speed.json").write_text('{"stages": 3}', "utf-8")
    with pytest.raises(ReportError, match="is no record of speed"):
        regression.read(tmp_path / "speed.json")
    (tmp_path / "speed.json").write_text(json.dumps(made_up()), "utf-8")
    assert regression.read(tmp_path / "speed.json") == made_up()


# The command


def test_sizes_are_numbers() -> None:
    assert sizes("10000,1_000,1000") == (1000, 10000)
    for words in ("", "many", "0,5", "1e3"):
        with pytest.raises(ReportError, match="no numbers of passages"):
            sizes(words)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "eval: there is nothing to measure. Name --sources for building, --index and --questions for answering."),
        (
            ["--against", "txtai", "--index", "x", "--questions", "q.jsonl"],
            "eval: peers are compared on documents and questions. Name --sources and --questions.",
        ),
        (["--scale", "1000", "--sources", "x"], "eval: growth is made from an index. Name --index and --questions."),
        (["--regress", "{tmp}/none.json"], "eval: {tmp}/none.json: cannot be opened (No such file or directory)."),
        (
            ["--sources", "{tmp}/none", "--pages", "5"],
            "eval: {tmp}/none: is no folder of documents. Name a folder with --sources.",
        ),
    ],
)
def test_a_mistake_ends_in_one_sentence_before_anything_runs(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    ends(1, "speed", "--out", str(tmp_path / "out"), *(argument.format(tmp=tmp_path) for argument in arguments))
    shown = capsys.readouterr()
    assert (shown.out, shown.err) == ("", sentence.format(tmp=tmp_path) + "\n")


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    ends(0, "speed", "--help")
    shown = capsys.readouterr().out
    options = ("--out", "--sources", "--index", "--questions", "--runs", "--pages", "--against", "--scale", "--regress")
    assert all(option in shown for option in options)


def test_a_real_build_is_measured_written_and_no_slower_than_itself(
    tmp_path: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    ends(0, "speed", "--sources", f"own={source}", "--runs", "1", "--out", str(out))
    shown = capsys.readouterr()
    record = json.loads((out / "speed.json").read_text("utf-8"))
    assert shown.out.strip() == (out / "speed.md").read_text("utf-8").strip()
    assert record["building"]["passages"] == 3 and record["building"]["peak_mb"] > 50
    assert sorted(path.name for path in out.iterdir()) == ["speed.json", "speed.md", "speed.png", "speed.svg"]
    regression.check(record, record, 0)


def test_what_is_lacking_is_said_first(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="one run at least"):
        measure(Asked(tmp_path / "out", "m", sources={"x": tmp_path}, runs=0), lambda _: None)
    assert not (tmp_path / "out").exists()
    assert spread([1.0]) == {"median_s": 1.0, "p95_s": 1.0}
