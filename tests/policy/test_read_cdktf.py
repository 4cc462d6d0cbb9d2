"""Terraform's JSON syntax, as CDKTF writes it, becomes the same model as HCL."""

import json
import re

import pytest

from plainwork_core.errors import InputError
from plainwork_core.model.values import Unknown
from plainwork_core.read import hcl, terraform_json
from plainwork_core.read.json_lines import load
from tools.example_cases import cases
from tools.hcl_to_json import twin

EXAMPLES = cases([])


@pytest.fixture
def read(tmp_path):
    """`read(document)`: the stack of `cdk.tf.json`, which holds a text or what is made JSON of."""

    def read(document):
        text = document if isinstance(document, str) else json.dumps(document, indent=2)
        (tmp_path / "cdk.tf.json").write_text(text, encoding="utf-8")
        return terraform_json.read(tmp_path / "cdk.tf.json")

    return read


def bucket(**arguments):
    return {"resource": {"aws_s3_bucket": {"b": arguments}}}


def test_a_stack_has_its_providers_backend_resources_and_module_calls(read):
    stack = read(
        {
            "//": {"metadata": {"version": "0.21.0"}},
            "terraform": {
                "required_version": ">= 1.10",
                "backend": {"s3": {"key": "k"}},
                "required_providers": {"aws": {}},
            },
            "provider": {"aws": [{"region": "eu-west-1"}, {"alias": "west", "region": "us-west-2"}]},
            "data": {"aws_region": {"here": {}}},
            "resource": {"aws_sqs_queue": {"q": {"//": {"metadata": {}}, "provider": "aws.west"}}},
            "module": {"m": {"source": "./m"}},
            "moved": [{"from": "a.b", "to": "a.c"}],
            "import": [{"to": "a.d", "id": "x"}],
            "removed": [{"from": "a.e"}],
            "locals": None,
            "output": {"o": {"value": "${nothing}"}},
        }
    )
    assert (stack.format, stack.backend.type, stack.backend.get("key")) == ("cdktf", "s3", "k")
    assert [provider.key for provider in stack.providers] == ["aws", "aws.west"]
    assert [(resource.address, resource.provider_key, resource.values) for resource in stack.resources] == [
        ("data.aws_region.here", "aws", {}),
        ("aws_sqs_queue.q", "aws.west", {}),
    ]
    assert [call.name for call in stack.module_calls] == ["m"]


@pytest.mark.parametrize(
    "resource",
    [
        [{"aws_x": {"y": {"a": 1}}}],
        {"aws_x": [{"y": {"a": 1}}]},
        {"aws_x": {"y": [{"a": 1}]}},
        [{"aws_x": {"y": {"a": 1.0}}}, {}],
    ],
)
def test_lists_of_objects_are_read_where_terraform_reads_them(read, resource):
    assert read({"resource": resource}).resource("aws_x.y").values == {"a": 1}


def test_strings_are_templates(read):
    stack = read(bucket(bucket='x-${lower("A")}$${y}\\n', tags={"A": "${local.o}"}) | {"locals": {"o": "me"}})
    assert stack.resources[0].values == {"bucket": "x-a${y}\\n", "tags": {"A": "me"}}


def test_an_unknown_in_a_template_is_named(read):
    found = read(bucket(bucket="${var.name}")).resources[0].get("bucket")
    assert found == Unknown("`var.name` is not declared", ("var.name",))


def test_lines_are_those_of_the_file(read):
    resource = read(bucket(bucket="a", tags={"Owner": "me"}, rule=[{"id": 1}, {"id": 2}])).resources[0]
    paths = ("acl", "bucket", "tags.Owner", "rule.0.id", "rule.1.id")
    assert [resource.at(path).line for path in paths] == [4, 5, 7, 11, 14]


DYNAMIC = {"for_each": [80, 443], "iterator": "port", "content": {"from_port": "${port.value}"}}


@pytest.mark.parametrize("dynamic", [{"ingress": DYNAMIC}, {"ingress": [DYNAMIC]}, [{"ingress": DYNAMIC}]])
def test_a_dynamic_block_is_expanded(read, dynamic):
    group = read(bucket(dynamic=dynamic, ingress=[{"from_port": 1}])).resources[0]
    assert [rule["from_port"] for rule in group.blocks("ingress")] == [1, 80, 443]


def test_a_dynamic_block_over_an_unknown_is_an_unknown_block(read):
    unknown = DYNAMIC | {"for_each": "${var.ports}"}
    [block] = read(bucket(dynamic={"ingress": unknown})).resources[0].blocks("ingress")
    assert block.references == ("var.ports",)


def test_a_dynamic_block_within_a_block_is_unknown_by_name(read):
    resource = read(bucket(rule=[{"dynamic": {"filter": DYNAMIC}}])).resources[0]
    assert "`dynamic` block `filter`" in resource.get("rule.0.filter").reason


def test_a_tag_named_dynamic_is_a_tag(read):
    assert read(bucket(tags={"dynamic": "yes"})).resources[0].get("tags.dynamic") == "yes"


def test_the_default_of_a_variable_is_literal_text_and_may_be_overridden(read):
    stack = read({
        "variable": {"name": {"default": "${literal}"}},
        "resource": {"aws_sqs_queue": {"orders": {"name": "${var.name}"}}},
    })  # fmt: skip
    assert stack.resources[0].get("name").reason == "`var.name` can have another value than its default; check a plan"


ERRORS = {
    "broken JSON": ('{\n"resource": {', ["cdk.tf.json:2: ", "invalid JSON"]),
    "a key twice": ('{"locals": {"a": 1,\n"a": 2}}', ["cdk.tf.json:2: ", "'a'", "line 1"]),
    "a key twice on one line": ('{"locals": {"a": 1, "a": 1}}', ["cdk.tf.json:1: ", "'a'"]),
    "not a number": ('{"locals": {"a": NaN}}', ["cdk.tf.json: ", "NaN"]),
    "a list": ("[1]", ["expected an object"]),
    "an unknown block": ('{\n"resorce": {}}', ["cdk.tf.json:2: ", "`resorce`", "did you mean `resource`?"]),
    "a resource that is no object": ('{"resource": {"aws_x":\n{"y": 1}}}', ["cdk.tf.json:2: ", "expected an object"]),
    "a type that is no object": ('{"resource": {"aws_x": "y"}}', ["expected an object for `resource.aws_x`"]),
    "a broken template": ('{"locals": {\n"a": "${b"}}', ["cdk.tf.json:2: ", "`${` or `%{` is not closed"]),
    "nested deeply": ('{"locals": {"a": ' + "[" * 5000 + "]" * 5000 + "}}", ["cdk.tf.json: ", "nested too deeply"]),
    "nested too deeply": ('{"locals": {"a": ' + "[" * 100_000, ["nested too deeply"]),
}


@pytest.mark.parametrize(("text", "parts"), ERRORS.values(), ids=ERRORS)
def test_json_that_cannot_be_read_is_an_error(read, text, parts):
    with pytest.raises(InputError) as raised:
        read(text)
    assert [part for part in parts if part not in str(raised.value)] == []


def test_a_byte_order_mark_is_no_part_of_the_text(read):
    assert read("\ufeff" + json.dumps(bucket(bucket="a"))).resources


def test_every_json_value_has_its_line():
    _, lines = load('{"a": [],\n"b": [1, {"c":\n[]},\n"}"], "d\\"": {}}', "f")
    assert lines == {
        (): 1, ("a",): 1, ("b",): 2, ("b", 0): 2, ("b", 1): 2, ("b", 1, "c"): 2, ("b", 2): 4, ('d"',): 4,
    }  # fmt: skip


def test_a_resource_has_the_arguments_in_ignore_changes(read):
    lifecycle = {"lifecycle": {"ignore_changes": ["policy", 'tags["Owner"]']}}
    (resource,) = read(json.dumps(bucket(**lifecycle))).resources
    assert resource.ignored == {"policy", "tags"}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda case: f"{case.folder.name}-{case.kind}")
def test_an_example_and_its_json_are_one_model(example, read):
    assert comparable(read(twin(example.main))) == comparable(hcl.read(example.main))


def comparable(stack):
    """The blocks of the root module: the modules of an example are beside its HCL."""
    blocks = (*stack.providers, *stack.resources, *stack.module_calls, *filter(None, [stack.backend]))
    blocks = [block for block in blocks if not re.match(r"module\.[^.]*\.", block.address)]
    return sorted((block.address, repr(as_lists(dict(block.values)))) for block in blocks)


def as_lists(value):
    """*value* with each list of one as its member, since JSON may spell one block either way; members in order."""
    if isinstance(value, dict):
        return {name: as_lists(member) for name, member in sorted(value.items())}
    if isinstance(value, list):
        return as_lists(value[0]) if len(value) == 1 else [as_lists(member) for member in value]
    return value
