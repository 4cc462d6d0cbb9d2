"""AMI, snapshot or document is shared with all AWS accounts.

What: A launch permission of an AMI for the group `all`, a database snapshot that is shared with `all`, or an SSM
    document that is shared with `All`.
Why: Any AWS account can copy the disk of the AMI, restore the database, or read the document, with the credentials that
    they contain.
Remedy: List the account IDs.
Limitations: AMIs and documents that are public by purpose are not known; disable the policy for them. Block public
    access of Amazon EC2 and SSM, which is a setting of the account, is not checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from plainwork_policies.api import Argument, Findings, Resource, check_each, policy


class _Share(NamedTuple):
    """An argument that shares a resource: its path, the value for all accounts, and the shared thing.

    `is_list` is whether the argument is a list, and `in_blocks` whether the path goes through nested blocks, of which
    there may be several.
    """

    path: str
    everyone: str
    thing: str
    is_list: bool = True
    in_blocks: bool = False


_SNAPSHOT = _Share("shared_accounts", "all", "snapshot")
_SHARES = {
    "aws_ami_launch_permission": _Share("group", "all", "AMI", is_list=False),
    "aws_db_cluster_snapshot": _SNAPSHOT,
    "aws_db_snapshot": _SNAPSHOT,
    "aws_db_snapshot_copy": _SNAPSHOT,
    "aws_imagebuilder_distribution_configuration": _Share(
        "distribution.ami_distribution_configuration.launch_permission.user_groups", "all", "AMI", in_blocks=True
    ),
    "aws_rds_cluster_snapshot_copy": _SNAPSHOT,
    "aws_ssm_document": _Share("permissions.account_ids", "All", "document", is_list=False),
}


@policy(
    "PLW_PRIV_027",
    "resource-shared-publicly",
    severity="critical",
    on=tuple(_SHARES),
    links=(
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-intro.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/rds-controls.html#rds-1",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/ssm-controls.html#ssm-4",
    ),
)
def resource_shared_publicly(resource: Resource) -> Findings:
    """Check the argument that shares the resource."""
    share = _SHARES[resource.type]

    def check(argument: Argument) -> Findings:
        if argument.string(default="") == share.everyone:
            yield argument.fail(
                f"`{argument.name}` is `{share.everyone}`; any AWS account can use the {share.thing}",
                remedy="List the account IDs.",
            )

    yield from check_each(_values(resource, share), check)


def _values(resource: Resource, share: _Share) -> Iterator[Argument]:
    """Yield the values of the argument, each member of a list."""
    for argument in resource.arguments(share.path) if share.in_blocks else [resource[share.path]]:
        yield from argument.members() if share.is_list else [argument]
