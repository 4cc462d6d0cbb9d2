from __future__ import annotations

import urllib.request
from typing import TYPE_CHECKING

import pytest

from tests.support.terraform import initialized

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.terraform import Terraform


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is in this folder, and begin with what waits most, so that other workers are busy meanwhile."""
    for item in items:
        if item.path.is_relative_to(__file__.rpartition("/")[0]):
            item.add_marker(pytest.mark.terraform)
    items.sort(key=lambda item: not item.path.stem.endswith("_deployed"))


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Terraform:
    """Terraform with the AWS provider, set up once for all workers."""
    own: Path = tmp_path_factory.getbasetemp()
    return initialized(own if worker_id == "master" else own.parent)


@pytest.fixture(scope="session")
def moto_server() -> Iterator[str]:
    """The URL of a moto server of this worker."""
    from moto.server import ThreadedMotoServer  # noqa: PLC0415  it takes a second, and few tests need it

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def moto(moto_server: str) -> str:
    """The URL of an empty moto server: `terraform.with_env(AWS_ENDPOINT_URL=moto)`."""
    urllib.request.urlopen(urllib.request.Request(f"{moto_server}/moto-api/reset", method="POST"), timeout=60).close()
    return moto_server


@pytest.fixture(scope="module")
def managed_policies_of_aws() -> Iterator[None]:
    """Moto has the AWS managed policies only on request."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MOTO_IAM_LOAD_MANAGED_POLICIES", "true")
        yield
