"""The page that is there at once, while the real one is being loaded: it takes a question already."""

from __future__ import annotations

from html import escape
from pathlib import Path

from assistant.chat import words

_HERE = Path(__file__).parent
POLL = "/safecite/alive"  # answers 200 once the real page is there


def starting_page(private: str) -> str:
    """The whole page; `private` says what becomes of a question. It fetches only whether the real one is there."""
    said = {"sent": words.STARTING_SENT, "ready": words.STARTING_READY, "gone": words.GONE}
    data = "".join(f' data-{name}="{escape(text, quote=True)}"' for name, text in said.items())
    label = f'aria-label="{escape(words.QUESTION, quote=True)}" placeholder="{escape(words.PLACEHOLDER, quote=True)}"'
    return f"""<!doctype html>
<html lang="{words.LANGUAGE}"><head><meta charset="utf-8"><title>{escape(words.TITLE)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="3"></noscript>
<link rel="icon" href="data:,"><style>{(_HERE / "starting.css").read_text("utf-8")}</style></head>
<body><header><h1>{escape(words.TITLE)}</h1><p>{escape(words.TAGLINE)}</p></header>
<main><h2>{escape(words.WELCOME)}</h2><p>{escape(words.WELCOME_MORE)}</p><p>{escape(private)}</p>
<form><textarea rows="1" maxlength="{words.LONGEST}" autofocus {label}></textarea>
<button>{escape(words.ASK)}</button></form>
<p class="sc-state" role="status"{data}>{escape(words.STARTING)}</p></main>
<script>const POLL = "{POLL}";
{(_HERE / "starting.js").read_text("utf-8")}</script></body></html>"""
