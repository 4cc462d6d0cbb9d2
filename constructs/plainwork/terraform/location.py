"""The Region and the account of a stack, from its default configuration of the AWS provider."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.terraform.addresses import naming_scope
from plainwork_core.schema.versions import AWS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.terraform.registry import AddressRegistry
    from plainwork.tree import Construct


def region_of(scope: Construct, region: str | None = None) -> Any:
    """Return the given Region, or that of the scope or of the provider of its stack; None if neither is known."""
    naming = naming_scope(scope)
    return region or naming.region or naming.registry.regions.get(AWS)


def account_of(scope: Construct, account_id: str | None = None) -> Any:
    """Return the given account, or the only one that the provider of the stack allows; None if neither is known."""
    return account_id or naming_scope(scope).registry.account_id


def region_problems(scope: Construct, region: Any) -> Iterator[str]:
    """Yield one sentence if a Region is unknown or invalid, or that of the provider, before 6.0, is another one."""
    registry = naming_scope(scope).registry
    if region is None:
        yield _unknown("region", registry, 'region="eu-west-1"')
        return
    yield from identifiers.region_problems("region", region)
    own, choice = registry.regions.get(AWS, region), registry.schema_choice
    if own != region and isinstance(region, str) and not scalars.is_reference(region) and not choice.has_regions:
        yield (
            f"region must be {own!r}, the Region of the provider of stack {registry.stack!r}: got {region!r}; "
            f"resources have a Region of their own from provider 6 on, and this stack requires `{choice.required}`"
        )


def account_problems(scope: Construct, account_id: Any) -> Iterator[str]:
    """Yield one sentence if an account is unknown or invalid."""
    if account_id is None:
        yield _unknown("account_id", naming_scope(scope).registry, 'allowed_account_ids=["123456789012"]')
    else:
        yield from identifiers.account_id_problems("account_id", account_id)


def record(registry: AddressRegistry, reference: str, arguments: Mapping[str, Any]) -> None:
    """Record the Region of a configuration of the AWS provider, and the account of the default one."""
    region, accounts = arguments.get("region"), arguments.get("allowed_account_ids")
    if isinstance(region, str) and not scalars.is_reference(region):
        registry.regions[reference] = region
    match accounts:
        case [account_id] if reference == AWS and not scalars.is_reference(account_id):
            registry.account_id = account_id


def _unknown(argument: str, registry: AddressRegistry, written: str) -> str:
    return (
        f"{argument} must be given, because stack {registry.stack!r} has no provider that determines it; create "
        f'`Provider(stack, "aws", {written})` before'
    )
