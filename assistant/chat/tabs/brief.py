"""The Brief tab: a country is chosen, and all that the sources say of it stands side by side."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from html import escape

from assistant.answer import Assistant
from assistant.briefing.brief import brief
from assistant.briefing.brief_render import to_markdown
from assistant.chat import view_words as words
from assistant.chat.brief_html import brief_html
from assistant.chat.brief_sources import Numbered
from assistant.chat.components import gr
from assistant.chat.tabs.choices import passports, places
from assistant.chat.tabs.frame import Frame
from assistant.chat.tabs.shown import Updates, when_asked, when_shown

FROM_ADDRESS = '(filled) => [filled, window.safecite.asked("brief")]'
TO_HEADING = '() => window.safecite.toHeading("sc-brief-shown")'


def build(frame: Frame) -> None:
    """A country, a passport, and the brief."""
    gr.HTML(f'<p class="sc-lead">{escape(words.BRIEF_INTRO)}</p>', elem_classes="sc-view sc-intro")
    with gr.Row(elem_classes="sc-form"):
        place = gr.Dropdown([], label=words.BRIEF_PLACE, interactive=False)
        passport = gr.Dropdown([(words.PASSPORT_NONE, "")], value="", label=words.BRIEF_PASSPORT, interactive=False)
    result = gr.HTML(elem_id="sc-brief-shown", elem_classes="sc-view sc-result")
    address = gr.JSON(visible=False)

    def fill(assistant: Assistant, asked: Mapping[str, str] | None) -> Updates:
        """The countries covered; the brief that the address asks for: #brief=KZ&passport=GB.

        What is chosen already is left alone: it may be chosen anew while this is on its way.
        """
        snapshot = assistant.live()
        where, own = places(snapshot), passports(snapshot)
        wanted = str((asked or {}).get("brief", "")).upper()
        if not wanted:
            return gr.Dropdown(where, interactive=True), gr.Dropdown(own, interactive=True), gr.skip()
        told = str((asked or {}).get("passport", "")).upper()
        mine = told if told in dict(own).values() else ""
        known = wanted if wanted in dict(where).values() else None
        chosen = gr.Dropdown(where, value=known, interactive=True), gr.Dropdown(own, value=mine, interactive=True)
        return *chosen, _made(assistant, wanted, mine)

    def chosen(assistant: Assistant, place: str | None, passport: str | None) -> str:
        return _made(assistant, place, passport or "") if place else ""

    when_shown(frame.engine, [place, passport, result], fill, [address], js=FROM_ADDRESS)
    made = when_asked(frame.engine, [place.input, passport.input], chosen, [place, passport], result)
    made.then(None, js=TO_HEADING)


def _made(assistant: Assistant, place: str, passport: str) -> str:
    made = brief(assistant, place, today=date.today(), passport=passport or None)
    return brief_html(made, Numbered("brief", made.snapshot, made.today), to_markdown(made))
