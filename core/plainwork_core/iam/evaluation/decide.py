"""The decision on a request, by all policies that apply to it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.frozen import frozen
from plainwork_core.iam.evaluation.applies import opened
from plainwork_core.iam.evaluation.context import Context
from plainwork_core.iam.evaluation.decision import Decision, Miss
from plainwork_core.iam.evaluation.grants import IDENTITIES, Grants
from plainwork_core.iam.evaluation.outcome import Outcome, evaluate
from plainwork_core.iam.evaluation.policies import Policies, Statements
from plainwork_core.iam.evaluation.request import Request
from plainwork_core.iam.statement import Statement
from plainwork_core.model.ternary import all_of, any_of
from plainwork_core.model.values import Unknown


def decide(request: Request, policies: Policies) -> Decision:
    """Return whether AWS allows *request*.

    Every `Deny` statement that applies denies. Otherwise each level of the organization's policies and the endpoint
    policy must allow, and the identity-based or the resource-based policies must grant: either of them within an
    account, both between two accounts, and always the key policy of a KMS key and the trust policy of a role. A
    permissions boundary and session policies limit what identity-based policies grant.

    Service control policies apply to the principals of accounts only, not to AWS services. The caller omits what AWS
    exempts: service-linked roles, the management account, and services without resource control policies.
    Grants of KMS keys and ACLs are not evaluated.
    """
    found = _evaluated(request, policies)
    denies = any_of(outcome.denies for outcome in found.all)
    if denies is True:
        return _denied_by_statement(found)
    closed = next((gate for gate in found.gates if gate.allows() is False), None)
    answer = all_of((*(gate.allows() for gate in found.gates), found.grants.answer))
    if answer is False:
        reason = f"no statement of the {closed.name} allows it" if closed else found.grants.missing
        return Decision("denied", reason, misses=found.misses)
    doubt = next((one for one in (denies, answer) if isinstance(one, Unknown)), None)
    if doubt is not None:
        return Decision("unknown", doubt.reason, misses=found.undecided)
    return _allowed(found)


@frozen()
class _Evaluated:
    """The outcomes of all policies; *gates* must allow whatever grants, and *grants* must grant."""

    gates: tuple[Outcome, ...]
    grants: Grants

    @property
    def granting(self) -> tuple[Outcome, ...]:
        """The outcomes of the policies that can grant."""
        return tuple(one for one in (self.grants.identity, self.grants.resource) if one is not None)

    @property
    def all(self) -> tuple[Outcome, ...]:
        """All outcomes."""
        return (*self.gates, *self.grants.limits, *self.granting)

    @property
    def misses(self) -> tuple[Miss, ...]:
        """The `Allow` statements for the action that do not apply, or may not."""
        return tuple(miss for outcome in self.all for miss in outcome.misses)

    @property
    def undecided(self) -> tuple[Miss, ...]:
        """The statements for the action that may allow or deny."""
        return tuple(miss for outcome in self.all for miss in outcome.undecided)


def _evaluated(request: Request, policies: Policies) -> _Evaluated:
    context, target = Context(request), opened(request.resource.arn)
    is_identity = request.principal.kind in IDENTITIES

    def outcome(name: str, statements: Statements) -> Outcome:
        return evaluate(name, statements, context, target, has_boundary=policies.boundary is not None)

    gates = [*_levels("resource control policies", policies.rcp)]
    if is_identity:
        gates += _levels("service control policies", policies.scp)
    if policies.endpoint is not None:
        gates.append(("VPC endpoint policy", policies.endpoint))
    limits = (("permissions boundary", policies.boundary), ("session policy", policies.session))
    grants = Grants(
        request,
        outcome("identity-based policies", policies.identity if is_identity else ()),
        tuple(outcome(name, held) for name, held in limits if held is not None and is_identity),
        None if policies.resource is None else outcome("resource-based policy", policies.resource),
    )
    return _Evaluated(tuple(outcome(*gate) for gate in gates), grants)


def _levels(name: str, levels: tuple[Statements, ...]) -> Iterator[tuple[str, Statements]]:
    for number, statements in enumerate(levels, 1):
        yield f"{name} of level {number}" if len(levels) > 1 else name, statements


def _denied_by_statement(found: _Evaluated) -> Decision:
    denying = tuple(statement for outcome in found.all for statement in outcome.denying)
    name = next(outcome.name for outcome in found.all if outcome.denies is True)
    return Decision("denied", f"a `Deny` statement of the {name} applies", denying)


def _allowed(found: _Evaluated) -> Decision:
    allowing: tuple[Statement, ...] = tuple(one for outcome in found.granting for one in outcome.allowing)
    names = [outcome.name for outcome in found.granting if outcome.allowing]
    if not names:
        return Decision("allowed", "the root user of an account has all permissions")
    return Decision(
        "allowed",
        f"the {' and the '.join(names)} allow{'s' if names == ['resource-based policy'] else ''} it",
        allowing,
    )
