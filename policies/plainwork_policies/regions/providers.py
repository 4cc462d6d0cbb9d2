"""The AWS provider configurations of a stack and their regions."""

from __future__ import annotations

from plainwork_core.model.stack import Provider, Stack
from plainwork_core.model.values import Unknown


def aws_providers(stack: Stack) -> list[Provider]:
    """Return the AWS provider configurations, and the empty ones that Terraform adds for resources without one."""
    configured = {each.key: each for each in stack.providers if each.name == "aws"}
    return list((_implied(stack) | configured).values())


def region_of(provider: Provider) -> str | Unknown:
    """Return the region that *provider* is configured for; an empty string is none, as to the provider."""
    region = provider.get("region")
    if region in (None, ""):
        return Unknown(f"{provider.address} has no `region`: it comes from the environment, or from a module's caller")
    return region if isinstance(region, str | Unknown) else Unknown(f"`{provider.address}.region` is not a string")


def _implied(stack: Stack) -> dict[str, Provider]:
    used = {each.provider_key: each for each in reversed(stack.resources) if each.type.startswith("aws_")}
    return {
        key: Provider("aws", key.partition(".")[2] or None, {}, resource.location)
        for key, resource in reversed(used.items())
        if isinstance(key, str) and key.split(".")[0] == "aws"
    }
