"""Additions to moto for Resource Access Manager. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from moto.ram import urls
from moto.ram.models import ResourceShare
from moto.ram.responses import ResourceAccessManagerResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

_ADDED = ("associate_resource_share", "disassociate_resource_share", "list_resource_share_permissions")


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    for name in _ADDED:
        patch.setitem(urls.url_paths, f"{{0}}/{name.replace('_', '')}$", ResourceAccessManagerResponse.dispatch)
        patch.setattr(ResourceAccessManagerResponse, name, globals()[f"_{name}"], raising=False)
    patch.setattr(ResourceAccessManagerResponse, "get_resource_shares", _get_resource_shares)
    patch.setattr(ResourceShare, "__init__", _keep_tags(ResourceShare.__init__))
    patch.setattr(ResourceShare, "describe", _with_tags(ResourceShare.describe))


def _share(response: ResourceAccessManagerResponse) -> ResourceShare:
    wanted = response.request_params["resourceShareArn"]
    return next(share for share in response.ram_backend.resource_shares if share.arn == wanted)


def _associate_resource_share(response: ResourceAccessManagerResponse) -> str:
    """Moto has associations only from the creation of a share."""
    share, sent = _share(response), response.request_params
    share.add_principals(sent.get("principals", []))
    share.add_resources(sent.get("resourceArns", []))
    return json.dumps({"resourceShareAssociations": []})


def _disassociate_resource_share(response: ResourceAccessManagerResponse) -> str:
    """Moto cannot remove one."""
    share, sent = _share(response), response.request_params
    share.principals = [each for each in share.principals if each not in sent.get("principals", [])]
    share.resource_arns = [each for each in share.resource_arns if each not in sent.get("resourceArns", [])]
    return json.dumps({"resourceShareAssociations": []})


def _list_resource_share_permissions(_response: ResourceAccessManagerResponse) -> str:
    """Moto does not know the permissions of a share."""
    return json.dumps({"permissions": []})


def _get_resource_shares(response: ResourceAccessManagerResponse) -> str:
    """Moto answers with all shares, whichever are asked for."""
    sent = response.request_params
    shares = response.ram_backend.get_resource_shares(sent["resourceOwner"])["resourceShares"]
    wanted = sent.get("resourceShareArns") or [share["resourceShareArn"] for share in shares]
    return json.dumps({"resourceShares": [share for share in shares if share["resourceShareArn"] in wanted]})


def _keep_tags(original: Callable[..., None]) -> Callable[..., None]:
    """Moto drops the tags of a share, so that each plan sets them again."""

    def __init__(share: ResourceShare, *given: Any, **named: Any) -> None:  # noqa: N807  it replaces `__init__`
        original(share, *given, **named)
        share.tags = named.get("tags", [])

    return __init__


def _with_tags(original: Callable[[ResourceShare], dict[str, Any]]) -> Callable[[ResourceShare], dict[str, Any]]:
    def describe(share: ResourceShare) -> dict[str, Any]:
        return {**original(share), "tags": share.tags}

    return describe
