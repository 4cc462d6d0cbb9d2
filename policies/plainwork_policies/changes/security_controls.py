"""Resource types that protect or record what happens to other resources, and what is missing without them.

Source: the argument reference of each type on https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from plainwork_core.frozen import frozen


@frozen()
class Control:
    """A type of security control.

    Args:
        effect: what is missing after its deletion, as a clause.
        targets: the arguments for the resource that it protects, with its type; the first that is set counts. Without
            any it protects the account.
    """

    effect: str
    targets: Mapping[str, str] = field(default_factory=dict)


_BUCKET = {"bucket": "aws_s3_bucket"}
_FLOW_LOG_TARGETS = {
    "vpc_id": "aws_vpc",
    "subnet_id": "aws_subnet",
    "eni_id": "aws_network_interface",
    "transit_gateway_id": "aws_ec2_transit_gateway",
    "transit_gateway_attachment_id": "aws_ec2_transit_gateway_vpc_attachment",
}
CONTROLS: Mapping[str, Control] = {
    "aws_backup_plan": Control("its resources are no longer backed up"),
    "aws_backup_selection": Control("its resources are no longer backed up", {"plan_id": "aws_backup_plan"}),
    "aws_backup_vault_lock_configuration": Control(
        "recovery points can be deleted", {"backup_vault_name": "aws_backup_vault"}
    ),
    "aws_cloudtrail": Control("API calls are no longer recorded by it"),
    "aws_config_configuration_recorder": Control("configuration changes are no longer recorded"),
    "aws_ebs_encryption_by_default": Control("new EBS volumes are not encrypted by default"),
    "aws_ebs_snapshot_block_public_access": Control("EBS snapshots can be shared publicly"),
    "aws_efs_backup_policy": Control(
        "the file system is no longer backed up", {"file_system_id": "aws_efs_file_system"}
    ),
    "aws_flow_log": Control("network traffic is no longer recorded by it", _FLOW_LOG_TARGETS),
    "aws_guardduty_detector": Control("threats are no longer detected"),
    "aws_s3_account_public_access_block": Control("bucket policies and ACLs can allow public access"),
    "aws_s3_bucket_public_access_block": Control("bucket policies and ACLs can allow public access", _BUCKET),
    "aws_s3_bucket_versioning": Control("overwritten and deleted objects cannot be restored", _BUCKET),
    "aws_securityhub_account": Control("security findings are no longer collected"),
    "aws_wafv2_web_acl_association": Control("requests are no longer filtered", {"resource_arn": "aws_lb"}),
}
