"""The file of sources: what it may say, what its errors say, and that an edit loses no word of the user's."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.declared import (
    Declared,
    add_declared,
    read_declared,
    remove_declared,
    sources_file,
    switch_declared,
)
from index.errors import SafeciteError, SourceError

SHIPPED = Path(__file__).resolve().parents[2] / "assistant" / "data" / "sources.toml"
OWN = """# My sources.
[sources.a]
kind = "rss" # a good one
address = "https://a.example/feed"
# About b.

[sources.b]
# Inside b.
kind = "web"
address = "https://b.example/page"

# About c.
[sources.c]
kind = "folder"
address = "/data/c"
places = ["KZ", "XK"]
"""


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """An index folder with a file of the user's own."""
    sources_file(tmp_path).write_text(OWN, "utf-8")
    return tmp_path


def written(index: Path) -> str:
    return sources_file(index).read_text("utf-8")


def test_the_shipped_file_names_official_feeds_all_turned_off(tmp_path: Path) -> None:
    found = read_declared(tmp_path, SHIPPED)
    assert [(d.name, d.kind) for d in found] == [(k, k) for k in ("govuk", "us", "canada", "australia", "germany")]
    assert not any(d.enabled for d in found)
    assert SHIPPED.read_text("utf-8").count("Untested against the live service.") == len(found)
    assert not sources_file(tmp_path).exists()  # reading copies nothing


def test_the_first_edit_copies_the_shipped_file(tmp_path: Path) -> None:
    switch_declared(tmp_path / "new", SHIPPED, "us", enabled=True)
    before, after = SHIPPED.read_text("utf-8"), written(tmp_path / "new")
    assert [line for line in after.splitlines() if line not in before.splitlines()] == ["enabled = true"]
    assert len(after) == len(before) - 1
    assert [d.name for d in read_declared(tmp_path / "new", SHIPPED) if d.enabled] == ["us"]


def test_what_is_read(index: Path) -> None:
    assert read_declared(index, SHIPPED) == (
        Declared("a", "rss", "https://a.example/feed"),
        Declared("b", "web", "https://b.example/page"),
        Declared("c", "folder", "/data/c", places=("KZ", "XK")),
    )


def test_adding_appends(index: Path) -> None:
    new = Declared("d.e", "archive", "/data/d", enabled=False, places=("PE",))
    add_declared(index, SHIPPED, new)
    assert written(index).startswith(OWN)
    assert read_declared(index, SHIPPED)[-1] == new


def test_adding_to_an_empty_file(index: Path) -> None:
    sources_file(index).write_text("", "utf-8")
    assert read_declared(index, SHIPPED) == ()
    add_declared(index, SHIPPED, Declared("a", "rss", "https://a.example/"))
    assert written(index) == '[sources.a]\nkind = "rss"\naddress = "https://a.example/"\nenabled = true\n'


@pytest.mark.parametrize("name", ["a", "b", "c"])
def test_removing_keeps_the_comments_on_the_others(index: Path, name: str) -> None:
    remove_declared(index, SHIPPED, name)
    assert [d.name for d in read_declared(index, SHIPPED)] == [n for n in "abc" if n != name]
    inside = {"a": "# a good one", "b": "# Inside b.", "c": ""}[name]
    comments = ["# My sources.", "# a good one", "# About b.", "# Inside b.", "# About c."]
    assert [c for c in comments if c not in written(index)] == [c for c in comments if c == inside]


def test_removing_all(index: Path) -> None:
    for name in "bca":
        remove_declared(index, SHIPPED, name)
    assert read_declared(index, SHIPPED) == ()  # not the shipped ones again


def test_turning_off_changes_one_line(index: Path) -> None:
    switch_declared(index, SHIPPED, "b", enabled=False)
    added = set(written(index).splitlines()) - set(OWN.splitlines())
    assert added == {"enabled = false"}
    assert [d.enabled for d in read_declared(index, SHIPPED)] == [True, False, True]


WRONG = [
    ("sources = 3", "sources is no table. A source begins with [sources.NAME]."),
    ("[source.a]", "source is not known here. A source begins with [sources.NAME]."),
    ("[sources]\na = 1", "sources.a is no table. Write [sources.a], and its kind and address below."),
    ("[sources.'a/b']", "sources.a/b is no name for a source. Use letters, digits, dots, - and _, 64 at most."),
    ("[sources.'..']", "sources... is no name for a source."),
    ("[sources.a]\nadress = 'x'", "sources.a.adress is not known. A source has kind, address, enabled, places."),
    ("[sources.a]\naddress = 'x'", "sources.a has no kind. Add a line: kind = …"),
    ("[sources.a]\nkind = 'rss'", "sources.a has no address. Add a line: address = …"),
    ("[sources.a]\nkind = 'RSS'\naddress = 'x'", "sources.a.kind is 'RSS', which is no kind. Use one of folder, file,"),
    ("[sources.a]\nenabled = 'no'", "sources.a.enabled is 'no'. Write true or false."),
    ("[sources.a]\nkind = 3", "sources.a.kind is 3. Write words in quotes."),
    (
        "[sources.a]\nkind='rss'\naddress='https://x/'\nplaces=['Peru']",
        "sources.a.places holds 'Peru', which is no code.",
    ),
    ("[sources.a]\nkind = 'folder'\naddress = 'docs'", "sources.a.address is 'docs', which is no full path."),
    ("[sources.a]\nkind = 'rss'\naddress = '/docs'", "sources.a.address is '/docs', which is no web address."),
    ("[sources.a]\nkind = 'rss'\naddress = 'http://x.example'", "which is not encrypted. Write https://…"),
    ("[sources.a]\nkind = 'rss'\naddress = 'file:///etc/passwd'", "which is no web address."),
    ("[sources.a]\nkind = 'rss'\naddress = 'https://me:secret@x.example'", "sources.a.address holds a user's name or"),
    ("[sources.a]\nkind = 'rss'\naddress = 'https://[x'", "which is no web address."),
    ("[sources.a]\n[sources.a]", "is no TOML: "),
    ("[sources.a", "is no TOML: "),
    (
        "[sources.a]\nkind='file'\naddress='/x'\n[sources.A]\nkind='file'\naddress='/y'",
        "sources.A has the name of another source. Give it another name.",
    ),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_what_is_wrong_is_named_with_file_key_reason_and_way_out(index: Path, text: str, sentence: str) -> None:
    sources_file(index).write_text(text, "utf-8")
    with pytest.raises(SourceError) as caught:
        read_declared(index, SHIPPED)
    assert str(caught.value).startswith(f"{sources_file(index)}: ")
    assert sentence in str(caught.value)
    assert caught.value.way_out
    assert "secret" not in str(caught.value)


def test_a_loopback_address_need_not_be_encrypted(index: Path) -> None:
    add_declared(index, SHIPPED, Declared("x", "rss", "http://127.0.0.1:8080/feed"))
    assert read_declared(index, SHIPPED)[-1].address == "http://127.0.0.1:8080/feed"


def test_the_home_folder_may_be_written_short(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/someone")
    sources_file(index).write_text("[sources.a]\nkind = 'folder'\naddress = '~/docs'", "utf-8")
    assert read_declared(index, SHIPPED)[0].address == "/home/someone/docs"


def test_nothing_wrong_is_ever_written(index: Path) -> None:
    for source in (
        Declared("A", "rss", "https://x.example"),
        Declared("x y", "rss", "https://x.example"),
        Declared("x", "feed", "https://x.example"),
        Declared("x", "rss", "x.example"),
    ):
        with pytest.raises(SourceError):
            add_declared(index, SHIPPED, source)
    with pytest.raises(SourceError, match="no source 'z' is declared"):
        remove_declared(index, SHIPPED, "z")
    with pytest.raises(SourceError, match="no source 'A' is declared"):
        switch_declared(index, SHIPPED, "A", enabled=True)
    assert written(index) == OWN
    assert [path.name for path in index.iterdir()] == ["sources.toml"]


def test_an_index_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "index").write_text("a file", "ascii")
    with pytest.raises(SafeciteError, match=r"sources\.toml: cannot be (read|written) \("):
        switch_declared(tmp_path / "index", SHIPPED, "us", enabled=True)
