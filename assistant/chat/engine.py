"""Gets the assistant ready behind the open page: loads the model, builds the index, says how far it is."""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from assistant.answer import Assistant
from assistant.chat import words
from assistant.chat.remembered import Remembered
from index.build import build
from index.embedding import load_asker, load_embedder
from index.errors import IndexMissingError, SafeciteError
from index.manifest import current_id, list_snapshots
from index.snapshot import Snapshot

_STATEMENT = "Somebody was hit by a car in 2020 and the police came."  # has the rule for emergencies look at every word
_EARLIER = 2  # snapshots that are no longer live and are kept open for the answers that quote them


class Phase(StrEnum):
    """What the engine is doing. It answers whenever it has an assistant, also while it works."""

    LOADING = "loading"
    BUILDING = "building"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the engine is. A `total` of 0 is not known yet; `reason` says why it failed."""

    phase: Phase = Phase.LOADING
    stage: str = ""
    done: int = 0
    total: int = 0
    reason: str = ""

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.phase in (Phase.READY, Phase.FAILED)


class Engine:
    """An assistant that becomes ready by itself. An index that is already there answers while it is brought up to date.

    `progress` and `assistant` are each replaced whole, by the one thread that works, and may be read from any other.
    """

    def __init__(self, index: Path, sources: Mapping[str, Path], model: str) -> None:
        self.progress = Progress()
        self.assistant: Assistant | None = None
        self._index = index
        self._sources = dict(sources)
        self._model = model
        self._earlier = lru_cache(maxsize=_EARLIER)(self._open_earlier)

    def start(self) -> None:
        """Begin, in a thread that ends with the program."""
        threading.Thread(target=self.run, name="safecite-engine", daemon=True).start()

    def run(self) -> None:
        """Load, build and open; ends in READY or FAILED whatever happens."""
        reason = words.BROKE
        try:
            self._prepare()
            reason = ""
        except SafeciteError as error:
            reason = str(error)
        finally:  # an error that nobody foresaw goes on to the terminal, but the page does not wait for ever
            self.progress = Progress(Phase.FAILED if reason else Phase.READY, reason=reason)

    def snapshot(self, name: str) -> Snapshot | None:
        """The snapshot that an answer was given from, also after a newer one went live; None where there is none.

        Raises SafeciteError where its files are damaged.
        """
        if self.assistant is None:
            return None
        live = self.assistant.snapshot
        if live.name == name:
            return live
        return self._earlier(name) if name in list_snapshots(self._index) else None

    def _open_earlier(self, name: str) -> Snapshot:
        if self.assistant is None:
            raise IndexMissingError("there is no index yet.", path=self._index)
        return Snapshot.open(self._index, self.assistant.snapshot.embedder, name)

    def _prepare(self) -> None:
        embedder = load_embedder(self._model)
        asker = Remembered(load_asker(embedder))
        if current_id(self._index) is not None or not self._sources:
            self.assistant = Assistant(Snapshot.open(self._index, embedder), asker, pinned=False)
        if self._sources:
            self.progress = Progress(Phase.BUILDING)
            build(self._index, self._sources, embedder, progress=self._report)
        if self.assistant is None:
            self.assistant = Assistant(Snapshot.open(self._index, embedder), asker, pinned=False)
        for question in (words.EXAMPLES[0], _STATEMENT):  # the first real ones shall not pay for what loads lazily
            self.assistant.ask(question)
        gc.collect()
        gc.freeze()  # nor any wait while the collector looks through all that is loaded and stays

    def _report(self, stage: str, done: int, total: int) -> None:
        self.progress = Progress(Phase.BUILDING, stage, done, total)


def describe(progress: Progress, *, answering: bool) -> str:
    """What to say about the engine's state, "" where nothing; `answering` is whether there is an assistant already."""
    stage = words.STAGES.get(progress.stage)
    done = (stage.known if progress.total else stage.open) if stage else ""
    done = done.format(done=progress.done, total=progress.total)
    match progress.phase:
        case Phase.LOADING:
            return words.LOADING
        case Phase.BUILDING if answering:
            return words.CHECKING_WITH.format(stage=done) if done else words.CHECKING
        case Phase.BUILDING:
            building = words.BUILDING_WITH.format(stage=done) if done else words.BUILDING
            return f"{building} {words.BUILDING_MORE}"
        case Phase.FAILED:
            return (words.NOT_UPDATED if answering else words.FAILED).format(reason=progress.reason)
        case Phase.READY:
            return ""
