"""Briefs and comparisons → Markdown that prints well, and text for a terminal.

Every citation has a number, the same wherever the same words are quoted, and one list at the end says for each who
says it, on which page, of which day, how old that is, and where. Documents are hostile: in Markdown all their words are
escaped, and only a web address becomes a link.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from assistant import messages
from assistant.ages import date_in_words
from assistant.briefing.brief import MANY, Brief, TopicBrief, Voice
from assistant.briefing.brief_record import Citations, silences
from assistant.briefing.compare import Comparison
from assistant.choosing.emergency_lines import Line
from assistant.choosing.levels import Level
from assistant.choosing.quotes import Quote
from assistant.render import date_said, escape_markdown, is_web_address, provenance
from index.dates import PartialDate
from index.places import place_name


def to_markdown(shown: Brief | Comparison) -> str:
    """The whole with its citations. Everything from documents is escaped."""
    return _Page(shown, _Markdown()).text()


def to_text(shown: Brief | Comparison) -> str:
    """The same for a terminal."""
    return _Page(shown, _Plain()).text()


class _Plain:
    """How the parts of a page look in a terminal."""

    def title(self, words: str, level: int) -> str:
        return f"{'' if level > 2 else chr(10)}{words.upper() if level < 3 else words}"

    def words(self, words: str) -> str:
        return _one_line(words)

    def item(self, words: str) -> str:
        return f"  · {words}"

    def strong(self, words: str) -> str:
        return self.words(words)

    def quoted(self, shown: str) -> str:
        return "“" + "\n      ".join(_one_line(line) for line in shown.split("\n")) + "”"

    def cited(self, number: int) -> str:
        return f"[{number}]"

    def address(self, url: str | None) -> str:
        return f" {url}" if is_web_address(url) else ""

    def source(self, number: int, words: str) -> str:
        return f"  [{number}] {words}"


class _Markdown(_Plain):
    """How they look in Markdown: a quote stays within its line, so that nothing in it can open a block."""

    def title(self, words: str, level: int) -> str:
        return f"\n{'#' * level} {self.words(words)}\n"

    def words(self, words: str) -> str:
        return escape_markdown(_one_line(words))

    def item(self, words: str) -> str:
        return f"- {words}"

    def strong(self, words: str) -> str:
        return f"**{self.words(words)}**" if words.strip() else ""

    def quoted(self, shown: str) -> str:
        return "“" + "  \n  ".join(self.words(line) for line in shown.split("\n")) + "”"

    def cited(self, number: int) -> str:
        return f"\\[{number}\\]"

    def address(self, url: str | None) -> str:
        return f" <{url}>" if is_web_address(url) else ""

    def source(self, number: int, words: str) -> str:
        return f"{number}. {words}"


@dataclass
class _Page:
    """One page being written: a brief, or several side by side."""

    shown: Brief | Comparison
    style: _Plain
    citations: Citations = field(default_factory=Citations)

    def text(self) -> str:
        shown = self.shown
        lines = list(self._comparison(shown) if isinstance(shown, Comparison) else self._brief(shown))
        lines += self._sources()
        return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n"

    @property
    def _today(self) -> date:
        return self.shown.briefs[0].today if isinstance(self.shown, Comparison) else self.shown.today

    def _brief(self, brief: Brief) -> Iterator[str]:
        style, parts = self.style, messages.BRIEF_PARTS
        yield style.title(messages.BRIEF_TITLE.format(place=brief.name), 1)
        yield self._made(brief)
        yield style.title(parts["card"], 2)
        yield from self._card(brief)
        yield style.title(parts["levels"], 2)
        yield from (line for level in brief.levels for line in self._level(level, brief.name))
        for said in brief.topics:
            yield style.title(said.topic.title, 2)
            yield from self._topic(said, brief.name)
        if gaps := brief.gaps:
            yield style.title(parts["gaps"], 2)
            yield from (style.item(style.words(topic.title)) for topic in gaps)
            yield "\n" + style.words(messages.TOPIC_UNCOVERED.format(place=brief.name))
        yield from self._notes(brief.notes)

    def _comparison(self, comparison: Comparison) -> Iterator[str]:
        style = self.style
        yield style.title(messages.COMPARISON_TITLE.format(places=comparison.places), 1)
        yield from (self._made(brief) for brief in comparison.briefs)
        yield style.title(messages.BRIEF_PARTS["levels"], 2)
        for brief in comparison.briefs:
            yield style.title(brief.name, 3)
            yield from (line for level in brief.levels for line in self._level(level, brief.name, 4))
        for topic, said in comparison.topics:
            yield style.title(topic.title, 2)
            for brief, here in zip(comparison.briefs, said, strict=True):
                yield style.title(brief.name, 3)
                yield from self._topic(here, brief.name, 4)
        yield from self._notes(note for brief in comparison.briefs for note in brief.notes)

    def _made(self, brief: Brief) -> str:
        day = date_in_words(PartialDate.parse(brief.today))
        documents = messages.documents(brief.documents)
        return self.style.words(messages.BRIEF_MADE.format(date=day, documents=documents, place=brief.name))

    def _card(self, brief: Brief) -> Iterator[str]:
        style = self.style
        if not brief.card.services:
            yield style.words(messages.EMERGENCY_NO_NUMBER.format(place=brief.name))
        for key, service in brief.card.rows if brief.card.services else ():
            yield style.title(messages.CARD_SERVICES[key], 3)
            if service is None:
                yield style.words(messages.CARD_SILENT)
                continue
            if service.differ:
                yield style.words(messages.CARD_DIFFER)
            yield from (style.item(self._line(line)) for line in service.lines)
        if brief.passport is not None:
            yield style.title(messages.CONSULATE.format(country=place_name(brief.passport)), 3)
            consulate = brief.card.consulate(brief.passport)
            if consulate is None:
                yield style.words(messages.CONSULATE_NONE.format(place=brief.name))
            yield from (style.item(self._line(line)) for line in (consulate.lines if consulate else ()))
        if brief.card.remarks:
            yield style.title(messages.BRIEF_PARTS["remarks"], 3)
            yield from (style.item(self._quote(quote)) for quote in brief.card.remarks)

    def _line(self, line: Line) -> str:
        shown = line.quote.shown
        numbers = " · ".join(self.style.strong(shown[n.start : n.end]) for n in line.numbers)
        said = self.style.strong(messages.CARD_ABSENT) if line.absent else numbers
        return f"{said} – {self._quote(line.quote)}"

    def _level(self, level: Level, place: str, depth: int = 3) -> Iterator[str]:
        style = self.style
        yield style.title(level.publisher, depth)
        if not level.pages:
            yield style.words(messages.BRIEF_GAPS["no_pages"].format(place=place))
            return
        if level.document is None or level.words is None:
            yield style.words(f"{messages.LEVEL_NONE} {level.scale}")
            return
        yield f"{style.strong(level.words)} – {style.words(provenance(level.document, self._today))}"
        if level.scale:
            yield "\n" + style.words(level.scale) + "\n"
        if not level.quotes:
            yield style.words(messages.LEVEL_NOT_SAID)
        yield from (style.item(self._quote(quote, who=False)) for quote in level.quotes)

    def _topic(self, said: TopicBrief, place: str, depth: int = 3) -> Iterator[str]:
        style = self.style
        if not said.covered:
            yield style.words(messages.TOPIC_UNCOVERED.format(place=place)) + "\n"
        for voice in said.governments:
            if voice.quotes:
                yield style.title(voice.publisher, depth)
                yield from self._voice(voice)
        yield ""
        silent = silences(said.governments, place)
        yield from (style.item(style.words(f"{'; '.join(who)}: {why}")) for why, who in silent.items())
        if said.others:
            yield style.title(messages.TOPIC_OTHERS, depth)
            yield from (style.item(self._quote(quote)) for voice in said.others for quote in voice.quotes)
        if said.ours:
            yield ""
            yield style.words(messages.TOPIC_OURS)
            yield ""
            yield from (style.item(self._quote(quote)) for voice in said.ours for quote in voice.quotes)

    def _voice(self, voice: Voice) -> Iterator[str]:
        style = self.style
        for quote, shared in zip(voice.quotes, voice.shared, strict=True):
            words = self._quote(quote, who=False)
            if shared >= MANY:
                words += " " + style.words(f"({messages.SAID_OF_MANY.format(number=shared)})")
            yield style.item(words)

    def _quote(self, quote: Quote, *, who: bool = True) -> str:
        """The quote under the line that introduces it, its number, and who says it when."""
        style = self.style
        above = f"{style.words(quote.heading_words[-1])}: " if quote.heading_words else ""
        said = quote.document.publisher or quote.document.source
        source = f"{said}, {date_said(quote.document)}" if who else date_said(quote.document)
        return f"{above}{style.quoted(quote.shown)} {style.cited(self.citations.number(quote))} {style.words(source)}"

    def _notes(self, notes: Iterable[str]) -> Iterator[str]:
        if once := dict.fromkeys(notes):
            yield self.style.title(messages.BRIEF_PARTS["notes"], 2)
            yield from (self.style.item(self.style.words(note)) for note in once)

    def _sources(self) -> Iterator[str]:
        if self.citations.quotes:
            yield self.style.title(messages.BRIEF_PARTS["sources"], 2)
        for number, quote in enumerate(self.citations.quotes, start=1):
            words = self.style.words(provenance(quote.document, self._today))
            yield self.style.source(number, words + self.style.address(quote.document.url))


def _one_line(words: str) -> str:
    return " ".join(words.split())
