"""Functions that read files: Terraform's values inside of the checked directory, and none outside of it."""

import pytest

from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.files import LARGEST_FILE, Files
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import parse_value
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.read import detection, hcl
from tests.policy.hcl_oracle import named, outputs, rejected_outputs

VALUES = """
file("a/x.json")
file("./a/../a/x.json")
file("m/accents.txt")
file("m/mark")
file("m/link.json")
fileexists("a/x.json")
fileexists("none")
fileexists("m/link.json")
filebase64("m/bytes")
filemd5("m/accents.txt")
filesha1("m/accents.txt")
filesha256("m/accents.txt")
filesha512("m/accents.txt")
filebase64sha256("m/accents.txt")
filebase64sha512("m/accents.txt")
templatefile("a/list.tpl", { name = 1, list = ["a", "b"] })
templatefile("a/value.tpl", { value = ["a", 1] })
templatefile("m/mark", {})
templatestring(local.template, { name = "a" })
fileset("a", "*.json")
fileset("a", "*")
fileset("a", "**")
fileset("a", "**/*.json")
fileset("a", "**/b/*.json")
fileset("a", "b/**")
fileset("a", "b/**/*.txt")
fileset("a", "?.json")
fileset("a", "{x,y}.json")
fileset("a", "{,x}.json")
fileset("a", "**/*.{json,tpl}")
fileset("./a/", "./b/*.json")
fileset("a", "/*.json")
fileset("a", "***.json")
fileset("a", "")
fileset("a", "b")
fileset("none", "*")
fileset("a/x.json", "*")
basename("a/b//")
basename("")
basename("//")
dirname("../a/./b/../c")
dirname("//a")
dirname("a/")
dirname("")
pathexpand("a/../b")
""".strip().splitlines()

REJECTED = """
file("none")
file("a")
file("m/bytes")
file("m/dangling")
fileexists("a")
fileexists("a/x.json/y")
filemd5("none")
templatefile("none", {})
templatefile("a/list.tpl", { name = 1 })
templatefile("a/list.tpl", { name = 1, list = [], "a b" = 1 })
templatefile("a/value.tpl", [])
templatefile("a/broken.tpl", {})
""".strip().splitlines()

NOT_EVALUATED = {
    'file("../outside.txt")': "on `../outside.txt`, which is outside of the checked directory",
    'file("/etc/hostname")': "on `/etc/hostname`, which is outside of the checked directory",
    'file("m/leaves")': "on `m/leaves`, which is outside of the checked directory",
    'fileexists("../none")': "on `../none`, which is outside of the checked directory",
    'fileset("..", "*")': "on `../`, which is outside of the checked directory",
    'file("~/.ssh/id_rsa")': "on a path in the home directory",
    'pathexpand("~")': "on a path in the home directory",
    'file("large")': "on files of more than 1,000,000 bytes",
    'fileset("m", "*")': "on a directory with `dangling`, a link to no file",
    'fileset("a", "../*")': "with `..` in the pattern",
    'fileset("a", "[xy].json")': "with the pattern `[xy].json`",
    'templatefile("a/nested.tpl", {})': "within another template",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A checked directory, with a file beside it."""
    top = tmp_path_factory.mktemp("files")
    (top / "outside.txt").write_text("outside")
    folder = top / "checked"
    for name in ("a/b/c", "m", "secret"):
        (folder / name).mkdir(parents=True)
    contents = {
        "a/x.json": '{"a":1}\n',
        "a/.hidden.json": "",
        "a/b/y.json": "1",
        "a/b/c/z.txt": "2",
        "a/list.tpl": "x ${name}\n%{ for i in list ~}\n- ${i}\\n$${y} ${upper(i)}\n%{ endfor ~}\n",
        "a/value.tpl": "${value}",
        "a/nested.tpl": '${templatefile("a/value.tpl", { value = 1 })}',
        "a/broken.tpl": "${",
        "m/accents.txt": "e\u0301 \r\n",
        "m/mark": "\ufeffx ${1}\n",
        "large": "x" * (LARGEST_FILE + 1),
    }
    for name, text in contents.items():
        (folder / name).write_bytes(text.encode())
    (folder / "m/bytes").write_bytes(b"\xff\x00")
    (folder / "m/link.json").symlink_to("../a/x.json")
    (folder / "m/leaves").symlink_to(top / "outside.txt")
    (folder / "m/dangling").symlink_to("none")
    return folder


class Here(Nowhere):
    def __init__(self, folder):
        super().__init__()
        self.files = Files(folder)

    def look_up(self, name, steps):
        return "${name}!" if name == "local" else super().look_up(name, steps)


def value(text, folder):
    return evaluate(parse_value(text), Here(folder))


@pytest.fixture(scope="module")
def terraforms(folder):
    return outputs(folder, 'locals {\n  template = "$${name}!"\n}\n' + named(VALUES))


@pytest.mark.terraform
@pytest.mark.parametrize("index", range(len(VALUES)), ids=VALUES)
def test_a_value_is_terraforms(folder, terraforms, index):
    assert value(VALUES[index], folder) == terraforms[f"o{index}"]


@pytest.mark.parametrize("text", REJECTED)
def test_what_terraform_rejects_has_no_value(folder, text):
    assert "has no value" in value(text, folder).reason


@pytest.mark.terraform
def test_terraform_rejects_it_too(folder):
    assert rejected_outputs(folder, named(REJECTED)) == {f"o{index}" for index in range(len(REJECTED))}


@pytest.mark.parametrize(("text", "reason"), NOT_EVALUATED.items(), ids=NOT_EVALUATED)
def test_other_files_are_not_evaluated(folder, text, reason):
    found = value(text, folder)
    assert isinstance(found, Unknown)
    assert f"is not evaluated {reason}" in found.reason


def test_a_template_keeps_what_is_known(folder):
    found = value('templatefile("a/list.tpl", { name = x, list = [] })', folder)
    assert found == PartialString(*_of(found), ("x ", Unknown(*_of(found)), "\n"))


def _of(unknown):
    return unknown.reason, unknown.references


def test_a_template_has_no_other_variables(folder):
    (folder / "a/each.tpl").write_text("${local.x}")
    assert "there is no `local`" in value('templatefile("a/each.tpl", {})', folder).reason


@pytest.fixture
def project(tmp_path):
    """A root module with a policy beside its directory."""
    root = tmp_path / "stacks" / "prod"
    root.mkdir(parents=True)
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / "read.json").write_text('{"Statement": []}')
    (root / "main.tf").write_text('resource "aws_iam_policy" "p" {\n  policy = file("../../policies/read.json")\n}\n')
    return tmp_path


def test_a_file_beside_the_root_module_is_read_if_the_directory_around_both_is_checked(project):
    [found] = detection.find(project)
    assert found.read().resources[0].values["policy"] == '{"Statement": []}'


def test_it_is_not_read_if_the_root_module_alone_is_checked(project):
    found = hcl.read(project / "stacks" / "prod").resources[0].values["policy"]
    assert f"outside of the checked directory `{project}/stacks/prod`; check a directory" in found.reason
