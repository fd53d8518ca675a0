"""Low-rank additions to a model's weights: added as written, part of the identity, refused where they do not fit."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save_file

from index.embedding import load_asker, load_embedder
from index.errors import ModelError
from index.models import DEFAULT_WEIGHTS, TRAVEL_MODEL, Model, find_model
from index.reference import ReferenceEmbedder
from tests.fakes import HashEmbedder

LAYER = "encoder.layer.0.attention.self.query.weight"
TEXTS = ["Where can I get a cab at night?", "Call the police on 102.", ""]
TRAVEL = Path(__file__).resolve().parents[2] / "index" / "data" / "travel.safetensors"


def drawn(*shape: int, seed: int = 0) -> torch.Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed)) * 0.4


def with_additions(path: Path, tensors: dict[str, torch.Tensor]) -> Model:
    save_file(tensors, path)
    return replace(find_model(), additions=path)


def test_what_is_added_is_up_times_down(tmp_path: Path) -> None:
    down, up = drawn(3, 384), drawn(384, 3, seed=1)
    added = ReferenceEmbedder(with_additions(tmp_path / "a", {f"{LAYER}.down": down, f"{LAYER}.up": up}))
    plain = ReferenceEmbedder(find_model())
    before = plain.embed(TEXTS)
    weight = dict(plain.transformer[0].auto_model.named_parameters())[LAYER]
    by_hand = weight.detach().numpy().copy()
    for row in range(384):
        by_hand[row] += sum(float(up[row, rank]) * down[rank].numpy() for rank in range(3))
    with torch.no_grad():
        weight.copy_(torch.from_numpy(by_hand))
    vectors = added.embed(TEXTS)
    np.testing.assert_allclose(vectors, plain.embed(TEXTS), atol=1e-4)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    assert (vectors * before).sum(axis=1).min() < 0.99


def test_nothing_added_changes_nothing(tmp_path: Path) -> None:
    nothing = {f"{LAYER}.down": torch.zeros(2, 384), f"{LAYER}.up": drawn(384, 2)}
    added = ReferenceEmbedder(with_additions(tmp_path / "a", nothing))
    np.testing.assert_array_equal(added.embed(TEXTS), ReferenceEmbedder(find_model()).embed(TEXTS))


@pytest.mark.parametrize(
    "tensors",
    [
        {f"{LAYER}.down": drawn(2, 384)},
        {f"{LAYER}.down": drawn(2, 384), f"{LAYER}.up": drawn(383, 2)},
        {"nowhere.weight.down": drawn(2, 384), "nowhere.weight.up": drawn(384, 2)},
        None,
    ],
    ids=["half", "another shape", "another layer", "no safetensors"],
)
def test_what_does_not_fit_is_refused(tmp_path: Path, tensors: dict[str, torch.Tensor] | None) -> None:
    path = tmp_path / "a.safetensors"
    model = replace(find_model(), additions=path)
    path.write_bytes(b"these are no tensors at all")
    if tensors is not None:
        model = with_additions(path, tensors)
    with pytest.raises(ModelError, match=r"does not fit the model\. Install safecite again\.") as caught:
        ReferenceEmbedder(model)
    assert caught.value.path == str(path)


# The model of travellers' questions


@pytest.mark.skipif(not TRAVEL.is_file(), reason=f"{TRAVEL.name} is still being learnt")
def test_travel_model_is_the_default_and_its_additions() -> None:
    travel, default = find_model(TRAVEL_MODEL), find_model()
    digests = DEFAULT_WEIGHTS + hashlib.sha256(TRAVEL.read_bytes()).hexdigest()
    assert travel.additions == TRAVEL
    assert travel.folder == default.folder
    assert travel.identity == replace(
        default.identity, name=TRAVEL_MODEL, weights=hashlib.sha256(digests.encode()).hexdigest()
    )
    assert travel.identity.key != default.identity.key


@pytest.mark.skipif(not TRAVEL.is_file(), reason=f"{TRAVEL.name} is still being learnt")
def test_travel_model_is_the_same_in_both_runtimes() -> None:
    pytest.importorskip("openvino", reason="OpenVINO is not installed")
    reference, accelerated = (load_embedder(TRAVEL_MODEL, "reference"), load_embedder(TRAVEL_MODEL, "openvino"))
    assert reference.identity == accelerated.identity
    assert (reference.embed(TEXTS) * accelerated.embed(TEXTS)).sum(axis=1).min() >= 0.9999


def test_another_model_asks_for_itself() -> None:
    documents = HashEmbedder()
    assert load_asker(documents) is documents
