"""An Answer as HTML for the conversation: numbered quotes, each with who says it and how old it is."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from urllib.parse import quote, urlencode

from assistant import messages
from assistant.chat import words
from assistant.chat.ageing import limits
from assistant.chat.html import paragraphs, path, publisher, when
from assistant.chat.options import naming
from assistant.chat.steps import steps
from assistant.choosing.numbers import phone_numbers
from assistant.choosing.quotes import Quote
from assistant.feedback import Verdict
from assistant.outcome import Answer, Status
from assistant.render import to_markdown
from assistant.understanding.emergency_sheet import Sheet
from assistant.understanding.wanted import Wanted
from index.documents import Document, Kind

_LARGE = 90  # characters: an emergency quote with a number, this short, is set large
_CALL = '<a class="sc-call"'
_NARROW = 240  # characters: a longer quote takes the whole width where sources stand side by side
_SEARCHED = ("place_not_covered", "fact_not_covered", "only_outdated")


def reply(answer: Answer, turn: int, feedback: str = "") -> str:
    """The answer to turn number `turn`. Its quotes link to the evidence of the same turn, without a script.

    `feedback` is the id under which a verdict may come; "" asks for none.
    """
    parts = [_steps(answer), _message(answer), *map(_note, answer.notes)]
    groups = [list(group) for _, group in groupby(enumerate(answer.quotes, start=1), key=lambda q: q[1].document.key)]
    if groups:
        items = "".join(_group(answer, turn, group) for group in groups)
        sides = " sc-sides" if len(groups) > 1 and _beside(answer) else ""
        parts.append(f'<ol class="sc-quotes{sides}">{items}</ol>')
    if answer.closest:
        keyed = {hit.document.key: n for n, hit in reversed(list(enumerate(answer.closest, start=1)))}
        items = "".join(_closest(answer, turn, n, answer.closest[n - 1].document) for n in sorted(keyed.values()))
        parts.append(f'<p class="sc-note">{escape(messages.CLOSEST)}</p><ul class="sc-closest">{items}</ul>')
    parts += map(_note, answer.staleness)
    parts.append(_foot(answer, feedback))
    name = answer.status.value.replace("_", "-")
    return _article(f"sc-{name}", turn, "".join(parts))


def notice(
    text: str, turn: int, *, emergency: str = "", waiting: bool = False, sheet: Sheet | None = None, before: str = ""
) -> str:
    """A reply without an answer: `text`, under the emergency message and the country's numbers where there are any.

    `before` is HTML that stands above all of it.
    """
    kind = f"{'sc-emergency' if emergency else 'sc-notice'}{' sc-waiting' * waiting}"
    first = f'<p class="sc-message">{escape(emergency)}</p>' if emergency else ""
    said = f"<p>{escape(text)}</p>" if text else ""
    return _article(kind, turn, f"{before}{first}{_numbers(sheet) if sheet else ''}{said}")


def _numbers(sheet: Sheet) -> str:
    """The lines of a fact sheet, each of which names its source and date, with their numbers as links that dial."""
    region = sheet.document.about[0]
    lines = "".join(f"<li><blockquote>{_with_calls(line, region)}</blockquote></li>" for line in sheet.lines)
    who = f'<span class="sc-publisher sc-compiled">{publisher(sheet.document, short=True)}</span>'
    return f'<ul class="sc-numbers">{lines}</ul><p class="sc-source">{who}</p>'


def _article(kind: str, turn: int, content: str) -> str:
    label = escape(words.ANSWER, quote=True)
    return (
        f'<article class="sc-answer {kind}" id="answer-{turn}" tabindex="-1" aria-label="{label}">{content}</article>'
    )


def _steps(answer: Answer) -> str:
    """How the question was read and how much was searched, where there was a search; an emergency comes before it."""
    searched = answer.status is Status.ANSWERED or answer.reason in _SEARCHED
    return steps(answer.question, answer.searched) if searched else ""


def _note(note: str) -> str:
    return f'<p class="sc-note">{escape(note)}</p>'


def _beside(answer: Answer) -> bool:
    """Whether the sources are heard side by side: they differ, or each government speaks for itself."""
    asked = answer.question
    return messages.DISAGREE in answer.notes or asked.wanted is Wanted.LEVEL or asked.each_government


def _message(answer: Answer) -> str:
    return f'<p class="sc-message">{escape(answer.message)}</p>' if answer.message else ""


def _group(answer: Answer, turn: int, group: list[tuple[int, Quote]]) -> str:
    """Neighbouring quotes of one document, and once for all of them where they stand."""
    document = group[0][1].document
    quotes = "".join(_quote(answer, turn, number, quote) for number, quote in group)
    wide = " sc-wide" if max(len(quote.shown) for _, quote in group) > _NARROW else ""
    return f'<li class="sc-group{wide}" value="{group[0][0]}">{quotes}{_source(answer, document)}</li>'


def _quote(answer: Answer, turn: int, number: int, quote: Quote) -> str:
    urgent = answer.status is Status.EMERGENCY
    calls = urgent or answer.question.wanted is Wanted.PHONE
    region = answer.question.places[0] if answer.question.places else None
    shown = _with_calls(quote.shown, region) if calls else paragraphs(quote.shown)
    subject = path(quote.heading_words[-1:], "")
    large = " sc-large" if urgent and len(quote.shown) <= _LARGE and _CALL in shown else ""
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
        yield f'{_CALL} href="tel:{dialled}">{escape(shown[start:end])}</a>'
        position = end
    yield paragraphs(shown[position:])


def _closest(answer: Answer, turn: int, number: int, document: Document) -> str:
    title = f'<a href="#closest-{turn}-{number}">{escape(document.title)}</a>'
    return f"<li>{title}{_source(answer, document, title=False)}</li>"


def _source(answer: Answer, document: Document, *, title: bool = True) -> str:
    named = f'<span class="sc-title">{escape(document.title)}</span>' if title else ""
    ours = " sc-compiled" if document.kind is Kind.COMPILED else ""
    who = f'<span class="sc-publisher{ours}">{publisher(document, short=True)}</span>'
    dated = when(document, answer.question.today, limits(answer.question))
    return f'<p class="sc-source">{who}{named}<span class="sc-when">{dated}</span></p>'


def _foot(answer: Answer, feedback: str) -> str:
    """What can be done with the answer: copy it with its sources, copy its address, say what it was worth."""
    verdicts = _verdicts(feedback) if feedback else ""
    question = answer.question
    asked = question.standalone or question.words
    if len(question.places) == 1:
        asked = naming(asked, question.places[0])
    copied = _button("sc-copy", words.COPY, words.COPIED, words.NOT_COPIED, f'data-copy="{_q(to_markdown(answer))}"')
    address = f'data-address="{_q("#" + urlencode({"q": asked}, quote_via=quote))}"'
    linked = _button("sc-copy", words.COPY_LINK, words.COPIED, words.NOT_COPIED, address)
    return f'<div class="sc-foot">{verdicts}<span class="sc-carry">{copied * bool(answer.quotes)}{linked}</span></div>'


def _verdicts(id: str) -> str:
    buttons = "".join(
        _button("sc-verdict", label, words.KEPT, words.NOT_KEPT, f'data-answer="{_q(id)}" data-verdict="{verdict}"')
        for verdict, label in ((Verdict.HELPFUL, words.HELPFUL), (Verdict.WRONG, words.WRONG))
    )
    return f'<span class="sc-verdicts" title="{_q(words.FEEDBACK_WHERE)}">{buttons}</span>'


def _button(kind: str, label: str, done: str, failed: str, data: str) -> str:
    said = f'data-done="{_q(done)}" data-failed="{_q(failed)}"'
    return f'<button type="button" class="{kind}" {data} {said}>{escape(label)}</button>'


def _q(text: str) -> str:
    return escape(text, quote=True)
