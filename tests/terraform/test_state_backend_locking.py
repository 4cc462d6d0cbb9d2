"""Which runs on one state exclude each other, and that no changes are lost."""

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
    """Working copies of one stack with two resources, `a` and `b`, that take two seconds each to create."""

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

    def create(self, directory: Path, name: str, *arguments: str) -> str:
        return self.run(directory, "apply", "-auto-approve", f"-target=terraform_data.{name}", *arguments)

    def begin(self, directory: Path, name: str) -> Future[str]:
        """Create a resource in the background, and return when the run has acquired the lock."""
        creation = self.pool.submit(self.create, directory, name)
        while not (self.is_locked() or creation.done()):
            time.sleep(0.05)
        return creation

    def is_locked(self) -> bool:
        objects = self.server.client("s3").list_objects_v2(Bucket=BUCKET).get("Contents", [])
        item = self.server.client("dynamodb").get_item(TableName=BUCKET, Key=TABLE_LOCK)
        return any(found["Key"].endswith(".tflock") for found in objects) or "Item" in item


@pytest.fixture
def bench(tmp_path: Path, terraform: Terraform) -> Iterator[Bench]:
    with aws_server() as server, ThreadPoolExecutor() as pool:
        make_bucket_and_table(server)
        yield Bench(server, terraform, tmp_path, pool)


@pytest.mark.parametrize(("first", "second"), [(S3, S3), (DYNAMODB, BOTH), (BOTH, BOTH), (BOTH, S3)])
def test_runs_in_adjacent_stages_exclude_each_other(bench: Bench, first: StateLocking, second: StateLocking) -> None:
    ours, theirs = bench.copy("ours", first), bench.copy("theirs", second)
    creation = bench.begin(ours, "a")
    with pytest.raises(TerraformFailed, match="Error acquiring the state lock"):
        bench.create(theirs, "b")
    assert "1 added" in creation.result()
    assert not bench.is_locked()


def test_runs_with_a_stage_between_do_not_exclude_each_other(bench: Bench) -> None:
    """Why DYNAMODB_AND_S3 exists: the state of the run that writes first is lost."""
    ours, theirs = bench.copy("ours", DYNAMODB), bench.copy("theirs", S3)
    creation = bench.begin(ours, "a")
    assert "1 added" in bench.create(theirs, "b")
    assert "1 added" in creation.result()


@pytest.mark.parametrize("locking", StateLocking)
def test_two_concurrent_applies_lose_no_changes(bench: Bench, locking: StateLocking) -> None:
    ours, theirs = bench.copy("ours", locking), bench.copy("theirs", locking)
    creations = [bench.pool.submit(bench.create, *run, "-lock-timeout=60s") for run in ((ours, "a"), (theirs, "b"))]
    assert all("1 added" in creation.result() for creation in creations)
    assert bench.run(ours, "state", "list").split() == ["terraform_data.a", "terraform_data.b"]
    assert not bench.is_locked()
