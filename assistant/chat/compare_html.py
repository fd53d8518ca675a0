"""A comparison as HTML: each government's levels and each topic, country by country. Nothing is ranked or merged."""

from __future__ import annotations

from html import escape

from assistant import messages
from assistant.briefing.brief import Brief, TopicBrief
from assistant.briefing.compare import Comparison
from assistant.chat.brief_html import carry_html, level_html, notes_html, silent_html, topic_html, voice_html
from assistant.chat.brief_sources import Numbered


def comparison_html(shown: Comparison, numbered: Numbered, markdown: str, topics: list[str]) -> str:
    """The whole; `markdown` is the same to carry away, `topics` those that were asked for."""
    codes = ",".join(brief.place for brief in shown.briefs)
    address = f"#compare={codes}" + (f"&topics={','.join(topics)}" if topics else "")
    name = "-".join(("compare", *(brief.place for brief in shown.briefs))) + ".md"
    parts = messages.BRIEF_PARTS
    sections = [(parts["levels"], _levels(shown, numbered))]
    sections += [(topic.title, _topic(said, shown.briefs, numbered)) for topic, said in shown.topics]
    if notes := [note for brief in shown.briefs for note in brief.notes]:
        sections.append((parts["notes"], notes_html(notes)))
    sections.append((parts["sources"], numbered.sources_html()))
    heading = escape(messages.COMPARISON_TITLE.format(places=shown.places))
    return (
        f'<article class="sc-brief"><header><h2 tabindex="-1">{heading}</h2>'
        f"{carry_html(address, name, markdown)}</header>"
        + "".join(f"<section><h3>{escape(title)}</h3>{html}</section>" for title, html in sections)
        + "</article>"
    )


def _levels(shown: Comparison, numbered: Numbered) -> str:
    """A row for each government, a column for each country."""
    head = "".join(f'<th scope="col">{escape(brief.name)}</th>' for brief in shown.briefs)
    rows = ""
    for publisher, by_place in shown.levels.items():
        cells = ""
        for brief, found in zip(shown.briefs, by_place, strict=True):
            said = "".join(level_html(level, brief, numbered, named=False) for level in found)
            cells += f'<td data-name="{escape(brief.name, quote=True)}">{said}</td>'
        rows += f'<tr><th scope="row">{escape(publisher)}</th>{cells}</tr>'
    return f'<table class="sc-compared"><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>'


def _topic(said: tuple[TopicBrief, ...], briefs: tuple[Brief, ...], numbered: Numbered) -> str:
    """One country: its governments side by side. Several: the countries side by side, the governments within."""
    if len(briefs) == 1:
        return topic_html(said[0], briefs[0].name, numbered)
    columns = ""
    for brief, here in zip(briefs, said, strict=True):
        quotes = "".join(
            f'<div class="sc-voice"><h5>{escape(voice.publisher)}</h5>{voice_html(voice, numbered)}</div>'
            for voice in (*here.governments, *here.others, *here.ours)
            if voice.quotes
        )
        none = (
            "" if here.covered else f'<p class="sc-gap">{escape(messages.TOPIC_UNCOVERED.format(place=brief.name))}</p>'
        )
        columns += f"<li><h4>{escape(brief.name)}</h4>{none}{quotes}{silent_html(here.governments, brief.name)}</li>"
    return f'<ul class="sc-columns">{columns}</ul>'
