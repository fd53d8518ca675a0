"""The Ask tab: the conversation on the left, its evidence on the right, the question box below."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from threading import BoundedSemaphore
from typing import Any

from assistant.chat import words
from assistant.chat.components import gr, html_message
from assistant.chat.conversation import Conversation, Turn
from assistant.chat.options import naming
from assistant.chat.panel import panel
from assistant.chat.tabs.frame import QUIET, Frame
from index.places import is_code

_AT_ONCE = 4  # answers; more questions wait
_FOCUS_BOX = "() => window.safecite.focusBox()"
_AT_FIRST = "async () => [await window.safecite.atFirst(), null]"  # the second, the conversation, the server knows

Updates = tuple[Any, ...]


def build(frame: Frame) -> None:
    """The components of the tab and what happens on each event."""
    conversation: Any = gr.State(Conversation())  # as long as the page is open; gradio drops it an hour after
    turn = BoundedSemaphore(_AT_ONCE)
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

    def asked(question: str, held: Conversation) -> Updates:
        """The question at once and how it is understood; its answer is the next event's."""
        question = question.strip()[: words.LONGEST]
        if not question:
            return (gr.skip(),) * 3
        held.add(frame.engine, question)
        return held, messages(held.turns), ""

    def chosen(held: Conversation, event: gr.SelectData) -> Updates:
        """An example, whose value is a record, or one of the questions offered below an answer."""
        return asked(event.value["text"] if isinstance(event.value, dict) else event.value, held)

    def addressed(given: dict[str, str] | None, held: Conversation) -> Updates:
        """What was asked before the page was there, or the question of its address, after #: #q=…&place=KZ."""
        question, place = (str((given or {}).get(name) or "") for name in ("q", "place"))
        return asked(naming(question, place) if question and is_code(place) else question, held)

    def answered(held: Conversation) -> Updates:
        """Questions that waited are answered as soon as they can be; the timer runs while they cannot."""
        with turn:
            held.answer(frame.engine, frame.feedback)
        return shown(held)

    def broke(held: Conversation) -> Updates:
        held.break_off()
        return shown(held)

    def ticked(held: Conversation) -> Updates:
        unready = frame.engine.assistant is None and not frame.engine.progress.settled
        return (gr.skip(),) * 4 if unready else answered(held)

    def cleared(held: Conversation) -> Updates:
        held.clear()
        return held, [], panel(()), gr.Timer(active=False), ""

    def shown(held: Conversation) -> Updates:
        """The conversation as it is; after a new start, when nothing is known of it, the page keeps what it shows."""
        turns = held.turns
        if not turns:
            return *(gr.skip(),) * 3, gr.Timer(active=False)
        return held, messages(turns), side_of(turns), gr.Timer(active=any(one.waiting for one in turns))

    put, told = [conversation, chat, box], [conversation, chat, side, waiting]
    for event in (
        box.submit(asked, [box, conversation], put, **QUIET),
        chat.example_select(chosen, [conversation], put, **QUIET),
        chat.option_select(chosen, [conversation], put, **QUIET),
        frame.page.load(addressed, [address, conversation], put, js=_AT_FIRST, **QUIET),
    ):
        # A question that is put while an answer is on its way is answered after it.
        answer = event.success(answered, [conversation], told, trigger_mode="always_last", **QUIET)
        for failed in (event, answer):
            failed.failure(broke, [conversation], told, **QUIET)
    new.click(cleared, [conversation], [*told, box], **QUIET).then(None, js=_FOCUS_BOX)
    waiting.tick(ticked, [conversation], told, **QUIET)


def messages(turns: Sequence[Turn]) -> list[dict[str, Any]]:
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


def side_of(turns: Sequence[Turn]) -> str:
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
