from pathlib import Path

import pytest

from plainwork_core.model.identity import are_named_same, are_same, are_same_ids, identity
from plainwork_core.model.values import Unknown
from plainwork_core.read import read

STACK = """
resource "aws_vpc" "a" {{
}}
resource "aws_vpc" "b" {{
  count = 2
}}
data "aws_vpc" "c" {{
}}
resource "aws_vpc" "d" {{
  for_each = var.names
}}
resource "aws_subnet" "x" {{
  vpc_id = {}
}}
resource "aws_subnet" "y" {{
  vpc_id = {}
}}
"""


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ('"vpc-1"', '"vpc-1"', True),
        ('"vpc-1"', '"vpc-2"', False),
        ("aws_vpc.a.id", "aws_vpc.a.id", True),
        ("aws_vpc.a.id", "aws_vpc.b[0].id", False),
        ("aws_vpc.b[0].id", "aws_vpc.b[0].id", True),
        ("aws_vpc.b[0].id", "aws_vpc.b[1].id", False),
        ('aws_vpc.d["a]b"].id', 'aws_vpc.d["a]b"].id', True),
        ('aws_vpc.d["a]b"].id', 'aws_vpc.d["a]c"].id', False),
        ("data.aws_vpc.c.id", "data.aws_vpc.c.id", True),
        ("data.aws_vpc.c.id", "aws_vpc.a.id", None),
        ("var.vpc", "var.vpc", True),
        ("var.vpc", "var.other", None),
        ("var.vpc", '"vpc-1"', None),
        ("module.network.vpc_id", "module.network.vpc_id", True),
        ("var.ids[0]", "var.ids[0]", True),
        ("element(var.ids, 0)", "element(var.ids, 1)", None),
        ("element(aws_vpc.b[*].id, 0)", "element(aws_vpc.b[*].id, 1)", False),
        ('"a-${var.e}"', '"a-${var.e}"', True),
        ('"a-${var.e}"', '"b-${var.e}"', False),
        ('"${var.e}-a-${var.f}"', '"${var.e}-b-${var.f}"', False),
        ('"a-${var.e}"', '"b-1"', False),
        ('"${var.e}.x"', '"a.y"', False),
        ('"a-${var.e}"', '"a-1"', None),
        ('"a-${var.e}"', "var.vpc", None),
        ("each.value", "each.value", None),
        ("aws_vpc.b[count.index].id", "aws_vpc.b[count.index].id", None),
    ],
)
def test_two_arguments_refer_to_one_thing_or_to_two_or_it_is_unknown(one, other, same, named):
    answer = are_same(*named(one, other))
    assert (None if isinstance(answer, Unknown) else answer) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("var.vpc", "var.vpc", True),
        ("var.vpc", "var.other", False),
        ("data.aws_vpc.c.id", "module.network.vpc_id", False),
        ("var.vpc", '"vpc-1"', None),
        ("var.vpc", "aws_vpc.a.id", None),
        ("each.value", "var.vpc", None),
    ],
)
def test_two_references_of_different_names_can_count_as_two_things(one, other, same, named):
    answer = are_named_same(*named(one, other))
    assert (None if isinstance(answer, Unknown) else answer) is same


@pytest.fixture
def named(tmp_path):
    def named(one, other):
        Path(tmp_path / "main.tf").write_text(STACK.format(one, other), encoding="utf-8")
        (stack,) = read(tmp_path)
        return [identity(subnet.get("vpc_id"), subnet, stack) for subnet in stack.managed("aws_subnet")]

    return named


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("aws_vpc.a.id", '"vpc-1"', False),
        ('"vpc-1"', "aws_vpc.b[0].id", False),
        ("aws_vpc.a.id", "aws_vpc.a.id", True),
        ("aws_vpc.a.id", "var.vpc", None),
        ('"vpc-1"', "var.vpc", None),
        ("var.vpc", "var.other", False),
        ("aws_vpc.a.id", "each.value", None),
    ],
)
def test_a_resource_of_the_stack_has_another_id_than_a_literal_one(one, other, same, named):
    answer = are_same_ids(*named(one, other))
    assert (None if isinstance(answer, Unknown) else answer) is same


def test_a_resource_of_the_stack_may_have_a_literal_name(named):
    assert isinstance(are_named_same(*named("aws_vpc.a.id", '"vpc-1"')), Unknown)
