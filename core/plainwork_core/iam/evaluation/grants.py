"""Whether identity-based and resource-based policies together grant a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics-request-context.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
"""

from __future__ import annotations

from plainwork_core.frozen import frozen
from plainwork_core.iam.evaluation.outcome import Outcome
from plainwork_core.iam.evaluation.patterns import equal_text
from plainwork_core.iam.evaluation.request import Request
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown

IDENTITIES = ("role", "user", "root")
"""The kinds of principals that have identity-based policies."""
_OF_TRUST_POLICY = (
    *("sts:assumerole", "sts:assumerolewithsaml", "sts:assumerolewithwebidentity"),
    *("sts:setcontext", "sts:setsourceidentity", "sts:tagsession"),
)
_NO_POLICY = Outcome("resource-based policy", ())


@frozen()
class Grants:
    """The outcomes of the policies that can grant a request or limit such a grant.

    Args:
        request: the request.
        identity: of the identity-based policies.
        limits: of the permissions boundary and of the session policies, if the principal has them.
        resource: of the resource-based policy; `None` if there is none.
    """

    request: Request
    identity: Outcome
    limits: tuple[Outcome, ...]
    resource: Outcome | None

    @property
    def required(self) -> str:
        """The resource-based policy without which nothing is granted: `key policy`, `trust policy`, or `""`."""
        arn = self.request.resource.arn
        may_be_role = isinstance(arn, Unknown) or ":role/" in arn
        if may_be_role and self.request.action.lower() in _OF_TRUST_POLICY:
            return "trust policy"
        is_key = self.request.service == "kms" and arn != "*"
        return "key policy" if is_key else ""

    @property
    def _is_root_for_role(self) -> bool:
        """Whether the root user assumes a role: AWS denies that.

        https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
        """
        return self.request.principal.kind == "root" and self.required == "trust policy"

    @property
    def answer(self) -> Ternary:
        """Whether the policies grant the request."""
        if self._is_root_for_role:
            return False
        if self.resource is None and self.required:
            return Unknown(f"the {self.required} is not given")
        policy = self.resource or _NO_POLICY
        if self.request.principal.kind not in IDENTITIES:
            return policy.allows()
        within, across = self._within_account(policy), all_of((self._by_identity, policy.allows()))
        is_same = equal_text(self.request.principal.account_id, self.request.resource.account_id)
        if isinstance(is_same, Unknown):
            return is_same if within is not across else within
        return within if is_same else across

    @property
    def missing(self) -> str:
        """Which policy does not grant a request that is denied."""
        if self._is_root_for_role:
            return "the root user of an account cannot assume a role"
        policy = self.resource or _NO_POLICY
        name = self.required or policy.name
        if self.request.principal.kind not in IDENTITIES or (policy.allows() is False and self.required):
            return f"no statement of the {name} allows it to the principal"
        if self._by_identity is not False:
            return f"the {name} does not allow it to the principal, which is in another account"
        limit = next((one for one in self.limits if one.allows() is False), None)
        if limit is not None and any(granting.allows() is not False for granting in (self.identity, policy)):
            return f"no statement of the {limit.name} allows it"
        granting = "no identity-based policy allows it"
        return granting if policy.allows() is not False else f"{granting}, and no resource-based policy does"

    def _within_account(self, policy: Outcome) -> Ternary:
        by_identity = all_of((self._by_identity, policy.allows("account"))) if self.required else self._by_identity
        by_role = all_of((policy.allows("role"), *self._limited))
        return any_of((policy.allows("direct"), by_role, by_identity))

    @property
    def _by_identity(self) -> Ternary:
        if self.request.principal.kind == "root":
            return True
        return all_of((self.identity.allows(), *self._limited))

    @property
    def _limited(self) -> list[Ternary]:
        return [limit.allows() for limit in self.limits]
