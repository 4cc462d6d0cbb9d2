"""Overlap is exact: tested with every text over a small alphabet."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam.overlap import may_name, names_type, overlap
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.wildcards import matches

TEXTS = ["".join(letters) for length in range(7) for letters in product("ab", repeat=length)]
INSTANCE = "arn:${Partition}:ec2:${Region}:${Account}:instance/${InstanceId}"
patterns = st.text("ab*?", max_size=3)


@given(patterns, patterns)
def test_patterns_overlap_if_some_text_matches_both(one: str, other: str) -> None:
    assert overlap(one, other) == any(matches(one, text) and matches(other, text) for text in TEXTS)


@given(patterns, patterns)
def test_overlap_is_symmetric(one: str, other: str) -> None:
    assert overlap(one, other) == overlap(other, one)


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("*", True),
        ("arn:aws:ec2:*:*:instance/*", True),
        ("arn:aws:ec2:eu-west-1:111122223333:*/*", True),
        ("arn:aws:ec2:*", True),
        ("arn:aws:ec2:*:*:instance/${aws:username}", True),
        ("arn:aws:ec2:*:*:subnet/*", False),
        ("arn:aws:ec2:*::image/*", False),
        ("arn:aws:s3:::*", False),
        (PartialString("", (), ("arn:aws:ec2:*:", Unknown("account"), ":instance/*")), True),
        (PartialString("", (), ("arn:aws:ec2:*:", Unknown("account"), ":volume/*")), False),
        (Unknown("an ARN"), True),
    ],
)
def test_a_resource_may_include_a_type_if_each_part_of_the_arn_overlaps(resource: str, *, expected: bool) -> None:
    assert may_name(resource, INSTANCE) is expected


VARIABLE, BUCKET = Unknown("x", ("var.x",)), Unknown("x", ("aws_s3_bucket.b.arn",))


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ("arn:aws:s3:::reports/*", True),
        ("arn:aws:s3:::reports", False),
        (PartialString("x", ("var.x",), parts=("arn:aws:s3:::", VARIABLE, "/*")), True),
        (PartialString("x", ("aws_s3_bucket.b.arn",), parts=(BUCKET, "/*")), True),
        (BUCKET, True),
    ],
)
def test_a_resource_names_a_type_by_its_known_parts_or_as_an_attribute(resource: str, *, expected: bool) -> None:
    assert names_type(resource, "arn:${Partition}:s3:::${BucketName}/${ObjectName}") is expected


@pytest.mark.parametrize("resource", [VARIABLE, PartialString("x", ("var.x",), parts=(VARIABLE, "/*"))])
def test_an_unknown_resource_may_name_a_type(resource: Unknown) -> None:
    assert names_type(resource, "arn:${Partition}:s3:::${BucketName}/${ObjectName}") is resource
