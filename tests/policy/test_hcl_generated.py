"""Random expressions over all operators and functions: Terraform's values, or unknown.

`make proof` compares more of them; `PLAINWORK_EXPRESSIONS` is their number, and `PLAINWORK_SEED` makes others.
"""

import json
import os
import random
import sys
from collections import Counter

import pytest

from plainwork_core.hcl.function_names import FUNCTIONS
from plainwork_core.hcl.read import functions
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import parse_value
from plainwork_core.model.values import unknowns
from tests.policy.hcl_generator import SIGNATURES, Generator
from tests.policy.hcl_oracle import named, outputs

REJECTED = "Terraform rejects it"
UNTYPED = "a value of collections that have no type in common in Terraform, one of them empty"
LONGEST = 1500
EACH = 1500
"""Expressions of one plan."""
OTHERS = {
    *("base64gunzip", "cidrcontains", "urldecode"),  # of OpenTofu
    *("log", "pow"),  # Terraform cannot write an infinite number
    "sensitive",  # is in an argument of `nonsensitive`
    *("file", "filebase64", "filebase64sha256", "filebase64sha512", "fileexists", "filemd5", "fileset"),
    *("filesha1", "filesha256", "filesha512", "templatefile", "templatestring"),  # have files of their own in a test
}


def generated(count, seed):
    make = Generator(random.Random(seed)).expression
    found = (make() for _ in iter(int, 1))
    return [text for _, text in zip(range(count), (text for text in found if len(text) < LONGEST), strict=False)]


def outcome(ours, theirs):
    """How our value compares with Terraform's; empty where it differs."""
    hidden = [part.reason for part in unknowns(ours)]
    has_value = not any("has no value" in reason for reason in hidden)
    if theirs is None:
        return "unknown to Terraform" if hidden else ""
    if theirs == REJECTED:
        return "rejected" if hidden else UNTYPED
    if hidden:
        return "unknown" if has_value else ""
    return "equal" if json.dumps(ours, sort_keys=True) == json.dumps(theirs[0], sort_keys=True) else ""


@pytest.mark.terraform
def test_a_generated_expression_has_terraforms_value(tmp_path):
    count, seed = int(os.environ.get("PLAINWORK_EXPRESSIONS", "400")), int(os.environ.get("PLAINWORK_SEED", "1"))
    counts, wrong = Counter(), []
    for start in range(0, count, EACH):
        texts = generated(min(EACH, count - start), seed + start)
        theirs = outputs(tmp_path, named([f'try([{text}], "{REJECTED}")' for text in texts]))
        for index, text in enumerate(texts):
            ours = evaluate(parse_value(text), Nowhere())
            found = outcome(ours, theirs[f"o{index}"])
            counts[found] += 1
            if not found:
                wrong.append((text, ours, theirs[f"o{index}"]))
    sys.stdout.write(f"of {count} expressions: {dict(counts)}\n")
    assert wrong == []
    assert counts["unknown"] < counts["equal"] / 50
    assert counts[UNTYPED] <= 1 + count / 500


def _generated():
    return {name for signatures in SIGNATURES.values() for name, _ in signatures}


def test_each_function_that_is_evaluated_is_generated():
    evaluated = {*functions.OFTEN, *(name for names in functions.SELDOM.values() for name in names), "can", "try"}
    assert evaluated == _generated() | OTHERS


def test_each_function_of_terraform_is_evaluated_or_has_a_reason():
    assert {*functions.OFTEN, *functions.NOT_EVALUATED, *OTHERS, *_generated()} >= FUNCTIONS
