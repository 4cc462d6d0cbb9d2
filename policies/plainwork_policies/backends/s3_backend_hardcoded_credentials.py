"""S3 backend contains hard-coded credentials.

What: A literal `access_key`, `secret_key`, `token`, `sse_customer_key` or
    `assume_role_with_web_identity.web_identity_token` in an S3 backend or in a file that `--backend-config` names.
Why: Anyone with access to the repository can read the state and the passwords in it. Terraform copies the arguments of
    the block to `.terraform` and to plan files in plain text, so that CI artifacts contain them, too.
Remedy: Remove the argument, rotate the credential, and use a profile, a role or environment variables.
Limitations: Placeholders (`test`, `mock`, `dummy`, ...) pass. `provider-hardcoded-credentials` checks providers and
    `terraform_remote_state`. A plan does not contain the backend as a block, but plan files contain its arguments.
"""

from __future__ import annotations

from plainwork_core.aws.credentials import CREDENTIALS, is_placeholder
from plainwork_policies.api import Argument, Findings, check_each, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend


@policy(
    "PLW_BACKEND_005",
    "s3-backend-hardcoded-credentials",
    severity="critical",
    on=S3_BACKENDS,
    aliases=("credentials-in-backend",),
    links=("https://developer.hashicorp.com/terraform/language/backend#credentials-and-sensitive-data",),
)
def s3_backend_hardcoded_credentials(backend: S3Backend) -> Findings:
    """Check each argument that is a credential; findings do not show its value."""
    yield from check_each(map(backend.in_block, (*CREDENTIALS, "sse_customer_key")), _problems)
    backend.require_complete()


def _problems(credential: Argument) -> Findings:
    name = credential.path.rpartition(".")[2]
    if not is_placeholder(credential.string(default="")):
        yield credential.fail(
            f"`{name}` is a literal value; Terraform copies it to `.terraform` and to plan files",
            remedy=f"Remove `{name}`, rotate the credential, and use a profile, a role or environment variables.",
            value=None,
        )
