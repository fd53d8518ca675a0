"""The calls as named endpoints of the page's own server, for HTTP and for gradio_client."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from inspect import getdoc, signature
from threading import BoundedSemaphore
from typing import Any, TypeVar

from pydantic import ValidationError, validate_call

from assistant.chat import words
from assistant.chat.calls import Calls
from assistant.chat.components import gr
from assistant.chat.engine import Engine
from assistant.chat.logs import where
from index.errors import SafeciteError

_AT_ONCE = 4  # calls; more wait, and visitors of the page stay first

R = TypeVar("R")


def add_api(engine: Engine) -> None:
    """Add the endpoints ask, search, brief and changes to the Blocks being built. All else stays private."""
    calls, turn = Calls(engine), BoundedSemaphore(_AT_ONCE)
    for call in (calls.ask, calls.search, calls.brief, calls.changes):
        # Unqueued, so that one request is enough: POST /gradio_api/run/ask
        gr.api(_said(call, turn), api_name=call.__name__, api_description=getdoc(call), queue=False)


def hush(blocks: gr.Blocks) -> None:
    """Have every call and event of the page fail without its inputs, which gradio would write to the terminal."""
    process = blocks.process_api

    @functools.wraps(process)
    async def processed(block_fn: Any, inputs: list[Any], *given: Any, **named: Any) -> Any:
        needed = len(block_fn.inputs)
        if len(inputs) < needed:
            raise gr.Error(words.TOO_FEW.format(needed=needed, given=len(inputs)), print_exception=False)
        try:
            return await process(block_fn, inputs, *given, **named)
        except Exception as error:
            if not isinstance(error, gr.Error):
                sys.stderr.write(where(error))
                raise gr.Error(words.WENT_WRONG, visible=False, print_exception=False) from None
            error.print_exception = False
            raise

    blocks.process_api = processed


def _said(call: Callable[..., R], turn: BoundedSemaphore) -> Callable[..., R]:
    """The call, whose errors are sentences for the caller and never reach the log, as they may hold what was asked."""
    checked, names = validate_call(call), signature(call)

    @functools.wraps(call)
    def said(*given: Any, **named: Any) -> R:
        try:
            with turn:
                return checked(**names.bind(*given, **named).arguments)  # by name, as an error tells it
        except SafeciteError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except ValidationError as error:
            wrong = error.errors(include_input=False, include_url=False)[0]
            raise gr.Error(f"{wrong['loc'][0]}: {wrong['msg']}.", print_exception=False) from error

    return said
