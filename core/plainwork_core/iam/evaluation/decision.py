"""The answer to a request."""

from __future__ import annotations

from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import Condition, Statement


@frozen()
class Miss:
    """A statement for the action that does not apply to the request, or may not.

    Args:
        statement: the statement.
        elements: the elements because of which: `Resource`, `Principal`, or a condition.
    """

    statement: Statement
    elements: tuple[str | Condition, ...]


@frozen()
class Decision:
    """The answer to a request.

    Args:
        answer: what AWS answers; `unknown` if a value decides that is not known.
        reason: why, as a sentence without a period.
        statements: that decided: all that deny, or else those that allow.
        misses: of a request that nothing allows, the `Allow` statements for its action; of an unknown answer, the
            statements that may allow or deny.
    """

    answer: Literal["allowed", "denied", "unknown"]
    reason: str
    statements: tuple[Statement, ...] = ()
    misses: tuple[Miss, ...] = ()

    @property
    def is_allowed(self) -> bool:
        """Whether AWS allows the request."""
        return self.answer == "allowed"

    @property
    def is_denied(self) -> bool:
        """Whether AWS denies the request."""
        return self.answer == "denied"

    @property
    def is_unknown(self) -> bool:
        """Whether the answer depends on a value that is not known."""
        return self.answer == "unknown"
