"""Stacks from nothing to nothing on an emulator: applied, planned again, destroyed, many at the same time.

Most of the time is waits inside the provider, so that together they take as long as the slowest.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork import App, synthesize
from tests.support.aws_server import aws_server
from tests.support.networks import make_network, on_the_server
from tools.examples_hcl import build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from concurrent.futures import Future
    from pathlib import Path

    from tests.support.terraform import Terraform

AT_ONCE = 8
MINUTES = 8 * 60
DELETION_PROTECTION = {"deletion_protection", "deletion_protection_enabled"}
"""Arguments of databases, which AWS keeps until another apply removes them."""


@dataclass(frozen=True)
class Cycle:
    """The results of Terraform on one example.

    Attributes:
        applied: of the first apply.
        changes: what a second plan would change; empty if nothing.
        destroyed: of destroying it.
    """

    applied: str
    changes: str
    destroyed: str


@contextmanager
def cycles(
    terraform: Terraform, sources: Mapping[str, Path], directory: Path, at_once: int = AT_ONCE
) -> Iterator[dict[str, Future[Cycle]]]:
    """Start a cycle of each of *sources*, the Python of a stack with `build(app)`, by name."""
    with aws_server() as server, ThreadPoolExecutor(at_once) as pool:
        reaching = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        ids = make_network(server)
        yield {
            name: pool.submit(
                cycle, reaching, synthesize(build(source, App(directory / name / "out"))), ids, directory / name
            )
            for name, source in sources.items()
        }


def assert_complete(done: Cycle) -> None:
    """Assert that a stack was applied, planned without a change, and destroyed."""
    assert "Apply complete!" in done.applied
    assert done.changes == ""
    assert "Destroy complete!" in done.destroyed


def cycle(terraform: Terraform, document: dict[str, Any], ids: dict[str, str], directory: Path) -> Cycle:
    """Apply a stack, plan it again, and destroy it once nothing protects it."""
    file = directory / "cdk.tf.json"
    file.write_text(on_the_server(json.dumps(document), ids))
    applied = terraform.apply(directory)
    changes = terraform.changes(directory)
    file.write_text(on_the_server(json.dumps(unprotected(document)), ids))
    if DELETION_PROTECTION & _arguments(document):
        terraform.apply(directory)
    return Cycle(applied, changes, terraform.destroy(directory))


def unprotected(value: Any) -> Any:
    """A stack without `prevent_destroy` and deletion protection at any depth."""
    match value:
        case dict():
            kept = value.keys() - DELETION_PROTECTION - {"prevent_destroy"}
            return {name: unprotected(each) for name, each in value.items() if name in kept}
        case list():
            return [unprotected(member) for member in value]
    return value


def _arguments(value: Any) -> set[str]:
    """The names of all arguments at any depth."""
    match value:
        case dict():
            return set(value).union(*map(_arguments, value.values()))
        case list():
            return set().union(*map(_arguments, value))
    return set()
