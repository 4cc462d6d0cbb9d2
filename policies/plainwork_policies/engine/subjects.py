"""The subjects of policies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from plainwork_core.frozen import frozen
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Location, Stack

ANY = "*"
"""The index key of a policy that does not declare the types of its subjects."""


class Subject(Protocol):
    """A resource, provider, backend, module call, IAM statement, ...

    One with arguments that a plan marks as sensitive also has `sensitive_part(path)`, which returns the sensitive
    argument at *path* or around it: a finding must not contain its value.
    """

    @property
    def address(self) -> str:
        """The address in findings."""

    @property
    def location(self) -> Location:
        """Its file and line."""

    def at(self, path: str) -> Location:
        """Return the location of its argument *path*, or of the nearest block around it that has a line."""


Pick = Callable[[Stack], Iterable[Subject]]


@frozen()
class Subjects:
    """The subjects of a policy.

    Args:
        types: index keys. The policy is imported only if the stack has one of them: resource types (`aws_s3_bucket`,
            `data.aws_ami`), `resource` or `data` for any, `provider`, `backend`, `encryption`, `module`, `change`,
            `document`.
        pick: the subjects in a stack, as the model has them.
        view: makes the argument of the policy's function of a subject and the stack; `None` for the subject itself.
    """

    types: tuple[str, ...]
    pick: Pick
    view: Callable[[Any, Stack], Any] | None = None

    def __call__(self, stack: Stack) -> Iterable[Subject]:
        """Return the subjects in *stack*."""
        return self.pick(stack)

    def view_of(self, subject: Any, stack: Stack) -> Any:
        """Return the argument of the policy's function for *subject*."""
        return self.view(subject, stack) if self.view else subject

    def where(self, condition: Callable[[Any], bool]) -> Subjects:
        """Return these subjects without those for which *condition* is false.

        A subject for which the condition raises `NotEvaluated` is a `PossibleSubject`.
        """

        def pick(stack: Stack) -> Iterator[Subject]:
            for subject in self.pick(stack):
                try:
                    if condition(self.view_of(subject, stack)):
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
        """Return the location of an argument of the subject."""
        return self.subject.at(path)
