"""Secret of a resource is hard-coded.

What: An argument of a resource that holds a password, a token or a private key is a literal value, such as `password`
    of an `aws_db_instance`. Of an `aws_ssm_parameter`, only a `SecureString` is checked. Of a JSON object in a secret
    or a parameter, the keys that name a secret are checked (`password`, `api_key`).
Why: Anyone who can read the repository, its history or a copy of it has the secret until it is changed.
Remedy: Remove the value, change the secret, and generate it (`manage_master_user_password`, `ephemeral
    "random_password"`) or read it from AWS Secrets Manager.
Limitations: The arguments are those that the schema of the provider marks as sensitive and that grant access. The
    default of a variable counts as a literal value in a root module. A literal value in `ignore_changes` may have been
    changed outside Terraform: it is not evaluated, and passes in a secret or a parameter, as a placeholder (`changeme`)
    does there. A plan does not contain `ignore_changes`, so a literal value is not evaluated without `--source`. The
    passwords of ElastiCache are checked by `elasticache-hardcoded-password`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping

from plainwork_core.aws.sensitive_arguments import sensitive_arguments
from plainwork_core.model.values import JsonText, Unknown, Value, members_of, scalar
from plainwork_policies.api import Argument, Findings, Resource, check_each, flattened, policy
from plainwork_policies.arguments.subjects import is_generated, written

_CHECKED_ELSEWHERE = ("aws_elasticache_user", "aws_elasticache_replication_group")
_TYPES = tuple(type_ for type_ in sensitive_arguments() if type_ not in _CHECKED_ELSEWHERE)
_STORES = ("aws_secretsmanager_secret_version", "aws_ssm_parameter")
_PLACEHOLDER = re.compile(
    r"none|null|n/?a|tbd|todo|dummy|fake|mock|test|x+|<.*>|\{\s*\}|\[\s*\]"
    r"|.*(place.?holder|change.?me|change.?it|replace|to.?be.|fill.?in|update.?me|initial|default|example|manual).*",
    re.IGNORECASE | re.DOTALL,
)
_SECRET_KEY = re.compile(r"passw(or)?d|secret|token|(api|access|private).?key", re.IGNORECASE)


@policy(
    "PLW_ARG_002",
    "resource-hardcoded-secret",
    severity="high",
    on=_TYPES,
    where=lambda resource: any(True for _ in _secrets(resource)),
    links=("https://developer.hashicorp.com/terraform/language/manage-sensitive-data",),
)
def resource_hardcoded_secret(resource: Resource) -> Findings:
    """Check each secret; findings do not show its value."""
    yield from check_each(_secrets(resource), _problems)


def _secrets(resource: Resource) -> Iterator[Argument]:
    """Yield each argument that is set and holds a secret; each member of a list is one."""
    if resource.type == "aws_ssm_parameter" and resource["type"].string() != "SecureString":
        return
    arguments = flattened(sensitive_arguments()[resource.type], resource.arguments)
    for argument in flattened(arguments, lambda found: found.members() if found.name == "passwords" else (found,)):
        if argument.raw not in (None, ""):
            yield argument


def _problems(secret: Argument) -> Findings:
    name, is_ignored = _literal(secret), secret.block.owner.ignores(secret.path)
    if name is None or (is_ignored and secret.block.type in _STORES):
        return
    if is_ignored:
        raise secret.not_evaluated(f"`ignore_changes` has `{name}`; it may have been changed outside Terraform")
    if is_ignored is None:
        raise secret.not_evaluated("a plan does not contain `ignore_changes`; pass its HCL with `--source`")
    yield secret.fail(
        f"`{name}` is a literal value",
        value=None,
        remedy="Remove the value, change the secret, and generate it or read it from AWS Secrets Manager.",
    )


def _literal(secret: Argument) -> str | None:
    """Return the name of what is literal: the argument, or a key of the JSON object in it; `None` if nothing is."""
    value, is_store = scalar(written(secret), secret.path), secret.block.type in _STORES
    entries = _json_object(value) if is_store else {}
    literal = next((key for key, entry in entries.items() if _SECRET_KEY.search(key) and _is_literal(entry)), None)
    if literal or (entries and not isinstance(value, Unknown)):
        return literal
    if isinstance(value, Unknown):
        if is_generated(value):
            return None
        raise secret.not_evaluated(value)
    return secret.name if _is_literal(value) or not is_store else None


def _json_object(value: Value) -> Mapping[str, Value]:
    """Return the entries of the JSON object that *value* is, as far as they are known."""
    if isinstance(value, JsonText):
        return members_of(value.document)
    try:
        return members_of(json.loads(value)) if isinstance(value, str) else {}
    except ValueError:
        return {}


def _is_literal(value: Value) -> bool:
    return isinstance(value, str) and value != "" and not _PLACEHOLDER.fullmatch(value)
