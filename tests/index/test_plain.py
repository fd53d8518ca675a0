"""What is shown, and the way back: by hand, on random input, and against a slow obvious reference."""

from __future__ import annotations

import random
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.documents import Document
from index.marks import MAX_LINK
from index.plain import Plain, plain, plain_text

FRAGMENTS = [
    "word", "Call 112", "é", "😀", " ", "  ", "\n", "\n\n", "  \n", "\\\n", "\r\n", "\t", "\u00a0", "\u200b", "\u00ad",
    "\u202e", "*", "**", "***", "****", "_", "__", "`", "``", "```\n", "[", "]", "](", ")", "(", "![", "<", ">", "<!--",
    "-->", "<br>", "](u)", '](tel:+7 "Call")', '](javascript:void(0); "Tip")', "<https://a.b/c_d>", "\\*", "\\_", "\\[",
    "\\", "!", "&amp;", "&nbsp;", "&#8211;", "&NotEqualTilde;", "&notit;", "&;", "# ", "## ", "- ", "* ", "+ ", "1. ",
    "> ", ": ", "| ", "---", "|---|", ".", ",", ":", "\x1b[1m", "\ud800", "snake_case", "5 * 3", "*100#",
]  # fmt: skip
marked_up = st.lists(st.sampled_from(FRAGMENTS), max_size=25).map("".join) | st.text(max_size=60)
plain_words = st.lists(st.from_regex(r"[A-Za-z0-9é]{1,8}[.,;?!]?", fullmatch=True), max_size=12).map(" ".join)


UNSEEN = {chr(c) for low, high in ((0, 32), (0x200B, 0x2010), (0x202A, 0x202F), (0x2060, 0x2070), (0xD800, 0xE000))
          for c in range(low, high)} | set("\x7f\u00ad\ufeff")  # fmt: skip


def letters(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def slow_source_span(shown: Plain, start: int, end: int) -> tuple[int, int]:
    """Widen over whatever atom is cut, one at a time, until none is."""
    first, last = shown.source_index(start), shown.source_index(end - 1) + 1
    while cut := [(a, b) for a, b in shown.atoms if a < last and first < b and (a < first or last < b)]:
        first, last = min(first, cut[0][0]), max(last, cut[0][1])
    return first, last


# On random input


@given(marked_up, st.sampled_from(["markdown", "plain"]), st.data())
def test_map_leads_back_to_the_source(text: str, markup: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = plain(text, start, end, "plain" if markup == "plain" else "markdown")
    sources = [shown.source_index(i) for i in range(len(shown.text))]
    assert sources == sorted(set(sources))  # strictly increasing
    assert all(start <= source < end for source in sources)
    assert "".join(shown.text[p.shown : p.shown + p.length] for p in shown.pieces) == shown.text
    for piece in shown.pieces:
        if piece.verbatim:
            assert shown.text[piece.shown :][: piece.length] == text[piece.source :][: piece.length]
    ends = [offset for atom in shown.atoms for offset in atom]
    assert ends == sorted(ends)  # apart from each other
    assert all(start <= low < high <= end for low, high in shown.atoms)


@given(marked_up, st.sampled_from(["markdown", "plain"]))
def test_space_is_tidy_and_nothing_invisible_is_shown(text: str, markup: str) -> None:
    shown = plain_text(text, markup="plain" if markup == "plain" else "markdown")
    assert re.search(r"[^\S \n]|  | \n|\n |\n\n|^\s|\s$", shown) is None
    assert not set(re.sub(r"\n", "", shown)) & UNSEEN
    shown.encode("utf-8")


@given(marked_up, st.data())
def test_source_span_holds_the_words_and_cuts_nothing(text: str, data: st.DataObject) -> None:
    shown = plain(text)
    if not shown.text:
        return
    start = data.draw(st.integers(0, len(shown.text) - 1))
    end = data.draw(st.integers(start + 1, len(shown.text)))
    span = shown.source_span(start, end)
    assert span == slow_source_span(shown, start, end)
    assert not any(a < offset < b for a, b in shown.atoms for offset in span)
    assert letters(shown.text[start:end]) in letters(plain_text(text, *span))


@given(plain_words)
def test_plain_words_stay_as_they_are(words: str) -> None:
    for markup in ("markdown", "plain"):
        shown = plain(words, markup="plain" if markup == "plain" else "markdown")
        assert shown.text == words
        assert shown.atoms == ()
        assert [shown.source_index(i) for i in range(len(words))] == list(range(len(words)))


@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="\u00ad"), max_size=60))
def test_plain_text_loses_nothing_but_spaces(text: str) -> None:
    assert plain_text(text, markup="plain").split() == text.split()


# By hand


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        # links
        ("See [the *old* town](https://a.b/c_(d) \"Title\") now", "See the old town now"),
        ("[x [y](a) z](b)", "x y z"),
        ("[![A map](i.png)](v) after", "after"),
        ("![A map](i.png \"T\") after", "after"),
        ("[Call 112](tel:112)", "Call 112"),
        ("[a@b.org](mailto:a@b.org)", "a@b.org"),
        ("<https://a.b/c_d_e> and <tel:+7700>", "https://a.b/c_d_e and tel:+7700"),
        ("[two\nlines](a b c.html)", "two lines"),
        ("[not a link] (really)", "[not a link] (really)"),
        ("[open](for ever", "[open](for ever"),
        ("[over a blank\n\nline](u)", "[over a blank\nline](u)"),
        ("[over a blank\r\n\r\nline](u)", "[over a blank\nline](u)"),
        ("\\[a\\](b)", "[a](b)"),
        ("[a\\]b](c)", "a]b"),
        # page controls and tooltips
        ("[Print](javascript:window.print()) Stay safe", "Stay safe"),
        ("Level 3 [K](javascript:void(0); \"Tool Tip: Kidnap\")[C]( JavaScript:x )", "Level 3"),
        ("[T](https://a.b \"Reducing the risk\")errorism", "Terrorism"),
        # emphasis
        ("**bold** and *em* and ***both*** and __strong__ and _em_", "bold and em and both and strong and em"),
        ("*a _b_ c*", "a b c"),
        ("_a *b* c_ **d *e* f**", "a b c d e f"),
        ("**One:****Two**", "One:Two"),
        ("**runs over\na line**", "runs over a line"),
        ("(*strikes)*, and *more*", "(strikes), and more"),
        ("a * b", "a * b"),
        ("5 * 3 * 2 = 30", "5 * 3 * 2 = 30"),
        ("5*3*2", "5*3*2"),
        ("Dial *100# or *111#", "Dial *100# or *111#"),
        ("Dial *100*# first", "Dial *100*# first"),
        ("Dial \\*100# or \\*111#", "Dial *100# or *111#"),
        ("*Dial \\*100# now*", "Dial *100# now"),
        ("an *unmatched star", "an *unmatched star"),
        ("**unmatched bold", "unmatched bold"),
        ("snake_case_name and file_1_2.txt", "snake_case_name and file_1_2.txt"),
        ("2 < 3 & 4 > 1!", "2 < 3 & 4 > 1!"),
        # escapes, code, entities
        ("a\\_b \\# c \\\\ d", "a_b # c \\ d"),
        ("`a * b * c` and ``x ` y``", "a * b * c and x ` y"),
        ("`two  spaces\nand a line`", "two spaces\nand a line"),
        ("a lone ` mark", "a lone ` mark"),
        ("Tom &amp; Jerry&nbsp;&nbsp;&#8211; &quot;x&quot;&#x200b;", 'Tom & Jerry – "x"'),
        ("&amp;amp; &unknown; &", "&amp; &unknown; &"),
        ("a<!-- not\n\nshown -->b<br/>c", "a b c"),
        ("a <!-- open", "a <!-- open"),
        # lines
        ("soft\nbreak", "soft break"),
        ("hard  \nbreak", "hard\nbreak"),
        ("hard\\\nbreak", "hard\nbreak"),
        ("hard\\\r\nbreak", "hard\nbreak"),
        ("one\n\n\ntwo", "one\ntwo"),
        ("# Heading\n\nText", "Heading\nText"),
        ("* one\n* two\n  - three", "• one\n• two\n• three"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("+ 383 38 549 890\n+ rice", "+ 383 38 549 890\n• rice"),
        ("> quoted\n> on", "quoted\non"),
        ("   > quoted", "quoted"),
        ("Police\n: 102", "Police 102"),
        ("| Police | 102 |\n|:---|---:|\n| Fire | 101 |", "Police | 102 |\nFire | 101 |"),
        ("a\r\n\r\n---\r\n\r\nb", "a\nb"),
        ("a\n\n***\n\nb\n\n* * *\n\nc\n\n___\n", "a\nb\nc"),
        # space
        ("a\u00a0b \u00a0 c\u2009d\te", "a b c d e"),
        ("zero\u200bwidth soft\u00adhyphen \ufeffmark", "zerowidth softhyphen mark"),
        ("over\u202eride \u2066isolate\u2069 \U000e0041tag", "override isolate tag"),
        ("\x1b[31mred\x07", "[31mred"),
        ("   ", ""),
    ],
)  # fmt: skip
def test_known_cases(source: str, shown: str) -> None:
    assert plain_text(source) == shown


def test_plain_markup_keeps_every_mark_and_line() -> None:
    assert plain_text("* a  [b](c)\n**d** &amp;\ne", markup="plain") == "* a [b](c)\n**d** &amp;\ne"


def quote(text: str, words: str) -> str:
    """The source of the first place that shows the words."""
    shown = plain(text)
    start = shown.text.index(words)
    low, high = shown.source_span(start, start + len(words))
    return text[low:high]


@pytest.mark.parametrize(
    ("text", "words", "source"),
    [
        ("See [the old town](u) now", "old", "[the old town](u)"),
        ("See [the old town](u) now", "town now", "[the old town](u) now"),
        ("See [the old town](u) now", "See", "See"),
        ("See [the old town](u) now", "the old town", "[the old town](u)"),
        ("a **b [c](u) d** e", "c", "**b [c](u) d**"),
        ("a *b* c **d** e", "b c d", "*b* c **d**"),
        ("a *b* c **d** e", "c", "c"),
        ("**One:****Two** x", "One", "**One:****Two**"),
        ("`code here` x", "here", "`code here`"),
        ("Tom &amp; Jerry", "Tom &", "Tom &amp;"),
        ("Dial \\*100#", "*100#", "\\*100#"),
        ("x <https://a.b> y", "a.b", "<https://a.b>"),
        ("***\n\n**b c** d", "b", "**b c**"),
        ("**stray\n\nthen **b c** d", "b", "**b c**"),
        ("**two\nlines** x", "lines", "**two\nlines**"),
    ],
)
def test_source_span_by_hand(text: str, words: str, source: str) -> None:
    assert quote(text, words) == source


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Before. [Call](u) &amp; 😀 wait. After"
    start, end = text.index("[Call"), text.index(" After")
    shown = plain(text, start, end)
    assert shown.text == "Call & 😀 wait."
    assert [shown.source_index(i) for i in (0, 3, 5, 7, 9)] == [9, 12, 18, 24, 26]
    assert shown.source_span(5, 8) == (18, 25)
    with pytest.raises(IndexError):
        shown.source_index(len(shown.text))


def test_a_chain_of_links_and_bold_is_no_endless_quote() -> None:
    text = "[x **y](u) " + "[z** **y](u) " * 2000
    shown = plain(text)
    low, high = shown.source_span(3000, 3001)
    assert high - low <= MAX_LINK
    assert shown.atoms[0][1] - shown.atoms[0][0] > MAX_LINK - 20


def test_bold_beyond_measure_may_be_cut() -> None:
    text = f"**{'word ' * MAX_LINK}end**"
    low, high = plain(text).source_span(10, 14)
    assert text[low:high] == "word"


@pytest.mark.parametrize(
    "unit",
    [
        "[", "[[]", "[](", "](", "<!--", "*a ", "*a", "_a ", "**a ", "`a\n\n", "`" * 7 + " ", " ", "[a](b) ",
        "*a [x](*) ", "\\", "&amp;", "> ",
    ],
)  # fmt: skip
def test_hostile_repetition_takes_no_time(unit: str) -> None:
    text = unit * (40_000 // len(unit))
    began = time.process_time()
    shown = plain(text)
    if shown.text:
        shown.source_span(0, len(shown.text))
    assert time.process_time() - began < 3  # a tenth of that here; quadratic work takes minutes


def test_deep_nesting_does_not_overflow() -> None:
    assert letters(plain_text("[" * 3000 + "x" + "](a)" * 3000)).startswith("x")


# On real pages


@pytest.mark.archive
def test_no_link_of_a_real_page_is_cut(archive_pages: list[Document]) -> None:
    link = re.compile(r"(?<![!\\])\[[^\[\]\n]+\]\([^()\s]+\)")
    links = 0
    for document in archive_pages:
        shown = plain(document.text, document.body)
        generator = random.Random(document.doc_id)
        ends = [m.span() for m in link.finditer(document.text, document.body) if "\\" not in m.group()]
        links += len(ends)
        for _ in range(20 if shown.text else 0):
            start = generator.randrange(len(shown.text))
            low, high = shown.source_span(start, min(len(shown.text), start + generator.randint(1, 200)))
            assert not any(a < low < b or a < high < b for a, b in ends), (document.doc_id, low, high)
    assert links > 500
