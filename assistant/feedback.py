"""What visitors said of answers, kept on this machine beside the index, and only where its owner turned that on.

`INDEX/feedback.sqlite` holds, for each verdict, the question with those before it, the answer's record and its
snapshot. Purging deletes the file. Exported, it is a question set that `python -m eval` reads.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from assistant.errors import SettingsError
from assistant.outcome import Answer, Status
from assistant.render import to_record
from index.documents import sha256_text

_WAITING = 1000  # answers of which a verdict may still come; older ones can no longer be judged
_FIELDS = "id, time, verdict, question, history, today, snapshot, answer"
_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS feedback (id TEXT PRIMARY KEY, time TEXT NOT NULL, verdict TEXT NOT NULL, "
    "question TEXT NOT NULL, history TEXT NOT NULL, today TEXT NOT NULL, snapshot TEXT NOT NULL, answer TEXT NOT NULL)"
)


class Verdict(StrEnum):
    """What a visitor said of an answer."""

    HELPFUL = "helpful"
    WRONG = "wrong"


class Said(NamedTuple):
    """One verdict: when (UTC), on which answer (its record, see the contract) to which question after which others."""

    id: str
    time: str
    verdict: Verdict
    question: str
    history: tuple[str, ...]
    today: str
    snapshot: str
    answer: dict[str, Any]


class Feedback:
    """Takes verdicts on answers that were just given. Safe to share between threads.

    An answer is held in memory under an unguessable id; only a verdict writes it to disk.
    """

    def __init__(self, index: Path) -> None:
        self._path = feedback_file(index)
        self._given: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def offer(self, answer: Answer) -> str:
        """The id under which a verdict on this answer may come."""
        id = secrets.token_hex(8)
        with self._lock:
            self._given[id] = answer
            if len(self._given) > _WAITING:
                self._given.popitem(last=False)
        return id

    def keep(self, id: str, verdict: Verdict) -> bool:
        """Write a verdict, in place of an earlier one on the same answer; False where the answer is not known."""
        with self._lock:
            answer = self._given.get(id)
            if answer is None:
                return False
            question = answer.question
            time = datetime.now(UTC).isoformat(timespec="seconds")
            history = json.dumps(question.history, ensure_ascii=False)
            record = json.dumps(to_record(answer, id), ensure_ascii=False)
            row = (id, time, verdict, question.words, history, str(question.today), answer.snapshot, record)
            self._path.touch(mode=0o600)
            with closing(sqlite3.connect(self._path)) as db, db:
                db.execute(_SCHEMA)
                db.execute(f"INSERT OR REPLACE INTO feedback ({_FIELDS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)  # noqa: S608 - fixed names
        return True


def feedback_file(index: Path) -> Path:
    """Where an index's feedback is kept."""
    return index / "feedback.sqlite"


def read_feedback(index: Path) -> list[Said]:
    """All verdicts, oldest first; none where none were kept. Raises SettingsError where the file cannot be read."""
    path = feedback_file(index)
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            rows = db.execute(f"SELECT {_FIELDS} FROM feedback ORDER BY time, id").fetchall()  # noqa: S608 - fixed names
    except sqlite3.DatabaseError as error:
        raise SettingsError(f"the feedback cannot be read ({error}).", path=path) from error
    return [
        Said(id, time, Verdict(verdict), question, tuple(json.loads(history)), today, snapshot, json.loads(answer))
        for id, time, verdict, question, history, today, snapshot, answer in rows
    ]


def purge_feedback(index: Path) -> int:
    """Delete all verdicts, file and all; how many there were."""
    number = len(read_feedback(index))
    feedback_file(index).unlink(missing_ok=True)
    return number


def to_questions(said: Sequence[Said]) -> list[dict[str, Any]]:
    """Question records of the contract.

    A helpful answer's quotes are gold, a helpful refusal was right. A wrong answer tells only that it was wrong: what
    would be right is for somebody to find, so that such a question carries nothing but its tags.
    """
    return [_question(one) for one in said]


def _question(said: Said) -> dict[str, Any]:
    record: dict[str, Any] = {"id": f"feedback-{said.id}", "question": said.question, "today": said.today}
    if said.history:
        record["history"] = list(said.history)
    if said.verdict is Verdict.HELPFUL:
        if said.answer["status"] == Status.NO_SOURCE:
            record["answerable"] = False
        if golds := [_gold(citation) for citation in said.answer["citations"]]:
            record["gold"] = golds
    return record | {"tags": ["feedback", said.verdict.value, f"status:{said.answer['status']}"]}


def _gold(citation: dict[str, Any]) -> dict[str, Any]:
    """Offsets and a hash: the words themselves stay in the index."""
    named = {key: citation[key] for key in ("source", "doc", "start", "end")}
    return named | {"sha256": sha256_text(citation["quote"])}
