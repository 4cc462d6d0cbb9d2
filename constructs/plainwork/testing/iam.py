"""Tests of permissions: what a role or user of a stack may do, and what it may not.

    def test_ci_reads_the_reports(stack):
        ci = access(stack, "aws_iam_role.ci")
        ci.can("s3:GetObject", on="aws_s3_bucket.reports/2025/a.csv")
        ci.cannot("s3:DeleteObject", on="aws_s3_bucket.reports")

A method fails the test if the answer is another one. It also fails if the answer is unknown, because a value decides
that the stack does not contain. The failure shows the statement that decides, or the nearest one and what it lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any, Literal, Protocol, TypedDict, Unpack

from plainwork_core.errors import InputError, PlainworkError
from plainwork_core.iam.stack_requests.answers import Answer
from plainwork_core.iam.stack_requests.circumstances import Circumstances
from plainwork_core.iam.stack_requests.creations import ask_to_create
from plainwork_core.iam.stack_requests.questions import Questions
from plainwork_core.model.stack import Location, Stack
from plainwork_core.read import read
from plainwork_core.read.terraform_json import read_document
from plainwork_core.text import listed

__all__ = ["Access", "Answer", "access"]


class Addressed(Protocol):
    """A resource of a stack in Python."""

    @property
    def address(self) -> str:
        """Terraform's address."""


class Given(TypedDict, total=False):
    """What is given of a request.

    Attributes:
        request_tags: the tags that the request sets. It has no others.
        resource_tags: all tags of the resource, if the stack does not have them.
        context: other condition keys, such as `aws:SourceIp`; a key with `[]` is absent. A key that is not given is
            unknown, except that the request uses TLS, is made by the principal itself, and has no optional headers of
            Amazon S3.
    """

    request_tags: Mapping[str, str]
    resource_tags: Mapping[str, str]
    context: Mapping[str, str | Sequence[str]]


def access(
    source: Any,
    principal: str | Addressed,
    *,
    account: str = "",
    organization: Sequence[str] = (),
    endpoint: str = "",
) -> Access:
    """Return what a principal may do.

    Args:
        source: a stack in Python; or a path, of HCL, of a synthesized stack, or of the JSON of a plan.
        principal: a role or user: the resource, its address (`aws_iam_role.ci`), its name or its ARN. Also a service
            (`ecs-tasks.amazonaws.com`), or `*` for a request without credentials.
        account: ID of the account, if `allowed_account_ids` of the provider does not have it.
        organization: addresses of the service and resource control policies of the stack that apply to the account.
        endpoint: address of the VPC endpoint that the requests take.

    Raises:
        InputError: *source* cannot be read, is not one stack, or does not have one of the others.
    """
    __tracebackhide__ = True
    with _ShortErrors():
        questions = Questions(_stack(source), account, organization, endpoint)
        return Access(questions, _text(principal))


class Access:
    """What one principal may do. Each method returns the answers, and raises an `AssertionError` with them."""

    def __init__(self, questions: Questions, principal: str) -> None:
        """Read the policies of *principal*; see `access`."""
        self._questions = questions
        self._principal = questions.principal(principal)

    def can(self, action: str, on: str | Addressed = "*", **given: Unpack[Given]) -> tuple[Answer, ...]:
        """Fail unless AWS allows *action*, or each action of a pattern.

        Args:
            action: such as `s3:GetObject`, or a pattern such as `s3:Get*`.
            on: the resource: its address, with the rest of the ARN if the action is about a part of it
                (`aws_s3_bucket.reports/2025/a.csv`), an ARN, also with references, or `*` for an action without
                resources. Of a bucket alone, an object of any name.
            given: tags and condition keys of the request.

        Raises:
            AssertionError: AWS denies it, or the answer is unknown.
            InputError: the action or the resource does not exist.
        """
        __tracebackhide__ = True
        return _expected("allowed", self.answers(action, on, **given))

    def cannot(self, action: str, on: str | Addressed = "*", **given: Unpack[Given]) -> tuple[Answer, ...]:
        """Fail unless AWS denies *action*, or each action of a pattern. The arguments are those of `can`.

        Raises:
            AssertionError: AWS allows it, or the answer is unknown.
            InputError: the action or the resource does not exist.
        """
        __tracebackhide__ = True
        return _expected("denied", self.answers(action, on, **given))

    def can_create(
        self,
        named: str | Addressed,
        tags: Mapping[str, str] | None = None,
        *,
        on: Mapping[str, str] | None = None,
        context: Mapping[str, str | Sequence[str]] | None = None,
    ) -> tuple[Answer, ...]:
        """Fail unless AWS allows each authorization of the API call that creates a resource.

        Args:
            named: a resource type of Terraform (`aws_instance`), or a resource of the stack or its address.
            tags: of the request; default: those of the resource of the stack, otherwise none.
            on: what the call is about beside the created resource, by resource type of the Service Authorization
                Reference: `{"subnet": "aws_subnet.private"}`. The others are resources of any name.
            context: other condition keys, as for `can`.

        Raises:
            AssertionError: AWS denies one of them, or an answer is unknown.
            InputError: it is not known how a resource of the type is created.
        """
        __tracebackhide__ = True
        return _expected("allowed", self._create(named, tags, on, context))

    def cannot_create(
        self,
        named: str | Addressed,
        tags: Mapping[str, str] | None = None,
        *,
        on: Mapping[str, str] | None = None,
        context: Mapping[str, str | Sequence[str]] | None = None,
    ) -> tuple[Answer, ...]:
        """Fail unless AWS denies an authorization of the API call. The arguments are those of `can_create`.

        Raises:
            AssertionError: AWS denies none of them.
            InputError: it is not known how a resource of the type is created.
        """
        __tracebackhide__ = True
        answers = self._create(named, tags, on, context)
        return answers if any(answer.decision.is_denied for answer in answers) else _expected("denied", answers)

    def answers(self, action: str, on: str | Addressed = "*", **given: Unpack[Given]) -> tuple[Answer, ...]:
        """Return the answers, whatever they are. The arguments are those of `can`."""
        __tracebackhide__ = True
        with _ShortErrors():
            return self._questions.ask(self._principal, action, _text(on), _circumstances(given))

    def _create(
        self,
        named: str | Addressed,
        tags: Mapping[str, str] | None,
        on: Mapping[str, str] | None,
        context: Mapping[str, str | Sequence[str]] | None,
    ) -> tuple[Answer, ...]:
        __tracebackhide__ = True
        given = _circumstances({"request_tags": tags or {}, "context": context or {}})
        with _ShortErrors():
            return ask_to_create(self._questions, self._principal, _text(named), given, on)


class _ShortErrors:
    """Raises the error of a user's mistake without the lines of plainwork, which pytest would print."""

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        """Raise the error again."""
        __tracebackhide__ = True
        if isinstance(error, PlainworkError):
            raise type(error)(str(error)) from None


def _expected(wanted: Literal["allowed", "denied"], answers: tuple[Answer, ...]) -> tuple[Answer, ...]:
    __tracebackhide__ = True
    others = [answer for answer in answers if answer.decision.answer != wanted]
    if others:
        lines = (line for answer in others for line in answer.lines())
        raise AssertionError("\n".join((f"expected: {wanted}", *lines)))
    return answers


def _circumstances(given: Given) -> Circumstances:
    context = given.get("context", {}).items()
    values = {key: (value,) if isinstance(value, str) else tuple(value) for key, value in context}
    return Circumstances(given.get("request_tags", {}), given.get("resource_tags"), values)


def _text(named: str | Addressed) -> str:
    return named if isinstance(named, str) else named.address


def _stack(source: Any) -> Stack:
    if isinstance(source, Stack):
        return source
    if isinstance(source, (str, Path)):
        return _only(read(Path(source)), str(source))
    from plainwork import synthesize  # noqa: PLC0415  with CDKTF it starts Node.js, which HCL does not need
    from plainwork.terraform.addresses import naming_scope  # noqa: PLC0415  as above

    found = read_document(synthesize(source), source.node.id)
    lines = naming_scope(source).registry.lines
    return replace(
        found, python_lines={address: Location(relpath(file), line) for address, (file, line) in lines.items()}
    )


def _only(stacks: Iterable[Stack], path: str) -> Stack:
    found = list(stacks)
    if len(found) > 1:
        raise InputError(f"{path}: has {listed('stack', (stack.source for stack in found))}; pass the path of one")
    return found[0]
