"""That a thing is banned tells how much of it may be brought; a limit or a condition is no ban."""

from __future__ import annotations

import pytest

from assistant.choosing.amounts import holds_amount
from assistant.choosing.bans import holds_ban

ALCOHOL = "how much alcohol can I bring into"
VAPES = "how many vapes can i take to"
DIRHAM = "how much dirham can i take out of"


@pytest.mark.parametrize(
    ("asked", "shown", "headings"),
    [
        (ALCOHOL, "It is illegal to bring alcohol into Kuwait and possess or consume it in the country.", ()),
        (ALCOHOL, "It's illegal to buy, sell, import, carry and consume alcohol.", ()),
        (ALCOHOL, "Alcohol cannot be legally purchased or imported into Kuwait.", ()),
        (ALCOHOL, "Possession or importation of alcohol, narcotic drugs, and marijuana is illegal.", ()),
        (ALCOHOL, "Alcohol, pork products, and pornography are prohibited.", ("Customs",)),
        (ALCOHOL, "Alcohol is illegal.", ()),
        (ALCOHOL, "import alcohol (also see Drugs and alcohol)", ("It is also illegal to",)),
        (ALCOHOL, "It is illegal to import:\n• pork\n• alcohol", ()),
        (ALCOHOL, "It's illegal to import alcohol; however, it may be consumed on resort islands.", ()),
        ("How many bottles of wine may I bring?", "You must not bring alcohol into the country.", ()),
        (VAPES, "You cannot bring electronic cigarettes or vaporizers to Singapore.", ()),
        (VAPES, "Vapes and e-cigarettes are banned in Singapore.", ()),
        (VAPES, "It is prohibited to import, possess or use e-cigarettes, vaporisers and their refills.", ()),
        ("how many drones can I bring to", "Drones and surveillance equipment are prohibited.", ()),
        ("how many drones can I bring to", "You are not allowed to bring drones into Cuba.", ()),
        (DIRHAM, "It's illegal to take Moroccan Dirhams out of the country.", ()),
        (DIRHAM, "Export of Moroccan currency (dirhams) is prohibited", ()),
        ("how much kip can I take out of", "The export of local currency is not permitted.", ()),
        ("How much local currency may I import?", "It's illegal to import or export Tunisian currency.", ()),
        ("How much local currency may I export?", "It's illegal to import or export Tunisian dinars.", ()),
    ],
)
def test_a_ban_tells_how_much(asked: str, shown: str, headings: tuple[str, ...]) -> None:
    assert holds_ban(asked, shown, headings)
    assert holds_amount(asked, shown, headings)


@pytest.mark.parametrize(
    ("asked", "shown", "headings"),
    [
        (ALCOHOL, "It is illegal to import more than two litres of alcohol.", ()),
        (ALCOHOL, "It is illegal to import alcohol without a licence.", ()),
        (ALCOHOL, "Muslim travelers and Muslims resident there are forbidden to bring in alcohol.", ()),
        (ALCOHOL, "Drinking alcohol in public is illegal.", ()),
        (ALCOHOL, "Alcohol is banned on Sundays.", ()),
        (ALCOHOL, "Alcohol is illegal in Sharjah.", ()),
        (ALCOHOL, "The transportation of alcohol is illegal in:", ()),
        (ALCOHOL, "It is not illegal to import alcohol.", ()),
        (ALCOHOL, "You cannot bring pork into the country.", ()),
        (ALCOHOL, "You cannot bring pork, but alcohol is allowed.", ()),
        (ALCOHOL, "The export of alcohol is prohibited.", ()),
        (ALCOHOL, "Alcohol is widely sold.", ("Prohibited items",)),
        ("how many cigarettes can I bring into", "E-cigarettes are banned.", ()),
        ("how many cigarettes can I bring into", "It is illegal to import electronic cigarettes.", ()),
        ("how much prescription medicine can I bring", "It is illegal to import herbal medicine.", ()),
        ("how much cash can I take out of", "The export of local currency is not permitted.", ()),
        ("how much kip can I take out of", "The import of local currency is not permitted.", ()),
        ("how many drones can I bring to", "Terminals are prohibited; drones may be brought.", ()),
        ("how many drones can I bring to", "Phones are banned, and devices such as drones can be imported.", ()),
        ("how many drones can I bring to", "It is illegal to take photos of military drones.", ()),
        ("how much alcohol do people drink", "It is illegal to import alcohol.", ()),
        ("Is alcohol banned?", "It is illegal to import alcohol.", ()),
    ],
)
def test_what_bans_it_not_outright(asked: str, shown: str, headings: tuple[str, ...]) -> None:
    assert not holds_ban(asked, shown, headings)
