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
from dataclasses import dataclass, field
from typing import NamedTuple

from index.documents import Markup

_MAX_LINK = 3000  # a "link" longer than this is prose with brackets in it

_SPACE = r"(?P<break>[^\S\n]*\n\s*)|(?P<spaces>[^\S\n ]+[^\S\n]*| {2,}[^\S\n]*| [^\S\n ][^\S\n]*)"
_INVISIBLE = r"(?P<invisible>[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+)"
_PLAIN = re.compile(f"{_SPACE}|{_INVISIBLE}")
_MARKDOWN = re.compile(
    r"(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<link>!?\[)"
    r"|(?P<auto><(?P<address>(?:https?://|mailto:|tel:)[^<>\s]{1,500})>)"
    r"|(?P<html><br\s*/?>|<!--.*?-->)"
    r"|(?P<code>`+)"
    r"|(?P<strong>\*{2,}|(?<!\w)_{2,}(?=\w)|(?<=\w)_{2,}(?!\w))"
    r"|(?P<em>(?<![\w*\\])\*(?=[^\s*])(?=[^*\n]*[^\s*]\*(?![\w*]))|(?<![\w\\])_(?=[^\s_])(?=[^_\n]*[^\s_]_(?!\w)))"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});)"
    f"|{_SPACE}|{_INVISIBLE}",
    re.DOTALL,
)
# What may open a line: quote marks, heading marks, list bullets, the colon of a definition, table rules.
_LINE_MARK = re.compile(
    r"(?:>[ \t]?)*(?:"
    r"(?P<rule>\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*(?=\n|$))"
    r"|(?P<bullet>[*+-])[ \t]+(?=\S)"
    r"|(?P<hashes>\#{1,6})[ \t]+"
    r"|(?P<colon>:)[ \t]+"
    r"|(?P<pipe>\|)[ \t]*"
    r")?"
)
_STARTS_BLOCK = re.compile(r"(?:>|[*+-][ \t]|\#{1,6}[ \t]|\d{1,3}[.)][ \t]|\|)")
_PAGE_CONTROL = re.compile(r"\s*javascript:", re.IGNORECASE)


class Piece(NamedTuple):
    """`length` shown characters starting at `shown` stand for the source from `source`.

    A verbatim piece shows its source one to one; any other shows a replacement for one character or construct.
    """

    shown: int
    source: int
    length: int
    verbatim: bool


@dataclass(frozen=True, slots=True)
class Plain:
    """The shown `text` of a span, the pieces that map it back, and the spans of source that must not be cut."""

    text: str
    pieces: tuple[Piece, ...]
    atoms: tuple[tuple[int, int], ...] = ()
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def source_index(self, index: int) -> int:
        """The offset in the document of shown character `index` (0 <= index < len(text))."""
        if not 0 <= index < len(self.text):
            raise IndexError(index)
        if not self._starts:
            self._starts.extend(piece.shown for piece in self.pieces)
        piece = self.pieces[bisect_right(self._starts, index) - 1]
        return piece.source + (index - piece.shown if piece.verbatim else 0)

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest span of the document that shows `text[start:end]` and cuts no link and no emphasis."""
        first, last = self.source_index(start), self.source_index(end - 1) + 1
        changed = True
        while changed:  # widening over one atom can touch the next
            changed = False
            for low, high in self.atoms:
                if low < last and first < high and (low < first or last < high):
                    first, last, changed = min(first, low), max(last, high), True
        return first, last


def plain(text: str, start: int = 0, end: int | None = None, markup: Markup = "markdown") -> Plain:
    """Show `text[start:end]`. Pure; offsets in the result are offsets in `text`."""
    stop = len(text) if end is None else end
    scanner = _Scanner(text, markup)
    scanner.scan(start, stop, at_line_start=start == 0 or text[start - 1] == "\n")
    return scanner.finish()


def plain_text(text: str, start: int = 0, end: int | None = None, markup: Markup = "markdown") -> str:
    """Only the words of `plain`."""
    return plain(text, start, end, markup).text


def find_links(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, int, str]]:
    """Links of a Markdown span: `(start, end, label start, label end, target with its title)`; images left out."""
    position = start
    while (position := text.find("[", position, end)) >= 0:
        parts = _link_parts(text, position, end)
        if parts is None:
            position += 1
            continue
        label_end, target, stop = parts
        if position == start or text[position - 1] != "!":
            yield position, stop, position + 1, label_end, target
        position = stop


class _Scanner:
    """Collects shown pieces from left to right; white space is decided when the next visible piece arrives."""

    def __init__(self, text: str, markup: Markup) -> None:
        self.text = text
        self.markdown = markup == "markdown"
        self.shown: list[str] = []
        self.pieces: list[Piece] = []
        self.atoms: list[tuple[int, int]] = []
        self.length = 0
        self.gap: tuple[str, int] | None = None  # pending white space and where it stood
        self.strong: int | None = None  # where bold opened
        self.em: list[int] = []

    def scan(self, position: int, end: int, *, at_line_start: bool) -> None:
        text = self.text
        if at_line_start and self.markdown:
            position = self._line_mark(position, end)
        pattern = _MARKDOWN if self.markdown else _PLAIN
        while position < end:
            match = pattern.search(text, position, end)
            if match is None:
                self._verbatim(position, end)
                break
            if match.start() > position:
                self._verbatim(position, match.start())
            position = self._special(match, end)
        # A closing mark outside the span leaves the atom open: it is not in the span, so nothing is cut.

    def finish(self) -> Plain:
        return Plain("".join(self.shown), tuple(self.pieces), tuple(sorted(self.atoms)))

    def _special(self, match: re.Match[str], end: int) -> int:
        kind, at = match.lastgroup, match.start()
        if kind == "break":
            return self._line_break(match, end)
        if kind == "spaces":
            self._space(" ", at)
        elif kind == "escape":
            self._verbatim(at + 1, at + 2)
        elif kind == "link":
            return self._link(at, end)
        elif kind == "auto":
            self._verbatim(match.start("address"), match.end("address"))
            self.atoms.append(match.span())
        elif kind == "html":
            self._space(" ", at)
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
        closing = [c for c in self.em if start <= c < end]  # single marks that close here are not shown
        for cut in closing:
            self.em.remove(cut)
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
        self.pieces.append(Piece(self.length, source, len(shown), verbatim))
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
        hard = match.group().startswith("  ") or newlines > 1
        after = match.end()
        # `\s*` may have eaten the indentation of the next line, never its mark.
        block = bool(_STARTS_BLOCK.match(self.text, after, end))
        self._space("\n" if hard or (self.markdown and block) or not self.markdown else " ", match.start())
        return self._line_mark(after, end) if self.markdown else after

    def _line_mark(self, position: int, end: int) -> int:
        match = _LINE_MARK.match(self.text, position, end)
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
        parts = _link_parts(self.text, opening, end)
        if parts is None:
            self._append_char(at, opening + 1)
            return opening + 1
        label_end, target, stop = parts
        if not image and not _PAGE_CONTROL.match(target):
            self.atoms.append((at, stop))
            self.scan(opening + 1, label_end, at_line_start=True)
        return stop

    def _append_char(self, start: int, end: int) -> None:
        self._close_gap()
        self._append(self.text[start:end], start, verbatim=True)

    def _code(self, match: re.Match[str], end: int) -> int:
        fence = match.group()
        close = self.text.find(fence, match.end(), end)
        if close < 0 or "\n\n" in self.text[match.end() : close]:
            self._append_char(*match.span())
            return match.end()
        self._verbatim(match.end(), close)
        self.atoms.append((match.start(), close + len(fence)))
        return close + len(fence)

    def _toggle_strong(self, match: re.Match[str]) -> None:
        if self.strong is None:
            self.strong = match.start()
        else:
            self.atoms.append((self.strong, match.end()))
            self.strong = None

    def _emphasis(self, match: re.Match[str], end: int) -> None:
        mark = match.group()
        closing = re.compile(rf"(?<=[^\s{re.escape(mark)}])\{mark}(?![\w{re.escape(mark)}])")
        close = closing.search(self.text, match.end(), end)
        if close is None:
            self._append_char(*match.span())
            return
        self.em.append(close.start())
        self.atoms.append((match.start(), close.end()))

    def _entity(self, match: re.Match[str]) -> None:
        shown = html.unescape(match.group())
        if shown.isspace():
            self._space(" ", match.start())
        elif shown.isprintable():
            self._close_gap()
            self._append(shown, match.start(), verbatim=shown == match.group())


def _link_parts(text: str, opening: int, end: int) -> tuple[int, str, int] | None:
    """`(end of the label, target with its title, end of the link)` of the link whose `[` stands at `opening`."""
    limit = min(end, opening + _MAX_LINK)
    label_end = _closing(text, opening, limit, "[", "]")
    if label_end is None or not text.startswith("](", label_end):
        return None
    target_end = _closing(text, label_end + 1, limit, "(", ")")
    if target_end is None:
        return None
    target = text[label_end + 2 : target_end]
    return None if "\n\n" in target else (label_end, target, target_end + 1)


def _closing(text: str, opening: int, end: int, left: str, right: str) -> int | None:
    """Where the bracket at `opening` is closed, brackets inside counted, backslash escapes passed over."""
    depth = 0
    position = opening
    while position < end:
        character = text[position]
        if character == "\\":
            position += 1
        elif character == left:
            depth += 1
        elif character == right:
            depth -= 1
            if depth == 0:
                return position
        elif character == "\n" and text.startswith("\n\n", position):
            return None
        position += 1
    return None
