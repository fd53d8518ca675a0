"""The browser page. The only module that imports gradio."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from rich.console import Console

from assistant.chat import words
from assistant.chat.conversation import Turn, ask, catch_up, unanswered
from assistant.chat.engine import Engine, describe
from assistant.chat.headers import SafeHeaders
from assistant.chat.panel import panel
from assistant.chat.reply import notice
from assistant.errors import SettingsError

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr
from starlette.middleware import Middleware

_HERE = Path(__file__).parent
_LONGEST = 1000  # characters of a question
_FORGET = 4 * 3600  # seconds after which the conversation of a closed page is dropped
_SHOW_LATEST = "() => window.safeciteShowLatest()"
_QUIET: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}

Turns = tuple[Turn, ...]
Updates = tuple[Any, ...]


def serve(
    index: Path,
    *,
    model: str,
    sources: Mapping[str, Path] | None = None,
    host: str = "127.0.0.1",
    port: int = 7860,
    open_browser: bool = False,
) -> None:
    """Open the chat and keep serving until interrupted.

    The page is there at once; the index is opened behind it, after being built from `sources` where they are given.
    Raises SettingsError where the address cannot be listened on.
    """
    engine = Engine(index, sources or {}, model)
    page = _page(engine)
    try:
        _, url, _ = page.launch(
            server_name=host,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            share=False,
            show_error=False,
            run_history=False,  # else the browser would keep every question
            footer_links=[],
            favicon_path=_HERE / "icon.svg",
            theme=_theme(),
            css_paths=_HERE / "page.css",
            head=f"<script>{(_HERE / 'page.js').read_text('utf-8')}</script>",
            app_kwargs={"middleware": [Middleware(SafeHeaders)]},
        )
    except OSError as error:
        reason = words.PORT_TAKEN.format(port=port, host=host)
        raise SettingsError(reason, way_out=words.PORT_WAY_OUT) from error
    Console(stderr=True).print(words.SERVING.format(url=url.rstrip("/")), highlight=False)
    engine.start()
    page.block_thread()


def _page(engine: Engine) -> gr.Blocks:
    with gr.Blocks(title=words.TITLE, analytics_enabled=False, fill_width=True) as page:
        turns: Any = gr.State((), time_to_live=_FORGET)
        timer = gr.Timer(1)
        with gr.Row(elem_id="sc-header"):
            gr.HTML(_header(), elem_id="sc-brand")
            new = gr.Button(words.NEW, elem_id="sc-new", size="sm", scale=0)
        with gr.Row(elem_id="sc-main"):
            with gr.Column(elem_id="sc-talk"):
                state = gr.HTML(elem_id="sc-state")
                chat = gr.Chatbot(
                    elem_id="sc-chat",
                    label=words.CONVERSATION,
                    show_label=False,
                    container=False,
                    height=None,
                    autoscroll=False,
                    render_markdown=False,  # what a visitor types shows as it was typed; see `_messages`
                    latex_delimiters=[],
                    layout="bubble",
                    buttons=[],
                    feedback_options=None,
                    group_consecutive_messages=False,
                    placeholder=f"## {words.WELCOME}\n\n{words.WELCOME_MORE}\n\n{words.PRIVATE}",
                    examples=[{"text": text} for text in words.EXAMPLES],
                )
                box = gr.Textbox(
                    elem_id="sc-ask",
                    label=words.QUESTION,
                    placeholder=words.PLACEHOLDER,
                    show_label=False,
                    container=False,
                    lines=1,
                    max_lines=5,
                    max_length=_LONGEST,
                    submit_btn=words.ASK,
                )
            with gr.Column(elem_id="sc-evidence"):
                side = gr.HTML(panel(()))

        def asked(question: str, turns: Turns) -> Iterator[Updates]:
            """The question at once, then its answer."""
            question = question.strip()
            if not question:
                yield gr.skip(), gr.skip(), gr.skip(), gr.skip()
                return
            pending = Turn(question, notice(words.SEARCHING, len(turns) + 1, waiting=True))
            # What is remembered meanwhile is what is shown should the search break off.
            yield unanswered(turns, question), _messages((*turns, pending)), gr.skip(), ""
            done = ask(engine, turns, question)
            yield done, _messages(done), _side(done), gr.skip()

        def broke(turns: Turns) -> Updates:
            return _messages(turns), _side(turns)

        def chosen(turns: Turns, event: gr.SelectData) -> Iterator[Updates]:
            """An example, whose value is a record, or the question with one of several countries in it."""
            yield from asked(event.value["text"] if isinstance(event.value, dict) else event.value, turns)

        def ticked(turns: Turns) -> Updates:
            """How far the engine is; questions that waited are answered as soon as they can be."""
            progress, ready = engine.progress, engine.assistant is not None
            waited = any(turn.waiting for turn in turns)
            status, again = _state(describe(progress, answering=ready)), gr.Timer(active=not progress.settled)
            if not waited or not (ready or progress.settled):
                return status, again, gr.skip(), gr.skip(), gr.skip()
            done = catch_up(engine, turns)
            return status, again, done, _messages(done), _side(done)

        def cleared() -> Updates:
            return (), [], panel(()), ""

        answered = [turns, chat, side, box]
        many = {"concurrency_limit": 4, "concurrency_id": "ask"}
        for event in (
            box.submit(asked, [box, turns], answered, **_QUIET, **many),
            chat.example_select(chosen, [turns], answered, **_QUIET, **many),
            chat.option_select(chosen, [turns], answered, **_QUIET, **many),
        ):
            event.then(None, js=_SHOW_LATEST)
            event.failure(broke, [turns], [chat, side], **_QUIET)
        new.click(cleared, None, answered, **_QUIET)
        following = [state, timer, turns, chat, side]
        timer.tick(ticked, [turns], following, **_QUIET, concurrency_limit=16)
        page.load(ticked, [turns], following, **_QUIET, concurrency_limit=16)
    page.queue(api_open=False)
    return page


def _messages(turns: Turns) -> list[dict[str, Any]]:
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
                "content": gr.HTML(turn.reply, apply_default_css=False),
                "options": [{"label": option.name, "value": option.question} for option in turn.options],
            },
        )
    ]


def _side(turns: Turns) -> str:
    return panel([(turn.question, turn.evidence) for turn in turns if turn.evidence])


def _header() -> str:
    return f"<h1>{escape(words.TITLE)}</h1><p>{escape(words.TAGLINE)}</p>"


def _state(sentence: str) -> str:
    """The calm line under the header; empty once there is nothing to say."""
    return f'<div class="sc-state" role="status">{escape(sentence)}</div>' if sentence else ""


def _theme() -> gr.themes.Base:
    """Fonts that every system has: nothing is fetched."""
    sans = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
    return gr.themes.Base(font=sans, font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"])
