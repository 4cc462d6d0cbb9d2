"""Arguments that Terraform rejects, deprecates or ignores."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.credentials import CREDENTIALS as CREDENTIAL_ARGUMENTS
from plainwork_core.aws.credentials import is_placeholder
from plainwork_core.aws.s3_backend import (
    ARGUMENTS,
    DYNAMODB_ENDPOINT,
    EXCLUSIVE,
    REPLACEMENTS,
    ROLE_ARGUMENTS,
    ROLE_ARGUMENTS_UNTIL,
    ROLES,
)
from plainwork_core.doctor.causes.table import BACKEND, CAUSES, may_be_version
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity, Undecided
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.settings import Origin, is_whole
from plainwork_core.errors import nearest
from plainwork_core.model.values import Value, unknowns

_SIMILAR = 0.8
_OF_OPENTOFU = ("var.", "local.", "path.", "terraform.workspace")
_PARTIAL = "https://developer.hashicorp.com/terraform/language/backend#partial-configuration"


@CAUSES.rule(
    "backend-incomplete",
    "Backend block is partial, and nothing completes it",
    Severity.FAULT,
    links=(_PARTIAL,),
)
def backend_incomplete(facts: BackendFacts, _: Cause) -> Iterator[Diagnosis]:
    """Say what `--backend-config` has to set: the block alone is right."""
    if facts.omitted:
        names = " and ".join(f"`{name}`" for name in facts.omitted)
        option = facts.backend_files[0] if len(facts.backend_files) == 1 else "FILE"
        more = f" (here are {', '.join(facts.backend_files)})" if len(facts.backend_files) > 1 else ""
        raise Undecided(facts.place, f"the block has no {names}; pass `--backend-config {option}`{more}")
    yield from ()


@CAUSES.rule(
    "backend-references",
    "Backend block contains a reference",
    Severity.FAULT,
    links=("https://developer.hashicorp.com/terraform/language/backend#define-a-backend-block",),
    remedy="Replace the reference by a literal value, or pass it with -backend-config",
)
def backend_references(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for variables, local values and resources."""
    accepted = _OF_OPENTOFU if facts.is_for_opentofu else ()
    for setting in facts.configured.values():
        references = [name for unknown in unknowns(setting.value) for name in unknown.references]
        rejected = [name for name in references if not name.startswith(accepted or ("\0",))]
        if rejected:
            name = setting.path.partition(".")[0]
            yield Diagnosis(
                cause=cause,
                evidence=(Evidence(f"`{setting.path}` refers to `{rejected[0]}`", setting.place),),
                explanation="Terraform reads the backend block before it evaluates variables.",
                command=f'Remove `{name}` from the block, then run {facts.program} init -backend-config="{name}=…"',
                location=setting.location,
            )


@CAUSES.rule(
    "argument-unknown",
    "Backend block has an unknown argument",
    Severity.FAULT,
    links=(BACKEND,),
    remedy="Remove `{argument}` from the backend block",
)
def argument_unknown(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for misspelled arguments. One that is not similar to a known argument may be of a newer Terraform."""
    for setting in facts.configured.values():
        name = setting.path.partition(".")[0]
        if name not in ARGUMENTS and (similar := nearest(name, ARGUMENTS, _SIMILAR)):
            yield Diagnosis(
                cause=cause,
                evidence=(Evidence(f"`{name}` is not an argument of the S3 backend", setting.place),),
                explanation="`terraform validate` does not check the backend; `terraform init` rejects the argument.",
                command=f"Write `{similar}` in place of `{name}`",
                location=setting.location,
            )


@CAUSES.rule(
    "role-arguments-removed",
    "Backend block has role arguments that Terraform 1.10 removed",
    Severity.FAULT,
    links=("https://github.com/hashicorp/terraform/pull/35721",),
    remedy="Write `assume_role = {{ role_arn = … }}`",
)
def role_arguments_removed(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `role_arn` and its companions outside of `assume_role`."""
    if facts.is_for_opentofu or not may_be_version(facts, ROLE_ARGUMENTS_UNTIL):
        return
    found = [setting for name, setting in facts.configured.items() if name in ROLE_ARGUMENTS]
    if found:
        members = ", ".join(f"{ROLE_ARGUMENTS[setting.path]} = …" for setting in found)
        yield Diagnosis(
            cause=cause,
            evidence=tuple(Evidence(f"`{setting.path}` is set", setting.place) for setting in found),
            explanation="Terraform 1.10 and later reads these arguments only in `assume_role`.",
            likelihood=Likelihood.CERTAIN if facts.versions.known else Likelihood.LIKELY,
            command=f"Write `assume_role = {{ {members} }}`, then run {facts.program} init -reconfigure",
            location=found[0].location,
        )


@CAUSES.rule(
    "arguments-exclusive",
    "Backend block has exclusive arguments",
    Severity.FAULT,
    links=(BACKEND,),
    remedy="Remove one of the two arguments",
)
def arguments_exclusive(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for pairs of which a block may have one."""
    pairs = (*EXCLUSIVE, ("allowed_account_ids", "forbidden_account_ids"), ("force_path_style", "use_path_style"))
    for one, other in pairs:
        first, second = facts.configured.get(one), facts.configured.get(other)
        if first and second:
            yield Diagnosis(
                cause=cause,
                evidence=(Evidence(f"`{one}` is set", first.place), Evidence(f"`{other}` is set", second.place)),
                explanation="Terraform accepts one of the two.",
                command=f"Remove `{one}` or `{other}`",
                location=second.location,
            )


@CAUSES.rule(
    "role-arn-missing",
    "Role of the backend has no ARN",
    Severity.FAULT,
    links=(BACKEND,),
    remedy="Set `role_arn` in `assume_role`",
)
def role_arn_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check `assume_role` and `assume_role_with_web_identity`."""
    for role in ROLES:
        inside = {path: setting for path, setting in facts.configured.items() if path.startswith(f"{role}.")}
        if inside and f"{role}.role_arn" not in inside:
            setting = next(iter(inside.values()))
            yield Diagnosis(
                cause=cause,
                evidence=(Evidence(f"`{role}` has no `role_arn`", setting.place),),
                explanation="Terraform requires `role_arn` in the object.",
                command=f"Set `role_arn` in `{role}`",
                location=setting.location,
            )


@CAUSES.rule(
    "role-account-not-allowed",
    "Role of the backend is of an account that is not allowed",
    Severity.FAULT,
    links=(BACKEND,),
)
def role_account_not_allowed(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare the account in `assume_role.role_arn` with `allowed_account_ids` and `forbidden_account_ids`."""
    role, account = facts.setting("assume_role.role_arn"), _account(facts.text("assume_role.role_arn"))
    for name, is_allowed in (("allowed_account_ids", True), ("forbidden_account_ids", False)):
        setting = facts.setting(name)
        if role and setting and account and _contains(setting.value, account) is (not is_allowed):
            yield Diagnosis(
                cause=cause,
                evidence=(role.evidence, setting.evidence),
                explanation=f"After the role is assumed, the account is {account}, which Terraform does not accept.",
                command=f"Correct the account in `assume_role.role_arn` or in `{name}`",
                location=setting.location,
            )


def _contains(accounts: Value, account: str) -> bool | None:
    """Return whether *account* is one of *accounts*; None if that is unknown."""
    return account in map(str, accounts) if isinstance(accounts, list) and is_whole(accounts) else None


def _account(role_arn: str) -> str:
    parts = role_arn.split(":")
    return parts[4] if len(parts) > 5 and parts[4].isdigit() else ""  # noqa: PLR2004  the parts of an ARN


@CAUSES.rule(
    "credentials-in-block",
    "Backend contains credentials",
    Severity.RISK,
    links=("https://developer.hashicorp.com/terraform/language/backend#credentials-and-sensitive-data",),
)
def credentials_in_block(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for literal credentials; their values are not shown."""
    for path in (*CREDENTIAL_ARGUMENTS, "sse_customer_key"):
        setting = facts.configured.get(path)
        if setting and isinstance(setting.value, str) and not is_placeholder(setting.value):
            yield Diagnosis(
                cause=cause,
                evidence=(Evidence(f"`{path}` is a literal value", setting.place),),
                explanation="Terraform copies it to `.terraform/terraform.tfstate` and to plan files in plain text.",
                command=f"Remove `{path}`, rotate the credential, and run `aws sso login` or use a role",
                location=setting.location,
            )


@CAUSES.rule(
    "arguments-deprecated",
    "Backend has deprecated arguments",
    Severity.ADVICE,
    links=(BACKEND,),
    remedy="Replace `{argument}` by the argument that the warning names",
)
def arguments_deprecated(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for the arguments that Terraform 1.6 replaced."""
    for path, remedy in REPLACEMENTS.items():
        setting = facts.configured.get(path)
        if setting and not (path == DYNAMODB_ENDPOINT and facts.is_for_opentofu):
            yield Diagnosis(
                cause=cause,
                evidence=(setting.evidence,),
                explanation="Terraform 1.6 and later warns about the argument; a later version removes it.",
                command=remedy.removesuffix("."),
                likelihood=Likelihood.CERTAIN if setting.origin is not Origin.CACHE else Likelihood.LIKELY,
                location=setting.location,
            )
