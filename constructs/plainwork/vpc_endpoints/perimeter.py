"""The data perimeter of endpoint policies: trusted principals and trusted resources.

https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.iam import condition
from plainwork_core.aws.identifiers import is_organization_id
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@frozen()
class EndpointPerimeter:
    """Principals that the endpoint policies allow, and their resources: of one organization, or of accounts.

    Attributes:
        organization_id: organization (`o-...`) of the principals and of the resources; None for accounts.
        account_ids: accounts of the principals and of the resources.
        trusted_resource_account_ids: accounts of additional resources.
    """

    organization_id: str | None
    account_ids: tuple[str, ...]
    trusted_resource_account_ids: tuple[str, ...]

    @classmethod
    def of(cls, perimeter: str | Sequence[str], trusted: Sequence[str]) -> EndpointPerimeter:
        """Return the perimeter of valid arguments of `VpcEndpoints`."""
        if isinstance(perimeter, str):
            return cls(perimeter, (), tuple(trusted))
        return cls(None, tuple(perimeter), tuple(trusted))

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


def perimeter_problems(perimeter: Any, trusted: Any) -> Iterator[str]:
    """Yield the problems of the arguments `perimeter` and `trusted_resource_account_ids` of `VpcEndpoints`."""
    is_list = isinstance(perimeter, tuple | list) and perimeter
    is_organization = isinstance(perimeter, str) and (scalars.is_reference(perimeter) or is_organization_id(perimeter))
    if is_list:
        yield from _account_problems("perimeter", perimeter)
    elif not is_organization:
        yield (
            "perimeter must be the id of an organization, as 'o-a1b2c3d4e5', or a list of accounts; without it the "
            f"endpoints allow every principal: got {perimeter!r}"
        )
    yield from _account_problems("trusted_resource_account_ids", trusted)


def _account_problems(name: str, account_ids: Any) -> Iterator[str]:
    if not isinstance(account_ids, tuple | list):
        yield f"{name} must be a list of accounts, as ['123456789012']: got {account_ids!r}"
        return
    for account_id in account_ids:
        yield from identifiers.account_id_problems(name, account_id)
