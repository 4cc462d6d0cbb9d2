"""S3 backend has arguments that terraform init rejects.

What: A `key` that begins or ends with `/` or contains `//`; a `workspace_key_prefix` that begins or ends with `/`;
    `kms_key_id` together with `sse_customer_key`; `shared_credentials_file` together with `shared_credentials_files`;
    `assume_role` or `assume_role_with_web_identity` without `role_arn`; `use_lockfile` although `required_version`
    excludes Terraform 1.10; a misspelled argument.
Why: `terraform validate` does not check the backend. `terraform init` fails, first in the pipeline.
Remedy: Set the argument as the finding says, or remove it.
Limitations: An unknown argument fails only if its name is similar to a supported one, because a newer Terraform may
    support it. What a block without `bucket` or `key` omits is not evaluated. A plan does not contain the backend.
"""

from __future__ import annotations

from plainwork_core.aws.s3_backend import ARGUMENTS, EXCLUSIVE, LOCKFILE_SINCE, ROLES
from plainwork_core.aws.state_keys import slash_error
from plainwork_core.errors import nearest
from plainwork_core.version_constraints import may_be_from
from plainwork_policies.api import Findings, all_conditions, check_each, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, S3Backend

_MISSPELLED = 0.8


@policy(
    "PLW_BACKEND_015",
    "s3-backend-arguments-invalid",
    severity="medium",
    on=S3_BACKENDS,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_arguments_invalid(backend: S3Backend) -> Findings:
    """Check each rule."""
    rules = (
        _unknown_problems,
        _key_problems,
        _prefix_problems,
        _exclusive_problems,
        _role_problems,
        _lock_file_problems,
    )
    yield from check_each(rules, lambda problems: problems(backend))
    backend.require_complete()


def _unknown_problems(backend: S3Backend) -> Findings:
    for name in backend.names:
        if name not in ARGUMENTS and (similar := nearest(name, ARGUMENTS, _MISSPELLED)):
            yield backend.in_block(name).fail(
                f"`{name}` is not an argument of the S3 backend", remedy=f"Write `{similar}`."
            )


def _key_problems(backend: S3Backend) -> Findings:
    key = backend.in_block("key")
    if error := slash_error(key.string(default="")):
        name = "/".join(filter(None, key.string().split("/")))
        yield key.fail(f"`key` is {key.state}, which {error}", remedy=f'Set `key = "{name}"`.')


def _prefix_problems(backend: S3Backend) -> Findings:
    prefix = backend.in_block("workspace_key_prefix")
    text = prefix.string(default="")
    if text.startswith("/") or text.endswith("/"):
        yield prefix.fail(
            f"`workspace_key_prefix` is {prefix.state}; it must not begin or end with `/`",
            remedy=f'Set `workspace_key_prefix = "{text.strip("/")}"`.',
        )


def _exclusive_problems(backend: S3Backend) -> Findings:
    for one, other in EXCLUSIVE:
        if all_conditions(lambda: backend.in_block(one).is_set, lambda: backend.in_block(other).is_set):  # noqa: B023
            yield backend.in_block(other).fail(f"`{one}` and `{other}` are both set", remedy="Remove one of them.")


def _role_problems(backend: S3Backend) -> Findings:
    for name in ROLES:
        role = backend.in_block(name)
        if role.is_set and not backend.in_block(f"{name}.role_arn").is_set:
            yield role.fail(f"`{name}` has no `role_arn`", remedy=f"Set `role_arn` in `{name}`.", value=None)


def _lock_file_problems(backend: S3Backend) -> Findings:
    lock_file, required = backend.in_block("use_lockfile"), backend.stack.required_version
    if lock_file.is_configured and not may_be_from(required, LOCKFILE_SINCE):
        yield lock_file.fail(
            f"`use_lockfile` requires Terraform 1.10, but `required_version` is `{required}`",
            remedy="Raise `required_version`, or remove `use_lockfile` and set `dynamodb_table`.",
        )
