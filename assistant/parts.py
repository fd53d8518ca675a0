"""Two questions in one turn: "Are the ATMs safe, and can I drink the tap water?". Each is answered by itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from assistant import messages
from assistant.choosing.arrange import MOST_QUOTES
from assistant.choosing.coverage import own_words
from assistant.choosing.quotes import distinct
from assistant.outcome import Answer, Status, in_turn, make_answer
from assistant.understanding.question import Question, understand
from assistant.understanding.whereabouts import placeless
from index.filters import Filters
from index.snapshot import Snapshot

_ASKS = (
    r"(?:what|how|where|which|when|why|who|(?:is|are|do|does|did)(?! (?:not|also|still|only|so)\b) \w|"
    r"(?:can|could|may|should|must|will|would) (?:i|we|you|the|my|our|an?|any|foreign\w*|tourists?|travell?ers?|"
    r"visitors?|women|children|people)\b)"
)
_QUESTION = re.compile(rf"(?:[^:?]{{1,40}}: *)?\W*{_ASKS}", re.IGNORECASE)  # "Jordan: do I need a visa"
_SEAM = re.compile(rf"(?:,? and(?: also)? |\? *(?:and )?| / )(?={_ASKS})", re.IGNORECASE)
_SPEAKS_OF_THE_OTHER = re.compile(
    r"\b(?:its?|he|him|she|her|they|them|their|this|that|these|those|ones?|so|else)\b|"
    # against what, the other part tells: "Is there malaria, and should I take tablets?"
    r"\b(?:my|your|our)sel(?:f|ves)\b|\bstay safe\W*$|\b(?:should|can|do|must) (?:i|we) do\W*$|"
    r"\b(?:should|do|must) (?:i|we) (?:take|get|need|bring|use|pack|have)(?: (?!which|what)\w+){0,2} "
    r"(?:tablets?|pills?|medicines?|medication|prophyla\w+|jabs?|vaccines?|vaccinations?|shots?|repellents?|nets?)\b",
    re.IGNORECASE,
)
_IT_IS = re.compile(r"\bis it \w+ (?:to|for)\b", re.IGNORECASE)  # speaks of nothing
_MOST = 3
_OF_BOTH = 0.8  # coverage of a quote that answers the whole


def parts(words: str) -> tuple[str, ...]:
    """The questions that a turn is made of, where each makes sense without the others; else none."""
    found = [part.strip(" ,?") for part in _SEAM.split(words)]
    if not 1 < len(found) <= _MOST or any(_SPEAKS_OF_THE_OTHER.search(_IT_IS.sub("", part)) for part in found[1:]):
        return ()
    return tuple(found) if all(_QUESTION.match(part) and _says_enough(part) for part in found) else ()


def with_each_part(answer: Answer, snapshot: Snapshot, search: Callable[[Question], Answer]) -> Answer:
    """The answer to each question of a turn, their first quotes first.

    The answer itself where the turn is one question, where a quote answers all of it, or where nothing is found.
    """
    question = answer.question
    if len(question.places) != 1 or question.contact or (answer.quotes and answer.quotes[0].coverage >= _OF_BOTH):
        return answer
    asked, alone = parts(question.words), parts(question.standalone)
    if len(asked) != len(alone):  # the earlier turns are among the words
        return answer
    found = {words: search(_asked(part, question, snapshot)) for words, part in zip(asked, alone, strict=True)}
    told = [part for part in found.values() if part.status is Status.ANSWERED and part.quotes]
    if not told:
        return answer
    best = max(told, key=lambda part: part.probability)
    both = make_answer(
        snapshot,
        Status.ANSWERED,
        question,
        Filters(places=question.places),
        best.hits,
        quotes=tuple(distinct(in_turn(told), MOST_QUOTES)),
        judgement=best.judgement,
    )
    silent = [messages.PART_NOT_ANSWERED.format(words=words) for words, part in found.items() if part not in told]
    general = messages.GENERAL_ADVICE.format(place=question.where)
    said = [note for part in told for note in part.notes if note == general]
    return replace(both, notes=tuple(dict.fromkeys((*silent, *said, *both.notes))))


def _asked(words: str, whole: Question, snapshot: Snapshot) -> Question:
    """One of the questions of a turn, of the place that the turn is about."""
    part = understand(
        words,
        today=whole.today,
        passport=whole.nationality,
        place=whole.places[0],
        covered=snapshot.places,
        vocabulary=snapshot.files.words,
    )
    return replace(
        part, places=whole.places, options=(), place_words=whole.place_words, finer_places=whole.finer_places
    )


def _says_enough(part: str) -> bool:
    """Whether it speaks of something: more than one word that says anything, and one of them beside the place."""
    said, _ = own_words(part)
    _, subjects = own_words(placeless(part))
    return said > 1 and subjects > 0
