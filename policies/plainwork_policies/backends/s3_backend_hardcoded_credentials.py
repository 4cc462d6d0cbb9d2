"""S3 backend contains hard-coded credentials.

What: `access_key`, `secret_key`, `token` or `sse_customer_key` written out in an S3 backend, or in a file that
    `--backend-config` names; likewise `web_identity_token` in `assume_role_with_web_identity`.
Why: whoever reads the repository reads the state, and every password in it. Terraform copies what the block holds into
    `.terraform` and into every plan file, in clear, so that it spreads with the artifacts of CI, and stays valid until
    somebody changes it.
Remedy: leave them out; Terraform finds them in the environment, in a profile or in the role of the machine::

        terraform {
          backend "s3" {
            bucket  = "example-terraform-state"
            key     = "prod/network.tfstate"
            region  = "eu-central-1"
            profile = "terraform"
          }
        }
Limitations: words that stand for no credentials (`test`, `mock`, `dummy`, ...) pass. Credentials of providers are
    not looked
    at, nor those in the `config` of a `terraform_remote_state`. A plan has no backend, but keeps what it held.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import argument, s3_backends
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_SECRETS = (
    "access_key",
    "secret_key",
    "token",
    "sse_customer_key",
    "assume_role_with_web_identity.0.web_identity_token",
)
_NO_SECRETS = ("test", "mock", "mock_access_key", "mock_secret_key", "dummy", "fake", "localstack", "")


@policy(
    "PLW_BACKEND_005",
    "s3-backend-hardcoded-credentials",
    aliases=("credentials-in-backend",),
    severity="critical",
    subjects=s3_backends,
    links=("https://developer.hashicorp.com/terraform/language/backend#credentials-and-sensitive-data",),
)
def s3_backend_hardcoded_credentials(backend: Backend) -> Iterator[Finding]:
    """Judge each argument of *backend* that is a credential; none of their values is shown."""
    for path in _SECRETS:
        value, name = backend.get(path), path.rpartition(".")[2]
        if isinstance(value, Unknown):
            yield not_evaluated(path, value)
        elif value is not None and str(value).lower() not in _NO_SECRETS:
            yield fail(
                path,
                f"holds a credential, `{name}`, in clear",
                remedy=f"remove `{name}`, change the credential, and give it by the environment, a profile or a role",
            )
    partial = argument(backend, "secret_key")
    if isinstance(partial, Unknown) and backend.get("secret_key") is None:
        yield not_evaluated("secret_key", partial)
