"""What is known of each source, declared or built by hand: what `safecite sources list` and `check` show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from assistant.freshness import standing_in_words
from index.declared import Declared
from index.lastgood import Check, read_last_good
from index.manifest import current_id, read_manifest
from index.states import ALARMS, Pair, Standing, standings, state_of


class Cells(NamedTuple):
    """One line of the table."""

    name: str
    kind: str
    documents: str
    newest: str
    checked: str
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source. `declared` is None where it was built by hand, `record`, the snapshot's own, where it never was.

    `publishers` gives the documents and the state of each; a source without documents has the one publisher "".
    """

    name: str
    kind: str
    declared: Declared | None
    record: dict[str, Any] | None
    last_check: Check | None
    publishers: dict[str, tuple[int, Standing]]

    @property
    def documents(self) -> int:
        """How many documents of it answer or once did."""
        return sum(number for number, _ in self.publishers.values())

    @property
    def alarming(self) -> bool:
        """Whether a publisher's copy is ageing, frozen, failed or empty."""
        return any(standing.state in ALARMS for _, standing in self.publishers.values())

    def to_record(self) -> dict[str, Any]:
        """JSON-ready."""
        newest = [s.newest for _, s in self.publishers.values() if s.newest]
        return {
            "name": self.name,
            "kind": self.kind,
            "address": self.declared.address if self.declared else (self.record or {}).get("root"),
            "declared": self.declared is not None,
            "enabled": self.declared.enabled if self.declared else None,
            "documents": self.documents,
            "newest": max(newest).isoformat() if newest else None,
            "last_check": asdict(self.last_check) if self.last_check else None,
            "publishers": [
                {"publisher": publisher, "documents": number, **standing.to_record()}
                for publisher, (number, standing) in self.publishers.items()
            ],
        }

    def lines(self) -> Iterator[Cells]:
        """Lines of the table: one for the source, then one for each publisher where their states differ."""
        kind = f"{self.kind} (off)" if self.declared and not self.declared.enabled else self.kind
        states = [standing for _, standing in self.publishers.values()]
        newest = str(max((s.newest for s in states if s.newest), default="–"))
        alike = len({(s.state, s.since) for s in states}) == 1
        state, reason = (states[0].state.value, standing_in_words(states[0])) if alike else ("", "")
        yield Cells(self.name, kind, f"{self.documents:,}", newest, self._checked(), state, reason)
        if not alike:
            for publisher, (number, one) in self.publishers.items():
                name = f"  {publisher or 'no publisher named'}"
                yield Cells(
                    name, "", f"{number:,}", str(one.newest or "–"), "", one.state.value, standing_in_words(one)
                )

    def _checked(self) -> str:
        if self.last_check:
            return f"{self.last_check.time[:16].replace('T', ' ')} {self.last_check.outcome}"
        built = (self.record or {}).get("built")
        return f"read {built}" if built else "–"


def source_rows(index: Path, declared: Sequence[Declared], today: date) -> list[SourceRow]:
    """Every source that is declared or in the live snapshot, by name. Raises DamagedError."""
    name = current_id(index)
    manifest = read_manifest(index, name) if name else None
    sources = manifest.sources if manifest else {}
    by_name = {d.name: d for d in declared}
    names = sorted({*sources, *by_name})
    checks = {name: read_last_good(index, name).checks for name in names}
    states = standings(manifest, checks, today) if manifest else {}
    documents = manifest.documents if manifest else []
    counts: Counter[Pair] = Counter((d["source"], d.get("publisher", "")) for d in documents)
    rows = []
    for name in names:
        known, record = by_name.get(name), sources.get(name)
        kind = known.kind if known else str((record or {}).get("feed", "folder"))
        found = {pair[1]: (counts[pair], standing) for pair, standing in states.items() if pair[0] == name}
        publishers = found or {"": (0, state_of(kind, (), checks[name], today))}
        last = checks[name][-1] if checks[name] else None
        rows.append(SourceRow(name, kind, known, record, last, publishers))
    return rows
