"""The environment variables that Terraform and its S3 backend read.

https://developer.hashicorp.com/terraform/language/backend/s3#configuration and
https://developer.hashicorp.com/terraform/cli/config/environment-variables
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from itertools import pairwise

from plainwork_core.secrets import HIDDEN

_PREFIXES = ("AWS_", "TF_")
_SECRETS = frozenset(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_SECURITY_TOKEN"))
_SECRET_PARTS = ("SECRET", "TOKEN", "PASSWORD", "CUSTOMER_KEY", "AUTHORIZATION")
_NOT_SECRET = ("_FILE", "_URI", "_ID")
_ARGUMENTS = ("TF_CLI_ARGS", "TF_CLI_ARGS_init")
_OPTION = "-backend-config"

ARGUMENTS: Mapping[str, tuple[str, ...]] = {
    "region": ("AWS_REGION", "AWS_DEFAULT_REGION"),
    "profile": ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"),
    "endpoints.s3": ("AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT", "AWS_ENDPOINT_URL"),
    "endpoints.dynamodb": ("AWS_ENDPOINT_URL_DYNAMODB", "AWS_DYNAMODB_ENDPOINT", "AWS_ENDPOINT_URL"),
    "endpoints.iam": ("AWS_ENDPOINT_URL_IAM", "AWS_IAM_ENDPOINT", "AWS_ENDPOINT_URL"),
    "endpoints.sts": ("AWS_ENDPOINT_URL_STS", "AWS_STS_ENDPOINT", "AWS_ENDPOINT_URL"),
    "endpoints.sso": ("AWS_ENDPOINT_URL_SSO", "AWS_ENDPOINT_URL"),
    "shared_config_files": ("AWS_SHARED_CONFIG_FILE", "AWS_CONFIG_FILE"),
    "shared_credentials_files": ("AWS_SHARED_CREDENTIALS_FILE",),
    "custom_ca_bundle": ("AWS_CA_BUNDLE",),
    "retry_mode": ("AWS_RETRY_MODE",),
    "use_fips_endpoint": ("AWS_USE_FIPS_ENDPOINT",),
    "use_dualstack_endpoint": ("AWS_USE_DUALSTACK_ENDPOINT",),
    "sse_customer_key": ("AWS_SSE_CUSTOMER_KEY",),
}
"""The variables that set each argument of the S3 backend that is not configured, in order."""

BEFORE = {
    "endpoints.s3": "endpoint",
    "endpoints.dynamodb": "dynamodb_endpoint",
    "endpoints.iam": "iam_endpoint",
    "endpoints.sts": "sts_endpoint",
    "shared_credentials_files": "shared_credentials_file",
}
"""The deprecated argument that comes before the environment."""


def shown(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of AWS and Terraform, with `(sensitive)` for credentials and Terraform variables."""
    return {
        name: HIDDEN if _is_secret(name) and value else value
        for name, value in sorted(environ.items())
        if name.startswith(_PREFIXES)
    }


def backend_config(environ: Mapping[str, str]) -> tuple[str, ...]:
    """Return what `TF_CLI_ARGS` and `TF_CLI_ARGS_init` pass as `-backend-config`."""
    return tuple(found for name in _ARGUMENTS for found in _options(environ.get(name, "")))


def _options(text: str) -> list[str]:
    try:
        words = [word.replace("--", "-", 1) if word.startswith("--") else word for word in shlex.split(text)]
    except ValueError:  # a quotation without its end, which Terraform rejects
        return []
    joined = [word.removeprefix(f"{_OPTION}=") for word in words if word.startswith(f"{_OPTION}=")]
    return joined + [after for word, after in pairwise(words) if word == _OPTION]


def _is_secret(name: str) -> bool:
    if name in _SECRETS or name.startswith(("TF_VAR_", "TF_TOKEN_")):
        return True
    return any(part in name for part in _SECRET_PARTS) and not name.endswith(_NOT_SECRET)
