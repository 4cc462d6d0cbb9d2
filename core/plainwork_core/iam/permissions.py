"""Resources that add one statement to a resource-based policy, by arguments instead of a document.

https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
https://docs.aws.amazon.com/lambda/latest/api/API_AddLayerVersionPermission.html
https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.iam.grammar import text, texts
from plainwork_core.iam.statement import Condition, Document, Principal, Statement, Text
from plainwork_core.model.references import is_computed_by_provider, names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import PartialString, Unknown, Value, blocks

PERMISSIONS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "aws_cloudwatch_event_permission": {},
    "aws_lambda_layer_version_permission": {"organization_id": ("StringEquals", "aws:PrincipalOrgID")},
    "aws_lambda_permission": {
        "event_source_token": ("StringEquals", "lambda:EventSourceToken"),
        "function_url_auth_type": ("StringEquals", "lambda:FunctionUrlAuthType"),
        "invoked_via_function_url": ("Bool", "lambda:InvokedViaFunctionUrl"),
        "principal_org_id": ("StringEquals", "aws:PrincipalOrgID"),
        "source_account": ("StringEquals", "aws:SourceAccount"),
        "source_arn": ("ArnLike", "aws:SourceArn"),
    },
}
"""For each type, the condition that AWS adds to the statement for each argument: operator and key."""
PRINCIPAL = "principal"
"""The argument of these types that is the principal."""
_ELEMENTS = {"Action": "action", "Principal": PRINCIPAL}
_BY_URL = {"lambda:FunctionUrlAuthType": "NONE", "lambda:InvokedViaFunctionUrl": "true"}
_DEFAULT_ACTIONS = {"aws_cloudwatch_event_permission": "events:PutEvents"}


def permission_of(resource: Resource) -> Iterator[Statement]:
    """Yield the statement that *resource* adds, if it is of a type in `PERMISSIONS`.

    The paths of its elements are the arguments.
    """
    if resource.type not in PERMISSIONS or (principal := resource.get(PRINCIPAL)) is None:
        return
    action = resource.get("action")
    yield Statement(
        document=Document(resource, PRINCIPAL, "resource"),
        location=resource.at(PRINCIPAL),
        index=None,
        sid="",
        effect="Allow",
        actions=texts(_DEFAULT_ACTIONS.get(resource.type) if action is None else action),
        not_actions=(),
        resources=(),
        not_resources=(),
        principals=(_principal(text(principal)),),
        not_principals=(),
        conditions=(*_conditions(resource), *_block_conditions(resource)),
        elements={argument: resource.at(argument) for argument in _ELEMENTS.values()},
        arguments=_ELEMENTS,
    )


def is_function_url_public(statement: Statement) -> Ternary:
    """Return whether *statement* only allows calls by a function URL without authentication.

    https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html
    """
    return any_of(
        value if isinstance(value, Unknown) else value == _BY_URL[condition.key]
        for condition in statement.conditions
        if isinstance(condition.key, str) and condition.key in _BY_URL
        for value in condition.values
    )


def _principal(value: Text) -> Principal:
    """Return the principal with its type, which is unknown if nothing of *value* shows it."""
    known = render(value) or ""
    if known == "*":
        return Principal("*", known)
    if known.startswith("arn:") or is_account_id(known):
        return Principal("AWS", value)
    if not isinstance(value, Unknown) or ".amazonaws." in known:
        return Principal("Service", value)
    return Principal("AWS" if names_attribute(value) else Unknown(value.reason), value)


def _conditions(resource: Resource) -> Iterator[Condition]:
    for argument, (operator, key) in PERMISSIONS[resource.type].items():
        value: Value = resource.get(argument)
        if value is not None and not is_computed_by_provider(value):
            yield Condition(operator, value if _may_be_null(value) else key, texts(value))


def _may_be_null(value: Value) -> bool:
    return isinstance(value, Unknown) and not isinstance(value, PartialString) and not names_attribute(value)


def _block_conditions(resource: Resource) -> Iterator[Condition]:
    for member in blocks(resource.values, "condition"):
        if isinstance(member, Unknown):
            yield Condition(member, member, (member,))
        else:
            operator, key = (text(member.get(name, Unknown(f"`{name}` is not set"))) for name in ("type", "key"))
            yield Condition(operator, key, texts(member.get("value")))
