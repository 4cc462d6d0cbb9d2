"""Real Terraform prints an error, and the doctor tells its cause: each row of the table that names no public source.

Terraform runs against an endpoint on loopback that answers as S3, DynamoDB and STS do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from plainwork_core.doctor.diagnosis import ILL, Likelihood
from plainwork_core.doctor.errors import error_texts, matches
from plainwork_core.doctor.errors.reading import one_line
from plainwork_core.doctor.examination import examine
from plainwork_core.doctor.reading import Request, read
from tests.support.doctor_texts import printed_texts
from tests.support.stub_aws import Answer, dynamodb_error, s3_error, sts_error, stub_aws

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

ARGUMENTS = {"bucket": "acme-state", "key": "prod/web.tfstate", "region": "eu-west-1", "max_retries": 1}
INIT, PLAN, APPLY = ("init", "-input=false"), ("plan",), ("apply", "-auto-approve")
UNLOCK = ("force-unlock", "-force", "99999999-2222-3333-4444-555555555555")
LOCK_ID = "11111111-2222-3333-4444-555555555555"
LOCK = json.dumps({"ID": LOCK_ID, "Operation": "OperationTypeApply", "Who": "ci", "Created": "2026-01-31T10:00:00Z"})
STATE = {"version": 4, "terraform_version": "1.11.4", "serial": 3, "lineage": "a", "outputs": {}, "resources": []}
RESOURCE = {
    "mode": "managed",
    "type": "terraform_data",
    "name": "b",
    "provider": 'provider["terraform.io/builtin/terraform"]',
    "instances": [],
}
EXISTS = {"s3:HeadObject": Answer(200)}
FILE, TABLE = {"use_lockfile": True}, {"dynamodb_table": "locks"}
FORBIDDEN = {"s3:HeadObject": Answer(403)}
DENIED = s3_error(403, "AccessDenied", "Access Denied")
KMS = "User: arn:aws:iam::1:user/x is not authorized to perform: kms:{} on resource: arn:aws:kms:eu-west-1:1:key/k"
NO_KEYS = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": ""}
SSO = "[profile dev]\nsso_session=acme\nsso_account_id=1\nsso_role_name=a\n"
EMPTY = "[profile dev]\n"
SESSION = "[sso-session acme]\nsso_start_url=https://acme.awsapps.com/start\nsso_region=eu-west-1\n"
WRONG_KEY = "The provided key element does not match the schema"
NO_BUCKET = s3_error(404, "NoSuchBucket")
CLOSED = "http://127.0.0.1:9"
ROLE = "arn:aws:iam::123456789012:role/terraform"


@dataclass(frozen=True)
class Case:
    """What Terraform is run with, and what the doctor answers."""

    row: str
    cause: str
    more: dict[str, Any] = field(default_factory=dict)
    without: tuple[str, ...] = ()
    answers: dict[str, Answer] = field(default_factory=dict)
    commands: tuple[tuple[str, ...], ...] = (INIT,)
    env: dict[str, str] = field(default_factory=dict)
    config: str = ""
    edit: tuple[str, str] = ("", "")
    files: dict[str, str] = field(default_factory=dict)
    likelihood: Likelihood = Likelihood.CERTAIN


def state(**changed: Any) -> dict[str, Answer]:
    return {**EXISTS, "s3:GetObject": Answer(200, json.dumps({**STATE, **changed}))}


def digest(checksum: str) -> Answer:
    return Answer(200, json.dumps({"Item": {"LockID": {"S": "x"}, "Digest": {"S": checksum}}}))


LIKELY = Likelihood.LIKELY
CASES = (
    Case("initialization-required", "not-initialized", commands=(PLAN,)),
    Case("backend-type-changed", "cache-differs", commands=(INIT, PLAN), edit=('"s3"', '"gcs"')),
    Case("backend-block-changed", "cache-differs", commands=(INIT, PLAN), edit=("prod/web", "prod/api")),
    Case("backend-block-changed", "cache-differs", commands=(INIT, INIT), edit=("prod/web", "prod/api")),
    *(
        Case(
            row,
            "approval-required",
            commands=(INIT, (*INIT, "-migrate-state")),
            edit=("prod/web", "prod/api"),
            answers={f"{name} web.tfstate": answer for name, answer in state(resources=[RESOURCE]).items()},
        )
        for row in ("backend-changed-migration", "migration-needs-approval")
    ),
    Case("cache-broken", "cache-unreadable", files={".terraform/terraform.tfstate": "{broken"}),
    Case("variables-not-allowed", "backend-references", edit=('"acme-state"', "var.bucket")),
    Case("argument-unsupported", "role-arguments-removed", more={"role_arn": ROLE}),
    Case("argument-unsupported", "argument-unknown", more={"use_lokfile": True}),
    Case("argument-unsupported", "argument-not-expected", more={"something": True}),
    Case("backend-config-argument", "argument-not-expected", commands=((*INIT, "-backend-config=something=1"),)),
    Case("backend-config-file", "backend-file-missing", commands=((*INIT, "-backend-config=none.tfbackend"),)),
    Case("argument-missing", "argument-required", without=("bucket",)),
    Case("role-arn-required", "role-arn-missing", more={"assume_role": {"session_name": "ci"}}),
    Case(
        "region-not-set",
        "region-missing",
        without=("region",),
        more={"profile": "dev"},
        config="[profile dev]\nregion = eu-west-1\naws_access_key_id = a\naws_secret_access_key = b\n",
    ),
    Case("region-not-valid", "region-invalid", more={"region": "eu-west-11"}),
    Case("region-not-valid", "region-invalid", more={"region": "auto"}),
    Case("path-slashes", "key-invalid", more={"key": "/web.tfstate"}),
    Case("path-slashes", "key-invalid", more={"key": "prod//web.tfstate"}),
    Case("path-slashes", "prefix-invalid", more={"workspace_key_prefix": "ws/"}),
    Case("value-empty", "key-invalid", more={"key": ""}),
    Case("value-empty", "bucket-not-a-name", more={"bucket": ""}),
    Case("kms-key-form", "kms-key-invalid", more={"encrypt": True, "kms_key_id": "state"}),
    Case("kms-key-form", "kms-key-invalid", more={"kms_key_id": "arn:aws:kms:eu-west-1:123456789012:key/state"}),
    Case("attributes-exclusive", "arguments-exclusive", more={"kms_key_id": "alias/a", "sse_customer_key": "a"}),
    Case(
        "two-encryption-keys",
        "customer-key-and-kms-key",
        more={"kms_key_id": "alias/a"},
        env={"AWS_SSE_CUSTOMER_KEY": "a" * 44},
    ),
    Case("duplicate-backend-block", "duplicate-backend", files={"other.tf": 'terraform {\n backend "s3" {}\n}'}),
    Case("core-version", "terraform-version-rejected", files={"v.tf": 'terraform {\n required_version = "< 1.0"\n}'}),
    Case("deprecated-parameter", "endpoint-connection-failed", more={"endpoint": CLOSED}, likelihood=LIKELY),
    Case(
        "deprecated-table",
        "endpoint-connection-failed",
        more={"dynamodb_table": "locks", "endpoint": CLOSED},
        likelihood=LIKELY,
    ),
    Case("profile-not-found", "profile-missing", more={"profile": "dev"}),
    Case("profile-not-found", "profile-missing", env={"AWS_PROFILE": "dev"}),
    Case("profile-not-found", "profile-missing", more={"profile": "dev"}, config="[dev]\nregion = eu-west-1\n"),
    Case(
        "source-profile-not-found",
        "source-profile-missing",
        more={"profile": "dev"},
        config=f"[profile dev]\nrole_arn = {ROLE}\nsource_profile = base\n",
    ),
    Case("sso-section-missing", "sso-session-missing", more={"profile": "dev"}, config=SSO),
    Case("sso-token-expired", "credentials-sso-expired", more={"profile": "dev"}, env=NO_KEYS, config=SSO + SESSION),
    Case(
        "sso-token-expired",
        "credentials-sso-expired",
        more={"profile": "dev"},
        env=NO_KEYS,
        config=SSO + SESSION,
        files={
            f".aws/sso/cache/{sha1(b'acme').hexdigest()}.json": json.dumps(
                {"startUrl": "https://acme.awsapps.com/start", "accessToken": "t", "expiresAt": "2020-01-01T00:00:00Z"}
            )
        },
    ),
    Case(
        "mfa-required",
        "profile-requires-mfa",
        more={"profile": "dev"},
        config=f"[profile dev]\nrole_arn = {ROLE}\nsource_profile = base\nmfa_serial = arn:aws:iam::1:mfa/x\n"
        "[profile base]\naws_access_key_id = a\naws_secret_access_key = b\n",
    ),
    Case(
        "credential-process",
        "credential-process-failed",
        more={"profile": "dev"},
        env=NO_KEYS,
        config="[profile dev]\ncredential_process = /no/such/program\n",
    ),
    Case(
        "web-identity-file",
        "web-identity-token-missing",
        env={**NO_KEYS, "AWS_ROLE_ARN": ROLE, "AWS_WEB_IDENTITY_TOKEN_FILE": "/no/token"},
    ),
    Case(
        "role-not-assumed",
        "role-not-assumable",
        more={"assume_role": {"role_arn": ROLE}},
        answers={"sts:AssumeRole": sts_error(403, "AccessDenied", "not authorized")},
    ),
    Case("account-rejected", "account-not-allowed", more={"allowed_account_ids": ["999999999999"]}),
    Case("token-expired", "credentials-expired", answers={"s3": s3_error(400, "ExpiredToken", "It has expired.")}),
    Case("token-expired", "credentials-expired", answers={"sts": sts_error(403, "ExpiredToken", "It is expired")}),
    Case("token-invalid", "credentials-unknown", answers={"sts": sts_error(403, "InvalidClientTokenId", "invalid")}),
    Case("token-invalid", "credentials-unknown", answers={"s3": s3_error(403, "InvalidAccessKeyId", "not exist")}),
    Case(
        "token-invalid",
        "session-token-missing",
        env={"AWS_ACCESS_KEY_ID": "ASIA1"},
        answers={"sts": sts_error(403, "InvalidClientTokenId", "invalid")},
    ),
    Case(
        "signature-wrong",
        "credentials-secret-wrong",
        answers={"sts": sts_error(403, "SignatureDoesNotMatch", "does not match")},
        likelihood=LIKELY,
    ),
    Case("clock-wrong", "credentials-clock-wrong", answers={"s3": s3_error(403, "RequestTimeTooSkewed", "too large")}),
    Case("no-credentials", "credentials-missing", env=NO_KEYS),
    Case("no-credentials", "profile-without-credentials", more={"profile": "dev"}, env=NO_KEYS, config=EMPTY),
    Case(
        "lock-id-mismatch",
        "lock-id-differs",
        more=FILE,
        commands=(INIT, UNLOCK),
        answers={"s3:GetObject .tflock": Answer(200, LOCK)},
    ),
    Case(
        "lock-id-mismatch",
        "lock-id-differs",
        more=TABLE,
        commands=(INIT, UNLOCK),
        answers={
            "dynamodb:GetItem": Answer(200, json.dumps({"Item": {"LockID": {"S": "x"}, "Info": {"S": LOCK}}})),
            "dynamodb:GetItem -md5": Answer(200, "{}"),
        },
    ),
    Case(
        "unlock-denied",
        "lock-not-released",
        more=FILE,
        commands=(INIT, PLAN),
        answers={"s3:GetObject .tflock": DENIED, "s3:DeleteObject .tflock": DENIED},
    ),
    Case("unlock-without-lock", "lock-gone", more=FILE, commands=(INIT, UNLOCK)),
    Case(
        "lock-not-implemented",
        "lock-conditional-writes-unsupported",
        more=FILE,
        commands=(INIT, PLAN),
        answers={"s3:PutObject .tflock": s3_error(501, "NotImplemented", "A header is not implemented")},
    ),
    Case(
        "lock-write-forbidden",
        "lock-acquire-denied",
        more=FILE,
        commands=(INIT, PLAN),
        answers={"s3:PutObject .tflock": DENIED},
        likelihood=LIKELY,
    ),
    Case(
        "lock-table-not-found",
        "table-missing",
        more=TABLE,
        commands=(INIT, PLAN),
        answers={"dynamodb": dynamodb_error("ResourceNotFoundException", "Requested resource not found")},
    ),
    Case(
        "lock-table-wrong-key",
        "table-key-wrong",
        more=TABLE,
        commands=(INIT, PLAN),
        answers={"dynamodb": dynamodb_error("ValidationException", WRONG_KEY)},
    ),
    Case(
        "lock-table-forbidden",
        "table-denied",
        more=TABLE,
        commands=(INIT, PLAN),
        answers={"dynamodb": dynamodb_error("AccessDeniedException", "not authorized")},
    ),
    Case(
        "lock-released-meanwhile",
        "lock-just-released",
        more=FILE,
        commands=(INIT, PLAN),
        answers={"s3:PutObject .tflock": s3_error(412, "PreconditionFailed", "did not hold")},
        likelihood=LIKELY,
    ),
    *(
        Case(
            row,
            "lock-held",
            more=FILE,
            commands=(INIT, PLAN),
            answers={
                "s3:PutObject .tflock": s3_error(412, "PreconditionFailed", "did not hold"),
                "s3:GetObject .tflock": Answer(200, LOCK),
            },
        )
        for row in ("lock-already-held", "lock-not-acquired")
    ),
    Case(
        "lock-already-held",
        "lock-held",
        more=TABLE,
        commands=(INIT, PLAN),
        answers={
            "dynamodb:PutItem": dynamodb_error("ConditionalCheckFailedException", "The conditional request failed"),
            "dynamodb:GetItem": Answer(200, json.dumps({"Item": {"LockID": {"S": "x"}, "Info": {"S": LOCK}}})),
            "dynamodb:GetItem -md5": Answer(200, "{}"),
        },
    ),
    Case("state-format-newer", "state-newer", answers=state(version=5)),
    Case("state-not-json", "state-not-json", answers={**EXISTS, "s3:GetObject": Answer(200, "garbage")}),
    Case("state-not-json", "state-not-json", answers={**EXISTS, "s3:GetObject": Answer(200, "{}")}),
    Case(
        "serial-behind",
        "serial-older",
        answers=state(resources=[RESOURCE]),
        commands=(INIT, ("state", "push", "old.tfstate")),
        files={"old.tfstate": json.dumps({**STATE, "serial": 1, "resources": [RESOURCE]})},
    ),
    Case(
        "lineage-unrelated",
        "lineage-differs",
        answers=state(resources=[RESOURCE]),
        commands=(INIT, ("state", "push", "other.tfstate")),
        files={"other.tfstate": json.dumps({**STATE, "lineage": "b", "resources": [RESOURCE]})},
    ),
    Case(
        "kms-denied-by-policy",
        "key-denied",
        answers={**EXISTS, "s3:GetObject": s3_error(403, "AccessDenied", KMS.format("Decrypt"))},
    ),
    Case(
        "kms-denied-by-policy",
        "key-denied",
        commands=(INIT, APPLY),
        answers={"s3:PutObject": s3_error(403, "AccessDenied", KMS.format("GenerateDataKey"))},
    ),
    Case(
        "kms-key-unusable",
        "key-not-usable",
        answers={**EXISTS, "s3:GetObject": s3_error(400, "KMS.DisabledException", "the key is disabled.")},
    ),
    Case(
        "bucket-redirected",
        "bucket-in-another-region",
        answers={"s3:ListObjects": s3_error(301, "PermanentRedirect", x_amz_bucket_region="us-east-1")},
    ),
    Case(
        "bucket-region-header",
        "bucket-in-another-region",
        answers={
            "s3:ListObjects": s3_error(
                400, "AuthorizationHeaderMalformed", "the region 'eu-west-1' is wrong; expecting 'us-east-1'"
            )
        },
    ),
    Case("bucket-not-found", "bucket-missing", answers={"s3": NO_BUCKET}, likelihood=LIKELY),
    Case("bucket-not-found", "bucket-not-a-name", more={"bucket": "s3://acme"}, answers={"s3": NO_BUCKET}),
    Case("state-object-forbidden", "state-missing-list-denied", answers=FORBIDDEN, likelihood=LIKELY),
    Case("state-object-denied", "state-denied", answers={**EXISTS, "s3:GetObject": DENIED}, likelihood=LIKELY),
    *(
        Case(
            row,
            "state-write-denied",
            commands=(INIT, APPLY),
            answers={"s3:PutObject": DENIED},
            likelihood=LIKELY,
        )
        for row in ("state-write-denied", "state-not-saved", "access-denied")
    ),
    Case(
        "state-write-denied",
        "kms-key-ignored",
        more={"kms_key_id": "alias/state"},
        commands=(INIT, APPLY),
        answers={"s3:PutObject": DENIED},
    ),
    Case(
        "checksum-not-supported",
        "checksum-rejected",
        commands=(INIT, APPLY),
        answers={"s3:PutObject": s3_error(400, "XAmzContentSHA256Mismatch", "does not match")},
    ),
    Case("host-not-found", "path-style-missing", more={"endpoints": {"s3": CLOSED}}, without=("use_path_style",)),
    Case("scheme-missing", "endpoint-incomplete", more={"endpoints": {"s3": "localhost:9"}}),
    Case("connection-failed", "endpoint-connection-failed", more={"endpoints": {"s3": CLOSED}}, likelihood=LIKELY),
    Case("throttled", "requests-throttled", answers={"s3": s3_error(503, "SlowDown", "Reduce your rate.")}),
    pytest.param(
        Case(
            "digest-mismatch",
            "digest-differs",
            more=TABLE,
            answers={**state(), "dynamodb:GetItem": digest("0" * 32)},
        ),
        marks=pytest.mark.proof,  # Terraform waits ten seconds for S3
    ),
    pytest.param(
        Case("digest-of-deleted-state", "state-deleted", more=TABLE, answers={"dynamodb:GetItem": digest("0" * 32)}),
        marks=pytest.mark.proof,
    ),
)  # fmt: skip


def run(case: Case, terraform: Terraform, directory: Path) -> tuple[str, dict[str, str]]:
    """Return what the last command of a case prints, and its environment without the endpoint."""
    arguments = {**ARGUMENTS, "use_path_style": True, **case.more}
    lines = "\n".join(
        f"  {name} = {json.dumps(value)}" for name, value in arguments.items() if name not in case.without
    )
    main = f'terraform {{\n backend "s3" {{\n{lines}\n }}\n}}\nresource "terraform_data" "a" {{}}\n'
    files = {"main.tf": main, ".aws/config": case.config, **case.files}
    for name, text in files.items():
        directory.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        directory.joinpath(name).write_text(text)
    with stub_aws(**case.answers) as server:
        env = {"HOME": str(directory), "AWS_ENDPOINT_URL": server.url, "TF_CLI_ARGS": "-no-color", **case.env}
        for number, command in enumerate(case.commands):
            if number == len(case.commands) - 1 and case.edit[0]:
                directory.joinpath("main.tf").write_text(main.replace(*case.edit))
            done = terraform.with_env(**env).outcome(directory, *command, expect=(0, 1))
    printed = done.stdout + done.stderr
    assert done.returncode == 1 or "Warning" in printed, printed
    return printed, {**terraform.env, **env, "AWS_ENDPOINT_URL": ""}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.row}-{case.cause}")
def test_the_doctor_tells_the_cause_of_an_error(case: Case, terraform: Terraform, tmp_path: Path) -> None:
    printed, environ = run(case, terraform, tmp_path)
    text = one_line(printed)
    row = next(row for row in error_texts() if row.name == case.row)
    assert any(expression.search(text) for expression in row.expressions), printed
    examination = examine(read(tmp_path, Request(environ=environ)), text)
    first = examination.diagnoses[0]
    assert (first.name, first.likelihood) == (case.cause, case.likelihood), printed
    assert first.explains_error
    assert examination.exit_code == ILL


def test_each_row_of_the_table_is_of_a_real_run_or_names_its_source() -> None:
    cases = [case if isinstance(case, Case) else case.values[0] for case in CASES]
    known = {case.row for case in cases if isinstance(case, Case)} | {
        match.row.name for text in printed_texts().values() for match in matches(text)
    }
    assert [row.name for row in error_texts() if row.name not in known and not row.source] == []
