"""mypy and pyright on the stacks of a user (basedpyright: pyright in a wheel, without a download at run time)."""

from __future__ import annotations

import pytest

from tests.typed.conftest import IMPORTS, Project

VALID = """
name = Variable(stack, "name", type="string")
bucket = aws_s3_bucket.Resource(stack, "files", bucket=f"files-{name.reference}", tags={"Owner": "web", "Cost": None})
rule: aws_security_group.Ingress = {"from_port": 80, "to_port": 80, "protocol": "tcp"}
aws_security_group.Resource(stack, "web", ingress=[rule], depends_on=[bucket, "aws_vpc.main"])
aws_security_group.Resource(stack, "d", dynamic={"ingress": {"for_each": [1], "content": {"from_port": 1}}})
subnets = [aws_lb.Resource(stack, f"lb-{zone}")["id"] for zone in "ab"]
aws_lb.Resource(stack, "web", subnets=subnets, security_groups=("sg-1",), idle_timeout=bucket["id"], internal=True)
aws_lb.Resource(stack, "mixed", subnets=["subnet-1", bucket["id"]], access_logs={"bucket": bucket["id"]})
aws_lb.Resource(stack, "expression", idle_timeout=Reference("${var.timeout}"), provider="aws.replica")
aws_lb.Resource(stack, "number-as-text", name=1, tags={"Port": 80})
tag = aws_autoscaling_group.Tag(key="a", value="b", propagate_at_launch=False)
aws_autoscaling_group.Resource(stack, "a", min_size=1, max_size=2, tag=tag, lifecycle={"ignore_changes": ["tag"]})
aws_autoscaling_group.Resource(stack, "b", min_size=1, max_size=2, tag=[tag], count="${length(var.names)}")
image = aws_ami.DataSource(stack, "image", owners=["amazon"], filter={"name": "name", "values": ["al2023-*"]})
image["block_device_mappings[*].ebs"]
many = aws_s3_bucket.Resource(stack, "many", for_each="${toset(var.names)}", bucket="${each.key}")
many.instance("a")["arn"]
many.every("arn")
bucket.attribute('tags["Name"]')
general: Resource = bucket
typed: aws_s3_bucket.Resource = bucket
terraform_data.Resource(stack, "x", input={"a": [1]})
"""
NO_ASSIGNMENT = 'cannot be assigned to parameter "{}" of type "{}"'
INVALID = {
    'aws_s3_bucket.Resource(stack, "a", buckett="x")': (
        'Unexpected keyword argument "buckett" for "Resource"; did you mean "bucket"?',
        'No parameter named "buckett"',
    ),
    'aws_autoscaling_group.Resource(stack, "a", min_size=1)': (
        'Missing named argument "max_size" for "Resource"',
        'Argument missing for parameter "max_size"',
    ),
    'aws_lb.Resource(stack, "a", idle_timeout="three")': (
        'Argument "idle_timeout" to "Resource" has incompatible type "str"; expected "float | Reference | None"',
        NO_ASSIGNMENT.format("idle_timeout", "Number | None"),
    ),
    'aws_lb.Resource(stack, "a", internal="yes")': (
        'Argument "internal" to "Resource" has incompatible type "str"; expected "bool | Reference | None"',
        NO_ASSIGNMENT.format("internal", "Bool | None"),
    ),
    'aws_lb.Resource(stack, "a", subnets="subnet-1")': (
        'Argument "subnets" to "Resource" has incompatible type "str"; expected "ListOrTuple[str | float] | ',
        NO_ASSIGNMENT.format("subnets", "ListOf[String] | None"),
    ),
    'aws_lb.Resource(stack, "a", access_logs={"bucket": "x", "prefixx": "y"})': (
        'Argument "access_logs" to "Resource" has incompatible type "dict[str, str]"; expected "AccessLogs | None"',
        NO_ASSIGNMENT.format("access_logs", "AccessLogs | None"),
    ),
    'aws_lb.AccessLogs(bucket="x", prefixx="y")': (
        'Extra key "prefixx" for TypedDict "AccessLogs"',
        'No overloads for "__init__" match the provided arguments',
    ),
    'aws_autoscaling_group.Resource(stack, "a", min_size=1, max_size=2, tag=[{"key": "a", "valu": "b"}])': (
        'Extra key "valu" for TypedDict "Tag"',
        '"valu" is an undefined item in type "Tag"',
    ),
    'aws_s3_bucket.Resource(stack, "a", lifecycle={"prevent_destroi": True})': (
        'Argument "lifecycle" to "Resource" has incompatible type "dict[str, bool]"; expected "ResourceLifecycle | ',
        NO_ASSIGNMENT.format("lifecycle", "ResourceLifecycle | None"),
    ),
    'aws_s3_bucket.Resource(stack, "a")["arnn"]': (
        'Invalid index type "Literal[\'arnn\']" for "Resource"; expected type "Literal[\'acceleration_status\', ',
        NO_ASSIGNMENT.format("path", "ResourcePath"),
    ),
    'aws_s3_bucket.Resource(stack, "a").instance(0)["arnn"]': (
        "Invalid index type \"Literal['arnn']\" for \"InstanceOf[Literal['acceleration_status', ",
        """Argument of type "Literal['arnn']" cannot be assigned to parameter "path\"""",
    ),
    'aws_s3_bucket.Resource(stack, "a").arn': (
        '"Resource" has no attribute "arn"',
        'Cannot access attribute "arn" for class "Resource"',
    ),
    "aws_s3_bucket.Ephemeral": (
        'Module has no attribute "Ephemeral"',
        '"Ephemeral" is not a known attribute of module "plainwork.types.aws_s3_bucket"',
    ),
    "from plainwork.types import aws_s3_buckt": (
        'Module "plainwork.types" has no attribute "aws_s3_buckt"',
        '"aws_s3_buckt" is unknown import symbol',
    ),
}
OLDER = """
from plainwork import App, Stack
from plainwork.types import aws_opsworks_stack, aws_s3_bucket, aws_s3_bucket_abac

stack = Stack(App(), "one")
aws_s3_bucket.Resource(stack, "a", bucket="files")
aws_s3_bucket.Resource(stack, "a", bucket="files", region="eu-west-1")
aws_opsworks_stack.Resource
aws_s3_bucket_abac.Resource
"""
LINES = range(IMPORTS.count("\n") + 1, IMPORTS.count("\n") + 1 + len(INVALID))


@pytest.fixture(scope="module", params=["mypy", "pyright"])
def checker(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(scope="module")
def errors(project: Project, checker: str) -> dict[int, str]:
    """The errors of a module with one mistake a line."""
    project.write("wrong.py", IMPORTS + "\n".join(INVALID) + "\n")
    found: dict[int, str] = getattr(project, checker)("wrong.py")
    return found


@pytest.mark.parametrize(("line", "code"), [*zip(LINES, INVALID, strict=True)], ids=[*INVALID])
def test_a_mistake_is_an_error_that_names_it(errors: dict[int, str], checker: str, line: int, code: str) -> None:
    assert INVALID[code][checker == "pyright"] in errors.get(line, "")


def test_what_the_constructs_accept_has_no_error(project: Project, checker: str) -> None:
    project.write("right.py", IMPORTS + VALID)
    assert getattr(project, checker)("right.py") == {}


def test_the_stubs_are_those_of_the_version_that_the_project_requires(older_project: Project, checker: str) -> None:
    older_project.write("main.py", OLDER)
    found = getattr(older_project, checker)("main.py")
    assert [*found] == [7, 9]
    assert 'named "region"' in found[7] or 'argument "region"' in found[7]
    assert '"Resource"' in found[9]
