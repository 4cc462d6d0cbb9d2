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
        sensitive: paths of the arguments that the plan marks as sensitive, before or after: no report shows them.
        previous_address: the address that a `moved` block gives up; `""` if it does not move.
        imported_id: the ID or the identity of an existing resource that the apply imports; `""` if it imports none.
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
    previous_address: str = ""
    imported_id: str = ""

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
    def is_no_op(self) -> bool:
        """Whether it leaves the resource as it is; it may still move or import it."""
        return self.actions == ("no-op",)

    @property
    def touches(self) -> bool:
        """Whether it updates, replaces or deletes an existing resource."""
        return self.destroys or "update" in self.actions

    def at(self, _path: str) -> Location:
        """Return the location of the plan, which has no lines."""
        return self.location


@frozen(slots=True)
class OutputChange:
    """The change of an output of the root module: *before* and *after* are `None` for one that is sensitive."""

    name: str
    actions: tuple[str, ...]
    before: Value = None
    after: Value = None
    is_sensitive: bool = False


@frozen(slots=True)
class PlanParts:
    """What a plan has beside the changes of resources.

    Args:
        drift: what changed outside of Terraform.
        outputs: the outputs that change.
        actions: the addresses of the actions that the apply invokes.
        terraform_version: which made it.
    """

    drift: tuple[Change, ...] = ()
    outputs: tuple[OutputChange, ...] = ()
    actions: tuple[str, ...] = ()
    terraform_version: str = ""
