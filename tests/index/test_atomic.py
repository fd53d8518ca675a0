"""One file, old or new."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.atomic import write_atomically


def test_written_with_its_folder_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b"
    write_atomically(path, b"old")
    write_atomically(path, b"new \xff")
    assert path.read_bytes() == b"new \xff"
    assert [found.name for found in path.parent.iterdir()] == ["b"]


def test_a_write_that_fails_leaves_the_old_and_takes_no_room(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.mkdir()  # a folder, which no file replaces
    with pytest.raises(OSError, match="a"):
        write_atomically(path, b"new")
    assert [found.name for found in tmp_path.iterdir()] == ["a"]
