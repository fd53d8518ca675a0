"""The chat without its page: what is shown of a quote, that documents stay text, what is said until all is ready."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from bs4 import BeautifulSoup

from assistant import messages
from assistant.answer import Assistant
from assistant.chat import words
from assistant.chat.ageing import limits
from assistant.chat.context import ROOM, Window, excerpts, lines, window
from assistant.chat.conversation import Conversation, Turn
from assistant.chat.engine import Engine, Phase, Progress, describe
from assistant.chat.html import link, publisher, when
from assistant.chat.options import Option, follow_ups, naming, options
from assistant.chat.panel import evidence, panel
from assistant.chat.reply import reply
from assistant.choosing.quotes import Quote
from assistant.choosing.spans import spans
from assistant.outcome import Answer, Status
from assistant.understanding.question import Question, understand
from assistant.understanding.wanted import Wanted
from index.build import build
from index.dates import PartialDate
from index.documents import Basis, Document, Kind
from index.documents import Status as DocumentStatus
from index.embedding import Vectors
from index.placenames import find, table
from index.plain import plain_text
from index.snapshot import Hit, Snapshot
from tests.fakes import HashEmbedder, page, write_source

TODAY = date(2026, 11, 22)
NUMBERS = "Police: 102\n\nAmbulance: 103\n\nFire: 101"
HOSTILE = (
    '<script>alert(1)</script> & "quoted" <img src=x onerror=alert(2)> ${alert(3)} {{alert(4)}} '
    "[press here](https://example.org/a) is what this page says."
)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    """Three pages about two countries, one of them hostile."""
    long = "\n\n".join(f"Sentence number {n} says {'word ' * 40}end." for n in range(20))
    source = write_source(
        tmp_path / "docs",
        {
            "kz.md": page("Getting help", f"## Emergency services\n\n{NUMBERS}", publisher="UK", places="[KZ]"),
            "long.md": page("Roads", f"## Driving\n\n{long}\n\n## Walking\n\nLook both ways.", places="[KZ]"),
            "td.md": page(
                "'<b>Chad</b> [x](javascript:alert(5))'",
                f"## <i>Heading</i>\n\n{HOSTILE}",
                publisher="'<u>Evil</u>'",
                places="[TD]",
            ),
        },
    )
    build(tmp_path / "index", {"docs": source}, HashEmbedder())
    return Snapshot.open(tmp_path / "index", HashEmbedder())


def quote_of(snapshot: Snapshot, doc_id: str, shown: str) -> Quote:
    """The quote of a document that shows these words."""
    for hit in snapshot.hits(range(len(snapshot))):
        if hit.document.doc_id != doc_id:
            continue
        text = snapshot.text(hit.document)
        for span in spans(text, snapshot.units(hit.row)[0], hit.document.markup):
            words_shown = plain_text(text, span.start, span.end, hit.document.markup)
            if words_shown == shown:
                headings = tuple(plain_text(text, h.start, h.end) for h in hit.passage.headings)
                raw = text[span.start : span.end]
                return Quote(hit.document, span.start, span.end, raw, shown, hit.passage.headings, headings, hit)
    raise LookupError(shown)


def answer_of(
    *quotes: Quote, status: Status = Status.ANSWERED, hits: tuple[Hit, ...] = (), message: str = ""
) -> Answer:
    question = Question(
        "What <number>?", TODAY, places=("KZ",), wanted=Wanted.PHONE, standalone="What <number>?", search_words="number"
    )
    reason = "fact_not_covered" if status is Status.NO_SOURCE else None
    return Answer(
        question, status, "000001-x", reason=reason, quotes=quotes, message=message, hits=hits, searched=3, seconds=0.1
    )


def test_a_quote_is_marked_within_its_section(snapshot: Snapshot) -> None:
    quote = quote_of(snapshot, "kz.md", "Ambulance: 103")
    (excerpt,) = excerpts([quote], snapshot)
    shown = [[tuple(run) for run in line] for line in lines(snapshot.text(quote.document), excerpt)]
    assert shown == [[("Police: 102", None)], [("Ambulance: 103", 1)], [("Fire: 101", None)]]
    assert (excerpt.window.more_before, excerpt.window.more_after) == (False, False)


def test_every_candidate_quote_of_every_shipped_page_is_marked_word_for_word(tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "source_docs" / "kazakhstan"
    build(tmp_path / "index", {"kz": shipped}, HashEmbedder())
    snapshot = Snapshot.open(tmp_path / "index", HashEmbedder())
    checked = 0
    for hit in snapshot.hits(range(0, len(snapshot), 4)):
        text = snapshot.text(hit.document)
        for span in spans(text, snapshot.units(hit.row)[0], hit.document.markup):
            shown = plain_text(text, span.start, span.end, hit.document.markup)
            quote = Quote(hit.document, span.start, span.end, text[span.start : span.end], shown, (), (), hit)
            (excerpt,) = excerpts([quote], snapshot)
            found = lines(text, excerpt)
            assert "\n".join(run.words for line in found for run in line if run.quote == 1) == shown
            whole = plain_text(text, excerpt.window.start, excerpt.window.end, hit.document.markup)
            assert _squeezed("".join(run.words for line in found for run in line)) == _squeezed(whole)
            checked += 1
    assert checked > 100


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_a_long_section_is_shown_in_part_and_says_so(snapshot: Snapshot) -> None:
    hits = [h for h in snapshot.hits(range(len(snapshot))) if h.document.doc_id == "long.md"]
    driving = [h for h in hits if "Sentence" in snapshot.text(h.document)[h.passage.start : h.passage.end]]
    middle = window(driving[len(driving) // 2], snapshot)
    assert middle.end - middle.start <= ROOM
    assert middle.more_before
    assert middle.more_after
    assert not window(driving[0], snapshot).more_before
    walking = window(hits[-1], snapshot)
    text = snapshot.text(hits[-1].document)
    assert (text[walking.start : walking.end], walking.more_before, walking.more_after) == (
        "Look both ways.",
        False,
        False,
    )


def test_neighbouring_quotes_share_a_card_and_others_do_not(snapshot: Snapshot) -> None:
    police = quote_of(snapshot, "kz.md", "Police: 102")
    fire = quote_of(snapshot, "kz.md", "Fire: 101")
    walking = quote_of(snapshot, "long.md", "Look both ways.")
    found = excerpts([fire, walking, police], snapshot)
    assert [[number for number, _ in e.quotes] for e in found] == [[1, 3], [2]]
    assert [e.document.doc_id for e in found] == ["kz.md", "long.md"]


def test_windows_join_to_the_smallest_that_holds_both() -> None:
    assert Window(10, 20, True, False).join(Window(15, 40, False, True)) == Window(10, 40, True, True)


def test_numbers_lead_to_the_evidence_and_back(snapshot: Snapshot) -> None:
    quotes = [quote_of(snapshot, "kz.md", "Fire: 101"), quote_of(snapshot, "long.md", "Look both ways.")]
    answer = answer_of(*quotes)
    page_html = BeautifulSoup(reply(answer, 4) + panel([("q", evidence(answer, 4, snapshot))]), "lxml")
    targets = [a["href"] for a in page_html.select("a.sc-badge")]
    assert targets == ["#evidence-4-1", "#evidence-4-2", "#quote-4-1", "#quote-4-2"]
    assert all(page_html.find(id=target[1:]) is not None for target in targets)
    assert [mark.text for mark in page_html.find_all("mark")] == ["Fire: 101", "Look both ways."]
    known = [[dd.text for dd in how.find_all("dd")] for how in page_html.select(".sc-how dl")]
    first = quotes[0]
    assert known[0][:2] == ["docs/kz.md", f"characters {first.start:,} to {first.end:,}"]
    assert known[0][2] == first.document.text_sha256
    assert known[0][-1] == answer.snapshot


def test_documents_stay_text(snapshot: Snapshot) -> None:
    shown = HOSTILE.replace("[press here](https://example.org/a)", "press here")
    quote = quote_of(snapshot, "td.md", shown)
    answer = answer_of(quote)
    for markup in (reply(answer, 1), evidence(answer, 1, snapshot)):
        found = BeautifulSoup(markup, "lxml")
        assert not found.find_all(["script", "img", "b", "u", "i"])
        assert not [tag for tag in found.find_all(True) for name in tag.attrs if name.startswith("on")]
        assert {a["href"][0] for a in found.find_all("a")} == {"#"}
        assert shown in found.text
        assert "<b>Chad</b> [x](javascript:alert(5))" in found.text
        assert "<u>Evil</u>" in found.text


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", 'https://a.b/"onclick="x', "https://a.b/ c", "//a.b", None]
)
def test_only_web_addresses_become_links(address: str | None) -> None:
    assert link(address, "<page>") == "&lt;page&gt;"


def test_a_link_out_opens_elsewhere_and_tells_nothing_about_here() -> None:
    found = BeautifulSoup(link("https://www.gov.uk/a?b=1&c=2", "GOV.UK"), "lxml").a
    assert found is not None
    assert found["href"] == "https://www.gov.uk/a?b=1&c=2"
    assert (found["target"], found["rel"]) == ("_blank", ["noopener", "noreferrer"])


@pytest.mark.parametrize(
    ("updated", "shown", "marked"),
    [
        ("2026-03-30", "page updated 30 March 2026 7 months old", "sc-fresh"),
        ("2024-10-18", "page updated 18 October 2024 2 years old", "sc-ageing"),
        ("2011", "page updated 2011 15 years old", "sc-old"),
        (None, "undated", "sc-old"),
    ],
)
def test_the_age_is_said_in_words_and_marked(updated: str | None, shown: str, marked: str) -> None:
    document = Document("s", "d", "t", "", updated=PartialDate.parse(updated) if updated else None)
    found = BeautifulSoup(when(document, TODAY), "lxml")
    assert found.text.strip() == shown
    assert found.select_one(f".sc-age.{marked}") is not None


def test_a_withdrawn_page_says_so() -> None:
    document = Document("s", "d", "t", "", status=DocumentStatus.WITHDRAWN)
    assert when(document, TODAY).endswith(f'<strong class="sc-gone">{messages.WITHDRAWN}</strong>')


def test_a_summary_names_whom_it_rests_on() -> None:
    bases = tuple(Basis(name, "Page") for name in ("UK", "Canada", "UK", "Ireland", "Australia"))
    document = Document("s", "d", "t", "", kind=Kind.COMPILED, based_on=bases)
    assert publisher(document) == "safecite’s summary, based on UK; Canada; Ireland; Australia"
    assert publisher(document, short=True) == "safecite’s summary, based on UK; Canada and 2 more"


def test_an_emergency_number_is_large_and_dials(snapshot: Snapshot) -> None:
    quote = quote_of(snapshot, "kz.md", "Ambulance: 103")
    found = BeautifulSoup(reply(answer_of(quote, status=Status.EMERGENCY, message=messages.EMERGENCY), 1), "lxml")
    call = found.select_one(".sc-emergency .sc-large blockquote a")
    assert call is not None
    assert (call["href"], call.text) == ("tel:103", "103")
    assert found.blockquote is not None
    assert found.blockquote.text == "Ambulance: 103"


def test_the_closest_passages_are_labelled_as_no_answer(snapshot: Snapshot) -> None:
    hits = tuple(snapshot.hits([0]))
    answer = answer_of(status=Status.NO_SOURCE, hits=hits, message="None of them answers this.")
    said = BeautifulSoup(reply(answer, 2), "lxml")
    assert said.select_one(".sc-no-source .sc-message") is not None
    assert messages.CLOSEST in said.text
    card = BeautifulSoup(evidence(answer, 2, snapshot), "lxml").select_one("#closest-2-1.sc-no-answer")
    assert card is not None
    assert words.NOT_AN_ANSWER in card.text
    assert not card.find_all("mark")
    assert [a["href"] for a in said.find_all("a")] == ["#closest-2-1"]


def test_the_panel_opens_the_last_turn_and_folds_earlier_ones() -> None:
    found = BeautifulSoup(panel([("first?", "<p>one</p>"), ("second?", "<p>two</p>")]), "lxml")
    folded = found.find("details")
    assert folded is not None
    assert "one" in folded.text
    assert "two" not in folded.text
    assert [s.text for s in found.find_all("summary")] == ["Earlier: “first?”"]


def asked(engine: Engine, *questions: str) -> Conversation:
    """A conversation in which each was asked once the one before it was answered."""
    conversation = Conversation()
    for question in questions:
        _next(engine, conversation, question)
    return conversation


def _next(engine: Engine, conversation: Conversation, question: str) -> Turn:
    conversation.add(engine, question)
    conversation.answer(engine)
    return conversation.turns[-1]


def test_a_question_waits_for_the_index_and_is_then_answered_in_order(snapshot: Snapshot) -> None:
    engine = Engine(snapshot.index, {}, "unused")
    conversation = asked(engine, "Which number for an ambulance in Kazakhstan?", "My friend collapsed")
    turns = conversation.turns
    assert [t.waiting for t in turns] == [True, True]
    assert words.WAIT in turns[0].reply
    assert messages.EMERGENCY in turns[1].reply

    engine.assistant = Assistant(snapshot)
    conversation.answer(engine)
    done = conversation.turns
    assert [t.question for t in done] == [t.question for t in turns]
    assert [t.waiting for t in done] == [False, False]
    assert "sc-emergency" in done[1].reply
    assert "Kazakhstan" in done[1].reply or "103" in done[1].reply


def test_an_emergency_without_a_place_asks_where_even_before_the_index(tmp_path: Path) -> None:
    engine = Engine(tmp_path, {}, "unused")
    conversation = asked(engine, "someone is following me")
    assert messages.EMERGENCY_WHERE in conversation.turns[0].reply
    assert "sc-emergency" in conversation.turns[0].reply


def test_of_a_search_that_broke_off_somebody_in_danger_is_told_more(koreas: Engine) -> None:
    conversation = asked(koreas, "Are there landmines in North Korea?")
    conversation.add(koreas, "someone is following me")
    conversation.break_off()
    first, broken = conversation.turns
    assert words.BROKE_OFF not in first.reply
    assert words.BROKE_OFF in broken.reply
    assert messages.EMERGENCY in broken.reply
    assert not broken.waiting


class Slow(HashEmbedder):
    """Embeds nothing before it may."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may = Event(), Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        """As HashEmbedder."""
        self.begun.set()
        assert self.may.wait(10)
        return super().embed(texts)


@pytest.fixture
def slow(koreas: Engine) -> Iterator[Slow]:
    """The embedder of `koreas`, which answers no question before it may."""
    assert koreas.assistant is not None
    embedder = Slow()
    koreas.assistant = Assistant(koreas.assistant.snapshot, embedder)
    yield embedder
    embedder.may.set()


def test_a_question_put_while_another_is_answered_stands_there_at_once_and_keeps_its_place(
    koreas: Engine, slow: Slow
) -> None:
    conversation = Conversation()
    conversation.add(koreas, "Are there landmines in North Korea?")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(conversation.answer, koreas)
        assert slow.begun.wait(10)
        conversation.add(koreas, "And in Peru?")
        assert [turn.waiting for turn in conversation.turns] == [True, True]
        slow.may.set()
        first.result(10)
    assert [turn.waiting for turn in conversation.turns] == [False, True]
    conversation.answer(koreas)
    assert [(turn.number, turn.question, turn.waiting) for turn in conversation.turns] == [
        (1, "Are there landmines in North Korea?", False),
        (2, "And in Peru?", False),
    ]
    assert "Peru" in conversation.turns[1].reply


def test_a_conversation_begun_anew_is_empty_at_once_and_the_answer_on_its_way_does_not_come_into_it(
    koreas: Engine, slow: Slow
) -> None:
    conversation = Conversation()
    conversation.add(koreas, "Are there landmines in North Korea?")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(conversation.answer, koreas)
        assert slow.begun.wait(10)
        conversation.clear()
        assert conversation.turns == ()
        conversation.add(koreas, "And in Peru?")
        slow.may.set()
        first.result(10)
    assert [(turn.number, turn.question, turn.waiting) for turn in conversation.turns] == [(1, "And in Peru?", True)]


def test_a_question_whose_reading_goes_wrong_is_told_so(koreas: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    conversation = Conversation()
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr("assistant.chat.conversation.understand", lambda *_, **__: 1 / 0)
        conversation.add(koreas, "Are there landmines in North Korea?")
    conversation.break_off()
    (turn,) = conversation.turns
    assert (turn.waiting, words.BROKE_OFF in turn.reply) == (False, True)


def test_each_page_has_a_conversation_of_its_own(koreas: Engine) -> None:
    first = asked(koreas, "Are there landmines in North Korea?")
    other = deepcopy(first)
    assert other.turns == ()
    other.add(koreas, "Hello")
    assert len(first.turns) == 1


KOREAS = (
    Option("South Korea", "Are there landmines in South Korea?"),
    Option("North Korea", "Are there landmines in North Korea?"),
)


@pytest.mark.parametrize(
    ("question", "codes", "asked"),
    [
        ("Are there landmines in Korea?", ("KR", "KP"), [option.question for option in KOREAS]),
        ("Is Tripoli safe?", ("LY", "LB"), ["Is Tripoli (Libya) safe?", "Is Tripoli (Lebanon) safe?"]),
        ("And taxis?", ("LY", "LB"), ["And taxis? (Libya)", "And taxis? (Lebanon)"]),
        (
            "Is Peru safer than Korea?",
            ("KR", "KP"),
            ["Is Peru safer than South Korea?", "Is Peru safer than North Korea?"],
        ),
        ("", ("KR",), [" (South Korea)"]),
    ],
)
def test_an_option_names_its_country_in_the_question(question: str, codes: tuple[str, ...], asked: list[str]) -> None:
    assert [option.question for option in options(question, codes)] == asked


def test_no_options_where_none_are_possible() -> None:
    assert options("Are there landmines in Korea?", ()) == ()


def test_every_option_of_every_shared_name_means_its_country_and_so_does_what_follows() -> None:
    covered = frozenset(table().codes)
    checked = 0
    for line in table().names[::6]:
        name = find(line.decode().partition("|")[0])
        assert name is not None
        if len({*name.codes, *name.lesser}) < 2:
            continue
        question = f"Can I drink the water in {name.shown} at night?"
        codes = understand(question, today=TODAY, covered=covered).options
        for code, option in zip(codes, options(question, codes), strict=True):
            earlier = (question, option.question)
            assert understand(option.question, today=TODAY, covered=covered).places == (code,)
            assert understand("and taxis?", today=TODAY, history=earlier, covered=covered).places == (code,)
            checked += 1
    assert checked > 100


@pytest.fixture
def koreas(tmp_path: Path) -> Engine:
    """An engine that answers about the two Koreas and Peru."""
    body = "## Safety\n\nLandmines lie near the border. {}"
    pages = {
        "kr.md": page("South Korea", body.format("Call 112 for the police."), places="[KR]"),
        "kp.md": page("North Korea", body.format("Ask your guide."), places="[KP]"),
        "pe.md": page("Peru", "## Roads\n\nBuses fall.", places="[PE]"),
    }
    build(tmp_path / "index", {"docs": write_source(tmp_path / "docs", pages)}, HashEmbedder())
    engine = Engine(tmp_path / "index", {}, "unused")
    engine.assistant = Assistant(Snapshot.open(tmp_path / "index", HashEmbedder()))
    return engine


def test_a_shared_name_is_asked_back_with_its_countries(koreas: Engine) -> None:
    conversation = asked(koreas, "Are there landmines in Korea?")
    (turn,) = conversation.turns
    assert (turn.options, turn.waiting) == (KOREAS, False)
    assert messages.WHICH_OF.format(places="South Korea or North Korea") in turn.reply
    chosen = _next(koreas, conversation, turn.options[1].question)
    assert {option.question.rpartition(" ")[2] for option in chosen.options} == {"Korea?"}
    assert not set(KOREAS) & set(chosen.options)
    assert "sc-answered" in chosen.reply
    assert ("North Korea" in chosen.reply, "South Korea" in chosen.reply) == (True, False)


def test_a_question_that_names_no_place_has_no_options(koreas: Engine) -> None:
    (turn,) = asked(koreas, "Are there landmines?").turns
    assert messages.WHICH_PLACE in turn.reply
    assert turn.options == ()


def test_in_an_emergency_the_countries_of_a_shared_name_are_options_too(koreas: Engine) -> None:
    conversation = asked(koreas, "I was robbed in Korea")
    (turn,) = conversation.turns
    assert messages.EMERGENCY_WHERE in turn.reply
    assert [option.question for option in turn.options] == [
        "I was robbed in South Korea",
        "I was robbed in North Korea",
    ]
    chosen = _next(koreas, conversation, turn.options[0].question)
    assert 'href="tel:112"' in chosen.reply
    assert chosen.options == ()


def test_while_an_answer_is_sought_it_is_known_how_the_question_was_read(koreas: Engine) -> None:
    conversation = Conversation()
    conversation.add(koreas, "Are there landmines in Peru in March 2025?")
    steps = BeautifulSoup(conversation.turns[0].reply, "lxml").select(".sc-waiting .sc-steps > li")
    assert [step.text for step in steps] == ["Understood as Peru landmines in March 2025", words.SEARCHING]
    (turn,) = asked(koreas, "Are there landmines in North Korea?").turns
    steps = BeautifulSoup(turn.reply, "lxml").select(".sc-steps > li")
    assert steps[0].text.startswith("Understood as North Korea landmines as of ")
    assert steps[1].text == "1 document searched"


def test_what_follows_is_offered_once_and_never_what_was_asked(snapshot: Snapshot) -> None:
    number = answer_of(quote_of(snapshot, "kz.md", "Ambulance: 103"))
    asked = replace(number.question, history=("What crime should I expect in Peru?", "Is it safe in Peru?"))
    assert [option.question for option in follow_ups(replace(number, question=asked))] == [
        "Is it safe to take a taxi in Kazakhstan?",
        "Are there demonstrations in Kazakhstan?",
        "How good is medical care in Kazakhstan?",
    ]
    for status, places in ((Status.NO_SOURCE, ("KZ",)), (Status.EMERGENCY, ("KZ",)), (Status.ANSWERED, ("KZ", "PE"))):
        assert follow_ups(replace(number, status=status, question=replace(asked, places=places))) == ()


def test_a_conversation_keeps_its_last_thirty_turns_and_counts_on(koreas: Engine) -> None:
    turns = asked(koreas, *["Hello"] * 33).turns
    assert [turn.number for turn in turns] == list(range(4, 34))
    assert 'id="answer-33"' in turns[-1].reply


def test_an_address_names_its_place_in_the_question() -> None:
    assert naming("What about taxis?", "KZ") == "What about taxis? (Kazakhstan)"
    assert naming("What about taxis in Lima?", "KZ") == "What about taxis in Lima?"


def test_sources_that_differ_stand_side_by_side_and_long_ones_below(snapshot: Snapshot) -> None:
    quotes = [quote_of(snapshot, "kz.md", "Fire: 101"), quote_of(snapshot, "long.md", "Look both ways.")]
    differ = replace(answer_of(*quotes), notes=(messages.DISAGREE,), staleness=("UK: not fetched.",))
    found = BeautifulSoup(reply(differ, 1), "lxml")
    assert len(found.select("ol.sc-sides > li")) == 2
    order = [tag.text if tag.name == "p" else "quotes" for tag in found.select("article > p.sc-note, article > ol")]
    assert order == ["quotes", messages.DISAGREE, "quotes", "UK: not fetched."]  # the steps first
    assert not BeautifulSoup(reply(answer_of(*quotes), 1), "lxml").select("ol.sc-sides")
    long = replace(quotes[1], shown="word " * 60)
    assert len(BeautifulSoup(reply(replace(differ, quotes=(quotes[0], long)), 1), "lxml").select(".sc-wide")) == 1


@pytest.mark.parametrize(
    ("wanted", "entry", "places", "marks"),
    [
        (Wanted.LEVEL, False, ("KZ",), ["fresh", "ageing", "old", "old"]),
        (Wanted.TEXT, True, ("KZ",), ["fresh", "ageing", "old", "old"]),
        (Wanted.TEXT, False, ("KZ",), ["fresh", "fresh", "ageing", "old"]),
        (Wanted.PHONE, False, ("KZ",), ["fresh", "fresh", "fresh", "ageing"]),
        (Wanted.TEXT, False, (), ["fresh", "fresh", "fresh", "ageing"]),
    ],
)
def test_how_old_is_old_depends_on_the_fact(
    wanted: Wanted, entry: bool, places: tuple[str, ...], marks: list[str]
) -> None:
    question = Question("q", TODAY, places=places, wanted=wanted, entry_rules=entry)
    days = ["2026-09-01", "2026-04-01", "2025-06-01", "2023-06-01"]
    assert [limits(question).mark(PartialDate.parse(day), TODAY) for day in days] == marks
    assert limits(question).mark(None, TODAY) == "old"


def test_an_engine_that_cannot_start_says_why_and_questions_do_not_wait(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "index", {}, str(tmp_path))
    engine.run()
    assert engine.progress.phase is Phase.FAILED
    assert "holds no weights" in engine.progress.reason
    assert describe(engine.progress, answering=False).startswith("safecite cannot answer now. ")
    (turn,) = asked(engine, "Is Almaty safe?").turns
    assert (turn.waiting, words.CANNOT_ANSWER in turn.reply) == (False, True)


@pytest.mark.parametrize(
    ("progress", "answering", "said"),
    [
        (Progress(), False, "Getting ready…"),
        (Progress(Phase.BUILDING), False, f"Building the index… {words.BUILDING_MORE}"),
        (
            Progress(Phase.BUILDING, "reading documents", 1200),
            False,
            f"Building the index: 1,200 documents read… {words.BUILDING_MORE}",
        ),
        (Progress(Phase.BUILDING), True, words.CHECKING),
        (Progress(Phase.READY), True, ""),
    ],
)
def test_the_state_in_words(progress: Progress, answering: bool, said: str) -> None:
    assert describe(progress, answering=answering) == said
