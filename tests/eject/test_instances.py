"""Blocks with `count`, `for_each` and `dynamic`, in a module and of a module."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.eject.conftest import PROVIDER, Root

Resources = Callable[..., str]
ON = 'variable "on" {\n  default = true\n}\n'


def moves(root: Root, name: str = "net.tf") -> list[tuple[str, str]]:
    lines = root.text(name).split("moved {")[1:]
    return [tuple(line.split("=", 1)[1].strip() for line in move.strip(" \n}").splitlines()) for move in lines]  # type: ignore[misc]


def test_one_instance_has_no_count(resources: Resources, root: Root) -> None:
    module = ON + 'resource "aws_sns_topic" "this" {\n  count = var.on ? 1 : 0\n  name  = "a"\n}\n'
    assert resources(module) == 'resource "aws_sns_topic" "net" {\n  name = "a"\n}\n'
    assert moves(root) == [("module.net.aws_sns_topic.this[0]", "aws_sns_topic.net")]


def test_no_instance_is_not_written(resources: Resources) -> None:
    module = ON + (
        'resource "aws_sns_topic" "a" {\n  count = var.on ? 0 : 1\n  name  = "a"\n}\n'
        'resource "aws_sns_topic" "b" {\n  name = try(aws_sns_topic.a[0].name, "b")\n}\n'
    )
    assert resources(module) == 'resource "aws_sns_topic" "b" {\n  name = "b"\n}\n'


def test_references_to_unknown_instances_stay(resources: Resources) -> None:
    module = (
        'variable "on" {}\nresource "aws_sns_topic" "a" {\n  count = var.on ? 1 : 0\n}\n'
        'resource "aws_sns_topic" "b" {\n  name         = try(aws_sns_topic.a[0].name, "b")\n'
        "  display_name = one(aws_sns_topic.a[*].name)\n}\n"
    )
    text = resources(module, "  on = var.on\n", 'variable "on" {}\n\n')
    assert '  name         = try(aws_sns_topic.a[0].name, "b")\n' in text
    assert "  display_name = one(aws_sns_topic.a[*].name)\n" in text


def test_several_instances_keep_their_count(resources: Resources, root: Root) -> None:
    module = (
        'variable "names" {}\nresource "aws_sns_topic" "this" {\n  count = length(var.names)\n'
        "  name  = element(concat(var.names, []), count.index)\n}\n"
    )
    text = resources(module, '  names = ["a", "b"]\n')
    assert text == 'resource "aws_sns_topic" "net" {\n  count = 2\n\n  name = ["a", "b"][count.index]\n}\n'
    assert moves(root) == [("module.net.aws_sns_topic.this", "aws_sns_topic.net")]


def test_an_argument_that_is_equal_in_all_instances_is_written_once(resources: Resources) -> None:
    module = (
        'variable "topics" {}\nresource "aws_sns_topic" "this" {\n  for_each = var.topics\n'
        '  name = each.key\n  display_name = lookup(each.value, "display", "none")\n}\n'
    )
    text = resources(module, "  topics = { a = { size = 1 }, b = { size = 2 } }\n")
    assert 'for_each = toset(["a", "b"])\n' in text
    assert "  name         = each.key\n" in text
    assert '  display_name = "none"\n' in text


TOPICS = '  topics = { a = { size = 1, display = "A", team = "x" }, b = { size = 2, display = "B", team = "y" } }\n'


def test_a_for_each_has_the_members_that_are_used(resources: Resources) -> None:
    module = (
        'variable "topics" {}\nresource "aws_sns_topic" "this" {\n  for_each = var.topics\n'
        "  name = each.value.team\n  display_name = each.value.display\n}\n"
    )
    text = resources(module, TOPICS)
    assert "size" not in text
    assert "display_name = each.value.display\n" in text


def test_a_for_each_of_which_one_member_is_used_has_that_as_its_value(resources: Resources) -> None:
    module = (
        'variable "topics" {}\nresource "aws_sns_topic" "this" {\n  for_each = var.topics\n'
        '  name = each.key\n  display_name = "${each.value.display} topic"\n}\n'
    )
    text = resources(module, TOPICS)
    assert '  for_each = {\n    a = "A"\n    b = "B"\n  }\n' in text
    assert 'display_name = "${each.value} topic"\n' in text


def test_references_within_instances_have_the_key(resources: Resources) -> None:
    module = (
        'resource "aws_sns_topic" "a" {\n  count = 2\n  name  = "a${count.index}"\n}\n'
        'resource "aws_ssm_parameter" "a" {\n  count = 2\n  name  = "p"\n  type  = "String"\n'
        "  value = element(aws_sns_topic.a[*].arn, count.index)\n}\n"
    )
    assert "value = aws_sns_topic.a[count.index].arn\n" in resources(module)


def test_each_member_of_an_object_has_its_shortest_form(resources: Resources) -> None:
    module = (
        'variable "names" {}\nresource "aws_sns_topic" "this" {\n  count = 2\n  tags = {\n    Team = "a"\n'
        "    Name = try(var.names[count.index].name, upper(var.names[count.index]))\n  }\n}\n"
    )
    text = resources(module, '  names = ["a", "b"]\n')
    assert text == (
        'resource "aws_sns_topic" "net" {\n  count = 2\n\n  tags = {\n    Team = "a"\n'
        '    Name = ["A", "B"][count.index]\n  }\n}\n'
    )


def test_numbers_that_count_with_the_instances_are_written_with_the_index(resources: Resources) -> None:
    module = (
        'variable "blocks" {}\nresource "aws_subnet" "a" {\n  count = 3\n'
        '  cidr_block = element(concat(var.blocks, [""]), count.index)\n}\n'
    )
    blocks = "  blocks = [for k in range(3) : cidrsubnet(local.cidr, 8, k + 4)]\n"
    text = resources(module, blocks, 'locals {\n  cidr = "10.0.0.0/16"\n}\n\n')
    assert "  cidr_block = cidrsubnet(local.cidr, 8, count.index + 4)\n" in text


def test_known_dynamic_blocks_are_blocks(resources: Resources) -> None:
    module = (
        'variable "ports" {}\nresource "aws_security_group" "a" {\n  name = "a"\n  dynamic "ingress" {\n'
        "    for_each = var.ports\n    iterator = port\n    content {\n      from_port = port.value\n"
        '      to_port   = port.value\n      protocol  = "tcp"\n    }\n  }\n}\n'
    )
    text = resources(module, "  ports = [80, 443]\n")
    assert "dynamic" not in text
    assert text.count("  ingress {\n") == 2
    assert "    from_port = 443\n" in text


def test_unknown_dynamic_blocks_stay(resources: Resources) -> None:
    module = (
        'variable "ports" {}\nresource "aws_security_group" "a" {\n  name = "a"\n  dynamic "ingress" {\n'
        "    for_each = var.ports\n    content {\n      from_port = ingress.value\n      to_port   = ingress.value\n"
        '      protocol  = "tcp"\n    }\n  }\n}\n'
    )
    text = resources(module, "  ports = var.ports\n", 'variable "ports" {}\n\n')
    assert '  dynamic "ingress" {\n    for_each = var.ports\n' in text
    assert "      from_port = ingress.value\n" in text


TOPIC = (
    'variable "name" {}\nresource "aws_sns_topic" "this" {\n  name = var.name\n}\n'
    'output "arn" {\n  value = aws_sns_topic.this.arn\n}\n'
)


def test_for_each_of_a_module_repeats_its_resources(root: Root) -> None:
    call = 'module "net" {\n  for_each = local.names\n  source   = "./net"\n  name     = each.value\n}\n'
    used = (
        'output "a" {\n  value = module.net["a"].arn\n}\n\n'
        'output "all" {\n  value = { for key, one in module.net : key => one.arn }\n}\n'
    )
    root.write(main=f'{PROVIDER}locals {{\n  names = {{ a = "x", b = "y" }}\n}}\n\n{call}\n{used}', net__main=TOPIC)
    assert root.eject().exit_code == 0
    text = root.text("net.tf")
    assert text.startswith('resource "aws_sns_topic" "net" {\n  for_each = local.names\n\n  name = each.value\n}\n')
    assert moves(root) == [
        ('module.net["a"].aws_sns_topic.this', 'aws_sns_topic.net["a"]'),
        ('module.net["b"].aws_sns_topic.this', 'aws_sns_topic.net["b"]'),
    ]
    assert '  value = aws_sns_topic.net["a"].arn\n' in root.text("main.tf")
    assert '    b = aws_sns_topic.net["b"].arn\n' in root.text("main.tf")


def test_a_module_that_repeats_a_resource_itself_is_written_for_each_instance(root: Root) -> None:
    call = 'module "net" {\n  count  = 2\n  source = "./net"\n}\n'
    module = 'resource "aws_sns_topic" "a" {\n  for_each = toset(["x", "y"])\n  name = each.key\n}\n'
    root.write(main=PROVIDER + call, net__main=module)
    assert root.eject().exit_code == 0
    assert moves(root) == [
        ("module.net[0].aws_sns_topic.a", "aws_sns_topic.net_0_a"),
        ("module.net[1].aws_sns_topic.a", "aws_sns_topic.net_1_a"),
    ]


def test_an_instance_by_an_unknown_key_is_chosen_from_all(root: Root) -> None:
    call = 'module "net" {\n  for_each = toset(["a", "b"])\n  source   = "./net"\n}\n'
    module = 'resource "aws_sns_topic" "t" {\n  count = 2\n}\noutput "arn" {\n  value = aws_sns_topic.t[1].arn\n}\n'
    used = 'variable "key" {}\n\noutput "arn" {\n  value = module.net[var.key].arn\n}\n'
    root.write(main=PROVIDER + call + used, net__main=module)
    assert root.eject().exit_code == 0
    members = "{ a = aws_sns_topic.net_a_t[1].arn, b = aws_sns_topic.net_b_t[1].arn }"
    assert f"  value = {members}[var.key]\n" in root.text("main.tf")


def test_an_instance_by_a_local_key_is_the_instance_of_the_resource(root: Root) -> None:
    call = 'module "net" {\n  for_each = toset(local.names)\n  source   = "./net"\n}\n'
    used = (
        'locals {\n  names = ["a", "b"]\n}\n\n'
        'output "arns" {\n  value = [for i in range(2) : module.net[local.names[i]].arn]\n}\n'
    )
    module = 'resource "aws_sns_topic" "t" {}\noutput "arn" {\n  value = aws_sns_topic.t.arn\n}\n'
    root.write(main=PROVIDER + call + used, net__main=module)
    done = root.eject()
    assert done.exit_code == 0, done.output
    assert "  value = [for i in range(2) : aws_sns_topic.t[local.names[i]].arn]\n" in root.text("main.tf")


def test_a_branch_without_a_value_is_not_chosen(resources: Resources) -> None:
    module = (
        'variable "on" {}\nresource "aws_sns_topic" "a" {\n  count = 0\n}\n'
        'resource "aws_sns_topic" "b" {\n  name = var.on ? aws_sns_topic.a[0].name : "b"\n}\n'
    )
    text = resources(module, "  on = var.on\n", 'variable "on" {}\n\n')
    assert text == 'resource "aws_sns_topic" "b" {\n  name = "b"\n}\n'


@pytest.mark.parametrize("kind", ["plan", "state"])
def test_unknown_instances_of_a_module_need_a_plan_or_a_state(root: Root, kind: str) -> None:
    call = 'module "net" {\n  for_each = var.names\n  source   = "./net"\n  name     = each.value\n}\n'
    root.write(main=f'{PROVIDER}variable "names" {{}}\n\n{call}', net__main=TOPIC)
    done = root.eject()
    assert done.exit_code == 2
    assert "main.tf:7: the instances of `module.net` are not known from `for_each`; pass --plan or " in done.output
    addresses = [f'module.net["{key}"].aws_sns_topic.this' for key in ("a", "b")]
    options = ("--plan", root.plan(*addresses)) if kind == "plan" else ("--state", root.state(*addresses))
    assert root.eject("--all", *options).exit_code == 0
    assert "  for_each = var.names\n" in root.text("net.tf")
    assert ('module.net["b"].aws_sns_topic.this', 'aws_sns_topic.net["b"]') in moves(root)


def test_moves_are_in_the_order_of_the_state(root: Root) -> None:
    """The JSON of a state and the list of its addresses give the same files."""
    call = 'module "net" {\n  for_each = var.names\n  source   = "./net"\n  name     = each.value\n}\n'
    root.write(main=f'{PROVIDER}variable "names" {{}}\n\n{call}', net__main=TOPIC)
    modules = [
        {
            "address": f'module.net["{key}"]',
            "resources": [
                {
                    "address": f'module.net["{key}"].aws_sns_topic.this',
                    "mode": "managed",
                    "type": "aws_sns_topic",
                    "name": "this",
                    "values": {},
                }
            ],
        }
        for key in ("a", "b", "c")
    ]
    state = {"format_version": "1.0", "values": {"root_module": {"child_modules": modules}}}
    (root.directory / "state.json").write_text(json.dumps(state), encoding="utf-8")
    done = root.eject("--all", "--state", str(root.directory / "state.json"))
    assert done.exit_code == 0, done.output
    assert [after for _, after in moves(root)] == [f'aws_sns_topic.net["{key}"]' for key in ("a", "b", "c")]


def test_a_module_without_instances_in_the_state_has_no_moves(root: Root) -> None:
    """Another environment may have them, so the resources are written."""
    call = 'module "net" {\n  count  = var.on ? 1 : 0\n  source = "./net"\n  name   = "a"\n}\n'
    root.write(main=f'{PROVIDER}variable "on" {{}}\n\n{call}', net__main=TOPIC)
    assert root.eject("--all", "--state", root.state("aws_vpc.main")).exit_code == 0
    assert "  count = var.on ? 1 : 0\n" in root.text("net.tf")
    assert moves(root) == []


def test_nested_modules_are_ejected_too(root: Root) -> None:
    call = 'module "inner" {\n  source = "./inner"\n  name   = "a"\n}\n'
    outer = call + 'output "arn" {\n  value = module.inner.arn\n}\n'
    root.write(
        main=f'{PROVIDER}module "net" {{\n  source = "./net"\n}}\n\noutput "arn" {{\n  value = module.net.arn\n}}\n',
        net__main=outer,
        net__inner__main=TOPIC,
    )
    assert root.eject().exit_code == 0
    assert moves(root) == [("module.net.module.inner.aws_sns_topic.this", "aws_sns_topic.net")]
    assert "  value = aws_sns_topic.net.arn\n" in root.text("main.tf")


def test_resources_of_nested_modules_have_the_names_of_their_calls(root: Root) -> None:
    """Only a resource that is alone of its type has the name of the outermost call."""
    outer = "".join(f'module "{name}" {{\n  source = "./inner"\n  name   = "{name}"\n}}\n' for name in ("red", "blue"))
    root.write(main=f'{PROVIDER}module "net" {{\n  source = "./net"\n}}\n', net__main=outer, net__inner__main=TOPIC)
    assert root.eject().exit_code == 0
    assert [after for _, after in moves(root)] == ["aws_sns_topic.red", "aws_sns_topic.blue"]


@pytest.mark.parametrize("keys", [("a",), ("a", "b")])
def test_resources_of_unknown_instances_are_written_for_each_key(root: Root, keys: tuple[str, ...]) -> None:
    """Another environment has other keys than the state, so that none of them is written."""
    call = 'module "net" {\n  for_each = var.names\n  source   = "./net"\n  name     = each.key\n}\n'
    module = (
        'variable "name" {}\nresource "aws_sns_topic" "this" {\n  name = "${var.name}-topic"\n}\n'
        'resource "aws_sns_topic_policy" "this" {\n  arn    = aws_sns_topic.this.arn\n  policy = "{}"\n}\n'
    )
    root.write(main=PROVIDER + call, net__main=module)
    addresses = [
        f'module.net["{key}"].{type_}.this' for key in keys for type_ in ("aws_sns_topic", "aws_sns_topic_policy")
    ]
    assert root.eject("--all", "--state", root.state(*addresses)).exit_code == 0
    text = root.text("net.tf")
    assert '  name = "${each.key}-topic"\n' in text
    assert "  arn    = aws_sns_topic.net[each.key].arn\n" in text


@pytest.mark.parametrize("key", ["a/b", 'a"b', "ä"])
def test_keys_of_any_text_make_names(root: Root, key: str) -> None:
    quoted = key.replace('"', '\\"')
    call = f'module "net" {{\n  for_each = toset(["{quoted}", "z"])\n  source = "./net"\n}}\n'
    module = 'resource "aws_sns_topic" "a" {\n  count = 2\n}\n'
    root.write(main=PROVIDER + call, net__main=module)
    assert root.eject().exit_code == 0
    assert (f'module.net["{quoted}"].aws_sns_topic.a') in [before for before, _ in moves(root)]


def used_in_another(root: Root, call: str, expression: str, key: str | int) -> str:
    """Return an output of the root module after an ejection with a plan that has the one instance *key*."""
    module = (
        'variable "of" {\n  default = 1\n}\nresource "aws_sns_topic" "t" {}\n'
        'output "arn" {\n  value = aws_sns_topic.t.arn\n}\noutput "of" {\n  value = var.of\n}\n'
    )
    root.write(main=PROVIDER + call, out=f'output "it" {{\n  value = {expression}\n}}\n', net__main=module)
    address = f"module.net[{json.dumps(key)}].aws_sns_topic.t"
    done = root.eject("--all", "--plan", root.plan(address))
    assert done.exit_code == 0, done.output
    return root.text("out.tf")


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("length(module.net[*].arn)", "length([for key in range(var.on ? 1 : 0) : aws_sns_topic.t[key].arn])"),
        ('try(module.net[0].arn, "none")', 'try(aws_sns_topic.t[0].arn, "none")'),
        ("[for net in module.net : net.arn]", "[for key, net in range(var.on ? 1 : 0) : aws_sns_topic.t[key].arn]"),
        ("module.net", "[for key in range(var.on ? 1 : 0) : { arn = aws_sns_topic.t[key].arn, of = 1 }]"),
    ],
)
def test_a_reference_to_a_count_that_a_variable_decides_is_right_for_each_value(
    root: Root, expression: str, written: str
) -> None:
    call = 'variable "on" {}\n\nmodule "net" {\n  count  = var.on ? 1 : 0\n  source = "./net"\n}\n'
    assert f"  value = {written}" in used_in_another(root, call, expression, 0)


def test_a_long_reference_has_a_line_for_each_output(root: Root) -> None:
    call = 'module "net" {\n  count  = var.on ? 1 : 0\n  source = "./net"\n}\n'
    used = 'output "all" {\n  value = module.net\n}\n'
    outputs = ("amazon_resource_name", "identifier_of_the_topic")
    module = 'resource "aws_sns_topic" "this" {}\n' + "".join(
        f'output "{name}" {{\n  value = aws_sns_topic.this.arn\n}}\n' for name in outputs
    )
    root.write(main=f'{PROVIDER}variable "on" {{}}\n\n{call}\n{used}', net__main=module)
    assert root.eject("--all", "--state", root.state("module.net[0].aws_sns_topic.this")).exit_code == 0
    assert root.text("main.tf").partition('output "all" {\n')[2] == (
        "  value = [\n    for key in range(var.on ? 1 : 0) : {\n"
        "      amazon_resource_name    = aws_sns_topic.net[key].arn\n"
        "      identifier_of_the_topic = aws_sns_topic.net[key].arn\n    }\n  ]\n}\n"
    )


@pytest.mark.parametrize(
    ("collection", "expression", "written"),
    [
        ("var.nets", "{ for k, net in module.net : k => net.arn }", "for k, net in {} : k => aws_sns_topic.t[k].arn }"),
        ("var.nets", "[for net in module.net : net.of]", "[for key, net in {} : {}[key]]"),
        ("var.nets", "values(module.net)[*].arn", "[for key, value in {} : aws_sns_topic.t[key].arn]"),
        ("var.nets", "keys(module.net)", "[for key, value in {} : key]"),
        ("toset(var.nets)", "[for net in module.net : net.of]", "[for key, net in {} : key]"),
        ("toset(var.nets)", 'module.net["a"].arn', 'aws_sns_topic.t["a"].arn'),
        ("var.nets", '[for key in ["x"] : [for net in module.net : "${key}${net.arn}"]]', "[for key_, net in {} : "),
    ],
)
def test_a_reference_to_a_for_each_of_a_variable_is_right_for_each_value(
    root: Root, collection: str, expression: str, written: str
) -> None:
    call = (
        'variable "nets" {}\n\nmodule "net" {\n'
        f'  for_each = {collection}\n  source   = "./net"\n  of       = each.value\n}}\n'
    )
    assert written.replace("{}", collection) in used_in_another(root, call, expression, "a")
