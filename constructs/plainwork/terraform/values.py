"""What goes into a configuration and comes out of it: variables, locals and outputs."""

from __future__ import annotations

from typing import Any

from plainwork._cdktf import Construct, TerraformOutput
from plainwork.checks.meta import CONDITION
from plainwork.errors import ArgumentsError
from plainwork.references import Reference, expression
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.element import Element, checked
from plainwork.terraform.meta import normalized
from plainwork.terraform.overrides import override
from plainwork_core.schema import Attribute, BlockSchema

_TEXT, _FLAG, _ANY = (Attribute(type_, optional=True) for type_ in ("string", "bool", "dynamic"))

OUTPUT = BlockSchema(
    {
        "value": Attribute("dynamic", required=True),
        "description": _TEXT,
        "sensitive": _FLAG,
        "ephemeral": _FLAG,
        "depends_on": Attribute(["list", "string"], optional=True),
    },
    {"precondition": CONDITION},
)
VARIABLE = BlockSchema(
    {
        "type": _TEXT,
        "default": _ANY,
        "description": _TEXT,
        "sensitive": _FLAG,
        "ephemeral": _FLAG,
        "nullable": _FLAG,
    },
    {"validation": CONDITION},
)


class Output(TerraformOutput):
    """An output value: `Output(stack, "bucket", value=bucket["id"])` is `output.bucket`.

    Args:
        scope: a stack, or a construct in one.
        id_: the output's own part of its name.
        arguments: `value`, `description`, `sensitive`, `ephemeral`, `depends_on` and `precondition`, as in Terraform.

    Raises:
        AddressError: the name is no Terraform identifier, or the stack has this output already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(self, scope: Construct, id_: str, /, **arguments: Any) -> None:
        naming = naming_scope(scope)
        self._name = naming.name(id_, "output")
        self.address = f"output.{self._name}"
        self._body = checked(self.address, normalized(arguments), OUTPUT)
        node_id = f"output.{id_}"
        naming.registry.register(self.address, naming.path(node_id))
        super().__init__(scope, node_id, value="")

    @property  # type: ignore[misc]  # CDKTF lets it be set later; here it is decided when the output is made
    def value(self) -> Any:
        """What was given as its value."""
        return self._body["value"]

    @property
    def friendly_unique_id(self) -> str:
        """The name of the output; CDKTF asks for it under this name."""
        return self._name

    def to_terraform(self) -> dict[str, Any]:
        """What CDKTF writes."""
        return {"output": {self._name: self._body}}

    def add_override(self, path: str, value: Any) -> None:
        """Write a value that no check has seen, at a dotted path; None removes what is there."""
        override(self._body, path, value)


class Variable(Element):
    """An input variable: `Variable(stack, "environment", type="string")`, used as `variable.reference`.

    Args:
        scope: a stack, or a construct in one.
        id_: the variable's own part of its name.
        arguments: `type` (as Terraform spells it: `list(string)`), `default`, `description`, `sensitive`,
            `ephemeral`, `nullable` and `validation`.

    Raises:
        AddressError: the name is no Terraform identifier, or the stack has this variable already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(self, scope: Construct, id_: str, /, **arguments: Any) -> None:
        naming = naming_scope(scope)
        name = naming.name(id_, "variable")
        self.address = f"var.{name}"
        if "default" in arguments and arguments["default"] is None:
            raise ArgumentsError(
                self.address, ["default cannot be None: CDKTF drops a null; leave it out to require one"]
            )
        body = checked(self.address, arguments, VARIABLE)
        naming.registry.register(self.address, naming.path(self.address))
        super().__init__(scope, f"variable.{id_}", {"variable": {name: body}})

    @property
    def reference(self) -> Reference:
        """Its value, as `${var.environment}`."""
        return expression(self.address)


class Locals(Element):
    """Named values: `Locals(stack, port=443)["port"]` is `${local.port}`.

    Args:
        scope: a stack, or a construct in one, whose ids then stand before the names, as they do for resources.
        values: the values by name.

    Raises:
        AddressError: a name is no Terraform identifier, or the stack has this local value already.
        ArgumentsError: a value is no plain data.
    """

    def __init__(self, scope: Construct, /, **values: Any) -> None:
        naming = naming_scope(scope)
        self._names = {id_: naming.name(id_, "local") for id_ in values}
        schema = BlockSchema(dict.fromkeys(values, Attribute("dynamic", required=True)))
        body = checked("locals", values, schema)
        node_id = f"locals.{'.'.join(values)}"
        for name in self._names.values():
            naming.registry.register(f"local.{name}", naming.path(node_id))
        super().__init__(scope, node_id, {"locals": {self._names[id_]: value for id_, value in body.items()}})

    def __getitem__(self, id_: str) -> Reference:
        return expression(f"local.{self._names[id_]}")
