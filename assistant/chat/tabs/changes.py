"""The What changed tab: two states of the index, a destination, and the differences word for word."""

from __future__ import annotations

from html import escape

from assistant.ages import date_in_words
from assistant.answer import Assistant
from assistant.briefing.what_changed import compared
from assistant.chat import view_words as words
from assistant.chat.changes_html import changes_html
from assistant.chat.components import gr
from assistant.chat.tabs.choices import places
from assistant.chat.tabs.frame import Frame
from assistant.chat.tabs.shown import Updates, note, when_asked, when_shown
from assistant.messages import documents
from index.changes import rewording
from index.dates import PartialDate
from index.history import history
from index.places import place_name
from index.store import Store


def build(frame: Frame) -> None:
    """Two states, a destination, and what differs."""
    gr.HTML(
        f'<p class="sc-lead">{escape(words.CHANGES_INTRO)} {escape(words.CHANGES_PUBLISHERS)}</p>',
        elem_classes="sc-view",
    )
    with gr.Row(elem_classes="sc-form"):
        since = gr.Dropdown([], label=words.STATE_SINCE, interactive=False)
        until = gr.Dropdown([], label=words.STATE_UNTIL, interactive=False)
        place = gr.Dropdown([(words.ALL_PLACES, "")], value="", label=words.DESTINATION, interactive=False)
        show = gr.Button(words.SHOW_CHANGES, variant="primary", elem_classes="sc-do")
    result = gr.HTML(elem_classes="sc-view sc-result")

    def fill(assistant: Assistant, since: str | None, until: str | None) -> Updates:
        """The states newest first; at first the live one and that before it. What is chosen already is left alone."""
        snapshot = assistant.live()
        heads = [state.head for state in reversed(history(snapshot.index))]
        states = [(_state(head.observed, head.documents), head.name) for head in heads]
        names = [head.name for head in heads]
        late = {} if until in names else {"value": names[0]}
        early = {} if since in names else {"value": names[min(1, len(names) - 1)]}
        alone = note(words.ONE_STATE.format(date=_day(heads[0].observed))) if len(heads) == 1 else gr.skip()
        where = [(words.ALL_PLACES, ""), *places(snapshot)]
        return (
            gr.Dropdown(states, interactive=True, **early),
            gr.Dropdown(states, interactive=True, **late),
            gr.Dropdown(where, interactive=True),
            gr.Button(interactive=len(heads) > 1),
            alone,
        )

    def changed(assistant: Assistant, since: str, until: str, place: str) -> str:
        index = assistant.live().index
        found = compared(index, since, until, places=[place] if place else [])
        with Store(index / "store.sqlite") as store:
            where = place_name(place) if place else words.ALL_PLACES
            return changes_html(found, where, lambda change: rewording(change, store))

    when_shown(frame.engine, [since, until, place, show, result], fill, [since, until])
    when_asked(frame.engine, [show.click], changed, [since, until, place], result)


def _state(observed: str, count: int) -> str:
    return words.STATE_CHOICE.format(date=_day(observed), documents=documents(count))


def _day(observed: str) -> str:
    return date_in_words(PartialDate.parse(observed))
