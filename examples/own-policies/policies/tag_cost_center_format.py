import re

from plainwork_policies.api import Findings, Resource, policy

COST_CENTER = re.compile(r"CC-[0-9]{4}")


@policy("ACME_015", "tag-cost-center-format", severity="low", on=("aws_instance", "aws_s3_bucket", "aws_sqs_queue"))
def tag_cost_center_format(resource: Resource) -> Findings:
    """Tag `CostCenter` has a value of another form than CC-0000."""
    center = resource["tags"].map()["CostCenter"]
    if center.is_set and not COST_CENTER.fullmatch(center.string()):
        yield center.fail(
            f"`CostCenter` is {center.state}; the form is `CC-0000`", remedy='Set `CostCenter = "CC-1234"`.'
        )
