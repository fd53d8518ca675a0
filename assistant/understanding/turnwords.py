"""The words by which a turn of a conversation leans on those before it. Patterns only; `followup.py` uses them."""

from __future__ import annotations

import re

from assistant.understanding.patterns import any_of


def _whole(*patterns: str) -> re.Pattern[str]:
    """One of these and nothing else, marks aside."""
    return re.compile(rf"\W*(?:{'|'.join(patterns)})\W*$", re.IGNORECASE)


_JOINS = r"(?:and|but|so|also|then|or|plus)"
_ABOUT = rf"(?:{_JOINS} )?(?:what|how) about"
_SAME = (
    r"(?:the )?same (?:question|thing|rules?|again)|(?:(?:is|are) (?:it|that|they) )?the same(?= (?:in|for)\b)"
    r"|(?:and )?(?:going )?back to|returning to(?: my question (?:about|on))?"
    r"|(?:that['’]?s not what i asked|you (?:did ?n['’]?t|did not) (?:answer|understand)(?: me| my question)?)"
    r"(?:\W+i asked (?:about|for))?"
)
_MEANT = (
    r"(?:no,? |sorry,? )?i(?:['’]m| am| was)? (?:mean|ment|meant|said|asking|asked)(?: to (?:say|ask))?(?: about| for)?"
)
_POLITE = (
    r"ok(?:ay)?|thanks?(?: you)?(?: (?:so much|a lot|very much))?|thx|cheers|sorry|actually|hmm+|hi|hello|hey|greetings"
    r"|sry|soo?r+y|oops|whoops|typo|my (?:mistake|bad|fault)|correction|wrong (?:country|place|city)"
)
# Only with a mark or a joint behind them: "Good, and in Lima?", but "Good hospitals in Lima?".
_NODS = (
    r"(?:great|perfect|cool|right|alright|good|nice|got it|i see|understood|oh|well|wait|no|nope|yes|yeah|rather)"
    rf"(?=\s*[,.!;:-]|\s*$|\s+{_JOINS}\b|\s+what about|\s+not\b)"
)
_END_OF_WORD = r"(?=[\s,.!?:-]|$)[\s,.!:-]*"

# What leads to a turn's own words, and whether it says that they go on from the turn before.
OPENING = re.compile(
    rf"[\s,.!-]*(?:(?:{_POLITE}|{_MEANT}|{_NODS}|{_SAME}|what if|{_JOINS}|{_ABOUT}){_END_OF_WORD})+", re.IGNORECASE
)
GOES_ON = re.compile(
    rf"\W*(?:(?:{_POLITE}|great|no|yes|well|right|good|cool)\W+)*"
    rf"(?:{_JOINS}\b|{_ABOUT}\b|(?:the )?same\b|i meant?\b|what if\b)",
    re.IGNORECASE,
)
SUPPOSED = re.compile(rf"{OPENING.pattern}(?<=what if )", re.IGNORECASE)

# Whole turns.
YES = re.compile(
    r"\W*(?:yes|yeah|yep|yup|sure|correct|exactly|please do|go on|tell me more|more(?: details)?)\b[\s\w]{0,12}\W*$",
    re.IGNORECASE,
)
NOW = _whole(r"(?:right )?now", "nowadays", "today", "currently", "at the moment", "these days", "this year")
THE_OTHER = _whole(r"(?:in )?the (?:other|first|previous)(?: one| country| city| place)?")
WHY = _whole(
    r"(?:why|how come)(?: (?:not|is that so|is that|is it|that|so))?",
    r"why (?:do|does|did|would) (?:they|it|the (?:\w+ )?governments?) (?:say|advise|think|warn)"
    r"(?: (?:that|this|so|it))?",
    r"what(?:['’]s| is| are) the reasons?(?: (?:for|behind) (?:that|this|it))?",
)
HOW_MUCH = _whole(
    r"how much(?: (?:is|does|would) (?:it|that|one)(?: cost| be)?)?",
    r"what does (?:it|that|one) cost",
    r"(?:what['’]s |what is )?the (?:cost|price|fee)",
)
MORE = _whole(
    r"how(?: (?:big|bad|exactly|so|do i do that))?|(?:for )?how (?:many|long|often|far|soon|early)(?: [\w-]+){0,3}",
    r"(?:since |until )?when|where(?: exactly)?|who|says who|by whom|according to who(?:m)?",
    r"(?:who|(?:which|what) (?:governments?|countr(?:y|ies)|sources?)) (?:says?|said) (?:so|that|this|it)",
    r"(?:what (?:do|does) )?the other governments?(?: say)?",
    r"which(?! (?:hospital|doctor|clinic|vaccin|jab|embass|document|paper|insurance))(?: [\w-]+){0,2}",
    r"really|are you sure|what else|anything else|what now|and then|how do you know|how old is (?:that|this|it)",
)
ATTRIBUTE = re.compile(
    r"(?:(?:what|where)(?:['’]s| is| are) )?(?:its|their|the|his)? ?"
    r"(?P<what>(?:tele)?phone number|number|e-?mail(?: address)?|address|website|opening hours|name|location|"
    r"contact(?: details)?)s?(?: there)?\W*$",
    re.IGNORECASE,
)
# "How much is the fine?": the fine for what was asked before.
BRIDGE = re.compile(
    r"\W*(?:(?:what(?:['’]s| is| are)|how (?:much|high|big|long|bad|strict) (?:is|are)|is there|are there|any) )?"
    r"(?:(?:the|an?|any) )?(?:\w+ )?(?:fine|penalt(?:y|ies)|punishment|sentence|fee|cost|price|limit|rule|deadline|"
    r"exception|exemption|alternative|procedure|reason|maximum|minimum)s?\W*$",
    re.IGNORECASE,
)

# Pronouns that point back. "It" in "Is it safe to drive?" and "that" in "Is it true that …" point nowhere.
POINTS_BACK = any_of(
    r"\b(?:they|them|their|those|these(?! days)|its(?! (?:better|best))|him|her|such|do so)\b",
    r"\bthis\b(?! (?:year|month|week|country|city|area|place))",
    r"(?<!true )(?<!say )(?<!said )(?<!know )(?<!heard )(?<!so )\bthat\b(?! i\b)",
    r"\bit\b(?!['’]s (?:safe|true|ok|legal))",
    r"\b(?:too|as well|either)\W*$",
    r"\b(?:don|doesn|can|won|didn|couldn)[’']?t\W*$|\b(?:do|does|can|will|did) not\W*$",
)
POINTS_NOWHERE = any_of(
    r"\b(?:is|was|be|will|would|could|how \w+ is|i[st]n['’]?t)(?: it| that| this) (?:\w+ ){0,2}?"
    r"(?:to|that|if|when|for \w+ to|in|at|on|rain\w*|hot|cold|warm|snow\w*|dark|safe|dangerous|risky)\b",
    r"\bdo(?:es)? it (?:\w+ )?(?:rain|snow|get (?:hot|cold|dark))|\b(?:make|get) it\b",
    r"^(?:the |my |our )?(?:[\w’'-]+ ){0,3}[\w’'-]+, (?:is|are|do|does|can|should|will|would|has|have)\b",
)
ONE_OF_THEM = any_of(r"\b(?:fly|use|buy|bring|get|rent|take|have|need|carry|find|there|this|that) one\b(?! of)")

# Where the traveller has been does not move the conversation there: "I was in Uganda last week". What is around the
# place's name (here "*"); anything more is news of its own: "I was robbed in Lima", "I was in Lima and lost my bag".
HAS_BEEN = _whole(
    r"(?:i|we)(?:['’]ve| have| had)?(?: just| recently| also)?"
    r" (?:was|were|been|visited|transited|came|come|flew|flown|travelled|lived|stayed)(?: just| recently| also| there)?"
    r"(?: in| at| to| through| from| via)?(?: the)? \*"
    r"(?: for| in| on| last| this| an?| the| my| one| two| three| \d+| some| few| couple| of| past| days?"
    r"| nights?| weeks?| months?"
    r"| years?| weekend| summer| winter| ago| yesterday| before| that| earlier| recently| first| way| here)*"
)

# A change of destination and no question of its own: "we land in Medellín, not Cartagena" (places are "*" here).
_NOT_THEN = r"(?:not|rather than|instead of) (?:in |into |to |at )?(?:the )?\*"
NOW_GOING = _whole(
    r"(?:i|we)(?:['’](?:re|m|ll)| are| am| will)?(?: (?:actually|now|going to|be|just|only))*"
    r" (?:land|fly|go|stay|arriv|head|travell?|visit|mov)(?:e|ing)?(?: (?:actually|now|over|on|first))*"
    r"(?: (?:in|into|to|at|near|for))? (?:the )?\*(?:,? \*)?"
    rf"(?:\W+(?:{_NOT_THEN}|instead|though|now|actually|after all|rather))*"
)
CHANGES = any_of(r"\b(?:actually|instead|not|rather|after all)\b")
TAKEN_BACK = any_of(r"\W+(?:not|rather than|instead of)\b")

# What a government (here "*") says of the question before: "do the Irish agree?", "and according to Canada".
_WHOSE = r"(?:the )?\*(?: government)?(?:(?:, ?| ?,? (?:and|or) )(?:the )?\*(?: government)?)*"
THEIR_VIEW = _whole(
    rf"(?:what )?(?:do|does|did|would) {_WHOSE}(?: also| still)* "
    r"(?:say|think|warn|agree|disagree|advise|recommend)"
    r"(?: (?:the same|so|too|also|as well|either|there|here"
    r"|(?:(?:about|of|on|with|against) )?(?:it|this|that)))*"
    r"(?: (?:(?:not )?to |don['’]?t |do not )?(?:go|travel|visit|avoid)(?: (?:there|it|(?:this|that)(?: \w+)?))?)?",
    rf"according to {_WHOSE}",
)
# "The Irish, do they agree?"
THEY_DO = re.compile(r"(?P<who>(?:the )?\w+)\W+(?P<asks>(?:what )?(?:do|does|did|would)) they\b", re.IGNORECASE)

# How a turn's own words begin: as a condition ("for women", "at night") or as a clause of their own.
QUALIFIER = any_of(
    r"^(?:for|with|without|at|in|on|by|during|after|near|as|if|while|outside|before|around|under|alone|solo)\b",
    r"^(?:inside|between|through|off|tomorrow|tonight|next (?:week|weekend|month|year|summer|winter))\b",
    r"^when (?!is|are|was|were|do|does|did|can|could|will|should|has)\w",
)
ASKS_WITHIN = any_of(r"\b(?:what|who|how|which|is|are|can|do|does|should|must) (?:i|we|there|it|they|many|much|long)\b")
AUXILIARY = any_of(r"(?:is|are|was|were|do|does|did|can|could|should|shall|may|might|must|will|would|has|have|am)\b")
CLAUSE = any_of(
    rf"\W*{AUXILIARY.pattern}",
    r"\W*(?:what|which|who|whose|where|when|why|how|i|i['’]\w+|we|we['’]\w+|there|tell|show|list|any\w*)\b",
)

# Peoples, also those that no table has: "for Germans", "for the Irish".
PEOPLE = re.compile(
    r"(?:for|as) (?:the )?(?!Christmas)[A-Z][a-z]+(?:s|ish|ese|ch)(?: (?:citizens|nationals|passport holders))?"
)
NOT_THERE = any_of(r"^not (?:in )?(?:the )?[\w’' -]+?(?:,? but|[,;.]) *")
# "The country, not the US state"
AND_NOT = re.compile(r"\W*\b(?:and )?not (?:in |about )?the(?: one in)? [\w’' -]+\W*$", re.IGNORECASE)
I_MEAN = re.compile(r"\W+i mea(?:n|nt)\W*$", re.IGNORECASE)
# "So should I go?" asks about the place, whatever was asked before.
GO_OR_NOT = re.compile(
    r"(?:so )?(?:(?:should|shall|can|could) (?:i|we) (?:still |then |really |even )?(?:go|travel|visit|come|cancel)"
    r"|(?:is it|its|it['’]s) (?:still )?(?:ok|okay|safe|better|best|wise|a good idea) (?:not )?to (?:not )?"
    r"(?:go|travel|visit|cancel))"
    r"(?: there| then| now| at all| my trip| our trip)*\W*$",
    re.IGNORECASE,
)
# "The Irish one?" after an embassy.
THEIR_ONE = re.compile(
    r"(?:and |what about |where is |how about )*(?:the )?(?P<whose>[a-z]+) (?:one|embassy|consulate)\W*$", re.IGNORECASE
)
# "And if I get sick?" is a question of its own, "and if I'm only transiting?" a condition.
HAPPENS = re.compile(
    r"if (?:i|we|you|one|he|she|they|someone|(?:my|our) \w+)\b[^?]*\b(?:sick|ill|hurt|injured|robbed|mugged|arrested|"
    r"detained|lost|stolen|lose|accident|attacked|bitten|stung|stuck|stranded|crash|kidnapped|break down|fever)\b",
    re.IGNORECASE,
)
_PART = r"the (?P<part>(?:far )?(?:north|south|east|west)(?:[ -]?(?:east|west))?)(?:ern)?(?: (?:part|regions?))?"
PART = re.compile(rf"(?:(?:what about|and) )?(?:in )?{_PART}", re.IGNORECASE)
# "Is the north ok?" asks a question of its own about a part.
PART_JUDGED = re.compile(
    rf"(?P<asks>is|how (?:safe|dangerous|bad) is) {_PART}"
    r"(?P<judged>(?: any)?(?: (?:ok(?:ay)?|safer?|fine|alright|(?:more )?dangerous))?)"
    r"(?: there| too| as well| then)*",
    re.IGNORECASE,
)
OTHER_GOVERNMENTS = re.compile(
    r"(?:what (?:do|does|about) )?(?:the |all )*other "
    r"(?:governments?(?: (?:say|think|advise))?|countries (?:say|think|advise))"
    r"(?: (?:about|on|of) (?:it|that|this)| there)?",
    re.IGNORECASE,
)
# "Which of them is safer?" after two places.
WHICH_OF_TWO = re.compile(
    r"which (?:(?:one )?of (?:them|these|those|the (?:two|three))|one|country|place|city)?\s?(?:is|would be) "
    r"(?:the )?(?P<more>(?P<safe>safe(?:r|st)|(?:more|most|less|least) dangerous|riskier)"
    r"|better|best|worse|worst|cheaper)"
    r"(?P<tail> (?:for|with|as|at|in|by|during|when|if|to|alone) ?.*)?",
    re.IGNORECASE,
)
ALTERNATIVES = re.compile(r"\b(?:or|vs|versus)\b", re.IGNORECASE)
# "And mine?" after what holds for another nationality.
MINE = re.compile(r"(?:(?:for|with|and|what about) )*(?:mine|me|my(?: own)? (?:passport|nationality))", re.IGNORECASE)
OURS = re.compile(r"(?:where is )?(?:mine|ours|(?:my|our)(?: own)? (?:one|embassy|consulate))", re.IGNORECASE)
# "The state, not the country", where both have the name.
THE_STATE = re.compile(
    r"(?:\w+,? )?the (?:(?:us|american) )?state(?:,? (?:and )?not the country)?",
    re.IGNORECASE,
)
THERE = re.compile(r"(?<!\b[Ii]s )(?<!are )(?<!Are )\b(?:over |back )?(?:there|here)\b(?=\W*$)")
GOING = any_of(r"\b(?:go|going|get|getting|travel\w*|fly|flying|move|moving|return|come|back) $")

_FILLER_WORDS = """a about again also an and area but capital city country for in instead is island it no not now of on
one or place please region republic side same state that the then there to too town was well what"""
FILLERS = frozenset(_FILLER_WORDS.split())
# A question of these alone asks about what was said before: "Who do I call?"
_GENERIC_WORDS = """a an and are be call can contact could do does for go happen happens help how i if in is it me my of
on or report should so tell the then there to we what when where who whom will"""
GENERIC = frozenset(_GENERIC_WORDS.split())
