import pytest

from plainwork_policies.modules.module_not_evaluated import module_not_evaluated


@pytest.mark.parametrize(
    ("source", "named"),
    [('"./network"', "the module `./network`"), ("var.source", "a module")],
)
def test_a_module_call_is_not_evaluated_and_named(source, named, judged):
    (result,) = judged(module_not_evaluated, f'module "network" {{\n  source = {source}\n}}\n')
    assert (result.address, result.status) == ("module.network", "not_evaluated")
    assert result.findings[0].message == (f"the resources of {named} are not read here; a plan has them")


def test_a_stack_without_modules_has_nothing_to_say(verdicts):
    assert verdicts(module_not_evaluated, 'resource "aws_sqs_queue" "orders" {}\n') == {}
