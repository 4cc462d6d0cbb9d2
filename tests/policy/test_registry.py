"""The index tells about each policy, so that a run imports only what it needs."""

import pytest

from plainwork_core.read import read
from plainwork_policies.engine.registry import INDEX, entries, needed, policies
from plainwork_policies.engine.retired import RETIRED
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from tools.example_cases import cases
from tools.policy_index import text


def test_the_index_is_up_to_date():
    assert INDEX.read_text(encoding="utf-8") == text(), "run python -m tools.policy_index"


def test_ids_and_names_are_unique_also_with_retired_policies():
    names = [name for policy in (*entries(), *RETIRED) for name in policy.names]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("case", cases([]), ids=lambda case: case.name)
def test_the_policies_that_a_stack_needs_give_all_results(case):
    (stack,) = read(case.main)
    assert evaluate(stack, needed(entries(), stack), Settings()) == evaluate(stack, policies(), Settings())
