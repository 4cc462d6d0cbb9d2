"""What a run has in comparison with its base: the content that `plainwork check --against` adds to a report."""

from __future__ import annotations

from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.values import Value
from plainwork_policies.engine.severity import Severity


@frozen()
class BaseFinding:
    """A finding of the base, as JSON has it.

    Args:
        policy: its id.
        slug: of the policy.
        status: `failed` or `not_evaluated`.
        severity: of the finding.
        stack: the file or directory of its stack, relative to the base.
        address: of the subject.
        argument: the path of the argument; `""` for the whole subject.
        value: of the argument, or its digest if it is long.
        message: of the finding.
    """

    policy: str
    slug: str
    status: Literal["failed", "not_evaluated"]
    severity: Severity
    stack: str
    address: str
    argument: str = ""
    value: Value = None
    message: str = ""


@frozen()
class Comparison:
    """The comparison of a run with its base. `Finding.state` has the state of each finding of the run.

    Args:
        base: as the user passed it: a file, a directory or a Git revision.
        fixed: failures of the base that the run does not have.
        new_policies: ids of the policies in the run that the base does not know.
        lost_modules: addresses of module calls that are not evaluated, and were in the base.
    """

    base: str
    fixed: tuple[BaseFinding, ...] = ()
    new_policies: tuple[str, ...] = ()
    lost_modules: tuple[str, ...] = ()
