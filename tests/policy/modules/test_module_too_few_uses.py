import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.modules.module_too_few_uses import module_too_few_uses
from plainwork_policies.modules.settings import ModuleSettings

PROVIDER = 'provider "aws" {}\n'


def call(name, source, more=""):
    return f'module "{name}" {{\n  source = "{source}"\n  {more}\n}}\n'


QUEUE = {"queue": PROVIDER}
ONE = call("orders", "../queue")


def test_a_module_that_is_called_once_is_none(findings_of_run):
    assert findings_of_run(module_too_few_uses, QUEUE | {"web": ONE}) == [
        ("web", "calls `../queue`, which is called once in all")
    ]


@pytest.mark.parametrize(("count", "failing"), [(2, 2), (3, 0), (4, 0)])
def test_the_third_use_makes_it_one(count, failing, findings_of_run):
    stacks = QUEUE | {f"stack_{number}": ONE for number in range(count)}
    assert len(findings_of_run(module_too_few_uses, stacks)) == failing


def test_three_calls_of_one_stack_are_three_uses(findings_of_run):
    stacks = QUEUE | {"web": ONE + call("returns", "../queue") + call("mail", "../queue/")}
    assert findings_of_run(module_too_few_uses, stacks) == []


@pytest.mark.parametrize("more", ["count = 2", "for_each = var.queues"])
def test_a_call_with_instances_is_as_many_as_it_takes(more, findings_of_run):
    assert findings_of_run(module_too_few_uses, QUEUE | {"web": call("orders", "../queue", more)}) == []


def test_without_the_module_in_the_run_nobody_can_tell(findings_of_run):
    assert findings_of_run(module_too_few_uses, {"web": ONE}) == [
        ("web", "`../queue` is not in this run, so who else calls it is unknown")
    ]


@pytest.mark.parametrize(
    "stacks",
    [
        {"module": PROVIDER, "module/examples/full": call("m", "../..")},
        {"queue": PROVIDER, "tests/queue": call("m", "../../queue")},
        {"queue": PROVIDER, "queue/wrapper": call("m", "../")},
        {"web": call("vpc", "terraform-aws-modules/vpc/aws", 'version = "5.21.0"')},
    ],
    ids=["example", "test", "above", "registry"],
)
def test_examples_tests_wrappers_and_modules_of_others_are_no_subjects(stacks, findings_of_run):
    assert findings_of_run(module_too_few_uses, stacks) == []


@pytest.mark.parametrize(("fewest", "failing"), [(1, 0), (2, 1), (3, 1)])
def test_the_settings_say_how_few(fewest, failing, findings_of_run):
    settings = Settings(tables=(ModuleSettings(min_uses=fewest),))
    assert len(findings_of_run(module_too_few_uses, QUEUE | {"web": ONE}, settings)) == failing
