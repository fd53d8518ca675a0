"""Plain text and Markdown: the file's own characters are the text, newlines and front matter included."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.errors import UnreadableError
from index.readers import metadata, sniff
from index.readers.decoding import decode
from index.readers.metadata import Extracted, Metadata

_FENCE = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_WORDS = re.compile(r"[^\W_]")
_TITLE_LENGTH = 200  # characters; a first line longer than this is a paragraph
_TITLE_WINDOW = 20_000  # characters in which a heading is looked for
_PARSER = MarkdownIt("commonmark")


def read(raw: bytes) -> Extracted:
    """A plain text file; its title is its first line that is not empty. Raises UnreadableError."""
    text, body = _characters(raw)
    _require_words(text, body)
    first = next(line.strip() for line in text[body:].splitlines() if line.strip())
    title = first if len(first) <= _TITLE_LENGTH else first[:_TITLE_LENGTH].rsplit(None, 1)[0] + " …"
    return Extracted(text, "plain", Metadata(title=" ".join(title.split())), body)


def read_markdown(raw: bytes) -> Extracted:
    """A Markdown file; its title is its front matter's, else its first heading. Raises UnreadableError."""
    text, body = _characters(raw)
    known = Metadata()
    fence = _FENCE.match(text, body)
    if fence:
        closing = _CLOSING.search(text, fence.end())
        if closing is None:
            raise UnreadableError("front matter: opened by --- in line 1 and never closed")
        known = metadata.parse(text[fence.end() : closing.start()], "front matter", first_line=2)
        body = closing.end()
    _require_words(text, body)
    return Extracted(
        text, "markdown", known.over(Metadata(title=_first_heading(text[body : body + _TITLE_WINDOW]))), body
    )


def _characters(raw: bytes) -> tuple[str, int]:
    """The text, and where it begins: after the byte-order mark, which stays so that offsets are the file's own."""
    sniff.check(raw, "text")
    text = decode(raw)
    if "\0" in text:
        raise UnreadableError("not what its name says (looks like binary data)")
    return text, int(text.startswith("\ufeff"))


def _require_words(text: str, body: int) -> None:
    if not _WORDS.search(text, body):
        raise UnreadableError("no text in it")


def _first_heading(text: str) -> str | None:
    tokens = _PARSER.parse(text)
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            words = "".join(_shown(child) for child in inline.children or ())
            if words.strip():
                return " ".join(words.split())
    return None


def _shown(token: Token) -> str:
    return " " if token.type.endswith("break") else token.content if token.type in ("text", "code_inline") else ""
