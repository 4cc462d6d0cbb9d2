"""No principal may do what `[[never]]` in the settings lists."""

from __future__ import annotations

import pytest

from plainwork_core.errors import InputError
from plainwork_policies.engine.settings_file import read
from plainwork_policies.privileges.iam_forbidden_permission import iam_forbidden_permission
from plainwork_policies.privileges.settings import IamSettings, Never
from tests.support.settings import team_with

PROVIDER = 'provider "aws" {\n  region = "eu-west-1"\n  allowed_account_ids = ["111122223333"]\n}\n'
STATE = 'resource "aws_s3_bucket" "state" {\n  bucket = "state"\n}\n'
TRUST = 'assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })'
ROLE = f'resource "aws_iam_role" "ci" {{\n  name = "ci"\n  {TRUST}\n}}\n'
DELETE = Never("*", "s3:DeleteObject", "aws_s3_bucket.state")


def policy(*statements, name="p"):
    document = f'jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})'
    return f'resource "aws_iam_role_policy" "{name}" {{\n  role = aws_iam_role.ci.name\n  policy = {document}\n}}\n'


def statement(action, resource, effect="Allow", more=""):
    return f'{{ Effect = "{effect}", Action = "{action}", Resource = {resource}{more} }}'


@pytest.fixture
def status(statuses):
    """`status(hcl, never)`: the status of the role `ci`."""

    def status(hcl, *never):
        settings = team_with(IamSettings, never=never or (DELETE,))
        return statuses(iam_forbidden_permission, PROVIDER + STATE + ROLE + hcl, settings)["aws_iam_role.ci"]

    return status


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:*", '"*"'),
        ("s3:DeleteObject", '"${aws_s3_bucket.state.arn}/*"'),
        ("s3:Delete*", '"${aws_s3_bucket.state.arn}/prod/*"'),
        ("*", '"arn:aws:s3:::st*/prod/*.tflock"'),
        ("s3:DeleteObject", '"arn:aws:s3:::state/prod/network.tfstate"'),
    ],
)
def test_a_permission_on_a_part_of_the_resource_fails(action, resource, status):
    assert status(policy(statement(action, resource))) == "failed"


@pytest.mark.parametrize(
    ("action", "resource"),
    [
        ("s3:GetObject", '"*"'),
        ("s3:DeleteObject", '"arn:aws:s3:::other/*"'),
        ("s3:DeleteObject", '"${aws_s3_bucket.state.arn}"'),
        ("s3:DeleteObjectTagging", '"*"'),
    ],
)
def test_another_action_or_resource_passes(action, resource, status):
    assert status(policy(statement(action, resource))) == "passed"


def test_a_deny_for_the_resource_passes(status):
    allowed = statement("s3:*", '"*"')
    denied = statement("s3:DeleteObject", '"${aws_s3_bucket.state.arn}/*"', "Deny")

    assert status(policy(allowed, denied)) == "passed"
    assert status(policy(allowed) + policy(denied, name="q")) == "passed"
    elsewhere = statement("s3:DeleteObject", '"arn:aws:s3:::other/*"', "Deny")
    assert status(policy(allowed, elsewhere)) == "failed"


def test_a_condition_that_is_not_known_is_not_evaluated(status):
    condition = ', Condition = { IpAddress = { "aws:SourceIp" = "192.0.2.0/24" } }'
    tagged = ', Condition = { StringEquals = { "aws:RequestTag/Owner" = "ann" } }'

    for more in (condition, tagged):
        assert status(policy(statement("s3:DeleteObject", '"*"', more=more))) == "not_evaluated"
    assert status(policy(statement("s3:DeleteObject", '"arn:aws:s3:::other/*"', more=condition))) == "passed"


def test_a_permission_of_any_resource_is_on_one_of_the_types_of_the_action(status):
    bucket = Never("*", "s3:DeleteBucket")

    assert status(policy(statement("s3:*", '"arn:aws:s3:::tmp-*"')), bucket) == "failed"
    assert status(policy(statement("s3:*", '"arn:aws:s3:::tmp-*/*"')), bucket) == "passed"
    denied = statement("s3:DeleteBucket", '"arn:aws:s3:::*"', "Deny")
    assert status(policy(statement("*", '"*"'), denied), bucket) == "passed"
    assert status(policy(statement("*", '"*"')), Never("*", "organizations:LeaveOrganization")) == "failed"


def test_a_pattern_of_arns_is_on_one_that_a_statement_matches(status):
    prod = Never("*", "sqs:*", "arn:aws:sqs:*:*:prod-*")

    assert (
        status(policy(statement("sqs:PurgeQueue", '"arn:aws:sqs:eu-west-1:111122223333:*-orders"')), prod) == "failed"
    )
    assert status(policy(statement("sqs:PurgeQueue", '"arn:aws:sqs:eu-west-1:111122223333:dev-*"')), prod) == "passed"


@pytest.mark.parametrize("principal", ["*", "ci", "aws_iam_role.*", "arn:aws:iam::111122223333:role/c?"])
def test_a_principal_is_named_by_address_name_or_arn(principal, status):
    assert status(policy(statement("s3:*", '"*"')), Never(principal, "s3:DeleteObject", "aws_s3_bucket.*")) == "failed"


def test_another_principal_passes(status):
    assert status(policy(statement("s3:*", '"*"')), Never("aws_iam_role.deploy", "s3:DeleteObject")) == "passed"


def test_each_entry_is_checked_and_has_the_statement_as_location(results):
    never = (DELETE, Never("ci", "s3:DeleteBucket", "aws_s3_bucket.state", "It has all states"))
    hcl = PROVIDER + STATE + ROLE + policy(statement("s3:*", '"*"'))
    found = results(iam_forbidden_permission, hcl, team_with(IamSettings, never=never))[0].findings

    assert [finding.message for finding in found] == [
        ("`s3:DeleteObject` on `arn:aws:s3:::state/x` is allowed by `aws_iam_role_policy.p`; `[[never]]` forbids it"),
        (
            "`s3:DeleteBucket` on `arn:aws:s3:::state` is allowed by `aws_iam_role_policy.p`; "
            "`[[never]]` forbids it (It has all states)"
        ),
    ]
    assert {finding.location.line for finding in found if finding.location} == {14}


def test_without_an_entry_the_policy_is_not_evaluated(statuses):
    settings = team_with(IamSettings, never=())
    assert statuses(iam_forbidden_permission, PROVIDER + ROLE, settings) == {}


NEVER = '[[never]]\nprincipal = "*"\naction = "%s"\nresource = "%s"\n'


def test_the_entries_are_tables_of_the_settings_file(tmp_path):
    file = tmp_path / "plainwork.toml"
    file.write_text(NEVER % ("s3:DeleteBucket", "aws_s3_bucket.state") + NEVER % ("iam:Create*", "*") + "[iam]\n")

    assert read(file).get(IamSettings).never == (
        Never("*", "s3:DeleteBucket", "aws_s3_bucket.state"),
        Never("*", "iam:Create*"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            NEVER % ("s3:DeleteBuckt", "*"),
            r"plainwork.toml: never\[0\] `s3:DeleteBuckt` is no action .* `s3:DeleteBucket`",
        ),
        (NEVER % ("s3:DeleteBucket", "state"), r"never\[0\] `resource` is 'state'; use an address such as"),
        ('[[never]]\naction = "s3:DeleteBucket"\n', r"never\[0\] `principal` is not set"),
        ("never = 1\n", r"`never` is 1, not a list"),
    ],
)
def test_a_mistake_in_an_entry_is_an_error(text, message, tmp_path):
    file = tmp_path / "plainwork.toml"
    file.write_text(text)

    with pytest.raises(InputError, match=message):
        read(file)
