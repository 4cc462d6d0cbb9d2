"""Guardrails deny what the settings do not allow, and nothing else, for any settings that wildcards can express."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from plainwork_core.guardrails.documents import policy_documents
from plainwork_core.guardrails.tag_statements import Scope, tag_statements
from plainwork_core.iam.evaluation import Policies, Request, RequestResource, decide, policy_statements
from plainwork_policies.tags.settings import TagSettings
from tests.guardrails.calls import ACCOUNT, EVERYTHING, ROLE, Tags

KEYS, VALUES, PATTERNS = ("Owner", "Env", "Cost"), ("a", "b", "ab", "-"), ("a.*", ".", "a|b", ".+", "(a|b).?")
rules = st.builds(
    TagSettings,
    required=st.lists(st.sampled_from(KEYS), unique=True, max_size=3).map(tuple),
    allowed_values=st.dictionaries(
        st.sampled_from(KEYS), st.lists(st.sampled_from(VALUES), min_size=1, max_size=2).map(tuple), max_size=2
    ),
    value_patterns=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(PATTERNS), max_size=2),
).filter(lambda one: any((one.required, one.allowed_values, one.value_patterns)) and _is_satisfiable(one))
tags = st.dictionaries(st.sampled_from((*KEYS, "Name")), st.sampled_from((*VALUES, "")), max_size=4)


@given(rules, tags)
@settings(deadline=None)
def test_a_queue_is_created_exactly_with_the_tags_that_the_settings_allow(rule: TagSettings, sent: Tags) -> None:
    documents = policy_documents(tag_statements(rule, Scope(("sqs",))), organizations=True)
    guardrail = tuple(statement for document in documents for statement in policy_statements(document))
    keys = {f"aws:RequestTag/{key}": (value,) for key, value in sent.items()}
    request = Request(ROLE, "sqs:CreateQueue", RequestResource("*", ACCOUNT), keys)
    decision = decide(request, Policies(EVERYTHING, scp=(EVERYTHING + guardrail,)))
    assert decision.is_allowed is _follows(rule, sent)


def _follows(rule: TagSettings, sent: Tags) -> bool:
    return all(key in sent for key in rule.required) and all(_is_allowed(rule, *tag) for tag in sent.items())


def _is_allowed(rule: TagSettings, key: str, value: str) -> bool:
    return value in rule.allowed_values.get(key, (value,)) and bool(
        re.fullmatch(rule.value_patterns.get(key, ".*"), value)
    )


def _is_satisfiable(rule: TagSettings) -> bool:
    return all(any(_is_allowed(rule, key, value) for value in values) for key, values in rule.allowed_values.items())
