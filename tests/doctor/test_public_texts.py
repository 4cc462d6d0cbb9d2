"""Texts of other versions than the one of the tests: those that public issues quote. Each row names its issue."""

from __future__ import annotations

import pytest

from plainwork_core.doctor.errors import error_texts
from plainwork_core.doctor.errors.reading import one_line
from plainwork_core.doctor.examination import examine_error

OLD_DIGEST = (
    "Error refreshing state: state data in S3 does not have the expected content.\n\nThis may be caused by ... "
    "update the Digest value stored in the\nDynamoDB table to the following value: "
)
TEXTS = {
    "unlock-failed": (
        "Error releasing the state lock!\n\nError message: failed to retrieve lock info",
        "lock-not-released",
    ),
    "lock-conditional-check": (
        "Error locking state: Error acquiring the state lock: ConditionalCheckFailedException: failed",
        "lock-held",
    ),
    "lock-info-half-written": (
        (
            "Error message: 2 errors occurred:\n\t* ConditionalCheckFailedException: The conditional request failed\n"
            "\t* unexpected end of JSON input"
        ),
        "lock-just-released",
    ),
    "unlock-of-local-state": ("Local state cannot be unlocked by another process", "not-initialized"),
    "digest-without-value": (OLD_DIGEST, "state-deleted"),
    "state-snapshot-newer": (
        "Error loading state: state snapshot was created by Terraform v0.13.5, which is newer than current v0.13.2",
        "state-newer",
    ),
    "bucket-region-old": (
        (
            "Error loading state: BucketRegionError: incorrect region, the bucket is not in 'us-west-1' region\n"
            "\tstatus code: 301, request id: , host id:"
        ),
        "bucket-in-another-region",
    ),
    "access-denied-old": (
        "Error refreshing state: AccessDenied: Access Denied\n\tstatus code: 403, request id: 32C5, host id: w4Y=",
        "key-denied",
    ),
    "certificate-rejected": (
        (
            "RequestError: send request failed\ncaused by: Get https://b.s3.amazonaws.com: x509: certificate signed by "
            "unknown authority"
        ),
        "endpoint-certificate-untrusted",
    ),
    "deprecated-parameter": ('Warning: The parameter "endpoint" is deprecated.', "arguments-deprecated"),
    "digest-mismatch": (OLD_DIGEST + "607b05b86830c4676a6a84a7abea8cb5", "digest-differs"),
}


@pytest.mark.parametrize(("name", "text", "cause"), [(name, *values) for name, values in TEXTS.items()])
def test_a_text_of_another_version_is_known(name: str, text: str, cause: str) -> None:
    line = one_line(text)
    row = next(row for row in error_texts() if row.name == name)
    assert any(expression.search(line) for expression in row.expressions)
    assert examine_error(line).diagnoses[0].name == cause


def test_each_row_with_a_public_source_has_a_text() -> None:
    assert {row.name for row in error_texts() if row.source} <= TEXTS.keys()
