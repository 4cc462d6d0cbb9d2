"""A variable has its default in a root, where nothing says that it has another value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plainwork_core.errors import InputError
from plainwork_core.model.values import Unknown, is_known
from plainwork_core.read import hcl
from plainwork_core.read.options import Reading, ReadOptions

ROOT = 'provider "aws" {}\n'
USE = 'resource "aws_x" "y" {\n  z = var.v\n}\n'
LOCAL = USE.replace("var.v", "local.v")
OBJECT = {"a": "1", "b": 2, "c": None}
DEFAULT = 'variable "v" {\n  default = "eu-west-1"\n}\n'


@pytest.fixture
def z(tmp_path):
    """The value of `z` in a folder with *text* and *others*."""

    def read(text, *, options=None, use=USE, **others):
        (tmp_path / "main.tf").write_text(text + use)
        for name, content in others.items():
            (tmp_path / name).write_text(content)
        return hcl.read(tmp_path, reading=Reading(options or ReadOptions())).resources[0].values["z"]

    return read


@pytest.mark.parametrize("root", [ROOT, 'terraform {\n  backend "s3" {}\n}\n'])
def test_a_root_follows_the_default(z, root):
    assert z(root + DEFAULT) == "eu-west-1"


UNSET = {
    "a module": (DEFAULT, "can have another value than its default"),
    "no default": (ROOT + 'variable "v" {}\n', "has no default"),
    "sensitive": (ROOT + DEFAULT.replace("}", "  sensitive = true\n}"), "is sensitive or ephemeral"),
    "ephemeral": (ROOT + DEFAULT.replace("}", "  ephemeral = true\n}"), "is sensitive or ephemeral"),
}


@pytest.mark.parametrize(("text", "reason"), UNSET.values(), ids=UNSET)
def test_otherwise_it_is_unknown_and_the_reason_is_to_check_a_plan(z, text, reason):
    assert z(text) == Unknown(f"`var.v` {reason}; check a plan", ("var.v",))


def test_a_default_of_null_is_a_value(z):
    assert z(ROOT + 'variable "v" {\n  default = null\n}\n') is None


FILES = {
    "terraform_tfvars": 'v = "b"',
    "terraform_tfvars_json": '{"v": "${x}"}',
    "a_auto_tfvars": 'v = "d"',
    "b_auto_tfvars_json": '{"v": "e"}',
}


@pytest.mark.parametrize(("number", "expected"), [(1, "b"), (2, "${x}"), (3, "d"), (4, "e")])
def test_files_that_terraform_always_reads_set_variables_the_later_before_the_earlier(z, number, expected):
    files = {name.replace("_", "."): text for name, text in list(FILES.items())[:number]}
    assert z(DEFAULT, **files) == expected


@pytest.mark.parametrize("file", ["prod.tfvars", "env/prod.tfvars.json"])
def test_a_variable_that_another_file_sets_has_no_certain_default(z, tmp_path, file):
    (tmp_path / "env").mkdir()
    content = '{"v": "eu-west-2"}' if file.endswith(".json") else 'v = "eu-west-2"'
    found = z(ROOT + DEFAULT, **{file: content})
    assert found.reason == f"`var.v` is also set in {tmp_path / file}; pass it with --var-file, or check a plan"


TYPED = 'variable "v" {\n  type = %s\n}\n'


@pytest.mark.parametrize(
    ("type_", "text", "expected"),
    [
        ("string", "[1]", "[1]"),
        ("number", "1", 1),
        ("bool", "true", True),
        ("list(string)", "[1]", ["1"]),
        ("any", '{ a = "b" }', {"a": "b"}),
        ("set(string)", '["b", "a", "b"]', ["a", "b"]),
        ("map(number)", '{ a = "1" }', {"a": 1}),
        ("tuple([string, bool])", '[1, "true"]', ["1", True]),
        ("object({ a = string, b = optional(number, 2), c = optional(string) })", "{ a = 1, d = 3 }", OBJECT),
        ("list(object({ a = optional(object({ b = optional(string, 1) }), {}) }))", "[{}]", [{"a": {"b": "1"}}]),
    ],
)
def test_a_value_of_the_command_line_has_the_type_of_its_variable(z, type_, text, expected):
    assert z(TYPED % type_, options=ReadOptions({"v": text})) == expected


def test_a_value_that_does_not_have_the_type_is_unknown(z):
    found = z(TYPED % "number", options=ReadOptions({"v": "x"}))
    assert found.reason == "`var.v` cannot be converted to its type: a number is required, not a string"


def test_what_is_passed_comes_before_files_and_those_before_the_environment(z, tmp_path):
    (tmp_path / "prod.tfvars").write_text('v = "passed file"')
    passed = ReadOptions({"v": "passed"}, (tmp_path / "prod.tfvars",), {"v": "environment"})
    assert z(DEFAULT, **{"terraform.tfvars": 'v = "file"'}, options=passed) == "passed"
    assert z(DEFAULT, options=replace(passed, variables={})) == "passed file"
    (tmp_path / "terraform.tfvars").unlink()
    assert z(DEFAULT, options=ReadOptions(environment={"v": "environment"})) == "environment"


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (ReadOptions(variable_files=(Path("missing.tfvars"),)), "missing.tfvars"),
        (ReadOptions({"v": "["}), "--var v: "),
    ],
)
def test_a_value_that_cannot_be_read_is_an_error(z, options, message):
    with pytest.raises(InputError, match=message):
        z(TYPED % "list(string)", options=options)


@pytest.mark.parametrize(("workspace", "expected"), [("prod", "eu-prod"), (None, None)])
def test_the_workspace_is_known_if_it_is_passed(z, workspace, expected):
    found = z('locals {\n  v = "eu-${terraform.workspace}"\n}\n', options=ReadOptions(workspace=workspace), use=LOCAL)
    assert (found if is_known(found) else None) == expected


def test_a_resource_with_a_default_count_of_zero_is_checked(tmp_path):
    count = 'variable "n" {\n  default = 0\n}\nresource "aws_x" "y" {\n  count = var.n\n}\n'
    (tmp_path / "main.tf").write_text(ROOT + count)
    assert [resource.address for resource in hcl.read(tmp_path).resources] == ["aws_x.y"]


ABSENT = """variable "names" {
  default = []
}
variable "region" {
  default = "eu-west-1"
}
resource "aws_x" "y" {
  %s = %s
  z     = var.names
  at    = var.region
}
"""


@pytest.mark.parametrize(
    ("argument", "value"),
    [("count", "length(var.names) > 0 ? 1 : 0"), ("count", "length(var.names)"), ("for_each", "toset(var.names)")],
)
def test_a_resource_that_a_default_omits_has_another_value_where_it_exists(tmp_path, argument, value):
    (tmp_path / "main.tf").write_text(ROOT + ABSENT % (argument, value))
    (found,) = hcl.read(tmp_path).resources
    reason = "`var.names` has another value if `aws_x.y` exists; check a plan"
    assert found.values == {"z": Unknown(reason, ("var.names",)), "at": "eu-west-1"}


def test_a_resource_that_a_default_does_not_omit_has_the_default(tmp_path):
    (tmp_path / "main.tf").write_text(ROOT + ABSENT % ("count", "var.region == null ? 0 : 1"))
    (found,) = hcl.read(tmp_path).resources
    assert found.values == {"z": [], "at": "eu-west-1"}


ENCRYPTED = b"\0GITCRYPT\0\x3f\xd0\x3c"


def test_a_file_that_git_crypt_encrypts_may_set_any_variable(z, tmp_path):
    (tmp_path / "terraform.tfvars").write_bytes(ENCRYPTED)
    reason = (
        f"may be set in {tmp_path / 'terraform.tfvars'}, which is encrypted; run `git-crypt unlock`, or check a plan"
    )
    assert z(ROOT + DEFAULT) == Unknown(f"`var.v` {reason}", ("var.v",))


def test_a_file_after_an_encrypted_one_sets_variables_and_one_before_it_does_not(z, tmp_path):
    (tmp_path / "b.auto.tfvars").write_bytes(ENCRYPTED)
    assert not is_known(z(ROOT + DEFAULT, **{"a.auto.tfvars": 'v = "a"'}))
    assert z(ROOT + DEFAULT, **{"c.auto.tfvars": 'v = "c"'}) == "c"


def test_an_encrypted_configuration_is_an_error_with_the_command(tmp_path):
    (tmp_path / "main.tf").write_bytes(ENCRYPTED)
    with pytest.raises(InputError, match="encrypted by git-crypt; run `git-crypt unlock`"):
        hcl.read(tmp_path)
