"""Document → passages: pieces small enough to quote from, each under the headings that give it its subject.

Blocks under the same headings are packed together up to `MAX_LENGTH`; a longer block is cut between sentences, a longer
sentence between words. A passage never crosses a heading. The line that introduces a list ("During your stay:") and the
header row of a table count as headings, so an item that ends up in the next passage keeps its sense.
"""

from __future__ import annotations

from collections.abc import Iterator

from index.blocks import INTRO_LEVEL, NESTED_LEVEL, Block, blocks, has_words
from index.documents import Document, Heading, Passage
from index.plain import plain, plain_text
from index.sentences import sentence_spans

CHUNKING = "passages 6"  # recorded in every manifest; a change here cuts every document anew
MAX_LENGTH = 700  # shown characters; two thirds of what the default model reads at most
_MAX_INTRO = 240


def passages(document: Document) -> list[Passage]:
    """The passages of a document in order, without overlap; none where nothing would be shown."""
    return [p for group in _groups(document) for p in _pack(document, *group)]


def heading_words(document: Document, passage: Passage) -> tuple[str, ...]:
    """The shown words of the passage's headings, outermost first, immediate repeats left out."""
    words: list[str] = []
    for heading in passage.headings:
        shown = plain_text(document.text, heading.start, heading.end, document.markup).strip(" #:•|")
        if shown and (not words or words[-1].casefold() != shown.casefold()):
            words.append(shown)
    return tuple(words)


def _groups(document: Document) -> Iterator[tuple[tuple[Heading, ...], list[Block]]]:
    """Runs of blocks under the same headings."""
    headings: list[Heading] = []
    run: list[Block] = []
    found = [b for b in blocks(document) if b.kind == "heading" or has_words(document, b)]
    for number, block in enumerate(found):
        if block.kind == "heading":
            if run:
                yield tuple(headings), run
                run = []
            headings = [h for h in headings if h.level < block.level]
            headings.append(Heading(block.start, block.end, block.level))
            continue
        if block.kind != "row" and headings and headings[-1].level == INTRO_LEVEL:
            if run:
                yield tuple(headings), run
                run = []
            headings = [h for h in headings if h.level < INTRO_LEVEL]
        run.append(block)
        following = found[number + 1] if number + 1 < len(found) else None
        if _opens_nothing(document, block, following):
            run.pop()  # a label such as "Fax:" with nothing under it
    if run:
        yield tuple(headings), run


def _opens_nothing(document: Document, block: Block, following: Block | None) -> bool:
    if ":" not in document.text[block.start : block.end] or _ends_in_words(document, block):
        return False
    shown = plain_text(document.text, block.start, block.end, document.markup)
    if not shown.endswith(":") or len(shown) >= 40 or any(c.isdigit() for c in shown):  # "Ambulance 103:" says enough
        return False
    return following is None or following.kind == "heading"


def _ends_in_words(document: Document, block: Block) -> bool:
    """Whether the last character is certainly shown, and is no colon."""
    last = document.text[block.end - 1]
    return last.isalnum() or last in ".,!?"


def _pack(document: Document, headings: tuple[Heading, ...], run: list[Block]) -> Iterator[Passage]:
    """Passages of one run. `intro` is the line that the blocks at hand hang on."""
    start = end = -1
    opened: tuple[Heading, ...] = ()
    intros: list[tuple[int, Heading]] = []  # (depth of the list that it introduces, the line)
    for number, block in enumerate(run):
        depth = block.depth
        intros = [(d, h) for d, h in intros if d <= depth] if depth else [i for i in intros if i[0] == 0]
        context = tuple(h for _, h in intros)
        fits = start >= 0 and _shown_length(document, start, block.end) <= MAX_LENGTH
        if start >= 0 and not fits:
            yield Passage(start, end, headings + opened)
            start = -1
        if start < 0:
            if _shown_length(document, block.start, block.end) > MAX_LENGTH:
                yield from (Passage(*span, headings + context) for span in _cut(document, block))
                start = -1
            else:
                start, end, opened = block.start, block.end, context
        else:
            end = block.end
        intros = [i for i in intros if i[0] != 0]  # a label serves the one paragraph after it
        if (intro := _intro(document, block, run[number + 1] if number + 1 < len(run) else None)) is not None:
            intros = [(d, h) for d, h in intros if d <= depth]
            intros.append(intro)
    if start >= 0:
        yield Passage(start, end, headings + opened)


def _intro(document: Document, block: Block, following: Block | None) -> tuple[int, Heading] | None:
    """The last sentence of a block that introduces the next one, with the list depth it holds for."""
    if following is None:
        return None
    nested = following.kind == "item" and following.depth > block.depth
    if not nested and not (following.kind == "paragraph" and block.kind == "paragraph"):
        return None
    if not block.depth and _ends_in_words(document, block):
        return None
    sentences = sentence_spans(document.text, block.start, block.end, document.markup)
    if not sentences:
        return None
    start, end = sentences[-1]
    colon = document.text[start:end].rstrip("*_ ").endswith(":")
    if not colon and not block.depth:
        return None
    if end - start > _MAX_INTRO * 3 or _shown_length(document, start, end) > _MAX_INTRO:
        return None
    level = NESTED_LEVEL if block.depth else INTRO_LEVEL
    return (following.depth if nested else 0), Heading(start, end, level)


def _cut(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    """A block that is too long, cut between sentences; a sentence that is too long, between words."""
    start = end = -1
    for low, high in sentence_spans(document.text, block.start, block.end, document.markup):
        if start >= 0 and _shown_length(document, start, high) > MAX_LENGTH:
            yield start, end
            start = -1
        if start < 0 and _shown_length(document, low, high) > 2 * MAX_LENGTH:
            yield from _cut_words(document, low, high)
            continue
        start, end = (low if start < 0 else start), high
    if start >= 0:
        yield start, end


def _cut_words(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    shown = plain(document.text, start, end, document.markup)
    position = 0
    while position < len(shown.text):
        stop = min(position + MAX_LENGTH, len(shown.text))
        if stop < len(shown.text):
            space = max(shown.text.rfind(" ", position + 1, stop), shown.text.rfind("\n", position + 1, stop))
            stop = space if space > position else stop
        first, last = shown.source_span(position, stop)
        first = max(first, start)
        if first < last:
            yield first, last
            start = last
        position = stop
        while position < len(shown.text) and (shown.text[position].isspace() or shown.source_index(position) < start):
            position += 1


def _shown_length(document: Document, start: int, end: int) -> int:
    if end - start <= MAX_LENGTH:  # showing only ever shortens, entities and bullets included
        return end - start
    return len(plain_text(document.text, start, end, document.markup))
