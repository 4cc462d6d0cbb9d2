"""Each access level allows exactly the Terraform commands that it is for, and has no unused permission."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from plainwork import App, Stack, StateAccess, StateLocking
from tests.support.aws_server import AwsServer, aws_server
from tests.support.state_backends import KEY_ARN, backend_block, make_bucket_and_table, policy, state_backend
from tests.support.terraform import TerraformFailed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.support.terraform import Terraform

RESOURCE = {"terraform_data": {"example": {"input": 1}}}
KEY = "prod/web.tfstate"


@dataclass(frozen=True)
class Web:
    """A stack that stores its state in the bucket, with a directory for each caller."""

    server: AwsServer
    terraform: Terraform
    folder: Path
    backend: dict[str, Any]

    def as_(self, caller: str, *arguments: str, **env: str) -> str:
        """The output of Terraform with the permissions of an access key; `root` has all permissions."""
        directory = self.folder / caller
        terraform = self.terraform.with_env(AWS_ACCESS_KEY_ID=caller, AWS_ENDPOINT_URL=self.server.url, **env)
        if not directory.exists():
            directory.mkdir()
            self.write(directory, {"terraform": {"backend": {"s3": self.backend}}, "resource": RESOURCE})
            terraform.run(directory, "init", "-input=false", "-backend-config=use_path_style=true")
        return terraform.run(directory, *arguments, "-no-color")

    def applied_by(self, caller: str, *arguments: str, **env: str) -> str:
        return self.as_(caller, "apply", "-auto-approve", *arguments, **env)

    def write(self, directory: Path, config: dict[str, Any]) -> None:
        (directory / "main.tf.json").write_text(json.dumps(config))

    def read_from_another_stack(self, caller: str) -> str:
        """Read the state from another stack with `terraform_remote_state`."""
        (self.folder / "other").mkdir()
        remote_state = {"backend": "s3", "config": {**self.backend, "use_path_style": True}}
        self.write(self.folder / "other", {"data": {"terraform_remote_state": {"web": remote_state}}})
        terraform = self.terraform.with_env(AWS_ACCESS_KEY_ID=caller, AWS_ENDPOINT_URL=self.server.url)
        terraform.run(self.folder / "other", "init")
        return terraform.run(self.folder / "other", "apply", "-auto-approve")


@pytest.fixture(params=StateLocking, ids=lambda locking: locking.value)
def web(request: pytest.FixtureRequest, tmp_path: Path, terraform: Terraform) -> Iterator[Web]:
    """The web stack with each kind of locking; each access level has an access key with its name."""
    stack = Stack(App(tmp_path / "cdktf.out"), "state")
    backend = state_backend(stack, locking=request.param)
    backend.store(stack, KEY)
    with aws_server() as server:
        make_bucket_and_table(server)
        server.key_arn = KEY_ARN
        for access in StateAccess:
            backend.grant("ci", KEY, access)
            server.hold(access, policy(stack, f"state_prod_web_{access.replace('-', '_')}"))
        backend.grant("ci", KEY, StateAccess.APPLY, workspace="dev")
        server.hold("apply-in-dev", policy(stack, "state_prod_web_dev_apply"))
        yield Web(server, terraform, tmp_path, backend_block(stack))


def granted(web: Web, caller: str) -> set[str]:
    return {action for statement in web.server.policies[caller]["Statement"] for action in statement["Action"]}


def test_read_allows_remote_state(web: Web) -> None:
    web.applied_by("root")
    assert "Apply complete" in web.read_from_another_stack("read")
    assert web.server.used["read"] | {"s3:ListBucket"} == granted(web, "read")


def test_read_cannot_acquire_the_lock(web: Web) -> None:
    web.applied_by("root")
    with pytest.raises(TerraformFailed, match=r"Error acquiring the state lock(.|\n)*AccessDenied"):
        web.as_("read", "plan")


def test_plan_allows_a_plan_and_no_apply(web: Web) -> None:
    assert "1 to add" in web.as_("plan", "plan")
    web.applied_by("root")
    assert "No changes" in web.as_("plan", "plan")
    assert web.server.used["plan"] == granted(web, "plan")
    with pytest.raises(TerraformFailed, match=r"AccessDenied"):
        web.applied_by("plan", "-replace=terraform_data.example")


def test_apply_allows_creating_and_changing_a_state(web: Web) -> None:
    assert "1 added" in web.applied_by("apply")
    assert "1 added" in web.applied_by("apply", "-replace=terraform_data.example")
    assert web.server.used["apply"] == granted(web, "apply")


def test_apply_cannot_create_a_workspace(web: Web) -> None:
    web.applied_by("apply")
    with pytest.raises(TerraformFailed, match=r"AccessDenied|Forbidden"):
        web.as_("apply", "workspace", "new", "dev")


def test_apply_in_one_workspace_is_limited_to_it(web: Web) -> None:
    web.as_("root", "workspace", "new", "dev")
    assert "1 added" in web.applied_by("apply-in-dev", TF_WORKSPACE="dev")
    assert web.server.used["apply-in-dev"] == granted(web, "apply-in-dev")
    with pytest.raises(TerraformFailed, match=r"AccessDenied|Forbidden"):
        web.applied_by("apply-in-dev", TF_WORKSPACE="default")


def test_workspace_admin_can_create_and_delete_workspaces(web: Web) -> None:
    web.as_("workspace-admin", "workspace", "new", "dev")
    assert "1 added" in web.applied_by("workspace-admin")
    web.as_("workspace-admin", "workspace", "select", "default")
    web.as_("workspace-admin", "workspace", "delete", "-force", "dev")
    assert web.server.used["workspace-admin"] == granted(web, "workspace-admin")
