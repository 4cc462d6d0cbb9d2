"""The tree of constructs in a program that does not import CDKTF: plain Python, with the files of CDKTF."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from constructs import Construct as ConstructOfCdktf

import plainwork.tree
from plainwork import App, Construct, PlainworkError, Resource, Stack, Variable, render, synthesize
from plainwork.errors import AddressError
from tests.support.written_files import written_files


@pytest.fixture
def plain_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stack:
    monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
    return Stack(App(tmp_path), "web")


def test_a_duplicate_id_of_a_construct_names_both(plain_stack: Stack) -> None:
    Construct(plain_stack, "orders")
    with pytest.raises(AddressError, match="duplicate id 'orders' in 'web': Construct and Construct"):
        Construct(plain_stack, "orders")


def test_an_empty_id_is_an_error(plain_stack: Stack) -> None:
    with pytest.raises(AddressError, match="the id of a Construct in 'web' must not be empty"):
        Construct(plain_stack, "")


def test_the_scope_of_a_construct_is_a_construct() -> None:
    with pytest.raises(AddressError, match=r"the scope must be a Stack or a construct in a stack \(got 'web'\)"):
        Construct("web", "orders")  # type: ignore[arg-type]  # the mistake that is tested


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("${TfToken[TOKEN.1]}", "contains a token of CDKTF"),
        (object(), "which is not plain data"),
    ],
)
def test_a_part_of_cdktf_in_a_plain_app_is_an_error_with_the_remedy(
    plain_stack: Stack, value: Any, problem: str
) -> None:
    Resource(plain_stack, "aws_sqs_queue", "orders").add_override("name", value)
    with pytest.raises(PlainworkError, match=rf"(?s){problem}.* import `cdktf` before the App is created"):
        synthesize(plain_stack)


def test_a_member_of_cdktf_on_a_plain_construct_is_an_error_with_the_remedy(plain_stack: Stack) -> None:
    with pytest.raises(AttributeError, match="'Stack' object has no attribute 'synthesizer'; if it is one of CDKTF"):
        plain_stack.synthesizer  # noqa: B018  the mistake that is tested


def test_a_member_of_cdktf_on_a_plain_node_is_an_error_with_the_remedy(plain_stack: Stack) -> None:
    with pytest.raises(AttributeError, match="'Node' object has no attribute 'lock'; if it is one of CDKTF, import"):
        plain_stack.node.lock()


def test_a_construct_of_cdktf_in_a_plain_app_is_an_error_with_the_remedy(plain_stack: Stack) -> None:
    with pytest.raises(TypeError, match=r"plain Python .*import `cdktf` before the App is created"):
        ConstructOfCdktf(plain_stack, "late")


def test_context_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
    monkeypatch.setenv("CDKTF_CONTEXT_JSON", '{"stage": "dev"}')
    assert Stack(App(tmp_path), "web").node.try_get_context("stage") == "dev"


def test_context_of_the_environment_that_is_no_json_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
    monkeypatch.setenv("CDKTF_CONTEXT_JSON", "{")
    with pytest.raises(PlainworkError, match="CDKTF_CONTEXT_JSON is not JSON"):
        App(tmp_path)


def run(program: str, directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *arguments]
    return subprocess.run(command, cwd=directory, capture_output=True, text=True, check=False)


PROGRAM = """
import sys
{imports}
from plainwork import App, Locals, Output, Provider, Resource, Stack
app = App("out")
stack = Stack(app, "web")
Provider(stack, "aws", alias="b", region="eu-west-1")
Provider(stack, "aws", region="eu-west-2")
values = [1.0, -0.0, 0.5, 1e21, 1e-7, 0.00002, 123456789.5, 9007199254740991]
values += [True, {}, [], "", "\\u2028\\x7f\\n\\\\\\""]
Locals(stack, values=values, keys={"\\uffff": 1, "\\U0001f600": 2, "b": 3, "B": 4, "10": 5, "9": 6})
queue = Resource(stack, "aws_sqs_queue", "orders", tags={"é": "ü"}, delay_seconds=1.0)
queue.add_override("tags", {"a": None, "b": ["c", None]})
Output(stack, "arn", value=queue["arn"])
app.synth()
print("jsii" in sys.modules)
"""


def synthesized(tmp_path: Path, name: str, imports: str) -> tuple[str, dict[str, object]]:
    directory = tmp_path / name
    directory.mkdir()
    done = run(PROGRAM.replace("{imports}", imports), directory)
    assert done.stderr == ""
    return done.stdout, written_files(directory / "out")


def test_a_program_without_cdktf_starts_no_node_and_writes_the_same_bytes(tmp_path: Path) -> None:
    started, plain = synthesized(tmp_path, "plain", "pass")
    assert started == "False\n"
    started, of_cdktf = synthesized(tmp_path, "of_cdktf", "import constructs")
    assert started == "True\n"
    assert sorted(plain) == ["manifest.json", "stacks/web/cdk.tf.json", "stacks/web/cdk.tf.json.map"]
    assert plain == of_cdktf


def test_a_program_without_any_runtime_synthesizes(tmp_path: Path) -> None:
    without = ("jsii", "constructs", "cdktf", "cdktn")
    done = run(PROGRAM.replace("{imports}", f"sys.modules |= dict.fromkeys({without!r})"), tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("default", [None, {"id": None, "zones": [None, "a"]}])
def test_a_default_can_be_null(plain_stack: Stack, default: Any) -> None:
    Variable(plain_stack, "kms_key_id", type="any", default=default)
    document = synthesize(plain_stack)
    assert document["variable"]["kms_key_id"]["default"] == default
    assert "= null" in render(document) or "[null" in render(document)


def test_a_null_is_written_to_the_file_of_the_stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plainwork.tree, "RUNTIMES", ())
    app = App(tmp_path)
    Variable(Stack(app, "web"), "kms_key_id", type="string", default=None)
    app.synth()
    document = json.loads((tmp_path / "stacks/web/cdk.tf.json").read_text(encoding="utf-8"))
    assert document["variable"]["kms_key_id"] == {"default": None, "type": "string"}
