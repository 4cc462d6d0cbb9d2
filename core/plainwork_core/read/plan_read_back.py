"""The arguments of a plan that the provider reads back from AWS, as distinct from those that the configuration sets.

A plan shows an optional and computed argument of an existing resource as the state has it, written or not:
`aws_iam_role.inline_policy` then has the policies of the role's `aws_iam_role_policy` resources. Only `configuration`
tells the two apart, and it omits `dynamic` blocks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from plainwork_core.aws.computed_arguments import computed_arguments
from plainwork_core.frozen import frozen
from plainwork_core.model.values import Value

_OWN_REGION = "region"
"""Provider 6 adds its own Region to each resource and data source, also to those that it creates.

https://hashicorp.github.io/terraform-provider-aws/enhanced-region-support
"""
_MERGED = "tags_all"
"""The provider computes it from the configuration."""
_SECURITY_GROUP_RULES = {
    "aws_security_group_rule": "security_group_id",
    "aws_vpc_security_group_egress_rule": "security_group_id",
    "aws_vpc_security_group_ingress_rule": "security_group_id",
}
_NETWORK_ACL_RULES = {"aws_network_acl_rule": "network_acl_id"}
_RESOURCES: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("aws_iam_role", "inline_policy"): {"aws_iam_role_policy": "role"},
    ("aws_network_acl", "egress"): _NETWORK_ACL_RULES,
    ("aws_network_acl", "ingress"): _NETWORK_ACL_RULES,
    ("aws_route_table", "route"): {"aws_route": "route_table_id"},
    ("aws_security_group", "egress"): _SECURITY_GROUP_RULES,
    ("aws_security_group", "ingress"): _SECURITY_GROUP_RULES,
}
"""The resources that manage a nested block of another, with the argument that refers to it, by type and block.

A nested block that the configuration does not show is read back if the plan has such a resource for it. Otherwise it is
a `dynamic` block. Source: the argument reference of each type on
https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs.
"""


@frozen()
class ReadBack:
    """The arguments that one plan reads back.

    Args:
        changes: `resource_changes`.
    """

    changes: tuple[Mapping[str, Any], ...]

    def of(self, resource: Mapping[str, Any], block: Mapping[str, Any], change: Mapping[str, Any]) -> frozenset[str]:
        """Return the names of those of *resource*, an instance of *block*, that *change* leaves as they are."""
        before, after = change.get("before"), resource.get("values")
        written, table = block.get("expressions") or {}, computed_arguments(resource["type"])
        has_region = block and _OWN_REGION not in written and (after or {}).get(_OWN_REGION) is not None
        region = frozenset({_OWN_REGION} if has_region else ())
        if resource["mode"] != "managed" or not block or not before or not after:
            return region
        return region | frozenset(
            name
            for name in (table.arguments | table.blocks) - written.keys() - {_MERGED}
            if after.get(name) is not None
            and before.get(name) == after[name]
            and (name in table.arguments or self._is_managed_elsewhere(resource["type"], name, before.get("id")))
        )

    def _is_managed_elsewhere(self, type_: str, name: str, id_: Value) -> bool:
        return any((other, id_) in self._targets for other in _RESOURCES.get((type_, name), ()))

    @cached_property
    def _targets(self) -> frozenset[tuple[str, Value]]:
        """The types and targets of the resources that manage a block of another resource."""
        arguments = {type_: argument for managing in _RESOURCES.values() for type_, argument in managing.items()}
        return frozenset(
            (change["type"], target)
            for change in self.changes
            if change["type"] in arguments
            for target in _targets(change["change"], arguments[change["type"]])
        )


def _targets(change: Mapping[str, Any], argument: str) -> Iterator[Value]:
    for values in (change.get("before"), change.get("after")):
        if values and isinstance(target := values.get(argument), str):
            yield target
