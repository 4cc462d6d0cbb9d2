"""Input variables, local values and outputs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork.arguments.language import OUTPUT, VARIABLE
from plainwork.errors import ArgumentsError, UndefinedReferenceError
from plainwork.references import Reference, expression
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.element import Element, checked_body, language_body
from plainwork.terraform.overrides import override
from plainwork.tree import Construct, TerraformOutput, is_of_cdktf
from plainwork.tree.document import LITERAL_NULL
from plainwork_core.errors import did_you_mean
from plainwork_core.schema import Attribute, BlockSchema

_EPHEMERAL_OUTPUT = (
    "`ephemeral` is set; a stack is a root module, in which Terraform and OpenTofu have no ephemeral outputs; "
    "remove the output"
)
_NULL_DEFAULT = "`default` contains None, which CDKTF drops; do not import CDKTF, or omit `default` to require a value"


class Output(TerraformOutput):
    """An output value: `Output(stack, "bucket", value=bucket["id"])` is `output.bucket`.

    Args:
        scope: a stack, or a construct in a stack.
        id_: the output's own part of its name.
        arguments: Terraform's: `value`, `description`, `sensitive`, `deprecated`, `type` (in Terraform's spelling),
            `depends_on` and `precondition`.

    Raises:
        AddressError: the name is not a Terraform identifier, or the stack has this output already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(self, scope: Construct, id_: str, /, **arguments: Any) -> None:
        naming = naming_scope(scope)
        self._name = naming.name(id_, "output")
        self.address = f"output.{self._name}"
        self._body = language_body(naming.registry, "output", self.address, arguments, OUTPUT)
        if self._body.get("ephemeral") not in (None, False):
            raise ArgumentsError(self.address, [_EPHEMERAL_OUTPUT])
        node_id = f"output.{id_}"
        naming.registry.register(self.address, naming.path(node_id))
        naming.registry.outputs[self._name] = self._body
        super().__init__(scope, node_id, value="")

    @property  # type: ignore[misc]  # CDKTF's can be set later; here it is fixed when the output is created
    def value(self) -> Any:
        """The argument `value` in JSON syntax."""
        return self._body["value"]

    @property
    def friendly_unique_id(self) -> str:
        """The name of the output, under the name that CDKTF reads."""
        return self._name

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        return {"output": {self._name: self._body}}

    def add_override(self, path: str, value: Any) -> None:
        """Set a value without checks at a dotted path; None removes the value."""
        override(self._body, path, value)


class Variable(Element):
    """An input variable: `Variable(stack, "environment", type="string")`; `variable.reference` is its value.

    Args:
        scope: a stack, or a construct in a stack.
        id_: the variable's own part of its name.
        arguments: Terraform's: `type` (in Terraform's spelling, such as `list(string)`), `default`, `description`,
            `sensitive`, `ephemeral`, `nullable`, `deprecated` (a message), `const` and `validation`. The strings in
            `default` are literal text, and None is Terraform's null there: `default=None` makes it optional.

    Raises:
        AddressError: the name is not a Terraform identifier, or the stack has this variable already.
        ArgumentsError: Terraform would reject the arguments.
    """

    def __init__(self, scope: Construct, id_: str, /, **arguments: Any) -> None:
        naming = naming_scope(scope)
        name = naming.name(id_, "variable")
        self.address = f"var.{name}"
        if "default" in arguments and is_of_cdktf(scope) and _has_null(arguments["default"]):
            raise ArgumentsError(self.address, [_NULL_DEFAULT])
        body = language_body(naming.registry, "variable", self.address, arguments, VARIABLE)
        if "default" in arguments and arguments["default"] is None:
            body["default"] = LITERAL_NULL
        if naming.registry.target == "terraform" and body.get("const") is True:
            hidden = [name for name in ("sensitive", "ephemeral") if body.get(name) is True]
            if hidden:
                raise ArgumentsError(self.address, [f"`const` and `{hidden[0]}` are mutually exclusive"])
        naming.registry.register(self.address, naming.path(self.address))
        super().__init__(scope, f"variable.{id_}", {"variable": {name: body}})

    def __repr__(self) -> str:
        return self.address

    @property
    def reference(self) -> Reference:
        """Its value: `${var.environment}`."""
        return expression(self.address)


class Locals(Element):
    """Local values: `Locals(stack, port=443)["port"]` is `${local.port}`.

    Args:
        scope: a stack, or a construct in a stack, whose ids then precede the names, as they do for resources.
        values: the values by name.

    Raises:
        AddressError: a name is not a Terraform identifier, or the stack has this local value already.
        ArgumentsError: a value is not plain data.
    """

    def __init__(self, scope: Construct, /, **values: Any) -> None:
        naming = naming_scope(scope)
        self._names = {id_: naming.name(id_, "local") for id_ in values}
        schema = BlockSchema(dict.fromkeys(values, Attribute("dynamic", required=True)))
        body = checked_body("locals", values, schema)
        node_id = f"locals.{'.'.join(values)}"
        for name in self._names.values():
            naming.registry.register(f"local.{name}", naming.path(node_id))
        super().__init__(scope, node_id, {"locals": {self._names[id_]: value for id_, value in body.items()}})

    def __getitem__(self, id_: str) -> Reference:
        """Return a reference to a local value, by its own name without the ids of the scope.

        Raises:
            UndefinedReferenceError: there is no local value of this name.
        """
        if id_ not in self._names:
            raise UndefinedReferenceError(f"no local value `{id_}`{did_you_mean(id_, self._names)}")
        return expression(f"local.{self._names[id_]}")


def _has_null(value: Any) -> bool:
    """Return whether a default is or contains None."""
    match value:
        case Mapping():
            return any(map(_has_null, value.values()))
        case list() | tuple():
            return any(map(_has_null, value))
    return value is None
