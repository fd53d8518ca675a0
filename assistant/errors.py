"""Everything that can go wrong in `assistant`, under the same root as `index`.

SafeciteError (index.errors)
└── SettingsError             a setting or an argument that cannot be used
"""

from __future__ import annotations

from index.errors import SafeciteError


class SettingsError(SafeciteError):
    """A setting or an argument that cannot be used, with what would be accepted."""
