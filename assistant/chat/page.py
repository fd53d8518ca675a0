"""The page: its frame, its tabs, and how gradio is told to serve it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from assistant.chat import view_words, words
from assistant.chat.api import add_api, hush
from assistant.chat.components import gr
from assistant.chat.engine import Engine, describe
from assistant.chat.tabs import ask, brief, changes, compare, library
from assistant.chat.tabs.frame import QUIET, Frame
from assistant.chat.tools import add_tools
from assistant.feedback import Feedback

_HERE = Path(__file__).parent
_STYLES = ("page.css", "ask.css", "evidence.css", "reader.css", "views.css", "print.css")
_SCRIPTS = ("page.js", "evidence.js", "views.js")
_PAGES = 100  # those used last are remembered; one that was forgotten begins a new conversation

# Each tab: its id, its name, and the function that builds its components.
TABS: tuple[tuple[str, str, Callable[[Frame], None]], ...] = (
    ("ask", words.TAB_ASK, ask.build),
    ("brief", view_words.TAB_BRIEF, brief.build),
    ("compare", view_words.TAB_COMPARE, compare.build),
    ("changes", view_words.TAB_CHANGES, changes.build),
    ("library", view_words.TAB_LIBRARY, library.build),
)


def mount(app: Starlette, engine: Engine, feedback: Feedback | None) -> None:
    """Put the page at the root of an application, and its calls beside it as tools."""
    add_tools(app, engine)
    scripts = "".join(f"<script>{(_HERE / name).read_text('utf-8')}</script>" for name in _SCRIPTS)
    said = "".join(f' data-{name}="{escape(text, quote=True)}"' for name, text in words.SAID_BY_SCRIPTS.items())
    gr.mount_gradio_app(
        app,
        page(engine, feedback),
        path="/",
        show_error=False,
        run_history=False,  # else the browser would keep every question
        footer_links=[],
        favicon_path=str(_HERE / "icon.svg"),
        ssr_mode=False,
        theme=_theme(),
        css_paths=[_HERE / name for name in _STYLES],
        head=f'<meta name="safecite"{said}>{scripts}',
    )


def page(engine: Engine, feedback: Feedback | None) -> gr.Blocks:
    """The header, the state of the engine, and all tabs."""
    with gr.Blocks(title=words.TITLE, analytics_enabled=False, fill_width=True) as blocks:
        timer = gr.Timer(1)
        gr.HTML(f"<h1>{escape(words.TITLE)}</h1><p>{escape(words.TAGLINE)}</p>", elem_id="sc-brand")
        state = gr.HTML(elem_id="sc-state")
        with gr.Tabs(elem_id="sc-tabs", overflow_behavior="wrap"):
            for tab, name, build in TABS:
                with gr.Tab(name, elem_id=f"sc-tab-{tab}"):
                    build(Frame(engine, feedback, blocks))

        def ticked() -> tuple[Any, ...]:
            """How far the engine is, until nothing more will happen by itself."""
            progress, ready = engine.progress, engine.assistant is not None
            return _state(describe(progress, answering=ready)), gr.Timer(active=not progress.settled)

        add_api(engine)
        for event in (timer.tick, blocks.load):
            event(ticked, None, [state, timer], **QUIET)
    blocks.queue(api_open=False)
    blocks.state_session_capacity = _PAGES
    hush(blocks)
    return blocks


def _state(sentence: str) -> str:
    """The calm line under the header; empty once there is nothing to say."""
    return f'<div class="sc-state" role="status">{escape(sentence)}</div>' if sentence else ""


def _theme() -> gr.themes.Base:
    """Fonts that every system has: nothing is fetched."""
    sans = ["ui-sans-serif", "system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif"]
    return gr.themes.Base(font=sans, font_mono=["ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "monospace"])
