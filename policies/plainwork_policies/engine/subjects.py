"""What a policy looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

from plainwork_core.frozen import frozen
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Location, Stack

ANY = "*"
"""The index key of a policy that does not declare what it looks at."""


class Subject(Protocol):
    """A resource, provider, backend, module call, IAM statement, ..."""

    @property
    def address(self) -> str:
        """Its name in a finding."""

    @property
    def location(self) -> Location:
        """Its file and line."""

    def at(self, path: str) -> Location:
        """The location of its argument *path*, or of the nearest block around it that has a line."""


@runtime_checkable
class HasSensitiveValues(Protocol):
    """A subject with arguments that a plan marks as sensitive."""

    def sensitive_part(self, path: str) -> str | None:
        """The sensitive argument because of which a finding about *path* must not quote a value."""


Pick = Callable[[Stack], Iterable[Subject]]


@frozen()
class Subjects:
    """The subjects of a policy.

    Args:
        types: index keys. The policy is imported only if the stack has one of them: resource types (`aws_s3_bucket`,
            `data.aws_ami`), `resource` or `data` for any, `provider`, `backend`, `module`, `change`, `document`.
        pick: the subjects in a stack, as the model has them.
        view: what the function of the policy gets, made of a subject and the stack; `None` for the subject itself.
    """

    types: tuple[str, ...]
    pick: Pick
    view: Callable[[Any, Stack], Any] | None = None

    def __call__(self, stack: Stack) -> Iterable[Subject]:
        """The subjects in *stack*."""
        return self.pick(stack)

    def seen(self, subject: Any, stack: Stack) -> Any:
        """What the function of the policy gets for *subject*."""
        return self.view(subject, stack) if self.view else subject

    def where(self, condition: Callable[[Any], bool]) -> Subjects:
        """The subjects for which *condition* is true.

        A subject for which the condition ends in `NotEvaluated` is kept as a `PossibleSubject`.
        """

        def pick(stack: Stack) -> Iterator[Subject]:
            for subject in self.pick(stack):
                try:
                    if condition(self.seen(subject, stack)):
                        yield subject
                except NotEvaluated as reason:
                    yield PossibleSubject(subject, reason)

        return replace(self, pick=pick)


@frozen()
class PossibleSubject:
    """A subject for which an unknown value decides whether it is one. Its result is *not evaluated*."""

    subject: Subject
    reason: NotEvaluated

    @property
    def address(self) -> str:
        """The subject's."""
        return self.subject.address

    @property
    def location(self) -> Location:
        """The subject's."""
        return self.subject.location

    def at(self, path: str) -> Location:
        """As the subject's."""
        return self.subject.at(path)
