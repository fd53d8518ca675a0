"""The block structure of a document: headings, paragraphs, list items and table rows, each with its offsets.

Markdown is parsed by markdown-it-py (CommonMark and tables); its line numbers become offsets. In plain text blocks are
separated by blank lines, and a short line without a closing mark is a heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from index.documents import Document
from index.plain import plain_text

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

BlockKind = Literal["heading", "paragraph", "item", "row"]

BOLD_HEADING_LEVEL = 7  # a paragraph that is nothing but bold words, below every real heading
_TOPIC_LEVEL = 6  # a line that names a topic, where bold words head the parts of each topic
INTRO_LEVEL = 8  # "During your stay:" above a list; the header row of a table
NESTED_LEVEL = 9  # the item that a nested list hangs on

_NEWLINE = re.compile(r"\r\n?|\n")  # what markdown-it counts as the end of a line
_HEADING_WORDS = re.compile(r"[ \t]{0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_ACCORDION = re.compile(r"\s*\[#{1,6}[ \t]*([^\]]+?)\s*\]\(javascript:[^)]*\)[^)\n]*\)?\s*$")
# "**Risk\\***" is bold, too: an escaped mark, here that of a footnote, ends nothing.
_BOLD = re.compile(r"\s*\*\*\s*((?:[^*\n\\]|\\.){2,100}?)\s*:?\s*\*\*\s*:?\s*$")
_RUN_IN = re.compile(r"\*\*\s*([^\W_*][^*\n]{1,69}?)\s*(?::\s*\*\*|\*\*\s*:|\*\*(?=[A-Z]))\s*(?=[^\s:*])")
_TOPIC_LINE = re.compile(r"[A-Z][^\d.!?;:\n\[\]*#|<>]{1,48}$")
# What a line or bold words before a colon may be without being what the text after it is about.
_LABEL = re.compile(
    r"(?:\w+ )?(?:e-?mail|tel|telephone|phone|fax|mobile|mainline|whatsapp|web ?site|address|consular|assistant)\b|"
    r"emergency\b|(?:please )?note\b|important|warning|update|disclaimer|learn more|more information|example|tip\b|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day",
    re.IGNORECASE,
)
_LONG_LINE = 60  # characters: what stands under a topic, not beside it in an address
_ITEM_MARK = re.compile(
    r"[ \t]*(?:[*-]|\+(?![ \t]+\d[\d ()./-]{4})|\d{1,9}[.)])[ \t]+"
)  # "+ 383 38…" is a telephone number
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[^\S\n]*\S[^\n]*)*")
_PLAIN_HEADING = re.compile(r"[^\W\d_][^.!?;\n]{1,89}$")
_BEGINS_WITH_WORDS = re.compile(r"[*_(\"]{0,4}[^\W_]")
_SENTENCE_END = re.compile(r"[.!?]['\"”’)]*$")
# A line that begins so is a heading, or a paragraph that none of markdown-it's rules but the last can claim, …
_LONE = re.compile(r"(?P<hashes>\#{1,6})[ \t]|\*\*[^\W_]|\[[^\[\]\\\n]*\](?!:)|[^-+*_`~<>|:#\[\d]")
_ITEM = re.compile(r"[-+*][ \t]+[^\W_]")  # … where what follows it is an empty line, or the next item of its list


def _lone_line(state: StateBlock, line: int, _end: int, _silent: bool) -> bool:
    """A rule for markdown-it, before its own: most lines are a block by themselves, which takes it ten rules to find.

    Of the block's tokens only the one that `_LEAVES` names is made.
    """
    found = _LONE.match(state.src, state.bMarks[line] + state.tShift[line])
    following = line + 1
    if found is None or not (following == state.lineMax or state.isEmpty(following) or _next_item(state, following)):
        return False
    state.line = following
    hashes = found["hashes"]
    token = state.push("heading_open", f"h{len(hashes)}", 0) if hashes else state.push("paragraph_open", "p", 0)
    token.map = [line, following]
    return True


def _next_item(state: StateBlock, line: int) -> bool:
    """Whether an item begins here that belongs to the list around the present one."""
    outside = 0 <= state.sCount[line] < min(state.blkIndent, state.listIndent + 4)
    return outside and _ITEM.match(state.src, state.bMarks[line] + state.tShift[line]) is not None


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 50 ms of each start; where it answers, nothing is parsed

    parser = MarkdownIt("commonmark").enable("table").disable(["inline", "text_join", "code"])
    parser.block.ruler.before("table", "lone_line", _lone_line)
    return parser


class Block(NamedTuple):
    """`text[start:end]` without surrounding space; `level` orders headings (1 outermost), 0 for what is no heading.

    `depth` is how deeply a list item is nested, 1 for the outermost list.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    depth: int = 0


def blocks(document: Document) -> list[Block]:
    """The blocks of the document's body in order. Blocks never overlap."""
    if document.markup == "plain":
        found = _plain_blocks(document)
    else:
        found = _with_topics(document.text, list(_markdown_blocks(document.text, document.body)))
    return [block for block in found if block.end > block.start]


def _with_topics(text: str, found: list[Block]) -> Iterator[Block]:
    """The blocks, with headings for what is none to Markdown and one to a reader.

    A line alone that names what the paragraph or list below it is about ("Dengue"), and the bold words that a paragraph
    begins with ("**Crime:** Pickpockets are …").
    """
    topics = [_is_topic_line(text, *pair) for pair in pairwise(found)]
    above = _above_bold(found, topics)
    for number, block in enumerate(found):
        if block.kind != "paragraph":
            yield block
        elif number < len(topics) and topics[number]:
            yield Block("heading", block.start, block.end, _TOPIC_LEVEL if number in above else BOLD_HEADING_LEVEL)
        elif (run_in := _RUN_IN.match(text, block.start, block.end)) and _is_topic(run_in[1]):
            yield Block("heading", *run_in.span(1), BOLD_HEADING_LEVEL)
            yield Block("paragraph", run_in.end(), block.end)
        else:
            yield block


def _above_bold(found: Sequence[Block], topics: Sequence[bool]) -> set[int]:
    """The numbers of the topic lines that stand above the bold headings after them: "Yellow fever", "**Risk**".

    So they do in a section that begins with a topic line and comes back to another after a bold heading. Else both may
    be of one rank.
    """
    above: set[int] = set()
    section: list[int] = []  # the topic lines since the last real heading
    bold = nests = False
    outer = 0
    for number, block in enumerate((*found, Block("heading", 0, 0, 1))):
        if block.kind == "heading" and block.level < BOLD_HEADING_LEVEL:
            if nests and outer < _TOPIC_LEVEL:
                above.update(section)
            section, bold, nests, outer = [], False, False, block.level
        elif block.kind == "heading" and block.level == BOLD_HEADING_LEVEL:
            bold = True
        elif number < len(topics) and topics[number]:
            nests = nests or (bold and bool(section))
            if section or not bold:
                section.append(number)
    return above


def _is_topic(words: str) -> bool:
    return not _LABEL.match(words) and not _SENTENCE_END.search(words)


def _is_topic_line(text: str, block: Block, following: Block) -> bool:
    if block.kind != "paragraph":
        return False
    line = text[block.start : block.end]
    if not _TOPIC_LINE.match(line) or not _is_topic(line):
        return False
    long = following.kind == "paragraph" and following.end - following.start > _LONG_LINE
    return long or (following.kind == "item" and following.depth == 1)


def _markdown_blocks(text: str, body: int) -> Iterator[Block]:
    part = text[body:]
    ends = [m.end() for m in _NEWLINE.finditer(part)]
    lines = [body, *(body + e for e in ends), len(text)]
    depth = 0
    header = False
    position = body
    for token in _parser().parse(part):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        header = token.type == "thead_open" or (header and token.type != "thead_close")
        if token.map is None or token.type not in _LEAVES:
            continue
        start, end = _trim(text, lines[token.map[0]], lines[min(token.map[1], len(lines) - 1)])
        start = max(start, position)
        if start >= end:
            continue
        position = end
        yield _leaf(text, token, start, end, depth, header=header)


# Tokens that own lines of their own; everything else contains these.
_LEAVES = frozenset({"heading_open", "paragraph_open", "tr_open", "fence", "html_block"})


def _leaf(text: str, token: Token, start: int, end: int, depth: int, *, header: bool) -> Block:
    if token.type == "heading_open":
        level = int(token.tag[1])
        words = _HEADING_WORDS.match(text, start, end)
        span = words.span(1) if words else (start, text.rfind("\n", start, end) if "\n" in text[start:end] else end)
        return Block("heading", *_trim(text, *span), level)
    if token.type == "tr_open":
        return Block("heading", start, end, INTRO_LEVEL) if header else Block("row", start, end)
    if depth:
        mark = _ITEM_MARK.match(text, start, end)
        return Block("item", *_trim(text, mark.end() if mark else start, end), depth=depth)
    if heading := _ACCORDION.match(text, start, end):
        return Block("heading", *heading.span(1), 4)
    if heading := _BOLD.match(text, start, end):
        words_start, words_end = heading.span(1)
        if not _SENTENCE_END.search(text[words_start:words_end]):
            return Block("heading", start, end, BOLD_HEADING_LEVEL)
    return Block("paragraph", start, end)


def _plain_blocks(document: Document) -> Iterator[Block]:
    """Paragraphs between blank lines; a first line that is no sentence is the title.

    Headings nest where one follows another at once, and start anew otherwise.
    """
    text = document.text
    found = [_trim(text, *m.span()) for m in _PARAGRAPH.finditer(text, document.body)]
    level = 0
    for number, (start, end) in enumerate(found):
        line = text[start:end]
        opens = number == 0 and len(line) < 150 and "\n" not in line and not _SENTENCE_END.search(line)
        if (opens or _is_plain_heading(line)) and number + 1 < len(found):
            level = level + 1 if level else (1 if number == 0 else 2)
            yield Block("heading", start, end, min(level, 6))
        else:
            level = 0
            yield Block("paragraph", start, end)


def _is_plain_heading(line: str) -> bool:
    """A short line of words that begins with a capital and does not end like a sentence.

    Digits are for years only: an address or a telephone line is no heading.
    """
    return (
        _PLAIN_HEADING.match(line) is not None
        and line[0].isupper()
        and not line.endswith((",", ":"))
        and re.search(r"\d", re.sub(r"\b(?:19|20)\d\d\b", "", line)) is None
    )


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end].rstrip()
    return start + len(words) - len(words.lstrip()), start + len(words)


def has_words(document: Document, block: Block) -> bool:
    """Whether anything of the block would be shown: images, rules and page controls have no words."""
    if _BEGINS_WITH_WORDS.match(document.text, block.start):  # nothing that is left out begins so
        return True
    return any(c.isalnum() for c in plain_text(document.text, block.start, block.end, document.markup))
