"""Questions about a stack: whether a principal may perform an action on a resource."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from plainwork_core.aws.iam_actions import Action
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.iam.evaluation import Policies, Request, RequestResource, decide, policy_statements
from plainwork_core.iam.stack_requests.action_names import actions_named
from plainwork_core.iam.stack_requests.answers import Answer
from plainwork_core.iam.stack_requests.circumstances import Circumstances, absent_keys, context_of
from plainwork_core.iam.stack_requests.names import Names
from plainwork_core.iam.stack_requests.principals import StackPrincipal, principal, principal_of, statements_at
from plainwork_core.iam.stack_requests.targets import EVERY, StackTarget, is_about, mismatch, target
from plainwork_core.iam.statement import Statement
from plainwork_core.model.stack import Resource, Stack

NOTHING_GIVEN = Circumstances()
_ORGANIZATION_POLICY = "aws_organizations_policy"
_RCP = "RESOURCE_CONTROL_POLICY"
_FULL_ACCESS = policy_statements(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]},
    "organization",
    "FullAWSAccess",
)


class Questions:
    """What the principals of a stack may do.

    Args:
        stack: the stack.
        account: ID of the account of the stack's default credentials, if the provider configuration does not state it.
        organization: addresses of the service and resource control policies of the stack that apply, beside
            `FullAWSAccess` and `RCPFullAWSAccess`.
        endpoint: address of the VPC endpoint that requests take; `""` for none.

    Raises:
        InputError: the stack has no such policy or endpoint.
    """

    def __init__(self, stack: Stack, account: str = "", organization: Sequence[str] = (), endpoint: str = "") -> None:
        self.stack, self.names = stack, Names(stack, account)
        self._absent: dict[tuple[int, ...], tuple[Policies, tuple[str, ...]]] = {}
        policies = [_found(stack, address, _ORGANIZATION_POLICY) for address in organization]
        self._scp = tuple(self._level(one) for one in policies if one.get("type") != _RCP)
        self._rcp = tuple(self._level(one) for one in policies if one.get("type") == _RCP)
        self._endpoint = self._endpoint_policy(_found(stack, endpoint, "aws_vpc_endpoint")) if endpoint else None

    def principal(self, text: str) -> StackPrincipal:
        """Return the principal that *text* names (`principals.principal`)."""
        return principal(self.names, text)

    def principal_of(self, resource: Resource) -> StackPrincipal:
        """Return a role, user or permission set of the stack."""
        return principal_of(self.names, resource)

    def ask(
        self, who: StackPrincipal, action: str, on: str, given: Circumstances = NOTHING_GIVEN
    ) -> tuple[Answer, ...]:
        """Return the answers about each action that *action*, a name or a pattern, includes.

        A pattern does not include the actions that are not about resources of this type.

        Raises:
            InputError: no service has the action, or *on* is not a resource.
        """
        actions = actions_named(action)
        found = [(one, target(self.names, on, one, who.request)) for one in actions]
        about = [(one, on_) for one, on_ in found if is_about(on_, one)]
        if len(about) < len(found) and (len(actions) == 1 or not about or on == EVERY):
            raise InputError(mismatch(next(one for one, on_ in found if not is_about(on_, one)), on))
        return tuple(self.answer(who, one, on_, given) for one, on_ in about)

    def answer(
        self,
        who: StackPrincipal,
        action: Action | str,
        on: StackTarget,
        given: Circumstances = NOTHING_GIVEN,
    ) -> Answer:
        """Return the answer to one question.

        Args:
            who: makes the request.
            action: of the request.
            on: its resource.
            given: its tags and condition keys.
        """
        policies = Policies(
            identity=who.identity,
            boundary=who.boundary,
            resource=on.policy,
            scp=self._scp,
            rcp=self._rcp,
            endpoint=self._endpoint,
        )
        place = self.names.place(on.resource) if on.resource else self.names.places.default
        context = context_of(given, who.request, str(action), place, self._absent_keys(policies))
        request = Request(who.request, str(action), _with_tags(on.request, given), context, complete=False)
        return Answer(self.stack, who.name, request, decide(request, policies))

    def _absent_keys(self, policies: Policies) -> tuple[str, ...]:
        """Return the result of `absent_keys`, which is the same for all questions about the same policies."""
        key = tuple(map(id, (policies.identity, policies.boundary, policies.resource)))
        if key not in self._absent:
            self._absent[key] = (policies, absent_keys(policies))
        return self._absent[key][1]

    def _level(self, policy: Resource) -> tuple[Statement, ...]:
        return (*_FULL_ACCESS, *statements_at(self.names, policy.address))

    def _endpoint_policy(self, endpoint: Resource) -> tuple[Statement, ...]:
        return tuple(_endpoint_statements(self.names, endpoint)) or _FULL_ACCESS


def _endpoint_statements(names: Names, endpoint: Resource) -> Iterator[Statement]:
    yield from statements_at(names, endpoint.address)
    for policy in names.stack.managed("aws_vpc_endpoint_policy"):
        if names.text(policy, policy.get("vpc_endpoint_id")) == names.attribute(endpoint, "id"):
            yield from statements_at(names, policy.address)


def _with_tags(resource: RequestResource, given: Circumstances) -> RequestResource:
    return resource if given.resource_tags is None else replace(resource, tags=given.resource_tags)


def _found(stack: Stack, address: str, type_: str) -> Resource:
    found = stack.resource(address)
    if found is not None and found.type == type_:
        return found
    raise InputError(
        f"`{address}` is no `{type_}` of this stack{did_you_mean(address, _addresses(stack.managed(type_)))}"
    )


def _addresses(resources: Iterable[Resource]) -> list[str]:
    return [resource.address for resource in resources]
