"""HCL that cannot be read is refused in words, with its file and line: nothing is passed over."""

import pytest

from plainwork_core.errors import InputError
from plainwork_core.read import hcl

REFUSED = {
    "no files": ({"a.txt": ""}, "has no *.tf or *.tf.json file"),
    "only hidden files": ({".a.tf": ""}, "has no *.tf or *.tf.json file"),
    "broken HCL": ({"a.tf": "a {\n  b = \n"}, "a.tf:2: expected a value"),
    "an unknown block": ({"a.tf": "\nresorce {}\n"}, "a.tf:2: `resorce` is no block type of Terraform"),
    "an argument outside blocks": ({"a.tf": "a = 1\n"}, "a.tf:1: the argument `a` stands outside any block"),
    "a label missing": ({"a.tf": 'resource "a" {}\n'}, "a `resource` block has 2 labels, and this one has 1"),
    "an unknown block in terraform": ({"a.tf": "terraform {\n  bakend {\n  }\n}\n"}, "has no `bakend` block"),
    "a resource twice": (
        {"a.tf": 'resource "a" "b" {}\n', "b.tf": 'resource "a" "b" {}\n'},
        "b.tf:1: `a.b` is declared twice, first at",
    ),
    "a local twice": ({"a.tf": "locals {\n  a = 1\n}\nlocals {\n  a = 2\n}\n"}, "`local.a` is declared twice"),
    "a provider twice": ({"a.tf": 'provider "aws" {}\nprovider "aws" {}\n'}, "`provider.aws` is declared twice"),
    "an override": (
        {"a.tf": "", "a_override.tf": ""},
        "a_override.tf: changes what other files declare, and such files are not read",
    ),
    "OpenTofu's own files": ({"a.tf": "", "b.tofu": ""}, "b.tofu: is OpenTofu's alone, and such files are not read"),
    "Latin-1": ({"a.tf": b"# \xe9\n"}, "a.tf: line 1 is not UTF-8 text"),
}


@pytest.mark.parametrize(("files", "message"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused(tmp_path, files, message):
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(InputError) as raised:
        hcl.read(tmp_path)
    assert message in str(raised.value)


def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    (tmp_path / "main.tf").symlink_to(tmp_path / "nowhere")
    with pytest.raises(InputError, match=r"main\.tf: cannot be read: No such file"):
        hcl.read(tmp_path)
