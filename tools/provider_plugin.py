"""A provider that runs as a plugin, without Terraform: it validates a configuration or plans a change in milliseconds.

Protocol: https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol, version 5.
"""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

import grpc
import msgpack

from tools.packages import Package, terraform
from tools.plan_fixtures import offline_environment
from tools.protocol_buffers import message, messages, numbers, text

UNKNOWN = msgpack.ExtType(0, b"\0")
"""A value that is known after apply."""
_HANDSHAKE = {
    "TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
    "PLUGIN_PROTOCOL_VERSIONS": "5",
}
_SETTINGS = {
    "max_retries": 1,
    "region": "eu-west-1",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": "true",
    "skip_requesting_account_id": True,
}
_ADDRESS = 3
"""The part of the first line that the provider prints: `1|5|unix|/tmp/plugin1|grpc|`."""
_ERROR, _SECONDS = 1, 30
Block = Mapping[str, Any]
"""A block in `terraform providers schema`."""
Value = Any
Names = tuple[str, ...]
"""The path of an argument, without the keys of lists and sets."""


class Change(NamedTuple):
    """A plan of a resource.

    Args:
        planned: its planned state.
        replacing: what forces its replacement.
    """

    planned: Value
    replacing: frozenset[Names]


def installed(package: Package) -> tuple[Path, dict[str, Any]]:
    """Return the executable of a provider that Terraform has installed, and its schema."""
    schemas = terraform(package.path, "providers", "schema")["provider_schemas"]
    (schema,) = (each for name, each in schemas.items() if name.endswith(package.name))
    (executable,) = package.path.glob(f".terraform/providers/*/{package.name}/*/*/terraform-provider-*")
    return executable, schema


class ProviderError(Exception):
    """What the provider reports: one argument for each error."""


class StoppedError(ProviderError):
    """The provider has stopped."""


class Plugin:
    """A running provider.

    Args:
        path: of its executable.
        schema: of the provider, from `terraform providers schema`.
    """

    def __init__(self, path: Path, schema: Mapping[str, Any]) -> None:
        self._path, self._schema = path, schema
        self._start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stop()

    def validate(self, type_: str, config: Value) -> set[str]:
        """Return the errors in a configuration of a resource."""
        answer = self._call("ValidateResourceTypeConfig", text(1, type_), self._value(2, type_, config))
        return set(_errors(answer, 1))

    def problems(self, type_: str, config: Value) -> list[tuple[Names, str]]:
        """Return what is invalid in a configuration of a resource: the path of the argument, and the error."""
        answer = self._call("ValidateResourceTypeConfig", text(1, type_), self._value(2, type_, config))
        return [(_path(place), error) for place, error in _diagnostics(answer, 1)]

    def plan(self, type_: str, prior: Value, proposed: Value, config: Value) -> Value:
        """Return the planned state of a resource.

        Raises:
            ProviderError: there is none.
            StoppedError: the provider crashed, or does not answer; another one is running.
        """
        return self.change(type_, prior, proposed, config).planned

    def change(self, type_: str, prior: Value, proposed: Value, config: Value) -> Change:
        """Return the plan of a resource.

        Raises:
            ProviderError: there is none.
            StoppedError: the provider crashed, or does not answer; another one is running.
        """
        values = (self._value(number, type_, value) for number, value in ((2, prior), (3, proposed), (4, config)))
        answer = self._call("PlanResourceChange", text(1, type_), *values, message(6, message(1, msgpack.packb(None))))
        if errors := _errors(answer, 4):
            raise ProviderError(*errors)
        (planned,) = messages(answer, 1)
        (value,) = messages(planned, 1)
        replacing = frozenset(map(_path, messages(answer, 2)))
        return Change(msgpack.unpackb(value, ext_hook=lambda *_: UNKNOWN, strict_map_key=False), replacing)

    def _start(self) -> None:
        environment = offline_environment() | _HANDSHAKE
        self._process = subprocess.Popen(
            [self._path], env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        address = (self._process.stdout or io.StringIO()).readline().split("|")[_ADDRESS]
        self._channel = grpc.insecure_channel(f"unix:{address}", options=[("grpc.max_receive_message_length", -1)])
        config = message(1, msgpack.packb(packed(_SETTINGS, self._schema["provider"]["block"])))
        if errors := _errors(self._call("Configure", text(1, "1.5.0"), message(2, config)), 1):
            raise ProviderError(*errors)

    def _stop(self) -> None:
        self._channel.close()
        self._process.kill()
        self._process.wait()

    def _value(self, number: int, type_: str, value: Value) -> bytes:
        block = self._schema["resource_schemas"][type_]["block"]
        return message(number, message(1, msgpack.packb(packed(value, block))))

    def _call(self, method: str, *members: bytes) -> bytes:
        call = self._channel.unary_unary(f"/tfplugin5.Provider/{method}")
        try:
            answer: bytes = call(b"".join(members), timeout=_SECONDS)
        except grpc.RpcError as error:
            self._stop()
            self._start()
            raise StoppedError(str(error)) from error
        return answer


def packed(value: Value, block: Block) -> Value:
    """Return an object with each argument and nested block of *block*; those that *value* does not have are not set."""
    if value is None:
        return None
    attributes = {name: value.get(name) for name in block.get("attributes", {})}
    return attributes | {
        name: _nested(value.get(name), nested) for name, nested in block.get("block_types", {}).items()
    }


def _nested(value: Value, nested: Mapping[str, Any]) -> Value:
    if nested["nesting_mode"] in ("list", "set"):
        return [packed(item, nested["block"]) for item in value or ()]
    return packed(value, nested["block"])


def _errors(answer: bytes, number: int) -> list[str]:
    """Return summary and detail of each error."""
    return [error for _, error in _diagnostics(answer, number)]


def _diagnostics(answer: bytes, number: int) -> Iterator[tuple[bytes, str]]:
    """Yield the path of each error, and its summary and detail."""
    for diagnostic in messages(answer, number):
        if next(numbers(diagnostic, 1), 0) == _ERROR:
            parts = (part.decode() for field in (2, 3) for part in messages(diagnostic, field))
            yield next(messages(diagnostic, 4), b""), " ".join(parts)


def _path(content: bytes) -> Names:
    """Return an attribute path without the keys of lists and sets."""
    return tuple(name.decode() for step in messages(content, 1) for name in messages(step, 1))
