"""The values in a plan, with which the configuration that it was made of is evaluated."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.errors import Rejected
from plainwork_core.hcl.read.references import Step, follow
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Value, unknowns


@frozen()
class PlannedValues:
    """The values in a plan.

    Attributes:
        variables: of the root module.
        resources: and data sources, by address.
    """

    variables: Mapping[str, Value] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Stack) -> PlannedValues:
        """Return those of *plan*."""
        variables = plan.configuration.variables if plan.configuration else {}
        return cls(variables, {resource.address: resource for resource in plan.resources})

    def attribute(self, address: str, path: tuple[Step, ...]) -> Value:
        """Return what is at *path* in the resource at *address*; `None` if a part is unknown, sensitive or null."""
        resource, name = self.resources.get(address), str(path[0].key)
        if resource is None or any(f"{sensitive}.".startswith(f"{name}.") for sensitive in resource.sensitive):
            return None
        try:
            value = follow(resource.attribute(name), path[1:])
        except Rejected:
            return None
        return None if any(True for _ in unknowns(value)) else value
