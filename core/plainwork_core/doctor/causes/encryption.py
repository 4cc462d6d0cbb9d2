"""The encryption of the state."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.arn import parse_arn
from plainwork_core.doctor.causes.table import BACKEND, CAUSES
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.model.values import is_known

_CLIENT = "https://github.com/hashicorp/terraform/blob/v1.11.4/internal/backend/remote-state/s3/client.go"
_VALIDATION = "https://github.com/hashicorp/terraform/blob/v1.11.4/internal/backend/remote-state/s3/validate.go"
_KMS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html"
_ID = r"(?:[a-f0-9]{8}-[a-f0-9]{4}-[1-5][a-f0-9]{3}-[ab89][a-f0-9]{3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})"
_ALIAS = r"alias/[a-zA-Z0-9/_-]+"
_KEY_ID = re.compile(f"{_ID}|{_ALIAS}")
_KEY_RESOURCE = re.compile(f"key/{_ID}|{_ALIAS}")
_CUSTOMER_KEY = "AWS_SSE_CUSTOMER_KEY"


@CAUSES.rule("kms-key-ignored", "Terraform ignores the KMS key of the backend", Severity.RISK, links=(_CLIENT,))
def kms_key_ignored(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `kms_key_id` without `encrypt = true`."""
    key, encrypt = facts.setting("kms_key_id"), facts.setting("encrypt")
    is_unknown = encrypt is not None and not is_known(encrypt.value)
    if key and not facts.is_true("encrypt") and not is_unknown:
        yield Diagnosis(
            cause=cause,
            evidence=(key.evidence, encrypt.evidence if encrypt else Evidence("`encrypt` is not set", facts.place)),
            explanation="Terraform sends the key only with `encrypt = true`. The state has the default encryption of "
            "the bucket, and a bucket policy that requires the key rejects it.",
            command=f"Set `encrypt = true`, then run {facts.program} init -reconfigure",
            location=key.location,
        )


@CAUSES.rule("encrypt-missing", "Backend does not request encryption", Severity.ADVICE, links=(BACKEND,))
def encrypt_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check `encrypt`, if the bucket is one of AWS."""
    encrypt = facts.setting("encrypt")
    if facts.omitted or facts.setting("kms_key_id") or facts.endpoint("s3"):
        return
    if encrypt is None or encrypt.value in (False, "false"):
        yield Diagnosis(
            cause=cause,
            evidence=(encrypt.evidence if encrypt else Evidence("`encrypt` is not set", facts.place),),
            explanation="Only the default encryption of the bucket protects the state, which contains passwords.",
            command=f"Set `encrypt = true`, then run {facts.program} init -reconfigure",
            location=facts.backend.location if facts.backend else None,
        )


@CAUSES.rule(
    "kms-key-invalid",
    "KMS key of the backend has no valid form",
    Severity.FAULT,
    links=(_VALIDATION,),
    remedy="Set `kms_key_id` to the ARN of the key",
)
def kms_key_invalid(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check `kms_key_id`: an ID, an alias or the ARN of either."""
    setting, key = facts.setting("kms_key_id"), facts.text("kms_key_id")
    arn = parse_arn(key)
    is_valid = _KEY_RESOURCE.fullmatch(arn.resource) if arn else _KEY_ID.search(key)
    if setting and key and not is_valid:
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence,),
            explanation="Terraform accepts the ID of a key, `alias/name`, or the ARN of either.",
            command=f'Set `kms_key_id = "alias/{key}"`' if re.fullmatch(r"[\w-]+", key) else "Correct `kms_key_id`",
            location=setting.location,
        )


@CAUSES.rule("key-in-another-region", "KMS key is in another Region than the backend", Severity.FAULT, links=(_KMS,))
def kms_key_in_other_region(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare the Region in the ARN of the key with `region`."""
    setting, region = facts.setting("kms_key_id"), facts.setting("region")
    arn = parse_arn(facts.text("kms_key_id"))
    if setting and region and arn and arn.region and isinstance(region.value, str) and arn.region != region.value:
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence, region.evidence),
            explanation="S3 encrypts an object only with a key in the Region of its bucket.",
            command=f"Use a key in `{region.value}`, or correct `region`",
            location=setting.location,
        )


@CAUSES.rule(
    "customer-key-and-kms-key",
    "Backend has two encryption keys",
    Severity.FAULT,
    links=(BACKEND,),
    remedy="unset AWS_SSE_CUSTOMER_KEY",
)
def customer_key_and_kms_key(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for `kms_key_id` with a customer key in the environment."""
    setting = facts.setting("kms_key_id")
    if setting and facts.environment.get(_CUSTOMER_KEY):
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence, Evidence(f"`{_CUSTOMER_KEY}` is set", "the environment")),
            explanation="Terraform accepts one of the two.",
            command=f"unset {_CUSTOMER_KEY}",
            location=setting.location,
        )
