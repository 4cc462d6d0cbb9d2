"""Which runs on one state keep each other out, and that nobody's work is lost."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from plainwork import App, Stack, StateLocking
from tests.support.aws_server import AwsServer, aws_server
from tests.support.state_backends import BUCKET, backend_block, make_bucket_and_table, state_backend
from tests.support.terraform import TerraformFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from tests.support.terraform import Terraform

S3, DYNAMODB, BOTH = StateLocking
TABLE_LOCK = {"LockID": {"S": f"{BUCKET}/prod/web.tfstate"}}
SLOW = {"provisioner": {"local-exec": {"command": "sleep 2"}}}


@dataclass(frozen=True)
class Bench:
    """Working copies of one stack, whose two things `a` and `b` take two seconds each to make."""

    server: AwsServer
    terraform: Terraform
    folder: Path
    pool: ThreadPoolExecutor

    def copy(self, name: str, locking: StateLocking) -> Path:
        stack = Stack(App(self.folder / f"{name}.out"), name)
        state_backend(stack, locking=locking).store(stack, "prod/web.tfstate")
        backend = {"backend": {"s3": backend_block(stack)}}
        directory = self.folder / name
        directory.mkdir()
        (directory / "main.tf.json").write_text(
            json.dumps({"terraform": backend, "resource": {"terraform_data": {"a": SLOW, "b": SLOW}}})
        )
        self.run(directory, "init", "-backend-config=use_path_style=true")
        return directory

    def run(self, directory: Path, *arguments: str) -> str:
        return self.terraform.with_env(AWS_ENDPOINT_URL=self.server.url).run(directory, *arguments, "-no-color")

    def make(self, directory: Path, thing: str, *arguments: str) -> str:
        return self.run(directory, "apply", "-auto-approve", f"-target=terraform_data.{thing}", *arguments)

    def begin(self, directory: Path, thing: str) -> Future[str]:
        """Make a thing in the background, and come back when it has the lock."""
        making = self.pool.submit(self.make, directory, thing)
        while not (self.is_locked() or making.done()):
            time.sleep(0.05)
        return making

    def is_locked(self) -> bool:
        objects = self.server.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])
        item = self.server.client("dynamodb").get_item(TableName=BUCKET, Key=TABLE_LOCK)
        return any(each["Key"].endswith(".tflock") for each in objects) or "Item" in item


@pytest.fixture
def bench(tmp_path: Path, terraform: Terraform) -> Iterator[Bench]:
    with aws_server() as server, ThreadPoolExecutor() as pool:
        make_bucket_and_table(server)
        yield Bench(server, terraform, tmp_path, pool)


@pytest.mark.parametrize(("first", "second"), [(S3, S3), (DYNAMODB, BOTH), (BOTH, BOTH), (BOTH, S3)])
def test_neighboring_stages_keep_each_other_out(bench: Bench, first: StateLocking, second: StateLocking) -> None:
    ours, theirs = bench.copy("ours", first), bench.copy("theirs", second)
    making = bench.begin(ours, "a")
    with pytest.raises(TerraformFailed, match="Error acquiring the state lock"):
        bench.make(theirs, "b")
    assert "1 added" in making.result()
    assert not bench.is_locked()


def test_a_stage_left_out_keeps_nobody_out(bench: Bench) -> None:
    """Why DYNAMODB_AND_S3 exists: the state of whoever writes first is lost."""
    ours, theirs = bench.copy("ours", DYNAMODB), bench.copy("theirs", S3)
    making = bench.begin(ours, "a")
    assert "1 added" in bench.make(theirs, "b")
    assert "1 added" in making.result()


@pytest.mark.parametrize("locking", StateLocking)
def test_two_applies_at_once_lose_nothing(bench: Bench, locking: StateLocking) -> None:
    ours, theirs = bench.copy("ours", locking), bench.copy("theirs", locking)
    making = [bench.pool.submit(bench.make, *each, "-lock-timeout=60s") for each in ((ours, "a"), (theirs, "b"))]
    assert all("1 added" in each.result() for each in making)
    assert bench.run(ours, "state", "list").split() == ["terraform_data.a", "terraform_data.b"]
    assert not bench.is_locked()
