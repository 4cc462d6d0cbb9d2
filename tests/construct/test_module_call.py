from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import ModuleCall, Output, Provider, Resource, render, synthesize
from plainwork.errors import AddressError, ArgumentsError, UndefinedReferenceError

if TYPE_CHECKING:
    from plainwork import Stack

SOURCE = "terraform-aws-modules/vpc/aws"


def test_a_module_call_has_inputs_providers_and_outputs(stack: Stack) -> None:
    replica = Provider(stack, "aws", alias="replica", region="eu-central-1")
    network = ModuleCall(
        stack, "network", source=SOURCE, version="5.21.0", cidr="10.0.0.0/16", providers={"aws": replica}
    )
    Output(stack, "first", value=network["private_subnets[0]"], depends_on=[network])
    text = render(synthesize(stack))
    assert (
        'module "network" {\n'
        '  source  = "terraform-aws-modules/vpc/aws"\n'
        '  version = "5.21.0"\n\n'
        "  providers = {\n    aws = aws.replica\n  }\n\n"
        '  cidr = "10.0.0.0/16"\n}\n'
    ) in text
    assert "value = module.network.private_subnets[0]" in text
    assert "depends_on = [module.network]" in text


def test_an_instance_of_a_module_call_has_a_key(stack: Stack) -> None:
    networks = ModuleCall(stack, "network", source=SOURCE, for_each=["blue", "green"], cidr="10.0.0.0/16")
    assert networks.instance("blue")["vpc_id"] == '${module.network["blue"].vpc_id}'


def test_blocks_are_written_in_the_order_of_creation(stack: Stack) -> None:
    ModuleCall(stack, "first", source="./first")
    Resource(stack, "aws_sns_topic", "second", name="second")
    ModuleCall(stack, "third", source="./third")
    text = render(synthesize(stack))
    assert text.index('"first"') < text.index('"second"') < text.index('"third"')


def test_an_undefined_module_is_an_error(stack: Stack) -> None:
    ModuleCall(stack, "network", source=SOURCE)
    Output(stack, "id", value="${module.netwrok.vpc_id}")
    with pytest.raises(UndefinedReferenceError, match=r"module\.netwrok, which the stack does not declare; did"):
        synthesize(stack)


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"source": SOURCE, "count": 1, "for_each": ["a"]}, "`count` and `for_each` are mutually exclusive"),
        ({"source": SOURCE, "depends_on": ["a b"]}, r"`depends_on\[0\]` must be a resource or its address"),
        ({"source": SOURCE, "providers": {"aws": 1}}, "`providers.aws` must be a Provider"),
    ],
)
def test_what_terraform_would_reject_is_an_error(stack: Stack, arguments: dict[str, object], problem: str) -> None:
    with pytest.raises(ArgumentsError, match=f"(?s)module.network: .*{problem}"):
        ModuleCall(stack, "network", **arguments)  # type: ignore[arg-type]


def test_a_name_is_used_once(stack: Stack) -> None:
    ModuleCall(stack, "network", source=SOURCE)
    with pytest.raises(AddressError, match=r"duplicate module\.network"):
        ModuleCall(stack, "network", source=SOURCE)


def test_a_reference_says_how_to_select_an_instance(stack: Stack) -> None:
    repeated = ModuleCall(stack, "network", source=SOURCE, count=2)
    single = ModuleCall(stack, "other", source=SOURCE)
    with pytest.raises(UndefinedReferenceError, match=r"has `count`; use module.instance\(\.\.\.\)\['vpc_id'\]"):
        repeated["vpc_id"]
    with pytest.raises(UndefinedReferenceError, match="neither `count` nor `for_each`"):
        single.instance(0)
