"""Somebody whom the police hold, told: it sounds like a kidnapping, but the police are not whom to call then.

Men who pose as police are robbers or kidnappers, and a hospital is no cell.
"""

from __future__ import annotations

import re

_POLICE = (
    r"(?:the )?(?:local |traffic |tourist |secret |military )?"
    r"(?:police\w*|cops?|officers?|gendarmes?|authorities|immigration|(?:border|customs) (?:guards?|officials?|police))"
)
_WHOM = (
    r"(?:me|us|him|her|them|(?:my|our|his|her|a|the) (?:\w+ ){0,2}?(?:friends?|mates?|partner|husband|wife|sons?|"
    r"daughters?|brothers?|sisters?|father|mother|dad|mum|mom|boyfriend|girlfriend|cousin|colleague|students?|guide|"
    r"driver|group|family|uncle|aunt|nephew|niece|kids?|child|children))"
)
_WHO = rf"(?:i|we|he|she|they|friend|{_WHOM})"
_ARREST = r"(?:arrest(?:ed|ing|s)?|detain(?:ed|ing|s)?|jail(?:ed|ing)?|imprison(?:ed|ing)|lock(?:ed|ing|s)? up)"
_TAKE = r"(?:took|take[ns]?|taking|hold(?:ing|s)?|held|kept|keep(?:ing|s)?|has|have|got)"
_BEING = r"(?:'?s|'?ve|was|were|is|are|am|has|have|had|been|got|just|being)"
_CELL = r"(?:in ?to custody|in custody|(?:to|at|in) (?:\w+ ){0,2}?(?:station|jail|prison|cells?|headquarters))"
_NO_CUSTODY = r"(?! to (?:\w+ )?(?:hospital|clinic|doctor|ground)| by | hostage)"
_HELD = re.compile(
    rf"\b{_ARREST} {_WHOM}\b"
    rf"|\b{_POLICE}(?: \w+){{0,3}}? {_ARREST}(?: up)? {_WHOM}\b"
    rf"|\b{_POLICE}(?: {_BEING})* {_TAKE} {_WHOM}\b{_NO_CUSTODY}"
    rf"|\b{_WHO}(?: ?{_BEING})+ {_ARREST}\b(?! by (?!{_POLICE}))"
    rf"|\b{_WHO}(?: ?{_BEING})+ (?:taken|held)(?: away)? (?:by {_POLICE}|{_CELL})\b"
    r"|^\W*(?:got |was )?(?:arrested|detained|jailed)\b",
    re.IGNORECASE,
)
_POSING = re.compile(
    r"\b(?:fake|false|bogus|(?:dressed|posing|disguised) (?:as|like|up as)|pretend\w*|claim\w*|masked|"
    r"(?:say|says|said|saying) (?:he|she|they|to be))\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")


def in_custody(turn: str) -> bool:
    """Whether a turn tells that the police hold somebody."""
    return _HELD.search(turn) is not None and _POSING.search(turn) is None


def custody_left_out(turn: str) -> str:
    """A turn without the words that tell that the police hold somebody."""
    return _HELD.sub("", turn) if in_custody(turn) else turn


def without_custody(turn: str) -> str:
    """A turn without the sentences that tell that the police hold somebody."""
    if not in_custody(turn):
        return turn
    return " ".join(sentence for sentence in _SENTENCE_END.split(turn) if not _HELD.search(sentence))
