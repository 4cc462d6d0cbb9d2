"""Defaults of the AWS provider for arguments that policies read: `terraform providers schema` does not have them.

`plainwork_core.aws.redundant_arguments` has the values of all types with which an argument may be omitted.

Source: the argument reference of each type on https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_INDEX = re.compile(r"\.[0-9]+(?=\.|$)")

_DEFAULTS: Mapping[str, Mapping[str, str | bool | int]] = MappingProxyType(
    {
        "aws_efs_file_system": {"encrypted": False},
        "aws_elasticache_replication_group": {
            "automatic_failover_enabled": False,
            "engine": "redis",
            "multi_az_enabled": False,
            "snapshot_retention_limit": 0,
        },
        "aws_vpc": {"enable_dns_support": True, "enable_dns_hostnames": False},
        "aws_vpc_endpoint": {"vpc_endpoint_type": "Gateway"},
    }
)


def provider_default(type_: str, path: str) -> str | bool | int | None:
    """Return the value of an argument that is not set; `None` if the table does not have it.

    Args:
        type_: resource type, such as `aws_vpc`.
        path: of the argument, with or without indices: `ingress.0.self` or `ingress.self`.
    """
    table = _DEFAULTS.get(type_)
    return None if table is None else table.get(_INDEX.sub("", path))
