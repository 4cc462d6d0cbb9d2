"""Findings of policies."""

from __future__ import annotations

from typing import Literal

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.values import Unknown, Value
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.fixes import Fix
from plainwork_policies.engine.severity import Severity

State = Literal["new", "worse", "old", "new_policy"]
"""How a finding compares with the base of `plainwork check --against`.

`new`: the base does not have it. `worse`: the base has the block with a better result, such as *passed* or a narrower
value. `old`: the base has it. `new_policy`: of a policy that the base does not know. Only the first two fail a run.
"""


@frozen(slots=True)
class Finding:
    """A finding of a policy on a subject.

    Args:
        status: `failed`, or `not_evaluated` if the input does not contain a value that decides.
        message: `` `argument` is `value`; rule ``. The address of the subject precedes it in every report.
        path: the argument, such as `tags.Owner` or `policy.Statement.0.Action`; `""` for the whole subject.
        value: the value of the argument, as far as it is known.
        remedy: an imperative with the code to write; `""` for a finding that is not evaluated.
        location: of the argument; `None` until the engine sets it.
        severity: of this finding, at most the policy's; `None` for the policy's own.
        state: beside the base of a comparison; `None` without one.
        fix: what `plainwork check --fix` does; `None` if the remedy needs a decision.
        waiver: that accepts the finding; `None` for one without a waiver.
    """

    status: Literal["failed", "not_evaluated"]
    message: str
    path: str = ""
    value: Value = None
    remedy: str = ""
    location: Location | None = None
    severity: Severity | None = None
    state: State | None = None
    fix: Fix | None = None
    waiver: Waiver | None = None

    @property
    def is_accepted(self) -> bool:
        """Whether a waiver or the base of a comparison accepts it, so that it does not fail a run."""
        return self.waiver is not None or self.state in ("old", "new_policy")


def fail(
    path: str,
    message: str,
    *,
    remedy: str,
    value: Value = None,
    severity: Severity | None = None,
    fix: Fix | None = None,
) -> Finding:
    """Make a failure of the argument *path* of the subject."""
    return Finding("failed", message, path, value, remedy, severity=severity, fix=fix)


def not_evaluated(path: str, because: Unknown | str) -> Finding:
    """Make a finding that the argument *path* of the subject is not evaluated, with the reason."""
    return Finding("not_evaluated", because.reason if isinstance(because, Unknown) else because, path)


def finding_of(raised: NotEvaluated, address: str) -> Finding:
    """Make the finding of a `NotEvaluated` that a policy raised on the subject at *address*.

    If the unknown value is in another block, the location is that of the argument there: it is the line to change.
    """
    if raised.owner in ("", address):
        return not_evaluated(raised.path, raised.because)
    return Finding("not_evaluated", raised.because.reason, location=raised.location)
