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
            'resource "aws_sns_topic" "t" {\n  policy = "{}"\n}\n'
            'resource "aws_sns_topic_policy" "t" {\n  arn    = aws_sns_topic.t.arn\n  policy = "[]"\n}\n'
        ),
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
