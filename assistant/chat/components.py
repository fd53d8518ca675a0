"""The one door to gradio, whose import takes seconds: nothing on the way to the first page may come through here."""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported

import gradio as gr

__all__ = ["gr"]
