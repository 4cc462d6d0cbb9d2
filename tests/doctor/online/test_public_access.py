"""The public access block of the account counts as that of the bucket."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from plainwork_core.doctor.diagnosis import Diagnosis, Likelihood
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.online.answers import Answers
from plainwork_core.doctor.online.causes import CAUSES
from plainwork_core.doctor.online.collect import BLOCK_FLAGS
from plainwork_core.doctor.online.failures import Failure

if TYPE_CHECKING:
    from pathlib import Path

MISSING = Failure("s3", "GetPublicAccessBlock", "NoSuchPublicAccessBlockConfiguration", status=404)
DENIED = Failure("s3control", "GetPublicAccessBlock", "AccessDenied", status=403)


def _block(*flags: str) -> dict[str, Any]:
    return {"PublicAccessBlockConfiguration": dict.fromkeys(flags, True)}


def _found(bucket: Any, account: Any, directory: Path) -> list[Diagnosis]:
    now = datetime.now(UTC)
    facts = BackendFacts(source=".", directory=directory, type="s3", now=now)
    settings = {"GetPublicAccessBlock": bucket}
    answers = Answers(facts, "eu-west-1", now, settings=settings, account_block=account)
    return [found for found in CAUSES.examine(answers) if isinstance(found, Diagnosis)]


@pytest.mark.parametrize(
    ("bucket", "account"),
    [
        (_block(*BLOCK_FLAGS), None),
        (MISSING, _block(*BLOCK_FLAGS)),
        (_block(*BLOCK_FLAGS[:2]), _block(*BLOCK_FLAGS[2:])),
    ],
)
def test_a_block_of_bucket_or_account_is_enough(bucket: Any, account: Any, tmp_path: Path) -> None:
    assert _found(bucket, account, tmp_path) == []


@pytest.mark.parametrize(
    ("account", "likelihood"),
    [(MISSING, Likelihood.CERTAIN), (DENIED, Likelihood.LIKELY), (None, Likelihood.LIKELY)],
)
def test_a_missing_block_is_certain_only_if_that_of_the_account_is_read(
    account: Any, likelihood: Likelihood, tmp_path: Path
) -> None:
    found = _found(MISSING, account, tmp_path)
    assert [(one.name, one.likelihood) for one in found] == [("bucket-public-access-not-blocked", likelihood)]
