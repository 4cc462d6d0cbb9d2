"""What the statements of one IAM policy document say about a request, by the IAM engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from plainwork import synthesize
from plainwork_core.iam.evaluation import Request, RequestPrincipal, RequestResource, policy_statements
from plainwork_core.iam.evaluation.context import Context as Keys
from plainwork_core.iam.evaluation.outcome import evaluate
from plainwork_core.model.values import Unknown

if TYPE_CHECKING:
    from plainwork import Stack

Context = Mapping[str, str]

_CALLER = RequestPrincipal("*", "anonymous")


def decide(document: Mapping[str, Any], action: str, resource: str, context: Context) -> str | None:
    """`Deny`, `Allow`, or None where no statement is about the request, whatever its principals are.

    A condition key that *context* does not have is absent from the request.
    """
    statements = policy_statements(document)
    keys = (condition.key for statement in statements for condition in statement.conditions)
    given = {key.lower(): (value,) for key, value in context.items()}
    values = {str(key).lower(): () for key in keys} | given
    request = Request(_CALLER, action, RequestResource(resource), values)
    found = evaluate("policy", statements, Keys(request), resource)
    for effect, answer in (("Deny", found.denies), ("Allow", found.allows())):
        if isinstance(answer, Unknown):
            raise TypeError(answer.reason)
        if answer:
            return effect
    return None


def rendered(stack: Stack, name: str, references: Mapping[str, str]) -> dict[str, Any]:
    """An `aws_iam_policy_document` of a stack as the JSON that AWS gets.

    Args:
        stack: that it is in.
        name: as in its address.
        references: what Terraform would put in the place of each.
    """
    document = synthesize(stack)["data"]["aws_iam_policy_document"][name]
    return {"Statement": [_statement(statement, references) for statement in document["statement"]]}


def _statement(block: dict[str, Any], references: Mapping[str, str]) -> dict[str, Any]:
    conditions: dict[str, dict[str, list[str]]] = {}
    for condition in block.get("condition", []):
        values = [_resolved(value, references) for value in condition["values"]]
        conditions.setdefault(condition["test"], {})[condition["variable"]] = values
    return {
        "Sid": block["sid"],
        "Effect": block.get("effect", "Allow"),
        "Action": block["actions"],
        "Resource": [_resolved(resource, references) for resource in block["resources"]],
        "Condition": conditions,
    }


def _resolved(text: str, references: Mapping[str, str]) -> str:
    for reference, value in references.items():
        text = text.replace(reference, value)
    return text
