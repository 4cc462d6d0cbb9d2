"""IAM policy cannot delete the lock file of a state.

What: An identity-based policy allows `s3:PutObject` on the state or the lock file of an S3 backend with
    `use_lockfile = true`, and no policy of the stack allows `s3:DeleteObject` on the lock file, `<key>.tflock`.
Why: Terraform creates the lock file when a run begins and deletes it at the end. Without the permission to delete it
    the first run leaves the lock, and each later run ends with `Error acquiring the state lock`.
Remedy: Allow `s3:GetObject`, `s3:PutObject` and `s3:DeleteObject` on the lock file.
Limitations: The states are those of the stacks of a run whose backend has a literal `bucket` and `key`, in the default
    workspace. Only a statement with the whole ARN of the state or the lock file is checked. It is not evaluated if its
    role, user or group also has a policy that is not in the stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam import Statement as ModelStatement
from plainwork_core.iam import statements
from plainwork_core.iam.identities import holders_by_policy, identities
from plainwork_core.iam.overlap import names_type
from plainwork_core.iam.reach import includes_action
from plainwork_core.iam.statement import Text
from plainwork_core.model.conversion import as_bool
from plainwork_core.model.references import names_attribute
from plainwork_core.model.stack import Run, Stack, cached_per_run, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of, negation
from plainwork_core.model.values import PartialString, Unknown
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.reading.statement import Statement, statements_of

_LOCK = ".tflock"
_ARN = "arn:aws:s3:::"


def writes_locked_state(statement: Statement) -> bool:
    """Return whether *statement* allows writing a state of the run that has a lock file, or its lock file."""
    owner = statement.owner
    if not _states_by_object(statement.stack) or owner.effect == "Deny":
        return False
    effect = owner.effect if isinstance(owner.effect, Unknown) else True
    named = any_of(_named_states(statement).values())
    return statement.resolve("Action", all_of((effect, includes_action(owner, "s3:putobject"), named)))


@policy(
    "PLW_BACKEND_017",
    "s3-backend-lock-delete-missing",
    severity="medium",
    on=statements_of("identity"),
    where=writes_locked_state,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_lock_delete_missing(statement: Statement) -> Findings:
    """Look for a statement that allows deleting each lock file."""
    yield from check_each(_named_states(statement).items(), lambda named: _check(statement, *named))


def _check(statement: Statement, state: str, is_named: Ternary) -> Findings:
    statement.resolve("Resource", is_named)
    lock = f"{_ARN}{state}{_LOCK}"
    allowed = _is_deletion_allowed(statement.stack, lock)
    if not statement.resolve("Action", any_of((allowed, _may_be_allowed_elsewhere(statement)))):
        yield statement["Action"].fail(
            f"`Action` has `s3:PutObject`, but no statement allows `s3:DeleteObject` on `{lock}`; Terraform cannot "
            "delete the lock",
            value=None,
            remedy=f"Allow `s3:GetObject`, `s3:PutObject` and `s3:DeleteObject` on `{lock}`.",
        )


@cached_per_run
def _states_by_object(run: Run) -> dict[str, str]:
    """Return `<bucket>/<key>` of each state of the run with a lock file, by its own object and by the lock file."""
    backends = (backend for stack in run.members for backend in stack.backends("s3"))
    places = [
        (backend.get("bucket"), backend.get("key")) for backend in backends if as_bool(backend.get("use_lockfile"))
    ]
    states = [f"{bucket}/{key}" for bucket, key in places if isinstance(bucket, str) and isinstance(key, str)]
    return {name: state for state in states for name in (state, f"{state}{_LOCK}")}


def _named_states(statement: Statement) -> dict[str, Ternary]:
    """Return the states of which `Resource` has, or may have, the ARN of the object or of the lock file."""
    found: dict[str, Ternary] = {}
    for entry in statement.owner.resources:
        answer: Ternary = entry if isinstance(entry, Unknown) else True
        for state in _named_by(entry, _states_by_object(statement.stack)):
            found[state] = any_of((found.get(state, False), answer))
    return found


def _named_by(entry: Text, states: Mapping[str, str]) -> set[str]:
    if isinstance(entry, PartialString):
        form = re.compile(
            "".join(re.escape(part) if isinstance(part, str) else ".*" for part in entry.parts), re.DOTALL
        )
        return {state for name, state in states.items() if form.fullmatch(f"{_ARN}{name}")}
    if isinstance(entry, Unknown):
        return set() if names_attribute(entry) else set(states.values())
    arn = parse_arn(entry)
    return {states[arn.resource]} if arn and arn.service == "s3" and arn.resource in states else set()


@cached_per_stack
def _is_deletion_allowed(stack: Stack, lock: str) -> Ternary:
    return any_of(_deletes(statement, lock) for statement in statements(stack))


def _deletes(statement: ModelStatement, lock: str) -> Ternary:
    if statement.effect == "Deny":
        return False
    named = any_of(names_type(resource, lock) for resource in statement.resources or statement.not_resources)
    effect = statement.effect if isinstance(statement.effect, Unknown) else True
    reached = negation(named) if statement.not_resources else named
    return all_of((effect, includes_action(statement, "s3:deleteobject"), reached))


def _may_be_allowed_elsewhere(statement: Statement) -> Ternary:
    """Return whether a policy outside the stack may allow it to an identity that has the policy of *statement*."""
    indices = holders_by_policy(statement.stack).get(statement.address, ())
    reasons = (identities(statement.stack)[index].missing(of_aws=True) for index in indices)
    reason = next(filter(None, reasons), None)
    return Unknown(reason) if reason else False
