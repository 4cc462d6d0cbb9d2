"""AWS Region is not allowed.

What: An AWS provider configuration, with or without an alias, whose `region` is not in `[regions] allowed`; likewise
    the `region` of a resource (AWS provider 6.0), and a Region to which a resource copies data or in which it deploys:
    replicas of DynamoDB tables, secrets, EFS file systems, keyspaces and container images, copies of backups, snapshots
    and machine images, stack sets, actions of CodePipeline, Security Lake, IPAM and directories.
Why: One wrong word deploys a stack to a Region that data protection law, guardrails, backups and dashboards do not
    cover. Terraform does not ask, and most services start in any Region.
Remedy: Set an allowed Region, as a literal or as a variable whose value is in a plan.
Limitations: Without `region` the environment or the shared configuration file decides at run time: not evaluated. A
    name that is not a Region fails as well. A resource is checked if its `region` is not its provider's. A bucket has
    no Region in its ARN, so replication of Amazon S3 is checked by the provider of the destination bucket.
    `s3-backend-region-mismatch` checks the Region of the state.
"""

from __future__ import annotations

from plainwork_core.aws.regions import region_names
from plainwork_core.errors import did_you_mean
from plainwork_core.model.stack import Stack
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Subjects, policy
from plainwork_policies.regions.region_arguments import RegionArgument, region_arguments
from plainwork_policies.regions.settings import RegionSettings


def deployment_regions(stack: Stack) -> list[RegionArgument]:
    """Return the arguments that set the Region of a deployment."""
    return [argument for argument in region_arguments(stack) if not argument.is_of_backend]


@policy(
    "PLW_REGION_001",
    "region-not-allowed",
    severity="high",
    on=Subjects(("provider", "resource", "data"), deployment_regions),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_deny-requested-region.html",
    ),
    settings=("allowed",),
    requires="allowed",
)
def region_not_allowed(setting: RegionArgument, settings: RegionSettings) -> Findings:
    """Compare the Region with the allowed ones."""
    argument, allowed, region = setting.argument, settings.allowed, setting.known()
    if region not in allowed:
        yield argument.fail(
            f"`{argument.path}` is `{region}`{_rule(region, allowed)}",
            remedy=f"Use {enumeration(allowed, 'or')}.",
        )


def _rule(region: str, allowed: tuple[str, ...]) -> str:
    if region not in region_names():
        return f", which is not an AWS Region{did_you_mean(region, allowed)}"
    return f"; `[regions] allowed` lists {enumeration(allowed)}"
