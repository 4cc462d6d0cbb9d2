"""What is written back, as HCL or in Terraform's JSON syntax, means the same."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plainwork_core.hcl.expressions import scan
from plainwork_core.hcl.json_form import to_json
from plainwork_core.hcl.syntax import nodes, parse, parse_template, parse_value
from plainwork_core.hcl.write import render
from plainwork_core.hcl.write.strings import expression_text, template_text
from tests.policy.hcl_corpus import EXPRESSIONS, HEREDOCS
from tests.policy.hcl_oracle import named, outputs, planned

NAMES = st.sampled_from(["a", "b-1", "straße", "null_", "for_"])
TEXTS = st.text(alphabet='a $%{}"\\\n\té~', max_size=5)
NUMBERS = st.integers(0, 10**20) | st.decimals(0, 99, places=2).map(float).filter(lambda value: not value.is_integer())
LITERALS = st.builds(nodes.Literal, TEXTS | NUMBERS | st.booleans() | st.none())
INSERTED = st.builds(nodes.Variable, NAMES) | st.builds(nodes.Literal, NUMBERS)


def templates(expressions):
    """Templates as the parser makes them: texts joined, and no text between insertions where it is empty."""
    inserted = expressions.filter(lambda node: not (type(node) is nodes.Literal and type(node.value) is str))
    texts = TEXTS.filter(bool).map(nodes.Literal)
    pairs = st.lists(st.tuples(st.none() | texts, inserted), min_size=1, max_size=2)
    parts = st.builds(lambda found, last: (*(part for pair in found for part in pair), last), pairs, st.none() | texts)
    return parts.map(lambda found: nodes.TemplateExpr(tuple(part for part in found if part is not None)))


def compound(inner):
    steps = st.builds(nodes.GetAttribute, inner, NAMES) | st.builds(nodes.GetIndex, inner, inner)
    star = st.just(nodes.Variable("*"))
    each = star | st.builds(nodes.GetAttribute, star, NAMES)
    optional = st.none() | inner
    branches = st.builds(nodes.TemplateIf, inner, templates(inner), templates(inner))
    keys = st.builds(nodes.Literal, TEXTS) | inner
    return st.one_of(
        templates(inner),
        st.builds(nodes.TemplateExpr, st.tuples(branches)),
        st.builds(
            nodes.TemplateExpr,
            st.tuples(st.builds(nodes.TemplateFor, st.none() | NAMES, NAMES, inner, templates(inner))),
        ),
        st.builds(nodes.Sequence, st.lists(inner, max_size=3).map(tuple)),
        st.builds(nodes.Object, st.lists(st.builds(nodes.Member, keys, inner), max_size=3).map(tuple)),
        st.builds(nodes.For, st.none() | NAMES, NAMES, inner, st.none(), inner, optional),
        st.builds(nodes.For, st.none() | NAMES, NAMES, inner, inner, inner, optional, st.booleans()),
        steps,
        st.builds(nodes.Splat, inner, each | st.builds(nodes.GetIndex, each, inner)),
        st.builds(nodes.Splat, inner, each, st.just(value=False)),
        st.builds(nodes.Call, NAMES, st.lists(inner, min_size=1, max_size=2).map(tuple), st.booleans()),
        st.builds(nodes.Unary, st.sampled_from("-!"), inner),
        st.builds(nodes.Binary, st.sampled_from(["+", "-", "*", "/", "%", "==", "<=", "&&", "||"]), inner, inner),
        st.builds(nodes.Conditional, inner, inner, inner),
    )


TREES = st.recursive(LITERALS | INSERTED, compound, max_leaves=12)


@given(TREES)
@example(nodes.TemplateExpr((nodes.Literal("$%"), nodes.Variable("a"))))
def test_an_expression_is_written_as_it_parses(tree):
    assert parse_value(expression_text(tree)) == tree


@given(TREES)
def test_a_json_string_is_written_as_it_parses(tree):
    assert parse_template(template_text(tree)) == tree


@pytest.mark.terraform
def test_hcl_and_its_json_have_the_same_values(tmp_path):
    text = named([*EXPRESSIONS, *HEREDOCS.values()])
    twin = json.dumps(to_json(parse(text)))
    (tmp_path / "hcl").mkdir()
    (tmp_path / "json").mkdir()
    assert outputs(tmp_path / "json", twin, "main.tf.json") == outputs(tmp_path / "hcl", text)


MARKED = {
    "text": "\ufeffab",
    "two": "\ufeff\ufeffab",
    "inside": "a\ufeffb",
    "template": "\ufeff${1}x",
    "expression": "\ufeff${1}",
    "in an expression": '${"\ufeffab"}',
    "member": ["\ufeffab"],
    "key": {"\ufeffk": "v"},
}


@pytest.mark.terraform
def test_a_byte_order_mark_at_the_start_of_a_string_is_read_and_rendered_as_terraform_reads_it(tmp_path):
    document = {"output": {name.replace(" ", "_"): {"value": value} for name, value in MARKED.items()}}
    (tmp_path / "hcl").mkdir()
    (tmp_path / "json").mkdir()
    theirs = outputs(tmp_path / "json", json.dumps(document), "main.tf.json")
    assert outputs(tmp_path / "hcl", render(document)) == theirs
    assert theirs["text"] == "ab"
    assert parse_template("\ufeffab") == parse_template("ab")
    assert scan("\ufeff${a.b}").is_expression


STACK = """
terraform {
  required_version = ">= 1.10"
  backend "local" {
    path = "x.tfstate"
  }
}
variable "names" {
  type    = map(object({ size = optional(number, 1), note = string }))
  default = { a = { note = "literal $${x}" } }
  validation {
    condition     = length(var.names) < 9
    error_message = "At most 9, not ${length(var.names)}."
  }
}
locals {
  one = "x${local.two}"
}
locals {
  two = 2
}
resource "terraform_data" "each" {
  for_each         = var.names
  input            = { key = each.key, note = each.value.note, "odd key $${y}" = local.one }
  triggers_replace = [each.value.size]
  depends_on       = [terraform_data.counted]
  lifecycle {
    ignore_changes       = [input, triggers_replace[0]]
    replace_triggered_by = [terraform_data.counted[0].input]
  }
  provisioner "local-exec" {
    command = "echo ${self.input.key}"
  }
}
resource "terraform_data" "counted" {
  count = 2
  input = "%{ for i in range(count.index) }${i}%{ endfor }"
}
moved {
  from = terraform_data.old
  to   = terraform_data.counted[0]
}
output "note" {
  value      = terraform_data.each["a"].input
  depends_on = [terraform_data.counted]
}
check "one" {
  assert {
    condition     = local.one == "x2"
    error_message = "no"
  }
}
"""


@pytest.mark.terraform
def test_a_whole_stack_and_its_json_make_the_same_plan(tmp_path):
    (tmp_path / "hcl").mkdir()
    (tmp_path / "json").mkdir()
    twin = json.dumps(to_json(parse(STACK)))
    theirs = planned(tmp_path / "hcl", STACK, backend=True)
    assert planned(tmp_path / "json", twin, "main.tf.json", backend=True) == theirs


def test_the_command_prints_json(tmp_path):
    (tmp_path / "main.tf").write_text('output "a" {\n  value = [1, local.b]\n}\n')
    command = [sys.executable, "-m", "tools.hcl_to_json", str(tmp_path / "main.tf")]
    printed = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True).stdout
    assert json.loads(printed) == {"output": {"a": {"value": [1, "${local.b}"]}}}
