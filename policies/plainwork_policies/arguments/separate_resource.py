"""A resource that manages an argument of another one, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork_core.frozen import frozen
from plainwork_core.model.connections import resources_referencing
from plainwork_core.model.identity import are_named_same, differs_between_instances, identity
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Resource, all_conditions

_PER_INSTANCE = ("each.", "count.")


@frozen()
class SeparateResource:
    """A resource that manages an argument of another one.

    Args:
        argument: of the resource with the argument.
        type: of the separate resource.
        reference: argument of the separate resource with the id, name or ARN of the other one.
        attribute: of the resource with the argument, whose value *reference* has if it is a literal.
        condition: whether it manages this argument and no other one.
    """

    argument: str
    type: str
    reference: str
    attribute: str = "id"
    condition: Callable[[Resource], bool] = lambda _: True

    def managing(self, resource: Resource) -> Iterator[Resource]:
        """Yield those that manage the argument of *resource*."""
        for other in resources_referencing(resource.owner, resource.stack, self.type, self.reference, self.attribute):
            if not isinstance(other, Unknown):
                yield from self._conflicting(resource, resource.view(other))
            elif _may_refer_to(resource, other):
                raise resource[self.argument].not_evaluated(other)

    def is_set(self, argument: Argument) -> bool:
        """Return whether the configuration has the argument; a plan has an empty list for a block that is not set."""
        if type(argument.raw) in (int, float):
            return bool(argument.members())  # none of these arguments is a number
        if not isinstance(argument.raw, list):
            return argument.is_set
        unknown = next((member for member in argument.raw if isinstance(member, Unknown)), None)
        if unknown is not None and len(argument.raw) == 1 and not names_attribute(unknown):
            raise argument.not_evaluated(unknown)  # a `dynamic` block
        return bool(argument.raw) or argument.block.stack.format != "plan"

    def remedy(self, other: Resource) -> str:
        """Return what to do if *other* manages the argument."""
        return f"Remove `{self.argument}`, or remove `{other.address}`."

    def _conflicting(self, resource: Resource, other: Resource) -> Iterator[Resource]:
        """Yield *other* unless it has the same value: then nothing changes."""
        is_equal = other[self.argument].is_configured and other[self.argument].raw == resource[self.argument].raw
        if all_conditions(lambda: not is_equal, lambda: self.condition(other)):
            yield other


@frozen()
class ListingResource(SeparateResource):
    """A separate resource whose *reference* is a list of the resources that it manages."""

    def managing(self, resource: Resource) -> Iterator[Resource]:
        """Yield those whose list certainly has *resource*."""
        for other in map(resource.view, resource.stack.managed(self.type)):
            listed = (name for name in other[self.reference].members() if name.refers_to(resource.type, self.attribute))
            if any(name.resource(resource.type, self.attribute).address == resource.address for name in listed):
                yield other


@frozen()
class OtherAttachment(SeparateResource):
    """An attachment of the policy that an exclusive attachment attaches, to another principal."""

    def managing(self, resource: Resource) -> Iterator[Resource]:
        """Yield those that certainly attach the policy, and not to a principal in the list of *resource*."""
        for other in map(resource.view, resource.stack.managed(self.type)):
            if _is_same(resource["policy_arn"], other["policy_arn"]) is True and not self._is_listed(resource, other):
                yield other

    def _is_listed(self, resource: Resource, other: Resource) -> bool:
        principal = other[self.argument.removesuffix("s")]
        return any(_is_same(member, principal) is not False for member in resource[self.argument].members())


@frozen()
class Scaling(SeparateResource):
    """A resource by which AWS changes the argument, a number, at run time."""

    def is_set(self, argument: Argument) -> bool:
        """Return whether the configuration has the argument."""
        return argument.is_set

    def remedy(self, other: Resource) -> str:
        """Return what to do: the argument is the value of the creation."""
        return f"Add `{self.argument}` to `ignore_changes`, or remove `{other.address}`."


@frozen()
class ScalableTarget(Scaling):
    """A target of Application Auto Scaling, whose `resource_id` ends with the name of the resource.

    Args:
        dimension: its `scalable_dimension`.
        prefix: of its `resource_id`.
        cluster: argument of the resource with the cluster that is before the name in `resource_id`; empty if none is.
    """

    dimension: str = ""
    prefix: str = ""
    cluster: str = ""

    def managing(self, resource: Resource) -> Iterator[Resource]:
        """Yield those with the name of *resource*.

        Raises:
            NotEvaluated: a target has the name of each instance, or the name belongs to two resources.
        """
        for target in map(resource.view, resource.stack.managed(self.type)):
            if target["scalable_dimension"].raw != self.dimension:
                continue
            scaled = quote(target[self.reference].raw)
            if not self._may_be(resource, scaled):
                continue
            if differs_between_instances(target[self.reference].raw) or self._is_ambiguous(resource, scaled):
                raise resource[self.argument].not_evaluated(
                    f"`{target.address}` may scale another resource of the name"
                )
            yield target

    def _is_ambiguous(self, resource: Resource, scaled: str) -> bool:
        return (
            sum(self._may_be(other, scaled) for other in map(resource.view, resource.stack.managed(resource.type))) > 1
        )

    def _may_be(self, resource: Resource, scaled: str) -> bool:
        """Return whether *scaled*, a `resource_id`, may be that of *resource*."""
        around, _, name = scaled.removeprefix(self.prefix).rpartition("/")
        if not scaled.startswith(self.prefix) or name != quote(resource[self.attribute].raw):
            return False
        return not around or not self.cluster or not _are_other_texts(around, _name_of_cluster(resource[self.cluster]))


def _name_of_cluster(argument: Argument) -> str:
    """Return the name of a cluster of ECS: that of the resource, the end of an ARN, or the default."""
    if argument.refers_to("aws_ecs_cluster"):
        return quote(argument.resource("aws_ecs_cluster")["name"].raw)
    return quote(argument.raw).rpartition("/")[2] if argument.is_configured else "default"


def _are_other_texts(one: str, other: str) -> bool:
    return one != other and "${" not in one + other


def _is_same(one: Argument, other: Argument) -> Ternary:
    return are_named_same(*(identity(value.raw, value.block.owner, value.block.stack) for value in (one, other)))


def _may_refer_to(resource: Resource, value: Unknown) -> bool:
    """Return whether *value*, which does not name *resource*, may be its id.

    A variable, a data source and an output of a module are another object, in ordinary code. So is an attribute of
    another resource, except one of the VPC of a default resource.
    """
    if resource.type.startswith("aws_default_") and any("aws_vpc." in name for name in value.references):
        return True
    return all(name.startswith(_PER_INSTANCE) for name in value.references)
