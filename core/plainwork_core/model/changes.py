"""The changes of a plan."""

from __future__ import annotations

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location
from plainwork_core.model.values import Value


@frozen()
class Change:
    """The change of one resource instance in a plan.

    Args:
        address: Terraform's address; that of a deposed object includes its key.
        type: such as `aws_s3_bucket`.
        actions: as in the plan; `("delete", "create")` and `("create", "delete")` replace the resource.
        before: the arguments in the state; `None` if the resource is created.
        after: the planned arguments, as in the `Resource`; `None` if the resource is deleted.
        replace_paths: the arguments that force a replacement.
        reason: Terraform's `action_reason` (`replace_because_tainted`, ...); `""` if it has none.
        location: of the plan.
        sensitive: paths of the arguments in the state that the plan marks as sensitive.
    """

    address: str
    type: str
    actions: tuple[str, ...]
    before: Value
    after: Value
    replace_paths: tuple[tuple[str | int, ...], ...] = ()
    reason: str = ""
    location: Location = Location("")
    sensitive: frozenset[str] = frozenset()

    @property
    def destroys(self) -> bool:
        """Whether it deletes or replaces the existing resource."""
        return "delete" in self.actions

    @property
    def forgets(self) -> bool:
        """Whether it drops the existing resource from the state, and leaves it as it is; it may create another one."""
        return "forget" in self.actions

    @property
    def replaces(self) -> bool:
        """Whether it replaces the existing resource."""
        return self.destroys and "create" in self.actions

    @property
    def touches(self) -> bool:
        """Whether it updates, replaces or deletes an existing resource."""
        return self.destroys or "update" in self.actions

    def at(self, _path: str) -> Location:
        """Return the location of the plan, which has no lines."""
        return self.location
