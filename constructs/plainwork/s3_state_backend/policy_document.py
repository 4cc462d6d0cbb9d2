"""A policy document whose statements are not all known when it is created."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.terraform import DataSource

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plainwork.references import Reference
    from plainwork.terraform import Construct


class PolicyDocument:
    """An `aws_iam_policy_document` that later calls add statements to.

    Attributes:
        json: the reference to its JSON.
    """

    def __init__(self, scope: Construct, id_: str, statements: Iterable[dict[str, Any]]) -> None:
        self._statements = list(statements)
        self._data = DataSource(scope, "aws_iam_policy_document", id_, statement=self._statements)
        self.json: Reference = self._data["json"]

    def add(self, statements: Iterable[dict[str, Any]]) -> None:
        """Add statements at the end."""
        self._statements += statements
        self._data.add_override("statement", self._statements)
