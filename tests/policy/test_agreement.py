"""On HCL a policy has the result that it has on the plan of that HCL, or it is not evaluated on one of them."""

from __future__ import annotations

import pytest

from plainwork_core.read import read
from plainwork_core.read.detection import find
from plainwork_core.read.options import Reading, ReadOptions
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from tests.support.settings import TEAM
from tools.example_cases import cases

WORST = ("passed", "not_evaluated", "failed", "error")
CASES = cases([])


def results(stacks):
    """The worst status of each policy on each address of the first stack."""
    stack, *_ = together(stacks)
    found = sorted(evaluate(stack, policies(), TEAM), key=lambda result: WORST.index(result.status))
    return {(result.policy.slug, result.address): result.status for result in found}


def hcl(case):
    values = case.files.get("plan.tfvars")
    reading = Reading(ReadOptions(variable_files=(values,) if values else ()))
    paths = [case.main if case.main.parent == case.folder else case.main.parent, *case.neighbors]
    return [found.read() for path in paths for found in find(path, reading=reading)]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_no_policy_passes_on_hcl_and_fails_on_its_plan_or_the_reverse(case):
    of_hcl, of_plan = (
        results(hcl(case)),
        results([stack for path in (case.plan, *case.neighbors) for stack in read(path)]),
    )
    both = of_hcl.keys() & of_plan.keys()
    differ = {
        name: (of_hcl[name], of_plan[name]) for name in both if {of_hcl[name], of_plan[name]} == {"passed", "failed"}
    }
    assert differ == {}
