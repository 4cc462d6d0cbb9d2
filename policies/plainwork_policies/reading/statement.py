"""Statements of IAM policy documents."""

from __future__ import annotations

from typing import Any

from plainwork_core.iam import Kind
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.documents import of_kinds
from plainwork_core.iam.statement import FIELDS
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.subjects import Subjects
from plainwork_policies.reading.argument import Argument
from plainwork_policies.reading.block import Block

_SHOWN = {"Principal": "value", "NotPrincipal": "value", "Condition": "key"}
"""The part of its members by which an element is read."""


class Statement(Block):
    """A statement; `statement["Action"]` is one of its elements `Effect`, `Action`, `NotAction`, `Resource`, ...

    `Principal` and `NotPrincipal` are lists of the principals' values; `Condition` is a list of condition keys.

    Attributes:
        owner: the statement of the model (`plainwork_core.iam.Statement`), with its principals and conditions.
    """

    __slots__ = ()
    owner: ModelStatement

    def __init__(self, owner: ModelStatement, stack: Stack) -> None:
        self.owner, self.stack, self.path, self._values = owner, stack, "", {}

    def __getitem__(self, element: str) -> Argument:
        """Return the element; a single value is a list of one."""
        found: Any = getattr(self.owner, FIELDS[element])
        if isinstance(found, tuple):
            name = _SHOWN.get(element)
            found = [getattr(member, name) for member in found] if name else list(found)
        return Argument(self, self.owner.path(element), None if found == [] else found)

    @property
    def type(self) -> str:
        """The resource type of the document's owner."""
        return self.owner.document.owner.type

    @property
    def is_deny(self) -> bool:
        """Whether the effect is certainly `Deny`."""
        return self.owner.effect == "Deny"

    def require_read(self, element: str) -> None:
        """Raise `NotEvaluated` if the document cannot be read."""
        if self.owner.unread is not None:
            raise self._raised(self.owner.unread, element)

    def require_grant(self, element: str, *conditions: object) -> None:
        """Raise `NotEvaluated` if the statement does not certainly grant the entries of *element*.

        Args:
            element: such as `Action`.
            conditions: results of functions of `plainwork_core.iam`; an unknown one raises `NotEvaluated`, too.
        """
        if (reason := self.owner.doubt(*conditions)) is not None:
            raise self._raised(reason, element)

    def resolve(self, element: str, condition: bool | Unknown) -> bool:  # noqa: FBT001  a result, not an option
        """Return *condition*, a result of `plainwork_core.iam`; raise `NotEvaluated` if it is unknown."""
        if isinstance(condition, Unknown):
            raise self._raised(condition, element)
        return condition

    def _raised(self, because: Unknown | str, element: str) -> NotEvaluated:
        reason = because.reason if isinstance(because, Unknown) else because
        return NotEvaluated(reason, self.owner.path(element))


def statements_of(*kinds: Kind) -> Subjects:
    """Return the statements of the policy documents of *kinds* (`plainwork_core.iam.Document`), as subjects."""
    return Subjects(("document",), of_kinds(*kinds), Statement)
