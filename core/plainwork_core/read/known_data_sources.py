"""The attributes of data sources whose answer the configuration of the provider determines."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from plainwork_core.aws.regions import dns_suffix, partition
from plainwork_core.hcl.read.bodies import names
from plainwork_core.hcl.read.instances import Instance
from plainwork_core.model.values import Value, look_up
from plainwork_core.read.module_providers import local_key, provider

if TYPE_CHECKING:
    from plainwork_core.read.module_scope import ModuleScope


def attributes(scope: ModuleScope, instance: Instance) -> dict[str, Value]:
    """Return the attributes of a data source that are known; `{}` for most."""
    block = scope.blocks[instance.block].block
    known = _KNOWN.get(block.labels[0])
    return known(scope, instance) if known and block.type == "data" else {}


def _region(scope: ModuleScope, instance: Instance) -> dict[str, Value]:
    """Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/region."""
    region = _of_provider(scope, instance, "region")
    for argument in ("region", "name"):
        if argument in names(scope.blocks[instance.block].block.body):
            region, _ = scope.argument(instance, argument)
    if "endpoint" in names(scope.blocks[instance.block].block.body) or not isinstance(region, str):
        return {}
    return {"id": region, "name": region, "region": region}


def _partition(scope: ModuleScope, instance: Instance) -> dict[str, Value]:
    """Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/partition."""
    region = _of_provider(scope, instance, "region")
    if not isinstance(region, str):
        return {}
    name, suffix = partition(region), dns_suffix(region)
    reverse = ".".join(reversed(suffix.split(".")))
    return {"id": name, "partition": name, "dns_suffix": suffix, "reverse_dns_prefix": reverse}


def _default_tags(scope: ModuleScope, instance: Instance) -> dict[str, Value]:
    """Source: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/default_tags."""
    tags = _of_provider(scope, instance, "default_tags")
    return {"tags": look_up({"default_tags": tags}, "default_tags.0.tags")} if tags is not None else {}


def _caller_identity(scope: ModuleScope, instance: Instance) -> dict[str, Value]:
    """Return the only account that the provider accepts: https://registry.terraform.io/providers/hashicorp/aws/latest/docs."""
    allowed = _of_provider(scope, instance, "allowed_account_ids")
    if not isinstance(allowed, list) or len(allowed) != 1 or not isinstance(allowed[0], str):
        return {}
    return {"id": allowed[0], "account_id": allowed[0]}


def _of_provider(scope: ModuleScope, instance: Instance, argument: str) -> Value:
    """Return an argument of the provider that a data source uses, `None` if it is not set or unknown."""
    found = provider(scope, local_key(scope.blocks[instance.block].block))
    if not isinstance(found, tuple):
        return None
    configuring, key = found
    block = f"provider.{key}"
    if block not in configuring.blocks or argument not in names(configuring.blocks[block].block.body):
        return None
    value, _ = configuring.argument(Instance(block, configuring), argument)
    return value


_KNOWN: dict[str, Callable[[ModuleScope, Instance], dict[str, Value]]] = {
    "aws_caller_identity": _caller_identity,
    "aws_default_tags": _default_tags,
    "aws_partition": _partition,
    "aws_region": _region,
}
