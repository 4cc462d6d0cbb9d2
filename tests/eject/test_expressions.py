"""The arguments that an ejection writes: what is known is resolved, what refers to something stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.eject.conftest import PROVIDER, Root

Resources = Callable[..., str]
TOPIC = 'resource "aws_sns_topic" "this" {{\n  name = {}\n}}\n'
NAME = 'variable "name" {}\n'


def named(value: str) -> str:
    return TOPIC.format(value).replace('"this"', '"net"')


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("var.name", '"orders"'),
        ('"${var.name}-topic"', '"orders-topic"'),
        ('format("%s-%s", var.name, "x")', '"orders-x"'),
        ('var.name == "orders" ? "yes" : "no"', '"yes"'),
        ('try(var.name.part, "fallback")', '"fallback"'),
        ('coalesce(null, "", var.name)', '"orders"'),
        ('lookup({ a = "b" }, "c", var.name)', '"orders"'),
        ('join("-", [var.name, "x"])', '"orders-x"'),
        ('try(null ? "yes" : upper(null), var.name)', '"orders"'),
        ("one([var.name])", '"orders"'),
        ('element(["a", var.name], 3)', '"orders"'),
        ('{ for key in ["a", "b"] : key => upper(key) }["b"]', '"B"'),
        ("terraform.workspace", "terraform.workspace"),
        ('"${terraform.workspace}-${var.name}"', '"${terraform.workspace}-orders"'),
    ],
)
def test_a_known_expression_is_its_value(resources: Resources, expression: str, written: str) -> None:
    assert resources(NAME + TOPIC.format(expression), '  name = "orders"\n') == named(written)


def test_an_argument_of_the_caller_stays_an_expression(resources: Resources) -> None:
    module = NAME + TOPIC.format('"${var.name}-topic"')
    text = resources(module, '  name = "${var.team}-a"\n', 'variable "team" {}\n\n')
    assert text == named('"${var.team}-a-topic"')


@pytest.mark.parametrize(
    ("module", "written"),
    [
        ('merge(merge(var.tags, { a = "1" }), { b = "2" })', 'merge(local.tags, { a = "1" }, { b = "2" })'),
        ('merge({ b = "2" }, merge(var.tags, { a = "1" }))', 'merge({ b = "2" }, local.tags, { a = "1" })'),
        ('merge(tomap(var.tags), { b = "2" })', 'merge(tomap(local.tags), { b = "2" })'),
    ],
)
def test_a_nested_merge_is_one_merge(resources: Resources, module: str, written: str) -> None:
    text = resources(
        f'variable "tags" {{}}\nresource "aws_sns_topic" "this" {{\n  tags = {module}\n}}\n',
        "  tags = local.tags\n",
        'locals {\n  tags = var.tags\n}\n\nvariable "tags" {}\n\n',
    )
    assert text == f'resource "aws_sns_topic" "net" {{\n  tags = {written}\n}}\n'


def test_a_condition_on_a_root_variable_stays(resources: Resources) -> None:
    """Another value of the variable makes another plan, with the module and without."""
    module = 'variable "create" {}\nresource "aws_sns_topic" "this" {\n  count = var.create ? 1 : 0\n  name  = "a"\n}\n'
    text = resources(module, "  create = var.create\n", 'variable "create" {}\n\n')
    assert text == 'resource "aws_sns_topic" "net" {\n  count = var.create ? 1 : 0\n\n  name = "a"\n}\n'


def test_a_root_local_is_written_as_it_is_and_decides_conditions(resources: Resources) -> None:
    module = (
        'variable "zones" {}\nresource "aws_sns_topic" "this" {\n'
        '  name = length(var.zones) > 1 ? "many-${var.zones[0]}" : "one"\n}\n'
    )
    text = resources(module, "  zones = local.zones\n", 'locals {\n  zones = ["a", "b"]\n}\n\n')
    assert text == named('"many-${local.zones[0]}"')


ZONES = """
data "aws_availability_zones" "here" {}

locals {
  zones   = slice(data.aws_availability_zones.here.names, 0, 2)
  subnets = [for place, zone in local.zones : cidrsubnet("10.0.0.0/16", 8, place)]
}

"""
SUBNETS = (
    'variable "zones" {}\nvariable "subnets" {}\nresource "aws_subnet" "a" {\n  count = max(length(var.subnets), 1)\n'
    '  cidr_block = element(concat(var.subnets, [""]), count.index)\n'
    '  availability_zone = length(regexall("^eu-", var.zones[count.index])) > 0 ? var.zones[count.index] : null\n'
    '  availability_zone_id = length(regexall("^eu-", var.zones[count.index])) > 0 ? null : var.zones[count.index]\n}\n'
)
ARGUMENTS = "  zones = local.zones\n  subnets = local.subnets\n"


def test_a_slice_has_its_length_and_members_of_a_data_source(resources: Resources) -> None:
    text = resources(SUBNETS, ARGUMENTS, ZONES)
    assert "  count = 2\n" in text
    assert "  cidr_block = local.subnets[count.index]\n" in text
    assert "data." not in text


def test_a_plan_has_the_values_of_data_sources_that_decide(root: Root) -> None:
    """The values themselves are not written: another Region has others."""
    root.write(main=f'{PROVIDER}{ZONES}module "net" {{\n  source = "./net"\n{ARGUMENTS}}}\n', net__main=SUBNETS)
    address = "data.aws_availability_zones.here"
    values = {"names": ["eu-west-1a", "eu-west-1b", "eu-west-1c"]}
    read = {"address": address, "mode": "data", "type": "aws_availability_zones", "name": "here", "values": values}
    made = [f"module.net.aws_subnet.a[{place}]" for place in range(2)]
    plan = root.plan(*made, prior_state={"values": {"root_module": {"resources": [read]}}})
    done = root.eject("--all", "--plan", plan)
    assert done.exit_code == 0, done.output
    text = root.text("net.tf")
    assert "  availability_zone = local.zones[count.index]\n" in text
    assert "availability_zone_id" not in text
    assert "eu-" not in text


def test_a_null_argument_is_omitted(resources: Resources) -> None:
    module = (
        'variable "key" {\n  default = null\n}\n'
        'resource "aws_sns_topic" "this" {\n  name = "a"\n  kms_master_key_id = var.key\n}\n'
    )
    assert resources(module) == named('"a"')


def test_an_argument_has_the_type_of_the_provider(resources: Resources) -> None:
    module = (
        'variable "days" {\n  type = string\n}\n'
        'resource "aws_cloudwatch_log_group" "a" {\n  name = "a"\n  retention_in_days = var.days\n}\n'
    )
    assert "retention_in_days = 7\n" in resources(module, "  days = 7\n")


def test_optional_attributes_have_their_defaults(resources: Resources) -> None:
    module = (
        'variable "it" {\n  type = object({ name = optional(string, "b"), other = optional(string) })\n}\n'
        'resource "aws_sns_topic" "this" {\n  name = var.it.other == null ? var.it.name : "c"\n}\n'
    )
    assert resources(module, "  it = {}\n") == named('"b"')


def test_a_sensitive_variable_stays_sensitive(resources: Resources) -> None:
    """Otherwise the plan would have a change of the sensitivity."""
    module = 'variable "name" {\n  sensitive = true\n}\n' + TOPIC.format("var.name")
    assert resources(module, '  name = "a"\n') == named('sensitive("a")')


def test_a_long_value_that_is_used_twice_is_a_local_value(resources: Resources) -> None:
    module = (
        'variable "tags" {}\nresource "aws_sns_topic" "a" {\n  tags = var.tags\n}\n'
        'resource "aws_sns_topic" "b" {\n  tags = merge(var.tags, { Name = "b" })\n}\n'
    )
    text = resources(module, '  tags = { A = "1", B = "2", C = "3", D = "4" }\n')
    assert text.startswith('locals {\n  tags = {\n    A = "1"\n')
    assert "  tags = local.tags\n" in text
    assert '  tags = merge(local.tags, { Name = "b" })\n' in text


def test_a_long_value_that_is_used_once_is_written_where_it_is_used(resources: Resources) -> None:
    module = 'variable "tags" {}\nresource "aws_sns_topic" "a" {\n  tags = merge(var.tags, { E = "5" })\n}\n'
    text = resources(module, '  tags = { A = "1", B = "2", C = "3", D = "4" }\n')
    assert "local" not in text
    assert '    D = "4"\n    E = "5"\n' in text


def test_a_file_of_a_local_module_has_its_path_from_the_root_module(resources: Resources) -> None:
    module = TOPIC.format('file("${path.module}/name.txt")')
    assert resources(module) == named('file("${path.module}/net/name.txt")')


def test_a_path_that_is_a_value_stays_the_same_value(resources: Resources) -> None:
    """`path.module` of the module is `net`, not `./net`."""
    assert resources(TOPIC.format('"${path.module}/x"')) == named('"net/x"')


def test_a_name_of_a_for_is_not_captured(resources: Resources) -> None:
    module = (
        'variable "all" {}\nlocals {\n  x = { for k, v in var.all : k => [for k in v : "${k}!"] }\n}\n'
        'resource "aws_sns_topic" "this" {\n  name = jsonencode(local.x)\n}\n'
    )
    text = resources(module, "  all = var.all\n", 'variable "all" {}\n\n')
    assert 'for k, v in var.all : k => [for k in v : "${k}!"]' in " ".join(text.split())


def test_comments_above_a_block_are_kept(resources: Resources) -> None:
    assert resources("# The topic.\n# It is one.\n" + TOPIC.format('"a"')).startswith("# The topic.\n# It is one.\n")


TYPED = """\
variable "names" {
  type = list(string)
}
variable "tags" {
  type = map(string)
}
variable "hosts" {
  type = list(object({ name = string, ports = optional(set(number), [443]) }))
  default = [{ name = "a" }]
}
variable "any" {}
locals {
  both = { names = var.names, tags = var.tags }
}
"""
ANY_LISTS = '  names = ["a", "b"]\n  tags = { x = 1 }\n  any = ["a"]\n'


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("var.names", 'tolist(["a", "b"])'),
        ("var.tags", 'tomap({ x = "1" })'),
        ("var.hosts", 'tolist([{ name = "a", ports = toset([443]) }])'),
        ("var.hosts[0].ports", "toset([443])"),
        ("var.any", '["a"]'),
        ("[var.names, var.any]", '[tolist(["a", "b"]), ["a"]]'),
        ("local.both.names", 'tolist(["a", "b"])'),
        ("tolist([for name in var.any : upper(name)])", 'tolist(["A"])'),
        ("[for name in var.any : upper(name)]", '["A"]'),
        ('concat(var.names, tolist(["c"]))', 'tolist(["a", "b", "c"])'),
        ('concat(var.names, ["c"])', '["a", "b", "c"]'),
        ('split(",", "a,b")', 'tolist(["a", "b"])'),
        ("length(var.names) > 1 ? var.names : []", 'tolist(["a", "b"])'),
        ("var.names[0]", '"a"'),
    ],
)
def test_an_argument_of_any_type_keeps_its_type(resources: Resources, expression: str, written: str) -> None:
    """Terraform updates `terraform_data`, or replaces it, for a tuple in place of a list."""
    text = resources(f'{TYPED}resource "terraform_data" "this" {{\n  input = {expression}\n}}\n', ANY_LISTS)
    assert text == f'resource "terraform_data" "net" {{\n  input = {written}\n}}\n'


def test_a_value_of_any_type_of_an_instance_keeps_its_type(resources: Resources) -> None:
    module = (
        'variable "lists" {\n  type = map(list(string))\n}\n'
        'resource "terraform_data" "this" {\n  for_each = var.lists\n  input    = each.value\n}\n'
    )
    text = resources(module, '  lists = { a = ["1"], b = ["2", "3"] }\n')
    assert "  input = tolist(each.value)\n" in text


def test_a_reference_of_any_type_stays_a_reference(resources: Resources) -> None:
    root = 'locals {\n  names = ["a", "b"]\n}\n\n'
    text = resources(
        f'{TYPED}resource "terraform_data" "this" {{\n  input = var.names\n}}\n',
        ANY_LISTS.replace('["a", "b"]', "local.names"),
        root,
    )
    assert "  input = tolist(local.names)\n" in text
