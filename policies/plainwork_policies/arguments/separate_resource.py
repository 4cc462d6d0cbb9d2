"""A resource that manages an argument of another one, and how it is found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from plainwork_core.frozen import frozen
from plainwork_core.model.connections import resources_referencing
from plainwork_core.model.identity import are_named_same, identity
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
