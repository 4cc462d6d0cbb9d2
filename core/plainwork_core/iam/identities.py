"""IAM principals with the statements of all their policies."""

from __future__ import annotations

from dataclasses import dataclass, field

from plainwork_core.aws.managed_policies import managed_policy
from plainwork_core.frozen import frozen
from plainwork_core.iam.attachments import IDENTITIES, attached, attachments, holders
from plainwork_core.iam.documents import policy_arns, statements
from plainwork_core.iam.managed_policies import escalation_statements, name_in
from plainwork_core.iam.statement import Statement
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Location, Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value


@frozen(slots=True)
class AttachedArn:
    """The ARN *arn* of a policy that is not in the stack: the argument *path* of *owner*."""

    owner: Resource
    path: str
    arn: Value


@dataclass
class IamPrincipal:
    """A role, user, group or permission set with its policies; or a policy whose principals are not in the stack.

    Args:
        resource: the principal, or the first of its policies if the principal is not in the stack.
        statements: of its inline documents and attached policies that are in the stack.
        of_aws: of attached AWS managed policies, with those of their actions that are in an escalation path.
        elsewhere: attached policies whose documents are not in the stack.
    """

    resource: Resource
    statements: list[Statement] = field(default_factory=list)
    of_aws: list[Statement] = field(default_factory=list)
    elsewhere: list[AttachedArn] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The resource's address."""
        return self.resource.address

    @property
    def location(self) -> Location:
        """The location of the resource."""
        return self.resource.location

    @property
    def boundary(self) -> Value:
        """The permissions boundary, if any."""
        return self.resource.get("permissions_boundary")

    def missing(self, *, of_aws: bool) -> str | None:
        """Return why its statements are incomplete, if an attached policy is not in the stack.

        Args:
            of_aws: whether AWS managed policies that the table does not have count.
        """
        return next((missing_reason(one.arn) for one in self.elsewhere if _is_missing(one.arn, of_aws=of_aws)), None)

    def path(self, statement: Statement, element: str) -> str:
        """Return the path of an *element* of a statement, which may be in another resource."""
        path = statement.path(element)
        return path if statement.address == self.address else f"{statement.address}.{path}"

    def at(self, path: str) -> Location:
        """Return the location of the statement of *path*, or of the argument of the resource."""
        for statement in (*self.statements, *self.of_aws):
            element = path.rpartition(".")[2]
            if path == self.path(statement, element):
                return statement.at(path)
        return self.resource.at(path)


@cached_per_stack
def identities(stack: Stack) -> tuple[IamPrincipal, ...]:
    """Return the principals that have policies in *stack*, in the order of the input."""
    found = identities_by_key(stack).values()
    return tuple(principal for principal in found if principal.statements or principal.elsewhere)


@cached_per_stack
def identities_by_key(stack: Stack) -> dict[str, IamPrincipal]:
    """Return the principals of *stack* by key (`attachments.holders`), those without policies included."""
    found = {resource.address: IamPrincipal(resource) for resource in stack.managed(*IDENTITIES)}
    documents: dict[str, list[Statement]] = {}
    for statement in statements(stack):
        if statement.kind == "identity":
            documents.setdefault(statement.address, []).append(statement)
    held = _attach(stack, found, documents)
    for address, members in documents.items():
        if address not in held:
            owner = members[0].document.owner
            for key in list(holders(stack, owner)) or [address]:
                found.setdefault(key, IamPrincipal(owner)).statements += members
    return found


@cached_per_stack
def holders_by_policy(stack: Stack) -> dict[str, list[int]]:
    """Return the indices in `identities` of those that hold a policy, by the address of the policy."""
    table: dict[str, list[int]] = {}
    for index, principal in enumerate(identities(stack)):
        for address in {statement.address for statement in principal.statements}:
            table.setdefault(address, []).append(index)
    return table


def attached_policies(stack: Stack, attachment: Resource) -> dict[str, Value]:
    """Return each policy that *attachment* attaches, by path: an `aws_iam_policy` of the stack, or the ARN."""
    return {
        path: _policy(stack, attachment, arn) for path, arn in attached(attachment) if not is_computed_by_provider(arn)
    }


def _attach(stack: Stack, found: dict[str, IamPrincipal], documents: dict[str, list[Statement]]) -> set[str]:
    """Add to each principal the policies attached to it; return the addresses of those that are in the stack."""
    held: dict[str, set[str]] = {}
    for attachment in attachments(stack):
        policies = attached_policies(stack, attachment)
        for key in holders(stack, attachment) if policies else ():
            identity = found.setdefault(key, IamPrincipal(attachment))
            _add(identity, attachment, policies, documents, held.setdefault(key, set()))
            for path, policy in policies.items():
                identity.of_aws += escalation_statements(aws_managed_name(policy) or "", attachment, path) or []
    return set().union(*held.values())


def _add(
    identity: IamPrincipal,
    attachment: Resource,
    policies: dict[str, Value],
    documents: dict[str, list[Statement]],
    held: set[str],
) -> None:
    """Add *policies* to *identity*, except those in *held*, to which they are added, too."""
    for path, policy in policies.items():
        if not isinstance(policy, Resource):
            identity.elsewhere.append(AttachedArn(attachment, path, policy))
        elif policy.address not in held:
            identity.statements += documents.get(policy.address, [])
            held.add(policy.address)


def _policy(stack: Stack, attachment: Resource, arn: Value) -> Value:
    """Return the `aws_iam_policy` of the stack with *arn*, or *arn* itself."""
    made = only_referent(stack, attachment, arn) if isinstance(arn, Unknown) else None
    if isinstance(arn, str):
        made = stack.resource(policy_arns(stack).get(arn, ""))
    return made if made and (made.mode, made.type) == ("managed", "aws_iam_policy") else arn


def _is_missing(arn: Value, *, of_aws: bool) -> bool:
    name = aws_managed_name(arn)
    return name is None or (of_aws and managed_policy(name) is None)


def aws_managed_name(arn: Value) -> str | None:
    """Return the name of an AWS managed policy; `None` for other policies."""
    return None if isinstance(arn, Resource) else name_in(_text(arn) or "")


def missing_reason(arn: Value) -> str:
    """Return why the document of an attached policy is not known."""
    text = _text(arn)
    if text is None:
        reason: str = arn.reason
        return reason
    return f"the document of `{text}` is not defined in this stack" if text else "the ARN of a policy is empty"


def _text(arn: Value) -> str | None:
    return render(arn) if isinstance(arn, Unknown) else str(arn)
