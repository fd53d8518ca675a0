"""Follow-ups: what the conversation lends to a question that does not make sense alone.

Each turn is read with the one before it. "And in Almaty?" changes the place, "and in 2011?" the time, "what about for
women?" who travels, "and the ambulance?" whose number; "why?" and "is that still true?" ask more of the same; a full
question keeps only the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from assistant.understanding import rewording, swapping
from assistant.understanding import turnwords as turns
from assistant.understanding.corrections import corrected
from assistant.understanding.namewords import follows, masked
from assistant.understanding.subject import Courtesy, courtesy
from assistant.understanding.unknown_place import unknown_place
from assistant.understanding.wanted import Wanted, wanted
from assistant.understanding.whereabouts import placeless, places_meant, without_places
from assistant.understanding.whose import names_embassy, nationality
from index.places import find_places

_LONGEST_THING = 6  # words
_REMEMBERED = 20  # turns: reading one takes half a millisecond


class _Turn(NamedTuple):
    """A question as it stands alone, and what later ones build on: its `subject` (a question), and where it was."""

    sentence: str
    subject: str = ""
    where: str = ""
    elsewhere: str = ""  # where the conversation was before that


def stand_alone(words: str, history: Sequence[str]) -> str:
    """The wording that makes sense alone, after the user's earlier questions (oldest first)."""
    turn: _Turn | None = None
    for earlier in history[-_REMEMBERED:]:
        if turn is not None or re.search(r"\w", _own(earlier)):
            turn = _read(corrected(earlier), turn)
    return _read(words, turn).sentence


def _own(words: str) -> str:
    """A turn without what leads to it: "ok thanks, and hospitals?" → "hospitals?"."""
    words = turns.I_MEAN.sub("", words)
    opening = turns.OPENING.match(words)
    return words[opening.end() :].strip() if opening else words.strip()


def _as_meant(own: str) -> str:
    """Without the place that is not meant: "not Syria, Lebanon", "the country, not the US state"."""
    named = places_meant(own)
    own = turns.AND_NOT.sub("", own) if len(find_places(own)) > len(named) else own
    return _own(turns.NOT_THERE.sub("", own)) if named or not find_places(own) else own


def _read(words: str, before: _Turn | None) -> _Turn:
    """A turn, read with the one before it."""
    words = words.strip()
    if before is None:
        return _Turn(words, words, rewording.place_phrase(words))
    if courtesy(words) in (Courtesy.THANKS, Courtesy.FAREWELL):
        return before._replace(sentence=words)
    if turns.YES.match(words):
        return before._replace(sentence=before.subject)
    own = _own(words)
    if not re.search(r"\w", own) or (unknown_place(own, ()) and not places_meant(own)):
        return before._replace(sentence=words)
    if any(turns.HAS_BEEN.match(masked(own, [mention], "*")) for mention in places_meant(own)):
        sentence = f"{rewording.question(before.subject)} {rewording.question(own)}"
        return before._replace(sentence=sentence)
    own = swapping.asked_of_them(own)
    if turned := _now_going(words, own, before) or _of_whom(own, before):
        return turned
    own = _as_meant(own)
    return _set_phrase(own, before) or _in_parts(words, own, before)


def _of_whom(own: str, before: _Turn) -> _Turn | None:
    """The same question as other governments see it, of oneself, or of another people."""
    if told := swapping.according_to(before.subject, own):
        return _again(told, before)
    people = _bare(own)
    if turns.MINE.fullmatch(people) and (mine := rewording.for_me(before.subject)):
        return _again(mine, before)
    if turns.PEOPLE.fullmatch(people) and all(m.kind == "demonym" for m in find_places(people)):
        return _again(rewording.for_people(before.subject, people), before)
    return None


def _set_phrase(own: str, before: _Turn) -> _Turn | None:
    """What a whole turn stands for: "should I go?", "I'm Irish", "the Irish one?", "which of them is safer?"."""
    if before.where and turns.GO_OR_NOT.fullmatch(own) and ". " not in before.subject:  # "I am pregnant. Is there …"
        return _again(f"Is it safe to travel to {before.where}?", before)
    if citizen := rewording.as_citizen(_bare(own)):
        return _again(rewording.for_people(before.subject, citizen), before)
    if told := _another_embassy(own, before.subject):
        return _again(told, before)
    return _compared(_bare(own), before)


def _in_parts(words: str, own: str, before: _Turn) -> _Turn:
    """A turn by the place that it names and the `rest` of its own words; all its `words` tell whether it goes on."""
    known = bool(before.where)
    place = rewording.place_phrase(own, known=known)
    rest = _bare(without_places(own, places_meant(own, known=known)))
    if turns.THE_OTHER.match(rest) and before.elsewhere:
        place, rest = before.elsewhere, ""
    part = turns.PART.fullmatch(rest)
    if part and before.where and not place:  # "The north?" asks the same of a part, and the place stays what it was
        moved = rewording.in_place(before.subject, _part_of(before.where, part))
        return _again(moved, before)
    if not place and not turns.CLAUSE.match(rest):  # "and women there?"
        rest = turns.THERE.sub("", rest).strip()
    if place and not rest and (told := swapping.by_government(before.subject, place)):
        return _again(told, before)
    turn = _moved(before, place) if place else before
    goes_on = turns.GOES_ON.match(words) is not None
    happens = turns.HAPPENS.match(own)
    supposed = turns.SUPPOSED.match(words) or happens
    asked = f"what {own}" if happens else f"what if {own}" if supposed else own
    another = not supposed and (goes_on or not place)
    return (
        (None if happens else _changed(rest, turn))
        or _asking_more(asked, rest, turn, place)
        or (_other_thing(rest, turn, goes_on=goes_on) if another else None)
        or _anew(asked, turn, place)
    )


def _compared(own: str, before: _Turn) -> _Turn | None:
    """What other governments say, which of two places it is, how a part of the country is, or its namesake, a state."""
    if turns.OTHER_GOVERNMENTS.fullmatch(own):
        told = swapping.by_other_governments(before.subject)
        return _again(told, before) if told else None
    which = turns.WHICH_OF_TWO.fullmatch(own)
    if which and not find_places(which["tail"] or ""):
        two = rewording.place_phrases(before.subject)
        if len(two) < 2 and which["safe"] and before.elsewhere and not turns.ALTERNATIVES.search(before.subject):
            two = [before.elsewhere, before.where]
        if len(two) > 1:
            return _again(f"Which is {which['more']}{which['tail'] or ''}, {rewording.listed(two, 'or')}?", before)
    judged = turns.PART_JUDGED.fullmatch(own)
    if judged and before.where:
        return _again(f"{judged['asks']} {_part_of(before.where, judged)}{judged['judged']}", before)
    namesake = find_places(before.where)[:1] if turns.THE_STATE.fullmatch(own) else []
    if namesake and "US" in namesake[0].lesser:
        turn = _moved(before, f"{namesake[0].name} USA")
        return _again(turn.subject, turn)
    return None


def _now_going(words: str, own: str, before: _Turn) -> _Turn | None:
    """The same question about where one goes now: "actually we land in Medellín, not Cartagena"."""
    if not turns.NOW_GOING.match(masked(own, find_places(own), "*")) or not turns.CHANGES.search(words):
        return None
    place = rewording.place_phrase(turns.TAKEN_BACK.split(own)[0])
    moved = _moved(before, place)
    return _again(moved.subject, moved) if place else None


def _part_of(where: str, part: re.Match[str]) -> str:
    """ "Northern Nigeria" for "the north" in Lagos."""
    return f"{part['part'].lower()}ern {rewording.whole_of(where)}"


def _another_embassy(own: str, subject: str) -> str | None:
    """ "Where is the Irish embassy in Kuwait?" for "the Irish one?" after the American one; else None."""
    asked = turns.THEIR_ONE.fullmatch(own)
    theirs = find_places(asked["whose"], slips=False) if asked else []
    before = [m for m in find_places(subject, slips=False) if names_embassy(subject, m)]
    if before and turns.OURS.fullmatch(_bare(own)) and follows("embassy", subject, before[0]):
        return f"{rewording.without_article(subject[: before[0].start])}my{subject[before[0].end :]}"
    if asked is None or not before or not theirs or theirs[0].kind not in ("demonym", "country"):
        return None
    whose = rewording.capital(asked["whose"]) if len(asked["whose"]) > 2 else asked["whose"].upper()
    return subject[: before[0].start] + whose + subject[before[0].end :]


def _moved(turn: _Turn, place: str) -> _Turn:
    """The same question in another place."""
    elsewhere = turn.where if turn.where != place else turn.elsewhere
    return turn._replace(subject=rewording.in_place(turn.subject, place), where=place, elsewhere=elsewhere)


def _changed(rest: str, turn: _Turn) -> _Turn | None:
    """The same question about another time or other people, under another condition, or only in another place."""
    subject = turn.subject
    if turns.NOW.match(rest):
        return _again(rewording.at_present(subject), turn)
    if turns.FILLERS.issuperset(_words(rest)):
        return _again(subject, turn)
    if re.fullmatch(r"(?:19|20)\d\d", rest):
        rest = f"in {rest}"
    if rewording.time_phrase(rest) == rest:
        return _again(rewording.at_time(subject, rest), turn)
    people = rewording.as_citizen(rest) or (rest if re.match(r"(?:for|as)\b", rest, re.IGNORECASE) else f"for {rest}")
    if re.fullmatch(rf"\w+ (?:an? |the |my )?{rewording.PEOPLE}", people, re.IGNORECASE) or nationality(people):
        return _again(rewording.for_people(subject, people), turn)
    if turns.QUALIFIER.match(rest) and not turns.ASKS_WITHIN.search(rest):
        return _again(rewording.qualified(subject, rest), turn)
    return None


def _asking_more(own: str, rest: str, turn: _Turn, place: str) -> _Turn | None:
    """More about what was asked: a reason, a price, whether it holds; said beside the question that it is about."""
    subject = turn.subject
    if turns.WHY.match(rest) and turns.AUXILIARY.match(subject):
        if turn.where and wanted(placeless(subject)) is Wanted.LEVEL:  # "Should I go to Mali?", "Why?"
            return turn._replace(sentence=f"Why is this the advisory level for {turn.where}?")
        return turn._replace(sentence=f"Why {subject[:1].lower()}{subject[1:]}")
    need = re.match(r"(?:do|does) (?:\w+ ){1,3}?need (?P<what>.+?)[?.! ]*$", subject, re.IGNORECASE)
    if need and turns.HOW_MUCH.match(rest):
        return turn._replace(sentence=f"How much is {need['what']}?")
    attribute = turns.ATTRIBUTE.match(rest)
    asked = swapping.of_entity(subject, attribute["what"].lower()) if attribute else None
    if asked:
        return turn._replace(sentence=asked, subject=asked)
    points_back = turns.POINTS_BACK.search(rest) is not None and turns.POINTS_NOWHERE.search(rest) is None
    generic = turns.CLAUSE.match(rest) is not None and not place and turns.GENERIC.issuperset(_words(rest))
    more = (turns.WHY, turns.HOW_MUCH, turns.MORE, turns.ATTRIBUTE, turns.BRIDGE)
    if points_back or generic or turns.ONE_OF_THEM.search(rest) or any(pattern.match(rest) for pattern in more):
        return turn._replace(sentence=f"{rewording.question(subject)} {rewording.capital(_asked(own))}")
    return None


def _other_thing(rest: str, turn: _Turn, *, goes_on: bool) -> _Turn | None:
    """The same asked about another thing, where that makes sense; else that thing in the same place and time."""
    if turns.CLAUSE.match(rest) or len(rest.split()) > _LONGEST_THING:
        return None
    subject, swapped = turn.subject, None
    if wanted(placeless(subject)) is Wanted.PHONE:
        swapped = swapping.for_service(subject, rest)
    swapped = swapped or swapping.about_thing(subject, rest)
    if swapped:
        return _again(swapped, turn)
    if not goes_on:
        return None
    where, time = f" in {turn.where}" if turn.where else "", rewording.time_phrase(subject)
    return _again(f"What about {rest}{where}{f' {time}' if time else ''}?", turn)


def _anew(own: str, turn: _Turn, place: str) -> _Turn:
    """A question of its own; it keeps only the place."""
    sentence = _asked(own)
    if not place and turn.where:
        there = turns.THERE.search(sentence)
        if there:
            to = "to" if turns.GOING.search(sentence[: there.start()]) else "in"
            sentence = f"{sentence[: there.start()]}{to} {turn.where}{sentence[there.end() :]}"
        else:
            sentence = rewording.at_end(sentence, f"in {turn.where}")
    return _again(sentence, turn)


def _again(sentence: str, turn: _Turn) -> _Turn:
    sentence = _asked(rewording.capital(sentence))
    return turn._replace(sentence=sentence, subject=sentence)


def _asked(words: str) -> str:
    return words if words.endswith(("?", ".", "!")) or not rewording.ASKS.match(words) else f"{words}?"


def _bare(words: str) -> str:
    """Without the marks around it."""
    return words.strip(" ,.?!")


def _words(text: str) -> list[str]:
    return re.findall(r"[\w’']+", text.lower())
