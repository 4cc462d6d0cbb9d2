from pathlib import Path

import pytest

from plainwork_core.model.identity import are_same, identity
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
        ("data.aws_vpc.c.id", "data.aws_vpc.c.id", True),
        ("data.aws_vpc.c.id", "aws_vpc.a.id", None),
        ("var.vpc", "var.vpc", True),
        ("var.vpc", "var.other", None),
        ("var.vpc", '"vpc-1"', None),
        ("module.network.vpc_id", "module.network.vpc_id", True),
        ("var.ids[0]", "var.ids[0]", True),
        ("element(var.ids, 0)", "element(var.ids, 1)", None),
        ("element(aws_vpc.b[*].id, 0)", "element(aws_vpc.b[*].id, 1)", None),
        ("each.value", "each.value", None),
        ("aws_vpc.b[count.index].id", "aws_vpc.b[count.index].id", None),
    ],
)
def test_two_arguments_name_one_thing_or_two_or_nobody_can_tell(one, other, same, tmp_path):
    Path(tmp_path / "main.tf").write_text(STACK.format(one, other), encoding="utf-8")
    (stack,) = read(tmp_path)
    named = [identity(each.get("vpc_id"), each, stack) for each in stack.managed("aws_subnet")]
    answer = are_same(*named)
    assert (None if isinstance(answer, Unknown) else answer) is same
