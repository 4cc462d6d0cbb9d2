"""Values across stacks: outputs of one stack that another one reads from its state.

https://developer.hashicorp.com/terraform/language/state/remote-state-data
"""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork import references
from plainwork.errors import CrossStackError
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.backend import Backend, backend_of
from plainwork.terraform.resource import DataSource
from plainwork.terraform.synthesized_blocks import strings
from plainwork.terraform.value_types import is_sensitive, schema_of
from plainwork.terraform.values import Output
from plainwork.tree import Construct, TerraformStack, is_a
from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.expressions import code_of, scan
from plainwork_core.text import enumeration

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plainwork.references import Reference
    from plainwork_core.schema import BlockSchema

_NOT_FOR_READING = {
    "s3": {
        "acl",
        "allowed_account_ids",
        "dynamodb_endpoint",
        "dynamodb_table",
        "forbidden_account_ids",
        "use_lockfile",
    }
}
"""Arguments of a backend block that a reader does not need: it writes nothing, acquires no lock, and its own backend
block limits its account."""

_REQUIRED = {"s3": ("bucket", "key")}
"""Arguments without which a state cannot be read."""

_NAME = re.compile(r"[^.\[]*")


class RemoteState:
    """The outputs in the state of another stack: `shop.read(network)["vpc_id"]`.

    Attributes:
        address: of the data source, `data.terraform_remote_state.network`.
        backend: the type of the backend, such as `s3`.
        config: the arguments of the backend with which the state is read.
    """

    def __init__(
        self, stack: TerraformStack, id_: str, backend: str, config: Mapping[str, Any], source: _Source | None
    ) -> None:
        self.backend, self.config = backend, config
        self._source = source
        self.address = DataSource(stack, "terraform_remote_state", id_, backend=backend, config=config).address

    def __getitem__(self, path: str) -> Reference:
        """Return a reference to an output, or to a part of it, such as `subnet_ids[0]`.

        An output that is sensitive in its own stack is sensitive here too: Terraform itself does not mark it.

        Raises:
            CrossStackError: the stack does not export this output.
            UndefinedReferenceError: the path is not valid, or the type of the output has no such part.
        """
        outputs = f"{self.address}.outputs"
        schema = self._source.schema(path) if self._source else None
        reference = references.attribute(outputs, path, schema)
        if self._source and self._source.is_sensitive(path):
            return references.expression(f"sensitive({code_of(reference)})")
        return reference


class _Source:
    """The outputs of a stack of this app."""

    def __init__(self, stack: TerraformStack) -> None:
        self._id = stack.node.id
        self._registry = naming_scope(stack).registry

    def schema(self, path: str) -> BlockSchema:
        """Return the output of a path as an attribute, for the check of the path."""
        outputs, name = self._registry.outputs, _name(path)
        if name not in outputs:
            known = f"; it exports {enumeration(outputs)}" if outputs else ""
            raise CrossStackError(
                f"stack {self._id!r} does not export {name!r}; call export({name!r}, ...) of that stack before it is "
                f"read{known}{did_you_mean(name, outputs)}"
            )
        return schema_of({name: outputs[name]["value"]}, self._registry.schema_choice.schema())

    def is_sensitive(self, path: str) -> bool:
        """Return whether the output of a path is sensitive."""
        return self._registry.outputs[_name(path)].get("sensitive") is True


_READ: WeakKeyDictionary[TerraformStack, dict[str, RemoteState]] = WeakKeyDictionary()
"""For each stack: what it reads, by the name of the data source."""


def export(stack: TerraformStack, name: str, value: Any, arguments: Mapping[str, Any]) -> Output:
    """Create an output, which is sensitive if its value is; see `Stack.export`."""
    output = Output(stack, name, value=value, **arguments)
    if "sensitive" not in arguments and is_sensitive(output.value, naming_scope(stack).registry.schema_choice.schema()):
        output.add_override("sensitive", value=True)
    return output


def read(reader: TerraformStack, stack: TerraformStack) -> RemoteState:
    """Return the outputs of another stack of the app; see `Stack.read`."""
    if not is_a(stack, TerraformStack):
        raise CrossStackError(f"{_subject(reader)} {stack!r}; give the Stack, as in read(network)[name]")
    if problem := next(_problems(reader, stack), None):
        raise CrossStackError(f"{_subject(reader)} stack {stack.node.id!r}, {problem}")
    backend = backend_of(stack)
    assert backend is not None  # noqa: S101  one of the problems
    reader.add_dependency(stack)
    return remote_state(reader, stack.node.id, backend.type, backend.arguments or {}, _Source(stack))


def remote_state(
    reader: TerraformStack, name: str, backend: str, arguments: Mapping[str, Any], source: _Source | None = None
) -> RemoteState:
    """Return the outputs in a state, with one data source for each state that a stack reads.

    Args:
        reader: the stack that reads.
        name: of the state, which becomes the name of the data source.
        backend: the type of the backend.
        arguments: of its backend block.
        source: the outputs that are known; None if they are not.

    Raises:
        CrossStackError: the reader is not a stack.
    """
    if not is_a(reader, Construct):
        raise CrossStackError(f"{reader!r} cannot read a state; give the Stack, as in backend.read(shop, key)[name]")
    read_states, id_ = _READ.setdefault(reader, {}), _identifier(name)
    config = {name: value for name, value in arguments.items() if name not in _NOT_FOR_READING.get(backend, ())}
    if id_ not in read_states or read_states[id_].config != config:
        read_states[id_] = RemoteState(reader, id_, backend, config, source)
        if own := backend_of(reader):
            own.after_read()
    return read_states[id_]


def remote_states(stack: TerraformStack) -> list[RemoteState]:
    """Return everything that a stack reads."""
    return list(_READ.get(stack, {}).values())


def _problems(reader: TerraformStack, stack: TerraformStack) -> Iterator[str]:
    """Yield a sentence for each reason why the state of a stack cannot be read."""
    if stack is reader:
        yield "which is itself; use the value"
    if stack.node.root is not reader.node.root:
        yield "which is in another app; use S3StateBackend.read(stack, key)"
    if path := _dependency_path(stack, reader.node.path):
        yield f"which depends on it ({' reads '.join(map(repr, path))}); move the values to a third stack"
    backend = backend_of(stack)
    if backend is None or backend.arguments is None:
        yield "which has no backend; call S3StateBackend.store(stack, key) or stack.set_backend(...) for it before"
        return
    if (local := _local_path(backend)) and not PurePath(local).is_absolute():
        yield f"whose backend is the local file {local!r} in its own directory; use an absolute path"
    if missing := [name for name in _REQUIRED.get(backend.type, ()) if name not in backend.arguments]:
        yield f"whose backend block has no {enumeration(missing)}; write the complete block"
    if expressions := [text for text in strings(dict(backend.arguments)) if scan(text).interpolates]:
        yield f"whose backend contains {expressions[0]!r}, which only that stack can evaluate; use a literal value"


def _dependency_path(stack: TerraformStack, goal: str) -> list[str]:
    """Return the ids of the stacks from one stack to another that it depends on; empty if it does not."""
    for dependency in stack.dependencies:
        if dependency.node.path == goal:
            return [stack.node.id, dependency.node.id]
        if path := _dependency_path(dependency, goal):
            return [stack.node.id, *path]
    return []


def _local_path(backend: Backend) -> str | None:
    arguments = backend.arguments or {}
    return str(arguments.get("path", "terraform.tfstate")) if backend.type == "local" else None


def _subject(reader: TerraformStack) -> str:
    return f"stack {reader.node.id!r} cannot read"


def _name(path: str) -> str:
    match = _NAME.match(str(path))
    return match.group() if match else ""


def _identifier(name: str) -> str:
    """Return a name as a Terraform identifier."""
    identifier = re.sub(r"\W", "_", name, flags=re.ASCII)
    return f"_{identifier}" if identifier[:1].isdigit() else identifier
