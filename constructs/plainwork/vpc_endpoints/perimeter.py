"""The data perimeter of endpoint policies: trusted principals and trusted resources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.iam import condition
from plainwork_core.aws.identifiers import is_organization_id
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen()
class EndpointPerimeter:
    """Principals that the endpoint policies allow, and their resources; set either organization or accounts.

    Attributes:
        organization_id: organization (`o-...`) of the principals and of the resources.
        account_ids: accounts, 12 digits each, of the principals and of the resources.
        trusted_resource_account_ids: accounts of additional resources, for example of partners, or of AWS registries
            such as that of the GuardDuty agent, whose account depends on the Region.

    Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
    """

    organization_id: str | None = None
    account_ids: tuple[str, ...] = ()
    trusted_resource_account_ids: tuple[str, ...] = ()

    def problems(self) -> Iterator[str]:
        """Yield the problems of the ids, of an empty perimeter and of one with organization and accounts."""
        if bool(self.organization_id) == bool(self.account_ids):
            yield (
                "perimeter must have either organization_id or account_ids; without them the endpoints allow every "
                f"principal: got {self.organization_id!r} and {self.account_ids!r}"
            )
        organization = str(self.organization_id or "o-a1b2c3d4e5")
        if not scalars.is_reference(organization) and not is_organization_id(organization):
            yield (
                f"perimeter.organization_id must be the id of an organization, as 'o-a1b2c3d4e5': "
                f"got {self.organization_id!r}"
            )
        for field in ("account_ids", "trusted_resource_account_ids"):
            values = getattr(self, field)
            if not isinstance(values, tuple | list):
                yield f"perimeter.{field} must be a tuple of strings: got {values!r}"
                continue
            for value in values:
                yield from identifiers.account_id_problems(f"perimeter.{field}", value)

    @property
    def principals(self) -> dict[str, Any]:
        """The condition that the principal is inside the perimeter."""
        if self.organization_id:
            return condition("StringEquals", "aws:PrincipalOrgID", self.organization_id)
        return condition("StringEquals", "aws:PrincipalAccount", *self.account_ids)

    @property
    def resources(self) -> dict[str, Any]:
        """The condition that the resource is inside the perimeter."""
        if self.organization_id:
            return condition("StringEquals", "aws:ResourceOrgID", self.organization_id)
        return condition("StringEquals", "aws:ResourceAccount", *self.account_ids)

    @property
    def trusted_resources(self) -> dict[str, Any]:
        """The condition that the resource is in `trusted_resource_account_ids`."""
        return condition("StringEquals", "aws:ResourceAccount", *self.trusted_resource_account_ids)
