"""Does a quote hold the very figure that is asked for?"""

from __future__ import annotations

from typing import Any

import pytest

from assistant.choosing.amounts import holds_amount

HELD: list[Any] = [
    # question without the place, line, headings
    ("What is the fine for littering?", "The fine for littering is 300 tenge.", ()),
    ("What is the fine for overstaying?", "If you overstay, you face a fine of 1 million rupiah per day.", ()),
    ("What is the fine for littering?", "It is SG$1,000.", ("Littering",)),
    ("What is the fine for littering?", "littering", ("You can also be fined up to 4,000 euros for:",)),
    ("How much is the fine?", "You may be fined 750,000 Trinidad and Tobago dollars.", ()),
    ("What is the exit fee?", "There is a departure tax of $29.", ()),
    ("How much does a taxi cost?", "Trains and taxis are free.", ()),
    ("What does medical evacuation cost?", "It can cost tens of thousands of dollars.", ()),
    ("What does medical evacuation cost?", "Evacuation could cost you thousands of dollars.", ()),
    ("What does medical evacuation cost?", "If you're not insured, it can cost tens of thousands of dollars.", ()),
    ("What does a doctor cost?", "Hospital bills can quickly run into thousands of euro.", ()),
    ("how much alcohol can I bring into", "You may bring in two litres of spirits.", ()),
    ("how much alcohol can I bring into", "There are limits on duty-free alcohol.", ()),
    ("What does insurance cost?", "Insurance costs $5 a day.", ()),
    ("How much cash can I bring?", "Declare amounts over MAD100,000.", ()),
    ("What is the legal drinking age?", "The legal drinking age is 18.", ()),
    ("What is the legal drinking age?", "You must be 21 or over.", ("Alcohol",)),
    ("How old must I be to drive?", "You must be at least 18 years old to drive.", ()),
    ("What is the minimum age to rent a car?", "The minimum age to hire a vehicle is 21 years.", ()),
    ("What is the speed limit?", "The limit in towns is 50 km/h.", ()),
    ("What is the speed limit?", "On some motorways there are no speed limits.", ()),
    ("What is the speed limit?", "Drive at 30 miles per hour at most.", ()),
    ("What is the alcohol limit?", "The alcohol limit is 0.05%.", ()),
    ("What is the alcohol limit?", "The limit is zero for new drivers.", ()),
    ("What is the alcohol limit?", "There is zero tolerance of drink-driving.", ()),
    ("How many drinks before I may drive?", "You may not have any alcohol before driving.", ()),
    ("Can I have one beer and drive, what is the legal limit?", "The limit for drivers is 0.05%.", ()),
    ("2 beers then drive, what's the limit", "The legal limit is zero.", ("Driving",)),
    ("How long is the sentence?", "Sentences run to twenty years.", ()),
    ("How long is the sentence?", "It is life imprisonment.", ()),
    ("How many days can I stay?", "You can stay for three months.", ()),
    ("How long does it take?", "This takes several hours.", ()),
    ("How far is the hospital?", "The hospital is 30 km away.", ()),
    ("What percentage of cars is insured?", "Half of all cars are.", ()),
    ("How many officers are there?", "There are about 2,000 police officers.", ()),
    ("How many people died?", "At least 60 tourists were killed.", ()),
    ("What is the number of deaths?", "The number of deaths rose to 312.", ()),
    ("How many crocodiles are there?", "There are no crocodiles.", ()),
    ("How many times a year does it flood?", "It floods twice a year.", ()),
    ("How high is the wall?", "The wall has 12 layers.", ()),  # not told in what: any figure will do
]
NOT_HELD: list[Any] = [
    ("What is the fine for littering?", "Police can fine you for littering.", ()),
    ("What is the fine for littering?", "There is zero tolerance for littering.", ()),
    ("What is the fine for littering?", "The law of 2019 forbids littering, see article 12.", ()),
    ("What is the fine for littering?", "Drunk conduct can lead to a fine of $1,000.", ()),
    ("What is the fine for speeding?", "Speeding is fined. Using a phone costs 900 euros.", ()),
    ("How much does a taxi cost?", "Call a taxi on 1414 at 97 Ulitsa Abay.", ()),
    ("What does a doctor cost?", "Some visitors lost many thousands of dollars.", ()),
    ("What does insurance cost?", "If you're not insured, you may have to pay many thousands of dollars.", ()),
    ("What does insurance cost?", "If you don’t have insurance, care costs $5,000.", ()),
    ("How much does a taxi cost?", "The bus leaves daily at 12.", ()),
    ("What is the legal drinking age?", "The legal age to drive a vehicle is 18.", ()),
    ("What is the legal drinking age?", "Drivers under 21 must not drink alcohol.", ()),
    ("What is the legal drinking age?", "Drinking is forbidden 24 hours before elections.", ()),
    ("What is the minimum age to rent a car?", "Children under 6 need a car seat.", ()),
    ("What is the speed limit?", "Keep to the speed limit on route 66.", ()),
    ("What is the alcohol limit?", "Fines for drink-driving reach 300 euros.", ()),
    ("how much alcohol can I bring into", "The legal limit for drivers is 0.02% blood alcohol.", ()),
    ("how much alcohol can I bring into", "The legal drinking age is 18.", ()),
    ("One beer and then drive, what is the limit?", "Driving under the influence is against the law.", ()),
    ("How long is the sentence?", "Sentences are harsh since 2019.", ()),
    ("How far is the hospital?", "The hospital has 30 beds.", ()),
    ("What percentage of cars is insured?", "Since 2019 many cars are.", ()),
    ("How many officers are there?", "Police opened a museum, a 272-square-meter space with uniforms of officers.", ()),
    ("How many officers are there?", "Dial 102 for officers of the police.", ()),
    ("How many officers are there?", "On 12 May 2019 officers closed Street 23-22.", ()),
    ("How many people died?", "There are no restrictions on travel.", ()),
    ("How many people died?", "1. In person: ask people.", ()),
    ("How many times a year does it flood?", "Floods are common.", ()),
]


@pytest.mark.parametrize(("asked", "shown", "headings"), HELD)
def test_the_figure_that_is_asked_for(asked: str, shown: str, headings: tuple[str, ...]) -> None:
    assert holds_amount(asked, shown, headings)


@pytest.mark.parametrize(("asked", "shown", "headings"), NOT_HELD)
def test_no_other_figure(asked: str, shown: str, headings: tuple[str, ...]) -> None:
    assert not holds_amount(asked, shown, headings)
