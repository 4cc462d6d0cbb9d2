"""Python that is written from a document makes the same document, in Ruff's format."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import plainwork.tree
from plainwork import App, Stack, render, synthesize
from plainwork_core.adopt.configuration import read_hcl
from plainwork_core.adopt.equality import differences
from plainwork_core.hcl.json_form import to_json
from plainwork_core.hcl.syntax import parse
from plainwork_core.python_source import python_source

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
EXAMPLES = [*(ROOT / "examples").glob("**/main.tf"), *(ROOT / "examples/policies").glob("**/good.tf")]
SNAPSHOTS = [*(ROOT / "tests").glob("**/__snapshots__/**/*.tf")]
FILES = sorted(file for file in (*EXAMPLES, *SNAPSHOTS) if "/bad/" not in str(file))
USERS_TEXT = "ERA001,S105,S106,S108,RUF001,INP001,D103"
"""Rules about the text of the configuration, and about where the file is."""


def built(source: str, outdir: Path) -> Stack:
    namespace: dict[str, Any] = {"__name__": "adopted"}
    exec(compile(source, "adopted.py", "exec"), namespace)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a type without schema, and of deprecated arguments
        return namespace["build"](App(outdir))


def again(document: Mapping[str, Any], outdir: Path) -> dict[str, Any]:
    return synthesize(built(python_source(document, "demo"), outdir))


def hcl(text: str, tmp_path: Path) -> Mapping[str, Any]:
    file = tmp_path / "main.tf"
    file.write_text(text, encoding="utf-8")
    return read_hcl(file).document


def body(text: str, tmp_path: Path) -> str:
    """The statements of `build` after that of the stack, without indentation."""
    source = python_source(hcl(text, tmp_path), "demo")
    inside = source.partition("def build(app: App) -> Stack:\n")[2].partition("    return stack\n")[0]
    lines = [line.removeprefix("    ") for line in inside.splitlines()]
    return "\n".join(line for line in lines if line and not line.startswith("stack = "))


@pytest.mark.parametrize("file", FILES, ids=lambda file: "-".join(file.relative_to(ROOT).with_suffix("").parts[1:]))
def test_an_example_in_hcl_is_the_same_in_python(file: Path, tmp_path: Path) -> None:
    document = read_hcl(file).document
    assert differences(document, again(document, tmp_path)) == []


def test_what_is_written_is_in_the_format_of_ruff(tmp_path: Path) -> None:
    for number, file in enumerate(FILES):
        (tmp_path / f"written_{number}.py").write_text(python_source(read_hcl(file).document, "demo"), encoding="utf-8")
    config = ["--config", str(ROOT / "pyproject.toml"), str(tmp_path)]
    for command in (["format", "--check"], ["check", "--ignore", USERS_TEXT]):
        ruff = [sys.executable, "-m", "ruff", *command, *config]
        result = subprocess.run(ruff, capture_output=True, text=True, check=False)
        assert result.returncode == 0, result.stdout[-3000:]


def test_a_reference_is_an_item_of_the_variable(tmp_path: Path) -> None:
    text = """
        resource "aws_s3_bucket_versioning" "logs" {
          bucket = aws_s3_bucket.logs.id
          versioning_configuration {
            status = "Enabled"
          }
          depends_on = [aws_s3_bucket.logs]
        }
        resource "aws_s3_bucket" "logs" {
          bucket = "example-logs"
        }
        output "objects" {
          value = "${aws_s3_bucket.logs.arn}/*"
        }
    """
    assert body(text, tmp_path) == (
        'logs = Resource(stack, "aws_s3_bucket", "logs", bucket="example-logs")\n'
        "Resource(\n"
        "    stack,\n"
        '    "aws_s3_bucket_versioning",\n'
        '    "logs",\n'
        '    bucket=logs["id"],\n'
        '    versioning_configuration={"status": "Enabled"},\n'
        "    depends_on=[logs],\n"
        ")\n"
        'Output(stack, "objects", value=f"{logs[\'arn\']}/*")'
    )


def test_an_expression_without_a_form_in_python_remains_a_string(tmp_path: Path) -> None:
    text = """
        resource "aws_sns_topic" "one" {
          name = upper("a")
        }
        output "one" {
          value = length(aws_sns_topic.one.name) > 1 ? [for x in [1] : x] : []
        }
    """
    assert body(text, tmp_path) == (
        'Resource(stack, "aws_sns_topic", "one", name="${upper(\\"a\\")}")\n'.replace(
            '"${upper(\\"a\\")}"', "'${upper(\"a\")}'"
        )
        + 'Output(stack, "one", value="${length(aws_sns_topic.one.name) > 1 ? [for x in [1] : x] : []}")'
    )


def test_a_circle_of_references_has_the_form_of_a_string(tmp_path: Path) -> None:
    text = """
        resource "aws_sns_topic" "one" {
          name         = "one"
          display_name = aws_sns_topic.two.name
        }
        resource "aws_sns_topic" "two" {
          name         = "two"
          display_name = aws_sns_topic.one.name
        }
    """
    assert body(text, tmp_path) == (
        'two = Resource(stack, "aws_sns_topic", "two", name="two", display_name="${aws_sns_topic.one.name}")\n'
        'Resource(stack, "aws_sns_topic", "one", name="one", display_name=two["name"])'
    )


def test_an_instance_and_all_instances_have_their_methods(tmp_path: Path) -> None:
    text = """
        resource "aws_sns_topic" "counted" {
          count = 2
          name  = "t-${count.index}"
        }
        resource "aws_sns_topic" "keyed" {
          for_each = toset(["a"])
          name     = each.key
        }
        output "first" {
          value = aws_sns_topic.counted[0].arn
        }
        output "all" {
          value = [aws_sns_topic.counted[*].arn, values(aws_sns_topic.keyed)[*].arn, aws_sns_topic.keyed["a"].arn]
        }
    """
    written = body(text, tmp_path)
    assert 'value=counted.instance(0)["arn"]' in written
    assert 'value=[counted.every("arn"), keyed.every("arn"), keyed.instance("a")["arn"]]' in written


@pytest.mark.parametrize(
    ("repeated", "value"),
    [("count    = 2", "module.net[*].id"), ('for_each = toset(["a"])', "values(module.net)[*].id")],
)
def test_all_instances_of_a_module_are_an_expression(tmp_path: Path, repeated: str, value: str) -> None:
    text = f"""
        module "net" {{
          {repeated}
          source   = "./net"
        }}
        output "all" {{
          value = {value}
        }}
    """
    assert f'value="${{{value}}}"' in body(text, tmp_path)


def test_modules_providers_variables_and_local_values_are_used_by_name(tmp_path: Path) -> None:
    text = """
        variable "name" {
          type = string
        }
        provider "aws" {
          alias  = "replica"
          region = "eu-central-1"
        }
        locals {
          prefix = "${var.name}-shop"
        }
        module "network" {
          source    = "./network"
          name      = local.prefix
          providers = { aws = aws.replica }
        }
        resource "aws_sns_topic" "one" {
          provider = aws.replica
          name     = "${local.prefix}-${module.network.id}"
        }
    """
    assert body(text, tmp_path) == (
        'name = Variable(stack, "name", type="string")\n'
        'replica = Provider(stack, "aws", alias="replica", region="eu-central-1")\n'
        'local = Locals(stack, prefix=f"{name.reference}-shop")\n'
        'network = ModuleCall(stack, "network", source="./network", name=local["prefix"], providers={"aws": replica})\n'
        'Resource(stack, "aws_sns_topic", "one", provider=replica, name=f"{local[\'prefix\']}-{network[\'id\']}")'
    )


def test_json_is_data_in_a_call(tmp_path: Path) -> None:
    text = """
        resource "aws_sqs_queue_policy" "one" {
          queue_url = "q"
          policy    = jsonencode({ Statement = [{ Effect = "Allow", Resource = [aws_sqs_queue.one.arn, null] }] })
        }
        resource "aws_sqs_queue" "one" {}
    """
    assert 'jsonencode({"Statement": [{"Effect": "Allow", "Resource": [one["arn"], None]}]})' in body(text, tmp_path)


def test_a_block_of_a_type_without_schema_is_marked(tmp_path: Path) -> None:
    text = """
        resource "acme_site" "www" {
          tags = { a = 1 }
          rule {
            port = 80
          }
        }
    """
    assert body(text, tmp_path) == 'Resource(stack, "acme_site", "www", tags={"a": 1}, rule=Block(port=80))'


HOSTILE = st.text(st.sampled_from("a'\"\\\n\t\r{}$%~\0\x1b\u2028é日#`"), max_size=30)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=HOSTILE, key=HOSTILE)
def test_hostile_text_remains_text(text: str, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
    name, tag = (value.replace("${", "$${").replace("%{", "%%{") for value in (text, key))
    document = {
        "resource": {"aws_sns_topic": {"one": {"name": name, "tags": {tag: name}}}},
        "variable": {"v": {"default": {key: text}, "description": text}},
        "output": {"o": {"value": f"{name}${{aws_sns_topic.one.arn}}{tag}"}},
    }
    source = python_source(document, "demo")
    result = synthesize(built(source, tmp_path / "out"))
    assert result["variable"] == document["variable"]
    assert result["output"] == document["output"]
    assert result["resource"]["aws_sns_topic"]["one"]["tags"] == {tag: name}


@pytest.mark.parametrize(
    "name", ["class", "import", "None", "id", "app", "stack", "print", "l", "_", "a-b", "A1", "build"]
)
def test_a_name_that_python_reserves_is_another_variable(name: str, tmp_path: Path) -> None:
    text = f"""
        resource "aws_sns_topic" "{name}" {{
          name = "x"
        }}
        variable "{name}" {{
          type = string
        }}
        output "{name}" {{
          value = [aws_sns_topic.{name}.arn, var.{name}, local.{name}]
        }}
        locals {{
          {name} = 1
        }}
    """
    document = hcl(text, tmp_path)
    assert differences(document, again(document, tmp_path / "out")) == []


def test_a_synthesized_stack_is_the_same_again(tmp_path: Path) -> None:
    document = hcl((ROOT / "examples/recipes/private-bucket/main.tf").read_text(encoding="utf-8"), tmp_path)
    first = again(document, tmp_path / "one")
    second = again(first, tmp_path / "two")
    assert second == first
    assert to_json(parse(render(second))) == to_json(parse(render(first)))


def test_a_list_of_objects_in_another_one_is_written_as_blocks(tmp_path: Path) -> None:
    text = """
        resource "aws_guardduty_malware_protection_plan" "one" {
          role = "arn:aws:iam::123456789012:role/scan"
          protected_resource {
            s3_bucket {
              bucket_name = "example"
            }
          }
          actions {
            tagging {
              status = "ENABLED"
            }
          }
        }
    """
    document = hcl(text, tmp_path)
    assert differences(document, again(document, tmp_path / "out")) == []


def test_an_input_of_a_module_may_have_the_name_of_an_argument_of_moved(tmp_path: Path) -> None:
    text = """
        module "redirects" {
          source = "./redirects"
          from   = "a"
        }
    """
    assert body(text, tmp_path) == 'ModuleCall(stack, "redirects", source="./redirects", **{"from": "a"})'


def test_comments_and_waivers_of_blocks_are_kept(tmp_path: Path) -> None:
    text = """
# Orders of the shop: one message for each.
# plainwork: ignore sns-topic-unencrypted until 2027-03-31: the orders are public data (platform)
resource "aws_sns_topic" "orders" {
  name = "orders"
}
"""
    assert body(text, tmp_path) == (
        "# Orders of the shop: one message for each.\n"
        "Resource(\n"
        "    stack,\n"
        '    "aws_sns_topic",\n'
        '    "orders",\n'
        '    name="orders",\n'
        "    waive=[\n"
        "        Waiver(\n"
        '            policy="sns-topic-unencrypted",\n'
        '            reason="the orders are public data",\n'
        '            owner="platform",\n'
        "            expires=date(2027, 3, 31),\n"
        "        ),\n"
        "    ],\n"
        ")"
    )


MIXED = """
    variable "more" {
      default = ["sns:Publish"]
    }
    data "aws_iam_policy_document" "one" {
      statement {
        actions   = ["sqs:SendMessage"]
        resources = ["*"]
      }
      dynamic "statement" {
        for_each = var.more
        content {
          actions   = [statement.value]
          resources = ["*"]
        }
      }
      statement {
        actions   = ["s3:GetObject"]
        resources = ["*"]
      }
    }
"""


def test_a_dynamic_block_keeps_its_place_in_a_list(tmp_path: Path) -> None:
    document = hcl(MIXED, tmp_path)
    generators = again(document, tmp_path / "out")["data"]["aws_iam_policy_document"]["one"]["dynamic"]["statement"]
    assert [generator["for_each"] for generator in generators] == [[1], "${var.more}", [1]]
    assert [generator["content"]["actions"][0] for generator in generators][::2] == ["sqs:SendMessage", "s3:GetObject"]


def test_a_dynamic_block_beside_blocks_of_a_set_is_not_changed(tmp_path: Path) -> None:
    text = """
        resource "aws_autoscaling_group" "one" {
          min_size = 1
          max_size = 1
          tag {
            key                 = "a"
            value               = "b"
            propagate_at_launch = true
          }
          dynamic "tag" {
            for_each = { c = "d" }
            content {
              key                 = tag.key
              value               = tag.value
              propagate_at_launch = true
            }
          }
        }
    """
    group = hcl(text, tmp_path)["resource"]["aws_autoscaling_group"]["one"]
    assert group["tag"]["key"] == "a"
    assert len(group["dynamic"]["tag"]["content"]) == 3
