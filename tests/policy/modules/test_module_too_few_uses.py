import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.modules.module_too_few_uses import module_too_few_uses
from plainwork_policies.modules.settings import ModuleSettings

PROVIDER = 'provider "aws" {}\n'


def call(name, source, more=""):
    return f'module "{name}" {{\n  source = "{source}"\n  {more}\n}}\n'


QUEUE = {"queue": ""}
ONE = PROVIDER + call("orders", "../queue")


def test_a_module_with_one_call_fails(findings_of_run):
    ((directory, message),) = findings_of_run(module_too_few_uses, QUEUE | {"web": ONE})
    assert directory == "web"
    assert "`source` is `../queue`, which has 1 call; `[modules] min_uses` is 3" in message


@pytest.mark.parametrize(("count", "failing"), [(2, 2), (3, 0), (4, 0)])
def test_three_calls_are_enough(count, failing, findings_of_run):
    stacks = QUEUE | {f"stack_{number}": ONE for number in range(count)}
    assert len(findings_of_run(module_too_few_uses, stacks)) == failing


def test_calls_in_one_stack_count_each(findings_of_run):
    stacks = QUEUE | {"web": ONE + call("returns", "../queue") + call("mail", "../queue/")}
    assert findings_of_run(module_too_few_uses, stacks) == []


@pytest.mark.parametrize("more", ["count = 2", "for_each = var.queues"])
def test_a_call_with_count_or_for_each_passes(more, findings_of_run):
    assert findings_of_run(module_too_few_uses, QUEUE | {"web": PROVIDER + call("orders", "../queue", more)}) == []


def test_a_module_whose_directory_is_not_in_the_run_is_not_evaluated(findings_of_run):
    ((directory, message),) = findings_of_run(module_too_few_uses, {"web": ONE})
    assert directory == "web"
    assert "`../queue` is not in this run" in message


def test_an_unknown_source_is_not_evaluated(statuses):
    hcl = PROVIDER + 'variable "source" {}\nmodule "orders" {\n  source = var.source\n}\n'
    assert statuses(module_too_few_uses, hcl) == {"module.orders": "not_evaluated"}


@pytest.mark.parametrize(
    "stacks",
    [
        {"module": "", "module/examples/full": PROVIDER + call("m", "../..")},
        {"module": "", "module/examples/full": PROVIDER + call("m", "./network"), "module/examples/full/network": ""},
        {"queue": "", "tests/queue": PROVIDER + call("m", "../../queue")},
        {"queue": "", "queue/wrapper": PROVIDER + call("m", "../")},
        {"web": PROVIDER + call("vpc", "terraform-aws-modules/vpc/aws", 'version = "5.21.0"')},
    ],
    ids=["example", "part of an example", "test", "above", "registry"],
)
def test_calls_of_examples_tests_wrappers_and_remote_modules_are_not_subjects(stacks, findings_of_run):
    assert findings_of_run(module_too_few_uses, stacks) == []


def test_a_module_library_is_not_a_root(findings_of_run):
    library = {"vpc": call("flow_log", "./modules/flow-log"), "vpc/modules/flow-log": ""}
    assert findings_of_run(module_too_few_uses, library) == []


def test_a_backend_makes_a_root(findings_of_run):
    web = 'terraform {\n  backend "s3" {}\n}\n' + call("orders", "../queue")
    assert len(findings_of_run(module_too_few_uses, QUEUE | {"web": web})) == 1


@pytest.mark.parametrize(("min_uses", "failing"), [(1, 0), (2, 1), (3, 1)])
def test_the_setting_min_uses_is_the_minimum(min_uses, failing, findings_of_run):
    settings = Settings(tables=(ModuleSettings(min_uses=min_uses),))
    assert len(findings_of_run(module_too_few_uses, QUEUE | {"web": ONE}, settings)) == failing
