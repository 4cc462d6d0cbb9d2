"""A text that two patterns match is found if there is one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam.overlap import overlap
from plainwork_core.iam.stack_requests.witnesses import witness
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.wildcards import matches

PATTERNS = st.text("ab*?", max_size=8)


@given(PATTERNS, PATTERNS)
def test_the_text_matches_both_patterns(one: str, other: str) -> None:
    found = witness(one, other)

    assert (found is not None) == overlap(one, other)
    assert found is None or (isinstance(found, str) and matches(one, found) and matches(other, found))


def test_an_unknown_part_is_the_same_text_as_itself() -> None:
    name = Unknown("known only after apply", ("aws_s3_bucket.a.bucket",))
    bucket = PartialString(name.reason, name.references, parts=("arn:aws:s3:::", name, "/*"))
    logs = PartialString(name.reason, name.references, parts=("arn:aws:s3:::", name, "/logs/*.gz"))

    assert witness(bucket, logs) == PartialString(
        name.reason, name.references, parts=("arn:aws:s3:::", name, "/logs/x.gz")
    )
    assert witness(logs, "arn:aws:s3:::*/tmp/*") is not None
    assert witness(bucket, "arn:aws:sqs:*") is None
