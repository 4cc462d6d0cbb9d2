"""Overlap of two IAM patterns: whether some text matches both. Property tests show that it is exact.

A statement's `Resource` and the ARN format of a resource type are both patterns.
"""

from __future__ import annotations

import re
from dataclasses import fields
from functools import lru_cache

from plainwork_core.aws.arn import Arn, parse_arn
from plainwork_core.iam.statement import Text
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary
from plainwork_core.model.values import PartialString, Unknown

_NO_PATTERN = "\0"  # matched only by a wildcard
_VARIABLE = re.compile(r"\$\{[^}]*\}")


def may_name(resource: Text, arn_format: str) -> bool:
    """Return whether *resource* may include a resource whose ARN has *arn_format* (`arn:${Partition}:s3:::${Bucket}`).

    An unknown part of *resource*, or a policy variable, may be any text. A wildcard does not cross parts of the ARN.
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
    """
    text = render(resource)
    if text is None:
        return True
    mine, theirs = parse_arn(_VARIABLE.sub("*", text)), parse_arn(_VARIABLE.sub("*", arn_format))
    if mine is None or theirs is None:
        return overlap(_VARIABLE.sub("*", text), _VARIABLE.sub("*", arn_format))
    return all(overlap(getattr(mine, part.name), getattr(theirs, part.name)) for part in fields(Arn))


def names_type(resource: Text, arn_format: str) -> Ternary:
    """Return whether *resource* names a resource whose ARNs have *arn_format*; unknown if only its unknown part may.

    An attribute of a resource, such as its ARN, counts as every type that it may be.
    """
    if not may_name(resource, arn_format):
        return False
    if not isinstance(resource, Unknown) or names_attribute(resource):
        return True
    parts = resource.parts if isinstance(resource, PartialString) else (resource,)
    return may_name("".join(part if isinstance(part, str) else _NO_PATTERN for part in parts), arn_format) or resource


@lru_cache(maxsize=4096)
def overlap(one: str, other: str) -> bool:
    """Return whether some text matches both patterns: `a*` and `*b` overlap, `a*` and `b*` do not."""
    row = [all(letter == "*" for letter in other[:length]) for length in range(len(other) + 1)]
    for letter in one:
        row = _next_row(row, letter, other)
    return row[-1]


def _next_row(row: list[bool], letter: str, other: str) -> list[bool]:
    """Return which beginnings of the *other* pattern overlap with one pattern up to *letter*, from those without it."""
    after = [row[0] and letter == "*"]
    for index, wanted in enumerate(other):
        if letter == "*":
            after.append(row[index + 1] or after[index])
        elif wanted == "*":
            after.append(after[index] or row[index + 1])
        else:
            after.append(row[index] and (letter == wanted or "?" in (letter, wanted)))
    return after
