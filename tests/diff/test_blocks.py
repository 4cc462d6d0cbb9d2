"""Each kind of block that is added, removed and changed, with the differences of its arguments."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from plainwork_core.code_diff.model import BlockChange
from plainwork_core.diff.line import line_text
from tests.diff.conftest import Compare

Change = Callable[[str, str], BlockChange]
QUEUE = 'resource "aws_sqs_queue" "orders" {\n  name = "orders"\n}\n'


def texts(change: BlockChange) -> list[str]:
    return [f"{line.sign} {line_text(line)}" for line in change.lines]


@pytest.mark.parametrize(
    ("address", "block"),
    [
        ("aws_sqs_queue.orders", QUEUE),
        ("data.aws_region.current", 'data "aws_region" "current" {\n}\n'),
        ("ephemeral.aws_kms_secrets.x", 'ephemeral "aws_kms_secrets" "x" {\n}\n'),
        ("module.vpc", 'module "vpc" {\n  source = "./vpc"\n}\n'),
        ("var.region", 'variable "region" {\n}\n'),
        ("output.id", 'output "id" {\n  value = 1\n}\n'),
        ("local.name", "locals {\n  name = 1\n}\n"),
        ("provider.aws", 'provider "aws" {\n}\n'),
        ("provider.aws.east", 'provider "aws" {\n  alias = "east"\n}\n'),
        ("terraform", 'terraform {\n  required_version = ">= 1.10"\n}\n'),
        ("terraform.backend.s3", 'terraform {\n  backend "s3" {\n    bucket = "b"\n  }\n}\n'),
        (
            "terraform.required_providers.aws",
            'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
        ),
        ("moved.aws_vpc.a", "moved {\n  from = aws_vpc.a\n  to   = aws_vpc.b\n}\n"),
        ("import.aws_vpc.a", 'import {\n  to = aws_vpc.a\n  id = "vpc-1"\n}\n'),
        ("removed.aws_vpc.a", "removed {\n  from = aws_vpc.a\n}\n"),
        ("check.health", 'check "health" {\n}\n'),
    ],
)
def test_a_block_of_each_kind_is_added_and_removed(compare: Compare, address: str, block: str) -> None:
    (added,) = compare("", block).changes
    (removed,) = compare(block, "").changes
    assert (added.address, added.verb) == (address, "create")
    assert (removed.address, removed.verb) == (address, "delete")


def test_the_arguments_of_an_added_block_are_shown(change: Change) -> None:
    assert texts(change("", QUEUE)) == ["+ name: orders"]


def test_only_the_arguments_that_differ_are_shown(change: Change) -> None:
    before = 'resource "aws_sqs_queue" "a" {\n  name = "a"\n  delay_seconds = 1\n}\n'
    after = 'resource "aws_sqs_queue" "a" {\n  name = "a"\n  delay_seconds = 2\n  tags = { Owner = "x" }\n}\n'
    assert texts(change(before, after)) == ["~ delay_seconds: 1 -> 2", '+ tags: {"Owner": "x"}']


def test_nested_blocks_are_paired_by_their_name(change: Change) -> None:
    statements = 'statement {{\n sid = "A"\n actions = [{}]\n}}\nstatement {{\n sid = "B"\n actions = ["s3:Get*"]\n}}\n'
    head = 'data "aws_iam_policy_document" "x" {\n'
    found = change(f"{head}{statements.format('1')}}}\n", f"{head}{statements.format('1, 2')}}}\n")
    assert texts(found) == ["+ statement[A].actions: 2"]


def test_a_policy_in_jsonencode_is_compared_by_statement(change: Change) -> None:
    policy = (
        'resource "aws_iam_policy" "x" {{\n policy = jsonencode({{\n Statement = [{{ Sid = "Read", Effect = "Allow",'
        " Action = [{}], Resource = aws_s3_bucket.b.arn }}]\n}})\n}}\n"
    )
    found = change(policy.format('"s3:GetObject"'), policy.format('"s3:GetObject", "s3:PutObject"'))
    assert texts(found) == ["+ policy.Statement[Read].Action: s3:PutObject"]


def test_a_policy_as_text_and_the_same_in_jsonencode_differ_in_form_only(change: Change) -> None:
    before = 'resource "aws_iam_policy" "x" {\n policy = "{\\"Version\\": \\"2012-10-17\\"}"\n}\n'
    after = 'resource "aws_iam_policy" "x" {\n policy = jsonencode({ Version = "2012-10-17" })\n}\n'
    (line,) = change(before, after).lines
    assert (line.argument, line.note) == ("policy", "the same value in another form")


def test_a_text_with_several_lines_is_compared_by_line(change: Change) -> None:
    script = 'resource "aws_instance" "x" {{\n user_data = <<-EOT\n  one\n  {}\n  EOT\n}}\n'
    (line,) = change(script.format("two"), script.format("three")).lines
    assert tuple(row for row in line.text if row[0] in "+-") == ("-two", "+three")


def test_an_expression_is_compared_by_its_text(change: Change) -> None:
    subnet = 'resource "aws_subnet" "x" {{\n cidr_block = cidrsubnet(var.cidr, 8, {})\n}}\n'
    (text,) = texts(change(subnet.format(1), subnet.format(2)))
    assert text == "~ cidr_block: ${cidrsubnet(var.cidr, 8, 1)} -> ${cidrsubnet(var.cidr, 8, 2)}"


def test_a_reference_and_the_same_words_as_text_differ(change: Change) -> None:
    before, after = 'output "x" {\n value = var.a\n}\n', 'output "x" {\n value = "var.a"\n}\n'
    assert texts(change(before, after)) == ["~ value: ${var.a} -> var.a"]


def test_a_dynamic_block_is_compared_like_a_block(change: Change) -> None:
    rule = (
        'resource "aws_security_group" "x" {{\n dynamic "ingress" {{\n for_each = var.rules\n content {{\n'
        " from_port = {}\n }}\n }}\n}}\n"
    )
    assert texts(change(rule.format(1), rule.format(2))) == ["~ dynamic.ingress.content.from_port: 1 -> 2"]


def test_zero_and_empty_are_values(change: Change) -> None:
    before, after = 'output "x" {\n}\n', 'output "x" {\n value = ""\n}\n'
    (line,) = change(before, after).lines
    assert (line.sign, line.argument) == ("+", "value")


@pytest.mark.parametrize("number", ["-1", "-0.5"])
def test_a_negative_number_is_a_number(change: Change, number: str) -> None:
    rule = 'resource "aws_security_group_rule" "a" {{\n  to_port = {}\n}}\n'
    assert texts(change(rule.format(80), rule.format(number))) == [f"~ to_port: 80 -> {number}"]
    assert texts(change(rule.format(number), rule.format(80))) == [f"~ to_port: {number} -> 80"]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ('variable "a" {\n}\n', 'variable "a" {\n  default = ""\n}\n', '+ default: ""'),
        ('variable "a" {\n}\n', 'variable "a" {\n  default = null\n}\n', "+ default: null"),
        ("locals {\n  a = null\n}\n", "locals {\n  a = []\n}\n", "~ value: null -> []"),
        ('output "a" {\n  value = 1\n}\n', 'output "a" {\n  value = "1"\n}\n', '~ value: 1 -> "1"'),
        ('module "a" {\n  tags = { x = 1 }\n}\n', 'module "a" {\n  tags = { x = 1, y = "" }\n}\n', '+ tags.y: ""'),
        ("locals {\n  a = [{ b = null }]\n}\n", 'locals {\n  a = [{ b = "" }]\n}\n', '~ value.b: null -> ""'),
    ],
)
def test_null_empty_and_absent_differ_where_terraform_passes_them_on(
    change: Change, before: str, after: str, expected: str
) -> None:
    found = change(before, after)
    assert texts(found) == [expected]
    assert [line.note for line in found.lines] == [""]


def test_no_member_of_an_added_value_is_left_out(change: Change, compare: Compare) -> None:
    addons = 'module "eks" {\n  addons = [{ proxy = {}, version = null, name = "" }]\n}\n'
    expected = '+ addons: {"proxy": {}, "version": null, "name": ""}'
    assert texts(change('module "eks" {\n}\n', addons))[0].replace("[", "").replace("]", "") == expected
    (added,) = compare("", 'variable "a" {\n  default = null\n  description = ""\n}\n').changes
    assert texts(added) == ["+ default: null", '+ description: ""']


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "ingress = []", "+ ingress: []"),
        ("tags = {}", "", "- tags: {}"),
        ("", 'description = ""', '+ description: ""'),
        ("ingress = null", "ingress = []", "~ ingress: null -> []"),
        ('description = "web"', 'description = ""', '~ description: web -> ""'),
        ('description = ""', 'description = "web"', '~ description: "" -> web'),
        ('description = "web"', "description = null", "- description: web"),
        ('tags = { a = "b" }', "tags = {}", "- tags.a: b"),
        ('timeouts {\n create = "1m"\n}', 'timeouts {\n create = "1m"\n delete = ""\n}', '+ timeouts.delete: ""'),
    ],
)
def test_an_empty_value_of_a_resource_is_not_an_absent_one(
    change: Change, before: str, after: str, expected: str
) -> None:
    group = 'resource "aws_security_group" "x" {{\n{}\n}}\n'
    found = change(group.format(before), group.format(after))
    assert texts(found)[0].split("  #")[0] == expected
    assert "same" not in found.lines[0].note


def test_a_number_and_its_text_are_the_same_in_a_resource(change: Change) -> None:
    found = change(QUEUE.replace('"orders"\n', "1\n"), QUEUE.replace('"orders"\n', '"1"\n'))
    assert [line.note for line in found.lines] == ["the same value in another form"]


def test_null_and_absent_are_the_same_in_a_resource(change: Change) -> None:
    found = change(QUEUE, QUEUE.replace('"orders"\n', '"orders"\n  kms_master_key_id = null\n'))
    assert [(line.argument, line.note) for line in found.lines] == [
        ("kms_master_key_id", "the same value in another form")
    ]


@pytest.mark.parametrize(
    "after",
    [
        f"# a comment\n{QUEUE}",
        'resource "aws_sqs_queue" "orders" { name = "orders" }\n',
        'resource "aws_sqs_queue" "orders" {\n\n  name   =   "orders"\n}\n',
    ],
)
def test_comments_and_layout_are_no_difference_in_meaning(compare: Compare, after: str) -> None:
    found = compare(QUEUE, after)
    assert not found.changes
    assert found.parts[0].is_layout


def test_equal_texts_do_not_differ(compare: Compare) -> None:
    assert not compare(QUEUE, QUEUE).parts


def test_the_order_of_blocks_is_no_difference(compare: Compare) -> None:
    other = 'variable "a" {\n}\n'
    assert not compare(QUEUE + other, other + QUEUE).changes


def test_an_address_that_is_declared_twice_is_compared_in_order(compare: Compare) -> None:
    (added,) = compare(QUEUE, QUEUE + QUEUE).changes
    assert (added.address, added.verb) == ("aws_sqs_queue.orders", "create")


def test_a_removed_block_that_keeps_the_resource_forgets_it(compare: Compare) -> None:
    removed = "removed {\n  from = aws_sqs_queue.orders\n  lifecycle {\n    destroy = false\n  }\n}\n"
    verbs = {change.address: change.verb for change in compare(QUEUE, removed).changes}
    assert verbs == {"removed.aws_sqs_queue.orders": "create", "aws_sqs_queue.orders": "forget"}


def test_a_block_in_a_heredoc_is_text(change: Change) -> None:
    outer = 'resource "local_file" "x" {{\n  content = <<EOT\n{}EOT\n}}\n'
    found = change(outer.format(QUEUE), outer.format(QUEUE.replace('"orders"\n', '"others"\n')))
    assert (found.address, found.lines[0].argument) == ("local_file.x", "content")


def test_a_change_has_the_line_of_the_block_and_the_comment_above_its_section(change: Change) -> None:
    before = f'variable "a" {{\n}}\n\n# FileSystem files\n\n{QUEUE}'
    found = change(before, before.replace('= "orders"', '= "others"'))
    assert found.place is not None
    assert (found.place.line, found.section) == (6, "FileSystem files")


def test_ten_thousand_equal_resources_are_not_parsed(compare: Compare, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[int] = []
    from plainwork_core.code_diff import compare as module  # noqa: PLC0415  the module whose parser is counted

    parse = module.parse
    monkeypatch.setattr(module, "parse", lambda text: parsed.append(len(text.split())) or parse(text))
    blocks = "".join(QUEUE.replace("orders", f"orders{number}") for number in range(10_000))
    (found,) = compare(blocks, blocks.replace('"orders77"', '"other"', 1)).changes or ()
    assert found.former == "aws_sqs_queue.orders77" or found.address
    assert max(parsed) < 20
