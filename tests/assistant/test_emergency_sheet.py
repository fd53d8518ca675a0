"""The numbers that work before there is an index."""

from __future__ import annotations

from pathlib import Path

from assistant.chat.conversation import ask
from assistant.chat.engine import Engine
from assistant.emergency_sheet import emergency_sheet


def test_a_sheet_gives_its_lines_on_numbers_and_nothing_of_its_levels() -> None:
    sheet = emergency_sheet("KZ")
    assert sheet is not None
    assert sheet.document.about == ("KZ",)
    police = [line for line in sheet.lines if line.startswith("Police in Kazakhstan: 102 (")]
    assert len(police) == 1
    assert not any("Exercise" in line or "precautions" in line for line in sheet.lines)


def test_no_sheet_for_a_code_that_has_none() -> None:
    assert emergency_sheet("ZZ") is None


def test_the_number_is_shown_while_the_index_is_still_being_built(tmp_path: Path) -> None:
    engine = Engine(tmp_path / "index", {}, "all-MiniLM-L6-v2")  # not started: no index, no model
    (turn,) = ask(engine, (), "My friend collapsed in Peru, what do I do?")
    assert turn.waiting
    assert "Police in Peru" in turn.reply
    assert 'href="tel:105"' in turn.reply
    (turn,) = ask(engine, (), "My friend collapsed, what do I do?")
    assert "which country are you in" in turn.reply
