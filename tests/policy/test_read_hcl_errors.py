"""HCL that cannot be read is an error that names file, line and fault: no part of an input is skipped."""

import pytest

from plainwork_core.errors import InputError
from plainwork_core.read import hcl

ERRORS = {
    "no files": ({"a.txt": ""}, ["no *.tf", "*.tf.json"]),
    "only hidden files": ({".a.tf": ""}, ["no *.tf", "*.tf.json"]),
    "broken HCL": ({"a.tf": "a {\n  b = \n"}, ["a.tf:2: ", "expected a value"]),
    "an unknown block": ({"a.tf": "\nresorce {}\n"}, ["a.tf:2: ", "`resorce`", "did you mean `resource`?"]),
    "an argument outside of blocks": ({"a.tf": "a = 1\n"}, ["a.tf:1: ", "`a`"]),
    "a label missing": ({"a.tf": 'resource "a" {}\n'}, ["a.tf:1: ", "`resource`", "2 labels", "has 1"]),
    "an unknown block in terraform": ({"a.tf": "terraform {\n  bakend {\n  }\n}\n"}, ["a.tf:2: ", "`bakend`"]),
    "a resource twice": (
        {"a.tf": 'resource "a" "b" {}\n', "b.tf": 'resource "a" "b" {}\n'},
        ["b.tf:1: ", "`a.b`", "a.tf:1;"],
    ),
    "a local twice": ({"a.tf": "locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n"}, ["a.tf:5: ", "`local.a`", "a.tf:2;"]),
    "a provider twice": ({"a.tf": 'provider "aws" {}\nprovider "aws" {}\n'}, ["a.tf:2: ", "`provider.aws`", "a.tf:1;"]),
    "an override of a resource that is not there": (
        {"a.tf": "", "a_override.tf": '\nresource "a" "b" {}\n'},
        ["a_override.tf:2: ", "`a.b` is in no other file"],
    ),
    "an override of a local value that is not there": (
        {"a.tf": "", "override.tf": "locals {\n  a = 1\n}\n"},
        ["override.tf:2: ", "`local.a` is in no other file"],
    ),
    "Latin-1": ({"a.tf": b"# \xe9\n"}, ["a.tf:1: ", "UTF-8"]),
}


@pytest.mark.parametrize(("files", "parts"), ERRORS.values(), ids=ERRORS)
def test_hcl_that_cannot_be_read_is_an_error(tmp_path, files, parts):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as raised:
        hcl.read(tmp_path)
    assert [part for part in parts if part not in str(raised.value)] == []


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    (tmp_path / "main.tf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"main\.tf: cannot be read: No such file"):
        hcl.read(tmp_path)
