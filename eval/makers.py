"""The question sets that are made by rule from an index, by name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from eval import hazards, judged, levels, numbers, topics
from eval.choices import Hazards, What, Wording
from eval.making import Options
from eval.records import QuestionRecord
from index.snapshot import Snapshot

Maker = Callable[[Snapshot, Options], list[QuestionRecord]]


def maker(what: What, wording: Wording = Wording.OWN, hazard_set: Hazards = Hazards.REPORTED) -> Maker:
    """What makes the questions of a set."""
    name = "hazards_dev" if hazard_set is Hazards.DEV else "hazards"
    makers: dict[What, Maker] = {
        What.HAZARDS: partial(hazards.questions, wording=wording.value, name=name),
        What.NUMBERS: numbers.questions,
        What.LEVELS: levels.questions,
        What.PLACES: topics.questions,
        What.JUDGED: judged.questions,
    }
    return makers[what]
