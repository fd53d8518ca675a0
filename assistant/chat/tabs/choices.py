"""What the tabs offer to choose from: the countries covered, and the passports whose government is heard here."""

from __future__ import annotations

from assistant.chat import view_words as words
from assistant.choosing.arrange import GOVERNMENTS
from index.placenames import fold_word
from index.places import place_name
from index.snapshot import Snapshot

Choices = list[tuple[str, str]]  # what is shown, and the code that it stands for


def places(snapshot: Snapshot) -> Choices:
    """Every country that a current document is about, by name."""
    return sorted(((place_name(code), code) for code in snapshot.places), key=lambda choice: fold_word(choice[0]))


def passports(snapshot: Snapshot) -> Choices:
    """The countries whose government has pages here; the first choice says nothing."""
    heard = [code for code, name in GOVERNMENTS.items() if name in snapshot.publishers]
    return [(words.PASSPORT_NONE, ""), *sorted((place_name(code), code) for code in heard)]
