"""Access of roles of other accounts to states: statements of the bucket policy and the key policy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import scalars
from plainwork.errors import GrantError
from plainwork.iam import account_root, allow, condition
from plainwork.s3_state_backend.access import ACTIONS
from plainwork.s3_state_backend.encryption import via_s3
from plainwork.s3_state_backend.grants import grant_statements
from plainwork_core.aws.arn import parse_literal_arn
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from plainwork.s3_state_backend.bucket import BucketLocation
    from plainwork.s3_state_backend.bucket_policy import StateBucketPerimeter
    from plainwork.s3_state_backend.grants import BackendResources, Grant
    from plainwork.s3_state_backend.policy_document import PolicyDocument


class SharedStates:
    """The statements for roles of other accounts in the policies of one bucket and its key.

    The principal is the account with a condition on the role, so that the role can be created later, and again.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
    """

    def __init__(
        self, location: BucketLocation, perimeter: StateBucketPerimeter, bucket_policy: PolicyDocument
    ) -> None:
        self._location, self._perimeter = location, perimeter
        self._bucket_policy = bucket_policy
        self._shared: dict[tuple[str, str], str] = {}

    def add(self, role_arn: str, grant: Grant, resources: BackendResources) -> str:
        """Allow a role a level of access, and return its account.

        Raises:
            GrantError: the ARN is not that of a role of another account that the perimeter admits, the role has this
                access, or the locks are in DynamoDB.
        """
        account = self._account(role_arn)
        if resources.locks.locking.uses_table:
            raise GrantError(f"share requires locking=StateLocking.S3: the locking is {resources.locks.locking}")
        if (role_arn, grant.slug) in self._shared:
            raise GrantError(f"role {role_arn!r} has {grant} already: share it once")
        self._shared[role_arn, grant.slug] = account
        position = len(self._shared)
        role = condition("ArnEquals", "aws:PrincipalArn", role_arn)
        account_principal = account_root(self._location.region, account)
        statements = [
            allow(
                f"{statement['sid']}OfRole{position}",
                statement["actions"],
                statement["resources"],
                *statement.get("condition", ()),
                role,
                principals=account_principal,
            )
            for statement in grant_statements(grant, resources)
            if not statement["actions"][0].startswith("kms:")
        ]
        self._bucket_policy.add(statements)
        if key_policy := resources.encryption.key_policy:
            actions = ACTIONS[grant.access].on_kms_key(uses_lock_file=True)
            via = via_s3(self._location.region)
            sid = f"UseKeyOfRole{position}"
            key_policy.add([allow(sid, actions, ["*"], via, role, principals=account_principal)])
        return account

    def _account(self, role_arn: Any) -> str:
        own, rule = self._location.account_id, "the ARN of a role of another account, as literal text"
        arn = None if scalars.is_reference(role_arn) else parse_literal_arn(str(role_arn))
        if arn is None or arn.service != "iam" or not arn.resource.startswith("role/"):
            raise GrantError(f"role_arn must be {rule}: got {role_arn!r}")
        if arn.partition != partition(self._location.region):
            raise GrantError(f"role_arn must be in partition {partition(self._location.region)}: got {role_arn!r}")
        if arn.account == own:
            raise GrantError(f"role_arn must be {rule}; use grant() for a role of account {own}: got {role_arn!r}")
        accounts = self._perimeter.account_ids
        if accounts and arn.account not in accounts:
            raise GrantError(f"role_arn must be of an account in perimeter.account_ids {accounts!r}: got {role_arn!r}")
        return arn.account
