"""S3 backend does not verify TLS certificates.

What: An S3 backend with `insecure = true`.
Why: Terraform accepts any certificate. An attacker who redirects the connection can read the state and return another
    one.
Remedy: Remove `insecure`. For an S3-compatible store with a certificate of your own, set `custom_ca_bundle`.
Limitations: A plan does not contain the backend.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend


@policy(
    "PLW_BACKEND_013",
    "s3-backend-tls-verification-disabled",
    severity="high",
    on=S3_BACKENDS,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_tls_verification_disabled(backend: S3Backend) -> Findings:
    """Check `insecure`."""
    insecure = backend["insecure"]
    if insecure.bool(default=False):
        yield insecure.fail(
            "`insecure` is `true`; TLS certificates are not verified",
            remedy="Remove `insecure`, or set `custom_ca_bundle` to the certificate authority of the store.",
        )
