"""Whose embassy is asked for, and whose passport the traveller holds; more of both in `test_whereabouts`."""

from __future__ import annotations

import pytest

from assistant.understanding.question import understand
from assistant.understanding.whose import embassy_of
from tests.assistant.conftest import TODAY


@pytest.mark.parametrize(
    ("words", "embassy"),
    [
        ("irish embassy for Georgia phone", "IE"),
        ("embassy of Australia responsible for Botswana phone", "AU"),
        ("which British embassy is responsible for Bhutan", "GB"),
        ("embassy for Ireland in Kenya", "IE"),
    ],
)
def test_whose_embassy(words: str, embassy: str) -> None:
    assert embassy_of(words) == embassy


def test_nationality_falls_back_to_the_passport() -> None:
    own = understand("I'm Canadian, is Cuba safe?", today=TODAY, covered={"CU"}, passport="GB")
    other = understand("is Cuba safe?", today=TODAY, covered={"CU"}, passport="GB")
    assert (own.nationality, own.passport, own.embassy_of) == ("CA", "GB", "CA")
    assert (other.nationality, other.embassy_of) == ("GB", "GB")
