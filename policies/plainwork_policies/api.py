"""The API of policies."""

from __future__ import annotations

from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Stack, cached_per_run, cached_per_stack
from plainwork_policies.engine.finding import Finding, fail
from plainwork_policies.engine.fixes import AddDefaultTags, RenameTag, SetArgument
from plainwork_policies.engine.policy import Findings, policy, resources
from plainwork_policies.engine.settings import setting
from plainwork_policies.engine.subjects import Subjects
from plainwork_policies.reading.argument import Argument
from plainwork_policies.reading.block import Block, Resource
from plainwork_policies.reading.identity import is_named_same, is_same, is_same_id, target_of
from plainwork_policies.reading.logic import (
    all_conditions,
    any_condition,
    check_each,
    every,
    find,
    flattened,
    is_certain,
    is_possible,
    some,
)
from plainwork_policies.reading.members import Entries, Members

__all__ = [
    "AddDefaultTags",
    "Argument",
    "Block",
    "Entries",
    "Finding",
    "Findings",
    "Members",
    "NotEvaluated",
    "RenameTag",
    "Resource",
    "SetArgument",
    "Stack",
    "Subjects",
    "all_conditions",
    "any_condition",
    "cached_per_run",
    "cached_per_stack",
    "check_each",
    "every",
    "fail",
    "find",
    "flattened",
    "is_certain",
    "is_named_same",
    "is_possible",
    "is_same",
    "is_same_id",
    "policy",
    "resources",
    "setting",
    "some",
    "target_of",
]
