"""What the marks of Markdown look like here: the patterns that `index.plain` scans with, and where a link ends.

More forgiving than CommonMark: the archive holds targets with spaces, and links whose label is an image.
"""

from __future__ import annotations

import re

MAX_LINK = 3000  # a "link" longer than this is prose with brackets in it; so is longer bold
_MAX_BRACKETS = 32  # looked at to close one link: a page of nothing but brackets must not take minutes

# Soft hyphens, zero widths, direction marks, tags, and what would steer a terminal or cannot be encoded at all.
_UNSEEN = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0000-\U000e007f"
)
_SPACE = r"(?P<break>[^\S\n]*\n\s*)|(?P<spaces>[^\S\n ]+[^\S\n]*| {2,}[^\S\n]*| [^\S\n ][^\S\n]*)"
_INVISIBLE = f"(?P<invisible>[{_UNSEEN}]+)"
PLAIN = re.compile(f"{_SPACE}|{_INVISIBLE}")
# Where one of the constructs below can begin; finding that first is several times faster than trying them everywhere.
CANDIDATE = re.compile(rf"[\s\\\[!<`*_&{_UNSEEN}](?:(?<! )|(?=\s))")
MARKDOWN = re.compile(
    r"(?P<hard>\\[^\S\n]*\n\s*)"
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<link>!?\[)"
    r"|(?P<auto><(?P<address>(?:https?://|mailto:|tel:)[^<>\s]{1,500})>)"
    r"|(?P<html><br\s*/?>)"
    r"|(?P<comment><!--)"
    r"|(?P<code>`+)"
    r"|(?P<strong>\*{2,}|(?<!\w)_{2,}(?=\w)|(?<=\w)_{2,}(?!\w))"
    r"|(?P<em>(?<![\w*\\])\*(?=[^\s*])|(?<![\w\\])_(?=[^\s_]))"
    r"|(?P<entity>&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});)"
    f"|{_SPACE}|{_INVISIBLE}"
)
# From an opening mark to its end on the same line; "*100*#" is dialled, not emphasised.
EM_REST = {
    "*": re.compile(r"[^*\\\n]*(?:\\.[^*\\\n]*)*(?<!\s)\*(?![\w*#])"),
    "_": re.compile(r"[^_\\\n]*(?:\\.[^_\\\n]*)*(?<!\s)_(?!\w)"),
}
# What may open a line: quote marks, heading marks, list bullets, the colon of a definition, rules of pages and tables.
# "+ 383 38 549 890" is a telephone number that lost its way, not a list.
_RULE = r"\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}"
LINE_MARK = re.compile(
    r"[ \t]*(?:>[ \t]?)*(?:"
    rf"(?P<rule>(?:{_RULE})[^\S\n]*(?=\n|$))"
    r"|(?P<bullet>[*-]|\+(?![ \t]+\d[\d ()./-]{4}))[ \t]+(?=\S)"
    r"|(?P<hashes>\#{1,6})[ \t]+"
    r"|(?P<colon>:)[ \t]+"
    r"|(?P<pipe>\|)[ \t]*"
    r")?"
)
STARTS_BLOCK = re.compile(r"(?:>|[*+-][ \t]|\#{1,6}[ \t]|\d{1,3}[.)][ \t]|\|)")
BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_BRACKETS = {
    "[": re.compile(r"[\[\]]|\\.|\n[^\S\n]*\n"),
    "(": re.compile(r"[()]|\\.|\n[^\S\n]*\n"),
}
_SIMPLE_LINK = re.compile(r"\[(?P<label>[^\[\]\\\n]*)\]\((?P<target>[^()\\\n]*)\)")
PAGE_CONTROL = re.compile(r"\s*javascript:", re.IGNORECASE)


def link_parts(text: str, opening: int, end: int) -> tuple[int, str, int] | None:
    """`(end of the label, target with its title, end of the link)` of the link whose `[` stands at `opening`."""
    limit = min(end, opening + MAX_LINK)
    if simple := _SIMPLE_LINK.match(text, opening, limit):
        return simple.end("label"), simple["target"], simple.end()
    if text.find("](", opening, limit) < 0:
        return None
    label_end = _closing(text, opening, limit, "[", "]")
    if label_end is None or not text.startswith("](", label_end):
        return None
    target_end = _closing(text, label_end + 1, limit, "(", ")")
    if target_end is None:
        return None
    return label_end, text[label_end + 2 : target_end], target_end + 1


def _closing(text: str, opening: int, end: int, left: str, right: str) -> int | None:
    """Where the bracket at `opening` is closed, brackets inside counted, backslash escapes passed over."""
    depth = 0
    for number, match in enumerate(_BRACKETS[left].finditer(text, opening, end)):
        mark = match.group()
        if mark == left:
            depth += 1
        elif mark == right:
            depth -= 1
            if depth == 0:
                return match.start()
        elif "\n" in mark:
            return None  # a link never runs over a blank line
        if number >= _MAX_BRACKETS:
            return None
    return None


def opens_line(text: str, start: int) -> bool:
    """Whether only spaces and tabs stand before an offset on its line."""
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    return start == 0 or text[start - 1] == "\n"
