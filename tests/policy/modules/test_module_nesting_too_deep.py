from pathlib import Path

import pytest

from plainwork_core.model.stack import Location, ModuleCall, Stack
from plainwork_core.read import read
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.modules.module_nesting_too_deep import module_nesting_too_deep
from plainwork_policies.modules.settings import ModuleSettings

PROVIDER = 'provider "aws" {}\n'


def call(name, source):
    return f'module "{name}" {{\n  source = "{source}"\n}}\n'


DEEP = {"root": call("a", "../a"), "a": call("b", "../b"), "b": call("c", "../c"), "c": PROVIDER}


def test_three_levels_are_too_many(findings_of_run):
    assert findings_of_run(module_nesting_too_deep, DEEP) == [
        ("root", "nests modules 3 deep (a > b > c), and 2 is the most")
    ]


def test_two_levels_are_not(findings_of_run):
    assert findings_of_run(module_nesting_too_deep, DEEP | {"b": PROVIDER}) == []


@pytest.mark.parametrize(("deepest", "count"), [(1, 1), (2, 1), (3, 0)])
def test_the_settings_say_how_many(deepest, count, findings_of_run):
    settings = Settings(tables=(ModuleSettings(max_depth=deepest),))
    assert len(findings_of_run(module_nesting_too_deep, DEEP, settings)) == count


def test_what_a_module_from_elsewhere_calls_does_not_count(findings_of_run):
    stacks = DEEP | {"b": call("c", "terraform-aws-modules/vpc/aws")}
    assert findings_of_run(module_nesting_too_deep, stacks) == []


def test_a_level_that_the_run_does_not_read_is_not_evaluated(findings_of_run):
    stacks = {"root": call("a", "../a"), "a": call("b", "../elsewhere")}
    assert findings_of_run(module_nesting_too_deep, stacks) == [
        ("root", "what `../a` calls is not read in this run; name its folder too, or a plan")
    ]


def test_modules_that_call_each_other_in_a_circle_end(findings_of_run):
    stacks = {"root": call("a", "../a"), "a": call("b", "../b"), "b": call("a", "../a")}
    assert [where for where, _ in findings_of_run(module_nesting_too_deep, stacks)] == ["root"]


def plan(*levels):
    calls, module = [], ""
    for name, source in levels:
        calls.append(ModuleCall(name, {"source": source}, Location("plan.json"), module=module))
        module = calls[-1].address
    return Stack("plan.json", "plan", module_calls=tuple(calls))


@pytest.mark.parametrize(
    ("levels", "failing"),
    [
        ([("a", "./a"), ("b", "./b")], []),
        ([("a", "./a"), ("b", "./b"), ("c", "./c")], ["module.a.module.b.module.c"]),
        ([("a", "./a"), ("b", "./b"), ("c", "./c"), ("d", "./d")], ["module.a.module.b.module.c"]),
        ([("a", "acme/a/aws"), ("b", "./b"), ("c", "./c")], []),
        ([("a", "./a"), ("b", "acme/b/aws"), ("c", "./c")], []),
    ],
)
def test_a_plan_shows_every_level(levels, failing):
    results = evaluate(plan(*levels), [module_nesting_too_deep], Settings())
    assert [each.address for each in results if each.status == "failed"] == failing


def test_the_calls_of_a_real_plan_are_read():
    (stack,) = read(Path(__file__).parents[2] / "generated" / "plans" / "modules" / "plan.json")
    found = {each.address: (each.get("source"), each.is_repeated) for each in stack.module_calls}
    assert found["module.outer"] == ("./outer", True)
    assert found["module.outer.module.inner"] == ("../queue", False)
