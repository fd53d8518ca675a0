"""The Compare tab: countries side by side, or all governments on chosen topics in one country."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

from assistant.answer import Assistant
from assistant.briefing.brief_render import to_markdown
from assistant.briefing.compare import MOST_PLACES, compare
from assistant.briefing.topics import topics
from assistant.chat import view_words as words
from assistant.chat.brief_sources import Numbered
from assistant.chat.compare_html import comparison_html
from assistant.chat.components import gr
from assistant.chat.tabs.choices import places
from assistant.chat.tabs.frame import Frame
from assistant.chat.tabs.shown import Updates, when_asked, when_shown

FROM_ADDRESS = '(filled) => [filled, window.safecite.asked("compare")]'
TO_HEADING = '() => window.safecite.toHeading("sc-compare-shown")'


def build(frame: Frame) -> None:
    """Countries, topics, and the comparison."""
    intro = escape(words.COMPARE_INTRO.format(most=MOST_PLACES))
    gr.HTML(f'<p class="sc-lead">{intro}</p>', elem_classes="sc-view sc-intro")
    with gr.Row(elem_classes="sc-form"):
        where = gr.Dropdown(
            [], value=[], label=words.COMPARE_PLACES, multiselect=True, max_choices=MOST_PLACES, interactive=False
        )
        wanted = gr.Dropdown(
            [(topic.title, topic.key) for topic in topics().all], value=[], label=words.COMPARE_TOPICS, multiselect=True
        )
        show = gr.Button(words.COMPARE, variant="primary", elem_classes="sc-do")
    result = gr.HTML(elem_id="sc-compare-shown", elem_classes="sc-view sc-result")
    address = gr.JSON(visible=False)

    def fill(assistant: Assistant, asked: Mapping[str, str] | None) -> Updates:
        """The countries covered; the comparison that the address asks for: #compare=KZ,UZ&topics=crime.

        What is chosen already is left alone: it may be chosen anew while this is on its way.
        """
        choices = places(assistant.live())
        codes = [code for code in str((asked or {}).get("compare", "")).upper().split(",") if code]
        if not codes:
            return gr.Dropdown(choices, interactive=True), gr.skip(), gr.skip()
        keys = [key for key in str((asked or {}).get("topics", "")).casefold().split(",") if key]
        known = [code for code in codes if code in dict(choices).values()]
        where = gr.Dropdown(choices, value=known, interactive=True)
        return where, gr.Dropdown(value=keys), _made(assistant, codes, keys)

    def compared(assistant: Assistant, chosen: Sequence[str] | None, about: Sequence[str] | None) -> str:
        return _made(assistant, list(chosen or ()), list(about or ()))

    when_shown(frame.engine, [where, wanted, result], fill, [address], js=FROM_ADDRESS)
    when_asked(frame.engine, [show.click], compared, [where, wanted], result).then(None, js=TO_HEADING)


def _made(assistant: Assistant, places: list[str], about: list[str]) -> str:
    made = compare(assistant, places, today=date.today(), wanted=about)
    first = made.briefs[0]
    return comparison_html(made, Numbered("compare", first.snapshot, first.today), to_markdown(made), about)
