"""The resources of the configuration that a plan does not contain, as after `-target`, `-exclude` or `-refresh-only`.

Since version 1.8 Terraform says whether a plan is `complete`, but not what it lacks; OpenTofu says neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.model.stack import Note
from plainwork_core.read.plan_configuration import Scope
from plainwork_core.text import listed

_HAS_ENABLED = re.compile(r"(1\.(1[1-9]|[2-9]\d)|[2-9]|\d\d)\..*")
"""The versions of OpenTofu with `enabled`, which a plan does not show.

https://opentofu.org/docs/language/meta-arguments/enabled
"""


def partial(document: Mapping[str, Any], planned: Iterable[tuple[Mapping[str, Any], Scope]]) -> Iterator[Note]:
    """Yield a note if the plan *document* lacks resources of the configuration.

    Args:
        document: the plan.
        planned: the planned resources, each with its module.
    """
    is_complete, missing = document.get("complete"), _unplanned(document, planned)
    is_possible = is_complete is not True or all(map(_is_refreshed, document.get("resource_changes") or ()))
    if missing and (is_complete is False or (is_complete is None and not _has_enabled(document))):
        sentence = f"{listed('resource', missing)} of the configuration not planned and not checked"
        yield Note(f"partial plan: {sentence}; plan without `-target`", is_incomplete=True)
    elif missing and is_possible:
        yield Note(f"{listed('resource', missing)} of the configuration not in the plan")
    elif is_complete is False and not document.get("deferred_changes"):
        yield Note("partial plan (`complete` is false); what requires another plan is not checked", is_incomplete=True)


def _unplanned(document: Mapping[str, Any], planned: Iterable[tuple[Mapping[str, Any], Scope]]) -> list[str]:
    """Return the managed resources without `count` and `for_each` that are neither planned nor deferred."""
    changes = document.get("resource_changes") or ()
    if changes and all(change["change"]["actions"] == ["delete"] for change in changes):
        return []  # `terraform plan -destroy` contains what the state has
    deferred = {change["resource_change"].get("address") for change in document.get("deferred_changes") or ()}
    found = {_address(scope.path, f"{resource['type']}.{resource['name']}") for resource, scope in planned}
    single = _single(document["configuration"]["root_module"], "")
    return [address for address in single if address not in found and address not in deferred]


def _is_refreshed(change: Mapping[str, Any]) -> bool:
    """Return whether a change may be in a plan with `-refresh-only`, which Terraform calls complete."""
    return change["change"]["actions"] in (["no-op"], ["read"])


def _has_enabled(document: Mapping[str, Any]) -> bool:
    """Return whether *document* is a plan of an OpenTofu with `enabled`, so that a resource may have no instance."""
    names = (change.get("provider_name") or "" for change in document.get("resource_changes") or ())
    is_tofu = any(name.startswith("registry.opentofu.org/") for name in names)
    return is_tofu and bool(_HAS_ENABLED.fullmatch(str(document.get("terraform_version", ""))))


def _single(module: Mapping[str, Any], path: str) -> Iterator[str]:
    """Yield the addresses of the managed resources in *module* of which there is always one instance."""
    for block in filter(_is_single, module.get("resources") or ()):
        if block.get("mode") == "managed":
            yield _address(path, block["address"])
    for name, call in (module.get("module_calls") or {}).items():
        if _is_single(call):
            yield from _single(call.get("module") or {}, _address(path, f"module.{name}"))


def _is_single(block: Mapping[str, Any]) -> bool:
    return "count_expression" not in block and "for_each_expression" not in block


def _address(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
