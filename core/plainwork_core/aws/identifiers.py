"""The forms of AWS account IDs, organization IDs and resource IDs.

https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-identifiers.html,
https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html and
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/resource-ids.html
"""

from __future__ import annotations

import re

_ACCOUNT_ID = re.compile(r"[0-9]{12}")
_ORGANIZATION_ID = re.compile(r"o-[a-z0-9]{10,32}")
_RESOURCE_ID = re.compile(r"(?P<prefix>[a-z]+)-[0-9a-f]{8,17}")


def is_account_id(text: str) -> bool:
    """Return whether *text* is an account ID: 12 digits."""
    return _ACCOUNT_ID.fullmatch(text) is not None


def is_organization_id(text: str) -> bool:
    """Return whether *text* is the ID of an organization: `o-a1b2c3d4e5`."""
    return _ORGANIZATION_ID.fullmatch(text) is not None


def is_resource_id(text: str, prefix: str) -> bool:
    """Return whether *text* is a resource ID with this prefix: `vpc-0123456789abcdef0` for `vpc`."""
    found = _RESOURCE_ID.fullmatch(text)
    return found is not None and found["prefix"] == prefix
