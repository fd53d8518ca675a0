"""Gather what answered travellers' questions: assistant/data/kindred.safetensors, read by `kindred`.

    python -m scripts.gather_kindred --index INDEX

INDEX holds the public archive of travel advice. Each question of eval/tuning is embedded without its places by the
encoder of questions and projected to its first `DIMENSIONS` principal components; beside it stands the vector that the
index holds of its sentence. Left out are the countries to measure by (eval/judged.py), the questions asked about them,
and questions worded nearly like one of a reported set, though their authors saw none. The judgement
rests on what comes of it and has to be fitted after it (`python -m eval fit`). It takes a minute.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rapidfuzz import fuzz, process
from safetensors.numpy import save_file

from assistant.understanding.whereabouts import placeless
from index.embedding import load_embedder
from index.models import TRAVEL_MODEL
from index.placenames import fold
from index.snapshot import Snapshot
from scripts.tuning_data import LEARNT_FROM, Units, answered, asked_of_left_out, reported_questions

KINDRED = Path(__file__).parents[1] / "assistant" / "data" / "kindred.safetensors"
FILES = *LEARNT_FROM, "kindred.jsonl"
DIMENSIONS = 128
NEARLY = 85  # per cent of the characters


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--index", type=Path, required=True)
    units = Units(Snapshot.open(parser.parse_args().index, load_embedder()))
    encoder = load_embedder(TRAVEL_MODEL)
    rows: dict[str, int] = {}
    answers, answer, questions = [], [], []
    aside, reported = asked_of_left_out(), [_words(question) for question in reported_questions()]
    for question, text, vector in answered(units, FILES):
        if question in aside or process.extractOne(_words(question), reported, scorer=fuzz.ratio, score_cutoff=NEARLY):
            continue
        if text not in rows:
            rows[text] = len(answers)
            answers.append(vector)
        answer.append(rows[text])
        questions.append(placeless(question))
    vectors = encoder.embed(questions)
    projection = np.linalg.svd(vectors, full_matrices=False)[2][:DIMENSIONS]
    small, question_scale = _in_bytes(vectors @ projection.T)
    large, answer_scale = _in_bytes(np.stack(answers))
    tensors = {
        "projection": projection.astype(np.float16),
        "questions": small,
        "answers": large,
        "answer": np.array(answer, np.int32),
    }
    scales = {"question_scale": repr(question_scale), "answer_scale": repr(answer_scale)}
    save_file(tensors, KINDRED, {"encoder": encoder.identity.key, **scales})
    print(f"{len(questions)} questions, {len(answers)} sentences: {KINDRED}", file=sys.stderr)


def _words(question: str) -> str:
    """What of a question is compared."""
    return fold(placeless(question.replace("{place}", "")))


def _in_bytes(vectors: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.int8], float]:
    """The numbers as whole ones from -127 to 127, and what one of them is."""
    scale = float(np.abs(vectors).max()) / 127
    return np.round(vectors / scale).astype(np.int8), scale


if __name__ == "__main__":
    main()
