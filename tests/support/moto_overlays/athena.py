"""Additions to moto for Athena. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.athena.responses import AthenaResponse

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(AthenaResponse, "delete_named_query", _delete_named_query, raising=False)


def _delete_named_query(response: AthenaResponse) -> str:
    """Moto answers `DeleteNamedQuery` with "not implemented"."""
    response.athena_backend.named_queries.pop(response._get_param("NamedQueryId"), None)  # noqa: SLF001  moto's own way
    return "{}"
