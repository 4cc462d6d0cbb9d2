"""Statements with conditions on tags, and those conditions.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, Literal, get_args

from plainwork_core.frozen import frozen
from plainwork_core.iam import Condition, Kind, statements
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam.condition_operators import Operator, operator_of, requires_absence, without_key
from plainwork_core.iam.identities import holders_by_policy, identities
from plainwork_core.model.rendering import render
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.api import Finding, NotEvaluated, Stack, Subjects, cached_per_stack, is_possible
from plainwork_policies.engine.finding import fail
from plainwork_policies.engine.severity import Severity
from plainwork_policies.engine.subjects import PossibleSubject
from plainwork_policies.reading.statement import Statement, statements_of

About = Literal["request", "keys", "resource", "principal", "object"]
Test = Callable[[Statement], bool]
REQUEST: tuple[About, ...] = ("request", "keys")
_PERIMETER = (
    "aws:principalaccount",
    "aws:principalisawsservice",
    "aws:principalorg",
    "aws:resourceaccount",
    "aws:resourceorg",
    "aws:sourceaccount",
    "aws:sourceip",
    "aws:sourceorg",
    "aws:sourcevpc",
    "aws:viaawsservice",
    "aws:vpce",
)
_KEYS: dict[str, About] = {
    "existingobjecttag": "object",
    "principaltag": "principal",
    "requestobjecttag": "object",
    "requesttag": "request",
    "resourcetag": "resource",
}
_OF_ALL_TAGS: dict[str, About] = {"aws:tagkeys": "keys", "s3:requestobjecttagkeys": "object"}


@frozen(slots=True)
class TagCondition:
    """A condition on tags.

    Args:
        statement: the statement around it.
        condition: the condition in the model.
        parts: the parts of its operator.
        about: a tag in the request (`aws:RequestTag/x`), the keys of all tags in the request (`aws:TagKeys`), a tag of
            the resource (`aws:ResourceTag/x`, `ec2:ResourceTag/x`), of the caller (`aws:PrincipalTag/x`), or of an S3
            object (`s3:ExistingObjectTag/x`).
        key: the condition key, such as `aws:RequestTag/Owner`.
    """

    statement: Statement
    condition: Condition
    parts: Operator
    about: About
    key: str

    @property
    def operator(self) -> str:
        """The operator in the document's own case."""
        return str(self.condition.operator)

    @property
    def service(self) -> str:
        """The prefix of the key, such as `aws` or `ec2`."""
        return self.key.partition(":")[0].lower()

    @property
    def tag(self) -> str:
        """The tag, such as `Owner`; `...` for `aws:TagKeys`."""
        return self.key.partition("/")[2] or "..."

    def has_key_of(self, other: TagCondition) -> bool:
        """Return whether both test the same condition key."""
        return self.key.lower() == other.key.lower()

    def is_true_without_key(self) -> bool:
        """Return whether it is true for a request without the key."""
        return self.statement.resolve("Condition", without_key(self.condition))

    def requires_key(self) -> bool:
        """Return whether it is false for a request without the key."""
        return not self.is_true_without_key()

    def requires_absence(self) -> bool:
        """Return whether it is true only for a request without the key."""
        return self.statement.resolve("Condition", requires_absence(self.condition))

    def not_evaluated(self, because: Unknown | str) -> NotEvaluated:
        """Make the exception to raise if the condition does not decide."""
        return self.statement.not_evaluated(because, self.statement.owner.path("Condition"))

    def fail(self, message: str, *, remedy: str, value: Value, severity: Severity | None = None) -> Finding:
        """Make the finding that the condition is wrong."""
        path = self.statement.owner.path("Condition")
        return fail(path, message, remedy=remedy, value=value, severity=severity)


def tag_conditions(statement: Statement, *about: About) -> Iterator[TagCondition]:
    """Yield the conditions of *statement* on tags, or those of *about*.

    A condition whose key or operator is unknown, or an unknown statement, comes last, as `NotEvaluated`.
    """
    yield from known_tag_conditions(statement, *about)
    require_known_conditions(statement)


def require_known_conditions(statement: Statement) -> None:
    """End in *not evaluated* if *statement*, or the key or operator of one of its conditions, is unknown."""
    if (unknown := _unknown_condition(statement)) is not None:
        raise statement.not_evaluated(unknown, statement.owner.path("Condition"))


def known_tag_conditions(statement: Statement, *about: About) -> list[TagCondition]:
    """Return the conditions of *statement* on tags, or those of *about*, without the unknown ones.

    A pass must not rest on them.
    """
    found = []
    for condition in statement.owner.conditions:
        key, parts = render(condition.key), operator_of(condition)
        kind = _about(key or "")
        if key and kind and kind in (about or get_args(About)) and not isinstance(parts, Unknown):
            found.append(TagCondition(statement, condition, parts, kind, key))
    return found


def is_perimeter(statement: Statement) -> bool:
    """Return whether a condition tests the organization, account or network: the tags of a `Deny` then only exempt.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
    """
    return any((render(condition.key) or "").lower().startswith(_PERIMETER) for condition in statement.owner.conditions)


def statements_on_tags(*kinds: Kind) -> Subjects:
    """Return the statements of the policy documents of *kinds*, by default of all, with a condition on tags."""
    wanted = kinds or get_args(Kind)
    return Subjects(("document",), lambda stack: [one for one in _on_tags(stack) if _kind(one) in wanted], Statement)


@cached_per_stack
def _on_tags(stack: Stack) -> list[ModelStatement | PossibleSubject]:
    """Return the statements with a condition on tags. Eight policies are about them, each about some kinds."""
    on_tags = statements_of(*get_args(Kind)).where(lambda statement: any(True for _ in tag_conditions(statement)))
    found: list[Any] = list(on_tags(stack))
    return found


def _kind(subject: ModelStatement | PossibleSubject) -> Kind:
    statement: Any = subject.subject if isinstance(subject, PossibleSubject) else subject
    kind: Kind = statement.kind
    return kind


def possible_beside(statement: Statement, test: Test) -> list[Statement]:
    """Return the statements of the document of *statement*, itself among them, for which *test* is true or may be."""
    return _possible_in_document(statement.stack, _document(statement.owner), test)


def possible_of_holders(statement: Statement, test: Test) -> list[Statement]:
    """Return those of `possible_beside`, and those in the other policies of the identities that hold the policy."""
    found = {id(one.owner): one for one in possible_beside(statement, test)}
    for holder in holders_by_policy(statement.stack).get(statement.address, ()):
        for one in _possible_of_holder(statement.stack, holder, test):
            found.setdefault(id(one.owner), one)
    return list(found.values())


@cached_per_stack
def _possible_in_document(stack: Stack, document: tuple[str, str], test: Test) -> list[Statement]:
    return _possible(stack, _statements_by_document(stack)[document], test)


@cached_per_stack
def _possible_of_holder(stack: Stack, holder: int, test: Test) -> list[Statement]:
    return _possible(stack, identities(stack)[holder].statements, test)


def _possible(stack: Stack, among: Iterable[ModelStatement], test: Test) -> list[Statement]:
    views = (Statement(statement, stack) for statement in among)
    return [view for view in views if is_possible(partial(test, view))]


@cached_per_stack
def _statements_by_document(stack: Stack) -> dict[tuple[str, str], list[ModelStatement]]:
    table: dict[tuple[str, str], list[ModelStatement]] = {}
    for statement in statements(stack):
        table.setdefault(_document(statement), []).append(statement)
    return table


def _document(statement: ModelStatement) -> tuple[str, str]:
    return statement.address, statement.document.argument


def _unknown_condition(statement: Statement) -> Unknown | None:
    if statement.owner.unread is not None:
        return statement.owner.unread
    for condition in statement.owner.conditions:
        for part in (condition.key, condition.operator):
            if isinstance(part, Unknown) and not _about(render(part) or ""):
                return part
    return None


def _about(key: str) -> About | None:
    prefix, slash, _ = key.lower().partition("/")
    return _KEYS.get(prefix.partition(":")[2]) if slash else _OF_ALL_TAGS.get(prefix)
