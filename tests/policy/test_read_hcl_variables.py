"""A variable has its default in a root, where nothing says that it has another value."""

from __future__ import annotations

import pytest

from plainwork_core.model.values import Unknown
from plainwork_core.read import hcl

ROOT = 'provider "aws" {}\n'
USE = 'resource "aws_x" "y" {\n  z = var.v\n}\n'
DEFAULT = 'variable "v" {\n  default = "eu-west-1"\n}\n'


@pytest.fixture
def z(tmp_path):
    """The value of `z` in a folder with *text* and *others*."""

    def read(text, **others):
        (tmp_path / "main.tf").write_text(text + USE)
        for name, content in others.items():
            (tmp_path / name.replace("_tf", ".tf")).write_text(content)
        return hcl.read(tmp_path).resources[0].values["z"]

    return read


@pytest.mark.parametrize("root", [ROOT, 'terraform {\n  backend "s3" {}\n}\n'])
def test_a_root_follows_the_default(z, root):
    assert z(root + DEFAULT) == "eu-west-1"


UNSET = {
    "a module": (DEFAULT, "can have another value than its default"),
    "no default": (ROOT + 'variable "v" {}\n', "has no default"),
    "null": (ROOT + 'variable "v" {\n  default = null\n}\n', "is null by default"),
    "sensitive": (ROOT + DEFAULT.replace("}", "  sensitive = true\n}"), "is sensitive or ephemeral"),
    "ephemeral": (ROOT + DEFAULT.replace("}", "  ephemeral = true\n}"), "is sensitive or ephemeral"),
}


@pytest.mark.parametrize(("text", "reason"), UNSET.values(), ids=UNSET)
def test_otherwise_it_is_unknown_and_the_reason_is_to_check_a_plan(z, text, reason):
    assert z(text) == Unknown(f"`var.v` {reason}; check a plan", ("var.v",))


@pytest.mark.parametrize("file", ["terraform_tfvars", "prod.auto_tfvars", "terraform_tfvars.json"])
def test_a_file_that_sets_variables_leaves_no_default_certain(z, file):
    assert isinstance(z(ROOT + DEFAULT, **{file: "{}"}), Unknown)


def test_a_resource_with_a_default_count_of_zero_is_checked(tmp_path):
    count = 'variable "n" {\n  default = 0\n}\nresource "aws_x" "y" {\n  count = var.n\n}\n'
    (tmp_path / "main.tf").write_text(ROOT + count)
    assert [resource.address for resource in hcl.read(tmp_path).resources] == ["aws_x.y"]
