"""Everything that can go wrong in `eval`, under the same root as `index`.

SafeciteError (index.errors)
├── QuestionSetError          a question file or a run folder that cannot be used
└── ReportError               a report that cannot be made
"""

from __future__ import annotations

from index.errors import SafeciteError


class QuestionSetError(SafeciteError):
    """A question file, gold record or run folder that cannot be used; says the line."""


class ReportError(SafeciteError):
    """A report that cannot be made."""
