"""S3 backend has an endpoint of another Region.

What: The Region in the host name of an endpoint of AWS (`https://s3.eu-west-1.amazonaws.com`) is not the `region` of
    the S3 backend: `endpoints.s3`, `endpoints.dynamodb`, `endpoint` or `dynamodb_endpoint`; for `endpoints.sts` and
    `sts_endpoint` it is not `sts_region`, if that is set.
Why: Terraform signs requests for `region`. The endpoint of another Region rejects the signature, for S3 with
    `AuthorizationHeaderMalformed`, so `terraform init` fails.
Remedy: Use the endpoint of the Region of the bucket, or omit `endpoints`.
Limitations: A host name without a Region, such as `s3.amazonaws.com`, or of another provider passes. A backend without
    `region`, which may come from the environment or the profile, is not evaluated. A plan does not contain the backend.
"""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.aws.regions import region_of_endpoint
from plainwork_policies.api import Findings, check_each, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend

_ENDPOINTS: Mapping[str, tuple[str, ...]] = {
    "endpoints.s3": ("region",),
    "endpoints.dynamodb": ("region",),
    "endpoints.sts": ("sts_region", "region"),
    "endpoint": ("region",),
    "dynamodb_endpoint": ("region",),
    "sts_endpoint": ("sts_region", "region"),
}
"""The arguments for the Region of the requests to each endpoint; the first that is set counts."""


@policy(
    "PLW_BACKEND_019",
    "s3-backend-endpoint-region-mismatch",
    severity="medium",
    on=S3_BACKENDS,
    where=lambda backend: any(backend.in_block(path).is_configured for path in _ENDPOINTS),
    links=(
        "https://developer.hashicorp.com/terraform/language/backend/s3",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html",
    ),
)
def s3_backend_endpoint_region_mismatch(backend: S3Backend) -> Findings:
    """Check each endpoint."""
    yield from check_each(_ENDPOINTS, lambda path: _check(backend, path))


def _check(backend: S3Backend, path: str) -> Findings:
    endpoint = backend.in_block(path)
    region = region_of_endpoint(endpoint.string(default=""))
    if not region:
        return
    names = [name for name in _ENDPOINTS[path] if backend.in_block(name).is_configured]
    expected = backend.in_block(names[0] if names else "region")
    if region != expected.string():
        yield endpoint.fail(
            f"`{path}` is an endpoint in `{region}`, but `{expected.name}` is `{expected.string()}`",
            remedy=f"Use the endpoint of `{expected.string()}`, or omit `{path}`.",
        )
