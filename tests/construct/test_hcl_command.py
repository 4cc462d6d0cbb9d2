from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What `app.synth()` writes for two stacks."""
    monkeypatch.chdir(tmp_path)
    directory = tmp_path / "cdktf.out"
    paths = {name: f"stacks/{name}/cdk.tf.json" for name in ("prod", "test")}
    for name, path in paths.items():
        write(directory / path, {"locals": {"name": name}})
    stacks = {name: {"name": name, "synthesizedStackPath": path} for name, path in paths.items()}
    write(directory / "manifest.json", {"version": "0.21.0", "stacks": stacks})
    return directory


def write(file: Path, content: Any) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(content), encoding="utf-8")


def render(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["render", *map(str, arguments)])


@pytest.mark.usefixtures("out")
def test_each_stack_becomes_a_folder_and_each_file_is_named() -> None:
    result = render()
    assert result.exit_code == 0
    assert result.output == "hcl.out/prod/main.tf: 3 lines\nhcl.out/test/main.tf: 3 lines\n"
    assert Path("hcl.out/prod/main.tf").read_text(encoding="utf-8") == 'locals {\n  name = "prod"\n}\n'


@pytest.mark.parametrize("path", ["stacks/prod", "stacks/prod/cdk.tf.json"])
def test_a_stack_folder_or_a_document_will_do(out: Path, path: str) -> None:
    assert render(out / path, "--output", "hcl").output == "hcl/prod/main.tf: 3 lines\n"


def test_numbers_are_as_exact_as_in_the_file(out: Path) -> None:
    document = out / "exact.tf.json"
    document.write_text('{"locals": {"a": 0.12345678901234567890123}}', encoding="utf-8")
    assert "a = 0.12345678901234567890123\n" in render(document, "--stdout").output


def test_other_files_in_the_output_are_left_alone(out: Path) -> None:
    own = Path("hcl.out/prod/own.tf")
    own.parent.mkdir(parents=True)
    own.write_text("# mine\n", encoding="utf-8")
    assert render(out).exit_code == 0
    assert own.read_text(encoding="utf-8") == "# mine\n"


def test_the_assets_of_a_stack_go_with_it(out: Path) -> None:
    asset = out / "stacks/prod/assets/script/run.sh"
    asset.parent.mkdir(parents=True)
    asset.write_text("true\n", encoding="utf-8")
    assert render(out).exit_code == 0
    assert Path("hcl.out/prod/assets/script/run.sh").read_text(encoding="utf-8") == "true\n"


@pytest.mark.usefixtures("out")
def test_check_passes_when_the_files_are_as_rendered() -> None:
    render()
    result = render("--check")
    assert (result.exit_code, result.output) == (0, "2 files are up to date\n")


@pytest.mark.usefixtures("out")
def test_check_shows_what_differs_and_writes_nothing() -> None:
    render()
    file = Path("hcl.out/prod/main.tf")
    file.write_text('locals {\n  name = "other"\n}\n', encoding="utf-8")
    result = render("--check")
    assert result.exit_code == 1
    assert '-  name = "other"\n+  name = "prod"\n' in result.output
    assert "other" in file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("out")
@pytest.mark.parametrize("content", [b'locals {\r\n  name = "prod"\r\n}\r\n', b'locals {\n  name = "\xff"\n}\n'])
def test_check_sees_other_line_ends_and_what_is_no_utf_8(content: bytes) -> None:
    render()
    Path("hcl.out/prod/main.tf").write_bytes(content)
    result = render("--check")
    assert (result.exit_code, '+  name = "prod"\n' in result.output) == (1, True)
    assert isinstance(result.exception, SystemExit)


def test_check_finds_an_asset_that_is_not_the_same(out: Path) -> None:
    render(out)
    write(out / "stacks/prod/assets/script/run.json", {})
    result = render(out, "--check")
    assert (result.exit_code, "hcl.out/prod/assets/script/run.json differs from" in result.output) == (1, True)
    render(out)
    assert render(out, "--check").exit_code == 0


def test_check_finds_a_file_that_is_not_there(out: Path) -> None:
    assert render(out, "--check").exit_code == 1


@pytest.mark.usefixtures("out")
def test_stdout_prints_each_stack_under_its_name() -> None:
    assert render("--stdout").output.startswith("# prod/main.tf\n\nlocals {")
    assert not Path("hcl.out").exists()


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["nowhere"], "nowhere: does not exist"),
        (["empty"], "empty: no manifest.json"),
        (["no_stacks"], "no_stacks/manifest.json: no stacks"),
        (["bad.tf.json"], "bad.tf.json:1: invalid JSON"),
        (["twice.tf.json"], "twice.tf.json: invalid JSON: duplicate key 'locals'"),
        (["deep.tf.json"], "deep.tf.json: invalid JSON: nested too deeply"),
        (["list.tf.json"], "list.tf.json: not a JSON object"),
        (["unknown.tf.json"], "unknown.tf.json: unknown block type `resources`"),
        (["cdktf.out", "--output", "cdktf.out/stacks"], "contains cdk.tf.json"),
        (["--check", "--stdout"], "mutually exclusive"),
    ],
)
def test_a_mistake_is_one_message_and_exit_code_2(out: Path, arguments: list[str], problem: str) -> None:
    (out.parent / "empty").mkdir()
    write(out.parent / "no_stacks" / "manifest.json", {"stacks": {}})
    (out.parent / "bad.tf.json").write_text("{", encoding="utf-8")
    (out.parent / "twice.tf.json").write_text('{"locals": {"a": 1}, "locals": {"b": 2}}', encoding="utf-8")
    (out.parent / "deep.tf.json").write_text("[" * 100_000, encoding="utf-8")
    write(out.parent / "list.tf.json", [])
    write(out.parent / "unknown.tf.json", {"resources": {}})
    result = render(*arguments)
    assert (result.exit_code, problem in result.output) == (2, True), result.output
    assert isinstance(result.exception, SystemExit)
