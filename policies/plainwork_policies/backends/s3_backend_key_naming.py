"""S3 backend key does not follow the naming pattern.

What: An S3 backend whose `key` does not match `[backends] key_pattern`. With the pattern that `plainwork init` shows,
    `environment/component.tfstate`, a key must also not contain a segment `.` or `..`, must not be a name from the
    manual (`terraform.tfstate`), and must not have a segment that ends with `final`, `latest`, `copy`, `new`, `old`,
    `bak`, `orig`, `tmp` or `temp`, with or without a number.
Why: Only the key distinguishes the states of a bucket. A backend block with a key such as `final-final-v3` is easily
    copied unchanged, and the next apply destroys what the two stacks do not share.
Remedy: Use the environment and the component as the key: `prod/network.tfstate`.
Limitations: More directories are allowed (`prod/eu/network.tfstate`), and so is a version without one of the words
    (`prod/api-v2.tfstate`). If the block sets `workspace_key_prefix`, the workspace may be the environment, so that
    `network.tfstate` passes. A key that `-backend-config` sets is not evaluated. A plan does not contain the backend.
    Two stacks with the same key are found by `s3-backend-duplicate-key`, and a key that Terraform rejects, such as
    `prod//web.tfstate`, by `s3-backend-arguments-invalid`.
"""

from __future__ import annotations

import re

from plainwork_core.aws.state_keys import slash_error, version_word
from plainwork_policies.api import Findings, policy
from plainwork_policies.backends.settings import ENVIRONMENT_AND_COMPONENT, BackendSettings
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend

_UNSPECIFIC_NAMES = ("state", "tfstate", "terraform", "default")
_ANY_WORKSPACE = "workspace/"


@policy(
    "PLW_BACKEND_002",
    "s3-backend-key-naming",
    severity="low",
    on=S3_BACKENDS,
    aliases=("state-key-badly-named",),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
    settings=("key_pattern",),
    requires="key_pattern",
)
def s3_backend_key_naming(backend: S3Backend, settings: BackendSettings) -> Findings:
    """Check `key` by the first rule that it violates."""
    key = backend.in_block("key")
    if not key.is_configured:
        backend.require_complete()
    prefix = _ANY_WORKSPACE if backend.in_block("workspace_key_prefix").is_configured else ""
    if problem := _problem(key.string(), prefix, settings.key_pattern):
        yield key.fail(f"`key` is {key.state}{problem}", remedy=_remedy(settings.key_pattern))


def _problem(key: str, prefix: str, pattern: str) -> str:
    if slash_error(key):
        return ""  # Terraform rejects the key: `s3-backend-arguments-invalid`
    if pattern == ENVIRONMENT_AND_COMPONENT and (problem := _convention_problem(key, prefix)):
        return problem
    if re.fullmatch(pattern, key) or (prefix and re.fullmatch(pattern, prefix + key)):
        return ""
    return f", which does not match {_form(pattern)} (`[backends] key_pattern`)"


def _convention_problem(key: str, prefix: str) -> str:
    if dots := {".", ".."}.intersection(key.split("/")):
        return f"; S3 does not resolve the segment `{max(dots)}`"
    if not prefix and key.removesuffix(".tfstate").lower() in _UNSPECIFIC_NAMES:
        return "; it contains neither environment nor component"
    if word := version_word(key):
        return f"; `{word}` is not a stable name"
    return ""


def _remedy(pattern: str) -> str:
    example = ", for example `prod/network.tfstate`" if pattern == ENVIRONMENT_AND_COMPONENT else ""
    return f"Use {_form(pattern)}{example}; move an existing state with `terraform init -migrate-state`."


def _form(pattern: str) -> str:
    return "`{environment}/{component}.tfstate`" if pattern == ENVIRONMENT_AND_COMPONENT else f"`{pattern}`"
