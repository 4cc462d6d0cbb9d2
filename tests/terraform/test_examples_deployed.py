"""Every example from nothing to nothing: applied, planned again, destroyed, all at the same time.

Most of the time is waits inside the provider, so that together they take as long as the slowest. That of the state
backend is in `test_stacks_deployed.py`.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, synthesize
from tests.support.aws_server import aws_server
from tests.support.networks import make_network, on_the_server
from tools.examples_hcl import build, examples

if TYPE_CHECKING:
    from collections.abc import Iterator
    from concurrent.futures import Future
    from pathlib import Path

    from tests.support.terraform import Terraform

EXAMPLES = {example.parent.name: example for example in examples() if example.parent.name != "s3_state_backend"}
MINUTES = 8 * 60


@dataclass(frozen=True)
class Cycle:
    """The results of Terraform on one example.

    Attributes:
        applied: of the first apply.
        changes: whether a second plan would change anything.
        destroyed: of destroying it.
    """

    applied: str
    changes: bool
    destroyed: str


@pytest.fixture(scope="module")
def cycles(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> Iterator[dict[str, Future[Cycle]]]:
    with aws_server() as server, ThreadPoolExecutor(len(EXAMPLES)) as pool:
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        ids = make_network(server)
        started = {}
        for name, example in EXAMPLES.items():
            directory = tmp_path_factory.mktemp(name)
            document = synthesize(build(example, App(str(directory / "cdktf.out"))))
            started[name] = pool.submit(cycle, reaching, document, ids, directory)
        yield started


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_is_applied_and_planned_empty_and_destroyed(name: str, cycles: dict[str, Future[Cycle]]) -> None:
    done = cycles[name].result(timeout=MINUTES)
    assert "Apply complete!" in done.applied
    assert not done.changes
    assert "Destroy complete!" in done.destroyed


def cycle(terraform: Terraform, document: dict[str, Any], ids: dict[str, str], directory: Path) -> Cycle:
    """Apply a stack, plan it again, and destroy it once nothing protects it."""
    file = directory / "cdk.tf.json"
    file.write_text(on_the_server(json.dumps(document), ids))
    applied = terraform.apply(directory)
    changes = terraform.changes(directory)
    file.write_text(on_the_server(json.dumps(unprotected(document)), ids))
    return Cycle(applied, changes, terraform.destroy(directory))


def unprotected(value: Any) -> Any:
    """A stack without `prevent_destroy` at any depth."""
    match value:
        case dict():
            return {name: unprotected(each) for name, each in value.items() if name != "prevent_destroy"}
        case list():
            return [unprotected(member) for member in value]
    return value
