"""Has it become slower? Ratios of one run are held against those of an earlier one, never seconds: a machine that is
slower today is slower at everything.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from eval.errors import ReportError

_SHOWN = 3
_SMALL = 0.03  # a share of the whole that moves by less is noise


class Ratio(NamedTuple):
    """One ratio of a run, with what it means in words."""

    words: str
    value: float
    higher_is_better: bool = False
    is_share: bool = False


def ratios(record: Mapping[str, Any]) -> dict[str, Ratio]:
    """Every ratio in a record of speed.json, by a name that stays the same between runs."""
    found: dict[str, Ratio] = {}
    building, answering, against = (record.get(part) or {} for part in ("building", "answering", "against"))
    for part, verb in ((building, "building"), (answering, "answering")):
        for row in part.get("stages", ()):
            if row["stage"] not in ("embed", "tokenise"):  # the model's work is what the rest is held against
                words = f"the share of {verb} that is spent on “{row['stage']}”"
                found[f"{verb} {row['stage']}"] = Ratio(words, row["share"], is_share=True)
    if share := building.get("model_share"):
        found["model share"] = Ratio("the share of embedding that is the model's own work", share["share"], True, True)
    if building.get("sum_s"):
        ratio = building["whole"]["median_s"] / building["sum_s"]
        found["whole build"] = Ratio("a whole build's time against the sum of its stages", ratio)
    if "whole_over_embed" in answering:
        words = "a whole answer's time against embedding its question"
        found["whole answer"] = Ratio(words, answering["whole_over_embed"])
    for peer, measures in (against.get("ratios") or {}).items():
        for measure, value in measures.items():
            found[f"{peer} {measure}"] = Ratio(f"safecite against {peer} in {measure}", value, higher_is_better=True)
    return found


def check(record: Mapping[str, Any], base: Mapping[str, Any], tolerance: float) -> None:
    """Raises ReportError, with a sentence, where a ratio is worse than in the earlier record."""
    if worse := compare(record, base, tolerance):
        more = f"; and {len(worse) - _SHOWN} more" if len(worse) > _SHOWN else ""
        raise ReportError(
            f"slower than before by more than {tolerance:.0%}: {'; '.join(worse[:_SHOWN])}{more}.",
            way_out="Compare the two speed.json.",
        )


def compare(record: Mapping[str, Any], base: Mapping[str, Any], tolerance: float) -> list[str]:
    """A sentence for each ratio that is worse than it was by more than `tolerance`, a share of its earlier value.

    Raises ReportError where the two have no ratio in common.
    """
    now, before = ratios(record), ratios(base)
    common = [name for name in now if name in before]
    if not common:
        raise ReportError("the earlier run measured nothing that this run measured.")
    return [_sentence(now[name], before[name].value) for name in common if _worse(now[name], before[name], tolerance)]


def read(path: Path) -> dict[str, Any]:
    """An earlier speed.json. Raises ReportError where it is none."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ReportError(f"cannot be opened ({error.strerror}).", path=path) from error
    except ValueError:
        record = None
    if not isinstance(record, dict) or not ratios(record):
        raise ReportError("is no record of speed.", path=path, way_out="Name a speed.json that `eval speed` wrote.")
    return record


def _worse(now: Ratio, before: Ratio, tolerance: float) -> bool:
    loss = before.value - now.value if now.higher_is_better else now.value - before.value
    return loss > tolerance * abs(before.value) and not (now.is_share and loss <= _SMALL)


def _sentence(now: Ratio, before: float) -> str:
    moved = "fell" if now.value < before else "rose"
    return f"{now.words} {moved} from {before:.3g} to {now.value:.3g}"
