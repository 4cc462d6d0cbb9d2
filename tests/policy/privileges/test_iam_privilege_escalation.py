import pytest

from plainwork_policies.privileges.iam_privilege_escalation import iam_privilege_escalation

ROLE = 'resource "aws_iam_role" "r" {\n  name = "deploy"\n%s}\n'
INLINE = 'resource "aws_iam_role_policy" "%s" {\n  role   = %s\n  policy = %s\n}\n'
MANAGED = 'resource "aws_iam_policy" "%s" {\n  policy = %s\n}\n'
ATTACHED = 'resource "aws_iam_role_policy_attachment" "%s" {\n  role = aws_iam_role.r.name\n  policy_arn = %s\n}\n'
PASS, RUN = '"iam:PassRole"', '"ec2:RunInstances"'
BOTH = f"[{PASS}, {RUN}]"


def statement(action, resource='"*"', more="", effect="Allow"):
    return f'{{ Effect = "{effect}", Action = {action}, Resource = {resource}{more} }}'


def document(*statements):
    return f"jsonencode({{ Statement = [{', '.join(statements)}] }})"


@pytest.fixture
def status(statuses):
    """The status of a role with one inline document."""
    return lambda *statements: statuses(
        iam_privilege_escalation, ROLE % "" + INLINE % ("p", "aws_iam_role.r.id", document(*statements))
    )["aws_iam_role.r"]


@pytest.mark.parametrize(
    "action",
    [
        '"iam:CreatePolicyVersion"',
        '"iam:attachrolepolicy"',
        '"iam:Put*"',
        '"iam:*"',
        '["iam:UpdateAssumeRolePolicy", "s3:GetObject"]',
        '"lambda:UpdateFunctionCode"',
        BOTH,
        '["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"]',
        '["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"]',
    ],
)
def test_a_known_path_fails(action, status):
    assert status(statement(action)) == "failed"


@pytest.mark.parametrize(
    "action",
    [
        PASS,
        RUN,
        '["iam:PassRole", "lambda:CreateFunction"]',
        '["iam:Get*", "iam:List*", "s3:*", "iam:CreateServiceLinkedRole", "iam:CreateRole"]',
        '["ssm:StartSession", "ecs:ExecuteCommand", "ecs:DescribeTasks"]',
    ],
)
def test_a_part_of_a_path_passes(action, status):
    assert status(statement(action)) == "passed"


def test_statements_count_together(status):
    assert status(statement(PASS), statement(RUN)) == "failed"


def test_a_limit_of_the_roles_counts_and_a_limit_of_the_service_does_not(status):
    run = statement(RUN, '"arn:aws:ec2:eu-west-1:111122223333:instance/*"')
    assert status(statement(PASS, '"arn:aws:iam::111122223333:role/*"'), run) == "failed"
    assert status(statement(PASS, '"arn:aws:iam::111122223333:role/app-*"'), run) == "passed"
    assert status(statement(PASS, "aws_iam_role.task.arn"), run) == "passed"


def test_a_user_that_manages_its_own_keys_passes(status):
    own = '"arn:aws:iam::*:user/$${aws:username}"'
    assert status(statement('["iam:CreateAccessKey", "iam:CreateLoginProfile"]', own)) == "passed"


def test_not_action_and_not_resource_count(status):
    assert status(statement('"s3:*"').replace("Action", "NotAction")) == "failed"
    assert status(statement('"iam:*"').replace("Action", "NotAction")) == "failed", "lambda:UpdateFunctionCode"
    assert (
        status(
            statement(
                '["iam:*", "lambda:*", "glue:*", "ec2:*", "sagemaker:*", "cloudformation:*", "bedrock-agentcore:*", '
                '"apprunner:*", "codebuild:*", "sts:*"]'
            ).replace("Action", "NotAction")
        )
        == "passed"
    )
    assert status(statement('"iam:PutRolePolicy"', "aws_iam_role.a.arn").replace("Resource", "NotResource")) == "failed"


def test_a_principal_with_all_permissions_passes(status):
    assert status(statement('"*"')) == "passed"


@pytest.mark.parametrize("services", ['"ec2.amazonaws.com"', '["lambda.amazonaws.com", "ec2.amazonaws.com"]', '"*"'])
def test_a_condition_that_includes_the_service_does_not_limit(services, status):
    condition = f', Condition = {{ StringLike = {{ "iam:PassedToService" = {services} }} }}'
    assert status(statement(PASS, more=condition), statement(RUN)) == "failed"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ('StringEquals = { "iam:PassedToService" = "lambda.amazonaws.com" }', "passed"),
        ('StringEquals = { "iam:PassedToService" = var.service }', "not_evaluated"),
        ('StringEquals = { "iam:ResourceTag/Team" = "web" }', "passed"),
        ('StringEquals = { "iam:PermissionsBoundary" = "arn:aws:iam::111122223333:policy/b" }', "passed"),
        ('Bool = { "aws:MultiFactorAuthPresent" = "true" }', "failed"),
        ("StringEquals = var.condition", "not_evaluated"),
    ],
)
def test_a_condition_limits_unless_it_is_on_the_circumstances_of_the_request(condition, expected, status):
    assert status(statement(PASS, more=f", Condition = {{ {condition} }}"), statement(RUN)) == expected


@pytest.mark.parametrize(
    ("denied", "expected"),
    [
        (statement(PASS, effect="Deny"), "passed"),
        (statement('"iam:*"', effect="Deny"), "passed"),
        (statement('"*"', effect="Deny"), "passed"),
        (statement(PASS, '"arn:aws:iam::*:role/*"', effect="Deny"), "passed"),
        (statement('"s3:*"', effect="Deny"), "failed"),
        (statement(PASS, '"arn:aws:iam::*:role/admin"', effect="Deny"), "not_evaluated"),
        (statement("var.denied", effect="Deny"), "not_evaluated"),
        (
            statement(PASS, effect="Deny", more=', Condition = { StringNotEquals = { "aws:PrincipalTag/a" = "b" } }'),
            "not_evaluated",
        ),
        (
            statement('"*"', effect="Deny", more=', Condition = { Bool = { "aws:SecureTransport" = "false" } }'),
            "failed",
        ),
    ],
)
def test_a_deny_statement_removes_an_action_or_ends_in_not_evaluated(denied, expected, status):
    assert status(statement(BOTH), denied) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [(statement('"s3:GetObject"'), "not_evaluated"), (statement('"iam:PutRolePolicy"'), "failed")],
)
def test_a_known_path_fails_beside_an_unknown_action(known, expected, status):
    assert status(known, statement("var.actions")) == expected


@pytest.mark.parametrize("resource", ["aws_s3_bucket.b.arn", '"arn:aws:s3:::${var.name}/*"'])
def test_an_unknown_name_of_another_service_passes(resource, status):
    assert status(statement('"s3:GetObject"', resource), statement(PASS, "aws_iam_role.task.arn")) == "passed"


@pytest.mark.parametrize(
    "second",
    [
        INLINE % ("b", "aws_iam_role.r.name", document(statement(RUN))),
        INLINE % ("b", '"deploy"', document(statement(RUN))),
        MANAGED % ("b", document(statement(RUN))) + ATTACHED % ("b", "aws_iam_policy.b.arn"),
        MANAGED % ("b", document(statement(RUN)))
        + 'resource "aws_iam_policy_attachment" "b" {\n  roles = ["deploy"]\n  policy_arn = aws_iam_policy.b.arn\n}\n',
    ],
)
def test_policies_of_one_role_count_together(second, messages, statuses):
    hcl = ROLE % "" + INLINE % ("a", "aws_iam_role.r.id", document(statement(PASS))) + second
    assert statuses(iam_privilege_escalation, hcl) == {"aws_iam_role.r": "failed"}
    owner = "aws_iam_policy.b" if "aws_iam_policy" in second else "aws_iam_role_policy.b"
    (message,) = messages(iam_privilege_escalation, hcl)
    assert message.startswith(f"`iam:PassRole` (aws_iam_role_policy.a) and `ec2:RunInstances` ({owner}) together allow")


def test_policies_of_two_roles_do_not_count_together(statuses):
    hcl = INLINE % ("a", '"one"', document(statement(PASS))) + INLINE % ("b", '"two"', document(statement(RUN)))
    assert statuses(iam_privilege_escalation, hcl) == {
        "aws_iam_role_policy.a": "passed",
        "aws_iam_role_policy.b": "passed",
    }


@pytest.mark.parametrize("role", ['"one"', "var.role", "data.aws_iam_role.x.name"])
def test_policies_of_a_role_outside_the_stack_count_together(role, statuses):
    hcl = INLINE % ("a", role, document(statement(PASS))) + INLINE % ("b", role, document(statement(RUN)))
    assert statuses(iam_privilege_escalation, hcl)["aws_iam_role_policy.a"] == "failed"


def test_a_policy_without_principals_is_checked_by_itself(statuses):
    assert statuses(iam_privilege_escalation, MANAGED % ("p", document(statement(BOTH)))) == {
        "aws_iam_policy.p": "failed"
    }


@pytest.mark.parametrize(
    ("allowed", "expected"),
    [
        ('["iam:PassRole", "ec2:*"]', "failed"),
        ('"ec2:*"', "passed"),
        ("var.allowed", "not_evaluated"),
    ],
)
def test_a_permissions_boundary_of_the_stack_removes_what_it_does_not_allow(allowed, expected, within):
    assert within(statement(allowed)) == expected


def test_a_permissions_boundary_that_limits_the_roles_to_pass_removes_the_path(within):
    roles = '"arn:aws:iam::111122223333:role/app/*"'
    assert within(statement('"ec2:*"'), statement(PASS, roles)) == "passed"


@pytest.fixture
def within(statuses):
    """The status of a role with a path and with a permissions boundary of these statements."""

    def within(*statements):
        role = ROLE % "  permissions_boundary = aws_iam_policy.b.arn\n"
        hcl = role + INLINE % ("p", "aws_iam_role.r.id", document(statement(BOTH)))
        hcl += MANAGED % ("b", document(*statements))
        return statuses(iam_privilege_escalation, hcl)["aws_iam_role.r"]

    return within


@pytest.mark.parametrize(("name", "expected"), [("PowerUserAccess", "passed"), ("AdministratorAccess", "failed")])
def test_a_permissions_boundary_of_aws_counts(name, expected, statuses):
    role = ROLE % f'  permissions_boundary = "arn:aws:iam::aws:policy/{name}"\n'
    hcl = role + INLINE % ("p", "aws_iam_role.r.id", document(statement('"iam:PutRolePolicy"')))
    assert statuses(iam_privilege_escalation, hcl)["aws_iam_role.r"] == expected


GROUP = 'resource "aws_iam_group" "%s" {\n  name = "%s"\n}\n'
OF_GROUP = 'resource "aws_iam_group_policy" "%s" {\n  group  = aws_iam_group.%s.name\n  policy = %s\n}\n'
MEMBER = """
resource "aws_iam_user" "ann" {
  name = "ann"
}
resource "aws_iam_user_group_membership" "ann" {
  user   = aws_iam_user.ann.name
  groups = [aws_iam_group.a.name, aws_iam_group.b.name]
}
"""


def groups(first, second):
    parts = [
        GROUP % (name, name) + OF_GROUP % (name, name, document(held)) for name, held in (("a", first), ("b", second))
    ]
    return "".join(parts) + MEMBER


def test_the_policies_of_the_groups_of_a_user_count_together(statuses):
    found = statuses(iam_privilege_escalation, groups(statement(PASS), statement(RUN)))
    assert found == {"aws_iam_group.a": "passed", "aws_iam_group.b": "passed", "aws_iam_user.ann": "failed"}


def test_a_path_within_one_group_is_a_finding_on_the_group_only(statuses):
    found = statuses(iam_privilege_escalation, groups(statement(BOTH), statement('"s3:GetObject"')))
    assert found == {"aws_iam_group.a": "failed", "aws_iam_group.b": "passed", "aws_iam_user.ann": "passed"}


def test_a_permissions_boundary_of_another_stack_ends_in_not_evaluated(statuses):
    role = ROLE % '  permissions_boundary = "arn:aws:iam::111122223333:policy/boundary"\n'
    hcl = role + INLINE % ("p", "aws_iam_role.r.id", document(statement(BOTH)))
    assert statuses(iam_privilege_escalation, hcl) == {"aws_iam_role.r": "not_evaluated"}


@pytest.mark.parametrize(
    ("arn", "held", "expected"),
    [
        ('"arn:aws:iam::111122223333:policy/x"', '"s3:GetObject"', "not_evaluated"),
        ("var.policy_arn", '"s3:GetObject"', "not_evaluated"),
        ('"arn:aws:iam::aws:policy/AmazonEC2FullAccess"', '"s3:GetObject"', "passed"),
        ('"arn:aws:iam::aws:policy/AmazonEC2FullAccess"', PASS, "failed"),  # together a path
        ('"arn:aws:iam::aws:policy/AmazonS3FullAccess"', PASS, "passed"),
        ('"arn:aws:iam::aws:policy/NotInTheTable"', PASS, "not_evaluated"),
        ('"arn:aws:iam::aws:policy/NotInTheTable"', '"s3:GetObject"', "passed"),
        ('"arn:aws:iam::aws:policy/AmazonEC2FullAccess"', BOTH, "failed"),
        ('"arn:aws:iam::aws:policy/AdministratorAccess"', BOTH, "passed"),
        ('"arn:aws:iam::aws:policy/AdministratorAccess-Amplify"', '"s3:GetObject"', "passed"),  # at the attachment
    ],
)
def test_an_attached_policy_outside_the_stack_may_add_actions(arn, held, expected, statuses):
    inline = INLINE % ("p", "aws_iam_role.r.id", document(statement(held)))
    assert statuses(iam_privilege_escalation, ROLE % "" + inline + ATTACHED % ("a", arn)) == {
        "aws_iam_role.r": expected
    }


def test_a_role_without_policies_is_not_a_subject(statuses):
    assert statuses(iam_privilege_escalation, ROLE % "") == {}


def test_the_finding_has_the_path_and_line_of_the_statement(results):
    hcl = ROLE % "" + INLINE % ("p", "aws_iam_role.r.id", document(statement('"s3:GetObject"'), statement(BOTH)))
    (result,) = results(iam_privilege_escalation, hcl)
    (finding,) = result.findings
    assert finding.path == "aws_iam_role_policy.p.policy.Statement.1.Action"
    assert finding.location.line == 6
    assert "https://pathfinding.cloud/paths/ec2-001" in finding.value


def test_an_empty_policy_arn_is_not_evaluated(statuses):
    found = statuses(iam_privilege_escalation, ROLE % "" + ATTACHED % ("p", '""'))
    assert found == {"aws_iam_role.r": "not_evaluated"}


@pytest.mark.parametrize(
    "action",
    [
        "apprunner:UpdateService",
        "cloudformation:UpdateStack",
        "codebuild:StartBuild",
        "codebuild:StartBuildBatch",
        "sts:AssumeRole",
    ],
)
def test_the_use_of_any_existing_role_fails(action, status):
    assert status(statement(f'"{action}"')) == "failed"
    assert status(statement(f'"{action}"', '"arn:aws:iam::111122223333:role/deploy"')) == "passed"


@pytest.mark.parametrize(
    "actions",
    [
        '["iam:PassRole", "states:CreateStateMachine", "states:StartExecution"]',
        '["iam:PassRole", "scheduler:CreateSchedule"]',
        '["iam:PassRole", "elasticmapreduce:RunJobFlow"]',
    ],
)
def test_a_role_that_another_service_uses_for_the_caller_fails(actions, status):
    assert status(statement(actions)) == "failed"
    assert status(statement(actions.replace('"iam:PassRole", ', ""))) == "passed"


def test_the_finding_names_the_attachment_of_an_aws_managed_policy(results):
    inline = INLINE % ("p", "aws_iam_role.r.id", document(statement(PASS)))
    attached = ATTACHED % ("a", '"arn:aws:iam::aws:policy/AmazonEC2FullAccess"')
    (result,) = results(iam_privilege_escalation, ROLE % "" + inline + attached)
    (finding,) = result.findings
    assert "`ec2:RunInstances` (aws_iam_role_policy_attachment.a)" in finding.message


@pytest.mark.parametrize(
    ("actions", "severity"),
    [
        ('"codebuild:StartBuild"', "medium"),
        ('["codebuild:StartBuild", "codebuild:StartBuildBatch"]', "medium"),
        ('["codebuild:StartBuild", "sts:AssumeRole"]', None),
    ],
)
def test_builds_of_existing_projects_alone_are_medium(actions, severity, results):
    hcl = ROLE % "" + INLINE % ("p", "aws_iam_role.r.id", document(statement(actions)))
    (result,) = results(iam_privilege_escalation, hcl)
    assert [finding.severity for finding in result.findings] == [severity]
