"""A plan of any size in the format of `terraform show -json`; half of its resources are in a module.

Of ten resources, four are buckets, one is a queue with an unknown key, two are a role and a policy with a document in
JSON, one is a policy whose document is a data source that is read during apply, and two exist: a log group that gets
other tags, and a table that is updated.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_PROVIDER = "registry.terraform.io/hashicorp/aws"
_MODULE = "module.archive"
_TAGS = {"Owner": "platform", "Environment": "prod"}
_OLD_TAGS = {"Owner": "it", "Environment": "prod"}
_BUCKET_ARN = "arn:aws:s3:::logs-{}/*"


@dataclass(frozen=True)
class Planned:
    """One resource or data source: its block, its known values and its unknown attributes.

    Args:
        type: such as `aws_s3_bucket`.
        name: of the block.
        values: known values.
        unknown: `after_unknown`.
        expressions: expressions of the configuration for unknown values.
        before: its values in the state, if it exists.
        mode: `managed` or `data`.
    """

    type: str
    name: str
    values: dict[str, Any]
    unknown: dict[str, Any] = field(default_factory=dict)
    expressions: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] | None = None
    mode: str = "managed"

    @property
    def block(self) -> str:
        """Its address in its module."""
        return f"{'data.' * (self.mode == 'data')}{self.type}.{self.name}"


Maker = Callable[[int], Iterator[Planned]]


def write_plan(file: Path, resources: int, made: Maker | None = None) -> None:
    """Write a plan to *file*, on one line.

    Args:
        file: the file to write.
        resources: the number of calls of *made*, half of them for the module.
        made: yields the resources of a number; the default yields one resource and its data sources.
    """
    make = made or _made
    root, archive = ([planned for number in numbers for planned in make(number)] for numbers in _halves(resources))
    child = {"address": _MODULE, "resources": [_state(planned, f"{_MODULE}.") for planned in archive]}
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {
            "root_module": {"resources": [_state(planned, "") for planned in root], "child_modules": [child]},
        },
        "resource_changes": [
            *(_change(planned, "") for planned in root),
            *(_change(planned, f"{_MODULE}.") for planned in archive),
        ],
        "configuration": _configuration(root, archive),
    }
    file.write_text(json.dumps(plan), encoding="utf-8")


def _halves(resources: int) -> tuple[range, range]:
    return range(resources // 2), range(resources // 2, resources)


def _made(number: int) -> Iterator[Planned]:
    makers = (_bucket, _queue, _bucket, _role, _bucket, _policy, _bucket, _policy_of_data, _log_group, _table)
    yield from makers[number % len(makers)](number)


def _bucket(number: int) -> Iterator[Planned]:
    values = {"bucket": f"logs-{number}", "force_destroy": False, "tags": _TAGS, "tags_all": _TAGS, "timeouts": None}
    yield Planned("aws_s3_bucket", f"logs_{number}", values, {"arn": True, "id": True, "region": True})


def _queue(number: int) -> Iterator[Planned]:
    values = {"name": f"orders-{number}", "visibility_timeout_seconds": 30, "tags": _TAGS, "tags_all": _TAGS}
    key = {"kms_master_key_id": {"references": ["var.key_arn"]}}
    yield Planned("aws_sqs_queue", f"orders_{number}", values, {"arn": True, "kms_master_key_id": True}, key)


def _role(number: int) -> Iterator[Planned]:
    trust = _document(Action="sts:AssumeRole", Principal={"Service": "lambda.amazonaws.com"})
    values = {"name": f"worker-{number}", "assume_role_policy": trust, "tags": _TAGS, "tags_all": _TAGS}
    yield Planned("aws_iam_role", f"worker_{number}", values, {"arn": True, "id": True})


def _policy(number: int) -> Iterator[Planned]:
    document = _document(Action=["s3:GetObject", "s3:PutObject"], Resource=_BUCKET_ARN.format(number))
    values = {"name": f"worker-{number}", "policy": document, "tags": _TAGS, "tags_all": _TAGS}
    yield Planned("aws_iam_policy", f"worker_{number}", values, {"arn": True, "id": True})


def _policy_of_data(number: int) -> Iterator[Planned]:
    statement = {"actions": ["s3:GetObject"], "effect": "Allow", "sid": "Read"}
    arn = {"references": [f"aws_s3_bucket.logs_{number - 1}.arn", f"aws_s3_bucket.logs_{number - 1}"]}
    values, unknown = {"statement": [statement]}, {"json": True, "statement": [{"resources": [True]}]}
    expressions = {"statement": [{"actions": {"constant_value": ["s3:GetObject"]}, "resources": arn}]}
    yield Planned("aws_iam_policy_document", f"reader_{number}", values, unknown, expressions, mode="data")
    made_of = {"policy": {"references": [f"data.aws_iam_policy_document.reader_{number}.json"]}}
    named = {"name": f"reader-{number}", "tags": _TAGS, "tags_all": _TAGS}
    yield Planned("aws_iam_policy", f"reader_{number}", named, {"policy": True, "arn": True}, made_of)


def _log_group(number: int) -> Iterator[Planned]:
    kept = {"name": f"/worker/{number}", "retention_in_days": 30, "id": f"/worker/{number}"}
    before, after = (kept | {"tags": tags, "tags_all": tags} for tags in (_OLD_TAGS, _TAGS))
    yield Planned("aws_cloudwatch_log_group", f"worker_{number}", after, before=before)


def _table(number: int) -> Iterator[Planned]:
    kept = {"name": f"orders-{number}", "hash_key": "id", "id": f"orders-{number}", "tags": _TAGS, "tags_all": _TAGS}
    after, before = (kept | {"billing_mode": mode} for mode in ("PAY_PER_REQUEST", "PROVISIONED"))
    yield Planned("aws_dynamodb_table", f"orders_{number}", after, before=before)


def _document(**statement: Any) -> str:
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


def _head(planned: Planned, module: str) -> dict[str, Any]:
    address = {"address": module + planned.block, "mode": planned.mode, "type": planned.type, "name": planned.name}
    return {**address, "provider_name": _PROVIDER}


def _state(planned: Planned, module: str) -> dict[str, Any]:
    return {**_head(planned, module), "schema_version": 0, "values": planned.values, "sensitive_values": {}}


def _change(planned: Planned, module: str) -> dict[str, Any]:
    change = {
        "actions": ["read"] if planned.mode == "data" else ["update"] if planned.before else ["create"],
        "before": planned.before,
        "after": planned.values,
        "after_unknown": planned.unknown,
        "before_sensitive": False,
        "after_sensitive": {},
    }
    return {**_head(planned, module), "change": change}


def _configuration(root: list[Planned], archive: list[Planned]) -> dict[str, Any]:
    region = {"region": {"constant_value": "eu-west-1"}}
    key = {"key_arn": {"references": ["aws_kms_key.shared.arn", "aws_kms_key.shared"]}}
    module = {"resources": [_block(planned) for planned in archive]}
    call = {"source": "./archive", "expressions": key, "module": module}
    return {
        "provider_config": {"aws": {"name": "aws", "full_name": _PROVIDER, "expressions": region}},
        "root_module": {"resources": [_block(planned) for planned in root], "module_calls": {"archive": call}},
    }


def _block(planned: Planned) -> dict[str, Any]:
    constant = [name for name in planned.values if name not in planned.expressions]
    known = {name: {"constant_value": planned.values[name]} for name in constant}
    return {
        "address": planned.block,
        "mode": planned.mode,
        "type": planned.type,
        "name": planned.name,
        "provider_config_key": "aws",
        "expressions": known | planned.expressions,
        "schema_version": 0,
    }
