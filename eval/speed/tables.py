"""A record of speed as short Markdown tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.tables import Section, markdown_table

_GROWTH = (
    "passages",
    "build s",
    "of it making",
    "build peak MB",
    "disk MB",
    "dense p50 ms",
    "retrieval p50 ms",
    "resident MB",
    "of it own MB",
    "recall@10",
)


def markdown(record: Mapping[str, Any]) -> str:
    """Everything that was measured, a table each."""
    sections: list[Section] = []
    if building := record.get("building"):
        title = f"Building: {building['documents']:,} documents, {building['passages']:,} passages, medians of the runs"
        sections += [Section(title, ("stage", "median", "p95", "share"), _stages(building["stages"], "s"))]
        sections += [Section("The whole build", ("what", "figure"), _building(building))]
    if answering := record.get("answering"):
        title = f"Answering: {answering['questions']:,} questions, {answering['passages']:,} passages"
        sections += [Section(title, ("stage", "median", "p95", "share"), _stages(answering["stages"], "ms"))]
        sections += [Section("The whole answer", ("what", "figure"), _answering(answering))]
    if against := record.get("against"):
        sections.append(Section("Beside others", *_participants(against)))
        sections.append(Section("How many times better safecite is", *_ratios(against)))
    if growth := record.get("growth"):
        sections.append(Section("Growth", _GROWTH, [_grown(row) for row in growth]))
    return "\n".join(map(markdown_table, sections))


def _stages(rows: Sequence[Mapping[str, Any]], unit: str) -> list[list[str]]:
    factor = 1e3 if unit == "ms" else 1
    return [
        [
            f"{row['stage']}, part of {row['within']}" if "within" in row else row["stage"],
            f"{factor * row['median_s']:.3f} {unit}",
            f"{factor * row['p95_s']:.3f} {unit}",
            f"{row['share']:.1%}",
        ]
        for row in rows
    ]


def _building(building: Mapping[str, Any]) -> list[list[str]]:
    rows = [
        ["from files to a searchable snapshot", f"{building['whole']['median_s']:.2f} s"],
        ["the stages added up", f"{building['sum_s']:.2f} s"],
        ["passages a second", f"{building['passages_per_s']:.1f}"],
        ["distinct sentences a second", f"{building['sentences_per_s']:.1f}"],
        ["peak memory", _number(building.get("peak_mb"), " MB")],
    ]
    if share := building.get("model_share"):
        rows.append(["tokens a second, the whole of embedding", f"{share['embed_tokens_per_s']:,.0f}"])
        rows.append(["tokens a second, the bare model", f"{share['bare_tokens_per_s']:,.0f}"])
        rows.append(["share that is the model's own work", f"{share['share']:.1%}"])
    return rows


def _answering(answering: Mapping[str, Any]) -> list[list[str]]:
    def both(spread: Mapping[str, float]) -> str:
        return f"{1e3 * spread['median_s']:.1f} / {1e3 * spread['p95_s']:.1f} ms"

    rows = [["question to shown answer, p50 / p95", both(answering["whole"])]]
    if "retrieval" in answering:
        rows.append(["retrieval alone, p50 / p95", both(answering["retrieval"])])
    rows.append(["memory held", _number(answering.get("resident_mb"), " MB")])
    if ask := answering.get("ask"):
        rows.append(["`safecite ask`, start to end", f"{ask['seconds']['median_s']:.2f} s"])
        rows.append(["its peak memory", _number(ask.get("peak_mb"), " MB")])
    return rows


def _participants(against: Mapping[str, Any]) -> tuple[Sequence[str], list[list[str]]]:
    heads = ("", "passages", "passages/s", "passages/CPU-s", "query p50 / p95", "start to first answer", "peak memory")
    rows = [
        [
            name,
            f"{row['passages']:,}",
            f"{row['passages_per_s']:.1f}",
            f"{row['passages_per_cpu_s']:.1f}",
            f"{row['query_p50_ms']:.1f} / {row['query_p95_ms']:.1f} ms",
            f"{row['first_answer_s']:.2f} s",
            _number(row["peak_mb"], " MB"),
        ]
        for name, row in against["participants"].items()
    ]
    return heads, rows


def _ratios(against: Mapping[str, Any]) -> tuple[Sequence[str], list[list[str]]]:
    heads = (
        "against",
        "passages/s",
        "passages/CPU-s",
        "query p50",
        "query p95",
        "start to first answer",
        "peak memory",
    )
    keys = ("passages_per_s", "passages_per_cpu_s", "query_p50_ms", "query_p95_ms", "first_answer_s", "peak_mb")
    return heads, [[name, *(_number(row.get(key), "×", 2) for key in keys)] for name, row in against["ratios"].items()]


def _grown(row: Mapping[str, Any]) -> list[str]:
    return [
        f"{row['passages']:,}",
        f"{row['seconds']:.1f}",
        f"{row['making_s']:.1f}",
        _number(row["build_peak_mb"]),
        f"{row['disk_bytes'] / 1e6:,.0f}",
        f"{row['dense_p50_ms']:.2f}",
        f"{row['retrieval_p50_ms']:.2f}",
        f"{row['resident_mb']:,.0f}",
        f"{row['own_mb']:,.0f}",
        f"{row['recall_at_10']:.3f}",
    ]


def _number(value: float | None, unit: str = "", digits: int = 0) -> str:
    return "–" if value is None else f"{value:,.{digits}f}{unit}"
