import json

import pytest

from plainwork_core.read import read
from plainwork_core.schema import load
from plainwork_policies.arguments.argument_managed_twice import argument_managed_twice
from plainwork_policies.arguments.separate_resources import SEPARATE_RESOURCES
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings

QUEUE = 'resource "aws_sqs_queue" "q" {\n  %s\n}\n'
QUEUE_POLICY = 'resource "aws_sqs_queue_policy" "q" {\n  queue_url = %s\n  policy    = %s\n}\n'
ROLE = 'resource "aws_iam_role" "r" {\n  name = "r"\n  %s\n}\n'
GROUP = 'resource "aws_security_group" "g" {\n  %s\n}\n'
RULE = 'resource "aws_security_group_rule" "r" {\n  security_group_id = %s\n  type              = %s\n}\n'
INGRESS = "ingress {\n    protocol = -1\n  }"
IGNORED = "\n  lifecycle {\n    ignore_changes = [%s]\n  }"
POLICY = '"{}"'
OTHER_POLICY = "data.aws_iam_policy_document.q.json"


def test_a_policy_beside_a_separate_policy_fails(results):
    (result,) = results(
        argument_managed_twice, QUEUE % f"policy = {POLICY}" + QUEUE_POLICY % ("aws_sqs_queue.q.id", OTHER_POLICY)
    )
    assert [finding.message for finding in result.findings] == [
        "`policy` is set, but `aws_sqs_queue_policy.q` manages it, too; each apply undoes the other"
    ]


@pytest.mark.parametrize(
    ("policy", "status"),
    [
        ("policy = null", None),
        ('name = "q"', None),
        (f"policy = {POLICY}" + IGNORED % "policy", "passed"),
        (f"policy = {POLICY}" + IGNORED % "tags", "failed"),
        (f"policy = {OTHER_POLICY}", "passed"),
        ("policy = var.policy", "not_evaluated"),
    ],
)
def test_an_argument_that_is_not_set_or_ignored_or_equal_passes(policy, status, statuses):
    found = statuses(argument_managed_twice, QUEUE % policy + QUEUE_POLICY % ("aws_sqs_queue.q.url", OTHER_POLICY))
    assert found == ({"aws_sqs_queue.q": status} if status else {})


@pytest.mark.parametrize(("ports", "status"), [("[]", None), ("[443]", "failed"), ("var.ports", "not_evaluated")])
def test_a_dynamic_block_that_makes_nothing_is_not_set(ports, status, statuses):
    ingress = f'dynamic "ingress" {{\n    for_each = {ports}\n    content {{\n      protocol = -1\n    }}\n  }}'
    found = statuses(argument_managed_twice, GROUP % ingress + RULE % ("aws_security_group.g.id", '"ingress"'))
    assert found == ({"aws_security_group.g": status} if status else {})


@pytest.mark.parametrize(
    ("queue_url", "status"),
    [
        ("aws_sqs_queue.q.id", "failed"),
        ("aws_sqs_queue.other.id", "passed"),
        ("var.queue_url", "passed"),
        ("data.aws_sqs_queue.q.url", "passed"),
        ("module.queue.url", "passed"),
        ("each.value", "not_evaluated"),
    ],
)
def test_the_separate_resource_must_refer_to_the_resource(queue_url, status, statuses):
    hcl = QUEUE % f"policy = {POLICY}" + QUEUE_POLICY % (queue_url, OTHER_POLICY)
    assert statuses(argument_managed_twice, hcl) == {"aws_sqs_queue.q": status}


@pytest.mark.parametrize(
    ("type_", "status"), [('"ingress"', "failed"), ('"egress"', "passed"), ("var.type", "not_evaluated")]
)
def test_a_rule_of_the_other_direction_is_no_conflict(type_, status, statuses):
    hcl = GROUP % INGRESS + RULE % ("aws_security_group.g.id", type_)
    assert statuses(argument_managed_twice, hcl) == {"aws_security_group.g": status}


@pytest.mark.parametrize(
    ("ingress", "status"),
    [
        (INGRESS, "failed"),
        ("ingress = []", "failed"),
        (
            'dynamic "ingress" {\n    for_each = var.rules\n    content {\n      protocol = -1\n    }\n  }',
            "not_evaluated",
        ),
    ],
)
def test_an_empty_list_of_rules_is_set_and_a_dynamic_block_is_not_evaluated(ingress, status, statuses):
    hcl = GROUP % ingress + RULE % ("aws_security_group.g.id", '"ingress"')
    assert statuses(argument_managed_twice, hcl) == {"aws_security_group.g": status}


def test_a_role_named_by_a_literal_is_the_role_of_that_name(statuses):
    attachment = 'resource "aws_iam_role_policy_attachment" "a" {\n  role = %s\n}\n'
    role = ROLE % 'managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]'
    assert statuses(argument_managed_twice, role + attachment % '"r"') == {"aws_iam_role.r": "failed"}
    assert statuses(argument_managed_twice, role + attachment % '"other"') == {"aws_iam_role.r": "passed"}


@pytest.mark.parametrize(
    ("actions", "before", "status"),
    [
        (["update"], "[]", "failed"),
        (["update"], "{}", "not_evaluated"),
        (["no-op"], "{}", "not_evaluated"),
        (["create"], None, "not_evaluated"),
    ],
)
def test_an_update_in_a_plan_proves_that_the_argument_is_not_ignored(actions, before, status, tmp_path):
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(plan_of(actions, before)), encoding="utf-8")
    (stack,) = read(plan)
    (result,) = evaluate(stack, [argument_managed_twice], Settings())
    assert (result.address, result.status) == ("aws_sqs_queue.q", status)


POLICIES = {
    "aws_elasticsearch_domain": ("access_policies", "domain_name", "domain_name"),
    "aws_kms_key": ("policy", "key_id", "id"),
    "aws_opensearch_domain": ("access_policies", "domain_name", "domain_name"),
    "aws_s3_access_point": ("policy", "access_point_arn", "arn"),
    "aws_secretsmanager_secret": ("policy", "secret_arn", "arn"),
    "aws_sns_topic": ("policy", "arn", "arn"),
    "aws_vpc_endpoint": ("policy", "vpc_endpoint_id", "id"),
}
"""The argument, the reference of the separate policy and what it refers to, by resource type."""


@pytest.mark.parametrize(("policy", "status"), [('"{}"', "failed"), ('"[]"', "passed"), ("var.p", "not_evaluated")])
@pytest.mark.parametrize("type_", POLICIES)
def test_a_resource_has_one_policy(type_, policy, status, statuses):
    argument, reference, attribute = POLICIES[type_]
    other = "aws_s3control_access_point" if type_ == "aws_s3_access_point" else type_
    hcl = f'resource "{type_}" "x" {{\n  {argument} = {policy}\n}}\n'
    separate = f'resource "{other}_policy" "x" {{\n  {argument} = "[]"\n  {reference} = %s\n}}\n'
    found = statuses(argument_managed_twice, hcl + separate % f"{type_}.x.{attribute}")
    assert found == {f"{type_}.x": status}
    assert "failed" not in statuses(argument_managed_twice, hcl + separate % '"other"').values()


ATTACHMENT = """resource "aws_iam_policy_attachment" "all" {
  name       = "all"
  policy_arn = %s
  %s
}
"""
POLICY_ARN = '"arn:aws:iam::aws:policy/ReadOnlyAccess"'


@pytest.mark.parametrize(
    ("roles", "status"),
    [
        ("roles = [aws_iam_role.r.name]", "failed"),
        ('roles = ["other", aws_iam_role.r.name]', "failed"),
        ('roles = ["r"]', "failed"),
        ('roles = ["other"]', "passed"),
        ("roles = var.roles", "passed"),
        ("users = [aws_iam_role.r.name]", "passed"),
    ],
)
def test_an_exclusive_attachment_manages_the_policies_of_each_role_in_its_list(roles, status, statuses):
    role = ROLE % f"managed_policy_arns = [{POLICY_ARN}]"
    found = statuses(argument_managed_twice, role + ATTACHMENT % (POLICY_ARN, roles))
    assert found["aws_iam_role.r"] == status


@pytest.mark.parametrize(
    ("policy", "role", "status"),
    [
        (POLICY_ARN, '"other"', "failed"),
        (POLICY_ARN, "aws_iam_role.other.name", "failed"),
        (POLICY_ARN, '"listed"', "passed"),
        (POLICY_ARN, "each.value", "passed"),
        ('"arn:aws:iam::aws:policy/ViewOnlyAccess"', '"other"', "passed"),
        ("var.policy", '"other"', "passed"),
    ],
)
def test_an_exclusive_attachment_detaches_its_policy_from_every_other_role(policy, role, status, statuses):
    attachment = f'resource "aws_iam_role_policy_attachment" "a" {{\n  role = {role}\n  policy_arn = {policy}\n}}\n'
    hcl = ATTACHMENT % (POLICY_ARN, 'roles = ["listed"]') + attachment + ROLE.replace('"r"', '"other"') % ""
    assert statuses(argument_managed_twice, hcl)["aws_iam_policy_attachment.all"] == status


def test_an_exclusive_attachment_of_a_policy_of_the_stack_detaches_it_from_every_other_user(statuses):
    policy = 'resource "aws_iam_policy" "p" {\n}\n'
    other = 'resource "aws_iam_user_policy_attachment" "a" {\n  user = "b"\n  policy_arn = aws_iam_policy.p.arn\n}\n'
    hcl = policy + ATTACHMENT % ("aws_iam_policy.p.arn", 'users = ["a"]') + other
    assert statuses(argument_managed_twice, hcl) == {"aws_iam_policy_attachment.all": "failed"}


def plan_of(actions, before):
    """A plan of a queue with a policy and its separate policy, where *before* is the policy of the queue before."""
    url = "https://sqs/q"
    planned = {
        "aws_sqs_queue": {"id": url, "policy": "{}"},
        "aws_sqs_queue_policy": {"id": url, "queue_url": url, "policy": "[]"},
    }
    written = {
        "aws_sqs_queue": {"policy": {"constant_value": "{}"}},
        "aws_sqs_queue_policy": {
            "queue_url": {"references": ["aws_sqs_queue.q.id", "aws_sqs_queue.q"]},
            "policy": {"constant_value": "[]"},
        },
    }

    def block(type_):
        return {"address": f"{type_}.q", "mode": "managed", "type": type_, "name": "q"}

    def change(type_):
        values = planned[type_]
        if type_ == "aws_sqs_queue":
            return {
                "actions": actions,
                "before": None if before is None else {**values, "policy": before},
                "after": values,
            }
        return {"actions": ["no-op"], "before": values, "after": values}

    return {
        "format_version": "1.2",
        "planned_values": {
            "root_module": {"resources": [{**block(type_), "values": planned[type_]} for type_ in planned]}
        },
        "resource_changes": [{**block(type_), "change": change(type_)} for type_ in planned],
        "configuration": {
            "provider_config": {"aws": {"name": "aws"}},
            "root_module": {
                "resources": [
                    {**block(type_), "provider_config_key": "aws", "expressions": written[type_]} for type_ in planned
                ]
            },
        },
    }


def separate_resources():
    return [(type_, separate) for type_, found in SEPARATE_RESOURCES.items() for separate in found]


@pytest.mark.parametrize(("type_", "separate"), separate_resources(), ids=lambda part: getattr(part, "type", part))
def test_the_schema_has_each_argument_of_the_table(type_, separate):
    owner, other = load().block("resource", type_), load().block("resource", separate.type)
    assert owner is not None
    assert other is not None
    assert separate.argument in owner.names
    assert separate.attribute in owner.names
    assert separate.reference in other.names


@pytest.mark.parametrize(
    "hcl",
    [
        (
            'resource "aws_redshift_cluster" "c" {\n  iam_roles = ["a"]\n}\n'
            'resource "aws_redshift_cluster_iam_roles" "c" {\n'
            "  cluster_identifier = aws_redshift_cluster.c.cluster_identifier\n}\n"
        ),
        ROLE
        % 'inline_policy {\n    name   = "a"\n    policy = "{}"\n  }'
        + 'resource "aws_iam_role_policies_exclusive" "r" {\n'
        '  role_name    = aws_iam_role.r.name\n  policy_names = ["a"]\n}\n',
    ],
)
def test_a_pair_without_a_note_of_the_provider_is_not_checked(hcl, statuses):
    assert statuses(argument_managed_twice, hcl) == {}
