"""Add-ons and Pod Identity associations of EKS, which moto does not have, and the settings that it forgets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

from moto.core.responses import ActionResult
from moto.eks import urls
from moto.eks.exceptions import ResourceNotFoundException
from moto.eks.responses import EKSResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class Kind(NamedTuple):
    """A thing of a cluster: its noun in actions, its member in answers, its collection in paths, and its key."""

    noun: str
    member: str
    collection: str
    key: str


KINDS = (
    Kind("addon", "addon", "addons", "addonName"),
    Kind("pod_identity_association", "association", "pod-identity-associations", "associationId"),
)
_AS_GIVEN = {"updateConfig": "update_config", "nodeRepairConfig": "node_repair_config", "remoteAccess": "remote_access"}


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(EKSResponse, "create_nodegroup", _as_given(EKSResponse.create_nodegroup))
    for kind in KINDS:
        _store(patch, kind)


def _as_given(original: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Moto forgets how many nodes an update replaces at once, and adds access by SSH, which each plan removes."""

    def create_nodegroup(response: EKSResponse) -> Any:
        made = original(response)
        for parameter, name in _AS_GIVEN.items():
            setattr(made.result["nodegroup"], name, response._get_param(parameter))  # noqa: SLF001  moto's own way
        return made

    return create_nodegroup


def _store(patch: pytest.MonkeyPatch, kind: Kind) -> None:
    """Create, describe and delete things of a cluster, which are active at once."""
    things: dict[tuple[str, str], dict[str, Any]] = {}

    def create(response: EKSResponse) -> ActionResult:
        cluster = _path(response)[1]
        given: dict[str, Any] = json.loads(response.body)
        id_ = given.setdefault(kind.key, f"a-{len(things) + 1:017x}")
        arn = f"arn:aws:eks:{response.region}:{response.current_account}:{kind.member}/{cluster}/{id_}"
        fixed = {"clusterName": cluster, f"{kind.member}Arn": arn, "status": "ACTIVE", "addonVersion": "v1"}
        things[cluster, id_] = {**fixed, **given}
        return ActionResult({kind.member: things[cluster, id_]})

    def describe(response: EKSResponse) -> ActionResult:
        _, cluster, _, id_ = _path(response)
        if (cluster, id_) not in things:
            raise ResourceNotFoundException(clusterName=cluster, message=f"{id_} does not exist")
        return ActionResult({kind.member: things[cluster, id_]})

    def delete(response: EKSResponse) -> ActionResult:
        _, cluster, _, id_ = _path(response)
        return ActionResult({kind.member: things.pop((cluster, id_))})

    for action in (create, describe, delete):
        patch.setattr(EKSResponse, f"{action.__name__}_{kind.noun}", action, raising=False)
    collection = f"{{0}}/clusters/(?P<name>[^/]+)/{kind.collection}"
    for path in (f"{collection}$", f"{collection}/(?P<id>[^/]+)$"):
        patch.setitem(urls.url_paths, path, urls.response.dispatch)


def _path(response: EKSResponse) -> list[str]:
    return urlsplit(response.uri).path.strip("/").split("/")
