"""S3 backend has deprecated arguments.

What: `endpoint`, `dynamodb_endpoint`, `iam_endpoint`, `sts_endpoint`, `shared_credentials_file`, `force_path_style`, or
    `endpoints.dynamodb` in an S3 backend.
Why: Terraform 1.6 replaced these arguments, and each `terraform init` warns of them. The next removal ends every
    pipeline that updates Terraform, as that of the role arguments did in 1.10.
Remedy: Use the new argument: `endpoints = { s3 = … }`, `shared_credentials_files`, `use_path_style`.
Limitations: A stack whose `required_version` excludes Terraform 1.6 passes. `dynamodb_table` has a policy of its own,
    s3-backend-dynamodb-lock-deprecated. OpenTofu does not deprecate `endpoints.dynamodb`. A plan does not contain the
    backend.
"""

from __future__ import annotations

from plainwork_core.aws.s3_backend import DEPRECATED_SINCE, DYNAMODB_ENDPOINT, REPLACEMENTS
from plainwork_core.version_constraints import may_be_from
from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend


@policy(
    "PLW_BACKEND_014",
    "s3-backend-arguments-deprecated",
    severity="low",
    on=S3_BACKENDS,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_arguments_deprecated(backend: S3Backend) -> Findings:
    """Check for each of the arguments."""
    if not may_be_from(backend.stack.required_version, DEPRECATED_SINCE):
        return
    for name, remedy in REPLACEMENTS.items():
        if name == DYNAMODB_ENDPOINT and backend.stack.is_for_opentofu:
            continue
        argument = backend.in_block(name)
        if argument.is_configured:
            yield argument.fail(f"`{name}` is deprecated since Terraform 1.6", remedy=remedy)
    backend.require_complete()
