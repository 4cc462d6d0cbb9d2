"""The providers of resource types."""

from __future__ import annotations

WITHOUT_INFRASTRUCTURE = frozenset(
    {"archive", "cloudinit", "external", "http", "local", "null", "random", "terraform", "time", "tls"}
)
"""Providers whose resources exist only in the state or on the machine that runs Terraform."""


def provider_name(type_: str) -> str:
    """Return the local name of the provider of a resource type or of a key of the policy index: `aws` of `aws_vpc`."""
    return type_.removeprefix("data.").partition("_")[0]
