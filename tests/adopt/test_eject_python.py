"""`plainwork eject --from-python`: a stack of Python as HCL that needs nothing of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from plainwork import App, Provider, Resource, S3StateBackend, Stack, synthesize
from plainwork_cli.main import main
from plainwork_core.adopt.configuration import read_hcl
from plainwork_core.adopt.equality import differences

if TYPE_CHECKING:
    from click.testing import Result


def eject(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["eject", "--from-python", *map(str, arguments)])


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stack:
    monkeypatch.chdir(tmp_path)
    app = App()
    stack = Stack(app, "shop")
    Provider(stack, "aws", region="eu-west-1", allowed_account_ids=["123456789012"])
    S3StateBackend(stack, "states", bucket="example-states")
    Resource(stack, "aws_sns_topic", "orders", name="orders")
    other = Stack(app, "other")
    other.set_backend("s3", {"bucket": "example-states", "key": "other", "region": "eu-west-1"})
    Resource(other, "aws_sns_topic", "orders", name="other")
    app.synth()
    return stack


def test_a_stack_is_one_file_with_the_same_blocks(stack: Stack) -> None:
    result = eject("shop")
    assert result.exit_code == 0, result.output
    assert "created shop/main.tf" in result.output
    assert differences(synthesize(stack), read_hcl(Path("shop/main.tf")).document) == []


def test_nothing_names_python(stack: Stack) -> None:  # noqa: ARG001  it is on disk
    eject("shop")
    text = Path("shop/main.tf").read_text(encoding="utf-8")
    assert not any(word in text for word in ("plainwork", "cdktf", "S3StateBackend", "Directly in the stack"))


def test_a_directory_and_a_file_can_be_given(stack: Stack) -> None:  # noqa: ARG001
    result = eject("cdktf.out/stacks/other", "--output", "infra/other.tf")
    assert result.exit_code == 0, result.output
    assert 'backend "s3" {' in Path("infra/other.tf").read_text(encoding="utf-8")


def test_what_belongs_beside_the_file_is_named(stack: Stack) -> None:  # noqa: ARG001
    Path("cdktf.out/stacks/shop/terraform.tfstate").write_text("{}", encoding="utf-8")
    Path("cdktf.out/stacks/shop/assets").mkdir()
    output = eject("shop").output
    assert "move cdktf.out/stacks/shop/terraform.tfstate to shop/terraform.tfstate" in output
    assert "copy cdktf.out/stacks/shop/assets to shop/assets" in output


def test_an_existing_file_is_not_replaced(stack: Stack) -> None:  # noqa: ARG001
    Path("main.tf").write_text("# mine\n", encoding="utf-8")
    result = eject("shop", "--output", "main.tf")
    assert result.exit_code == 2
    assert "main.tf: exists; remove it, or pass another --output" in result.output
    assert Path("main.tf").read_text(encoding="utf-8") == "# mine\n"


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["shpo"], "cdktf.out has no stack 'shpo'; it has `other` and `shop`"),
        (["cdktf.out"], "cdktf.out has 2 stacks; name one: `other` or `shop`"),
        (["shop", "--all"], "--from-python has only --output beside it"),
    ],
)
def test_another_stack_or_option_is_an_error(stack: Stack, arguments: list[str], problem: str) -> None:  # noqa: ARG001
    result = eject(*arguments)
    assert result.exit_code == 2
    assert problem in " ".join(result.output.split())
    assert not Path("shop/main.tf").exists()
