"""A folder of HCL becomes the model: what its text tells is known, the rest is unknown by name."""

import pytest

from plainwork_core.model.stack import Location
from plainwork_core.model.values import JsonText, PartialString, Unknown, is_known, unknowns
from plainwork_core.read import hcl


@pytest.fixture
def read(tmp_path):
    """`read(text, **files)`: the stack of `main.tf` and of further files, whose names have `_` for a dot."""

    def read(text, **files):
        for name, content in {"main_tf": text, **files}.items():
            (tmp_path / name.replace("_", ".")).write_text(content, encoding="utf-8")
        return hcl.read(tmp_path)

    return read


@pytest.fixture
def value(read):
    """`value(expression, more)`: what an argument is that is set to it, beside *more* blocks."""
    return lambda text, more="": (
        read(f'resource "aws_x" "here" {{\n  it = {text}\n}}\n{more}').resource("aws_x.here").get("it")
    )


BUCKET = """
resource "aws_s3_bucket" "logs" {
  bucket = "logs-${local.stage}"
  tags   = { Owner = local.owner }
  versioning {
    enabled = true
  }
}
locals {
  stage = upper("prod")
  owner = null
}
"""


def test_a_stack_has_its_providers_backend_resources_and_module_calls(read):
    stack = read("""
terraform {
  backend "s3" {
    bucket = "state"
  }
}
provider "aws" {
  default_tags {
    tags = { Owner = "me" }
  }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
data "aws_region" "here" {}
resource "aws_sqs_queue" "q" {
  provider = aws.west
}
module "m" {
  source = "./m"
}
""")
    assert (stack.format, stack.backend.type, stack.backend.get("bucket")) == ("hcl", "s3", "state")
    assert [(provider.key, provider.get("default_tags.0.tags.Owner")) for provider in stack.providers] == [
        ("aws", "me"),
        ("aws.west", None),
    ]
    assert [(resource.address, resource.provider_key) for resource in stack.resources] == [
        ("data.aws_region.here", "aws"),
        ("aws_sqs_queue.q", "aws.west"),
    ]
    assert [(call.name, call.get("source")) for call in stack.module_calls] == [("m", "./m")]


def test_all_files_of_the_directory_are_one_root_module(read):
    stack = read('locals {\n  a = "x"\n}\n', more_tf=BUCKET.replace('upper("prod")', "local.a"))
    assert stack.resource("aws_s3_bucket.logs").get("bucket") == "logs-x"


def test_json_beside_hcl_belongs_to_the_root_module(read):
    stack = read(BUCKET, more_tf_json='{"resource": {"aws_x": {"y": {"a": "${aws_s3_bucket.logs.bucket}"}}}}')
    assert stack.resource("aws_x.y").get("a") == "logs-PROD"


def test_a_single_file_is_read_alone(tmp_path):
    (tmp_path / "main.tf").write_text(BUCKET)
    (tmp_path / "broken.tf").write_text("{")
    assert hcl.read(tmp_path / "main.tf").resource("aws_s3_bucket.logs")


def test_lines_are_those_of_the_file(read, tmp_path):
    bucket = read(BUCKET).resource("aws_s3_bucket.logs")
    file = str(tmp_path / "main.tf")
    assert bucket.location == Location(file, 2)
    assert [bucket.at(path).line for path in ("bucket", "tags.Owner", "versioning.0.enabled", "acl")] == [3, 4, 6, 2]


def test_the_location_has_the_path_that_the_user_passed(tmp_path, monkeypatch):
    (tmp_path / "main.tf").write_text(BUCKET)
    monkeypatch.chdir(tmp_path.parent)
    folder = tmp_path.relative_to(tmp_path.parent)
    assert hcl.read(folder).resources[0].location.file == f"{folder.name}/main.tf"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("aws_s3_bucket.logs.bucket", "logs-PROD"),
        ("resource.aws_s3_bucket.logs.bucket", "logs-PROD"),
        ("aws_s3_bucket.logs.versioning[0].enabled", True),
        ("local.stage", "PROD"),
        ('merge({ a = 1 }, { b = local.stage })["b"]', "PROD"),
    ],
)
def test_a_configured_value_is_known(value, text, expected):
    assert value(text, BUCKET) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("var.region", "`var.region` can have another value than its default; check a plan"),
        ("var.zone", "`var.zone` is not declared"),
        ("local.zone", "`local.zone` is not declared"),
        ("aws_s3_bucket.logs.arn", "`aws_s3_bucket.logs.arn` is known only after apply"),
        ("aws_s3_bucket.logs.tags.Owner", "`aws_s3_bucket.logs.tags.Owner` is known only after apply"),
        ("aws_s3_bucket.logs.versioning[0].mfa", "`aws_s3_bucket.logs.versioning[0].mfa` is known only after apply"),
        ("aws_s3_bucket.other.arn", "`aws_s3_bucket.other.arn` is not declared"),
        ("data.aws_region.here.name", "`data.aws_region.here.name` is read when Terraform runs; check a plan"),
        ("data.aws_region.there.name", "`data.aws_region.there.name` is not declared"),
        ("module.m.id", "`module.m.id` is not declared"),
        ("each.key", "`each.key` differs between instances; check a plan"),
        ("count.index", "`count.index` differs between instances; check a plan"),
        ("path.cwd", "`path.cwd` depends on where Terraform runs; check a plan"),
        ("terraform.workspace", "`terraform.workspace` depends on where Terraform runs; check a plan"),
    ],
)
def test_a_value_without_a_configuration_is_unknown_by_name(value, text, reason):
    more = BUCKET + 'variable "region" {\n  default = "eu-west-1"\n}\ndata "aws_region" "here" {}\n'
    assert value(text, more) == Unknown(reason, (text,))


REPOSITORIES = '{ app = { name = "acme/app", team = "a" }, all = { name = "acme/*", team = "a", only = 1 } }'


@pytest.fixture
def repeated(read):
    """`repeated(line, expression)`: what an argument is that is set to it in a block with *line*."""
    return lambda line, text: (
        read(f'resource "aws_x" "here" {{\n  {line}\n  it = {text}\n}}\n').resource("aws_x.here").get("it")
    )


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ('for_each = toset(["b", "a"])', '"${each.key}-${each.value}"', {'["a"]': "a-a", '["b"]': "b-b"}),
        ("count = 2", "count.index", {"[0]": 0, "[1]": 1}),
        (f"for_each = {REPOSITORIES}", 'try(each.value.only, "b")', {'["all"]': 1, '["app"]': "b"}),
        ('for_each = { "a \\"${1}\\"" = 1 }', "each.value", {'["a \\"1\\""]': 1}),
        ("for_each = var.n", "1", {"": 1}),
        ("count = var.n", "1", {"": 1}),
    ],
)
def test_a_block_is_one_resource_for_each_instance_as_far_as_they_are_known(read, line, text, expected):
    stack = read(f'resource "aws_x" "y" {{\n  {line}\n  z = {text}\n}}\nvariable "n" {{}}\n')
    found = {resource.address.removeprefix("aws_x.y"): resource.get("z") for resource in stack.resources}
    assert found == expected


@pytest.mark.parametrize(
    ("line", "text"),
    [("for_each = var.n", "each.value.name"), ("count = var.n", "count.index"), ("count = 1001", "count.index")],
)
def test_what_differs_between_unknown_instances_is_unknown(repeated, line, text):
    assert "differs between instances; check a plan" in repeated(line, text).reason


@pytest.mark.parametrize("line", ["count = -1", 'count = "x"', 'for_each = ["a"]', "for_each = null"])
def test_instances_that_terraform_rejects_are_unknown(read, line):
    [resource] = read(f'resource "aws_x" "y" {{\n  {line}\n}}\n').resources
    assert (resource.address, resource.may_be_absent) == ("aws_x.y", True)


def test_a_string_to_which_the_default_of_a_variable_adds_a_wildcard_is_unknown(value):
    found = value('"arn:aws:s3:::${var.name}/*"', 'variable "name" {\n  default = "*"\n}\n')
    assert (isinstance(found, PartialString), found.reason) == (
        False,
        "`var.name` can have another value than its default; check a plan",
    )


def test_values_that_refer_to_themselves_are_unknown(value):
    found = value("local.a", 'locals {\n  a = "x${local.b}"\n  b = local.a\n}\n')
    assert found.reason == "`local.a` refers to itself"


def test_a_document_around_an_unknown_arn_is_known(value):
    found = value('jsonencode({ Resource = "${aws_s3_bucket.logs.arn}/*" })', BUCKET)
    arn = Unknown("`aws_s3_bucket.logs.arn` is known only after apply", ("aws_s3_bucket.logs.arn",))
    assert isinstance(found, JsonText)
    assert found.document == {"Resource": PartialString(arn.reason, arn.references, (arn, "/*"))}


@pytest.mark.parametrize("absent", ["count = 0", "for_each = {}", "for_each = toset([])", "count = local.none"])
def test_a_resource_known_to_have_no_instance_is_absent(read, absent):
    assert read(f'resource "aws_x" "y" {{\n  {absent}\n}}\nlocals {{\n  none = 0\n}}\n').resources == ()


@pytest.mark.parametrize(("text", "index"), [("count.index", "count.index"), ("length(module.m.ids)", "module.m.ids")])
def test_an_index_that_is_unknown_is_named_by_what_it_is_made_of(value, text, index):
    found = value(f"var.list[{text}]", 'variable "list" {}\n')
    assert found == Unknown(f"`var.list[{index}]` has no default; check a plan", (f"var.list[{index}]",))


@pytest.mark.parametrize(("text", "known"), [('aws_y.many["a"].b', True), ("aws_y.many[each.key].b", True)])
def test_an_argument_of_any_instance_is_that_of_the_block(value, text, known):
    found = value(text, 'resource "aws_y" "many" {\n  for_each = var.x\n  b = 1\n}\n')
    assert is_known(found) is known


@pytest.mark.parametrize(
    ("repeated", "text", "expected"),
    [
        ("count = 2", "aws_y.many[*].b", [1, 1]),
        ("for_each = { a = 2 }", "{ for key, one in aws_y.many : key => one.b }", {"a": 1}),
        ("for_each = { a = 2 }", "values(aws_y.many)[*].b", [1]),
        ("for_each = { a = 2 }", 'aws_y.many["a"].b', 1),
        ("count = 2", "length(aws_y.many)", 2),
        ("count = 0", 'try(aws_y.many[0].b, "none")', "none"),
    ],
)
def test_the_instances_of_a_block_are_a_list_or_a_map(value, repeated, text, expected):
    assert value(text, f'resource "aws_y" "many" {{\n  {repeated}\n  b = 1\n}}\n') == expected


@pytest.mark.parametrize("text", ["aws_y.many[*].b", "aws_y.many"])
def test_unknown_instances_together_are_unknown(value, text):
    found = value(text, 'resource "aws_y" "many" {\n  count = var.n\n  b = 1\n}\n')
    assert found.references == ("aws_y.many",)


def test_an_attribute_of_an_instance_is_named_with_its_key(value):
    many = 'resource "aws_y" "many" {\n  for_each = { a = 1 }\n}\n'
    assert value("[for one in aws_y.many : one.arn]", many)[0].references == ('aws_y.many["a"].arn',)


DYNAMIC = """
resource "aws_security_group" "g" {
  ingress {
    from_port = 1
  }
  dynamic "ingress" {
    for_each = PORTS
    iterator = port
    content {
      from_port = port.value
      note      = "${port.key}"
    }
  }
}
"""


def test_a_dynamic_block_is_expanded_where_its_values_are_known(read):
    group = read(DYNAMIC.replace("PORTS", "[80, 443]")).resources[0]
    assert [rule["from_port"] for rule in group.blocks("ingress")] == [1, 80, 443]
    assert [group.at(f"ingress.{index}.from_port").line for index in range(3)] == [4, 10, 10]


def test_a_dynamic_block_over_an_unknown_is_an_unknown_block(read):
    _, second = read(DYNAMIC.replace("PORTS", "var.ports")).resources[0].blocks("ingress")
    assert second.references == ("var.ports",)


def test_an_unknown_provider_is_unknown_and_no_default(read):
    resource = read('resource "aws_x" "y" {\n  provider = local.p\n}\nresource "aws_x" "z" {\n  provider = a[0]\n}\n')
    assert [is_known(block.provider_key) for block in resource.resources] == [True, False]


def test_values_nested_too_deeply_are_unknown(value):
    chain = "".join(f'  a{index} = "x${{local.a{index + 1}}}"\n' for index in range(1000))
    assert "nested too deeply" in value("local.a0", f'locals {{\n{chain}  a1000 = ""\n}}\n').reason


def test_other_blocks_are_ignored(read):
    stack = read("""
variable "a" {}
output "b" { value = var.a }
moved {
  from = a.b
  to   = a.c
}
import {
  to = a.d
  id = "x"
}
removed {
  from = a.e
}
check "f" {
  assert {
    condition     = true
    error_message = "no"
  }
}
""")
    assert not any((stack.resources, stack.providers, stack.module_calls, list(unknowns(stack.backend))))


@pytest.mark.parametrize(
    ("ignored", "names"),
    [
        ('[policy, tags["Owner"], user[0].password]', {"policy", "tags", "user"}),
        ('["policy"]', {"policy"}),
        ("all", {"all"}),
    ],
)
def test_a_resource_has_the_arguments_in_ignore_changes(ignored, names, read):
    text = f'resource "aws_x" "here" {{\n  lifecycle {{\n    ignore_changes = {ignored}\n  }}\n}}'
    resource = read(text).resource("aws_x.here")
    assert resource.ignored == names
    assert resource.ignores("policy")
    assert resource.ignores("other") == ("all" in names)
