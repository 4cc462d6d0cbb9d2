import pytest

from plainwork_policies.regions.arn_partition_mismatch import arn_partition_mismatch

PROVIDER = 'provider "aws" {\n  region = %s\n}\n'
ATTACHED = 'resource "aws_iam_role_policy_attachment" "logs" {\n  policy_arn = %s\n}\n'
MANAGED = '"arn:aws:iam::aws:policy/ReadOnlyAccess"'
PARTITION = 'data "aws_partition" "current" {}\n'


@pytest.mark.parametrize(
    ("region", "arn", "status"),
    [
        ('"eu-west-1"', MANAGED, "passed"),
        ('"eu-central-7"', MANAGED, "passed"),
        ('"cn-north-1"', MANAGED.replace("aws:iam", "aws-cn:iam"), "passed"),
        ('"cn-north-1"', MANAGED, "failed"),
        ('"us-gov-west-1"', MANAGED, "failed"),
        ('"eu-west-1"', MANAGED.replace("aws:iam", "aws-cn:iam"), "failed"),
        ('"eu-west-1"', MANAGED.replace("aws:iam", "aws-china:iam"), "failed"),
        ("var.region", MANAGED, "not_evaluated"),
        ("var.region", '"arn:aws:sqs:cn-north-1:123456789012:orders"', "failed"),
    ],
)
def test_an_arn_is_in_the_partition_of_its_resource_and_of_its_own_region(region, arn, status, statuses):
    found = statuses(arn_partition_mismatch, PROVIDER % region + ATTACHED % arn)
    assert found == {"aws_iam_role_policy_attachment.logs": status}


@pytest.mark.parametrize(
    "arn",
    ['"arn:${var.partition}:iam::aws:policy/x"', "var.arn", '"not-an-arn"', '"arn:*:s3:::x"'],
)
def test_a_partition_that_is_not_literal_is_not_checked(arn, statuses):
    assert statuses(arn_partition_mismatch, PROVIDER % '"cn-north-1"' + PARTITION + ATTACHED % arn) == {}


def test_the_partition_of_the_provider_is_that_of_its_resources(statuses):
    arn = '"arn:${data.aws_partition.current.partition}:iam::aws:policy/x"'
    found = statuses(arn_partition_mismatch, PROVIDER % '"cn-north-1"' + PARTITION + ATTACHED % arn)
    assert found == {"aws_iam_role_policy_attachment.logs": "passed"}


POLICY = (
    'data "aws_iam_policy_document" "x" {\n  statement {\n    actions   = ["s3:GetObject"]\n'
    '    resources = ["arn:aws:s3:::logs/*", aws_s3_bucket.x.arn]\n  }\n}\n'
    'resource "aws_iam_policy" "x" {\n  policy = data.aws_iam_policy_document.x.json\n}\n'
)


def test_the_finding_of_a_statement_has_the_element_and_its_line(results):
    (result,) = results(arn_partition_mismatch, PROVIDER % '"cn-north-1"' + POLICY)
    (finding,) = result.findings
    assert result.address == "aws_iam_policy.x"
    assert finding.message == (
        "`policy.Statement.0.Resource` is `arn:aws:s3:::logs/*` in partition `aws`, "
        "but the resource is in `cn-north-1` (partition `aws-cn`)"
    )
    assert finding.remedy == "Use `arn:${data.aws_partition.current.partition}:...`, or `arn:aws-cn:...`."
    assert (finding.path, finding.location.line) == ("policy.Statement.0.Resource", 7)


def test_a_resource_of_an_alias_is_in_the_partition_of_the_alias(statuses):
    china = 'provider "aws" {\n  alias  = "cn"\n  region = "cn-north-1"\n}\n'
    attached = ATTACHED.replace("{\n", "{\n  provider = aws.cn\n", 1) % MANAGED
    assert statuses(arn_partition_mismatch, PROVIDER % '"eu-west-1"' + china + attached) == {
        "aws_iam_role_policy_attachment.logs": "failed"
    }


def test_tags_and_descriptions_are_not_checked(statuses):
    hcl = 'resource "aws_sqs_queue" "x" {\n  tags = {\n    Reader = "arn:aws:iam::123456789012:role/x"\n  }\n}\n'
    assert statuses(arn_partition_mismatch, PROVIDER % '"cn-north-1"' + hcl) == {}
