"""A state of a backend."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.support.doctor_world import World


@dataclass(frozen=True)
class State:
    """A state.

    Attributes:
        title: what is wrong, for a reader.
        prepare: puts a healthy backend into the state.
        causes: what the doctor must name, and nothing else.
        tries_lock: whether the doctor runs with `--try-lock`.
        command: of Terraform, run after `terraform init`.
    """

    title: str
    prepare: Callable[[World], None]
    causes: frozenset[str] = frozenset()
    tries_lock: bool = False
    command: str = "plan"

    @property
    def name(self) -> str:
        """The name of the first cause, or the title of a healthy state."""
        return self.prepare.__name__.replace("_", "-")


def state(
    *causes: str, title: str, tries_lock: bool = False, command: str = "plan"
) -> Callable[[Callable[[World], None]], State]:
    """Make a `State` of the function that prepares it."""

    def decorated(prepare: Callable[[World], None]) -> State:
        return State(title, prepare, frozenset(causes), tries_lock, command)

    return decorated
