"""The Ask tab: the conversation on the left, its evidence on the right, the question box below."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

from assistant.chat import words
from assistant.chat.components import gr, html_message
from assistant.chat.conversation import Turn, ask, begun, catch_up
from assistant.chat.options import naming
from assistant.chat.panel import panel
from assistant.chat.tabs.frame import QUIET, Frame
from index.places import is_code

_FORGET = 4 * 3600  # seconds after which the conversation of a closed page is dropped
_FOCUS_BOX = "() => window.safecite.focusBox()"
_AT_FIRST = "async () => [await window.safecite.atFirst(), null]"  # the second, the turns, the server knows

Turns = tuple[Turn, ...]
Updates = tuple[Any, ...]


def build(frame: Frame) -> None:
    """The components of the tab and what happens on each event."""
    turns: Any = gr.State((), time_to_live=_FORGET)
    waiting = gr.Timer(1, active=False)  # runs while questions wait for the index
    with gr.Row(elem_id="sc-main"):
        with gr.Column(elem_id="sc-talk"):
            new = gr.Button(words.NEW, elem_id="sc-new", size="sm")
            chat = _chatbot(words.private(feedback=frame.feedback is not None))
            box = gr.Textbox(
                elem_id="sc-ask",
                label=words.QUESTION,
                placeholder=words.PLACEHOLDER,
                show_label=False,
                container=False,
                lines=1,
                max_lines=5,
                max_length=words.LONGEST,
                submit_btn=words.ASK,
            )
        with gr.Column(elem_id="sc-evidence"):
            side = gr.HTML(panel(()))
    address: Any = gr.JSON(visible=False)

    def asked(question: str, turns: Turns) -> Iterator[Updates]:
        """The question at once and how it is understood, then its answer."""
        question = question.strip()[: words.LONGEST]
        if not question:
            yield (gr.skip(),) * 5
            return
        shown, kept = begun(frame.engine, turns, question)  # the one is shown, the other is remembered meanwhile
        yield (*turns, kept), messages((*turns, shown)), gr.skip(), "", gr.skip()
        done = ask(frame.engine, turns, question, frame.feedback)
        yield done, messages(done), side_of(done), gr.skip(), gr.Timer(active=True) if done[-1].waiting else gr.skip()

    def chosen(turns: Turns, event: gr.SelectData) -> Iterator[Updates]:
        """An example, whose value is a record, or one of the questions offered below an answer."""
        yield from asked(event.value["text"] if isinstance(event.value, dict) else event.value, turns)

    def addressed(given: dict[str, str] | None, turns: Turns) -> Iterator[Updates]:
        """What was asked before the page was there, or the question of its address, after #: #q=…&place=KZ."""
        question, place = (str((given or {}).get(name) or "") for name in ("q", "place"))
        yield from asked(naming(question, place) if question and is_code(place) else question, turns)

    def broke(turns: Turns) -> Updates:
        return messages(turns), side_of(turns)

    def ticked(turns: Turns) -> Updates:
        """Questions that waited are answered as soon as they can be."""
        if frame.engine.assistant is None and not frame.engine.progress.settled:
            return (gr.skip(),) * 4
        done = catch_up(frame.engine, turns, frame.feedback)
        return done, messages(done), side_of(done), gr.Timer(active=False)

    answered = [turns, chat, side, box, waiting]
    many = {"concurrency_limit": 4, "concurrency_id": "ask"}
    for event in (
        box.submit(asked, [box, turns], answered, **QUIET, **many),
        chat.example_select(chosen, [turns], answered, **QUIET, **many),
        chat.option_select(chosen, [turns], answered, **QUIET, **many),
        frame.page.load(addressed, [address, turns], answered, js=_AT_FIRST, **QUIET, **many),
    ):
        event.failure(broke, [turns], [chat, side], **QUIET)
    cleared = new.click(lambda: ((), [], panel(()), "", gr.Timer(active=False)), None, answered, **QUIET)
    cleared.then(None, js=_FOCUS_BOX)
    waiting.tick(ticked, [turns], [turns, chat, side, waiting], **QUIET, concurrency_limit=16)


def messages(turns: Turns) -> list[dict[str, Any]]:
    """The conversation for the chatbot.

    Questions are escaped, else the chatbot's own clean-up would drop what looks like HTML from them. Replies are
    components: a screen reader then reads them, not their source. The options of the last turn become buttons below it.
    """
    return [
        message
        for turn in turns
        for message in (
            {"role": "user", "content": escape(turn.question, quote=False)},
            {
                "role": "assistant",
                "content": html_message(turn.reply),
                "options": [{"label": option.name, "value": option.question} for option in turn.options],
            },
        )
    ]


def side_of(turns: Turns) -> str:
    """The evidence of all turns that have any."""
    return panel([(turn.question, turn.evidence) for turn in turns if turn.evidence])


def _chatbot(private: str) -> gr.Chatbot:
    return gr.Chatbot(
        elem_id="sc-chat",
        label=words.CONVERSATION,
        show_label=False,
        container=False,
        height=None,
        autoscroll=False,
        render_markdown=False,  # what a visitor types shows as it was typed; see `messages`
        latex_delimiters=[],
        layout="bubble",
        buttons=[],
        feedback_options=None,
        group_consecutive_messages=False,
        placeholder=f"## {words.WELCOME}\n\n{words.WELCOME_MORE}\n\n{private}",
        examples=[{"text": text} for text in words.EXAMPLES],
    )
