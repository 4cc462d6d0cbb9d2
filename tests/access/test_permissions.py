"""What a change of identity-based policies allows and no longer allows: by meaning, not by text."""

from tests.access.conftest import ROLE, policy

DATA = "arn:aws:s3:::data/*"


def test_equal_policies_have_no_change(changes):
    hcl = ROLE + policy(("s3:GetObject", DATA))
    assert changes(hcl, hcl) == []


def test_another_order_is_no_change(changes):
    one, other = ("s3:GetObject, s3:PutObject", DATA), ("sqs:SendMessage", "*")
    reversed_actions = ("s3:PutObject, s3:GetObject", DATA)
    assert changes(ROLE + policy(one, other), ROLE + policy(other, reversed_actions)) == []


def test_a_statement_that_moves_to_another_policy_of_the_role_is_no_change(changes):
    one, other = ("s3:GetObject", DATA), ("sqs:SendMessage", "*")
    before = ROLE + policy(one, other)
    after = ROLE + policy(one) + policy(other, name="queue")
    assert changes(before, after) == []


def test_a_statement_that_is_split_by_action_and_resource_is_no_change(changes):
    before = policy(("s3:GetObject, s3:PutObject", f"{DATA}, arn:aws:s3:::logs/*"))
    after = policy(
        ("s3:GetObject", f"{DATA}, arn:aws:s3:::logs/*"),
        ("s3:PutObject", DATA),
        ("s3:PutObject", "arn:aws:s3:::logs/*"),
    )
    assert changes(ROLE + before, ROLE + after) == []


def test_an_added_action_is_one_line(changes):
    before, after = policy(("s3:GetObject", DATA)), policy(("s3:GetObject, s3:PutObject", DATA))
    assert changes(ROLE + before, ROLE + after) == [f"+ aws_iam_role.app: s3:PutObject on {DATA}"]


def test_a_pattern_that_becomes_one_of_its_actions_shows_what_is_lost(changes):
    before, after = policy(("s3:Get*", DATA)), policy(("s3:GetObject", DATA))
    assert changes(ROLE + before, ROLE + after) == [f"- aws_iam_role.app: s3:Get* except s3:GetObject on {DATA}"]


def test_a_pattern_that_is_written_out_is_no_change(changes):
    names = "sqs:ListQueueTags, sqs:ListQueues, sqs:ListMessageMoveTasks, sqs:ListDeadLetterSourceQueues"
    assert changes(ROLE + policy(("sqs:List*", "*")), ROLE + policy((names, "*"))) == []


def test_the_case_of_an_action_is_no_change(changes):
    assert changes(ROLE + policy(("s3:getobject", DATA)), ROLE + policy(("S3:GetObject", DATA))) == []


def test_a_wildcard_shows_what_it_adds(changes):
    before, after = policy(("s3:GetObject", DATA)), policy(("*", "*"))
    assert changes(ROLE + before, ROLE + after) == ["+ aws_iam_role.app: * on *"]


def test_a_narrower_resource_is_lost_only(changes):
    before, after = policy(("s3:GetObject", "arn:aws:s3:::*")), policy(("s3:GetObject", DATA))
    assert changes(ROLE + before, ROLE + after) == ["- aws_iam_role.app: s3:GetObject on arn:aws:s3:::*"]


def test_another_resource_is_gained_and_lost(changes):
    before, after = policy(("s3:GetObject", DATA)), policy(("s3:GetObject", "arn:aws:s3:::logs/*"))
    assert changes(ROLE + before, ROLE + after) == [
        "+ aws_iam_role.app: s3:GetObject on arn:aws:s3:::logs/*",
        f"- aws_iam_role.app: s3:GetObject on {DATA}",
    ]


def test_a_condition_that_is_added_loses_what_has_no_condition(changes):
    limit = '{ StringEquals = { "aws:SourceVpce" = "vpce-1" } }'
    before, after = policy(("s3:GetObject", DATA)), policy(("s3:GetObject", DATA, limit))
    assert changes(ROLE + before, ROLE + after) == [f"- aws_iam_role.app: s3:GetObject on {DATA}"]
    assert changes(ROLE + after, ROLE + before) == [f"+ aws_iam_role.app: s3:GetObject on {DATA}"]


def test_a_value_that_is_added_to_a_condition_is_gained(changes):
    one = '{ StringEquals = { "aws:SourceVpce" = "vpce-1" } }'
    two = '{ StringEquals = { "aws:SourceVpce" = ["vpce-2", "vpce-1"] } }'
    before, after = policy(("s3:GetObject", DATA, one)), policy(("s3:GetObject", DATA, two))
    assert changes(ROLE + before, ROLE + after) == [
        f"+ aws_iam_role.app: s3:GetObject on {DATA} if aws:SourceVpce is vpce-2 or vpce-1"
    ]


def test_a_value_that_is_added_to_a_negated_condition_is_lost(changes):
    one = '{ StringNotEquals = { "aws:RequestedRegion" = "eu-west-1" } }'
    two = '{ StringNotEquals = { "aws:RequestedRegion" = ["eu-west-1", "eu-west-2"] } }'
    before, after = policy(("s3:GetObject", DATA, one)), policy(("s3:GetObject", DATA, two))
    assert changes(ROLE + before, ROLE + after) == [
        f"- aws_iam_role.app: s3:GetObject on {DATA} if aws:RequestedRegion is not eu-west-1"
    ]


def test_a_deny_that_is_removed_is_gained(changes):
    allow, deny = ("s3:*", "*"), ("s3:DeleteBucket", "*", "Deny")
    assert changes(ROLE + policy(allow, deny), ROLE + policy(allow)) == [
        "+ aws_iam_role.app: no longer denied: s3:DeleteBucket on *"
    ]
    assert changes(ROLE + policy(allow), ROLE + policy(allow, deny)) == [
        "- aws_iam_role.app: denied: s3:DeleteBucket on *"
    ]


def test_a_deny_of_what_nothing_allows_is_no_change(changes):
    allow, deny = ("s3:GetObject", "*"), ("ec2:*", "*", "Deny")
    assert changes(ROLE + policy(allow), ROLE + policy(allow, deny)) == []


def test_an_allow_that_a_deny_takes_back_is_no_change(changes):
    deny = ("s3:*", "*", "Deny")
    assert changes(ROLE + policy(deny), ROLE + policy(deny, ("s3:GetObject", DATA))) == []


def test_a_policy_that_is_detached_is_lost(changes):
    attachment = """
resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
"""
    assert changes(ROLE + attachment, ROLE) == ["- aws_iam_role.app: * on * (AdministratorAccess)"]


def test_an_inline_policy_that_becomes_a_managed_one_is_no_change(changes):
    document = '{ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "s3:GetObject", Resource = "*" } }'
    managed = f"""
resource "aws_iam_policy" "files" {{
  policy = jsonencode({document})
}}

resource "aws_iam_role_policy_attachment" "files" {{
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.files.arn
}}
"""
    assert changes(ROLE + policy(("s3:GetObject", "*")), ROLE + managed) == []


def test_a_document_that_is_not_in_the_stack_is_neither_gained_nor_lost(changes):
    attachment = """
resource "aws_iam_role_policy_attachment" "other" {
  role       = aws_iam_role.app.name
  policy_arn = "arn:aws:iam::123456789012:policy/other"
}
"""
    (line,) = changes(ROLE, ROLE + attachment)
    assert line == (
        "? aws_iam_role.app: `arn:aws:iam::123456789012:policy/other` is attached; the document of "
        "`arn:aws:iam::123456789012:policy/other` is not defined in this stack"
    )
    assert changes(ROLE + attachment, ROLE + attachment) == []


def test_a_document_that_is_unknown_in_one_version_is_neither_gained_nor_lost(changes):
    unknown = """
variable "policy" {}

resource "aws_iam_role_policy" "files" {
  role   = aws_iam_role.app.name
  policy = var.policy
}
"""
    (line,) = changes(ROLE + policy(("s3:GetObject", DATA)), ROLE + unknown)
    assert line.startswith("? aws_iam_role.app: `var.policy` has no default")
    (line,) = changes(ROLE + unknown, ROLE + policy(("s3:GetObject", DATA)))
    assert line.startswith("? aws_iam_role.app: `var.policy` has no default")
    assert changes(ROLE + unknown, ROLE + unknown) == []


def test_an_unknown_part_of_an_arn_decides_nothing_by_itself(changes):
    account = 'data "aws_caller_identity" "current" {}\n'
    one = policy(("sqs:SendMessage", "arn:aws:sqs:eu-west-1:${data.aws_caller_identity.current.account_id}:jobs"))
    other = policy(("sqs:SendMessage", "arn:aws:sqs:eu-west-1:123456789012:jobs"))
    assert changes(ROLE + account + one, ROLE + account + one) == []
    line, _ = changes(ROLE + account + one, ROLE + other)
    assert line == (
        "? aws_iam_role.app: whether `sqs:SendMessage` on `arn:aws:sqs:eu-west-1:123456789012:jobs` is new depends on "
        "unknown values"
    )


def test_a_bucket_is_the_same_by_reference_and_by_name(changes):
    bucket = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n'
    reference = policy(("s3:GetObject", "${aws_s3_bucket.data.arn}/*"))
    assert changes(ROLE + bucket + reference, ROLE + bucket + policy(("s3:GetObject", DATA))) == []


def test_a_bucket_of_an_unknown_name_is_the_same_by_its_attributes(changes):
    bucket = 'resource "aws_s3_bucket" "data" {\n}\n\nresource "aws_s3_bucket" "logs" {\n}\n'
    by_arn = policy(("s3:GetObject", "${aws_s3_bucket.data.arn}/*"))
    by_name = policy(("s3:GetObject", "arn:aws:s3:::${aws_s3_bucket.data.id}/*"))
    assert changes(ROLE + bucket + by_arn, ROLE + bucket + by_name) == []
    other = policy(("s3:GetObject", "${aws_s3_bucket.data.arn}/*, ${aws_s3_bucket.logs.arn}/*"))
    assert changes(ROLE + bucket + by_name, ROLE + bucket + other) == [
        "+ aws_iam_role.app: s3:GetObject on ${aws_s3_bucket.logs.arn}/*"
    ]


def test_another_data_source_is_another_resource(changes):
    secrets = "".join(f'data "aws_secretsmanager_secret" "{name}" {{\n  name = var.{name}\n}}\n' for name in ("a", "b"))
    secrets += 'variable "a" {}\nvariable "b" {}\n'
    one = policy(("secretsmanager:GetSecretValue", "${data.aws_secretsmanager_secret.a.arn}"))
    two = ("${data.aws_secretsmanager_secret.a.arn}", "${data.aws_secretsmanager_secret.b.arn}")
    both = policy(("secretsmanager:GetSecretValue", ", ".join(two)))
    assert changes(ROLE + secrets + one, ROLE + secrets + both) == [
        f"+ aws_iam_role.app: secretsmanager:GetSecretValue on {two[1]}"
    ]


def test_a_role_that_moves_is_the_same_role(changes):
    moved = ROLE.replace('"app" {', '"service" {') + policy(("s3:GetObject", DATA), role="aws_iam_role.service.name")
    before = ROLE + policy(("s3:GetObject", DATA))
    assert changes(before, moved) == [], "by its name"
    unnamed = [hcl.replace('name               = "app"', "") for hcl in (before, moved)]
    block = "moved {\n  from = aws_iam_role.app\n  to   = aws_iam_role.service\n}\n"
    assert changes(unnamed[0], unnamed[1] + block) == [], "by the moved block"


def test_an_action_on_a_resource_of_another_type_is_nothing(changes):
    bucket = "arn:aws:s3:::data"
    together = policy(("s3:GetObject, s3:ListBucket", f"{bucket}, {DATA}"))
    apart = policy(("s3:GetObject", DATA), ("s3:ListBucket", bucket))
    assert changes(ROLE + together, ROLE + apart) == []
    assert changes(ROLE + apart, ROLE + together) == []


def test_a_boundary_limits(changes):
    boundary = ROLE.replace(
        '"app"\n  assume', '"app"\n  permissions_boundary = "arn:aws:iam::aws:policy/PowerUserAccess"\n  assume'
    )
    limit = "limited by `arn:aws:iam::aws:policy/PowerUserAccess`"
    assert boundary != ROLE
    assert changes(boundary, ROLE) == [f"+ aws_iam_role.app: no longer {limit}"]
    assert changes(ROLE, boundary) == [f"- aws_iam_role.app: {limit}"]
    unset = boundary.replace("arn:aws:iam::aws:policy/PowerUserAccess", "")
    assert changes(ROLE, unset) == changes(unset, ROLE) == []
    assert changes("", boundary) == ["+ ecs-tasks.amazonaws.com: sts:AssumeRole on aws_iam_role.app"]


def test_a_member_of_a_group_gains_what_the_group_may_do(changes):
    group = """
resource "aws_iam_user" "bob" {
  name = "bob"
}

resource "aws_iam_group" "admins" {
  name = "admins"
}
"""
    member = """
resource "aws_iam_user_group_membership" "bob" {
  user   = aws_iam_user.bob.name
  groups = [aws_iam_group.admins.name]
}
"""
    assert changes(group, group + member) == ["+ aws_iam_user.bob: all that `aws_iam_group.admins` may do, as a member"]


def test_a_policy_that_no_principal_holds_has_its_own_changes(changes):
    def document(action):
        return f"""
resource "aws_iam_policy" "files" {{
  name   = "files"
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = {{ Effect = "Allow", Action = "{action}", Resource = "*" }}
  }})
}}
"""

    attachment = """
resource "aws_iam_role_policy_attachment" "files" {
  role       = aws_iam_role.app.name
  policy_arn = aws_iam_policy.files.arn
}
"""
    one, all_ = document("sqs:SendMessage"), document("sqs:*")
    assert changes(one, all_) == ["+ aws_iam_policy.files: sqs:* except sqs:SendMessage on *"]
    assert changes(ROLE + one + attachment, ROLE + one) == ["- aws_iam_role.app: sqs:SendMessage on *"]
    assert changes(ROLE + one, ROLE + one + attachment) == ["+ aws_iam_role.app: sqs:SendMessage on *"]


def test_not_action_is_all_other_actions(changes):
    def all_but(*actions):
        names = ", ".join(f'"{action}"' for action in actions)
        return f"""
resource "aws_iam_role_policy" "most" {{
  role   = aws_iam_role.app.name
  policy = jsonencode({{
    Version   = "2012-10-17"
    Statement = {{ Effect = "Allow", NotAction = [{names}], Resource = "*" }}
  }})
}}
"""

    assert changes(ROLE + all_but("iam:*", "sts:*"), ROLE + all_but("sts:*")) == ["+ aws_iam_role.app: iam:* on *"]
    assert changes(ROLE + all_but("iam:*"), ROLE + all_but("iam:*", "sqs:*")) == ["- aws_iam_role.app: sqs:* on *"]
    assert changes(ROLE + all_but("iam:*"), ROLE + policy(("s3:GetObject", DATA)) + all_but("iam:*")) == []
