"""Whose principals may use the endpoints, and whose resources they may reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.iam import condition
from plainwork_core.aws.identifiers import is_organization_id

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True)
class EndpointPerimeter:
    """An AWS organization, or accounts: exactly one of the two.

    Attributes:
        organization_id: the organization (`o-...`) whose principals may use the endpoints, for its own resources.
        account_ids: the accounts, 12 digits each, whose principals may use the endpoints, for their own resources.
        resource_account_ids: other accounts whose resources those principals may reach, by the permissions that they
            have: partners, and AWS's own registries, as that of GuardDuty's agent, whose account depends on the region.

    See https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
    """

    organization_id: str | None = None
    account_ids: tuple[str, ...] = ()
    resource_account_ids: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """One sentence for each value that is no identifier, and one where there is no perimeter, or are two."""
        if bool(self.organization_id) == bool(self.account_ids):
            yield (
                "perimeter must have either organization_id or account_ids, because else anybody may use the "
                f"endpoints: got {self.organization_id!r} and {self.account_ids!r}"
            )
        organization = str(self.organization_id or "o-a1b2c3d4e5")
        if not scalars.is_reference(organization) and not is_organization_id(organization):
            yield f"perimeter organization_id must be as 'o-a1b2c3d4e5': got {self.organization_id!r}"
        for field in ("account_ids", "resource_account_ids"):
            values = getattr(self, field)
            if not isinstance(values, tuple | list):
                yield f"perimeter {field} must be a tuple of strings: got {values!r}"
                continue
            for value in values:
                yield from identifiers.account_id_problems(f"perimeter {field}", value)

    @property
    def principals(self) -> dict[str, Any]:
        """The condition that whoever asks is inside."""
        if self.organization_id:
            return condition("StringEquals", "aws:PrincipalOrgID", self.organization_id)
        return condition("StringEquals", "aws:PrincipalAccount", *self.account_ids)

    @property
    def resources(self) -> dict[str, Any]:
        """The condition that what is asked for is inside."""
        if self.organization_id:
            return condition("StringEquals", "aws:ResourceOrgID", self.organization_id)
        return condition("StringEquals", "aws:ResourceAccount", *self.account_ids)

    @property
    def trusted_resources(self) -> dict[str, Any]:
        """The condition that what is asked for is in `resource_account_ids`."""
        return condition("StringEquals", "aws:ResourceAccount", *self.resource_account_ids)
