"""An Answer as HTML for the conversation: numbered quotes, each with who says it and how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from assistant import messages
from assistant.chat import words
from assistant.chat.html import paragraphs, path, publisher, when
from assistant.emergency_sheet import Sheet
from assistant.evidence import Quote
from assistant.numbers import phone_numbers
from assistant.outcome import Answer, Status
from assistant.render import to_markdown, understood
from assistant.wanted import Wanted
from index.documents import Document, Kind

_LARGE = 90  # characters: an emergency quote this short is set large


def reply(answer: Answer, turn: int) -> str:
    """The answer to turn number `turn`. Its quotes link to the evidence of the same turn, without a script."""
    parts = [_understood(answer), _message(answer)]
    parts += [f'<p class="sc-note">{escape(note)}</p>' for note in answer.notes]
    numbered = list(enumerate(answer.quotes, start=1))
    groups = groupby(numbered, key=lambda item: item[1].document.key)
    if numbered:
        items = "".join(_group(answer, turn, list(group)) for _, group in groups)
        parts.append(f'<ol class="sc-quotes">{items}</ol>')
    if answer.closest:
        first = {hit.document.key: n for n, hit in reversed(list(enumerate(answer.closest, start=1)))}
        items = "".join(_closest(answer, turn, n, answer.closest[n - 1].document) for n in sorted(first.values()))
        parts.append(f'<p class="sc-note">{escape(messages.CLOSEST)}</p><ul class="sc-closest">{items}</ul>')
    parts.append(_foot(answer))
    name = answer.status.value.replace("_", "-")
    return _article(f"sc-{name}", turn, "".join(parts))


def notice(text: str, turn: int, *, emergency: str = "", waiting: bool = False, sheet: Sheet | None = None) -> str:
    """A reply without an answer: `text`, under the emergency message and the country's numbers where there are any."""
    kind = f"{'sc-emergency' if emergency else 'sc-notice'}{' sc-waiting' * waiting}"
    first = f'<p class="sc-message">{escape(emergency)}</p>' if emergency else ""
    return _article(kind, turn, f"{first}{_numbers(sheet) if sheet else ''}<p>{escape(text)}</p>")


def _numbers(sheet: Sheet) -> str:
    """The lines of a fact sheet, each of which names its source and date, with their numbers as links that dial."""
    region = sheet.document.about[0]
    lines = "".join(f"<li><blockquote>{_with_calls(line, region)}</blockquote></li>" for line in sheet.lines)
    who = f'<span class="sc-publisher sc-compiled">{publisher(sheet.document, short=True)}</span>'
    return f'<ul class="sc-numbers">{lines}</ul><p class="sc-source">{who}</p>'


def _article(kind: str, turn: int, content: str) -> str:
    label = escape(words.ANSWER, quote=True)
    return f'<article class="sc-answer {kind}" id="answer-{turn}" aria-label="{label}">{content}</article>'


def _understood(answer: Answer) -> str:
    """What a follow-up was taken to mean, where that is more than its own words."""
    meant = understood(answer)
    if meant.casefold() == answer.question.words.strip().casefold():
        return ""
    return f'<p class="sc-understood">{escape(words.UNDERSTOOD.format(words=meant))}</p>'


def _message(answer: Answer) -> str:
    return f'<p class="sc-message">{escape(answer.message)}</p>' if answer.message else ""


def _group(answer: Answer, turn: int, group: list[tuple[int, Quote]]) -> str:
    """Neighbouring quotes of one document, and once for all of them where they stand."""
    document = group[0][1].document
    quotes = "".join(_quote(answer, turn, number, quote) for number, quote in group)
    return f'<li class="sc-group" value="{group[0][0]}">{quotes}{_source(answer, document)}</li>'


def _quote(answer: Answer, turn: int, number: int, quote: Quote) -> str:
    urgent = answer.status is Status.EMERGENCY
    calls = urgent or answer.question.wanted is Wanted.PHONE
    region = answer.question.places[0] if answer.question.places else None
    shown = _with_calls(quote.shown, region) if calls else paragraphs(quote.shown)
    subject = path(quote.heading_words[-1:], "")
    large = " sc-large" if urgent and len(quote.shown) <= _LARGE else ""
    label = escape(words.QUOTE_LINK.format(number=number), quote=True)
    return (
        f'<div class="sc-quote{large}" id="quote-{turn}-{number}">'
        f'<a class="sc-badge" href="#evidence-{turn}-{number}" aria-label="{label}">{number}</a>'
        f'<div><p class="sc-subject">{subject}</p><blockquote>{shown}</blockquote></div></div>'
    )


def _with_calls(shown: str, region: str | None) -> str:
    """The quote with its telephone numbers as links that dial; its words are unchanged."""
    return "".join(_pieces(shown, region))


def _pieces(shown: str, region: str | None) -> Iterator[str]:
    position = 0
    for start, end, digits in phone_numbers(shown, region):
        yield paragraphs(shown[position:start])
        dialled = escape(digits.replace("#", "%23").replace("*", "%2A"), quote=True)
        yield f'<a class="sc-call" href="tel:{dialled}">{escape(shown[start:end])}</a>'
        position = end
    yield paragraphs(shown[position:])


def _closest(answer: Answer, turn: int, number: int, document: Document) -> str:
    title = f'<a href="#closest-{turn}-{number}">{escape(document.title)}</a>'
    return f"<li>{title}{_source(answer, document, title=False)}</li>"


def _source(answer: Answer, document: Document, *, title: bool = True) -> str:
    named = f'<span class="sc-title">{escape(document.title)}</span>' if title else ""
    ours = " sc-compiled" if document.kind is Kind.COMPILED else ""
    who = f'<span class="sc-publisher{ours}">{publisher(document, short=True)}</span>'
    return f'<p class="sc-source">{who}{named}<span class="sc-when">{when(document, answer.question.today)}</span></p>'


def _foot(answer: Answer) -> str:
    """How much was searched, and the answer to carry away; without quotes the message says it all."""
    if not answer.quotes:
        return ""
    searched = f"<span>{escape(words.SEARCHED.format(documents=f'{answer.searched:,}'))}</span>"
    carried = escape(to_markdown(answer), quote=True)
    said = f'data-done="{escape(words.COPIED, quote=True)}" data-failed="{escape(words.NOT_COPIED, quote=True)}"'
    button = f'<button type="button" class="sc-copy" data-copy="{carried}" {said}>{escape(words.COPY)}</button>'
    return f'<p class="sc-foot">{searched}{button}</p>'
