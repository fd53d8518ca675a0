"""The readers of single file formats: exact text, title, dates and offsets; every bad file named with its reason."""

from __future__ import annotations

import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from docx.oxml import OxmlElement
from docx.shared import Pt, RGBColor
from hypothesis import given
from hypothesis import strategies as st

from index.dates import PartialDate
from index.documents import Basis, Document, Kind, Skipped
from index.errors import SourceError, UnreadableError
from index.plain import plain_text
from index.readers import docx, html, metadata, pdf, text
from index.readers.decoding import decode
from index.readers.escape import markdown_escaped
from index.readers.folder import MAX_FILE, read_source
from index.readers.metadata import Extracted
from index.readers.reflow import join_broken_words
from tests.index.make_files import OLE_MARK, encrypted_pdf, encrypted_word, pdf_lines, rezipped, word, word_of
from tests.index.make_files import pdf as make_pdf

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def reason(read: Callable[[bytes], Extracted], raw: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(raw)
    return caught.value.reason


def read_all(root: Path) -> tuple[list[Document], dict[str, str]]:
    """The documents in their order, and the reason of each skipped path."""
    items = list(read_source("here", root))
    skipped = {item.path: item.reason for item in items if isinstance(item, Skipped)}
    return [item.document for item in items if not isinstance(item, Skipped)], skipped


# Text and Markdown


def test_text_is_the_files_own_characters() -> None:
    found = text.read(b"\r\n First  line \r\nCall 112.\r\n")
    assert found.text == "\r\n First  line \r\nCall 112.\r\n"
    assert (found.markup, found.body, found.metadata.title) == ("plain", 0, "First line")


def test_byte_order_mark_stays_and_body_begins_after_it() -> None:
    for raw in ("\ufeffCafé".encode(), "\ufeffCafé".encode("utf-16-le"), "\ufeffCafé".encode("utf-16-be")):
        found = text.read(raw)
        assert (found.text, found.body, found.metadata.title) == ("\ufeffCafé", 1, "Café")


def test_long_first_line_is_cut_at_a_word() -> None:
    assert text.read(b"word " * 100).metadata.title == "word " * 38 + "word …"


def test_front_matter_is_text_but_not_body() -> None:
    head = "\ufeff---\r\ntitle: Nights\r\nplaces: [NO, Kazakhstan]\r\npublished: 2011\r\n---\r\n"
    raw = f"{head}# Other\r\nWords\r\n".encode()
    found = text.read_markdown(raw)
    assert found.text.encode() == raw
    assert found.text[found.body :] == "# Other\r\nWords\r\n"
    assert found.metadata.title == "Nights"
    assert found.metadata.about == ("NO", "KZ")
    assert found.metadata.published == PartialDate(2011)


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("Words\n\n## *Safe* at [night](http://x.org)\n\n# Later\n", "Safe at night"),
        ("```\n# code\n```\n\nReal\ntitle\n=====\n", "Real title"),
        ("No heading\n", None),
    ],
)
def test_markdown_title_is_its_first_heading(words: str, title: str | None) -> None:
    assert text.read_markdown(words.encode()).metadata.title == title


def test_every_key_of_the_schema() -> None:
    found = metadata.parse(
        "{title: A  b, publisher: P, url: 'https://x.org/a?b=1', licence: CC0, published: 2011, updated: 2012-03,"
        " reviewed: 2013-04-05, retrieved: '2014-05-06T10:00:00Z', places: [Kazakhstan, KZ, FR], series: s,"
        " kind: compiled, based_on: [{publisher: Q, title: T, updated: 2010-01-02}], unknown: {x: 1}}",
        "sidecar",
    )
    assert found == metadata.Metadata(
        title="A b",
        publisher="P",
        url="https://x.org/a?b=1",
        licence="CC0",
        published=PartialDate(2011),
        updated=PartialDate(2012, 3),
        reviewed=PartialDate(2013, 4, 5),
        retrieved=PartialDate(2014, 5, 6),
        about=("KZ", "FR"),
        series="s",
        kind=Kind.COMPILED,
        based_on=(Basis("Q", "T", updated=PartialDate(2010, 1, 2)),),
    )


def test_empty_values_say_nothing_but_an_empty_list_of_places_says_none() -> None:
    assert metadata.parse("title:\nurl: null\nkind: ~\n", "sidecar") == metadata.Metadata()
    assert metadata.parse("places: []", "sidecar").about == ()


@pytest.mark.parametrize(
    ("yaml", "expected"),
    [
        ("places: [Atlantis]", "front matter: places: 'Atlantis' is no place known"),
        ("places: {a: b}", "front matter: places: must be a list"),
        ("published: yesterday", "front matter: published: 'yesterday' is no date"),
        ("updated: 2024-02-30", "front matter: updated: '2024-02-30' is no date"),
        ("title: [a]", "front matter: title: must be text"),
        ("url: javascript:alert(1)", "front matter: url: 'javascript:alert(1)' is no web address"),
        ("kind: rumour", "front matter: kind: 'rumour' is neither original nor compiled"),
        ("based_on: [{title: T}]", "front matter: based_on: each original needs a publisher and a title"),
        ("based_on: [x]", "front matter: based_on: must be a list of {publisher, title, url, updated, retrieved}"),
        ("based_on: [{publisher: P, title: T, updated: x}]", "front matter: based_on: updated: 'x' is no date"),
        ("just words", "front matter: not a list of keys and values"),
        ("title: a\nplaces: [KZ", "front matter: line 4: expected ',' or ']', but got '<stream end>'"),
        ("a: " + "[" * 1500, "front matter: not YAML"),
        ("a: " + "x" * 70_000, "front matter: longer than 64 KB"),
    ],
)
def test_bad_front_matter_is_named(yaml: str, expected: str) -> None:
    assert reason(text.read_markdown, f"---\n{yaml}\n---\nWords\n".encode()) == expected


def test_front_matter_without_end_is_refused() -> None:
    assert (
        reason(text.read_markdown, b"---\ntitle: x\n\nWords")
        == "front matter: opened by --- in line 1 and never closed"
    )


@pytest.mark.parametrize(
    ("words", "encoding"),
    [
        ("Le médecin reçoit à l'hôpital. Évitez les rues isolées, été comme hiver. Où dormir ?", "latin-1"),
        ("Caf\u00e9 prices rose.", "latin-1"),
        ("The café is safe — “ask at the desk” – and it’s open all night.", "cp1252"),
        ("Die Notrufnummer für Ärzte lautet 141. Größere Städte haben Krankenhäuser.", "latin-1"),
        ("Скорая помощь вызывается по телефону 103. Ночью лучше не ловить машину на улице.", "cp1251"),
    ],
)
def test_other_encodings_are_read_where_they_are_plain(words: str, encoding: str) -> None:
    assert decode(words.encode(encoding)) == words


def test_an_encoding_that_cannot_be_told_is_not_guessed() -> None:
    turkish = "Türkiye'de acil durum numarası 112'dir. İstanbul'da geceleri taksi çağırmak güvenlidir."
    assert reason(text.read, turkish.encode("cp1254")) == "not UTF-8 text, and its encoding cannot be told"


# HTML

PAGE = b"""<!DOCTYPE html><html><head><title>Safety | Example</title><meta charset="utf-8">
<meta property="og:title" content="Safety in Peru"><meta property="og:site_name" content="Example  Ministry">
<meta property="article:published_time" content="2024-05-06T10:00:00Z">
<meta name="dcterms.modified" content="7 June 2024"><link rel="canonical" href="https://example.org/peru">
<style>p {color: red}</style></head><body><nav>Menu</nav><form><header>Banner</header>
<main><header><h1>Safety</h1></header>
<p>Call <b>105</b> or +51 1 &amp; ask\n for <a href="https://example.org/a (b)" title="Tip">help</a>,
<a href="javascript:void(0)" title="Tool Tip">now</a>.</p>
<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul>
<table><tr><th>Service</th><th>Number</th></tr><tr><td>Police</td><td>105</td></tr></table>
<pre>first line
second line</pre><!-- a remark --><img alt="picture" src="x.png"><noscript>No script</noscript>
<aside>See also</aside><footer>Imprint</footer></main></form></body></html>"""


def test_html_exactly() -> None:
    found = html.read(PAGE)
    assert found.text == (
        "# Safety\n\nCall **105** or +51 1 & ask for [help](https://example.org/a%20%28b%29), now.\n\n"
        "* one\n  * two\n* three\n\n| Service | Number |\n| --- | --- |\n| Police | 105 |\n\nfirst line  \nsecond line"
    )
    assert found.metadata == metadata.Metadata(
        title="Safety in Peru",
        publisher="Example Ministry",
        url="https://example.org/peru",
        published=PartialDate(2024, 5, 6),
        updated=PartialDate(2024, 6, 7),
    )
    assert (found.markup, found.body) == ("markdown", 0)


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>BAD</p>",
        '<div aria-hidden="true"><p>BAD</p></div>',
        '<p style="color:red; Display : None !important">BAD</p>',
        '<p style="visibility:hidden">BAD</p>',
        '<p style="font-size:0">BAD</p>',
        '<p style="font-size: 0.0px;color:red">BAD</p>',
        '<p style="dis/**/play:none">BAD</p>',
        '<p style="opacity:0">BAD</p>',
        "<script>BAD</script><style>BAD</style><template>BAD</template><iframe>BAD</iframe>",
        "<noscript>BAD</noscript><svg><text>BAD</text></svg><!-- BAD --><dialog>BAD</dialog>",
        '<p title="BAD">x<img alt="BAD"></p><textarea>BAD</textarea><select><option>BAD</select>',
    ],
)
def test_hidden_html_is_dropped(hidden: str) -> None:
    found = html.read(f"<html><body><p>Seen.</p>{hidden}<p style='font-size:0.9em;opacity:1'>Also.</p>".encode()).text
    assert "BAD" not in found
    assert found.startswith("Seen.")
    assert found.endswith("Also.")


def test_what_is_hidden_leaves_the_next_word_at_the_lines_beginning() -> None:
    page = b"<html><body><div><b hidden>x</b># a</div><div><!-- x -->- b</div><pre># c\nd</pre></body></html>"
    assert html.read(page).text == "\\# a\n\n\\- b\n\n\\# c  \nd"


def test_everything_around_is_kept_where_no_part_is_named_as_the_matter() -> None:
    assert (
        html.read(b"<html><body><header>Head</header><p>Words</p><footer>Foot</footer>").text == "Head\n\nWords\n\nFoot"
    )


def test_html_words_never_become_markup() -> None:
    page = "<html><body><p># no heading</p><p>1. no list</p><p>- none</p><p>&gt; none</p><p>[a](http://b.c) *x* `y`</p>"
    page += "<p>&amp;lt;b&amp;gt; &lt;b&gt;</p><p>a<br># b</p><p><b>Police</b>: 102, <i>now</i> - 3. May</p>"
    found = html.read(page.encode()).text
    assert found == (
        "\\# no heading\n\n1\\. no list\n\n\\- none\n\n\\> none\n\n\\[a\\](http://b.c) \\*x\\* \\`y\\`\n\n"
        "\\&lt;b\\&gt; \\<b>\n\na  \n\\# b\n\n**Police**: 102, *now* - 3. May"
    )


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Zs", "Zl", "Zp"]) | st.just(" "), max_size=60)
)
def test_escaped_words_are_shown_as_they_were(words: str) -> None:
    words = " ".join(words.split())
    assert plain_text(markdown_escaped(words)) == words


@pytest.mark.parametrize(
    ("time", "published"),
    [
        ('<time itemprop="datePublished" datetime="2023-04-05">5 April</time>', PartialDate(2023, 4, 5)),
        ('<time class="entry-date published">April 2023</time>', PartialDate(2023, 4)),
        ('<time datetime="2023-04-05">the festival</time>', None),  # the day of an event
        ('<time class="published">soon</time>', None),
    ],
)
def test_only_the_pages_own_time_is_its_date(time: str, published: PartialDate | None) -> None:
    assert html.read(f"<html><body><h1>Title</h1><p>{time} words".encode()).metadata == metadata.Metadata(
        title="Title", published=published
    )


@pytest.mark.parametrize("charset", ["windows-1251", "utf-8", "no-such-thing", "unicode_escape", "hex", ""])
def test_html_charset(charset: str) -> None:
    page = f"<html><head><meta charset='{charset}'></head><body><p>Скорая помощь: \\u0041 103</p></body></html>"
    raw = page.encode("cp1251" if charset == "windows-1251" else "utf-8")
    assert plain_text(html.read(raw).text) == "Скорая помощь: \\u0041 103"


def test_html_of_no_use_is_refused() -> None:
    assert reason(html.read, b"Only words.") == "not what its name says (no HTML in it)"
    assert reason(html.read, b"<html><body><img src=x></body></html>") == "no text in it"
    assert reason(html.read, b"<html><body>" + b"<div>" * 5000 + b"deep") == "elements nested too deeply"
    assert reason(html.read, b"<html><body>" + b"<p>x" * 400_001) == "more than 400,000 tags"


# PDF


def test_pdf_paragraphs_pages_and_title() -> None:
    first = pdf_lines(
        """Safety at night

Thieves work in crowded places and on buses, so that
bags are best carried in front. In the evac-
uation of a building follow the well-
known signs; in Guinea-
Bissau too.

Police: 102
Fire: 101""".splitlines()
    )
    found = pdf.read(make_pdf(first, pdf_lines(["The second page \\(2\\)."]), title="Night  safety"))
    assert found.text == (
        "Safety at night\n\n"
        "Thieves work in crowded places and on buses, so that bags are best carried in front. In the evacuation of a"
        " building follow the well-known signs; in Guinea-Bissau too.\n\nPolice: 102\nFire: 101\n\nThe second page (2)."
    )
    assert found.metadata == metadata.Metadata(title="Night safety")  # and no date: CreationDate is the file's
    assert (found.markup, found.body) == ("plain", 0)


@pytest.mark.parametrize(
    "hidden",
    [
        "BT 3 Tr /F1 12 Tf 72 600 Td (BAD) Tj ET",  # render mode 3 paints nothing
        "BT 7 Tr /F1 12 Tf 72 600 Td (BAD) Tj ET",  # nor does clipping
        "BT /F1 0.2 Tf 72 600 Td (BAD) Tj ET",
        "BT /F1 12 Tf 0.001 0 0 0.001 72 600 Tm (BAD) Tj ET",
        "BT /F1 12 Tf 720 600 Td (BAD) Tj ET",  # right of the page
        "BT /F1 12 Tf 72 -40 Td (BAD) Tj ET",  # below it
        "1 1 1 rg BT /F1 12 Tf 72 600 Td (BAD) Tj ET",  # white on the white page
        "1 1 1 rg 60 590 200 30 re f BT /F1 12 Tf 72 600 Td (BAD) Tj ET",  # white on white paint
        "q 3 Tr /X1 Do Q",
    ],
)
def test_hidden_pdf_text_is_dropped(hidden: str) -> None:
    form = "BT /F1 12 Tf 72 500 Td 3 Tr (BAD) Tj ET"
    assert pdf.read(make_pdf(pdf_lines(["Seen."]) + "\n" + hidden, form=form)).text == "Seen."
    assert reason(pdf.read, make_pdf(hidden, form=form)) == "no text in it"


def test_white_letters_on_a_dark_bar_and_text_in_forms_are_seen() -> None:
    bar = "0 0 0.5 rg 60 590 300 30 re f 1 1 1 rg BT /F1 12 Tf 72 600 Td (White on blue) Tj ET"
    assert pdf.read(make_pdf(bar)).text == "White on blue"
    assert pdf.read(make_pdf("/X1 Do", form=pdf_lines(["In a form"]))).text == "In a form"


def test_broken_words_follow_the_rest_of_the_text() -> None:
    assert join_broken_words("take-\noff") == "takeoff"
    assert join_broken_words("take-\noff and a take-off") == "take-off and a take-off"
    assert join_broken_words("Wi-\nFi, 2010-\n2011, self-\nguided") == "Wi-Fi, 2010-2011, self-guided"
    assert join_broken_words("NATO-\nMember") == "NATO-Member"


def test_pdf_of_no_use_is_refused() -> None:
    assert reason(pdf.read, encrypted_pdf()) == "encrypted"
    assert reason(pdf.read, b"%PDF-1.7\nnothing\n%%EOF\n") == "truncated or damaged"
    assert reason(pdf.read, make_pdf("")) == "no text in it"
    assert reason(pdf.read, make_pdf(*[""] * 5001)) == "more than 5,000 pages"


def test_a_truncated_pdf_is_never_read_in_part() -> None:
    raw = make_pdf(pdf_lines(["One"]), pdf_lines(["Two"]))
    for cut in range(len(raw) - len(b"\n")):
        assert reason(pdf.read, raw[:cut]) in (
            "empty",
            "truncated or damaged",
            "not what its name says (looks like text)",
        )
    assert pdf.read(raw[:-1]).text == "One\n\nTwo"


# Word


def test_word_document_as_markdown() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Peru", 0)
        document.add_heading("Theft", 2)
        document.add_paragraph("Call 105.\nOr [ask](x).")
        for words, style in [("one", "List Bullet"), ("two", "List Bullet 2"), ("three", "List Number")]:
            document.add_paragraph(words, style=style)
        document.add_paragraph().add_run("Numbers").bold = True
        table = document.add_table(2, 2)
        for cell, words in zip(
            (c for row in table.rows for c in row.cells), ["Service", "No", "Police", "105|6"], strict=True
        ):
            cell.text = words
        document.add_paragraph("deep", style="List Bullet 3")

    found = docx.read(word(fill))
    assert found.text == (
        "# Peru\n\n## Theft\n\nCall 105.  \nOr \\[ask\\](x).\n\n* one\n  * two\n* three\n\n**Numbers**\n\n"
        "| Service | No |\n| --- | --- |\n| Police | 105\\|6 |\n\n* deep"
    )
    assert found.metadata == metadata.Metadata(title="Peru")  # and no date: the package's are the file's
    assert docx.read(word(fill, title="Peru  2024")).metadata.title == "Peru 2024"


def test_word_shows_what_python_docx_passes_over_and_hides_what_word_hides() -> None:
    def wrapped(run: Any, name: str) -> None:
        wrapper = OxmlElement(name)
        run._r.addprevious(wrapper)
        wrapper.append(run._r)

    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Seen")
        wrapped(paragraph.add_run(" inserted"), "w:ins")
        wrapped(paragraph.add_run(" BAD deleted"), "w:del")
        wrapped(paragraph.add_run(" linked"), "w:hyperlink")
        paragraph.add_run(" BAD hidden").font.hidden = True
        paragraph.add_run(" BAD tiny").font.size = Pt(0.5)
        paragraph.add_run(" BAD white").font.color.rgb = RGBColor(255, 255, 255)
        control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
        control.append(content)
        document.add_paragraph("before")._p.addnext(control)
        content.append(document.add_paragraph("in a control")._p)
        white = document.add_table(1, 2).cell(0, 0).paragraphs[0].add_run("white in a table")
        white.font.color.rgb = RGBColor(255, 255, 255)

    assert docx.read(word(fill)).text == (
        "Seen inserted linked\n\nbefore\n\nin a control\n\n| white in a table |  |\n| --- | --- |"
    )


def test_word_of_no_use_is_refused() -> None:
    assert reason(docx.read, encrypted_word()) == "encrypted"
    assert reason(docx.read, OLE_MARK + bytes(2000)) == "not what its name says (looks like an old Word document)"
    assert reason(docx.read, word_of()) == "no text in it"
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    assert reason(docx.read, other.getvalue()) == "not what its name says (looks like ZIP)"
    damaged = rezipped(word_of("Words"), lambda name, data: b"<a>" if name == "word/document.xml" else data)
    assert reason(docx.read, damaged) == "truncated or damaged"


def test_a_zip_bomb_is_not_unpacked() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as member:
        for _ in range(201):
            member.write(bytes(1_000_000))
    assert reason(docx.read, bomb.getvalue()) == "larger than 200 MB when unpacked"


def test_a_truncated_word_document_is_never_read_in_part() -> None:
    raw = word_of("One", "Two")
    for cut in range(0, len(raw) - 1, 97):
        assert reason(docx.read, raw[:cut]) in (
            "empty",
            "truncated or damaged",
            "not what its name says (looks like text)",
        )


# Damage of any kind

FUZZED: dict[str, tuple[Callable[[bytes], Extracted], bytes]] = {
    "text": (text.read, "Ambulance: 103. Café — “open”.\n".encode() * 3),
    "markdown": (
        text.read_markdown,
        b"---\ntitle: x\nplaces: [KZ, NO]\npublished: 2011\nkind: original\n---\n# H\n\nwords\n",
    ),
    "html": (html.read, PAGE),
    "pdf": (
        pdf.read,
        make_pdf(pdf_lines(["Some words", "and more"]), "/X1 Do", form=pdf_lines(["In a form"]), title="T"),
    ),
    "docx": (docx.read, word_of("Words", "and more")),
}


@pytest.mark.parametrize("name", FUZZED)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(name: str) -> None:
    read, raw = FUZZED[name]
    chance = random.Random(f"damage {name}")
    read(raw)
    for _ in range(200):
        damaged = bytearray(raw)
        for _ in range(chance.choice([1, 1, 3, 20])):
            damaged[chance.randrange(len(raw))] = chance.randrange(256)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(raw)) :]
        try:
            found = read(bytes(damaged))
        except UnreadableError as error:
            assert 0 < len(error.reason) < 200
        else:
            assert found.text[found.body :].strip()
            found.text.encode("utf-8")


def test_a_word_document_with_damaged_parts_is_read_or_refused() -> None:
    chance = random.Random("damaged parts")
    raw = word(lambda document: (document.add_paragraph("x", style="List Bullet"), document.add_table(2, 2)))

    def change(name: str, data: bytes) -> bytes:
        if chance.random() > 0.3 or not name.endswith((".xml", ".rels")):
            return data
        at = chance.randrange(len(data))
        return chance.choice(
            [
                data[:at] + data[at + 20 :],
                data.replace(b'"1"', b'"-1"'),
                data.replace(b"w:", b"v:", 3),
                b"<a/>",
                b"",
                data.replace(b"word/", b"none/"),
                data.replace(b'w:val="', b'w:val="x', chance.randrange(9)),
            ]
        )

    outcomes: set[str] = set()
    for _ in range(60):
        try:
            outcomes.add(docx.read(rezipped(raw, change)).markup)
        except UnreadableError as error:
            outcomes.add(error.reason)
    assert outcomes <= {"markdown", "truncated or damaged", "no text in it", "elements nested too deeply"}
    assert len(outcomes) > 1


# What a file's name says and what its bytes say


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("a.txt", b"", "empty"),
        ("a.pdf", b"", "empty"),
        ("a.txt", b" \n\t\n", "no text in it"),
        ("a.md", b"---\ntitle: x\n---\n\n", "no text in it"),
        ("a.txt", b"words\0words", "not what its name says (looks like binary data)"),
        ("a.md", make_pdf("BT ET"), "not what its name says (looks like PDF)"),
        ("a.txt", b"<!DOCTYPE html><html><p>x", "not what its name says (looks like HTML)"),
        ("a.html", b"%PDF-1.4 ...", "not what its name says (looks like PDF)"),
        ("a.html", b"<?xml version='1.0'?><rss>x</rss>", "not what its name says (looks like XML)"),
        ("a.pdf", b"PK\x03\x04 ...", "not what its name says (looks like ZIP)"),
        ("a.pdf", bytes(5000), "not what its name says (looks like binary data)"),
        ("a.docx", b"<html><body>Words", "not what its name says (looks like HTML)"),
        ("a.docx", b"{\\rtf1 words}", "not what its name says (looks like RTF)"),
        ("a.docx", encrypted_word(), "encrypted"),
        ("a.PDF", encrypted_pdf(), "encrypted"),
        ("a.xlsx", b"PK\x03\x04", "not a kind of file that can be read (.xlsx)"),
        ("a", b"words", "not a kind of file that can be read (no extension)"),
    ],
)
def test_a_bad_file_is_named_and_the_rest_is_read(tmp_path: Path, name: str, raw: bytes, expected: str) -> None:
    (tmp_path / name).write_bytes(raw)
    (tmp_path / "good.txt").write_text("Good words.")
    documents, skipped = read_all(tmp_path)
    assert [d.doc_id for d in documents] == ["good.txt"]
    assert skipped == {name: expected}


# The folder


def test_a_folder_in_order_with_names_dates_and_hashes(tmp_path: Path) -> None:
    (tmp_path / "b" / "c").mkdir(parents=True)
    (tmp_path / "b" / "c" / "z.md").write_bytes(b"Words\r\n")
    (tmp_path / "b.txt").write_bytes(b"Taxis in Almaty\n\nUse a meter.\n")
    (tmp_path / "a.html").write_bytes(PAGE)
    (tmp_path / "a.html.yaml").write_text("title: Peru by night\npublisher: P\nplaces: []\nupdated: 2025")
    for name in ("README.md", "LICENSE", ".hidden.txt", "b/.git"):
        (tmp_path / name).write_text("Not a document.")
    documents, skipped = read_all(tmp_path)
    assert skipped == {}
    assert [d.doc_id for d in documents] == ["a.html", "b.txt", "b/c/z.md"]
    page, taxis, words = documents
    assert (page.title, page.publisher, page.about) == ("Peru by night", "P", ())
    assert (page.published, page.updated) == (PartialDate(2024, 5, 6), PartialDate(2025))
    assert (page.reader, page.source) == ("html 1", "here")
    assert (taxis.title, taxis.about, taxis.markup, taxis.reader) == ("Taxis in Almaty", ("KZ",), "plain", "text 1")
    assert (words.title, words.publisher, words.about, words.date) == ("z.md", "", (), None)  # no date from the file
    assert words.raw_sha256 == words.text_sha256 == "c3496592b41752708d1e4b5cc6919f5acc5593eef708c5848e9a5c70fdcda655"
    assert [d.kind for d in documents] == [Kind.ORIGINAL] * 3


@pytest.mark.parametrize(
    ("title", "about"),
    [("Crime in Almaty, Kazakhstan", ("KZ",)), ("From Peru to Chile", ()), ("Floods", ()), ("A Peruvian guide", ())],
)
def test_about_comes_from_a_title_that_names_one_country(title: str, about: tuple[str, ...]) -> None:
    assert metadata.places_in_title(title) == about


def test_one_file_and_a_bad_sidecar(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Words")
    assert [d.doc_id for d in read_all(file)[0]] == ["a.txt"]
    (tmp_path / "a.txt.yaml").write_text("places: [Atlantis]")
    assert read_all(file) == ([], {"a.txt": "sidecar: places: 'Atlantis' is no place known"})
    (tmp_path / "a.txt.yaml").write_bytes(bytes(300_000))
    assert read_all(file) == ([], {"a.txt": "sidecar: larger than 256 KB"})


def test_a_gigabyte_of_zeros_is_not_read(tmp_path: Path) -> None:
    for name in ("zeros.txt", "zeros.pdf"):
        with (tmp_path / name).open("wb") as file:
            file.truncate(1_000_000_000)
    with (tmp_path / "limit.txt").open("wb") as file:
        file.write(b"x")
        file.truncate(MAX_FILE + 1)
    assert read_all(tmp_path) == ([], dict.fromkeys(("limit.txt", "zeros.pdf", "zeros.txt"), "larger than 50 MB"))


def test_links_and_pipes(tmp_path: Path) -> None:
    root, outside = tmp_path / "root", tmp_path / "outside.txt"
    root.mkdir()
    outside.write_text("Secret words")
    (root / "a.txt").write_text("Words")
    (root / "inside.txt").symlink_to(root / "a.txt")
    (root / "out.txt").symlink_to(outside)
    (root / "gone.txt").symlink_to(root / "nowhere")
    (root / "folder").symlink_to(tmp_path)
    os.mkfifo(root / "pipe.txt")
    documents, skipped = read_all(root)
    assert [d.doc_id for d in documents] == ["a.txt", "inside.txt"]
    assert skipped == {
        "out.txt": "a link that leads out of the folder",
        "gone.txt": "a link that leads nowhere",
        "folder": "a link to a folder",
        "pipe.txt": "not a regular file",
    }


def test_a_name_that_is_no_text_is_skipped(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"\xff.txt")).write_text("Words")
    assert read_all(tmp_path) == ([], {"\\udcff.txt": "its name is not UTF-8"})


def test_a_folder_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no such folder"):
        read_source("here", tmp_path / "none")
    with pytest.raises(SourceError, match="there is nothing in this folder"):
        read_source("here", tmp_path)
    (tmp_path / "README.md").write_text("How to add documents.")
    with pytest.raises(SourceError, match="there is no document in this folder"):
        read_source("here", tmp_path)


def test_beir_corpus(tmp_path: Path) -> None:
    lines = [
        {"_id": "7", "title": "A\n title", "text": "Some *words*."},
        {"_id": "5", "title": "", "text": "Untitled.", "metadata": {}},
        {"_id": "7", "title": "Again", "text": "x"},
        {"_id": "8", "title": "", "text": " "},
        {"_id": 9, "text": "x"},
        ["x"],
        {"_id": "10", "text": "\ud800"},
    ]
    records = [json.dumps(line).encode() for line in lines]
    (tmp_path / "corpus.jsonl").write_bytes(b"\n".join([*records, b"{not json"]))
    (tmp_path / "queries.jsonl").write_text("{}")
    documents, skipped = read_all(tmp_path)
    assert [(d.doc_id, d.title, d.text) for d in documents] == [
        ("7", "A title", "# A title\n\nSome *words*."),
        ("5", "5", "Untitled."),
    ]
    assert (documents[0].about, documents[0].markup, documents[0].reader) == ((), "markdown", "beir 1")
    assert skipped == {
        "corpus.jsonl line 3": "_id '7' stands in an earlier line",
        "corpus.jsonl line 4": "no text in it",
        "corpus.jsonl line 5": "_id, title and text must be text, and _id may not be empty",
        "corpus.jsonl line 6": "not a record",
        "corpus.jsonl line 7": "half a character in it",
        "corpus.jsonl line 8": "not JSON",
    }


@pytest.mark.archive
def test_the_two_seeds() -> None:
    if not SEEDS.is_dir():
        pytest.skip(f"{SEEDS} is not here")
    documents, skipped = read_all(SEEDS)
    assert skipped == {}
    assert [(d.doc_id, d.about, str(d.published), len(d.text)) for d in documents] == [
        ("000_2de0709cfd47372d.txt", ("KZ",), "2011", 13035),
        ("002_324ccfbcbdb427a4.txt", ("KZ",), "None", 2754),
    ]
    assert all(d.raw_sha256 == d.text_sha256 and d.markup == "plain" and d.body == 0 for d in documents)
    assert documents[1].publisher == "Qazinform News Agency"
