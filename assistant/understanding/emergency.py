"""The rule that comes before the search: is somebody in danger now, and whom do they need?

It reads the whole conversation and no document, so it works while the first index is still building. An emergency is a
*statement* that harm is happening to somebody ("my friend collapsed", "someone is following me"). The same words inside
a question ("how do I", "is it common that"), a supposition ("if", "in case", "I read that") or a time far off ("last
year", "planning") ask about safety and go to the search. Where nothing is asked at all, two weaker signs are enough.
The words stand in `emergency_words` and its tables.

Fear finds words that no table has, and a film or a joke has the words. Where a model is loaded, the caller passes a
second look, by meaning (`alarm`). It may alarm only about a turn that says something outright, so that no
question of procedure, no supposition and nothing long past alarms by its meaning alone; and it may quiet what the words
say only where it is sure, and only in English, which it knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum

from assistant.understanding.custody import custody_left_out, without_custody
from assistant.understanding.emergency_words import (
    EMERGENCY_SERVICES,
    ENGLISH,
    Harm,
    Language,
    language_table,
    languages_of,
    read,
    sentences_of,
    spoken_in,
)

_NEW_QUESTION = 5  # words: a shorter turn ("Peru", "and now?") goes on with what was said before
_ENOUGH_CUES = 2
FEWEST = 3  # words: "snake bite" may be a topic, "snake bit me" is none


class Heard(StrEnum):
    """What the meaning of a turn says."""

    ALARM = "alarm"
    UNSURE = "unsure"
    QUIET = "quiet"


Listener = Callable[[str], Heard]


def is_emergency(turns: Sequence[str], listener: Listener | None = None) -> bool:
    """Whether somebody needs help now. `turns` are the user's, oldest first; the last is the current one.

    What was said earlier counts until a new question about something else: "he says he's fine" or "Peru" changes
    nothing. `listener` tells what a turn means.
    """
    return any(_alarms(turn, bool(calls), listener) for turn, calls in _matter(turns))


def _alarms(turn: str, said: bool, listener: Listener | None) -> bool:
    if listener is None:
        return said
    if said:
        return not (_may_be_quieted(turn) and listener(turn) is Heard.QUIET)
    rest = without_custody(turn)
    return is_outright(rest) and listener(rest) is Heard.ALARM


def services(turns: Sequence[str]) -> tuple[str, ...]:
    """Which emergency services are called for, most urgent first; none where it is unclear or there is no emergency."""
    wanted = {service for _, calls in _matter(turns) for call in calls for service in call}
    return tuple(service for service in EMERGENCY_SERVICES if service in wanted)


def likely_services(turns: Sequence[str]) -> tuple[str, ...]:
    """Whom to call where nothing tells: first the fire brigade where it burns, the police where it is a crime."""
    text = read(" ".join(turn for turn, _ in _matter(turns)))
    words = [harm for language in spoken_in(text) for harm in language.harms if harm.how == "words"]
    told = {harm.services[0] for harm in words if harm.said.pattern.search(text)}
    if "fire" in told:
        return EMERGENCY_SERVICES
    return ("police", "ambulance") if "police" in told else ("ambulance", "police")


def may_need_help(turn: str) -> bool:
    """Whether a turn tells of a wound, a crime or a service needed: of somebody at hand, or without asking anything."""
    text = read(turn)
    spoken = spoken_in(text)
    asks = _asks(text, spoken)
    return any(_tells_of_need(part, language, asks) for language in spoken for part in sentences_of(text))


def _tells_of_need(sentence: str, language: Language, asks: bool) -> bool:
    if language.elsewhere.pattern.search(sentence) or len(sentence.split()) < FEWEST:
        return False
    stated = [sentence[stretch.start : stretch.stop] for stretch in _stated(sentence, language)]
    ours = language.person.pattern.search if language.person else lambda _clause: None
    return any(language.need.pattern.search(clause) and (not asks or ours(clause)) for clause in stated)


def asks_something(turn: str) -> bool:
    """Whether a turn asks anything."""
    text = read(turn)
    return _asks(text, spoken_in(text))


def asks_besides(turns: Sequence[str]) -> bool:
    """Whether the last turn, which is not the first, asks something and calls for no service itself."""
    text = read(turns[-1])
    spoken = spoken_in(text)
    asks = len(text.split()) >= _NEW_QUESTION and _asks(text, spoken)
    return len(turns) > 1 and asks and not any(_calls_in(text, language) for language in spoken)


def is_outright(turn: str) -> bool:
    """Whether a turn says something outright, in three words or more: neither asked, nor supposed, nor long past.

    Unlike the statements that `_is_said` looks for, a clause may begin at any comma: its meaning is yet to be judged.
    What ends in a question mark without a word of us or of whoever is hurt asks about others: "lads throwing acid?"
    """
    text = read(turn)
    return all(any(_tells(part, language) for part in re.findall(r"[^?]+\??", text)) for language in spoken_in(text))


def _tells(part: str, language: Language) -> bool:
    """Whether one of the sentences up to a question mark, or to the end, says something outright."""
    *told, last = sentences_of(part) or [""]
    asks = part.endswith("?") and language.person is not None and not language.person.pattern.search(last)
    return any(_has_statement(sentence, language) for sentence in (told if asks else [*told, last]))


def _has_statement(sentence: str, language: Language) -> bool:
    if language.elsewhere.pattern.search(sentence):
        return False
    starts = [0, *(found.end() for found in re.finditer(f", |{language.breaks.pattern}", sentence))]
    supposed = language.supposed.pattern.search(sentence)
    said = [sentence[start : supposed.start() if supposed else None].strip() for start in starts]
    return any(len(clause.split()) >= FEWEST and not language.asked.pattern.match(clause) for clause in said)


def _matter(turns: Sequence[str]) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Each turn from the latest back to the last change of subject, and the services each statement in it calls for."""
    for turn in reversed(turns):
        text = read(custody_left_out(turn))
        calls = [call for language in spoken_in(text) for call in _calls_in(text, language)]
        yield turn, calls
        if not calls and _is_new_question(text):
            return


def _calls_in(text: str, language: Language) -> list[tuple[str, ...]]:
    mended = re.sub(r"\w+", lambda word: language.mend.get(word[0], word[0]), text)
    sentences = sentences_of(language.topics.pattern.sub("", mended))
    calls = [
        harm.services
        for sentence in sentences
        if not language.elsewhere.pattern.search(sentence) and (stated := _stated(sentence, language))
        for harm in language.harms
        if harm.how in ("", "near") and _is_said(harm, sentence, stated, language)
    ]
    return calls or _hints(sentences, language)


def _is_said(harm: Harm, sentence: str, stated: Sequence[range], language: Language) -> bool:
    """Whether the sentence tells of the harm where it states something."""
    here = language.here.pattern.search(sentence) if harm.how == "near" else None
    if harm.how == "near" and not here:
        return False
    found = harm.said.pattern.finditer(sentence, here.end() if here else 0)
    return any(match.start() in stretch for match in found for stretch in stated)


def _stated(sentence: str, language: Language) -> list[range]:
    """Where a sentence states something: in each clause what comes before it asks, all of that before it supposes."""
    supposed = language.supposed.pattern.search(sentence)
    end = supposed.start() if supposed else len(sentence)
    starts = [0, *(found.end() for found in language.breaks.finditer(sentence))]
    stretches = []
    for start, following in zip(starts, [*starts[1:], end], strict=True):
        asked = language.asked.pattern.search(sentence[start:])
        stretches.append(range(start, min(following, end, start + asked.start() if asked else end)))
    return [stretch for stretch in stretches if stretch]


def _hints(sentences: Sequence[str], language: Language) -> list[tuple[str, ...]]:
    """What the weaker signs call for, where two stand in a turn about somebody at hand that asks nothing."""
    text = ". ".join(language.breaks.sub(", ", sentence) for sentence in sentences)
    frames = (language.asked, language.supposed, language.elsewhere)
    if any(frame.pattern.search(text) for frame in frames) or not language.here.pattern.search(text):
        return []
    cues = {harm.services: set(harm.said.pattern.findall(text)) for harm in language.harms if harm.how == "cues"}
    enough = len(set().union(*cues.values())) >= _ENOUGH_CUES
    return [wanted for wanted, found in cues.items() if found] if enough else []


def _is_new_question(text: str) -> bool:
    """Whether a turn asks about something else than the emergency before it."""
    spoken = spoken_in(text)
    if len(text.split()) < _NEW_QUESTION or any(language.same_matter.pattern.search(text) for language in spoken):
        return False
    return _asks(text, spoken)


def _asks(text: str, spoken: Sequence[Language]) -> bool:
    return "?" in text or any(language.asked.pattern.search(part) for language in spoken for part in sentences_of(text))


def _may_be_quieted(turn: str) -> bool:
    """Whether a turn is in English alone and reports no harm in plain words."""
    text = read(turn)
    return languages_of(text) == {ENGLISH} and not any(
        map(language_table(ENGLISH).plain.pattern.search, sentences_of(text))
    )
