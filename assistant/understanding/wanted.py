"""What kind of thing does a question ask for?"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.understanding.patterns import any_of


class Wanted(StrEnum):
    """The kind of thing that an answer must hold."""

    PHONE = "phone number"
    LEVEL = "advisory level"
    AREAS = "areas to avoid"
    UPDATES = "latest update of the advice"
    AMOUNT = "figure"
    DATE = "date"
    NAME = "name"
    ADDRESS = "address"
    TEXT = "statement"


def wanted(question: str) -> Wanted:
    """The kind that the first fitting pattern tells; a plain statement where none fits.

    `question` is the wording without the place: "Is it safe to go to Peru?" comes as "Is it safe to go?".
    """
    return next((kind for kind, pattern in _PATTERNS if pattern.search(question)), Wanted.TEXT)


_CALL = r"(?:call|dial|ring|phone|telephone)\b"
_TO_GO = r"(?: (?:to|for) (?:travel|go|visit|tourists?|visitors?|travell?ers?)(?: to| there)?)?"
_NOW = r"(?: (?:right now|now|today|at the moment|currently|these days|in general))?"
_NUMBER = r"numbers?\b(?! of (?!the\b|an?\b|my\b|our\b))"  # "the number of deaths" is no number to call
_OF_SOMETHING_ELSE = ("water ", "sea ", "crime ")  # a level of which is no advice
_NOT_OF_ADVICE = "".join(
    f"(?<!{kind} )"
    for kind in ("terror", "terrorism", "terrorist", "volcanic", "volcano", "vigipirate", "flood", "fire")
)
_SOMEONE = r"(?:i|we|you|one|someone|people|foreigners|tourists|visitors|travellers)"

_AREAS = r"(?:areas?|parts?|regions?|provinces?|states?|cities|towns|districts?|places|zones?|borders?)"
_TO_SHUN = (
    r"(?:avoid(?:ed)?|(?:(?:un|not )?safe|dangerous|risky|off[- ]limits)(?! to (?!travel|go|visit|be))|stay away from|"
    r"(?:stay|keep) out of|steer clear of|no[- ]go\b(?! (?:areas?|zones?))|(?:advis\w+|warn\w*) (?:\w+ ){0,2}against|"
    r"(?:not|n['’]t) (?:(?:to|i|we|you|one) )?(?:go|travel|visit))"
)
_GOING = (
    r"(?: (?:to|for|in|at all|all|any|going|travel\w*|visit\w*|go|be|there|tourists?|foreigners|us|me|right|now|the|"
    r"moment|currently|today))*(?:,? according to [^?,]{1,40})?\W*$"
)

_DANGER = r"(?:(?:the|an?) )?(?:\w+ )?(?:danger|risk|threat|problem|worry|concern|issue|likelihood|chance)s?\b"

_SUM = (  # what is told by a figure
    r"(?:fines?|fees?|prices?|costs?|fares?|salar(?:y|ies)|age of (?:consent|majority)|"
    r"(?:speed|alcohol|age|cash|drink[- ]driv(?:e|ing)) limits?|(?:legal|minimum|drinking|smoking|driving) age)"
)
# "Fine for littering" asks for a sum, "fine for a family?" and "fine for swimming?" ask whether it is well.
_OFFENCE = (
    r"(?:(?:not|no|without|using|having|possess\w+|carrying|chewing|smoking|vaping|spitting|overstay\w*|litter\w*|"
    r"jaywalk\w*|speeding|parking|drink[- ]driving|vap(?:es?|ing)|e-?cig\w*|electronic cig\w*|drugs?)\b)"
)
_NO_MORE = r"(?= (?:of|for|on|in|at|to|when|per)\b|\W*$)"
_ASKING = (  # what begins a sentence rather than a name: "is it worth the price?"
    r"(?:is|are|was|do|does|did|can|could|will|would|should|must|may|has|have|why|how|who|when|where|which|that|i|we|"
    r"you|they|it|avoid|pay\w*|tell|compare|beware)\b"
)
_OF_WHAT_KIND = r"(?:(?!(?:of|on|for|to|about|in|if|that|with|as)\b)[\w-]+ ){0,3}?"

_CLAUSE = r"[^?]*, (?:\w+ )?(?:do|does|can|will|should|is|are|must|may|what|where|how)\b"  # and what is asked

_FETCH = r"(?:get|fetch|summon|request|have|order|send for|reach|contact|alert|get hold of|raise)"
_HELPERS = (
    r"(?:(?:an?|the|some) )?(?:local )?(?:ambulances?|paramedics|police(?:man|men)?|cops?|"
    r"fire (?:brigade|service|engine|department|truck)|fire ?fighters|coast ?guard|"
    r"(?:mountain |sea )?rescue(?: team| services?)?|emergency services)\b"
    r"(?! (?:reports?|certificates?|clearance|records?|statements?|checks?|escorts?|stations?))"
)

_SERVICE = (
    r"(?:police|polic[ií]a|polizei|polizia|ambul[ae]n(?:ce|cia|za|z)|fire (?:brigade|service|department)|bomberos|"
    r"feuerwehr|pompiers|coast ?guard)"
)
_NUMBER_IN_SHORT = r"(?:n[uúo]mm?[eé]r[oa]?s?|num|nr|no\.|tel(?:[ée]fonos?)?)"
_COURTESY = r"(?: (?:service|please|pls|plz))*"
# A phone that is carried, not called: "a satellite phone", "search your phone".
_DEVICE = "".join(
    f"(?<!{word} )" for word in ("satellite", "sat", "mobile", "cell", "smart", "my", "your", "their", "a", "with")
)
_ADVICE = (
    r"(?:(?:the|your|their|its|this|official|uk|us|fcdo|government|[\w.]+['’]s|"
    r"british|irish|canadian|american|australian) )*"
    r"(?:travel (?:advice|advisor\w+|warnings?|guidance)|advice|advisor\w+|(?:advi\w+ )?levels?)\b(?! of)"
)
_STRICT = (
    r"(?:(?:more|most|less|least) (?:strict|cautious|careful|relaxed|lenient)|"
    r"(?:strict|harsh|tough|soft|mild)(?:er|est))"
)
_SAFER = (
    r"(?:safe(?:r|st)|riskier|(?:more|less) (?:safe|dangerous|risky)|most dangerous|least safe|"
    r"(?:rated|ranked) (?:(?:as|at|an?|the|of) )*(?:high|low|worse|worst|better|best)(?:er|est)?"
    r"(?: (?:risk|danger|level))?)"
)
_OF_PLACES = (
    r"(?:(?:so|and|which|what|is|are|or|than|one|of|the|two|it|country|to|for|go|going|visit\w*|travel\w*|tourists?|"
    r"right now|now|today|at the moment|currently|generally|overall|in general|considered|rated|ranked|much|any|"
    r"(?:our|my|the|an?) (?:\w+ )?(?:staff|team|colleagues|employees|volunteers|office|base|mission|posting|visit)"
    r")\b\W*)*"
)

# In order: the first that fits decides.
_PATTERNS: tuple[tuple[Wanted, re.Pattern[str]], ...] = (
    (
        Wanted.AREAS,
        any_of(
            rf"\b(?:which|what|any|there|list of|some) (?:\w+ )?{_AREAS}\b[^?]{{0,40}}\b{_TO_SHUN}{_GOING}",
            rf"\bwhere\b[^?]{{0,30}}(?:\b|(?=n['’]t)){_TO_SHUN}{_GOING}",
            rf"\bno[- ]go (?:areas?|zones?)\b|\b(?:dangerous|unsafe) {_AREAS}\W*$",
            rf"\b{_AREAS} (?:to|{_SOMEONE} should|that should be) (?:avoid(?:ed)?|stay away from|stay out of){_GOING}",
        ),
    ),
    (
        Wanted.UPDATES,
        any_of(
            rf"\b(?:latest|most recent|recent|last|newest) (?:changes?|updates?) (?:to|of|in|on|for) {_ADVICE}",
            rf"\bwhat(?:['’]s| has| is| was)? (?:recently |just |last )?(?:been )?"
            rf"(?:changed|updated|new) (?:to|in|about|with) {_ADVICE}",
            rf"\bhow (?:has|have|did) {_ADVICE}(?: [\w.’']+){{0,3}} change",
        ),
    ),
    (
        Wanted.LEVEL,
        any_of(
            rf"{_NOT_OF_ADVICE}\b(?:advis\w+|advice|risk|warning|threat|alert|security) (?:level|status|rating)s?\b",
            r"\blevel of (?:advi\w+|caution|alert)\b",
            r"\btravel (?:advisor(?:y|ies)|warnings?)(?: (?:for|is|are|on)\b|\W*$)",
            r"\b(?:say|advis|warn|tell)\w*\b[^?]{0,30}\b(?:about|against|avoid|not to|reconsider)\b[^?]{0,12}"
            r"\b(?:going|travel\w*)(?: to\b|\W*$)",
            r"\b(?:which|what|whose) (?:(?:is|was) the )?(?:current )?levels?\b(?! of)",
            rf"(?:^|\b(?<!{_OF_SOMETHING_ELSE[0]})(?<!{_OF_SOMETHING_ELSE[1]})(?<!{_OF_SOMETHING_ELSE[2]}))level"
            r"(?: (?:for|given|set|now|today|currently)\b|\W*$)",
            r"\b(?:security|advisory|travel) (?:status|rating)\b|\badvi[cs]\w+ rating\b",
            rf"^\W*(?:so |and )?(?:is|how) (?:it )?(?:safe|dangerous|risky|ok|okay){_TO_GO}{_NOW}\W*$",
            rf"^\W*(?:and )?how (?:safe|dangerous|risky) is(?: it)?{_TO_GO}{_NOW}\W*$",
            r"^\W*(?:so )?is (?:it )?safe (?:enough )?(?:for|to send) (?:our |my |us|the |an? )*(?:\w+ )?"
            r"(?:engineers?|staff|teams?|colleagues?|employees|volunteers|workers|delegation|site visit)\W*$",
            r"^\W*compare (?:the )?(?:[\w.’']+ ){0,6}(?:advice|advisor\w+|levels?|warnings?)(?: (?:for|on|about))?\W*$",
            r"\b(?:which|what) governments? (?:say|advise|warn)\w* (?:do not|don['’]t|not to|against) (?:travel|go)",
            # How old it is stands beside each government's level.
            rf"\bwhen (?:was|were|did) {_ADVICE}(?: [\w.’']+){{0,3}} "
            r"(?:updated?|issued?|published|changed?|reviewed|written)\b",
            rf"\b(?:how (?:old|recent|current|up[- ]to[- ]date) (?:is|are)|date of) {_ADVICE}",
            r"\b(?:current|same|fcd?o|dfat|overall) (?:(?:travel|advisory|advice) )*levels?\b(?! of)",
            r"(?:agree|differ) (?:on|about|over) (?:the |a )?(?:(?:travel|advisory|advice) )*levels?\b(?! of)",
            rf"\bgovernments? (?:is|are|has|gives?|takes?) (?:the )?{_STRICT}"
            rf"(?: (?:advice|line|view|on|about|over|for))*{_NOW}\W*$",
            rf"^(?=.*\b(?:than|or|which)\b)\W*{_OF_PLACES}{_SAFER}\W*{_OF_PLACES}$",
            rf"^\W*(?:so )?(?:should|can) (?:i|we|you|one) (?:still |better )?"
            rf"(?:travel|go|visit)(?: to| there)?{_NOW}\W*$",
            r"^\W*(?:so )?(?:(?:is )?it['’]?s?(?: is)? |would it be |am i )?better (?:to )?(?:off )?not (?:to )?"
            r"(?:go|travel|visit)(?:ing)?\b",
        ),
    ),
    (
        Wanted.PHONE,
        any_of(
            r"\b(?:phone|telephone|emergency|hotline|helpline|after-hours|contact|duty|mobile|which|what|police|ambulance|"
            rf"fire|brigade|rescue|coast ?guard|poison|embassy|consulate|consular|hospital|doctor)"
            rf"\W+(?:\w+\W+){{0,3}}?{_NUMBER}",
            rf"\b(?:roadside|(?<!mental )(?<!nervous )breakdown|towing|vehicle (?:rescue|recovery))"
            rf"(?: (?:assistance|rescue|recovery|help|service))* (?:phone )?{_NUMBER}",
            r"\bnumbers? of (?:police|ambulance|hospital|embassy|consulate)\b(?! \w+s\b)",
            r"\bnumbers? (?:do|should|can|to|for)\b|\bnumbers? of (?:the|an?|my|our)\b",
            rf"{_DEVICE}\b(?:phone|telephone)s?(?: (?:for|of|line)\b|\W*$)",
            r"\b(?:hotline|help ?line)s?(?: (?:for|of|in|line)\b|\W*$)|\b(?:support|crisis|counsell?ing) ?lines?\b",
            rf"\b{_SERVICE}\W+{_NUMBER_IN_SHORT}(?!\w)|\b{_NUMBER_IN_SHORT}\W+(?:\w+\W+){{0,2}}?{_SERVICE}\b",
            rf"^\W*(?:the )?{_SERVICE}{_COURTESY}\W*$",
            r"\b(?:emergency|embassy|consular|police) contacts?\b",
            rf"\b(?:do|can|should|would|must|could) {_SOMEONE} {_CALL}",
            rf"\bhow (?:do|can|should|would|could|to)(?: {_SOMEONE})? {_FETCH} {_HELPERS}",
            rf"\b(?:who|whom|what|which|where|how)\b[^?]{{0,40}}\b{_CALL}",
            rf"\bwho(?:m)? (?:to|(?:do|can|should|must|could) {_SOMEONE}) (?:contact|turn to)\b",
            r"\breach [^?]{0,60}\b(?:by (?:tele)?phone|(?:after|out of) hours|at night|(?:on|over) (?:a|the) weekend)",
        ),
    ),
    (
        Wanted.AMOUNT,
        any_of(
            rf"\bhow (?:much|many|high|large|big|long|far|old|strong)\b(?! (?:is|are|of) {_DANGER})(?! {_DANGER})"
            r"(?! (?:cash|money) (?:should|do|can|must|shall) (?:i|we|you|one) (?:carry|take|have on|keep)"
            r"(?! (?:out|into)\b))",
            r"\bwhat (?:percentage|per cent|percent|share|proportion|rate|price|fine|fee|cost|amount|age)\b",
            r"\bby how much\b|\bper ?cent(?:age)?\b",
            rf"\b(?:what(?:['’]s| is| are| was| were)|is there) (?:the|an?|any) {_OF_WHAT_KIND}"
            rf"(?:{_SUM}|numbers? of|limit(?=\W*$))\b",
            rf"^\W*(?:and )?(?:the )?(?:numbers? of\b|(?:(?:legal|minimum|maximum|average) )?{_SUM}"
            rf"(?<!\bfine){_NO_MORE})",
            rf"^\W*(?:and )?(?:the )?fine (?:for|of) (?:an? |illegal |public )*{_OFFENCE}",
            rf"^\W*(?!{_ASKING})(?:[\w'’-]+ ){{1,4}}(?:prices?|cost)(?: (?:for|in|of|to))?\W*$",
            r"\bwhat (?:do|does|did|would|will) [^?]{1,60}\bcost\b(?! of)",
        ),
    ),
    # "When the sirens go, do I have to…?" asks for no date.
    (
        Wanted.DATE,
        any_of(
            rf"^\W*(?:and )?when\b(?!{_CLAUSE})",
            r"\b(?:what|which) (?:year|date|day|month)\b",
            r"\bsince when\b",
        ),
    ),
    (
        Wanted.ADDRESS,
        any_of(
            r"\baddress\b|\b(?:what|which) street\b",
            r"\bwhere(?:'s|’s| is| are| do i find| can i find) (?:the|an?|my|our) [^?]{0,40}"
            r"(?:embassy|consulate|mission|clinic|hospital|office|police station)\b",
        ),
    ),
    (
        Wanted.NAME,
        any_of(r"^\W*(?:and )?who (?:is|was|are|were|runs|heads|said|announced)\b", r"\bwhat(?:'s| is) the name\b"),
    ),
)
