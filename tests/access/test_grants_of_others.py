"""What a change of trust policies and of resource-based policies allows, and to which principals."""

from tests.access.conftest import ROLE, policy

ACCOUNT, OTHER = "111122223333", "444455556666"


def bucket(principal, action="s3:GetObject", resource="arn:aws:s3:::data/*"):
    return f"""
resource "aws_s3_bucket" "data" {{
  bucket = "data"
}}

resource "aws_s3_bucket_policy" "data" {{
  bucket = aws_s3_bucket.data.id
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{
      Effect = "Allow", Action = "{action}", Resource = "{resource}", Principal = {principal}
    }}]
  }})
}}
"""


def test_a_trust_that_is_opened_is_one_line(changes):
    service = '{ Service = "ecs-tasks.amazonaws.com" }'
    opened = ROLE.replace(service, f'{{ Service = "ecs-tasks.amazonaws.com", AWS = "{OTHER}" }}')
    assert changes(ROLE, opened) == [f"+ {OTHER}: sts:AssumeRole on aws_iam_role.app"]
    public = ROLE.replace(service, '"*"')
    assert changes(ROLE, public) == [
        "+ *: sts:AssumeRole on aws_iam_role.app",
        "- ecs-tasks.amazonaws.com: sts:AssumeRole on aws_iam_role.app",
    ]


def test_two_forms_of_an_account_are_one(changes):
    assert changes(bucket(f'{{ AWS = "{ACCOUNT}" }}'), bucket(f'{{ AWS = "arn:aws:iam::{ACCOUNT}:root" }}')) == []


def test_a_bucket_policy_that_is_widened_is_one_line(changes):
    one, both = f'{{ AWS = "{ACCOUNT}" }}', f'{{ AWS = ["{ACCOUNT}", "{OTHER}"] }}'
    assert changes(bucket(one), bucket(both)) == [f"+ {OTHER}: s3:GetObject on arn:aws:s3:::data/*"]
    assert changes(bucket(one), bucket('"*"')) == ["+ *: s3:GetObject on arn:aws:s3:::data/*"]


def test_a_denial_comes_and_goes_with_its_bucket(changes):
    denied = bucket('"*"', action="s3:*").replace('"Allow"', '"Deny"')
    assert changes("", denied) == changes(denied, "") == []
    of_role = bucket("{ AWS = aws_iam_role.app.arn }", action="s3:*").replace('"Allow"', '"Deny"')
    assert changes(ROLE, ROLE + of_role) == changes(ROLE + of_role, ROLE) == []


def test_a_denial_of_a_bucket_that_stays_is_gained_when_it_is_removed(changes):
    denied = bucket('"*"', action="s3:*").replace('"Allow"', '"Deny"')
    without_policy, _, policy_alone = denied.partition('resource "aws_s3_bucket_policy"')
    assert changes(denied, without_policy) == ["+ *: no longer denied: s3:* on arn:aws:s3:::data/*"]
    of_another_stack = f'resource "aws_s3_bucket_policy"{policy_alone}'.replace("aws_s3_bucket.data.id", '"data"')
    assert changes(of_another_stack, "") == ["+ *: no longer denied: s3:* on arn:aws:s3:::data/*"]


def test_a_permission_that_moves_from_the_role_to_the_bucket_is_no_change(changes):
    of_role = ROLE + policy(("s3:GetObject", "arn:aws:s3:::data/*"))
    of_bucket = ROLE + bucket("{ AWS = aws_iam_role.app.arn }")
    assert changes(of_role, of_bucket) == changes(of_bucket, of_role) == []


def test_a_wildcard_in_the_policy_of_a_key_is_the_key(changes):
    def key(principals):
        return f"""
resource "aws_kms_key" "main" {{
  policy = jsonencode({{
    Version = "2012-10-17"
    Statement = [{{ Effect = "Allow", Action = "kms:Decrypt", Resource = "*", Principal = {{ AWS = {principals} }} }}]
  }})
}}
"""

    assert changes(key(f'["{ACCOUNT}"]'), key(f'["{ACCOUNT}", "{OTHER}"]')) == [
        f"+ {OTHER}: kms:Decrypt on aws_kms_key.main"
    ]
