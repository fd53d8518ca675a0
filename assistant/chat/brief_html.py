"""A destination brief as HTML: the emergency card, each government's level, the topics side by side, and the gaps."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from html import escape
from itertools import groupby
from urllib.parse import quote as url_quote

from assistant import messages
from assistant.ages import date_in_words
from assistant.briefing.brief import MANY, Brief, TopicBrief, Voice
from assistant.briefing.brief_record import silences
from assistant.briefing.emergency_card import Service
from assistant.chat import view_words as words
from assistant.chat.ageing import LATE, SOON
from assistant.chat.brief_sources import Numbered, subject
from assistant.chat.html import paragraphs, publisher, when
from assistant.chat.words import COPIED, COPY_LINK, NOT_COPIED
from assistant.choosing.emergency_lines import Line
from assistant.choosing.levels import Level
from index.dates import PartialDate
from index.places import place_name


def brief_html(brief: Brief, numbered: Numbered, markdown: str) -> str:
    """The whole brief; `markdown` is the same to carry away."""
    parts = messages.BRIEF_PARTS
    sections = [
        ("card", parts["card"], _card(brief, numbered)),
        ("levels", parts["levels"], levels_html(brief, numbered)),
    ]
    sections += [(said.topic.key, said.topic.title, topic_html(said, brief.name, numbered)) for said in brief.topics]
    sections += [("gaps", parts["gaps"], _gaps(brief))] if brief.gaps else []
    sections += [("notes", parts["notes"], notes_html(brief.notes))] if brief.notes else []
    sections += [("sources", parts["sources"], numbered.sources_html())]
    shown = "".join(
        f'<section class="sc-brief-{key}" id="brief-{key}"><h3 tabindex="-1">{escape(title)}</h3>{html}</section>'
        for key, title, html in sections
    )
    jumps = "".join(
        f'<li><a class="sc-jump" href="#brief-{key}">{escape(title)}</a></li>' for key, title, _ in sections
    )
    address = f"#brief={brief.place}" + (f"&passport={brief.passport}" if brief.passport else "")
    title = escape(messages.BRIEF_TITLE.format(place=brief.name))
    return (
        f'<article class="sc-brief"><header><h2 tabindex="-1">{title}</h2><p class="sc-why">{escape(_made(brief))}</p>'
        f"{carry_html(address, f'brief-{brief.place}.md', markdown)}</header>"
        f'<nav class="sc-jumps" aria-label="{escape(words.CONTENTS, quote=True)}"><ul>{jumps}</ul></nav>'
        f"{shown}</article>"
    )


def carry_html(address: str, name: str, markdown: str) -> str:
    """What can be taken along: the address, a print, the Markdown, which the page holds itself and no file keeps."""
    data = f"data:text/markdown;charset=utf-8;base64,{b64encode(markdown.encode('utf-8', 'replace')).decode()}"
    said = f'data-done="{escape(COPIED, quote=True)}" data-failed="{escape(NOT_COPIED, quote=True)}"'
    where = escape(url_quote(address, safe="#=&,"), quote=True)
    return (
        '<p class="sc-carry-along">'
        f'<button type="button" class="sc-print">{escape(words.PRINT)}</button>'
        f'<a class="sc-download" download="{escape(name, quote=True)}" href="{data}">{escape(words.DOWNLOAD)}</a>'
        f'<button type="button" class="sc-copy" data-address="{where}" {said}>{escape(COPY_LINK)}</button></p>'
    )


def levels_html(brief: Brief, numbered: Numbered) -> str:
    """Each government's level in its own words and scale, side by side."""
    shown = "".join(f"<li>{level_html(level, brief, numbered)}</li>" for level in brief.levels)
    return f'<ul class="sc-columns">{shown}</ul>'


def level_html(level: Level, brief: Brief, numbered: Numbered, *, named: bool = True) -> str:
    """One government's level with its date, and what it says of areas; or that none was found."""
    who = f"<h4>{escape(level.publisher)}</h4>" if named else ""
    if not level.pages:
        return f'{who}<p class="sc-gap">{escape(messages.BRIEF_GAPS["no_pages"].format(place=brief.name))}</p>'
    if level.document is None or level.words is None:
        return f'{who}<p class="sc-gap">{escape(messages.LEVEL_NONE)}</p><p class="sc-why">{escape(level.scale)}</p>'
    first, *areas = [numbered.quote_html(quote, dated=False) for quote in level.quotes] or [""]
    said = first or f'<p class="sc-why">{escape(messages.LEVEL_NOT_SAID)}</p>'
    more = ""
    if areas:
        title = escape(words.AREAS.format(count=len(areas)))
        more = f"<details><summary>{title}</summary>{''.join(areas)}</details>"
    return (
        f'{who}<p class="sc-level-words">{escape(level.words)}</p>'
        f'<p class="sc-when">{when(level.document, brief.today, SOON)}</p>'
        f'{said}{more}<p class="sc-why">{escape(level.scale)}</p>'
    )


def topic_html(said: TopicBrief, place: str, numbered: Numbered) -> str:
    """One topic: a column for each government that speaks of it, those that do not below, then all others."""
    parts = [] if said.covered else [f'<p class="sc-gap">{escape(messages.TOPIC_UNCOVERED.format(place=place))}</p>']
    speaking = [voice for voice in said.governments if voice.quotes]
    columns = "".join(f"<li><h4>{escape(voice.publisher)}</h4>{voice_html(voice, numbered)}</li>" for voice in speaking)
    parts.append(f'<ul class="sc-columns">{columns}</ul>' if columns else "")
    parts.append(silent_html(said.governments, place))
    others = "".join(voice_html(voice, numbered, named=True) for voice in said.others)
    ours = "".join(voice_html(voice, numbered) for voice in said.ours)
    for title, quotes in ((messages.TOPIC_OTHERS, others), (messages.TOPIC_OURS, ours)):
        if quotes:
            parts.append(f'<div class="sc-apart"><h4>{escape(title)}</h4><div class="sc-beside">{quotes}</div></div>')
    return "".join(parts)


def voice_html(voice: Voice, numbered: Numbered, *, named: bool = False) -> str:
    """A publisher's quotes on a topic, with a remark where many places share their words."""
    shown = ""
    for quote, shared in zip(voice.quotes, voice.shared, strict=True):
        remark = messages.SAID_OF_MANY.format(number=shared) if shared >= MANY else ""
        shown += numbered.quote_html(quote, remark=remark, who=publisher(quote.document, short=True) if named else "")
    return shown


def silent_html(voices: Iterable[Voice], place: str) -> str:
    """Who has no quote on a topic, and why: those with the same reason together."""
    silent = silences(voices, place)
    items = "".join(f"<li><strong>{escape('; '.join(who))}:</strong> {escape(why)}</li>" for why, who in silent.items())
    return f'<ul class="sc-silent">{items}</ul>' if items else ""


def notes_html(notes: Iterable[str]) -> str:
    """How current the sources are."""
    return f"<ul>{''.join(f'<li>{escape(note)}</li>' for note in dict.fromkeys(notes))}</ul>"


def _made(brief: Brief) -> str:
    day = date_in_words(PartialDate.parse(brief.today))
    return messages.BRIEF_MADE.format(date=day, documents=messages.documents(brief.documents), place=brief.name)


def _gaps(brief: Brief) -> str:
    items = "".join(f"<li>{escape(topic.title)}</li>" for topic in brief.gaps)
    return f"<ul>{items}</ul><p>{escape(messages.TOPIC_UNCOVERED.format(place=brief.name))}</p>"


def _card(brief: Brief, numbered: Numbered) -> str:
    """The numbers, large, each with who says so and when; then the traveller's own embassy."""
    return f"{_services(brief, numbered)}{_consular(brief, numbered)}{_remarks(brief, numbered)}"


def _services(brief: Brief, numbered: Numbered) -> str:
    if not brief.card.services:
        return f'<p class="sc-gap">{escape(messages.EMERGENCY_NO_NUMBER.format(place=brief.name))}</p>'
    shown = "".join(_service(key, service, brief, numbered) for key, service in brief.card.rows)
    return f'<div class="sc-numbers">{shown}</div>'


def _consular(brief: Brief, numbered: Numbered) -> str:
    """What the government of the passport says of its embassies; each number under its heading, which says whose."""
    if brief.passport is None:
        return ""
    country = place_name(brief.passport)
    service = brief.card.consulate(brief.passport)
    none = f'<p class="sc-gap">{escape(messages.CONSULATE_NONE.format(place=brief.name))}</p>'
    said = "".join(f"<div>{one}</div>" for one in _said(service, brief, numbered, under=True)) if service else none
    title = escape(messages.CONSULATE.format(country=country))
    return f'<div class="sc-consular"><h4>{title}</h4><div class="sc-beside">{said}</div></div>'


def _remarks(brief: Brief, numbered: Numbered) -> str:
    quotes = brief.card.remarks
    said = "".join(numbered.quote_html(quote, who=publisher(quote.document, short=True)) for quote in quotes)
    title = escape(messages.BRIEF_PARTS["remarks"])
    return f'<div class="sc-remarks"><h4>{title}</h4><div class="sc-beside">{said}</div></div>' if said else ""


def _service(key: str, service: Service | None, brief: Brief, numbered: Numbered) -> str:
    title = f"<h4>{escape(messages.CARD_SERVICES[key])}</h4>"
    if service is None:
        return f'<div class="sc-service">{title}<p class="sc-gap">{escape(messages.CARD_SILENT)}</p></div>'
    differ = f'<p class="sc-differ">{escape(messages.CARD_DIFFER)}</p>' if service.differ else ""
    return f'<div class="sc-service">{title}{differ}{"".join(_said(service, brief, numbered))}</div>'


def _said(service: Service, brief: Brief, numbered: Numbered, *, under: bool = False) -> Iterator[str]:
    """Each answer once, in large type, with all who give it; `under` the heading that tells whose number it is."""
    ranked = {dialled: n for n, dialled in reversed(list(enumerate(line.dialled for line in service.lines)))}
    by_answer = sorted(service.lines, key=lambda line: ranked[line.dialled])
    for _, group in groupby(by_answer, key=lambda line: ranked[line.dialled]):
        lines = list(group)
        who = "".join(
            f"<li>{numbered.badge(line.quote)} {publisher(line.quote.document, short=True)}, "
            f"{when(line.quote.document, brief.today, LATE)}"
            f"{subject(line.quote) if under else ''}<blockquote>{paragraphs(line.quote.shown)}</blockquote></li>"
            for line in lines
        )
        yield f'<p class="sc-dial">{_dial(lines[0])}</p><ul class="sc-who">{who}</ul>'


def _dial(line: Line) -> str:
    if line.absent:
        return f'<span class="sc-absent">{escape(messages.CARD_ABSENT)}</span>'
    shown = line.quote.shown
    once = {number.digits: shown[number.start : number.end] for number in reversed(line.numbers)}
    links = (
        f'<a class="sc-call" href="tel:{url_quote(digits, safe="+")}">{escape(told)}</a>'
        for digits, told in reversed(once.items())
    )
    return " ".join(links)
