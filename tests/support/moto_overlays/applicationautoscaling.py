"""Additions to moto for Application Auto Scaling. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone.

    Moto drops the tags of a scalable target, and answers `ListTagsForResource` with "not implemented".
    """
    tags: dict[str, dict[str, str]] = {}
    register = ApplicationAutoScalingResponse.register_scalable_target

    def register_scalable_target(response: ApplicationAutoScalingResponse) -> str:
        registered = register(response)
        given = response._get_param("Tags") or {}  # noqa: SLF001  moto's own way to read parameters
        tags.setdefault(json.loads(registered)["ScalableTargetARN"], {}).update(given)
        return registered

    def list_tags_for_resource(response: ApplicationAutoScalingResponse) -> str:
        return json.dumps({"Tags": tags.get(response._get_param("ResourceARN"), {})})  # noqa: SLF001

    patch.setattr(ApplicationAutoScalingResponse, "register_scalable_target", register_scalable_target)
    patch.setattr(ApplicationAutoScalingResponse, "list_tags_for_resource", list_tags_for_resource, raising=False)
