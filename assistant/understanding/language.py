"""Is a question in another language than English, by its commonest words? The sources are in English, and the search.

Emergencies are heard in several languages before any search (assistant/understanding/emergency.py).
"""

from __future__ import annotations

import re

from assistant.understanding.emergency_words import ENGLISH, languages_of, read
from assistant.understanding.namewords import masked
from index.placenames import fold_word, is_word
from index.places import find_places

_FEWEST = 2  # words of a language that neither English nor a name has
_UNKNOWN = 2  # words that are not English: beside them one of a language's commonest tells enough
_LONG = 4  # letters of a word that is looked up
_READ = 2000  # characters of a question that are read: a bound on the time
_CYRILLIC = re.compile(r"[а-яё]")
_WORD = re.compile(r"[^\W\d_]+|[¿¡]")
_ENGLISH_WORDS = """
    a about an and any are as at be by can could did do does for from have here how i if in is it me my near no not of
    on or our per should that the there these they this to was we what when where which who why will with would you your
    """
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_NAME_WORDS = "al da das de dei del den der di die do dos du el en la las le les los van y"
_IN_NAMES = frozenset(_NAME_WORDS.split())
# The words of each language that a question can hardly do without, those it shares with English too.
_WORDS_BY_LANGUAGE = {
    "es": """
        ¿ ¡ a agua al anoche ayer como con cual cuanto cuál cuánto cómo de del donde dónde el en es esta está
        están estoy fue ha han hay hacer he hemos la las lo los me mi mis mucho muy necesito no nos para
        peligroso perdi perdí perdimos por puede puedo podemos que quien quién qué robaron se segura seguro si
        sin tengo un una y
        """,
    "fr": """
        a ai au aux avec avons ce comment combien dans de des dois du elle en est et eau faire faut il j je la
        le les ma mes mon ne nos notre perdu volé été nous on ou où pas pour peut peux puis quand que quel
        quelle quels sans se si sont sur un une vous y à
        """,
    "de": """
        als am an auf aus bei brauche brauchen bin bist das dem den der des die du ein eine einen es für
        gefährlich gestern gestohlen gibt habe haben ich im in ist kann können mein meine meinem meinen meiner
        mich mir mit muss nach nicht oder sicher sind soll um und uns unser unsere verloren vom von was wurde
        wurden wann welche wenn wer wie wir wo zu zum zur über
        """,
    "pt": """
        a ao as com como da das de do dos e em esta está eu fazer foi fui há me meu meus minha minhas na nas no
        nos não ontem perdi o onde os para perigoso pode podemos por posso preciso qual quando quanto que quem
        roubaram se sem segura seguro tenho um uma à água às é
        """,
    "it": """
        a acqua al alla c che chi come con da dal dei del della delle devo di do dove e fare gli ha hanno ho i
        il in la le lo ma me mi mia mio nel nella no non ogni per perso pericoloso posso possiamo può qual quale
        quando quanto rubato se senza si sicuro sono stata stato sul un una è
        """,
    "nl": """
        aan als bij dan dat de die doen een en er gevaarlijk geen gestolen heb hebben het hoe ik in is je kan
        kun kunnen met me mij mijn moet moeten naar niet nodig of om op te uit van veilig voor wat waar wanneer
        was we wie wij zijn
        """,
    "ru": """
        безопасно в вы где делать для если есть и из или как какие какой когда кто ли мне можно мой моя мы на
        надо не нет нужен нужна нужно о опасно от по при с сколько у что это я
        """,
}
_WORDS = {code: frozenset(own.split()) for code, own in _WORDS_BY_LANGUAGE.items()}


def language(words: str) -> str | None:
    """The code of the other language that a question is plainly in; None where it may be English, or is none of these.

    Names of places are left out: La Paz is not Spanish.
    """
    words = words[:_READ]
    words = masked(words, find_places(words, slips=False), " ")
    said = frozenset(_WORD.findall(words.casefold()))
    scores = {code: len(said & own - _ENGLISH - _IN_NAMES) for code, own in _WORDS.items() if said & _ENGLISH <= own}
    best = max(scores, key=lambda code: scores[code], default=None)
    if best is None or not scores[best]:
        return "ru" if said and all(map(_CYRILLIC.search, said)) else None
    enough = _FEWEST if said & _ENGLISH or len(_not_english(said)) < _UNKNOWN else 1
    return best if scores[best] >= enough else None


def _not_english(said: frozenset[str]) -> list[str]:
    """The longer words where most of those said are not English; else none."""
    long = [word for word in said if len(word) >= _LONG]
    unknown = [word for word in long if not is_word(fold_word(word))]
    return unknown if 2 * len(unknown) > len(long) else []


def cried_in(turn: str) -> str | None:
    """The language that a cry for help is in, whose commonest words alone may tell; None where it may be English."""
    heard = languages_of(read(turn)) - {ENGLISH}
    return language(turn) or (heard.pop() if len(heard) == 1 else None)
