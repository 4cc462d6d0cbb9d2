"""What AWS managed policies allow: all actions of a service, and privilege escalation.

An ARN of an AWS managed policy has `aws` as its account.
https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.iam_actions import expand
from plainwork_core.aws.managed_policies import managed_policy
from plainwork_core.iam.authorization_reference import supports_arns
from plainwork_core.iam.escalation import EscalationPath, escalation_paths, grants_of
from plainwork_core.iam.grammar import read_document, texts
from plainwork_core.iam.reach import is_service_wide
from plainwork_core.iam.statement import Document, Statement
from plainwork_core.model.stack import Resource
from plainwork_core.wildcards import matches

_AWS_MANAGED = "policy/"


def name_in(arn: str) -> str | None:
    """Return the part after `policy/` in the ARN of an AWS managed policy, in any partition; `None` for other ARNs."""
    parsed = parse_arn(arn)
    is_of_aws = parsed is not None and parsed.account == "aws" and parsed.resource.startswith(_AWS_MANAGED)
    return parsed.resource.removeprefix(_AWS_MANAGED) if parsed and is_of_aws else None


@cache
def service_wide_actions(name: str) -> tuple[str, ...]:
    """Return `*` or `<service>:*` of the actions that the policy *name* allows on `*` without a condition.

    A service without resource-level permissions does not count.
    """
    allowing = (row for row in managed_policy(name) or () if row["Effect"] == "Allow" and not row.get("Condition"))
    actions = [action for row in allowing if row.get("Resource") in ("*", ["*"]) for action in texts(row.get("Action"))]
    wide = (str(action) for action in actions if is_service_wide(action) is True)
    return tuple(action for action in dict.fromkeys(wide) if _has_resources(action))


def _has_resources(pattern: str) -> bool:
    """Return whether most actions of the service support resource ARNs, which those of AWS Support do not."""
    answers = list(map(supports_arns, expand(pattern)))
    return 2 * answers.count(True) > len(answers)


def escalations(name: str, owner: Resource, argument: str) -> list[EscalationPath]:
    """Return the escalation paths that the policy *name* allows by itself."""
    held = escalation_statements(name, owner, argument) or []
    possible = ((path, grants_of(path, held)) for path in escalation_paths())
    return [path for path, grants in possible if grants and all(isinstance(grant, Statement) for grant in grants)]


def escalation_statements(name: str, owner: Resource, argument: str) -> list[Statement] | None:
    """Return the statements of the policy *name* with those of its actions that are in an escalation path.

    Args:
        name: of the policy.
        owner: the resource that attaches it.
        argument: path of its ARN in *owner*.

    Returns:
        The statements; `None` if the table does not have the policy.
    """
    rows = _escalating(name)
    if rows is None:
        return None
    document = Document(owner, argument, "identity")
    return read_document(json.dumps({"Statement": rows}), document, owner.at(argument))


@cache
def _escalating(name: str) -> list[dict[str, Any]] | None:
    rows = managed_policy(name)
    if rows is None:
        return None
    found = [{**row, "Action": _in_paths(row["Action"])} if "Action" in row else row for row in rows]
    return [row for row in found if row.get("Action") != []]


def _in_paths(actions: str | list[str]) -> list[str]:
    patterns = actions if isinstance(actions, list) else [actions]
    return [pattern for pattern in patterns if any(matches(pattern.lower(), action) for action in _path_actions())]


@cache
def _path_actions() -> frozenset[str]:
    return frozenset(action.lower() for path in escalation_paths() for action in path.actions)
