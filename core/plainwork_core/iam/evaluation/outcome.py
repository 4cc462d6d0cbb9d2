"""What the statements of one policy type say about a request."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.frozen import frozen
from plainwork_core.iam.evaluation.applies import Applied, applied
from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.evaluation.decision import Miss
from plainwork_core.iam.evaluation.principals import Grant
from plainwork_core.iam.statement import Statement, Text
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown


@frozen()
class Outcome:
    """The statements of one policy type whose `Action` includes the action of a request.

    Args:
        name: the policy type, such as `permissions boundary`.
        applied: how they apply.
    """

    name: str
    applied: tuple[Applied, ...]

    @property
    def denies(self) -> Ternary:
        """Whether a `Deny` statement applies."""
        return any_of(one.has("Deny") for one in self.applied)

    def allows(self, *grants: Grant) -> Ternary:
        """Return whether an `Allow` statement applies, to the principal by one of *grants* (default: by any)."""
        return any_of(one.has("Allow", *grants) for one in self.applied)

    @property
    def denying(self) -> tuple[Statement, ...]:
        """The `Deny` statements that apply."""
        return tuple(one.statement for one in self.applied if one.has("Deny") is True)

    @property
    def allowing(self) -> tuple[Statement, ...]:
        """The `Allow` statements that apply."""
        return tuple(one.statement for one in self.applied if one.has("Allow") is True)

    @property
    def misses(self) -> tuple[Miss, ...]:
        """The statements that allow the action, and do not apply or may not."""
        missed = (one for one in self.applied if one.statement.effect != "Deny" and one.failed)
        return tuple(Miss(one.statement, one.failed) for one in missed)

    @property
    def undecided(self) -> tuple[Miss, ...]:
        """The statements that may allow or deny."""
        answers = ((one, (one.has("Allow"), one.has("Deny"))) for one in self.applied)
        unknown = (one for one, either in answers if any(isinstance(answer, Unknown) for answer in either))
        return tuple(Miss(one.statement, one.failed) for one in unknown)


def evaluate(
    name: str, statements: Iterable[Statement], context: Context, target: Text, *, has_boundary: bool = False
) -> Outcome:
    """Return what *statements*, those of the policy type *name*, say about the request of *context*."""
    found = (applied(statement, context, target, has_boundary=has_boundary) for statement in statements)
    return Outcome(name, tuple(one for one in found if one is not None))
