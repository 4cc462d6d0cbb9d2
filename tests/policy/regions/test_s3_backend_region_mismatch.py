import pytest

from plainwork_policies.regions.s3_backend_region_mismatch import s3_backend_region_mismatch

BACKEND = 'terraform {\n  backend "s3" {\n    bucket = "state"\n    %s\n  }\n}\n'
IRELAND = BACKEND % 'region = "eu-west-1"'
BUCKET = 'resource "aws_s3_bucket" "state" {\n  bucket = "state"\n  %s\n}\n'


def provider(region, alias=""):
    return f'provider "aws" {{\n  region = {region}\n{f"  alias = {alias}" if alias else ""}\n}}\n'


BOTH = provider('"us-east-1"') + provider('"eu-west-1"', alias='"home"')


@pytest.mark.parametrize(
    ("hcl", "status"),
    [
        (IRELAND + BOTH + BUCKET % "provider = aws.home", "passed"),
        (IRELAND + BOTH + BUCKET % "", "failed"),
        (IRELAND + BOTH + BUCKET % 'region = "eu-west-1"', "passed"),
        (IRELAND + BOTH.replace('"us-east-1"', "var.region") + BUCKET % "", "not_evaluated"),
        (IRELAND + BOTH + (BUCKET % "").replace('"state"\n', "var.name\n"), "not_evaluated"),
        (BACKEND % "" + BOTH + BUCKET % "", "not_evaluated"),
    ],
)
def test_a_backend_is_in_the_region_of_its_bucket(hcl, status, statuses):
    assert statuses(s3_backend_region_mismatch, hcl) == {"terraform.backend.s3": status}


@pytest.mark.parametrize("bucket", ["", BUCKET.replace('"state"\n', '"another"\n') % ""])
def test_a_backend_whose_bucket_is_not_in_the_stack_may_be_in_any_region(bucket, statuses):
    assert statuses(s3_backend_region_mismatch, IRELAND + provider('"us-east-1"') + bucket) == {}


def test_the_message_has_both_regions(results):
    hcl = IRELAND + provider('"us-east-1"')
    (finding,) = results(s3_backend_region_mismatch, hcl + BUCKET % "")[0].findings
    assert finding.message == "`region` is `eu-west-1`, but bucket `aws_s3_bucket.state` is in `us-east-1`"
    assert finding.location.line == 4


def test_another_backend_is_not_checked(statuses):
    assert statuses(s3_backend_region_mismatch, 'terraform {\n  backend "local" {}\n}\n' + BOTH) == {}
