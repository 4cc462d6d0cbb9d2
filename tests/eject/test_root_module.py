"""The root module after an ejection: references, other files, names, providers."""

from __future__ import annotations

import json
from typing import Any

import pytest

from plainwork import App, synthesize
from tests.eject.conftest import PROVIDER, Root

CALL = 'module "net" {\n  source = "./net"\n}\n'
MODULE = (
    'resource "aws_sns_topic" "a" {\n  name = "a"\n}\nresource "aws_sns_topic" "b" {\n  count = 2\n  name  = "b"\n}\n'
    'output "arn" {\n  value = aws_sns_topic.a.arn\n}\noutput "all" {\n  value = aws_sns_topic.b[*].arn\n}\n'
    'output "text" {\n  value = "plain"\n}\n'
    'output "secret" {\n  value     = aws_sns_topic.a.name\n  sensitive = true\n}\n'
)


@pytest.fixture
def rewritten(root: Root) -> object:
    """`rewritten(expression)`: the value of an output of the root module after the ejection."""

    def rewritten(expression: str) -> str:
        root.write(main=PROVIDER + CALL, outputs=f'output "it" {{\n  value = {expression}\n}}\n', net__main=MODULE)
        done = root.eject()
        assert done.exit_code == 0, done.output
        return root.text("outputs.tf").removeprefix('output "it" {\n  value = ').removesuffix("\n}\n")

    return rewritten


@pytest.mark.parametrize(
    ("expression", "written"),
    [
        ("module.net.arn", "aws_sns_topic.a.arn"),
        ('"${module.net.arn}/x"', '"${aws_sns_topic.a.arn}/x"'),
        ('"${module.net.text}-${module.net.arn}"', '"plain-${aws_sns_topic.a.arn}"'),
        ("module.net.all", "aws_sns_topic.b[*].arn"),
        ("module.net.all[1]", "aws_sns_topic.b[1].arn"),
        ("length(module.net.all)", "length(aws_sns_topic.b[*].arn)"),
        ('[ module.net.arn, /* kept */ "b" ]', '[ aws_sns_topic.a.arn, /* kept */ "b" ]'),
        ("module.net.secret", "sensitive(aws_sns_topic.a.name)"),
        ("module.net", "{\n    arn    = aws_sns_topic.a.arn\n    all    = aws_sns_topic.b[*].arn\n    text   = "),
        ('"module.net.arn"', '"module.net.arn"'),
        ("try(module.net.all[1], 1)", "aws_sns_topic.b[1].arn"),
        ('try(module.net.text[3], "none")', '"none"'),
        (
            '"%{ if module.net.arn != 1 }yes%{ else }${module.net.arn}%{ endif }"',
            '"%{ if aws_sns_topic.a.arn != 1 }yes%{ else }${aws_sns_topic.a.arn}%{ endif }"',
        ),
        ("module.netting.arn", "module.netting.arn"),
    ],
)
def test_references_to_outputs(rewritten: object, expression: str, written: str) -> None:
    assert rewritten(expression).startswith(written)  # type: ignore[operator]


def test_depends_on_a_module_is_on_its_resources(root: Root) -> None:
    user = 'resource "aws_sqs_queue" "q" {\n  depends_on = [module.net]\n}\n'
    root.write(main=PROVIDER + CALL + user, net__main=MODULE)
    assert root.eject().exit_code == 0
    assert "  depends_on = [aws_sns_topic.a, aws_sns_topic.b]\n" in root.text("main.tf")


def test_depends_on_of_a_module_is_of_each_resource(root: Root) -> None:
    call = 'module "net" {\n  source     = "./net"\n  depends_on = [aws_sqs_queue.q]\n}\n'
    root.write(main=PROVIDER + call + 'resource "aws_sqs_queue" "q" {}\n', net__main=MODULE)
    assert root.eject().exit_code == 0
    assert root.text("net.tf").count("depends_on = [aws_sqs_queue.q]") == 2


def test_an_argument_of_another_call_is_rewritten(root: Root) -> None:
    other = 'module "other" {\n  source = "./other"\n  arn    = module.net.arn\n}\n'
    root.write(main=PROVIDER + CALL + other, net__main=MODULE, other__main='variable "arn" {}\n')
    assert root.eject("--module", "module.net").exit_code == 0
    assert "  arn    = aws_sns_topic.a.arn\n" in root.text("main.tf")


def test_calls_that_are_ejected_together_refer_to_each_other(root: Root) -> None:
    other = 'module "other" {\n  source = "./other"\n  arn    = module.net.arn\n}\n'
    user = (
        'variable "arn" {}\nresource "aws_ssm_parameter" "p" {\n  name = "p"\n  type = "String"\n  value = var.arn\n}\n'
    )
    root.write(main=PROVIDER + CALL + other, net__main=MODULE, other__main=user)
    assert root.eject().exit_code == 0
    assert "value = aws_sns_topic.a.arn\n" in root.text("other.tf")


def test_all_calls_in_one_file(root: Root) -> None:
    root.write(main=PROVIDER + CALL + CALL.replace('"net" {', '"two" {'), net__main=MODULE)
    assert root.eject("--all", "--output", str(root.directory / "all.tf")).exit_code == 0
    assert root.text("all.tf").count("moved {") == 4
    assert root.text("all.tf").count('resource "aws_sns_topic"') == 4


def test_a_name_that_the_root_module_has_gets_the_name_of_the_call(root: Root) -> None:
    root.write(main=f'{PROVIDER}{CALL}resource "aws_sns_topic" "a" {{}}\n', net__main=MODULE)
    done = root.eject()
    assert "note: `module.net.aws_sns_topic.a` is written as `aws_sns_topic.net_a`" in done.output
    assert "  to   = aws_sns_topic.net_a\n" in root.text("net.tf")


def test_the_comment_of_the_call_is_kept_and_the_rest_of_the_file_is_unchanged(root: Root) -> None:
    before, after = f"# head\n\n{PROVIDER}", "# tail\nlocals { # odd\n  a =    1\n}\n"
    root.write(main=f"{before}# Our net.\n{CALL}\n{after}", net__main=MODULE)
    assert root.eject().exit_code == 0
    assert root.text("main.tf") == before + after
    assert root.text("net.tf").startswith("# Our net.\n\n")


def test_line_ends_stay(root: Root) -> None:
    root.write(net__main=MODULE)
    before = (PROVIDER + CALL).replace("\n", "\r\n").encode()
    (root.directory / "main.tf").write_bytes(before)
    assert root.eject().exit_code == 0
    assert (root.directory / "main.tf").read_bytes() == PROVIDER.rstrip("\n").replace("\n", "\r\n").encode() + b"\r\n"


def test_a_file_with_nothing_but_the_call_is_the_file_of_the_resources(root: Root) -> None:
    root.write(main=PROVIDER, net=CALL, net__main=MODULE)
    assert root.eject().exit_code == 0
    assert root.text("net.tf").startswith('resource "aws_sns_topic" "a"')


def test_provider_configurations_are_those_that_the_call_passes(root: Root) -> None:
    call = (
        'module "net" {\n  source = "./net"\n  providers = {\n    aws       = aws.west\n    aws.other = aws\n  }\n}\n'
    )
    module = 'resource "aws_sns_topic" "a" {}\nresource "aws_sns_topic" "b" {\n  provider = aws.other\n}\n'
    root.write(main=PROVIDER + call, net__main=module)
    assert root.eject().exit_code == 0
    assert 'resource "aws_sns_topic" "a" {\n  provider = aws.west\n}' in root.text("net.tf")
    assert 'resource "aws_sns_topic" "b" {}' in root.text("net.tf")


def test_requirements_that_the_root_module_omits_are_added(root: Root) -> None:
    requirements = 'terraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n'
    needed = 'random = {\n      source  = "hashicorp/random"\n      version = ">= 3.0"\n    }'
    module = f'terraform {{\n  required_providers {{\n    {needed}\n  }}\n}}\nresource "random_pet" "a" {{}}\n'
    root.write(main=requirements + PROVIDER + CALL, net__main=module)
    assert root.eject().exit_code == 0
    assert f"    {needed}\n  }}\n" in root.text("main.tf")


def test_data_sources_have_no_moves_and_are_omitted_if_nothing_refers_to_them(root: Root) -> None:
    module = (
        'data "aws_region" "used" {}\ndata "aws_partition" "unused" {}\n'
        'resource "aws_sns_topic" "a" {\n  name = data.aws_region.used.name\n}\n'
    )
    root.write(main=PROVIDER + CALL, net__main=module)
    assert root.eject().exit_code == 0
    text = root.text("net.tf")
    assert "unused" not in text
    assert text.count("moved {") == 1


def test_the_addresses_of_import_blocks_are_those_of_the_resources(root: Root) -> None:
    block = 'import {\n  to = module.net.aws_sns_topic.b[1]\n  id = "x"\n}\n'
    root.write(main=PROVIDER + CALL + block, net__main=MODULE)
    assert root.eject().exit_code == 0
    assert "  to = aws_sns_topic.b[1]\n" in root.text("main.tf")


def test_tests_that_refer_to_the_module_are_noted(root: Root) -> None:
    root.write(main=PROVIDER + CALL, net__main=MODULE)
    test = root.directory / "tests" / "net.tftest.hcl"
    test.parent.mkdir()
    test.write_text(
        'run "it" {\n  assert {\n    condition = module.net.arn != module.netting\n  }\n}\n', encoding="utf-8"
    )
    (root.directory / "other.tftest.hcl").write_text('run "it" {}\n', encoding="utf-8")
    notes = [line for line in root.eject().output.splitlines() if line.startswith("note: ")]
    assert notes == [f"note: {test}:3: the test refers to `module.net`; change it"]


def test_a_diff_writes_nothing(root: Root) -> None:
    root.write(main=PROVIDER + CALL, net__main=MODULE)
    done = root.eject("--all", "--diff")
    assert done.exit_code == 0
    assert "-module" in done.output
    assert "+moved {" in done.output
    assert root.text("main.tf") == PROVIDER + CALL
    assert not (root.directory / "net.tf").exists()


@pytest.fixture
def installed(root: Root) -> Root:
    """A root module with an installed module that reads a file."""
    module = 'resource "aws_sns_topic" "a" {\n  name = file("${path.module}/files/name.txt")\n}\n'
    root.write(main=PROVIDER + CALL.replace("./net", "example/net/aws"), **{".terraform__modules__net__main": module})
    installed = root.directory / ".terraform" / "modules"
    (installed / "net" / "files").mkdir()
    (installed / "net" / "files" / "name.txt").write_text("n", encoding="utf-8")
    manifest = '{"Modules": [{"Key": "net", "Source": "example/net/aws", "Dir": ".terraform/modules/net"}]}'
    (installed / "modules.json").write_text(manifest, encoding="utf-8")
    return root


def test_files_of_an_installed_module_are_copied(installed: Root) -> None:
    done = installed.eject()
    assert done.exit_code == 0, done.output
    assert 'file("${path.module}/net/files/name.txt")' in installed.text("net.tf")
    assert installed.text("net/files/name.txt") == "n"


def test_files_of_two_modules_of_one_name_have_directories_of_their_own(root: Root) -> None:
    """Each `module.outer_*` calls a `module.net` with another `name.txt`."""
    call = 'module "{}" {{\n  source = "x/{}/y"\n}}\n'
    topic = 'resource "aws_sns_topic" "{}" {{\n  name = file("${{path.module}}/name.txt")\n}}\n'
    files, entries = {"main": call.format("a", "a") + call.format("b", "b")}, list[dict[str, str]]()
    for outer in ("a", "b"):
        files[f".terraform__modules__{outer}__main"] = call.format("net", "z")
        files[f".terraform__modules__{outer}.net__main"] = topic.format(outer)
        entries += [{"Key": key, "Source": "", "Dir": f".terraform/modules/{key}"} for key in (outer, f"{outer}.net")]
    root.write(**files)
    installed = root.directory / ".terraform" / "modules"
    (installed / "modules.json").write_text(json.dumps({"Modules": entries}), encoding="utf-8")
    for outer in ("a", "b"):
        (installed / f"{outer}.net" / "name.txt").write_text(outer, encoding="utf-8")
    assert root.eject().exit_code == 0
    assert (root.text("net/name.txt"), root.text("b_net/name.txt")) == ("a", "b")
    assert 'file("${path.module}/b_net/name.txt")' in root.text("b.tf")


def test_a_copy_replaces_no_other_file(installed: Root) -> None:
    file = installed.directory / "net" / "files" / "name.txt"
    file.parent.mkdir(parents=True)
    file.write_text("mine", encoding="utf-8")
    done = installed.eject()
    assert done.exit_code == 2
    assert f"{file}: exists, and would be replaced by " in done.output
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_copy_is_removed_if_another_file_cannot_be_written(installed: Root) -> None:
    assert installed.eject("--all", "--output", str(installed.directory / "main.tf" / "net.tf")).exit_code == 2
    assert not (installed.directory / "net").exists()


CALLS_IN_PYTHON = """\
from plainwork import App, ModuleCall, Output, Provider, Resource, Stack


def build(app: App) -> Stack:
    stack = Stack(app, "shop")
    Provider(stack, "aws", region="eu-west-1")
    net = ModuleCall(stack, "net", source="./net")
    Resource(stack, "aws_sqs_queue", "q", name="q", depends_on=[net])
    Output(stack, "first", value=net["all[0]"])
    return stack
"""


def test_the_resources_in_python_have_the_addresses_of_the_moves(root: Root, monkeypatch: pytest.MonkeyPatch) -> None:
    """The stack is written in Python, so its document is Terraform's JSON syntax and is not edited."""
    monkeypatch.chdir(root.directory)
    made: dict[str, Any] = {}
    exec(CALLS_IN_PYTHON, made)
    root.write(net__main=MODULE)
    document = json.dumps(synthesize(made["build"](App())))
    (root.directory / "cdk.tf.json").write_text(document, encoding="utf-8")
    done = root.eject("--all", "--format", "python")
    assert done.exit_code == 0, done.output
    assert "  module.net.all[0] is aws_sns_topic.b[0].arn\n" in done.output
    assert root.text("cdk.tf.json") == document
    exec(root.text("net.py"), made)
    ejected = synthesize(made["build"](App()))
    assert ejected["resource"]["aws_sns_topic"]["b"]["count"] == 2
    assert {"from": "module.net.aws_sns_topic.a", "to": "aws_sns_topic.a"} in ejected["moved"]


def test_the_arguments_of_a_block_are_aligned_after_all_are_written(root: Root) -> None:
    module = "".join(f'resource "aws_sns_topic" "{letter * 50}" {{}}\n' for letter in "abc")
    module += f'output "arns" {{\n  value = [aws_sns_topic.{"a" * 50}.arn]\n}}\n'
    user = (
        'resource "terraform_data" "q" {\n  input      = concat(module.net.arns, module.net.arns)\n'
        "  depends_on = [module.net]\n}\n"
    )
    root.write(main=PROVIDER + CALL + user, net__main=module)
    assert root.eject().exit_code == 0
    assert [line for line in root.text("main.tf").splitlines() if line.endswith("[")] == [
        "  input = [",
        "  depends_on = [",
    ]


@pytest.mark.parametrize("former", ["moved", "removed"])
def test_a_name_that_a_resource_had_is_not_given_again(root: Root, former: str) -> None:
    to = "  to   = module.net.aws_sns_topic.this\n" if former == "moved" else ""
    block = f"{former} {{\n  from = aws_sns_topic.net\n{to}}}\n"
    root.write(main=PROVIDER + CALL + block, net__main='resource "aws_sns_topic" "this" {}\n')
    done = root.eject()
    assert "written as `aws_sns_topic.net_this`; the root module has or had `aws_sns_topic.net`" in done.output
    assert 'resource "aws_sns_topic" "net_this"' in root.text("net.tf")
