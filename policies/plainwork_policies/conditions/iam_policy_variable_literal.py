"""IAM policy variable is compared as literal text.

What: A policy variable in a condition or in `Resource` that IAM does not replace: the name of a condition key without
    `${...}`, such as `"aws:PrincipalTag/Team"`; `&{aws:...}`, which only `data "aws_iam_policy_document"` converts, in
    another document; or `${aws:...}` in a document without `Version = "2012-10-17"`.
Why: No tag and no resource has this text. An `Allow` statement then allows nothing, a `Deny` statement with
    `StringNotEquals` denies everything, and one with `StringEquals` denies nothing. AWS reports no error.
Remedy: Use `${aws:PrincipalTag/Team}`, in Terraform `$${...}` in a string and `&{...}` in
    `data "aws_iam_policy_document"`, in a document with `Version = "2012-10-17"`.
Limitations: Names without `${...}` are those of tags and identities (`aws:PrincipalTag/...`, `aws:username`,
    `aws:PrincipalAccount`, ...), as the whole value of a condition. A finding on an `Allow` statement is medium.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import CURRENT_VERSION, Kind, Text
from plainwork_core.model.values import PartialString
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.engine.severity import Severity
from plainwork_policies.reading.statement import Statement, statements_of

_NAME = re.compile(
    r"[${]?(?P<key>aws:((principal|request|resource)tag/[^{}*?]+|userid|username|sourceidentity|sourceip|"
    r"(principal|resource)(account|org(id|paths)|arn)))}?",
    re.IGNORECASE,
)
_OF_DATA_SOURCE = re.compile(r"&\{(?P<key>[a-z0-9.-]+:[^{}]+)\}", re.IGNORECASE)
_VARIABLE = re.compile(r"\$\{(?P<key>[a-z0-9.-]+:[^{}]+)\}", re.IGNORECASE)


@frozen(slots=True)
class Literal:
    """A policy variable, perhaps in a form that IAM does not replace.

    Args:
        element: `Condition`, `Resource` or `NotResource`.
        text: the text in the document.
        key: the condition key, such as `aws:PrincipalTag/Team`.
        is_variable: whether it has the form of a variable, so that the version of the document decides.
    """

    element: str
    text: str
    key: str
    is_variable: bool


def has_literal(statement: Statement) -> bool:
    """Return whether a policy variable of *statement* may be literal text."""
    texts = _literals(statement)
    return any(not literal.is_variable or statement.owner.version != CURRENT_VERSION for literal in texts)


@policy(
    "PLW_COND_010",
    "iam-policy-variable-literal",
    severity="high",
    on=statements_of(*get_args(Kind)),
    where=has_literal,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html",),
)
def iam_policy_variable_literal(statement: Statement) -> Findings:
    """Check the form of each variable, and the version of the document."""
    yield from check_each(dict.fromkeys(_literals(statement)), lambda literal: _check(statement, literal))


def _check(statement: Statement, literal: Literal) -> Findings:
    argument = statement[literal.element]
    severity: Severity | None = "medium" if statement.owner.effect == "Allow" else None
    if not literal.is_variable:
        remedy = f"Use `${{{literal.key}}}`, in Terraform `$${{{literal.key}}}`."
        yield argument.fail(
            f"`{literal.text}` is literal text; a policy variable has the form `${{...}}`",
            value=literal.text,
            remedy=remedy,
            severity=severity,
        )
    elif (version := argument.resolve(statement.owner.version)) != CURRENT_VERSION:
        yield argument.fail(
            f"`{literal.text}` is literal text, because the `Version` of the document is `{version}`",
            value=literal.text,
            remedy=f'Set `Version = "{CURRENT_VERSION}"`.',
            severity=severity,
        )


def _literals(statement: Statement) -> Iterator[Literal]:
    owner = statement.owner
    values = (value for condition in owner.conditions for value in condition.values)
    for element, texts in (
        ("Condition", tuple(values)),
        ("Resource", owner.resources),
        ("NotResource", owner.not_resources),
    ):
        for text in texts:
            yield from _in_text(element, text)


def _in_text(element: str, text: Text) -> Iterator[Literal]:
    if element == "Condition" and isinstance(text, str) and (name := _NAME.fullmatch(text)):
        yield Literal(element, text, name["key"], is_variable=False)
    for part in text.parts if isinstance(text, PartialString) else (text,):
        for pattern, is_variable in ((_OF_DATA_SOURCE, False), (_VARIABLE, True)):
            for found in pattern.finditer(part) if isinstance(part, str) else ():
                yield Literal(element, found[0], found["key"], is_variable)
