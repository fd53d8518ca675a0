"""The one door to gradio, whose import takes seconds: nothing on the way to the first page may come through here."""

from __future__ import annotations

import os
from typing import Any

# Read when gradio is imported: nothing is sent, and no table of the latest 10,000 events is made at the end of each.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**12)

import gradio as gr

__all__ = ["gr", "html_message"]

# What gradio makes of gr.HTML in a chatbot. Made once: each takes it 2 ms, and it would send the HTML twice.
_SHOWN = gr.HTML("", apply_default_css=False, render=False)
_MESSAGE = gr.Chatbot([{"role": "assistant", "content": _SHOWN}], render=False).value[0]["content"][0]


def html_message(html: str) -> dict[str, Any]:
    """HTML as the content of a chatbot's message: a component, so that a screen reader reads it and not its source."""
    return {**_MESSAGE, "value": html}
