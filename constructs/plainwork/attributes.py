"""Arguments that name something of Terraform, by a resource or data source, or by the value of an attribute."""

from __future__ import annotations

from typing import Any

from plainwork.terraform.declared import Declared


def attribute_of(value: Any, name: str, *types: str) -> Any:
    """Return a reference to an attribute if the value is a resource or data source of one of the types.

    Any other value is returned as it is, so that the check of the argument rejects what is neither a resource of this
    type nor the value of its attribute.

    Args:
        value: a resource, a data source, or the value of the attribute itself.
        name: of the attribute, such as `id` or `arn`.
        types: of the resources, such as `aws_vpc`; none means all that have the attribute.
    """
    if isinstance(value, Declared) and (not types or value.block_type in types):
        return value[name]
    return value
