"""The version of a provider that a stack requires."""

from __future__ import annotations

from plainwork_core.model.stack import ProviderRequirement, Stack

AWS = "hashicorp/aws"


def requirements(stack: Stack, source: str = AWS) -> list[ProviderRequirement]:
    """Return the entries of `required_providers` for the provider *source*, whatever its local name."""
    return [requirement for requirement in stack.required_providers or () if _source(requirement) == source]


def is_locked(stack: Stack, source: str = AWS) -> bool:
    """Return whether the lock file of *stack*, as far as the input contains it, has the provider *source*."""
    return bool(_locked(stack, source))


def required_version(stack: Stack, source: str = AWS) -> str:
    """Return the locked version of the provider *source*, or else the constraint on it; empty if neither is known."""
    constraints = [requirement.get("version") for requirement in requirements(stack, source)]
    known = [constraint for constraint in constraints if isinstance(constraint, str)]
    return next(iter((*_locked(stack, source), *known)), "")


def _locked(stack: Stack, source: str) -> list[str]:
    locked = stack.locked_providers or {}
    return [version for address, version in locked.items() if address.endswith(f"/{source}")]


def _source(requirement: ProviderRequirement) -> str:
    source = requirement.get("source") or f"hashicorp/{requirement.name}"
    return "/".join(source.split("/")[-2:]) if isinstance(source, str) else ""
