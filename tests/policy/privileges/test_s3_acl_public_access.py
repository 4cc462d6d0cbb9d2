import pytest

from plainwork_policies.privileges.s3_acl_public_access import s3_acl_public_access

ROOT = 'provider "aws" {}\nresource "aws_s3_bucket" "b" {\n  bucket = "acme-site"\n}\n'
BLOCK = """resource "aws_s3_bucket_public_access_block" "b" {
  bucket             = %s
  block_public_acls  = %s
  ignore_public_acls = %s
}
"""
ACL = """resource "aws_s3_bucket_acl" "a" {
  bucket = %s
  %s
}
"""
OPEN = BLOCK % ("aws_s3_bucket.b.id", "false", "false")
REFERENCE = "aws_s3_bucket.b.id"
GRANT = """access_control_policy {
    grant {
      permission = "READ"
      grantee {
        type = "Group"
        uri  = "http://acs.amazonaws.com/groups/%s"
      }
    }
  }"""


@pytest.fixture
def status(statuses):
    return lambda hcl: statuses(s3_acl_public_access, ROOT + hcl)["aws_s3_bucket_acl.a"]


@pytest.mark.parametrize(
    ("acl", "expected"),
    [
        ('acl = "public-read"', "failed"),
        ('acl = "public-read-write"', "failed"),
        ('acl = "authenticated-read"', "failed"),
        ('acl = "private"', "passed"),
        ('acl = "log-delivery-write"', "passed"),
        ("acl = var.acl", "not_evaluated"),
        (GRANT % "global/AllUsers", "failed"),
        (GRANT % "global/AuthenticatedUsers", "failed"),
        (GRANT % "s3/LogDelivery", "passed"),
    ],
)
def test_a_public_acl_fails_if_the_access_block_allows_it(acl, expected, status):
    assert status(OPEN + ACL % (REFERENCE, acl)) == expected


@pytest.mark.parametrize(
    ("block", "ignore", "expected"),
    [
        ("true", "true", "passed"),
        ("true", "false", "passed"),
        ("false", "true", "passed"),
        ("false", "false", "failed"),
        ("false", "var.ignore", "not_evaluated"),
    ],
)
def test_a_public_access_block_blocks_or_ignores_the_acl(block, ignore, expected, status):
    assert status(BLOCK % (REFERENCE, block, ignore) + ACL % (REFERENCE, 'acl = "public-read"')) == expected


def test_the_bucket_is_found_by_its_name(status):
    assert status(BLOCK % ('"acme-site"', "true", "true") + ACL % ('"acme-site"', 'acl = "public-read"')) == "passed"
    assert status(OPEN + ACL % ("var.bucket", 'acl = "public-read"')) == "not_evaluated"


def test_a_block_of_the_account_passes(status):
    account = 'resource "aws_s3_account_public_access_block" "a" {\n  block_public_acls = true\n}\n'
    assert status(account + OPEN + ACL % (REFERENCE, 'acl = "public-read"')) == "passed"


@pytest.mark.parametrize(("block", "severity"), [("", "medium"), (OPEN, None)])
def test_without_a_block_in_the_stack_a_finding_is_medium(block, severity, results):
    found = results(s3_acl_public_access, ROOT + block + ACL % (REFERENCE, 'acl = "public-read"'))
    assert [finding.severity for result in found for finding in result.findings] == [severity]


@pytest.mark.parametrize(
    ("type_", "arguments"),
    [
        ("aws_s3_bucket", 'acl = "public-read"'),
        ("aws_s3_bucket", 'grant {\n uri = "http://acs.amazonaws.com/groups/global/AllUsers"\n }'),
        ("aws_s3_object", 'bucket = aws_s3_bucket.b.id\n acl = "public-read"'),
        ("aws_s3_bucket_object", 'bucket = aws_s3_bucket.b.id\n acl = "public-read"'),
    ],
)
def test_buckets_and_objects_are_checked(type_, arguments, statuses):
    hcl = ROOT + f'resource "{type_}" "x" {{\n  {arguments}\n}}\n'
    block = BLOCK % (f"{type_}.x.id" if type_ == "aws_s3_bucket" else REFERENCE, "false", "false")
    assert statuses(s3_acl_public_access, hcl + block)[f"{type_}.x"] == "failed"
