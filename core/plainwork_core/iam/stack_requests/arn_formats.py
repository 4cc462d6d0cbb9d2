"""The ARN of a resource by its Terraform type: a format of the Service Authorization Reference, and its variables.

https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
and, for `id`, the page of each type in https://registry.terraform.io/providers/hashicorp/aws/latest/docs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache

from plainwork_core.aws.iam_actions import resource_types
from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import Text

PLACES = ("Partition", "Region", "Account")
"""The variables of a format that follow from the provider configuration."""
_VARIABLE = re.compile(r"\$\{(\w+)\}")


@frozen(slots=True)
class ArnSource:
    """What the ARN of a Terraform type is made of.

    Args:
        service: prefix of the service in the reference.
        resource: resource type in the reference.
        name: the variable of the format beside partition, Region and account, with arguments in braces.
        id: the attribute that the attribute `id` is equal to; `""` if it is one of its own.
    """

    service: str
    resource: str
    name: str
    id: str

    @property
    def arguments(self) -> tuple[str, ...]:
        """The arguments in *name*."""
        return tuple(re.findall(r"\{(\w+)\}", self.name))


def _rows(service: str, *rows: str) -> Iterator[tuple[str, ArnSource]]:
    for row in rows:
        type_, resource, name, id_ = row.split()
        yield f"aws_{type_}", ArnSource(service, resource, name, id_.strip("-"))


TYPES: Mapping[str, ArnSource] = dict(
    (
        *_rows("acm", "acm_certificate certificate {id} -"),
        *_rows("apigateway", "api_gateway_rest_api RestApi {id} -"),
        *_rows("athena", "athena_workgroup workgroup {name} name"),
        *_rows("backup", "backup_vault backupVault {name} name"),
        *_rows("cloudwatch", "cloudwatch_metric_alarm alarm {alarm_name} alarm_name"),
        *_rows("codebuild", "codebuild_project project {name} arn"),
        *_rows("codepipeline", "codepipeline pipeline {name} name"),
        *_rows("dynamodb", "dynamodb_table table {name} name"),
        *_rows(
            "ec2",
            "ebs_volume volume {id} -",
            "instance instance {id} -",
            "launch_template launch-template {id} -",
            "security_group security-group {id} -",
            "subnet subnet {id} -",
            "vpc vpc {id} -",
        ),
        *_rows("ecr", "ecr_repository repository {name} name"),
        *_rows("ecs", "ecs_cluster cluster {name} arn"),
        *_rows("eks", "eks_cluster cluster {name} name"),
        *_rows(
            "elasticache", "elasticache_replication_group replicationgroup {replication_group_id} replication_group_id"
        ),
        *_rows("elasticfilesystem", "efs_access_point access-point {id} -", "efs_file_system file-system {id} -"),
        *_rows("es", "elasticsearch_domain domain {domain_name} arn", "opensearch_domain domain {domain_name} arn"),
        *_rows("events", "cloudwatch_event_bus event-bus {name} name"),
        *_rows("firehose", "kinesis_firehose_delivery_stream deliverystream {name} arn"),
        *_rows(
            "iam",
            "iam_group group {path}{name} name",
            "iam_instance_profile instance-profile {path}{name} name",
            "iam_policy policy {path}{name} arn",
            "iam_role role {path}{name} name",
            "iam_user user {path}{name} name",
        ),
        *_rows("kinesis", "kinesis_stream stream {name} arn"),
        *_rows("kms", "kms_key key {key_id} key_id", "kms_replica_key key {key_id} key_id"),
        *_rows("lambda", "lambda_function function {function_name} function_name"),
        *_rows("logs", "cloudwatch_log_group log-group {name} name"),
        *_rows("rds", "db_instance db {identifier} -", "rds_cluster cluster {cluster_identifier} cluster_identifier"),
        *_rows("route53", "route53_zone hostedzone {zone_id} zone_id"),
        *_rows("s3", "s3_bucket bucket {bucket} bucket"),
        *_rows("secretsmanager", "secretsmanager_secret Secret {name}-{suffix} arn"),
        *_rows("sns", "sns_topic topic {name} arn"),
        *_rows("sqs", "sqs_queue queue {name} url"),
        *_rows("ssm", "ssm_document document {name} name", "ssm_parameter parameter {name} name"),
        *_rows("states", "sfn_state_machine statemachine {name} arn"),
    )
)
"""The source of the ARN for each type: resource type of the reference, name, and what `id` is."""
DEFAULTS: Mapping[str, str] = {"path": "/"}
"""The value of an argument that is not set."""
PREFIXES: Mapping[str, str] = {
    "bucket": "bucket_prefix",
    "cluster_identifier": "cluster_identifier_prefix",
    "identifier": "identifier_prefix",
    "name": "name_prefix",
}
"""The argument with the beginning of a name that the provider completes."""


@cache
def arn_parts(type_: str) -> tuple[tuple[str, str | None], ...]:
    """Return the format of a type in `TYPES` as pairs of literal text and the variable after it.

    The variable beside those of `PLACES` is `""`; after the last text there may be none.
    """
    source = TYPES[type_]
    format_ = resource_types(source.service)[source.resource].arn
    pieces = _VARIABLE.split(format_)
    parts = list(zip(pieces[::2], [*pieces[1::2], None], strict=True))
    return tuple((text, _kind(variable)) for text, variable in parts if text or variable)


def filled(arn_format: str, value: Callable[[str], Text]) -> Iterator[Text]:
    """Yield the parts of *arn_format*: its texts, and between them the *value* of each variable."""
    for index, piece in enumerate(_VARIABLE.split(arn_format)):
        yield value(piece) if index % 2 else piece


def _kind(variable: str | None) -> str | None:
    return variable if variable is None or variable in PLACES else ""
