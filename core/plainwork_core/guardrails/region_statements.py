"""The `Deny` statement for requests to Regions that are not allowed.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from plainwork_core.aws.global_actions import GLOBAL_ACTIONS
from plainwork_core.errors import InputError


class RegionSettings(Protocol):
    """The settings `[regions]`."""

    @property
    def allowed(self) -> Sequence[str]:
        """The Regions that may be used."""


def region_statements(settings: RegionSettings, exempt_principals: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the statement, which does not deny `GLOBAL_ACTIONS`.

    Raises:
        InputError: no Region is allowed.
    """
    if not settings.allowed:
        raise InputError('`[regions] allowed` is not set; list Regions, such as `allowed = ["eu-central-1"]`')
    condition: dict[str, Any] = {"StringNotEquals": {"aws:RequestedRegion": list(dict.fromkeys(settings.allowed))}}
    if exempt_principals:
        condition["ArnNotLike"] = {"aws:PrincipalArn": list(exempt_principals)}
    return [
        {
            "Sid": "DenyOtherRegions",
            "Effect": "Deny",
            "NotAction": list(GLOBAL_ACTIONS),
            "Resource": ["*"],
            "Condition": condition,
        }
    ]
