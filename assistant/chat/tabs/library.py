"""The Library tab: what the index holds, how current each source is, and who covers which country."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

from assistant.answer import Assistant
from assistant.briefing.coverage_picture import coverage
from assistant.chat.components import gr
from assistant.chat.library_html import picture, sources, summary
from assistant.chat.tabs.frame import Frame
from assistant.chat.tabs.shown import Updates, when_shown
from assistant.commands.source_rows import source_rows
from assistant.settings import SHIPPED_SOURCES
from index.declared import read_declared
from index.manifest import read_manifest


def build(frame: Frame) -> None:
    """One block of HTML, filled when the tab is shown."""
    shown = gr.HTML(elem_id="sc-library")

    def fill(assistant: Assistant) -> Updates:
        snapshot, today = assistant.live(), date.today()
        rows = source_rows(snapshot.index, read_declared(snapshot.index, SHIPPED_SOURCES), today)
        held, drawn = _held(snapshot.index, snapshot.name, today)
        return (f'<div class="sc-view">{held}{sources(rows)}{drawn}</div>',)

    when_shown(frame.engine, [shown], fill, once=False)


@lru_cache(maxsize=1)
def _held(index: Path, name: str, today: date) -> tuple[str, str]:
    """How much a state holds, and the picture of it: a second's work, the same for the whole day."""
    manifest = read_manifest(index, name)
    covered = coverage(manifest)
    return summary(covered, len(manifest.documents), manifest.observed), picture(covered, today)
