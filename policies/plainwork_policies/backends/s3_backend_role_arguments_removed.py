"""S3 backend uses role arguments that Terraform 1.10 removed.

What: `role_arn`, `session_name`, `external_id` or one of `assume_role_duration_seconds`, `assume_role_policy`,
    `assume_role_policy_arns`, `assume_role_tags`, `assume_role_transitive_tag_keys` at the top of an S3 backend.
Why: from Terraform 1.10 on `terraform init` ends with an error about an unsupported argument, for everybody at once on
    the day when the version in CI moves.
Remedy: write them into `assume_role`, where they have shorter names::

        terraform {
          backend "s3" {
            bucket = "example-terraform-state"
            key    = "prod/network.tfstate"
            region = "eu-central-1"

            assume_role = {
              role_arn     = "arn:aws:iam::123456789012:role/state"
              session_name = "network"
              duration     = "15m"
            }
          }
        }
Limitations: where `required_version` leaves out Terraform 1.10, the arguments are right. The `config` of a
    `terraform_remote_state` is not looked at. A plan has no backend.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.model.versions import may_be_from
from plainwork_policies.backends.s3 import argument, s3_backends
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_REMOVED = (1, 10, 0)
_NEW_NAMES = {
    "role_arn": "role_arn",
    "session_name": "session_name",
    "external_id": "external_id",
    "assume_role_duration_seconds": "duration",
    "assume_role_policy": "policy",
    "assume_role_policy_arns": "policy_arns",
    "assume_role_tags": "tags",
    "assume_role_transitive_tag_keys": "transitive_tag_keys",
}


@policy(
    "PLW_BACKEND_004",
    "s3-backend-role-arguments-removed",
    aliases=("role-argument-removed",),
    severity="medium",
    subjects=s3_backends,
    links=("https://github.com/hashicorp/terraform/pull/35721",),
)
def s3_backend_role_arguments_removed(backend: Backend, stack: Stack) -> Iterator[Finding]:
    """Judge each argument on a role at the top of *backend*."""
    if not may_be_from(stack.required_version, _REMOVED):
        return
    written = [name for name in _NEW_NAMES if backend.get(name) is not None]
    for name in written:
        yield fail(
            name,
            f"has `{name}` at its top, which Terraform 1.10 removed",
            value=backend.get(name),
            remedy=f"write it as `{_NEW_NAMES[name]}` in `assume_role = {{ ... }}`",
        )
    partial = argument(backend, "role_arn")
    if not written and isinstance(partial, Unknown):
        yield not_evaluated("role_arn", partial)
