from __future__ import annotations

from typing import Any

import pytest
from constructs import Construct

from plainwork import Import, Locals, Moved, Output, Removed, Resource, Stack, Variable, render, synthesize
from plainwork.errors import AddressError, ArgumentsError, UndefinedReferenceError


def test_an_output_has_its_name_as_given(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    output = Output(stack, "bucket", value=bucket["id"], description="its name", sensitive=False, depends_on=[bucket])
    expected = {
        "value": "${aws_s3_bucket.b.id}",
        "description": "its name",
        "sensitive": False,
        "depends_on": ["aws_s3_bucket.b"],
    }
    assert output.address == "output.bucket"
    assert synthesize(stack)["output"] == {"bucket": expected}


def test_an_output_inside_a_construct_is_named_after_it(stack: Stack) -> None:
    Output(Construct(stack, "state"), "bucket", value={"names": ["a", 1, True]})
    config = synthesize(stack)
    assert config["output"] == {"state_bucket": {"value": {"names": ["a", 1, True]}}}
    assert config["//"]["outputs"] == {"demo": {"state": {"output.bucket": "state_bucket"}}}


def test_an_output_can_share_its_id_with_a_construct(stack: Stack) -> None:
    Resource(Construct(stack, "state"), "aws_s3_bucket")
    assert Output(stack, "state", value=1).address == "output.state"


def test_a_variable_is_referred_to(stack: Stack) -> None:
    conditions = [{"condition": '${var.environment != ""}', "error_message": "must not be empty"}]
    variable = Variable(stack, "environment", type="string", default="dev", validation=conditions)
    assert variable.reference == "${var.environment}"
    expected = {"type": "string", "default": "dev", "validation": conditions}
    assert synthesize(stack)["variable"] == {"environment": expected}


@pytest.mark.parametrize(
    ("type_", "problem"),
    [
        ("strin", "`type` has `strin`, which is not a type; did you mean `string`?"),
        ("list(strin)", "`type` has `strin`, which is not a type"),
        ("object({ port = optional(nubmer, 1) })", "`type` has `nubmer`, which is not a type; did you mean `number`?"),
        ("tuple([string, booll])", "`type` has `booll`"),
        ("set", "`type` has `set` without the types in it: `set(string)`"),
        ("list(", "`type` is `list(`, which is not a type"),
        ("7", "`type` has an expression that is not a type"),
    ],
)
def test_a_type_that_terraform_does_not_have_is_rejected(type_: str, problem: str, stack: Stack) -> None:
    with pytest.raises(ArgumentsError) as error:
        Variable(stack, "environment", type=type_)
    assert problem in str(error.value)


@pytest.mark.parametrize(
    "type_",
    [
        "any",
        "list",
        "map(list(set(bool)))",
        "tuple([string, number])",
        "object({ name = string, port = optional(number, 80), rules = list(object({})) })",
        "object({\n  name = string\n  port = number\n})",
    ],
)
def test_each_type_of_terraform_is_accepted(type_: str, stack: Stack) -> None:
    Variable(stack, "environment", type=type_)
    assert synthesize(stack)["variable"]["environment"] == {"type": type_}


def test_locals_are_referred_to_by_name(stack: Stack) -> None:
    values = Locals(Construct(stack, "web"), port=443, names=["a"])
    Locals(stack, port=80)
    assert values["port"] == "${local.web_port}"
    assert synthesize(stack)["locals"] == {"web_port": 443, "web_names": ["a"], "port": 80}


def test_a_local_value_that_does_not_exist_is_rejected_with_the_nearest_name(stack: Stack) -> None:
    with pytest.raises(UndefinedReferenceError, match=r"no local value `prefx`; did you mean `prefix`\?"):
        Locals(stack, prefix="shop")["prefx"]


def test_moved_import_and_removed_take_resources_and_addresses(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "b")
    topics = Resource(stack, "aws_sns_topic", "t", for_each=["a"])
    Moved(stack, from_="aws_s3_bucket.old", to=bucket)
    Import(stack, to=topics.instance("a"), id="arn:aws:sns:eu-west-1:123456789012:a")
    Removed(stack, from_="aws_sqs_queue.gone", destroy=False)
    config = synthesize(stack)
    assert config["moved"] == [{"from": "aws_s3_bucket.old", "to": "aws_s3_bucket.b"}]
    assert config["import"] == [{"to": 'aws_sns_topic.t["a"]', "id": "arn:aws:sns:eu-west-1:123456789012:a"}]
    assert config["removed"] == [{"from": "aws_sqs_queue.gone", "lifecycle": {"destroy": False}}]


def test_a_resource_is_imported_by_its_identity(stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b", for_each=["a"])
    Import(stack, to="aws_s3_bucket.b[each.key]", for_each=["a"], identity={"bucket": "${each.key}", "region": None})
    config = synthesize(stack)
    assert config["terraform"]["required_version"] == ">= 1.12"
    assert render(config).endswith(
        'import {\n  for_each = toset(["a"])\n  to       = aws_s3_bucket.b[each.key]\n\n'
        "  identity = {\n    bucket = each.key\n  }\n}\n"
    )


@pytest.mark.parametrize(("arguments", "given"), [({}, "neither"), ({"id": "a", "identity": {"bucket": "a"}}, "both")])
def test_an_import_has_either_an_id_or_an_identity(stack: Stack, arguments: Any, given: str) -> None:
    with pytest.raises(ArgumentsError, match=rf"set either `id` or `identity` \(found {given}\)"):
        Import(stack, to="aws_s3_bucket.b", **arguments)


def test_a_variable_and_an_output_can_be_deprecated(stack: Stack) -> None:
    Variable(stack, "source", type="string", default="a", const=True, deprecated="Use ${other}.")
    Output(stack, "name", value="a", type="string", deprecated="Use arn.")
    config = synthesize(stack)
    assert config["terraform"]["required_version"] == ">= 1.15"
    assert render(config).partition("\n\n")[2] == (
        'variable "source" {\n'
        "  type       = string\n"
        '  default    = "a"\n'
        "  const      = true\n"
        '  deprecated = "Use $${other}."\n'
        "}\n"
        "\n"
        'output "name" {\n'
        "  type       = string\n"
        '  value      = "a"\n'
        '  deprecated = "Use arn."\n'
        "}\n"
    )


@pytest.mark.parametrize(
    ("kind", "arguments", "problem"),
    [
        (Output, {}, "output.it: invalid arguments:\n  `value` is required"),
        (
            Output,
            {"value": 1, "sensitve": True},
            "output.it: .*unsupported argument .*did you mean `sensitive`",
        ),
        (Output, {"value": object()}, "output.it: .*`value` must be plain data: a string, a number"),
        (Output, {"value": 1, "depends_on": ["a bucket"]}, r"output.it: .*`depends_on\[0\]` must be a resource or its"),
        (Variable, {"type": "string", "default": None}, "var.it: .*`default` contains None"),
        (Variable, {"type": "string", "sensitive": "${var.x}"}, "var.it: .*`sensitive` must be a literal value"),
        (Variable, {"type": "string", "const": True, "ephemeral": True}, "var.it: .*`const` and `ephemeral` are mut"),
        (Variable, {"type": ["string"]}, "var.it: .*`type` must be of type string"),
    ],
)
def test_invalid_arguments_are_rejected(stack: Stack, kind: Any, arguments: Any, problem: str) -> None:
    with pytest.raises(ArgumentsError, match=f"(?s){problem}"):
        kind(stack, "it", **arguments)


def test_an_output_has_its_value(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "it")
    assert Output(stack, "arn", value=bucket["arn"]).value == "${aws_s3_bucket.it.arn}"


@pytest.mark.parametrize(
    ("kind", "arguments", "address"),
    [
        (Output, {"value": 1}, "output.it"),
        (Variable, {"type": "string"}, "var.it"),
    ],
)
def test_a_duplicate_name_is_rejected(stack: Stack, kind: Any, arguments: Any, address: str) -> None:
    kind(stack, "it", **arguments)
    with pytest.raises(AddressError, match=f"duplicate {address} in stack 'demo'"):
        kind(stack, "it", **arguments)


def test_a_duplicate_local_value_is_rejected(stack: Stack) -> None:
    Locals(stack, port=80)
    with pytest.raises(AddressError, match=r"duplicate local.port in stack"):
        Locals(stack, port=443, other=1)


@pytest.mark.parametrize(
    ("kind", "arguments", "path"),
    [
        (Moved, {"from_": "a bucket", "to": "aws_s3_bucket.a"}, "from"),
        (Moved, {"from_": "aws_s3_bucket.a", "to": "${aws_s3_bucket.b.arn}"}, "to"),
        (Import, {"to": 3, "id": "a"}, "to"),
        (Removed, {"from_": "aws_s3_bucket.a[0]", "destroy": True}, "from"),
        (Removed, {"from_": "data.aws_region.a", "destroy": True}, "from"),
    ],
)
def test_invalid_addresses_are_rejected(stack: Stack, kind: Any, arguments: Any, path: str) -> None:
    with pytest.raises(ArgumentsError, match=f"`{path}` must be a resource or its address"):
        kind(stack, **arguments)


@pytest.mark.parametrize("address", ["module.a", 'module.a["x"].aws_s3_bucket.b[0]', "data.aws_region.a"])
def test_an_address_can_lead_into_modules_and_instances(stack: Stack, address: str) -> None:
    Moved(stack, from_=address, to=address)


def test_a_duplicate_moved_block_is_rejected(stack: Stack) -> None:
    Moved(stack, from_="aws_s3_bucket.old", to="aws_s3_bucket.a")
    with pytest.raises(AddressError, match=r"duplicate moved aws_s3_bucket.old in stack"):
        Moved(stack, from_="aws_s3_bucket.old", to="aws_s3_bucket.b")


def test_the_text_of_terraforms_own_arguments_is_literal(stack: Stack) -> None:
    Variable(stack, "pattern", default="${aws:username}", description="such as ${aws:username}")
    text = render(synthesize(stack))
    assert 'default     = "$${aws:username}"' in text
    assert 'description = "such as $${aws:username}"' in text


def test_a_default_can_be_a_list_of_objects(stack: Stack) -> None:
    Variable(stack, "rules", default=[{"port": 443}])
    assert synthesize(stack)["variable"]["rules"]["default"] == [{"port": 443}]
