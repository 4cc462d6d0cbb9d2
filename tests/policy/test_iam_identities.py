"""IAM principals: a role has the statements of all its documents and attachments."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam.identities import identities
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.read import read
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_privilege_escalation import iam_privilege_escalation

ROLE = ("aws_iam_role", "r", {"name": "deploy"})
ACTIONS = ["iam:PassRole", "ec2:RunInstances", "lambda:*", "iam:PutRolePolicy", "s3:GetObject", "iam:Get*"]
WIDTHS = ["*", "arn:aws:iam::111122223333:role/*", "arn:aws:iam::111122223333:role/app"]
members = st.fixed_dictionaries(
    {
        "Effect": st.sampled_from(["Allow", "Allow", "Deny"]),
        "Action": st.lists(st.sampled_from(ACTIONS), min_size=1, max_size=3),
        "Resource": st.sampled_from(WIDTHS),
    }
)


def stack(*blocks: tuple[str, str, dict[str, Any]]) -> Stack:
    here = Location("main.tf")
    made = [Resource(f"{type_}.{name}", "managed", type_, name, "aws", values, here) for type_, name, values in blocks]
    return Stack("main.tf", "hcl", resources=tuple(made))


def inline(name: str, document: list[dict[str, Any]]) -> tuple[str, str, dict[str, Any]]:
    return "aws_iam_role_policy", name, {"role": "deploy", "policy": json.dumps({"Statement": document})}


def managed(name: str, document: list[dict[str, Any]]) -> list[tuple[str, str, dict[str, Any]]]:
    arn = Unknown("known after apply", (f"aws_iam_policy.{name}.arn",))
    return [
        ("aws_iam_policy", name, {"policy": json.dumps({"Statement": document})}),
        ("aws_iam_role_policy_attachment", name, {"role": "deploy", "policy_arn": arn}),
    ]


def status(found: Stack) -> str:
    results = evaluate(found, [iam_privilege_escalation], Settings())
    return next((result.status for result in results if result.address == "aws_iam_role.r"), "none")


@given(st.lists(members, min_size=1, max_size=4))
def test_one_policy_for_each_statement_has_the_result_of_one_for_all(document: list[dict[str, Any]]) -> None:
    whole = status(stack(ROLE, inline("p", document)))
    split = [inline(f"p{index}", [member]) for index, member in enumerate(document)]
    attached = [block for index, member in enumerate(document) for block in managed(f"p{index}", [member])]
    assert status(stack(ROLE, *split)) == whole
    assert status(stack(ROLE, *attached)) == whole


@given(st.lists(members, min_size=1, max_size=4), members)
def test_a_principal_with_an_unknown_attached_policy_does_not_pass(
    document: list[dict[str, Any]], member: dict[str, Any]
) -> None:
    blocks = [ROLE, inline("p", document), *managed("q", [member])]
    blocks[-2][2]["policy"] = Unknown("`var.policy` has no default")
    assert status(stack(*blocks)) in ("failed", "not_evaluated")


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        (("aws_iam_user_policy", "p", {"user": "u"}), ("aws_iam_user", "u", {"name": "u"})),
        (("aws_iam_group_policy", "p", {"group": "g"}), ("aws_iam_group", "g", {"name": "g"})),
        (
            ("aws_ssoadmin_permission_set_inline_policy", "p", {"permission_set_arn": "x"}),
            ("aws_ssoadmin_permission_set", "s", {"name": "x"}),
        ),
    ],
)
def test_users_groups_and_permission_sets_are_principals(block, kind):
    type_, name, values = block
    argument = "inline_policy" if "permission_set" in type_ else "policy"
    document = json.dumps({"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]})
    (identity,) = identities(stack(kind, (type_, name, {**values, argument: document})))
    assert identity.address == f"{kind[0]}.{kind[1]}"


def test_a_policy_of_two_roles_belongs_to_both():
    other = ("aws_iam_role", "s", {"name": "other"})
    policy, attachment = managed("p", [{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*"}])
    second = ("aws_iam_role_policy_attachment", "q", {**attachment[2], "role": "other"})
    found = identities(stack(ROLE, other, policy, attachment, second))
    assert [(principal.address, len(principal.statements)) for principal in found] == [
        ("aws_iam_role.r", 1),
        ("aws_iam_role.s", 1),
    ]


def test_a_policy_that_is_attached_twice_belongs_to_the_role_once():
    policy, attachment = managed("p", [{"Effect": "Allow", "Action": "iam:PutRolePolicy", "Resource": "*"}])
    listed = (
        "aws_iam_role_policy_attachments_exclusive",
        "x",
        {"role_name": "deploy", "policy_arns": [attachment[2]["policy_arn"]]},
    )
    (identity,) = identities(stack(ROLE, policy, attachment, listed))
    assert len(identity.statements) == 1


def test_a_sensitive_document_is_not_shown():
    document = [{"Effect": "Allow", "Action": ["iam:PutRolePolicy", "iam:CreatePolicyVersion"], "Resource": "*"}]
    role, policy = stack(ROLE, inline("p", document)).resources
    found = Stack("plan.json", "plan", resources=(role, replace(policy, sensitive=frozenset({"policy"}))))
    (result,) = evaluate(found, [iam_privilege_escalation], Settings())
    (finding,) = result.findings
    assert finding.message.startswith("a sensitive policy document allows privilege escalation")
    assert "PutRolePolicy" not in f"{finding.remedy} {finding.value}"


def test_a_sensitive_argument_of_a_data_source_is_not_shown():
    block = {"actions": ["iam:PutRolePolicy"], "resources": ["*"]}
    json_of_data = Unknown("known after apply", ("data.aws_iam_policy_document.d.json",))
    found = stack(ROLE, ("aws_iam_role_policy", "p", {"role": "deploy", "policy": json_of_data}))
    data = Resource(
        "data.aws_iam_policy_document.d",
        "data",
        "aws_iam_policy_document",
        "d",
        "aws",
        {"statement": [block]},
        Location("main.tf"),
        sensitive=frozenset({"statement.0.actions"}),
    )
    found = replace(found, resources=(*found.resources, data))
    (result,) = evaluate(found, [iam_privilege_escalation], Settings())
    assert "PutRolePolicy" not in str(result.findings)


NAMED = """resource "aws_iam_role" "%(role)s" {
  name = %(name)s
}
resource "aws_iam_role_policy" "%(role)s" {
  role   = aws_iam_role.%(role)s.name
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "%(action)s", Resource = "*" }] })
}
"""


@pytest.mark.parametrize(
    "names",
    [
        ('"${var.stage}-a"', '"${var.stage}-b"'),
        ("upper(var.stage)", "lower(var.stage)"),
        ("var.one", "var.other"),
        ('"a"', '"b"'),
    ],
)
def test_two_roles_with_names_of_one_variable_are_two_principals(tmp_path, names):
    actions = ("iam:PassRole", "ec2:RunInstances")
    roles = [
        NAMED % {"role": role, "name": name, "action": action}
        for role, name, action in zip("ab", names, actions, strict=True)
    ]
    (tmp_path / "main.tf").write_text("".join(roles), encoding="utf-8")
    found = [
        {action for one in principal.statements for action in one.actions}
        for principal in identities(read(tmp_path)[0])
    ]
    assert found == [{actions[0]}, {actions[1]}]
