"""S3 backend uses role arguments that Terraform 1.10 removed.

What: `role_arn`, `session_name`, `external_id`, `assume_role_duration_seconds`, `assume_role_policy`,
    `assume_role_policy_arns`, `assume_role_tags` or `assume_role_transitive_tag_keys` as an argument of an S3 backend.
Why: With Terraform 1.10 and later `terraform init` fails with an unsupported argument, in every pipeline that updates
    Terraform.
Remedy: Move the arguments to `assume_role`, where they have shorter names.
Limitations: A stack whose `required_version` excludes Terraform 1.10 passes. OpenTofu only deprecates the arguments: a
    stack with a `.tofu` file, an `encryption` block or a lock file with providers of registry.opentofu.org passes. The
    `config` of a `terraform_remote_state` is not checked. A plan does not contain the backend.
"""

from __future__ import annotations

from plainwork_core.aws.s3_backend import ROLE_ARGUMENTS, ROLE_ARGUMENTS_UNTIL
from plainwork_core.version_constraints import may_be_from
from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend


@policy(
    "PLW_BACKEND_004",
    "s3-backend-role-arguments-removed",
    severity="medium",
    on=S3_BACKENDS,
    aliases=("role-argument-removed",),
    links=("https://github.com/hashicorp/terraform/pull/35721",),
)
def s3_backend_role_arguments_removed(backend: S3Backend) -> Findings:
    """Check for each of the arguments."""
    if backend.stack.is_for_opentofu or not may_be_from(backend.stack.required_version, ROLE_ARGUMENTS_UNTIL):
        return
    for name, new_name in ROLE_ARGUMENTS.items():
        argument = backend.in_block(name)
        if argument.is_configured:
            yield argument.fail(
                f"`{name}` is not supported by Terraform 1.10 and later",
                remedy=f"Move it to `assume_role = {{ {new_name} = … }}`.",
            )
    backend.require_complete()
