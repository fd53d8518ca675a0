"""`plain`: how a span of a document is shown, embedded and searched, with a way back to every character.

Links are reduced to their words, images, emphasis marks, page controls and tooltips are dropped, white space is tidied.
The text itself is never changed: `Plain` maps each shown character to the character of the source it stands for.

The scanner is deliberately more forgiving than CommonMark: the archive holds targets with spaces, bold that opens in
one line and closes in another, and links whose label is an image. What it does not understand it shows as it is.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import NamedTuple

from index.documents import Markup
from index.marks import (
    BLANK_LINE,
    CANDIDATE,
    EM_REST,
    LINE_MARK,
    MARKDOWN,
    MAX_LINK,
    PAGE_CONTROL,
    PLAIN,
    STARTS_BLOCK,
    link_parts,
    opens_line,
)

_SHOWN, _LOW = attrgetter("shown"), itemgetter(0)


class Piece(NamedTuple):
    """`length` shown characters from `shown` on stand for the source from `source`, one to one where verbatim.

    Any other piece shows a replacement for one character or construct."""

    shown: int
    source: int
    length: int
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """The shown `text` of a span, the pieces that map it back, and the spans of source that must not be cut.

    `atoms` are in order and apart from each other: a link with bold words in it is one.
    """

    text: str
    pieces: tuple[Piece, ...]
    atoms: tuple[tuple[int, int], ...] = ()

    def source_index(self, index: int) -> int:
        """The offset in the document of shown character `index` (0 <= index < len(text))."""
        if not 0 <= index < len(self.text):
            raise IndexError(index)
        piece = self.pieces[bisect_right(self.pieces, index, key=_SHOWN) - 1]
        return piece.source + index - piece.shown

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the document that shows `text[start:end]` (not empty) and cuts no atom."""
        first, last = self.source_index(start), self.source_index(end - 1) + 1
        low, high = self._atom_at(first)
        low_at_end, high_at_end = self._atom_at(last - 1)
        return min(low, low_at_end, first), max(high, high_at_end, last)

    def _atom_at(self, offset: int) -> tuple[int, int]:
        """The atom that holds the character at `offset`, else the character alone."""
        number = bisect_right(self.atoms, offset, key=_LOW) - 1
        return self.atoms[number] if number >= 0 and offset < self.atoms[number][1] else (offset, offset + 1)


def plain(text: str, start: int = 0, end: int | None = None, markup: Markup = "markdown") -> Plain:
    """Show `text[start:end]`. Pure; offsets in the result are offsets in `text`."""
    return _scanned(text, start, len(text) if end is None else end, markup).finish()


def plain_text(text: str, start: int = 0, end: int | None = None, markup: Markup = "markdown") -> str:
    """Only the words of `plain`; most spans hold no mark, and what shows as it stands needs no scanner."""
    stop = len(text) if end is None else end
    opening = LINE_MARK.match(text, start, stop) if opens_line(text, start) else None
    marked = CANDIDATE.search(text, start, stop) or (opening and opening[0])
    return "".join(_scanned(text, start, stop, markup).shown) if marked else text[start:stop].strip(" ")


def _scanned(text: str, start: int, end: int, markup: Markup) -> _Scanner:
    scanner = _Scanner(text, markup)
    scanner.scan(start, end, at_line_start=opens_line(text, start))
    return scanner


class _Scanner:
    """Collects shown pieces from left to right; white space is decided when the next visible piece arrives."""

    def __init__(self, text: str, markup: Markup) -> None:
        self.text = text
        self.markdown = markup == "markdown"
        self.shown: list[str] = []
        self.pieces: list[tuple[int, int, int, bool]] = []
        self.atoms: list[tuple[int, int]] = []
        self.length = 0
        self.gap: tuple[str, int] | None = None  # pending white space and where it stood
        self.strong: int | None = None  # where bold opened
        self.em: set[int] = set()  # where single marks close that opened

    def scan(self, position: int, end: int, *, at_line_start: bool) -> None:
        text = self.text
        if at_line_start and self.markdown:
            position = self._line_mark(position, end)
        pattern = MARKDOWN if self.markdown else PLAIN
        at = position
        while candidate := CANDIDATE.search(text, at, end):
            at = candidate.start()
            if (match := pattern.match(text, at, end)) is None:
                at += 1
                continue
            if at > position:
                self._verbatim(position, at)
            position = at = self._special(match, end)
        if position < end:
            self._verbatim(position, end)
        # A closing mark outside the span leaves the atom open: it is not in the span, so nothing is cut.

    def finish(self) -> Plain:
        return Plain("".join(self.shown), tuple(map(Piece._make, self.pieces)), tuple(_apart(self.atoms)))

    def _special(self, match: re.Match[str], end: int) -> int:
        kind, at = match.lastgroup, match.start()
        if kind in ("break", "hard"):
            return self._line_break(match, end)
        if kind == "spaces":
            self._space(" ", at)
        elif kind == "escape":
            self._append_char(at + 1, at + 2)
            self.atoms.append(match.span())
        elif kind == "link":
            return self._link(at, end)
        elif kind == "auto":
            self._verbatim(match.start("address"), match.end("address"))
            self.atoms.append(match.span())
        elif kind == "html":
            self._space(" ", at)
        elif kind == "comment":
            return self._comment(match, end)
        elif kind == "code":
            return self._code(match, end)
        elif kind == "strong":
            self._toggle_strong(match)
        elif kind == "em":
            self._emphasis(match, end)
        elif kind == "entity":
            self._entity(match)
        return match.end()

    def _verbatim(self, start: int, end: int) -> None:
        if self.em:  # single marks that close here are not shown
            closing = sorted(c for c in self.em if start <= c < end)
            self.em = {c for c in self.em if c >= end}
            for cut in closing:
                if cut > start:
                    self._verbatim(start, cut)
                start = cut + 1
        if start >= end:
            return
        if self.text[start] == " ":  # single spaces stand inside verbatim pieces; only an edge can double one
            self._space(" ", start)
            start += 1
        trailing = end > start and self.text[end - 1] == " "
        stop = end - 1 if trailing else end
        if stop > start:
            self._close_gap()
            self._append(self.text[start:stop], start, verbatim=True)
        if trailing:
            self._space(" ", end - 1)

    def _append(self, shown: str, source: int, *, verbatim: bool) -> None:
        self.shown.append(shown)
        self.pieces.append((self.length, source, len(shown), verbatim))
        self.length += len(shown)

    def _space(self, shown: str, at: int) -> None:
        if self.gap is None or (shown == "\n" and self.gap[0] == " "):
            self.gap = (shown, at)

    def _close_gap(self) -> None:
        if self.gap is not None and self.length:
            self._append(self.gap[0], self.gap[1], verbatim=False)
        self.gap = None

    def _line_break(self, match: re.Match[str], end: int) -> int:
        newlines = match.group().count("\n")
        hard = match.group().startswith(("  ", "\\")) or newlines > 1
        if newlines > 1:
            self.strong = None  # bold never runs on into the next paragraph: a stray mark stays in its own
        after = match.end()
        # `\s*` may have eaten the indentation of the next line, never its mark.
        block = bool(STARTS_BLOCK.match(self.text, after, end))
        self._space("\n" if hard or (self.markdown and block) or not self.markdown else " ", match.start())
        return self._line_mark(after, end) if self.markdown else after

    def _line_mark(self, position: int, end: int) -> int:
        match = LINE_MARK.match(self.text, position, end)
        if match is None or match.end() == position:
            return position
        if match.group("bullet"):
            self._close_gap()
            self._append("•", match.start("bullet"), verbatim=False)
            self._space(" ", match.end("bullet"))
        elif match.group("colon"):
            self.gap = (" ", position)  # a definition stands beside its term
        return match.end()

    def _link(self, at: int, end: int) -> int:
        image = self.text[at] == "!"
        opening = at + 1 if image else at
        parts = link_parts(self.text, opening, end)
        if parts is None:
            self._append_char(at, opening + 1)
            return opening + 1
        label_end, target, stop = parts
        if not image and not PAGE_CONTROL.match(target):
            self.atoms.append((at, stop))
            self.scan(opening + 1, label_end, at_line_start=True)
        return stop

    def _append_char(self, start: int, end: int) -> None:
        self._close_gap()
        self._append(self.text[start:end], start, verbatim=True)

    def _comment(self, match: re.Match[str], end: int) -> int:
        close = self.text.find("-->", match.end(), min(end, match.end() + MAX_LINK))
        if close < 0:
            self._append_char(*match.span())
            return match.end()
        self._space(" ", match.start())
        return close + 3

    def _code(self, match: re.Match[str], end: int) -> int:
        fence = match.group()
        close = self.text.find(fence, match.end(), min(end, match.end() + MAX_LINK))
        if close < 0 or BLANK_LINE.search(self.text, match.end(), close):
            self._append_char(*match.span())
            return match.end()
        position = match.end()
        for space in PLAIN.finditer(self.text, position, close):
            self._verbatim(position, space.start())
            if space.lastgroup != "invisible":
                self._space("\n" if space.lastgroup == "break" else " ", space.start())
            position = space.end()
        self._verbatim(position, close)
        self.atoms.append((match.start(), close + len(fence)))
        return close + len(fence)

    def _toggle_strong(self, match: re.Match[str]) -> None:
        doubled = len(match.group()) >= 4  # "**one****two**" closes and opens; with nothing open it is empty
        if self.strong is not None:
            self.atoms.append((self.strong, match.end()))
            self.strong = match.start() if doubled else None
        elif not doubled:
            self.strong = match.start()

    def _emphasis(self, match: re.Match[str], end: int) -> None:
        if match.start() in self.em:  # it closes, though it could open as well: "(*word)*, more"
            return
        rest = EM_REST[match.group()].match(self.text, match.end(), end)
        if rest is None:
            self._append_char(*match.span())
            return
        self.em.add(rest.end() - 1)
        self.atoms.append((match.start(), rest.end()))

    def _entity(self, match: re.Match[str]) -> None:
        shown = html.unescape(match.group())
        if shown.isspace():
            self._space(" ", match.start())
        elif shown.isprintable():
            self._close_gap()
            self._append(shown, match.start(), verbatim=shown == match.group())
            self.atoms.append(match.span())


def _apart(atoms: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Overlapping atoms as one; what is longer than `MAX_LINK` is prose and may be cut."""
    low = high = -1
    for start, end in sorted(a for a in atoms if a[1] - a[0] <= MAX_LINK):
        if start < high and end - low <= MAX_LINK:
            high = max(high, end)
        elif start >= high:
            if high > low:
                yield low, high
            low, high = start, end
    if high > low:
        yield low, high
