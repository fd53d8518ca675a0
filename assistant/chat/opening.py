"""What is seen first: the header, the welcome and a question box in plain HTML, before any script has been fetched.

While the program starts, this is the whole page. Of the real page it is what lies on top until the real box stands
there, which takes over what was typed (opening.js).
"""

from __future__ import annotations

import re
from functools import cache
from html import escape
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.chat import view_words, words

_HERE = Path(__file__).parent
POLL = "/safecite/alive"  # answers 200 once the real page is there
_TABS = (words.TAB_ASK, view_words.TAB_BRIEF, view_words.TAB_COMPARE, view_words.TAB_CHANGES, view_words.TAB_LIBRARY)
_BODY = re.compile(r"<body[^>]*>")
_SCRIPT = re.compile(r'<script type="module"[^>]* src="([^"]*)"></script>')


def starting_page(private: str) -> str:
    """The whole page while the program starts; `private` says what becomes of a question.

    It fetches nothing but whether the real page is there.
    """
    return f"""<!doctype html>
<html lang="{words.LANGUAGE}"><head><meta charset="utf-8"><title>{escape(words.TITLE)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<noscript><meta http-equiv="refresh" content="3"></noscript>
<link rel="icon" href="data:,"></head><body>{_opening(private, words.STARTING, POLL)}</body></html>"""


def with_opening(page: str, private: str) -> str:
    """Gradio's page with the opening at its top; its styles and its script, which take long, hold nothing up."""
    page = page.replace('<link rel="stylesheet"', '<link rel="stylesheet" media="print" onload="this.media=`all`"')
    page = _SCRIPT.sub(r'<link rel="modulepreload" href="\1" class="sc-later">', page)
    page = page.replace("</head>", f"<title>{escape(words.TITLE)}</title></head>", 1)
    return _BODY.sub(lambda body: body.group() + _opening(private), page, count=1)


@cache
def _opening(private: str, state: str = "", poll: str = "") -> str:
    said = {"poll": poll, "sent": words.STARTING_SENT, "ready": words.STARTING_READY, "gone": words.GONE}
    data = "".join(f' data-{name}="{escape(text, quote=True)}"' for name, text in said.items())
    label = f'aria-label="{escape(words.QUESTION, quote=True)}" placeholder="{escape(words.PLACEHOLDER, quote=True)}"'
    tabs = "".join(f"<span>{escape(name)}</span>" for name in _TABS)
    examples = "".join(f'<button type="button">{escape(question)}</button>' for question in words.EXAMPLES)
    return f"""<style>{(_HERE / "opening.css").read_text("utf-8")}</style>
<div id="sc-first"{data}><header><div><h1>{escape(words.TITLE)}</h1><p>{escape(words.TAGLINE)}</p></div>
<nav aria-hidden="true">{tabs}</nav></header>
<main><h2>{escape(words.WELCOME)}</h2><p>{escape(words.WELCOME_MORE)}</p><p>{escape(private)}</p>
<div>{examples}</div></main>
<footer><p class="sc-state" role="status">{escape(state)}</p>
<form><textarea rows="1" maxlength="{words.LONGEST}" {label}></textarea><button>{escape(words.ASK)}</button></form>
</footer></div><script>{(_HERE / "opening.js").read_text("utf-8")}</script>"""


class Opened:
    """Puts the opening into the page of an application; what `private` says stands in it."""

    def __init__(self, app: ASGIApp, private: str) -> None:
        self._app = app
        self._private = private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on; of the page itself, send the response once it is whole."""
        if scope["type"] != "http" or scope["path"] != "/" or scope["method"] != "GET":
            await self._app(scope, receive, send)
            return
        begun: list[Message] = []
        body = bytearray()

        async def whole(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)
                return
            body.extend(message.get("body", b""))
            if not message.get("more_body", False):
                page = with_opening(body.decode("utf-8"), self._private).encode("utf-8")
                MutableHeaders(scope=begun[0])["Content-Length"] = str(len(page))
                await send(begun[0])
                await send({"type": "http.response.body", "body": page})

        await self._app(scope, receive, whole)
