"""The Region of the resource that an argument refers to."""

from __future__ import annotations

from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.values import JsonText, PartialString, Unknown
from plainwork_policies.api import Argument
from plainwork_policies.regions.literal_arns import arn_region
from plainwork_policies.regions.resource_regions import Region, referent_region, resolved


def referenced_region(argument: Argument, prefix: str) -> Region | None:
    """Return the Region in the ARN that *argument* holds, or of the resource that it refers to.

    Args:
        argument: of a resource.
        prefix: the beginning of the type of the resource that it refers to, such as `aws_kms_`.

    Returns:
        The Region; `None` if the value has none, such as an ID or an alias.
    """
    raw = argument.raw
    if is_computed_by_provider(raw) or isinstance(raw, JsonText):
        return None
    if isinstance(raw, (str, PartialString)):
        region = arn_region(raw)
        return None if region is None else resolved(region, argument)
    return referent_region(argument, prefix) if isinstance(raw, Unknown) else None
