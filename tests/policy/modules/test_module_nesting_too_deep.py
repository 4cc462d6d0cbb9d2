from pathlib import Path

import pytest

from plainwork_core.model.stack import Location, ModuleCall, Stack
from plainwork_core.read import read
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.modules.module_nesting_too_deep import module_nesting_too_deep
from plainwork_policies.modules.settings import ModuleSettings
from tests.support.settings import TEAM

PROVIDER = 'provider "aws" {}\n'


def call(name, source):
    return f'module "{name}" {{\n  source = "{source}"\n}}\n'


DEEP = {"root": PROVIDER + call("a", "../a"), "a": call("b", "../b"), "b": call("c", "../c"), "c": ""}


def test_three_nested_modules_fail(findings_of_run):
    ((directory, message),) = findings_of_run(module_nesting_too_deep, DEEP)
    assert directory == "root"
    assert "3 modules are nested (a > b > c)" in message
    assert "`[modules] max_depth` is 2" in message


def test_two_nested_modules_pass(findings_of_run):
    assert findings_of_run(module_nesting_too_deep, DEEP | {"b": ""}) == []


@pytest.mark.parametrize(("max_depth", "count"), [(1, 1), (2, 1), (3, 0)])
def test_the_setting_max_depth_is_the_maximum(max_depth, count, findings_of_run):
    settings = Settings(tables=(ModuleSettings(max_depth=max_depth),))
    assert len(findings_of_run(module_nesting_too_deep, DEEP, settings)) == count


def test_calls_in_a_remote_module_do_not_count(findings_of_run):
    stacks = DEEP | {"b": call("c", "terraform-aws-modules/vpc/aws")}
    assert findings_of_run(module_nesting_too_deep, stacks) == []


def test_a_module_that_cannot_be_read_is_not_evaluated(findings_of_run):
    stacks = {"root": PROVIDER + call("a", "../a"), "a": call("b", "../elsewhere")}
    ((directory, message),) = findings_of_run(module_nesting_too_deep, stacks)
    assert directory == "root"
    assert "the module in `../elsewhere` cannot be read" in message


def test_an_unknown_source_is_not_evaluated(statuses):
    hcl = PROVIDER + 'variable "source" {}\nmodule "a" {\n  source = var.source\n}\n'
    assert statuses(module_nesting_too_deep, hcl) == {"module.a": "not_evaluated"}


def test_modules_that_call_each_other_in_a_cycle_are_counted_once(findings_of_run):
    stacks = {"root": PROVIDER + call("a", "../a"), "a": call("b", "../b"), "b": call("a", "../a")}
    assert [directory for directory, _ in findings_of_run(module_nesting_too_deep, stacks)] == ["root"]


@pytest.mark.parametrize("root", ["library", "library/examples/full"])
def test_the_modules_of_a_library_and_of_its_examples_are_not_counted(root, findings_of_run):
    a = "./modules/a" if root == "library" else "../../modules/a"
    modules = {"library/modules/a": call("b", "../b"), "library/modules/b": call("c", "../c")}
    caller = call("a", a) if root == "library" else PROVIDER + call("a", a)
    assert findings_of_run(module_nesting_too_deep, {"library": "", **modules, root: caller}) == []


def plan(*levels):
    calls, module = [], ""
    for name, source in levels:
        calls.append(ModuleCall(name, {"source": source}, Location("plan.json"), module=module, is_evaluated=True))
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
def test_a_plan_has_one_finding_for_a_chain_of_local_modules(levels, failing):
    results = evaluate(plan(*levels), [module_nesting_too_deep], TEAM)
    assert [result.address for result in results if result.status == "failed"] == failing


def test_the_calls_of_a_real_plan_are_read():
    (stack,) = read(Path(__file__).parents[2] / "generated" / "plans" / "modules" / "plan.json")
    found = {call.address: (call.get("source"), call.is_repeated) for call in stack.module_calls}
    assert found["module.outer"] == ("./outer", True)
    assert found["module.outer.module.inner"] == ("../queue", False)
