"""Ephemeral resources of any type, with Terraform's own argument names."""

from __future__ import annotations

from typing import Any

from plainwork.terraform.declaration import declare
from plainwork.terraform.declared import Declared
from plainwork.tree import Construct, TerraformElement


class Ephemeral(Declared, TerraformElement):
    """An ephemeral resource: `Ephemeral(scope, "aws_secretsmanager_secret_version", "password", secret_id=...)`.

    Its values are in no state and no plan. Terraform accepts them in write-only arguments, providers, local values,
    other ephemeral resources, provisioners and connections: `password_wo=password["secret_string"]`. It requires
    Terraform 1.10 or OpenTofu 1.11; write-only arguments require Terraform 1.11.

    Arguments and errors are those of `Resource`. The meta-arguments are `depends_on`, `count`, `for_each`,
    `provider`, `dynamic`, and `lifecycle` with `precondition` and `postcondition`.
    """

    def __init__(self, scope: Construct, type_: str, id_: str | None = None, /, **arguments: Any) -> None:
        self._declaration = declare("ephemeral", scope, type_, id_, arguments)
        super().__init__(scope, self._declaration.node_id)

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        declaration = self._declaration
        return {"ephemeral": {declaration.type: {declaration.name: declaration.body}}}
