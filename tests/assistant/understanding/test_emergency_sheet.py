"""The numbers that work before there is an index."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import messages
from assistant.chat.conversation import Conversation, Turn
from assistant.chat.engine import Engine
from assistant.understanding.emergency_sheet import emergency_sheet, sheet_codes
from index.places import is_code


def test_a_sheet_gives_its_lines_on_numbers_and_nothing_of_its_levels() -> None:
    sheet = emergency_sheet("KZ")
    assert sheet is not None
    assert sheet.document.about == ("KZ",)
    police = [line for line in sheet.lines if line.startswith("Police in Kazakhstan: 102 (")]
    assert len(police) == 1
    assert not any("Exercise" in line or "precautions" in line for line in sheet.lines)


def test_no_sheet_for_a_code_that_has_none() -> None:
    assert emergency_sheet("ZZ") is None


def test_the_codes_are_those_that_have_a_sheet(tmp_path: Path) -> None:
    assert {"KZ", "KR", "KP", "XK"} <= sheet_codes()
    assert len(sheet_codes()) > 200
    assert all(map(is_code, sheet_codes()))
    for name in ("pe-peru.md", "README.md", "te.md", "cl-chile.txt"):
        (tmp_path / name).touch()
    assert sheet_codes(tmp_path) == {"PE"}


def first_asked(tmp_path: Path, *questions: str) -> Turn:
    """What the last of these questions gets while there is neither an index nor a model."""
    engine = Engine(tmp_path / "index", {}, "all-MiniLM-L6-v2")  # not started
    conversation = Conversation()
    for question in questions:
        conversation.add(engine, question)
        conversation.answer(engine)
    return conversation.turns[-1]


@pytest.mark.parametrize(
    ("questions", "number"),
    [
        (["My friend collapsed in Peru, what do I do?"], "105"),
        (["I'm Canadian and my friend collapsed in Peru"], "105"),
        (["Is Peru safe?", "My friend collapsed"], "105"),
        (["Is Chile safe?", "Is Peru safe?", "My friend collapsed"], "105"),
        (["Is Lebanon safe?", "My friend collapsed in Tripoli"], "140"),
    ],
)
def test_the_number_is_shown_while_the_index_is_still_being_built(
    tmp_path: Path, questions: list[str], number: str
) -> None:
    turn = first_asked(tmp_path, *questions)
    assert (turn.waiting, turn.options) == (True, ())
    assert messages.EMERGENCY in turn.reply
    assert f'href="tel:{number}"' in turn.reply


def test_without_a_country_no_number_is_shown(tmp_path: Path) -> None:
    turn = first_asked(tmp_path, "My friend collapsed, what do I do?")
    assert (turn.waiting, turn.options) == (True, ())
    assert messages.EMERGENCY_WHERE in turn.reply
    assert "tel:" not in turn.reply


def test_of_a_name_that_two_countries_share_neither_ones_numbers_are_shown(tmp_path: Path) -> None:
    turn = first_asked(tmp_path, "My friend collapsed in Korea")
    assert messages.EMERGENCY_WHERE in turn.reply
    assert "tel:" not in turn.reply
    assert [option.name for option in turn.options] == ["South Korea", "North Korea"]
    chosen = first_asked(tmp_path, "My friend collapsed in Korea", turn.options[0].question)
    assert messages.EMERGENCY in chosen.reply
    assert 'href="tel:119"' in chosen.reply
    assert chosen.options == ()
