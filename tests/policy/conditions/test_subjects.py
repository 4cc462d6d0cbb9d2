"""The statements with a condition on tags, and those that may have one."""

from __future__ import annotations

import pytest

from plainwork_policies.engine.registry import by_name, loaded

READ_ALL = [
    "PLW_COND_001",
    "PLW_COND_002",
    "PLW_COND_003",
    "PLW_COND_004",
    "PLW_COND_005",
    "PLW_COND_006",
    "PLW_COND_007",
    "PLW_COND_008",
]
HIDDEN = 'variable "x" {}\nresource "aws_iam_policy" "p" {\n  policy = %s\n}\n'


@pytest.mark.parametrize("policy", READ_ALL)
@pytest.mark.parametrize("document", ["var.x", "jsonencode({ Statement = var.x })"])
def test_a_document_that_cannot_be_read_is_not_evaluated(policy, document, messages):
    assert messages(loaded(by_name(policy)), HIDDEN % document) == ["`var.x` has no default; check a plan"]


@pytest.mark.parametrize("policy", READ_ALL)
def test_a_statement_without_conditions_is_not_a_subject(policy, statuses):
    document = 'jsonencode({ Statement = [{ Effect = "Allow", Action = var.x, Resource = "*" }] })'
    assert statuses(loaded(by_name(policy)), HIDDEN % document) == {}
